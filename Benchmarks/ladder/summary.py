#!/usr/bin/env python3
"""The ladder benchmark over all titles: one row a title, codec and way, then medians and worst titles.

usage: summary.py MEZZ FOLDER      the folder that ladder.sh worked in (WORK)
BD-rates are of mean VMAF up to 95, negative where bits are saved; the column "over title" is against per-title/standard, the
column "over best" against per-shot/exhaustive where that was run. "trials" are CPU seconds of trial encodes with their scoring
over those of the final encode; "miss" is the largest distance of a rung from its promise; "worst" how far the worst shot of any
rung lies below the rung's mean.
"""
import glob
import json
import os
import statistics
import subprocess
import sys

WAYS = ["fixed", "per-title-quick", "per-title-standard", "per-shot-standard", "per-shot-exhaustive"]


def bd_rate(mezz, anchor, test):
    done = subprocess.run([mezz, "bdrate", anchor, test, "--json"], capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)[0]["percent"]
    except (ValueError, IndexError, KeyError):
        return None


def row(mezz, folder, title, codec, way):
    path = lambda other: f"{folder}/{title}-{codec}-{other}/report.json"
    report = json.load(open(path(way)))
    stage = {s["name"]: s["cpu_seconds"] for s in report["cost"]["stages"]}
    rungs = report["ladder"]["rungs"]
    misses = [g["quality"]["harmonic_mean"] - g["target_vmaf"] for g in rungs if g["target_vmaf"] is not None]
    against = lambda other: bd_rate(mezz, path(other), path(way)) if other != way and os.path.exists(path(other)) else None
    return {
        "fixed": against("fixed"), "title": against("per-title-standard") if way.startswith("per-shot") else None,
        "best": against("per-shot-exhaustive"), "cpu": stage.get("probe", 0), "trials": stage.get("probe", 0) / stage["encode"],
        "encodes": report["cost"]["trial_encodes"], "miss": max(misses, key=abs) if misses else None,
        "worst": max(g["quality"]["mean"] - min(s["vmaf"] for s in g["shots"]) for g in rungs)}


def text(value, form):
    return "–" if value is None else format(value, form)


def line(name, way, r):
    return (f"{name:16} {way:20} {text(r['fixed'], '+8.2f'):>8} {text(r['title'], '+8.2f'):>10} {text(r['best'], '+8.2f'):>9}"
            f" {text(r['trials'], '6.2f'):>7} {text(r['cpu'], '7.1f'):>7} {text(r['encodes'], '5'):>6}"
            f" {text(r['miss'], '+6.2f'):>6} {text(r['worst'], '5.1f'):>6}")


def main():
    mezz, folder = sys.argv[1:3]
    print(f"{'title':16} {'way':20} {'% fixed':>8} {'over title':>10} {'over best':>9} {'trials':>7} {'CPU s':>7} {'cells':>6}"
          f" {'miss':>6} {'worst':>6}")
    all_rows = {}
    for path in sorted(glob.glob(f"{folder}/*-fixed/report.json")):
        title, codec = os.path.basename(os.path.dirname(path))[: -len("-fixed")].rsplit("-", 1)
        for way in WAYS:
            if os.path.exists(f"{folder}/{title}-{codec}-{way}/report.json"):
                r = row(mezz, folder, title, codec, way)
                all_rows.setdefault((codec, way), []).append(r)
                print(line(f"{title.removesuffix('.mkv')} {codec}", way, r))
    for (codec, way), rows in all_rows.items():
        for name, pick in (("median", statistics.median), ("worst", lambda v: max(v, key=abs))):
            column = lambda key: [r[key] for r in rows if r[key] is not None]
            summary = {key: pick(column(key)) if column(key) else None for key in rows[0]}
            # Of savings the worst is the smallest one.
            for key in ("fixed", "title"):
                if name == "worst" and column(key):
                    summary[key] = max(column(key))
            if summary["encodes"] is not None:
                summary["encodes"] = int(summary["encodes"])
            print(line(f"{name} {codec}", way, summary))


main()
