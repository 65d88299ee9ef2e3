# Two commands do everything: `make run` (the agent and its inbox), `make test` (all checks).
PYTHON ?= python3
BIN := .venv/bin
FOLDER ?= build/pictures
# In the order of collection, where many short files come last: files with few tests are the longest
# here, and pytest would begin with those that have most.
SHARED := --numprocesses 2 --dist loadfile --no-loadscope-reorder

.PHONY: run test lint all-tests test-programs bench pictures wheel extension clean

run: .venv/installed
	$(BIN)/earmark start

test: lint all-tests

lint: .venv/installed-for-tests
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

# Browsers by themselves: their driver and asyncio tests cannot share a process. Compiled first:
# hundreds of commands and agents are started, and where Python may not keep what it compiled
# (PYTHONDONTWRITEBYTECODE) each would compile all of it again.
all-tests: .venv/installed-for-tests test-programs
	$(BIN)/python -m compileall -q agent plugins
	$(BIN)/pytest -q $(SHARED) --ignore tests/browser
	$(BIN)/pytest -q $(SHARED) tests/browser

test-programs:
	$(PYTHON) tests/system_packages.py

wheel: .venv/installed
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir dist .

# The packages for both stores, byte for byte the same wherever they are built.
extension: .venv/installed
	$(BIN)/python -m earmark.extension dist

bench: .venv/installed-for-tests test-programs
	$(BIN)/python bench/run.py

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Earmark needs Python 3.11 or newer; name one with: make PYTHON=python3.12 run"; exit 1; }
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip

.venv/installed: .venv/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --editable .
	touch $@

.venv/installed-for-tests: .venv/installed
	$(BIN)/python -m pip install --quiet --group dev
	touch $@

# Every page, popup and panel in every look, to look at: FOLDER=somewhere make pictures.
# And those that the docs show, taken on the walk from a fresh home to the first capture.
pictures: .venv/installed-for-tests test-programs
	PYTHONPATH=tests/support:tests/browser $(BIN)/python tests/browser/screenshots.py $(FOLDER)
	PYTHONPATH=tests/support:tests/browser $(BIN)/python tests/browser/inbox_screenshots.py $(FOLDER)
	PYTHONPATH=tests/support:tests/browser $(BIN)/python tests/browser/walk_pictures.py docs/images

clean:
	rm -rf .venv build dist
