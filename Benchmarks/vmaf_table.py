"""Makes raw pairs, times mezz and FFmpeg's libvmaf on them in turn and prints the table of Benchmarks/vmaf.sh."""

import os
import resource
import subprocess
import sys
import time

WORK, RUNS = sys.argv[1], int(sys.argv[2])
FFMPEG = os.path.join(os.environ["MEZZ_TOOLS"], "ffmpeg")
MEZZ = os.environ["MEZZ_BINARY"]
CORES = os.cpu_count() or 1


class Clip:
    """A generated reference and encodes of it, as raw files."""

    def __init__(self, width, height, depth, frames, encodes=1):
        self.width, self.height, self.depth, self.frames = width, height, depth, frames
        self.format = "yuv420p" if depth == 8 else f"yuv420p{depth}le"
        self.size = f"{width}x{height}"
        stem = f"{WORK}/{self.size}-{depth}"
        self.reference = stem + "-ref.yuv"
        source = f"mandelbrot=size={self.size}:rate=25,noise=alls=6:allf=t:all_seed=7,format={self.format}"
        run([FFMPEG, "-v", "error", "-y", "-f", "lavfi", "-i", source, "-frames:v", str(frames), self.reference])
        self.distorted = [self.encode(stem, number) for number in range(encodes)]

    def encode(self, stem, number):
        raw = ["-f", "rawvideo", "-pix_fmt", self.format, "-s", self.size]
        coded, out = f"{stem}-{number}.h264", f"{stem}-{number}.yuv"
        run([FFMPEG, "-v", "error", "-y", *raw, "-i", self.reference, "-c:v", "libx264", "-preset", "veryfast",
             "-crf", str(24 + 2 * number), "-f", "h264", coded])
        run([FFMPEG, "-v", "error", "-y", "-i", coded, "-frames:v", str(self.frames), "-f", "rawvideo", "-pix_fmt",
             self.format, out])
        os.remove(coded)
        return out

    def drop(self):
        for path in [self.reference, *self.distorted]:
            os.remove(path)


def run(arguments):
    subprocess.run(arguments, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def cost(arguments):
    """CPU seconds, wall seconds and the largest process's peak memory in MB: the best of RUNS."""
    best = None
    for _ in range(RUNS):
        begun = time.monotonic()
        child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        errors = child.stderr.read()
        _, status, usage = os.wait4(child.pid, 0)
        if status != 0:
            sys.exit("failed: " + " ".join(arguments) + "\n" + errors.decode(errors="replace")[-2000:])
        result = (usage.ru_utime + usage.ru_stime, time.monotonic() - begun, usage.ru_maxrss / 1024)
        best = result if best is None else tuple(min(pair) for pair in zip(best, result))
    return best


def mezz(clip, threads, encodes=1, models=("vmaf_v0.6.1",), features=()):
    arguments = [MEZZ, "vmaf", "-r", clip.reference]
    for path in clip.distorted[:encodes]:
        arguments += ["-d", path]
    arguments += ["--size", clip.size, "--pixel-format", clip.format, "--threads", str(threads), "--json"]
    for model in models:
        arguments += ["--model", model]
    for feature in features:
        arguments += ["--feature", feature]
    return cost(arguments)


def peer(clip, threads, models=("vmaf_v0.6.1",)):
    raw = ["-f", "rawvideo", "-pix_fmt", clip.format, "-s", clip.size]
    model = "|".join(f"version={name}" for name in models)
    graph = f"[0][1]libvmaf=model='{model}':n_threads={threads if threads > 1 else 0}:log_fmt=json:log_path={WORK}/peer.json"
    return cost([FFMPEG, "-v", "error", "-filter_threads", "1", "-filter_complex_threads", "1", *raw, "-i",
                 clip.distorted[0], *raw, "-i", clip.reference, "-lavfi", graph, "-f", "null", "-"])


def row(name, frames, ours, theirs, pairs=1):
    mine, other = frames * pairs / ours[0], frames / theirs[0]
    print(f"{name:44} {mine:8.1f} {other:8.1f} {mine / other:7.2f}x {frames * pairs / ours[1]:8.1f} "
          f"{frames / theirs[1]:8.1f} {ours[2]:7.0f} {theirs[2]:7.0f}", flush=True)


def main():
    print(f"{'pairs of frames per second':44} {'of CPU':>8} {'libvmaf':>8} {'ratio':>8} {'wall':>8} {'libvmaf':>8} "
          f"{'MB':>7} {'libvmaf':>7}")
    scaling = None
    for width, height, depth, frames in [(1920, 1080, 8, 96), (1920, 1080, 10, 64), (3840, 2160, 8, 24),
                                         (3840, 2160, 10, 24)]:
        clip = Clip(width, height, depth, frames, encodes=8 if (height, depth) == (1080, 8) else 1)
        label = f"{height}p {depth} bit"
        theirs = peer(clip, 1)
        one = mezz(clip, 1)
        row(f"{label}, vmaf_v0.6.1, 1 thread", frames, one, theirs)
        every = mezz(clip, CORES)
        row(f"{label}, vmaf_v0.6.1, {CORES} threads", frames, every, peer(clip, CORES))
        if len(clip.distorted) > 1:
            scaling = (one[1] / every[1], CORES)
            row(f"{label}, 8 encodes of one reference, 1 thread", frames, mezz(clip, 1, encodes=8), theirs, pairs=8)
            both = ("vmaf_v0.6.1", "vmaf_v0.6.1neg")
            pair, peers = mezz(clip, 1, models=both), peer(clip, 1, models=both)
            row(f"{label}, VMAF and NEG together, 1 thread", frames, pair, peers)
            print(f"{'':4}cost of both over one: {pair[0] / one[0]:.2f} here, {peers[0] / theirs[0]:.2f} libvmaf")
            one_model = ("vmaf_v1.0.16_3d0h",)
            row(f"{label}, {one_model[0]}, 1 thread", frames, mezz(clip, 1, models=one_model),
                peer(clip, 1, models=one_model))
        clip.drop()
    print(f"{scaling[1]} threads against 1, wall: {scaling[0]:.2f}x")


main()
