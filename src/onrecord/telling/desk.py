"""What messages are written from: what is known now, and what people decided since it was last told.

In: an answer, judgements. Out: look-ups. Pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from onrecord.briefing.words import Words
from onrecord.model import DateRange, Judgement, Position, Report, Standing
from onrecord.model.records import Record
from onrecord.reconciliation import ConditionState
from onrecord.services import Answer
from onrecord.telling.evidence import MOST, passage


@dataclass(frozen=True, slots=True)
class Desk:
    """What messages are written from.

    Attributes:
        rules: name of the file of rules.
        answer: what is known now.
        words: for people.
        decisions: what people decided since it was last told.
        judged: every judgement by id, to find what a withdrawn one was on.
        held: positions by id.
        reports: by id.
        standings, conditions: as they are now, by id.
        published: day of publication by report.
    """

    rules: str
    answer: Answer
    words: Words
    decisions: tuple[Judgement, ...] = ()
    judged: Mapping[str, Judgement] = field(default_factory=dict)
    held: Mapping[str, Position] = field(default_factory=dict)
    reports: Mapping[str, Report] = field(default_factory=dict)
    standings: Mapping[str, Standing] = field(default_factory=dict)
    conditions: Mapping[str, ConditionState] = field(default_factory=dict)
    published: Mapping[str, DateRange | None] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: str, answer: Answer, words: Words, judgements: Sequence[Judgement], known: int) -> Desk:
        """What messages are written from, indexed once.

        Args:
            rules: name of the file of rules.
            answer: what is known now.
            words: for people.
            judgements: all of them, in the order in which the ledger learned of them.
            known: how many of them were known when it was last told.
        """
        made = answer.reconciliation
        return cls(
            rules,
            answer,
            words,
            decisions=tuple(judgements[known:]),
            judged={j.id: j for j in judgements},
            held={p.id: p for p in answer.positions},
            reports={r.id: r for r in answer.reports},
            standings={s.id: s for s in made.standings},
            conditions={c.id: c for c in made.conditions_state},
            published={r.id: r.published for r in answer.reports},
        )

    def standing(self, place: str) -> Standing | None:
        """The standing of a place, as it is now."""
        return self.standings.get(place)

    def condition(self, name: str) -> ConditionState | None:
        """A condition, as it is now."""
        return self.conditions.get(name)

    def passages(self, ids: Iterable[str], most: int = MOST) -> list[Record]:
        """The passages of some positions, in their order, each text once."""
        found: dict[tuple[str, int, int], Record] = {}
        for name in ids:
            position = self.held.get(name)
            report = self.reports.get(position.report) if position else None
            if position is not None and report is not None:
                place = (report.id, position.evidence.start, position.evidence.end)
                found.setdefault(place, passage(position, report))
        return list(found.values())[:most]
