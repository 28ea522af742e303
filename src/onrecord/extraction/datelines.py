"""Datelines: "GRANADA, Spain, Oct 5 - France is ready": place and day before the first sentence are no party to it.

In: a parsed ``Doc``. Out: the same, changed in place: where the parser took the town for the subject, the noun behind
the dash is.
"""

from __future__ import annotations

import re

from spacy.tokens import Doc, Token

_DATELINE = re.compile(
    r"^[ \t]*[A-Z][A-Z'’.-]{2,}(?:[ /][A-Z][A-Z'’.-]+)*(?:,[^\n\u2013\u2014]{2,40}?)?(?: ?\([^)\n]{2,40}\))?"
    r"[ \t]*(?: -{1,2} |\u2013|\u2014)[ \t]*(?=[\w\"“'‘])",
    re.MULTILINE,
)
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_STRAY = frozenset({"appos", "conj", "dep", "nmod", "parataxis", "npadvmod"})


def without_datelines(doc: Doc) -> None:
    """Take the datelines of a parse out of the sentences that follow them.

    Args:
        doc: the parse; its heads and relations are changed.
    """
    for match in _DATELINE.finditer(doc.text):
        inside = [t for t in doc if match.start() <= t.idx < match.end()]
        if inside and inside[-1].i + 1 < len(doc) and inside[0].sent.start == inside[-1].sent.start:
            _taken_out(inside[0], inside[-1])


def _taken_out(first: Token, last: Token) -> None:
    doc, end = first.doc, first.sent.end
    dated = doc[first.i : last.i + 1]
    behind = doc[last.i + 1 : end]
    town = next((t for t in dated if t.dep_ in _SUBJECTS and t.head.i > last.i), None)
    if town is not None:
        verb = town.head
        if not any(c.dep_ in _SUBJECTS for c in verb.children if c.i > last.i):
            stray = [t for t in behind if t.i < verb.i and first.i <= t.head.i <= last.i and t.dep_ in _STRAY]
            real = stray[0] if stray else None
            if real is None:
                return
            real.head, real.dep_ = verb, town.dep_
        town.dep_ = "dep"
    for token in dated:
        if token.head.i > last.i and token is not town and token.dep_ not in _SUBJECTS:
            _loosened(token)


def _loosened(token: Token) -> None:
    """Hang a word of the dateline on the verb of the sentence, not on a noun that it would seem to tell of."""
    above = token.head
    while above.pos_ not in {"VERB", "AUX"} and above.head.i != above.i:
        above = above.head
    if above.i != token.i and not any(a.i == token.i for a in above.ancestors):
        token.head, token.dep_ = above, "dep"
