# Everything that is done with this project. Only python3 (3.11) and make are presumed: each target sets up what it
# needs in .venv, from lock files with hashes. `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV   := .venv
BIN    := $(VENV)/bin
TOOLS  := $(VENV)-tools
BENCH  := .venv-benchmark
OUT    ?= out/gaza-isf
STORY  := examples/gaza-isf
SHARED ?= ../shared
# The installer neither asks for a newer self nor for a password.
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.PHONY: brief test setup setup-dev lint format types contracts pytest docs lock wheel clean distclean help \
        benchmark-attribution benchmark-positions benchmark-passages benchmark-reconciliation benchmark-force \
        benchmark-desk \
        benchmark-speed fuzz faults postgres-test sbom audit image

brief: $(VENV)/run.stamp ## Set up, read the example reports and write the brief
	@$(BIN)/onrecord brief $(STORY)/reports --story $(STORY)/story.yaml --out $(OUT)
	@echo "The brief is $(CURDIR)/$(OUT)/brief.html"

test: lint types contracts pytest ## Set up, then lint, types, import contracts and all tests

setup: $(VENV)/run.stamp ## The virtual environment with what the program needs

setup-dev: $(VENV)/dev.stamp ## The same with what its development needs

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' \
	  || { echo "Python 3.11 is needed and $(PYTHON) is another; name one: make PYTHON=/path/to/python3.11"; exit 1; }
	@echo "setting up $(VENV) (once, a minute or two)"
	@$(PYTHON) -m venv $(VENV)

# The package itself is built with what the lock has brought, so its own installation needs no network.
define install
	@$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: --requirement $(1)
	@$(BIN)/python -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .
	@touch $(2)
endef

$(VENV)/run.stamp: requirements/run.lock pyproject.toml | $(BIN)/python
	$(call install,requirements/run.lock,$@)

$(VENV)/dev.stamp: requirements/dev.lock pyproject.toml | $(BIN)/python
	$(call install,requirements/dev.lock,$@)
	@touch $(VENV)/run.stamp

lint: $(VENV)/dev.stamp ## Ruff over everything
	$(BIN)/ruff check .

format: $(VENV)/dev.stamp ## Mend what ruff can mend by itself
	$(BIN)/ruff check --fix .

types: $(VENV)/dev.stamp ## mypy --strict
	$(BIN)/mypy --strict

contracts: $(VENV)/dev.stamp ## Who may import whom
	$(BIN)/lint-imports

pytest: $(VENV)/dev.stamp ## All tests; PYTEST="-k name" passes options on
	$(BIN)/python -m pytest $(PYTEST)

docs: $(VENV)/dev.stamp ## Write anew the pages that are made from the code
	$(BIN)/python docs/generate.py

# Versions stay as they are where they still fit; UPGRADE=1 takes the newest of all. What runs beside the program is
# resolved to the program's versions.
COMPILE = $(TOOLS)/bin/uv pip compile --quiet $(if $(UPGRADE),--upgrade) --universal --python-version 3.11 \
  --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links
PROGRAM = pyproject.toml requirements/build.in

lock: $(TOOLS)/stamp ## Every lock file anew, with hashes, for every platform; UPGRADE=1 for newer versions
	$(COMPILE) --extra desk --output-file requirements/run.lock $(PROGRAM)
	$(COMPILE) --extra desk --extra dev --constraint requirements/run.lock --output-file requirements/dev.lock $(PROGRAM)
	$(COMPILE) --constraint requirements/dev.lock --output-file requirements/fuzz.lock requirements/fuzz.in
	$(COMPILE) --output-file requirements/tools.lock requirements/tools.in
	for name in reconciliation speed; do \
	  $(COMPILE) --constraint requirements/run.lock --output-file benchmarks/$$name/requirements.lock $(PROGRAM) \
	    benchmarks/$$name/requirements.txt; \
	done

benchmark-attribution: $(VENV)/dev.stamp ## Attribution beside the corpus' annotators (SHARED holds the corpus)
	$(BIN)/python benchmarks/attribution/run.py --corpus $(SHARED)/polnear

benchmark-positions: $(VENV)/dev.stamp ## Positions against gold
	$(BIN)/python benchmarks/positions/run.py --shared $(SHARED)

benchmark-passages: $(VENV)/dev.stamp ## Positions on the public benchmark: 300 passages noted twice
	$(BIN)/python benchmarks/passages/run.py

