"""Search: reports by their words, records by words and by what they are, parties, tasks and records by name.

In: what somebody asks for. Out: frozen results with marked pieces of text and addresses. Nothing here knows HTTP.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Lock
from weakref import WeakKeyDictionary

from onrecord.briefing.text import one_line
from onrecord.briefing.when import When, when
from onrecord.briefing.words import Words as Labels
from onrecord.desk import addresses
from onrecord.desk.desk import Desk
from onrecord.desk.indexing import Found, Hit, Index, Narrowed, Piece, Words, question
from onrecord.desk.outlook import Outlook
from onrecord.desk.rows import Rows
from onrecord.ledger import Ledger
from onrecord.model import Polarity, Position

A_PAGE = 20
"""Results on a page."""
MOST_NAMES = 12
"""Parties and tasks that a name leads to."""

_indexes: WeakKeyDictionary[Ledger, Index] = WeakKeyDictionary()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class ReportHit:
    """A report that was found."""

    href: str
    title: str
    outlet: str
    published: When | None
    pieces: tuple[Piece, ...]
    positions: int


@dataclass(frozen=True, slots=True)
class RecordHit:
    """A position that was found."""

    href: str
    record: str
    undertaking: str
    stance: str
    polarity: Polarity
    outlet: str
    published: When | None
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Results:
    """What was found.

    Attributes:
        reports, records: those of this page.
        report_count, record_count: how many there are.
        names: parties, tasks and records that go by what was asked for: what it is, its name, its address.
        common: whether the words stand in too many to put the best first.
    """

    reports: tuple[ReportHit, ...]
    records: tuple[RecordHit, ...]
    report_count: int
    record_count: int
    names: tuple[tuple[str, str, str], ...]
    common: bool = False


def index_of(desk: Desk) -> Index:
    """The index of the desk's ledger, in step with it."""
    with _lock:
        index = _indexes.get(desk.ledger)
        if index is None:
            index = _indexes[desk.ledger] = Index()
    rows = desk.rows()
    if index.version != rows.version:
        touched = desk.ledger.touched(index.version) if index.version is not None else None
        words = desk.words()
        index.bring_up(rows.version, rows.reports, rows.by_report, touched, lambda p: _told(words, p))
    return index


def search(
    desk: Desk,
    outlook: Outlook,
    text: str,
    narrowed: Narrowed,
    *,
    kind: str = "",
    start: int = 0,
    most: int = A_PAGE,
    newest: bool = False,
) -> Results:
    """What fits.

    Args:
        desk: the desk.
        outlook: for names.
        text: as it was typed.
        narrowed: what else is asked for.
        kind: "reports", "records", or both where empty.
        start: the place of the first result that is shown.
        most: results of each kind.
        newest: whether the newest come first.

    Raises:
        InputError: the text says only what must not be there.
    """
    asked = question(text)
    index, rows = index_of(desk), desk.rows()
    nothing = Found((), 0)
    records = reports = nothing
    if kind != "reports" and (asked or narrowed.of_records):
        records = index.find("records", asked, narrowed, start=start, most=most, newest=newest)
    if kind != "records" and asked and not narrowed.of_records:
        reports = index.find("reports", asked, narrowed, start=start, most=most, newest=newest)
    return Results(
        tuple(_report(rows, outlook, h) for h in reports.hits if h.id in rows.reports),
        tuple(_record(rows, outlook, h) for h in records.hits if h.id in rows.position),
        reports.total,
        records.total,
        _names(desk, outlook, rows, text) if not start else (),
        records.common or reports.common,
    )


def _told(words: Labels, position: Position) -> Words:
    conditions = " ".join(words.condition(c.kind) for c in position.conditions)
    speakers = " ".join(one_line(x.name, 80) for x in position.chain if x.name)
    return Words(
        f"{words.actor(position.holder)} {words.actor(position.performer)} {speakers}",
        f"{words.task(position.task)} {words.stance(position.stance)} {conditions}",
        words.polarity(position.stance),
    )


def _report(rows: Rows, outlook: Outlook, hit: Hit) -> ReportHit:
    report = rows.reports[hit.id]
    material = outlook.material
    return ReportHit(
        addresses.report_page(hit.id),
        material.title(report),
        material.outlet(report),
        when(report.published),
        hit.pieces,
        len(rows.by_report.get(hit.id, ())),
    )


def _record(rows: Rows, outlook: Outlook, hit: Hit) -> RecordHit:
    position, words = rows.position[hit.id], outlook.words
    report = rows.reports[position.report]
    return RecordHit(
        addresses.passage_page(position.report, position.id),
        addresses.position_page(position.id),
        words.undertaking(position.holder, position.performer, position.task),
        words.stance(position.stance),
        words.polarity(position.stance),
        outlook.material.outlet(report),
        when(report.published),
        hit.pieces,
    )


def _names(desk: Desk, outlook: Outlook, rows: Rows, text: str) -> tuple[tuple[str, str, str], ...]:
    """What goes by the words as a whole: a record's id, a part of a party's or a task's name."""
    wanted = " ".join(text.split()).casefold()
    if len(wanted) < 2:
        return ()
    found: list[tuple[str, str, str]] = []
    exact = text.strip()
    if exact in rows.reports:
        found.append(("report", one_line(exact, 80), addresses.report_page(exact)))
    if exact in rows.position:
        found.append(("record", one_line(exact, 80), addresses.position_page(exact)))
    if exact in outlook.material.s:
        found.append(("standing", one_line(exact, 80), outlook.material.s[exact]))
    words = outlook.words
    by_name = outlook.queues.get("names of parties", lambda: _parties(outlook))
    found += [
        ("party", name, addresses.address("/party", id=x))
        for name, told, x in by_name
        if wanted in told or wanted == x.casefold()
    ]
    found += [
        ("task", t.label, addresses.address("/task", id=name))
        for name, t in words.labels.tasks.items()
        if wanted in t.label.casefold() or wanted == name.replace("_", " ")
    ]
    return tuple(found[:MOST_NAMES])


def _parties(outlook: Outlook) -> list[tuple[str, str, str]]:
    """Name, the name as it is compared, and id of the parties with standings."""
    parties = {x for s in outlook.material.standings for x in (s.holder, s.performer)}
    return sorted((name := outlook.words.actor(x), name.casefold(), x) for x in parties)
