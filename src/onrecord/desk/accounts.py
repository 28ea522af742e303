"""People who may sign in to a desk: names, roles, and passwords as Argon2id hashes, in one small file; and the tokens
by which their programs ask.

In: a path, names, passwords. Out: :class:`Person`. The file is JSON, written whole and readable by its owner alone; it
holds no password and no token. What parameters are used is told in each hash, so that stronger ones can follow. A token
is 256 random bits, so that its SHA-256 is enough: there is nothing to guess, and an answer need not be made slow.
"""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache
from hashlib import sha256
from hmac import compare_digest
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from onrecord.desk.files import write_private
from onrecord.errors import InputError, NotAllowed, SignInRefused, UnknownName, UsersInvalid

if TYPE_CHECKING:
    from argon2 import PasswordHasher

Role = Literal["reader", "reviewer", "owner"]
ROLES: tuple[Role, ...] = get_args(Role)
"""Each may do what those before it may: read; decide; look after users and take in reports."""

SHORTEST = 10
"""Code points a password needs (NIST SP 800-63B asks for 8 and no rules of composition; we add two)."""

LONGEST = 1024
"""Code points above which a password is refused unread: hashing a book costs the server, not the sender."""

MOST_TOKENS = 20
"""Tokens of one person."""

LONGEST_NOTE = 80
"""Code points of what a token is for."""

_TOKEN = re.compile(r"onr_([0-9a-f]{8})_[A-Za-z0-9_-]{43}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,63}")
_FORM = "make users with `onrecord user add NAME --role ROLE --users FILE`"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is at the desk.

    Attributes:
        name: as judgements are signed.
        role: what he or she may do.
    """

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether the role includes that of another.

        Example:
            >>> Person("ada", "reviewer").may("reader"), Person("ada", "reviewer").may("owner")
            (True, False)
        """
        return ROLES.index(self.role) >= ROLES.index(role)

    def must(self, role: Role) -> None:
        """Refuse what the role does not include.

        Raises:
            NotAllowed: it does not.
        """
        if not self.may(role):
            raise NotAllowed(
                f"{self.name} is a {self.role}; this needs a {role}",
                value=self.role,
                hint="ask an owner of the desk for the role",
            )


@dataclass(frozen=True, slots=True)
class Token:
    """By which a program asks in a person's name, without its secret.

    Attributes:
        id: tells it from others.
        hashed: SHA-256 of the whole token, hexadecimal.
        made: a moment in UTC, ISO 8601.
        note: what it is for, in the person's words.
    """

    id: str
    hashed: str
    made: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Account:
    """A person with the hash of the password and tokens; ``added`` is a moment in UTC, ISO 8601."""

    person: Person
    hashed: str
    added: str
    tokens: tuple[Token, ...] = ()


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    # RFC 9106's second recommended option, which is argon2-cffi's default: Argon2id, 64 MiB, 3 passes.
    return PasswordHasher()


@cache
def _nobody() -> str:
    # Checked where the name is not known, so that an answer takes as long as where it is.
    return _hasher().hash("nobody has this password")


