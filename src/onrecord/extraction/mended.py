"""Slips of the parser that change who says and who does what, set right before anything is read.

In: a parsed ``Doc``. Out: the same, changed in place. Two slips, both seen again and again in agency prose: a finite
verb coordinated with the gerund or infinitive before it ("ruled out sending soldiers but offered radar"), and a clause
of saying at the end taken for part of what is said (", a spokesman for the ministry told Radio Kobo").
"""

from __future__ import annotations

from spacy.tokens import Doc, Token

from onrecord.extraction.lexicon import speech_verbs, word_set

_FINITE_AUX = frozenset({"MD", "VBZ", "VBD", "VBP"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj", "csubjpass"})
_STRAY = frozenset({"conj", "dep", "appos", "acl", "relcl"})
_FOREGOING = word_set("and or but nor who which that to")
_LONGEST_SPEAKER = 14
"""How many tokens the name and office of a speaker at the end of a sentence may have (our own reading of news)."""


def mend(doc: Doc) -> None:
    """Set the slips of a parse right.

    Args:
        doc: the parse; its heads and relations are changed.
    """
    for token in doc:
        if token.pos_ in {"VERB", "AUX"} and token.tag_ in {"VBD", "VBZ"}:
            _saying_at_the_end(token)
    for token in doc:
        if token.dep_ == "conj" and token.pos_ in {"VERB", "AUX"} and _finite(token):
            _coordinated(token)


def _finite(verb: Token) -> bool:
    own = [c for c in verb.children if c.dep_ in {"aux", "auxpass"}]
    return verb.tag_ in {"VBD", "VBZ"} or any(c.tag_ in _FINITE_AUX for c in own)


def _has_subject(verb: Token) -> bool:
    return any(c.dep_ in _SUBJECTS for c in verb.children)


def _coordinated(verb: Token) -> None:
    """Hang a finite verb on the finite verb that shares its subject, not on an infinitive or gerund below that."""
    head = verb.head
    if head.tag_ not in {"VB", "VBG"} or _finite(head) or _has_subject(verb):
        return
    for above in head.ancestors:
        if above.pos_ in {"VERB", "AUX"} and _finite(above):
            if above.i < verb.i:
                verb.head = above
            return


def _saying_at_the_end(verb: Token) -> None:
    """Hang a clause on the verb of saying behind it: "Kenya could help, an aide to the minister told reporters"."""
    if verb.lemma_.lower() not in speech_verbs() or verb.dep_ not in _STRAY or _has_subject(verb):
        return
    said, doc, first = verb.head, verb.doc, verb.sent.start
    while said.dep_ == "conj" and said.head.pos_ in {"VERB", "AUX"}:
        said = said.head
    if said.pos_ not in {"VERB", "AUX"} or said.i > verb.i:
        return
    start = verb.i
    while start > first and doc[start - 1].text != "," and verb.i - start <= _LONGEST_SPEAKER:
        start -= 1
    speaker = doc[start : verb.i]
    if start == first or doc[start - 1].text != "," or not 0 < len(speaker) <= _LONGEST_SPEAKER:
        return
    if said.i >= start - 1 or doc[start].lower_ in _FOREGOING:
        return
    heads = [t for t in speaker if not start <= t.head.i < verb.i]
    if len(heads) != 1 or heads[0].pos_ not in {"NOUN", "PROPN", "PRON"}:
        return
    subject = heads[0]
    above, relation = said.head, said.dep_
    outermost = above.i == said.i
    verb.head = verb if outermost else above
    verb.dep_ = "ROOT" if outermost else relation
    said.head, said.dep_ = verb, "ccomp"
    subject.head, subject.dep_ = verb, "nsubj"
