"""A story in which every text from outside tries to be something else: a script, a link, a turned line."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace
from typing import Any

from onrecord.model import (
    ChainLink,
    Condition,
    Conflict,
    DateRange,
    Fact,
    Force,
    Grade,
    HistoryEntry,
    Issue,
    Origin,
    Position,
    Quantity,
    Reason,
    Report,
    Requirement,
    Source,
    Span,
    Standing,
    StandingCondition,
    Statement,
    Story,
    StoryCondition,
    digest,
)

SCRIPT = "<script>alert(1)</script>"
PAYLOAD = (
    f"{SCRIPT}\"'><img src=x onerror=alert(2)><svg/onload=alert(3)>{{{{ 7 * 7 }}}}"
    "\u202egnp.exe\u2066\u200f\x00\x1b[31m</title></style><!--]]>[x](javascript:alert(4))`|"
    "\n# head\n- item &lt;b&gt; \ud800"
)
CONTROLS = ("\u202e", "\u2066", "\u200f", "\x00", "\x1b", "\ud800")
URL = "javascript:alert(5)"


def _hostile(name: str) -> str:
    return f"{name}{PAYLOAD}"


class _Anything(dict[str, Any]):
    """A vocabulary that knows every name, and has a hostile label for each."""

    def get(self, key: str, default: Any = None) -> Any:
        return SimpleNamespace(label=_hostile(f"label of {key}"), gloss=_hostile("gloss"), polarity="for")


class Labels:
    stances = _Anything(
        {_hostile("stance"): SimpleNamespace(label=_hostile("s"), gloss=_hostile("g"), polarity="against")}
    )
    tasks = _Anything({_hostile("task"): SimpleNamespace(label=_hostile("t"), gloss=_hostile("g"))})
    condition_kinds = _Anything({_hostile("kind"): SimpleNamespace(label=_hostile("k"), gloss=_hostile("g"))})

    def label(self, actor_id: str) -> str:
        return _hostile(f"name of {actor_id}")


TEXT = f"One {PAYLOAD} two. The party {PAYLOAD} will not go if {PAYLOAD} stays, it said.\r\n\r\nEnd."
AT = TEXT.index("The party")
EVIDENCE = Span.of(TEXT, AT, len(TEXT) - 8)
DAY = DateRange.on(date(2026, 1, 2))
KEY: tuple[str, str, str, str | None] = (
    _hostile("holder"),
    _hostile("performer"),
    _hostile("task"),
    _hostile("matter"),
)
OWN = (KEY[0], KEY[0], KEY[2], KEY[3])


def _report(name: str, **more: Any) -> Report:
    return Report(
        id=name,
        text=TEXT,
        sha256=digest(TEXT),
        outlet=_hostile("outlet"),
        title=_hostile("title"),
        published=DAY,
        upstream=(_hostile("upstream"),),
        **more,
    )


def _position(name: str, report: str, key: tuple[str, str, str, str | None], stance: str) -> Position:
    cut = EVIDENCE.start + 12
    return Position(
        id=name,
        report=report,
        holder=key[0],
        performer=key[1],
        task=key[2],
        matter=key[3],
        stance=stance,
        evidence=EVIDENCE,
        cue=Span.of(TEXT, cut, cut + 40),
        conditions=(
            Condition(_hostile("kind"), Span.of(TEXT, cut + 20, cut + 90)),
            Condition("other", EVIDENCE),
        ),
        quantity=Quantity(1, 2, _hostile("unit"), Span.of(TEXT, cut + 30, cut + 60)),
        chain=(ChainLink(_hostile("speaker"), "named_person"), ChainLink(_hostile("outlet"), "outlet")),
        said_on=DAY,
        statement=_hostile("statement"),
    )


REPORTS = [
    _report(_hostile("r1"), url=URL),
    _report(_hostile("r2"), url=f"https://example.org/{PAYLOAD}", same_text_as=_hostile("r1")),
    _report("r3", url="https://example.org/\"onmouseover='alert(6)'x"),
]
POSITIONS = [
    _position(_hostile("p1"), REPORTS[0].id, OWN, _hostile("stance")),
    _position(_hostile("p2"), REPORTS[1].id, KEY, _hostile("stance")),
    _position("p3", "r3", OWN, "no such stance"),
]
STATEMENTS = [
    Statement(
        id=_hostile("statement"),
        report=REPORTS[0].id,
        source=Source(Span.of(TEXT, AT, AT + 30), "named_person", _hostile("entity"), _hostile("source")),
        cue=Span.of(TEXT, AT + 20, AT + 50),
        content=(Span.of(TEXT, AT + 10, AT + 80),),
        chain=(ChainLink(_hostile("speaker"), "named_person"),),
        form="direct",
    )
]


def _standing(key: tuple[str, str, str, str | None], ids: tuple[str, ...]) -> Standing:
    return Standing(
        holder=key[0],
        performer=key[1],
        task=key[2],
        matter=key[3],
        as_of=date(2026, 2, 1),
        stance=_hostile("stance"),
        polarity="against",
        probability=0.5,
        state="contested",
        conditions=(
            StandingCondition(_hostile("kind"), _hostile("words"), ids),
            StandingCondition("other", _hostile("words"), ids),
        ),
        low=1,
        high=2,
        unit=_hostile("unit"),
        since=DAY,
        last=DAY,
        independent_sources=1,
        grade=Grade("B", 2),
        likelihood=_hostile("likely"),
        supporting=ids,
        opposing=ids,
        history=(HistoryEntry(DAY, "no such stance", ids), HistoryEntry(DAY, _hostile("stance"), ids)),
        reasons=tuple(Reason(x, 0.5, _hostile("rule"), _hostile("why")) for x in ids),
    )


ARGUMENTS: dict[str, Any] = {
    "title": _hostile("title"),
    "as_of": date(2026, 2, 1),
    "since": date(2026, 1, 1),
    "story": Story(
        id=_hostile("story"),
        matter=str(OWN[3]),
        title=_hostile("title"),
        undertakings={OWN[2]: _hostile("doing")},
        conditions=(StoryCondition(_hostile("c"), _hostile("kind"), _hostile("condition"), ("words",)),),
        force=Force(Requirement(1, 2, _hostile("plan"))),
        outlets={_hostile("outlet"): _hostile("A")},
    ),
    "facts": [
        Fact(
            _hostile("f"),
            REPORTS[0].id,
            _hostile("kind"),  # type: ignore[arg-type]
            Span.of(TEXT, AT + 10, AT + 60),
            Span.of(TEXT, AT, AT + 90),
            subject=Span.of(TEXT, AT, AT + 20),
            figure=Span.of(TEXT, AT + 20, AT + 40),
            period_words=Span.of(TEXT, AT + 40, AT + 50),
            unit=_hostile("unit"),
            chain=(ChainLink(_hostile("speaker"), "unknown"),),
        )
    ],
    "reports": REPORTS,
    "statements": STATEMENTS,
    "positions": POSITIONS,
    "standings": [_standing(OWN, (POSITIONS[0].id, "p3")), _standing(KEY, (POSITIONS[1].id,))],
    "conflicts": [
        Conflict(
            _hostile("c"),
            "contradiction",
            (POSITIONS[0].id, "p3"),
            (REPORTS[0].id, "r3"),
            _hostile("why"),
            *OWN,
        )
    ],
    "origins": [Origin(_hostile("o"), _hostile("origin"), tuple(r.id for r in REPORTS), _hostile("why"))],
    "issues": [Issue(_hostile("code"), _hostile("where"), _hostile("message"), _hostile("hint"))],
    "labels": Labels(),
    "matters": {str(OWN[3]): _hostile("matter")},
    "force": {
        "required": {"low": 1, "high": 2, "source": _hostile("plan")},
        "scenarios": [{"name": _hostile("scenario"), "low": 1, "expected": 2, "high": 3, "chance": 0.5}],
        "coverage": [
            {"task": _hostile("task"), "for": [_hostile("x")], "against": [_hostile("y")], "nobody": False}
        ],
        "unlock": [{"conditions": [_hostile("c")], "gain": 5, "note": _hostile("note")}],
        "lines": [_hostile("line")],
    },
    "made_with": _hostile("made"),
    "reliabilities": {_hostile("outlet"): _hostile("B")},
}
