"""The position network: MiniLM with word shapes and a mark on the cue; heads on words and on the cue."""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from training.attribution.network import Encoder
from training.positions.labels import GLOBAL_WIDTH, TOKEN_WIDTH


class PositionNetwork(nn.Module):
    """Word scores [b, n, TOKEN_WIDTH] and cue scores [b, GLOBAL_WIDTH] from pieces, shapes, mask and mark."""

    def __init__(self, config: dict[str, Any], dropout: float = 0.1) -> None:
        super().__init__()
        d = config["hidden_size"]
        self.encoder = Encoder(config, dropout)
        self.mark = nn.Parameter(torch.zeros(d))
        self.token = nn.Linear(d, TOKEN_WIDTH)
        self.cue = nn.Linear(2 * d, GLOBAL_WIDTH)
        self.drop = nn.Dropout(0.1)

    def forward(self, pieces: Tensor, shapes: Tensor, mask: Tensor, mark: Tensor) -> tuple[Tensor, Tensor]:
        e = self.encoder
        positions = e.positions.weight[: pieces.shape[1]]
        x = e.words(pieces) + e.shapes(shapes) + positions + e.type0 + mark[..., None] * self.mark
        x = e.drop(e.norm(x))
        bias = (1.0 - mask[:, None, None, :].to(x.dtype)) * -10000.0
        for layer in e.layers:
            x = layer(x, bias)
        x = x.float()
        pooled = (x * mark[..., None]).sum(1) / mark.sum(1, keepdim=True).clamp(min=1)
        return self.token(self.drop(x)), self.cue(self.drop(torch.cat([x[:, 0], pooled], 1)))
