#!/usr/bin/env bash
# Finds the shots of the labelled clips (../shared/media/truth, when present) and of a generated set with mezz,
# PySceneDetect and FFmpeg's scdet, and prints precision, recall, F1, false alarms and frames per CPU second.
# usage: Benchmarks/shots.sh        (MEDIA=folder with clips/ and truth/; KEEP=folder for the generated set)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export MEZZ_TOOLS=${MEZZ_TOOLS:-$root/.tools}
export MEZZ_BINARY=${MEZZ_BINARY:-$root/.build/release/mezz}
export FFMPEG=${FFMPEG:-$MEZZ_TOOLS/ffmpeg}
media=${MEDIA:-$root/../shared/media}
if [[ ! -d $media/truth ]]; then
    echo "shots: $media/truth is not there, so there are no clips to measure on; nothing done"
    exit 0
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check scenedetect opencv-python-headless numpy
python=$work/venv/bin/python
set_b=${KEEP:-$work/generated}
if [[ ! -e $set_b/complete ]]; then
    "$python" "$root/Benchmarks/shots/generate.py" "$media" "$set_b" a &
    "$python" "$root/Benchmarks/shots/generate.py" "$media" "$set_b" b
    wait $!
    touch "$set_b/complete"
fi
for set in "labelled clips|$media/clips|$media/truth" "generated clips|$set_b|$set_b"; do
    IFS='|' read -r name clips truth <<<"$set"
    echo "== $name"
    "$python" "$root/Benchmarks/shots/detect.py" "$clips" "$truth" "$work/found.json"
    "$python" "$root/Benchmarks/shots/score.py" "$truth" "$work/found.json"
done
