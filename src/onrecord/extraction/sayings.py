"""Clauses of saying over a passage: their verbs, their speakers and their words.

In: a scene and a token. Out: :class:`Saying` s, innermost first. Finds them by the grammar, and by the order of words where
parsers go wrong: a clause at the end of a sentence (", the minister said on Friday"), a quotation whose speaker stands in
the sentence beside it, a speaker named only in the next sentence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.coreference import subject_of
from onrecord.extraction.grammar import form_of
from onrecord.extraction.lexicon import cues, speech_verbs
from onrecord.extraction.relays import carried, outlets_of, speaking_parties
from onrecord.extraction.scene import Party, Scene

_COMPLEMENTS = frozenset({"ccomp", "parataxis", "dep", "advcl", "xcomp", "pcomp"})
_THOUGHTS = frozenset({"believe", "think", "expect", "understand", "learn", "hold", "describe", "recall", "mention", "point", "estimate", "predict", "observe", "report"})
_SAID_THINGS = frozenset({"message", "statement", "assurance", "announcement", "claim", "warning", "remark", "signal", "pledge", "promise", "comment", "letter", "note", "post", "reply", "answer"})
_DOWN = frozenset({"xcomp", "ccomp", "dobj", "pobj", "prep", "acl", "attr", "acomp", "aux", "auxpass", "pcomp", "compound", "amod", "neg", "advmod", "conj"})
_PERSONS = frozenset({"named_person", "office", "anonymous"})
_BACK = 4
"""How many sentences back the day of a speech is looked for (sentences): a news paragraph seldom runs longer."""


@dataclass(frozen=True, slots=True)
class Saying:
    """One clause of saying.

    Attributes:
        verb: its verb, or the noun of what is said ("a message that").
        speakers: who says it; empty where nobody is named.
        relays: outlets that the clause itself makes relays ("was quoted by Anadolu as saying").
    """

    verb: Token
    speakers: tuple[Party, ...] = ()
    relays: tuple[Party, ...] = ()


def is_saying(token: Token) -> bool:
    """Whether a token is a verb of saying."""
    return token.pos_ in {"VERB", "AUX"} and token.lemma_.lower() in speech_verbs()


def sayings_over(scene: Scene, token: Token, known: Sequence[Token] = ()) -> list[Saying]:
    """The clauses of saying that govern a token, innermost first; known verbs come before those found here."""
    words = [v for v in known if v.pos_ in {"VERB", "AUX"}]
    node = token
    for _ in range(16):
        head = node.head
        if head.i == node.i:
            break
        if head not in words and (
            (is_saying(head) and node.dep_ in _COMPLEMENTS)
            or (head.lemma_.lower() in _SAID_THINGS and head.pos_ == "NOUN" and node.dep_ in {"acl", "ccomp", "relcl"} and not is_saying(node))
        ):
            words.append(head)
        node = head
    return [saying_of(scene, word) for word in words]


def saying_of(scene: Scene, word: Token) -> Saying:
    """A clause of saying with its speakers: the subject, the agent of a passive, the maker of a statement."""
    if word.pos_ == "NOUN":
        return Saying(word, tuple(_makers(scene, word)[:1]))
    if form_of(word).passive and not _as_complement(word):
        return _passive(scene, word)
    subject = subject_of(word)
    if subject is None:
        return Saying(word)
    if subject.lemma_.lower() in _SAID_THINGS and subject.pos_ == "NOUN":
        makers = _makers(scene, subject)
        if makers:
            return Saying(word, tuple(makers[:1]))
    quoted = _quoted_as(word)
    relays = tuple(carried(scene, quoted)) if quoted is not None else ()
    return Saying(word, tuple(speaking_parties(scene, subject)[:1]), relays)


def _passive(scene: Scene, verb: Token) -> Saying:
    """"was quoted by Anadolu", "Channel 12 was told by an official": who is quoted speaks, else who is behind "by"."""
    agents = [i for c in verb.children if c.dep_ == "agent" for i in c.children if i.dep_ == "pobj"]
    subject = next((c for c in verb.children if c.dep_ == "nsubjpass"), None)
    if verb.lemma_.lower() in {"quote", "cite"}:
        speaker = subject_of(verb)
        return Saying(verb, tuple(speaking_parties(scene, speaker)[:1]) if speaker is not None else (), tuple(carried(scene, verb)))
    told = tuple(outlets_of(scene, subject)) if subject is not None else ()
    return Saying(verb, tuple(p for a in agents for p in speaking_parties(scene, a)[:1]), told)


def _as_complement(verb: Token) -> bool:
    return verb.dep_ == "pcomp" and verb.head.lower_ == "as"


def _quoted_as(verb: Token) -> Token | None:
    """The "quoted" over "as saying"."""
    if _as_complement(verb) and verb.head.head.lemma_.lower() in {"quote", "cite"}:
        return verb.head.head
    return None


def _makers(scene: Scene, noun: Token) -> list[Party]:
    """Who makes a statement: its possessor, who it is "by" or "from", or the subject of the verb that it is the object of."""
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "nmod"} and (found := _persons_first(speaking_parties(scene, child))):
            return found
        if child.dep_ == "prep" and child.lower_ in {"by", "from"}:
            for inner in child.children:
                if inner.dep_ == "pobj" and (found := speaking_parties(scene, inner)):
                    return found
    verb = noun.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
        verb = verb.head
    subject = subject_of(verb) if verb.pos_ in {"VERB", "AUX"} and verb.i != noun.i else None
    if subject is None or subject.i == noun.i:
        return []
    return [p for p in speaking_parties(scene, subject) if p.kind not in {"document"}]


def _persons_first(parties: Sequence[Party]) -> list[Party]:
    return [p for p in parties if p.kind not in {"document", "unknown"}]


def bare_speaker(scene: Scene, token: Token) -> tuple[Party, Token] | None:
    """A named person or office with a stance verb of its own, or anybody with a verb of promising: it speaks itself.

    Guideline 13: a state as the subject of a bare stance verb is the narrator's voice; a verb of saying, or a named person or
    office, makes the holder the speaker.
    """
    node = token
    for _ in range(12):
        party = _own_subject(scene, node)
        if party is not None:
            lemma = node.lemma_.lower()
            says = lemma in speech_verbs() - _THOUGHTS or lemma == "deny"
            if says and party.kind in _PERSONS | {"state", "organisation"}:
                return party, node
            if party.kind in {"named_person", "office"} and (lemma in cues()["verb"] or _stance_complement(node)):
                return party, node
        if node.head.i == node.i or node.dep_ not in _DOWN:
            return None
        node = node.head
    return None


def _own_subject(scene: Scene, verb: Token) -> Party | None:
    if verb.pos_ not in {"VERB", "AUX"}:
        return None
    subject = subject_of(verb) if verb.dep_ in {"conj", "xcomp"} else next((c for c in verb.children if c.dep_ == "nsubj"), None)
    if subject is None:
        subject = next((i for c in verb.children if c.dep_ == "agent" for i in c.children if i.dep_ == "pobj"), None)
    if subject is None or subject.dep_ == "nsubjpass":
        return None
    return next(iter(speaking_parties(scene, subject)), None)


def _stance_complement(verb: Token) -> bool:
    return any(c.dep_ in {"acomp", "attr"} and c.lemma_.lower() in cues()["adjective"] for c in verb.children)


def tail_saying(scene: Scene, token: Token, found: Sequence[Token]) -> Saying | None:
    """A clause of saying at the end of a token's sentence, by the order of words: ", the minister said on Friday."."""
    for verb in reversed(list(token.sent)):
        if verb.i <= token.i:
            return None
        if verb in found or verb.tag_ not in {"VBD", "VBZ", "VBP"} or not is_saying(verb):
            continue
        subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
        if subject is None:
            continue
        first = min(subject.left_edge.i, verb.i)
        if not token.i < first or token.doc[first - 1].text not in {",", "”", '"', "—", "–", "-"}:
            continue
        if any(c.dep_ in {"ccomp", "xcomp"} and c.i > verb.i for c in verb.children):
            continue
        return saying_of(scene, verb)
    return None


