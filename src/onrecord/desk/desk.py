"""The desk itself: one ledger opened, its rows and what they come to kept, made once for each state of the ledger.

Part of the services, between the ledger and the pages. In: settings, stories, days. Out: :class:`onrecord.desk.Rows`
and :class:`onrecord.desk.Outlook`. Nothing is reconciled per request: rows are kept until the ledger has a new version;
answers are kept by version, story and day, the ones used last; after a decision on a large ledger what it touched is
shown at once and the whole follows. Nothing here prints or knows HTTP.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from threading import Lock, Thread

from onrecord import services
from onrecord.briefing.words import Words
from onrecord.desk.aside import Aside
from onrecord.desk.conditions import merged_names
from onrecord.desk.decisions import Decisions, decisions
from onrecord.desk.keeping import Kept, KeptTexts
from onrecord.desk.looking import forget, look_again, version_seen
from onrecord.desk.making import touched_outlook, whole_outlook
from onrecord.desk.outlook import Outlook
from onrecord.desk.rows import Rows, load_rows
from onrecord.desk.weighing import touched_undertakings, weighed_again
from onrecord.errors import LedgerError, OnrecordError, UnknownName
from onrecord.ledger import Ledger, Version
from onrecord.model import Report, Statement, Story
from onrecord.settings import Settings
from onrecord.stories import story_of
from onrecord.undertakings import Labelled, known_tasks, labels_of, worth_going_by
from onrecord.vocabulary import Vocabulary, load

QUICK_FROM = 3000
"""Positions from which the whole takes so long (about a second for each 8,000) that a decision is shown first."""
QUICK_REPORTS = 50
"""Reports that may have changed for that; more are a reading, not a decision."""
MOST_DAYS = 48
"""Answers kept: a replay of some weeks by a few readers. Each holds its own standings and shares the rows."""
MOST_TEXT = 64 * 1024 * 1024
"""Bytes of laid out parts of pages, of all days together: some fifty boards of 60 parties, and their cells."""


@dataclass(slots=True)
class Desk:
    """One ledger with the stories it is looked at by, for any number of readers at once.

    Attributes:
        settings: ledger, clock, grades; its story is ignored in favour of ``stories``.
        stories: the story files, the first the one that is shown unless another is asked for.
        ledger: the opened ledger.
        aside: another process that weighs large ledgers; without it this one does.

    Example:
        >>> with Desk.open(Settings(ledger=":memory:")) as desk:
        ...     desk.rows().positions, desk.outlook().answer.reconciliation.standings
        ((), ())
    """

    settings: Settings
    ledger: Ledger
    stories: Mapping[str, tuple[Story, Settings]] = field(default_factory=dict)
    vocabulary: Vocabulary = field(default_factory=load)
    aside: Aside | None = None
    _rows: Rows | None = None
    _lock: Lock = field(default_factory=Lock)
    _words: Kept[Words] = field(default_factory=lambda: Kept(most=8))
    _decisions: Kept[Decisions] = field(default_factory=lambda: Kept(most=2))
    _latest: dict[tuple[str | None, date], Outlook] = field(default_factory=dict)
    _waiting: dict[tuple[str | None, date], tuple[Rows, Story | None, Settings]] = field(default_factory=dict)
    _outlooks: Kept[Outlook] = field(default_factory=lambda: Kept(most=MOST_DAYS))
    _texts: KeptTexts = field(default_factory=lambda: KeptTexts(most=MOST_TEXT))

    @classmethod
    def open(
        cls, settings: Settings, stories: Sequence[Path] = (), *, create: bool = True, aside: bool = False
    ) -> Desk:
        """Open the ledger and read the stories.

        Args:
            settings: as the desk holds them.
            stories: the story files.
            create: whether to make a ledger where there is none.
            aside: whether another process may weigh, where the ledger is large and can be opened by one. A program
                that asks for it must be importable, with what it does under ``if __name__ == "__main__"``.

        Raises:
            LedgerError: or one below it, when the ledger cannot be opened.
            StoryInvalid: a story cannot be followed.
        """
        vocabulary = load()
        read: dict[str, tuple[Story, Settings]] = {}
        for path in stories:
            own = replace(settings, story=path)
            story = story_of(own, vocabulary)
            if story is not None:
                read[story.id] = (story, own)
        ledger = services.open_ledger(settings, create=create)
        beside = Aside(settings, stories) if aside and Aside.can_reach(settings) else None
        return cls(replace(settings, story=None), ledger, read, vocabulary, beside)

    def close(self) -> None:
        """Let go of the ledger."""
        if self.aside is not None:
            self.aside.close()
        self.ledger.close()

    def __enter__(self) -> Desk:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # Rows

    def version(self) -> Version:
        """The ledger's version: now, or when what only reads first asked for it (:mod:`onrecord.desk.looking`)."""
        return version_seen(self.ledger)

    def rows(self) -> Rows:
        """The rows as the ledger has them now; only what was touched since the last time is loaded."""
        held = self._rows
        if held is not None and held.version == self.version():
            return held
        # Looked at anew: somebody else may have loaded what has come since this request began.
        now = look_again(self.ledger)
        with self._lock:
            held = self._rows
            if held is None or held.version != now:
                held = self._rows = load_rows(self.ledger, held, now)
            return held

    def report(self, name: str) -> Report:
        """A report by its id.

        Raises:
            UnknownName: there is no such report.
        """
        found = self.rows().reports.get(name)
        if found is None:
            raise UnknownName(f"there is no report {name!r}", value=name, hint="the sources page lists them")
        return found

    def statements(self, report: str) -> list[Statement]:
        """The statements of one report."""
        return self.ledger.statements(report=report)

    def decisions(self) -> Decisions:
        """What people decided, told once for each version of the ledger."""
        return self._decisions.get(self.version(), self._told)

    def _told(self) -> Decisions:
        disputed = [d.target for d in self.ledger.disagreements()]
        return decisions(self.ledger.judgements(), disputed, self.words())

    def words(self, story: Story | None = None) -> Words:
        """Labels of everything on record: the vocabulary's, the story's, and those of tasks found in the reports.

        Args:
            story: by whose labels; by those of all stories, where none is named.
        """
        rows = self.rows()

        def make() -> Words:
            told = [story] if story is not None else [s for s, _ in self.stories.values()]
            own = {t: label for s in told for t, label in s.undertakings.items()}
            known = frozenset({*own, *known_tasks(self.vocabulary.tasks.keys(), None)})
            spoken_of = worth_going_by(rows.positions, known)
            return Words(Labelled(self.vocabulary, {**own, **labels_of(spoken_of, known)}))

        return self._words.get((rows.version, story.id if story is not None else None), make)

    # What it comes to

    def story(self, name: str | None) -> tuple[Story | None, Settings]:
        """A story by its name, with the settings that go with it; the first one where none is named.

        Raises:
            UnknownName: there is no such story.
        """
        if name:
            if name not in self.stories:
                known = ", ".join(self.stories) or "none"
                raise UnknownName(f"there is no story {name!r}", value=name, hint=f"known: {known}")
            return self.stories[name]
        return next(iter(self.stories.values()), (None, self.settings))

    def outlook(self, *, story: str | None = None, as_of: date | None = None) -> Outlook:
        """What is on the record as of a day (that of the newest report by default), by a story.

        Raises:
            UnknownName: there is no such story.
        """
        rows = self.rows()
        told_by, settings = self.story(story)
        day = as_of or self.day(rows, settings)
        place = (told_by.id if told_by else None, day)
        return self._outlooks.get((rows.version, *place), lambda: self._weigh(rows, told_by, settings, place))

    def day(self, rows: Rows, settings: Settings) -> date:
        """The day that is told for where none is asked for, as :func:`onrecord.services.newest_day` has it."""
        today = settings.clock().date()
        return min(rows.newest, today) if rows.newest else today

    def warm(self) -> None:
        """Have what is shown first at hand; what fails here is told to whoever asks for it."""
        with suppress(OnrecordError):
            self.outlook()

    def _weigh(
        self, rows: Rows, story: Story | None, settings: Settings, place: tuple[str | None, date]
    ) -> Outlook:
        """All of it, or at once what was touched and all of it soon, where there is so much that it takes seconds."""
        before = self._latest.get(place)
        if before is not None and before.rows is not None and len(rows.position) >= QUICK_FROM:
            touched = self.ledger.touched(before.version)
            if touched is not None and len(touched) <= QUICK_REPORTS:
                made = self._touch(before, before.rows, rows, touched, story, settings)
                self._latest[place] = made
                self._follow(rows, story, settings, place)
                return made
        whole = self._whole(rows, story, settings, place[1])
        if whole is None:
            # Somebody decided meanwhile: what is asked for is what stands now, not what stood a moment ago.
            forget()
            return self.outlook(story=place[0], as_of=place[1])
        self._latest[place] = whole
        while len(self._latest) > MOST_DAYS:
            self._latest.pop(next(iter(self._latest)))
        return whole

    def weighed_at(self, version: Version, story: str | None, day: date) -> Outlook | None:
        """All of a day as a state of the ledger has it, made anew; None where the ledger has moved on from that.

        Raises:
            UnknownName: there is no such story.
        """
        held = self._rows
        rows = held if held is not None and held.version == version else self.rows()
        told_by, settings = self.story(story)
        return self._whole(rows, told_by, settings, day) if rows.version == version else None

    def _whole(self, rows: Rows, story: Story | None, settings: Settings, day: date) -> Outlook | None:
        """All of it, weighed aside where that is worth it; None where the ledger has moved on meanwhile."""
        weighed = None
        if self.aside is not None and len(rows.position) >= QUICK_FROM:
            weighed = self.aside.weigh(rows.version, story.id if story else None, day)
            if weighed is not None and weighed.version != rows.version:
                return None
        answer = services.answer_of(
            tuple(rows.reports.values()), (), rows.positions, settings, as_of=day, story=story, force=False,
            made=weighed.reconciliation if weighed else None,
        )  # fmt: skip
        made = whole_outlook(rows, story, answer, self.words(story), self._same(), settings, self._texts.share())
        if weighed is not None:
            made.hold(weighed.boards)
        return made

    def _same(self) -> Mapping[str, str]:
        """The conditions that people found to be one."""
        return merged_names(self.ledger.judgements())

    def _touch(
        self,
        before: Outlook,
        old: Rows,
        rows: Rows,
        touched: Collection[str],
        story: Story | None,
        settings: Settings,
    ) -> Outlook:
        undertakings = touched_undertakings(old.by_report, rows.by_report, touched)
        grades = {**(story.outlets if story else {}), **settings.outlet_grades}
        answer = weighed_again(
            before.answer, rows.position, rows.reports, undertakings, self.vocabulary, grades, story
        )
        return touched_outlook(before, rows, answer, self._same(), self._texts.share())

    def _follow(
        self, rows: Rows, story: Story | None, settings: Settings, place: tuple[str | None, date]
    ) -> None:
        """Have the whole weighed in the background; of several that wait only the last is."""
        with self._lock:
            running = bool(self._waiting)
            self._waiting[place] = (rows, story, settings)
        if not running:
            Thread(target=self._weigh_waiting, name="weighing", daemon=True).start()

    def _weigh_waiting(self) -> None:
        while True:
            with self._lock:
                found = next(iter(self._waiting.items()), None)
            if found is None:
                return
            place, (rows, story, settings) = found
            try:
                made = self._whole(rows, story, settings, place[1])
                # None where somebody decided meanwhile: who asks for that has it weighed.
                if made is not None:
                    self._outlooks.put((rows.version, *place), made)
                    if self._latest[place].version == made.version:
                        self._latest[place] = made
            except LedgerError:
                # The ledger was closed meanwhile, or cannot be read: what is shown stays marked as not whole.
                pass
            finally:
                with self._lock:
                    if self._waiting.get(place) is found[1]:
                        del self._waiting[place]
