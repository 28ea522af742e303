"""What changed between two days.

Comes in: two reconciliations of the same ledger. Goes out: `Change` by `Change`, each with what made it.
"""

from __future__ import annotations

from collections.abc import Iterator

from onrecord.model import Standing
from onrecord.reconciliation.result import Change, ChangeKind, Reconciliation
from onrecord.reconciliation.sentences import figure_words, listed
from onrecord.reconciliation.when import bounds, words

_LEADS = frozenset({"latest-word", "others-say", "deed", "unspoken"})
"""Rules that mark the word that stands."""


def diff(a: Reconciliation, b: Reconciliation) -> list[Change]:
    """What is not in `b` as it is in `a`, by matter, holder and task.

    A new undertaking gives one change; one that was known gives a change of stance, else changes of its
    state, its conditions and its figure.

    Args:
        a: the earlier day's.
        b: the later day's.
    """
    before = {s.undertaking: s for s in a.standings}
    after = {s.undertaking: s for s in b.standings}
    found = [change for key, now in after.items() for change in _changes(before.get(key), now)]
    found += [
        _change(then, "gone", _state(then), "", (), "No position on it is left.")
        for key, then in before.items()
        if key not in after
    ]
    return sorted(found, key=lambda c: (c.matter or "~", c.holder, c.performer, c.task, c.kind))


def _changes(then: Standing | None, now: Standing) -> Iterator[Change]:
    if then is None:
        yield _change(now, "new", "", _state(now), _latest(now), _why(now))
        return
    if then.stance != now.stance:
        yield _change(now, "stance", _state(then), _state(now), _latest(now), _why(now))
        return
    if then.state != now.state:
        yield _change(now, "state", then.state, now.state, _moved(then, now), _why_state(now))
    kinds_then, kinds_now = ({c.kind for c in s.conditions} for s in (then, now))
    if kinds_then != kinds_now:
        positions = tuple(p for c in now.conditions if c.kind not in kinds_then for p in c.positions)
        yield _change(now, "conditions", _kinds(kinds_then), _kinds(kinds_now), positions, _why(now))
    if (then.low, then.high) != (now.low, now.high):
        old, new = (figure_words(s.low, s.high, s.unit) for s in (then, now))
        yield _change(now, "figure", old, new, _moved(then, now), _why(now))


def _change(
    of: Standing, kind: ChangeKind, before: str, after: str, positions: tuple[str, ...], why: str
) -> Change:
    return Change(of.holder, of.performer, of.task, of.matter, kind, before, after, positions, why)


def _state(standing: Standing) -> str:
    conditions = _kinds({c.kind for c in standing.conditions})
    tail = f" ({conditions})" if standing.conditions else ""
    return f"{standing.stance.replace('_', ' ')}{tail}"


def _kinds(kinds: set[str]) -> str:
    return f"if {listed(k.replace('_', ' ') for k in sorted(kinds))}" if kinds else "no conditions"


def _latest(standing: Standing) -> tuple[str, ...]:
    return standing.history[-1].positions if standing.history else ()


def _moved(then: Standing, now: Standing) -> tuple[str, ...]:
    """The positions that were not weighed before."""
    known = {r.position for r in then.reasons}
    return tuple(r.position for r in now.reasons if r.position not in known)


def _why(standing: Standing) -> str:
    lead = next((r.why for r in standing.reasons if r.rule in _LEADS), None)
    return f"{lead}." if lead else "No reason is on record."


def _why_state(standing: Standing) -> str:
    if standing.state == "stale":
        return f"No word since; the last was {words(bounds(standing.last))}."
    contested = next((r.why for r in standing.reasons if r.rule == "contests"), None)
    return f"{contested}." if standing.state == "contested" and contested else _why(standing)
