"""Claims: positions made ready for weighing, with bounds in time, authority, speaker and citations worked
out.

Comes in: a position, its report, the vocabulary. Goes out: `Claim`. A claim is one position of one report; it
knows nothing of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.model import Polarity, Position, Report
from onrecord.reconciliation.authority import OWN, Authority, Rungs
from onrecord.reconciliation.speakers import Speakers
from onrecord.reconciliation.when import UNKNOWN, Bounds, bounds, known
from onrecord.vocabulary import Vocabulary

WEAK = frozenset({"named", "no_comment"})
"""Stances by which a holder's stance is not known: others name it, or it did not answer."""


Range = tuple[float | None, float | None]
"""Low and high of a figure; None where it is open."""


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A position made ready for weighing.

    Attributes:
        id: id of the position.
        position, report: where it is from; the report is None where it was not handed in.
        stance: of the position.
        when: when it was said: the day of saying, else of publishing (`dated` tells which), else unknown.
        told: when its report was published.
        dated: whether the day of saying is told.
        polarity, rank: of its stance; rank on the whole ladder, 0 the firmest no.
        authority: of its nearest speaker over the holder's stance.
        own: whether it is the holder's own word, however it came out.
        origin: id of the origin that it rests on (its own id where it shares none).
        speaker: key of that speaker, or empty in the outlet's own voice.
        named: whether that speaker is a named person.
        outlet: key of the reporting outlet, or empty.
        cites: keys of other outlets that it goes through.
        figure: (low, high) of the figure, or None.
        background: whether its report tells it as past, beside a newer word.
        repeats: whether it only tells again what was on record before.
    """

    id: str
    position: Position
    report: Report | None
    stance: str
    when: Bounds
    told: Bounds
    dated: bool
    polarity: Polarity
    rank: int
    authority: Authority
    own: bool
    origin: str
    speaker: str = ""
    named: bool = False
    outlet: str = ""
    cites: tuple[str, ...] = ()
    figure: Range | None = None
    background: bool = False
    repeats: bool = False


class ClaimMaker:
    """Makes positions ready for weighing.

    Args:
        vocabulary: stances, actors, outlets.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._ladder: dict[str, tuple[Polarity, int]] = {}
        self._rungs = Rungs(vocabulary)
        self._speakers = Speakers(vocabulary)

    def claim(self, position: Position, report: Report | None) -> Claim:
        """A position made ready for weighing.

        Args:
            position: the position.
            report: the report that it is from, or None where it was not handed in.

        Raises:
            UnknownName: when its stance is not in the vocabulary.
        """
        told = bounds(report.published) if report else UNKNOWN
        said = bounds(position.said_on)
        when = said if position.said_on else told
        voices = [link for link in position.chain if link.kind not in ("outlet", "document")]
        outlet = self._speakers.outlet(report.outlet) if report and report.outlet else ""
        authority = self._rungs.of(position, when)
        quantity = position.quantity
        polarity, rank = self._ladder.get(position.stance) or self._rung(position.stance)
        return Claim(
            id=position.id,
            position=position,
            report=report,
            stance=position.stance,
            when=when,
            told=told if known(told) else said,
            dated=position.said_on is not None,
            polarity=polarity,
            rank=rank,
            authority=authority,
            own=authority >= OWN,
            origin=position.id,
            speaker=self._speakers.speaker(voices[0]) if voices else "",
            named=bool(voices) and voices[0].kind == "named_person",
            outlet=outlet,
            cites=self._cited(position, report, outlet),
            figure=None if quantity is None else (quantity.low, quantity.high),
        )

    def _rung(self, stance: str) -> tuple[Polarity, int]:
        found = self._ladder[stance] = (self._vocabulary.polarity(stance), self._vocabulary.rank(stance))
        return found

    def _cited(self, position: Position, report: Report | None, outlet: str) -> tuple[str, ...]:
        cited = [self._speakers.outlet(link.name) for link in position.chain if link.kind == "outlet"]
        if (
            report
            and report.upstream
            and not position.self_declared
            and not any(key != outlet for key in cited)
        ):
            # A report that says what it draws on, and a claim that names no other way, go together.
            cited += [self._speakers.outlet(name) for name in report.upstream]
        others = [key for key in cited if key != outlet]
        return tuple(dict.fromkeys(others)) if len(others) > 1 else tuple(others)


def known_by(position: Position, report: Report | None, as_of: date) -> bool:
    """Whether a position counts on a day: neither said nor published later, the earliest bound deciding.

    An inferred stretch of publication that begins on or before the day counts, since the report may have been
    out. A position without any date counts: it is shown, and supersedes nothing.
    """
    if report is not None and not out_by(report, as_of):
        return False
    return position.said_on is None or position.said_on.earliest <= as_of


def out_by(report: Report, as_of: date) -> bool:
    """Whether a report may have been out on a day: the earliest bound of its publication decides."""
    return report.published is None or report.published.earliest <= as_of
