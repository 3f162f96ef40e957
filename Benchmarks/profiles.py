#!/usr/bin/env python3
"""Encodes every row of the profile catalogue at every size, looks the packages over with mezz qc and counts the frames of
every rung in FFmpeg's decoder (its own, dav1d for AV1) and in a second one (OpenH264, libde265's dec265, libaom). Prints a table in Markdown.

usage: Benchmarks/profiles.py [WORK]     MEZZ=.build/release/mezz  FRAMES=12  PROFILES="devices hevc-production"
                                         LADDER=category SIZE=3840x2160
"""
import json
import os
import shutil
import subprocess
import sys

root = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
mezz = os.environ.get("MEZZ", root + "/.build/release/mezz")
tools = os.environ.setdefault("MEZZ_TOOLS", root + "/.tools")
frames = int(os.environ.get("FRAMES", "12"))
size = os.environ.get("SIZE", "3840x2160")
ladder = os.environ.get("LADDER", "category")
work = sys.argv[1] if len(sys.argv) > 1 else "/tmp/mezz-profiles"
pq = "setparams=range=tv:color_primaries=bt2020:color_trc=smpte2084:colorspace=bt2020nc"
display = "G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,1)"
sources = {
    "8-bit SDR": ["-pix_fmt", "yuv420p", "-c:v", "ffv1"],
    "10-bit SDR": ["-pix_fmt", "yuv420p10le", "-c:v", "ffv1"],
    "HDR10": ["-vf", "format=yuv420p10le," + pq, "-c:v", "libx265", "-preset", "ultrafast", "-crf", "4", "-x265-params",
              "log-level=error:hdr10=1:max-cll=1000,400:master-display=" + display],
}


def run(command, **more):
    return subprocess.run(command, capture_output=True, text=True, **more)


def count(path, decoder=None):
    """Frames that FFmpeg decodes."""
    chosen = ["-c:v", decoder] if decoder else []
    found = run([tools + "/ffmpeg", "-v", "error"] + chosen + ["-i", path, "-map", "0:v:0", "-f", "framecrc", "-"])
    return str(sum(1 for line in found.stdout.splitlines() if line and line[0] != "#"))


def count_second(path, codec):
    """Name and frames of another decoder than the one that FFmpeg chooses (its own, or dav1d for AV1)."""
    if codec == "avc":
        return "openh264", count(path, "libopenh264")
    if codec == "hevc":
        raw = path + ".hevc"
        run([tools + "/ffmpeg", "-v", "error", "-y", "-i", path, "-c", "copy", raw])
        # Debian calls it by the second name.
        program = shutil.which("dec265") or shutil.which("libde265-dec265") or sys.exit("dec265 is not installed")
        found = run([program, "-q", "-t", "2", raw])
        os.remove(raw)
        marks = [line for line in (found.stdout + found.stderr).splitlines() if "nFrames decoded:" in line]
        return "libde265", marks[-1].split(":")[1].split()[0] if marks else "none"
    return "libaom", count(path, "libaom-av1")


def main():
    os.makedirs(work, exist_ok=True)
    print("| profile | source | rung | bitstream profile | level | bits | range | qc | first decoder | second decoder |")
    print("|---|---|---|---|---|---|---|---|---|---|")
    bad = 0
    for name, options in sources.items():
        source = "%s/%s.mkv" % (work, name.replace(" ", "-"))
        made = run([tools + "/ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", "testsrc2=s=%s:r=24" % size,
                    "-frames:v", str(frames)] + options + [source])
        if made.returncode:
            sys.exit(made.stderr)
        for profile in os.environ.get("PROFILES", "devices hevc-production").split():
            output = "%s/out" % work
            shutil.rmtree(output, ignore_errors=True)
            codecs = ["--codec", "hevc"] if profile.startswith("hevc") else \
                ["--codec", "avc", "--codec", "hevc", "--codec", "av1"]
            made = run([mezz, "encode", source, "-o", output, "--ladder", ladder, "--preset", "ultrafast",
                        "--profile", profile] + codecs +
                       # The fastest preset of x264 uses nothing that Main does not have.
                       (["--preset", "avc=veryfast"] if len(codecs) > 2 else []))
            if made.returncode not in (0, 1):
                sys.exit(made.stderr)
            report = json.load(open(output + "/report.json"))
            check = json.loads(run([mezz, "qc", output, "--json"]).stdout)
            ranges = {stream["name"]: stream["range"] for stream in check["streams"]}
            for rung in report["ladder"]["rungs"]:
                path = "%s/video/%s.mp4" % (output, rung["id"])
                errors = [finding["code"] for finding in check["findings"]
                          if finding["severity"] == "error" and finding["where"]["stream"] in (None, rung["id"])]
                decoder, second = count_second(path, rung["codec"])
                first = count(path)
                good = not errors and first == second == str(frames)
                bad += not good
                print("| %s | %s | %s | %s | %s | %d | %s | %s | %s | %s %s |" % (
                    profile, name, rung["id"], rung["profile"], rung["level"], rung["bit_depth"],
                    ranges.get(rung["id"], "?"), ", ".join(errors) or "clean", first, decoder, second), flush=True)
    print("\n%d rows with something to say" % bad)
    sys.exit(1 if bad else 0)


main()
