"""The commands of the desk: ``serve``, and ``user`` for the people who sign in to it.

A command opens, calls and prints. The web stack is imported within it, so that ``--help`` answers at once and
everything else works where the desk's dependencies are not installed.
"""

from __future__ import annotations

import gc
import getpass
import re
import socket
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import click

from onrecord import terminal
from onrecord.errors import DeskMissing, InputError, OutputError
from onrecord.settings import Settings, now
from onrecord.terminal import emit, say

if TYPE_CHECKING:
    from onrecord.desk import Desk
    from onrecord.desk.accounts import Accounts

HOST, PORT = "127.0.0.1", 8765
USERS = "onrecord-users.json"
_GARBAGE = (20_000, 20, 50)
"""After how many new objects, and looks at the newest and the middle ones, Python looks for garbage. Its own figures
(700, 10, 10) are for programs that hold little."""
_INSTALL = "install onrecord with its desk: pip install 'onrecord[desk]'"

users_option = click.option(
    "--users",
    type=click.Path(path_type=Path, dir_okay=False),
    default=USERS,
    show_default=True,
    metavar="FILE",
    help="The users file.",
)


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path, dir_okay=False))
@click.option(
    "--story",
    "stories",
    type=terminal.file_argument,
    multiple=True,
    metavar="STORY.yaml",
    help="The story; may be given several times.",
)
@click.option("--host", default=HOST, show_default=True, metavar="ADDRESS", help="Listen here.")
@click.option(
    "--port", default=PORT, show_default=True, type=click.IntRange(0, 65535), metavar="NUMBER", help="On this port."
)
@click.option(
    "--users",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE",
    help="Who may sign in; without it nobody has to, and only this machine is served.",
)
@click.option("--as", "name", metavar="NAME", help="Sign decisions with this name where nobody signs in.")
@click.option(
    "--name",
    "hosts",
    multiple=True,
    metavar="HOST",
    help="A further name that browsers may ask for the desk under.",
)
@click.option("--https", is_flag=True, help="It stands behind a proxy that speaks https: cookies go over that alone.")
def serve(
    ledger: Path,
    stories: Sequence[Path],
    host: str,
    port: int,
    users: Path | None,
    name: str | None,
    hosts: Sequence[str],
    https: bool,
) -> None:
    """Open the desk on a LEDGER: a web application to read, check and correct what it holds.

    A ledger that is not there yet is made. Stop it with Ctrl-C.
    """
    try:
        import uvicorn

        from onrecord.desk import Desk
        from onrecord.desk.accounts import Accounts, Person
        from onrecord.web.app import create_app
        from onrecord.web.settings import OWN_NAMES, WebSettings, check_exposure
    except ModuleNotFoundError as error:
        raise DeskMissing(f"{error.name} is not installed", value=error.name, hint=_INSTALL) from error

    accounts = Accounts(users) if users else None
    check_exposure(host, accounts)
    known = (*OWN_NAMES, *hosts, f"[{host}]" if ":" in host else host)
    web = WebSettings(
        accounts=accounts,
        at_machine=Person(name or _own_name(), "owner"),
        hosts=tuple(dict.fromkeys(h.lower() for h in known)),
        secure=https,
    )
    with Desk.open(Settings(ledger=ledger), stories, aside=True) as desk:
        app = create_app(desk, web)
        listening = uvicorn.Server(
            uvicorn.Config(
                app,
                host=host,
                port=port,
                log_level="warning",
                server_header=False,
                # Behind a proxy the reader's own address counts, not the proxy's; from elsewhere it is not believed.
                proxy_headers=https,
                forwarded_allow_ips="127.0.0.1,::1",
            )
        )
        place = _listen(host, port)
        usual = gc.get_threshold()
        # The first reader finds it weighed, or being weighed, already.
        Thread(target=_warmed, args=(desk,), name="warming", daemon=True).start()
        say(f"The desk is open at http://{_shown(host)}:{place.getsockname()[1]}/ (Ctrl-C closes it)")
        try:
            with suppress(KeyboardInterrupt):
                listening.run(sockets=[place])
        finally:
            gc.set_threshold(*usual)
            gc.unfreeze()
    say("The desk is closed")


