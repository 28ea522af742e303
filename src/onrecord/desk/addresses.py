"""Where on the desk a record is shown: addresses from ids, one form for every page.

In: ids, which may hold any character. Out: paths with a query and a fragment. The brief's views take these in the
place of their fragments, so that one code makes both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from urllib.parse import urlencode

from onrecord.briefing.anchors import slug


def address(path: str, **query: str | None) -> str:
    """A path with a query; what is None or empty is left out.

    Example:
        >>> address("/party", id="AZE", as_of=None), address("/report", id="a b&c")
        ('/party?id=AZE', '/report?id=a+b%26c')
    """
    told = {k: v for k, v in query.items() if v}
    return f"{path}?{urlencode(told)}" if told else path


def position_mark(position: str) -> str:
    """The fragment of a position's passage in its report."""
    return f"p-{slug(position)}"


def position_note(position: str) -> str:
    """The fragment of a position's record beside its report."""
    return f"n-{slug(position)}"


def statement_mark(statement: str) -> str:
    """The fragment of a statement's words in its report."""
    return f"t-{slug(statement)}"


def statement_note(statement: str) -> str:
    """The fragment of a statement's record beside its report."""
    return f"m-{slug(statement)}"


def report_page(report: str) -> str:
    """The passage view of a report."""
    return address("/report", id=report)


def passage_page(report: str, position: str) -> str:
    """The passage view of a report at a position's passage.

    Example:
        >>> passage_page("r 1", "r 1.p2")[:30]
        '/report?id=r+1&at=r+1.p2#p-r-1'
    """
    return f"{address('/report', id=report, at=position)}#{position_mark(position)}"


def position_page(position: str) -> str:
    """A position's record."""
    return address("/position", id=position)


def statement_page(statement: str) -> str:
    """A statement's record."""
    return address("/statement", id=statement)


class Addresses(Mapping[str, str]):
    """Addresses by id, each made when it is asked for.

    Args:
        ids: what there is.
        made: the address of an id.
    """

    def __init__(self, ids: Mapping[str, object], made: Callable[[str], str]) -> None:
        self._ids = ids
        self._made = made

    def __getitem__(self, name: str) -> str:
        if name not in self._ids:
            raise KeyError(name)
        return self._made(name)

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
