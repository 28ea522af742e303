"""What the reading is given from outside beside the inputs: limits on size, and who knows the outlets."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from onrecord.vocabulary.types import Outlet

OutletFinder = Callable[[str], Outlet | None]
"""Gives the outlet that a name or a host stands for ("Reuters", "reuters.com"), or None."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read of one input, in bytes; what is larger is refused and recorded, not cut.

    Attributes:
        report: one plain text, one line of JSON. The longest articles are a thousandth of the default.
        page: one HTML page, whose main text takes seconds to find from here on.
        unpacked: what one compressed file of texts may unpack to in all, so that a small file cannot fill the machine.
        archive: the same of a web archive, of which only the main text of its pages is kept. News crawls publish
            files of a gigabyte, packed.
        ratio: how many times its own size a compressed file may unpack to, where that is more than ``report``. Text
            packs three to ten times; a thousand times is what gzip can do and no text does.
    """

    report: int = 20_000_000
    page: int = 5_000_000
    unpacked: int = 500_000_000
    archive: int = 20_000_000_000
    ratio: int = 200

    def of_packed(self, size: int, most: int) -> int:
        """What a compressed file of so many bytes may unpack to.

        Example:
            >>> Limits().of_packed(1_000_000, Limits().unpacked)
            200000000
        """
        return min(most, max(self.report, self.ratio * size))
