"""The use cases: what the command line and the web ask for, joining the rooms.

In: paths, dates, :class:`Settings`. Out: nouns and views. Nothing here prints. Progress is told to a
callable, so that a terminal, a page or a test may show it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, BinaryIO, Literal

from onrecord import __version__
from onrecord.adding_up import Suppose, add_up, strengths_of
from onrecord.errors import LanguageUnread, NothingToRead, UnknownName
from onrecord.extracting import extract_each
from onrecord.extraction import Extractor, extractor_name
from onrecord.extractors import make_extractor, reader_name
from onrecord.ledger import Ledger
from onrecord.model import Fact, Issue, Position, Report, Statement, Story
from onrecord.model.records import Record
from onrecord.outside import Spent, named
from onrecord.reading import language_of, mark_repeats, read_inputs
from onrecord.reconciliation import Reconciliation, reconcile
from onrecord.rereading import Rereading
from onrecord.settings import Settings
from onrecord.stories import story_of
from onrecord.undertakings import known_tasks, worth_going_by
from onrecord.vocabulary import Vocabulary, load

Progress = Callable[[str, int, int], None]
"""Told (what is being done, how many are done, of how many); the total is 0 where it is not known."""
Input = Path | Literal["-"]
READ = (None, "en")
"""Languages of reports that are read; None where it cannot be told."""
CHANGED_WITHIN = timedelta(days=30)
"""How far back "what changed" looks where no day is given."""


def silent(what: str, done: int, total: int) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What reading came to.

    Attributes:
        reports: all reports of this run, read anew or known already, by the ids they have in the ledger.
        added: ids of those that were new to the ledger (or read by a newer extractor).
        issues: what could not be read, or not as it stands.
        spent: what a model from outside came to, where the settings name one; else None.
    """

    reports: tuple[Report, ...]
    added: tuple[str, ...]
    issues: tuple[Issue, ...]
    spent: Spent | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is on the record as of a day.

    Attributes:
        as_of: the day.
        reports, statements, positions: the rows it rests on.
        reconciliation: standings, conflicts and origins.
        issues: what could not be read.
        matters: title by matter id.
        force: strength and coverage by scenario, where the story describes a force or the reports tell of one;
            else None.
        story: the user's story, or None.
        facts: what the reports give as background.
    """

    as_of: date
    reports: tuple[Report, ...]
    statements: tuple[Statement, ...]
    positions: tuple[Position, ...]
    reconciliation: Reconciliation
    issues: tuple[Issue, ...]
    matters: Mapping[str, str]
    force: Mapping[str, Any] | None = None
    story: Story | None = None
    facts: tuple[Fact, ...] = ()

    @property
    def describes_force(self) -> bool:
        """Whether the user's story describes a force; where it does not, ``force`` is as the reports tell it."""
        return self.story is not None and self.story.force is not None


def open_ledger(settings: Settings, *, create: bool = True) -> Ledger:
    """The ledger of the settings.

    Raises:
        LedgerError: or one below it, when it cannot be opened.
    """
    return Ledger.open(settings.ledger, clock=settings.clock, create=create)


def read(
    inputs: Sequence[Input],
    ledger: Ledger,
    settings: Settings,
    *,
    progress: Progress = silent,
    stdin: BinaryIO | None = None,
    story: Story | None = None,
) -> ReadResult:
    """Read inputs into the ledger: reports, statements, positions and issues.

    What the ledger has already is not read again; each report goes in whole or not at all, so that a run that
    is killed and started again ends with the same ledger. ``story`` is the settings' story where a caller has
    read it already.

    Raises:
        NothingToRead: no report at all came of the inputs; the issues are in the ledger then.
        ExtractorInvalid: the settings name a model from outside that cannot be used.
        LedgerError: or one below it, when the ledger cannot be written.
    """
    vocabulary = load()
    story = story or story_of(settings, vocabulary)
    outside = Rereading.of(settings, vocabulary, story, ledger)
    issues: list[Issue] = []
    found: list[Report] = []
    try:
        for item in read_inputs(inputs, stdin=stdin, outlets=vocabulary.outlet_by_name):
            if isinstance(item, Issue):
                issues.append(item)
                continue
            language = language_of(item.text)
            if language not in READ:
                issues.append(language_issue(item.id, language))
                continue
            found.append(item)
            progress("reading", len(found), 0)
    except NothingToRead:
        for issue in issues:
            ledger.add_issue(issue)
        raise
    for issue in issues:
        ledger.add_issue(issue)
    before = len(issues)
    if not found:
        raise NothingToRead(
            "none of the reports can be read", value=tuple(inputs), hint="see the issues: `onrecord issues`"
        )
    repeated = mark_repeats(found)
    marked = [ledger.identify(r) for r in repeated]
    renamed = {old.id: new.id for old, new in zip(repeated, marked, strict=True)}
    builtin = reader_name(story, rules_only=settings.rules_only)
    name = outside.name(builtin) if outside else builtin
    new = [r for r in marked if not ledger.has(r, name)]
    added: list[str] = []
    if new:
        new = [_renamed(r, renamed) for r in new]

        def here() -> Extractor:
            return make_extractor(vocabulary, story, rules_only=settings.rules_only)

        found_in = extract_each(new, here, story, rules_only=settings.rules_only, workers=settings.workers)
        with closing(found_in):
            for i, known in enumerate(new):
                progress("finding positions", i, len(new))
                made = next(found_in)
                under = builtin
                if outside is not None:
                    again = outside.reread(known, made)
                    made, under = again.found, name if again.outside else builtin
                    issues += again.issues
                whole = replace(known, upstream=made.upstream)
                if ledger.add(whole, made.statements, made.positions, extractor=under, facts=made.facts):
                    added.append(known.id)
        progress("finding positions", len(new), len(new))
    issues += outside.closing() if outside else ()
    for issue in issues[before:]:
        ledger.add_issue(issue)
    spent = outside.spent if outside else None
    return ReadResult(tuple(_renamed(r, renamed) for r in marked), tuple(added), tuple(issues), spent)


