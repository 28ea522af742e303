"""Sending what lies in the outbox: each target by itself, in order; what fails waits and is tried again.

In: an outbox, targets. Out: :class:`Delivered`. Every outcome is noted in the ledger before the next message is sent.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from onrecord.errors import NotTold
from onrecord.ledger import Outbox, Waiting
from onrecord.model.records import Record
from onrecord.telling.appending import FileSender
from onrecord.telling.mailing import MailSender
from onrecord.telling.posting import WebhookSender
from onrecord.telling.rules import FileTarget, Rules, Target, WebhookTarget

FIRST_WAIT = 60.0
"""Seconds before a message that failed is tried again; doubled each time."""
LONGEST_WAIT = 6 * 3600.0


class Sender(Protocol):
    """What sends to one target."""

    def send(self, message: Record) -> str:
        """Send a message; what came of it, in a word. Raises :class:`onrecord.errors.NotTold`."""
        ...

    def close(self) -> None:
        """Let go of what is held open."""
        ...


MakeSender = Callable[[Target, Callable[[], datetime]], Sender]


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of one message.

    Attributes:
        target: name of the target.
        message: the message.
        failure: why it was not sent; "" where it was.
        next_at: when it is tried again, or None.
    """

    target: str
    message: Record
    failure: str = ""
    next_at: datetime | None = None


def sender_for(target: Target, clock: Callable[[], datetime], environment: Mapping[str, str] = os.environ) -> Sender:
    """What sends to a target."""
    if isinstance(target, FileTarget):
        return FileSender(target.path)
    if isinstance(target, WebhookTarget):
        return WebhookSender(target, environment, clock)
    return MailSender(target, environment, clock)


def deliver(
    outbox: Outbox, rules: Rules, clock: Callable[[], datetime], make: MakeSender, *, at_once: bool
) -> list[Delivered]:
    """Send what waits.

    Args:
        outbox: of the ledger; this process has the turn.
        rules: with the targets.
        clock: tells the moment.
        make: makes what sends to a target.
        at_once: try also what is to be left alone for a while.

    Raises:
        LedgerError: or one below it, when an outcome cannot be noted: nothing more is sent then.
    """
    waiting: dict[str, list[Waiting]] = {}
    for one in outbox.waiting(rules.name):
        waiting.setdefault(one.target, []).append(one)
    found: list[Delivered] = []
    for name, some in waiting.items():
        if name in rules.targets:
            sender = make(rules.targets[name], clock)
            try:
                found += _to_one(outbox, some, clock, sender, at_once=at_once)
            finally:
                sender.close()
    return found


def _to_one(
    outbox: Outbox, some: list[Waiting], clock: Callable[[], datetime], sender: Sender, *, at_once: bool
) -> list[Delivered]:
    """The messages of one target, in order, up to the first failure that any other would meet as well."""
    found: list[Delivered] = []
    for one in some:
        if not at_once and one.next_at is not None and one.next_at > clock():
            if one.alone:
                continue
            break
        try:
            detail = sender.send(one.message)
        except NotTold as fault:
            wait = min(max(FIRST_WAIT * 2 ** min(one.tries, 20), fault.after), LONGEST_WAIT)
            next_at = clock() + timedelta(seconds=wait)
            outbox.note(one, "refused" if fault.alone else "failed", fault.message, next_at)
            why = f"{fault.message.rstrip('.')}. {fault.hint}" if fault.hint else fault.message
            found.append(Delivered(one.target, one.message, why, next_at))
            if not fault.alone:
                break
        else:
            outbox.note(one, "sent", detail)
            found.append(Delivered(one.target, one.message))
    return found
