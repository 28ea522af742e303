"""Folders and files named on the command line, to the files to read, in an order that does not hang on the
disk.

What comes in: paths. What goes out: files with the way to read each, and an issue for what was passed over.
It opens nothing.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from onrecord.errors import ReportUnreadable
from onrecord.model import Issue
from onrecord.reading.draft import note

Kind = Literal["text", "page", "json lines", "web archive", "parquet", "unknown"]
Packing = Literal["", "gzip", "zstandard"]

_KINDS: dict[str, Kind] = {
    ".txt": "text",
    ".md": "text",
    ".html": "page",
    ".htm": "page",
    ".jsonl": "json lines",
    ".warc": "web archive",
    ".parquet": "parquet",
}
_PACKINGS: dict[str, Packing] = {".gz": "gzip", ".zst": "zstandard"}
_MAY_BE_PACKED = ("json lines", "web archive")

LONGEST = 300
"""Code points of a path that does not lead anywhere, shown in a message."""
DEEPEST = 100
"""Folders within folders that are walked; the interpreter gives up near a thousand, and no archive is filed so."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read.

    Attributes:
        path: where it is.
        where: what to call it in messages.
        kind: how to read it; "unknown" for a file that was named by itself and is tried as text.
        stem: its name without what tells its kind.
        packing: what it is compressed with, "" where it is not.
    """

    path: Path
    where: str
    kind: Kind
    stem: str
    packing: Packing = ""


def find(inputs: Sequence[Path]) -> Iterator[Found | Issue]:
    """The files that the inputs hold, each once.

    Folders are walked to the bottom. Hidden files, links that lead out of the folder and what is no file are
    passed over, files of kinds that are not read too; each folder given says so in one issue of each sort.
    The order is that of the names, whatever the order of the arguments or of the disk.
    """
    seen: set[str] = set()
    for path in sorted(set(inputs), key=os.fspath):
        if _asked(path.is_dir):
            yield from _folder(path, seen)
        elif _asked(path.is_file):
            if _first(path, seen):
                yield _found(path, str(path))
        else:
            what = "is neither a file nor a folder" if _asked(path.exists) else "is not there"
            shown = _shown(path)[:LONGEST]
            yield Issue(ReportUnreadable.code, shown, f"{shown} {what}", "look at how it is spelled")


def _asked(question: Callable[[], bool]) -> bool:
    """The answer; no, where the system refuses the question (a name that is too long for it)."""
    try:
        return question()
    except OSError:
        return False


def kind_of(name: str) -> tuple[Kind, Packing]:
    """How to read a file of that name, and what it is compressed with.

    Example:
        >>> kind_of("feed.jsonl.gz"), kind_of("Rome.HTM"), kind_of("photo.png")
        (('json lines', 'gzip'), ('page', ''), ('unknown', ''))
    """
    low = Path(name.lower())
    packing = _PACKINGS.get(low.suffix, "")
    kind = _KINDS.get(low.with_suffix("").suffix if packing else low.suffix, "unknown")
    return ("unknown", "") if packing and kind not in _MAY_BE_PACKED else (kind, packing)


def _shown(path: Path) -> str:
    """The path in characters that can be written."""
    return os.fspath(path).encode("utf-8", "replace").decode("utf-8")


def _found(path: Path, where: str) -> Found:
    kind, packing = kind_of(path.name)
    stem = Path(path.stem).stem if packing else path.stem
    shown = where.encode("utf-8", "replace").decode("utf-8")
    return Found(path, shown, kind, stem.encode("utf-8", "replace").decode("utf-8"), packing)


def _first(path: Path, seen: set[str]) -> bool:
    """Whether the file was not met before under this or another name."""
    real = os.path.realpath(path)
    if real in seen:
        return False
    seen.add(real)
    return True


def _folder(folder: Path, seen: set[str]) -> Iterator[Found | Issue]:
    files: list[Path] = []
    hidden, leaving, odd, deep = 0, [], [], 0
    failed: list[OSError] = []
    root = os.path.realpath(folder)
    others: Counter[str] = Counter()
    for here, folders, names in os.walk(folder, onerror=failed.append):
        hidden += sum(x.startswith(".") for x in [*folders, *names])
        folders[:] = [x for x in folders if not x.startswith(".")]
        leaving += [Path(here, x) for x in folders if _leaves(Path(here, x), root)]
        if len(Path(here).parts) - len(folder.parts) >= DEEPEST:
            deep += len(folders)
            folders[:] = []
        for path in (Path(here, x) for x in names if not x.startswith(".")):
            if _leaves(path, root):
                leaving.append(path)
            elif not _asked(path.is_file):
                odd.append(path)
            elif kind_of(path.name)[0] == "unknown":
                others[path.suffix.lower() or "no suffix"] += 1
            else:
                files.append(path)
    for path in sorted(files, key=lambda x: x.relative_to(folder).as_posix()):
        if _first(path, seen):
            yield _found(path, str(path))
    if deep:
        message = f"{deep} {'folder lies' if deep == 1 else 'folders lie'} more than {DEEPEST} folders deep"
        yield note(_shown(folder), message, "name it to read it")
    yield from _passed_over(_shown(folder), hidden, leaving, odd, others, failed)


def _leaves(path: Path, root: str) -> bool:
    """Whether it is a link to something outside the folder."""
    if not path.is_symlink():
        return False
    real = os.path.realpath(path)
    return real != root and not real.startswith(root.rstrip(os.sep) + os.sep)


def _passed_over(
    where: str,
    hidden: int,
    leaving: list[Path],
    odd: list[Path],
    others: Counter[str],
    failed: list[OSError],
) -> Iterator[Issue]:
    if others:
        kinds = ", ".join(f"{count} {suffix}" for suffix, count in sorted(others.items()))
        total = sum(others.values())
        what = "file of a kind that is" if total == 1 else "files of kinds that are"
        message = f"{total} {what} not read: {kinds}"
        yield note(where, message, "save articles as .txt, .md, .html or .jsonl")
    if hidden:
        what = "file or folder was" if hidden == 1 else "files or folders were"
        yield note(where, f"{hidden} hidden {what} passed over")
    for path in sorted(leaving):
        message = f"{_shown(path)} is a link that leads out of the folder"
        yield note(_shown(path), message, "name its target to read it")
    for path in sorted(odd):
        yield note(_shown(path), f"{_shown(path)} is no regular file, or a link to nothing")
    for error in sorted(failed, key=str):
        message = f"a folder cannot be opened ({error.strerror})"
        yield Issue(ReportUnreadable.code, where, message, "look at its permissions")
