"""Who stands between a speaker and the reporting outlet: those told, those cited, those carrying or printing it.

In: a scene and words of a sentence. Out: parties, nearest to the speaker first. "a source told Reuters" has Reuters, "citing
US officials" has the officials, "in a statement carried by Petra" has Petra, "the report adds" has the outlet named before.
The manners are those of news agencies' style: source named at first mention, relays named with "told", "citing", "quoted by".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.lexicon import nouns
from onrecord.extraction.scene import Party, Scene, conjuncts

_CITING = frozenset({"cite", "quote", "citing", "quoting"})
_CARRYING = frozenset({"quote", "cite", "carry", "publish", "report", "relay", "run", "broadcast", "air", "obtain", "see"})
_TOLD_TO = frozenset({"to", "with", "on", "by", "in", "for"})
_OCCASIONS = frozenset(
    {"interview", "statement", "comment", "remark", "post", "briefing", "conversation", "broadcast", "column", "article", "programme", "program"}
)
_NO_SOURCES = frozenset({"absence", "lack", "concern", "fear", "reason", "need", "shortage", "risk", "cost", "problem", "threat"})
_WRITINGS = frozenset({"report", "article", "story", "piece"})
_SPEAKING = frozenset({"speak", "talk", "tell", "say", "confirm", "brief", "reveal", "disclose"})
_DAYS = frozenset("monday tuesday wednesday thursday friday saturday sunday".split())
_REACH = 3
"""How many sentences back "the paper" may reach for its name (sentences; our own reading of news texts)."""


def speaking_parties(scene: Scene, head: Token) -> list[Party]:
    """Whom a noun phrase names as bearers of words: days and empty phrases left out, "the paper" given its name."""
    named = outlet_meant(scene, head)
    if named is not None:
        return [named]
    return [as_written(scene, p) for p in scene.all_parties(head) if p.name.strip() and p.name.split()[-1].lower() not in _DAYS]


def as_written(scene: Scene, party: Party) -> Party:
    """A state by the name that the report gives it: a reader of the chain should find it in the text."""
    if party.kind != "state" or not 0 <= party.token < len(scene.doc):
        return party
    mention = scene.mention_at(scene.doc[party.token])
    return replace(party, name=mention.text) if mention is not None and mention.role == "name" else party


def outlet_meant(scene: Scene, head: Token) -> Party | None:
    """"the newspaper", "the report": the outlet named last before it, or None where the phrase names somebody itself."""
    lemma = head.lemma_.lower()
    if lemma not in nouns().media and lemma not in _WRITINGS or head.tag_ not in {"NN", "NNP"} or scene.mention_at(head) is not None:
        return None
    if not any(c.dep_ == "det" and c.lower_ in {"the", "this", "that"} for c in head.children):
        return None
    if any(scene.mention_at(t) is not None for t in head.subtree if t.i != head.i):
        return None
    start, sentences = head.sent.start, 0
    for token in reversed(scene.doc[: head.i]):
        if token.i < start:
            start, sentences = token.sent.start, sentences + 1
            if sentences > _REACH:
                return None
        mention = scene.mention_at(token)
        if mention is not None and mention.role == "outlet":
            return Party(None, mention.name, "outlet", mention.start, mention.end, token.i)
    return None


def outlets_of(scene: Scene, head: Token) -> list[Party]:
    """The outlets that a noun phrase names; "the X news agency" is X."""
    found = []
    for one in conjuncts(head):
        party = outlet_meant(scene, one) or scene.party(one)
        if party is not None and party.kind == "outlet":
            found.append(party)
    return found


def objects(word: Token, relations: frozenset[str] = frozenset({"dobj", "pobj", "dative"})) -> Iterator[Token]:
    """The objects of a word, its own alone."""
    return (c for c in word.children if c.dep_ in relations)


def audience(scene: Scene, verb: Token) -> list[Party]:
    """The outlet that was told: "told Reuters", "in an interview with Nikkei", "on Geo News", "confirmed to Dukagjini"."""
    found: list[Party] = []
    for child in verb.children:
        if child.dep_ in {"dobj", "dative", "iobj"} and child.pos_ in {"PROPN", "NOUN"}:
            found += outlets_of(scene, child) or _unknown_outlet(scene, verb, child)
            found += _carriers(scene, child)
        elif child.dep_ in {"prep", "dative"} and child.lower_ in _TOLD_TO:
            for inner in objects(child):
                found += outlets_of(scene, inner)
                if inner.lemma_.lower() in _OCCASIONS:
                    found += _of_occasion(scene, inner)
        elif child.dep_ in {"advcl", "prep"} and child.lemma_.lower() in _SPEAKING and child.tag_ == "VBG" and child.i < verb.i:
            found += audience(scene, child)
    return found


def _of_occasion(scene: Scene, noun: Token) -> list[Party]:
    """"an interview with Nikkei", "a Fox News interview", "a statement carried by Petra"."""
    found = []
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"with", "to", "on", "in", "for", "by"}:
            for inner in objects(child):
                found += outlets_of(scene, inner)
        elif child.dep_ in {"compound", "poss", "nmod"}:
            found += outlets_of(scene, child)
    return [*found, *_carriers(scene, noun)]


def _unknown_outlet(scene: Scene, verb: Token, child: Token) -> list[Party]:
    """"told NAME": a name that is no actor of the vocabulary is read as an outlet's."""
    party = scene.party(child)
    if child.pos_ != "PROPN" or verb.lemma_.lower() != "tell" or party is None or party.entity is not None or party.kind != "named_person":
        return []
    mention = scene.mention_at(child)
    return [] if mention is not None and mention.role in {"person", "introduced"} else [replace(party, kind="outlet")]


