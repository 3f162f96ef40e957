#!/usr/bin/env python3
"""Turns what `mezz ladder --effort exhaustive --json` printed into a grid small enough to keep.

usage: grid.py REPORT GRID
"""
import json
import os
import sys


def main():
    report = json.load(open(sys.argv[1]))
    source = report["source"]
    shots = {shot["index"]: shot["end_frame"] - shot["first_frame"] for shot in report["shots"]}
    points = sorted(
        report["ladder"]["points"], key=lambda p: (p["shot"], -p["width"] * p["height"], p["crf"]))
    probe = sum(stage["cpu_seconds"] for stage in report["cost"]["stages"] if stage["name"] == "probe")
    origin = (
        f"{os.path.basename(source['path'])} of Benchmarks/ladder/titles.py, {source['width']}x{source['height']}, "
        f"{points[0]['codec']}, preset {points[0]['preset']}, {report['ladder']['metric']} at the source's size, one frame "
        f"in three; {probe:.0f} CPU s")
    rows = [
        [p["shot"], shots[p["shot"]], p["width"], p["height"], p["crf"], p["bps"], p["vmaf"]] for p in points]
    with open(sys.argv[2], "w") as out:
        out.write('{"origin": ' + json.dumps(origin) + ',\n"codec": ' + json.dumps(points[0]["codec"]))
        out.write(f',\n"cpu_seconds": {probe:.1f}')
        out.write(',\n"columns": ["shot", "frames", "width", "height", "crf", "bps", "vmaf"],\n"rows": [\n')
        out.write(",\n".join(json.dumps(row, separators=(",", ":")) for row in rows))
        out.write("\n]}\n")


main()
