"""PolNeAR's brat standoff as words, BIOES tags and links."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

from onrecord.extraction.attribution.decoding import KINDS, TAGS
from onrecord.extraction.attribution.features import Encoded, Window, encode, piece_range, windows

TAG = {t: i for i, t in enumerate(TAGS)}


@dataclass
class Document:
    """A text, its words, and the gold spans as (kind, first word, end word), with links between them."""

    name: str
    text: str
    encoded: Encoded
    spans: list[tuple[str, int, int]] = field(default_factory=list)
    #: cue -> sources, content -> cues, as indices of ``spans``
    links: dict[int, set[int]] = field(default_factory=dict)
    annotator: str = ""


Segment = tuple[int, int]
Entities = dict[str, tuple[str, list[Segment]]]
Events = list[list[tuple[str, str]]]


def read_ann(path: Path, text: str) -> tuple[Entities, Events]:
    """Entities ``{id: (kind, segments)}`` and events ``[[(role, id), ...]]``; neighbours joined."""
    entities: Entities = {}
    events: Events = []
    for line in path.read_text(encoding="utf-8").split("\n"):
        cells = line.rstrip("\r").split("\t")
        if re.match(r"T\d+\t", line):
            kind, offsets = cells[1].split(" ", 1)
            if kind in KINDS:
                segments = [(int(a), int(z)) for a, z in (s.split() for s in offsets.split(";"))]
                entities[cells[0]] = (kind, joined(text, segments))
        elif re.match(r"E\d+\t", line):
            pairs = (a.split(":", 1) for a in cells[1].split())
            events.append([(role.rstrip("0123456789"), key) for role, key in pairs])
    return entities, events


def joined(text: str, segments: list[Segment]) -> list[Segment]:
    """Segments in order, those that only white space parts made one, empty ones left out."""
    found: list[Segment] = []
    for start, end in sorted(segments):
        if found and not text[found[-1][1] : start].strip():
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return [s for s in found if text[slice(*s)].strip()]


def read(folder: Path, tokenizer: Tokenizer, everybody: bool = False) -> list[Document]:
    """All documents of a corpus part, with the first annotator in sorted order, or once for each."""
    documents, seen = [], set()
    for path in sorted((folder / "attributions").glob("*.ann")):
        name, annotator = path.stem.rsplit("_", 1)
        if name in seen and not everybody:
            continue
        seen.add(name)
        text = (folder / "text" / f"{name}.txt").read_bytes().decode("utf-8")
        document = Document(name, text, encode(text, tokenizer), annotator=annotator)
        documents.append(align(document, *read_ann(path, text)))
    return documents


def align(document: Document, entities: Entities, events: Events) -> Document:
    """Lay the corpus' spans on words; a span is dropped where it would overlap one laid before it."""
    starts, ends = document.encoded.starts, document.encoded.ends
    taken = np.zeros(len(starts), dtype=bool)
    where: dict[str, list[int]] = {}
    for key, (kind, segments) in entities.items():
        where[key] = []
        for start, end in segments:
            a, z = int(np.searchsorted(ends, start, "right")), int(np.searchsorted(starts, end, "left"))
            if a < z and not taken[a:z].any():
                taken[a:z] = True
                where[key].append(len(document.spans))
                document.spans.append((kind, a, z))
    for event in events:
        roles = {
            kind: [
                i for r, key in event if r == kind for i in where.get(key, []) if document.spans[i][0] == kind
            ]
            for kind in KINDS
        }
        for cue in roles["Cue"]:
            document.links.setdefault(cue, set()).update(roles["Source"])
        for content in roles["Content"]:
            document.links.setdefault(content, set()).update(roles["Cue"])
    return document


@dataclass
class Example:
    """One window: its word tags, its spans (window words) and the links among them."""

    document: Document
    window: Window
    tags: np.ndarray
    spans: list[tuple[str, int, int]]
    #: absent: the gold partner stands outside the window; empty list: the corpus has none
    links: dict[int, list[int]]

    @property
    def pieces(self) -> int:
        """Number of pieces with the end marks."""
        start, stop = piece_range(self.document.encoded, self.window)
        return stop - start + 2


def example(document: Document, window: Window) -> Example:
    """Cut the gold of one window out of a document; spans that a window cuts are shortened to it."""
    tags = np.zeros(window.end - window.start, dtype=np.int64)
    spans, number = [], {}
    for i, (kind, a, z) in enumerate(document.spans):
        a, z = max(a, window.start) - window.start, min(z, window.end) - window.start
        if a >= z:
            continue
        number[i] = len(spans)
        spans.append((kind, a, z))
        if z - a == 1:
            tags[a] = TAG[f"S-{kind}"]
        else:
            tags[a:z] = TAG[f"I-{kind}"]
            tags[a], tags[z - 1] = TAG[f"B-{kind}"], TAG[f"E-{kind}"]
    links = {
        number[i]: [number[j] for j in js if j in number]
        for i, js in document.links.items()
        if i in number and (not js or any(j in number for j in js))
    }
    return Example(document, window, tags, spans, links)


def batches(documents: list[Document], budget: int, rng: random.Random) -> Iterator[list[Example]]:
    """One epoch of batches of about ``budget`` pieces; each document has a window size of its own."""
    pool = []
    for d in documents:
        size = rng.choice((128, 192, 256))
        pool += [example(d, w) for w in windows(d.text, d.encoded, size)]
    pool.sort(key=lambda e: e.pieces + rng.random() * 24)
    groups: list[list[Example]] = [[]]
    for e in pool:
        if groups[-1] and (len(groups[-1]) + 1) * max(e.pieces, groups[-1][-1].pieces) > budget:
            groups.append([])
        groups[-1].append(e)
    rng.shuffle(groups)
    yield from groups
