"""Sessions, kept in the server's memory: a cookie holds nothing but a random name.

In: names from cookies, moments. Out: :class:`Session`. A restart ends them all; so does a changed password.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from hmac import compare_digest
from threading import Lock

from onrecord.errors import FormStale, TooManyTries

MOST_SESSIONS = 10_000
"""The oldest ends where there would be more: a crowd without cookies cannot fill the memory."""

TRIES = 5
WITHIN = timedelta(minutes=5)
"""After so many failed tries within this time the next ones are refused unread (OWASP, Authentication Cheat Sheet)."""


@dataclass(slots=True)
class Session:
    """One browser.

    Attributes:
        name: random, 256 bits, as in the cookie.
        token: random, what forms must bring back.
        user: who has signed in, or None.
        stamp: what the user's password hash ended with then.
        seen: the moment of the last request.
        said: what the next page tells, once.
    """

    name: str
    token: str
    seen: datetime
    user: str | None = None
    stamp: str = ""
    said: list[str] = field(default_factory=list)

    def check(self, token: str | None) -> None:
        """Refuse a form that was not made for this session.

        Raises:
            FormStale: it was not.
        """
        if not token or not compare_digest(token.encode("utf-8", "replace"), self.token.encode()):
            raise FormStale(
                "this form is of another session, nothing was done", hint="go back, load the page again, and retry"
            )


class Sessions:
    """All sessions; any number of threads may ask at once."""

    def __init__(self, idle: timedelta) -> None:
        self._idle = idle
        self._held: OrderedDict[str, Session] = OrderedDict()
        self._lock = Lock()

    def get(self, name: str | None, now: datetime) -> Session | None:
        """The session of that name, or None where there is none or it has been idle for too long."""
        with self._lock:
            found = self._held.get(name or "")
            if found is None:
                return None
            if now - found.seen > self._idle:
                del self._held[found.name]
                return None
            found.seen = now
            self._held.move_to_end(found.name)
            return found

    def start(self, now: datetime, user: str | None = None, stamp: str = "") -> Session:
        """A new session under a new name."""
        made = Session(secrets.token_urlsafe(32), secrets.token_urlsafe(32), now, user, stamp)
        with self._lock:
            self._held[made.name] = made
            while len(self._held) > MOST_SESSIONS:
                self._held.popitem(last=False)
        return made

    def end(self, session: Session) -> None:
        """End a session."""
        with self._lock:
            self._held.pop(session.name, None)


@dataclass(slots=True)
class Tries:
    """Failed tries to sign in, by name and by address."""

    failed: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def check(self, keys: tuple[str, ...], now: datetime) -> None:
        """Let a try through, or not.

        Raises:
            TooManyTries: there were too many within the last minutes.
        """
        with self.lock:
            for key in keys:
                times = self.failed.get(key)
                while times and now - times[0] > WITHIN:
                    times.popleft()
                if times and len(times) >= TRIES:
                    wait = int((WITHIN - (now - times[0])).total_seconds()) + 1
                    raise TooManyTries(
                        f"there were {TRIES} tries that failed", value=wait, hint=f"wait {-(-wait // 60)} minutes"
                    )

    def note(self, keys: tuple[str, ...], now: datetime) -> None:
        """Note a try that failed."""
        with self.lock:
            for key in keys:
                self.failed.setdefault(key, deque(maxlen=TRIES)).append(now)
                self.failed.move_to_end(key)
            while len(self.failed) > MOST_SESSIONS:
                self.failed.popitem(last=False)

    def forget(self, key: str) -> None:
        """A try under this key went well."""
        with self.lock:
            self.failed.pop(key, None)
