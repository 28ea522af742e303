"""Cue readings -> drafts, and the model's drafts joined with the rules'.

In: a scene and what the position model read. Out: drafts with parties of the vocabulary. The model says which words
carry a stance and which name the holder; who that is comes from the scene, and is never guessed where the words do
not tell.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.tokens import Token

from onrecord.extraction.addressed import with_doers
from onrecord.extraction.conditions import OPENS, Found, assign, fits, is_none, kind_of, parted
from onrecord.extraction.coreference import subject_of
from onrecord.extraction.deeds import Deed
from onrecord.extraction.learned.reading import CueReading, Offsets
from onrecord.extraction.lexicon import nouns
from onrecord.extraction.positions import TOWARD_OTHER, Draft, drafts_of_claims
from onrecord.extraction.quantities import Figure, figure_at, of_deed, read_figure, staged_in
from onrecord.extraction.scene import ACTOR_ROLES, Party, Scene
from onrecord.extraction.stances import Claim
from onrecord.extraction.weighing import certainty_of, may_be, of_others, standing, tells_more
from onrecord.model import Span, Statement

CueFinder = Callable[[str], Sequence[CueReading]]
LEARNED = "onrecord-cues/3"
"""Name and version of what the model found; raised with every change of weights."""
_TOLD_OF_IT = frozenset({"refused", "considering", "offered", "agreed", "pledged", "denied"})
KEEP = 0.35
"""A reading is kept from this probability on (cue, and stance other than none)."""
SURE = 0.47
"""A draft of the model is noted from this certainty on: the product of cue, stance and task."""
SURE_OTHER = 0.6
"""The same for an undertaking that no task of the vocabulary names: there is less to hold it against."""
SURE_AGAINST = 0.65
"""The same for a draft that says the opposite of what the rules read in the same report of the same undertaking."""
_YES = frozenset({"deployed", "deploying", "agreed", "pledged", "offered"})
_NO = frozenset({"refused", "denied", "suspended", "withdrawn"})
TASK = 0.3
"""A task is noted from this probability on; the likeliest always is."""
CONDITION = 0.5
"""A condition that the model read is taken from this share on (mean probability of its words)."""
FIGURE = 0.5
"""A figure that the model read is taken from this share on (mean probability of its words)."""
BARE_CONDITION = 0.85
"""The same for one that no word of condition opens ("a mandate")."""
SHORTEST = 6
"""A condition of fewer characters is a slip of the model."""
OWN_WORDS = 0.5
"""A reading without a holder is its speaker's from this probability on that the holder itself speaks ("no decision has
been made, the envoy said")."""
OWN_SURE = 0.65
"""And from this certainty on (cue, times stance)."""
PARTS = 0.3
"""Conditions and figures of a reading are given to what the rules have read in its sentence from this certainty on
(that of a cue, times that of any stance); lower than for a position, since the position is already there."""


def drafts_of_cues(scene: Scene, readings: Sequence[CueReading], statements: Sequence[Statement] = ()) -> list[Draft]:
    """The drafts of a report by the model's readings; "we" is whoever speaks in the statement around it."""
    made: list[Draft] = []
    for reading in readings:
        made += _drafts(scene, reading, statements)
    return made


