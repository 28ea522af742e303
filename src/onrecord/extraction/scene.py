"""One report laid out for reading: its tokens, the mentions on them, and what each noun phrase stands for.

In: a parsed text and its mentions. Out: :class:`Party` for any token that heads a noun phrase, with the
actor it is or speaks for; lists of states give a party each; groups of states stay groups. Knows nothing of
stances.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from spacy.tokens import Doc, Token
from spacy.tokens import Span as Passage

from onrecord.extraction.lexicon import Nouns, nouns, word_set
from onrecord.extraction.mentions import Mention
from onrecord.model import SourceKind

_STATE_ROLES = word_set("name abbreviation capital seat adjective people misspelling")
_COUNTING = word_set("amod compound nummod nmod det advmod conj cc quantmod punct npadvmod")
_LEFT_OF_HEAD = word_set("det amod compound poss nummod nmod quantmod advmod predet")
_NOT_TELLING = word_set("the a an and of potential possible only")

ACTOR_ROLES = word_set("name abbreviation adjective people capital seat body person misspelling introduced")
_LOCATIVE = word_set("in at from near to into inside around towards toward outside across via")


_OWN = word_set(
    """
    country nation government state army military ministry parliament troop force forces group
    people side movement party administration capital kingdom republic
    """
)


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody whom a noun phrase stands for.

    Attributes:
        entity: actor id, ``group:...``, or None where it is not resolved.
        name: as a reader would name it.
        kind: what sort of source it would be.
        start, end: the phrase in the text (code points), or -1 where it is not in the text.
        token: index of the head token, or -1.
    """

    entity: str | None
    name: str
    kind: SourceKind
    start: int = -1
    end: int = -1
    token: int = -1


