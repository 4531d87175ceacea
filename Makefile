# The two commands: `make run` starts a node, `make test` runs every check. CONTRIBUTING.md has the rest.

PYTHON ?= python3
PORT ?= 8420
HOST ?= 127.0.0.1
HOME_DIR ?= .home
BIN := .venv/bin
AT_ONCE := -n 2 --dist worksteal --timeout 3600

.PHONY: run test soak bench pictures fix lock clean
.DEFAULT_GOAL := help

.PHONY: help
help:
	@echo "make run    starts a node on http://127.0.0.1:8420 (PORT=, HOME_DIR=)"
	@echo "make test   runs every check"
	@echo "make soak   runs the long searches and the sabotage list"
	@echo "make bench  measures, against floors and peers, and writes bench/report (ONLY=load: that alone)"
	@echo "make pictures  takes a picture of every page, to be looked at, and those of the documents"
	@echo "make fix    formats, and mends what a machine can mend"
	@echo "make lock   writes the lock files anew"

run: .venv/installed
	@exec $(BIN)/goround --home "$(HOME_DIR)" serve --host $(HOST) --port $(PORT)

test: .venv/installed-for-tests
	@tools/check

soak: .venv/installed-for-tests
	$(BIN)/pytest -m soak $(AT_ONCE) --ignore tests/browser
	$(BIN)/pytest -m soak $(AT_ONCE) tests/browser
	$(BIN)/pytest --hypothesis-profile soak $(AT_ONCE) tests/promises

bench: .venv/installed-for-bench
	@$(BIN)/python -m bench $(if $(QUICK),--quick) $(ONLY)

pictures: .venv/installed-for-tests
	@$(BIN)/python -m tools.chromium
	@$(BIN)/python -m tools.pictures
	PICTURES=docs/pictures $(BIN)/pytest -q tests/browser/test_five_people.py

fix: .venv/installed-for-tests
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

# Hashes of every file that may be installed, for every Python from 3.11 on; no address to fetch them from.
lock:
	$(BIN)/uv --version >/dev/null 2>&1 || $(BIN)/python -m pip install --quiet uv
	tools/lock

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache

.venv/installed: requirements.lock pyproject.toml tools/venv
	@tools/venv "$(PYTHON)" requirements.lock
	@touch $@

.venv/installed-for-bench: requirements-bench.lock pyproject.toml tools/venv
	@tools/venv "$(PYTHON)" requirements-bench.lock
	@touch $@

.venv/installed-for-tests: requirements-dev.lock requirements-pip.lock pyproject.toml tools/venv
	@tools/venv "$(PYTHON)" requirements-dev.lock
	@touch .venv/installed $@