def _drafts(scene: Scene, reading: CueReading, statements: Sequence[Statement]) -> list[Draft]:
    none = reading.stances["none"]
    stance, share = max(((s, p) for s, p in reading.stances.items() if s != "none"), key=lambda x: x[1])
    certainty = certainty_of(reading)
    at = _token(scene, reading.cue)
    if certainty < KEEP or at is None:
        return []
    likely = {t: p for t, p in reading.tasks.items() if may_be(t, at)}
    tasks = [t for t, p in likely.items() if p >= TASK] or [max(likely, key=lambda t: likely[t])]
    if stance in TOWARD_OTHER:
        reading = _without_addressed(reading)
    named, parties = _nearest_parties(scene, reading)
    holders = parties or _speaker(scene, named, reading.cue, statements) or _holder_by_grammar(scene, at)
    if not holders and reading.flags["self"] >= OWN_WORDS and certainty * share >= OWN_SURE:
        holders = _whose_words(reading.cue, statements)
    if not holders:
        return []
    performers: tuple[Party, ...] = holders
    if stance in TOWARD_OTHER:
        performers = _parties(scene, reading.performers)
        if not performers and reading.flags["foreign_force"] >= 0.5:
            performers = (Party("group:foreign_force", "foreign force", "unknown"),)
        if stance != "supports":
            performers = tuple(p for p in performers if p.entity not in {h.entity for h in holders})
        performers = performers or (holders if tasks == ["authorise"] else ())
    elif reading.flags["foreign_force"] >= 0.5 and reading.flags["own"] < 0.5:
        performers = (Party("group:foreign_force", "foreign force", "unknown"),)
    conditions = _conditions(scene, reading, at, stance)
    figure = _figure_of(scene, reading)
    cue = Span.of(scene.text, *reading.cue)
    target = Span.of(scene.text, *reading.objects[0]) if reading.objects else None
    return [
        Draft(
            task=task,
            stance=stance,
            holders=holders,
            performers=performers,
            at=at,
            saying=(),
            cue=cue,
            object=target,
            figure=figure,
            conditions=conditions,
            certainty=certainty * share / max(1e-6, 1 - none) * min(1.0, reading.tasks[task] * len(tasks)),
            extractor=LEARNED,
        )
        for task in tasks
    ]


def _without_addressed(reading: CueReading) -> CueReading:
    """A reading of a stance on another's doing without the holders whose words are those of a performer too.

    "Peru urged Chile to follow": whoever is addressed is not the one who asks.
    """
    own = tuple((a, z) for a, z in reading.holders if all(z <= p or q <= a for p, q in reading.performers))
    return reading if len(own) == len(reading.holders) else replace(reading, holders=own)


def _conditions(scene: Scene, reading: CueReading, at: Token, stance: str) -> tuple[Found, ...]:
    """The conditions of a reading; their kind is told by their words, and by the model where these tell none."""
    shares = reading.condition_shares or (1.0,) * len(reading.conditions)
    found: list[Found] = []
    for (kind, (a, z)), share in zip(reading.conditions, shares, strict=True):
        words = scene.text[a:z]
        enough = CONDITION if OPENS.match(words) else BARE_CONDITION
        if share < enough or len(words) < SHORTEST or len(words.split()) < 2 or is_none(words):
            continue
        told = kind_of(words)
        one = Found(kind if told == "other" else told, a, z, at.i)
        if fits(scene, one, stance):
            found += parted(scene, one)
    return tuple(found)


def _figure_of(scene: Scene, reading: CueReading) -> Figure | None:
    """The figure of a reading, the surest that can be read."""
    shares = reading.quantity_shares or (1.0,) * len(reading.quantities)
    for share, span in sorted(zip(shares, reading.quantities, strict=True), reverse=True):
        figure = _figure(scene, span) if share >= FIGURE else None
        if figure is not None:
            return figure
    return None


def _token(scene: Scene, span: Offsets) -> Token | None:
    inside = [t for t in scene.tokens_in(*span) if not t.is_space]
    for token in inside:
        if not span[0] <= token.head.idx < span[1]:
            return token
    return inside[0] if inside else None


def _parties(scene: Scene, spans: Sequence[Offsets]) -> tuple[Party, ...]:
    """Whom wordings stand for: the actor named in them, else what their head resolves to."""
    found: list[Party] = []
    for start, end in spans:
        inside = [t for t in scene.tokens_in(start, end) if not t.is_space]
        head = _token(scene, (start, end))
        here: list[Party] = []
        if head is not None:
            one = scene.party(head)
            here = [p for p in scene.plurals.get(head.i, ()) or ((one,) if one is not None else ()) if p.entity]
            here = here or [p for p in scene.plurals.get(head.i, ()) if p.entity]
        if not here and head is not None and _company(scene, head):
            continue
        if not here:
            for token in inside:
                mention = scene.mention_at(token)
                if mention is not None and mention.target and mention.role in ACTOR_ROLES:
                    here = [Party(mention.target, mention.name, "state", mention.start, mention.end, token.i)]
                    break
        if not here:
            here = [p for t in inside if (p := scene.party(t)) is not None and p.entity][:1]
        found += [p for p in here if all(p.entity != f.entity for f in found)]
    return tuple(found)


