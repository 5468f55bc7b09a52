# Needs python3 (3.11 or newer) with pip, nothing else: .venv/ is made from requirements.lock.

PYTHON ?= python3
# One more than there are processors: tests that drive a terminal mostly wait.
WORKERS ?= $(shell $(PYTHON) -c 'import os; print((os.cpu_count() or 1) + 1)')
BIN := .venv/bin
READY := .venv/.ready

.DEFAULT_GOAL := help
.PHONY: help demo test lint check sweep bench oracle screenshots docs lock clean

help:  ## List these targets
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(READY)  ## Open the studio on its sample agents
	@$(BIN)/agent-studio demo

test: $(READY)  ## Run the tests
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

lint: $(READY)  ## Run ruff, mypy and the import contracts
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports

check: lint test  ## Run lint, then the tests: what a change must pass

sweep: $(READY)  ## Run the heavy sweeps over the corpus
	$(BIN)/pytest -n $(WORKERS) --dist worksteal -m sweep

bench: $(READY)  ## Measure speed, as ratios to floors of the same run; ARGS="--only S,K1 --sizes 100,1000"
	@$(BIN)/python -m benchmarks $(ARGS)

oracle: $(READY)  ## Measure again what the installed Claude Code does with the recorded probes
	@$(BIN)/python -m oracle $(ARGS)

screenshots: $(READY)  ## Write screenshots/ from the scenes of the snapshot tests
	$(BIN)/python -m tests.snapshots.screenshots

docs: $(READY)  ## Write the tables of keys, fields, qualifiers and rules
	$(BIN)/python -m tests.docs

lock:  ## Resolve the newest allowed dependencies into requirements.lock
	$(PYTHON) -m venv --clear --without-pip .venv-lock
	$(PYTHON) -m pip --python .venv-lock/bin/python install --quiet pip==26.0 pip-tools==7.6.2
	CUSTOM_COMPILE_COMMAND="make lock" .venv-lock/bin/pip-compile --quiet --upgrade --rebuild --extra dev --strip-extras \
	  --generate-hashes --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host \
	  --no-emit-options --output-file requirements.lock pyproject.toml
	rm -r .venv-lock

clean:  ## Remove .venv/ and everything that was built or cached
	rm -rf .venv .venv-lock build dist .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The packages go in by the outer pip: a Python without ensurepip (Debian's, without python3-venv) will do.
$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed: make PYTHON=python3.12")'
	@echo "Setting up .venv from requirements.lock"
	@$(PYTHON) -m venv --clear --without-pip .venv
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --require-hashes --requirement requirements.lock
	@$(PYTHON) -m pip --python $(BIN)/python install --quiet --no-deps --no-build-isolation --editable .
	@touch $@
