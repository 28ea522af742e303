"""What a watch remembers: between two rounds, and from one start to the next.

In: a file. Out: :class:`State`. It is written whole or not at all.
"""

from __future__ import annotations

import json
import os
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import InputError, OutputError

MOST_SEEN = 20_000
"""Entries of a feed that are remembered: the oldest go, long after they have left the feed."""


@dataclass(slots=True)
class Feed:
    """What is known of a feed.

    Attributes:
        etag, modified: what the server gave last, to be told nothing where nothing is new.
        next_at: not asked before this moment (seconds since 1970).
        failures: how often in a row it failed.
        seen: ids of entries that are done with, the oldest first.
        tries: ids of entries that failed -> how often.
    """

    etag: str = ""
    modified: str = ""
    next_at: float = 0.0
    failures: int = 0
    seen: dict[str, None] = field(default_factory=dict)
    tries: dict[str, int] = field(default_factory=dict)


@dataclass(slots=True)
class State:
    """What a watch remembers between two rounds, and from one start to the next.

    Attributes:
        feeds: by address.
        files: path -> size and moment of change of the files that were read.
    """

    feeds: dict[str, Feed] = field(default_factory=dict)
    files: dict[str, tuple[int, int]] = field(default_factory=dict)

    @classmethod
    def of(cls, path: Path) -> State:
        """The state in a file; an empty one where there is none.

        Raises:
            InputError: the file is no state of a watch.
        """
        try:
            raw = json.loads(path.read_text("utf-8"))
            feeds = {
                url: Feed(
                    str(row["etag"]),
                    str(row["modified"]),
                    float(row["next_at"]),
                    int(row["failures"]),
                    dict.fromkeys(map(str, row["seen"])),
                    {str(k): int(v) for k, v in row["tries"].items()},
                )
                for url, row in raw["feeds"].items()
            }
            return cls(feeds, {k: (int(v[0]), int(v[1])) for k, v in raw["files"].items()})
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, KeyError, TypeError, AttributeError, IndexError) as error:
            raise InputError(
                f"{path} is no state of a watch", value=str(path), hint="name another file with --state, or remove it"
            ) from error

    def save(self, path: Path) -> None:
        """Write it, whole or not at all.

        Raises:
            OutputError: it cannot be written.
        """
        feeds = {
            url: {
                "etag": f.etag,
                "modified": f.modified,
                "next_at": f.next_at,
                "failures": f.failures,
                "seen": list(f.seen)[-MOST_SEEN:],
                "tries": f.tries,
            }
            for url, f in self.feeds.items()
        }
        name = ""
        try:
            handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
            with os.fdopen(handle, "w", encoding="utf-8") as stream:
                json.dump({"feeds": feeds, "files": {k: list(v) for k, v in self.files.items()}}, stream)
            Path(name).replace(path)
        except OSError as error:
            if name:
                Path(name).unlink(missing_ok=True)
            raise OutputError(f"{path} cannot be written: {error.strerror}", value=str(path)) from error
