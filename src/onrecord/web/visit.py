"""One request of one person: what is asked for in the address, and links that keep it.

In: a request. Out: :class:`Visit`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from fastapi import Request

from onrecord.desk import Desk, Outlook
from onrecord.desk.accounts import Person, Role
from onrecord.desk.addresses import address
from onrecord.desk.keeping import made_once
from onrecord.errors import InputError

KEPT = ("story", "as_of", "since", "matter")
"""What is asked for that links keep: which story, which day, since when, which matter."""


@dataclass
class Visit:
    """A person asking for a page.

    Attributes:
        request: the request.
        person: who asks; None only on the page to sign in.
    """

    request: Request

    @property
    def desk(self) -> Desk:
        """The desk."""
        desk: Desk = self.request.app.state.desk
        return desk

    @property
    def person(self) -> Person | None:
        """Who asks."""
        person: Person | None = getattr(self.request.state, "person", None)
        return person

    @property
    def signed(self) -> Person:
        """Who asks, where the guard has let nobody else through."""
        assert self.person is not None
        return self.person

    def may(self, role: Role) -> bool:
        """Whether the person's role includes another."""
        return self.person is not None and self.person.may(role)

    @property
    def signs_in(self) -> bool:
        """Whether people sign in to this desk."""
        return self.request.app.state.web.accounts is not None

    def said(self) -> list[str]:
        """What the last request has to tell this person, once."""
        session = getattr(self.request.state, "session", None)
        if session is None:
            return []
        told, session.said = list(session.said), []
        return told

    @property
    def token(self) -> str:
        """What this session's forms bring back."""
        session = getattr(self.request.state, "session", None)
        return session.token if session is not None else ""

    @property
    def by_script(self) -> bool:
        """Whether the page's script asks, not the browser itself."""
        return self.request.headers.get("hx-request") == "true"

    # What is asked for

    def asked(self, name: str) -> str | None:
        """A value of the address, or None where there is none or it is empty."""
        return self.request.query_params.get(name) or None

    def needed(self, name: str) -> str:
        """A value that the address must have.

        Raises:
            InputError: it has none.
        """
        value = self.asked(name)
        if value is None:
            raise InputError(f"the address names no {name}", value=name, hint="follow a link of the desk")
        return value

    def day(self, name: str) -> date | None:
        """A day of the address.

        Raises:
            InputError: it is none.
        """
        value = self.asked(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except ValueError as error:
            raise InputError(f"{value!r} is no day", value=value, hint="write it as 2026-03-31") from error

    @made_once
    def outlook(self) -> Outlook:
        """What is on the record as of the day that is asked for."""
        return self.desk.outlook(story=self.asked("story"), as_of=self.day("as_of"))

    @made_once
    def since(self) -> date | None:
        """The day to tell changes from, where one is asked for."""
        return self.day("since")

    def matter(self) -> str | None:
        """The matter that is asked for; the first with standings where none is. "-" asks for what names none."""
        given = self.asked("matter")
        known = self.outlook.matters
        if given == "-":
            return None
        if given is None:
            return known[0] if known else None
        return given

    # Links

    def link(self, path: str, **query: str | None) -> str:
        """A link that keeps the story, the days and the matter asked for, unless it says otherwise."""
        kept = {name: self.asked(name) for name in KEPT}
        return address(path, **{**kept, **query})
