"""The package's extractor: vocabulary, parser and models put together, and the name under which it reads.

Part of the services. In: a vocabulary, a story. Out: an :class:`onrecord.extraction.Extractor`. Weights are
loaded once a process.
"""

from __future__ import annotations

import functools
import hashlib

from onrecord.extraction import Extractor, extractor_name
from onrecord.extraction.encoder import THREADS
from onrecord.extraction.joining import CueFinder
from onrecord.extraction.parsing import Parser
from onrecord.extraction.statements import RelationFinder
from onrecord.model import Story
from onrecord.vocabulary import Vocabulary

KEPT = 64
"""Texts of which is kept what the networks read in them: papers print one agency's words within hours of each other,
and the networks know the text alone. Some kilobytes each."""


def reader_name(story: Story | None, *, rules_only: bool = False) -> str:
    """The name of everything that has a say in what is found; what was read under another name is read anew.

    A story changes which matter and which tasks are read, so its names and wordings are part of it.

    Example:
        >>> reader_name(None, rules_only=True) == reader_name(Story("s", "a_force", "A"), rules_only=True)
        False
    """
    name = extractor_name(learned=not rules_only)
    if story is None:
        return name
    own = (f"{task}={wording}" for task, told in sorted(story.task_words.items()) for wording in told)
    words = "|".join((story.matter, *sorted(story.names), *own))
    return f"{name}+story.{hashlib.sha256(words.encode()).hexdigest()[:8]}"


@functools.lru_cache(maxsize=2)
def _parts(rules_only: bool, threads: int) -> tuple[Parser, RelationFinder, CueFinder | None]:
    # Imported here: the models take a second to load, and only reading needs them.
    from onrecord.extraction.attribution import AttributionModel, relations
    from onrecord.extraction.parsing import load_parser

    parser = load_parser()
    attribution = functools.lru_cache(KEPT)(
        functools.partial(relations, model=AttributionModel.load(threads=threads))
    )
    if rules_only:
        return parser, attribution, None
    from onrecord.extraction.learned import PositionModel, read_cues

    cues = functools.lru_cache(KEPT)(functools.partial(read_cues, model=PositionModel.load(threads=threads)))
    return parser, attribution, cues


def make_extractor(
    vocabulary: Vocabulary, story: Story | None, *, rules_only: bool = False, threads: int = THREADS
) -> Extractor:
    """The extractor of the package.

    Args:
        vocabulary: who is who.
        story: the user's story, whose names count first.
        rules_only: whether to leave the learned position model out.
        threads: threads of the networks; one where several processes share the cores. What is found is the same.

    Raises:
        ModelMissing: weights or the English pipeline are not installed.
    """
    parser, attribution, cues = _parts(rules_only, threads)
    return Extractor(vocabulary, parser, attribution, cues, story)
