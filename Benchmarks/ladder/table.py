#!/usr/bin/env python3
"""Compares reports of one title: what each ladder saves, what its analysis cost, how well it predicted.

usage: table.py MEZZ WAY=REPORT...      the first is the anchor
Columns: BD-rate against the first way (up to VMAF 95); CPU seconds of trial encodes with their scoring, over those of the
final encode; trial encodes; wall time × cores over the children's CPU; the largest miss of a rung's promise; how far the
worst shot of a rung lies below the rung's mean.
"""
import json
import os
import subprocess
import sys


def bd_rate(mezz, anchor, test):
    done = subprocess.run([mezz, "bdrate", anchor, test, "--json"], capture_output=True, text=True, check=False)
    try:
        return json.loads(done.stdout)[0]
    except (ValueError, IndexError):
        return {"percent": None, "low_vmaf": None, "high_vmaf": None}


def main():
    mezz, ways = sys.argv[1], [argument.split("=", 1) for argument in sys.argv[2:]]
    print(f"   {'way':22} {'BD-rate':>9} {'trials s':>9} {'encode s':>9} {'ratio':>6} {'trials':>6} {'wall':>6}"
          f" {'promise':>8} {'worst shot':>10}")
    span = ""
    for way, path in ways:
        report = json.load(open(path))
        stage = {s["name"]: s["cpu_seconds"] for s in report["cost"]["stages"]}
        result = bd_rate(mezz, ways[0][1], path) if path != ways[0][1] else {"percent": 0.0, "low_vmaf": None}
        if result["low_vmaf"] is not None:
            span = f"   VMAF {result['low_vmaf']:.0f} to {result['high_vmaf']:.0f}"
        rungs = report["ladder"]["rungs"]
        misses = [g["quality"]["harmonic_mean"] - g["target_vmaf"] for g in rungs if g["target_vmaf"] is not None]
        worst = max(g["quality"]["mean"] - min(s["vmaf"] for s in g["shots"]) for g in rungs)
        wall = path.replace("/report.json", ".wall")
        busy = (int(open(wall).read()) / 1000 * os.cpu_count() / report["cost"]["cpu_seconds"]
                if os.path.exists(wall) else float("nan"))
        percent = "–" if result["percent"] is None else f"{result['percent']:+.2f}%"
        miss = f"{max(misses, key=abs):+.2f}" if misses else "–"
        print(f"   {way:22} {percent:>9} {stage.get('probe', 0):9.1f} {stage['encode']:9.1f}"
              f" {stage.get('probe', 0) / stage['encode']:6.2f} {report['cost']['trial_encodes']:6} {busy:6.2f}"
              f" {miss:>8} {worst:10.1f}")
        for g in rungs:
            print(f"      {g['id']:20} {g['average_bps'] // 1000:6} kbps  VMAF {g['quality']['mean']:.2f}"
                  f" (harmonic {g['quality']['harmonic_mean']:.2f}, promised {g['target_vmaf']})")
    print(span)


main()
