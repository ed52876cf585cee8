# The two commands a newcomer needs are `make demo` and `make test`. Windows: see CONTRIBUTING.md.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test check lint types imports bench mutations docs clean

demo: $(VENV)/run.stamp
	$(BIN)/okrsync demo demo
	@echo "(okrsync is $(BIN)/okrsync here; run \`$(BIN)/okrsync sync demo\` to see that a second run changes nothing)"

test: $(VENV)/dev.stamp
	$(BIN)/pytest

check: $(VENV)/dev.stamp lint types imports
	$(BIN)/pytest --cov --cov-report=term:skip-covered

lint: $(VENV)/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/dev.stamp
	$(BIN)/mypy

imports: $(VENV)/dev.stamp
	$(BIN)/lint-imports

bench: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.bench --write

mutations: $(VENV)/dev.stamp
	$(BIN)/python -m benchmarks.mutations

docs: $(VENV)/dev.stamp
	$(BIN)/python docs/make.py
	$(BIN)/python docs/languages.py

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e .
	touch $@

$(VENV)/dev.stamp: $(VENV)/bin/python pyproject.toml
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[dev]'
	touch $@ $(VENV)/run.stamp

clean:
	rm -rf $(VENV) demo dist build .coverage .mypy_cache .ruff_cache .pytest_cache
