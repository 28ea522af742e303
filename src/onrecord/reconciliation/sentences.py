"""Plain sentences about claims: who said what, when, through whom.

Comes in: claims and the vocabulary's labels. Goes out: words of our own for people; nothing of an article's
text but names, figures and reasons given.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from onrecord.reconciliation.authority import Authority
from onrecord.reconciliation.claims import Claim
from onrecord.reconciliation.when import words
from onrecord.vocabulary import Vocabulary

_DID = {
    "deployed": "has done it",
    "deploying": "has begun",
    "agreed": "has agreed",
    "pledged": "has pledged",
    "offered": "has offered",
    "requests": "asks for it",
    "supports": "backs it",
    "in_talks": "is in talks",
    "interested": "is interested",
    "considering": "is considering it",
    "named": "is a candidate",
    "undecided": "has not decided",
    "no_comment": "has not answered",
    "refused": "refuses",
    "denied": "denies it",
    "suspended": "has suspended it",
    "withdrawn": "has withdrawn it",
    "opposes": "opposes it",
}
_REASON = re.compile(
    r"(?:\bbecause of|\bbecause|\bciting|\bowing to|\bdue to|\bon the grounds? that|\bin view of|"
    r"\breferring to|"
    r"\b(?:reason|motive)\b[^.;:\n]{0,40}?(?:\bis\b|\bwas\b)(?:[^.;:\n]{0,12}:)?(?: that\b)?)\s+"
    r"([^.;:!?\n\"“”]{6,160})",
    re.IGNORECASE,
)
_TAIL = re.compile(r",?\s+(?:after which|for which|which|who|and)\s*$", re.IGNORECASE)
_SAID = re.compile(
    r",\s+(?:[^,]{0,60}\s)?(?:said|says|told|added|declared|noted)\b.*$", re.IGNORECASE | re.DOTALL
)


def stance_words(stance: str) -> str:
    """A stance as a predicate of the holder.

    Example:
        >>> stance_words("refused")
        'refuses'
    """
    return _DID.get(stance, stance.replace("_", " "))


def figure_words(low: float | None, high: float | None, unit: str | None) -> str:
    """A figure in words.

    Example:
        >>> figure_words(None, 8000, "soldiers"), figure_words(100, 150, None)
        ('up to 8,000 soldiers', '100 to 150')
        >>> figure_words(2000, None, "men")
        'at least 2,000 men'
    """
    tail = f" {unit}" if unit else ""
    if low is not None and high is not None:
        return f"{low:,.0f}{tail}" if low == high else f"{low:,.0f} to {high:,.0f}{tail}"
    if high is not None:
        return f"up to {high:,.0f}{tail}"
    return f"at least {low:,.0f}{tail}" if low is not None else "no figure"


def listed(names: Iterable[str]) -> str:
    """Names in a row: "A, B and C"."""
    all_names = list(names)
    if len(all_names) < 2:
        return "".join(all_names)
    all_names = list(dict.fromkeys(all_names))
    if len(all_names) < 2:
        return all_names[0]
    return f"{', '.join(all_names[:-1])} and {all_names[-1]}"


class Words:
    """Sentences in the vocabulary's names.

    Args:
        vocabulary: labels of actors, tasks, conditions and outlets.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary

    def actor(self, actor_id: str) -> str:
        """The name to display for an actor."""
        return self._vocabulary.label(actor_id)

    def task(self, task: str) -> str:
        """The label of a task."""
        known = self._vocabulary.tasks.get(task)
        return known.label if known else task.replace("_", " ")

    def condition(self, kind: str) -> str:
        """The label of a kind of condition."""
        known = self._vocabulary.condition_kinds.get(kind)
        return known.label if known else kind.replace("_", " ")

    def outlet(self, claim: Claim) -> str:
        """The reporting outlet."""
        report = claim.report
        return report.outlet if report is not None and report.outlet else "a report that names no outlet"

    def subject(self, claim: Claim) -> str:
        """The undertaking: "Azerbaijan, contribute troops", "Israel on Türkiye, contribute troops"."""
        position = claim.position
        holder = self.actor(position.holder)
        if position.performer != position.holder:
            holder = f"{holder} on {self.actor(position.performer)}"
        return f"{holder}, {self.task(position.task)}"

    def speaker(self, claim: Claim) -> str:
        """Who says it and through whom: "three US defence officials, through Levant Wire"."""
        voices: list[str] = []
        outlets: list[str] = []
        papers: list[str] = []
        for link in claim.position.chain:
            kind = link.kind
            (outlets if kind == "outlet" else papers if kind == "document" else voices).append(link.name)
        if not voices:
            if papers:
                return listed(papers)
            return f"{outlets[0] if outlets else self.outlet(claim)} in its own voice"
        said = ", by way of ".join([" ".join(name.split()) for name in voices])
        through = outlets or ([claim.report.outlet] if claim.report and claim.report.outlet else [])
        return f"{said}, through {listed(through)}" if through else said

    def dated(self, claim: Claim) -> str:
        """When it was said, or when it was published where the day of saying is not told."""
        if claim.dated or claim.background:
            return words(claim.when)
        return words(claim.when) if claim.when != claim.told else f"published {words(claim.told)}"

    def saying(self, claim: Claim) -> str:
        """One claim: who, when, and what of the holder."""
        holder = self.actor(claim.position.holder)
        return f"{self.speaker(claim)}, {self.dated(claim)}: {holder} {stance_words(claim.stance)}"

    def outlets(self, claims: Sequence[Claim]) -> str:
        """The outlets that carry claims, in order of publication."""
        return listed(self.outlet(claim) for claim in claims)


def reason_given(claim: Claim) -> str | None:
    """The reason that a report gives beside a claim, in the report's few words, or None.

    The sentence of the evidence is searched, then the two after it.
    """
    report = claim.report
    if report is None:
        return None
    evidence = claim.position.evidence
    after = report.text[evidence.end : evidence.end + 300]
    stops = [m.end() for m in re.finditer(r"[.!?][\"”]?(?:\s|$)", after)]
    for text in (evidence.text, after[: stops[min(1, len(stops) - 1)]] if stops else ""):
        found = _REASON.search(text)
        if found:
            return " ".join(_TAIL.sub("", _SAID.sub("", found[1])).split()).rstrip(" ,")
    return None


def own_or_not(claim: Claim) -> str:
    """Whose word a claim is, for a reason: "own word", "others' account", "narrator's voice"."""
    if claim.own:
        return "the holder's own word"
    return "the outlet's own voice" if claim.authority == Authority.OUTLET else "another party's account"
