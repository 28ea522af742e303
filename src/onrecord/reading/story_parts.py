"""What the readers of a story's parts share: names checked against the vocabulary, days, fields that exist.

In: YAML nodes of a story file. Out: checked names and days; every fault names file, line and field.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from onrecord.reading.nodes import Nodes, compose


@dataclass(frozen=True, slots=True)
class Known:
    """What a story may speak of; an empty collection accepts everything.

    Attributes:
        tasks, condition_kinds, actors: ids of the vocabulary.
        suggest: nearest known names to a wrong one, best first, by (word, among).
    """

    tasks: Collection[str] = ()
    condition_kinds: Collection[str] = ()
    actors: Collection[str] = ()
    suggest: Callable[[str, str], Collection[str]] = lambda word, among: ()


class StoryNodes(Nodes):
    """Nodes of a story file.

    Args:
        name: of the file, for messages.
        known: what it may speak of.
    """

    def __init__(self, name: str, known: Known) -> None:
        super().__init__(name)
        self._known = known

    def fields(self, node: yaml.Node, field: str, allowed: Collection[str]) -> dict[str, yaml.Node]:
        """The fields of a part, each of which must be one that exists."""
        found = self.mapping(node, field)
        for key, value in found.items():
            if key not in allowed:
                near = difflib.get_close_matches(key, sorted(allowed), 1)
                hint = f"did you mean {near[0]!r}?" if near else f"the fields are {', '.join(sorted(allowed))}"
                self.fail(value, f"{field}.{key}" if field != "story" else key, "there is no such field", hint)
        return found

    def one_of(self, word: str, among: Collection[str], kind: str, node: yaml.Node, field: str) -> str:
        """A name of the vocabulary."""
        if among and word not in among:
            near = list(self._known.suggest(word, kind))
            self.fail(
                node,
                field,
                f"there is no {kind[:-1].replace('_', ' ')} {word!r}",
                f"did you mean {near[0]!r}?" if near else "",
            )
        return word

    def actor(self, word: str, node: yaml.Node, field: str) -> str:
        """An actor, or a group of them."""
        if word.startswith("group:"):
            return word
        return self.one_of(word, self._known.actors, "actors", node, field)

    def actors(self, node: yaml.Node | None, field: str) -> tuple[str, ...]:
        """A list of actors; empty where there is no node."""
        if not isinstance(node, yaml.SequenceNode):
            return tuple(self.actor(a, node, field) for a in self.texts(node, field)) if node else ()
        return tuple(
            self.actor(self.text(one, f"{field}[{i}]"), one, f"{field}[{i}]") for i, one in enumerate(node.value)
        )

    def told_by(self, node: yaml.Node | None) -> str:
        """A source as written: a text, or the texts of a mapping such as ``{report: ID}``; "" where none is."""
        if isinstance(node, yaml.ScalarNode):
            return str(node.value).strip()
        if not isinstance(node, yaml.MappingNode):
            return ""
        return ", ".join(str(v.value) for _, v in node.value if isinstance(v, yaml.ScalarNode))

    def day(self, node: yaml.Node | None, field: str) -> date | None:
        """A day, as in 2026-03-31; None where there is no node."""
        if node is None:
            return None
        words = self.text(node, field)
        try:
            return date.fromisoformat(words)
        except ValueError:
            self.fail(node, field, f"{words!r} is no day", "write it as 2026-03-31")


def line_numbers(path: Path) -> Mapping[str, int]:
    """The line on which each field of a file stands, by its dotted path; for faults found after reading.

    Raises:
        StoryInvalid: the file cannot be read, or is no YAML.
    """
    found: dict[str, int] = {}

    def walk(node: yaml.Node | None, path: str) -> None:
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                name = f"{path}.{key.value}" if path else str(key.value)
                found.setdefault(name, key.start_mark.line + 1)
                walk(value, name)

    walk(compose(path), "")
    return found
