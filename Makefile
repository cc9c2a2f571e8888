# Two commands: `make run` and `make test`. The same steps without make stand in README.md.
PYTHON ?= python3
VENV := .venv
ifeq ($(OS),Windows_NT)
BIN := $(VENV)/Scripts
else
BIN := $(VENV)/bin
endif
ADDRESS := 127.0.0.1
PORT ?= 8501

# Without ARTICLES the sample is read once, if there is no database yet; a folder of one's own is looked at each
# time (what is known is not read again) and never mixed with the sample.
ifdef ARTICLES
DATABASE := data/articles.duckdb
else
DATABASE := data/dramatis.duckdb
endif

.PHONY: help run etl test test-fast lint browser benchmarks screenshots clean

help:
	@echo "make run                   dashboard over the sample on http://$(ADDRESS):$(PORT)"
	@echo "make run ARTICLES=folder   the same over your own articles"
	@echo "make test                  everything the tests need, then all tests"
	@echo "make lint                  ruff and mypy"

run: $(VENV)/.runs etl
	DRAMATIS_DB=$(DATABASE) $(BIN)/python -m streamlit run app.py --server.address $(ADDRESS) --server.port $(PORT)

etl: $(VENV)/.runs
ifdef ARTICLES
	$(BIN)/python -m etl "$(ARTICLES)" --db $(DATABASE)
else
	@if [ ! -e $(DATABASE) ]; then $(BIN)/python -m etl data/sample --db $(DATABASE); fi
endif

test: $(VENV)/.tests browser
	$(BIN)/python -m pytest

test-fast: $(VENV)/.tests
	$(BIN)/python -m pytest -m "not browser"

lint: $(VENV)/.tests
	$(BIN)/python -m ruff check .
	$(BIN)/python -m mypy

# Debian's Chromium where apt is there, otherwise the build that Playwright brings.
browser: $(VENV)/.tests
	@if command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1; then :; \
	elif command -v apt-get >/dev/null 2>&1; then \
		if [ "$$(id -u)" = 0 ]; then SUDO=; else SUDO=sudo; fi; \
		$$SUDO apt-get update -qq && $$SUDO apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; \
	else $(BIN)/python -m playwright install chromium; fi

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Dramatis needs Python 3.11 or newer; say which with: make run PYTHON=python3.12"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

$(VENV)/.runs: requirements.txt $(VENV)/.made
	$(BIN)/python -m pip install --quiet -r requirements.txt
	@touch $@

$(VENV)/.tests: tests/requirements.txt $(VENV)/.runs
	$(BIN)/python -m pip install --quiet -r tests/requirements.txt
	@touch $@

clean:
	rm -rf $(VENV) data/*.duckdb data/*.extracts
