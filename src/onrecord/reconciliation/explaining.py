"""Why a standing is what it is, what would change it, and what is missing: in a few lines for people.

Comes in: a reconciliation. Goes out: `Explanation`.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.errors import UnknownName
from onrecord.model import Standing
from onrecord.reconciliation.result import ConditionState, Explanation, Reconciliation
from onrecord.reconciliation.sentences import Words, figure_words, listed
from onrecord.reconciliation.when import bounds, day_words, words
from onrecord.vocabulary import Vocabulary

_FIRST = (
    "latest-word",
    "deed",
    "others-say",
    "unspoken",
    "contests",
    "superseded",
    "outranked",
    "background",
    "repeat",
)
_MOST_LINES = 6  # reasons shown; the others are in the standing
_STATUS = {"met": "met", "not_met": "not met", "unknown": "not known to be met", "disputed": "disputed"}


def explain(
    reconciliation: Reconciliation,
    holder: str,
    task: str,
    vocabulary: Vocabulary,
    *,
    performer: str | None = None,
    matter: str | None = None,
) -> Explanation:
    """Why a holder's standing on a task is what it is.

    Args:
        reconciliation: of the day to explain.
        holder: whose stance.
        task: on what.
        vocabulary: for names.
        performer: who would do it; the holder where None.
        matter: of which matter; the first that there is where None.

    Raises:
        UnknownName: when there is no such task.
    """
    # One that was found in the reports, or is the story's own, is in no vocabulary.
    if task not in vocabulary.tasks and all(s.task != task for s in reconciliation.standings):
        near = vocabulary.suggest(task, "tasks")
        raise UnknownName(
            f"there is no task '{task}'",
            value=task,
            hint=f"did you mean {' or '.join(near)}?" if near else "",
        )
    told = Words(vocabulary)
    standing = reconciliation.standing(holder, task, performer=performer, matter=matter)
    if standing is None:
        day = day_words(reconciliation.as_of)
        nothing = f"Nothing is on record of {told.actor(holder)} on this ({told.task(task)}) up to {day}."
        return Explanation(
            None, (nothing,), (f"Any word of {told.actor(holder)} or about it.",), ("Any report.",)
        )
    states = [c for c in reconciliation.conditions_state if standing.id in c.standings]
    return Explanation(
        standing=standing,
        lines=tuple(_lines(standing, states, reconciliation, told)),
        would_change=tuple(_would_change(standing, states, told)),
        missing=tuple(_missing(standing, states, told)),
        weights={r.position: r.weight for r in standing.reasons},
    )


def _lines(
    standing: Standing, states: list[ConditionState], reconciliation: Reconciliation, told: Words
) -> Iterator[str]:
    chance = (
        f", {standing.likelihood} ({standing.probability:.0%})" if standing.probability is not None else ""
    )
    grade = f", graded {standing.grade}" if standing.grade else ""
    sources = (
        f"{standing.independent_sources} independent source{'s' if standing.independent_sources != 1 else ''}"
    )
    yield (
        f"As of {day_words(standing.as_of)}: {told.actor(standing.holder)}, {told.task(standing.task)}: "
        f"{standing.stance.replace('_', ' ')}, {standing.state}{chance}{grade}, {sources}."
    )
    if standing.since is not None:
        last = f"; last spoken for {words(bounds(standing.last))}" if standing.last else ""
        yield f"It has stood so since a word told {words(bounds(standing.since))}{last}."
    ranked = sorted(
        (r for r in standing.reasons if r.rule in _FIRST),
        key=lambda r: (_FIRST.index(r.rule), -r.weight, r.position),
    )
    for reason in ranked[:_MOST_LINES]:
        yield f"{reason.why[:1].upper()}{reason.why[1:]}."
    if standing.low is not None or standing.high is not None:
        yield f"Its figure: {figure_words(standing.low, standing.high, standing.unit)}."
    for state in states:
        yield f"It hangs on {state.label}: {_STATUS[state.status]}. {state.why}"
    for conflict in reconciliation.conflicts:
        at = (conflict.holder, conflict.performer, conflict.task, conflict.matter)
        if at == standing.undertaking and conflict.kind != "contradiction":
            yield f"{conflict.kind.capitalize()}: {conflict.why}"


def _would_change(standing: Standing, states: list[ConditionState], told: Words) -> Iterator[str]:
    holder = told.actor(standing.holder)
    rules = {r.rule for r in standing.reasons}
    if standing.state == "unknown":
        yield f"A first word of {holder} itself."
    elif "others-say" in rules or "deed" in rules:
        yield f"A word of {holder} itself, whatever it says: others speak for it so far."
    else:
        yield f"A later word of {holder} by a speaker of at least the same authority."
    if standing.state == "contested":
        yield f"A word of {holder} that answers the claims against it, or their withdrawal."
    for state in states:
        if state.status != "met":
            yield f"Meeting the condition: {state.label}."


def _missing(standing: Standing, states: list[ConditionState], told: Words) -> Iterator[str]:
    rules = {r.rule for r in standing.reasons}
    if rules & {"others-say", "unspoken", "deed"} and "latest-word" not in rules:
        yield f"A word of {told.actor(standing.holder)} itself."
    if standing.independent_sources < 2:
        yield "A second independent source."
    if standing.since is None:
        yield "The day on which it was said."
    if standing.state == "stale":
        yield (
            f"Any word since {words(bounds(standing.last)).removeprefix('on ')}."
            if standing.last
            else "Any word."
        )
    unknown = [s.label for s in states if s.status in ("unknown", "disputed")]
    if unknown:
        yield f"Whether it is met: {listed(unknown)}."
