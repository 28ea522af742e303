"""The nouns of telling: rules, and the targets that messages go to.

Pure. No target holds a secret: it names the variable of the environment that does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

EVENTS: Mapping[str, str] = {
    "first_position": "a party is on record on an undertaking for the first time",
    "moves_up": "its stance is higher on the ladder than it was",
    "moves_down": "its stance is lower on the ladder than it was",
    "stance_changed": "its stance is another, up, down or neither",
    "gone": "no position of it is left on record",
    "disputed": "what it says is contested, and was not",
    "resolved": "what was contested is settled",
    "stale": "nobody has been reported to speak for it for long",
    "condition_added": "it names a condition that it did not name",
    "condition_dropped": "a condition that it named is no longer part of its word",
    "figure_changed": "the figure that stands is another",
    "condition_met": "a condition is met, and was not",
    "condition_undone": "a condition that was met is not any more, or that is disputed",
    "force_below": "the expected strength falls below a number of persons, or below what the force needs",
    "force_above": "the expected strength comes to that number",
}
"""Event -> when it happens. A stance of the ladder (`withdrawn`) is an event too: the stance is that, and was not."""

OF_FORCE = ("force_below", "force_above")
"""Events for which the strength has to be computed."""

Style = Literal["onrecord", "slack"]
Tls = Literal["starttls", "tls", "none"]


@dataclass(frozen=True, slots=True)
class FileTarget:
    """Messages appended to a file, one line of JSON each.

    Attributes:
        name: in the rules.
        path: the file.
    """

    name: str
    path: Path

    @property
    def shown(self) -> str:
        """Where it leads, as it may be shown."""
        return str(self.path)


@dataclass(frozen=True, slots=True)
class WebhookTarget:
    """Messages posted as JSON.

    Attributes:
        name: in the rules.
        address: the address, or ``$VARIABLE`` where the environment holds it (some addresses are secrets).
        secret: the variable of the environment that holds the secret to sign with, or None.
        private: whether the address may lead into a private network.
        style: what is posted: the whole message, or a text as chat rooms take it.
    """

    name: str
    address: str
    secret: str | None = None
    private: bool = False
    style: Style = "onrecord"

    @property
    def shown(self) -> str:
        """Where it leads, as it may be shown: paths of webhooks are often secrets.

        Example:
            >>> WebhookTarget("team", "https://hooks.example/T0/s3cret").shown
            'https://hooks.example'
        """
        if self.address.startswith("$"):
            return self.address
        parts = urlsplit(self.address)
        return f"{parts.scheme}://{parts.netloc}"


@dataclass(frozen=True, slots=True)
class MailTarget:
    """Messages by e-mail.

    Attributes:
        name: in the rules.
        to: the addresses that it goes to.
        sender: the address that it comes from.
        host, port: the server that takes it.
        tls: encrypted after a greeting, from the beginning, or not at all (only to this machine).
        user: name to sign in with, or None.
        password: the variable of the environment that holds the password, or None.
        private: whether the server may be in a private network.
    """

    name: str
    to: tuple[str, ...]
    sender: str
    host: str
    port: int = 587
    tls: Tls = "starttls"
    user: str | None = None
    password: str | None = None
    private: bool = False

    @property
    def shown(self) -> str:
        """Where it leads."""
        return ", ".join(self.to)


Target = FileTarget | WebhookTarget | MailTarget


@dataclass(frozen=True, slots=True)
class Rule:
    """What somebody wants to be told of.

    Attributes:
        name: of the rule; messages bear it.
        when: events and stances, any of which is enough.
        to: names of targets.
        parties: ids of actors, as holder or performer; none for all.
        tasks, matters: ids; none for all.
        conditions: ids of conditions of the story, or kinds; none for all.
        persons: for events of strength: the number; what the force needs where None.
        scenario: for events of strength: the scenario; the first where None.
    """

    name: str
    when: tuple[str, ...]
    to: tuple[str, ...]
    parties: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    matters: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    persons: float | None = None
    scenario: str | None = None

    @property
    def of_force(self) -> bool:
        """Whether it asks for the strength."""
        return any(event in OF_FORCE for event in self.when)


@dataclass(frozen=True, slots=True)
class Rules:
    """A file of rules.

    Attributes:
        name: under which the ledger remembers what was told.
        rules: in the order of the file.
        targets: by name.
        story: the story file that the rules name, or None.
    """

    name: str
    rules: tuple[Rule, ...]
    targets: Mapping[str, Target]
    story: Path | None = None
