"""Claims: positions made ready for weighing, with bounds in time, authority, speaker and citations worked
out.

Comes in: a position, its report, the vocabulary. Goes out: `Claim`. A claim is one position of one report; it
knows nothing of the others.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from onrecord.model import Polarity, Position, Report
from onrecord.reconciliation.authority import OWN, Authority, authority_of
from onrecord.reconciliation.speakers import Speakers
from onrecord.reconciliation.when import UNKNOWN, Bounds, bounds, known
from onrecord.vocabulary import Vocabulary

SILENT = frozenset({"no_comment"})
"""Stances that are no word on the matter."""

WEAK = frozenset({"named", "no_comment"})
"""Stances by which a holder's stance is not known: others name it, or it did not answer."""

SECOND_HAND = frozenset({"named", "considering", "interested", "in_talks", "undecided", "no_comment"})
"""What others may say of a holder without claiming that it has taken a stand."""


@dataclass(frozen=True, slots=True, eq=False)
class Claim:
    """A position made ready for weighing.

    Attributes:
        position, report: where it is from; the report is None where it was not handed in.
        when: when it was said: the day of saying, else of publishing (`dated` tells which), else unknown.
        told: when its report was published.
        dated: whether the day of saying is told.
        polarity, rank: of its stance; rank on the whole ladder, 0 the firmest no.
        authority: of its nearest speaker over the holder's stance.
        speaker: key of that speaker, or empty in the outlet's own voice.
        named: whether that speaker is a named person.
        outlet: key of the reporting outlet, or empty.
        cites: keys of other outlets that it goes through.
        background: whether its report tells it as past, beside a newer word.
        repeats: whether it only tells again what was on record before.
        origin: id of the origin that it rests on (its own id where it shares none).
    """

    position: Position
    report: Report | None
    when: Bounds
    told: Bounds
    dated: bool
    polarity: Polarity
    rank: int
    authority: Authority
    speaker: str = ""
    named: bool = False
    outlet: str = ""
    cites: tuple[str, ...] = ()
    background: bool = False
    repeats: bool = False
    origin: str = ""

    @property
    def id(self) -> str:
        """Id of the position."""
        return self.position.id

    @property
    def stance(self) -> str:
        """Stance of the position."""
        return self.position.stance

    @property
    def own(self) -> bool:
        """Whether it is the holder's own word, however it came out."""
        return self.authority >= OWN

    @property
    def figure(self) -> tuple[float | None, float | None] | None:
        """(low, high) of the figure, or None."""
        quantity = self.position.quantity
        return None if quantity is None else (quantity.low, quantity.high)


def claim_of(position: Position, report: Report | None, vocabulary: Vocabulary, speakers: Speakers) -> Claim:
    """A position made ready for weighing.

    Raises:
        UnknownName: when its stance is not in the vocabulary.
    """
    told = bounds(report.published) if report else UNKNOWN
    said = bounds(position.said_on)
    when = said if position.said_on else told
    voices = [link for link in position.chain if link.kind not in ("outlet", "document")]
    outlet = speakers.outlet(report.outlet) if report and report.outlet else ""
    cited = [speakers.outlet(link.name) for link in position.chain if link.kind == "outlet"]
    if report and not any(key != outlet for key in cited) and not position.self_declared:
        # A report that says what it draws on, and a claim that names no other way, go together.
        cited += [speakers.outlet(name) for name in report.upstream]
    return Claim(
        position=position,
        report=report,
        when=when,
        told=told if known(told) else said,
        dated=position.said_on is not None,
        polarity=vocabulary.polarity(position.stance),
        rank=vocabulary.rank(position.stance),
        authority=authority_of(position, when, vocabulary),
        speaker=speakers.speaker(voices[0]) if voices else "",
        named=bool(voices) and voices[0].kind == "named_person",
        outlet=outlet,
        cites=tuple(dict.fromkeys(key for key in cited if key != outlet)),
        origin=position.id,
    )


def known_by(position: Position, report: Report | None, as_of: date) -> bool:
    """Whether a position counts on a day: neither said nor published later, the earliest bound deciding.

    An inferred stretch of publication that begins on or before the day counts, since the report may have been
    out. A position without any date counts: it is shown, and supersedes nothing.
    """
    if report is not None and report.published is not None and report.published.earliest > as_of:
        return False
    return position.said_on is None or position.said_on.earliest <= as_of
