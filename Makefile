# The one door of the house. `make help` lists what is behind it.
# Only python3 (3.11 or later) and make are needed; everything else is set up here.

PYTHON ?= python3
SOURCE ?= sample
PORT ?= 8050
# Test processes; 0 runs them one after the other, in one process.
JOBS ?= 2
TORTURE ?=

VENV := .venv
BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEV := $(VENV)/.dev-installed

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PYTHONDONTWRITEBYTECODE ?= 1

.DEFAULT_GOAL := help
.PHONY: help install run demo data test check format lint types imports bench axe torture messages clean

help: ## Print this list
	@grep -hE '^[a-z]+:.*## ' Makefile | sed -E 's/:[^#]*## /\t/' | sort \
	  | while IFS="$$(printf '\t')" read -r name text; do printf '  make %-10s %s\n' "$$name" "$$text"; done

$(BIN)/python:
	@PYTHON="$(PYTHON)" sh tools/venv.sh $(VENV)

$(RUNTIME): requirements.txt | $(BIN)/python
	@echo "Installing what the house runs on (once)…"
	@$(BIN)/python -m pip install -qq --requirement requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(RUNTIME)
	@echo "Installing what checks and tests it (once)…"
	@$(BIN)/python -m pip install -qq --requirement requirements-dev.txt
	@touch $@

install: $(RUNTIME) ## Set up .venv with the pinned packages

run: $(RUNTIME) ## Load the sample government if needed, print the address and serve (PORT=8050)
	@$(BIN)/python -m pilotage run --source sample --port $(PORT)

demo: $(RUNTIME) ## Open the rooms on a real source: make demo SOURCE=infobase (or pilote, montreal, msss)
	@$(BIN)/python -m pilotage run --source $(SOURCE) --port $(PORT)

data: $(RUNTIME) ## Write the sample government's CSV files into var/sample-files
	@$(BIN)/python -m pilotage demo --out var/sample-files

test: $(DEV) ## Check everything, then run every test (the browser ones where Chromium can be had)
	@sh tools/browser.sh
	@$(MAKE) --no-print-directory check
	@$(BIN)/python -m pytest --numprocesses $(JOBS) --dist loadfile

check: $(DEV) ## Format, lint, types and imports, without running the tests
	@$(MAKE) --no-print-directory lint types imports

format: $(DEV) ## Rewrite the code in the house's format
	@$(BIN)/ruff format .
	@$(BIN)/ruff check --fix .

lint: $(DEV) ## ruff: format and rules
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .

types: $(DEV) ## mypy, strict, tests included
	@$(BIN)/mypy

imports: $(DEV) ## import-linter: who may import whom
	@$(BIN)/lint-imports --no-cache

messages: $(DEV) ## Say which French sentences have no English yet
	@$(BIN)/python -m pytest -q tests/test_i18n_catalogue.py

bench: $(DEV) ## Measure the figures of the house and write docs/bench.md (about fifteen minutes)
	@sh tools/browser.sh
	@$(BIN)/python -m tests.bench $(ONLY)

axe: $(DEV) ## Look at every page as everyone with axe-core and write docs/axe.md (half an hour; JOBS=2)
	@sh tools/browser.sh
	@JOBS=$(JOBS) $(BIN)/python -m tests.axe $(ONLY)

torture: $(DEV) ## Kill, cut the power, fail the disk, and write docs/torture.md (long: TORTURE="kills=1000 …")
	@$(BIN)/python -m tests.torture $(TORTURE)

clean: ## Remove .venv and caches; the state kept in var/ stays
	@rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
