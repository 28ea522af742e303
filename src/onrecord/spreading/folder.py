"""The folder in which a run keeps its finished parts, until they are all where they belong.

In: a path. Out: a folder that is this run's alone. Only what a run has made is ever removed.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import WorkFolderInvalid

MARK = "onrecord-parts"
"""A file by which a folder of parts is known, and by which a worker sees that it has the same folder."""
_OURS = ("read", "found", "tables", "scratch", "plan.db", "plan.db.new", "plan.db.new-journal", "bands.db")


@dataclass(frozen=True, slots=True)
class Folder:
    """The folder of a run.

    Attributes:
        path: where it is, absolute.
    """

    path: Path

    @property
    def read(self) -> Path:
        """Parts with reports as they were read."""
        return self.path / "read"

    @property
    def found(self) -> Path:
        """Parts with what was found in reports."""
        return self.path / "found"

    @property
    def scratch(self) -> Path:
        """What the engine keeps while it runs."""
        return self.path / "scratch"

    @property
    def tables(self) -> Path:
        """Parquet files in the making."""
        return self.path / "tables"

    @property
    def plan(self) -> Path:
        """Which report is where, under which id."""
        return self.path / "plan.db"

    @property
    def bands(self) -> Path:
        """The index of texts by their sketches, while repeats are looked for."""
        return self.path / "bands.db"

    def clear(self) -> None:
        """Remove what runs have made in it, the mark last; the folder itself where nothing else is in it."""
        for name in _OURS:
            there = self.path / name
            if there.is_dir():
                shutil.rmtree(there, ignore_errors=True)
            else:
                there.unlink(missing_ok=True)
        (self.path / MARK).unlink(missing_ok=True)
        if not any(self.path.iterdir()):
            self.path.rmdir()


@contextmanager
def taken(path: Path) -> Iterator[Folder]:
    """The folder, made where there is none; no other run can take it meanwhile.

    Raises:
        WorkFolderInvalid: another run is in it, or it holds other things.
    """
    folder = Folder(path.absolute())
    try:
        if path.is_dir() and any(path.iterdir()) and not (path / MARK).is_file():
            raise WorkFolderInvalid(
                f"{path} holds other things than parts of a run", value=str(path), hint="name another folder: --work"
            )
        for one in (folder.read, folder.found, folder.scratch):
            one.mkdir(parents=True, exist_ok=True)
        mark = (path / MARK).open("a", encoding="utf-8")
    except OSError as error:
        raise WorkFolderInvalid(
            f"{path} cannot be used for parts ({error.strerror})", value=str(path), hint="name another folder: --work"
        ) from error
    with mark:
        try:
            fcntl.flock(mark, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise WorkFolderInvalid(
                f"another run is using {path}", value=str(path), hint="wait for it, or name another folder: --work"
            ) from error
        yield folder
