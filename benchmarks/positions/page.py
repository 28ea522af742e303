"""Results of the position benchmark -> the page that shows them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

#: The marks of issue and contract: what is aimed at on gold and seeds, and what two analysts reach on gold.
AIMS = {
    "gold": {
        "detect": 0.85,
        "polarity": 0.82,
        "stance": 0.80,
        "condition": 0.75,
        "quantity": 0.90,
        "upstream": 0.85,
        "evidence": 1.0,
    },
    "seeds": {"polarity": 0.90},
}
ANALYSTS = {
    "detect": 0.94,
    "polarity": 0.93,
    "stance": 0.99,
    "condition": 0.86,
    "quantity": 0.96,
    "upstream": 0.91,
}
ECE_AIM = 0.06
SPEED_AIM = 0.60
BOTH = "rules and model"


def _figure(value: dict[str, Any] | None) -> str:
    if value is None:
        return "n/a"
    if value["ci"] is None:
        return f"{value['value']:.3f}"
    low, high = value["ci"]
    return f"{value['value']:.3f} ({low:.2f} to {high:.2f})"


def _set(name: str, part: dict[str, Any]) -> Iterator[str]:
    yield f"## {name[0].upper()}{name[1:]}: {part['reports']} reports, {part['gold']} positions"
    yield ""
    aims = AIMS.get(name, {})
    yield "| measure | rules alone | rules and model | precision | recall | of |" + (
        " aim | two analysts |" if aims else ""
    )
    yield "|---|---|---|---|---|---|" + ("---|---|" if aims else "")
    for measure, value in part[BOTH].items():
        rest = " | | "
        if value:
            of = value.get("gold", value.get("of"))
            rest = (
                f"{value['p']:.3f} | {value['r']:.3f} | {of}"
                if value.get("p") is not None and value.get("r") is not None
                else f" | | {of}"
            )
        line = f"| {measure} | {_figure(part['rules'][measure])} | {_figure(value)} | {rest} |"
        if aims:
            analysts = ANALYSTS.get(measure, "") if name == "gold" else ""
            line += f" {aims.get(measure, '')} | {analysts} |"
        yield line
    yield ""


def _hard(held: dict[str, Any]) -> Iterator[str]:
    yield "## Hard cases, held-out passages"
    yield ""
    yield (
        "A passage may hold several classes. `none`: passages without one. Figures of rules and model; in the "
        "last column the rules alone. A class of few passages says little, and one of fewer than five has no "
        "interval."
    )
    yield ""
    yield (
        "| class | passages | positions | detect F1 | polarity F1 | stance | condition F1 "
        "| polarity, rules alone |"
    )
    yield "|---|---|---|---|---|---|---|---|"
    rules = held["rules"]["hard"]
    for name, row in sorted(held[BOTH]["hard"].items(), key=lambda x: -x[1]["passages"]):
        cells = [_figure(row[m]) for m in ("detect", "polarity", "stance", "condition")]
        yield (
            f"| {name} | {row['passages']} | {row['positions']} | {' | '.join(cells)} | "
            f"{_figure(rules[name]['polarity'])} |"
        )
    yield ""


def _by(held: dict[str, Any], key: str) -> Iterator[str]:
    yield f"## By {key}, held-out passages, rules and model"
    yield ""
    yield f"| {key} | gold | found | polarity right | stance right | noted | of these right |"
    yield "|---|---|---|---|---|---|---|"
    for name, row in held[BOTH][key].items():
        shares = [
            f"{row[k] / row['gold']:.2f}" if row["gold"] else "" for k in ("found", "polarity", "stance")
        ]
        right = f"{row['noted_right'] / row['noted']:.2f}" if row["noted"] else ""
        yield f"| {name} | {row['gold']} | {' | '.join(shares)} | {row['noted']} | {right} |"
    yield ""


def _calibration(made: dict[str, Any]) -> Iterator[str]:
    yield "## Calibration of `confidence`"
    yield ""
    yield (
        "Right: parties, task and stance as gold has them; positions that gold calls optional are left out. The "
        "weights are fitted by `training/positions/confidence.py` on one half of the held-out passages (by "
        "digest of the id), the examples and the reports with odd numbers; here are texts they were not fitted "
        "on. The first row is the second and the third together. Ranked: how often a right position has the "
        "higher confidence than a wrong one (0.5: no better than a coin)."
    )
    yield ""
    yield "| texts | positions | right | mean confidence | expected calibration error | 95 % interval | ranked | aim |"
    yield "|---|---|---|---|---|---|---|---|"
    for name, row in made.items():
        aim = f"at most {ECE_AIM}" if name.startswith("our own") else ""
        yield (
            f"| {name} | {row['judged_on']} | {row['right']:.2f} | {row['mean']:.2f} | {row['ece']:.3f} "
            f"| {row['ci'][0]:.3f} to {row['ci'][1]:.3f} | {row['ranked']:.2f} | {aim} |"
        )
    yield ""
    yield "![Confidence against the share that was right](reliability.svg)"
    yield ""


def _speed(made: dict[str, Any], machine: dict[str, Any]) -> Iterator[str]:
    rates = made["rates"]
    yield "## Speed"
    yield ""
    yield (
        f"The gold reports, {made['words']:,} words, report by report, two threads, {machine['cores']} cores "
        f"shared with other work (load {made['load']} at the end), steps in turn, best of two rounds."
    )
    yield ""
    yield "| step | words a second | of one encoder's bare forward pass |"
    yield "|---|---|---|"
    bare = rates["forward pass, attribution"]
    for name, rate in rates.items():
        yield f"| {name} | {rate:,.0f} | {rate / bare:.0%} |"
    both = 1 / (1 / bare + 1 / rates["forward pass, positions (cue windows only)"])
    yield ""
    one, two = rates["extraction"] / bare, rates["extraction"] / both
    yield (
        f"Aim: the whole extraction at {SPEED_AIM:.0%} of the bare pass. It runs at {one:.0%} of one "
        f"encoder's pass and {two:.0%} of the two passes together: each model still has an encoder of its own, "
        "every cue is read again in its surroundings, and the parser reads the text as well."
    )
    yield ""


def page(result: dict[str, Any], now: dict[str, str], code: str) -> str:
    """The results as Markdown; ``now`` and ``code`` are the digests of weights and programs at this moment."""
    lines = ["# Positions against gold", "", "Made by `benchmarks/positions/run.py`; do not edit.", ""]
    lines.append(
        "Measured with " + ", ".join(f"`{k}` sha256 `{v[:16]}`" for k, v in result["weights"].items())
    )
    lines.append(f"as `{result['extractor']}`, code digest `{result['code'][:16]}`.")
    changed = [k for k, v in result["weights"].items() if now.get(k) != v]
    if changed:
        lines += [
            "",
            f"**These figures are of other weights than the package now holds: {', '.join(changed)}.**",
        ]
    if result["code"] != code:
        lines += ["", "**The extraction's code has changed since these figures were measured.**"]
    lines += [
        "",
        "Where a digest here is not that of the file in `src/onrecord/extraction/*/weights/`, the weights have "
        "been changed since; `--page-only` says so above.",
        "",
        "Measures are the contract's; in brackets the 95 % interval, percentiles of 1,000 resamples of the "
        "reports (of the passages, where passages are measured). No report or passage measured here trained "
        "the network. The thresholds and the order of precedence in `joining.py` were chosen with gold, seeds, "
        "examples and passages of the untrained stories in view, so these figures are a little favourable; the "
        "held-back set has not been measured.",
        "",
    ]
    for name, part in result["sets"].items():
        lines += _set(name, part)
    held = result["held_out"]
    passages = [p for n, p in result["sets"].items() if n.startswith("passages")]
    whole = {"reports": held["passages"], "gold": sum(p["gold"] for p in passages)}
    whole |= {name: held[name]["all"] for name in ("rules", BOTH)}
    lines += _set("all held-out passages", whole)
    lines += _hard(held)
    lines += _by(held, "task")
    lines += _by(held, "stance")
    lines += _calibration(result["calibration"])
    if "speed" in result:
        lines += _speed(result["speed"], result["machine"])
    lines.append("Data: " + ", ".join(f"{n} `{p['digest'][:12]}`" for n, p in result["sets"].items()) + ".")
    return "\n".join(lines) + "\n"