def _company(scene: Scene, head: Token) -> bool:
    """Whether a phrase names somebody by capitals, whose country only says where it is at home ("Peru's KXQ")."""
    known = scene.mention_at(head) is not None
    return not known and head.pos_ == "PROPN" and head.text.isupper() and any(c.dep_ == "poss" for c in head.children)


_SELF = re.compile(r"(?:we|i|us|ours?|(?:my|our) \w+)", re.I)
"""What a speaker calls itself or its country by."""
_BETWEEN = re.compile(
    r"[\s,;]*(?:and|or|&|as well as|along with|alongside|together with)?[\s,]*(?:the|its|both)?\s*", re.I
)


def _nearest_parties(scene: Scene, reading: CueReading) -> tuple[tuple[Offsets, ...], tuple[Party, ...]]:
    """The wordings of the nearest list of holders that names a party, with its parties; else the nearest list."""
    lists = _lists(scene.text, reading.holders, reading.cue)
    for one in lists:
        if parties := _parties(scene, one):
            return one, parties
        if not all(_passed_over(scene, span) for span in one):
            break
    return _nearest(scene.text, reading), ()


def _passed_over(scene: Scene, span: Offsets) -> bool:
    """Whether a wording that names no party leaves it to the next: "itself", "the paper", "the premier"."""
    head = _token(scene, span)
    if head is None:
        return True
    words = nouns()
    return head.lower_.endswith("self") or head.lemma_.lower() in words.media | words.offices | words.bodies


def _nearest(text: str, reading: CueReading) -> tuple[Offsets, ...]:
    """The list of holders that stands nearest to the cue, whether it names a party or not."""
    return next(iter(_lists(text, reading.holders, reading.cue)), ())


def _lists(text: str, spans: Sequence[Offsets], cue: Offsets) -> list[tuple[Offsets, ...]]:
    """The wordings read as holders in lists, the one that stands nearest to the cue first.

    One cue has one holder, or a list of them; a second wording elsewhere is as a rule who says so.
    """
    lists: list[list[Offsets]] = []
    for span in sorted(spans):
        if lists and _BETWEEN.fullmatch(text[lists[-1][-1][1] : span[0]]):
            lists[-1].append(span)
        else:
            lists.append([span])

    def distance(one: list[Offsets]) -> tuple[int, bool]:
        start, end = one[0][0], one[-1][1]
        behind = start >= cue[1]
        return max(0, cue[0] - end, start - cue[1]), behind

    return [tuple(one) for one in sorted(lists, key=distance)]


def _speaker(
    scene: Scene, named: Sequence[Offsets], cue: Offsets, statements: Sequence[Statement]
) -> tuple[Party, ...]:
    """Who "we" or "my country" is: the party whose words the cue stands in."""
    if not named or not all(_SELF.fullmatch(scene.text[a:z]) for a, z in named):
        return ()
    return _whose_words(cue, statements)


def _whose_words(cue: Offsets, statements: Sequence[Statement]) -> tuple[Party, ...]:
    """The party whose words a cue stands in."""
    for one in statements:
        if one.source.entity and any(c.start <= cue[0] and cue[1] <= c.end for c in one.content):
            at = one.source.span
            place = (at.start, at.end) if at else (-1, -1)
            return (Party(one.source.entity, one.source.name or one.source.entity, one.source.kind, *place),)
    return ()


