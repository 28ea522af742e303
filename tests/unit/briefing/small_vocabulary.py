"""A small vocabulary with the shape of `onrecord.briefing.Labels`, from ``data/small_vocabulary.yaml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import yaml

from onrecord.errors import UnknownName


@dataclass(frozen=True)
class SmallVocabulary:
    stances: dict[str, Any]
    tasks: dict[str, Any]
    condition_kinds: dict[str, Any]
    actors: dict[str, str]

    def label(self, actor_id: str) -> str:
        if actor_id not in self.actors:
            raise UnknownName(f"there is no actor {actor_id!r}", value=actor_id)
        return self.actors[actor_id]


_words = yaml.safe_load((Path(__file__).parent / "data" / "small_vocabulary.yaml").read_text("utf-8"))
LABELS = SmallVocabulary(
    stances={
        name: SimpleNamespace(label=label, polarity=polarity, gloss=gloss)
        for name, polarity, label, gloss in _words["stances"]
    },
    tasks={name: SimpleNamespace(label=label, gloss=gloss) for name, label, gloss in _words["tasks"]},
    condition_kinds={
        name: SimpleNamespace(label=label, gloss=gloss) for name, label, gloss in _words["condition_kinds"]
    },
    actors=_words["actors"],
)
