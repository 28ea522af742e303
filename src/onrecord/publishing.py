"""Writing what people look at: the brief and the export records, whole or not at all.

Part of the services: joins reading, reconciliation and briefing, and writes files. Nothing here prints.
"""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from onrecord import services
from onrecord.adding_up import add_up
from onrecord.briefing import brief_of, export_records, render_html, render_markdown
from onrecord.briefing.strength_over_time import StrengthOn, days_between, strength_on
from onrecord.errors import OutputError
from onrecord.services import CHANGED_WITHIN, Answer, Input, Progress, ReadResult, silent
from onrecord.settings import Settings
from onrecord.undertakings import Labelled, task_records
from onrecord.vocabulary import load

PAGE = "brief.html"
TEXT = "brief.md"
FORCE = "force.json"
STRENGTH_DAYS = ((2_000, 8), (8_000, 4), (10**12, 2))
"""Days of strength over time in the brief, for fewer positions than so many: each day is weighed and added up anew."""


@dataclass(frozen=True, slots=True)
class Published:
    """A brief as written.

    Attributes:
        page: the HTML page.
        read: what was read for it.
        answer: what it tells.
    """

    page: Path
    read: ReadResult
    answer: Answer


def brief(
    inputs: Sequence[Input],
    out: Path,
    settings: Settings,
    *,
    as_of: date | None = None,
    since: date | None = None,
    progress: Progress = silent,
) -> Published:
    """Read inputs and write the brief with its export into a folder.

    Args:
        inputs: files and folders, or ``-``.
        out: the folder; made where there is none. The ledger lies in it unless the settings name another.
        settings: ledger, story, grades.
        as_of: the day to tell it for.
        since: the day to tell changes from; thirty days before ``as_of`` by default.
        progress: told how far it is.

    Raises:
        OnrecordError: one of its kinds; nothing is half-written then.
    """
    make_folder(out)
    story = services.story_of(settings, load())
    with services.open_ledger(settings) as ledger:
        read = services.read(inputs, ledger, settings, progress=progress, story=story)
        answer = services.answer(
            ledger,
            settings,
            as_of=as_of,
            only=[r.id for r in read.reports],
            issues=read.issues,
            story=story,
        )
    progress("writing", 0, 1)
    write_records(answer, out)
    page = write_brief(answer, out, settings, since=since)
    progress("writing", 1, 1)
    return Published(page, read, answer)


def write_brief(answer: Answer, out: Path, settings: Settings, *, since: date | None = None) -> Path:
    """Write brief.html and brief.md; the path of the page comes back."""
    vocabulary = load()
    story = answer.story
    made = answer.reconciliation
    tasks = task_records(answer.positions, vocabulary.tasks, story)
    view = brief_of(
        title=story.title if story else _title(answer),
        as_of=answer.as_of,
        since=since or answer.as_of - CHANGED_WITHIN,
        story=story,
        reports=answer.reports,
        statements=answer.statements,
        positions=answer.positions,
        standings=made.standings,
        conflicts=made.conflicts,
        origins=made.origins,
        issues=answer.issues,
        labels=Labelled(vocabulary, {x["task"]: x["label"] for x in tasks}),
        matters=answer.matters,
        force=answer.force,
        facts=answer.facts,
        made_with=services.made_with(settings),
        reliabilities=settings.outlet_grades,
        followed=made.conditions_state,
        strength_days=strength_days(answer, settings),
    )
    write_text(out / PAGE, render_html(view))
    write_text(out / TEXT, render_markdown(view))
    return out / PAGE


def strength_days(answer: Answer, settings: Settings) -> list[StrengthOn]:
    """What was expected as the record stood on some days up to the answer's, each added up anew; none without a force.

    The days are those on which reports came out, evenly spread; fewer where there are so many positions that each day
    takes seconds.
    """
    today = strength_on(answer.as_of, answer.force)
    if today is None or answer.force is None:
        return []
    vocabulary, story, name = load(), answer.story, answer.force.get("scenario")
    if story is not None and name in story.scenarios:
        # Under the scenario that is shown alone: the others would be drawn for nothing.
        story = replace(story, scenarios={str(name): story.scenarios[str(name)]})
    most = next(days for positions, days in STRENGTH_DAYS if len(answer.positions) < positions)
    found = []
    for day in days_between([r.published.latest for r in answer.reports if r.published], answer.as_of, most)[:-1]:
        then = services.answer_of(
            answer.reports, (), answer.positions, settings, as_of=day, story=answer.story, force=False
        )
        record = add_up(then.reconciliation, then.reports, then.positions, story, then.matters, vocabulary)
        found.append(strength_on(day, record))
    return [*(point for point in found if point is not None), today]


def _title(answer: Answer) -> str:
    titles = list(answer.matters.values())
    return titles[0] if len(titles) == 1 else "Who is on record for what"


def write_records(answer: Answer, out: Path) -> list[Path]:
    """Write the export records as JSON Lines, and force.json where the story describes a force."""
    make_folder(out)
    made = answer.reconciliation
    files = export_records(
        reports=answer.reports,
        statements=answer.statements,
        positions=answer.positions,
        standings=made.standings,
        conflicts=made.conflicts,
        facts=answer.facts,
        tasks=task_records(answer.positions, load().tasks, answer.story),
    )
    written = []
    for name, rows in files.items():
        write_text(out / name, "".join(_lines(rows)))
        written.append(out / name)
    if answer.force is not None and answer.describes_force:
        write_text(out / FORCE, json.dumps(answer.force, ensure_ascii=False, indent=1) + "\n")
        written.append(out / FORCE)
    else:
        # One of an earlier story would pass for this one's.
        (out / FORCE).unlink(missing_ok=True)
    return written


def _lines(rows: Iterable[object]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(row, ensure_ascii=False) + "\n"


def make_folder(out: Path) -> None:
    """Make a folder where there is none.

    Raises:
        OutputError: it cannot be made.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            f"{out} cannot be made: {error.strerror}", value=str(out), hint="name another folder with --out"
        ) from error


def write_text(path: Path, text: str) -> None:
    """Write a text as :func:`write_bytes` does, in UTF-8.

    Raises:
        OutputError: the disk is full, or the folder cannot be written; the file is then as it was.
    """
    write_bytes(path, text.encode("utf-8", "replace"))


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole: to a file beside it first, then moved into place.

    Raises:
        OutputError: the disk is full, or the folder cannot be written; the file is then as it was.
    """
    handle, name = -1, ""
    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise OutputError(
            f"{path} cannot be written: {error.strerror}",
            value=str(path),
            hint="make room, or name another folder with --out",
        ) from error
