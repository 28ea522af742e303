"""Pronouns and descriptions led back to whom they mean: "it", "we", "the country", "the two leaders".

In: a scene. Out: the same scene with ``pronouns`` (and ``plurals``) filled. The rules are the plain ones
that hold in news: a pronoun inside reported speech means the speaker; "he" the last person; "it" the last
state or body that was a subject; "the ministry" the state that was last spoken of through an office. Where
none fits, nothing is filled in.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from spacy.tokens import Token

from onrecord.extraction.grammar import subject_of
from onrecord.extraction.lexicon import cues, speech_verbs, word_set
from onrecord.extraction.scene import Party, Scene, conjuncts, is_place

__all__ = ["resolve", "subject_of"]

Said = list[tuple[Token, Party]]
"""Who has been spoken of so far, with the token that named him, in order of the text."""

_ONE_PERSON = word_set(
    """
    minister president spokesman spokeswoman spokesperson premier chancellor king leader envoy
    ambassador general chief aide
    """
)
_NAMING = word_set("amod compound poss nmod pobj appos flat")

_PERSON = word_set("he she him her his hers himself herself")
_THING = {"it", "its", "itself"}
_MANY = {"they", "them", "their", "theirs", "themselves"}
_FIRST = word_set("we us our ours i me my mine ourselves")
_STATE_NOUNS = word_set("country nation state kingdom republic emirate monarchy capital")
_OFFICE_NOUNS = word_set(
    """
    ministry minister president government spokesman spokeswoman spokesperson premier army military
    parliament cabinet official officials administration chancellor king leader authorities
    presidency foreign envoy congress ambassador diplomat general chief delegation lawmakers aide head
    """
)
_PAIRS = word_set("leader country president minister side state government nation capital ally")


def resolve(scene: Scene) -> None:
    """Fill ``scene.pronouns`` and ``scene.plurals``, reading from the first token to the last."""
    said: Said = []
    for token in scene.doc:
        if token.pos_ == "PRON" or token.tag_ in {"PRP", "PRP$", "WP", "WDT"}:
            many = _many(scene, token, said)
            if many:
                scene.plurals[token.i] = many
            found = _pronoun(scene, token, said)
            if found is not None:
                scene.pronouns[token.i] = found
                if token.dep_ in {"nsubj", "nsubjpass"} and token.lower_ not in _FIRST:
                    said.append((token, found))
            continue
        if token.pos_ not in {"NOUN", "PROPN", "ADJ", "NUM"}:
            continue
        described = _description(scene, token, said)
        if described:
            if len(described) > 1:
                scene.plurals[token.i] = described
            scene.pronouns[token.i] = described[0]
            said.append((token, described[0]))
            continue
        party = scene.party(token)
        if party is not None and party.kind not in {"document"} and not is_place(scene, token):
            said.append((token, party))


def _pronoun(scene: Scene, token: Token, said: Said) -> Party | None:
    word = token.lower_
    if token.tag_ in {"WP", "WDT"} or (word in {"that", "which", "who"} and token.head.dep_ == "relcl"):
        verb = token.head
        while verb.dep_ in {"xcomp", "ccomp", "conj", "aux", "auxpass"} and verb.head.i != verb.i:
            verb = verb.head
        return scene.party(verb.head) if verb.dep_ == "relcl" and verb.head.i != token.i else None
    if word in _FIRST:
        return _speaker(scene, token, said)
    if word in _PERSON:
        subject = _governing_subject(scene, token)
        if subject is not None and subject.kind in {"named_person", "office", "anonymous"}:
            return subject
        return _last(said, lambda t, p: p.kind in {"named_person"}) or _last(
            said, lambda t, p: p.kind in {"office", "anonymous"}
        )
    if word in _THING:
        subject = _governing_subject(scene, token)
        if subject is not None and subject.entity and subject.kind not in {"document", "outlet"}:
            return replace(subject, kind="state" if subject.kind == "named_person" else subject.kind)
        return _last(
            said,
            lambda t, p: (
                p.entity is not None
                and p.kind in {"state", "organisation", "office"}
                and _subject(t)
                and not p.entity.startswith("group:")
            ),
            near=token,
        )
    if word in _MANY:
        subject = _governing_subject(scene, token)
        if subject is not None and subject.entity and subject.kind not in {"document", "outlet"}:
            return subject
        return _last(said, lambda t, p: p.entity is not None and _subject(t) and p.kind != "named_person", near=token)
    return None


def _subject(token: Token) -> bool:
    return token.dep_ in {"nsubj", "nsubjpass", "conj", "poss", "agent"} or (
        token.dep_ == "pobj" and token.head.dep_ == "agent"
    )


def _last(said: Said, fits: Callable[[Token, Party], bool], near: Token | None = None) -> Party | None:
    for token, party in reversed(said):
        if near is not None and near.i - token.i > 90:
            return None
        if near is not None and token.i >= near.i:
            continue
        if fits(token, party):
            return party
    return None


def _governing_subject(scene: Scene, token: Token) -> Party | None:
    """The subject of the verb of saying or stance in whose complement a token stands."""
    node = token
    verbs = cues()["verb"]
    while node.head.i != node.i:
        rel, head = node.dep_, node.head
        if rel in {"ccomp", "xcomp", "acl", "advcl", "pcomp", "conj"} and (
            head.lemma_.lower() in speech_verbs() or head.lemma_.lower() in verbs or rel in {"advcl"}
        ):
            subject = subject_of(head)
            if subject is not None and subject.i != token.i and not _within(token, subject):
                party = scene.party(subject)
                if party is not None:
                    return party
        node = head
    return None


def _within(token: Token, head: Token) -> bool:
    while token.head.i != token.i:
        if token.i == head.i:
            return True
        token = token.head
    return token.i == head.i


def _speaker(scene: Scene, token: Token, said: Said) -> Party | None:
    """Who says "we": the subject of the verb of saying over it or beside it, or who spoke last or next."""
    subject = _governing_subject(scene, token)
    if subject is not None:
        return subject
    for word in token.sent:
        if word.lemma_.lower() in speech_verbs() and word.pos_ == "VERB":
            who = subject_of(word)
            if who is not None and who.i != token.i and who.lower_ not in _FIRST:
                party = scene.party(who)
                if party is not None:
                    return party
    after = token.sent.end
    if after < len(scene.doc):
        for word in scene.doc[after].sent:
            if word.lemma_.lower() in speech_verbs() and word.pos_ == "VERB":
                who = subject_of(word)
                if who is not None and who.lower_ not in _FIRST and who.pos_ != "PRON":
                    party = scene.party(who)
                    if party is not None and token.doc[token.sent.end - 1].text in {",", "”", '"', "’"}:
                        return party
    return _last(said, lambda t, p: p.kind in {"named_person", "office", "anonymous"} and _subject(t))


def _definite(token: Token) -> bool:
    if token.text in {"Parliament", "Government", "Cabinet", "Congress", "Ministers", "Lawmakers"}:
        return True
    return any(c.dep_ == "det" and c.lower_ in {"the", "this", "that", "these", "those"} for c in token.children)


def _bare(scene: Scene, token: Token) -> bool:
    """Whether the phrase names nobody itself."""
    return scene.mention_at(token) is None and not any(
        scene.mention_at(t) is not None
        for t in token.subtree
        if (t.i != token.i and t.dep_ in _NAMING and t.head.i == token.i)
        or (t.dep_ == "pobj" and t.head.head.i == token.i)
    )


def _description(scene: Scene, token: Token, said: Said) -> tuple[Party, ...]:
    lemma = token.lemma_.lower()
    if not _definite(token) and not any(c.lower_ in {"both", "two", "its", "his", "her"} for c in token.children):
        return ()
    many = _many(scene, token, said)
    if many:
        return many
    if not _definite(token) or not _bare(scene, token):
        return ()
    start, end = scene.phrase(token)
    if lemma in _STATE_NOUNS and token.tag_ == "NN":
        epithet = [c.lower_ for c in token.children if c.dep_ in {"amod", "compound"}]
        # a state by its own name, not through its officials: these would say "it" or "we"
        found = _last(
            said,
            lambda t, p: _is_state(p) and p.kind == "state" and (not epithet or _fits(scene, p, lemma, epithet)),
        )
        found = found or (None if epithet else _last(said, lambda t, p: _is_state(p)))
        return (replace(found, start=start, end=end, kind="state"),) if found else ()
    if lemma == "head" and not scene.text[token.idx :].startswith(("head of state", "head of government")):
        return ()
    if lemma in _OFFICE_NOUNS and token.tag_ in {"NN", "NNS", "NNP"}:
        speaker = _last(
            said,
            lambda t, p: p.entity is not None and p.kind in {"named_person", "office", "anonymous"} and t.i != token.i,
        )
        state = speaker or _last(said, lambda t, p: _is_state(p))
        if state is None or state.entity is None:
            return ()
        phrase = " ".join(scene.text[start:end].split())
        person = lemma in _ONE_PERSON
        if person and speaker is not None and speaker.kind == "named_person":
            return (replace(speaker, start=start, end=end),)
        return (
            Party(
                state.entity,
                phrase,
                "anonymous" if lemma in {"official", "officials", "diplomat"} else "office",
                start,
                end,
                token.i,
            ),
        )
    return ()


def _is_state(party: Party) -> bool:
    return party.entity is not None and len(party.entity) == 3 and party.entity.isupper()


def _fits(scene: Scene, party: Party, noun: str, epithets: list[str]) -> bool:
    """Whether the vocabulary describes the state so ("the Caucasus country", "the kingdom")."""
    known = scene.descriptors.get(party.entity or "", ())
    phrase = " ".join([*epithets, noun])
    return any(d.lower() == noun or d.lower() in phrase for d in known) or any(
        e in d.lower() for d in known for e in epithets
    )


def _many(scene: Scene, token: Token, said: Said) -> tuple[Party, ...]:
    """Those meant by "the two leaders", "both countries", "they" after a list: the last that many."""
    lemma = token.lemma_.lower()
    if lemma in _PAIRS and token.tag_ in {"NNS", "NNPS"}:
        if not any(c.lower_ in {"two", "both"} for c in token.children) or not _bare(scene, token):
            return ()
        persons = lemma in {"leader", "president", "minister", "man"}
        found: list[Party] = []
        for _, party in reversed(said):
            if party.entity is None or party.entity.startswith("group:") or party.entity in {p.entity for p in found}:
                continue
            if persons != (party.kind == "named_person") and persons:
                continue
            found.append(party)
            if len(found) == 2:
                return tuple(reversed(found))
        return ()
    if token.lower_ in _MANY and _governing_subject(scene, token) is None:
        for earlier, _ in reversed(said):
            if earlier.i >= token.i or token.i - earlier.i > 60:
                continue
            if earlier.dep_ in {"nsubj", "nsubjpass"}:
                members = [scene.party(t) for t in conjuncts(earlier)]
                several = tuple(p for p in members if p is not None and p.entity is not None)
                return several if len(several) > 1 else ()
    return ()
