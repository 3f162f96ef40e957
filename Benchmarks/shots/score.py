#!/usr/bin/env python3
"""Scores detected changes of shot against truth, by the rules of the truth's README: one detection a cut (frame-exact
and within ±2 frames); a gradual change (all fades of one group together) is hit by a detection inside its range ±2;
entries that are not sure count neither as missed nor as false; every other detection is a false alarm.

usage: score.py TRUTH-FOLDER DETECTIONS.json
  DETECTIONS.json: {detector: {clip name without extension: [first frames of new shots]}}
"""

import json
import sys
from pathlib import Path


def ranges(truth):
    """Sure and unsure gradual changes: lists of (first, last) by group."""
    groups = {}
    for number, item in enumerate(truth["transitions"]):
        if item["type"] != "cut":
            key = (item.get("group", number), item["sure"])
            groups.setdefault(key, []).append((item["first_frame"], item["end_frame"]))
    return [value for key, value in groups.items() if key[1]], [value for key, value in groups.items() if not key[1]]


def near(frame, spans, margin=2):
    return any(first - margin <= frame <= last + margin for first, last in spans)


def score(truth, frames):
    cuts = [item for item in truth["transitions"] if item["type"] == "cut"]
    sure, unsure = ranges(truth)
    # From the beginning of a fade out to the end of the fade in of its group, the hold between them included.
    whole = [[(min(first for first, _ in group), max(last for _, last in group))] for group in sure]
    left = sorted(set(frame for frame in frames if frame > 0))
    counts = dict(cuts=0, exact=0, within=0, gradual=len(sure), hit=0, false=0, missed=[], alarms=[])
    for margin in (0, 2):
        for item in cuts:
            if not item["sure"] or item.get("found"):
                continue
            close = [frame for frame in left if abs(frame - item["first_frame"]) <= margin]
            if close:
                best = min(close, key=lambda frame: abs(frame - item["first_frame"]))
                left.remove(best)
                item["found"] = True
                counts["exact" if margin == 0 else "within"] += 1
    counts["within"] += counts["exact"]
    counts["cuts"] = sum(item["sure"] for item in cuts)
    counts["missed"] += [item["first_frame"] for item in cuts if item["sure"] and not item.get("found")]
    for group in sure:
        if any(near(frame, group) for frame in left):
            counts["hit"] += 1
        else:
            counts["missed"].append(f"{group[0][0]}–{group[-1][1]}")
    ignored = [(item["first_frame"], item["first_frame"]) for item in cuts if not item["sure"]]
    ignored += [span for group in unsure for span in group]
    for frame in left:
        if not near(frame, ignored) and not any(near(frame, group) for group in sure + whole):
            counts["false"] += 1
            counts["alarms"].append(frame)
    for item in cuts:
        item.pop("found", None)
    return counts


def f1(hit, missed, false):
    precision = hit / (hit + false) if hit + false else 1.0
    recall = hit / (hit + missed) if hit + missed else 1.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def total(rows):
    return {key: sum(row[key] for row in rows) for key in ("cuts", "exact", "within", "gradual", "hit", "false")}


def line(name, rows):
    t = total(rows)
    exact = f1(t["exact"], t["cuts"] - t["exact"], t["false"])
    cuts = f1(t["within"], t["cuts"] - t["within"], t["false"])
    gradual = f1(t["hit"], t["gradual"] - t["hit"], t["false"])
    everything = f1(t["within"] + t["hit"], t["cuts"] + t["gradual"] - t["within"] - t["hit"], t["false"])
    numbers = " | ".join(
        " ".join(f"{value:.3f}" for value in triple) for triple in (exact, cuts, gradual, everything))
    return (
        f"| {name} | {len(rows)} | {t['exact']}/{t['cuts']} | {t['within']}/{t['cuts']} | {t['hit']}/{t['gradual']} | "
        f"{t['false']} | {numbers} |")


HEADER = (
    "| detector | clips | exact | ±2 | gradual | false | cuts exact P R F1 | cuts ±2 P R F1 | gradual P R F1 | "
    "all ±2 P R F1 |\n|---|---|---|---|---|---|---|---|---|---|")


def main():
    folder = Path(sys.argv[1])
    detections = json.loads(Path(sys.argv[2]).read_text())
    truths = {path.stem: json.loads(path.read_text()) for path in sorted(folder.glob("*.json"))}
    names = sorted(truths)
    halves = {"half a": [], "half b": [], "both": names}
    for number, name in enumerate(names):
        # The generator writes its half into the name; real clips take turns.
        half = name[0] if name[:2] in ("a-", "b-") else "ab"[number % 2]
        halves[f"half {half}"].append(name)
    for half, members in halves.items():
        print(f"\n{half}: {len(members)} clips, {sum(truths[name]['frames'] for name in members)} frames\n\n{HEADER}")
        for detector, found in detections.items():
            rows = {name: score(truths[name], found.get(name, [])) for name in members}
            print(line(detector, list(rows.values())))
            if "--list" in sys.argv and half != "both":
                for name, row in rows.items():
                    if row["missed"] or row["alarms"]:
                        print(f"    {name}: missed {row['missed']}, false {row['alarms']}")


if __name__ == "__main__":
    main()
