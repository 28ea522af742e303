"""How likely it is that a holder truly stands where it is said to stand: a hidden Markov model over the
ladder.

Comes in: the claims on one undertaking and a day. Goes out: a probability for each of five levels on that
day.

*States* are five levels of the ladder: against, open, leaning, ready (offered, or asks and backs another's
doing), committed (pledged to deployed). *Transitions*: a stance persists with a chance that falls by
`Settings.change_days`; when it changes, it goes to a near level more often than to a far one, and rather to
no than to yes. *Emissions*: each source errs in known ways. The holder's own speakers and narrators mostly
miss by one level. Other parties overstate: whoever looks for contributors takes interest for an offer and
an offer for a promise. How much of a claim is noise grows with the distance from the holder, the length of
the chain, anonymity, and the extractor's doubt. An origin counts once per level.

*Two suppositions* are weighed for every undertaking: that its sources are careful, so that own words hardly
miss and little is noise, and that they are careless. How well each one foretells the claims decides between
them, so that a party whose sources contradict one another is told with less certainty than one whose sources
agree. *The word that stands*, by the rules of `lead`, has a share of its own beside the model: the rules see
what the model does not, such as who answers whom, and they are what a standing is made by. The figures are
ours; the benchmark in `benchmarks/reconciliation` measures how well they are calibrated.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.model import Polarity
from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.claims import Claim
from onrecord.reconciliation.comparing import DEEDS
from onrecord.reconciliation.settings import Settings
from onrecord.reconciliation.when import known, middle

LEVELS = ("against", "open", "leaning", "ready", "committed")
"""The hidden states, from no to yes."""

Chances = tuple[float, float, float, float, float]

_LEVEL = {
    stance: level
    for level, stances in enumerate(
        (
            ("refused", "suspended", "withdrawn", "opposes"),
            ("undecided",),
            ("considering", "interested", "in_talks"),
            ("offered", "requests", "supports"),
            ("pledged", "agreed", "deploying", "deployed"),
        )
    )
    for stance in stances
}
_OF_POLARITY: dict[Polarity, tuple[int, ...]] = {
    "against": (0,),
    "open": (1, 2),
    "leaning": (1, 2),
    "for": (3, 4),
}
"""The levels that bear a polarity out. "Undecided" and "considering" are two words for one thing in most
reports."""

PRIOR: Chances = (0.25, 0.22, 0.20, 0.18, 0.15)
"""Before anybody has spoken for a holder's own doing: nearly even, since only those are in the news of whom
something is told."""

PRIOR_TOWARD_OTHERS: Chances = (0.30, 0.15, 0.05, 0.48, 0.02)
"""The same for a stance on another's doing: one asks, backs or opposes."""

# Row: the level left; column: the level gone to. Rows add up to 1.
_MOVES = (
    (0.00, 0.40, 0.30, 0.20, 0.10),
    (0.35, 0.00, 0.40, 0.18, 0.07),
    (0.30, 0.15, 0.00, 0.40, 0.15),
    (0.40, 0.08, 0.12, 0.00, 0.40),
    (0.60, 0.06, 0.06, 0.28, 0.00),
)
_INTO = tuple(zip(*_MOVES, strict=True))
# Row: the truth; column: the level claimed. Rows add up to 1.
_OWN_SAYS = (
    (0.92, 0.05, 0.02, 0.007, 0.003),
    (0.06, 0.64, 0.24, 0.05, 0.01),
    (0.03, 0.24, 0.60, 0.11, 0.02),
    (0.02, 0.02, 0.08, 0.74, 0.14),
    (0.01, 0.01, 0.03, 0.15, 0.80),
)
_OTHERS_SAY = (
    (0.72, 0.07, 0.08, 0.08, 0.05),
    (0.08, 0.38, 0.22, 0.20, 0.12),
    (0.04, 0.06, 0.44, 0.28, 0.18),
    (0.03, 0.03, 0.08, 0.54, 0.32),
    (0.02, 0.02, 0.04, 0.16, 0.76),
)
# A denial is of a promise that others report: it leaves open whether the holder is against it or weighing it.
_DENIED: Chances = (0.90, 0.70, 0.55, 0.20, 0.03)
# `named` says little: holders that have refused are named less often.
_NAMED: Chances = (0.6, 1.0, 1.1, 1.1, 0.9)

