#!/usr/bin/env bash
# Records the exhaustive grid of each title and codec: every shot at every size and CRF, final preset. The grids are what
# any change of the optimiser is replayed against (Tests/MezzLadderTests/Grids).
# usage: Benchmarks/ladder/record.sh FOLDER [TITLE…]     (CODECS="avc av1"; MEDIA=folder with clips/; WORK=folder kept)
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
export MEZZ_TOOLS=${MEZZ_TOOLS:-$root/.tools}
export FFMPEG=${FFMPEG:-$MEZZ_TOOLS/ffmpeg}
mezz=${MEZZ_BINARY:-$root/.build/release/mezz}
media=${MEDIA:-$root/../shared/media}
out=$1
shift
if [[ ! -d $media/clips ]]; then
    echo "grids: $media/clips is not there, so there is nothing to record"
    exit 0
fi
work=${WORK:-$(mktemp -d)}
[[ -n ${WORK:-} ]] || trap 'rm -rf "$work"' EXIT
mkdir -p "$out" "$work"
python3 "$root/Benchmarks/ladder/titles.py" "$media" "$work/titles" "$@"
for codec in ${CODECS:-avc av1}; do
    for source in "$work/titles/"*.mkv; do
        title=$(basename "$source" .mkv)
        [[ $# == 0 || " $* " == *" $title "* ]] || continue
        grid=$out/$title-$codec.json
        [[ ! -e $grid ]] || continue
        "$mezz" ladder "$source" --codec "$codec" --effort exhaustive --cache "$work/cache" --json >"$work/report.json"
        python3 "$root/Benchmarks/ladder/grid.py" "$work/report.json" "$grid"
        echo "grids: $grid"
    done
done
