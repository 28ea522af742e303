"""The same text under another name: which reports repeat, nearly repeat or hold which earlier ones.

What comes in: reports. What goes out: for each one that repeats, the earlier report, how, and how closely.
Pure and independent of the order in which the reports come. MinHash with locality-sensitive hashing (Broder
1997; Indyk and Motwani 1998) finds the pairs worth comparing; the comparison itself is word by word.
"""

from __future__ import annotations

import re
import zlib
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Literal, Protocol

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Indel, LCSseq

from onrecord.model import Report
from onrecord.reading.tables import word_lists

if TYPE_CHECKING:
    from datasketch import MinHash, MinHashLSH

Kind = Literal["same", "near", "contains"]

SAME = 0.9
"""Similarity from which two texts are one: agencies' copy with a changed headline, dateline or last line
stays above it."""

NEAR = 0.7
"""Similarity from which one is a rewriting of the other: below it lie texts that merely quote the same
statement."""

HELD = 0.9
"""Share of the shorter text's word triples from which the longer one holds it."""

FEWEST = 30
"""Words below which a text can only repeat another as a whole: short texts hold each other by chance."""

PERMUTATIONS, BANDS = 126, (42, 3)
"""42 bands of 3: two texts that share a third of their triples (a word in five exchanged) meet with chance
0.8."""

_TRIPLE = 3
MOST = 50
"""Earlier texts, the likest by their sketches, with which one is compared word by word."""

_COMMON = 100
"""Texts from which a triple counts as a stock phrase ("sign up for our newsletter") and leads nowhere."""

_SAMPLED = 8
"""One triple in eight is looked up when searching for texts that hold others."""

_COMPARED = 20_000
"""Words of a text that are compared one by one; of what is longer, the triples alone."""

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_DATELINE = re.compile(r"\A[^\n]{0,80}?(?:\([^)\n]{2,30}\)\s*)?(?:--?|–|—)\s")
_NEGATION = word_lists("words")["negation"]


@dataclass(frozen=True, slots=True)
class Repeat:
    """That a report repeats an earlier one.

    Attributes:
        of: id of the earlier report; itself no "same" of a third.
        kind: "same" (one text, differing in trifles), "near" (a rewriting, or the same words with another
            figure or a "not" between them), "contains" (one of the two holds the whole of the other).
        similarity: 0 to 1, the share of words that the two have in common, in order; for "contains" the share
            of the shorter's word triples that the longer has.
    """

    of: str
    kind: Kind
    similarity: float


class Worded(Protocol):
    """A text as it is compared."""

    @property
    def words(self) -> tuple[str, ...]:
        """The words that count: see :func:`words_of`."""

    @property
    def triples(self) -> NDArray[np.uint64]:
        """Its word triples: see :func:`triples_of`."""


@dataclass(frozen=True, slots=True)
class _Text:
    report: Report
    words: tuple[str, ...]
    triples: NDArray[np.uint64]
    sketch: MinHash
    sampled: tuple[int, ...]


def find_repeats(reports: Iterable[Report]) -> dict[str, Repeat]:
    """Which reports repeat an earlier one, by id. Earlier is by day of publication, then by id.

    Args:
        reports: with unique ids, in any order.

    Example:
        >>> from onrecord.model import digest
        >>> said = "Rome is ready to send police once the fighting has ended, the minister told parliament."
        >>> one, two = (Report(id=x, text=said, sha256=digest(said), outlet=x) for x in ("Wire", "Mirror"))
        >>> find_repeats([one, two])
        {'Wire': Repeat(of='Mirror', kind='same', similarity=1.0)}
    """
    ordered = sorted(reports, key=_age)
    found: dict[str, Repeat] = {}
    leaders: list[_Text] = []
    exact: dict[tuple[str, ...], str] = {}
    index = _empty_index()
    for report in ordered:
        words = words_of(report)
        if not words:
            continue
        if words in exact:
            found[report.id] = Repeat(exact[words], "same", 1.0)
            continue
        text = _text(report, words)
        match = _closest(text, _likest(text, [leaders[at] for at in sorted(index.query(text.sketch))]))
        if match is not None:
            found[report.id] = match
        if match is not None and match.kind == "same":
            exact[words] = match.of
            continue
        exact[words] = report.id
        index.insert(len(leaders), text.sketch)
        leaders.append(text)
    found |= _held([x for x in leaders if x.report.id not in found], leaders)
    return {x.id: found[x.id] for x in ordered if x.id in found}


def mark_repeats(reports: Sequence[Report]) -> list[Report]:
    """The reports, in the order given, with ``same_text_as`` set on each that is one text with an earlier
    one.
    """
    found = find_repeats(reports)
    return [
        replace(x, same_text_as=found[x.id].of if x.id in found and found[x.id].kind == "same" else None)
        for x in reports
    ]


def _age(report: Report) -> tuple[date, date, str]:
    """Oldest first; what has no day last; then by id."""
    days = report.published
    return (days.earliest, days.latest, report.id) if days else (date.max, date.max, report.id)


def words_of(report: Report) -> tuple[str, ...]:
    """The words that count: lower case, without a dateline and without the outlet's own name."""
    text = report.text.casefold().replace("’", "'")
    dateline = _DATELINE.match(text)
    if dateline and re.search(r"[,(]", dateline[0]):
        text = text[dateline.end() :]
    if report.outlet:
        text = text.replace(report.outlet.casefold().replace("’", "'"), " ")
    return tuple(_WORD.findall(text))


def _text(report: Report, words: tuple[str, ...]) -> _Text:
    triples = triples_of(words)
    sampled = tuple(triples[triples % np.uint64(_SAMPLED) == 0].tolist())
    return _Text(report, words, triples, sketch_of(triples), sampled)


