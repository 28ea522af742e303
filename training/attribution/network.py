"""The network in torch: MiniLM with word shapes, one BIOES CRF over source, cue and content, and two linkers.

The encoder is written out rather than taken from a library: it is small, its export to fused ONNX operators
needs its weights by name, and the shape table and the cheap dropout go into it.
"""

from __future__ import annotations

import math
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from onrecord.extraction.attribution.decoding import TAGS, scheme
from onrecord.extraction.attribution.features import SHAPES
from onrecord.extraction.attribution.geometry import BUCKETS, CROSSED, PASSED
from onrecord.extraction.attribution.linking import LINK

N_TAGS = len(TAGS)
#: Windows up to this many pieces use plain matrix products: the fused kernel's backward is slower there.
SHORT = 224


class Dropout(nn.Module):
    """Dropout whose mask is cut at random from one long one: fresh numbers took a tenth of the time."""

    LENGTH = 1 << 23

    def __init__(self, p: float) -> None:
        super().__init__()
        self.p = p
        pool = (torch.rand(self.LENGTH) >= p).to(torch.bfloat16) / (1 - p) if p else torch.ones(1)
        self.register_buffer("pool", pool, persistent=False)

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or not self.p:
            return x
        at = int(torch.randint(self.LENGTH - x.numel(), ()))
        return x * self.pool[at : at + x.numel()].view(x.shape).to(x.dtype)


