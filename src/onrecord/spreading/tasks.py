"""What a worker does: read a part, or find what is said in one. Each task ends in one file of results.

In: a task, which is small and plain. Out: a file in the run's folder, and how much is in it. A worker keeps the models
it has loaded from one task to the next.
"""

from __future__ import annotations

import base64
import functools
import hashlib
import platform
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from onrecord.errors import MachinesDiffer, WorkFolderInvalid
from onrecord.extraction import Extractor
from onrecord.extractors import make_extractor
from onrecord.model import Issue, Report, Story
from onrecord.model.records import (
    Record,
    fact_record,
    issue_record,
    position_record,
    report_from_record,
    report_record,
    statement_record,
)
from onrecord.reading import language_of, read_file
from onrecord.reading.repeats import sketch_of, triples_of, words_of
from onrecord.spreading import parts
from onrecord.spreading.about import about, differences
from onrecord.spreading.cutting import Item
from onrecord.spreading.folder import MARK
from onrecord.vocabulary import Vocabulary, load

_ONE_AT_A_TIME = threading.Lock()
"""Neither the parser nor the word pieces are made for two threads."""


@dataclass(frozen=True, slots=True)
class ReadTask:
    """Read some files.

    Attributes:
        number: its place in the order.
        target: where the results go.
        items: the files.
        expected: what they are to be read with.
    """

    number: int
    target: Path
    items: tuple[Item, ...]
    expected: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a report stands.

    Attributes:
        offset, length: its line in the part it was read in.
        name: the id it is to have.
    """

    offset: int
    length: int
    name: str


@dataclass(frozen=True, slots=True)
class FindTask:
    """Find what is said in some reports of one part.

    Attributes:
        number: its place in the order.
        target: where the results go.
        source: the part that the reports were read in.
        places: the reports.
        expected: what they are to be read with.
        story: the user's story, or None.
        story_key: digest of the story, "" where there is none.
        rules_only: whether the learned position model is left out.
    """

    number: int
    target: Path
    source: Path
    places: tuple[Place, ...]
    expected: Mapping[str, str]
    story: Story | None = field(default=None, compare=False, hash=False)
    story_key: str = ""
    rules_only: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """A task that is finished.

    Attributes:
        number: the task's.
        reports: how many reports are in its file.
    """

    number: int
    reports: int


def read_part(task: ReadTask) -> Done:
    """Read the files of a task; nothing, where that is done: a worker may be lost after its part and before it said so.

    Raises:
        MachinesDiffer: this process would read them with something else than is expected.
        WorkFolderInvalid: this machine does not see the folder or the files.
    """
    _check(task.expected, task.target)
    if parts.is_whole(task.target):
        return Done(task.number, sum("report" in x.record for x in parts.lines(task.target)))
    count = 0
    with _ONE_AT_A_TIME, parts.written(task.target) as put:
        for item in task.items:
            for one in _of(item, load()):
                if isinstance(one, Issue):
                    put({"issue": issue_record(one)})
                else:
                    put(_as_read(one))
                    count += 1
    return Done(task.number, count)


def _of(item: Item, vocabulary: Vocabulary) -> Iterator[Report | Issue]:
    if item.issue is not None:
        yield item.issue
    if item.found is not None:
        if item.there and not item.found.path.exists():
            raise WorkFolderInvalid(
                f"{platform.node()} does not see {item.found.path}, which is among the inputs",
                value=str(item.found.path),
                hint="all workers must see the inputs under the same path, and nobody may take them away meanwhile",
            )
        yield from read_file(item.found, outlets=vocabulary.outlet_by_name)


def _as_read(report: Report) -> Record:
    """A report, with what is asked of its text when the reports are put together."""
    language = language_of(report.text)
    words = words_of(report)
    told: Record = {"report": report_record(report), "language": language}
    if words:
        sketch = sketch_of(triples_of(words)).hashvalues.astype("<u4")
        told["words"] = words_digest(words)
        told["sketch"] = base64.b64encode(sketch.tobytes()).decode()
    return told


def words_digest(words: tuple[str, ...]) -> str:
    """A digest by which texts of the same words are known."""
    return hashlib.sha256("\0".join(words).encode("utf-8", "replace")).hexdigest()[:32]


def find_part(task: FindTask) -> Done:
    """Find what is said in the reports of a task; nothing, where that is done.

    Raises:
        MachinesDiffer: this process would find it with something else than is expected.
        WorkFolderInvalid: this machine does not see the folder.
        ModelMissing: weights are not installed.
        PartLost: the part with the reports is not whole.
    """
    _check(task.expected, task.target)
    wanted = {x.name for x in task.places}
    if parts.is_whole(task.target) and wanted <= {x.record["id"] for x in parts.lines(task.target)}:
        return Done(task.number, len(wanted))
    with _ONE_AT_A_TIME, parts.written(task.target) as put:
        extractor = _extractor(task)
        for place in task.places:
            read = report_from_record(parts.at(task.source, place.offset, place.length)["report"])
            report = replace(read, id=place.name)
            made = extractor.extract(report)
            put(
                {
                    "id": report.id,
                    "upstream": list(made.upstream),
                    "statements": [statement_record(x) for x in made.statements],
                    "positions": [position_record(x) for x in made.positions],
                    "facts": [fact_record(x) for x in made.facts],
                }
            )
    return Done(task.number, len(task.places))


def _extractor(task: FindTask) -> Extractor:
    return _kept_extractor(_Story(task.story, task.story_key), task.rules_only)


@dataclass(frozen=True)
class _Story:
    # A story cannot be hashed; its digest can.
    story: Story | None = field(compare=False)
    key: str


@functools.lru_cache(maxsize=1)
def _kept_extractor(story: _Story, rules_only: bool) -> Extractor:
    # One thread: a machine has a worker for each of its cores.
    return make_extractor(load(), story.story, rules_only=rules_only, threads=1)


def _check(expected: Mapping[str, str], target: Path) -> None:
    """Refuse work for which this is the wrong process."""
    other = differences(expected, about())
    if other:
        raise differing(platform.node(), other)
    if not (target.parent.parent / MARK).is_file():
        raise WorkFolderInvalid(
            f"{platform.node()} does not see {target.parent.parent}",
            value=str(target.parent.parent),
            hint="name a folder that all workers share: --work",
        )


def differing(where: str, other: list[str]) -> MachinesDiffer:
    """The refusal of a worker that would read with something else."""
    return MachinesDiffer(
        f"the worker on {where} has {', '.join(other[:4])}{' and more' if len(other) > 4 else ''}",
        value=tuple(other),
        hint="install the same onrecord everywhere, from the same lock file",
    )
