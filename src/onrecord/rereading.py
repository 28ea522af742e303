"""Reports read once more by a language model from outside, where the settings name one.

Part of the services: joins the room ``outside`` with extraction and ledger. In: a report with what the built-in
extraction found in it. Out: the same with the model's positions in place of the built-in's, or, where the model gave
nothing, as it was, with an issue. Statements, background and upstream outlets stay the built-in's.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.errors import OutsideBroken, OutsideError, OutsideInvented, OutsideUnavailable
from onrecord.extraction import Extraction
from onrecord.extraction.days import said_on
from onrecord.extraction.facts import apart
from onrecord.extraction.quantities import read_figure
from onrecord.ledger import Answered, Ledger
from onrecord.model import Issue, Report, Story
from onrecord.outside import PROMPT, Model, OutsideReader, Readers, Reply, Spent, open_model
from onrecord.outside.reader import Price
from onrecord.settings import Settings
from onrecord.vocabulary import Vocabulary

PRICE = "ONRECORD_EXTRACTOR_PRICE"
"""The variable of the environment that tells what tokens cost: ``IN/OUT``, in USD for a million."""
SHOWN = 20
"""Things dropped of one report that are recorded one by one; a model that invents more has its number recorded."""
_MONEY = ("$", "dollar", "USD")


class KeptInLedger:
    """Answers of earlier runs, as the ledger keeps them; a ledger that can only be read keeps no new ones."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def known(self, question: str) -> Reply | None:
        """The answer to a question, or None where it was never given."""
        held = self._ledger.answered(question)
        if held is None:
            return None
        return Reply(held.answer, True, held.tokens_in, held.tokens_out, held.seconds)

    def keep(self, question: str, model: str, report: str, reply: Reply) -> None:
        """Keep an answer that could be read."""
        self._ledger.add_answer(
            Answered(question, model, PROMPT, report, reply.text, reply.tokens_in, reply.tokens_out, reply.seconds)
        )


def figure(words: str) -> tuple[float | None, float | None, str | None] | None:
    """Low, high and unit of a figure in a few words, or None where there is none.

    Example:
        >>> figure("up to 300 officers"), figure("$1.2 billion"), figure("no figure")
        ((None, 300.0, 'officers'), (1200000000.0, 1200000000.0, 'USD'), None)
    """
    found = read_figure(words)
    if found is None:
        return None
    if any(mark in words for mark in _MONEY):
        return found.low, found.high, "USD"
    last = words.split()[-1].strip(".,;").lower()
    return found.low, found.high, last if last.isalpha() and not words[found.start : found.end].endswith(last) else None


@dataclass(frozen=True, slots=True)
class Reread:
    """A report after the model has read it, or failed to.

    Attributes:
        found: what stands for the report now.
        outside: whether its positions are the model's.
        issues: what was dropped, or why the model gave nothing.
    """

    found: Extraction
    outside: bool
    issues: tuple[Issue, ...]


class Rereading:
    """The model of the settings, ready to read.

    Args:
        reader: asks the model.
    """

    def __init__(self, reader: OutsideReader, story: Story | None) -> None:
        self._reader = reader
        self._story = story
        self._unasked: list[str] = []

    @classmethod
    def of(
        cls,
        settings: Settings,
        vocabulary: Vocabulary,
        story: Story | None,
        ledger: Ledger,
        environment: Mapping[str, str] = os.environ,
    ) -> Rereading | None:
        """The model that the settings name, or None where they name none.

        Raises:
            ExtractorInvalid: it is named in a form, by an address or by a file that cannot be used.
        """
        if settings.extractor is None:
            return None
        model = open_model(settings.extractor, environment)
        return cls.by(model, vocabulary, story, ledger, Price.read(environment.get(PRICE)))

    @classmethod
    def by(
        cls, model: Model, vocabulary: Vocabulary, story: Story | None, ledger: Ledger, price: Price | None = None
    ) -> Rereading:
        """The same with a model that is open already."""
        readers = Readers(figure, said_on)
        return cls(OutsideReader(model, vocabulary, story, KeptInLedger(ledger), readers, price), story)

    @property
    def spent(self) -> Spent:
        """What the model has cost so far."""
        return self._reader.spent

    def name(self, builtin: str) -> str:
        """The extractor's name with the model and the prompt in it; what was read under another is read anew."""
        return f"{builtin}+{self._reader.name}"

    def reread(self, report: Report, made: Extraction) -> Reread:
        """One report read by the model.

        Raises:
            ExtractorInvalid: the model's address may not be asked: nothing is gained by going on.
            LedgerError: or one below it, when an answer cannot be kept.
        """
        matters = {p.matter for p in made.positions if p.matter} | ({made.matter} if made.matter else set())
        if self._story is not None:
            matters.add(self._story.matter)
        given_up = self._reader.given_up
        try:
            found = self._reader.read(
                report, statements=made.statements, matters=sorted(matters), matter=made.matter
            )
        except (OutsideUnavailable, OutsideBroken) as fault:
            if given_up:
                self._unasked.append(report.id)
                return Reread(made, False, ())
            return Reread(made, False, (_issue(fault, report.id),))
        told = [
            Issue(OutsideInvented.code, report.id, f"{self.spent.model}: {x}", "open the report where it matters")
            for x in found.dropped[:SHOWN]
        ]
        if len(found.dropped) > SHOWN:
            more = f"{self.spent.model}: {len(found.dropped) - SHOWN} more were dropped"
            told.append(Issue(OutsideInvented.code, report.id, more, "name another model"))
        facts = tuple(apart(made.facts, found.positions))
        return Reread(replace(made, positions=found.positions, facts=facts), True, tuple(told))

    def closing(self) -> tuple[Issue, ...]:
        """What is to be recorded at the end: the reports for which the model was not asked any more."""
        if not self._unasked:
            return ()
        first, count = self._unasked[0], len(self._unasked)
        others = "" if count == 1 else f" and {count - 1} more"
        return (
            Issue(
                OutsideUnavailable.code,
                first,
                f"{self.spent.model} gave nothing before and was not asked for {first}{others}",
                "the built-in extraction has read them; run again when it answers",
            ),
        )


def _issue(fault: OutsideError, where: str) -> Issue:
    return Issue(fault.code, where, fault.message, fault.hint)