@dataclass
class Scene:
    """A report laid out. Made by :func:`lay_out`; the lists grow while coreference reads through the text."""

    doc: Doc
    text: str
    mentions: list[Mention]
    outlet: str | None
    at: dict[int, Mention] = field(default_factory=dict)
    parties: dict[int, Party | None] = field(default_factory=dict)
    pronouns: dict[int, Party] = field(default_factory=dict)
    plurals: dict[int, tuple[Party, ...]] = field(default_factory=dict)
    descriptors: dict[str, tuple[str, ...]] = field(default_factory=dict)
    paper_of: str | None = None
    """The state that the outlet works from."""

    @cached_property
    def tokens(self) -> list[Token]:
        """The tokens of the text, made once: a ``Doc`` makes them anew each time it is walked or sliced."""
        return list(self.doc)

    @cached_property
    def _starts(self) -> list[int]:
        return [token.idx for token in self.tokens]

    def token_at(self, offset: int) -> Token | None:
        """The token that an offset stands in or right behind; None outside the text."""
        at = bisect_right(self._starts, offset) - 1
        token = self.tokens[at] if at >= 0 else None
        return token if token is not None and offset < token.idx + len(token.text_with_ws) else None

    def tokens_of(self, sentence: Passage) -> list[Token]:
        """The tokens of a sentence, in order."""
        return self.tokens[sentence.start : sentence.end]

    @cached_property
    def sentence_starts(self) -> list[int]:
        """Where the sentences begin (code points), in order."""
        return [sentence.start_char for sentence in self.doc.sents]

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that begin within offsets, in order; found without going through the text from its beginning."""
        if end <= start:
            return []
        return self.tokens[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def mention_at(self, token: Token) -> Mention | None:
        """The mention that covers a token, if any."""
        return self.at.get(token.i)

    def phrase(self, head: Token) -> tuple[int, int]:
        """Offsets of a head's noun phrase: left side and short right modifiers, without relative clauses."""
        left = head
        for child in head.lefts:
            if child.dep_ in _LEFT_OF_HEAD:
                edge = child.left_edge
                if edge.i < left.i:
                    left = edge
        right = head
        for child in head.rights:
            if child.dep_ == "prep" and child.lower_ == "of" and child.i == right.i + 1:
                right = child.right_edge if child.right_edge.i - child.i < 8 else right
            elif child.dep_ in {"compound", "flat"} and child.i == right.i + 1:
                right = child
        return left.idx, right.idx + len(right.text)

    def party(self, head: Token) -> Party | None:
        """Whom a noun phrase stands for, or None where it is no actor and no speaker."""
        if head.i in self.pronouns:
            return self.pronouns[head.i]
        if head.i not in self.parties:
            self.parties[head.i] = None  # guards against cycles in broken parses
            self.parties[head.i] = _resolve(self, head, nouns())
        return self.parties[head.i]

    def all_parties(self, head: Token) -> list[Party]:
        """A party for each member of a coordination ("France, Italy and the UAE")."""
        found: list[Party] = []
        for token in conjuncts(head):
            if token.i in self.plurals:
                found += [p for p in self.plurals[token.i] if p.entity not in {f.entity for f in found}]
                continue
            party = self.party(token)
            if party is not None and (party.entity or "").startswith("group:") and (members := self._alongside(token)):
                return [*found, *members]
            if party is not None and all(party.entity != p.entity or party.entity is None for p in found):
                found.append(party)
            found += [p for p in self._alongside(token) if p.entity not in {f.entity for f in found}]
        return found

    def _listed(self, i: int) -> list[Party]:
        """The parties named one after the other from a token on."""
        found: list[Party] = []
        tokens = self.tokens
        while i < len(tokens) and (
            tokens[i].text in {",", "and"} or self.mention_at(tokens[i]) is not None or tokens[i].lower_ == "the"
        ):
            party = self.party(tokens[i]) if self.mention_at(tokens[i]) is not None else None
            if party is not None and party.entity and party.entity not in {f.entity for f in found}:
                found.append(party)
            i += 1
        return found

    def _alongside(self, token: Token) -> list[Party]:
        """Those set beside a party, right behind it: "Azerbaijan, along with Indonesia and Pakistan"."""
        i, doc = token.i + 1, self.tokens
        if i < len(doc) and doc[i].text == ",":
            i += 1
        words = [t.lower_ for t in doc[i : i + 2]]
        if words[:1] == ["namely"] or words == ["such", "as"]:
            return self._listed(i + (1 if words[0] == "namely" else 2))
        if words[:1] in (["alongside"], ["including"], ["besides"]):
            first = doc[i]
        elif words == ["among", "them"]:
            return [p for c in doc[i + 1].children for p in self.all_parties(c)] or self._listed(i + 2)
        elif words in (["along", "with"], ["together", "with"], ["followed", "by"]):
            first = doc[i + 1]
        else:
            return []
        return [p for inner in first.children if inner.dep_ == "pobj" for p in self.all_parties(inner)]


def conjuncts(head: Token) -> Iterator[Token]:
    """A token and the tokens coordinated with it, to the right."""
    yield head
    for child in head.rights:
        if child.dep_ in {"conj", "appos"} and child.pos_ in {"PROPN", "NOUN", "PRON", "ADJ", "NUM"}:
            if child.dep_ == "appos" and not child_is_list(child):
                continue
            yield from conjuncts(child)


def child_is_list(child: Token) -> bool:
    """Whether an apposition is really the next item of a list ("Qatar, Egypt, Jordan")."""
    return (
        child.pos_ == "PROPN"
        and child.i > 0
        and child.nbor(-1).text == ","
        and not any(c.dep_ in {"det", "poss"} for c in child.children)
    )


def lay_out(doc: Doc, mentions: list[Mention], outlet: str | None, text: str | None = None) -> Scene:
    """A scene of a parsed text, each token knowing the mention that covers it.

    Args:
        doc: the parsed text.
        mentions: what it names, in order, none overlapping another.
        outlet: who published it, or None.
        text: the text as it came; the parser sees blanks where it has NUL or lone surrogates, and spans must
            reproduce what stands there. None takes the parser's.
    """
    scene = Scene(doc=doc, text=doc.text if text is None else text, mentions=mentions, outlet=outlet)
    i = 0
    for token in scene.tokens:
        while i < len(mentions) and mentions[i].end <= token.idx:
            i += 1
        if i < len(mentions) and mentions[i].start < token.idx + len(token.text) and token.idx < mentions[i].end:
            scene.at[token.i] = mentions[i]
    return scene


