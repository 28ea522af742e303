"""The hand-made gold of the example stories as nouns: reports, positions with located evidence, expected
standings.

Reconciliation is tested on the gold positions, so that what the extraction misses does not blur what the
rules do.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import trafilatura

from onrecord.model import ChainLink, Condition, DateRange, Position, Quantity, Report, Span, digest
from onrecord.model.statement import SourceKind
from onrecord.vocabulary import load

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
Line = dict[str, Any]

_GROUP = (
    r"(officials?|sources?|diplomats?|people|person|insider|delegates|interlocutor|advisers|officers?|voice)"
)
_UNNAMED = (
    re.compile(rf"^(?:an? |one |two |three |some |senior |the )?(?:[\w-]+ ){{0,3}}{_GROUP}\b", re.IGNORECASE),
    re.compile(r"^a .*diplomat$"),
)
_PERSON = re.compile(r"(?:[A-ZÀ-Ý][\w’'-]+ )+[A-ZÀ-Ý][\w’'-]+")
_MEDIA = re.compile(r"\b(media|newspaper)$")
_OFFICE = re.compile(
    r"\b(ministry|minister|spokes\w+|envoy|embassy|ambassador|representative|adviser|director|press|president|general|"
    r"chairman|delegation|mission|under-secretary|chancellery|head|office|diplomat|parliament|house|council)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class GoldStory:
    """A story's gold.

    Attributes:
        reports, positions: as nouns.
        accept: position id -> other tasks that its gold line accepts.
        standings, conflicts, groups: the gold lines; groups of report ids by name.
    """

    reports: tuple[Report, ...]
    positions: tuple[Position, ...]
    standings: tuple[Line, ...]
    conflicts: tuple[Line, ...]
    groups: dict[str, frozenset[str]]


def lines(path: Path) -> list[Line]:
    return [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines() if x.strip()]


def texts_of(folder: Path) -> dict[str, str]:
    found: dict[str, str] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".jsonl":
            found.update({str(x["id"]): str(x["text"]) for x in lines(path)})
        elif path.suffix == ".html":
            text = trafilatura.extract(path.read_bytes(), include_comments=False, include_tables=False)
            assert text
            found[path.stem] = text
        else:
            found[path.stem] = path.read_text(encoding="utf-8")
    return found


def range_of(value: Any) -> DateRange | None:
    if value is None:
        return None
    if isinstance(value, str):
        return DateRange.on(date.fromisoformat(value))
    first, last = date.fromisoformat(value["earliest"]), date.fromisoformat(value["latest"])
    return DateRange(first, last, inferred=True)


def report_of(line: Line, text: str) -> Report:
    upstream = line.get("upstream") or []
    return Report(
        id=line["id"],
        text=text,
        sha256=digest(text),
        outlet=line.get("outlet"),
        title=line.get("title"),
        published=range_of(line.get("published")),
        same_text_as=line.get("same_text_as"),
        upstream=tuple(upstream) if isinstance(upstream, list) else (),
    )


def _span(text: str, words: str, near: int = 0) -> Span:
    start = text.find(words, near)
    start = start if start >= 0 else text.find(words)
    assert start >= 0, words[:60]
    return Span(start, start + len(words), words)


def link_of(name: str, place: int, names: Sequence[str], line: Line, outlets: frozenset[str]) -> ChainLink:
    """A link of a gold chain, its kind told from its wording as the extraction would."""
    own = bool(line.get("self_declared"))
    known = name.casefold() in outlets or load().outlet_by_name(name) is not None or _MEDIA.search(name)
    last = place == len(names) - 1 and not own
    if last or (known and not (place == 0 and own and len(names) > 1)):
        return ChainLink(name, "outlet", None)
    if "plan" in name.split():
        return ChainLink(name, "document", None)
    holder = line["holder"]
    forms = {form.casefold() for form in _names_of(holder)}
    entity = holder if own and place == 0 else None
    if entity is None and place == 0:
        said = {w.casefold().removesuffix("'s") for w in re.findall(r"[\w']+", name)}
        entity = holder if said & forms else "USA" if "us" in said else None
    return ChainLink(name, _kind_of(name, forms), entity)


def _kind_of(name: str, forms: set[str]) -> SourceKind:
    if name.casefold().removeprefix("the ") in forms:
        return "state"
    if any(pattern.search(name) for pattern in _UNNAMED) and not re.search(
        r"\b[A-Z]\w+ [A-Z]\w+ (?!.*\bat\b)", name
    ):
        return "anonymous"
    if _PERSON.fullmatch(name) and not _OFFICE.search(name):
        return "named_person"
    return "office"


@cache
def _names_of(holder: str) -> tuple[str, ...]:
    actor = load().actors.get(holder)
    if actor is None:
        return (holder,)
    return (*actor.names, *actor.adjectives, *actor.capitals, *actor.people)


def positions_of(
    gold: Sequence[Line], texts: dict[str, str], outlets: frozenset[str]
) -> tuple[Position, ...]:
    speakers: dict[str, str] = {}
    for line in gold:
        if line.get("self_declared") and line["chain"]:
            speakers.setdefault(line["chain"][0], line["holder"])
    out = []
    for number, line in enumerate(gold):
        text = texts[line["report"]]
        evidence = _span(text, line["evidence"])
        names = line["chain"]
        chain = tuple(link_of(n, i, names, line, outlets) for i, n in enumerate(names))
        if chain and chain[0].entity is None and chain[0].kind != "outlet" and names[0] in speakers:
            chain = (ChainLink(chain[0].name, chain[0].kind, speakers[names[0]]), *chain[1:])
        quantity = line.get("quantity")
        out.append(
            Position(
                id=f"{line['report']}#{number}",
                report=line["report"],
                holder=line["holder"],
                performer=line["performer"],
                task=line["task"],
                stance=line["stance"],
                evidence=evidence,
                matter=line.get("matter"),
                conditions=tuple(
                    Condition(c["kind"], _span(text, c["text"], evidence.start)) for c in line["conditions"]
                ),
                quantity=None
                if quantity is None
                else Quantity(
                    quantity["low"],
                    quantity["high"],
                    quantity["unit"],
                    _span(text, quantity["text"], evidence.start),
                ),
                chain=chain,
                self_declared=bool(line.get("self_declared")),
                said_on=range_of(line.get("said_on")),
            )
        )
    return tuple(out)


@cache
def story(name: str) -> GoldStory:
    """The gold of an example story."""
    folder = EXAMPLES / name
    texts = texts_of(folder / "reports")
    gold_reports = lines(folder / "gold.reports.jsonl")
    outlets = frozenset(x["outlet"].casefold() for x in gold_reports if x["outlet"])
    outlets |= {x.removeprefix("the ") for x in outlets}
    groups: dict[str, set[str]] = {}
    for line in gold_reports:
        for group in line["groups"]:
            groups.setdefault(group, set()).add(line["id"])
    return GoldStory(
        reports=tuple(report_of(x, texts[x["id"]]) for x in gold_reports),
        positions=positions_of(lines(folder / "gold.positions.jsonl"), texts, outlets),
        standings=tuple(lines(folder / "gold.standings.jsonl")),
        conflicts=tuple(lines(folder / "gold.conflicts.jsonl")),
        groups={k: frozenset(v) for k, v in groups.items()},
    )


SHARED = EXAMPLES.parents[1] / "shared"
"""The two seed articles and their gold lie beside the repository, where they are there at all."""

SEED_DAYS = {
    "000_66d057d408e6e739": {"earliest": "2025-10-15", "latest": "2025-11-03"},
    "003_05634392b7e3e77a": {"earliest": "2025-11-08", "latest": "2026-01-29"},
}
"""The stretches of days that the reading infers for the two articles."""


@cache
def seeds() -> GoldStory:
    """The gold of the two seed articles."""
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted((SHARED / "seeds").glob("*.txt"))}
    gold = lines(SHARED / "gold" / "seeds.positions.jsonl")
    return GoldStory(
        reports=tuple(report_of({"id": k, "published": SEED_DAYS[k]}, text) for k, text in texts.items()),
        positions=positions_of(gold, texts, frozenset({"politico", "reuters"})),
        standings=tuple(lines(SHARED / "gold" / "seeds.standings.jsonl")),
        conflicts=(),
        groups={},
    )
