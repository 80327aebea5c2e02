# Everything a newcomer or a maintainer calls. `make run` and `make test` need nothing set up beforehand.
VENV ?= .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
PYTHON ?= python3
UV := $(shell command -v uv 2>/dev/null)
READY := $(VENV)/.ready
PO := $(wildcard vcops/locale/*/*.po)
MO := vcops/locale/id/LC_MESSAGES/vcops.mo
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run demo test check format bench messages snapshots clean

run: $(READY) $(MO)
	@$(BIN)/vcops $(ARGS)

demo: $(READY) $(MO)
	@$(BIN)/vcops --demo $(ARGS)

test: $(READY) $(MO)
	$(BIN)/python -m pytest -n 2 $(ARGS)

check: $(READY) $(MO)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/mypy --platform win32
	$(BIN)/mypy --platform darwin
	$(BIN)/lint-imports

format: $(READY)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY) $(MO)
	$(BIN)/python -m tests.benchmarks $(ARGS)

snapshots: $(READY) $(MO)
	$(BIN)/python -m pytest tests/tui/test_snapshots.py --snapshot-update $(ARGS)

messages: $(READY)
	$(BIN)/python hatch_build.py

$(MO): $(PO) hatch_build.py | $(READY)
	@$(BIN)/python hatch_build.py

# The environment is built once, and again only when pyproject.toml asks for something else.
$(READY): pyproject.toml
ifneq ($(UV),)
	@uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV)
	@uv pip install --quiet --python $(BIN)/python --editable . --group dev
else
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --editable . --group dev
endif
	@touch $(READY)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