def language_issue(report: str, language: str | None) -> Issue:
    """What is noted of a report in a language that is not read."""
    return Issue(
        LanguageUnread.code,
        report,
        f"the text is in another language ({language}); only English is read so far",
        "translate it, or leave it out",
    )


def _renamed(report: Report, names: Mapping[str, str]) -> Report:
    if report.same_text_as is None:
        return report
    return replace(report, same_text_as=names.get(report.same_text_as, report.same_text_as))


def answer(
    ledger: Ledger,
    settings: Settings,
    *,
    as_of: date | None = None,
    only: Iterable[str] | None = None,
    issues: Sequence[Issue] | None = None,
    story: Story | None = None,
    suppose: Suppose | None = None,
) -> Answer:
    """Where everybody stands by the ledger's rows.

    Args:
        ledger: the ledger.
        settings: story and grades.
        as_of: the day to tell it for; by default the day of the newest report, as late as that may have come
            out.
        only: ids of the reports to go by; all by default.
        issues: the issues to show; those of the ledger by default.
        story: the settings' story where a caller has read it already.
        suppose: scenario and switches that the force is told for.
    """
    chosen = None if only is None else set(only)
    reports = tuple(r for r in ledger.reports() if chosen is None or r.id in chosen)
    ids = {r.id for r in reports}
    return answer_of(
        reports,
        tuple(s for s in ledger.statements() if s.report in ids),
        tuple(p for p in ledger.positions() if p.report in ids),
        settings,
        as_of=as_of,
        issues=tuple(ledger.issues()) if issues is None else tuple(issues),
        story=story,
        suppose=suppose,
        facts=tuple(f for f in ledger.facts() if f.report in ids),
    )


def answer_of(
    reports: tuple[Report, ...],
    statements: tuple[Statement, ...],
    positions: tuple[Position, ...],
    settings: Settings,
    *,
    as_of: date | None = None,
    issues: tuple[Issue, ...] = (),
    story: Story | None = None,
    suppose: Suppose | None = None,
    facts: tuple[Fact, ...] = (),
    force: bool = True,
    made: Reconciliation | None = None,
) -> Answer:
    """Where everybody stands by rows that are at hand already; see :func:`answer`.

    ``force`` False leaves out what it adds up to, which takes longer than all the rest; :func:`supposed` tells it of
    the answer when it is asked for. ``made`` is what another process has made of the same rows, story and day already.
    """
    vocabulary = load()
    story = story or story_of(settings, vocabulary)
    positions = worth_going_by(positions, known_tasks(vocabulary.tasks.keys(), story))
    day = as_of or newest_day(reports, settings, positions)
    grades = {**(story.outlets if story else {}), **settings.outlet_grades}
    made = made or reconcile(
        positions,
        reports,
        day,
        vocabulary,
        outlet_grades=grades,
        conditions=story.conditions_on(day) if story else (),
        strengths=strengths_of(story),
    )
    matters = matter_titles(positions, vocabulary, story)
    return Answer(
        as_of=day,
        reports=reports,
        statements=statements,
        positions=positions,
        reconciliation=made,
        issues=issues,
        matters=matters,
        force=add_up(made, reports, positions, story, matters, vocabulary, suppose) if force else None,
        story=story,
        facts=facts,
    )


def supposed(answer: Answer, suppose: Suppose) -> Mapping[str, Any] | None:
    """The force of an answer under another scenario or other switches; nothing else is made anew.

    Raises:
        UnknownName: there is no such scenario or condition.
        InputError: a switch is no chance.
    """
    return add_up(
        answer.reconciliation,
        answer.reports,
        answer.positions,
        answer.story,
        answer.matters,
        load(),
        suppose,
    )


def newest_day(reports: Iterable[Report], settings: Settings, positions: Iterable[Position] = ()) -> date:
    """The latest day on which any of the reports can have been published, never after today.

    Where none has a day, the latest on which anything was said in them; today, where that is not known.
    """
    today = settings.clock().date()
    days = [r.published.latest for r in reports if r.published]
    days = days or [p.said_on.latest for p in positions if p.said_on]
    return min(max(days), today) if days else today


def matter_titles(
    positions: Iterable[Position], vocabulary: Vocabulary, story: Story | None
) -> dict[str, str]:
    """Matter id -> title, for those that positions belong to."""
    found: dict[str, str] = {}
    for matter in sorted({p.matter for p in positions if p.matter}):
        known = vocabulary.matters.get(matter)
        if story is not None and story.matter == matter:
            found[matter] = story.title
        elif known is not None:
            found[matter] = known.label
        else:
            found[matter] = matter.replace("_", " ")
    return found


def made_with(settings: Settings) -> str:
    """Program, version and extractor, for the foot of a page."""
    outside = f", {named(settings.extractor).label}" if settings.extractor else ""
    return f"onrecord {__version__}, {extractor_name(learned=not settings.rules_only)}{outside}"


def find(ledger: Ledger, name: str) -> object:
    """Any record by its id or an unambiguous beginning of it.

    Raises:
        UnknownName: there is no such record.
    """
    found = ledger.find(name)
    if found is None:
        raise UnknownName(f"there is no record {name!r}", value=name, hint="`onrecord positions` lists ids")
    return found


__all__ = [
    "Answer",
    "Input",
    "Progress",
    "ReadResult",
    "Record",
    "Suppose",
    "answer",
    "find",
    "make_extractor",
    "read",
    "story_of",
    "supposed",
]
