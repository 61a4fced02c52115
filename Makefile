# Needs python3 (3.11 to 3.13, with venv), git and make. Everything else is installed into .venv by the targets below.
# Settings come from the environment, for example: PORT=8080 make run. docs/operations.md explains each.

PYTHON ?= python3
BIN := .venv/bin
MYKYIVSTAR := $(BIN)/mykyivstar
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
export PATH := $(CURDIR)/$(BIN):$(PATH)

.DEFAULT_GOAL := help
.PHONY: help run dev test check bench build lock install install-dev services clean

help: ## show this
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

run: build ## start My Kyivstar with demo data: prints the address and whom to sign in as
	@$(MYKYIVSTAR) migrate
	@$(MYKYIVSTAR) demo
	@exec $(MYKYIVSTAR) serve

dev: install-dev ## the same for developers: a change in the code is on the screen at once
	@$(MYKYIVSTAR) migrate
	@$(MYKYIVSTAR) demo
	@exec $(MYKYIVSTAR) dev

test: install-dev services build ## run every test; installs PostgreSQL, Redis and Chromium where it may
	@$(BIN)/pytest -n auto --dist loadfile --no-loadscope-reorder --ignore tests/e2e
	@$(BIN)/pytest -n auto --dist worksteal tests/e2e

check: install-dev ## what needs no server: style, types, layers
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/mypy
	@$(BIN)/pytest tests/architecture

bench: install-dev services build ## measure, and print how that compares
	@$(BIN)/python -m benchmarks

build: install
	@$(MYKYIVSTAR) build

install: .venv/.installed
install-dev: .venv/.installed-dev

.venv/.installed: requirements.lock pyproject.toml
	@echo "Installing packages into .venv"
	@test -x $(BIN)/pip || $(PYTHON) -m venv .venv
	@$(PIP) --require-hashes -r requirements.lock
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

.venv/.installed-dev: requirements-dev.lock .venv/.installed
	@echo "Installing packages for development into .venv"
	@$(PIP) --require-hashes -r requirements-dev.lock
	@touch $@

services:
	@sh tests/services.sh

lock: install-dev # after a change of dependencies in pyproject.toml
	@$(PIP) uv
	@for extra in "requirements.lock" "requirements-dev.lock --extra dev -c requirements.lock"; do \
		UV_SYSTEM_CERTS=1 $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
			--no-emit-index-url --no-header --no-annotate --extra install pyproject.toml -o $$extra || exit 1; \
	done

clean: # everything made here, but not data/
	rm -rf .venv .web .states .pytest_cache .mypy_cache .ruff_cache
