"""Makes the labelled set that the speech detector is trained on and measured with.

usage: make.py FOLDER RECORDINGS [CLIPS]

FOLDER gets NAME.wav (16 kHz, one channel) and NAME.txt: for every half second two numbers, speech and music, each 0, 1
or -1 (neither clearly). Names begin with `train-`, `made-` (voices, languages and pieces of the same makers, none of them
trained on) or `real-` (recordings of speakers and pieces that were not trained on).

RECORDINGS holds unpacked Debian packages (../speech.sh fetches them): prompts and actors as speech, game soundtracks and
music on hold as music. Synthetic speech comes from espeak-ng, other music and all noises from music.py.
"""
import multiprocessing
import subprocess
import sys
import wave
from pathlib import Path

import numpy as np

import music

RATE = music.RATE
STEP = RATE // 2
SECONDS = 16
FFMPEG = "ffmpeg"
KINDS_A_TASK = 8

TEXTS = {
    "en": "Nobody told me that the train would leave so early. We waited by the river until the lights went out. "
    "Are you sure about this? Yes, I think so. Then bring the other box, and be quick about it!",
    "de": "Niemand hat mir gesagt, dass der Zug so früh abfährt. Wir warteten am Fluss, bis die Lichter ausgingen. "
    "Bist du sicher? Ja, ich glaube schon. Dann bring die andere Kiste mit!",
    "fr": "Personne ne m'a dit que le train partirait si tôt. Nous avons attendu près de la rivière. "
    "Tu en es sûr ? Oui, je crois. Alors apporte l'autre boîte, et dépêche-toi !",
    "es": "Nadie me dijo que el tren saldría tan temprano. Esperamos junto al río hasta que se apagaron las luces. "
    "¿Estás seguro? Sí, creo que sí. Entonces trae la otra caja.",
    "it": "Nessuno mi ha detto che il treno sarebbe partito così presto. Abbiamo aspettato vicino al fiume. "
    "Sei sicuro? Sì, penso di sì. Allora porta l'altra scatola.",
    "pt": "Ninguém me disse que o comboio partiria tão cedo. Esperámos junto ao rio até as luzes se apagarem.",
    "nl": "Niemand vertelde me dat de trein zo vroeg zou vertrekken. We wachtten bij de rivier tot het donker werd.",
    "sv": "Ingen sa till mig att tåget skulle gå så tidigt. Vi väntade vid floden tills ljusen slocknade.",
    "pl": "Nikt mi nie powiedział, że pociąg odjedzie tak wcześnie. Czekaliśmy nad rzeką, aż zgasły światła.",
    "fi": "Kukaan ei kertonut minulle, että juna lähtisi niin aikaisin. Odotimme joen rannalla valojen sammumista.",
    "tr": "Kimse bana trenin bu kadar erken kalkacağını söylemedi. Işıklar sönene kadar nehrin kenarında bekledik.",
    "ru": "Никто не сказал мне, что поезд уйдёт так рано. Мы ждали у реки, пока не погасли огни.",
    "hi": "किसी ने मुझे नहीं बताया कि ट्रेन इतनी जल्दी चली जाएगी। हम नदी के किनारे इंतज़ार करते रहे।",
    "el": "Κανείς δεν μου είπε ότι το τρένο θα έφευγε τόσο νωρίς. Περιμέναμε δίπλα στο ποτάμι.",
}
VARIANTS = ["", "+m1", "+m3", "+m5", "+m7", "+f1", "+f2", "+f4", "+croak"]
HELD_LANGUAGES, HELD_VARIANTS = {"ru", "fi", "hi", "pt"}, {"+m5", "+f2"}


def decode(path, *options):
    """A file, or the part of it that the options name, as 16 kHz, one channel."""
    command = [FFMPEG, "-v", "error", "-nostdin", *options, "-i", str(path), "-ac", "1", "-ar", str(RATE), "-f", "f32le", "pipe:1"]
    return np.frombuffer(subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout, "<f4").astype(float)


def espeak(rng, held):
    languages = sorted(l for l in TEXTS if (l in HELD_LANGUAGES) == held)
    variants = sorted(v for v in VARIANTS if (v in HELD_VARIANTS) == held)
    language = languages[rng.integers(len(languages))]
    sentences = TEXTS[language].replace("!", ".").replace("?", ".").replace("।", ".").split(".")
    sentences = [s.strip() for s in sentences if s.strip()]
    text = sentences[rng.integers(len(sentences))]
    command = ["espeak-ng", "-v", language + variants[rng.integers(len(variants))], "-s", str(rng.integers(120, 230)),
               "-p", str(rng.integers(15, 85)), "--stdout", text]
    raw = subprocess.run(command, stdout=subprocess.PIPE, check=True).stdout
    sound = np.frombuffer(raw[44:], "<i2") / 32768
    times = np.arange(0, len(sound) - 1, 22050 / RATE)
    return np.interp(times, np.arange(len(sound)), sound)


