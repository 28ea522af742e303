"""Train the position model on the passages beside this file.

    python -m training.positions.train --out PATH [--steps 3000]

Passages of the held-out stories and one in twelve of the others are for development; the rest trains. The folder of
passages is read anew every epoch. Checkpoints and the log of scores go to PATH. Seeded; on two idle cores with bf16
about a second a step.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional as F

from onrecord.vocabulary import load
from training.attribution.train import base_model
from training.positions.data import (
    IGNORE,
    JITTER,
    JOINED,
    Example,
    Row,
    batches,
    examples,
    is_dev,
    joined,
    read,
)
from training.positions.labels import CONDITION_AT, LAYERS, STANCES, TASKS
from training.positions.network import PositionNetwork
from training.positions.swap import Swapper

TASK = 0.3
"""A task is read from this share of the probability on."""
DOUBTFUL = 0.2
"""Words that the network so far takes for a cue with this probability are looked at again as no cue."""


HIDDEN = 103
"""The piece that stands for a hidden one ([MASK])."""


def tensors(group: list[Example], hide: float = 0.0, rng: np.random.Generator | None = None) -> dict[str, Tensor]:
    """Rows as one batch; with ``hide``, this share of the pieces is hidden, so that no single word decides."""
    width = max(e.pieces for e in group)
    words = max(len(e.encoded) for e in group)
    b = len(group)
    out = {k: np.zeros((b, width), dtype=np.int64) for k in ("pieces", "shapes", "mask")}
    mark = np.zeros((b, width), dtype=np.float32)
    first = np.zeros((b, words), dtype=np.int64)
    tags = np.full((b, words, len(LAYERS) + 1), IGNORE, dtype=np.int64)
    for i, e in enumerate(group):
        n = len(e.encoded.pieces)
        out["pieces"][i, 0], out["pieces"][i, 1 : n + 1], out["pieces"][i, n + 1] = 101, e.encoded.pieces, 102
        out["shapes"][i, 1 : n + 1] = e.encoded.shapes
        out["mask"][i, : n + 2] = 1
        counts = np.diff(np.append(e.encoded.first, n))
        mark[i, 1 : n + 1] = np.repeat(e.mark, counts)
        first[i, : len(e.encoded)] = e.encoded.first + 1
        tags[i, : len(e.encoded)] = e.tags
    if hide and rng is not None:
        plain = (out["mask"] == 1) & (out["pieces"] != 101) & (out["pieces"] != 102)
        out["pieces"][plain & (rng.random(out["pieces"].shape) < hide)] = HIDDEN
    result = {k: torch.from_numpy(v) for k, v in out.items()}
    result |= {
        "mark": torch.from_numpy(mark),
        "first": torch.from_numpy(first),
        "tags": torch.from_numpy(tags),
        "stance": torch.tensor([e.stance for e in group]),
        "tasks": torch.from_numpy(np.stack([e.tasks for e in group])),
        "flags": torch.from_numpy(np.stack([e.flags for e in group])),
    }
    return result


def losses(net: PositionNetwork, t: dict[str, Tensor]) -> dict[str, Tensor]:
    token, cue = net(t["pieces"], t["shapes"], t["mask"], t["mark"])
    token = token.float().gather(1, t["first"][..., None].expand(-1, -1, token.shape[2]))
    found = {}
    for i, name in enumerate(LAYERS):
        target = t["tags"][..., i]
        if (target != IGNORE).any():
            weight = torch.tensor([1.0, 1.6, 1.3])
            found[name] = F.cross_entropy(
                token[..., 3 * i : 3 * i + 3].reshape(-1, 3),
                target.reshape(-1),
                ignore_index=IGNORE,
                weight=weight,
            )
    target = t["tags"][..., len(LAYERS)]
    if (target != IGNORE).any():
        found["condition"] = F.cross_entropy(
            token[..., CONDITION_AT:].reshape(-1, token.shape[2] - CONDITION_AT),
            target.reshape(-1),
            ignore_index=IGNORE,
            weight=torch.tensor([1.0] + [1.6, 1.3] * ((token.shape[2] - CONDITION_AT) // 2)),
        )
    cue = cue.float()
    if (t["stance"] != IGNORE).any():
        found["stance"] = F.cross_entropy(
            cue[:, : len(STANCES)], t["stance"], ignore_index=IGNORE, label_smoothing=0.05
        )
    live = t["tasks"][:, 0] >= 0
    if live.any():
        # one cue may carry two tasks ("no to sending, no to disarming"): they share the target
        target = t["tasks"][live] / t["tasks"][live].sum(1, keepdim=True)
        found["tasks"] = F.cross_entropy(cue[live, len(STANCES) : len(STANCES) + len(TASKS)], target)
        found["flags"] = F.binary_cross_entropy_with_logits(
            cue[live, len(STANCES) + len(TASKS) :], t["flags"][live]
        )
    return found


WEIGHTS = {
    "cue": 3.0,
    "holder": 1.5,
    "performer": 0.7,
    "quantity": 1.0,
    "object": 0.4,
    "condition": 2.0,
    "stance": 1.0,
    "tasks": 1.0,
    "flags": 0.5,
}


@torch.no_grad()
def evaluate(net: PositionNetwork, pool: list[Example]) -> dict[str, float]:
    """Figures on the development passages: cue spans (by overlap), stance and task given the cue, holder
    and condition words."""
    net.eval()
    hit = {k: np.zeros(3) for k in ("cue", "holder", "condition", "quantity")}
    stance = np.zeros(2)
    task = np.zeros(3)
    for group in batches(pool, 6000, random.Random(0)):
        t = tensors(group)
        token, cue = net(t["pieces"], t["shapes"], t["mask"], t["mark"])
        token = token.float().gather(1, t["first"][..., None].expand(-1, -1, token.shape[2])).numpy()
        tags = t["tags"].numpy()
        for i, e in enumerate(group):
            n = len(e.encoded)
            for name, column, low, high in (
                ("cue", 0, 0, 3),
                ("holder", 1, 3, 6),
                ("quantity", 3, 9, 12),
                ("condition", len(LAYERS), CONDITION_AT, token.shape[2]),
            ):
                gold = tags[i, :n, column]
                if (gold == IGNORE).all():
                    continue
                guess = token[i, :n, low:high].argmax(1)
                live = gold != IGNORE
                hit[name] += [
                    ((gold > 0) & (guess > 0) & live).sum(),
                    ((guess > 0) & live).sum(),
                    ((gold > 0) & live).sum(),
                ]
            if e.stance > 0:
                stance += [int(cue[i, : len(STANCES)].argmax()) == e.stance, 1]
                guess_tasks = (
                    torch.softmax(cue[i, len(STANCES) : len(STANCES) + len(TASKS)], 0).numpy() > TASK
                )
                task += [(guess_tasks & (e.tasks > 0)).sum(), guess_tasks.sum(), (e.tasks > 0).sum()]
    net.train()

    def f1(x: np.ndarray) -> float:
        return round(float(2 * x[0] / max(1, x[1] + x[2])), 4)

    return {
        **{k: f1(v) for k, v in hit.items()},
        "stance": round(float(stance[0] / max(1, stance[1])), 4),
        "task": f1(task),
    }


@torch.no_grad()
def doubtful_cues(net: PositionNetwork, rows: list[Row], tokenizer: Tokenizer) -> dict[str, list[tuple[int, int]]]:
    """Offsets that the network takes for cues, by passage, the right ones among them."""
    net.eval()
    found: dict[str, list[tuple[int, int]]] = {}
    first = [examples({**r, "positions": []}, tokenizer, random.Random(0), 0)[0] for r in rows if r["text"].strip()]
    for group in batches(first, 8000, random.Random(0)):
        t = tensors(group)
        with torch.autocast("cpu", torch.bfloat16):
            token, _ = net(t["pieces"], t["shapes"], t["mask"], t["mark"])
        token = token.float().gather(1, t["first"][..., None].expand(-1, -1, token.shape[2]))
        inside = (torch.softmax(token[..., :3], -1)[..., 1:].sum(-1) > DOUBTFUL).numpy()
        for i, e in enumerate(group):
            runs = np.flatnonzero(np.diff(np.concatenate([[0], inside[i, : len(e.encoded)], [0]])))
            found[e.passage] = [
                (int(e.encoded.starts[a]), int(e.encoded.ends[z - 1])) for a, z in runs.reshape(-1, 2)
            ]
    net.train()
    return found


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--passages", default=str(Path(__file__).parent / "passages"))
    ap.add_argument("--out", required=True)
    ap.add_argument("--steps", type=int, default=3000, help="in all")
    ap.add_argument("--minutes", type=float, default=1e9, help="the rate falls to nothing by then at the latest")
    ap.add_argument("--lr", type=float, default=2.5e-4)
    ap.add_argument("--head-lr", type=float, default=2e-3)
    ap.add_argument("--decay", type=float, default=0.85)
    ap.add_argument("--budget", type=int, default=2048)
    ap.add_argument(
        "--swap", type=float, default=0.5, help="share of passages retold with other states, anew each epoch"
    )
    ap.add_argument("--ema", type=float, default=0.995)
    ap.add_argument("--dropout", type=float, default=0.1)
    ap.add_argument("--hide", type=float, default=0.0, help="share of word pieces hidden from the network in training")
    ap.add_argument("--threads", type=int, default=2)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--encoder", help="start the encoder from this attribution checkpoint")
    ap.add_argument("--init", help="start from this checkpoint of a position model")
    ap.add_argument(
        "--all", action="store_true", help="train on the development passages too (for the shipped weights)"
    )
    args = ap.parse_args()
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    hiding = np.random.default_rng(args.seed)
    base = base_model()
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    config = json.loads((base / "config.json").read_text())
    net = PositionNetwork(config, args.dropout)
    net.encoder.load_bert(load_file(base / "model.safetensors"))
    if args.encoder:
        state = torch.load(args.encoder)
        net.encoder.load_state_dict(
            {k.removeprefix("encoder."): v for k, v in state.items() if k.startswith("encoder.")}
        )
    if args.init:
        net.load_state_dict(torch.load(args.init))
    rows = read(Path(args.passages))
    dev = [e for r in rows if is_dev(r) for e in examples(r, tokenizer, random.Random(0), 0)]
    swapper = Swapper(load())
    layers = len(net.encoder.layers)
    groups = [
        {"params": list(net.encoder.layers[i].parameters()), "lr": args.lr * args.decay ** (layers - 1 - i)}
        for i in range(layers)
    ]
    groups.append(
        {
            "params": [
                p
                for n, p in net.encoder.named_parameters()
                if not n.startswith(("layers", "shapes", "words"))
            ],
            "lr": args.lr * args.decay**layers,
        }
    )
    net.encoder.words.weight.requires_grad_(False)
    groups.append({"params": [net.encoder.shapes.weight], "lr": args.lr * 2})
    groups.append(
        {"params": [p for n, p in net.named_parameters() if not n.startswith("encoder.")], "lr": args.head_lr}
    )
    peak = [g["lr"] for g in groups]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)

    def epoch_pool() -> list[Example]:
        rows = [r for r in read(Path(args.passages)) if args.all or not is_dev(r)]
        mates: dict[str, list[Row]] = {}
        for r in rows:
            mates.setdefault(r["story"], []).append(r)
        doubtful = doubtful_cues(net, rows, tokenizer) if args.init or step else {}
        pool = []
        for r in rows:
            swapped = swapper.swap(r, rng) if rng.random() < args.swap else r
            whole = joined(swapped, mates[r["story"]], rng) if rng.random() < JOINED else swapped
            again = doubtful.get(r["id"], []) if whole is r else []
            pool += examples(whole, tokenizer, rng, jitter=JITTER, doubtful=again)
        print(f"{len(rows)} passages, {len(pool)} rows", flush=True)
        return pool

    total = args.steps
    warm = max(1, total // 20)
    print(f"{len(dev)} rows held out, {total} steps", flush=True)
    average: dict[str, Tensor] = {}
    step, started = 0, time.time()
    log: list[dict[str, float]] = []
    epoch = 0
    while step < total:
        for group in batches(epoch_pool(), args.budget, rng):
            left = min(1 - step / total, 1 - (time.time() - started) / 60 / args.minutes)
            if left <= 0:
                step = total
                break
            rate = max(0.02, min(1.0, (step + 1) / warm, left * 1.05))
            for g, p in zip(optimiser.param_groups, peak, strict=True):
                g["lr"] = p * rate
            with torch.autocast("cpu", torch.bfloat16):
                found = losses(net, tensors(group, args.hide, hiding))
            loss = sum(WEIGHTS[k] * v for k, v in found.items())
            optimiser.zero_grad(set_to_none=True)
            loss.backward()  # type: ignore[union-attr]
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            log.append({k: v.item() for k, v in found.items()})
            step += 1
            if step == warm:
                average = {n: p.detach().clone() for n, p in net.named_parameters() if p.requires_grad}
            elif step > warm:
                with torch.no_grad():
                    for n, p in net.named_parameters():
                        if n in average:
                            average[n].lerp_(p, 1 - min(args.ema, (step - warm) / (step - warm + 10)))
            if step % 25 == 0:
                means = {
                    k: round(float(np.mean([x[k] for x in log[-25:] if k in x])), 4)
                    for k in WEIGHTS
                    if any(k in x for x in log[-25:])
                }
                print(step, f"{time.time() - started:.0f}s", json.dumps(means), flush=True)
        kept = {n: p.detach().clone() for n, p in net.named_parameters() if n in average}
        net.load_state_dict({**net.state_dict(), **average})
        epoch += 1
        torch.save(net.state_dict(), out / f"epoch{epoch}.pt")
        print("epoch", epoch, f"{time.time() - started:.0f}s", json.dumps(evaluate(net, dev)), flush=True)
        net.load_state_dict({**net.state_dict(), **kept})


if __name__ == "__main__":
    main()