def _kind_of(head: Token, mention: Mention | None, words: Nouns) -> SourceKind:
    lemma = head.lemma_.lower()
    if mention is not None:
        if mention.role == "person" or mention.role == "introduced":
            return "named_person"
        if mention.role == "outlet":
            return "outlet"
        if mention.role == "body":
            return "office"
        if mention.role in _STATE_ROLES:
            return "state" if mention.kind in {"state", "territory"} else "organisation"
    if lemma in words.offices:
        return "office"
    if lemma in words.unnamed:
        return "anonymous"
    if lemma in words.bodies:
        return "office"
    if lemma in words.media:
        return "outlet"
    if lemma in words.documents:
        return "document"
    return "unknown"


def _modifiers(head: Token) -> Iterator[Token]:
    """Tokens that say whose the head is, nearest first: adjectives, possessors, compounds, ``of`` phrases."""
    for child in sorted(head.children, key=lambda t: abs(t.i - head.i)):
        if child.dep_ in {"amod", "compound", "poss", "nmod", "npadvmod", "nounmod"}:
            yield child
            yield from _modifiers(child)
        elif child.dep_ == "prep" and child.lower_ in {"of", "from", "for"} and child.i > head.i:
            if child.lower_ == "for" and head.lemma_.lower() not in nouns().speakers:
                continue
            for inner in child.children:
                if inner.dep_ == "pobj":
                    yield inner
                    if child.lower_ == "of":
                        yield from _modifiers(inner)
        elif child.dep_ == "appos" and not child_is_list(child):
            yield child
            yield from _modifiers(child)


def _resolve(scene: Scene, head: Token, words: Nouns) -> Party | None:
    mention = scene.mention_at(head)
    start, end = scene.phrase(head)
    phrase = scene.text[start:end]
    lemma = head.lemma_.lower()
    if mention is not None and mention.role in ACTOR_ROLES:
        group = mention.target if (mention.target or "").startswith("group:") else None
        if mention.role == "adjective" and head.pos_ not in {"PROPN", "NOUN"} and head.dep_ in {"amod", "compound"}:
            return None
        name = (
            mention.name if mention.role in {"person", "introduced", "name", "misspelling", "people"} else mention.text
        )
        kind = _kind_of(head, mention, words)
        if lemma in words.unnamed and mention.role not in {"person", "introduced"}:
            kind, name = "anonymous", phrase
        return Party(group or mention.target, name, kind, mention.start, mention.end, head.i)
    if mention is not None and mention.role == "outlet":
        return Party(None, mention.name, "outlet", mention.start, mention.end, head.i)
    if mention is not None and mention.role == "matter" and _answers(head, mention):
        return Party(mention.target, mention.text, "organisation", mention.start, mention.end, head.i)
    if head.pos_ == "PRON":
        return None
    if lemma in _OF_SEVERAL and (chosen := _one_of(scene, head)) is not None:
        return replace(chosen, start=start, end=end, token=head.i)
    counted = _group(scene, head, words)
    if counted is not None:
        return Party(counted, _plain(phrase), "state", start, end, head.i)
    kind = _kind_of(head, None, words)
    if lemma in _OWN:
        # "his country", "its army": whoever the pronoun is
        for child in head.children:
            if child.dep_ == "poss" and child.i in scene.pronouns and scene.pronouns[child.i].entity:
                return replace(scene.pronouns[child.i], kind="state", start=start, end=end, token=head.i)
    if lemma in words.outsiders:
        return Party(None, _plain(phrase), "unknown", start, end, head.i)
    if lemma == "party" and mention is None and not any(c.lower_ in _RULING for c in head.subtree):
        return Party(None, _plain(phrase), "unknown", start, end, head.i)
    speaks = lemma in words.speakers or kind in {"outlet", "document"}
    for token in _modifiers(head):
        other = scene.mention_at(token)
        if other is None:
            continue
        if other.role in {"person", "introduced"} and token.dep_ in {"appos", "compound", "nmod", "amod"} and speaks:
            return Party(other.target, other.name, "named_person", start, end, head.i)
        if other.role in ACTOR_ROLES and speaks:
            entity = None if kind in {"outlet", "document"} else other.target
            return Party(entity, _plain(phrase), kind, start, end, head.i)
        if other.role == "outlet" and speaks:
            return Party(None, other.name, "outlet", start, end, head.i)
    if speaks:
        return Party(None, _plain(phrase), kind, start, end, head.i)
    if head.pos_ == "PROPN" and head.ent_type_ == "" and _looks_like_person(scene, head):
        return Party(None, phrase, "named_person", start, end, head.i)
    return None


