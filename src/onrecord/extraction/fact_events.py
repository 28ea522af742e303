"""Talks and agreements of the past: "hosted talks in April", "signed a pact in 2021", "the 2021 declaration".

In: a sentence of a scene with its periods. Out: :class:`Found` with who did it and when. What is younger than a month
and told to the day is the news itself, and none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from spacy.tokens import Span as Passage
from spacy.tokens import Token

from onrecord.extraction.fact_phrases import DATED, Found, names, phrase, told_as_so, words
from onrecord.extraction.grammar import form_of, subject_of
from onrecord.extraction.periods import Period
from onrecord.extraction.scene import Scene
from onrecord.model import DateRange, FactKind

OLD = timedelta(days=30)
"""Talks and agreements of a single day count as background from this age on; what is younger is the news itself."""


def events(
    scene: Scene, sentence: Passage, told: Sequence[Period], published: DateRange | None
) -> Iterator[Found]:
    """The talks and agreements of a sentence.

    Args:
        scene: the report laid out.
        sentence: one of its sentences.
        told: the periods that it names.
        published: when the report came out.
    """
    for token in scene.tokens_of(sentence):
        if token.pos_ in {"NOUN", "PROPN"} and token.lemma_.lower() in words()["agreements"]:
            named = _dated_name(token, published)
            if named is not None:
                yield named
            continue
        made = _event(scene, token, told, published)
        if made is not None and told_as_so(made.at):
            yield made


def _event(
    scene: Scene, token: Token, told: Sequence[Period], published: DateRange | None
) -> Found | None:
    """Read "hosted talks in April", "signed a pact in 2021"."""
    if token.pos_ != "VERB" or not _past(token):
        return None
    lemma = token.lemma_.lower()
    kind: FactKind
    if lemma in words()["meets"]:
        kind, nouns = "talks", words()["meetings"]
    elif lemma in words()["signs"]:
        kind, nouns = "agreement", words()["agreements"]
    else:
        return None
    what = next((t for t in _objects(token) if t.lemma_.lower() in nouns), None)
    start = token.sent.start_char
    when = _old(token, told, published, start)
    if what is None or when is None:
        return None
    low, high = sorted((phrase(what), (token.idx, token.idx + len(token.text))))
    if high[1] - low[0] > 140:
        return None
    doer = subject_of(token)
    agent = next((i for c in token.children if c.dep_ == "agent" for i in c.children if i.dep_ == "pobj"), None)
    if doer is not None and doer.i == what.i:
        doer = agent
    if token.dep_ == "acl":
        doer = agent
    whose = doer if doer is not None and (names(scene, doer) or scene.all_parties(doer)) else None
    return Found(kind, token, (low[0], high[1]), whose, period=when)


def _past(verb: Token) -> str:
    """Whether a verb tells of what is past: "told", "hanging" where it hangs on another verb, or ""."""
    form = form_of(verb)
    if form.modal or form.negated:
        return ""
    participle = verb.dep_ == "acl" and verb.tag_ == "VBN"
    if verb.tag_ == "VBD" or form.perfect or (form.passive and form.past) or participle:
        return "told"
    # "has acted as a go-between, hosting talks in April": the verb above tells that it was so
    return "hanging" if verb.tag_ == "VBG" and verb.dep_ in {"advcl", "acl"} and _past(verb.head) == "told" else ""


def _objects(verb: Token) -> Iterator[Token]:
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        yield verb.head
    for child in verb.children:
        if child.dep_ in {"dobj", "nsubjpass", "pobj", "attr"}:
            yield child
            yield from (c for c in child.conjuncts)
            for deep in child.children:
                if deep.dep_ == "prep" and deep.lower_ == "of":
                    yield from (i for i in deep.children if i.dep_ == "pobj")
        elif child.dep_ == "prep" and child.lower_ in {"to", "from", "on"}:
            yield from (i for i in child.children if i.dep_ == "pobj")


def _old(verb: Token, told: Sequence[Period], published: DateRange | None, start: int) -> Period | None:
    """The time of a deed: of those within its clause the nearest behind it, and only where it has long passed."""
    edges = {(t.idx - start) for t in verb.subtree}
    if not edges:
        return None
    low, high = min(edges), max(edges)
    here = [p for p in told if low <= p.start <= high]
    if not here:
        return None
    at = verb.idx - start
    one = min(here, key=lambda p: (p.start < at, abs(p.start - at)))
    if one.days is None:
        return one  # a month or a season of a report without a day: old news all the same
    if published is not None and one.days.latest > published.latest - (OLD if one.exact else timedelta(0)):
        # "this year" and "since May" reach to the day of publication, and so does the month of publication
        return None if one.exact or one.days.latest > published.latest else one
    return one


def _dated_name(noun: Token, published: DateRange | None) -> Found | None:
    """Read "the 2021 Coastal Declaration", "under a 2018 deal": a year before the noun is the time of an agreement.

    That there is such an agreement is the fact, whatever the sentence says of it; one of the year of publication may
    be the news itself.
    """
    year = next((t for t in noun.lefts if DATED.fullmatch(t.text) and t.dep_ in {"nummod", "compound", "amod"}), None)
    if year is None or noun.tag_ in {"NNS", "NNPS"}:
        return None
    number = int(year.text)
    if published is not None and number >= published.latest.year:
        return None
    start = noun.sent.start_char
    period = Period(year.idx - start, year.idx - start + 4, _year(number), exact=False)
    return Found("agreement", noun, (year.idx, noun.idx + len(noun.text)), None, period=period)


def _year(number: int) -> DateRange:
    return DateRange(date(number, 1, 1), date(number, 12, 31))
