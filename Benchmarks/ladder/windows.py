#!/usr/bin/env python3
"""Measures how much coarser an encode of a few frames comes out than the same frames inside a long encode.

usage: windows.py MEZZ TITLES [CODEC...]     TITLES: a folder with the films of titles.py; FFMPEG and FFPROBE from the environment
A stretch of a film is encoded whole at two CRFs and in windows that tile it. At the same CRF the windows have fewer bits
(their key frames counted as often as the whole has any) and a lower VMAF: each as if the CRF had been higher by some shift.
EncoderDriver.edgeLoss is the mean shift over (1/window - 1/whole), in CRF times frames.
"""
import json
import math
import os
import subprocess
import sys
import tempfile

FFMPEG = os.environ.get("FFMPEG", "ffmpeg")
FFPROBE = os.environ.get("FFPROBE", "ffprobe")
STRETCHES = [("outdoor540", 0, 96), ("outdoor540", 288, 96), ("archive360", 0, 96), ("bunny", 260, 144), ("tears", 0, 144)]
ENCODERS = {
    "avc": (["-c:v", "libx264", "-preset", "medium", "-x264-params", "keyint=999:scenecut=0"], (22, 27, 32)),
    "hevc": (["-c:v", "libx265", "-preset", "medium", "-x265-params", "log-level=none:keyint=999:scenecut=0"], (22, 27, 32)),
    "av1": (["-c:v", "libsvtav1", "-preset", "8", "-svtav1-params", "keyint=-1:scd=0"], (30, 38, 46)),
}
WINDOWS = (24, 48, 72)


def encode(mezz, title, first, count, options, crf, folder):
    """Bits as a stretch of `count` frames with one key frame has them, key frame's bits, mean VMAF."""
    reference, out = folder + "/reference.mkv", folder + "/encode.mp4"
    cut = f"trim=start_frame={first}:end_frame={first + count},setpts=PTS-STARTPTS"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "check": True}
    subprocess.run([FFMPEG, "-y", "-i", title, "-vf", cut, "-c:v", "utvideo", reference], **quiet)
    subprocess.run(
        [FFMPEG, "-y", "-i", reference, "-vf", "scale=-2:360:flags=lanczos", *options, "-crf", str(crf), out], **quiet)
    scores = json.loads(
        subprocess.run([mezz, "vmaf", "-r", reference, "-d", out, "--json"], capture_output=True, check=True).stdout)
    vmaf = scores["pooled_metrics"]["vmaf"]["mean"]
    packets = subprocess.run(
        [FFPROBE, "-v", "error", "-select_streams", "v", "-show_entries", "packet=size,flags", "-of", "csv=p=0", out],
        capture_output=True, text=True, check=True).stdout.split()
    sizes = [(int(p.split(",")[0]), "K" in p.split(",")[1]) for p in packets]
    keys = [s for s, k in sizes if k]
    others = [s for s, k in sizes if not k]
    return sum(keys) / len(keys), sum(others) / len(others), vmaf


def main():
    mezz, titles, codecs = sys.argv[1], sys.argv[2], sys.argv[3:] or list(ENCODERS)
    with tempfile.TemporaryDirectory() as folder:
        for codec in codecs:
            options, crfs = ENCODERS[codec]
            losses = {window: [] for window in WINDOWS}
            for name, first, count in STRETCHES:
                title = f"{titles}/{name}.mkv"
                whole = [encode(mezz, title, first, count, options, crf, folder) for crf in crfs]
                bits = [math.log(key + other * (count - 1)) for key, other, _ in whole]
                span = crfs[2] - crfs[0]
                rate, quality = (bits[2] - bits[0]) / span, (whole[2][2] - whole[0][2]) / span
                for window in WINDOWS:
                    if count % window:
                        continue
                    parts = [
                        encode(mezz, title, start, window, options, crfs[1], folder)
                        for start in range(first, first + count, window)]
                    key, other, vmaf = (sum(part[i] for part in parts) / len(parts) for i in range(3))
                    by_bits = (math.log(key + other * (count - 1)) - bits[1]) / rate
                    by_vmaf = (vmaf - whole[1][2]) / quality
                    losses[window].append((by_bits, by_vmaf, 1 / window - 1 / count))
            for window, found in losses.items():
                by_bits = sum(f[0] for f in found) / len(found)
                by_vmaf = sum(f[1] for f in found) / len(found)
                loss = sum((f[0] + f[1]) / 2 for f in found) / sum(f[2] for f in found)
                print(f"{codec} {window:3} frames: {by_bits:+.2f} CRF by bits, {by_vmaf:+.2f} by VMAF; edge loss {loss:.0f}",
                      flush=True)


main()
