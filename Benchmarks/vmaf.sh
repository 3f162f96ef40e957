#!/usr/bin/env bash
# Native VMAF beside the libvmaf inside the bundled FFmpeg, in one run: raw files in the page cache, frames per CPU
# second and peak memory, one thread and all cores, 8 and 10 bit, 1080p and 2160p; eight encodes of one reference;
# two models in one pass.
# usage: Benchmarks/vmaf.sh [RUNS]      (default 3; the best of RUNS counts: the machine's noise only ever adds)
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
export MEZZ_TOOLS=${MEZZ_TOOLS:-$root/.tools}
export MEZZ_BINARY=${MEZZ_BINARY:-$root/.build/release/mezz}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
exec python3 "$root/Benchmarks/vmaf_table.py" "$work" "${1:-3}"
