"""Trains the speech detector, tells how well it does, and writes its numbers.

usage: train.py FOLDER [OUTPUT.swift]

FOLDER is made by make.py; beside each NAME.wav lies NAME.wav.vec, a line of statistics for every half second, as
`mezz loudness --evidence NAME.wav` prints it.
"""
import sys
from pathlib import Path

import numpy as np

UNITS = 32
TAPS = [1, 2, 3, 2, 1]


def load(folder, label):
    inputs, labels, kinds, clips = [], [], [], []
    for path in sorted(Path(folder).glob(label + "-*.vec")):
        vectors = np.loadtxt(path, ndmin=2)
        text = np.loadtxt(str(path).removesuffix(".wav.vec") + ".txt", ndmin=2)
        n = min(len(vectors), len(text))
        inputs.append(vectors[:n])
        labels.append(text[:n])
        kinds += [path.name.split("-", 2)[2].removesuffix(".wav.vec")] * n
        clips += [path.name] * n
    return np.concatenate(inputs), np.concatenate(labels), np.array(kinds), np.array(clips)


def forward(x, p):
    h = np.tanh(x @ p[0] + p[1])
    return h, 1 / (1 + np.exp(-(h @ p[2] + p[3])))


def train(x, y, seed=0, epochs=40, decay=3e-3):
    rng = np.random.default_rng(seed)
    p = [rng.normal(0, 1 / np.sqrt(x.shape[1]), (x.shape[1], UNITS)), np.zeros(UNITS),
         rng.normal(0, 0.2, (UNITS, 2)), np.zeros(2)]
    m, v = [np.zeros_like(a) for a in p], [np.zeros_like(a) for a in p]
    known = y >= 0
    # Speech and the rest, music and the rest, weigh the same.
    weight = np.zeros_like(y)
    for column in range(2):
        for value in (0, 1):
            mask = y[:, column] == value
            weight[mask, column] = 0.5 * len(y) / max(1, mask.sum())
    step = 0
    for epoch in range(epochs):
        rate = 3e-3 * 0.5 * (1 + np.cos(np.pi * epoch / epochs))
        order = rng.permutation(len(x))
        for start in range(0, len(x), 256):
            batch = order[start : start + 256]
            xb = x[batch] + rng.normal(0, 0.1, (len(batch), x.shape[1]))
            h, out = forward(xb, p)
            error = (out - y[batch]) * known[batch] * weight[batch] / len(batch)
            back = (error @ p[2].T) * (1 - h * h)
            g = [xb.T @ back, back.sum(0), h.T @ error, error.sum(0)]
            step += 1
            for k in range(4):
                g[k] = g[k] + decay * p[k] * (k % 2 == 0)
                m[k] = 0.9 * m[k] + 0.1 * g[k]
                v[k] = 0.999 * v[k] + 0.001 * g[k] ** 2
                p[k] = p[k] - rate * (m[k] / (1 - 0.9 ** step)) / (np.sqrt(v[k] / (1 - 0.999 ** step)) + 1e-8)
    return p


def smooth(out, clips):
    """As the detector does: the mean of five half seconds, the middle one counted most."""
    result = np.zeros_like(out)
    for name in np.unique(clips):
        mask = clips == name
        padded = np.pad(out[mask], ((2, 2), (0, 0)), mode="edge")
        result[mask] = sum(w * padded[k : k + mask.sum()] for k, w in enumerate(TAPS)) / sum(TAPS)
    return result


def told(name, truth, found):
    known = truth >= 0
    t, f = truth[known] == 1, found[known] > 0.5
    hit, false, missed, right = (t & f).sum(), (~t & f).sum(), (t & ~f).sum(), (~t & ~f).sum()
    precision, recall = hit / max(1, hit + false), hit / max(1, hit + missed)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"  {name:18} n {known.sum():6}  hit {hit:5} false {false:5} missed {missed:5} right {right:5}  "
          f"precision {precision:.3f} recall {recall:.3f} F1 {f1:.3f} accuracy {(hit + right) / max(1, known.sum()):.3f}")


def classes(speech, music):
    return np.where(speech, 0, np.where(music, 1, 2))


def score(folder, label, norm, p):
    x, y, kinds, clips = load(folder, label)
    out = smooth(forward(np.clip((x - norm[0]) * norm[1], -5, 5), p)[1], clips)
    print(label)
    told("speech", y[:, 0], out[:, 0])
    told("music", y[:, 1], out[:, 1])
    for kind in sorted(set(kinds)):
        mask = kinds == kind
        told("speech in " + kind, y[mask, 0], out[mask, 0])
    both = (y >= 0).all(1)
    truth, found = classes(y[both, 0] == 1, y[both, 1] == 1), classes(out[both, 0] > 0.5, out[both, 1] > 0.5)
    print("  truth \\ found   speech  music  other")
    for row, name in enumerate(["speech", "music", "other"]):
        print(f"  {name:14}" + "".join(f"{((truth == row) & (found == c)).sum():7}" for c in range(3)))


def write(path, norm, p):
    rows = [[len(norm[0]), UNITS], norm[0], norm[1]]
    rows += [list(p[0][:, u]) + [p[1][u]] for u in range(UNITS)] + [list(p[2][:, o]) + [p[3][o]] for o in range(2)]
    lines = []
    for row in rows:
        line = ""
        for value in row:
            text = f"{value:.5g}"
            if len(line) + len(text) > 115:
                lines.append(line)
                line = ""
            line += (" " if line else "") + text
        lines.append(line)
    Path(path).write_text(
        "// Made by Benchmarks/speech/train.py.\n\n/// The numbers of `SpeechModel.trained`.\nlet speechModelText = \"\"\"\n"
        + "".join("    " + line + "\n" for line in lines) + "    \"\"\"\n")


def main():
    folder = sys.argv[1]
    x, y, _, _ = load(folder, "train")
    norm = (x.mean(0), 1 / (x.std(0) + 1e-6))
    p = train(np.clip((x - norm[0]) * norm[1], -5, 5), y)
    for label in ("train", "made", "real"):
        score(folder, label, norm, p)
    if len(sys.argv) > 2:
        write(sys.argv[2], norm, p)


main()
