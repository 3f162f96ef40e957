#!/usr/bin/env bash
# Packages two hours of three rungs, nineteen sound tracks and eight texts; tells what mezz takes beside Shaka Packager,
# and its memory.
# usage: Benchmarks/package.sh     MEZZ_PACKAGE_MINUTES=120
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
MEZZ_BENCH=package "$root/scripts/run-tests" --filter PackagingPaceTests