def _carriers(scene: Scene, noun: Token) -> list[Party]:
    """Who carried a statement: "carried by the state agency", "published in Haaretz", "seen by Reuters"."""
    found = []
    for child in noun.children:
        if child.dep_ in {"acl", "relcl"} and child.lemma_.lower() in _CARRYING:
            found += carried(scene, child)
    return found


def carried(scene: Scene, participle: Token) -> list[Party]:
    """The outlets behind a passive participle: "quoted by the BBC", "published in Haaretz"."""
    found = []
    for child in participle.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.lower_ in {"by", "in", "on"}):
            for inner in objects(child):
                found += outlets_of(scene, inner)
    return found


def cited(scene: Scene, verb: Token) -> list[Party]:
    """Whom a report cites: "reported, citing US defence officials", "quoting the ministry", "with reference to"."""
    found: list[Party] = []
    for child in verb.children:
        if child.dep_ in {"advcl", "xcomp", "prep", "dep", "conj"} and child.lemma_.lower() in _CITING and child.tag_ == "VBG":
            found += _citation(scene, child)
        if child.dep_ == "prep" and child.lower_ in {"in", "with"}:
            for inner in objects(child):
                if inner.lemma_.lower() == "reference":
                    found += [p for deep in inner.subtree if deep.dep_ == "pobj" and deep.i != inner.i for p in speaking_parties(scene, deep)[:1]]
    return found


def _citation(scene: Scene, citing: Token) -> list[Party]:
    found = []
    for inner in objects(citing):
        if inner.lemma_.lower() not in _NO_SOURCES:
            found += with_listener(scene, inner, limit=2)
    return found


def with_listener(scene: Scene, noun: Token, limit: int = 1) -> list[Party]:
    """A source and whom it spoke to: "a diplomat who spoke to the Associated Press", "a statement carried by SANA"."""
    found = speaking_parties(scene, noun)[:limit] or _described(scene, noun)
    for child in noun.children:
        if child.dep_ in {"relcl", "acl"} and child.lemma_.lower() in _SPEAKING:
            found += audience(scene, child)
    return [*found, *_carriers(scene, noun)]


def _described(scene: Scene, noun: Token) -> list[Party]:
    """A source that is nobody known: "according to two people in the room", "according to leaked minutes"."""
    if noun.lower_ in _DAYS or noun.pos_ not in {"NOUN", "PROPN"}:
        return []
    start, end = scene.phrase(noun)
    name = " ".join(scene.text[start:end].split())
    for article in ("the ", "a ", "an "):
        if name.lower().startswith(article):
            name = name[len(article) :]
            break
    if noun.lemma_.lower() in nouns().documents:
        return [Party(None, name, "document", start, end, noun.i)]
    return [Party(None, name, "unknown", start, end, noun.i)]


def according(scene: Scene, sentence: Passage) -> list[Party]:
    """"according to X", "in X's words" anywhere in a sentence, with whom X spoke to."""
    found: list[Party] = []
    for token in sentence:
        if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
            for inner in objects(token.nbor()):
                found += with_listener(scene, inner, limit=2)
    return found


def printed(scene: Scene, sentence: Passage) -> list[Party]:
    """", Politico reported on Wednesday, citing US officials", "as quoted by the BBC": by the order of words alone.

    Parsers often hang such clauses wrongly, so neither subject nor clause is asked for.
    """
    sources: list[Party] = []
    outlets: list[Party] = []
    for token in sentence:
        mention = scene.mention_at(token)
        closes = mention is not None and mention.role == "outlet" and mention.end == token.idx + len(token.text)
        if closes or token.lemma_.lower() in nouns().media:
            after = [t for t in token.doc[token.i + 1 : token.i + 3] if t.sent.start == sentence.start]
            reports = any(t.lemma_.lower() in {"report", "say", "write", "reveal", "claim", "note"} and t.tag_ != "NNS" for t in after[:1 if not closes else 2])
            if reports:
                outlets += outlets_of(scene, token)
        if token.lower_ in {"citing", "quoting"}:
            sources += _citation(scene, token)
        if token.tag_ == "VBN" and token.lemma_.lower() in {"quote", "cite", "carry", "publish"}:
            outlets += carried(scene, token)
    return [*sources, *outlets]
