"""What the rules for background share: word lists, noun phrases, whose a thing is, and whether it is told as so.

In: tokens of a scene. Out: offsets, parties, :class:`Found`. Knows neither figures nor talks.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources

import yaml
from spacy.tokens import Token

from onrecord.extraction.grammar import form_of
from onrecord.extraction.periods import Period
from onrecord.extraction.scene import ACTOR_ROLES, Scene
from onrecord.model import FactKind, Span

DATED = re.compile(r"\b(?P<y>(?:19|20)\d\d)\b")
_UNCERTAIN = frozenset({"if", "unless", "whether", "until", "till", "once", "provided", "should"})
RELATIVE = frozenset({"who", "which", "that", "whom"})
_KEPT_LEFT = frozenset({"amod", "compound", "poss", "nmod", "det"})
_KEPT_RIGHT = frozenset({"of", "between", "with", "from", "on", "for"})


@functools.cache
def words() -> Mapping[str, frozenset[str]]:
    """The word lists of ``data/fact_words.yaml``, by name."""
    text = resources.files("onrecord.extraction").joinpath("data", "fact_words.yaml").read_text(encoding="utf-8")
    return {name: frozenset(str(w) for w in held) for name, held in yaml.safe_load(text).items()}


@dataclass(frozen=True, slots=True)
class Found:
    """A fact before its period and chain are known; tokens and offsets of the report."""

    kind: FactKind
    at: Token
    measure: tuple[int, int]
    subject: Token | None
    figure: tuple[int, int] | None = None
    low: float | None = None
    high: float | None = None
    unit: str | None = None
    period: Period | None = None
    contributed: bool = False


def told_as_so(at: Token) -> bool:
    """Whether the verbs over a token tell what is or was: no modal, no plan, no condition, no "not"."""
    node = at
    doing = False  # "80 per cent of the people need aid": what needs is counted, not what is needed
    for _ in range(12):
        if node.pos_ in {"VERB", "AUX"}:
            form = form_of(node)
            if form.modal or form.negated:
                return False
            if node.lemma_.lower() in words()["not_yet"] and node.i != at.i and not doing:
                return False
            if node.i != at.i and node.dep_ == "ROOT" and node.tag_ == "VB" and not form.words[1:]:
                return False  # an order
            marks = {c.lower_ for c in node.children if c.dep_ in {"mark", "advmod", "aux"}}
            if marks & _UNCERTAIN or (node.dep_ in {"xcomp", "advcl", "acl"} and "to" in marks):
                return False
        elif node.pos_ == "NOUN" and node.i != at.i and node.lemma_.lower() in words()["not_yet"]:
            return False
        if node.head.i == node.i:
            break
        doing = node.dep_ in {"nsubj", "nsubjpass"}
        node = node.head
    return True


def verb_over(token: Token) -> Token | None:
    """The verb that a token hangs under, or the token itself where it is one."""
    node = token
    while node.pos_ not in {"VERB", "AUX"} and node.head.i != node.i:
        node = node.head
    return node if node.pos_ in {"VERB", "AUX"} else None


def phrase(token: Token) -> tuple[int, int]:
    """Offsets of a noun with what stands before it and a short "of" phrase; times and clauses are left out."""
    left = token
    for child in token.lefts:
        if child.dep_ in _KEPT_LEFT and child.left_edge.i < left.i and not child.like_num:
            left = child.left_edge
    if left.dep_ == "det" and left.head.i == token.i and left.i + 1 < len(token.doc):
        left = left.nbor(1)
    right = token
    for child in token.rights:
        if child.dep_ == "prep" and child.lower_ in _KEPT_RIGHT and child.i == right.i + 1:
            edge = child.right_edge
            stops = [
                t.left_edge.i if t.dep_ in {"relcl", "acl"} else t.i
                for t in child.subtree
                if t.dep_ in {"relcl", "acl", "punct"} or DATED.fullmatch(t.text)
            ]
            if stops:
                edge = token.doc[max(child.i, min(stops) - 1)]
            while edge.i > child.i and edge.pos_ in {"ADP", "PUNCT", "CCONJ", "SPACE"}:
                edge = edge.nbor(-1)
            if child.i < edge.i <= child.i + 7:
                right = edge
    return left.idx, right.idx + len(right.text)


def whose(scene: Scene, token: Token) -> Token | None:
    """Whose a thing is: possessor, adjective or "of" phrase that names an actor."""
    for child in token.children:
        if child.dep_ in {"poss", "amod", "compound", "nmod"} and names(scene, child):
            return child
        if child.dep_ == "prep" and child.lower_ in {"of", "in", "by", "from"}:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    if names(scene, inner):
                        return inner
                    deep = whose(scene, inner)
                    if deep is not None:
                        return deep
    return None


def names(scene: Scene, token: Token) -> bool:
    """Whether a token names an actor or a place, or is a pronoun that stands for one."""
    mention = scene.mention_at(token)
    return (mention is not None and mention.role in {*ACTOR_ROLES, "place"}) or token.i in scene.pronouns


def subject_span(scene: Scene, token: Token | None) -> tuple[Span | None, str | None]:
    """The words that name a subject and the actor that it is; None for what is not known."""
    if token is not None and token.lower_ in RELATIVE:
        verb = verb_over(token)
        token = verb.head if verb is not None and verb.dep_ == "relcl" else None
    if token is None or (token.pos_ == "PRON" and token.i not in scene.pronouns):
        return None, None
    mention = scene.mention_at(token)
    if mention is not None:
        entity = mention.target if mention.role in ACTOR_ROLES else None
        return Span.of(scene.text, mention.start, mention.end), entity
    party = scene.pronouns.get(token.i) or scene.party(token)
    return Span.of(scene.text, *scene.phrase(token)), party.entity if party else None
