# "make demo" and "make test" need nothing but Swift on Debian or Ubuntu: they install what else is missing.
SHELL := bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
.PHONY: help demo test release check generate fuzz bench bench-micro bench-macro install clean

PREFIX ?= /usr/local
FUZZ_SECONDS ?= 60
# Which benchmarks to run: names, or how they begin.
BENCH ?=
SWIFT ?= swift
# Swift's own libraries go into the program, so that it runs where there is no Swift; symbols for debuggers do not.
release_flags := --configuration release --static-swift-stdlib --product kavka -Xlinker --strip-all
# Those that the system has as archives.
archives := $(CURDIR)/.build/archives
swift_sources := Sources Tests Fuzz Package.swift Benchmarks/Sources Benchmarks/Package.swift
bench_flags := --package-path Benchmarks --configuration release --static-swift-stdlib
scripts := .ci/run Fuzz/run $(wildcard Scripts/*) completions/kavka.bash

help: ## list these targets
	@sed -nE 's/^([a-z-]+):.*## (.*)/make \1\t\2/p' Makefile | expand -t 20

demo: release ## build, then a tour: an embedded cluster, a file piped in, tailed out, offsets and metadata
	@Scripts/demo .build/release/kavka

test: ## run all tests
	@Scripts/packages test
	$(SWIFT) test

release: ## leave the program in .build/release/kavka, with Swift's and other libraries linked in
	@Scripts/packages build
	PKG_CONFIG_PATH=$(archives):$${PKG_CONFIG_PATH-} $(SWIFT) build $(release_flags) $$(Scripts/archives $(archives))

check: ## check format, generated sources and shell scripts, and that the benchmarks build
	@Scripts/packages build
	$(SWIFT) format lint --strict --parallel --recursive $(swift_sources)
	$(SWIFT) run --quiet kafka-codegen generate --check
	for script in $(scripts); do bash -n "$$script"; done
	$(SWIFT) build --package-path Benchmarks

generate: ## write generated sources, manual pages and completions anew
	$(SWIFT) run kafka-codegen generate
	KAVKA_RECORD=1 $(SWIFT) test --filter DocumentTests

fuzz: ## fuzz each decoder for FUZZ_SECONDS
	@Scripts/packages build
	Fuzz/run $(FUZZ_SECONDS)

bench: bench-micro bench-macro ## measure all, to Benchmarks/results: each stage alone, and whole programs

bench-micro: ## measure each stage of the data paths alone; BENCH names some
	@Scripts/packages bench
	$(SWIFT) build $(bench_flags) --product Micro
	Benchmarks/.build/release/Micro $(if $(BENCH),$(BENCH),--json Benchmarks/results/micro.jsonl)

bench-macro: release ## measure whole programs, kavka's and others'; BENCH names some
	@Scripts/packages bench
	$(SWIFT) build $(bench_flags) --product Macro
	Benchmarks/.build/release/Macro $(BENCH)

# What is built already is installed as it is, because root often has no Swift in its path.
install: ## install program, manual pages and completions below PREFIX
	@[ -x .build/release/kavka ] || $(MAKE) release
	install -D --mode 755 .build/release/kavka -t $(DESTDIR)$(PREFIX)/bin
	install -D --mode 644 man/*.1 -t $(DESTDIR)$(PREFIX)/share/man/man1
	install -D --mode 644 completions/kavka.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/kavka
	install -D --mode 644 completions/_kavka -t $(DESTDIR)$(PREFIX)/share/zsh/site-functions
	install -D --mode 644 completions/kavka.fish -t $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d

clean: ## remove what has been built
	rm -rf .build .build-fuzz Benchmarks/.build
