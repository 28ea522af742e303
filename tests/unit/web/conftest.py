"""The desk over the small record, asked through a client that keeps cookies."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

pytest.importorskip("fastapi", reason="the desk's dependencies are not installed")

from starlette.testclient import TestClient

from onrecord.desk import Desk
from onrecord.desk.accounts import Accounts
from onrecord.settings import Settings
from onrecord.web.app import create_app
from onrecord.web.settings import WebSettings

HERE = Path(__file__).parent
PASSWORD = "a long enough one"


def module(name: str) -> ModuleType:
    """A module beside this file."""
    spec = importlib.util.spec_from_file_location(f"desk_{name}", HERE / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


class Clock:
    """A clock that can be set on."""

    def __init__(self, at: Any) -> None:
        self.at = at

    def __call__(self) -> Any:
        self.at += timedelta(seconds=1)
        return self.at


@pytest.fixture
def clock() -> Clock:
    return Clock(module("small_record").NOW)


def opened(kind: str, clock: Clock) -> Desk:
    desk = Desk.open(Settings(ledger=":memory:", clock=clock))
    module(kind).fill(desk.ledger)
    return desk


@pytest.fixture
def desk(clock: Clock) -> Iterator[Desk]:
    with opened("small_record", clock) as made:
        yield made


@pytest.fixture
def hostile(clock: Clock) -> Iterator[Desk]:
    with opened("hostile_record", clock) as made:
        yield made


class Reader(TestClient):
    """A client that fills in a form's token as a browser does."""

    def token(self, path: str = "/help") -> str:
        found = re.search(r'X-CSRF-Token": "([^"]+)"', self.get(path).text)
        assert found
        return found[1]

    def fill_in(self, path: str, **fields: Any) -> Any:
        return self.post(path, data={"csrf": self.token(), **fields}, follow_redirects=True)


@pytest.fixture
def at_machine(desk: Desk, clock: Clock) -> Reader:
    """A browser on the same machine, where nobody signs in."""
    return Reader(create_app(desk, WebSettings(hosts=("testserver",), clock=clock)))


@pytest.fixture(scope="session")
def users_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("users") / "users.json"
    accounts = Accounts(path)
    now = module("small_record").NOW
    for name, role in (("rita", "reader"), ("vera", "reviewer"), ("victor", "reviewer"), ("olga", "owner")):
        accounts.add(name, role, PASSWORD, now)
    return path


@pytest.fixture
def served(desk: Desk, clock: Clock, users_file: Path) -> Any:
    """The application with users."""
    return create_app(desk, WebSettings(accounts=Accounts(users_file), hosts=("testserver",), clock=clock))


@pytest.fixture
def as_person(served: Any) -> Callable[[str], Reader]:
    """A browser in which somebody has signed in."""

    def made(name: str) -> Reader:
        reader = Reader(served)
        token = re.search(r'name="csrf" value="([^"]+)"', reader.get("/sign-in").text)
        assert token
        answer = reader.post("/sign-in", data={"csrf": token[1], "name": name, "password": PASSWORD})
        assert answer.status_code == 200, answer.text
        return reader

    return made
