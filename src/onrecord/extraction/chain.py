"""The chain of who says it: from the nearest speaker to the reporting outlet.

In: a scene, the verbs of saying over a passage. Out: :class:`ChainLink` s, nearest first, outlet last. "Politico reported, citing
US defence officials" is officials, then Politico; "he told NDTV" is he, then NDTV; "according to Kan" adds Kan. What
nobody is named for is the outlet's own voice.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.coreference import subject_of
from onrecord.extraction.grammar import form_of
from onrecord.extraction.lexicon import nouns, speech_verbs
from onrecord.extraction.scene import Party, Scene, conjuncts
from onrecord.model import ChainLink

_CITING = frozenset({"cite", "quote", "cited", "quoting"})
_TOLD_TO = frozenset({"to", "with", "on", "by", "in", "for"})


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks for a passage.

    Attributes:
        links: nearest speaker first, reporting outlet last.
        speaker: the party that is nearest, or None in the reporter's own voice.
        cue: the tokens that make it an attribution.
        clause: the words of the innermost clause of saying, for its date.
    """

    links: tuple[ChainLink, ...]
    speaker: Party | None
    cue: tuple[Token, ...]
    clause: str


def voice_of(scene: Scene, token: Token, saying: Sequence[Token] = ()) -> Voice:
    """Who speaks for the passage in which a token stands.

    Args:
        scene: the report laid out.
        token: where the passage is.
        saying: verbs of saying already found over it, innermost first.
    """
    links: list[Party] = []
    verbs = [v for v in saying if v.pos_ in {"VERB", "AUX"}] or _over(token)
    clause = ""
    for verb in verbs:
        subject = subject_of(verb)
        before = _cited(scene, verb)
        who = scene.all_parties(subject) if subject is not None else []
        if form_of(verb).passive and verb.lemma_.lower() not in {"quote", "cite"} and subject is not None:
            agents = [i for c in verb.children if c.dep_ == "agent" for i in c.children if i.dep_ == "pobj"]
            who = [p for a in agents for p in scene.all_parties(a)]
        if not who and subject is not None and subject.lower_ in {"i", "we"}:
            who = []
        here = [*before, *who[:1], *_audience(scene, verb)]
        links += here
        if here and not clause:
            clause = _clause_words(verb)
    links += _according(scene, token.sent, links)
    if not links and not verbs:
        links = _floating(scene, token.sent)
    unique: list[Party] = []
    for party in links:
        if all(party.name != u.name for u in unique):
            unique.append(party)
    # an outlet quoted through another keeps its place; the officials it cites come before it
    ordered = unique
    out = [ChainLink(p.name, p.kind, p.entity) for p in ordered]
    if scene.outlet and all(scene.outlet.lower() != link.name.lower() for link in out):
        out.append(ChainLink(scene.outlet, "outlet", None))
    speaker = ordered[0] if ordered else None
    return Voice(tuple(out), speaker, tuple(verbs[:1]), clause)


def _over(token: Token) -> list[Token]:
    """Verbs of saying that govern a token, innermost first."""
    found = []
    node = token
    for _ in range(16):
        head = node.head
        if head.i == node.i:
            break
        if head.pos_ == "VERB" and head.lemma_.lower() in speech_verbs() and node.dep_ in {"ccomp", "parataxis", "dep", "advcl", "xcomp"}:
            found.append(head)
        node = head
    return found


def _cited(scene: Scene, verb: Token) -> list[Party]:
    """Whom a report cites: "reported, citing US defence officials", "quoting the ministry"."""
    found: list[Party] = []
    for child in verb.children:
        if child.dep_ in {"advcl", "xcomp", "prep", "dep"} and child.lemma_.lower() in _CITING | {"cite", "quote"}:
            for inner in child.children:
                if inner.dep_ in {"dobj", "pobj"}:
                    found += scene.all_parties(inner)[:2]
        if child.dep_ == "prep" and child.lower_ in {"in", "with"}:
            for inner in child.children:
                if inner.dep_ == "pobj" and inner.lemma_.lower() in {"reference"}:
                    for deep in inner.subtree:
                        if deep.dep_ == "pobj" and deep.i != inner.i:
                            found += scene.all_parties(deep)[:1]
    return found


