# Pelikirja. `make` alone prints what there is to run. All that it installs goes into .venv and .venv-bench.

PYTHON ?= python3
# Tried next, unless a PYTHON was asked for by name.
OTHER_PYTHONS = $(if $(filter file,$(origin PYTHON)),python3.13 python3.12 python3.11)

# Python 3.13 removed a name that durable-rules' C code uses; this gives it back, and changes nothing before 3.13.
export CPPFLAGS += -DPyEval_CallObject=PyObject_CallObject

# $(call install,ARGUMENTS): pip into the environment of the target; silent when it works, all of its output when not.
# Without build isolation, so that even builds use only what requirements/build.txt names with its hash.
install = $(@D)/bin/python -m pip install --disable-pip-version-check --no-input --no-build-isolation --use-pep517 \
	$(1) >$(@D)/pip.log 2>&1 || { cat $(@D)/pip.log >&2; echo $(INSTALL_HINT) >&2; exit 1; }
INSTALL_HINT = "Could not install; pip's own words are above. durable-rules is compiled here: that needs a C compiler" \
	"and Python's headers (Debian: apt install gcc python3-dev)."

# A durable-rules that pip kept from an earlier build without CPPFLAGS does not import on 3.13: it is built again.
define install_requirements
@$(call install,--require-hashes -r requirements/build.txt)
@$(call install,--require-hashes -r $(1))
@$(@D)/bin/python -c 'import durable_rules_engine' 2>/dev/null || { \
	$(@D)/bin/python -m pip cache remove durable_rules >/dev/null 2>&1; \
	$(call install,--force-reinstall --no-deps --require-hashes -r $(1)); }
endef

CHECKED = $(wildcard engine web tests benchmarks)

.PHONY: help advise serve test screenshots check bench wheel requirements clean

help: ## print these lines
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' Makefile

advise: .venv/.runtime ## give advice to the example team
	@.venv/bin/pelikirja advise examples/nokka.csv --facts examples/nokka-facts.yaml

serve: .venv/.runtime ## open the pages with a sample team, on SQLite in var/sample
	@.venv/bin/pelikirja serve --sample --folder var/sample

test: .venv/.dev ## run the tests
	@.venv/bin/python -m pytest -q -n auto --dist loadfile

screenshots: .venv/.dev ## take pictures of every page into var/screenshots; ONLY="result play" takes a few
	@.venv/bin/python -m tests.web.screenshots $(if $(ONLY),--only $(ONLY))

check: .venv/.dev ## check style, types and the direction of imports
	@all=true; \
	.venv/bin/ruff check --quiet . || all=false; \
	.venv/bin/ruff format --quiet --check . || all=false; \
	.venv/bin/mypy $(CHECKED) || all=false; \
	.venv/bin/lint-imports --no-logo || all=false; \
	$$all

bench: .venv-bench/.bench ## compare with other rule engines, in an environment of its own
	@.venv-bench/bin/python -m benchmarks

wheel: .venv/.runtime ## build the wheel and the source distribution into dist/
	@.venv/bin/python -m hatchling build

COMPILE = .venv/uv/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
	--no-header --no-emit-index-url --no-emit-find-links $(UPGRADE) pyproject.toml

requirements: .venv/bin/python ## write requirements/ anew from pyproject.toml; UPGRADE=--upgrade takes new versions
	@.venv/bin/python -m venv .venv/uv
	@.venv/uv/bin/python -m pip install --quiet --disable-pip-version-check uv
	@$(COMPILE) --extra xlsx --extra web --extra postgresql --extra test --extra dev --group build --output-file requirements/dev.txt
	@$(COMPILE) --constraints requirements/dev.txt --extra web --output-file requirements/runtime.txt
	@$(COMPILE) --constraints requirements/dev.txt --extra bench --output-file requirements/bench.txt
	@$(COMPILE:pyproject.toml=) --constraints requirements/dev.txt --group build --output-file requirements/build.txt

clean: ## remove everything that was installed or built here
	@rm -rf .venv .venv-bench dist var/sample var/screenshots .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.venv/bin/python .venv-bench/bin/python:
	@for python in "$(PYTHON)" $(OTHER_PYTHONS); do \
		"$$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))' 2>/dev/null || continue; \
		echo "Setting up $(patsubst %/bin,%,$(@D)) with $$("$$python" --version) (once) ..."; \
		exec "$$python" -m venv --clear $(patsubst %/bin,%,$(@D)); \
	done; \
	echo "Pelikirja needs Python 3.11, 3.12 or 3.13. Tried: $(PYTHON) $(OTHER_PYTHONS)" >&2; \
	echo "$(PYTHON) says: $$("$(PYTHON)" --version 2>&1)" >&2; \
	echo "Install one, or name one: make PYTHON=/path/to/python3.12 ..." >&2; \
	exit 1

.venv/.runtime: pyproject.toml requirements/build.txt requirements/runtime.txt | .venv/bin/python
	@echo "Installing what it runs on; durable-rules is compiled here ..."
	$(call install_requirements,requirements/runtime.txt)
	@$(call install,--no-deps --editable .)
	@$(@D)/bin/python -m compileall -q engine web
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.runtime
	@echo "Installing the tools for tests and checks ..."
	@$(call install,--require-hashes -r requirements/dev.txt)
	@touch $@

.venv-bench/.bench: requirements/build.txt requirements/bench.txt | .venv-bench/bin/python
	@echo "Installing the engines to compare with ..."
	$(call install_requirements,requirements/bench.txt)
	@touch $@
