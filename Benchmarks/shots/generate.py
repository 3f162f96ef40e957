#!/usr/bin/env python3
"""Makes the generated set of the shot benchmark: real clips joined by known transitions, with disturbances that are
none. Every choice comes from a fixed seed. Titles whose names begin with "a-" use the clips of one half, "b-" those of
the other, so that what is tuned on one half can be reported on clips it has not seen.

usage: generate.py MEDIA FOLDER [a|b [fit]]   (MEDIA holds clips/ and truth/; FFMPEG names the encoder)
       fit: other titles of that half, more of them, for fit.py
"""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

import numpy as np

WIDTH, HEIGHT, RATE = 320, 180, 24
# A wider picture to pan, shake and zoom in.
WIDE, TALL = 480, 270
FFMPEG = os.environ.get("FFMPEG", "ffmpeg")
# Titles to measure on. Those to fit to are others; from HASTY on shots are played up to three times as fast.
JOINED, PLAIN = range(9), range(7)
JOINED_TO_FIT, PLAIN_TO_FIT = range(20, 70), range(20, 48)
HASTY = 40
UNSUITED = ("svt_testcard", "screen_", "gnome", "wave_croatia")


def single_shots(media, half):
    """(clip, first, end) of stretches without any transition, by truth."""
    shots = []
    for number, path in enumerate(sorted((media / "truth").glob("*.json"))):
        truth = json.loads(path.read_text())
        if ("a", "b")[number % 2] != half or truth["file"].startswith(UNSUITED):
            continue
        edges = [0]
        for item in truth["transitions"]:
            edges += [item["first_frame"], item.get("end_frame", item["first_frame"] - 1) + 1]
        edges.append(truth["frames"])
        for first, end in zip(edges[::2], edges[1::2]):
            if end - first >= 34:
                shots.append((truth["file"], first + 2, end - 2))
    return shots


def reduced(media, folder, clip):
    """The clip at WIDE × TALL, nearly lossless and quick to decode; made once."""
    path = folder / "reduced" / f"{clip}.mkv"
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        graph = f"scale={WIDE}:{TALL}:flags=area,settb=1/{RATE},setpts=N,format=yuv420p"
        subprocess.run(
            [FFMPEG, "-v", "error", "-nostdin", "-y", "-i", str(media / "clips" / clip), "-map", "0:v:0", "-vf", graph,
             "-fps_mode", "passthrough", "-c:v", "libx264", "-preset", "ultrafast", "-qp", "8", "-g", "12", str(path)],
            stderr=subprocess.DEVNULL, check=True)
    return path


def decode(path, first, count):
    """`count` frames as float arrays (y, u, v), WIDE × TALL."""
    command = [
        FFMPEG, "-v", "error", "-nostdin", "-i", str(path), "-vf",
        f"trim=start_frame={first}:end_frame={first + count},format=yuv444p", "-frames:v", str(count), "-fps_mode",
        "passthrough", "-f", "rawvideo", "-",
    ]
    raw = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    return np.frombuffer(raw, np.uint8).reshape(-1, 3, TALL, WIDE).astype(np.float32)


def window(frame, x, y, scale=1.0):
    """The part of a wide frame at (x, y), nearest sample."""
    rows = np.clip((y + np.arange(HEIGHT) * scale).round().astype(int), 0, TALL - 1)
    columns = np.clip((x + np.arange(WIDTH) * scale).round().astype(int), 0, WIDE - 1)
    return frame[:, rows[:, None], columns[None, :]]


def framed(frames, move, dice):
    """The frames cut to size under a camera move."""
    result = []
    at_x, at_y = (WIDE - WIDTH) / 2, (TALL - HEIGHT) / 2
    speed = dice.choice([-1, 1]) * dice.uniform(2, 16)
    phase = dice.uniform(0, 100)
    for number, frame in enumerate(frames):
        x, y, scale = at_x, at_y, 1.0
        if move == "pan":
            travel = (number * speed + phase) % (2 * (WIDE - WIDTH))
            x = min(travel, 2 * (WIDE - WIDTH) - travel)
        elif move == "shake":
            x, y = at_x + dice.gauss(0, 8), at_y + dice.gauss(0, 6)
        elif move == "zoom":
            scale = 1.5 - 0.5 * number / len(frames)
            x, y = (WIDE - WIDTH * scale) / 2, (TALL - HEIGHT * scale) / 2
        elif move == "whole":
            x, y, scale = 0, 0, 1.5
        result.append(window(frame, x, y, scale))
    return result


