"""A record in which everything from outside tries to run: title, text, outlet, file name, address, speakers."""

from __future__ import annotations

from datetime import date

from onrecord.ledger import Ledger
from onrecord.model import (
    ChainLink,
    Condition,
    DateRange,
    Position,
    Report,
    Source,
    Span,
    Statement,
    digest,
)

RUN = "<script>window.ran=1</script>"
IMAGE = "<img src=x onerror=window.ran=2>"
NAMES = (
    "../../etc/passwd",
    'x" onmouseover="window.ran=3" y="',
    "a&b=c#d?e/f%2e%2e",
    "{{ 7*7 }}{% raw %}",
    "</textarea><script>window.ran=4</script>",
)
URLS = (
    "javascript:window.ran=5",
    "data:text/html,<script>window.ran=6</script>",
    "//evil.example/x",
    "https://ok.example/a",
    None,
)
TEXT = (
    f"{RUN} Italy will send soldiers to Gaza {IMAGE} if <b onclick=window.ran=7>asked</b>, "
    "said \u202etxet desrever\u202c the </script><svg onload=window.ran=8> ministry. {{ 7*7 }} <!-- end"
)


def fill(ledger: Ledger) -> None:
    """Put it into a ledger."""
    for n, (name, url) in enumerate(zip(NAMES, URLS, strict=True)):
        text = f"{n} {TEXT}"
        outlet = f'{n} "{IMAGE}" Post'
        report = Report(name, text, digest(text), outlet, url, f"{n} {RUN}{IMAGE}", DateRange.on(date(2026, 1, 1 + n)))
        whole = Span.of(text, 0, len(text))
        cue = text.index("will send")
        wanted = text.index("if <b")
        chain = (ChainLink(f"{RUN} speaker", "named_person", "ITA"), ChainLink(outlet, "outlet"))
        source = Source(None, "named_person", "ITA", f"{IMAGE} speaker")
        position = Position(
            id=f"p{n}<i>\"'&/..",
            report=name,
            holder=("ITA", "group:<script>", "a'b\"c")[n % 3],
            performer=("ITA", "group:<script>", "a'b\"c")[n % 3],
            task="contribute_troops",
            stance="pledged",
            evidence=whole,
            cue=Span(cue, cue + 9, "will send"),
            matter=("isf_gaza", f"m_{RUN}")[n % 2],
            conditions=(Condition("other", Span.of(text, wanted, wanted + 20)),),
            chain=chain,
            self_declared=True,
            confidence=0.5,
            statement=f"s{n}<u>",
            extractor=f"{RUN} 1",
        )
        statement = Statement(f"s{n}<u>", name, source, None, (whole,), chain, "direct")
        ledger.add(report, [statement], [position], extractor=f"{RUN} 1")
