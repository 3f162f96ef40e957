"""Music made by rule: chords, a tune, a bass and drums in random keys, tempos and timbres."""
import numpy as np

RATE = 16_000
SCALES = [[0, 2, 4, 5, 7, 9, 11], [0, 2, 3, 5, 7, 8, 10], [0, 2, 3, 5, 7, 9, 10], [0, 2, 4, 7, 9], [0, 3, 5, 6, 7, 10]]
PROGRESSIONS = [[0, 3, 4, 0], [0, 5, 3, 4], [5, 3, 0, 4], [0, 4, 5, 3], [1, 4, 0, 0], [0, 0, 3, 4]]


def tone(rng, hertz, seconds, timbre):
    """One note: partials with a brightness of their own, an envelope, vibrato where the instrument has it."""
    n = max(64, int(seconds * RATE))
    t = np.arange(n) / RATE
    bend = timbre["vibrato"] * np.sin(2 * np.pi * timbre["rate"] * t) * np.minimum(1, t / 0.3)
    phase = 2 * np.pi * np.cumsum(hertz * (1 + bend)) / RATE
    out = np.zeros(n)
    for k in range(1, timbre["partials"] + 1):
        f = hertz * k * (1 + timbre["stretch"] * k * k)
        if f > 7500:
            break
        weight = k ** -timbre["tilt"] * (timbre["odd"] if k % 2 == 0 else 1)
        out += weight * np.sin(k * phase + rng.uniform(0, 6)) * np.exp(-t * timbre["decay"] * k ** 0.5)
    attack = np.minimum(1, t / timbre["attack"])
    release = np.minimum(1, (seconds - t).clip(0) / min(0.08, seconds / 3))
    return out * attack * release


def random_timbre(rng, plucked=None):
    plucked = rng.random() < 0.5 if plucked is None else plucked
    return {
        "partials": int(rng.integers(2, 18)), "tilt": rng.uniform(0.6, 2.2), "odd": rng.choice([1, 1, 0.2]),
        "decay": rng.uniform(2, 8) if plucked else rng.uniform(0, 0.6), "attack": 0.004 if plucked else rng.uniform(0.01, 0.15),
        "vibrato": 0 if plucked else rng.choice([0, 0.003, 0.008]), "rate": rng.uniform(4, 6.5),
        "stretch": rng.choice([0, 0, 0.0003]),
    }


def drum(rng, kind, n=4000):
    t = np.arange(n) / RATE
    if kind == "kick":
        return np.sin(2 * np.pi * np.cumsum(50 + 120 * np.exp(-t * 30)) / RATE) * np.exp(-t * 14)
    noise = rng.standard_normal(n)
    if kind == "snare":
        return (0.6 * noise + np.sin(2 * np.pi * 190 * t)) * np.exp(-t * 22)
    return np.diff(noise, prepend=0) * np.exp(-t * 60) * 0.5


def add(out, place, part, gain):
    end = min(len(out), place + len(part))
    if place < end:
        out[place:end] += gain * part[: end - place]


