SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help setup servers adm build test lint format bench bench-ladder bench-vmaf bench-shots grids fuzz fuzz-vmaf chaos demo doctor

SWIFT_FILES := $(wildcard Sources Tests Fuzz Package.swift)
SCRIPTS := mezz .ci/run scripts/setup scripts/setup-servers scripts/setup-adm scripts/build scripts/run-tests Fuzz/run.sh Fuzz/seeds.sh $(wildcard Benchmarks/*.sh Benchmarks/*/*.sh)

help: ## this list
	@sed -nE 's/^([a-z-]+):.*## (.*)$$/make \1\t\2/p' $(firstword $(MAKEFILE_LIST)) | expand -t 16

setup: ## make this machine ready: Debian packages, pinned tools in .tools/
	@scripts/setup

servers: ## install the servers that the fleet's tests talk to; without them those tests are skipped
	@scripts/setup-servers

adm: ## install the EBU ADM Renderer for mezz adm --render, in .tools/ear
	@scripts/setup-adm

build: ## build the program, .build/release/mezz
	@scripts/build

test: ## build and run all tests (ARGS="--filter MezzLadderTests" for some)
	@scripts/run-tests $(ARGS)

lint: ## check the formatting of Swift files, and the scripts if shellcheck is there
	swift format lint --strict --parallel --recursive $(SWIFT_FILES)
	@if command -v shellcheck >/dev/null; then \
	    echo shellcheck $(SCRIPTS); \
	    shellcheck $(SCRIPTS); \
	else \
	    echo "lint: shellcheck is not installed, so the scripts are not checked (apt-get install shellcheck)"; \
	fi

format: ## format Swift files in place
	swift format format --in-place --parallel --recursive $(SWIFT_FILES)

bench: build ## run every benchmark in Benchmarks/
	@shopt -s nullglob; count=0; failed=0; \
	for script in Benchmarks/*.sh; do \
	    [[ -x $$script ]] || continue; \
	    count=$$((count + 1)); \
	    echo "== $$script"; \
	    "$$script" || { echo "error: bench: $$script failed" >&2; failed=1; }; \
	done; \
	((count > 0)) || echo "bench: there is no executable Benchmarks/*.sh"; \
	((failed == 0))

chaos: ## a fleet under random faults for MEZZ_CHAOS_MINUTES (default 30); MEZZ_CHAOS_SEED=… draws the same lots
	@MEZZ_CHAOS_MINUTES=$${MEZZ_CHAOS_MINUTES:-30} scripts/run-tests --filter 'ChaosTests'

bench-vmaf: build ## native VMAF beside FFmpeg's libvmaf: speed, memory, threads
	@Benchmarks/vmaf.sh

fuzz: ## fuzz the readers with libFuzzer, MEZZ_FUZZ_SECONDS each (default 60); TARGETS="AVC HEVC AV1 MP4 Manifests Analyzer"
	@Fuzz/run.sh $(TARGETS)

fuzz-vmaf: ## compare vector and plain kernels on random pictures, MEZZ_FUZZ_SECONDS each (default 200)
	@MEZZ_FUZZ_SECONDS=$${MEZZ_FUZZ_SECONDS:-200} scripts/run-tests --filter 'MezzKernelsTests'

bench-ladder: build ## ladders of real titles at equal VMAF and what they cost; then the replay of the recorded grids
	@Benchmarks/ladder.sh
	@scripts/run-tests --filter 'StandardEffortTests'

grids: build ## record the exhaustive grids that the optimiser is replayed against (hours; MEDIA=…)
	@Benchmarks/ladder/record.sh Tests/MezzLadderTests/Grids

bench-shots: build ## find shots with mezz, PySceneDetect and scdet on labelled and generated clips
	@Benchmarks/shots.sh

demo: ## make a small clip, encode it, say what to open
	@./mezz demo

doctor: ## say what this machine has and what it lacks
	@./mezz doctor
