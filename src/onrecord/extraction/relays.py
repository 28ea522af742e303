"""Who stands between a speaker and the reporting outlet: those told, cited, carrying or printing it.

In: a scene and words of a sentence. Out: parties, nearest to the speaker first. "a source told Reuters" has
Reuters, "citing US officials" has the officials, "in a statement carried by Petra" has Petra. The manners are
those of news agencies: the source at first mention, relays behind "told", "citing", "quoted by".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.lexicon import nouns
from onrecord.extraction.scene import Party, Scene
from onrecord.extraction.speakers import is_day, is_media, outlets_of, speaking_parties, without_article

_CITING = frozenset({"cite", "quote", "citing", "quoting"})
_CARRYING = frozenset(
    {"quote", "cite", "carry", "publish", "report", "relay", "run", "broadcast", "air", "obtain", "see"}
)
_TOLD_TO = frozenset({"to", "with", "on", "by", "in", "for"})
_OCCASIONS = frozenset(
    {
        "interview",
        "statement",
        "comment",
        "remark",
        "post",
        "briefing",
        "conversation",
        "broadcast",
        "column",
        "article",
        "programme",
        "program",
    }
)
_NO_SOURCES = frozenset(
    {"absence", "lack", "concern", "fear", "reason", "need", "shortage", "risk", "cost", "problem", "threat"}
)
_SPEAKING = frozenset({"speak", "talk", "tell", "say", "confirm", "brief", "reveal", "disclose"})


def objects(
    word: Token, relations: frozenset[str] = frozenset({"dobj", "pobj", "dative"})
) -> Iterator[Token]:
    """The objects of a word, its own alone."""
    return (c for c in word.children if c.dep_ in relations)


def audience(scene: Scene, verb: Token) -> list[Party]:
    """The outlet that was told: "told Reuters", "in an interview with Nikkei", "on Geo News", "confirmed to
    Dukagjini".
    """
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
        elif (
            child.dep_ in {"advcl", "prep"}
            and child.lemma_.lower() in _SPEAKING
            and child.tag_ == "VBG"
            and child.i < verb.i
        ):
            found += audience(scene, child)
    return found


def _of_occasion(scene: Scene, noun: Token) -> list[Party]:
    """Outlets of an occasion: "an interview with Nikkei", "a Fox News interview", "a statement carried by Petra"."""
    found = []
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in {"with", "to", "on", "in", "for", "by"}:
            for inner in objects(child):
                found += outlets_of(scene, inner)
        elif child.dep_ in {"compound", "poss", "nmod"}:
            found += outlets_of(scene, child)
    return [*found, *_carriers(scene, noun)]


def _unknown_outlet(scene: Scene, verb: Token, child: Token) -> list[Party]:
    """A name behind "told" that is no actor of the vocabulary is read as an outlet's."""
    party = scene.party(child)
    if (
        child.pos_ != "PROPN"
        or verb.lemma_.lower() != "tell"
        or party is None
        or party.entity is not None
        or party.kind != "named_person"
    ):
        return []
    mention = scene.mention_at(child)
    return (
        []
        if mention is not None and mention.role in {"person", "introduced"}
        else [replace(party, kind="outlet")]
    )


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
    """Whom a report cites: "reported, citing US defence officials", "quoting the ministry", "with reference
    to".
    """
    found: list[Party] = []
    for child in verb.children:
        if (
            child.dep_ in {"advcl", "xcomp", "prep", "dep", "conj"}
            and child.lemma_.lower() in _CITING
            and child.tag_ == "VBG"
        ):
            found += _citation(scene, child)
        if child.dep_ == "prep" and child.lower_ in {"in", "with"}:
            for inner in objects(child):
                if inner.lemma_.lower() == "reference":
                    found += [
                        p
                        for deep in inner.subtree
                        if deep.dep_ == "pobj" and deep.i != inner.i
                        for p in speaking_parties(scene, deep)[:1]
                    ]
    return found


def _citation(scene: Scene, citing: Token) -> list[Party]:
    found = []
    for inner in objects(citing):
        if inner.lemma_.lower() not in _NO_SOURCES:
            found += with_listener(scene, inner, limit=2)
    return found


def with_listener(scene: Scene, noun: Token, limit: int = 1) -> list[Party]:
    """A source and whom it spoke to: "a diplomat who spoke to the Associated Press", "a statement carried by
    SANA".
    """
    found = _of_one_sort(speaking_parties(scene, noun)[:limit]) or _described(scene, noun)
    for child in noun.children:
        if child.dep_ in {"relcl", "acl"} and child.lemma_.lower() in _SPEAKING:
            found += audience(scene, child)
    return [*found, *_carriers(scene, noun)]


def _of_one_sort(parties: list[Party]) -> list[Party]:
    """Sources cited together: in "according to Politico, Chad and Mali will go" the states behind it are not."""
    return [p for p in parties if (p.kind == "outlet") == (parties[0].kind == "outlet")]


def _described(scene: Scene, noun: Token) -> list[Party]:
    """A source that is nobody known: "according to two people in the room", "according to leaked minutes"."""
    if is_day(noun.text) or noun.pos_ not in {"NOUN", "PROPN"}:
        return []
    start, end = scene.phrase(noun)
    name = without_article(scene.text[start:end])
    if noun.lemma_.lower() in nouns().documents:
        return [Party(None, name, "document", start, end, noun.i)]
    return [Party(None, name, "unknown", start, end, noun.i)]


def according(scene: Scene, sentence: Passage) -> list[Party]:
    """Those whom a sentence names behind "according to", with whom they spoke to."""
    found: list[Party] = []
    for token in scene.tokens_of(sentence):
        if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
            for inner in objects(token.nbor()):
                found += with_listener(scene, inner, limit=2)
    return found


def printed(scene: Scene, sentence: Passage) -> tuple[list[Party], list[Party]]:
    """Sources cited and outlets that report, by the order of words alone: ", Politico reported, citing US officials".

    Parsers often hang such clauses wrongly, so neither subject nor clause is asked for. The two come apart: who is
    cited stands nearer to what is said.
    """
    sources: list[Party] = []
    outlets: list[Party] = []
    for token in scene.tokens_of(sentence):
        mention = scene.mention_at(token)
        closes = (
            mention is not None and mention.role == "outlet" and mention.end == token.idx + len(token.text)
        )
        if closes or is_media(token):
            after = scene.tokens[token.i + 1 : min(token.i + 3, sentence.end)]
            reports = any(
                t.lemma_.lower() in {"report", "say", "write", "reveal", "claim", "note"} and t.tag_ != "NNS"
                for t in after[: 1 if not closes else 2]
            )
            if reports:
                outlets += outlets_of(scene, token)
        if token.lower_ in {"citing", "quoting"}:
            sources += _citation(scene, token)
        if token.tag_ == "VBN" and token.lemma_.lower() in {"quote", "cite", "carry", "publish"}:
            outlets += carried(scene, token)
    return sources, outlets
