"""The chain of who says it: from the nearest speaker to the reporting outlet.

In: a scene, the verbs of saying over a passage. Out: :class:`ChainLink` s, nearest first, outlet last. "Politico
reported, citing US defence officials" is officials, then Politico; "he told NDTV" is he, then NDTV; "according to
Kan" adds Kan. What nobody is named for is the outlet's own voice (contract, guideline 11: narrator's voice, the
outlet alone; 13: a bare stance verb of a state is the narrator's, that of a named person or office is its own).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from onrecord.extraction.accounts import accounts, voiced_beside
from onrecord.extraction.clauses import clause_words
from onrecord.extraction.continued import going_on, of_transcript
from onrecord.extraction.relays import according, audience, cited, printed
from onrecord.extraction.sayings import Saying, bare_speaker, sayings_over
from onrecord.extraction.scene import Party, Scene
from onrecord.extraction.speakers import speaking_parties
from onrecord.extraction.surroundings import carried_outlet, earlier_words, identified, quoted_around
from onrecord.extraction.tails import tail_saying
from onrecord.model import ChainLink

_EARLIER = re.compile(
    r"\b(?:earlier|previously|before|once|first|originally|later|again|since)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who speaks for a passage.

    Attributes:
        links: nearest speaker first, reporting outlet last.
        speaker: the party that is nearest, or None in the reporter's own voice.
        cue: the tokens that make it an attribution.
        clause: the words of the innermost clause of saying, for its date; behind ";" those of
            the same speaker's clauses before it.
        together: those named with the speaker as saying it ("Rome and Madrid announced").
    """

    links: tuple[ChainLink, ...]
    speaker: Party | None
    cue: tuple[Token, ...]
    clause: str
    together: tuple[Party, ...] = ()


def voice_of(scene: Scene, token: Token, saying: Sequence[Token] = ()) -> Voice:
    """Who speaks for the passage in which a token stands.

    Args:
        scene: the report laid out.
        token: where the passage is.
        saying: verbs of saying already found over it, innermost first.
    """
    frames = sayings_over(scene, token, saying)
    tail = tail_saying(scene, token, [f.verb for f in frames])
    if tail is not None:
        frames.append(tail)
    links: list[Party] = []
    clause = ""
    cue: tuple[Token, ...] = ()
    for frame in frames:
        here = _of_frame(scene, frame)
        if here and not cue:
            cue = (frame.verb,)
            clause = clause_words(frame.verb, token)
        links += here
    bare = bare_speaker(scene, token)
    if bare is not None and all(p.kind == "outlet" for p in _sentence_wide(scene, token, links)):
        # under another speaker it is that one's word: "Trump said that member states have promised"
        links = [bare[0], *links]
        clause = clause_words(bare[1], token)
        cue = cue or (bare[1],)
    links = _sentence_wide(scene, token, links) or voiced_beside(scene, token)
    if not links:
        frame_around = quoted_around(scene, token)
        if frame_around is not None:
            links = _of_frame(scene, frame_around)
            clause = clause_words(frame_around.verb, frame_around.verb)
            cue = (frame_around.verb,)
    links = links or of_transcript(scene, token) or going_on(scene, token) or carried_outlet(scene, token)
    links = _once_each([identified(scene, p) for p in links])
    if links and not _EARLIER.search(clause):
        clause = " ; ".join(filter(None, (clause or links[0].name, earlier_words(scene, token, links[0]))))
    first = links[0] if links else None
    return Voice(_with_outlet(scene, links), first, cue, clause, _together(scene, token, first))


def _together(scene: Scene, token: Token, speaker: Party | None) -> tuple[Party, ...]:
    """Those who are named in one breath with a speaker in the token's sentence, each for its own part."""
    if speaker is None or speaker.entity is None or not token.sent.start <= speaker.token < token.sent.end:
        return ()
    named = speaking_parties(scene, scene.doc[speaker.token])
    return tuple(p for p in named if p.entity is not None and p.entity != speaker.entity)


def _of_frame(scene: Scene, frame: Saying) -> list[Party]:
    """Those whom one clause of saying names: cited first, then its speaker, then whom it was told."""
    return [*cited(scene, frame.verb), *frame.speakers, *frame.relays, *audience(scene, frame.verb)]


def _sentence_wide(scene: Scene, token: Token, known: Sequence[Party]) -> list[Party]:
    """Links, with what stands in the sentence beside its clauses: "according to X", ", X reports", "as quoted
    by X".
    """
    sources, outlets = printed(scene, token.sent)
    told = [*according(scene, token.sent), *accounts(scene, token.sent)]
    if known and all(p.kind == "outlet" for p in known):
        return [*sources, *told, *known, *outlets]
    return [*known, *told, *sources, *outlets]


def _once_each(parties: Sequence[Party]) -> list[Party]:
    unique: list[Party] = []
    for party in parties:
        if all(party.name.lower() != u.name.lower() for u in unique):
            unique.append(party)
    return unique


def _with_outlet(scene: Scene, parties: Sequence[Party]) -> tuple[ChainLink, ...]:
    """Links, with the reporting outlet at the end and nowhere else."""
    outlet = scene.outlet
    links = [ChainLink(p.name, p.kind, p.entity) for p in parties]
    if not outlet:
        return tuple(links)
    return (
        *(link for link in links if link.name.lower() != outlet.lower()),
        ChainLink(outlet, "outlet", None),
    )
