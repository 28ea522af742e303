"""Whose "the federal government" or "the cabinet" is that opens a report before any state has been named.

In: a parsed text and its mentions. Out: the state of the first office-holder told by title and name in the same or the
next sentence ("The federal government has set aside 3 million. Chancellor NAME ..."), else that of the outlet, if the
text names this state too ("The cabinet has told the army ...", in a paper of the country). Nobody is guessed where
neither tells. "The Union" is the union of states that the text has named by its whole name or letters.
"""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc, Token

from onrecord.extraction.lexicon import word_set
from onrecord.extraction.mentions import Mention
from onrecord.extraction.spoken_of import is_state

_TITLES = word_set("minister president premier chancellor")
_NAMING = word_set("name abbreviation adjective people capital")
_BETWEEN = 3
"""Words of a name that may stand between the title and the surname that is known."""


def state_of_holder(doc: Doc, mentions: Sequence[Mention], at: int) -> str | None:
    """The state of the first office-holder named behind an institution, in its sentence or the next.

    Args:
        doc: the parsed text.
        mentions: what it names, in order.
        at: index of the institution's token.
    """
    end = doc[at].sent.end
    stop = doc[end].sent.end if end < len(doc) else end
    for mention in mentions:
        span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
        if span is None or span.start <= at or mention.role not in {"person", "introduced"}:
            continue
        if span.start >= stop:
            return None
        if is_state(mention.target) and _titled(doc[span.start]):
            return mention.target
    return None


def _titled(name: Token) -> bool:
    """Whether a title stands before a name, with at most first names between."""
    before = name.doc[max(name.sent.start, name.i - 1 - _BETWEEN) : name.i]
    for token in reversed(before):
        if token.lemma_.lower() in _TITLES:
            return True
        if token.pos_ != "PROPN":
            return False
    return False


def state_of_paper(mentions: Sequence[Mention], state: str | None) -> str | None:
    """The state of the outlet, if the text names it.

    Args:
        mentions: what the text names.
        state: where the outlet works from, None where unknown.
    """
    named = state is not None and any(m.target == state and m.role in _NAMING for m in mentions)
    return state if named else None


def union_before(mentions: Sequence[Mention], token: Token) -> str | None:
    """Which union of states "the Union" is: the one named last before it; "the Teachers Union" is none.

    Args:
        mentions: what the text names, in order.
        token: the word "Union".
    """
    if any(c.dep_ in {"compound", "amod", "poss"} for c in token.children):
        return None
    named = [m.target for m in mentions if m.start < token.idx and m.kind == "organisation"]
    return next((t for t in reversed(named) if t is not None and t.endswith("_union")), None)
