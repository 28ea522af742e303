"""Names of speakers and outlets as keys, so that the same one is known again under another wording.

Comes in: links of a chain and the vocabulary. Goes out: keys to compare and names to show. Nobody is guessed:
two wordings meet only where nothing but titles, articles, numbers and the party's own name tells them apart.
"""

from __future__ import annotations

import re

from onrecord.model import ChainLink
from onrecord.vocabulary import Vocabulary

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
# Words that do not tell one office or group of officials from another: articles, counts, the verb's
# leftovers.
_PLAIN = frozenset(
    [
        "a",
        "an",
        "the",
        "of",
        "in",
        "for",
        "to",
        "at",
        "on",
        "by",
        "its",
        "his",
        "her",
        "their",
        "our",
        "own",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "several",
        "some",
        "many",
        "unnamed",
        "anonymous",
        "senior",
        "top",
        "high",
        "ranking",
        "familiar",
        "with",
        "who",
        "matter",
        "talks",
        "knowledge",
        "speaking",
        "condition",
        "anonymity",
        "named",
        "has",
        "been",
        "is",
        "are",
        "country",
        "country's",
        "government's",
        "told",
    ]
)
_PLURAL = re.compile(r"(?<=[^s])s$")


class Speakers:
    """Keys of speakers and outlets, each worked out once.

    Args:
        vocabulary: for outlets by name and for the names of parties.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._outlets: dict[str, str] = {}
        self._speakers: dict[tuple[str, str, str | None], str] = {}
        self._party_words: dict[str, frozenset[str]] = {}

    def outlet(self, name: str) -> str:
        """The key of an outlet: its id in the vocabulary, else its name without case and article."""
        key = self._outlets.get(name)
        if key is None:
            known = self._vocabulary.outlet_by_name(name)
            key = known.id if known else " ".join(name.split()).casefold().removeprefix("the ")
            self._outlets[name] = key
        return key

    def speaker(self, link: ChainLink) -> str:
        """The key of a speaker: surname for a person, words of the office or group for the others.

        Example:
            >>> from onrecord.vocabulary import load
            >>> speakers = Speakers(load())
            >>> speakers.speaker(ChainLink("Hikmet Hajiyev", "named_person", "AZE"))
            'AZE:hajiyev'
            >>> speakers.speaker(ChainLink("three US defence officials", "anonymous", "USA"))
            'USA:defence official'
            >>> speakers.speaker(ChainLink("US defence officials", "anonymous", "USA"))
            'USA:defence official'
        """
        place = (link.name, link.kind, link.entity)
        key = self._speakers.get(place)
        if key is None:
            key = self._speakers[place] = self._key(link)
        return key

    def _key(self, link: ChainLink) -> str:
        words = [w.casefold().removesuffix("'s").removesuffix("’s") for w in _WORD.findall(link.name)]
        if link.kind == "named_person" and words:
            return f"{link.entity or ''}:{words[-1]}"
        own = self._words_of(link.entity) if link.entity else frozenset()
        telling = sorted({_PLURAL.sub("", w) for w in words if w not in _PLAIN and w not in own})
        return f"{link.entity or ''}:{' '.join(telling)}"

    def _words_of(self, actor_id: str) -> frozenset[str]:
        found = self._party_words.get(actor_id)
        if found is None:
            actor = self._vocabulary.actors.get(actor_id)
            forms = (
                (
                    *actor.names,
                    *actor.abbreviations,
                    *actor.adjectives,
                    *actor.people,
                    *actor.capitals,
                    *actor.seats,
                )
                if actor
                else (actor_id,)
            )
            found = frozenset(w.casefold() for form in forms for w in _WORD.findall(form))
            self._party_words[actor_id] = found
        return found
