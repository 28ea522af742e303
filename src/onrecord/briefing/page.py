"""The HTML page: one file with everything in it, and a content security policy that allows nothing else.

Comes in: a `Brief`. Goes out: HTML. Templates, style sheet and script are data of the package. Every value is
escaped by the template engine; the style sheet and the one script are allowed by their digests, so that no
other can run.
"""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from onrecord.briefing import charts
from onrecord.briefing.text import counted
from onrecord.briefing.view import Brief
from onrecord.briefing.words import POLARITIES, SIGNS

LAZY_FROM = 150
"""Reports and standings from which a browser draws only what is near the window; fewer are drawn at once, so
that every jump lands at its passage at the first go."""


@cache
def _asset(name: str) -> str:
    return files("onrecord.briefing").joinpath("assets", name).read_text("utf-8").strip()


def _digest(text: str) -> str:
    return b64encode(sha256(text.encode("utf-8")).digest()).decode("ascii")


def content_security_policy(style: str, script: str) -> str:
    """The policy for a page with this style sheet and this script and nothing else.

    >>> content_security_policy("", "")[:18]
    "default-src 'none'"
    """
    return "; ".join(
        (
            "default-src 'none'",
            f"style-src 'sha256-{_digest(style)}'",
            f"script-src 'sha256-{_digest(script)}'",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("onrecord.briefing", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        charts=charts, counted=counted, polarities=POLARITIES, signs=SIGNS, step_levels=charts.STEP_LEVELS
    )
    return made


def render_html(brief: Brief) -> str:
    """The brief as one self-contained HTML file."""
    style, script = _asset("brief.css"), _asset("brief.js")
    return (
        _environment()
        .get_template("brief.html.j2")
        .render(
            brief=brief,
            lazy=len(brief.reports) + len(brief.cards) > LAZY_FROM,
            # Files of ours, read from the package: the only text on the page that is not escaped.
            style=Markup(style),
            script=Markup(script),
            policy=content_security_policy(style, script),
        )
    )