_RULING = word_set("ruling governing government president minister premier chancellor communist")
"""What makes a party speak for its state: it governs there. Any other is a holder of its own, or nobody known."""
_OF_SEVERAL = word_set("large largest larger small smaller big bigger main other latter former")
_ANSWERS = word_set(
    "refuse reject decline oppose turn deny say announce welcome ask urge demand call offer agree suspend"
)


def _answers(head: Token, mention: Mention) -> bool:
    """Whether a standing mission that goes by its own acronym speaks or decides: "KFOR has turned down the request"."""
    own = mention.kind == "force" and mention.text.isupper() and mention.text.lower() == mention.target
    return own and head.dep_ == "nsubj" and head.head.lemma_.lower() in _ANSWERS


def _one_of(scene: Scene, head: Token) -> Party | None:
    """The party of "the larger of the two opposition parties"."""
    for child in head.children:
        if child.dep_ == "prep" and child.lower_ == "of" and child.i == head.i + 1:
            for inner in child.children:
                if inner.dep_ == "pobj" and scene.mention_at(inner) is not None:
                    return scene.party(inner)
    return None


_CALENDAR = word_set(
    """
    monday tuesday wednesday thursday friday saturday sunday january february march april may june july august
    september october november december
    """
)
"""What taggers take for names of persons."""


def _looks_like_person(scene: Scene, head: Token) -> bool:
    if head.lower_ in _CALENDAR or any(t.like_num for t in head.children) or not head.text[:1].isupper():
        return False
    if head.text.isupper() and len(head.text) > 3 and head.is_sent_start:
        return False  # the town of a dateline
    start, end = scene.phrase(head)
    if re.search(r"[\d(]", scene.text[start:end]):
        return False
    return head.dep_ in {"nsubj", "nsubjpass", "pobj", "conj", "appos"} and scene.mention_at(head) is None


def _plain(phrase: str) -> str:
    """A phrase without its article and line breaks, for display."""
    return re.sub(r"^(?:the|a|an)\s+", "", " ".join(phrase.split()), flags=re.IGNORECASE)


def _group(scene: Scene, head: Token, words: Nouns) -> str | None:
    """``group:...`` for "26 countries", "other Arab states", "several members"; None for anything else."""
    if head.lemma_.lower() not in words.group_states or head.tag_ not in {"NNS", "NNPS"}:
        return None
    parts: list[str] = []
    for child in head.lefts:
        if child.dep_ in _COUNTING:
            parts += [t.text for t in child.subtree if t.i < head.i]
    kept = [p.lower() for p in parts if re.search(r"\w", p) and p.lower() not in _NOT_TELLING]
    if not kept and not any(c.dep_ == "det" for c in head.children):
        return None
    if not kept:
        return None
    return "group:" + re.sub(r"[^a-z0-9]+", "_", "_".join([*kept, head.lower_])).strip("_")


def is_place(scene: Scene, head: Token) -> bool:
    """Whether a capital or state stands there as a place ("in Washington"), not as a government."""
    mention = scene.mention_at(head)
    if mention is None:
        return False
    preposition = head.head
    return (
        head.dep_ == "pobj" and preposition.lower_ in _LOCATIVE and mention.role in {"capital", "place", "seat", "name"}
    )


def named(party: Party, entity: str | None, name: str | None = None) -> Party:
    """The same phrase, resolved to an entity (and name)."""
    return replace(party, entity=entity, name=name or party.name)
