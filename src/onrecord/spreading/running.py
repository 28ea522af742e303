"""A large collection read by many processes, with the result that one would have: the run itself.

In: inputs, settings, an engine, a target. Out: :class:`Spread`. First the files are read, in parts; then the reports
are put in order, named, and repeats among them found, as one machine does with all of them at hand; then what is said
in them is found, in batches, and goes to the target in order. Whatever is finished lies in the run's folder as a file
that is whole, so that a run that is killed and started again goes on where it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.errors import NothingToRead, PartLost
from onrecord.model import Issue, Report, Story
from onrecord.model.records import Record
from onrecord.services import Progress, silent
from onrecord.settings import Settings
from onrecord.spreading import parts
from onrecord.spreading.about import about
from onrecord.spreading.cutting import Portion, key_of, portions
from onrecord.spreading.engine import Engine
from onrecord.spreading.folder import Folder
from onrecord.spreading.plan import Batch, Plan, Row
from onrecord.spreading.targets import Target
from onrecord.spreading.tasks import FindTask, Place, ReadTask, find_part, read_part
from onrecord.stories import story_of
from onrecord.vocabulary import load

PART = 32
"""Reports of a batch: about a minute of one core, which is what is lost with a worker."""


@dataclass(frozen=True, slots=True)
class Spread:
    """What a run came to.

    Attributes:
        reports: reports that could be read.
        added: those that were new.
        issues: issues noted.
        read, found: parts that this run has read, and batches in which it has looked for positions.
        kept_read, kept_found: those that were finished already by an earlier run.
    """

    reports: int
    added: int
    issues: int
    read: int
    found: int
    kept_read: int
    kept_found: int


def spread(
    inputs: Sequence[Path],
    settings: Settings,
    engine: Engine,
    target: Target,
    folder: Folder,
    *,
    size: int = PART,
    progress: Progress = silent,
) -> Spread:
    """Read inputs on an engine.

    The target is then as :func:`onrecord.services.read` would have left it, to the last record.

    Args:
        inputs: files and folders; not standard input, which cannot be read twice.
        settings: story, and whether the learned model is left out.
        engine: who does the work.
        target: where the results go.
        folder: where finished parts lie until then.
        size: reports of a batch.
        progress: told how far it is.

    Raises:
        NothingToRead: no report came of the inputs; the issues are noted then.
        MachinesError: or one below it, when the work cannot go on; finished parts are kept.
        LedgerError: or one below it, when the ledger cannot be written.
    """
    return _Run(inputs, settings, engine, target, folder, size, progress).run()


class _Run:
    def __init__(
        self,
        inputs: Sequence[Path],
        settings: Settings,
        engine: Engine,
        target: Target,
        folder: Folder,
        size: int,
        progress: Progress,
    ) -> None:
        self._inputs, self._settings, self._engine, self._target = inputs, settings, engine, target
        self._folder, self._size, self._progress = folder, size, progress
        self._story: Story | None = story_of(settings, load())
        story = settings.story.read_bytes() if settings.story else b""
        self._story_key = hashlib.sha256(story).hexdigest() if story else ""
        self._added = self._told = self._found = self._kept = 0
        self._ready: set[int] = set()

    def run(self) -> Spread:
        cut = list(portions(self._inputs, about()))
        read = self._read(cut)
        key = key_of([x.name for x in cut], self._target.where)
        with closing(Plan.of(self._folder, (x.name for x in cut), key, self._target.name)) as plan:
            issues = 0

            def counted() -> Iterator[Issue]:
                nonlocal issues
                for issue in plan.issues():
                    issues += 1
                    yield issue

            self._target.note(counted())
            reports = plan.count()
            if not reports:
                raise self._nothing(plan.count(readable=False))
            self._find(plan, reports)
        self._target.finish()
        return Spread(reports, self._added, issues, read, self._found, len(cut) - read, self._kept)

    def _read(self, cut: Sequence[Portion]) -> int:
        """Have the parts read that are not there already; how many."""
        missing = [x for x in cut if not parts.is_whole(self._folder.read / x.name)]
        tasks = (ReadTask(x.number, self._folder.read / x.name, x.items, about()) for x in missing)
        done = len(cut) - len(missing)
        for _ in self._engine.each(read_part, tasks):
            done += 1
            self._progress("reading", done, len(cut))
        return len(missing)

    def _find(self, plan: Plan, reports: int) -> None:
        """Have found what is said in all reports, and put it where it goes, in order."""
        waiting = plan.batches(self._size)
        following = next(waiting, None)
        for done in self._engine.each(find_part, self._tasks(plan)):
            self._ready.add(done.number)
            while following is not None and following.number in self._ready:
                following = self._put(following, waiting, reports)
        while following is not None:
            following = self._put(following, waiting, reports)

    def _put(self, batch: Batch, waiting: Iterator[Batch], reports: int) -> Batch | None:
        """Put a batch; the next one."""
        self._ready.discard(batch.number)
        made = self._results(batch)
        new = [x for x in batch.rows if x.first]
        if any(x.name not in made and not self._target.has(_known(x)) for x in new):
            path = self._path(batch)
            raise PartLost(f"the part {path} is not whole", value=str(path), hint="start again: it is made anew")
        found = [
            (replace(batch.report(row), upstream=tuple(made[row.name]["upstream"])), made[row.name])
            for row in new
            if row.name in made
        ]
        if found:
            self._added += self._target.put(batch.number, found)
        self._told += len(batch.rows)
        self._progress("finding positions", self._told, reports)
        return next(waiting, None)

    def _tasks(self, plan: Plan) -> Iterator[FindTask]:
        """What is still to be done; of a batch, the reports that are not where they go already."""
        for batch in plan.batches(self._size):
            wanted = [x for x in batch.rows if x.first and not self._target.has(_known(x))]
            if not wanted or {x.name for x in wanted} <= self._results(batch).keys():
                self._kept += bool(wanted)
                self._ready.add(batch.number)
                continue
            self._found += 1
            yield FindTask(
                number=batch.number,
                target=self._path(batch),
                source=batch.source,
                places=tuple(Place(x.offset, x.length, x.name) for x in wanted),
                expected=about(),
                story=self._story,
                story_key=self._story_key,
                rules_only=self._settings.rules_only,
            )

    def _path(self, batch: Batch) -> Path:
        key = batch.key(dict(about()), self._story_key, self._settings.rules_only)
        return self._folder.found / f"{batch.number:08}-{key}.jsonl"

    def _results(self, batch: Batch) -> dict[str, Record]:
        """What was found in the reports of a batch, by their ids; nothing where it is not finished, or not needed."""
        path = self._path(batch)
        if not parts.is_whole(path):
            return {}
        return {x.record["id"]: x.record for x in parts.lines(path)}

    def _nothing(self, unreadable: int) -> NothingToRead:
        if unreadable:
            said, hint = "none of the reports can be read", "see the issues: `onrecord issues`"
        else:
            said = f"no report was found in {', '.join(str(x) for x in self._inputs)[:300]}"
            hint = "give a folder or files of .txt, .md, .html, .jsonl, .warc or .parquet"
        return NothingToRead(said, value=tuple(self._inputs), hint=hint)


def _known(row: Row) -> Report:
    """As much of a report as tells whether it is known: its text's digest and its outlet."""
    return Report(row.name, "", row.sha256, row.outlet)
