"""The force of a story file: what it needs, who cannot come, who waits for whom, whose command it is.

In: the node under ``force``. Out: :class:`onrecord.model.Force`. What only shows across fields, such as parties
that wait for each other in a circle, is for `onrecord.force.faults`.
"""

from __future__ import annotations

from collections.abc import Mapping

import yaml

from onrecord.model import Force, Requirement
from onrecord.reading.story_parts import StoryNodes

_FORCE = frozenset(
    {
        "strength", "phases", "tasks", "excluded", "barred_by", "consulted", "waits_for", "command", "area",
        "area_of_responsibility", "sources", "notes",
    }
)  # fmt: skip
_STRENGTH = frozenset({"required", "low", "high", "components"})
_AREA = frozenset({"command", "parties"})


class ForceNodes(StoryNodes):
    """Reads a story's force."""

    def force(self, node: yaml.Node) -> Force:
        """The force that the story needs."""
        parts = self.fields(node, "force", _FORCE)
        strength = {}
        if "strength" in parts:
            strength = self.fields(parts["strength"], "force.strength", _STRENGTH)
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
        area = {}
        if "area_of_responsibility" in parts:
            area = self.fields(parts["area_of_responsibility"], "force.area_of_responsibility", _AREA)
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
            barred_by=self._lists(parts, "barred_by"),
            consulted=self.actors(parts.get("consulted"), "force.consulted"),
            command=self.text(parts["command"], "force.command") if "command" in parts else "",
            area=self.text(parts["area"], "force.area") if "area" in parts else "",
            waits_for=self._lists(parts, "waits_for"),
            responsibility=self.actors(area.get("parties"), "force.area_of_responsibility.parties"),
            responsibility_of=self.text(area["command"], "force.area_of_responsibility.command")
            if "command" in area
            else "",
        )

    def _lists(self, parts: Mapping[str, yaml.Node], key: str) -> dict[str, tuple[str, ...]]:
        """Actor -> actors."""
        return {
            self.actor(a, n, f"force.{key}.{a}"): self.actors(n, f"force.{key}.{a}")
            for a, n in self._pairs(parts, key)
        }

    def _pairs(self, parts: Mapping[str, yaml.Node], key: str) -> list[tuple[str, yaml.Node]]:
        return list(self.mapping(parts[key], f"force.{key}").items()) if key in parts else []

    def source(self, node: yaml.Node | None) -> str:
        """Where the required strength is from, as written under ``force.sources``."""
        if node is None or not isinstance(node, yaml.MappingNode):
            return ""
        for key, value in node.value:
            if str(key.value).startswith("strength"):
                return self.told_by(value)
        return ""
