# Everything runs in a virtual environment of the project's own, made on first use from plain pins (constraints.txt).
PYTHON ?= $(shell command -v python3.11 || command -v python3.12 || command -v python3.13 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready

.PHONY: demo test check format lint types tests docs bench train evaluate torture clean help

help:
	@echo "make demo      set up, read the example story, print its brief, write an HTML report"
	@echo "make test      set up, run the whole test suite"
	@echo "make check     format, lint, types, tests, docs: what a change needs"
	@echo "make bench     speed, printed as ratios and per core"
	@echo "make train     make the shipped model again (needs ../shared/data and torch)"
	@echo "make evaluate  measure the model (needs ../shared/data)"
	@echo "make torture   fault injection at the large counts (hours; docs/reliability.md)"

$(READY): pyproject.toml constraints.txt
	@test -n "$(PYTHON)" || { echo "no Python found: install Python 3.11 or later (on Debian: apt-get install python3.11 python3.11-venv)"; exit 3; }
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "$(PYTHON) is older than 3.11: install Python 3.11, or say make PYTHON=/path/to/python3.11"; exit 3; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || { echo "the venv module is missing: on Debian, apt-get install python3-venv"; exit 3; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable . $$($(BIN)/python training/dev_requirements.py)
	@touch $(READY)

demo: $(READY)
	@$(BIN)/crossread demo --html crossread-demo.html

test: $(READY)
	$(BIN)/python -m pytest

check: $(READY) format lint types tests docs

format: $(READY)
	$(BIN)/ruff format --check src tests training benchmarks

lint: $(READY)
	$(BIN)/ruff check src tests training benchmarks

types: $(READY)
	$(BIN)/mypy

tests: test

docs: $(READY)
	$(BIN)/python docs/build_reference.py --check

bench: $(READY)
	$(BIN)/python -m benchmarks

evaluate: $(READY)
	$(BIN)/python -m training.evaluate

train:
	$(MAKE) -C training PYTHON=$(abspath $(PYTHON))

torture: $(READY)
	$(BIN)/python -m pytest -m torture

clean:
	rm -rf $(VENV) .venv-train build dist .pytest_cache .mypy_cache .ruff_cache
