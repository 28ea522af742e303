"""Writing a small file that only its owner may read, whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from onrecord.errors import OutputError


def write_private(path: Path, text: str) -> None:
    """Write a file with mode 0600: to a file beside it first, then moved into place.

    Raises:
        OutputError: it cannot be written; the file is then as it was.
    """
    name = ""
    try:
        # mkstemp gives a file that nobody else may read from the first byte on.
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        with os.fdopen(handle, "w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(name).replace(path)
    except OSError as error:
        if name:
            Path(name).unlink(missing_ok=True)
        raise OutputError(
            f"{path} cannot be written: {error.strerror}", value=str(path), hint="name another file"
        ) from error
