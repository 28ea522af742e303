"""The bottom line: three to seven sentences, each true by construction of what the ledger's standings hold.

Who stands for it, who against and on what shared condition, who is still open, what changed, what is
disputed, what nobody is on record for, and what it adds up to. A sentence is left out where there is nothing
to say.
"""

from __future__ import annotations

from collections import Counter

from onrecord.briefing.board import first_task, is_group, of_matter, tasks_in_order
from onrecord.briefing.changes import shifts
from onrecord.briefing.disputes import KINDS
from onrecord.briefing.material import Material, References
from onrecord.briefing.passages import passage
from onrecord.briefing.pieces import Link, Piece, Text, plain
from onrecord.briefing.sentences import (
    best_refs,
    capped,
    joined,
    party,
    shared_condition_text,
)
from onrecord.briefing.text import counted, listed, one_line
from onrecord.briefing.view_answer import Sentence
from onrecord.briefing.view_strength import Outline
from onrecord.briefing.when import day_text
from onrecord.briefing.words import STATE_WORDS
from onrecord.model import Polarity, Standing

MOST_PARTIES = 7
MOST_CHANGES = 3
MOST_GAPS = 3
NOT_GAPS = frozenset({"other", "authorise", "recognise", "join_board"})
"""Tasks that no force lacks: a catch-all, and political acts."""


def _own(material: Material, matter: str | None, task: str | None, polarity: Polarity) -> list[Standing]:
    found = [
        x
        for x in of_matter(material, matter)
        if x.task == task and x.holder == x.performer and x.polarity == polarity
    ]
    return sorted(found, key=lambda x: (-(x.high or x.low or 0.0), material.words.rung(x.stance), x.holder))


def for_text(
    material: Material, references: References, matter: str | None, task: str | None, place: Link
) -> Text:
    """Who is on record for a task, and who leans towards it."""
    if task is None:
        return ()
    label = material.words.task(task)
    standing_for = _own(material, matter, task, "for")
    leaning = _own(material, matter, task, "leaning")
    parties = len({x.holder for x in of_matter(material, matter)})
    if standing_for:
        verb = "is" if len(standing_for) == 1 else "are"
        text: list[Piece] = [
            Piece(
                f"{len(standing_for)} of {counted(parties, 'party', 'parties')} {verb} on record to {label}: "
            )
        ]
        text += capped([party(material, references, x, place) for x in standing_for], MOST_PARTIES, "more")
        text.append(Piece("."))
    else:
        text = [Piece(f"No party is on record to {label}.")]
    if leaning:
        text.append(Piece(" Leaning towards it: "))
        text += capped([party(material, references, x, place) for x in leaning], MOST_PARTIES, "more")
        text.append(Piece("."))
    return tuple(text)


def against_text(
    material: Material, references: References, matter: str | None, task: str | None, place: Link
) -> Text:
    """Who will not, on what shared condition, and who is against another's doing it."""
    refusing = _own(material, matter, task, "against")
    text: list[Piece] = []
    if refusing:
        text.append(Piece(f"{len(refusing)} {'is' if len(refusing) == 1 else 'are'} on record against it: "))
        text += capped([party(material, references, x, place) for x in refusing], MOST_PARTIES, "more")
        text.append(Piece("."))
        text += shared_condition_text(material, references, refusing, place)
    else:
        text.append(Piece("No party is on record against it."))
    barring = [
        x
        for x in of_matter(material, matter)
        if x.task == task
        and x.holder != x.performer
        and not is_group(x.performer)
        and x.polarity == "against"
    ]
    if barring:
        words = material.words
        items: list[Text] = [
            (
                Piece(words.actor(x.holder), strong=True),
                Piece(f" {words.stance(x.stance)} the part of "),
                Piece(words.actor(x.performer), best_refs(material, references, x, place), strong=True),
            )
            for x in barring
        ]
        text += [Piece(" " if text else ""), *capped(items, MOST_CHANGES, "more"), Piece(".")]
    return tuple(text)