class Library:
    """Recordings by what they hold, and the part of them that a set may use."""

    def __init__(self, folder):
        def find(*patterns):
            """A list of files for each pattern: makers count alike, however much they made."""
            found = [sorted(p for p in Path(folder).glob(pattern) if p.is_file()) for pattern in patterns]
            return [files for files in found if files]

        self.speech = {
            False: find("asterisk-core-sounds-en-g722/**/*.g722", "asterisk-core-sounds-fr-g722/**/*.g722",
                        "asterisk-core-sounds-es-g722/**/*.g722", "fillets-ng-data-nl/**/*.ogg",
                        *(f"hedgewars-data/**/voices/{name}/*.ogg" for name in (
                            "British", "Classic", "Default", "Default_es", "HillBilly", "Mobster", "Pirate", "Surfer"))),
            True: find("asterisk-core-sounds-ru-g722/**/*.g722", "asterisk-core-sounds-it-g722/**/*.g722",
                       "fillets-ng-data-cs/**/*.ogg", "hedgewars-data/**/voices/Default_[pru]*/*.ogg"),
        }
        self.music = {
            False: find("wesnoth-1.16-music/**/*.ogg", "lincity-ng-data/**/music/**/*.ogg", "ardentryst/**/Music/*.ogg",
                        "fillets-ng-data/**/music/*.ogg", "supertux-data/**/music/**/*.ogg",
                        "extremetuxracer-data/**/music/*.ogg"),
            True: find("asterisk-moh-opsound-wav/**/*.wav", "frozen-bubble-data/**/*zik*.ogg",
                       "hedgewars-data/**/Music/*.ogg"),
        }
        self.effects = {
            False: find("freedroid-data/**/sound/**/*.ogg", "lincity-ng-data/**/sounds/**/*.wav",
                        "ardentryst/**/Sounds/**/*.ogg", "supertux-data/**/sounds/**/*.wav"),
            True: find("hedgewars-data/**/Sounds/*.ogg", "frozen-bubble-data/**/snd/[!fin]*.ogg",
                       "extremetuxracer-data/**/sounds/*.wav"),
        }

    def pick(self, rng, kind, held):
        makers = getattr(self, kind)[held]
        files = makers[rng.integers(len(makers))]
        path = files[rng.integers(len(files))]
        if kind == "music":
            part = decode(path, "-ss", str(rng.integers(90)), "-t", str(SECONDS + 1))
            # The piece may be shorter than that.
            if len(part) > RATE:
                return part
        return decode(path)


def level(sound):
    return np.sqrt(np.mean(sound ** 2)) + 1e-9


