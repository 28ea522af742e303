"""The opposition of a country: a holder of its own, apart from the state whose government it opposes.

In: a parsed text and the mentions of the vocabulary. Out: the mentions with those of oppositions among them:
"Opposition leader NAME", "the main opposition party", "the shadow defence minister", "PARTY, the largest opposition
party", and the person's bare surname from there on. The target is ``<country>_opposition``. Armed oppositions and the
noun for being against something are left alone.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.extraction.lexicon import word_set
from onrecord.extraction.mentions import Mention
from onrecord.extraction.spoken_of import is_state, state_spoken_of

_POLITICAL = word_set(
    """
    leader leaders party parties lawmaker lawmakers mp mps spokesman spokeswoman spokesperson spokespeople politician
    politicians figure figures deputy deputies member members senator senators legislator legislators alliance bloc
    coalition candidate candidates chief chiefs whip benches bench speaker chairman chair parliamentarian
    parliamentarians
    """
)
"""What the opposition in a parliament consists of."""
_BETWEEN = word_set(
    """
    defence defense foreign affairs finance energy climate health interior home justice security immigration trade
    treasury transport party main
    """
)
_ARMED = word_set("fighters forces force groups group factions faction militia militias rebels army strongholds")
_AGAINST = word_set("to from against within among of over by")
_OPENS = frozenset({"opposition", "shadow"})
"""The words by which a phrase is known that means an opposition."""
_SHADOW = word_set("minister secretary chancellor cabinet ministers spokesman spokeswoman spokesperson treasurer")
_BEFORE = word_set(
    """
    main largest biggest political parliamentary conservative liberal left-wing right-wing far-right far-left centre
    center right left islamist socialist exiled united democratic official two three several many all both every an a
    the of 's ’s country nation
    """
)
_LED = word_set("leader leaders head chief member members")


def opposition_of(country: str) -> str:
    """The id of a country's opposition.

    Example:
        >>> opposition_of("New Zealand"), opposition_of("Côte d'Ivoire")
        ('new_zealand_opposition', 'cote_d_ivoire_opposition')
    """
    plain = unicodedata.normalize("NFKD", country).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "_", plain.lower()).strip("_") + "_opposition"


def with_oppositions(doc: Doc, mentions: Sequence[Mention], countries: Mapping[str, str]) -> list[Mention]:
    """The mentions with those of oppositions among them, in order, none overlapping another.

    Args:
        doc: the parsed text.
        mentions: what the vocabulary knows of it, in order.
        countries: id of a state -> its name in English.
    """
    found: list[Mention] = []
    people: dict[str, tuple[str, str]] = {}
    for token in doc:
        span = _phrase(doc, token) if token.lower_ in _OPENS else None
        if span is None:
            continue
        start, end = span
        named = _names_after(doc, end, mentions)
        state = (
            _whose(doc, mentions, start, end)
            or (_known_state(doc, mentions, named) if named else None)
            or state_spoken_of(doc, mentions, start)
            or state_spoken_of(doc, mentions, token.sent.end - 1)
        )
        if state is None or state not in countries:
            continue
        target = opposition_of(countries[state])
        if named is not None:
            name = doc[named[0] : named[1]].text
            people[doc[named[1] - 1].text] = (target, name)
            found.append(_mention(doc, *named, target, name, "introduced"))
        beside = _member_before(doc, start, mentions)
        if beside is not None:
            people[doc[beside[1] - 1].text] = (target, doc[beside[0] : beside[1]].text)
            found.append(_mention(doc, *beside, target, doc[beside[0] : beside[1]].text, "introduced"))
        found.append(_mention(doc, start, end, target, doc[start:end].text, "name"))
    known = [_as_opposition(m, people, countries) for m in mentions]
    taken = {i for m in found for i in range(m.start, m.end)}
    kept = [m for m in known if not taken & set(range(m.start, m.end))]
    taken |= {i for m in kept for i in range(m.start, m.end)}
    for token in doc if people else ():
        if token.text in people and token.text[:1].isupper() and token.idx not in taken:
            target, name = people[token.text]
            found.append(_mention(doc, token.i, token.i + 1, target, name, "introduced"))
    return sorted([*kept, *found], key=lambda m: m.start)


def _mention(doc: Doc, start: int, end: int, target: str, name: str, role: str) -> Mention:
    first, last = doc[start], doc[end - 1]
    stop = last.idx + len(last.text)
    return Mention(first.idx, stop, doc.text[first.idx : stop], target, role, "party", name)


def _as_opposition(mention: Mention, people: Mapping[str, tuple[str, str]], countries: Mapping[str, str]) -> Mention:
    """A person whom the vocabulary or the text has leading an opposition, speaking for it and not for the state."""
    if mention.role != "person":
        return mention
    surname = mention.name.split()[-1]
    if surname in people and people[surname][1].split()[0] in {mention.name.split()[0], surname}:
        return replace(mention, target=people[surname][0])
    if mention.kind == "opposition" and mention.target is not None and mention.target in countries:
        return replace(mention, target=opposition_of(countries[mention.target]))
    return mention


def _phrase(doc: Doc, token: Token) -> tuple[int, int] | None:
    """The tokens of a phrase that means an opposition or its people, names left out: (first, one past the last)."""
    following = doc[token.i + 1 : token.sent.end]
    if token.lower_ == "shadow" and following:
        for k, word in enumerate(following[:4]):
            if word.lower_ in _SHADOW:
                return token.i, token.i + k + 2
            if word.lower_ not in _BETWEEN:
                return None
        return None
    if token.lower_ != "opposition" or token.tag_ == "VB":
        return None
    before = list(doc[max(token.sent.start, token.i - 4) : token.i])
    if before and before[-1].lower_ in {"armed", "rebel", "his", "her", "its", "their", "our", "my", "in"}:
        return None
    for k, word in enumerate(following[:4]):
        if word.lower_ in _POLITICAL:
            return _from_leader(doc, token.i), token.i + k + 2
        if word.lower_ in _ARMED or word.lower_ not in _BETWEEN:
            break
    if following and (following[0].lower_ in _ARMED or following[0].lower_ in _AGAINST):
        return None
    if following and following[0].pos_ == "PROPN" and following[0].text[:1].isupper():
        return token.i, token.i + 1
    if any(t.lower_ == "the" for t in before) or (token.text == "Opposition" and not token.is_sent_start):
        start = _from_leader(doc, token.i)
        noun = token.dep_ in {"nsubj", "nsubjpass", "poss", "pobj", "dobj", "conj", "agent"}
        return (start, token.i + 1) if noun or start < token.i else None
    return None


def _from_leader(doc: Doc, i: int) -> int:
    """Where "leader of the (Danish) opposition" begins, else the token itself."""
    k = i - 1
    while k > 0 and i - k < 5 and (doc[k].lower_ in _BEFORE or doc[k].pos_ == "ADJ") and doc[k].lower_ != "of":
        k -= 1
    return k - 1 if k > 0 and doc[k].lower_ == "of" and doc[k - 1].lower_ in _LED else i


def _whose(doc: Doc, mentions: Sequence[Mention], start: int, end: int) -> str | None:
    """The state named in the phrase or right beside it: "Greek opposition", "the opposition in Ghana"."""
    at = {t.i: m for m in mentions if is_state(m.target) for t in _tokens(doc, m)}
    for i in range(end - 1, max(doc[start].sent.start, start - 6) - 1, -1):
        if i in at and at[i].role in {"name", "abbreviation", "adjective", "capital", "people", "misspelling"}:
            return at[i].target
        if i < start and doc[i].lower_ not in _BEFORE and doc[i].pos_ != "ADJ":
            break
    for i in range(end, min(end + 3, doc[start].sent.end)):
        if doc[i].lower_ in {"in", "of"} and (i + 1 in at) and at[i + 1].role == "name":
            return at[i + 1].target
        if doc[i].pos_ != "PROPN":
            break
    return None


def _known_state(doc: Doc, mentions: Sequence[Mention], named: tuple[int, int]) -> str | None:
    """The state that the vocabulary has a person belong to."""
    start, end = doc[named[0]].idx, doc[named[1] - 1].idx
    inside = [m for m in mentions if m.role == "person" and start <= m.start <= end]
    return next((m.target for m in inside if is_state(m.target)), None)


def _tokens(doc: Doc, mention: Mention) -> list[Token]:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return list(span) if span is not None else []


def _names_after(doc: Doc, end: int, mentions: Sequence[Mention]) -> tuple[int, int] | None:
    """A name right behind the phrase: "opposition leader NAME", "the opposition's NAME", "its leader, NAME,"."""
    stop = doc[end - 1].sent.end
    start = end + 1 if end < stop and doc[end].lower_ in {"'s", "’s", ","} else end
    people = {t.i for m in mentions if m.role in {"person", "introduced"} for t in _tokens(doc, m)}
    others = {t.i for m in mentions if m.role not in {"person", "introduced"} for t in _tokens(doc, m)}
    i = start
    while i < stop and i - start < 5 and i not in others and (i in people or _proper(doc[i])):
        i += 1
    if i == start or (start > end and i - start < 2):
        return None
    closed = i < len(doc) and doc[i].text == ","
    return (start, i) if start == end or doc[end].text != "," or closed else None


def _proper(token: Token) -> bool:
    return token.pos_ == "PROPN" and token.text[:1].isupper()


def _member_before(doc: Doc, start: int, mentions: Sequence[Mention]) -> tuple[int, int] | None:
    """The politician of "NAME of PARTY, the main opposition party" or "NAME, leader of the opposition"."""
    k = start - 1
    while k > 0 and doc[k].sent.start == doc[start].sent.start and doc[k].lower_ in _BEFORE:
        k -= 1
    if k < 1 or doc[k].text != ",":
        return None
    last = k - 1
    first = _run_back(doc, last)
    if first is None:
        return None
    if first > 1 and doc[first - 1].lower_ in {"of", "from"}:
        member = _run_back(doc, first - 2)
        if member is not None and not _named(doc, mentions, first, last):
            return member, first - 1
    named = _named(doc, mentions, first, last)
    return None if named else (first, last + 1)


def _run_back(doc: Doc, last: int) -> int | None:
    i = last
    while i >= 0 and _proper(doc[i]) and doc[i].sent.start == doc[last].sent.start:
        i -= 1
    return i + 1 if i < last else None


def _named(doc: Doc, mentions: Sequence[Mention], first: int, last: int) -> bool:
    """Whether the vocabulary knows what is named there, other than as a person."""
    start, end = doc[first].idx, doc[last].idx
    return any(m.start <= end and start < m.end and m.role != "person" for m in mentions)