def disturbed(frames, kind, dice):
    """Something sudden that is no change of shot, in place."""
    count = len(frames)
    grid_y, grid_x = np.mgrid[0:HEIGHT, 0:WIDTH]
    if kind == "flash":
        for _ in range(2):
            at = dice.randrange(4, count - 6)
            length, level = dice.randint(1, 4), dice.uniform(0.5, 1)
            for frame in frames[at:at + length]:
                frame[0] += (235 - frame[0]) * level
    elif kind == "strobe":
        at, period = dice.randrange(3, count // 2), dice.choice([2, 3, 4, 6])
        dark = dice.random() < 0.5
        for number, frame in enumerate(frames[at:at + 24]):
            if number % period < period / 2:
                frame[0] = 16 + (frame[0] - 16) * 0.15 if dark else frame[0] + (235 - frame[0]) * 0.8
    elif kind == "explosion":
        at, x, y = dice.randrange(4, count // 2), dice.uniform(60, 260), dice.uniform(40, 140)
        noise = np.random.default_rng(dice.randrange(1 << 30)).normal(0, 1, (HEIGHT // 12 + 1, WIDTH // 12 + 1))
        noise = np.kron(noise, np.ones((12, 12)))[:HEIGHT, :WIDTH] * 25
        for number, frame in enumerate(frames[at:at + 22]):
            radius = 20 + 220 * (number / 12) ** 0.5
            fade = 1 if number < 8 else max(0, 1 - (number - 8) / 14)
            reach = np.clip(1.5 - np.hypot(grid_x - x, grid_y - y) / radius, 0, 1) * fade
            fire = np.clip(215 + np.roll(noise, number * 5, 0), 16, 235)
            frame[0] += (fire - frame[0]) * reach
            frame[1] += (80 - frame[1]) * reach
            frame[2] += (165 - frame[2]) * reach
    elif kind == "grain":
        grain = np.random.default_rng(dice.randrange(1 << 30))
        for frame in frames:
            frame[0] += grain.normal(0, 14, frame[0].shape)
    elif kind == "light":
        at = dice.randrange(4, count - 4)
        for frame in frames[at:]:
            frame[0] = 16 + (frame[0] - 16) * 0.45
    elif kind == "passing":
        at, speed = dice.randrange(3, count // 2), dice.uniform(20, 45)
        for number, frame in enumerate(frames[at:at + 40]):
            left = int(number * speed - 200)
            frame[0][20:, max(0, left):max(0, left + 190)] = 45
    return frames


def letterboxed(frames):
    for frame in frames:
        frame[0][:24], frame[0][-24:] = 16, 16
        frame[1:, :24], frame[1:, -24:] = 128, 128
    return frames


def dissolve(a, b, count):
    steps = (np.arange(count) + 1) / (count + 1)
    return [x * (1 - s) + y * s for x, y, s in zip(a[-count:], b[:count], steps)]


def wipe(a, b, count, kind):
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    place = {
        "left": 1 - x / WIDTH, "right": x / WIDTH, "up": 1 - y / HEIGHT, "down": y / HEIGHT,
        "diagonal": (x / WIDTH + y / HEIGHT) / 2, "circle": np.hypot(x - WIDTH / 2, y - HEIGHT / 2) / 184,
    }[kind]
    steps = (np.arange(count) + 1) / (count + 1)
    return [np.where(place < s, q, p) for p, q, s in zip(a[-count:], b[:count], steps)]


def flat(level, count):
    frame = np.full((3, HEIGHT, WIDTH), 128, np.float32)
    frame[0] = level
    return [frame.copy() for _ in range(count)]


class Title:
    def __init__(self):
        self.frames, self.transitions, self.disturbances = [], [], []
        # Where the last transition ended.
        self.clean = 0

    def join(self, kind, following, dice):
        """Appends a shot behind a transition of the kind."""
        if kind == "cut":
            self.transitions.append({"type": "cut", "first_frame": len(self.frames), "sure": True})
            self.clean = len(self.frames)
            self.frames += following
            return
        if kind in ("dissolve", "wipe"):
            longest = min(50, len(self.frames) - self.clean - 10, len(following) - 20)
            count = dice.randint(5, max(6, longest))
            tail, self.frames = self.frames[-count:], self.frames[:-count]
            shape = dice.choice(["left", "right", "up", "down", "diagonal", "circle"])
            mixed = dissolve(tail, following, count) if kind == "dissolve" else wipe(tail, following, count, shape)
            first = len(self.frames)
            self.transitions.append(
                {"type": kind, "first_frame": first, "end_frame": first + count - 1, "sure": True})
            self.clean = first + count
            self.frames += mixed + following[count:]
            return
        level = 16 if kind == "fade-black" else 235
        color = kind[5:]
        out, hold, into = dice.randint(4, 24), dice.randint(1, 14), dice.randint(4, 24)
        out, into = min(out, len(self.frames) - self.clean - 4), min(into, len(following) - 20)
        group = f"g{len(self.transitions)}"
        ground = flat(level, 1)[0]
        for number in range(out):
            at = len(self.frames) - out + number
            self.frames[at] = self.frames[at] + (ground - self.frames[at]) * ((number + 1) / (out + 1))
        end = len(self.frames)
        for number in range(into):
            following[number] = ground + (following[number] - ground) * ((number + 1) / (into + 1))
        self.clean = end + hold + into
        self.frames += flat(level, hold) + following
        both = {"type": "fade", "color": color, "group": group, "sure": True}
        self.transitions.append(both | {"kind": "out", "first_frame": end - out, "end_frame": end - 1})
        self.transitions.append(both | {"kind": "in", "first_frame": end + hold, "end_frame": end + hold + into - 1})

    def write(self, folder, name, crf):
        path = folder / f"{name}.mp4"
        command = [
            FFMPEG, "-v", "error", "-nostdin", "-y", "-f", "rawvideo", "-pix_fmt", "yuv444p", "-s", f"{WIDTH}x{HEIGHT}",
            "-r", str(RATE), "-i", "-", "-vf", "format=yuv420p", "-c:v", "libx264", "-preset", "veryfast", "-crf",
            str(crf), str(path),
        ]
        raw = b"".join(np.clip(frame.round(), 0, 255).astype(np.uint8).tobytes() for frame in self.frames)
        subprocess.run(command, input=raw, check=True)
        truth = {
            "file": path.name, "frames": len(self.frames), "fps": f"{RATE}/1", "disturbances": self.disturbances,
            "transitions": self.transitions,
        }
        (folder / f"{name}.json").write_text(json.dumps(truth, indent=1))


def make(media, folder, half, number, shots, plain):
    """One title: of many shots, or (`plain`) of one shot full of disturbances."""
    dice = random.Random(f"{half}{number}{plain}")
    title = Title()
    boxed = number % 4 == 3
    previous = None
    disturbances = ["flash", "strobe", "explosion", "grain", "light", "passing"]
    for position in range(1 if plain else 14):
        shot = dice.choice([item for item in shots if item != previous])
        previous = shot
        clip, first, end = shot
        speed = dice.choice([1, 2, 3]) if number >= HASTY and end - first >= 150 else 1
        count = min((end - first) // speed, 160 if plain else dice.randint(34, 100))
        start = dice.randint(first, end - count * speed)
        move = dice.choices(["none", "whole", "zoom", "pan", "shake"], [8, 6, 2, 2, 1])[0]
        kind = dice.choice(disturbances + ["none"] * (0 if plain else 10))
        if plain:
            move = ["pan", "shake", "zoom", "none"][number % 4]
            kind = (disturbances + ["none"])[number % 7]
        frames = framed(decode(reduced(media, folder, clip), start, count * speed)[::speed], move, dice)
        frames = disturbed(frames, kind, dice) if len(frames) > 20 else frames
        frames = letterboxed(frames) if boxed else frames
        title.disturbances.append({"first_frame": len(title.frames), "clip": clip, "move": move, "kind": kind})
        if position == 0:
            title.frames += frames
            continue
        transition = dice.choices(
            ["cut", "dissolve", "wipe", "fade-black", "fade-white"], [50, 22, 14, 9, 5])[0]
        title.join(transition, frames, dice)
    title.write(folder, f"{half}-{'plain' if plain else 'joined'}-{number:02}", dice.choice([18, 23, 30]))


def main():
    media, folder = Path(sys.argv[1]), Path(sys.argv[2])
    folder.mkdir(parents=True, exist_ok=True)
    to_fit = sys.argv[4:] == ["fit"]
    for half in sys.argv[3] if len(sys.argv) > 3 else "ab":
        shots = single_shots(media, half)
        for number in JOINED_TO_FIT if to_fit else JOINED:
            make(media, folder, half, number, shots, plain=False)
        for number in PLAIN_TO_FIT if to_fit else PLAIN:
            make(media, folder, half, number, shots, plain=True)


if __name__ == "__main__":
    main()
