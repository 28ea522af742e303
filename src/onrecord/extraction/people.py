"""Persons and abbreviations that a text introduces itself.

In: a parsed text and the mentions of the vocabulary. Out: further mentions: "Finland's defence minister
Aino Lehto" makes "Aino Lehto" and, from there on, "Lehto" speak for Finland; "the Joint Transition Force
(JTF)" makes "JTF" mean that force. A person whose state the text does not tell stays without one: nobody is
guessed.
"""

from __future__ import annotations

import re
from dataclasses import replace

from spacy.tokens import Doc, Token

from onrecord.extraction.lexicon import nouns, word_set
from onrecord.extraction.mentions import Mention
from onrecord.extraction.spoken_of import is_state, state_spoken_of

_TITLES = word_set(
    """
    mr mrs ms dr sir lord lady gen lt col maj foreign defence defense prime interior finance deputy
    vice army major brigadier lieutenant
    """
)
_STATE_ROLES = word_set("name abbreviation adjective body capital seat misspelling")
_PHRASE_TAGS = word_set("NOUN ADJ PROPN PART ADP DET CCONJ")

_ACRONYM = re.compile(
    r"((?:[A-Z][\w’'-]+\s+(?:(?:of|for|the|and|in|on|"
    r"to)\s+){0,2}){1,7}?[A-Z][\w’'-]+)\s+\(([A-Z][A-Za-z-]{1,9})\)"
)


def introduced(doc: Doc, mentions: list[Mention]) -> list[Mention]:
    """Mentions of persons and abbreviations that the text introduces, none overlapping those given."""
    covered = {i: m for m in mentions for i in range(m.start, m.end)}
    people: dict[str, tuple[str | None, str]] = {}
    spans: dict[int, tuple[int, int, str]] = {}
    text = doc.text  # put together anew each time it is asked for
    for run in _name_runs(doc, covered):
        first, last = run[0], run[-1]
        name = text[first.idx : last.idx + len(last.text)]
        target, has_office = _whose(run, covered)
        if target is None and has_office:
            target = _of_behind(doc, run, covered) or _state_near(doc, run, mentions)
        if has_office and len(run) <= 4:
            key = last.text
            people.setdefault(key, (target, name))
            if target is not None and people[key][0] is None:
                people[key] = (target, name)
            spans[first.i] = (first.idx, last.idx + len(last.text), key)
    found = []
    for start, end, key in spans.values():
        target, name = people[key]
        found.append(Mention(start, end, text[start:end], target, "introduced", "person", name))
    used = {i for s, e, _ in spans.values() for i in range(s, e)} | set(covered)
    for token in doc:
        if token.text in people and token.idx not in used and token.pos_ == "PROPN":
            target, name = people[token.text]
            start = token.idx
            before = token
            while (
                before.i
                and before.nbor(-1).pos_ == "PROPN"
                and before.nbor(-1).idx not in used
                and before.nbor(-1).text in name
            ):
                before = before.nbor(-1)
                start = before.idx
            end = token.idx + len(token.text)
            found.append(Mention(start, end, text[start:end], target, "introduced", "person", name))
    return found


_APART = word_set(
    "former ex late then ally allied counterpart partner rival neighbour neighbor friend host guest like"
)
"""Words after which an office is not, or no longer, that of the person named."""
_OF_A_STATE = word_set(
    "minister premier president chancellor king emir sultan senator lawmaker mp chief spokesman "
    "spokeswoman spokesperson"
)
_GOVERNING = word_set(
    """
    prime foreign defence defense interior finance information justice health energy climate environment trade economy
    migration home deputy state government presidential army military police navy vice security treasury aid development
    """
)


def by_office(doc: Doc, mentions: list[Mention]) -> list[Mention]:
    """The mentions, with persons speaking for whom the office beside their name is of, whoever they were before.

    "NATO chief NAME" is NATO, though NAME is known as a minister of Norway; so is the bare surname from there on.
    "Former NATO chief NAME" tells nothing.
    """
    covered = {i: m for m in mentions for i in range(m.start, m.end)}
    told: dict[str, str] = {}
    for mention in mentions:
        if mention.role == "person" and mention.name not in told:
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            target = _office_of(doc, span.start, span.end, covered) if span is not None else None
            if target is not None and target != mention.target:
                told[mention.name] = target
    return [replace(m, target=told[m.name]) if m.role == "person" and m.name in told else m for m in mentions]


def _office_of(doc: Doc, start: int, end: int, covered: dict[int, Mention]) -> str | None:
    """Whose office stands right before a name, or behind it in commas."""
    i = start - 1
    first = doc[start].sent.start
    if i >= first and doc[i].lemma_.lower() in nouns().offices:
        while i >= first and start - i < 8:
            token = doc[i]
            if token.lower_ in _APART:
                return None
            if token.idx in covered and (mention := covered[token.idx]).role in _STATE_ROLES and mention.target:
                return mention.target if _holds(mention) else None
            if token.text == ",":
                return _spoken_for(doc, first, i, covered)
            if token.pos_ not in {"NOUN", "PROPN", "ADJ", "PART", "PUNCT", "ADV"} and token.text not in {"'s", "’s"}:
                return None
            i -= 1
    if end + 2 < len(doc) and doc[end].text == "," and doc[end + 1].lower_ == "the":
        return _head_of(doc, end + 2, covered)
    return None


