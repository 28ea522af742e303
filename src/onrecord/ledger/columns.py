"""The two kinds of column that SQLAlchemy does not bring along: text from outside, and moments.

Comes in: values as Python has them. Goes out: values as any store takes them, and back.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Dialect, String, Text
from sqlalchemy.types import TypeDecorator

from onrecord.errors import LedgerDamaged
from onrecord.ledger.texts import storable


class Words(TypeDecorator[str]):
    """Text from outside, made storable on its way in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """What is bound in place of ``value``."""
        return None if value is None else storable(value)


class Moment(TypeDecorator[datetime]):
    """A moment in UTC, kept as ``2025-11-03T08:15:00.000000Z``: it sorts as text and reads well in any
    client.
    """

    impl = String(27)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """What is bound in place of ``value``."""
        return None if value is None else f"{in_utc(value):%Y-%m-%dT%H:%M:%S.%fZ}".rjust(27, "0")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """The moment that was stored."""
        if value is None:
            return None
        try:
            return datetime.fromisoformat(value)
        except (ValueError, TypeError) as failure:
            raise LedgerDamaged(
                f"a row of the ledger has no moment ({value!r})",
                value=value,
                hint="look with `onrecord verify`",
            ) from failure


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC.

    Raises:
        ValueError: when it does not say which time zone it is in.
    """
    if moment.tzinfo is None:
        raise ValueError(
            f"a moment without a time zone ({moment}): the ledger keeps UTC, say datetime.now(UTC)"
        )
    return moment.astimezone(UTC)
