"""Which state a passage speaks of, for institutions and oppositions that the text names without their country.

In: a parsed text and its mentions. Out: the id of a state, or None. "The opposition", "cabinet", "defence minister
NAME" belong to the state that the report is about at that place: the one that its lead and the sentences before keep
naming, never an organisation that happens to stand near.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence

from spacy.tokens import Doc, Token

from onrecord.extraction.lexicon import word_set
from onrecord.extraction.mentions import Mention

_TELLING = word_set("name abbreviation adjective people capital seat body person misspelling introduced")
_PLACED = word_set("in at from near to into inside around towards toward outside across via for of over with against")
_LEAD = 2.0
"""Weight of the first sentence of the report and of the paragraph: they begin with whom they are about (our own
reading of news texts, as the other weights)."""
_BEFORE = 1.5
"""Weight of the sentence just before."""
_OWN = 3.0
"""Weight of the same sentence, before the place asked about."""
_ACTS = 0.75
"""Added where the state, its officials or its adjective stand as a subject or beside one."""
_OLDER = 0.5
"""What a state weighs that is named further back than the paragraph before."""
_ASIDE = 0.5
"""What a state weighs that stands only as a place or a target ("from eastern Congo", "aid for Ukraine")."""


def is_state(target: str | None) -> bool:
    """Whether an id is that of a state.

    Example:
        >>> is_state("AUS"), is_state("nato"), is_state(None)
        (True, False, False)
    """
    return target is not None and len(target) == 3 and target.isupper()


def state_spoken_of(doc: Doc, mentions: Sequence[Mention], at: int) -> str | None:
    """The state that the text speaks of at a token, None where it has named none before.

    Args:
        doc: the parsed text.
        mentions: what it names, in order.
        at: index of the token at which an institution or opposition stands.
    """
    own = doc[at].sent
    before = doc[own.start - 1].sent.start if own.start else -1
    starts = _paragraphs(doc)
    here = bisect_right(starts, own.start)
    best: dict[tuple[str, int], float] = {}
    first: dict[str, int] = {}
    for mention in mentions:
        if mention.start >= doc[at].idx:
            break
        if not is_state(mention.target) or mention.role not in _TELLING:
            continue
        target = str(mention.target)
        token = _head(doc, mention)
        if token is None:
            continue
        start = token.sent.start
        paragraph = bisect_right(starts, start)
        weight = _OWN if start == own.start else _LEAD if start in starts else _BEFORE if start == before else 1.0
        weight = weight + _ACTS if _acts(token) else weight * _ASIDE if _aside(token) else weight
        weight *= 1.0 if here - paragraph < 2 else _OLDER
        best[target, start] = max(best.get((target, start), 0.0), weight)
        first.setdefault(target, mention.start)
    total: Counter[str] = Counter()
    for (target, _), weight in best.items():
        total[target] += weight  # type: ignore[assignment]
    return min(total, key=lambda t: (-total[t], first[t])) if total else None


def _paragraphs(doc: Doc) -> list[int]:
    """The first tokens of the paragraphs."""
    return [s.start for s in doc.sents if s.start == 0 or "\n" in doc[s.start - 1].text_with_ws]


def _head(doc: Doc, mention: Mention) -> Token | None:
    span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
    return span.root if span is not None else None


def _acts(token: Token) -> bool:
    while token.dep_ in {"compound", "amod", "poss", "nmod", "appos", "flat"} and token.head.i != token.i:
        token = token.head
    return token.dep_ == "nsubj"


def _aside(token: Token) -> bool:
    while token.dep_ in {"compound", "amod", "nmod"} and token.head.i != token.i:
        token = token.head
    return token.dep_ in {"dobj", "dative"} or (token.dep_ == "pobj" and token.head.lower_ in _PLACED)
