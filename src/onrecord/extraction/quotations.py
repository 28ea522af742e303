"""Where the speaker of a quotation of several sentences, or of a transcript's paragraph, is named.

In: a scene and a token. Out: the token behind the quotation's end; whom the label at the head of a paragraph names.
"""

from __future__ import annotations

import re

from spacy.tokens import Token

from onrecord.extraction.scene import Party, Scene
from onrecord.model import SourceKind

_LABEL = re.compile(r"(?:\*\*)?([A-Z][\w.’' -]{1,40}?)(?:\*\*)?:\s")
"""Who speaks, in a transcript: "PRESIDENT LUND: We are ready", at the head of a paragraph."""
_QUOTE = 1200
"""How far the end of a quotation is looked for (code points): a speech quoted at greater length is a document."""


def end_of_quotation(scene: Scene, token: Token) -> Token | None:
    """The token behind the mark that closes the quotation in which a token stands, where it closes in another
    sentence.
    """
    text = scene.text
    paragraph = text.rfind("\n", 0, token.idx) + 1
    before = text[paragraph : token.idx]
    if before.count("“") > before.count("”"):
        mark = "”"
    elif before.count('"') % 2 == 1:
        mark = '"'
    else:
        return None
    end = text.find(mark, token.idx, token.idx + _QUOTE)
    if end < 0:
        return None
    closing = next((t for t in scene.tokens[token.i :] if t.idx >= end), None)
    return closing if closing is not None and closing.sent.start != token.sent.start else None


def labelled(scene: Scene, token: Token) -> tuple[bool, Party | None]:
    """Whether the paragraph is headed by its speaker, as in a transcript, and whom that label names."""
    start = scene.text.rfind("\n", 0, token.idx) + 1
    match = _LABEL.match(scene.text, start)
    if match is None or match.end() > token.idx:
        return False, None
    inside = [m for m in scene.mentions if match.start(1) <= m.start < match.end(1) and m.target]
    if not inside:
        surname = match[1].split()[-1].lower()
        inside = [m for m in scene.mentions if m.role in {"person", "introduced"} and m.name.lower().endswith(surname)]
    if not inside or inside[0].target is None:
        return True, None
    one = inside[0]
    kind: SourceKind = "named_person" if one.role in {"person", "introduced"} else "office"
    return True, Party(one.target, one.name, kind, one.start, one.end, -1)


def speakers_labelled(text: str) -> list[tuple[int, str]]:
    r"""Where the labels of a transcript stand and what they say; a text with one such label alone is none.

    Example:
        >>> speakers_labelled("HOST: Will you go?\nLUND: We will.")
        [(0, 'HOST'), (19, 'LUND')]
    """
    found = []
    for line in re.finditer(r"^.*$", text, re.MULTILINE):
        match = _LABEL.match(line.group())
        if match is not None:
            found.append((line.start(), match[1]))
    return found if len({name for _, name in found}) > 1 else []
