"""What a verb's form says: tense, modality, negation, voice; and how a deed hangs in its sentence.

In: tokens of a parsed sentence. Out: :class:`Form` of a verb and the chain of words that govern a deed,
innermost first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extraction.lexicon import word_set

MARKERS = word_set(
    """
    if unless until till once before after when while because although though as since provided
    providing whether lest whereas that
    """
)
_SHARES_SUBJECT = word_set("conj xcomp aux auxpass acomp advcl pcomp prep")

_BE = word_set("be is are was were been being 's ’s 're ’re am 'm")

_NEGATIVE_DETERMINERS = frozenset({"no", "neither", "nobody", "none", "nothing"})
_NEGATIVE_WORDS = word_set("never nor neither hardly scarcely not n't n’t")


@dataclass(frozen=True, slots=True)
class Form:
    """The form of a verb.

    Attributes:
        modal: ``will``, ``would``, ``could``, ``can``, ``may``, ``must``, or "" without one.
        negated: whether it is denied, by "not" or by its subject ("no country will").
        perfect, progressive, past, passive, infinitive: as in grammar.
        words: the tokens that make the form, the verb included.
    """

    modal: str
    negated: bool
    perfect: bool
    progressive: bool
    past: bool
    passive: bool
    infinitive: bool
    words: tuple[Token, ...]

    @property
    def finite(self) -> bool:
        """Whether it asserts, rather than hanging on another word."""
        return bool(self.modal) or self.perfect or self.progressive or self.past or not self.infinitive


_MODALS = {
    "will": "will", "'ll": "will", "’ll": "will", "wo": "will", "shall": "will", "would": "would", "'d":
    "would", "’d": "would", "could": "could",
    "can": "can", "ca": "can", "may": "may", "might": "may", "must": "must", "should": "must", "ought":
    "must",
}  # fmt: skip


def form_of(verb: Token) -> Form:
    """The form of a verb; without auxiliaries of its own, with those of the verb it is coordinated with."""
    children = list(verb.children)
    own = [c for c in children if c.dep_ in {"aux", "auxpass"}]
    around = children
    own_subject = any(c.dep_ in {"nsubj", "nsubjpass"} for c in children)
    if (
        not own
        and not own_subject
        and verb.dep_ == "conj"
        and verb.head.pos_ in {"VERB", "AUX"}
        and verb.tag_ in {"VB", "VBG", "VBN"}
        and verb.tag_ == verb.head.tag_
    ):
        helping = list(verb.head.children)
        own = [c for c in helping if c.dep_ in {"aux", "auxpass"}]
        around = [*children, *helping]
    modal = next((_MODALS[c.lower_] for c in own if c.lower_ in _MODALS), "")
    if verb.lower_ in _MODALS and verb.pos_ == "AUX" and not modal:
        modal = _MODALS[verb.lower_]
    negatives = [
        c for c in around if c.dep_ == "neg" or (c.dep_ in {"advmod", "preconj"} and c.lower_ in _NEGATIVE_WORDS)
    ]
    longer = [c for c in children if c.lower_ == "longer" and c.i and c.nbor(-1).lower_ == "no"]
    negated = bool(negatives) + bool(longer) == 1 or (own_subject and _no_subject(verb))
    lemmas = {c.lower_ for c in own}
    has = bool(lemmas & {"have", "has", "had", "having", "'ve", "’ve"})
    be = bool(lemmas & _BE)
    return Form(
        modal=modal,
        negated=negated,
        perfect=has and verb.tag_ == "VBN",
        progressive=be and verb.tag_ == "VBG",
        past=verb.tag_ == "VBD" or (be and bool(lemmas & {"was", "were"})),
        passive=any(c.dep_ == "auxpass" for c in own) or any(c.dep_ == "nsubjpass" for c in children),
        infinitive=verb.tag_ in {"VB", "VBG", "VBN"} and not (modal or has or be),
        words=tuple(sorted({*own, *negatives, *longer, verb}, key=lambda t: t.i)),
    )


def _no_subject(verb: Token) -> bool:
    for child in verb.children:
        if child.dep_ in {"nsubj", "nsubjpass"}:
            if child.lower_ in _NEGATIVE_DETERMINERS:
                return True
            return any(c.lower_ in _NEGATIVE_DETERMINERS and c.dep_ in {"det", "neg", "advmod"} for c in child.children)
    return False


def noun_negated(noun: Token) -> bool:
    """Whether a noun is denied by what stands before it ("no plans"); "surgeons, not soldiers" denies the second."""
    return any(
        c.i < noun.i
        and c.lower_ in {"no", "neither", "not", "zero", "little"}
        and c.dep_ in {"det", "neg", "advmod", "amod", "preconj"}
        for c in noun.children
    ) or _not_one(noun)


def _not_one(noun: Token) -> bool:
    """Whether a subject opens with "not one" ("not one Danish soldier will go")."""
    first = noun.left_edge
    words = [t.lower_ for t in noun.doc[first.i : first.i + 2]]
    return noun.dep_ in {"nsubj", "nsubjpass"} and noun.i > first.i and words == ["not", "one"]


def resource_denied(noun: Token) -> bool:
    """Whether what is sent is denied: "no troops", "surgeons, not soldiers"."""
    before = noun.left_edge
    return noun_negated(noun) or (
        before.i > 0 and before.nbor(-1).lower_ in {"not", "no"} and before.nbor(-1).sent.start == noun.sent.start
    )


def governors(token: Token) -> Iterator[tuple[str, Token, Token]]:
    """(relation, word, child) of each word over a token, innermost first; coordination is passed through.

    The relation is that of the child by which the word is reached.
    """
    node = token
    for _ in range(14):
        relation, head = node.dep_, node.head
        if head.i == node.i:
            return
        if relation == "conj":
            # the first of coordinated words stands where they all hang
            node = head
            continue
        yield relation, head, node
        node = head


def marker_of(clause: Token) -> str:
    """The word that opens a subordinate clause ("if", "unless", "after"), lower case, or ""."""
    for child in clause.children:
        if child.dep_ in {"mark", "advmod"} and child.i < clause.i and child.lower_ in MARKERS:
            return child.lower_
    for child in clause.children:
        if child.dep_ == "prep" and child.i < clause.i and child.lower_ in MARKERS:
            return child.lower_
    return ""


def subject_of(verb: Token) -> Token | None:
    """The subject of a verb: its own, or that of the verb it is coordinated with or governed by."""
    seen = 0
    node = verb
    while seen < 8:
        for child in node.children:
            if child.dep_ in {"nsubj", "nsubjpass", "csubj"}:
                return child
        for child in node.children:
            if child.dep_ == "agent":
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        return inner
        if node.dep_ in _SHARES_SUBJECT and node.head.i != node.i:
            node = node.head
            seen += 1
            continue
        if node.dep_ in {"acl", "relcl"} and node.head.i != node.i:
            return _among(node.head)
        return _after_according(node)
    return None


def _after_according(verb: Token) -> Token | None:
    """The subject in "According to Kan, Cairo and Amman are": parsers hang it on the outlet."""
    for child in verb.children:
        if child.lower_ == "according" and child.i < verb.i:
            for to in child.children:
                for outlet in to.children:
                    for behind in outlet.children:
                        if behind.dep_ == "appos" and outlet.i < behind.i < verb.i:
                            return behind
    return None


def _among(noun: Token) -> Token:
    """Those meant by "the states" in "Riyadh and Doha are among the states talking": the subject."""
    up = noun.head
    if (noun.dep_ == "pobj" and up.lower_ in {"among", "of"}) or noun.dep_ == "attr":
        verb = up if noun.dep_ == "attr" else up.head
        while verb.pos_ not in {"VERB", "AUX"} and verb.head.i != verb.i:
            verb = verb.head
        if verb.lemma_ in {"be", "become", "remain"}:
            for child in verb.children:
                if child.dep_ == "nsubj":
                    return child
    return noun
