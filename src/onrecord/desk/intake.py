"""Taking in reports at the desk: files, pasted text, folders and addresses, read in the background, one run at a time.

In: what somebody hands in. Out: a :class:`Run` that tells how far it has come, report by report. What is handed in
is put into a folder of its own first, so that the run reads it as the command line would; the folder goes when the
run has ended. Nothing here knows HTTP.
"""

from __future__ import annotations

import json
import logging
import re
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from queue import Queue
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from threading import Lock, Thread
from typing import Any, Literal
from weakref import WeakKeyDictionary

from onrecord import fetching, services
from onrecord.briefing.text import one_line
from onrecord.desk.desk import Desk
from onrecord.errors import InputError, OnrecordError, ReportTooLarge
from onrecord.fetching import Fetched
from onrecord.ledger import Ledger
from onrecord.model import Issue

MOST_FILES = 500
MOST_BYTES = 100_000_000
"""Files, and bytes in all, that one run takes; a larger lot is read on the command line."""
MOST_ADDRESSES = 20
MOST_TEXT = 500_000
"""Code points of a pasted text."""
MOST_RUNS = 20
"""Runs that are remembered."""
SHOWN = 200
_NAME = re.compile(r"[^A-Za-z0-9._-]+")
_KINDS = (".txt", ".md", ".html", ".htm", ".jsonl", ".jsonl.gz")

State = Literal["waiting", "running", "done", "failed"]
_log = logging.getLogger("onrecord.desk")


@dataclass(slots=True)
class Run:
    """One lot of reports on its way into the ledger.

    Attributes:
        id: random, as in the address of its page.
        by: who handed it in; at when.
        what: in words.
        state: waiting, running, done or failed.
        doing: what is being done; done of total, where that is known (else total is 0).
        reports: ids of the reports that are in the ledger by now, in the order in which they came.
        known: how many of those handed in the ledger had before.
        issues: what could not be read.
        wrong: why it failed.
    """

    id: str
    by: str
    at: datetime
    what: str
    state: State = "waiting"
    doing: str = "waiting for its turn"
    done: int = 0
    total: int = 0
    reports: list[str] = field(default_factory=list)
    known: int = 0
    issues: list[Issue] = field(default_factory=list)
    wrong: str = ""

    @property
    def ended(self) -> bool:
        """Whether nothing more will come."""
        return self.state in ("done", "failed")


@dataclass(frozen=True, slots=True)
class Handed:
    """What somebody hands in.

    Attributes:
        files: name and content of each.
        text: a pasted text with its title, outlet, address and day.
        addresses: pages to fetch.
        folder: a folder of this machine, or None.
    """

    files: tuple[tuple[str, bytes], ...] = ()
    text: str = ""
    title: str = ""
    outlet: str = ""
    url: str = ""
    published: str = ""
    addresses: tuple[str, ...] = ()
    folder: Path | None = None

    @property
    def told(self) -> str:
        """It in words."""
        parts = []
        if self.files:
            parts.append(one_line(self.files[0][0], 60) if len(self.files) == 1 else f"{len(self.files)} files")
        if self.text.strip():
            parts.append("a pasted text")
        if self.addresses:
            first = one_line(self.addresses[0], 80)
            parts.append(first if len(self.addresses) == 1 else f"{len(self.addresses)} addresses")
        if self.folder is not None:
            parts.append(f"the folder {one_line(str(self.folder), 80)}")
        return ", ".join(parts)


