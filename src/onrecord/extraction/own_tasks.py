"""Tasks of the story's own: wordings such as "phase out coal" or "Patriot batteries" -> deeds of that task.

In: a scene, the deeds of the vocabulary, the story's wordings. Out: deeds, the story's in place of the vocabulary's
where both read the same words. A wording is a verb with its object, or a noun; it is matched by lemma, so that
"phasing out its coal plants" is read by "phase out coal".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Token

from onrecord.extraction.deeds import Deed
from onrecord.extraction.fact_figures import share_in
from onrecord.extraction.parsing import Parser
from onrecord.extraction.positions import Draft
from onrecord.extraction.quantities import Figure
from onrecord.extraction.resources import complements, performers_of
from onrecord.extraction.scene import Scene

_TELLING = frozenset({"NOUN", "PROPN", "ADJ", "VERB"})
_WITHIN = frozenset({"compound", "amod", "pobj", "dobj", "xcomp", "pcomp"})


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a task.

    Attributes:
        task: the task.
        verb: lemma of the verb, or "" for a noun.
        particle: its particle ("out"), or "".
        things: lemmas that must stand in its object; for a noun the noun first.
    """

    task: str
    verb: str
    particle: str
    things: tuple[str, ...]


def wordings(words: Mapping[str, Sequence[str]], parser: Parser) -> tuple[Wording, ...]:
    """The wordings of a story, parsed once; one that holds no word to go by is left out.

    Args:
        words: task -> wordings.
        parser: tokens and grammar of a text.
    """
    found = []
    for task, told in words.items():
        for one in told:
            made = _wording(task, one, parser)
            if made is not None:
                found.append(made)
    return tuple(found)


def _wording(task: str, words: str, parser: Parser) -> Wording | None:
    # Within a sentence the parser tells verb from noun ("They agreed to cut emissions.").
    doc = parser(f"They agreed to {words}.")
    inside = [t for t in doc if t.idx >= len("They agreed to ") and not t.is_punct]
    verb = next((t for t in inside[:1] if t.pos_ == "VERB" and t.tag_ == "VB"), None)
    if verb is None:
        nouns = [t for t in parser(f"The {words} was named.") if t.pos_ in {"NOUN", "PROPN", "ADJ"}]
        nouns = [t for t in nouns if t.lower_ in words.lower().replace("-", " ").split() or t.lower_ in words.lower()]
        heads = [t for t in nouns if t.head not in nouns] or nouns[-1:]
        return Wording(task, "", "", (_form(heads[0]), *(_form(t) for t in nouns if t not in heads))) if heads else None
    particle = next((t.lower_ for t in inside[1:] if t.dep_ == "prt" or (t.pos_ == "ADP" and t.i == verb.i + 1)), "")
    things = tuple(
        _form(t) for t in inside[1:] if t.pos_ in _TELLING and t.lower_ != particle and not t.is_stop
    )
    return Wording(task, verb.lemma_.lower(), particle, things)


def _form(token: Token) -> str:
    """The lemma, the same for a name and a noun: the parser leaves "Batteries" as it is where it takes it for one."""
    lemma = token.lemma_.lower()
    if token.pos_ == "PROPN" and lemma.endswith("ies") and len(lemma) > 4:
        return f"{lemma[:-3]}y"
    return lemma[:-1] if token.pos_ == "PROPN" and lemma.endswith("s") and not lemma.endswith("ss") else lemma


def with_own(scene: Scene, found: Sequence[Deed], known: Sequence[Wording]) -> list[Deed]:
    """The deeds of a report with the story's own, in order of the text.

    Args:
        scene: the report laid out.
        found: the deeds of the vocabulary's tasks.
        known: the story's wordings.
    """
    if not known:
        return list(found)
    own = [deed for token in scene.tokens if (deed := _deed(scene, token, known)) is not None]
    taken = {d.token.i for d in own}
    held = {t.i for d in own for t in d.token.subtree if not d.noun and d.object is not None and t.i >= d.token.i}
    nouns = {d.object.i for d in own if d.object is not None}
    kept = [
        d
        for d in found
        if d.token.i not in taken and not (d.noun and (d.token.i in held or d.token.i in nouns))
    ]
    verbs = {t.i for d in own if not d.noun for t in d.token.subtree}
    own = [d for d in own if not (d.noun and d.token.i in verbs)]
    return sorted([*kept, *own], key=lambda d: d.token.i)


def _deed(scene: Scene, token: Token, known: Sequence[Wording]) -> Deed | None:
    if token.pos_ == "VERB":
        here = list(complements(token))
        told = {_form(t) for t in here} | {_form(t) for t in token.subtree if t.dep_ in _WITHIN}
        particles = {c.lower_ for c in token.children if c.dep_ in {"prt", "prep", "advmod"}}
        for one in known:
            fits = one.verb == token.lemma_.lower() and (not one.particle or one.particle in particles)
            if one.verb and fits and set(one.things) <= told:
                target = next((t for t in (*here, *token.subtree) if _form(t) in one.things and t.pos_ != "VERB"), None)
                return Deed(token, one.task, target, (), target, False)
        return None
    if token.pos_ in {"NOUN", "PROPN"}:
        around = {_form(t) for t in token.subtree}
        for one in known:
            if not one.verb and one.things and _form(token) == one.things[0] and set(one.things) <= around:
                return Deed(token, one.task, token, performers_of(scene, token), token, True)
    return None


def with_shares(scene: Scene, drafts: Sequence[Draft], known: Sequence[Wording]) -> list[Draft]:
    """Drafts of the story's tasks with the share that the sentence gives ("cut emissions by 40 per cent")."""
    own = {one.task for one in known}
    return [_with_share(scene, d) if d.task in own and d.figure is None else d for d in drafts]


def _with_share(scene: Scene, draft: Draft) -> Draft:
    found = share_in(draft.at.sent)
    if found is None:
        return draft
    start, end, low, high = found
    return replace(draft, figure=Figure(low, high, "per cent", start, end))
