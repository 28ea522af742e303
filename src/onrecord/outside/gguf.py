"""A model from a GGUF file on this machine, run by llama.cpp within this process.

Comes in: a system text, a question, a schema. Goes out: :class:`~onrecord.outside.models.Reply`. The schema becomes a
grammar, so that the model cannot write anything else; what the words say is checked all the same.
``llama-cpp-python`` is not among the dependencies: who has such a file installs it, or starts llama.cpp's own server
and names it with ``local:``.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from onrecord.errors import ExtractorInvalid, OutsideBroken, OutsideUnavailable
from onrecord.outside.models import Reply, Schema

MAGIC = b"GGUF"
WINDOW = 16384
"""Tokens that the model is given room for: the rules, a part, and the answer; less where it was made for less."""
TOKENS = 2048
"""Tokens that an answer may have."""
TIMEOUT = 600.0
"""Seconds that one answer may take: a laptop writes a few tokens a second."""
_ENDS = 1 << 20


class FileModel:
    """A model from a file.

    Args:
        path: the file.
        timeout: seconds that one answer may take.
        clock: time; tests give their own.

    Raises:
        ExtractorInvalid: there is no such file, it is no GGUF, or llama.cpp is not installed or cannot load it.
    """

    def __init__(
        self, path: Path, *, timeout: float = TIMEOUT, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._label = f"{path.stem}.{_digest(path)}@file"
        self._timeout = timeout
        self._clock = clock
        self._model = _loaded(path)

    @property
    def name(self) -> str:
        """The file's stem with a digest of its ends, so that another file under the name is another model."""
        return self._label

    def ask(self, system: str, user: str, schema: Schema) -> Reply:
        """Put one question.

        Raises:
            OutsideUnavailable: it took too long.
            OutsideBroken: the question does not fit into the model's window, or llama.cpp fails.
        """
        began = self._clock()
        words: list[str] = []
        count, end = 0, None
        try:
            pieces = self._model.create_chat_completion(
                messages=[{"role": "system", "content": system}, {"role": "user", "content": user}],
                response_format={"type": "json_object", "schema": schema},
                temperature=0.0,
                max_tokens=TOKENS,
                stream=True,
            )
            for piece in pieces:
                choice = piece["choices"][0]
                written = choice["delta"].get("content")
                words.append(written or "")
                count += bool(written)
                end = choice.get("finish_reason") or end
                if self._clock() - began > self._timeout:
                    raise OutsideUnavailable(
                        f"{self.name} gives no answer: nothing whole within {self._timeout:g} s",
                        value=self.name,
                        hint="name a smaller model",
                    )
        except (RuntimeError, ValueError, KeyError, IndexError, TypeError) as fault:
            told = " ".join(str(fault).split())[:160]
            raise OutsideBroken(f"{self.name} fails: {told}", value=self.name, hint="name another model") from fault
        asked = len(self._model.tokenize(f"{system}\n{user}".encode("utf-8", "replace")))
        return Reply("".join(words), end != "length", asked, count, self._clock() - began)


def _digest(path: Path) -> str:
    """Eight digits for a file: of its size, its first and its last megabyte. Reading gigabytes would take minutes."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(_ENDS)
            file.seek(max(0, size - _ENDS))
            tail = file.read(_ENDS)
    except OSError as fault:
        raise ExtractorInvalid(
            f"{path} cannot be read: {fault.strerror}", value=str(path), hint="name a GGUF file"
        ) from fault
    if head[:4] != MAGIC:
        raise ExtractorInvalid(f"{path} is no GGUF file", value=str(path), hint="name a GGUF file")
    return hashlib.sha256(str(size).encode() + head + tail).hexdigest()[:8]


def _loaded(path: Path) -> Any:
    try:
        from llama_cpp import Llama
    except ImportError as fault:
        raise ExtractorInvalid(
            "a GGUF file needs llama-cpp-python, which is not installed",
            value=str(path),
            hint="install it, or start llama.cpp's server on the file and write local:MODEL@http://127.0.0.1:8080/v1",
        ) from fault
    try:
        return Llama(model_path=str(path), n_ctx=WINDOW, seed=0, verbose=False)
    except (ValueError, RuntimeError, OSError) as fault:
        told = " ".join(str(fault).split())[:160]
        raise ExtractorInvalid(
            f"{path} cannot be loaded: {told}", value=str(path), hint="name another file"
        ) from fault
