"""How to read the brief: the vocabulary's ladder, tasks and conditions, and the scales of the trade.

Comes in: labels. Goes out: tables of words and meanings. The scales that are not the vocabulary's are here
with their source.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from onrecord.briefing.text import one_line
from onrecord.briefing.view_record import GuideTable
from onrecord.briefing.words import POLARITIES, Word, Words
from onrecord.model import Polarity

RELIABILITY: Mapping[str, str] = {
    "A": "completely reliable",
    "B": "usually reliable",
    "C": "fairly reliable",
    "D": "not usually reliable",
    "E": "unreliable",
    "F": "reliability cannot be judged",
}
"""Reliability of the source, by the Admiralty code (NATO AJP-2.1)."""

CREDIBILITY: Mapping[int, str] = {
    1: "confirmed by other sources",
    2: "probably true",
    3: "possibly true",
    4: "doubtful",
    5: "improbable",
    6: "truth cannot be judged",
}
"""Credibility of the information, by the Admiralty code (NATO AJP-2.1)."""

LIKELIHOOD: tuple[tuple[str, str], ...] = (
    ("almost no chance", "1 to 5%"),
    ("very unlikely", "5 to 20%"),
    ("unlikely", "20 to 45%"),
    ("roughly even chance", "45 to 55%"),
    ("likely", "55 to 80%"),
    ("very likely", "80 to 95%"),
    ("almost certain", "95 to 99%"),
)
"""Words of estimative probability, by ICD 203 of the US Office of the Director of National Intelligence."""

POLARITY_GLOSS: Mapping[Polarity, str] = {
    "for": "On record in favour: done, decided, promised, ready, or asking another to.",
    "leaning": "Talking, interested or weighing it; nothing promised.",
    "open": "Named by others, undecided, or asked and silent.",
    "against": "On record against: refused, denied, suspended, withdrawn, or objecting to another's part.",
}

STATES: tuple[tuple[str, str], ...] = (
    (
        "settled",
        "The positions on record agree, or a later word with authority has replaced the earlier ones.",
    ),
    ("contested", "Positions of comparable weight disagree."),
    ("stale", "It was said long ago and nobody has spoken of it since."),
    ("not clear", "What is on record does not bear a conclusion."),
)

LIMITS: tuple[tuple[str, str], ...] = (
    (
        "Read by a machine",
        "Positions are found by a program, which errs. Open the passage before you rely on a line.",
    ),
    (
        "Only what was handed in",
        "Nothing outside these reports was read. Silence here is not silence in the world.",
    ),
    ("No passage, no position", "What no text states is left out; a date that was worked out says “about”."),
    ("Origins, not articles", "Reports that rest on one origin count once, however many repeat it."),
    ("Two clocks", "When it was said and when it was published are kept apart."),
    (
        "Likelihood is not confidence",
        "How likely a standing is and how good its sources are stand in two fields and are never merged.",
    ),
)


def guide(words: Words) -> tuple[GuideTable, ...]:
    """The tables of the last section."""
    labels = words.labels
    ladder: list[tuple[str, str, Polarity | None]] = []
    for polarity in POLARITIES:
        for name, word in labels.stances.items():
            if word.polarity == polarity:
                ladder.append((words.stance(name), one_line(word.gloss), polarity))
    return (
        GuideTable(
            "The four signs",
            "Every stance has one of four polarities, told by a sign, a word and a colour.",
            tuple((p, POLARITY_GLOSS[p], p) for p in POLARITIES),
        ),
        GuideTable("The ladder of stances", "Strongest first within each polarity.", tuple(ladder)),
        _table("Conditions", "What a stance may hang on.", labels.condition_kinds.items()),
        _table("Tasks", "What a party would do.", labels.tasks.items()),
        _plain("State of a standing", "How far the record bears it.", STATES),
        _plain(
            "Grade",
            "The Admiralty code: a letter for the source, a figure for the information.",
            [*RELIABILITY.items(), *((str(n), gloss) for n, gloss in CREDIBILITY.items())],
        ),
        _plain("Likelihood", "Words as ICD 203 sets them.", LIKELIHOOD),
        _plain("Limits", "What this brief cannot tell.", LIMITS),
    )


def _plain(title: str, intro: str, rows: Iterable[tuple[str, str]]) -> GuideTable:
    return GuideTable(title, intro, tuple((word, gloss, None) for word, gloss in rows))


def _table(title: str, intro: str, rows: Iterable[tuple[str, Word]]) -> GuideTable:
    return _plain(title, intro, [(one_line(word.label), one_line(word.gloss)) for _, word in rows])