def _warmed(desk: Desk) -> None:
    """Have what is shown first at hand, and leave it out of what Python looks through for garbage from then on.

    A large ledger is a million objects that stay; to look through them all holds every reader up for most of a second,
    again and again.
    """
    gc.set_threshold(*_GARBAGE)
    desk.warm()
    gc.collect()
    gc.freeze()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    made = socket.socket(family)
    made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        made.bind((host, port))
        # From here on a browser is let in, and waits until the desk has woken up.
        made.listen(1024)
    except OSError as error:
        made.close()
        raise OutputError(
            f"nothing can listen on {host}, port {port}: {error.strerror or error}",
            value=(host, port),
            hint="another desk may be open there: name another --port",
        ) from error
    return made


def _shown(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _own_name() -> str:
    """The name of who is at the machine, as far as it can sign a judgement."""
    try:
        name = getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "owner"
    return re.sub(r"[^A-Za-z0-9._@-]", "-", name)[:64] or "owner"


@click.group(cls=terminal.Commands)
def user() -> None:
    """Who may sign in to a desk: add, list, change and remove them.

    Roles: a reader reads, a reviewer decides and adds reports as well, an owner also reads folders of the server.
    """


@user.command()
@click.argument("name")
@click.option("--role", default="reader", show_default=True, help="reader, reviewer or owner.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@users_option
def add(name: str, role: str, password_stdin: bool, users: Path) -> None:
    """Add a person NAME; the password is asked for."""
    person = _accounts(users).add(name, role, _password(password_stdin), now())
    say(f"{person.name} may sign in as {person.role} ({users})")


@user.command("list")
@users_option
@terminal.json_option
def list_users(users: Path, as_json: bool) -> None:
    """The people of a users file."""
    rows = [
        {"name": a.person.name, "role": a.person.role, "added": a.added} for a in _accounts(users).all().values()
    ]
    emit(rows, {"name": "name", "role": "role", "added": "added"}, as_json, "nobody may sign in yet")


@user.command()
@click.argument("name")
@click.argument("role")
@users_option
def role(name: str, role: str, users: Path) -> None:
    """Give a person NAME another ROLE; it counts at once."""
    person = _accounts(users).set_role(name, role)
    say(f"{person.name} is {person.role} now")


@user.command()
@click.argument("name")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input.")
@users_option
def password(name: str, password_stdin: bool, users: Path) -> None:
    """Give a person NAME another password; all sessions of that person end, and the tokens with them."""
    _accounts(users).set_password(name, _password(password_stdin))
    say(f"{name} has a new password")


@user.command()
@click.argument("name")
@users_option
def remove(name: str, users: Path) -> None:
    """Take a person NAME off; what he or she decided stays."""
    _accounts(users).remove(name)
    say(f"{name} may no longer sign in")


@user.command()
@click.argument("name")
@click.option("--note", default="", metavar="TEXT", help="What it is for.")
@users_option
def token(name: str, note: str, users: Path) -> None:
    """Make a token by which programs ask in the name of NAME; it is shown this once.

    Programs send it with each request to /api as "Authorization: Bearer TOKEN".
    """
    made = _accounts(users).add_token(name, now(), note)
    click.echo(made)
    click.echo(
        f"Keep it: it is not shown again. It may do what {name} may; `onrecord user revoke` withdraws it", err=True
    )


@user.command("tokens")
@users_option
@terminal.json_option
def list_tokens(users: Path, as_json: bool) -> None:
    """The tokens of a users file, without their secrets."""
    rows = [
        {"token": t.id, "name": a.person.name, "made": t.made, "note": t.note}
        for a in _accounts(users).all().values()
        for t in a.tokens
    ]
    columns = {"token": "token", "name": "name", "made": "made", "note": "note"}
    emit(rows, columns, as_json, "there are no tokens")


@user.command()
@click.argument("token")
@users_option
def revoke(token: str, users: Path) -> None:
    """Withdraw the token with this id; it counts at once."""
    person = _accounts(users).revoke(token)
    say(f"the token {token} of {person.name} is withdrawn")


def _accounts(users: Path) -> Accounts:
    from onrecord.desk.accounts import Accounts

    try:
        import argon2  # noqa: F401
    except ModuleNotFoundError as error:
        raise DeskMissing(f"{error.name} is not installed", value=error.name, hint=_INSTALL) from error
    return Accounts(users)


def _password(from_stdin: bool) -> str:
    if from_stdin:
        given = sys.stdin.readline().rstrip("\r\n")
        if not given:
            raise InputError("there is no password on standard input", hint="give it as one line")
        return given
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True, err=True))
