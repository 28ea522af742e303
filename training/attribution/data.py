"""PolNeAR's brat standoff as words, BIOES tags and links."""

from __future__ import annotations

import glob
import os
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from tokenizers import Tokenizer

from onrecord.extraction.attribution.features import Encoded, Window, encode, windows
from training.attribution.network import KINDS, TAGS

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


def read_ann(path: str, text: str) -> tuple[dict[str, tuple[str, list[tuple[int, int]]]], list[list[tuple[str, str]]]]:
    """Entities ``{id: (kind, segments)}`` and events ``[[(role, id), ...]]``; neighbouring segments are joined."""
    entities: dict[str, tuple[str, list[tuple[int, int]]]] = {}
    events = []
    with open(path, encoding="utf-8", newline="\n") as lines:
        for line in lines:
            cells = line.rstrip("\r\n").split("\t")
            if re.match(r"T\d+\t", line):
                kind, offsets = cells[1].split(" ", 1)
                if kind in KINDS:
                    joined: list[tuple[int, int]] = []
                    for start, end in sorted(tuple(map(int, s.split())) for s in offsets.split(";")):
                        if joined and not text[joined[-1][1]:start].strip():
                            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
                        else:
                            joined.append((start, end))
                    entities[cells[0]] = (kind, [s for s in joined if text[s[0]:s[1]].strip()])
            elif re.match(r"E\d+\t", line):
                events.append([(r.rstrip("0123456789"), i) for r, i in (a.split(":", 1) for a in cells[1].split())])
    return entities, events


def read(folder: str, tokenizer: Tokenizer, everybody: bool = False) -> list[Document]:
    """All documents of a corpus part, each with the first of its annotators in sorted order, or once for each."""
    documents, seen = [], set()
    for path in sorted(glob.glob(os.path.join(folder, "attributions", "*.ann"))):
        name, annotator = os.path.basename(path).removesuffix(".ann").rsplit("_", 1)
        if name in seen and not everybody:
            continue
        seen.add(name)
        with open(os.path.join(folder, "text", name + ".txt"), encoding="utf-8", newline="") as f:
            text = f.read()
        document = Document(name, text, encode(text, tokenizer), annotator=annotator)
        documents.append(align(document, *read_ann(path, text)))
    return documents


def align(document: Document, entities, events) -> Document:  # type: ignore[no-untyped-def]
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
        roles = {k: [i for r, key in event if r == k for i in where.get(key, []) if document.spans[i][0] == k]
                 for k in KINDS}
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
        e = self.document.encoded
        stop = e.first[self.window.end] if self.window.end < len(e) else len(e.pieces)
        return int(stop - e.first[self.window.start]) + 2


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
    links = {number[i]: [number[j] for j in js if j in number] for i, js in document.links.items()
             if i in number and (not js or any(j in number for j in js))}
    return Example(document, window, tags, spans, links)


def batches(documents: list[Document], budget: int, rng: random.Random) -> Iterator[list[Example]]:
    """One epoch of batches of about ``budget`` pieces; every document gets its own window size, so cuts differ."""
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
