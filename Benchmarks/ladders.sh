#!/usr/bin/env bash
# Encodes one clip with each way of making the ladder and compares them at equal VMAF, with what each cost and how
# much of the machine's time went into the children: wall × cores over child CPU, of which 1.00 is the ideal.
# usage: Benchmarks/ladders.sh [SOURCE [CODEC…]]   (default: the demonstration clip, avc)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export MEZZ_TOOLS=${MEZZ_TOOLS:-$root/.tools}
mezz=${MEZZ_BINARY:-$root/.build/release/mezz}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
source=${1:-}
codecs=("${@:2}")
((${#codecs[@]})) || codecs=(avc)
if [[ -z $source ]]; then
    "$mezz" demo -o "$work/demo" >/dev/null 2>&1
    source=$work/demo/demo.mkv
fi
flags=()
for codec in "${codecs[@]}"; do flags+=(--codec "$codec"); done
value() { python3 -c "import json,sys; r=json.load(open(sys.argv[1])); print(eval(sys.argv[2]))" "$@"; }
for ladder in fixed per-title per-shot; do
    started=$(date +%s%N)
    "$mezz" encode "$source" -o "$work/$ladder" --ladder "$ladder" "${flags[@]}" ${EFFORT:+--effort "$EFFORT"} >/dev/null 2>&1
    wall=$((($(date +%s%N) - started) / 1000000))
    report=$work/$ladder/report.json
    echo "== $ladder: wall $((wall / 1000)).$((wall % 1000 / 100)) s, child CPU $(value "$report" "r['cost']['cpu_seconds']") s," \
        "wall × cores / child CPU $(value "$report" "round($wall/1000*$(nproc)/r['cost']['cpu_seconds'],3)")," \
        "trial encodes $(value "$report" "r['cost']['trial_encodes']")"
    value "$report" "'   CPU s by stage: ' + ', '.join(f\"{s['name']} {s['cpu_seconds']}\" for s in r['ladder'] and r['cost']['stages'] if s['cpu_seconds'] >= 0.05)"
    value "$report" "'\n'.join(f\"   {g['id']:20} {g['average_bps']//1000:6} kbps  VMAF {g['quality']['mean']:.2f} (harmonic {g['quality']['harmonic_mean']:.2f}, promised {g['target_vmaf']})\" for g in r['ladder']['rungs'])"
done
echo "== bits at equal VMAF against the fixed ladder (BD-rate, up to 95)"
for ladder in per-title per-shot; do
    "$mezz" bdrate "$work/fixed/report.json" "$work/$ladder/report.json" | sed "s/^/   $ladder /"
done
"$mezz" bdrate "$work/per-title/report.json" "$work/per-shot/report.json" | sed "s/^/   per-shot over per-title /"
