#!/usr/bin/env bash
# Coverage-guided fuzzing of the readers (libFuzzer and the address sanitizer of the Swift toolchain).
# usage: Fuzz/run.sh [TARGET…]      MEZZ_FUZZ_SECONDS=60 for each; MEZZ_FUZZ_KEEP=1 takes new seeds into Fuzz/corpus
# A crash ends with code 1; its input is kept in .build/fuzz/crashes.
set -euo pipefail
cd "$(dirname "$0")/.."

seconds=${MEZZ_FUZZ_SECONDS:-60}
work=.build/fuzz
# Bytes of an input, and bytes of all that are kept of a target.
longest=16384
corpus_bytes=48000

flags=(
    -O -swift-version 6 -parse-as-library -package-name mezz '-sanitize=fuzzer,address' -I "$work" -I Sources/CCrypto
    -enable-upcoming-feature ExistentialAny -enable-upcoming-feature InternalImportsByDefault
    -enable-upcoming-feature MemberImportVisibility -enable-upcoming-feature NonisolatedNonsendingByDefault
)

# A module of the product with coverage, from the folder $2.
module() {
    local name=$1 folder=$2 sources
    mapfile -t sources < <(find -L "$folder" -name '*.swift' | sort)
    swiftc "${flags[@]}" -wmo -module-name "$name" -emit-module -emit-module-path "$work/$name.swiftmodule" \
        -c "${sources[@]}" -o "$work/$name.o"
}

# Runs a target on a copy of its corpus, so that a run without MEZZ_FUZZ_KEEP changes nothing here.
fuzz() {
    local target=$1 seeds=$work/corpus/$1 leaks=1
    swiftc "${flags[@]}" -use-ld=lld -module-name "Fuzz$target" "Fuzz/Targets/$target.swift" "$work"/Mezz*.o -lcrypto \
        -o "$work/$target"
    mkdir -p "$seeds"
    [[ -d Fuzz/corpus/$target ]] && cp Fuzz/corpus/"$target"/* "$seeds"/
    # Foundation's XML parser leaks the text of every error it reports.
    [[ $target != Manifests ]] || leaks=0
    echo "== $target, $seconds s"
    ASAN_OPTIONS=detect_leaks=$leaks "$work/$target" -max_total_time="$seconds" -max_len="$longest" -timeout=60 \
        -rss_limit_mb=2048 -print_final_stats=1 -verbosity=1 -artifact_prefix="$work/crashes/$target-" \
        "$seeds" 2>"$work/$target.log" || {
        tail -n 40 "$work/$target.log" >&2
        echo "error: fuzz: $target failed; its input is in $work/crashes" >&2
        return 1
    }
    grep -E 'DONE|number_of_executed|peak_rss' "$work/$target.log"
    [[ -z ${MEZZ_FUZZ_KEEP:-} ]] || keep "$target" "$seeds"
}

# The smallest inputs that together cover what all do, as many as fit.
keep() {
    local target=$1 seeds=$2 minimal=$work/minimal/$1 total=0 size file
    rm -rf "$minimal"
    mkdir -p "$minimal" "Fuzz/corpus/$target"
    "$work/$target" -merge=1 -max_len="$longest" "$minimal" "$seeds" 2>>"$work/$target.log"
    rm -f Fuzz/corpus/"$target"/*
    while read -r size file; do
        ((total + size <= corpus_bytes)) || break
        cp "$file" "Fuzz/corpus/$target/"
        total=$((total + size))
    done < <(find "$minimal" -type f -printf '%s %p\n' | sort -n)
}

mkdir -p "$work/crashes"
module MezzCore Sources/MezzCore
module MezzFormats Sources/MezzFormats
# The analyser alone: the package's checks run tools.
module MezzQC Sources/MezzQC/Stream

targets=("$@")
((${#targets[@]} > 0)) || mapfile -t targets < <(find Fuzz/Targets -name '*.swift' -exec basename {} .swift \; | sort)
failed=0
for target in "${targets[@]}"; do fuzz "$target" || failed=1; done
exit "$failed"
