#!/usr/bin/env bash
# Makes the speech detector's training and test sets, trains it, prints how well it does on what it has not heard, and
# writes its numbers.
# usage: Benchmarks/speech.sh [OUTPUT.swift]      (CLIPS=420; KEEP=folder for recordings and sets)
# needs: espeak-ng, and apt-get to fetch recordings from Debian (they are unpacked, not installed).
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export MEZZ_TOOLS=${MEZZ_TOOLS:-$root/.tools}
mezz=${MEZZ_BINARY:-$root/.build/release/mezz}
export PATH=$MEZZ_TOOLS:$PATH
command -v espeak-ng >/dev/null || { echo "speech: espeak-ng is missing: apt-get install espeak-ng" >&2; exit 69; }
# Speech, then music, then both with effects.
packages=(
    asterisk-core-sounds-{en,es,fr,it,ru}-g722 fillets-ng-data-{nl,cs}
    wesnoth-1.16-music asterisk-moh-opsound-wav fillets-ng-data
    hedgewars-data lincity-ng-data ardentryst supertux-data extremetuxracer-data frozen-bubble-data freedroid-data
)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
keep=${KEEP:-$work}
mkdir -p "$keep/recordings"
for package in "${packages[@]}"; do
    [[ -d $keep/recordings/$package ]] && continue
    (cd "$work" && apt-get download -q "$package" >/dev/null)
    dpkg -x "$work/${package}"_*.deb "$work/unpacked"
    mv "$work/unpacked" "$keep/recordings/$package"
    rm "$work/${package}"_*.deb
done
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check numpy
python=$work/venv/bin/python
"$python" "$root/Benchmarks/speech/make.py" "$keep/set" "$keep/recordings" "${CLIPS:-420}"
for clip in "$keep/set"/*.wav; do
    [[ -s $clip.vec ]] || "$mezz" loudness --evidence "$clip" >"$clip.vec"
done
"$python" "$root/Benchmarks/speech/train.py" "$keep/set" "$@"
