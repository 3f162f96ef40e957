#!/usr/bin/env python3
"""Fits the weights of the shot detector and writes them as Swift. See README.md beside this file.

usage: fit.py MEDIA GENERATED WEIGHTS.swift
  MEDIA      holds clips/ and truth/
  GENERATED  titles by generate.py: half a, half b, and half a again with "fit"; measurements are kept in its evidence/
  MEZZ_BINARY names the program; NumPy and scikit-learn are needed
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
from generate import HASTY
from sklearn.linear_model import LogisticRegression

MEZZ = os.environ.get("MEZZ_BINARY", "mezz")
# A real clip's candidates count as much as this many of generated ones.
REAL = 4.0
# What is known of a gradual transition without a search: `BlendEvidence.hints`.
HINTS = 13
# Share of true gradual transitions' candidates that the hint may lose.
LOST = 0.05


class Rows:
    """Candidates of one kind: measurements, labels (1 yes, 0 no), weights, and the half they come from."""

    def __init__(self):
        self.values, self.labels, self.weights, self.halves = [], [], [], []

    def add(self, values, label, weight, half):
        self.values.append(values)
        self.labels.append(label)
        self.weights.append(weight)
        self.halves.append(half)

    def of(self, half, columns=None):
        chosen = np.array(self.halves) == half
        values = np.array(self.values)[chosen][:, :columns]
        return values, np.array(self.labels)[chosen], np.array(self.weights)[chosen]


class Model:
    """A logistic regression over measurements limited to their usual range, and over their products."""

    def __init__(self, values, labels, weights, strength):
        self.low, self.high = np.percentile(values, [0.5, 99.5], axis=0)
        limited = np.clip(values, self.low, self.high)
        self.mean, self.deviation = limited.mean(0), limited.std(0) + 1e-9
        self.regression = LogisticRegression(C=strength, max_iter=5000)
        self.regression.fit(self.terms(values), labels, sample_weight=weights)

    def terms(self, values):
        scaled = (np.clip(values, self.low, self.high) - self.mean) / self.deviation
        products = [scaled[:, [first]] * scaled[:, first:] for first in range(scaled.shape[1])]
        return np.concatenate([scaled] + products, axis=1)

    def probability(self, values):
        return self.regression.predict_proba(self.terms(values))[:, 1]

    def swift(self, name, comment):
        scales = "".join(
            f"            (low: {low:.4g}, high: {high:.4g}, mean: {mean:.4g}, deviation: {deviation:.4g}),\n"
            for low, high, mean, deviation in zip(self.low, self.high, self.mean, self.deviation))
        lines, line = [], "           "
        for weight in self.regression.coef_[0]:
            if len(line) + len(f" {weight:.3g},") > 118:
                lines.append(line)
                line = "           "
            line += f" {weight:.3g},"
        weights = "\n".join(lines + [line])
        return (
            f"    /// {comment}\n    static let {name} = EvidenceModel(\n"
            f"        bias: {self.regression.intercept_[0]:.4g},\n        scales: [\n{scales}        ],\n"
            f"        weights: [\n{weights}\n        ])\n")


def titles(media, generated):
    """(file, truth, half, weight)"""
    for number, path in enumerate(sorted((media / "truth").glob("*.json"))):
        truth = json.loads(path.read_text())
        yield media / "clips" / truth["file"], truth, "ab"[number % 2], REAL
    for path in sorted(generated.glob("[ab]-*.json")):
        truth = json.loads(path.read_text())
        yield generated / truth["file"], truth, path.name[0], 1.0


def evidence(clip, folder):
    """(frame, span, measurements) of every candidate; measured once."""
    kept = folder / f"{clip.stem}.txt"
    if not kept.exists():
        folder.mkdir(exist_ok=True)
        done = subprocess.run([MEZZ, "shots", "--evidence", str(clip)], stdout=subprocess.PIPE, check=True)
        kept.write_bytes(done.stdout)
    for line in kept.read_text().splitlines():
        frame, span, *values = line.split()
        yield int(frame), int(span), [float(value) for value in values]


def is_cut(truth, frame):
    """Whether a cut lies there; None where that cannot be said."""
    for item in truth["transitions"]:
        first = item["first_frame"]
        if item["type"] == "cut":
            if frame == first:
                return True if item["sure"] else None
            if abs(frame - first) <= 2:
                return None
        elif first - 3 <= frame <= item["end_frame"] + 3:
            return None
    return False


def is_blend(truth, frame, span):
    """Whether a dissolve or wipe fills those frames; None where they overlap otherwise."""
    start = frame - span
    for item in truth["transitions"]:
        if item["type"] == "cut":
            continue
        first, last = item["first_frame"] - 1, item["end_frame"] + 1
        common = min(frame, last) - max(start, first)
        if common <= 0:
            continue
        whole = max(frame, last) - min(start, first)
        if item["type"] == "fade" or common <= 0.72 * whole or not item["sure"]:
            return None
        return True
    return False


def is_hasty(clip):
    return clip.stem.startswith(("a-joined-", "b-joined-")) and int(clip.stem[-2:]) >= HASTY


def reliability(name, probability, labels):
    """Prints how often candidates of half b were right, by tenths of probability."""
    print(f"{name}, half b, by tenths of probability: said, was, candidates")
    for tenth in range(10):
        chosen = (probability >= tenth / 10) & (probability < (tenth + 1) / 10 + (tenth == 9))
        if chosen.any():
            print(f"  {probability[chosen].mean():.2f} {labels[chosen].mean():.2f} {chosen.sum()}")


def main():
    media, generated, out = (Path(argument) for argument in sys.argv[1:4])
    cuts, blends = Rows(), Rows()
    for clip, truth, half, weight in titles(media, generated):
        for frame, span, values in evidence(clip, generated / "evidence"):
            rows = cuts if span == 1 else blends
            label = is_cut(truth, frame) if span == 1 else is_blend(truth, frame, span)
            # Played too fast, neighbours differ as they do not in film: no measure for cuts.
            if label is not None and not (span == 1 and is_hasty(clip)):
                rows.add(values, int(label), weight, half)
    cut = Model(*cuts.of("a"), strength=0.2)
    hint = Model(*blends.of("a", HINTS), strength=0.1)
    blend = Model(*blends.of("a"), strength=0.03)
    values, labels, _ = blends.of("a", HINTS)
    least = np.percentile(hint.probability(values[labels == 1]), 100 * LOST)
    print(f"half a: {sum(cuts.of('a')[1])} cuts of {len(cuts.of('a')[1])}, {sum(labels)} blends of {len(labels)}")
    print(f"least hint {least:.3f} keeps {(hint.probability(values[labels == 0]) > least).mean():.3f} of the others")
    for name, model, rows in (("cut", cut, cuts), ("blend", blend, blends)):
        values, labels, _ = rows.of("b")
        reliability(name, model.probability(values), labels)
    out.write_text(
        "// Written by Benchmarks/shots/fit.py; the README.md beside it says from what.\n"
        "extension EvidenceModel {\n"
        "    /// Probability by `blendHint` up to which a candidate is not searched for.\n"
        f"    static let leastHint: Float = {least:.3f}\n\n"
        + cut.swift("cut", "Over `CutEvidence.measurements`.") + "\n"
        + hint.swift("blendHint", "Over `BlendEvidence.hints`.") + "\n"
        + blend.swift("blend", "Over `BlendEvidence.measurements`.") + "}\n")


if __name__ == "__main__":
    main()
