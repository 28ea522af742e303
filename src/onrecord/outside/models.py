"""What a model is to the room: something that answers a question within a schema.

Comes in: nothing. Goes out: the shapes that :mod:`~onrecord.outside.served` and :mod:`~onrecord.outside.gguf` fill.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer.

    Attributes:
        text: what the model wrote.
        whole: whether it came to its end by itself; false where it ran into the limit on length.
        tokens_in, tokens_out: what the model counted, or None where it does not tell.
        seconds: how long it took, retries and waits included.
        cost: what the service says it charged, in USD, or None.
    """

    text: str
    whole: bool = True
    tokens_in: int | None = None
    tokens_out: int | None = None
    seconds: float = 0.0
    cost: float | None = None


class Model(Protocol):
    """A model that can be asked."""

    @property
    def name(self) -> str:
        """The model and where it runs; answers are kept under it."""

    def ask(self, system: str, user: str, schema: Schema) -> Reply:
        """Answer one question.

        Raises:
            OutsideUnavailable: it cannot be reached, or gives nothing in time.
            OutsideBroken: what it gives is no answer.
        """


class Kept(Protocol):
    """Answers of earlier runs, by the digest of the question."""

    def known(self, question: str) -> Reply | None:
        """The answer to a question, or None where it was never given."""

    def keep(self, question: str, model: str, report: str, reply: Reply) -> None:
        """Keep an answer that could be read."""