class Intake:
    """Reads what is handed in at one desk, in one thread of its own.

    Args:
        desk: whose ledger is read into.
        fetch: fetches a page; tests give their own.
    """

    def __init__(self, desk: Desk, fetch: Callable[[str], Fetched] = fetching.fetch) -> None:
        self._desk = desk
        self._fetch = fetch
        self._lock = Lock()
        self._runs: OrderedDict[str, Run] = OrderedDict()
        self._waiting: Queue[tuple[Run, Handed, str | None]] = Queue()
        self._worker: Thread | None = None

    def runs(self) -> list[Run]:
        """The runs, the latest first."""
        with self._lock:
            return list(reversed(self._runs.values()))

    def run(self, name: str) -> Run | None:
        """A run by its id, or None where it is not known (any more)."""
        with self._lock:
            return self._runs.get(name)

    def hand_in(self, handed: Handed, by: str, *, story: str | None = None) -> Run:
        """Take it in; it is read as soon as those before it have been.

        Args:
            handed: what there is.
            by: who hands it in.
            story: the story it is read by; the desk's first where None.

        Raises:
            InputError: there is nothing in it, or too much. UnknownName: there is no such story.
        """
        _check(handed)
        self._desk.story(story)
        run = Run(token_urlsafe(9), by, self._desk.settings.clock(), handed.told)
        with self._lock:
            self._runs[run.id] = run
            for old in [x for x in self._runs.values() if x.ended][: max(0, len(self._runs) - MOST_RUNS)]:
                del self._runs[old.id]
            self._waiting.put((run, handed, story))
            if self._worker is None or not self._worker.is_alive():
                self._worker = Thread(target=self._work, name="intake", daemon=True)
                self._worker.start()
        return run

    def settle(self) -> None:
        """Wait until all that was handed in has been read."""
        self._waiting.join()

    def _work(self) -> None:
        while True:
            run, handed, story = self._waiting.get()
            try:
                self._read(run, handed, story)
            except OnrecordError as error:
                run.wrong, run.state = str(error), "failed"
            except Exception:
                # One lot that breaks the program must not end the thread that the next ones wait for.
                _log.exception("taking in %s", run.id)
                run.wrong, run.state = "the program broke on it; the log tells more", "failed"
            finally:
                self._waiting.task_done()

    def _read(self, run: Run, handed: Handed, story: str | None) -> None:
        run.state, run.doing = "running", "looking at what there is"
        _, settings = self._desk.story(story)
        before = self._desk.ledger.version()
        with TemporaryDirectory(prefix="onrecord-") as place:
            folder = Path(place)
            self._stage(run, handed, folder)
            inputs: list[Any] = [folder] if any(folder.iterdir()) else []
            inputs += [handed.folder] if handed.folder is not None else []
            if not inputs:
                run.wrong, run.state = "none of it could be read", "failed"
                return

            def progress(what: str, done: int, total: int) -> None:
                run.doing, run.done, run.total = what, done, total
                self._note(run, before)

            try:
                result = services.read(inputs, self._desk.ledger, settings, progress=progress)
            except InputError:
                # None of it came to anything: the ledger has noted why, by the names of this run's own folder.
                run.issues += [_plain(i, place) for i in self._desk.ledger.issues() if place in i.where]
                raise
        run.issues += [_plain(i, place) for i in result.issues]
        run.reports = list(result.added)
        run.known = len({r.id for r in result.reports} - set(result.added))
        run.doing, run.done, run.total, run.state = "done", len(result.added), len(result.added), "done"

    def _note(self, run: Run, before: Any) -> None:
        """Which reports are in the ledger by now."""
        there = set(run.reports)
        run.reports += sorted((self._desk.ledger.touched(before) or frozenset()) - there)

    def _stage(self, run: Run, handed: Handed, folder: Path) -> None:
        taken: set[str] = set()
        for name, content in handed.files:
            (folder / file_name(name, taken)).write_bytes(content)
        lines = []
        if handed.text.strip():
            row = {"text": handed.text, "title": handed.title, "outlet": handed.outlet}
            row |= {"url": handed.url, "published": handed.published}
            lines.append({k: v for k, v in row.items() if v})
        for n, address in enumerate(handed.addresses, start=1):
            run.doing, run.done, run.total = "fetching", n - 1, len(handed.addresses)
            try:
                page = self._fetch(address)
                lines.append(fetching.page_record(page, self._desk.vocabulary.outlet_by_name))
            except InputError as error:
                run.issues.append(Issue(error.code, one_line(address, 200), error.message, error.hint))
                self._desk.ledger.add_issue(run.issues[-1])
        if lines:
            text = "\n".join(json.dumps(x, ensure_ascii=True) for x in lines)
            # Named by its run: a line without an id of its own is called by the file.
            (folder / f"entered-{run.id.strip('-_')}.jsonl").write_text(text, "utf-8")


