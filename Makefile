# What a person does with Trede. `make` alone lists it. Nothing here needs more than make and a shell to begin with.

.DEFAULT_GOAL := help
.NOTPARALLEL:
MAKEFLAGS += --no-print-directory

PORT ?= 8000
export PYTHON

PY := .venv/bin/python
PIP := $(PY) -m pip install --quiet --disable-pip-version-check --require-hashes
# Stamps: a step is done again when what it rests on is newer.
RUNTIME := .venv/.runtime
TOOLS := .venv/.tools
NPM := node_modules/.package-lock.json
STATIC := staticfiles/staticfiles.json

.PHONY: help
help: ## dit overzicht
	@printf 'Trede: van cijfers naar toezichtbrief\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' Makefile

.PHONY: run
run: setup ## start de site en de werker op http://127.0.0.1:8000 (PORT=8001 kiest een andere poort)
	@exec $(PY) scripts/run.py $(PORT)

.PHONY: setup
setup: system $(RUNTIME) $(NPM) .env $(STATIC) ## installeer alles wat make run nodig heeft

.PHONY: test
test: setup $(TOOLS) ## draai alle tests, op SQLite en op PostgreSQL
	@scripts/system.sh tests
	@scripts/test.sh

.PHONY: check
check: setup $(TOOLS) ## controleer opmaak, stijl, types, importrichtingen, templates, migraties, instellingen en locks
	@scripts/check.sh

.PHONY: fix
fix: $(TOOLS) ## herstel opmaak en stijl waar dat vanzelf kan
	@$(PY) -m ruff check --quiet --fix . ; $(PY) -m ruff format --quiet .

.PHONY: bench
bench: setup $(TOOLS) ## meet brief, veel brieven tegelijk, schermen, werkboeken en veertig halfjaren cijfers (duurt lang)
	@scripts/bench.sh

.PHONY: demo-reset
demo-reset: setup ## wis de demo en laad haar opnieuw
	@$(PY) scripts/prepare.py --reset

.PHONY: lock
lock: $(TOOLS) ## schrijf de locks opnieuw uit pyproject.toml en package.json
	@scripts/lock.sh
	@scripts/npm.sh install --package-lock-only --omit-lockfile-registry-resolved

.PHONY: system
system:
	@scripts/system.sh python >/dev/null
	@scripts/system.sh libraries

$(RUNTIME): requirements.lock | system
	@echo 'Python-pakketten ...'
	@$(PY) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || \
	  "$$(scripts/system.sh python)" -m venv --clear .venv
	@$(PIP) -r requirements.lock
	@touch $@

$(TOOLS): requirements-dev.lock $(RUNTIME)
	@echo 'Gereedschap voor tests en controles ...'
	@$(PIP) -r requirements-dev.lock
	@touch $@

$(NPM): package.json package-lock.json $(RUNTIME)
	@echo 'Stijl en lettertypen ...'
	@scripts/npm.sh ci --ignore-scripts --no-audit --no-fund --silent
	@touch $@

.env: | $(RUNTIME)
	@umask 077; printf '%s\n' '# How this machine runs Trede; .env.example has every variable.' \
	  "SECRET_KEY=$$($(PY) -c 'import secrets; print(secrets.token_urlsafe(50))')" \
	  ALLOWED_HOSTS=127.0.0.1,localhost HTTPS=false EMAIL_URL=consolemail:// LOG_FORMAT=text > $@

$(STATIC): $(RUNTIME) $(NPM) ibt/settings.py ibt/static.py $(shell find static -type f 2>/dev/null) | .env
	@DEBUG=false $(PY) manage.py collectstatic --noinput --clear --verbosity 0
	@touch $@
