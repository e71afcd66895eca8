# The two commands: `make demo` (an office with sample data on this machine) and `make test` (all that CI runs).
PORT ?= 8000
DIR ?=
SECONDS ?= 180
VENV := .venv
PYTHON := $(VENV)/bin/python

.DEFAULT_GOAL := help
.PHONY: help demo test check format docs bench corpus country soak fuzz office dev clean

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST) | expand -t 16

demo: office ## the sample committee in SQLite, served on 127.0.0.1 (PORT=8000, DIR=folder of the data)
	$(VENV)/bin/giaoban demo --port $(PORT) $(if $(DIR),--dir "$(DIR)")

test: ## installs what is missing and runs everything that CI runs
	@scripts/setup test
	@$(PYTHON) scripts/run_parts.py

check: dev ## the quick parts of `make test`: format, lint, types, rooms, Django, docs
	@$(PYTHON) scripts/run_parts.py --quick

format: dev ## puts the code in order
	$(VENV)/bin/ruff format src tests bench corpus fuzz scripts
	$(VENV)/bin/ruff check --fix src tests bench corpus fuzz scripts

docs: dev ## writes the generated pages of docs/ anew
	$(PYTHON) scripts/write_docs.py

bench: dev ## times of the parts that matter, each beside a baseline of the same run
	$(PYTHON) -m bench

corpus: dev ## how well invented, labelled documents are read and checked (ARGS="--show-misses --kind claims")
	@$(PYTHON) -m corpus $(ARGS)

country: dev ## a whole country in PostgreSQL: pages, a tree event, a quarter for every unit (20 minutes, 15 GB; ARGS="--tenth --kept FOLDER")
	@$(PYTHON) -m bench.country $(ARGS)

soak: dev ## mixed work against the sample for SECONDS=180, looking for errors and growing memory
	$(PYTHON) -m bench.soak --seconds $(SECONDS)

fuzz: dev ## hostile texts and files through reading and checking (ARGS="--inputs 200000 --seed 7")
	@$(PYTHON) -c 'import atheris' 2>/dev/null || $(PYTHON) -m pip install -q -e '.[fuzz]'
	@$(PYTHON) -m fuzz $(ARGS)

office: ## .venv with what the office needs
	@scripts/setup office

dev: ## .venv with what the work on the code needs
	@scripts/setup dev

clean: ## removes .venv and caches; data of an office are not touched
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