def _holder_by_grammar(scene: Scene, at: Token) -> tuple[Party, ...]:
    subject = subject_of(at)
    if subject is None:
        return ()
    return tuple(p for p in scene.all_parties(subject) if p.entity)


def _figure(scene: Scene, span: Offsets) -> Figure | None:
    token = scene.token_at(span[0])
    if token is None:
        return None
    sentence = token.sent
    figure = figure_at(scene.text, span, (sentence.start_char, sentence.end_char))
    if figure is None:
        vague = read_figure(scene.text[span[0] : span[1]])
        if vague is None or vague.low is not None or vague.high is not None:
            return None
        figure = replace(vague, start=span[0], end=span[1])
    start, end = min(figure.start, span[0]), max(figure.end, span[1])
    words = scene.text[start:end]
    money = any(mark in words for mark in "$€£") or "dollar" in words.lower()
    unit = "USD" if money else words.split()[-1].lower().strip(".,") if words.split()[-1].isalpha() else None
    return staged_in(
        scene.text, replace(figure, unit=unit, start=start, end=end), (sentence.start_char, sentence.end_char)
    )


def joined(
    scene: Scene,
    found_deeds: Sequence[Deed],
    claims: Sequence[Claim],
    readings: Sequence[CueReading],
    extractor: str,
    statements: Sequence[Statement] = (),
) -> list[Draft]:
    """The rules' claims and the model's readings as drafts, in order of the text.

    Where the rules speak of a holder in a sentence they stand (on texts that neither had seen they were right more
    often), unless the model sees no cue there at all; the model adds the holders, stances and sentences on which they
    are silent. Conditions are sought by the rules for both, and those that the model read are given to both; figures of
    the model's drafts come from a deed of the same task in the sentence, where there is one.
    """
    claims = standing(claims, readings)
    yes, no = (
        {(h.entity, c.deed.task) for c in claims if c.stance in stances for h in c.holders} for stances in (_YES, _NO)
    )
    worded = {t.idx for c in claims for t in c.words}
    added: list[Draft] = []
    for draft in drafts_of_cues(scene, readings, statements):
        holders = tuple(h for h in draft.holders if tells_more(draft, h, claims))
        if draft.cue is not None and any(draft.cue.start <= i < draft.cue.end for i in worded):
            continue  # the rules have read these words already
        draft = with_doers(scene, _pointing(draft, found_deeds))
        opposed = any(((h.entity, draft.task) in (no if draft.stance in _YES else yes)) for h in holders) and (
            draft.stance in _YES or draft.stance in _NO
        )
        needed = max(SURE_OTHER if draft.task == "other" else SURE, SURE_AGAINST if opposed else 0.0)
        if holders and draft.certainty >= needed:
            performers = holders if draft.performers == draft.holders else draft.performers
            added.append(replace(draft, holders=holders, performers=performers))
    everything = [*claims, *(_as_claim(d) for d in added)]
    order = sorted(range(len(everything)), key=lambda i: everything[i].deed.token.i)
    found = assign(scene, [everything[i] for i in order])
    conditions = {i: found[k] for k, i in enumerate(order)}
    placed = [f for one in found for f in one]
    taken = {c.deed.token.sent.start_char for c in everything}
    read, figures = _parts_for_claims(scene, claims, readings)
    read = {i: _at_home(scene, claims[i].deed.token, of, taken) for i, of in read.items()}
    by_rule = [
        replace(d, figure=d.figure or figures.get(i), conditions=_together(read.get(i, ()), d.conditions, placed))
        for i, d in enumerate(drafts_of_claims(scene, claims, [conditions[i] for i in range(len(claims))], extractor))
    ]
    deeds = {(d.token.sent.start, d.task): d for d in reversed(found_deeds)}
    by_model = []
    for k, draft in enumerate(added):
        deed = deeds.get((draft.at.sent.start, draft.task))
        if deed is not None and draft.stance not in TOWARD_OTHER | {"named"} and of_others(deed, draft):
            continue  # "had counted 850 Bangladeshi soldiers": somebody speaks of another's troops
        own = _at_home(scene, draft.at, draft.conditions, taken)
        figure = draft.figure or (of_deed(scene, deed) if deed is not None else None)
        by_model.append(replace(draft, figure=figure, conditions=_together(own, conditions[len(claims) + k], placed)))
    return sorted([*by_rule, *by_model], key=lambda d: d.at.i)


