"""The rules' claims and the model's readings weighed against each other, where both speak of one sentence.

In: claims, readings and drafts of one report. Out: which claims stand, with which task, and which drafts of the model
tell something that they do not. The figures are measured on reports that neither rules nor model had seen.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.extraction.deeds import Deed
from onrecord.extraction.learned.reading import CueReading
from onrecord.extraction.lexicon import word_set
from onrecord.extraction.positions import TOWARD_OTHER, Draft
from onrecord.extraction.scene import Party
from onrecord.extraction.stances import Claim

SEEN = 0.2
"""What the rules read stands where the model sees a cue of any stance in the sentence, with at least this certainty."""
MORE = 0.6
"""From this certainty on a draft of the model stands beside what the rules read of the same holder in its sentence."""
KNOWS_TASK = 0.6
"""A reading may tell the task of a claim from this certainty on (that of a cue, times that of any stance)."""
TASK_SURE = 0.985
"""Probability of the task that it then needs."""
TASK_LIKELY = 0.5
"""The same where the claim's task is a name made from its own words."""
TASK_DOUBTED = 0.05
"""The claim's own task must not have more than this."""
_PAYS = word_set("pay fund finance bankroll cover foot bear shoulder underwrite guarantee step act serve stand")
"""Verbs that name the giving of money, whatever it is to be spent on."""
_OFFICES = word_set("headquarters headquarter centre center command cell staff liaison joint secretariat planner hq")
"""Words without one of which nobody is sent to a headquarters."""
_BEFORE = 25
"""Tokens before a sentence that may speak of the office (about a sentence of news)."""
_DESCRIBES = frozenset({"relcl", "acl", "advcl", "appos"})


def certainty_of(reading: CueReading) -> float:
    """How surely a reading is a cue of some stance, 0 to 1."""
    return reading.probability * (1 - reading.stances["none"])


def standing(claims: Sequence[Claim], readings: Sequence[CueReading]) -> list[Claim]:
    """The claims that can become positions and in whose sentence the model sees a cue, with the task that both allow.

    Args:
        claims: what the rules read, in order of the text.
        readings: what the model read.
    """
    kept = [c for c in claims if _whole(c) and _seen(c, readings)]
    for i, claim in enumerate(kept):
        kept[i] = _with_task(claim, [c for c in kept if c is not claim], readings)
    return kept


def _whole(claim: Claim) -> bool:
    """Whether a claim names all that a position needs; what it leaves open leaves the sentence to the model."""
    if all(h.entity is None for h in claim.holders):
        return False
    toward = claim.stance in TOWARD_OTHER and claim.deed.task != "authorise"
    return not toward or any(p.entity is not None for p in claim.performers)


def _seen(claim: Claim, readings: Sequence[CueReading]) -> bool:
    """Whether the model sees a cue of any stance in a claim's sentence."""
    sentence = claim.deed.token.sent
    return any(sentence.start_char <= r.cue[0] < sentence.end_char and certainty_of(r) >= SEEN for r in readings)


def _with_task(claim: Claim, others: Sequence[Claim], readings: Sequence[CueReading]) -> Claim:
    """A claim with the model's task where the model is sure of it, agrees on the stance and rules the claim's out.

    Rules take a task from single words ("ships", "loan"), the model from the whole sentence. A task that the rules
    have given to another claim of the sentence is told already: of "troops and police" each has its own.
    """
    about = [
        r for r in readings if certainty_of(r) >= KNOWS_TASK and any(r.cue[0] <= t.idx < r.cue[1] for t in claim.words)
    ]
    if not about or any(r.tasks.get(claim.deed.task, 0.0) > TASK_DOUBTED for r in about):
        return claim
    best = max(about, key=certainty_of)
    task = max(best.tasks, key=lambda t: best.tasks[t])
    needed = TASK_SURE if claim.deed.task in best.tasks else TASK_LIKELY
    if task == "other" or not may_be(task, claim.deed.token) or _is_paying(claim.deed):
        return claim
    if best.tasks[task] < needed or best.stances.get(claim.stance, 0.0) < 0.5:
        return claim
    holders = {h.entity for h in claim.holders}
    start = claim.deed.token.sent.start
    here = [c for c in others if c.deed.token.sent.start == start and holders & {h.entity for h in c.holders}]
    if any(c.deed.task == task for c in here):
        return claim
    return replace(claim, deed=replace(claim.deed, task=task))


def may_be(task: str, at: Token) -> bool:
    """Whether the words around allow a task that the model read: nobody staffs a headquarters without an office.

    Args:
        task: the task.
        at: the word.
    """
    return task != "staff_headquarters" or any(
        t.lemma_.lower() in _OFFICES for t in at.doc[max(0, at.sent.start - _BEFORE) : at.sent.end]
    )


def _is_paying(deed: Deed) -> bool:
    """Whether a deed is told by its verb to be one of money ("pay for the training", "step in as guarantor")."""
    return deed.task == "fund" and not deed.noun and deed.token.lemma_.lower() in _PAYS


def tells_more(draft: Draft, holder: Party, claims: Sequence[Claim]) -> bool:
    """Whether a draft says of a holder what no claim of its sentence says ("will lend planes but send no crews").

    Args:
        draft: a draft of the model.
        holder: one of its holders.
        claims: the claims that stand.
    """
    start = draft.at.sent.start
    here = [c for c in claims if c.deed.token.sent.start == start and holder.entity in {h.entity for h in c.holders}]
    if not here:
        return True
    if any(c.stance == "denied" and c.deed.task == draft.task for c in here):
        return False  # the words of a yes stand within what is denied
    return draft.certainty >= MORE and all((c.deed.task, c.stance) != (draft.task, draft.stance) for c in here)


def of_others(deed: Deed, draft: Draft) -> bool:
    """Whether a draft speaks of others' troops ("had counted 850 Bangladeshi soldiers").

    Those named only to describe something else of the sentence tell nothing of whose doing the draft is ("offered
    itself for the force that is to relieve the Belgian troops").
    """
    doers = {p.entity for p in deed.performers}
    if not doers or doers & {p.entity for p in (*draft.holders, *draft.performers)}:
        return False
    return not _only_describes(deed.token, draft.at)


def _only_describes(token: Token, verb: Token) -> bool:
    """Whether a word stands in a clause or apposition below, or beside the subject it describes."""
    at = token
    while at.i != verb.i and at.head.i != at.i:
        if at.dep_ in _DESCRIBES or (at.dep_ == "nsubj" and at.i != token.i):
            return True
        at = at.head
    return False
