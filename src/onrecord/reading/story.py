"""``story.yaml`` -> Story: what the user says of the matter. Every fault names file, line and field.

In: a path. Out: :class:`onrecord.model.Story`. Read with PyYAML's nodes, which know their lines.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from pathlib import Path
from typing import cast

import yaml

from onrecord.model import Story, StoryCondition
from onrecord.model.story import ConditionState
from onrecord.reading.nodes import compose
from onrecord.reading.story_force import ForceNodes
from onrecord.reading.story_parts import Known, line_numbers

_TASK = re.compile(r"[a-z][a-z0-9_]{1,59}")
_KNOWN = frozenset(
    {
        "id", "name", "matter", "title", "names", "period", "as_of", "undertakings", "force", "conditions",
        "scenarios", "outlets", "sources", "notes",
    }
)  # fmt: skip
_CHANCES = {"met": 1.0, "not_met": 0.0}


_CONDITION = frozenset({"kind", "label", "description", "words", "named_by", "state", "since", "source"})
_STATES = ("met", "not_met", "unknown", "disputed")


def read_story(path: Path, known: Known | None = None) -> Story:
    """Read a story file.

    Args:
        path: the YAML file.
        known: what it may speak of.

    Raises:
        StoryInvalid: the file cannot be read, is no YAML, or a field does not hold what it must.
    """
    return _Reader(path.name, known or Known()).story(compose(path), path)


class _Reader(ForceNodes):
    """Walks the nodes of one story."""

    def story(self, root: yaml.Node | None, path: Path) -> Story:
        if root is None:
            self.fail(
                None, "story", "the file is empty", "examples/gaza-isf/story.yaml shows what belongs in it"
            )
        fields = self.fields(root, "story", _KNOWN)
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
            task_words=self.task_words(fields.get("undertakings")),
            conditions=conditions,
            scenarios=self.scenarios(fields.get("scenarios"), {c.id for c in conditions}),
            force=self.force(fields["force"]) if "force" in fields else None,
            outlets=self.outlets(fields.get("outlets")),
            as_of=self.day(fields.get("as_of"), "as_of"),
        )

    def undertakings(self, node: yaml.Node | None) -> dict[str, str]:
        """Task -> label. A task of the vocabulary needs a label alone, one of the story's own a label and words."""
        if node is None:
            return {}
        found = {}
        for task, told in self.mapping(node, "undertakings").items():
            field = f"undertakings.{task}"
            if not isinstance(told, yaml.MappingNode):
                found[self.one_of(task, self._known.tasks, "tasks", told, field)] = self.text(told, field)
                continue
            parts = self.mapping(told, field)
            for key, part in parts.items():
                if key not in {"label", "words"}:
                    self.fail(part, f"{field}.{key}", "there is no such field", "the fields are label, words")
            if not _TASK.fullmatch(task):
                self.fail(told, field, "is no name for a task", "small letters and underscores, as in phase_out_coal")
            if task not in self._known.tasks and "words" not in parts:
                self.fail(
                    told, f"{field}.words", "is missing", "say how reports put it, as in `words: [phase out coal]`"
                )
            label = self.text(parts["label"], f"{field}.label") if "label" in parts else task.replace("_", " ")
            found[task] = label
        return found

    def task_words(self, node: yaml.Node | None) -> dict[str, tuple[str, ...]]:
        """Task -> wordings, for those that have some."""
        found = {}
        for task, told in self.mapping(node, "undertakings").items() if node is not None else ():
            parts = self.mapping(told, f"undertakings.{task}") if isinstance(told, yaml.MappingNode) else {}
            if "words" in parts:
                found[task] = self.texts(parts["words"], f"undertakings.{task}.words")
        return found

    def conditions(self, node: yaml.Node | None) -> tuple[StoryCondition, ...]:
        if node is None:
            return ()
        return tuple(self.condition(name, body) for name, body in self.mapping(node, "conditions").items())

    def condition(self, name: str, body: yaml.Node) -> StoryCondition:
        """One condition with its state."""
        field = f"conditions.{name}"
        parts = self.fields(body, field, _CONDITION)
        if "kind" not in parts:
            self.fail(body, f"{field}.kind", "is missing", "name a condition kind, as in `kind: ceasefire`")
        kind = self.one_of(
            self.text(parts["kind"], f"{field}.kind"),
            self._known.condition_kinds,
            "condition_kinds",
            parts["kind"],
            f"{field}.kind",
        )
        state = self.text(parts["state"], f"{field}.state") if "state" in parts else None
        if state is not None and state not in _STATES:
            self.fail(
                parts["state"], f"{field}.state", f"{state!r} is no state", f"write {', '.join(_STATES)}"
            )
        if "since" in parts and state is None:
            self.fail(parts["since"], f"{field}.since", "there is no state that began then", "add `state: met`")
        return StoryCondition(
            id=name,
            kind=kind,
            label=self.text(parts["label"], f"{field}.label") if "label" in parts else name.replace("_", " "),
            words=self.texts(parts.get("words"), f"{field}.words"),
            named_by=self.actors(parts.get("named_by"), f"{field}.named_by"),
            state=cast("ConditionState | None", state),
            since=self.day(parts.get("since"), f"{field}.since"),
            source=self.told_by(parts.get("source")),
        )

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


__all__ = ["Known", "line_numbers", "read_story"]