def compose(rng, seconds):
    """A piece of `seconds` as an array."""
    out = np.zeros(int(seconds * RATE))
    beat = 60 / rng.uniform(60, 160)
    scale, chords = SCALES[rng.integers(len(SCALES))], PROGRESSIONS[rng.integers(len(PROGRESSIONS))]
    root = rng.uniform(110, 220)
    has = {part: rng.random() < p for part, p in [("pad", 0.7), ("tune", 0.7), ("bass", 0.6), ("drums", 0.5), ("arpeggio", 0.4)]}
    if not any(has.values()):
        has["tune"] = True
    timbres = {part: random_timbre(rng, None if part in ("tune", "pad") else True) for part in has}

    def pitch(degree, octave=0):
        return root * 2 ** (octave + degree // len(scale) + scale[degree % len(scale)] / 12)

    bars = int(seconds / (4 * beat)) + 1
    degree = 7
    for bar in range(bars):
        start = int(bar * 4 * beat * RATE)
        chord = chords[bar % len(chords)]
        if has["pad"]:
            for step in (0, 2, 4):
                add(out, start, tone(rng, pitch(chord + step), 4 * beat, timbres["pad"]), 0.25)
        for number in range(8):
            place = start + int(number * beat / 2 * RATE)
            if has["bass"] and number % 2 == 0 and rng.random() < 0.8:
                add(out, place, tone(rng, pitch(chord, -1), beat, timbres["bass"]), 0.5)
            if has["arpeggio"]:
                add(out, place, tone(rng, pitch(chord + 2 * (number % 4), 1), beat / 2, timbres["arpeggio"]), 0.25)
            if has["tune"] and rng.random() < 0.6:
                degree = int(np.clip(degree + rng.integers(-2, 3), 2, 14))
                add(out, place, tone(rng, pitch(degree, 1), beat * rng.choice([0.5, 1, 2]), timbres["tune"]), 0.45)
            if has["drums"]:
                if number % 4 == 0:
                    add(out, place, drum(rng, "kick"), 0.8)
                if number % 4 == 2:
                    add(out, place, drum(rng, "snare"), 0.4)
                add(out, place, drum(rng, "hat", 1500), 0.25)
    return out / (np.abs(out).max() + 1e-9)


def noise(rng, seconds):
    """Something that is neither speech nor music: weather, machines, crowds of clicks, alarms, hits."""
    n = int(seconds * RATE)
    t = np.arange(n) / RATE
    kind = rng.integers(7)
    spectrum = np.fft.rfft(rng.standard_normal(n))
    f = np.fft.rfftfreq(n, 1 / RATE)
    slope = rng.uniform(0, 1.2)
    shaped = np.fft.irfft(spectrum / np.maximum(f, 40) ** slope, n)
    shaped /= np.abs(shaped).max() + 1e-9
    if kind == 0:
        return shaped
    if kind == 1:  # gusts
        slow = np.interp(t, np.arange(0, seconds + 2, 0.7), rng.uniform(0.05, 1, int(seconds / 0.7) + 4)[: len(np.arange(0, seconds + 2, 0.7))])
        return shaped * slow
    if kind == 2:  # an engine
        speed = np.interp(t, np.linspace(0, seconds, 6), rng.uniform(20, 140, 6))
        phase = 2 * np.pi * np.cumsum(speed) / RATE
        hum = sum(np.sin(k * phase + rng.uniform(0, 6)) / k ** rng.uniform(0.3, 1) for k in range(1, 20))
        return hum / np.abs(hum).max() + 0.3 * shaped
    if kind == 3:  # footsteps, blows, shots
        out = np.zeros(n)
        place = 0
        while place < n:
            length = int(rng.uniform(0.02, 0.5) * RATE)
            hit = rng.standard_normal(length) * np.exp(-np.arange(length) / RATE * rng.uniform(8, 80))
            add(out, place, np.convolve(hit, np.ones(int(rng.integers(1, 30))), "same"), rng.uniform(0.2, 1))
            place += int(rng.uniform(0.1, 1.2) * RATE)
        return out / (np.abs(out).max() + 1e-9) + 0.02 * shaped
    if kind == 4:  # alarms, beeps
        hertz = rng.uniform(300, 3000)
        gate = (np.sin(2 * np.pi * rng.uniform(0.3, 6) * t) > 0) if rng.random() < 0.7 else 1
        sweep = hertz * (1 + rng.choice([0, 0.3]) * np.sin(2 * np.pi * rng.uniform(0.2, 2) * t))
        return np.sin(2 * np.pi * np.cumsum(sweep) / RATE) * gate + 0.02 * shaped
    if kind == 5:  # rain, applause
        out = np.zeros(n)
        for place in rng.integers(0, n, int(seconds * rng.uniform(60, 800))):
            add(out, place, rng.standard_normal(120) * np.exp(-np.arange(120) / 25), rng.uniform(0.1, 1))
        return out / (np.abs(out).max() + 1e-9)
    return np.sin(2 * np.pi * rng.choice([50, 60, 1000, 440]) * t) + 0.05 * shaped