class Accounts:
    """The users file. It is read again when it has changed, so that a person added or removed counts at once.

    Args:
        path: the file; one that does not exist holds nobody.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._stamp: tuple[int, int] | None = None
        self._held: Mapping[str, Account] = {}

    def all(self) -> Mapping[str, Account]:
        """Accounts by name.

        Raises:
            UsersInvalid: the file cannot be followed.
        """
        try:
            about = self.path.stat()
        except FileNotFoundError:
            self._stamp, self._held = None, {}
            return self._held
        except OSError as error:
            raise UsersInvalid(f"{self.path} cannot be read: {error.strerror}", value=str(self.path)) from error
        stamp = (about.st_mtime_ns, about.st_size)
        if stamp != self._stamp:
            self._held = _read(self.path)
            self._stamp = stamp
        return self._held

    def person(self, name: str) -> Person | None:
        """The person of that name, or None."""
        found = self.all().get(name)
        return found.person if found else None

    def stamp(self, name: str) -> str:
        """What changes when the person's password does: sessions of before then end."""
        found = self.all().get(name)
        return found.hashed[-16:] if found else ""

    def check(self, name: str, password: str) -> Person:
        """The person whose name and password these are.

        Raises:
            SignInRefused: they do not fit.
        """
        from argon2.exceptions import Argon2Error, InvalidHashError

        found = self.all().get(name)
        hashed = found.hashed if found else _nobody()
        try:
            if len(password) <= LONGEST and _hasher().verify(hashed, password) and found is not None:
                return found.person
        except (Argon2Error, InvalidHashError):
            pass
        raise SignInRefused("name and password do not fit", value=name, hint="try again, or ask an owner of the desk")

    def bearer(self, token: str) -> Person:
        """The person in whose name a program asks, with the role that he or she has now.

        Raises:
            SignInRefused: there is no such token, or it was withdrawn.
        """
        told = _TOKEN.fullmatch(token)
        hashed = _hash_of_token(token)
        for account in self.all().values():
            for one in account.tokens:
                if told and one.id == told[1] and compare_digest(one.hashed, hashed):
                    return account.person
        raise SignInRefused("the token is none of this desk's", hint="make one with `onrecord user token`")

    # Changing

    def add(self, name: str, role: str, password: str, at: datetime) -> Person:
        """Add a person.

        Raises:
            InputError: a name, role or password that cannot be, or a name that is there.
        """
        held = dict(self.all())
        if not _NAME.fullmatch(name):
            raise InputError(
                f"{name!r} cannot be a name", value=name, hint="letters, digits, '.', '_', '@', '-'; at most 64"
            )
        if name in held:
            raise InputError(f"{name} is there already", value=name, hint="`onrecord user role` changes a role")
        person = Person(name, _role(role))
        held[name] = Account(person, hash_of(password), at.isoformat(timespec="seconds"))
        self._write(held)
        return person

    def set_role(self, name: str, role: str) -> Person:
        """Give a person another role.

        Raises:
            UnknownName: nobody is called so.
            InputError: there is no such role.
        """
        held = dict(self.all())
        found = self._known(held, name)
        held[name] = replace(found, person=Person(name, _role(role)))
        self._write(held)
        return held[name].person

    def set_password(self, name: str, password: str) -> None:
        """Give a person another password; all of the person's sessions end, and the tokens with them.

        Raises:
            UnknownName: nobody is called so.
            InputError: the password cannot be.
        """
        held = dict(self.all())
        held[name] = replace(self._known(held, name), hashed=hash_of(password), tokens=())
        self._write(held)

    def add_token(self, name: str, at: datetime, note: str = "") -> str:
        """A new token for a person's programs. It is told this once; what is kept does not give it back.

        Raises:
            UnknownName: nobody is called so.
            InputError: the person has very many already, or the note is none.
        """
        held = dict(self.all())
        found = self._known(held, name)
        if len(found.tokens) >= MOST_TOKENS:
            raise InputError(
                f"{name} has {MOST_TOKENS} tokens", value=name, hint="withdraw one with `onrecord user revoke ID`"
            )
        if len(note) > LONGEST_NOTE or not note.isprintable():
            raise InputError("the note cannot be", value=note[:80], hint=f"one line, at most {LONGEST_NOTE} letters")
        name_of_token = secrets.token_hex(4)
        token = f"onr_{name_of_token}_{secrets.token_urlsafe(32)}"
        made = Token(name_of_token, _hash_of_token(token), at.isoformat(timespec="seconds"), note)
        held[name] = replace(found, tokens=(*found.tokens, made))
        self._write(held)
        return token

    def revoke(self, token: str) -> Person:
        """Withdraw a token by its id; it counts at once. The person whose it was comes back.

        Raises:
            UnknownName: there is no such token.
        """
        held = dict(self.all())
        for name, account in held.items():
            kept = tuple(t for t in account.tokens if t.id != token)
            if len(kept) != len(account.tokens):
                held[name] = replace(account, tokens=kept)
                self._write(held)
                return account.person
        raise UnknownName(f"there is no token {token[:40]!r}", value=token, hint="`onrecord user tokens` lists them")

    def remove(self, name: str) -> None:
        """Take a person off the file; what he or she decided stays.

        Raises:
            UnknownName: nobody is called so.
        """
        held = dict(self.all())
        self._known(held, name)
        del held[name]
        self._write(held)

    def _known(self, held: Mapping[str, Account], name: str) -> Account:
        if name not in held:
            raise UnknownName(
                f"there is no user {name!r}", value=name, hint=f"known: {', '.join(sorted(held)) or 'nobody'}"
            )
        return held[name]

    def _write(self, held: Mapping[str, Account]) -> None:
        users = [
            {
                "name": a.person.name,
                "role": a.person.role,
                "password": a.hashed,
                "added": a.added,
                "tokens": [{"id": t.id, "sha256": t.hashed, "made": t.made, "note": t.note} for t in a.tokens],
            }
            for a in sorted(held.values(), key=lambda a: a.person.name)
        ]
        write_private(self.path, json.dumps({"version": 1, "users": users}, indent=1) + "\n")
        self._stamp = None


def hash_of(password: str) -> str:
    """The hash of a password.

    Raises:
        InputError: it is too short or too long.
    """
    if len(password) < SHORTEST:
        raise InputError("the password is too short", hint=f"at least {SHORTEST} characters")
    if len(password) > LONGEST:
        raise InputError("the password is too long", hint=f"at most {LONGEST} characters")
    return _hasher().hash(password)


def _hash_of_token(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def _role(role: str) -> Role:
    if role not in ROLES:
        raise InputError(f"there is no role {role!r}", value=role, hint=f"choose from: {', '.join(ROLES)}")
    return role


def _read(path: Path) -> dict[str, Account]:
    try:
        told = json.loads(path.read_text("utf-8"))
        found = [_account(x) for x in told["users"]]
    except (OSError, ValueError, KeyError, TypeError, InputError) as error:
        raise UsersInvalid(f"{path} is no users file: {error}", value=str(path), hint=_FORM) from error
    return {x.person.name: x for x in found}


def _account(record: Any) -> Account:
    name, hashed = record["name"], record["password"]
    if not isinstance(name, str) or not _NAME.fullmatch(name) or not isinstance(hashed, str):
        raise ValueError(f"{name!r} is no user")
    # A file of before there were tokens has none.
    tokens = tuple(
        Token(str(t["id"]), str(t["sha256"]), str(t.get("made", "")), str(t.get("note", "")))
        for t in record.get("tokens", ())
    )
    return Account(Person(name, _role(record["role"])), hashed, str(record.get("added", "")), tokens)