def triples_of(words: Sequence[str]) -> NDArray[np.uint64]:
    """Each three words that follow each other as a number, sorted, each once; single words of a shorter text."""
    hashed = np.fromiter(map(_hash, words), dtype=np.uint64, count=len(words))
    if len(hashed) >= _TRIPLE:
        mixed = hashed[:-2] * np.uint64(0x9E3779B97F4A7C15)
        mixed ^= (hashed[1:-1] * np.uint64(0xC2B2AE3D27D4EB4F)) >> np.uint64(7)
        mixed += hashed[2:] * np.uint64(0x165667B19E3779F9)
    else:
        mixed = hashed * np.uint64(0x9E3779B97F4A7C15)
    return np.unique(mixed >> np.uint64(32))


def sketch_of(triples: NDArray[np.uint64]) -> MinHash:
    """The sketch by which texts that are worth comparing are found: the same wherever it is made."""
    sketch = _empty_sketch().copy()  # a new one would draw its permutations anew
    sketch.update_batch(triples.tolist())
    return sketch


def _empty_index() -> MinHashLSH:
    from datasketch import MinHashLSH  # brings scipy, a second to import, which only this needs

    return MinHashLSH(num_perm=PERMUTATIONS, params=BANDS)


@lru_cache(maxsize=1)
def _empty_sketch() -> MinHash:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, hashfunc=int)


@lru_cache(maxsize=65_536)
def _hash(word: str) -> int:
    """The same on every machine and in every process, which Python's own is not."""
    return zlib.crc32(word.encode("utf-8", "replace"))


def _likest(text: _Text, earlier: list[_Text]) -> list[_Text]:
    """Those worth comparing, oldest first: all, or of very many the likest."""
    if len(earlier) <= MOST:
        return earlier
    return [earlier[at] for at in likest(text.sketch.hashvalues, [x.sketch.hashvalues for x in earlier])]


def likest(sketch: NDArray[np.uint64], earlier: Sequence[NDArray[np.uint64]]) -> list[int]:
    """Places of the :data:`MOST` sketches that are most like a sketch; of two that are equally so, the first."""
    alike = np.array(earlier) == sketch
    best = np.argsort(-alike.sum(axis=1), kind="stable")[:MOST]
    return sorted(best.tolist())


def _closest(text: _Text, earlier: Sequence[_Text]) -> Repeat | None:
    """The first of the earlier texts that it is the same as, else the first that it is near to."""
    near: Repeat | None = None
    for other in earlier:
        alike = _similarity(text, other)
        if _one_text(text, other, alike):
            return Repeat(other.report.id, "same", round(alike, 4))
        if alike >= NEAR and near is None:
            near = Repeat(other.report.id, "near", round(alike, 4))
    return near


def is_same(one: Worded, other: Worded) -> bool:
    """Whether two texts are one, differing in trifles at most."""
    return _one_text(one, other, _similarity(one, other))


def _one_text(one: Worded, other: Worded, alike: float) -> bool:
    return alike >= SAME and not _differs_in_substance(one.words, other.words)


def _similarity(one: Worded, other: Worded) -> float:
    if max(len(one.words), len(other.words)) <= _COMPARED:
        return float(Indel.normalized_similarity(one.words, other.words, score_cutoff=NEAR))
    shared = len(np.intersect1d(one.triples, other.triples, assume_unique=True))
    return 2 * shared / (len(one.triples) + len(other.triples))


def _differs_in_substance(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether a figure was exchanged or a negation is in one of the two only: then they are not one word of a
    source, however alike.
    """
    if max(len(one), len(other)) > _COMPARED:
        return False
    changes = _changes(one, other)
    left = sum(w in _NEGATION for removed, _ in changes for w in removed)
    right = sum(w in _NEGATION for _, added in changes for w in added)
    return left != right or any(_figures(removed) and _figures(added) for removed, added in changes)


def _figures(words: tuple[str, ...]) -> bool:
    return any(x[0].isdigit() for x in words)


def _changes(one: tuple[str, ...], other: tuple[str, ...]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """What stands in the one between two stretches that they share, beside what stands there in the other."""
    changes = []
    left = right = 0
    for block in LCSseq.opcodes(one, other):
        if block.tag == "equal":
            changes.append((one[left : block.src_start], other[right : block.dest_start]))
            left, right = block.src_end, block.dest_end
    changes.append((one[left:], other[right:]))
    return [x for x in changes if any(x)]


def _held(texts: Sequence[_Text], among: Sequence[_Text]) -> dict[str, Repeat]:
    """Texts that hold, or are held by, an earlier one. ``among`` is oldest first."""
    place: dict[int, list[int]] = {}
    for at, text in enumerate(among):
        for triple in text.sampled:
            place.setdefault(triple, []).append(at)
    rank = {x.report.id: at for at, x in enumerate(among)}
    found: dict[str, Repeat] = {}
    for text in texts:
        telling = [place[x] for x in text.sampled if len(place[x]) <= _COMMON]
        shared = Counter(at for places in telling for at in places if at < rank[text.report.id])
        for at in sorted(shared):
            share = _share_held(text, among[at], shared[at])
            if share >= HELD:
                found[text.report.id] = Repeat(among[at].report.id, "contains", round(share, 4))
                break
    return found


def _share_held(one: _Text, other: _Text, sampled: int) -> float:
    """The share of the shorter one's triples that the longer has; 0 where it is not worth counting."""
    fewer = min(len(one.sampled), len(other.sampled))
    if min(len(one.words), len(other.words)) < FEWEST or sampled < 0.5 * fewer:
        return 0.0
    shared = len(np.intersect1d(one.triples, other.triples, assume_unique=True))
    return shared / min(len(one.triples), len(other.triples))