def file_name(given: str, taken: set[str]) -> str:
    """A name for a handed-in file that stays in its folder, and is no other's.

    Example:
        >>> seen = set()
        >>> file_name("../../etc/pass wd.txt", seen), file_name("pass wd.txt", seen), file_name(".hidden", seen)
        ('pass-wd.txt', 'pass-wd-2.txt', 'hidden.txt')
    """
    last = re.split(r"[/\\]", given)[-1]
    clean = _NAME.sub("-", last).strip("-.")[-100:].lstrip("-.") or "report.txt"
    ending = next((k for k in sorted(_KINDS, key=len, reverse=True) if clean.lower().endswith(k)), "")
    stem = clean[: len(clean) - len(ending)] if ending else clean.partition(".")[0]
    # What is of no kind that is read is tried as a text: a reader who hands it in means it.
    ending = ending or ".txt"
    stem = stem or "report"
    name, count = f"{stem}{ending}", 1
    while name.lower() in taken:
        count += 1
        name = f"{stem}-{count}{ending}"
    taken.add(name.lower())
    return name


def _check(handed: Handed) -> None:
    if not handed.told:
        raise InputError("there is nothing to read", hint="drop files, paste a text, or give an address")
    if len(handed.files) > MOST_FILES or sum(len(c) for _, c in handed.files) > MOST_BYTES:
        raise ReportTooLarge(
            f"more than {MOST_FILES} files or {MOST_BYTES:,} bytes at once",
            value=len(handed.files),
            hint="read a large folder with `onrecord read`",
        )
    if len(handed.text) > MOST_TEXT:
        raise ReportTooLarge(
            f"the text is longer than {MOST_TEXT:,} letters", value=len(handed.text), hint="hand it in as a file"
        )
    if len(handed.addresses) > MOST_ADDRESSES:
        raise InputError(
            f"{len(handed.addresses)} addresses are more than {MOST_ADDRESSES}",
            value=len(handed.addresses),
            hint="give them in several lots, or watch a feed with `onrecord watch`",
        )
    for address in handed.addresses:
        if not address.lower().startswith(("http://", "https://")):
            raise InputError(
                f"{address[:80]!r} is no address of the web", value=address, hint="write it with https://"
            )
    if handed.folder is not None and not handed.folder.is_dir():
        raise InputError(
            f"{str(handed.folder)[:200]!r} is no folder of this machine",
            value=str(handed.folder),
            hint="give its whole path",
        )


def _plain(issue: Issue, place: str) -> Issue:
    """An issue without the folder that was made for the run."""
    where = issue.where.replace(f"{place}/", "")
    return Issue(issue.code, where, issue.message.replace(f"{place}/", ""), issue.hint)


_intakes: WeakKeyDictionary[Ledger, Intake] = WeakKeyDictionary()
_lock = Lock()


def intake_of(desk: Desk) -> Intake:
    """The intake of a desk."""
    with _lock:
        found = _intakes.get(desk.ledger)
        if found is None:
            found = _intakes[desk.ledger] = Intake(desk)
        return found


def addresses_in(text: str) -> tuple[str, ...]:
    r"""The addresses that somebody wrote, one a line or with spaces between.

    Example:
        >>> addresses_in(" https://a.example/x\nhttps://b.example ")
        ('https://a.example/x', 'https://b.example')
    """
    return tuple(dict.fromkeys(text.split()))


def titles(desk: Desk, ids: Sequence[str]) -> list[tuple[str, str, str, int]]:
    """Id, title, outlet and number of positions of reports, for a list; those the ledger has."""
    rows = desk.rows()
    found = []
    for name in ids[-SHOWN:]:
        report = rows.reports.get(name)
        if report is not None:
            title = one_line(report.title or report.text, 120) or name
            found.append((name, title, one_line(report.outlet or "", 60), len(rows.by_report.get(name, ()))))
    return found
