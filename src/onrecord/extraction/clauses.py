"""The words of a clause of saying, for its day: what stands around the verb without what is said.

In: a verb of saying and a token of what is said. Out: words, those nearest to the verb first, stretches parted by
";". Goes by the order of words first, since parsers hang "on Monday" on what is said as often as on the saying.
"""

from __future__ import annotations

from spacy.tokens import Span as Passage
from spacy.tokens import Token


def clause_words(verb: Token, token: Token) -> str:
    """The words of a clause of saying without what is said: those around the verb first, then its further
    adverbials.
    """
    doc, sentence = verb.doc, verb.sent
    near: list[str] = []
    subject = next((c for c in verb.children if c.dep_ in {"nsubj", "nsubjpass"}), None)
    begin = min(
        verb.left_edge.i if token.i >= verb.i else verb.i,
        subject.left_edge.i if subject is not None else verb.i,
    )
    own = token.i == verb.i or (token.head.i == verb.i and token.dep_ in {"aux", "auxpass", "neg", "advmod"})
    if own:
        stop = min(
            [
                c.left_edge.i
                for c in verb.children
                if c.dep_ in {"dobj", "ccomp", "xcomp"} and c.left_edge.i > verb.i
            ],
            default=verb.i + 1,
        )
        near = [*(t.text for t in doc[begin:stop]), ";", *_preamble(sentence, begin)]
    elif token.i < verb.i:
        begin = min(
            subject.left_edge.i if subject is not None and subject.left_edge.i > token.i else verb.i, verb.i
        )
        stop = _clause_end(doc[verb.i + 1 : sentence.end])
        near = [t.text for t in doc[begin:stop]]
    else:
        content = next(
            (c for c in verb.children if token.i == c.i or token.is_ancestor(c) or c.is_ancestor(token)), None
        )
        stop = _content_start(content, verb) if content is not None else verb.i + 1
        near = [t.text for t in doc[begin:stop]] if stop - begin < 60 else [verb.text]
        near += [";", *_preamble(sentence, begin)]
    if verb.dep_ in {"acl", "advcl", "pcomp", "conj", "xcomp"} or verb.pos_ == "NOUN":
        near += [";", *_governing_words(verb)]
    kept = [
        t
        for child in verb.children
        if child.dep_ in {"npadvmod", "advmod", "nsubj", "prep", "dobj", "dative", "tmod"}
        and not (child.i == token.i or child.is_ancestor(token))
        for t in _shallow(child)
    ]
    return " ".join([*near, ";", *(t.text for t in sorted(kept, key=lambda t: t.i))])


def _content_start(content: Token, verb: Token) -> int:
    """Where what is said begins behind its verb: its "that" or subject; what parsers hang before these
    belongs to the saying.
    """
    edges = [
        c.left_edge.i
        for c in content.children
        if c.dep_ in {"mark", "nsubj", "nsubjpass", "expl"} and c.left_edge.i > verb.i
    ]
    return min(edges, default=max(content.left_edge.i, verb.i + 1))


def _governing_words(verb: Token) -> list[str]:
    """The times of the verb over a participle of saying: "issued a statement on Saturday saying"."""
    node = verb
    while node.head.i != node.i and (
        node.dep_ in {"acl", "advcl", "pcomp", "conj", "xcomp", "dobj", "pobj", "prep"}
    ):
        node = node.head
        if node.pos_ in {"VERB", "AUX"} and node.tag_ in {"VBD", "VBZ", "VBP", "VBN"}:
            break
    if node.i == verb.i:
        return []
    return [
        t.text
        for c in node.children
        if c.dep_ in {"prep", "npadvmod", "dobj", "advmod"} and verb.i not in {c.i}
        for t in _shallow(c)
    ]


def _shallow(token: Token) -> list[Token]:
    """A phrase without the clauses that hang in it: their days are not those of the saying."""
    found = [token]
    for child in token.children:
        if child.dep_ not in {"relcl", "acl", "ccomp", "advcl", "xcomp", "pcomp"}:
            found += _shallow(child)
    return sorted(found, key=lambda t: t.i)


def _clause_end(rest: Passage) -> int:
    for token in rest:
        if token.is_punct and token.text not in {"-", "’", "'", "“", "”", '"'}:
            return token.i
    return rest.end


def _preamble(sentence: Passage, before: int) -> list[str]:
    """What opens a sentence before its clause of saying: "On the sidelines of the summit on 13 October,"."""
    opening = [t for t in sentence if t.i < before]
    if (
        not opening
        or opening[-1].text != ","
        or any(t.pos_ == "VERB" and t.tag_ in {"VBD", "VBZ", "VBP"} for t in opening)
    ):
        return []
    return [t.text for t in opening]
