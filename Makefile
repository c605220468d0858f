PYTHON ?= python3
VENV   ?= .venv
BIN    := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help install demo test lint types fmt templates serve docs benchmarks soak clean

help:        ## list the targets (default)
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed 's/:[^#]*## */\t/' | expand -t 14

install: $(VENV)/.installed  ## make .venv with everything that development needs

# venv --without-pip and pip --python need neither ensurepip nor an activated environment.
$(VENV)/.installed: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv --without-pip $(VENV)
	$(PYTHON) -m pip --python $(BIN)/python install -q -c constraints.txt -e '.[dev]'
	@touch $@

demo: install  ## play a whole month end in the terminal
	@$(BIN)/python docs/examples/month_end.py

test: install  ## run every test
	@$(BIN)/python -m pytest -q -n 2 --dist loadgroup

lint: install  ## check style and layout
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check

types: install  ## check types
	@$(BIN)/mypy

fmt: install  ## mend style and layout
	@$(BIN)/ruff check --fix-only
	@$(BIN)/ruff format

templates: install  ## build the workbooks in workbook_templates/rendered again
	@$(BIN)/python -m workbook_templates.render

serve: install  ## run a server on this machine
	@$(BIN)/lajur-server serve

docs: install  ## build the generated pages of docs/reference again
	@$(BIN)/python -m docs.build

benchmarks: install  ## measure the speed of the main jobs
	@$(BIN)/python -m tests.benchmarks

soak: install  ## prove the sync for long: random histories, kills, bad lines; figures go to docs
	@$(BIN)/python -m tests.soak

clean:       ## remove the environment and everything that was built
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