def _audience(scene: Scene, verb: Token) -> list[Party]:
    """The outlet that was told: "told Reuters", "in an interview with Nikkei", "on Geo News", "confirmed to Dukagjini"."""
    found: list[Party] = []
    for child in verb.children:
        targets: list[Token] = []
        if child.dep_ in {"dobj", "dative", "iobj"} and child.pos_ in {"PROPN", "NOUN"}:
            targets = [child]
        elif child.dep_ in {"prep", "dative", "agent"} and child.lower_ in _TOLD_TO:
            for inner in child.children:
                if inner.dep_ == "pobj":
                    targets.append(inner)
                    if inner.lemma_.lower() in {"interview", "statement", "comment", "remark", "post", "briefing", "conversation", "broadcast", "column"}:
                        targets += [d for p in inner.children if p.dep_ == "prep" for d in p.children if d.dep_ == "pobj"]
        for target in targets:
            for one in conjuncts(target):
                party = scene.party(one)
                if party is not None and party.kind == "outlet":
                    found.append(party)
                elif one.pos_ == "PROPN" and verb.lemma_.lower() == "tell" and child.dep_ in {"dobj", "dative"} and party is not None and party.entity is None:
                    found.append(Party(None, party.name, "outlet", party.start, party.end, party.token))
    return found


def _according(scene: Scene, sentence: Passage, known: Sequence[Party]) -> list[Party]:
    """"according to X", "X reports" in parentheses, "as quoted by X", "carried by X" anywhere in the sentence."""
    found: list[Party] = []
    for token in sentence:
        if token.lower_ == "according" and token.i + 1 < len(token.doc) and token.nbor().lower_ == "to":
            for inner in token.nbor().children:
                if inner.dep_ == "pobj":
                    parties = scene.all_parties(inner)
                    if not parties:
                        start, end = scene.phrase(inner)
                        kind = "document" if inner.lemma_.lower() in nouns().documents else "unknown"
                        parties = [Party(None, scene.text[start:end].removeprefix("the ").removeprefix("a "), kind, start, end, inner.i)]  # type: ignore[arg-type]
                    found += parties[:2]
        if token.lemma_.lower() in {"quote", "cite", "carry", "publish"} and token.tag_ == "VBN":
            for child in token.children:
                if child.dep_ == "agent":
                    for inner in child.children:
                        if inner.dep_ == "pobj":
                            found += [p for p in scene.all_parties(inner) if p.kind == "outlet"]
        if token.pos_ == "VERB" and token.lemma_.lower() in {"report", "write", "say"} and token.i > sentence.start:
            subject = next((c for c in token.children if c.dep_ == "nsubj"), None)
            if subject is not None:
                party = scene.party(subject)
                if party is not None and party.kind == "outlet":
                    found.append(party)
                    found = [*_cited(scene, token), *found]
                    found += [p for p in _audience(scene, token) if p.kind == "outlet"]
    found += _printed(scene, sentence)
    unique: list[Party] = []
    for party in found:
        if all(party.name != k.name for k in (*known, *unique)):
            unique.append(party)
    return unique


def _printed(scene: Scene, sentence: Passage) -> list[Party]:
    """", Politico reported on Wednesday, citing US officials", by the order of words alone: parsers often hang it wrongly."""
    cited: list[Party] = []
    outlets: list[Party] = []
    for token in sentence:
        mention = scene.mention_at(token)
        if mention is not None and mention.role == "outlet" and mention.end == token.idx + len(token.text):
            after = [t for t in token.doc[token.i + 1 : token.i + 4] if t.sent.start == token.sent.start]
            if any(t.lemma_.lower() in {"report", "say", "write", "reveal", "claim"} for t in after[:2]):
                outlets.append(Party(None, mention.name, "outlet", mention.start, mention.end, token.i))
        if token.lower_ in {"citing", "quoting"}:
            for child in token.children:
                if child.dep_ in {"dobj", "pobj"} and child.lemma_.lower() not in {"absence", "lack", "concern", "fear", "reason"}:
                    cited += scene.all_parties(child)[:2]
    return [*cited, *outlets] if outlets or cited else []


def _floating(scene: Scene, sentence: Passage) -> list[Party]:
    """A sentence wholly in quotation marks belongs to who speaks in the sentence before or after it."""
    text = sentence.text.strip()
    quoted = text[:1] in "\"“‘" or text[-1:] in "\"”"
    if not quoted and scene.text[: sentence.start_char].count("“") <= scene.text[: sentence.start_char].count("”") and scene.text[: sentence.start_char].count('"') % 2 == 0:
        return []
    for where in (sentence.end, sentence.start - 1):
        if not 0 <= where < len(scene.doc):
            continue
        for token in scene.doc[where].sent:
            if token.pos_ == "VERB" and token.lemma_.lower() in speech_verbs():
                subject = subject_of(token)
                party = scene.party(subject) if subject is not None else None
                if party is not None and party.kind not in {"document"}:
                    return [party, *_audience(scene, token)]
    return []


def _clause_words(verb: Token) -> str:
    """The words of a clause of saying without what is said: the verb, its subject and its times."""
    kept = [verb]
    for child in verb.children:
        if child.dep_ in {"npadvmod", "advmod", "nsubj", "prep", "dobj", "dative", "aux", "tmod"}:
            kept += [t for t in child.subtree if t.dep_ not in {"relcl"}]
    kept.sort(key=lambda t: t.i)
    return " ".join(t.text for t in kept)
