"""Passages retold with other states: so that the model learns how a stance is worded, not who took it."""

from __future__ import annotations

import random
from typing import Any

from onrecord.extraction.mentions import Gazetteer
from onrecord.vocabulary import Vocabulary

ROLES = ("name", "adjective", "capital", "people")


class Swapper:
    """Replaces the states of a passage by others, alike in every form (name, adjective, capital, people)."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._gazetteer = Gazetteer(vocabulary.surface_forms())
        self._forms: dict[str, dict[str, str]] = {}
        for actor in vocabulary.actors.values():
            if (
                actor.kind == "state"
                and actor.names
                and actor.adjectives
                and actor.capitals
                and actor.people
                and not actor.ambiguous
            ):
                self._forms[actor.id] = {
                    "name": actor.names[0],
                    "adjective": actor.adjectives[0],
                    "capital": actor.capitals[0],
                    "people": actor.people[0],
                }

    def swap(self, row: dict[str, Any], rng: random.Random) -> dict[str, Any]:
        """The passage with other states; its strings are replaced in the same way, so that they still stand
        in it."""
        mentions = [
            m for m in self._gazetteer.mentions(row["text"]) if m.role in ROLES and m.target in self._forms
        ]
        states = sorted({m.target for m in mentions if m.target})
        if not states:
            return row
        others = rng.sample([s for s in self._forms if s not in states], len(states))
        becomes = dict(zip(states, others, strict=True))
        old = [(m.start, m.end, self._forms[becomes[m.target]][m.role]) for m in mentions if m.target]

        def at(position: int, text: str) -> int:
            shift = 0
            for start, end, new in old:
                if end <= position:
                    shift += len(new) - (end - start)
                elif start < position:
                    return start + shift + len(new)
            return position + shift

        def retold(words: str | None) -> str:
            if not words:
                return words or ""
            start = row["text"].find(words)
            if start < 0:
                return words
            return new_text[at(start, row["text"]) : at(start + len(words), row["text"])]

        parts, last = [], 0
        for start, end, new in old:
            parts += [row["text"][last:start], new]
            last = end
        new_text = "".join([*parts, row["text"][last:]])
        positions = []
        for p in row["positions"]:
            q = dict(p)
            for key in ("holder_text", "performer_text", "object", "cue", "evidence"):
                q[key] = retold(p.get(key))
            q["conditions"] = [[k, retold(w)] for k, w in p.get("conditions") or []]
            if p.get("quantity") and len(p["quantity"]) > 3:
                q["quantity"] = [*p["quantity"][:3], retold(p["quantity"][3])]
            positions.append(q)
        return {**row, "text": new_text, "positions": positions}
