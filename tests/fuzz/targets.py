"""What is fuzzed: each target takes bytes, hands them to a reader or an export as a user would, and checks what holds
for any input: a report or an issue comes back, spans and ids can be written, nothing else is raised.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from onrecord.briefing.formats import FORMATS, Bundle
from onrecord.briefing.words import Words
from onrecord.errors import EvidenceMismatch, InputError, NothingToRead
from onrecord.model import ChainLink, Condition, DateRange, Issue, Position, Report, Source, Span, Statement, digest
from onrecord.reading import Limits, language_of, load_events, printed_date, read_inputs
from onrecord.reading.story import read_story
from onrecord.reconciliation import reconcile
from onrecord.vocabulary import Vocabulary, load

EVENTS = load_events()
LIMITS = Limits(report=200_000, page=100_000, unpacked=1_000_000, archive=1_000_000)
PLACE = Path(tempfile.mkdtemp(prefix="fuzz-", dir="/dev/shm" if os.access("/dev/shm", os.W_OK) else None))


def checked(items: Iterable[Report | Issue]) -> list[Report]:
    """What a reader gave, each piece fit to be stored and shown."""
    found: list[Report] = []
    with contextlib.suppress(NothingToRead):
        for item in items:
            if isinstance(item, Issue):
                assert item.code
                assert item.message
                f"{item.where}{item.message}{item.hint}".encode()
                continue
            assert item.text.strip()
            assert item.sha256 == digest(item.text)
            assert item.id.strip()
            "".join([item.text, item.id, item.title or "", item.outlet or "", item.url or "", *item.upstream]).encode()
            assert item.url is None or item.url.lower().startswith(("http://", "https://"))
            found.append(item)
    assert len({x.id for x in found}) == len(found)
    return found


def stdin(data: bytes) -> None:
    """A text, a page or JSON Lines, as they show themselves."""
    for report in checked(read_inputs(["-"], stdin=io.BytesIO(data), limits=LIMITS, events=EVENTS)):
        language_of(report.text)


def page(data: bytes) -> None:
    """An HTML page."""
    stdin(b"<!doctype html><html>" + data)


def lines(data: bytes) -> None:
    """One line of JSON with a text."""
    said = data.decode("utf-8", "surrogateescape")
    fields = ("text", "id", "url", "outlet", "published", "title", "upstream")
    row = dict(zip(fields, said.split("\x1f"), strict=False))
    stdin(json.dumps({"text": "x", **row}).encode())
    printed_date(said)


def of_file(name: str) -> Callable[[bytes], None]:
    """A file of that name."""

    def target(data: bytes) -> None:
        path = PLACE / name
        path.write_bytes(data)
        checked(read_inputs([path], limits=LIMITS, events=EVENTS))

    target.__doc__ = f"A file called {name}."
    return target


def story(data: bytes) -> None:
    """A story file."""
    path = PLACE / "story.yaml"
    path.write_bytes(data)
    with contextlib.suppress(InputError):
        read_story(path)


def exports(data: bytes) -> None:
    """Every format, of a record whose words are the input's."""
    words = [x or "x" for x in data.decode("utf-8", "surrogateescape").split("\x1f")]
    word = [words[n % len(words)] for n in range(8)]
    text = " ".join(word[:4])
    try:
        spans = [Span.of(text, 0, len(word[0])), Span.of(text, len(text) - len(word[3]), len(text))]
    except EvidenceMismatch:
        return
    sha256 = digest(text.encode("utf-8", "replace").decode())
    report = Report("r", text, sha256, word[4], None, word[5], DateRange.on(date(2025, 1, 2)))
    chain = (ChainLink(word[6], "office", None), ChainLink(word[4], "outlet", None))
    source = Source(spans[0], "office", None, word[6])
    statement = Statement("r.s0", "r", source, spans[1], (spans[0],), chain, "indirect", confidence=0.5)
    position = Position(
        id="r.p0",
        report="r",
        holder=word[7],
        performer=word[7],
        task="contribute_police",
        stance="offered",
        evidence=spans[0],
        cue=spans[1],
        matter=word[6],
        conditions=(Condition("approval", spans[1]),),
        chain=chain,
        self_declared=True,
        confidence=0.5,
        statement="r.s0",
        extractor="fuzz",
    )
    made = reconcile([position], [report], date(2025, 1, 31), FORMLESS)
    bundle = Bundle(
        as_of=date(2025, 1, 31),
        words=Words(VOCABULARY),
        reports=(report,),
        statements=(statement,),
        positions=(position,),
        standings=tuple(made.standings),
        conflicts=tuple(made.conflicts),
        facts=(),
        kinds={},
        made_with="fuzz",
    )
    for one in FORMATS.values():
        if one.name == "parquet":
            continue
        for name, pieces in one.files(bundle).items():
            written = b"".join(pieces()).decode("utf-8")
            if name.endswith((".jsonl", ".ftm.json")):
                assert all(isinstance(json.loads(x), dict) for x in written.split("\n") if x)
            elif name.endswith(".jsonld"):
                json.loads(written)


def _same_words_hashed_once() -> None:
    """Page extraction looks its stop words up by a tuple of all of them, 5 ms to hash; a frozenset keeps its hash."""
    from trafilatura import external

    external.JT_STOPLIST = frozenset(external.jt_stoplist_init())


_same_words_hashed_once()
VOCABULARY = load()
# The words by which texts name things are split anew for each reconciliation, 18 ms, and no export looks at them.
FORMLESS = Vocabulary(VOCABULARY._data, ())
TARGETS: Mapping[str, Callable[[bytes], None]] = {
    "stdin": stdin,
    "page": page,
    "lines": lines,
    "gzip": of_file("a.jsonl.gz"),
    "zstandard": of_file("a.jsonl.zst"),
    "warc": of_file("a.warc"),
    "parquet": of_file("a.parquet"),
    "story": story,
    "exports": exports,
}
