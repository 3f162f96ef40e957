#!/usr/bin/env bash
# Moves a large object up and down beside `aws s3 cp`, by turns on the same moto server; memory is the whole
# test process's.
# usage: Benchmarks/s3.sh     MEZZ_S3_MEGABYTES=1024 MEZZ_S3_ROUNDS=3
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
for program in aws moto_server; do
    if ! command -v "$program" >/dev/null; then
        echo "s3: $program is not installed (pip install awscli 'moto[server]'); skipped"
        exit 0
    fi
done
MEZZ_BENCH=s3 "$root/scripts/run-tests" --filter MezzStorageS3Tests.PaceTests