# The peers that reconciliation is measured against are no dependency of the program: an environment of their own.
$(BENCH)/reconciliation.stamp: benchmarks/reconciliation/requirements.lock pyproject.toml
	@echo "setting up $(BENCH) (once, some minutes)"
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --require-hashes --only-binary :all: --requirement $<
	@$(BENCH)/bin/python -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .
	@touch $@

benchmark-reconciliation: $(BENCH)/reconciliation.stamp ## Standings, origins and speed beside their peers
	$(BENCH)/bin/python -m benchmarks.reconciliation.run --gold $(SHARED)/gold

benchmark-force: $(VENV)/run.stamp ## Strength foretold for past forces against what came; its speed
	$(BIN)/python benchmarks/force/run.py

benchmark-desk: $(VENV)/run.stamp ## How long 20 readers at once wait at the desk, on 60,000 positions
	$(BIN)/python benchmarks/desk/run.py

$(BENCH)/speed.stamp: benchmarks/speed/requirements.lock pyproject.toml
	@echo "setting up $(BENCH) (once, some minutes)"
	@$(PYTHON) -m venv $(BENCH)
	@$(BENCH)/bin/python -m pip install --quiet --require-hashes --only-binary :all: --requirement $<
	@$(BENCH)/bin/python -m pip install --quiet --no-deps --no-index --no-build-isolation --editable .
	@touch $@

benchmark-speed: $(BENCH)/speed.stamp ## Words a second by stage, beside peers; cost as the ledger grows; SIZES="1000 10000"
	$(BENCH)/bin/python benchmarks/speed/run.py $(if $(SIZES),--sizes $(SIZES))

# Two minutes by default; SECONDS_IN_ALL=3600 for an hour, FUZZ="warc page" for some targets, RECORD=1 to keep the counts.
fuzz: $(VENV)/fuzz.stamp ## Coverage-guided fuzzing of readers and exports
	$(BIN)/python tests/fuzz/run.py --seconds $(or $(SECONDS_IN_ALL),120) $(if $(RECORD),--record) $(FUZZ)

$(VENV)/fuzz.stamp: requirements/fuzz.lock $(VENV)/dev.stamp
	@$(BIN)/python -m pip install --quiet --require-hashes --only-binary :all: --requirement $<
	@touch $@

faults: $(VENV)/dev.stamp ## Every fault, with the ledger's process killed a thousand times
	ONRECORD_KILLS=1000 $(BIN)/python -m pytest tests/faults

# tools/with-postgres starts a cluster of its own and stops it; Debian: apt-get install postgresql.
postgres-test: $(VENV)/dev.stamp ## The tests of every store on a PostgreSQL of their own; PYTEST passes options on
	tools/with-postgres $(BIN)/python -m pytest tests/contract $(PYTEST)

sbom: $(VENV)/run.stamp $(TOOLS)/stamp ## Software bill of materials (CycloneDX) of what the program needs
	@mkdir -p out
	$(TOOLS)/bin/cyclonedx-py requirements --output-reproducible --of JSON -o out/sbom.json requirements/run.lock
	@echo "out/sbom.json"

audit: $(TOOLS)/stamp ## Known weaknesses of the dependencies; asks the network's advisory service
	$(TOOLS)/bin/pip-audit --strict --require-hashes --disable-pip --requirement requirements/run.lock

# What looks at the dependencies is none of them: an environment of its own.
$(TOOLS)/stamp: requirements/tools.lock
	@$(PYTHON) -m venv $(TOOLS)
	@$(TOOLS)/bin/python -m pip install --quiet --require-hashes --only-binary :all: --requirement $<
	@touch $@

image: wheel ## A container image of the wheel; ENGINE=docker for another than podman
	$(or $(ENGINE),podman) build --tag onrecord --file Containerfile .

wheel: $(VENV)/dev.stamp ## Build the wheel into dist/, without network
	$(BIN)/python -m pip wheel --quiet --no-deps --no-index --no-build-isolation --wheel-dir dist .
	@ls dist/*.whl

clean: ## Remove what was made, but not the virtual environment
	rm -rf out build dist .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find . -name __pycache__ -not -path './$(VENV)/*' -not -path './$(BENCH)/*' -not -path './$(TOOLS)/*' -prune -exec rm -rf {} +

distclean: clean ## Remove the virtual environments as well
	rm -rf $(VENV) $(BENCH) $(TOOLS)

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/\1|\2/' \
	  | awk -F'|' '{ printf "  make %-26s %s\n", $$1, $$2 }'
