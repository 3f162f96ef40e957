#!/usr/bin/env python3
"""Runs mezz, PySceneDetect (content and adaptive) and FFmpeg's scdet over a folder of clips; writes the first frames of
the shots each found and prints frames per CPU second.

usage: detect.py CLIPS TRUTH FOUND.json     (MEZZ_BINARY and FFMPEG name the programs)
"""

import csv
import io
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

FFMPEG = os.environ.get("FFMPEG", "ffmpeg")
MEZZ = os.environ.get("MEZZ_BINARY", "mezz")


def run(command):
    """Standard output, standard error and CPU seconds of a child and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return done.stdout.decode(errors="replace"), done.stderr.decode(errors="replace"), cpu


def mezz(clip):
    out, error, cpu = run([MEZZ, "shots", "--json", str(clip)])
    if not out:
        print(f"mezz: {clip.name}: {error.strip()[:200]}", file=sys.stderr)
        return [], cpu
    return [shot["first_frame"] for shot in json.loads(out)["shots"][1:]], cpu


def scenedetect(detector):
    def found(clip):
        with tempfile.TemporaryDirectory() as folder:
            _, _, cpu = run([
                sys.executable, "-m", "scenedetect", "-q", "-i", str(clip), "-o", folder, detector, "list-scenes", "-q",
                "-s",
            ])
            lists = list(Path(folder).glob("*.csv"))
            rows = list(csv.DictReader(io.StringIO(lists[0].read_text()))) if lists else []
        return [int(row["Start Frame"]) - 1 for row in rows[1:]], cpu
    return found


def scdet(threshold):
    def found(clip):
        # Numbers the frames by counting them, as the truth does.
        graph = f"settb=1/1000,setpts=N,scdet=t={threshold}:sc_pass=1"
        _, log, cpu = run([
            FFMPEG, "-nostdin", "-hide_banner", "-i", str(clip), "-map", "0:v:0", "-vf", graph, "-fps_mode",
            "passthrough", "-f", "null", "-",
        ])
        times = re.findall(r"lavfi\.scd\.time: *([0-9.]+)", log)
        return [round(float(time) * 1000) for time in times if float(time) > 0], cpu
    return found


def decode(clip):
    _, _, cpu = run([FFMPEG, "-nostdin", "-v", "error", "-i", str(clip), "-map", "0:v:0", "-f", "null", "-"])
    return [], cpu


DETECTORS = {
    "mezz": mezz, "scenedetect content": scenedetect("detect-content"),
    "scenedetect adaptive": scenedetect("detect-adaptive"), "scdet 10": scdet(10), "scdet 12": scdet(12),
    "decode alone": decode,
}


def main():
    clips, truth, out = (Path(argument) for argument in sys.argv[1:4])
    truths = [json.loads(path.read_text()) | {"name": path.stem} for path in sorted(truth.glob("*.json"))]
    found = {}
    for name, detector in DETECTORS.items():
        seconds, frames = 0.0, 0
        for clip in truths:
            shots, cpu = detector(clips / clip["file"])
            found.setdefault(name, {})[clip["name"]] = shots
            seconds += cpu
            frames += clip["frames"]
        print(f"{name}: {frames} frames, {seconds:.1f} CPU s, {frames / seconds:.0f} frames per CPU second")
    found.pop("decode alone")
    out.write_text(json.dumps(found))


if __name__ == "__main__":
    main()
