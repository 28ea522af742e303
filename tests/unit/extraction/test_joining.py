"""Who holds what the model read."""

from __future__ import annotations

from onrecord.extraction.joining import drafts_of_cues
from onrecord.model import Source, Span, Statement

TEXT = "Guarding depots was a task for others, the foreign ministry in Lima said."


def _holders(lay, made):
    said = Span.of(TEXT, 0, TEXT.index(","))
    source = Source(None, "office", "PER", "foreign ministry in Lima")
    statement = Statement("s1", "r1", source, None, (said,), (), "indirect")
    return {h.entity for draft in drafts_of_cues(lay(TEXT), [made], [statement]) for h in draft.holders}


def test_what_nobody_is_named_for_is_the_speakers_own_where_it_speaks_for_itself(lay, reading):
    def cue(own_words: float):
        return reading(TEXT, "a task for others", "", "refused", "contribute_troops", own_words=own_words)

    assert _holders(lay, cue(0.9)) == {"PER"}
    assert _holders(lay, cue(0.1)) == set()
