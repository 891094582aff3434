# make workbench   install, plan the shipped campaign, serve the dashboards (SERVE=0 stops after the plan)
# make test        install with the test extras, then everything that continuous integration runs
# make check       lint, layers, spelling, docstrings and types without the tests; make -k check names every fault
# make lock        pin the newest versions that pyproject.toml allows
.PHONY: workbench test check lint layers words types chromium lock clean
.DEFAULT_GOAL := workbench

VENV := .venv
BIN := $(VENV)/bin
PORT ?= 8866
SERVE ?= 1
SOURCES = $(shell git ls-files 'ilrs_science/*.py')
NOTEBOOKS = $(shell git ls-files 'notebooks/*.ipynb')
# Byte code is kept even where Python is told to keep none: without it each command compiles all libraries again.
KEEP := PYTHONDONTWRITEBYTECODE= $(BIN)
WARM = echo "Compiling the planner, once ..." && $(KEEP)/python -m ilrs_science.planning.search.warm && \
	$(KEEP)/ilrs plan --help >/dev/null
COMPILE := uv pip compile pyproject.toml --quiet --universal --python-version 3.11 --fork-strategy fewest \
	--only-binary :all: --generate-hashes --no-emit-index-url --no-header --upgrade

workbench: $(VENV)/.workbench
	$(BIN)/ilrs plan polar_winter --time-limit 20s
ifneq ($(SERVE),0)
	$(BIN)/ilrs dashboards --port $(PORT)
endif

test: $(VENV)/.test chromium check
	$(BIN)/python -m pytest --numprocesses logical --maxprocesses 4 --no-loadscope-reorder

check: lint layers words types

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

layers: $(VENV)/.test
	$(BIN)/lint-imports --no-logo

words: $(VENV)/.test
	$(BIN)/codespell
	@$(BIN)/numpydoc lint $(SOURCES)
	$(if $(NOTEBOOKS),$(BIN)/nbstripout --keep-id --verify $(NOTEBOOKS))

types: $(VENV)/.test
	$(BIN)/mypy

chromium: $(VENV)/.test
	@$(BIN)/python -m tests.chromium

lock: $(VENV)/.test
	$(BIN)/$(COMPILE) --group install --output-file requirements.lock
	$(BIN)/$(COMPILE) --group install --extra test --constraint requirements.lock --output-file requirements-test.lock

clean:
	rm -rf $(VENV) .mypy_cache .pytest_cache .ruff_cache .hypothesis .import_linter_cache

$(VENV)/.workbench: requirements.lock pyproject.toml .ci/venv
	@.ci/venv requirements.lock
	@$(WARM)
	@touch $@

# The test lock holds everything of the other, so one installation serves both.
$(VENV)/.test: requirements-test.lock requirements.lock pyproject.toml .ci/venv
	@.ci/venv requirements-test.lock
	@$(WARM)
	@touch $(VENV)/.workbench $@
