"""Deciding: confirm, correct, reject, split, merge, undo; and what became of the standings.

In: a desk, a person, what is decided. Out: what was done, in lines for people. Each decision is a judgement in the
ledger: signed, dated by the desk's clock, and kept for good.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from onrecord.desk.accounts import Person
from onrecord.desk.correcting import Entered, actor, changes_of
from onrecord.desk.decisions import DONE
from onrecord.desk.desk import Desk
from onrecord.desk.outlook import Outlook
from onrecord.desk.passages import find_position
from onrecord.errors import InputError, UnknownName
from onrecord.model import Judgement, Position
from onrecord.reconciliation import diff

LONGEST_NOTE = 2000
MOST_CHANGES = 4
"""Changed standings told after a decision; more are counted."""

Decision = Literal["confirm", "correct", "reject", "split"]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a decision came to.

    Attributes:
        judgement: as it was kept.
        lines: for the person who decided: what was done, and what became of the standings.
    """

    judgement: Judgement
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Review:
    """One person's hand on the record.

    Attributes:
        desk: the desk.
        person: who decides.
        story, as_of: what he or she looks at, so that changed standings are told for it.
    """

    desk: Desk
    person: Person
    story: str | None = None
    as_of: date | None = None

    def position(self, name: str, decision: str, entered: Entered) -> Outcome:
        """Decide on a position.

        A correction that leaves everything as the machine had it is a confirmation.

        Raises:
            NotAllowed: the person's role does not include it.
            UnknownName: there is no such position, or a value that there is not.
            EvidenceMismatch: words that the report does not have.
            InputError: it cannot be followed.
        """
        self.person.must("reviewer")
        shown, _ = find_position(self.desk, name)
        changes: dict[str, Any] = {}
        if decision in {"correct", "split"}:
            raw = self._raw(shown)
            text = self.desk.report(shown.report).text
            vocabulary, tasks = self.desk.vocabulary, self.desk.words().labels.tasks
            first = {**self._earlier(shown, raw), **changes_of(entered, raw, shown, text, vocabulary, tasks)}
            changes = first
            if decision == "split":
                second = Entered({k[2:]: v for k, v in entered.values.items() if k.startswith("2_")})
                changes = {"parts": [first, changes_of(second, raw, shown, text, vocabulary, tasks)]}
            elif not changes:
                decision = "confirm"
        elif decision not in {"confirm", "reject"}:
            raise InputError(
                f"nobody can {decision!r} a position", value=decision, hint="confirm, correct, reject or split"
            )
        return self._judge(name, "position", decision, changes, _note(entered), self._said(shown))

    def merge(self, kind: str, target: str, into: str, note: str = "") -> Outcome:
        """Find that two actors, or two conditions, are one.

        Raises:
            NotAllowed: the person's role does not include it.
            InputError: a thing cannot be merged into itself, or there is no such kind.
            UnknownName: there is no such actor or condition.
        """
        self.person.must("reviewer")
        if kind == "actor":
            target, into = (actor(x, self.desk.vocabulary) for x in (target, into))
            said = f"{self._outlook().words.actor(target)} into {self._outlook().words.actor(into)}"
        elif kind == "condition":
            known = {c.id: c.label for c in self._outlook().conditions}
            for name in (target, into):
                if name not in known:
                    raise UnknownName(f"there is no condition {name!r}", value=name, hint="choose one of the list")
            said = f"{known[target]} into {known[into]}"
        else:
            raise InputError(f"nobody can merge a {kind!r}", value=kind, hint="actor or condition")
        if target == into:
            raise InputError("a thing cannot be merged into itself", value=target, hint="choose another")
        return self._judge(target, kind, "merge", {"into": into}, note[:LONGEST_NOTE], said)

    def undo(self, judgement: str | None = None) -> Outcome:
        """Take back a decision of one's own: the newest that holds, where none is named.

        Raises:
            NotAllowed: the person's role does not include it.
            UnknownName: there is none to take back.
            InputError: it is another person's.
        """
        self.person.must("reviewer")
        told = self.desk.decisions()
        if judgement is None:
            last = told.last_of(self.person.name)
            if last is None:
                raise UnknownName("there is no decision of yours to undo", hint="the decisions page lists them")
            judgement = last.id
        found = next((d for d in told.all if d.id == judgement), None)
        said = f"{found.done} {found.target}" if found else judgement
        return self._judge(judgement, "judgement", "withdraw", {}, "", said)

    # How it is kept

    def _judge(
        self, target: str, kind: Any, decision: Any, changes: dict[str, Any], note: str, said: str
    ) -> Outcome:
        before = self._outlook()
        judgement = Judgement(
            id=f"j{secrets.token_hex(8)}",
            target=target,
            target_kind=kind,
            decision=decision,
            by=self.person.name,
            at=self.desk.settings.clock(),
            changes=changes,
            note=note,
        )
        self.desk.ledger.judge(judgement)
        done = DONE[judgement.decision]
        return Outcome(judgement, (f"{done[:1].upper()}{done[1:]}: {said}.", *self._became(before, self._outlook())))

    def _became(self, before: Outlook, after: Outlook) -> list[str]:
        """What changed in the standings, in lines."""
        words = after.words
        moved = diff(before.answer.reconciliation, after.answer.reconciliation)
        lines = [
            f"{words.undertaking(c.holder, c.performer, c.task)}: "
            f"{c.before or 'nothing on record'} → {c.after or 'nothing on record'}"
            for c in moved[:MOST_CHANGES]
        ]
        if len(moved) > MOST_CHANGES:
            lines.append(f"and {len(moved) - MOST_CHANGES} further standings changed")
        return lines or ["No standing changed."]

    def _outlook(self) -> Outlook:
        return self.desk.outlook(story=self.story, as_of=self.as_of)

    def _said(self, position: Position) -> str:
        words = self._outlook().words
        who = words.undertaking(position.holder, position.performer, position.task)
        return f"{who}, {words.stance(position.stance)}"

    def _raw(self, shown: Position) -> Position:
        """The machine's position under what is shown; what is shown, where the machine no longer has it."""
        found = {p.id: p for p in self.desk.ledger.positions(report=shown.report, raw=True)}
        raw = found.get(shown.id)
        if raw is None:
            return shown
        names = [shown.holder, shown.performer]
        # Merged actors are told under the name that stands: that is no correction of this position.
        merged = {t: str(j.changes["into"]) for t, j in self._merges().items()}
        return replace(
            raw,
            holder=shown.holder if merged.get(raw.holder) in names else raw.holder,
            performer=shown.performer if merged.get(raw.performer) in names else raw.performer,
        )

    def _earlier(self, shown: Position, raw: Position) -> dict[str, Any]:
        """The corrections that made what is shown, where the machine no longer has it: a new one says them again."""
        if raw is not shown:
            return {}
        holding = {d.id for d in self.desk.decisions().holding(shown.id)}
        told = [j for j in self.desk.ledger.judgements(target=shown.id) if j.id in holding]
        return dict(told[-1].changes) if told and told[-1].decision == "correct" else {}

    def _merges(self) -> dict[str, Judgement]:
        told = self.desk.decisions()
        holding = {d.id for d in told.all if d.holds and d.kind == "actor"}
        return {j.target: j for j in self.desk.ledger.judgements() if j.id in holding and j.decision == "merge"}


def _note(entered: Entered) -> str:
    return (entered.one("note") or "")[:LONGEST_NOTE]
