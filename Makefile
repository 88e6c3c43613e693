# make run [FOLDER=...]   set up, then scan (resources/samples without a folder) and write report.csv
# make test               set up, then all checks and tests
# make check              the checks alone: format, lint, types, layers
# make setup              .venv with everything in it; does nothing when it is up to date

BIN = .venv/bin
READY = .venv/complete
CACHE = $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/dedupe-app

.PHONY: run setup check test
.DELETE_ON_ERROR:

run: $(READY)
ifdef FOLDER
	$(BIN)/dedupe-app scan "$(FOLDER)"
	$(BIN)/dedupe-app export --csv report.csv
else
	$(BIN)/dedupe-app scan resources/samples --library "$(CACHE)/samples.sqlite"
	$(BIN)/dedupe-app export --library "$(CACHE)/samples.sqlite" --csv report.csv
endif
	@echo "The whole report is in report.csv."

setup: $(READY)

$(READY): pyproject.toml constraints.txt packaging/linux/setup.sh
	packaging/linux/setup.sh

check: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

test: check
	$(BIN)/pytest
