# Every target first sets up what it needs: the system libraries Qt loads, and .venv.
PYTHON ?= python3
# Qt warns, and a warning fails a test, where the locale is not UTF-8.
OFFSCREEN = LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen
XVFB = LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1280x800x24"

.NOTPARALLEL:
.PHONY: help run test test-window lint format bench demo clean system

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: system .venv/.runtime ## open the window; FILE=my.csv opens your own table
	@.venv/bin/gdviz $${FILE:+"$$FILE"} || { code=$$?; test $$code -ne 2 || \
	  echo 'Without a display, "make demo" draws the descent into build/demo/.' >&2; exit $$code; }

test: system .venv/.installed ## run the tests, no display needed; ARGS="-k csv" goes to pytest
	$(OFFSCREEN) .venv/bin/pytest --ignore=tests/realwindow $(ARGS)

test-window: .venv/.installed ## run the tests that need a real window, under Xvfb
	@.ci/system-libraries xvfb xauth xdotool
	$(XVFB) .venv/bin/pytest tests/realwindow $(ARGS)

lint: .venv/.installed ## check style, types and the direction of imports
	.venv/bin/ruff check
	.venv/bin/ruff format --check
	.venv/bin/mypy
	.venv/bin/lint-imports

format: .venv/.installed ## fix what can be fixed, and lay the code out
	.venv/bin/ruff check --fix --exit-zero
	.venv/bin/ruff format

bench: system .venv/.installed ## time it: runs benchmarks/*.py
	@set -e; for script in $(sort $(wildcard benchmarks/*.py)); do \
	  echo "== $$script"; $(OFFSCREEN) .venv/bin/python "$$script"; done

demo: system .venv/.runtime ## draw pizza.txt's descent into build/demo/, no display needed
	@mkdir -p build/demo
	$(OFFSCREEN) .venv/bin/gdviz export data/pizza.txt $(addprefix build/demo/pizza.,png svg pdf csv)

clean: ## remove all that these targets made, .venv too
	rm -rf .venv build dist .*_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

system: ; @.ci/system-libraries

# Two stamps, one recipe: the window needs only the runtime, the rest needs the tools as well.
# They go before pip starts and return when it has succeeded; without them, or when the folder has
# moved, .venv is made afresh, so that a half-made or misplaced .venv never meets the next try.
ifneq ($(shell cat .venv/.runtime 2>/dev/null),$(CURDIR))
$(shell rm -f .venv/.runtime .venv/.installed)
endif
define CHECK_PYTHON
import sys
name = "python%d.%d" % sys.version_info[:2]
if sys.version_info < (3, 11):
    sys.exit("gdviz needs Python 3.11 or newer, and this is " + name + ": install a newer one and name it, as in: make PYTHON=python3.12")
try: import ensurepip, venv
except ImportError: sys.exit("This Python cannot make a virtual environment: install its venv module (Debian, Ubuntu: sudo apt install " + name + "-venv)")
endef
export CHECK_PYTHON

.venv/.installed: extra = [dev]
.venv/.runtime .venv/.installed: pyproject.toml
	@$(PYTHON) -c "$$CHECK_PYTHON"
	@test -e .venv/.runtime || $(PYTHON) -m venv --clear .venv
	@rm -f .venv/.runtime .venv/.installed
	.venv/bin/python -m pip install --disable-pip-version-check -e ".$(extra)"
	@echo "$(CURDIR)" | tee .venv/.runtime > $@