def clause_words(scene: Scene, frame: Saying, token: Token) -> str:
    """The words of a clause of saying without what is said: those around the verb first, then its further adverbials."""
    verb, doc, sentence = frame.verb, scene.doc, frame.verb.sent
    near: list[str] = []
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    begin = min(verb.left_edge.i if token.i >= verb.i else verb.i, subject.left_edge.i if subject is not None else verb.i)
    if token.i < verb.i:
        begin = min(subject.left_edge.i if subject is not None and subject.left_edge.i > token.i else verb.i, verb.i)
        stop = _clause_end(doc[verb.i + 1 : sentence.end])
        near = [t.text for t in doc[begin:stop]]
    else:
        content = next((c for c in verb.children if token.i == c.i or token.is_ancestor(c) or c.is_ancestor(token)), None)
        stop = content.left_edge.i if content is not None and content.left_edge.i > verb.i else verb.i + 1
        near = [t.text for t in doc[begin:stop]] if stop - begin < 60 else [verb.text]
        near += [";", *_preamble(sentence, begin)]
    kept = [
        t
        for child in verb.children
        if child.dep_ in {"npadvmod", "advmod", "nsubj", "prep", "dobj", "dative", "tmod"} and not (child.i == token.i or child.is_ancestor(token))
        for t in child.subtree
        if t.dep_ != "relcl"
    ]
    return " ".join([*near, ";", *(t.text for t in sorted(kept, key=lambda t: t.i))])


