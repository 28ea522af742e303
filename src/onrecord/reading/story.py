"""``story.yaml`` -> Story: what the user says of the matter. Every fault names file, line and field.

In: a path. Out: :class:`onrecord.model.Story`. Read with PyYAML's nodes, which know their lines.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from onrecord.model import Force, Requirement, Story, StoryCondition
from onrecord.reading.nodes import Nodes, compose

_KNOWN = frozenset(
    {
        "id", "name", "matter", "title", "names", "period", "as_of", "undertakings", "force", "conditions",
        "scenarios", "outlets", "sources", "notes",
    }
)  # fmt: skip
_CHANCES = {"met": 1.0, "not_met": 0.0}


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


def read_story(path: Path, known: Known | None = None) -> Story:
    """Read a story file.

    Args:
        path: the YAML file.
        known: what it may speak of.

    Raises:
        StoryInvalid: the file cannot be read, is no YAML, or a field does not hold what it must.
    """
    return _Reader(path.name, known or Known()).story(compose(path), path)


class _Reader(Nodes):
    """Walks the nodes of one story."""

    def __init__(self, name: str, known: Known) -> None:
        super().__init__(name)
        self._known = known

    def story(self, root: yaml.Node | None, path: Path) -> Story:
        if root is None:
            self.fail(
                None, "story", "the file is empty", "examples/gaza-isf/story.yaml shows what belongs in it"
            )
        fields = self.mapping(root, "story")
        for key, node in fields.items():
            if key not in _KNOWN:
                self.fail(node, key, "there is no such field", f"the fields are {', '.join(sorted(_KNOWN))}")
        matter = fields.get("matter")
        if matter is None:
            self.fail(root, "matter", "is missing", "name the force or affair, as in `matter: isf_gaza`")
        conditions = self.conditions(fields.get("conditions"))
        return Story(
            id=self.text(fields["id"], "id") if "id" in fields else path.parent.name or path.stem,
            matter=self.text(matter, "matter"),
            title=self.text(fields["title"], "title") if "title" in fields else path.parent.name,
            names=self.texts(fields.get("names"), "names"),
            undertakings=self.undertakings(fields.get("undertakings")),
            conditions=conditions,
            scenarios=self.scenarios(fields.get("scenarios"), {c.id for c in conditions}),
            force=self.force(fields["force"]) if "force" in fields else None,
            outlets=self.outlets(fields.get("outlets")),
        )

    def one_of(self, word: str, among: Collection[str], kind: str, node: yaml.Node, field: str) -> str:
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
        if word.startswith("group:"):
            return word
        return self.one_of(word, self._known.actors, "actors", node, field)

    def undertakings(self, node: yaml.Node | None) -> dict[str, str]:
        if node is None:
            return {}
        return {
            self.one_of(task, self._known.tasks, "tasks", label, f"undertakings.{task}"): self.text(
                label, f"undertakings.{task}"
            )
            for task, label in self.mapping(node, "undertakings").items()
        }

    def conditions(self, node: yaml.Node | None) -> tuple[StoryCondition, ...]:
        if node is None:
            return ()
        made = []
        for name, body in self.mapping(node, "conditions").items():
            field = f"conditions.{name}"
            parts = self.mapping(body, field)
            if "kind" not in parts:
                self.fail(
                    body, f"{field}.kind", "is missing", "name a condition kind, as in `kind: ceasefire`"
                )
            kind = self.one_of(
                self.text(parts["kind"], f"{field}.kind"),
                self._known.condition_kinds,
                "condition_kinds",
                parts["kind"],
                f"{field}.kind",
            )
            label = (
                self.text(parts["label"], f"{field}.label") if "label" in parts else name.replace("_", " ")
            )
            made.append(StoryCondition(name, kind, label, self.texts(parts.get("words"), f"{field}.words")))
        return tuple(made)

    def scenarios(self, node: yaml.Node | None, conditions: Collection[str]) -> dict[str, dict[str, float]]:
        if node is None:
            return {}
        found: dict[str, dict[str, float]] = {}
        for name, body in self.mapping(node, "scenarios").items():
            found[name] = {}
            for key, value in self.mapping(body, f"scenarios.{name}").items():
                field = f"scenarios.{name}.{key}"
                if (
                    key not in conditions
                    and self._known.condition_kinds
                    and key not in self._known.condition_kinds
                ):
                    self.fail(
                        value,
                        field,
                        "is neither a condition of this story nor a condition kind",
                        "name one of `conditions`, or a kind",
                    )
                words = str(value.value).strip() if isinstance(value, yaml.ScalarNode) else ""
                chance = _CHANCES.get(words)
                if chance is None:
                    chance = self.number(value, field)
                    if chance > 1:
                        self.fail(
                            value,
                            field,
                            f"{words} is no chance",
                            "write met, not_met or a number from 0 to 1",
                        )
                found[name][key] = chance
        return found

    def outlets(self, node: yaml.Node | None) -> dict[str, str]:
        if node is None:
            return {}
        found = {}
        for name, grade in self.mapping(node, "outlets").items():
            letter = self.text(grade, f"outlets.{name}").upper()
            if letter not in {"A", "B", "C", "D", "E", "F"}:
                self.fail(
                    grade,
                    f"outlets.{name}",
                    f"{letter!r} is no reliability grade",
                    "A to F, as in docs/reconciliation.md",
                )
            found[name] = letter
        return found

    def force(self, node: yaml.Node) -> Force:
        parts = self.mapping(node, "force")
        strength = self.mapping(parts["strength"], "force.strength") if "strength" in parts else {}
        required = (
            self.number(strength["required"], "force.strength.required") if "required" in strength else None
        )
        low = self.number(strength["low"], "force.strength.low") if "low" in strength else required
        high = self.number(strength["high"], "force.strength.high") if "high" in strength else required
        if low is not None and high is not None and low > high:
            self.fail(parts["strength"], "force.strength", f"low ({low:g}) is above high ({high:g})")
        tasks: dict[str, float | None] = {}
        for task, need in (self.mapping(parts["tasks"], "force.tasks") if "tasks" in parts else {}).items():
            self.one_of(task, self._known.tasks, "tasks", need, f"force.tasks.{task}")
            empty = isinstance(need, yaml.ScalarNode) and need.tag.endswith(":null")
            tasks[task] = None if empty else self.number(need, f"force.tasks.{task}")
        requirement = Requirement(
            low=low,
            high=high,
            source=self.source(parts.get("sources")),
            components=self.numbers(strength.get("components"), "force.strength.components"),
            phases=self.numbers(parts.get("phases"), "force.phases"),
            tasks=tasks,
        )
        return Force(
            requirement=requirement,
            excluded={
                self.actor(a, n, f"force.excluded.{a}"): self.text(n, f"force.excluded.{a}")
                for a, n in self._pairs(parts, "excluded")
            },
            barred_by={
                self.actor(a, n, f"force.barred_by.{a}"): tuple(
                    self.actor(b, n, f"force.barred_by.{a}") for b in self.texts(n, f"force.barred_by.{a}")
                )
                for a, n in self._pairs(parts, "barred_by")
            },
            consulted=tuple(
                self.actor(a, parts["consulted"], "force.consulted")
                for a in self.texts(parts.get("consulted"), "force.consulted")
            ),
            command=self.text(parts["command"], "force.command") if "command" in parts else "",
            area=self.text(parts["area"], "force.area") if "area" in parts else "",
        )

    def _pairs(self, parts: Mapping[str, yaml.Node], key: str) -> list[tuple[str, yaml.Node]]:
        return list(self.mapping(parts[key], f"force.{key}").items()) if key in parts else []

    def source(self, node: yaml.Node | None) -> str:
        """Where the required strength is from, as written under ``force.sources``."""
        if node is None or not isinstance(node, yaml.MappingNode):
            return ""
        for key, value in node.value:
            if str(key.value).startswith("strength"):
                if isinstance(value, yaml.ScalarNode):
                    return str(value.value)
                words = [str(v.value) for k, v in value.value if isinstance(v, yaml.ScalarNode)]
                return ", ".join(words)
        return ""
