"""Whom a noun phrase names as a bearer of words, by the fullest name that the report has given.

In: a scene and the head of a phrase. Out: parties. "Israel's ambassador, NAME" is NAME; "the official" is the one
brought in before; "the newspaper" is the outlet named last; "the news agency APS" is APS; a weekday is nobody.
"""

from __future__ import annotations

from dataclasses import replace

from spacy.tokens import Token

from onrecord.extraction.lexicon import nouns
from onrecord.extraction.scene import Party, Scene, conjuncts

_WRITINGS = frozenset({"report", "article", "story", "piece"})
_NEWSPEOPLE = frozenset({"reporter", "journalist", "correspondent", "press"})
_OFFICES_OWNED = frozenset({"ministry", "government", "parliament", "army", "military", "administration"})
_DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_MONTHS = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ]
)
_DESCRIBING = frozenset({"prep", "relcl", "acl", "amod"})
_PREPOSITIONS = frozenset({"in", "from", "with", "at", "inside", "within", "for", "of", "close", "near"})
_LONGEST = 8
"""How many words a description of somebody unnamed may have."""
_REACH = 3
"""How many sentences back "the paper" may reach for its name (sentences; our own reading of news texts)."""


def speaking_parties(scene: Scene, head: Token) -> list[Party]:
    """Whom a noun phrase names as bearers of words, each by the fullest name that the report has given it.

    Days of the week are nobody, "the paper" is the outlet named before, "its ambassador, NAME" is NAME,
    "the official" is the official spoken of before.
    """
    named = outlet_meant(scene, head)
    if named is not None:
        return [named]
    if head.pos_ == "PRON":
        return _behind_pronoun(scene, head)
    found = [_fuller(scene, p) for p in scene.all_parties(head) if _somebody(p)]
    if (
        is_media(head)
        and all(p.kind in {"unknown", "outlet"} for p in found)
        and scene.mention_at(head) is None
    ):
        return outlets_of(scene, head) or found
    return found


def is_media(token: Token) -> bool:
    """Whether a noun means newspapers, broadcasters, agencies or those who work for them."""
    if token.pos_ not in {"NOUN", "PROPN"}:
        return False
    media = nouns().media
    return token.lower_ in media or token.lemma_.lower() in media


def is_day(word: str) -> bool:
    """Whether a word is a day of the week or a month, which taggers take for names.

    Example:
        >>> is_day("Friday")
        True
    """
    return word.lower() in _DAYS | _MONTHS


def _somebody(party: Party) -> bool:
    return bool(party.name.strip()) and not is_day(party.name.split()[-1])


def _behind_pronoun(scene: Scene, head: Token) -> list[Party]:
    """Whom a pronoun stands for; "he" that was read as a day is the person who spoke last."""
    found = [p for p in scene.all_parties(head) if _somebody(p)]
    if found or head.lower_ not in {"he", "she"}:
        return [_fuller(scene, p) for p in found]
    for token in reversed(scene.tokens[: head.i]):
        if token.dep_ not in {"nsubj", "appos"} or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        party = scene.party(token)
        if party is not None and party.kind in {"named_person", "office", "anonymous"} and _somebody(party):
            return [_fuller(scene, party)]
    return []


def _fuller(scene: Scene, party: Party) -> Party:
    """A party with the best that the report says of it: its person's name, its phrase at first mention, its
    state.
    """
    if not 0 <= party.token < len(scene.doc):
        return party
    head = scene.doc[party.token]
    party = _own_office(scene, head, as_written(scene, party))
    owner = next((c for c in head.children if c.dep_ == "poss" and c.i in scene.pronouns), None)
    if party.kind not in {"office", "anonymous", "unknown"}:
        own = party.kind == "named_person" and party.entity is None and owner is not None
        return replace(party, entity=scene.pronouns[owner.i].entity) if own and owner is not None else party
    person = _in_apposition(scene, head)
    if person is not None:
        return replace(person, entity=person.entity or party.entity)
    party = replace(party, name=without_article(party.name))
    if " " not in party.name and party.kind in {"office", "anonymous"}:
        party = replace(party, name=_with_description(scene, head, party.name))
    if owner is not None:
        party = _of_owner(party, owner.text, scene.pronouns[owner.i])
    if (
        any(c.dep_ == "det" and c.lower_ in {"the", "this", "that"} for c in head.children)
        and " " not in party.name
    ):
        return _as_introduced(scene, head, party)
    return party


def _with_description(scene: Scene, head: Token, name: str) -> str:
    """A name of one word with what tells it from others: "official in Cairo", "officials who asked for anonymity"."""
    if head.text != name or head.i + 1 >= len(scene.doc):
        return name
    behind = head.nbor()
    clause = next((c for c in head.rights if c.left_edge.i == behind.i and c.dep_ in _DESCRIBING), None)
    if clause is None or (clause.dep_ == "prep" and clause.lower_ not in _PREPOSITIONS):
        return name
    end = clause.right_edge
    inside = scene.tokens[head.i : end.i + 1]
    if end.i - head.i > _LONGEST or any(t.text == "," or is_day(t.text) or _is_outlet(scene, t) for t in inside):
        return name  # whom somebody "who spoke to Reuters" spoke to is a link of its own
    return " ".join(scene.text[head.idx : end.idx + len(end.text)].split())


def _is_outlet(scene: Scene, token: Token) -> bool:
    mention = scene.mention_at(token)
    return mention is not None and mention.role == "outlet"


def _of_owner(party: Party, pronoun: str, owner: Party) -> Party:
    """Give "Norway's prime minister" for the words "its prime minister"; what "his" spokesman is called stays."""
    name = party.name
    if pronoun.lower() == "its" and name.lower().startswith("its ") and owner.kind in {"state", "organisation"}:
        name = f"{owner.name}'s {name[4:]}"
    return replace(party, name=name, entity=party.entity or owner.entity)


