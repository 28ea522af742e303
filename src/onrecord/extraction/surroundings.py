"""What a passage takes from the sentences beside its own: the speaker of a quotation, a name, a day, an outlet.

In: a scene and a token, or a party. Out: clauses of saying, fuller parties, words. A quotation belongs to who speaks
in the sentence beside it; a second sentence of one speaker was said on the day of the first; a story told after
another outlet stays that outlet's until somebody else speaks.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from onrecord.extraction.clauses import clause_words
from onrecord.extraction.coreference import subject_of
from onrecord.extraction.relays import according, printed
from onrecord.extraction.sayings import PERSONS, Saying, is_saying, saying_of
from onrecord.extraction.scene import Party, Scene
from onrecord.extraction.speakers import speaking_parties

_BACK = 4
"""How many sentences back the day of a speech is looked for: a news paragraph seldom runs longer."""


def earlier_words(scene: Scene, token: Token, speaker: Party) -> str:
    """The words of the clauses in which the same speaker spoke in the sentences just before: one speech, one day.

    What the state itself said is what its minister said: "Morocco said on Thursday ... The foreign minister announced".
    """
    if speaker.kind == "outlet":
        return ""
    found: list[str] = []
    start = token.sent.start
    for _ in range(_BACK):
        if start == 0:
            break
        sentence = scene.doc[start - 1].sent
        for verb in scene.tokens_of(sentence):
            if not is_saying(verb) and verb.lemma_.lower() not in {"reject", "confirm", "deny"}:
                continue
            subject = subject_of(verb)
            others = (
                [identified(scene, p) for p in speaking_parties(scene, subject)]
                if subject is not None
                else []
            )
            if any(_same_voice(p, speaker) for p in others):
                inside = next((c for c in verb.children if c.dep_ in {"ccomp", "dobj", "xcomp"}), verb)
                found.append(clause_words(verb, inside))
        start = sentence.start
    return " ; ".join(found)


def _same_voice(earlier: Party, speaker: Party) -> bool:
    if earlier.name == speaker.name:
        return True
    return (
        earlier.kind == "state"
        and earlier.entity is not None
        and earlier.entity == speaker.entity
        and speaker.kind in PERSONS
    )


def quoted_around(scene: Scene, token: Token) -> Saying | None:
    """The clause of saying that a quotation without one belongs to, in the sentence after or before it."""
    if not _in_quotation(scene, token):
        return None
    sentence = token.sent
    closed = sentence.text.strip()[-1:] in '"”' or sentence.text.strip()[-2:-1] in '"”'
    opens = sentence.text.strip()[:1] in '"“‘'
    order = (sentence.start - 1, sentence.end) if opens and closed else (sentence.end, sentence.start - 1)
    for where in order:
        if not 0 <= where < len(scene.doc):
            continue
        for verb in scene.tokens_of(scene.tokens[where].sent):
            if is_saying(verb):
                saying = saying_of(scene, verb)
                if any(p.kind != "document" for p in saying.speakers):
                    return saying
    return None


def _in_quotation(scene: Scene, token: Token) -> bool:
    before = scene.text[: token.idx]
    if before.count("“") > before.count("”") or before.count('"') % 2 == 1:
        return True
    return token.sent.text.strip()[:1] in '"“'


def identified(scene: Scene, party: Party) -> Party:
    """The person whom an unnamed office holder turns out to be in the next sentence: agencies name at second mention.

    "its army spokesperson said on Monday. The cabinet decides, Donny Pramono said": a bare full name that speaks in
    one of the next two sentences without any title of its own, and was never named before.
    """
    if party.kind != "office" or not 0 <= party.token < len(scene.doc):
        return party
    head = scene.doc[party.token]
    if head.lemma_.lower() not in {
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "minister",
        "president",
        "commander",
        "ambassador",
        "envoy",
        "chief",
    }:
        return party
    start = head.sent.end
    for _ in range(2):
        if start >= len(scene.doc):
            return party
        sentence = scene.doc[start].sent
        for verb in scene.tokens_of(sentence):
            subject = subject_of(verb) if is_saying(verb) else None
            if subject is None or subject.pos_ != "PROPN" or subject.left_edge.i != subject.i - 1:
                continue
            named = scene.party(subject)
            bare = all(t.pos_ == "PROPN" for t in subject.subtree)
            if (
                named is not None
                and named.kind == "named_person"
                and bare
                and subject.text not in scene.text[: sentence.start_char]
            ):
                return replace(
                    party, name=named.name, kind="named_person", entity=named.entity or party.entity
                )
        start = sentence.end
    return party


def carried_outlet(scene: Scene, token: Token) -> list[Party]:
    """The outlet whose story is being retold: the sentence before was its word alone (", the Journal says").

    Holds within a paragraph, and only while nobody else speaks: an outlet that was merely told something
    by a source retells nothing of its own.
    """
    start = token.sent.start
    for _ in range(_BACK):
        if start == 0 or "\n" in scene.text[scene.doc[start - 1].sent.start_char : token.idx].strip():
            return []
        sentence = scene.doc[start - 1].sent
        sources, outlets = printed(scene, sentence)
        spoken = [p for v in scene.tokens_of(sentence) if is_saying(v) for p in saying_of(scene, v).speakers]
        if sources or any(p.kind != "outlet" for p in [*spoken, *according(scene, sentence)]):
            return []
        if outlets:
            return outlets[-1:]
        start = sentence.start
    return []
