"""Who fights whom where a text says "both sides" and "the rebels".

In: a scene and a token. Out: the army's state and the armed group, or the armed group; nothing where the text does not
tell.
"""

from __future__ import annotations

from spacy.tokens import Token

from onrecord.extraction.lexicon import word_set
from onrecord.extraction.scene import Party, Scene

_FIGHTERS = word_set(
    "army military troop troops soldier soldiers force forces rebel rebels militia group paramilitaries"
)
_NEAR = 600
"""How far back an armed group is looked for that "the rebels" may mean (code points; about a paragraph)."""


def warring(scene: Scene, token: Token) -> tuple[Party, ...]:
    """The army and the group that fight where "both sides" do: the group named last and its own country.

    Only where the text ties the group to a country ("Sudan's paramilitary forces", "Congolese rebels of NAME") or
    speaks of that country's army; else nobody is guessed.
    """
    groups = [m for m in scene.mentions if m.kind == "armed_group" and m.start < token.idx and m.target]
    if not groups or len({m.target for m in groups}) > 1:
        return ()
    fighting = {m.target for m in scene.mentions if m.start < token.idx and m.kind == "state" and m.target}
    states = [s for s in fighting if _fights(scene, s, token)]
    if len(states) != 1:
        return ()
    state, group = states[0], groups[-1]
    return (
        Party(state, state, "state", token=token.i),
        Party(group.target, group.name, "organisation", group.start, group.end, token.i),
    )


def armed_group(scene: Scene, token: Token) -> Party | None:
    """The armed group that "the paramilitaries", "the rebels", "the group" means: the only one, or the last named."""
    near = [m for m in scene.mentions if m.kind == "armed_group" and m.target and 0 < token.idx - m.start < _NEAR]
    if not near:
        return None
    last = near[-1]
    return Party(last.target, last.name, "organisation", last.start, last.end, token.i)


def _fights(scene: Scene, state: str, before: Token) -> bool:
    """Whether the text has spoken of a state's army, soldiers or armed group."""
    for token in scene.tokens[: before.i]:
        mention = scene.mention_at(token)
        if mention is None or mention.target != state or mention.start != token.idx:
            continue
        if mention.role == "body" and mention.kind == "military":
            return True
        head = token.head
        if head.lemma_.lower() in _FIGHTERS:
            return True
    return False