def excerpt(rng, sound, seconds):
    n = int(seconds * RATE)
    if len(sound) < n:
        sound = np.tile(sound, n // max(1, len(sound)) + 1)
    start = rng.integers(len(sound) - n + 1)
    return sound[start : start + n].copy()


def talk(rng, library, held, source):
    """Utterances with pauses between them, and where someone speaks."""
    n = SECONDS * RATE
    out, active = np.zeros(n), np.zeros(n, bool)
    place = int(rng.uniform(0, 2) * RATE)
    while place < n:
        sound = espeak(rng, held) if source == "made" else library.pick(rng, "speech", held)
        if len(sound) < RATE // 4 or np.abs(sound).max() < 1e-3:
            continue
        sound = sound[: 8 * RATE] / level(sound) * 0.1 * 10 ** (rng.uniform(-3, 3) / 20)
        frames = np.abs(sound[: len(sound) // 160 * 160]).reshape(-1, 160).max(axis=1)
        speaking = np.zeros(len(sound), bool)
        on = np.flatnonzero(np.repeat(frames > 0.03 * frames.max(), 160))
        # Pauses of up to 0.4 s belong to an utterance.
        for run in np.split(on, np.flatnonzero(np.diff(on) > 0.4 * RATE) + 1):
            if len(run):
                speaking[run[0] : run[-1] + 1] = True
        end = min(n, place + len(sound))
        out[place:end] += sound[: end - place]
        active[place:end] |= speaking[: end - place]
        place = end + int(rng.choice([0.15, 0.4, 0.8, 2.5], p=[0.4, 0.3, 0.2, 0.1]) * RATE)
    return out, active


def tune(rng, library, held, source):
    sound = music.compose(rng, SECONDS) if source == "made" else excerpt(rng, library.pick(rng, "music", held), SECONDS)
    return sound / level(sound) * 0.1


def effects(rng, library, held, source):
    if source == "made":
        sound = music.noise(rng, SECONDS)
    else:
        sound = np.zeros(SECONDS * RATE)
        place = 0
        while place < len(sound):
            part = library.pick(rng, "effects", held)[: 4 * RATE]
            if len(part) and np.abs(part).max() > 1e-3:
                music.add(sound, place, part / np.abs(part).max(), rng.uniform(0.2, 1))
            place += int(rng.uniform(0.1, 2) * RATE)
        sound += 0.02 * music.noise(rng, SECONDS)
    return sound / level(sound) * 0.1


def weather(rng, sound):
    """What microphones, rooms and codecs do to any sound alike."""
    if rng.random() < 0.35:
        length = int(rng.uniform(0.1, 1.2) * RATE)
        tail = rng.standard_normal(length) * np.exp(-np.arange(length) / length * 6.9)
        tail[0] = rng.uniform(2, 20)
        size = len(sound) + length
        sound = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(tail / np.sqrt(np.sum(tail ** 2)), size), size)[: len(sound)]
    f = np.fft.rfftfreq(len(sound), 1 / RATE)
    tilt = np.interp(np.log2(np.maximum(f, 30)), np.log2([30, 120, 500, 2000, 8000]), rng.uniform(-6, 6, 5))
    edge = rng.choice([3400, 5000, 7000, 9000], p=[0.1, 0.15, 0.25, 0.5])
    low = rng.choice([0, 80, 200], p=[0.5, 0.35, 0.15])
    curve = 10 ** (tilt / 20) / (1 + (f / edge) ** 12) * (f >= low)
    sound = np.fft.irfft(np.fft.rfft(sound) * curve, len(sound))
    if rng.random() < 0.3:  # a slow compressor
        frames = np.sqrt(np.convolve(sound ** 2, np.ones(1600) / 1600, "same")) + 1e-3
        sound = sound / frames ** rng.uniform(0.2, 0.6)
    return sound / (np.abs(sound).max() + 1e-9) * 10 ** (rng.uniform(-30, -0.5) / 20)


def clip(rng, library, held, source, kind):
    """Sound, and a label for speech and for music each half second."""
    steps = SECONDS * 2
    speech, melody = np.zeros(steps), np.zeros(steps)
    n = SECONDS * RATE
    sound = np.zeros(n)
    if "speech" in kind:
        sound, active = talk(rng, library, held, source)
        part = active.reshape(steps, STEP).mean(axis=1)
        speech = np.where(part > 0.6, 1, np.where(part < 0.2, 0, -1))
        if kind == "speech" and rng.random() < 0.8:
            sound = sound + 0.1 * 10 ** (-rng.uniform(25, 60) / 20) * music.noise(rng, SECONDS)
    if "music" in kind:
        gain = 1.0
        if "speech" in kind:
            gain = 10 ** (-float(kind.split("@")[1]) / 20)
        # Half of the pieces begin or end within the clip.
        part = tune(rng, library, held, source)
        present = np.ones(n)
        if rng.random() < 0.3:
            cut = int(rng.uniform(0.2, 0.8) * n)
            present[:cut] = 0 if rng.random() < 0.5 else 1
            present[cut:] = 1 - present[0]
            part = part * np.convolve(present, np.ones(800) / 800, "same")
        heard = np.sqrt(np.mean((gain * part).reshape(steps, STEP) ** 2, axis=1))
        whole = np.sqrt(np.mean((sound + gain * part).reshape(steps, STEP) ** 2, axis=1)) + 1e-9
        melody = np.where(heard > 0.25 * whole, 1, np.where(heard < 0.03 * whole, 0, -1))
        melody = np.where(heard < 1e-3, 0, melody)
        sound = sound + gain * part
    if "noise" in kind:
        gain = 10 ** (-float(kind.split("@")[1]) / 20) if "@" in kind else 1
        sound = sound + gain * effects(rng, library, held, source)
    return weather(rng, sound), speech.astype(int), melody.astype(int)


KINDS = ["speech"] * 5 + ["speech+music@15", "speech+music@10", "speech+music@10", "speech+music@5", "speech+music@5",
         "speech+music@0", "speech+noise@15", "speech+noise@5"] + ["music"] * 7 + ["noise"] * 4


def write(folder, name, sound, speech, melody):
    with wave.open(str(folder / (name + ".wav")), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    (folder / (name + ".txt")).write_text("".join(f"{a} {b}\n" for a, b in zip(speech, melody)))


def main():
    folder, library = Path(sys.argv[1]), Library(sys.argv[2])
    count = int(sys.argv[3]) if len(sys.argv) > 3 else 900
    folder.mkdir(parents=True, exist_ok=True)
    for kind in ("speech", "music", "effects"):
        print(kind, {("held" if h else "train"): [len(f) for f in found] for h, found in getattr(library, kind).items()}, flush=True)
    for label, held, clips in [("train", False, count), ("made", True, count // 5), ("real", True, count // 5)]:
        with multiprocessing.Pool() as pool:
            pool.map(Clip(folder, library, held, label), range(clips), chunksize=KINDS_A_TASK)
        print(label, clips, flush=True)


class Clip:
    """Makes one clip, whatever process it runs in: its number alone decides what it is."""

    def __init__(self, folder, library, held, label):
        self.folder, self.library, self.held, self.label = folder, library, held, label

    def __call__(self, number):
        rng = np.random.default_rng([["train", "made", "real"].index(self.label), number])
        kind = KINDS[number % len(KINDS)]
        # Recordings teach more than rules do: two of three clips of the training set are made of them.
        source = self.label if self.label != "train" else "real" if number % 3 else "made"
        name = f"{self.label}-{number:04d}-{kind}"
        if not (self.folder / (name + ".txt")).exists():
            write(self.folder, name, *clip(rng, self.library, self.held, source, kind))


main()