def _own_office(scene: Scene, head: Token, party: Party) -> Party:
    """Give "Italy's defence ministry" for the words "its defence ministry", read so far as the state whose it is."""
    owner = next((c for c in head.children if c.dep_ == "poss" and c.i in scene.pronouns), None)
    if party.kind != "state" or owner is None or head.lemma_.lower() not in _OFFICES_OWNED:
        return party
    behind = " ".join(scene.text[owner.idx + len(owner.text) : head.idx + len(head.text)].split())
    return replace(party, name=f"{party.name}'s {behind}", kind="office")


def _in_apposition(scene: Scene, head: Token) -> Party | None:
    """The person named beside an office: "Israel's ambassador to India, Reuven Azar"."""
    beside = [
        c
        for c in head.subtree
        if c.dep_ in {"appos", "flat"}
        and not any(a.dep_ in {"relcl", "acl"} and a.i > head.i for a in c.ancestors)
    ]
    if head.i + 1 < len(scene.doc):
        beside.append(scene.doc[head.i + 1])
    for token in beside:
        mention = scene.mention_at(token)
        if mention is not None and mention.role in {"person", "introduced"}:
            return Party(mention.target, mention.name, "named_person", mention.start, mention.end, token.i)
        party = scene.party(token) if token.dep_ == "appos" and token.pos_ == "PROPN" else None
        if party is not None and party.kind == "named_person" and " " in party.name and _somebody(party):
            return party
    return None


def _as_introduced(scene: Scene, head: Token, party: Party) -> Party:
    """The phrase by which somebody was brought in: "a senior Qatari official" for "the official"."""
    for token in reversed(scene.tokens[: head.i]):
        if token.lemma_.lower() == head.lemma_.lower() and token.tag_.endswith("S") == head.tag_.endswith(
            "S"
        ):
            earlier = scene.party(token)
            name = without_article(earlier.name) if earlier is not None else ""
            if (
                earlier is not None
                and " " in name
                and earlier.kind == party.kind
                and party.entity in {None, earlier.entity}
            ):
                return replace(party, name=name, entity=earlier.entity)
    return party


def without_article(name: str) -> str:
    """A phrase without its article, on one line.

    Example:
        >>> without_article("the foreign  ministry")
        'foreign ministry'
    """
    words = name.split()
    return " ".join(words[1:] if len(words) > 1 and words[0].lower() in {"the", "a", "an"} else words)


def as_written(scene: Scene, party: Party) -> Party:
    """A state by the name that the report gives it: a reader of the chain should find it in the text."""
    if party.kind != "state" or not 0 <= party.token < len(scene.doc):
        return party
    mention = scene.mention_at(scene.doc[party.token])
    return replace(party, name=mention.text) if mention is not None and mention.role == "name" else party


def outlet_meant(scene: Scene, head: Token) -> Party | None:
    """The outlet named last before "the newspaper" or "the report"; None where the phrase names somebody itself."""
    lemma = head.lemma_.lower()
    if (
        (lemma not in nouns().media and lemma not in _WRITINGS)
        or head.tag_ not in {"NN", "NNP"}
        or scene.mention_at(head) is not None
    ):
        return None
    if not any(c.dep_ == "det" and c.lower_ in {"the", "this", "that"} for c in head.children):
        return None
    if any(scene.mention_at(t) is not None for t in head.subtree if t.i != head.i):
        return None
    start, sentences = head.sent.start, 0
    for token in reversed(scene.tokens[: head.i]):
        if token.i < start:
            start, sentences = token.sent.start, sentences + 1
            if sentences > _REACH:
                return None
        mention = scene.mention_at(token)
        if mention is not None and mention.role == "outlet":
            return Party(None, mention.name, "outlet", mention.start, mention.end, token.i)
    return None


def outlets_of(scene: Scene, head: Token) -> list[Party]:
    """The outlets that a noun phrase names; "the news agency APS" is APS, "reporters" are none."""
    found = []
    for one in conjuncts(head):
        party = outlet_meant(scene, one) or scene.party(one)
        if party is not None and party.kind == "outlet" and scene.mention_at(one) is not None:
            found.append(party)
        elif is_media(one) and one.lemma_.lower() not in _NEWSPEOPLE:
            found.append(_outlet_phrase(scene, one, party))
        elif party is not None and party.kind == "outlet" and one.lemma_.lower() not in _NEWSPEOPLE:
            found.append(party)
    return found


def _outlet_phrase(scene: Scene, head: Token, party: Party | None) -> Party:
    """An outlet that is described: by the name beside the description, the name within it, or the phrase."""
    beside = [c for c in head.children if c.dep_ in {"appos", "flat"}]
    for token in [*beside, *scene.tokens[head.i + 1 : head.i + 2]]:
        mention = scene.mention_at(token)
        if mention is not None and mention.role == "outlet":
            return Party(None, mention.name, "outlet", mention.start, mention.end, token.i)
        if mention is None and token.pos_ == "PROPN":
            return Party(None, token.text, "outlet", token.idx, token.idx + len(token.text), token.i)
    start, end = scene.phrase(head)
    if head.dep_ == "compound" and head.head.lemma_.lower() == "report":
        start = head.head.left_edge.idx  # "Greek media report", taken for a noun
    number = next((c for c in head.children if c.dep_ == "nummod" and c.i == head.i + 1), None)
    if number is not None:
        end = number.idx + len(number.text)  # "Channel 12"
    elif party is not None and party.kind == "outlet" and start == party.start:
        return party
    return Party(None, without_article(scene.text[start:end]), "outlet", start, end, head.i)
