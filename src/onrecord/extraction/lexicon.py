"""The words that the extraction goes by, read once from the YAML files beside it.

In: nothing. Out: frozen sets and tables. The lists are of single lemmas, lower case; multi-word wordings
are handled where they are looked for.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml


def word_set(words: str) -> frozenset[str]:
    """The words of a line or block, parted by white space.

    Example:
        >>> sorted(word_set("until if"))
        ['if', 'until']
    """
    return frozenset(words.split())


def _read(name: str) -> Any:
    text = resources.files("onrecord.extraction").joinpath("data", name).read_text(encoding="utf-8")
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))


@dataclass(frozen=True, slots=True)
class Nouns:
    """Nouns by what they are: speakers, bodies, media, documents, forces, resources."""

    offices: frozenset[str]
    unnamed: frozenset[str]
    bodies: frozenset[str]
    media: frozenset[str]
    documents: frozenset[str]
    outsiders: frozenset[str]
    forces: frozenset[str]
    group_states: frozenset[str]
    resources: Mapping[str, frozenset[str]]

    @property
    def speakers(self) -> frozenset[str]:
        """Nouns that speak for whom their phrase names."""
        return self.offices | self.unnamed | self.bodies


@functools.cache
def nouns() -> Nouns:
    """The nouns of ``data/nouns.yaml``."""
    data = _read("nouns.yaml")
    return Nouns(
        offices=frozenset(data["persons_named_by_office"]),
        unnamed=frozenset(data["unnamed_persons"]),
        bodies=frozenset(data["bodies"]),
        media=frozenset(data["media"]),
        documents=frozenset(data["documents"]),
        outsiders=frozenset(data["outsiders"]),
        forces=frozenset(data["forces"]),
        group_states=frozenset(data["states_as_group"]),
        resources={k: frozenset(v) for k, v in data["resources"].items()},
    )


@dataclass(frozen=True, slots=True)
class Cue:
    """A word that carries a stance towards a deed.

    Attributes:
        stance: the stance where it is affirmed.
        negated: the stance where it is denied ("has not agreed"), or None for no stance.
        toward: ``own`` (the subject would do the deed), ``other`` (another would) or ``either``.
        other: the stance where another would do it, for ``either``.
        other_negated: likewise, negated.
        alone: whether it is a stance without a deed of its own, on what the text is about ("objected").
    """

    stance: str
    negated: str | None
    toward: str
    other: str | None = None
    other_negated: str | None = None
    alone: bool = False


@dataclass(frozen=True, slots=True)
class DeedWord:
    """A verb or noun that names a deed.

    Attributes:
        task: the task, or None where the object decides (``send``).
        frame: how the object decides: ``send``, ``home``, ``keep``, ``pay``, ``train``, ``join``, ``object``
            (needs one of ``objects``), ``free``.
        objects: words of which one must stand in the object or complement, empty for none.
    """

    task: str | None
    frame: str
    objects: frozenset[str]


@functools.cache
def cues() -> Mapping[str, Mapping[str, Cue]]:
    """Part of speech (``verb``, ``adjective``, ``noun``) -> lemma -> cue, from ``data/cues.yaml``."""
    table: dict[str, dict[str, Cue]] = {}
    for part, groups in _read("cues.yaml").items():
        table[part] = {}
        for group in groups:
            cue = Cue(
                stance=group["stance"],
                negated=group.get("negated"),
                toward=group.get("toward", "own"),
                other=group.get("other"),
                other_negated=group.get("other_negated"),
                alone=group.get("alone", False),
            )
            for word in group["words"]:
                table[part][str(word)] = cue
    return table


@functools.cache
def deeds() -> Mapping[str, Mapping[str, tuple[DeedWord, ...]]]:
    """Part of speech -> lemma -> deeds, from ``data/deeds.yaml``."""
    table: dict[str, dict[str, list[DeedWord]]] = {}
    for part, groups in _read("deeds.yaml").items():
        table[part] = {}
        for group in groups:
            deed = DeedWord(
                task=group.get("task"),
                frame=group.get("frame", "free"),
                objects=frozenset(str(x) for x in group.get("objects", ())),
            )
            for word in group["words"]:
                table[part].setdefault(str(word), []).append(deed)
    return {p: {w: tuple(d) for w, d in words.items()} for p, words in table.items()}


@functools.cache
def condition_words() -> Mapping[str, tuple[str, ...]]:
    """Condition kind -> regular expressions that tell it, in order, from ``data/condition_words.yaml``."""
    return {kind: tuple(words) for kind, words in _read("condition_words.yaml").items()}


@functools.cache
def speech_verbs() -> frozenset[str]:
    """Lemmas of verbs of saying, from ``data/speech.yaml``."""
    return frozenset(_read("speech.yaml")["verbs"])
