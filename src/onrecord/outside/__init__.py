"""A language model from outside as an extractor: off by default, held to the contract, every word of it checked.

Comes in: a report, the vocabulary, a model (an OpenAI-compatible address, or a GGUF file on this machine). Goes out:
positions whose every attribute stands in the text, what was dropped and why, and what it cost. It must not know how
the built-in extraction works, nor the ledger: what was answered before comes in as an argument.
"""

from onrecord.outside.answers import Dropped
from onrecord.outside.models import Kept, Model, Reply
from onrecord.outside.naming import Named, named
from onrecord.outside.opening import KEY, open_model
from onrecord.outside.prompt import PROMPT
from onrecord.outside.reader import OutsideReader, OutsideReading, Readers, Spent

__all__ = [
    "KEY",
    "PROMPT",
    "Dropped",
    "Kept",
    "Model",
    "Named",
    "OutsideReader",
    "OutsideReading",
    "Readers",
    "Reply",
    "Spent",
    "named",
    "open_model",
]
