"""Persons and abbreviations that a text introduces itself.

In: a parsed text and the mentions of the vocabulary. Out: further mentions: "Finland's defence minister
Aino Lehto" makes "Aino Lehto" and, from there on, "Lehto" speak for Finland; "the Joint Transition Force
(JTF)" makes "JTF" mean that force. A person whose state the text does not tell stays without one: nobody is
guessed.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

from onrecord.extraction.lexicon import nouns, word_set
from onrecord.extraction.mentions import Mention

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
    for run in _name_runs(doc, covered):
        first, last = run[0], run[-1]
        name = doc.text[first.idx : last.idx + len(last.text)]
        target, has_office = _whose(run, covered)
        if has_office and len(run) <= 4:
            key = last.text
            people.setdefault(key, (target, name))
            if target is not None and people[key][0] is None:
                people[key] = (target, name)
            spans[first.i] = (first.idx, last.idx + len(last.text), key)
    found = []
    for start, end, key in spans.values():
        target, name = people[key]
        found.append(Mention(start, end, doc.text[start:end], target, "introduced", "person", name))
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
            found.append(Mention(start, end, doc.text[start:end], target, "introduced", "person", name))
    return found


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