def _spoken_for(doc: Doc, first: int, comma: int, covered: dict[int, Mention]) -> str | None:
    """Whom "For the European Union, commissioner NAME said" speaks for."""
    last = doc[comma - 1]
    mention = covered.get(last.idx) if comma else None
    opens = doc[first].lower_ == "for" and comma - first < 6
    return mention.target if opens and mention is not None and _holds(mention) else None


def _head_of(doc: Doc, i: int, covered: dict[int, Mention]) -> str | None:
    """Whose head NAME is in "NAME, the head of NATO," and "NAME, the chief of the African Union commission,"."""
    office = i
    while office < len(doc) and office - i < 3 and doc[office].lemma_.lower() not in nouns().offices:
        if doc[office].idx in covered or doc[office].lower_ in _APART:
            return None
        office += 1
    k = office + 1
    if k < len(doc) and doc[k].lower_ == "of":
        k += 1
        k += k < len(doc) and doc[k].lower_ == "the"
        mention = covered.get(doc[k].idx) if k < len(doc) else None
        return mention.target if mention is not None and _holds(mention) else None
    return None


def _holds(mention: Mention) -> bool:
    return mention.kind not in {"group", "outlet"} and not (mention.target or "").startswith("group:")


def _state_near(doc: Doc, run: list[Token], mentions: list[Mention]) -> str | None:
    """The state of "defence minister NAME" whose country the text does not write beside the office."""
    i = run[0].i - 1
    before = [t.lemma_.lower() for t in doc[max(run[0].sent.start, i - 3) : i + 1]]
    if not before or before[-1] not in _OF_A_STATE:
        return None
    titled = doc[i].text == "President" or any(w in _GOVERNING for w in before[:-1])
    return state_spoken_of(doc, mentions, run[0].i) if titled and not set(before) & _APART else None


def _name_runs(doc: Doc, covered: dict[int, Mention]) -> list[list[Token]]:
    runs: list[list[Token]] = []
    run: list[Token] = []
    titles = nouns().offices | _TITLES
    for token in doc:
        name = (
            token.pos_ == "PROPN"
            and token.text[:1].isupper()
            and token.idx not in covered
            and token.lower_.strip(".") not in titles
            and token.lemma_.lower() not in titles
            and not (
                token.text in {"State", "Staff", "Defence", "Defense", "Affairs"}
                and token.i
                and token.nbor(-1).lower_ in {"of", "foreign"}
            )
        )
        if name and not (run and token.is_sent_start):
            run.append(token)
        else:
            if run:
                runs.append(run)
            run = [token] if name else []
    if run:
        runs.append(run)
    return runs


def _whose(run: list[Token], covered: dict[int, Mention]) -> tuple[str | None, bool]:
    """The actor that a named person speaks for, and whether an office stands by the name at all."""
    words = nouns()
    doc = run[0].doc
    office = False
    # "Italian defence minister NAME": read leftwards inside the phrase
    i = run[0].i - 1
    steps = 0
    while i >= 0 and steps < 9 and doc[i].sent.start == run[0].sent.start:
        token = doc[i]
        lemma = token.lemma_.lower()
        if lemma in words.offices or lemma in words.unnamed:
            office = True
        elif token.idx in covered:
            mention = covered[token.idx]
            if mention.target and mention.role in _STATE_ROLES:
                if office or mention.role == "body":
                    return mention.target, True
                return None, False
        elif not (token.pos_ in _PHRASE_TAGS or token.text in {"-", "’s", "'s", ","}):
            break
        if token.text == "," and not office:
            break
        i -= 1
        steps += 1
    # "NAME, the Kenyan president,"
    j = run[-1].i + 1
    if j < len(doc) and doc[j].text == ",":
        target = None
        for k in range(j + 1, min(j + 12, len(doc))):
            token = doc[k]
            if (
                token.idx in covered
                and covered[token.idx].target
                and covered[token.idx].role in {"name", "abbreviation", "adjective", "body", "misspelling"}
            ):
                target = covered[token.idx].target
            if token.lemma_.lower() in words.offices:
                tail = doc[k + 1 : k + 5]
                for near in tail:
                    if near.text in {",", "."} or near.pos_ == "VERB":
                        break
                    if near.idx in covered and covered[near.idx].target and target is None:
                        target = covered[near.idx].target
                return target, True
            if token.text in {",", ".", ";"} or token.pos_ in {"VERB", "AUX"}:
                break
    return None, office


def _of_behind(doc: Doc, run: list[Token], covered: dict[int, Mention]) -> str | None:
    """The state of "Foreign Minister NAME of Norway"."""
    k = run[-1].i + 1
    mention = covered.get(doc[k + 1].idx) if k + 1 < len(doc) and doc[k].lower_ == "of" else None
    return mention.target if mention is not None and is_state(mention.target) and mention.role == "name" else None


def abbreviations(text: str) -> dict[str, str]:
    """Abbreviations that a text introduces in brackets: short form to long form.

    Example:
        >>> abbreviations("the Joint Transition Force (JTF) will wait")
        {'JTF': 'Joint Transition Force'}
    """
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        words = [w for w in match.group(1).split() if w[:1].isupper()]
        short = match.group(2)
        letters = [c for c in short if c.isupper()]
        for start in range(len(words)):
            if [w[0] for w in words[start:]] == letters:
                at = match.group(1).index(words[start])
                found[short] = match.group(1)[at:]
                break
    return found