def _clause_end(rest: Passage) -> int:
    for token in rest:
        if token.is_punct and token.text not in {"-", "’", "'", "“", "”", '"'}:
            return token.i
    return rest.end


def _preamble(sentence: Passage, before: int) -> list[str]:
    """What opens a sentence before its clause of saying: "On the sidelines of the summit on 13 October,"."""
    opening = [t for t in sentence if t.i < before]
    if not opening or opening[-1].text != "," or any(t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"} for t in opening):
        return []
    return [t.text for t in opening]


def earlier_words(scene: Scene, token: Token, speaker: Party) -> str:
    """The words of the clause in which the same speaker spoke before, in the sentences just before: one speech, one day."""
    if speaker.kind == "outlet":
        return ""
    start = token.sent.start
    for _ in range(_BACK):
        if start == 0:
            return ""
        sentence = scene.doc[start - 1].sent
        for verb in sentence:
            if is_saying(verb) or verb.lemma_.lower() in {"reject", "confirm", "deny"}:
                subject = subject_of(verb)
                if subject is not None and any(identified(scene, p).name == speaker.name for p in speaking_parties(scene, subject)):
                    return clause_words(scene, Saying(verb), sentence[-1] if sentence[-1].i != verb.i else verb)
        start = sentence.start
    return ""


def quoted_around(scene: Scene, token: Token) -> Saying | None:
    """The clause of saying that a quotation without one belongs to, in the sentence after or before it."""
    if not _in_quotation(scene, token):
        return None
    sentence = token.sent
    closed = sentence.text.strip()[-1:] in "\"”" or sentence.text.strip()[-2:-1] in "\"”"
    opens = sentence.text.strip()[:1] in "\"“‘"
    order = (sentence.start - 1, sentence.end) if opens and closed else (sentence.end, sentence.start - 1)
    for where in order:
        if not 0 <= where < len(scene.doc):
            continue
        for verb in scene.doc[where].sent:
            if is_saying(verb):
                saying = saying_of(scene, verb)
                if any(p.kind != "document" for p in saying.speakers):
                    return saying
    return None


def _in_quotation(scene: Scene, token: Token) -> bool:
    before = scene.text[: token.idx]
    if before.count("“") > before.count("”") or before.count('"') % 2 == 1:
        return True
    return token.sent.text.strip()[:1] in "\"“"


def identified(scene: Scene, party: Party) -> Party:
    """The person whom an unnamed office holder turns out to be in the next sentence: agencies name at second mention.

    "its army spokesperson said on Monday. The cabinet decides, Donny Pramono said": a bare full name that speaks in one of the next
    two sentences without any title of its own, and was never named before.
    """
    if party.kind != "office" or not 0 <= party.token < len(scene.doc):
        return party
    head = scene.doc[party.token]
    if head.lemma_.lower() not in {"spokesman", "spokeswoman", "spokesperson", "minister", "president", "commander", "ambassador", "envoy", "chief"}:
        return party
    start = head.sent.end
    for _ in range(2):
        if start >= len(scene.doc):
            return party
        sentence = scene.doc[start].sent
        for verb in sentence:
            subject = subject_of(verb) if is_saying(verb) else None
            if subject is None or subject.pos_ != "PROPN" or subject.left_edge.i != subject.i - 1:
                continue
            named = scene.party(subject)
            bare = all(t.pos_ == "PROPN" for t in subject.subtree)
            if named is not None and named.kind == "named_person" and bare and subject.text not in scene.text[: sentence.start_char]:
                return replace(party, name=named.name, kind="named_person", entity=named.entity or party.entity)
        start = sentence.end
    return party
