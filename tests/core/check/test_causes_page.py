"""The names of causes are public: the page that lists them is the table itself."""

from pathlib import Path

from gdviz.core.check import causes

PAGE = Path(causes.__file__).with_suffix(".md")
HEAD = """\
# What `gdviz check` calls the usual mistakes

These are the names that `gdviz check --json` gives under `causes`, and what each means.

| name | meaning |
|---|---|
"""


def test_the_page_lists_every_cause():
    rows = "".join(f"| {each.name} | {each.sentence} |\n" for each in causes.USUAL)
    assert PAGE.read_text(encoding="utf-8") == HEAD + rows