NOISE: dict[Authority, float] = {
    Authority.DECIDED: 0.02,
    Authority.SPOKEN: 0.04,
    Authority.UNNAMED: 0.12,
    Authority.CONVEYED: 0.14,
    Authority.OTHER: 0.30,
    Authority.OUTLET: 0.25,
}
"""Share of claims from each rung that tell nothing of the truth."""

_DEED_NOISE = 0.08  # troops in place are seen: who reports them needs no authority
_LINK_NOISE = 0.04  # for each outlet between the speaker and the reader beyond the first
_UNNAMED_NOISE = 0.08  # for an unnamed speaker of another party
_MOST_NOISE = 0.85
_UNNAMED_POWER = 0.8  # two unnamed officials may be one
_HEARSAY_DAYS = 30  # within so many days, others' claims on a holder lean on one another


def noise(claim: Claim) -> float:
    """The share of such claims that tell nothing of the truth, 0 to 1."""
    share = NOISE[claim.authority] + _LINK_NOISE * len(claim.cites)
    if claim.stance in DEEDS and not claim.own:
        share = min(share, _DEED_NOISE)
    elif claim.authority == Authority.OTHER and not claim.named:
        share += _UNNAMED_NOISE
    return min(_MOST_NOISE, 1 - (1 - share) * claim.position.confidence)


_WORD_SHARE = 0.2
"""How much the word that stands has of the answer, beside the model: chosen on simulated stories of other seeds
than those that are scored, as are the next four."""

_CARELESS = 0.15  # before any claim is seen, how likely careless sources are
_SHARED_DOUBT = 2.0  # claims are not as independent as the product of their chances takes them to be
_CAREFUL_MISS, _CARELESS_MISS = 0.12, 2.0  # by what noise, and the misses of own words, are multiplied


@dataclass(slots=True)
class _Supposed:
    """What is thought of the holder under one supposition on how careful its sources are.

    Attributes:
        miss: by what the noise is multiplied.
        own: the emissions of own words, by level claimed.
        others: those of other parties' words.
        now: the chance of each level.
        fit: logarithm of how well it foretold the claims so far.
    """

    miss: float
    own: Sequence[Chances]
    others: Sequence[Chances]
    now: Chances
    fit: float = field(default=0.0)

    def tell(self, claim: Claim, share: float, power: float) -> None:
        """Take a claim into account."""
        level = _LEVEL.get(claim.stance)
        says: Sequence[float]
        if level is None:
            says = _DENIED if claim.stance == "denied" else _NAMED
        else:
            noise_share = min(_MOST_NOISE, share * self.miss)
            biased = claim.authority == Authority.OTHER and claim.stance not in DEEDS
            column = (self.others if biased else self.own)[level]
            rest = noise_share * 0.2
            says = [(1 - noise_share) * x + rest for x in column]
        if power != 1.0:
            says = [x**power for x in says]
        a, b, c, d, e = self.now
        p, q, r, s, t = says
        a, b, c, d, e = a * p, b * q, c * r, d * s, e * t
        total = a + b + c + d + e
        self.now = (a / total, b / total, c / total, d / total, e / total)
        self.fit += math.log(total)


def _columns(table: Sequence[Sequence[float]], miss: float) -> tuple[Chances, ...]:
    """A table of emissions by level claimed, its misses multiplied."""
    rows = [
        [miss * x + (1 - miss) * (here == there) for there, x in enumerate(row)]
        for here, row in enumerate(table)
    ]
    return tuple((a, b, c, d, e) for a, b, c, d, e in zip(*rows, strict=True))


_SUPPOSED = tuple(
    (miss, _columns(_OWN_SAYS, miss), _columns(_OTHERS_SAY, 1.0)) for miss in (_CAREFUL_MISS, _CARELESS_MISS)
)


