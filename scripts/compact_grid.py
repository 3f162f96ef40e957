#!/usr/bin/env python3
"""Reduces a recorded grid of trial encodes to what the replay tests need.

usage: compact_grid.py GRID.json FRAMES_PER_SECOND ORIGIN > Tests/MezzLadderTests/Grids/NAME.json

GRID.json holds one cell per shot, resolution and CRF with "bytes", "frames" and "vmaf_mean". The output keeps one
row [shot, frames, width, height, crf, bits per second, VMAF] per cell and a line on its origin.
"""
import json
import sys


def main(path, fps, origin):
    grid = json.load(open(path))
    rows = []
    for cell in grid["cells"]:
        height = cell["res"]
        bps = round(cell["bytes"] * 8 * float(fps) / cell["frames"])
        rows.append([cell["shot"], cell["frames"], height * 16 // 9, height, cell["crf"], bps, cell["vmaf_mean"]])
    print('{"origin": %s,\n"columns": ["shot", "frames", "width", "height", "crf", "bps", "vmaf"],\n"rows": [' %
          json.dumps(origin))
    print(",\n".join(json.dumps(row, separators=(",", ":")) for row in rows))
    print("]}")


if __name__ == "__main__":
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    main(*sys.argv[1:])
