PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PORT ?= 8000
export PIP_DISABLE_PIP_VERSION_CHECK = 1
# Tests start hundreds of processes: each would compile every module anew where none may keep what it compiled.
export PYTHONDONTWRITEBYTECODE =

.PHONY: demo test lint types unit browser browser-all fuzz docs coverage lowest changelog release bench benchmarks clean
.DEFAULT_GOAL := demo

$(VENV)/.serve: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	scripts/install $(BIN) serve,report,exchange
	touch $@

$(VENV)/.test: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	scripts/install $(BIN) test
	touch $@

demo: $(VENV)/.serve
	$(BIN)/thuis build examples/nederland
	$(BIN)/thuis serve examples/nederland --port $(PORT) --handover

# Types take one processor for as long as all that is checked without running it.
test: $(VENV)/.test
	$(MAKE) --jobs 2 --output-sync lint types docs
	$(MAKE) unit browser

lint: $(VENV)/.test
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/deptry src

types: $(VENV)/.test
	$(BIN)/mypy

unit: $(VENV)/.test
	$(BIN)/python -m compileall -q -j 0 src
	THUIS_SPARK=1 $(BIN)/pytest -q -n auto --dist loadfile --no-loadscope-reorder -m "not browser"

fuzz: $(VENV)/.test
	THUIS_FUZZ=5000 THUIS_FUZZ_SECONDS=1800 $(BIN)/pytest -q --timeout 3600 tests/fuzz tests/properties tests/live/test_robust.py

browser: $(VENV)/.test
	$(BIN)/pytest -q -n auto --dist loadgroup --no-loadscope-reorder -m browser tests/browser

# Every story of the live service in each language, at each width, on each database; `browser` walks half of them.
browser-all: $(VENV)/.test
	THUIS_BROWSER_ALL=1 $(BIN)/pytest -q -n auto --dist loadgroup --no-loadscope-reorder -m browser tests/browser

docs: $(VENV)/.test
	$(BIN)/zensical build --clean --strict

# Each package keeps at least the share of its lines that tests reach today (tests/coverage-floors.toml).
coverage: $(VENV)/.test
	THUIS_SPARK=1 $(BIN)/pytest -q -n auto -m "not browser" --cov --cov-report=json:build/coverage.json
	$(BIN)/python scripts/coverage-floors build/coverage.json

# The lower bounds in pyproject.toml are a promise: the same tests on the oldest versions they admit.
lowest: $(VENV)/.test
	scripts/lowest $(BIN) $(PYTHON)

changelog: $(VENV)/.test
	$(BIN)/towncrier build --draft --version Unreleased

# A wheel, and beside it what is in it: licences held against a list, a CycloneDX bill, known vulnerabilities.
release: $(VENV)/.test
	scripts/release $(BIN) $(PYTHON)

# What the README says, measured here beside its peers; those that are not installed are left out.
bench: $(VENV)/.test
	for f in "estimation.py" "protection.py --tables 3" "screening.py" "citations.py" "places.py" "directory.py" \
	  "site.py" "builds.py examples/vertrouwen"; do \
	  echo "== $$f"; $(BIN)/python benchmarks/$$f || exit 1; done

benchmarks: $(VENV)/.test
	for f in benchmarks/*.py; do $(BIN)/python $$f || exit 1; done

clean:
	rm -rf $(VENV) examples/*/public examples/*/.thuis
