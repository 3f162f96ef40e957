#!/usr/bin/env bash
# Encodes titles with each way of making the ladder and compares them at equal VMAF, with what each cost.
# usage: Benchmarks/ladder.sh [TITLE…]     titles of Benchmarks/ladder/titles.py, or files (default: all)
#   CODECS="avc av1"  WAYS="fixed per-title/quick per-title/standard per-shot/standard per-shot/exhaustive"
#   MEDIA=folder with clips/   WORK=folder that is kept: what is there is not encoded again
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export MEZZ_TOOLS=${MEZZ_TOOLS:-$root/.tools}
export FFMPEG=${FFMPEG:-$MEZZ_TOOLS/ffmpeg}
mezz=${MEZZ_BINARY:-$root/.build/release/mezz}
media=${MEDIA:-$root/../shared/media}
work=${WORK:-$(mktemp -d)}
[[ -n ${WORK:-} ]] || trap 'rm -rf "$work"' EXIT
titles=("$@")
((${#titles[@]})) || titles=(sintel bunny tears mixed720 mixed480 archive360 outdoor540)
ways=${WAYS:-fixed per-title/quick per-title/standard per-shot/standard}
for title in "${titles[@]}"; do
    source=$title
    if [[ ! -e $source ]]; then
        if [[ ! -d $media/clips ]]; then
            echo "ladder: $media/clips is not there, so $title cannot be made; skipped"
            continue
        fi
        python3 "$root/Benchmarks/ladder/titles.py" "$media" "$work/titles" "$title"
        source=$work/titles/$title.mkv
    fi
    name=$(basename "$source")
    for codec in ${CODECS:-avc av1}; do
        reports=()
        for way in $ways; do
            effort=${way#*/}
            [[ $effort != "$way" ]] || effort=standard
            out=$work/$name-$codec-${way/\//-}
            # A cache of its own: no way may live on another's trial encodes, and the cost is the whole cost.
            if [[ ! -e $out/report.json ]]; then
                started=$(date +%s%N)
                "$mezz" encode "$source" -o "$out" --ladder "${way%/*}" --effort "$effort" --codec "$codec" \
                    --cache "$out-trials" >"$out.log" 2>&1 || [[ $? == 1 ]] || { cat "$out.log" >&2; exit 1; }
                echo $((($(date +%s%N) - started) / 1000000)) >"$out.wall"
            fi
            reports+=("$way=$out/report.json")
        done
        echo "== $name $codec"
        python3 "$root/Benchmarks/ladder/table.py" "$mezz" "${reports[@]}"
    done
done
python3 "$root/Benchmarks/ladder/summary.py" "$mezz" "$work"
