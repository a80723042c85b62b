# make repro: install, then run the pipeline on the demonstration corpus.  make test: install, then run the tests.
PYTHON ?= python3.11
VENV   := .venv
BIN    := $(VENV)/bin
UV     := 0.13.9
BENCH  ?=

.PHONY: repro test lint format bench docs deps lock clean install
.DEFAULT_GOAL := repro

install: $(VENV)/.installed

$(VENV)/.installed: requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || python3 -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check uv==$(UV)
	@$(BIN)/uv pip install --quiet --compile-bytecode --python $(BIN)/python --require-hashes -r requirements.lock
	@$(BIN)/uv pip install --quiet --python $(BIN)/python --no-deps -e .
	@touch $@

repro: install
	@$(BIN)/dvc repro

test: install
	@$(BIN)/python -m pytest -q -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

lint: install
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy

format: install
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

bench: install
	@$(BIN)/python -m benchmarks $(BENCH)

docs: install
	@$(BIN)/python -m presstm.reference docs
	@$(BIN)/mkdocs build --quiet --strict

# Each stage's files of src/ in dvc.yaml, from what it imports.
deps: install
	@$(BIN)/python -m presstm.reference deps

# Exact pins with hashes and no index address, for every supported platform.
lock: install
	@$(BIN)/uv lock --quiet && $(BIN)/uv export --quiet --no-emit-project --all-groups --all-extras --format requirements-txt --no-header > requirements.lock && rm -f uv.lock

clean:
	rm -rf $(VENV) .cache .dvc/cache .dvc/tmp site build .mypy_cache .pytest_cache .ruff_cache .hypothesis