def chances(claims: Sequence[Claim], as_of: int, settings: Settings, word: Claim | None = None) -> Chances:
    """The chance of each level on a day.

    Args:
        claims: on one undertaking, in order of time (see `lead.in_order`).
        as_of: the day, as an ordinal.
        settings: for how long stances persist.
        word: the claim that stands by the rules, or None where none is of any substance.
    """
    prior = PRIOR
    if claims and claims[0].position.holder != claims[0].position.performer:
        prior = PRIOR_TOWARD_OTHERS
    careful, careless = (_Supposed(miss, own, others, prior) for miss, own, others in _SUPPOSED)
    day: float | None = None
    heard: list[float | None] = []
    for claim in _once_per_origin(claims):
        if known(claim.when) and not claim.background:
            here = max(middle(claim.when), 0.0)
            if day is not None and here > day:
                careful.now = _later(careful.now, here - day, settings)
                careless.now = _later(careless.now, here - day, settings)
            day = here if day is None else max(day, here)
        share, power = noise(claim), _power(claim, day, heard)
        careful.tell(claim, share, power)
        careless.tell(claim, share, power)
        if not claim.own:
            heard.append(day)
    doubt = 1 / (1 + (1 - _CARELESS) / _CARELESS * math.exp((careful.fit - careless.fit) / _SHARED_DOUBT))
    told = _mixed(careful.now, careless.now, doubt)
    if day is not None:
        told = _later(told, as_of - day, settings)
    stands = _of_word(word, as_of, settings)
    return told if stands is None else _mixed(told, stands, _WORD_SHARE)


def _mixed(one: Chances, other: Chances, share: float) -> Chances:
    a, b, c, d, e = one
    p, q, r, s, t = other
    rest = 1 - share
    return (
        rest * a + share * p,
        rest * b + share * q,
        rest * c + share * r,
        rest * d + share * s,
        rest * e + share * t,
    )


def _of_word(word: Claim | None, as_of: int, settings: Settings) -> Chances | None:
    """The chances by the word that stands alone: certain on its day, and fading as stances do."""
    level = None if word is None else _LEVEL.get(word.stance)
    if word is None or level is None or not known(word.when) or word.background:
        return None
    sure = tuple(float(n == level) for n in range(len(LEVELS)))
    a, b, c, d, e = sure
    return _later((a, b, c, d, e), as_of - max(middle(word.when), 0.0), settings)


def _power(claim: Claim, day: float | None, heard: Sequence[float | None]) -> float:
    """How much of a claim's evidence is its own: others who speak of it in one month lean on one another."""
    if claim.own:
        return 1.0 if claim.authority >= Authority.SPOKEN else _UNNAMED_POWER
    near = sum(1 for other in heard if other is None or day is None or day - other <= _HEARSAY_DAYS)
    return 1.0 / (1 + near)


def chance_of(levels: Chances, polarity: Polarity) -> float:
    """The chance of a polarity, kept between 0.01 and 0.99: no report makes certain."""
    total = sum(levels[level] for level in _OF_POLARITY[polarity])
    return min(0.99, max(0.01, total))


def _once_per_origin(claims: Sequence[Claim]) -> list[Claim]:
    """The clearest claim of each origin at each level."""
    best: dict[tuple[str, int], Claim] = {}
    for claim in claims:
        if claim.repeats or claim.stance == "no_comment":
            continue
        key = (claim.origin, _LEVEL.get(claim.stance, -2 if claim.stance == "denied" else -1))
        kept = best.get(key)
        if kept is None or (noise(claim), claim.id) < (noise(kept), kept.id):
            best[key] = claim
    chosen = {claim.id for claim in best.values()}
    return [claim for claim in claims if claim.id in chosen]


def _later(now: Chances, days: float, settings: Settings) -> Chances:
    if days <= 0:
        return now
    stays = (1.0 - 1.0 / settings.change_days) ** days
    goes = 1.0 - stays
    a, b, c, d, e = now
    # Written out: this runs once for every claim.
    u, v, w, x, y = [a * m[0] + b * m[1] + c * m[2] + d * m[3] + e * m[4] for m in _INTO]
    return (
        stays * a + goes * u,
        stays * b + goes * v,
        stays * c + goes * w,
        stays * d + goes * x,
        stays * e + goes * y,
    )
