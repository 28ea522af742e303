"""Handing the record on: the ledger's answer in a format, as files or as one stream.

Part of the services: joins the answer, the vocabulary and the formats, and writes files. Nothing here prints.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from onrecord import __version__, publishing
from onrecord.briefing.formats import FORMATS, TABLES_OUT, Bundle, Format
from onrecord.briefing.words import Words
from onrecord.errors import InputError, UnknownName
from onrecord.services import Answer
from onrecord.undertakings import Labelled, task_records
from onrecord.vocabulary import load


@dataclass(frozen=True, slots=True)
class Written:
    """An export as written.

    Attributes:
        files: what was written, in order.
        lost: what the format does not hold, in plain sentences; "" where nothing is lost.
    """

    files: tuple[Path, ...]
    lost: str


def bundle_of(answer: Answer) -> Bundle:
    """What is handed on of an answer."""
    vocabulary, made = load(), answer.reconciliation
    tasks = task_records(answer.positions, vocabulary.tasks, answer.story)
    return Bundle(
        as_of=answer.as_of,
        words=Words(Labelled(vocabulary, {x["task"]: x["label"] for x in tasks})),
        reports=answer.reports,
        statements=answer.statements,
        positions=answer.positions,
        standings=tuple(made.standings),
        conflicts=tuple(made.conflicts),
        facts=answer.facts,
        tasks=tuple(tasks),
        kinds={name: actor.kind for name, actor in vocabulary.actors.items()},
        made_with=f"onrecord {__version__}",
    )


def format_of(name: str) -> Format:
    """A format by its name.

    Raises:
        UnknownName: there is no such format.
    """
    if name not in FORMATS:
        raise UnknownName(f"there is no format {name!r}", value=name, hint=f"choose from: {', '.join(FORMATS)}")
    return FORMATS[name]


def write(answer: Answer, out: Path, name: str, *, only: str | None = None) -> Written:
    """Write an export into a folder, each file whole or not at all.

    JSON Lines come as `onrecord brief` writes them, with ``force.json``.

    Args:
        answer: what to hand on.
        out: the folder; made where there is none.
        name: the format.
        only: this table alone, where the format has a file for each.

    Raises:
        UnknownName: there is no such format or table.
        OutputError: it cannot be written, or what the format needs is not installed.
    """
    format_ = format_of(name)
    files = format_.files(bundle_of(answer))
    chosen = [_file(format_, only)] if only else list(files)
    publishing.make_folder(out)
    written: list[Path] = []
    if name == "jsonl" and not only:
        written += publishing.write_records(answer, out)
        chosen = []
    for file in chosen:
        publishing.write_bytes(out / file, b"".join(files[file]()))
        written.append(out / file)
    return Written(tuple(written), format_.lost)


def stream(answer: Answer, name: str, *, only: str | None = None) -> Iterator[bytes]:
    """The one file of an export, piece by piece.

    Raises:
        UnknownName: there is no such format or table.
        InputError: the format has several files, and none is chosen.
        OutputError: what the format needs is not installed.
    """
    format_ = format_of(name)
    files = format_.files(bundle_of(answer))
    if not only and len(files) > 1:
        raise InputError(
            f"{name} comes as {len(files)} files",
            value=name,
            hint="name a folder with --out, or one table with --only",
        )
    return files[_file(format_, only) if only else next(iter(files))]()


def _file(format_: Format, table: str) -> str:
    if not format_.ending:
        raise InputError(f"{format_.name} has no tables", value=table, hint="leave --only out")
    if table not in TABLES_OUT:
        raise UnknownName(f"there is no table {table!r}", value=table, hint=f"choose from: {', '.join(TABLES_OUT)}")
    return f"{table}.{format_.ending}"
