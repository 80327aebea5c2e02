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
READY_DEV := $(VENV)/.ready-dev
PO := $(wildcard vcops/locale/*/*.po)
MO := vcops/locale/id/LC_MESSAGES/vcops.mo
# The package's build compiles the catalogs; who edits them has the tools to compile them again.
CATALOGS := $(if $(wildcard $(READY_DEV)),$(MO))
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run demo room test check lint format bench messages snapshots clean

run: $(READY) $(CATALOGS)
	@$(BIN)/vcops $(ARGS)

demo: $(READY) $(CATALOGS)
	@$(BIN)/vcops --demo $(ARGS)

room: $(READY_DEV)
	@$(BIN)/python -m tests.lab room $(ARGS)

test: $(READY_DEV) $(MO)
	$(BIN)/python -m pytest -n 4 --dist worksteal $(ARGS)

check: lint types-linux types-win32 types-darwin

lint: $(READY_DEV) $(MO)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports

# Each platform keeps what mypy knows of it; one shared store would be thrown away by the next.
types-%: $(READY_DEV) $(MO)
	$(BIN)/mypy --platform $* --cache-dir .mypy_cache/$*

format: $(READY_DEV)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: $(READY_DEV) $(MO)
	$(BIN)/python -m tests.benchmarks $(ARGS)

snapshots: $(READY_DEV) $(MO)
	$(BIN)/python -m pytest tests/tui/test_snapshots.py --snapshot-update $(ARGS)

messages: $(READY_DEV)
	$(BIN)/python hatch_build.py

$(MO): $(PO) hatch_build.py | $(READY_DEV)
	@$(BIN)/python hatch_build.py

# The environment is built once, and again only when pyproject.toml asks for something else. `make run` needs what the
# program needs; the tools of `make test` and `make check` come with the first of these.
$(READY): pyproject.toml
	@echo "vcops: menyiapkan lingkungan (sekali saja) / building the environment (once)"
ifneq ($(UV),)
	@uv venv --quiet --allow-existing --python "$(PYTHON)" $(VENV)
	@uv pip install --quiet --python $(BIN)/python --editable .
else
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
endif
	@touch $(READY)

$(READY_DEV): pyproject.toml | $(READY)
ifneq ($(UV),)
	@uv pip install --quiet --python $(BIN)/python --editable . --group dev
else
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --upgrade "pip>=25.1"
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable . --group dev
endif
	@touch $(READY_DEV)

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
