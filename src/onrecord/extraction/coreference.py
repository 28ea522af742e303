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

from onrecord.extraction.fighting import armed_group, warring
from onrecord.extraction.grammar import subject_of
from onrecord.extraction.lexicon import cues, nouns, speech_verbs, word_set
from onrecord.extraction.officeholders import state_of_holder, state_of_paper, union_before
from onrecord.extraction.quotations import end_of_quotation, labelled
from onrecord.extraction.scene import ACTOR_ROLES, Party, Scene, conjuncts, is_place
from onrecord.extraction.seated import capital_of
from onrecord.extraction.spoken_of import is_state, state_spoken_of
from onrecord.model import SourceKind

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
    presidency foreign envoy navy congress ambassador diplomat general chief delegation lawmakers aide head
    """
)
_STATES_OWN = word_set(
    """
    ministry government premier army military parliament cabinet congress presidency lawmakers king chancellor navy
    """
)
"""Institutions that states have and organisations do not, whichever of them was spoken of last."""
_BARE = frozenset({"Parliament", "Government", "Cabinet", "Congress", "Ministers", "Lawmakers", "Presidency"})
"""Institutions that papers write without an article."""
_OF_POWER = word_set(
    "military army navy defence defense government security intelligence cabinet ministry presidential"
)
"""What makes "a military official" one of the state that the report speaks of."""
_ARMED = word_set("paramilitary rebel militant militia group movement insurgent paramilitaries")
_PARTS = word_set("participation contribution involvement membership contingent deployment troops candidacy role")
_NEAR_PART = 40
"""How many words back "the country" may reach for the state of an undertaking spoken of (tokens)."""
_FACTION = word_set("party coalition bloc alliance caucus")
_PAIRS = word_set("leader country president minister side state government nation capital ally")


def resolve(scene: Scene) -> None:
    """Fill ``scene.pronouns`` and ``scene.plurals``, reading from the first token to the last."""
    said: Said = []
    for token in scene.tokens:
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
        if not described and token.lemma_.lower() == "side":
            described = _many(scene, token, said) if scene.mention_at(token) is not None else ()
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
        here = token.sent.start
        subject_before = None
        if token.dep_ in {"nsubj", "nsubjpass"}:
            # "Answering NAME, she said": she is not whom she answers
            subject_before = _last(
                said, lambda t, p: p.kind == "named_person" and (t.sent.start != here or _subject(t)), near=token
            )
        return (
            subject_before
            or _last(said, lambda t, p: p.kind in {"named_person"})
            or _last(said, lambda t, p: p.kind in {"office", "anonymous"} and _one_body(t) and _subject(t))
            or _last(said, lambda t, p: p.kind in {"office", "anonymous"} and _one_body(t))
        )
    if word in _THING:
        subject = _own_clause(scene, token) or _governing_subject(scene, token)
        if subject is not None and subject.entity and subject.kind not in {"document", "outlet"}:
            return replace(subject, kind="state" if subject.kind == "named_person" else subject.kind)
        return _last(
            said,
            lambda t, p: (
                p.entity is not None
                and p.kind in {"state", "organisation", "office"}
                and _subject(t)
                and not (t.sent.start != token.sent.start and _as_aside(t))
                and not p.entity.startswith("group:")
            ),
            near=token,
        )
    if word in _MANY:
        subject = _own_clause(scene, token) or _governing_subject(scene, token)
        if subject is not None and subject.entity and subject.kind not in {"document", "outlet"}:
            return subject
        return _last(said, lambda t, p: p.entity is not None and _subject(t) and p.kind != "named_person", near=token)
    return None


def _one_body(token: Token) -> bool:
    """Whether a noun may be somebody that "he" or "she" stands for: an ambassador may, his embassy may not."""
    return token.lemma_.lower() not in nouns().bodies or token.lemma_.lower() in _ONE_PERSON


def _subject(token: Token) -> bool:
    while token.dep_ == "conj" and token.head.i != token.i:
        token = token.head  # "a truce put forward by Qatar and Egypt": Egypt is no subject either
    return token.dep_ in {"nsubj", "nsubjpass", "poss", "agent"} or (
        # whoever did it, but not whose truce, offer or house it merely is ("a truce put forward by Chad")
        token.dep_ == "pobj" and token.head.dep_ == "agent" and token.head.head.dep_ != "acl"
    )


def _as_aside(subject: Token) -> bool:
    """Whether a subject is that of a comparing aside: "as the bank had asked"."""
    verb = subject.head
    return verb.dep_ == "advcl" and any(c.lower_ == "as" and c.dep_ in {"mark", "advmod"} for c in verb.children)


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


def _own_clause(scene: Scene, token: Token) -> Party | None:
    """The subject of the clause in which "its" or "their" stands behind the verb: "Chile will keep its promise"."""
    if token.dep_ != "poss":
        return None
    node = token
    while node.head.i != node.i and node.pos_ not in {"VERB", "AUX"}:
        node = node.head
    subject = next((c for c in node.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    if subject is None or subject.i > token.i or _within(token, subject):
        return None
    party = scene.party(subject)
    fits = party is not None and party.entity is not None and party.kind in {"state", "organisation", "office"}
    return party if fits else None


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
    closing = end_of_quotation(scene, token)
    if closing is not None:
        for word in closing.sent:
            if word.lemma_.lower() in speech_verbs() and word.pos_ == "VERB":
                who = subject_of(word)
                party = scene.party(who) if who is not None and who.lower_ not in _FIRST else None
                if party is not None:
                    return party
    headed, party = labelled(scene, token)
    if headed:
        return party
    return _last(said, lambda t, p: p.kind in {"named_person", "office", "anonymous"} and _subject(t))


def _definite(token: Token) -> bool:
    if token.text in _BARE or (token.text == "House" and token.i and token.nbor(-1).text == "State"):
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


def _ownerless(scene: Scene, token: Token) -> bool:
    """Whether no word of a phrase says whose it is: "the ministry in Lima", not "Chad's ministry" or "its ministry"."""
    told = [t for c in token.lefts for t in c.subtree]
    told += [t for c in token.rights if c.dep_ == "prep" and c.lower_ == "of" for t in c.subtree]
    return scene.mention_at(token) is None and not any(scene.mention_at(t) or t.dep_ == "poss" for t in told)


def _description(scene: Scene, token: Token, said: Said) -> tuple[Party, ...]:
    lemma = token.lemma_.lower()
    if unnamed := _unnamed(scene, token):
        return unnamed
    if (seated := capital_of(scene, token)) is not None and _ownerless(scene, token):
        start, end = scene.phrase(token)
        kind: SourceKind = "anonymous" if lemma in {"official", "officials", "source"} else "office"
        return (Party(seated, " ".join(scene.text[start:end].split()), kind, start, end, token.i),)
    if not _definite(token) and not any(c.lower_ in {"both", "two", "its", "his", "her"} for c in token.children):
        return ()
    if lemma in _FACTION and _bare(scene, token):
        speaker = _governing_subject(scene, token)
        if speaker is not None and (speaker.entity or "").endswith("_opposition"):
            start, end = scene.phrase(token)
            return (replace(speaker, start=start, end=end, kind="organisation"),)
    many = _many(scene, token, said)
    if many:
        return many
    if not _definite(token) or not _bare(scene, token):
        return ()
    start, end = scene.phrase(token)
    if token.text == "Union" and (union := union_before(scene.mentions, token)) is not None:
        return (Party(union, "Union", "organisation", start, end, token.i),)
    if lemma in _ARMED and (armed := armed_group(scene, token)) is not None:
        return (replace(armed, start=start, end=end, token=token.i),)
    if lemma in _STATE_NOUNS and token.tag_ == "NN":
        sender = _taking_part(scene, token)
        if sender is not None:
            return (replace(sender, start=start, end=end),)
        epithet = [c.lower_ for c in token.children if c.dep_ in {"amod", "compound"}]
        # a state by its own name, not through its officials: these would say "it" or "we"
        found = _last(
            said,
            lambda t, p: _is_state(p) and p.kind == "state" and (not epithet or _fits(scene, p, lemma, epithet)),
        )
        first = None if epithet else _last(said, lambda t, p: _is_state(p) and p.kind == "state" and _subject(t))
        found = first or found or (None if epithet else _last(said, lambda t, p: _is_state(p)))
        return (replace(found, start=start, end=end, kind="state"),) if found else ()
    if lemma == "head" and not scene.text[token.idx :].startswith(("head of state", "head of government")):
        return ()
    if (lemma in _OFFICE_NOUNS or token.text == "House") and token.tag_ in {"NN", "NNS", "NNP", "NNPS"}:
        states_only = lemma in _STATES_OWN or token.text == "House"
        speaker = _last(
            said,
            lambda t, p: (
                p.entity is not None
                and p.kind in {"named_person", "office", "anonymous"}
                and t.i != token.i
                and (not states_only or _is_state(p))
            ),
        )
        state = (
            speaker or _spoken_of(scene, token) or _last(said, lambda t, p: _is_state(p)) or _told_later(scene, token)
        )
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


def _taking_part(scene: Scene, token: Token) -> Party | None:
    """The state of "talks on Greek participation": "the country will join" says of it what it does."""
    if token.dep_ != "nsubj" or any(c.dep_ in {"amod", "compound"} for c in token.children):
        return None
    for before in reversed(scene.doc[max(0, token.i - _NEAR_PART) : token.i]):
        mention = scene.mention_at(before)
        if mention is None or mention.role not in ACTOR_ROLES:
            continue
        if before.dep_ == "nsubj" or mention.role == "person":
            return None  # somebody has been spoken of by name since
        if mention.role == "adjective" and before.head.lemma_.lower() in _PARTS and is_state(mention.target):
            return Party(mention.target, mention.name, "state", mention.start, mention.end, before.i)
    return None


def _unnamed(scene: Scene, token: Token) -> tuple[Party, ...]:
    """The state of "a senior military official", "an army officer", "government sources" where none is written."""
    if token.lemma_.lower() not in {"official", "officer", "source", "spokesman", "spokeswoman", "spokesperson"}:
        return ()
    if _definite(token) or not any(c.lower_ in _OF_POWER and c.dep_ in _NAMING for c in token.children):
        return ()
    if not _bare(scene, token) or any(c.dep_ == "poss" for c in token.children):
        return ()  # "its army spokesperson" is told whose by the pronoun, and may be named further on
    state = _spoken_of(scene, token)
    start, end = scene.phrase(token)
    phrase = " ".join(scene.text[start:end].split())
    return (Party(state.entity, phrase, "anonymous", start, end, token.i),) if state is not None else ()


def _spoken_of(scene: Scene, token: Token) -> Party | None:
    """The state that the report speaks of there, as a party."""
    state = state_spoken_of(scene.doc, scene.mentions, token.i)
    return Party(state, state, "state", token=token.i) if state is not None else None


def _told_later(scene: Scene, token: Token) -> Party | None:
    """The state of an institution at the head of a text, by the office-holder named next or by the paper."""
    if token.lemma_.lower() not in _STATES_OWN or token.dep_ not in {"nsubj", "nsubjpass"}:
        return None
    state = state_of_holder(scene.doc, scene.mentions, token.i) or state_of_paper(scene.mentions, scene.paper_of)
    return Party(state, state, "state", token=token.i) if state is not None else None


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
    paired = any(c.lower_ in {"two", "both", "warring"} for c in token.children)
    if lemma in {"side", "party"} and token.tag_ == "NNS" and paired and (sides := warring(scene, token)):
        return sides
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
