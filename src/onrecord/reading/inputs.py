"""From folders, files and standard input to reports, one at a time.

What comes in: paths, or ``-`` for standard input. What goes out: reports with id, digest and day, and an
issue for each thing that could not be read, in an order that does not hang on the disk. Nothing is fetched,
nothing is run, the clock is not asked.
"""

from __future__ import annotations

import io
import re
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, Literal, Protocol

from onrecord.errors import InputError, NothingToRead, ReportTooLarge, ReportUnreadable
from onrecord.model import DateRange, Issue, Report, digest
from onrecord.reading.days import infer_published
from onrecord.reading.decoding import Decoded, decode
from onrecord.reading.draft import Draft, draft, note
from onrecord.reading.events import EventTable, load_events
from onrecord.reading.jsonlines import read_json_lines, starts_with_object
from onrecord.reading.limits import Limits, OutletFinder
from onrecord.reading.page import has_markup, is_page, read_page
from onrecord.reading.parquet import read_parquet
from onrecord.reading.plain import stated
from onrecord.reading.printed import printed_date
from onrecord.reading.streams import after
from onrecord.reading.unpacking import unpacked
from onrecord.reading.walk import Found, find
from onrecord.reading.webarchive import read_web_archive

_IN_NAME = re.compile(r"(?<!\d)(20[0-4]\d|199\d)([-_]?)(0[1-9]|1[0-2])\2(0[1-9]|[12]\d|3[01])(?!\d)")
_IN_ADDRESS = re.compile(
    r"(?<=[/_-])(20[0-4]\d|199\d)([/-])(0?[1-9]|1[0-2])\2(?:(0?[1-9]|[12]\d|3[01])(?=[/_.-]|\Z))?"
)


def read_inputs(
    inputs: Sequence[Path | Literal["-"]],
    *,
    limits: Limits | None = None,
    stdin: BinaryIO | None = None,
    outlets: OutletFinder | None = None,
    events: EventTable | None = None,
) -> Iterator[Report | Issue]:
    """Read everything that the inputs hold, as a stream.

    Args:
        inputs: files and folders, and ``-`` for standard input, which comes last.
        limits: how much is read of one input.
        stdin: what ``-`` reads from; the process's own standard input by default.
        outlets: who knows the outlets, to name one by its host.
        events: the named events by which reports without a day are dated; the table that ships by default.

    Yields:
        A report for each text that could be read, an issue for each thing that could not or was not read as
        it stands.

    Raises:
        NothingToRead: at the end, when no report at all came. Until then every issue has been given.
    """
    allowed = limits or Limits()
    table = events or load_events()
    taken: set[str] = set()
    for item in _drafts(inputs, allowed, stdin, outlets):
        if isinstance(item, Issue):
            yield item
            continue
        yield from item.notes
        report = _report(item, table)
        yield replace(report, id=unique_name(report.id, report.sha256, taken))
    if not taken:
        names = ", ".join(str(x) for x in inputs) or "nothing"
        raise NothingToRead(
            f"no report was found in {names[:300]}",
            value=tuple(inputs),
            hint="give a folder or files of .txt, .md, .html, .jsonl, .warc or .parquet",
        )


def read_file(
    found: Found,
    *,
    limits: Limits | None = None,
    outlets: OutletFinder | None = None,
    events: EventTable | None = None,
) -> Iterator[Report | Issue]:
    """What one file gives, for who reads many files apart from each other.

    Yields:
        What :func:`read_inputs` does of this file, but that each report has the id that it asks for, which another may
        have asked for, too: :func:`unique_name`, asked in the order of the files, gives the same ids.
    """
    table = events or load_events()
    for item in _guarded(found, limits or Limits(), outlets):
        if isinstance(item, Issue):
            yield item
        else:
            yield from item.notes
            yield _report(item, table)


def _report(item: Draft, events: EventTable) -> Report:
    """The report under the id that it asks for."""
    published = item.published
    if published is None:
        published = infer_published(item.text, hints=_hints(item), events=events)
    return Report(
        id=item.id,
        text=item.text,
        sha256=digest(item.text),
        outlet=item.outlet,
        url=item.url,
        title=item.title,
        published=published,
        upstream=item.upstream,
    )


class Taken(Protocol):
    """The ids that reports have already: a set, or what keeps them on disk."""

    def __contains__(self, name: str, /) -> bool:
        """Whether a report has this id."""

    def add(self, name: str, /) -> None:
        """Note that a report has this id."""


def unique_name(wanted: str, sha256: str, taken: Taken) -> str:
    """The id itself, or with a suffix made from the text where another report has it: the same text gets the
    same id whatever stands beside it. It is taken from then on.

    Example:
        >>> taken = {"article"}
        >>> unique_name("article", "9f86d081884c7d65", taken), unique_name("other", "9f86d081884c7d65", taken)
        ('article-9f86d081', 'other')
    """
    name, count = wanted, 1
    while name in taken:
        name = f"{wanted}-{sha256[:8]}" + (f"-{count}" if count > 1 else "")
        count += 1
    taken.add(name)
    return name


