"""Scores on the development part, through the very code that ships; decoding offsets; calibration."""

from __future__ import annotations

import dataclasses
import importlib.util
import math
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.extraction.attribution import AttributionModel, Encoding, RawRelation, relations_of
from onrecord.extraction.attribution.decoding import TAGS
from onrecord.extraction.attribution.model import Parameters

Table = dict[tuple[str, str], dict[str, float]]


class Judge:
    """The contract's scorer, given by path, over one part of the corpus."""

    def __init__(self, scorer: Path, folder: Path) -> None:
        spec = importlib.util.spec_from_file_location("score_spans", scorer)
        if spec is None or spec.loader is None:
            raise FileNotFoundError(scorer)
        self.module: Any = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(self.module)
        self.gold = self.module.read_gold(str(folder))

    def encode(self, model: AttributionModel) -> dict[str, Encoding]:
        """The network's part of the work, done once for many ways of decoding."""
        return {name: model.encode([text])[0] for name, (text, _, _) in self.gold.items()}

    def score(self, encodings: dict[str, Encoding], parameters: Parameters) -> Table:
        """The scorer's table."""
        found = {n: self._prediction(relations_of(e, parameters)) for n, e in encodings.items()}
        table: Table = self.module.evaluate(self.gold, found)
        return table

    def exactness(self, encodings: dict[str, Encoding], parameters: Parameters) -> float:
        """Mean of the three kinds' exact F1 and the relations' F1: what tuning makes large."""
        m = self.module
        counts = np.zeros((4, 3))
        for name, encoding in encodings.items():
            text, gold, attributions = self.gold[name]
            spans, pairs = self._prediction(relations_of(encoding, parameters))
            for row, kind in enumerate(m.TYPES):
                counts[row] += m.counts(gold[kind], spans[kind])
            counts[3] += m.attribution_counts(text, attributions, pairs)
        return float(np.mean(2 * counts[:, 0] / (counts @ [2, 1, 1])))

    @staticmethod
    def _prediction(found: Iterable[RawRelation]) -> tuple[dict[str, set[tuple[int, int]]], list[Any]]:
        spans: dict[str, set[tuple[int, int]]] = {"Source": set(), "Cue": set(), "Content": set()}
        pairs = []
        for r in found:
            spans["Content"].update(r.content)
            if r.cue:
                spans["Cue"].add(r.cue)
            if r.source:
                spans["Source"].add(r.source)
                pairs.append(([r.source], list(r.content)))
        return spans, pairs

    def outcomes(self, encodings: dict[str, Encoding], parameters: Parameters) -> list[tuple[float, bool]]:
        """(confidence, right) of each relation with a source; right by the scorer's measure."""
        m = self.module
        rows = []
        for name, encoding in encodings.items():
            text, _, attributions = self.gold[name]
            gold = m.pair_sets(text, [(a["Source"], a["Content"]) for a in attributions])
            for r in relations_of(encoding, parameters):
                if r.source:
                    source, content = m.char_set(text, [r.source]), m.char_set(text, r.content)
                    right = any(
                        m.jaccard(source, s) >= m.JACCARD and m.jaccard(content, c) >= m.JACCARD
                        for s, c in gold
                    )
                    rows.append((r.confidence, right))
        return rows


def shifted(parameters: Parameters, bonus: tuple[float, float, float]) -> Parameters:
    """Parameters under which a span of each kind (source, cue, content) costs ``bonus`` less to begin."""
    extra = np.zeros(len(TAGS), dtype=np.float32)
    for kind, value in enumerate(bonus):
        extra[[1 + 4 * kind, 4 + 4 * kind]] = value
    return dataclasses.replace(
        parameters, transitions=parameters.transitions + extra, opening=parameters.opening + extra
    )


def tune(score: Callable[[tuple[float, float, float]], float]) -> tuple[float, float, float]:
    """Offsets found by climbing one kind at a time, twice round; a smaller offset wins a tie."""
    bonus = (0.0, 0.0, 0.0)
    best = score(bonus)
    for kind in (1, 2, 0, 1, 2):
        for value in (-0.25, 0.25, 0.5, 0.75):
            tried = (*bonus[:kind], value, *bonus[kind + 1 :])
            reached = score(tried)
            if reached > best + 1e-4:
                best, bonus = reached, tried
    return bonus


def calibrate(outcomes: Iterable[tuple[float, bool]], rounds: int = 50) -> tuple[float, float]:
    """Slope and offset of the logistic curve from raw confidence to the share that is right (Platt, 1999)."""
    rows = list(outcomes)
    x = np.array([math.log(p / (1 - p)) for p in (min(max(c, 1e-6), 1 - 1e-6) for c, _ in rows)])
    y = np.array([float(right) for _, right in rows])
    weights = np.array([1.0, 0.0])
    design = np.stack([x, np.ones_like(x)], axis=1)
    for _ in range(rounds):
        p = 1 / (1 + np.exp(-design @ weights))
        curvature = (design * (p * (1 - p))[:, None]).T @ design + 1e-6 * np.eye(2)
        weights = weights + np.linalg.solve(curvature, design.T @ (y - p))
    return float(weights[0]), float(weights[1])
