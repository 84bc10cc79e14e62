# `make chat` and `make test` are all that a newcomer needs. Everything is kept inside $(VENV) and .parley/.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
INDEX ?= .parley
PORT ?= 8000
export HF_HUB_OFFLINE := 1
export TOKENIZERS_PARALLELISM := false

.PHONY: setup chat test check bench fuzz torture clean help

help: ## list the targets
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /\t/'

setup: $(VENV)/.parley ## install into .venv; leaves .venv/bin/parley

chat: setup ## build the index if there is none, then serve the chat
	@test -e $(INDEX)/CURRENT || $(BIN)/parley --index $(INDEX) rebuild articles
	@$(BIN)/parley --index $(INDEX) serve --port $(PORT)

test: $(VENV)/.parley-test check ## lint, types, layers, tests
	$(BIN)/python -m pytest

check: $(VENV)/.parley-test ## lint, types, layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.parley-bench ## print the measured figures (uses ../shared/data where present)
	$(BIN)/python -m benchmarks

fuzz: $(VENV)/.parley-test ## 10,000 generated requests against the API
	PARLEY_FUZZ_REQUESTS=10000 $(BIN)/python -m pytest tests/web -k schema

torture: $(VENV)/.parley-test ## the long forms of the short checks in the test suite
	PARLEY_TORTURE=1 $(BIN)/python -m pytest tests

clean: ## remove what setup and rebuild made
	rm -rf $(VENV) $(INDEX) .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache *.egg-info

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Parley needs Python 3.11 or newer: make PYTHON=python3.12 …"; exit 1; }
	$(PYTHON) -m venv $(VENV) || { echo "no virtual environment: install python3-venv"; exit 1; }

$(VENV)/.parley: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing Parley (the first time takes a few minutes)"
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e .
	@touch $@

$(VENV)/.parley-test: $(VENV)/.parley
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[test]'
	@touch $@

$(VENV)/.parley-bench: $(VENV)/.parley-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[bench]'
	@touch $@