def _open_text(
    material: Material, references: References, matter: str | None, task: str | None, place: Link
) -> Text:
    still = _own(material, matter, task, "open")
    named = [x for x in still if x.stance == "named"]
    rest = [x for x in still if x.stance != "named"]
    text: list[Piece] = []
    if named:
        items: list[Text] = [
            (
                Piece(material.words.actor(x.holder), strong=True),
                Piece("", best_refs(material, references, x, place)),
            )
            for x in named
        ]
        tail = " and has not spoken for itself" if len(named) == 1 else " and have not spoken for themselves"
        verb = " is" if len(named) == 1 else " are"
        text += [*capped(items, MOST_PARTIES, "more"), Piece(f"{verb} named by others{tail}.")]
    if rest:
        text += [Piece(" Still open: " if text else "Still open: ")]
        text += [
            *capped([party(material, references, x, place) for x in rest], MOST_PARTIES, "more"),
            Piece("."),
        ]
    return tuple(text)


def _changed_text(material: Material, references: References, matter: str | None, place: Link) -> Text:
    if material.since is None:
        return ()
    words = material.words
    since = day_text(material.since)
    moved = [(x, s) for x, s in shifts(material) if x.matter == matter]
    if not moved:
        return (Piece(f"Since {since} no party has changed its stance."),)
    first = first_task(material, matter)
    moved.sort(key=lambda m: (m[1].before is None, m[0].task != first))  # a changed mind before a new name
    out: list[Piece] = [Piece(f"Since {since}: ")]
    for n, (x, s) in enumerate(moved[:MOST_CHANGES]):
        now = words.stance(x.stance)
        on = f"on {words.actor(x.performer)}, " if x.performer != x.holder else ""
        state = f"; {STATE_WORDS[x.state]}" if x.state != "settled" else ""
        doing = f" ({on}{words.task(x.task)}{state})"
        how = (
            f" went from {words.stance(s.before.stance)} to {now}"
            if s.before
            else f" is new on record: {now}"
        )
        refs = best_refs(material, references, x, place)
        out += [Piece("; " if n else ""), Piece(words.actor(x.holder), strong=True), Piece(how + doing, refs)]
    rest = len(moved) - MOST_CHANGES
    if rest > 0:
        out.append(Piece(f"; {counted(rest, 'other standing')} changed as well"))
    return (*out, Piece("."))


def _disputed_text(material: Material, references: References, matter: str | None, place: Link) -> Text:
    order = list(KINDS)
    conflicts = [x for x in material.conflicts if x.matter in (matter, None) and x.kind != "circular"]
    if not conflicts:
        return (Piece("No two reports were found that do not stand side by side."),)
    conflicts.sort(key=lambda x: (order.index(x.kind), -len(x.positions), x.id))
    first = conflicts[0]
    counts = Counter(x.kind for x in conflicts)
    kinds = [counted(counts[k], *KINDS[k].names) for k in order if counts[k]]
    verb = "does" if len(conflicts) == 1 else "do"
    return (
        Piece(f"{counted(len(conflicts), 'point')} {verb} not simply stand side by side ({listed(kinds)}). "),
        Piece("First of them: " if len(conflicts) > 1 else ""),
        Piece(one_line(first.why, 480).rstrip(".…"), references.refs(first.positions, place, 4)),
        Piece("."),
    )


