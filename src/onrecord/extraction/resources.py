"""What is sent and whose it is: the noun phrases that hang on a deed.

In: tokens of a scene. Out: what kind of resource a noun phrase is (troops, police, money), the phrases that
complete a verb, and the parties whose troops or participation a phrase names. Knows nothing of stances.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Token

from onrecord.extraction.lexicon import nouns, word_set
from onrecord.extraction.scene import ACTOR_ROLES, Party, Scene, conjuncts

RESOURCE_TASKS = {
    "troops": "contribute_troops",
    "police": "contribute_police",
    "support": "contribute_support",
    "observers": "contribute_observers",
    "staff": "staff_headquarters",
    "trainers": "train_forces",
    "money": "fund",
    "weapons": "supply_equipment",
    "aid": "deliver_aid",
}
"""What is sent -> the task of sending it."""
_SPECIFIC = ("police", "observers", "support", "trainers", "staff", "weapons", "aid", "money", "troops")
_MILITARY = word_set("contribution support unit component assistance group element")
_CONTRIBUTION = word_set("contribution contributions")
_COUNTS = word_set("dollar euro billion million $ € £")
_AID = word_set("aid package assistance")
_HELP = word_set("help support")
_FOR_WAR = word_set("military arms weapons lethal")
_OF_MONEY = word_set("financial voluntary assessed annual budget budgetary")
_MONEY_WORDS = word_set(
    """
    dollar euro pound million billion trillion money fund funding finance cash budget donor sum levy $ € £ pay payment
    shortfall wage salary loan grant treasury
    """
)
_TROOP_WORDS = word_set(
    "troop soldier police officer battalion contingent peacekeeper brigade deploy deployment personnel unit"
)
_NEAR = 40
"""Tokens around a sentence that tell what it is about (our own reading: a sentence or two of news)."""
_AWAY = word_set("withdrawal pullout pull-out pullback exit departure retreat")
"""Nouns whose "from" names a place, not those who do it."""
_COMPLEMENT = word_set("dobj attr oprd dative nsubjpass npadvmod ccomp")


def complements(verb: Token) -> Iterator[Token]:
    """Objects of a verb and of its prepositions, with what hangs on them; the passive's subject."""
    for child in verb.children:
        if child.dep_ in _COMPLEMENT and child.pos_ not in {"VERB", "AUX"}:
            yield from with_of(child)
        elif child.dep_ in {"prep", "dative", "agent", "prt"}:
            for inner in child.children:
                if inner.dep_ in {"pobj", "pcomp"}:
                    yield from with_of(inner)
                elif inner.dep_ == "prep":
                    for deep in inner.children:
                        if deep.dep_ == "pobj":
                            yield from with_of(deep)
    if verb.dep_ == "acl" and verb.tag_ == "VBN":
        yield verb.head


def with_of(token: Token) -> Iterator[Token]:
    """A noun, its coordinates, their modifiers, and what hangs on them by ``of``, ``to``, ``in``, ``for``."""
    for one in conjuncts(token):
        yield one
        for child in one.children:
            if child.dep_ == "prep" and child.lower_ in {"of", "to", "in", "for"}:
                for inner in child.children:
                    if inner.dep_ == "pobj":
                        yield from with_of(inner)
            elif child.dep_ in {"compound", "amod", "nmod"}:
                yield child


def resource_of(token: Token) -> str | None:
    """What kind of thing a noun phrase is that can be sent: troops, police, money ... or None."""
    table = nouns().resources
    forms = {token.lower_, token.lemma_.lower()}
    near = set()
    for child in token.children:
        if child.dep_ in {"compound", "amod", "nmod"}:
            near |= {child.lower_, child.lemma_.lower()}
        if child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    near |= {inner.lower_, inner.lemma_.lower()}
                    near |= {c.lower_ for c in inner.children if c.dep_ in {"compound", "amod"}}
    if forms & _CONTRIBUTION:
        return _contributed(token, near)
    if forms & _AID and near & _FOR_WAR:
        return "weapons"
    if forms & _AID | forms & _HELP and "humanitarian" in near:
        return "aid"
    if forms & {"package"}:
        return next((k for k in _SPECIFIC if near & (table[k] - _COUNTS)), "money" if near & _COUNTS else None)
    if forms & {"fighter", "fighters"} and ("jet" in near or any(_is_model(w) for w in near)):
        return "weapons"
    if ("staff" in near and forms & {"officer", "officers"}) or (
        {"high-ranking", "liaison", "senior"} & near and forms & {"officers"}
    ):
        return "staff"
    if any(c.text in {"$", "€", "£"} for c in token.children) or token.text in {"$", "€", "£"}:
        return "money"
    for kind in _SPECIFIC:
        if forms & table[kind]:
            # "medical units", "engineering battalion", "observer mission": the modifier tells
            for other in _SPECIFIC:
                if (
                    other != kind
                    and near & table[other]
                    and kind in {"troops", "police", "money"}
                    and other not in {"troops", "money"}
                ):
                    return other
            if kind == "police" and forms & {"officer", "officers", "men"} and not near & table["police"]:
                return "police" if forms & {"officers"} else None
            return kind
    if near & {"military", "army", "troop", "soldier"} and forms & _MILITARY:
        return "troops"
    return None


def _is_model(word: str) -> bool:
    """Whether a word names a model of weapon: "mig-29", "f-16"."""
    return any(c.isdigit() for c in word) and word[0].isalpha()


