# make run [FOLDER=...]   set up, then open the window on a folder (a copy of the samples without one);
#                         without a display: scan it and write report.csv
# make screenshots        pictures of the window for the documentation (docs/screenshots)
# make translations       look for new texts of the window and make the files it reads (resources/i18n)
# make installer          what people install on this system, in dist/: on Linux a .deb and a portable archive
# make test               set up, then all checks and tests
# make check              the checks alone: format, lint, types, layers
# make setup              .venv with everything in it; does nothing when it is up to date

BIN = .venv/bin
READY = .venv/complete
CACHE = $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/dedupe-app

.PHONY: run setup check test screenshots translations installer
.DELETE_ON_ERROR:

ifneq ($(DISPLAY)$(WAYLAND_DISPLAY),)
run: $(READY)
ifdef FOLDER
	$(BIN)/dedupe-app --add "$(FOLDER)"
else
	@[ -d "$(CACHE)/samples" ] || $(BIN)/python packaging/copy_samples.py "$(CACHE)/samples"
	$(BIN)/dedupe-app --library "$(CACHE)/samples-window.sqlite" --add "$(CACHE)/samples"
endif
else
run: $(READY)
ifdef FOLDER
	$(BIN)/dedupe-app scan "$(FOLDER)"
	$(BIN)/dedupe-app export --csv report.csv
else
	@[ -d "$(CACHE)/samples" ] || $(BIN)/python packaging/copy_samples.py "$(CACHE)/samples"
	$(BIN)/dedupe-app scan "$(CACHE)/samples" --library "$(CACHE)/samples.sqlite"
	$(BIN)/dedupe-app export --library "$(CACHE)/samples.sqlite" --csv report.csv
endif
	@echo "The whole report is in report.csv."
endif

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

screenshots: $(READY)
	$(BIN)/python packaging/make_screenshots.py

translations: $(READY)
	$(BIN)/python packaging/make_translations.py

installer: $(READY)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt 'pyinstaller>=6.10' 'uv>=0.13'
	$(BIN)/python packaging/build.py