def _gap_text(material: Material, references: References, matter: str | None, place: Link) -> Text:
    words = material.words
    standings = of_matter(material, matter)
    missing = [
        t
        for t in tasks_in_order(material, matter)
        if t not in NOT_GAPS
        and not any(x.task == t and x.holder == x.performer and x.polarity == "for" for x in standings)
    ]
    if not missing:
        return ()
    items: list[Text] = []
    for task in missing[:MOST_GAPS]:
        near = [
            x for x in standings if x.task == task and x.holder == x.performer and x.polarity == "leaning"
        ]
        against = [x for x in standings if x.task == task and x.polarity == "against"]
        said: list[Piece] = [Piece(f"to {words.task(task)}", strong=True)]
        inner: list[Text] = []
        for x in (*near, *against):
            on = f" on {words.actor(x.performer)}" if x.holder != x.performer else ""
            refs = best_refs(material, references, x, place)
            inner.append((Piece(f"{words.actor(x.holder)}{on}: {words.stance(x.stance)}", refs),))
        if inner:
            said += [Piece(" ("), *capped(inner, MOST_GAPS, "more"), Piece(")")]
        items.append(tuple(said))
    rest = len(missing) - len(items)
    tail = f", nor for {counted(rest, 'further task')} on the board." if rest else "."
    return (Piece("Nobody is on record "), *joined(items), Piece(tail))


def _strength_text(told: Outline | None) -> Text:
    if told is None or not told.required:
        return ()
    lead = f"Required: {told.required}"
    lead += " as the reports tell it. " if told.found else f" ({told.source}). " if told.source else ". "
    named = f"Named by the parties that stand for it: {told.named}." if told.named else ""
    first = told.lines[0] if told.lines else ""
    rest = first.partition("; ")[2] if first.startswith("Required: ") else first
    expected = f" {rest[:1].upper()}{rest[1:].rstrip('.')}." if rest else ""
    key = f" What would unlock most: {told.key}." if told.key else ""
    named = named or "No figure is on record from a party that stands for it."
    return (Piece(lead + named + expected + key),)


def bottom_line(
    material: Material,
    references: References,
    matter: str | None,
    strength: Outline | None,
) -> tuple[Sentence, ...]:
    """The sentences on the first matter, numbered in their order."""
    if not material.standings:
        return (_nothing(material),)
    task = first_task(material, matter)
    made: list[Sentence] = []
    quoted: set[str] = set()

    def add(topic: str, polarity: Polarity | None, text: Text) -> None:
        if text:
            made.append(_sentence(material, references, topic, polarity, text, len(made) + 1, quoted))

    def place() -> Link:
        return Link(f"Bottom line {len(made) + 1}", f"line-{len(made) + 1}")

    add("For", "for", for_text(material, references, matter, task, place()))
    add("Against", "against", against_text(material, references, matter, task, place()))
    add("Open", "open", _open_text(material, references, matter, task, place()))
    add("Changed", None, _changed_text(material, references, matter, place()))
    add("Disputed", None, _disputed_text(material, references, matter, place()))
    add("Gap", None, _gap_text(material, references, matter, place()))
    add("Strength", None, _strength_text(strength))
    return tuple(made)


def _nothing(material: Material) -> Sentence:
    day = day_text(material.as_of)
    if material.reports:
        said = f"No party's position was found in {counted(len(material.reports), 'report')}, as of {day}."
    else:
        said = f"No report was read, so that nobody is on record for anything as of {day}."
    return Sentence("Nothing found", None, (Piece(said),), None, "line-1")


def _sentence(
    material: Material,
    references: References,
    topic: str,
    polarity: Polarity | None,
    text: Text,
    number: int,
    quoted: set[str],
) -> Sentence:
    """A sentence with the first passage it rests on that no earlier sentence has quoted."""
    by_number = {n: name for name, n in references.numbers.items()}
    names = [by_number[ref.number] for piece in text for ref in piece.refs]
    chosen = next((x for x in names if material.positions[x].evidence.text not in quoted), None)
    if chosen is not None:
        quoted.add(material.positions[chosen].evidence.text)
    shown = passage(material, references, chosen) if chosen else None
    return Sentence(topic, polarity, text, shown, f"line-{number}")


def summary(material: Material, references: References, matter: str | None, place: Link) -> Text:
    """A matter other than the first, in short."""
    task = first_task(material, matter)
    pro = for_text(material, references, matter, task, place)
    con = against_text(material, references, matter, task, place)
    return (*pro, Piece(" "), *con) if plain(con) else pro
