"""What a program can ask for in an address, kind by kind; a name that is not here is refused, not passed over.

In: query parameters. Out: :class:`Wanted`.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from onrecord.desk.wanted import Wanted
from onrecord.web.api.answers import Form

MOST = 10_000
"""Rows in one answer; JSON Lines, CSV and Parquet are paged as JSON is."""
USUAL = 100

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")


def _day(value: Any) -> Any:
    # pydantic would take a number of seconds for a day as well.
    if isinstance(value, str) and not _ISO.fullmatch(value):
        raise ValueError("write a day as 2026-03-31")
    return value


Day = Annotated[date, BeforeValidator(_day)]
Name = Annotated[str, Field(max_length=500)]
Polarity = Literal["for", "leaning", "open", "against"]


class Told(BaseModel):
    """What every question can have."""

    model_config = ConfigDict(extra="forbid")

    as_of: Day | None = Field(None, description="Tell it as of this day; by default that of the newest report.")
    story: Name | None = Field(None, description="By this story; by default the first that the desk was opened with.")

    def wanted(self) -> Wanted:
        """The same for the desk."""
        told = self.model_dump(exclude={"limit", "cursor", "format"})
        return Wanted(**{k: v if v != "" else None for k, v in told.items()})


class Paged(Told):
    """What every list can have."""

    limit: int = Field(USUAL, ge=1, le=MOST, description="How many at most.")
    cursor: Annotated[str, Field(max_length=4000)] | None = Field(
        None, description="`next` of the page before, with the same filters."
    )
    format: Form | None = Field(None, description="In the place of the Accept header.")


class _Days(Paged):
    since: Day | None = Field(None, description="Of this day or later.")
    until: Day | None = Field(None, description="Of this day or earlier.")


class Reports(_Days):
    """Filters of reports."""

    report: Name | None = Field(None, description="The report with this id.")


class Statements(_Days):
    """Filters of statements."""

    report: Name | None = Field(None, description="Of this report.")
    holder: Name | None = Field(None, description="Of a source that is this actor or speaks for it.")
    kind: Name | None = Field(None, description="Of a source of this kind.")


class _Undertaking(_Days):
    holder: Name | None = Field(None, description="Whose stance: an id or a name.")
    performer: Name | None = Field(None, description="Who would do it: an id or a name.")
    task: Name | None = Field(None, description="What would be done.")
    matter: Name | None = Field(None, description="Of this force, agreement or affair.")


class Positions(_Undertaking):
    """Filters of positions."""

    stance: Name | None = Field(None, description="This rung of the ladder.")
    polarity: Polarity | None = Field(None, description="Of this polarity.")
    report: Name | None = Field(None, description="Of this report.")


class Standings(_Undertaking):
    """Filters of standings."""

    stance: Name | None = Field(None, description="This rung of the ladder.")
    polarity: Polarity | None = Field(None, description="Of this polarity.")
    state: Literal["settled", "contested", "stale", "unknown"] | None = Field(None, description="In this state.")


class Conflicts(_Undertaking):
    """Filters of conflicts."""

    kind: Literal["contradiction", "reversal", "overtaken", "circular", "figure", "attribution"] | None = Field(
        None, description="Of this kind."
    )
    report: Name | None = Field(None, description="In which this report has part.")


class Conditions(_Days):
    """Filters of conditions."""

    holder: Name | None = Field(None, description="Named by this party.")
    matter: Name | None = Field(None, description="Of this matter.")
    kind: Name | None = Field(None, description="Of this kind.")
    state: Literal["met", "not_met", "unknown", "disputed"] | None = Field(None, description="In this state.")


class Facts(_Days):
    """Filters of facts."""

    report: Name | None = Field(None, description="Of this report.")
    holder: Name | None = Field(None, description="Of this actor.")
    kind: Literal["share", "total", "count", "talks", "agreement"] | None = Field(None, description="Of this kind.")


class Search(BaseModel):
    """A search for words."""

    model_config = ConfigDict(extra="forbid")

    q: str = Field(min_length=1, max_length=500, description='Words; "a phrase"; -word for what must not be there.')
    limit: int = Field(20, ge=1, le=100, description="How many at most.")
    cursor: Annotated[str, Field(max_length=4000)] | None = Field(
        None, description="`next` of the page before, with the same words."
    )
    format: Form | None = Field(None, description="In the place of the Accept header.")
