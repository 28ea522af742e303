"""Templates: every value escaped, a missing one an error, the same parts on every page.

In: a request, a template's name, values. Out: a response. The brief's style sheet and signs are used as they are.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from importlib.resources import files
from secrets import token_hex
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import ChoiceLoader, Environment, PackageLoader, PrefixLoader, StrictUndefined
from markupsafe import Markup, escape

from onrecord import __version__
from onrecord.briefing import charts
from onrecord.briefing.charts import Dot
from onrecord.briefing.text import chance, counted, one_line
from onrecord.briefing.when import When, when
from onrecord.briefing.words import POLARITIES, SIGNS, STATE_WORDS
from onrecord.desk import Outlook, addresses
from onrecord.model import DateRange
from onrecord.web.guard import cookie
from onrecord.web.visit import Visit

ASSETS = {
    "brief.css": ("onrecord.briefing", "assets", "brief.css", "text/css; charset=utf-8"),
    "desk.css": ("onrecord.web", "static", "desk.css", "text/css; charset=utf-8"),
    "desk.js": ("onrecord.web", "static", "desk.js", "text/javascript; charset=utf-8"),
    "icon.svg": ("onrecord.web", "static", "icon.svg", "image/svg+xml"),
    "htmx.min.js": ("onrecord.web", "static", "htmx.min.js", "text/javascript; charset=utf-8"),
}
"""Files that pages load, by name: package, folder, file, type."""


def asset(name: str) -> tuple[bytes, str]:
    """A file that pages load, and its type."""
    package, folder, file, kind = ASSETS[name]
    return _bytes(package, folder, file), kind


@cache
def _bytes(package: str, folder: str, file: str) -> bytes:
    return files(package).joinpath(folder, file).read_bytes()


@cache
def static(name: str) -> str:
    """The address of a file; it changes with the file, so that browsers may keep it for good."""
    return f"/static/{name}?v={sha256(asset(name)[0]).hexdigest()[:12]}"


@cache
def environment() -> Environment:
    """The templates: the desk's own, and the brief's under ``brief/``."""
    made = Environment(
        loader=ChoiceLoader(
            [
                PackageLoader("onrecord.web", "templates"),
                PrefixLoader({"brief": PackageLoader("onrecord.briefing", "templates")}),
            ]
        ),
        autoescape=True,
        undefined=StrictUndefined,
        # They change with the program only: nobody looks at the files' times for each of a board's cells.
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        addresses=addresses,
        address=addresses.address,
        chance=chance,
        charts=charts,
        counted=counted,
        day_of=day_of,
        dots=dots,
        one_line=one_line,
        polarities=POLARITIES,
        signs=SIGNS,
        state_words=STATE_WORDS,
        static=static,
        step_levels=charts.STEP_LEVELS,
        version=__version__,
        when=when,
    )
    return made


def day_of(day: date) -> When:
    """A day as templates show it."""
    told = when(DateRange.on(day))
    assert told is not None
    return told


def dots(places: Iterable[Dot]) -> Markup:
    """The dots of a lane. A board has thousands, and a template takes twice as long for each.

    Example:
        >>> dots([Dot(1.0, 2.5, "for", "A & B")])
        Markup('<circle cx="1.0" cy="2.5" r="3.2" class="dot for"><title>A &amp; B</title></circle>')
    """
    return Markup(
        "".join(
            f'<circle cx="{d.x}" cy="{d.y}" r="3.2" class="dot {d.polarity}"><title>{escape(d.title)}</title></circle>'
            for d in places
        )
    )


class Options:
    """The options of a choice, laid out once: only which of them is chosen differs between two pages.

    Args:
        pairs: id and label of each.

    Example:
        >>> made = Options([("a", "Ada & Co"), ("b", "Bo")])
        >>> made.chosen("b")
        Markup('<option value="a">Ada &amp; Co</option><option value="b" selected>Bo</option>')
        >>> made.chosen("c") == made.chosen("") == made.chosen(None)
        True
    """

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        given = list(pairs)
        self._place = {value: n for n, (value, _) in enumerate(given)}
        self._drawn = [f'<option value="{escape(value)}">{escape(label)}</option>' for value, label in given]
        self._whole = "".join(self._drawn)

    def chosen(self, value: str | None) -> Markup:
        """All of them, this one chosen."""
        place = self._place.get(value or "")
        if place is None:
            return Markup(self._whole)
        drawn = list(self._drawn)
        drawn[place] = drawn[place].replace('">', '" selected>', 1)
        return Markup("".join(drawn))


def options(outlook: Outlook, name: str, pairs: Callable[[], Iterable[tuple[str, str]]]) -> Options:
    """The options of a choice on pages of an outlook, made once."""
    made: Options = outlook.queues.get(("options", name), lambda: Options(pairs()))
    return made


def tasks_of(outlook: Outlook) -> Options:
    """The tasks to choose from."""
    return options(outlook, "task", lambda: ((x, t.label) for x, t in outlook.words.labels.tasks.items()))


def fragment(template: str, **values: Any) -> Markup:
    """A part of a page that is the same for every reader, and can be kept."""
    return Markup(environment().get_template(template).render(**values))


def part(name: str, *values: Any) -> Markup:
    """A part of a page that is one of the macros: a template of its own would look all of them up again each time."""
    return Markup(getattr(_macros(), name)(*values))


@cache
def _macros() -> Any:
    return environment().get_template("macros.html.j2").module


@dataclass(frozen=True, slots=True)
class Laid:
    """A part of pages as it is sent. :func:`page` puts it in its place as it is: a board is a megabyte."""

    content: bytes

    @property
    def text(self) -> Markup:
        """The same to be laid out in another part."""
        return Markup(self.content.decode())


def kept(outlook: Outlook, key: Hashable, make: Callable[[], Markup]) -> Laid:
    """A part of pages of an outlook, laid out when it is first asked for.

    Args:
        outlook: what it is made of; kept with it, as long as it is used.
        key: its name, with all that it depends on beside the outlook.
        make: lays it out.
    """
    return Laid(outlook.fragments.get(key, lambda: sent(make())))


def sent(text: str) -> bytes:
    r"""A text as it is sent. What cannot be written as UTF-8 (a lone surrogate from a hostile file) breaks no page.

    Example:
        >>> sent("a\ud800b")
        b'a?b'
    """
    return text.encode("utf-8", "replace")


def page(visit: Visit, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A whole page; where a value is :class:`Laid`, it stands in its place as it is."""
    request = visit.request
    # Nobody can know these names beforehand, so that nothing that was printed is taken for one.
    places = {name: token_hex(16) for name, value in values.items() if isinstance(value, Laid)}
    told = values | {name: Markup(place) for name, place in places.items()}
    text = environment().get_template(template).render(
        visit=visit, nav=list(_nav(visit)), here=request.url.path, here_whole=_whole(request), **told
    )
    content = sent(text)
    for name, place in places.items():
        content = content.replace(place.encode(), values[name].content)
    answer = HTMLResponse(content, status_code=status)
    give_cookie(answer, request)
    return answer


def give_cookie(answer: Any, request: Request) -> None:
    """Tell a new browser its session."""
    if getattr(request.state, "new_session", False):
        answer.set_cookie(**cookie(request.state.session, request.app.state.web))


def _whole(request: Request) -> str:
    """Where to come back to: this page, where it is one that is looked at."""
    if request.method != "GET":
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _nav(visit: Visit) -> Iterator[tuple[str, str]]:
    """The pages that the person may open; none before somebody has signed in."""
    return ((label, path) for label, path, role in visit.request.app.state.nav if visit.may(role))
