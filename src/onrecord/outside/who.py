"""Whether a party that a model names is the party of its words, and is in the report at all.

Comes in: an id or name as a model gives it, the words it points to, the report's text. Goes out: an actor's id, or
None. Only the vocabulary decides; what is in no file must be made of its own words.
"""

from __future__ import annotations

import re

from onrecord.vocabulary import SurfaceForm, Vocabulary

FOREIGN_FORCE = "group:foreign_force"
"""Foreign troops in general, as the export contract names them: the one party that needs no words of its own."""
_LONGEST = 7
"""Words of the longest surface form that is looked for in a short wording."""
_NAMING = frozenset({"name", "abbreviation", "adjective", "people", "capital", "seat", "body", "person", "misspelling"})
_WORD = re.compile(r"[\w&.’'-]+")


class Who:
    """The vocabulary's actors, ready for checking.

    Args:
        vocabulary: who is who.
    """

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._actors = vocabulary.actors
        self._as_written: dict[str, set[str]] = {}
        self._any_case: dict[str, set[str]] = {}
        self._forms: dict[str, list[SurfaceForm]] = {}
        self._names = {
            name.casefold(): actor.id
            for actor in self._actors.values()
            for name in (*actor.abbreviations, *actor.names)
        }
        for form in vocabulary.surface_forms():
            if form.role not in _NAMING or form.target not in self._actors:
                continue
            target = self._parent(form.target)
            table = self._as_written if form.case_sensitive else self._any_case
            key = form.text if form.case_sensitive else form.text.casefold()
            table.setdefault(key, set()).add(target)
            self._forms.setdefault(target, []).append(form)
            if target != form.target:
                self._forms.setdefault(form.target, []).append(form)

    def _parent(self, target: str) -> str:
        # A command acts for its state, an organ for its organisation.
        actor = self._actors[target]
        return actor.parent if actor.kind in {"command", "organ"} and actor.parent else target

    def targets(self, words: str) -> frozenset[str]:
        """The actors that a short wording names."""
        tokens = [(m.start(), m.end()) for m in _WORD.finditer(words)]
        found: set[str] = set()
        for i, (start, _) in enumerate(tokens):
            for _, end in tokens[i : i + _LONGEST]:
                piece = words[start:end]
                for one in (piece, piece.removesuffix("'s").removesuffix("’s").rstrip(".'’")):
                    found |= self._as_written.get(one, set()) | self._any_case.get(one.casefold(), set())
        return frozenset(found)

    def named_in(self, entity: str, text: str) -> bool:
        """Whether a text names an actor anywhere, in any way."""
        return any(_stands(form, text) for form in self._forms.get(entity, ()))

    def party(self, given: str, words: str, text: str) -> str | None:
        """The id of a party, or None where words and text do not bear it out.

        Args:
            given: the id or name that the model gave.
            words: the words it points to; they stand in the text.
            text: the report's text.

        An actor of the vocabulary must be the one that the words name; where they name none ("it", "the ministry"),
        the text must name it somewhere. Any other name must share a word with the words.
        """
        entity = self._known(given)
        told = self.targets(words)
        if entity is not None:
            if told:
                return entity if entity in told else None
            return entity if self.named_in(entity, text) else None
        if given.isupper() and len(given) == 3:
            return None  # a code that no state has
        slug = re.sub(r"[^a-z0-9]+", "_", given.removeprefix("group:").lower()).strip("_")
        mine = {w for w in slug.split("_") if len(w) > 2 or w.isdigit()}
        theirs = set(re.sub(r"[^a-z0-9]+", " ", words.lower()).split())
        if not mine & theirs:
            return None
        return f"group:{slug}" if given.startswith("group:") else slug

    def _known(self, given: str) -> str | None:
        for form in (given, given.upper(), given.lower()):
            if form in self._actors:
                return self._parent(form)
        found = self._names.get(given.casefold())
        return self._parent(found) if found else None


def _stands(form: SurfaceForm, text: str) -> bool:
    flags = re.NOFLAG if form.case_sensitive else re.IGNORECASE
    return re.search(rf"(?<!\w){re.escape(form.text)}(?!\w)", text, flags) is not None
