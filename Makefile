# Every target first sets up what it needs: the system libraries Qt loads, and the environment.
# PYTHON=python3.12 names another Python, VENV=folder another place for the environment, and an
# empty LOCKED= takes the newest version of everything instead of those that were tested.
VENV ?= .venv
LOCKED ?= requirements.lock
export VENV LOCKED
# Qt warns, and a warning fails a test, where the locale is not UTF-8.
OFFSCREEN = LC_ALL=C.UTF-8 QT_QPA_PLATFORM=offscreen
XVFB = LC_ALL=C.UTF-8 QT_QPA_PLATFORM=xcb

.NOTPARALLEL:
.PHONY: help run test test-window stranger monkey fuzz soak lint format bench demo lock clean system

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' Makefile | expand -t 20

run: system $(VENV)/.runtime ## open the window; FILE=my.csv opens your own table
	@$(VENV)/bin/gdviz $${FILE:+"$$FILE"} || { code=$$?; test $$code -ne 2 || \
	  echo 'Without a display, "make demo" draws the descent into build/demo/.' >&2; exit $$code; }

test: system $(VENV)/.installed ## run the tests, no display needed; ARGS="-k csv" goes to pytest
	$(OFFSCREEN) $(VENV)/bin/pytest -n auto --ignore=tests/realwindow $(ARGS)

test-window: $(VENV)/.installed ## run the tests that need a real window, under Xvfb
	@.ci/system-libraries $$(cat .ci/window-packages)
	$(XVFB) $(VENV)/bin/pytest -n auto --dist loadfile tests/realwindow \
	  tests/ui/plots/test_pictures.py $(ARGS)

stranger: $(VENV)/.installed ## let a random walk loose in the real window; STRANGER_SEEDS=10 takes more
	@.ci/system-libraries $$(cat .ci/window-packages)
	$(XVFB) $(VENV)/bin/pytest tests/realwindow/test_stranger.py $(ARGS)

monkey: $(VENV)/.installed ## do ten thousand things three times; SEED=7 ACTIONS=50000 say which, how many
	MONKEY_SEED="$(SEED)" MONKEY_ACTIONS="$(or $(ACTIONS),30000)" \
	  $(OFFSCREEN) $(VENV)/bin/pytest -n auto -q tests/monkey $(ARGS)

fuzz: $(VENV)/.installed ## feed it mutated files; KIND=tables COUNT=1000000 SEED=7 say which, how many, from where
	FUZZ_KINDS="$(KIND)" FUZZ_COUNT="$(COUNT)" FUZZ_SEED="$(SEED)" \
	  $(OFFSCREEN) $(VENV)/bin/pytest -n auto -q tests/fuzz $(ARGS)

soak: $(VENV)/.installed ## use a window for half an hour, and see what memory it takes; MINUTES=5 is shorter
	PYTHONPATH=tests $(OFFSCREEN) $(VENV)/bin/python -m monkey.soak $(or $(MINUTES),30)

lint: $(VENV)/.installed ## check style, types and the direction of imports
	$(VENV)/bin/ruff check
	$(VENV)/bin/ruff format --check
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports

format: $(VENV)/.installed ## fix what can be fixed, and lay the code out
	$(VENV)/bin/ruff check --fix --exit-zero
	$(VENV)/bin/ruff format

bench: system $(VENV)/.installed ## time it, into benchmarks/results.md; QUICK=1 takes a minute
	QUICK="$(QUICK)" $(OFFSCREEN) $(VENV)/bin/python -m benchmarks.bench

demo: system $(VENV)/.runtime ## draw pizza.txt's descent into build/demo/, no display needed
	@mkdir -p build/demo
	$(OFFSCREEN) $(VENV)/bin/gdviz export data/pizza.txt $(addprefix build/demo/pizza.,png svg pdf csv)

# One list for every Python and system, by markers.
lock: $(VENV)/.installed ## write down the newest versions that pyproject.toml allows
	$(VENV)/bin/python -m pip install --quiet uv
	$(VENV)/bin/uv pip compile --quiet --upgrade --universal --python-version 3.11 \
	  --extra big --extra video --extra dev \
	  --no-emit-index-url --no-emit-find-links --no-annotate \
	  --custom-compile-command "make lock" --output-file requirements.lock pyproject.toml

clean: ## remove all that these targets made, the environment too
	rm -rf .venv .venv-* build dist .*_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

system: ; @.ci/system-libraries

# Two stamps, one recipe: the window needs only the runtime, the rest needs the tools as well.
# They go before pip starts and return when it has succeeded; without them, or when the folder has
# moved or LOCKED has changed, the environment is made afresh, so that a half-made or misplaced one
# never meets the next try.
STAMP = $(CURDIR) $(LOCKED)
ifneq ($(shell cat $(VENV)/.runtime 2>/dev/null),$(STAMP))
$(shell rm -f $(VENV)/.runtime $(VENV)/.installed)
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

# pip reads the first up to version 25.2 for what it builds with, too; later ones read the second.
$(VENV)/.installed $(VENV)/.runtime: export PIP_CONSTRAINT = $(LOCKED)
$(VENV)/.installed $(VENV)/.runtime: export PIP_BUILD_CONSTRAINT = $(LOCKED)
$(VENV)/.installed: extra = [dev]
$(VENV)/.runtime $(VENV)/.installed: pyproject.toml $(LOCKED)
	@python=$${PYTHON:-$$(.ci/suitable-python)} && "$$python" -c "$$CHECK_PYTHON" && \
	  { test -e $(VENV)/.runtime || "$$python" -m venv --clear $(VENV); }
	@rm -f $(VENV)/.runtime $(VENV)/.installed
	$(VENV)/bin/python -m pip install --disable-pip-version-check -e ".$(extra)"
	@echo "$(STAMP)" | tee $(VENV)/.runtime > $@