class Layer(nn.Module):
    """One transformer layer, norm after the sum, as in BERT."""

    def __init__(self, size: int, inner: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(size, 3 * size)
        self.out = nn.Linear(size, size)
        self.norm1 = nn.LayerNorm(size, eps=1e-12)
        self.up = nn.Linear(size, inner)
        self.down = nn.Linear(inner, size)
        self.norm2 = nn.LayerNorm(size, eps=1e-12)
        self.drop = Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        b, n, d = x.shape
        q, k, v = self.qkv(x).view(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        if n <= SHORT and self.training:
            weights = torch.matmul(q * (d // self.heads) ** -0.5, k.transpose(-1, -2)) + mask.to(q.dtype)
            a = torch.matmul(torch.softmax(weights, -1, dtype=q.dtype), v)
        else:
            a = F.scaled_dot_product_attention(q, k, v, attn_mask=mask.to(q.dtype))
        x = self.norm1(x + self.drop(self.out(a.transpose(1, 2).reshape(b, n, d))))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """BERT's encoder with a table of word shapes beside that of pieces (zero at first)."""

    def __init__(self, config: dict[str, Any], dropout: float) -> None:
        super().__init__()
        d = config["hidden_size"]
        self.words = nn.Embedding(config["vocab_size"], d)
        self.positions = nn.Embedding(config["max_position_embeddings"], d)
        self.shapes = nn.Embedding(SHAPES, d)
        nn.init.zeros_(self.shapes.weight)
        self.type0 = nn.Parameter(torch.zeros(d))
        self.norm = nn.LayerNorm(d, eps=1e-12)
        self.drop = Dropout(dropout)
        self.layers = nn.ModuleList(
            Layer(d, config["intermediate_size"], config["num_attention_heads"], dropout)
            for _ in range(config["num_hidden_layers"])
        )

    def load_bert(self, weights: dict[str, Tensor]) -> None:
        """Take over a pretrained BERT's weights."""
        w = {k.removeprefix("bert."): v.float() for k, v in weights.items()}
        e = "embeddings."
        state = {
            "words.weight": w[e + "word_embeddings.weight"],
            "positions.weight": w[e + "position_embeddings.weight"],
            "type0": w[e + "token_type_embeddings.weight"][0],
            "norm.weight": w[e + "LayerNorm.weight"],
            "norm.bias": w[e + "LayerNorm.bias"],
            "shapes.weight": self.shapes.weight.data,
        }
        for i in range(len(self.layers)):
            p, a = f"encoder.layer.{i}.", f"encoder.layer.{i}.attention."
            for x in ("weight", "bias"):
                state[f"layers.{i}.qkv.{x}"] = torch.cat(
                    [w[f"{a}self.{n}.{x}"] for n in ("query", "key", "value")]
                )
                state[f"layers.{i}.out.{x}"] = w[f"{a}output.dense.{x}"]
                state[f"layers.{i}.norm1.{x}"] = w[f"{a}output.LayerNorm.{x}"]
                state[f"layers.{i}.up.{x}"] = w[f"{p}intermediate.dense.{x}"]
                state[f"layers.{i}.down.{x}"] = w[f"{p}output.dense.{x}"]
                state[f"layers.{i}.norm2.{x}"] = w[f"{p}output.LayerNorm.{x}"]
        self.load_state_dict(state)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> Tensor:
        positions = self.positions.weight[: pieces.shape[1]]
        x = self.drop(self.norm(self.words(pieces) + self.shapes(shapes) + positions + self.type0))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in self.layers:
            x = layer(x, bias)
        return x


class Network(nn.Module):
    """Encoder, tag scores, projections for linking, and the parameters of CRF and linkers."""

    def __init__(self, config: dict[str, Any], dropout: float, annotators: int) -> None:
        super().__init__()
        d = config["hidden_size"]
        self.encoder = Encoder(config, dropout)
        self.emit = nn.Linear(d, N_TAGS)
        self.project = nn.Linear(d, 4 * LINK)
        self.transitions = nn.Parameter(torch.zeros(N_TAGS, N_TAGS))
        self.first = nn.Parameter(torch.zeros(N_TAGS))
        # What each annotator tends to; used in training only.
        self.habits = nn.Parameter(torch.zeros(annotators, N_TAGS))
        self.null = nn.Linear(LINK, 1)
        self.distance = nn.Parameter(torch.zeros(2, 2 * BUCKETS))
        self.crossed = nn.Parameter(torch.zeros(2, CROSSED))
        self.passed = nn.Parameter(torch.zeros(2, PASSED))
        for name, part in zip(("between", "opening", "closing"), scheme(), strict=True):
            self.register_buffer(name, torch.from_numpy(part), persistent=False)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """Tag scores ``[b, n, 13]`` and projections ``[b, n, 256]``."""
        x = self.encoder(pieces, shapes, mask)
        return self.emit(x), self.project(x)

    def crf_loss(self, emissions: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Negative log-likelihood a word, of word-level ``[b, t, 13]`` scores."""
        b, t, _ = emissions.shape
        moves, first = self.transitions + self.between, self.first + self.opening
        live = torch.arange(t)[None] < lengths[:, None]
        gold = (emissions.gather(2, tags[..., None]).squeeze(2) * live).sum() + first[tags[:, 0]].sum()
        gold = gold + (moves[tags[:, :-1], tags[:, 1:]] * live[:, 1:]).sum()
        alpha = first + emissions[:, 0]
        alphas = [alpha]
        for i in range(1, t):
            # In the exponent's space, the running maximum taken out: one small matrix product a step.
            top = alpha.max(1, keepdim=True).values
            alpha = torch.log(torch.exp(alpha - top) @ moves.exp() + 1e-30) + top + emissions[:, i]
            alphas.append(alpha)
        final = torch.stack(alphas, 1)[torch.arange(b), lengths - 1]
        return (torch.logsumexp(final + self.closing, 1).sum() - gold) / lengths.sum()

    def link_scores(self, asking: Tensor, offered: Tensor, which: int, place: Tensor) -> Tensor:
        """``[anchors, candidates]`` of spans' mean projections and their geometry."""
        product = asking @ offered.T / math.sqrt(LINK)
        bias = self.distance[which][place[..., 0]] + self.crossed[which][place[..., 1]]
        return product + bias + self.passed[which][place[..., 2]]
