"""YAML nodes of a file that a user writes by hand, read with a check: every fault names file, line and field.

In: a path, then nodes of it. Out: texts, numbers, lists and mappings. It knows nothing of what they mean.
Nothing in the file is run.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, NoReturn

import yaml

from onrecord.errors import OnrecordError, StoryInvalid

LARGEST = 1_000_000
"""Bytes of a story file at most; a story is written by hand."""


def compose(path: Path) -> yaml.Node | None:
    """The root node of a file, None where it is empty.

    Raises:
        StoryInvalid: it cannot be read, is too large, or is no YAML.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise StoryInvalid(
                f"{path} is larger than a story can be",
                value=str(path),
                hint="a story has a few hundred lines",
            )
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise StoryInvalid(
            f"{path} cannot be read: {reason}", value=str(path), hint="name a YAML file in UTF-8"
        ) from error
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        hint = str(getattr(error, "problem", "") or "")
        raise StoryInvalid(f"{path.name}{line}: this is no YAML", value=str(path), hint=hint) from error


class Nodes:
    """Reads the nodes of one file.

    Args:
        name: of the file, for messages.
    """

    fault: ClassVar[type[OnrecordError]] = StoryInvalid
    """What a wrong field is refused with."""

    def __init__(self, name: str) -> None:
        self._name = name

    def fail(self, node: yaml.Node | None, field: str, what: str, hint: str = "") -> NoReturn:
        """Refuse a field.

        Raises:
            OnrecordError: always, of the kind of ``fault``; file, line and field are named.
        """
        line = f", line {node.start_mark.line + 1}" if node is not None else ""
        raise self.fault(f"{self._name}{line}, {field}: {what}", value=field, hint=hint)

    def mapping(self, node: yaml.Node, field: str) -> dict[str, yaml.Node]:
        """Name -> node, in the order of the file; no name may stand there twice."""
        if not isinstance(node, yaml.MappingNode):
            self.fail(node, field, "must be a list of `name: value`")
        found: dict[str, yaml.Node] = {}
        for key, value in node.value:
            name = str(key.value)
            if name in found:
                self.fail(key, f"{field}.{name}", "stands there twice")
            found[name] = value
        return found

    def text(self, node: yaml.Node, field: str) -> str:
        """A text that is not empty."""
        if not isinstance(node, yaml.ScalarNode) or not str(node.value).strip():
            self.fail(node, field, "must be a word or a sentence")
        return str(node.value).strip()

    def texts(self, node: yaml.Node | None, field: str) -> tuple[str, ...]:
        """A list of texts, or one text for a list of one; empty where there is no node."""
        if node is None:
            return ()
        if isinstance(node, yaml.ScalarNode):
            return (self.text(node, field),)
        if not isinstance(node, yaml.SequenceNode):
            self.fail(node, field, "must be a list")
        return tuple(self.text(n, f"{field}[{i}]") for i, n in enumerate(node.value))

    def number(self, node: yaml.Node, field: str) -> float:
        """A number of persons or a chance, zero or more; "13_000" and "13,000" are read."""
        words = str(node.value).replace("_", "").replace(",", "") if isinstance(node, yaml.ScalarNode) else ""
        try:
            value = float(words)
        except ValueError:
            self.fail(node, field, "must be a number")
        if not 0 <= value < 1e12:
            self.fail(node, field, f"{words} is no strength", "give a number of persons, zero or more")
        return value

    def numbers(self, node: yaml.Node | None, field: str) -> dict[str, float]:
        """Name -> number; empty where there is no node."""
        if node is None:
            return {}
        return {k: self.number(v, f"{field}.{k}") for k, v in self.mapping(node, field).items()}
