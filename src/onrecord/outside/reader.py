"""A report read by a model from outside: its parts asked one by one, answers kept, the whole of it or nothing.

Comes in: a report with what the built-in extraction knows of it. Goes out: :class:`OutsideReading`, or an error: then
nothing of the report was taken, the parts that were answered are kept, and the next run asks for the rest alone.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.errors import OutsideBroken, OutsideUnavailable
from onrecord.model import Position, Report, Statement, Story
from onrecord.outside.answers import Answers, Asked, Dropped, Readers, entries, one_line_each
from onrecord.outside.models import Kept, Model, Reply
from onrecord.outside.parts import halves, parts
from onrecord.outside.prompt import PROMPT, system_text, user_text
from onrecord.outside.schema import Schema, answer_schema
from onrecord.vocabulary import Vocabulary

__all__ = ["OutsideReader", "OutsideReading", "Price", "Readers", "Spent"]

GIVES_UP = 2
"""Reports in a row that the model gave nothing for; then it is not asked again in this run."""
AGAIN = 2
"""How often a part is asked in all where the answer is no JSON."""
HALVINGS = 2
"""How often a part is halved where the answer ran into the limit on length."""


@dataclass(frozen=True, slots=True)
class Price:
    """What tokens cost, in USD for a million.

    Example:
        >>> Price.read("0.15/0.60")
        Price(tokens_in=0.15, tokens_out=0.6)
        >>> Price.read("dear") is None
        True
    """

    tokens_in: float
    tokens_out: float

    @classmethod
    def read(cls, words: str | None) -> Price | None:
        """The price as written, ``IN/OUT``; None where it is not told so."""
        try:
            first, last = (float(x) for x in (words or "").split("/"))
        except ValueError:
            return None
        return cls(first, last) if first >= 0 and last >= 0 else None


@dataclass(slots=True)
class Spent:
    """What a run of the model came to.

    Attributes:
        model: the model and where it runs.
        asked: questions put to it, those that came to nothing too.
        kept: answers that the ledger had already.
        read: reports that it read whole.
        failed: reports that it did not.
        tokens_in, tokens_out: what it counted, where it tells.
        seconds: time waited for it.
        cost: USD by its own account or by the price, or None where neither tells.
    """

    model: str
    asked: int = 0
    kept: int = 0
    read: int = 0
    failed: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    cost: float | None = None

    def add(self, reply: Reply, price: Price | None) -> None:
        """Count one answer that was paid for."""
        self.tokens_in += reply.tokens_in or 0
        self.tokens_out += reply.tokens_out or 0
        self.seconds += reply.seconds
        cost = reply.cost
        if cost is None and price is not None:
            cost = ((reply.tokens_in or 0) * price.tokens_in + (reply.tokens_out or 0) * price.tokens_out) / 1e6
        if cost is not None:
            self.cost = (self.cost or 0.0) + cost

    def __str__(self) -> str:
        cost = "cost not told" if self.cost is None else f"{self.cost:.4f} USD"
        failed = f", {self.failed} not" if self.failed else ""
        return (
            f"{self.model}: {self.asked} asked, {self.kept} known already, {self.read} read{failed}; "
            f"{self.tokens_in:,} tokens in, {self.tokens_out:,} out, {self.seconds:.1f} s, {cost}"
        )


@dataclass(frozen=True, slots=True)
class OutsideReading:
    """What a model found in a report.

    Attributes:
        positions: in order of the text.
        dropped: what was not taken.
    """

    positions: tuple[Position, ...]
    dropped: tuple[Dropped, ...]


@dataclass(slots=True)
class _Found:
    positions: list[Position] = field(default_factory=list)
    dropped: list[Dropped] = field(default_factory=list)


class OutsideReader:
    """Reads reports with a model.

    Args:
        model: the model.
        vocabulary: its words are the only ones that are taken.
        story: the user's story, or None.
        kept: answers of earlier runs.
        readers: read figures and days.
        price: what tokens cost, or None.
    """

    def __init__(
        self,
        model: Model,
        vocabulary: Vocabulary,
        story: Story | None,
        kept: Kept,
        readers: Readers,
        price: Price | None = None,
    ) -> None:
        self._model = model
        self._vocabulary = vocabulary
        self._kept = kept
        self._price = price
        self._system = system_text(vocabulary, story)
        own = [t for t in (story.undertakings if story else ()) if t not in vocabulary.tasks]
        self._tasks = [*vocabulary.tasks, *own]
        self._answers = Answers(vocabulary, readers, self.name)
        self._in_a_row = 0
        self._given_up: OutsideUnavailable | None = None
        self.spent = Spent(model.name)

    @property
    def name(self) -> str:
        """Name and version of what reads: the model and the prompt."""
        return f"{self._model.name} {PROMPT}"

    @property
    def given_up(self) -> bool:
        """Whether the model is not asked any more in this run."""
        return self._given_up is not None

    def read(
        self,
        report: Report,
        *,
        statements: Sequence[Statement] = (),
        matters: Sequence[str] = (),
        matter: str | None = None,
    ) -> OutsideReading:
        """The positions of a report.

        Args:
            report: the report.
            statements: its attribution relations.
            matters: the matters that it speaks of, to choose from.
            matter: the one that it is about.

        Raises:
            ExtractorInvalid: the model's address may not be asked.
            OutsideUnavailable: the model gives nothing, or has given nothing for the reports before.
            OutsideBroken: a part was answered with what is no answer, twice.
        """
        try:
            found = self._read(report, statements, matters, matter)
        except OutsideUnavailable as fault:
            self.spent.failed += 1
            self._in_a_row += 1
            if fault.lasting or self._in_a_row >= GIVES_UP:
                self._given_up = fault
            raise
        except OutsideBroken:
            self.spent.failed += 1
            self._in_a_row = 0
            raise
        self._in_a_row = 0
        self.spent.read += 1
        return OutsideReading(tuple(one_line_each(found.positions)), tuple(found.dropped))

    def _read(
        self, report: Report, statements: Sequence[Statement], matters: Sequence[str], matter: str | None
    ) -> _Found:
        schema = answer_schema(
            stances=self._vocabulary.stances,
            tasks=self._tasks,
            kinds=self._vocabulary.condition_kinds,
            matters=sorted(set(matters)),
        )
        found = _Found()
        for part in parts(report.text):
            self._part(found, schema, Asked(report, part, statements, matter), matters, HALVINGS)
        return found

    def _part(self, found: _Found, schema: Schema, asked: Asked, matters: Sequence[str], halvings: int) -> None:
        start, end = asked.part
        user = user_text(asked.report, asked.report.text[start:end], sorted(set(matters)))
        question = _digest(self._model.name, PROMPT, self._system, user, json.dumps(schema))
        held, reply = self._entries(question, user, schema, asked.report)
        if held is not None:
            positions, dropped = self._answers.positions(held, schema, asked)
            found.positions += positions
            found.dropped += dropped
            return
        if reply.whole or halvings == 0 or end - start < 2:
            told = "half an answer" if not reply.whole else "no answer in the form asked for"
            raise OutsideBroken(
                f"{self._model.name} gives {told} for {asked.report.id}",
                value=reply.text[:200],
                hint="the built-in extraction has read the report; run again, or name another model",
            )
        for half in halves(asked.report.text[start:end]):
            smaller = Asked(asked.report, (start + half[0], start + half[1]), asked.statements, asked.matter)
            self._part(found, schema, smaller, matters, halvings - 1)

    def _entries(
        self, question: str, user: str, schema: Schema, report: Report
    ) -> tuple[list[object] | None, Reply]:
        """The entries of an answer, None where it holds none; from an earlier run where there is one."""
        known = self._kept.known(question)
        if known is not None:
            self.spent.kept += 1
            return entries(known.text), known
        for _ in range(AGAIN):
            if self._given_up is not None:
                raise OutsideUnavailable(
                    f"{self._model.name} is not asked any more in this run",
                    value=self._model.name,
                    hint="see the issue before this one",
                    lasting=True,
                )
            self.spent.asked += 1
            reply = self._model.ask(self._system, user, schema)
            self.spent.add(reply, self._price)
            if not reply.whole:
                return None, reply
            try:
                found = entries(reply.text)
            except OutsideBroken:
                continue
            self._kept.keep(question, self._model.name, report.id, reply)
            return found, reply
        return None, reply


def _digest(*words: str) -> str:
    return hashlib.sha256(json.dumps(words).encode()).hexdigest()
