# Every target brings what it needs into .venv; nothing but make, git and python3 with venv is assumed.

PYTHON ?= python3
PY := .venv/bin/python
# Behind a company's proxy only the machine's own certificates know it; a machine that has none takes uv's.
CERTIFICATES := $(if $(wildcard /etc/ssl/certs/ca-certificates.crt /etc/pki/tls/certs/ca-bundle.crt),UV_SYSTEM_CERTS=1)
UV := $(CERTIFICATES) UV_PYTHON_DOWNLOADS=never UV_NO_CONFIG=1 $(PY) -m uv
SYNC := $(UV) pip sync --quiet --python $(PY) --require-hashes --compile-bytecode
LOCK := $(UV) pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header --no-annotate

# A replaced python leaves an environment that cannot start, a moved or copied checkout one that runs the code of the old place:
# throw it away. One that is being made does not name its place yet.
$(shell test -d .venv && ! $(PY) -c pass 2>/dev/null && rm -rf .venv)
$(shell cat .venv/lib/*/site-packages/sobuzz.pth 2>/dev/null | grep -vqxF "$(CURDIR)" && rm -rf .venv)

.DEFAULT_GOAL := help
.PHONY: help .venv run test check proof mutants soak bench messages lock clean

help: ## this list
	@grep -hE '^[a-z.]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z.]+):.*## /\1\t/' | expand -t 12

run: .venv/.runtime ## everything on http://127.0.0.1:8000 with demo data; PORT, HOST, DATABASE_URL, REDIS_URL change it; ARGS=--no-crowd
	@exec env DEMO=$${DEMO:-1} $(PY) manage.py up $(ARGS)

test: .venv/.dev ## all tests, on PostgreSQL, Redis and Chromium, then the database's again on SQLite
	@$(PY) -m tools.suite

check: .venv/.dev ## format, lint, types, import contracts, migrations, translations, file lengths
	@$(PY) -m tools.check

proof: .venv/.dev ## each promise and contract row with its tests, control and last figure
	@$(PY) -m tools.proof

mutants: .venv/.dev ## switch off one safeguard at a time: the suite must fail
	@$(PY) -m tools.mutants

soak: .venv/.dev ## the fault tests for MINUTES minutes (default 10)
	@$(PY) -m tools.soak

bench: .venv/.dev ## side-by-side benchmarks, table and benchmarks/results.json
	@test -d benchmarks && $(PY) -m benchmarks || echo "There are no benchmarks yet."

messages: .venv/.dev ## bring the .po files up to date with code and templates; APP=games does one
	@$(PY) -m tools.messages update $(APP)

.venv: .venv/.dev ## environment for development
	@:

lock: .venv/.base ## resolve requirements/*.in again
	$(LOCK) requirements/runtime.in -o requirements/runtime.txt
	$(LOCK) requirements/test.in requirements/runtime.in -c requirements/runtime.txt -o requirements/dev.txt
	$(LOCK) requirements/tool.in -o requirements/tool.txt
	@! grep -nE "https?:|file:|index-url" requirements/*.txt

clean: ## forget environment, demo data and caches
	rm -rf .venv var .pytest_cache .mypy_cache .ruff_cache .import_linter_cache

.venv/.base: requirements/tool.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "So-Buzz needs Python 3.11 or newer; name one: make PYTHON=python3.12 ...")'
	@echo "Preparing .venv ..."
	@$(PYTHON) -m venv .venv
	@$(PY) -m pip --disable-pip-version-check install --quiet --require-hashes -r requirements/tool.txt
	@echo "$(CURDIR)" > $$($(PY) -c "import sysconfig; print(sysconfig.get_path('purelib'))")/sobuzz.pth
	@touch $@

# Once the development set is there it contains this one; syncing the smaller would take tools away.
.venv/.runtime: .venv/.base requirements/runtime.txt
	@echo "Installing what So-Buzz runs on ..."
	@$(SYNC) requirements/$$(test -e .venv/.dev && echo dev || echo runtime).txt
	@touch $@

.venv/.dev: .venv/.base requirements/dev.txt
	@echo "Installing what tests and checks need ..."
	@$(SYNC) requirements/dev.txt
	@touch .venv/.runtime $@