def _hints(item: Draft) -> tuple[DateRange, ...]:
    """The days that the address and the file's name speak of."""
    found = [_IN_ADDRESS.search(item.url or ""), _IN_NAME.search(item.id)]
    hints = []
    for match in found:
        if match:
            groups = [x for x in match.groups() if x and x.isdigit()]
            days = printed_date("-".join(x.zfill(2) for x in groups))
            hints += [days] if days else []
    return tuple(hints)


def _drafts(
    inputs: Sequence[Path | Literal["-"]],
    limits: Limits,
    stdin: BinaryIO | None,
    outlets: OutletFinder | None,
) -> Iterator[Draft | Issue]:
    paths = [x for x in inputs if x != "-"]
    for found in find([Path(x) for x in paths]):
        if isinstance(found, Issue):
            yield found
        else:
            yield from _guarded(found, limits, outlets)
    if len(paths) < len(inputs):
        yield from _standard_input(stdin or sys.stdin.buffer, limits, outlets)


def _guarded(found: Found, limits: Limits, outlets: OutletFinder | None) -> Iterator[Draft | Issue]:
    """What one file gives; a failure is an issue, and the run goes on."""
    try:
        yield from _file(found, limits, outlets)
    except InputError as error:
        yield Issue(error.code, found.where, error.message, error.hint)
    except (OSError, EOFError, zlib.error) as error:
        why = getattr(error, "strerror", None) or str(error)
        message = f"{found.where} cannot be read ({why})"
        yield Issue(ReportUnreadable.code, found.where, message, "look whether it is whole")


def _file(found: Found, limits: Limits, outlets: OutletFinder | None) -> Iterator[Draft | Issue]:
    if found.kind == "parquet":
        yield from read_parquet(found.path, found.where, found.stem, limits, outlets)
    elif found.kind in ("json lines", "web archive"):
        with unpacked(found, limits) as stream:
            if found.kind == "json lines":
                yield from read_json_lines(stream, found.where, found.stem, limits, outlets)
            else:
                yield from read_web_archive(stream, found.where, found.stem, limits, outlets)
    else:
        with found.path.open("rb") as stream:
            data = _whole(stream, limits.page if found.kind == "page" else limits.report, found.where)
        yield _of_bytes(data, found, limits, outlets)


def _whole(stream: BinaryIO, most: int, where: str) -> bytes:
    """All bytes, or a refusal before more than the limit is in memory."""
    data = stream.read(most + 1)
    if len(data) > most:
        raise ReportTooLarge(
            f"{where} is larger than {most:,} bytes",
            value=where,
            hint="split it, or take the article out of it",
        )
    return data


def _of_bytes(data: bytes, found: Found, limits: Limits, outlets: OutletFinder | None) -> Draft:
    decoded = decode(data, page=found.kind == "page")
    notes = _damage(decoded, found.where)
    looks = is_page(decoded.text) if found.kind in ("page", "unknown") else False
    if looks or (found.kind == "page" and has_markup(decoded.text)):
        if len(data) > limits.page:
            raise ReportTooLarge(f"{found.where} is larger than {limits.page:,} bytes", value=found.where)
        text, fields = read_page(decoded.text, found.where, outlets)
    else:
        text, fields = decoded.text, dict(stated(decoded.text, outlets))
    if "unread_date" in fields:
        said = str(fields["unread_date"])[:60]
        notes = (*notes, note(found.where, f"the date {said!r} cannot be read", "give it as 2025-11-12"))
    return draft(found.where, text, fields.get("id") or found.stem, {**fields, "notes": notes}, outlets)


def _damage(decoded: Decoded, where: str) -> tuple[Issue, ...]:
    if not decoded.damaged:
        return ()
    said = f"{decoded.damaged} {'place holds' if decoded.damaged == 1 else 'places hold'} bytes that are not"
    message = f"{said} {decoded.encoding}; each shows as \ufffd"
    return (note(where, message, "look whether the download was whole"),)


def _standard_input(
    stream: BinaryIO, limits: Limits, outlets: OutletFinder | None
) -> Iterator[Draft | Issue]:
    """Standard input: JSON Lines where the first line is a JSON object, else one text or page."""
    where = "standard input"
    head = stream.read(limits.report + 1)
    if starts_with_object(head[: limits.report]):
        yield from read_json_lines(after(head, stream), where, "stdin", limits, outlets)
        return
    found = Found(Path("-"), where, "unknown", "stdin")
    try:
        data = _whole(io.BytesIO(head), limits.report, where)
        yield _of_bytes(data, found, limits, outlets)
    except InputError as error:
        yield Issue(error.code, where, error.message, error.hint)