def _at_home(scene: Scene, at: Token, found: Sequence[Found], taken: set[int]) -> tuple[Found, ...]:
    """Of the conditions that the model read for a position, those that no other position's sentence states.

    Args:
        scene: the report laid out.
        at: a token of the position.
        found: the conditions.
        taken: where the sentences begin that hold positions (code points).
    """
    starts = scene.sentence_starts
    return tuple(
        f
        for f in found
        if (home := starts[max(0, bisect_right(starts, f.start) - 1)]) == at.sent.start_char or home not in taken
    )


def _parts_for_claims(
    scene: Scene, claims: Sequence[Claim], readings: Sequence[CueReading]
) -> tuple[dict[int, tuple[Found, ...]], dict[int, Figure]]:
    """The conditions and the figure that the model read for what the rules have read too, by number of the claim.

    A reading speaks of a claim where its cue holds words of the claim, else of those of its sentence that have its
    holder.
    """
    conditions: dict[int, tuple[Found, ...]] = {}
    figures: dict[int, Figure] = {}
    for reading in readings:
        at = _token(scene, reading.cue)
        if at is None or certainty_of(reading) < PARTS:
            continue
        here = [i for i, c in enumerate(claims) if c.deed.token.sent.start == at.sent.start]
        chosen = [i for i in here if any(reading.cue[0] <= t.idx < reading.cue[1] for t in claims[i].words)]
        if not chosen and here:
            holders = {p.entity for p in _parties(scene, _nearest(scene.text, reading))}
            chosen = [i for i in here if {h.entity for h in claims[i].holders} & holders]
        figure = _figure_of(scene, reading)
        for i in chosen:
            conditions[i] = _together(_conditions(scene, reading, at, claims[i].stance), conditions.get(i, ()))
            if figure is not None and reading.tasks.get(claims[i].deed.task, 0) >= TASK:
                figures.setdefault(i, figure)
    return conditions, figures


_POINTERS = frozenset({"it", "that", "this", "so"})
_REACH = 60
"""How many tokens back "it" may point (our own reading: two sentences of news)."""


def _pointing(draft: Draft, deeds: Sequence[Deed]) -> Draft:
    """A draft whose words only point to a deed ("have ruled it out"), with the task of the deed named before."""
    sentence = draft.at.sent
    pointed = any(t.lower_ in _POINTERS and t.dep_ in {"dobj", "pobj"} for t in sentence)
    if draft.stance not in _TOLD_OF_IT or not pointed or any(d.token.sent.start == sentence.start for d in deeds):
        return draft
    before = [d for d in deeds if 0 < sentence.start - d.token.i <= _REACH]
    return replace(draft, task=before[-1].task) if before else draft


def _as_claim(draft: Draft) -> Claim:
    """A draft as the rules for conditions see one."""
    deed = Deed(draft.at, draft.task, None, (), None, True)
    return Claim(deed, draft.stance, list(draft.holders), list(draft.performers), [draft.at], [draft.at, draft.at.head])


def _together(model: Sequence[Found], rules: Sequence[Found], placed: Sequence[Found] = ()) -> tuple[Found, ...]:
    """Conditions of both; where two overlap the rules' wording stands.

    Args:
        model: what the model read for a position.
        rules: what the rules gave it.
        placed: what the rules gave to any position: the grammar has told whose those are.
    """
    kept = list(rules)
    for one in model:
        if all(one.end <= k.start or k.end <= one.start for k in (*kept, *placed)):
            kept.append(one)
    return tuple(sorted(kept, key=lambda f: f.start))