def _contributed(token: Token, near: set[str]) -> str:
    """What a "contribution" is of: what it names, else what the text speaks of; troops where that is nothing."""
    table = nouns().resources
    told = next((k for k in _SPECIFIC if near & (table[k] - _CONTRIBUTION)), None)
    if told is not None:
        return told
    if near & {"military", "troop"}:
        return "troops"
    return "money" if near & _OF_MONEY or speaks_of_money(token) else "troops"


def speaks_of_money(token: Token) -> bool:
    """Whether a text speaks of money where a word stands: in its sentence, else in those around it."""
    doc, sentence = token.doc, token.sent
    for start, end in ((sentence.start, sentence.end), (sentence.start - _NEAR, sentence.end + _NEAR)):
        money = troops = 0
        for other in doc[max(0, start) : min(len(doc), end)]:
            word = other.lemma_.lower()
            if other.i == token.i or word in _CONTRIBUTION:
                continue
            money += word in _MONEY_WORDS
            troops += word in _TROOP_WORDS
        if money != troops:
            return money > troops
    return False


def alternative(noun: Token) -> bool:
    """Whether a noun is the second of "troops or money": the first kind is the one that is noted (guidelines, 8)."""
    first = noun.head
    return (
        noun.dep_ == "conj"
        and any(c.dep_ == "cc" and c.lower_ == "or" for c in first.children)
        and resource_of(first) is not None
    )


def taken_away(noun: Token) -> bool:
    """Whether a noun is what a withdrawal is of ("the withdrawal of its soldiers"): it is not sent."""
    up = noun
    while up.dep_ in {"conj", "compound"} and up.head.i != up.i:
        up = up.head
    return up.dep_ == "pobj" and up.head.lower_ == "of" and up.head.head.lemma_.lower() in _AWAY


_SERVE = word_set("training trainer instructor course academy school salary wage pay payroll uniform instruction")
_DONE_TO = word_set("treat heal attack kill strike hit target arrest detain feed bury honour honor thank visit greet")
_GIVES_TO = word_set("sell give lend offer send supply grant ship promise deny pledge provide hand donate")
"""Verbs that may be told between them and what they give who gets it ("sell Armenia drones")."""


def is_recipient(scene: Scene, name: Token, thing: Token) -> bool:
    """Whether a name before what is given tells who gets it: "sell Armenia drones", which parsers take for one noun."""
    mention = scene.mention_at(name)
    return (
        mention is not None
        and mention.role == "name"
        and name.dep_ == "compound"
        and thing.dep_ == "dobj"
        and thing.head.lemma_.lower() in _GIVES_TO
        and thing.left_edge.i == name.left_edge.i
        and name.i > thing.head.i
    )


def _of_currency(scene: Scene, child: Token, noun: Token) -> bool:
    """Whether "U.S." only tells which dollars are meant."""
    mention = scene.mention_at(child)
    return mention is not None and mention.target == "USA" and child.dep_ != "poss" and noun.lemma_.lower() == "dollar"


def not_sent(noun: Token) -> bool:
    """Whether a noun of what can be sent names what is taken away, what is trained, or the second of two kinds."""
    return taken_away(noun) or alternative(noun) or _served(noun) or _suffers(noun) or _taken_along(noun)


def _suffers(noun: Token) -> bool:
    """Whether something is done to those a noun names ("to treat wounded fighters"): nobody sends them."""
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in _DONE_TO


def _taken_along(noun: Token) -> bool:
    """Whether vehicles and arms only come along ("take part with soldiers, armoured vehicles and medics")."""
    first = noun
    while first.dep_ == "conj" and first.head.i != first.i:
        first = first.head
    if first.i == noun.i or first.dep_ != "pobj" or first.head.lower_ != "with":
        return False
    return resource_of(noun) == "weapons" and resource_of(first) == "troops"


def _served(noun: Token) -> bool:
    """Whether a noun is what others train or pay ("the training of the police", "trainers for its army")."""
    up = noun.head
    return noun.dep_ == "pobj" and up.lower_ in {"of", "for"} and up.head.lemma_.lower() in _SERVE


def performers_of(scene: Scene, noun: Token) -> tuple[Party, ...]:
    """Whose troops or participation: possessor, adjective, ``of``/``by``/``from`` phrase."""
    found: list[Party] = []
    for child in noun.children:
        if is_recipient(scene, child, noun) or _of_currency(scene, child, noun):
            continue
        if child.dep_ in {"poss", "amod", "compound", "nmod", "npadvmod"}:
            for one in conjuncts(child):
                mention = scene.mention_at(one)
                if mention is not None and mention.role in ACTOR_ROLES and mention.target:
                    found.append(Party(mention.target, mention.name, "state", mention.start, mention.end, one.i))
                elif one.dep_ == "poss" or child.dep_ == "poss":
                    found += [p for p in scene.all_parties(one) if p.entity]
        elif (child.dep_ == "prep" and child.lower_ in {"by", "from"} and noun.lemma_.lower() not in _AWAY) or (
            child.dep_ == "agent"
        ):
            for inner in child.children:
                if inner.dep_ == "pobj":
                    found += [p for p in scene.all_parties(inner) if p.entity]
        elif child.dep_ == "prep" and child.lower_ == "of":
            for inner in child.children:
                if inner.dep_ == "pobj":
                    found += (
                        [p for p in scene.all_parties(inner) if p.entity]
                        if scene.mention_at(inner)
                        else list(performers_of(scene, inner))
                    )
    if any(c.lower_ in {"foreign", "external", "outside", "outsider"} for c in noun.children) and not found:
        start, end = scene.phrase(noun)
        found.append(Party("group:foreign_force", scene.text[start:end], "unknown", start, end, noun.i))
    seen: dict[str | None, Party] = {p.entity: p for p in reversed(found)}
    return tuple(reversed(list(seen.values())))
