"""What the network is trained on: a batch as tensors, and its loss."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from onrecord.extraction.attribution.decoding import KINDS
from onrecord.extraction.attribution.features import batch_inputs, first_pieces
from onrecord.extraction.attribution.geometry import geometry
from onrecord.extraction.attribution.linking import LINK
from training.attribution.data import Example
from training.attribution.network import Network

#: Weights of the parts of the loss: tags (a word), each of the two links (a span).
TAGGING, LINKING = 4.0, 0.2


class Batch(NamedTuple):
    """Inputs ``[b, pieces]``; each word's first piece, its tag ``[b, words]``, their number."""

    pieces: Tensor
    shapes: Tensor
    mask: Tensor
    first: Tensor
    tags: Tensor
    lengths: Tensor


def batch_of(group: list[Example]) -> Batch:
    """Some windows, of one or of several documents."""
    inputs = batch_inputs([(e.document.encoded, e.window) for e in group])
    lengths = [len(e.tags) for e in group]
    first = np.zeros((len(group), max(lengths)), dtype=np.int64)
    tags = np.zeros_like(first)
    for row, e in enumerate(group):
        first[row, : lengths[row]] = first_pieces(e.document.encoded, e.window)
        tags[row, : lengths[row]] = e.tags
    return Batch(*map(torch.from_numpy, (*inputs, first, tags)), torch.tensor(lengths))


def losses(net: Network, group: list[Example], people: dict[str, int]) -> tuple[Tensor, Tensor, Tensor]:
    """Tagging, cue-to-source and content-to-cue losses of a batch.

    What one annotator tends to is taken out of the tag scores by ``net.habits``, centred, so that the network
    alone stands for all of them together.
    """
    batch = batch_of(group)
    with torch.autocast("cpu", torch.bfloat16):
        emissions, projections = net(batch.pieces, batch.shapes, batch.mask)
    at = batch.first[..., None]
    emissions = emissions.float().gather(1, at.expand(-1, -1, emissions.shape[2]))
    projections = projections.float().gather(1, at.expand(-1, -1, projections.shape[2]))
    habits = net.habits - net.habits.mean(0)
    emissions = emissions + habits[[people[e.document.annotator] for e in group]][:, None]
    return net.crf_loss(emissions, batch.tags, batch.lengths), *link_losses(net, projections, group)


def link_losses(net: Network, projections: Tensor, group: list[Example]) -> tuple[Tensor, Tensor]:
    """Cross-entropy of cue to source (or none) and of content to cue, among the gold spans of each window."""
    found: tuple[list[Tensor], list[Tensor]] = ([], [])
    for row, e in enumerate(group):
        if not e.spans:
            continue
        pool = torch.zeros(len(e.spans), projections.shape[1])
        for i, (_, a, z) in enumerate(e.spans):
            pool[i, a:z] = 1.0 / (z - a)
        means = (pool @ projections[row]).view(len(e.spans), 4, LINK)
        for which, (anchor, candidate) in enumerate((("Cue", "Source"), ("Content", "Cue"))):
            loss = _choices(net, e, means, which, anchor, candidate)
            if loss is not None:
                found[which].append(loss)
    zero = projections.sum() * 0
    first, second = (torch.cat(x).mean() if x else zero for x in found)
    return first, second


def _choices(
    net: Network, e: Example, means: Tensor, which: int, anchor: str, candidate: str
) -> Tensor | None:
    by = {k: [i for i, s in enumerate(e.spans) if s[0] == k] for k in KINDS}
    anchors = [i for i in by[anchor] if i in e.links and (e.links[i] or which == 0)]
    columns = by[candidate]
    if not anchors or (which == 1 and not columns):
        return None
    target = torch.zeros(len(anchors), len(columns) + 1)
    for r, i in enumerate(anchors):
        for j in e.links[i]:
            target[r, columns.index(j)] = 1.0 / len(e.links[i])
        if not e.links[i]:
            target[r, -1] = 1.0
    asking = means[anchors, 2 * which]
    scores = net.null(asking) if which == 0 else torch.full((len(anchors), 1), -1e4)
    if columns:
        paragraphs = e.document.encoded.paragraphs[e.window.start : e.window.end]
        place = geometry([e.spans[i][1:] for i in anchors], [e.spans[i][1:] for i in columns], paragraphs)
        offered = means[columns, 2 * which + 1]
        scores = torch.cat([net.link_scores(asking, offered, which, torch.from_numpy(place)), scores], 1)
    return F.cross_entropy(scores, target, reduction="none")
