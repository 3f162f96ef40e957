#!/usr/bin/env bash
# One title on one worker and on two, each pinned to a processor of its own, on SQLite and a folder: wall time from the
# first worker's start to the job's end. Beside it what the machine itself gains from its second processor, with the
# same encoder: two hardware threads of one core are not two cores.
#   Benchmarks/fleet.sh [SOURCE [options of mezz submit]]     (default: a made title of 32 s in 640x360)
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf -- "$work"' EXIT
export MEZZ_TOOLS=${MEZZ_TOOLS:-$root/.tools}
source=${1:-$work/title.mkv}
[[ $# == 0 ]] || shift
[[ $# -gt 0 ]] || set -- --codec avc --effort quick

# Eight shots of four seconds, each with another movement.
make_title() {
    local -a inputs=()
    local graph="" shot
    for shot in 0 1 2 3 4 5 6 7; do
        inputs+=(-f lavfi -t 4 -i "mandelbrot=s=640x360:r=24:start_scale=$((shot + 1)).0:start_x=-0.$((shot + 1))")
        graph+="[$shot:v]setpts=PTS-STARTPTS,hue=h=$((shot * 45)),noise=alls=6:allf=t:all_seed=$shot,format=yuv420p[v$shot];"
    done
    graph+="[v0][v1][v2][v3][v4][v5][v6][v7]concat=n=8[v]"
    "$MEZZ_TOOLS/ffmpeg" -v error -nostdin "${inputs[@]}" -filter_complex "$graph" -map "[v]" -c:v utvideo "$source" </dev/null
}
[[ -e $source ]] || make_title
mezz=$root/.build/release/mezz

# seconds WORKERS...: the job on workers pinned to these processors, in a fleet of its own.
seconds() {
    local folder=$work/fleet-$# cpu job begin
    local -a workers=()
    mkdir -p "$folder"
    export MEZZ_DATABASE=sqlite:$folder/fleet.db MEZZ_STORE=$folder/store
    job=$("$mezz" submit "$source" "${options[@]}" 2>"$folder/submit.log")
    begin=$EPOCHREALTIME
    for cpu; do
        taskset -c "$cpu" "$mezz" worker --slots 1 --no-speculation --work "$folder/work" >"$folder/worker-$cpu.log" 2>&1 &
        workers+=($!)
    done
    "$mezz" wait "$job" --json >"$folder/report.json" 2>"$folder/wait.log"
    awk -v a="$begin" -v b="$EPOCHREALTIME" 'BEGIN { printf "%.1f\n", b - a }'
    kill -TERM "${workers[@]}"
    wait "${workers[@]}"
}

# encode PROCESSOR: the same work each time, on one processor.
encode() {
    taskset -c "$1" "$MEZZ_TOOLS/ffmpeg" -v error -nostdin -i "$source" -t 10 -map 0:v:0 -c:v libx264 -threads 1 \
        -preset medium -f null - </dev/null
}

options=("$@")
begin=$EPOCHREALTIME
encode 0
middle=$EPOCHREALTIME
encode 0 &
encode 1
wait
machine=$(awk -v a="$begin" -v b="$middle" -v c="$EPOCHREALTIME" 'BEGIN { printf "%.2f\n", 2 * (b - a) / (c - b) }')
one=$(seconds 0)
two=$(seconds 0 1)
awk -v one="$one" -v two="$two" -v machine="$machine" 'BEGIN {
    printf "one worker %.1f s, two workers %.1f s: %.2f times as fast; the machine gains %.2f: %.0f%% of it\n",
        one, two, one / two, machine, 100 * one / two / machine }'
