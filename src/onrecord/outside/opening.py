"""A named model made ready, with the key that the environment holds for it.

Comes in: the option's words, the environment. Goes out: a model. The key is read here and handed to the model alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

from onrecord.outside.models import Model
from onrecord.outside.naming import OPENAI, named

KEY = "ONRECORD_EXTRACTOR_KEY"
"""The variable of the environment that holds the key for the address that the user names."""
OPENAI_KEY = "OPENAI_API_KEY"
"""Taken for OpenAI's own host alone: another host must not get it because it lies about."""


def open_model(words: str, environment: Mapping[str, str]) -> Model:
    """The model that an option names.

    Args:
        words: the option.
        environment: variables, as in ``os.environ``.

    Raises:
        ExtractorInvalid: the option has none of its forms, or the file cannot be used.
    """
    told = named(words)
    if told.path is not None:
        from onrecord.outside.gguf import FileModel

        return FileModel(told.path)
    key = environment.get(KEY, "").strip()
    if not key and urlsplit(told.url).hostname == urlsplit(OPENAI).hostname:
        key = environment.get(OPENAI_KEY, "").strip()
    # Imported here: the client takes a tenth of a second to load, and only those who name a server need it.
    from onrecord.outside.served import ServedModel

    return ServedModel(told, key=key or None)
