"""Whose account a sentence gives, where no verb of saying governs it: "in their telling", "with a spokesman saying".

In: a scene and words of a sentence. Out: parties, nearest to what is said first.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.grammar import subject_of
from onrecord.extraction.lexicon import speech_verbs, word_set
from onrecord.extraction.relays import audience, objects
from onrecord.extraction.sayings import PERSONS
from onrecord.extraction.scene import ACTOR_ROLES, Party, Scene
from onrecord.extraction.speakers import speaking_parties

_TELLINGS = word_set("account telling words version reckoning wording retelling rendering")
"""What somebody gives of a matter; a view or a reading of it may be the reporter's."""
_LEADING = frozenset({"in", "by", "on", "from"})
_SURFACING = word_set("emerge transpire")
_BACK = 2
"""How many sentences back "their" may reach for those whose telling it is."""


def accounts(scene: Scene, sentence: Passage) -> list[Party]:
    """Those whose account a sentence gives: "in X's telling", "by the account X gave", "it emerges from X's"."""
    found: list[Party] = []
    for token in sentence:
        if token.dep_ != "pobj":
            continue
        over = token.head
        if over.lower_ in _LEADING and token.lower_ in _TELLINGS:
            found += _tellers(scene, token)
        elif over.lower_ == "from" and over.head.lemma_.lower() in _SURFACING:
            found += [p for inner in (*_of(token), token) for p in speaking_parties(scene, inner)[:1]][:1]
    return found


def _tellers(scene: Scene, noun: Token) -> list[Party]:
    """Who gives an account, and to whom: the possessor, who it is "of", or who gave it."""
    for child in noun.children:
        if child.dep_ == "poss":
            return speaking_parties(scene, child)[:1] or _last_to_speak(scene, child)
    for verb in noun.sent:
        if verb.lemma_.lower() == "give" and any(c.lower_ == "that" and c.i == noun.i + 1 for c in verb.children):
            subject = subject_of(verb)
            return [*(speaking_parties(scene, subject)[:1] if subject is not None else ()), *audience(scene, verb)]
    return [p for inner in _of(noun) for p in speaking_parties(scene, inner)[:1]]


def _of(noun: Token) -> Iterator[Token]:
    return (inner for c in noun.children if c.dep_ == "prep" and c.lower_ == "of" for inner in objects(c))


def _last_to_speak(scene: Scene, pronoun: Token) -> list[Party]:
    """Those who spoke last before "their", where nobody is known for it: the unnamed stand for no state."""
    if pronoun.lower_ != "their":
        return []
    start = pronoun.sent.start
    for _ in range(_BACK):
        if start == 0:
            return []
        sentence = scene.doc[start - 1].sent
        for verb in reversed(list(sentence)):
            subject = subject_of(verb) if verb.lemma_.lower() in speech_verbs() and verb.pos_ == "VERB" else None
            parties = speaking_parties(scene, subject) if subject is not None and subject.tag_ == "NNS" else []
            if parties and parties[0].kind == "anonymous":
                return parties[:1]
        start = sentence.start
    return []


def voiced_beside(scene: Scene, token: Token) -> list[Party]:
    """Who speaks for a clause in a phrase beside it: "Peru refused, with a spokesman saying that ...".

    Only its own people do: a phrase that gives the word to somebody else's tells what those think of it.
    """
    node = token
    while (node.pos_ not in {"VERB", "AUX"} or node.dep_ in {"aux", "auxpass", "neg"}) and node.head.i != node.i:
        node = node.head
    holder = subject_of(node)
    own = {p.entity for p in scene.all_parties(holder)} if holder is not None else set()
    for child in node.children:
        for verb, subject in _told_with(child):
            speakers = speaking_parties(scene, subject)[:1]
            if speakers and speakers[0].kind in PERSONS and _belongs(scene, subject, own):
                return [*speakers, *audience(scene, verb)]
    return []


def _told_with(preposition: Token) -> Iterator[tuple[Token, Token]]:
    """Verb and subject of "with a spokesman saying", whichever of the two parsers hang on the other."""
    if preposition.dep_ != "prep" or preposition.lower_ != "with":
        return
    for word in preposition.subtree:
        if word.tag_ != "VBG" or word.lemma_.lower() not in speech_verbs():
            continue
        if word.dep_ == "acl" and word.head.head.i == preposition.i:
            yield word, word.head
        elif word.dep_ == "pcomp" and (subject := next((c for c in word.children if c.dep_ == "nsubj"), None)):
            yield word, subject


def _belongs(scene: Scene, speaker: Token, own: set[str | None]) -> bool:
    """Whether a speaker is of the parties given, or told to be nobody else's."""
    named = (scene.mention_at(t) for t in speaker.subtree)
    return all(m.target in own for m in named if m is not None and m.role in ACTOR_ROLES and m.target)
