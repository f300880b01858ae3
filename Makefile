# Each target makes the environment that it needs: a virtual environment in .venv and, where the machine
# lacks them and allows it, the Debian packages of packaging/debian-packages.txt.
# Without make (Windows): the same lines are in README.md.

PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
READY := $(VENV)/.ready
CODE := core importers reports ui resources main.py
WORKERS ?= 2

.DEFAULT_GOAL := help
.PHONY: help demo test run lint format benchmark clean libraries test-libraries

help:
	@echo "make demo       build the sample client, its PDF and its workbook in demo/, and open the window"
	@echo "make run        open the window"
	@echo "make test       every test, with branch coverage"
	@echo "make lint       style and types"
	@echo "make format     put the code into shape"
	@echo "make benchmark  compare the speed with bare library calls"
	@echo "make clean      remove everything that can be made again"

demo: $(READY)
	$(BIN)/python main.py demo --out demo
	@if [ -z "$$CI" ] && { [ -n "$$DISPLAY$$WAYLAND_DISPLAY" ] || [ "$$(uname -s)" != Linux ]; }; then \
		$(BIN)/python main.py demo/*.quintile; \
	fi

run: $(READY)
	$(BIN)/python main.py

# What is measured and how much must be covered is in pyproject.toml, [tool.coverage].
test: test-libraries $(READY)
	@$(BIN)/python -m pytest --numprocesses $(WORKERS) --dist loadgroup --cov --cov-report=term

lint: $(READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy --strict $(CODE)

format: $(READY)
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

benchmark: $(READY)
	@set -e; for script in benchmarks/bench_*.py; do echo "== $$script"; $(BIN)/python "$$script"; done

clean:
	rm -rf $(VENV) build dist demo htmlcov *.egg-info .coverage .coverage.* \
		.pytest_cache .hypothesis .mypy_cache .ruff_cache .import_linter_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

$(READY): pyproject.toml constraints.txt | libraries
	$(PYTHON) -m venv $(VENV)
	@echo "Installing the Python packages into $(VENV); this takes a minute or two."
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

libraries:
	@$(PYTHON) packaging/set_up.py environment window

test-libraries:
	@$(PYTHON) packaging/set_up.py environment window tests
