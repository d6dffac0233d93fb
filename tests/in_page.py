"""What a page's own code works out, in Node and in a browser."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")
BROWSER = shutil.which("chromium") or shutil.which("google-chrome")
needs_node = pytest.mark.skipif(NODE is None, reason="Node runs the page's code; it isn't here")

needs_browser = pytest.mark.skipif(BROWSER is None, reason="a browser opens the page; none is here")


def opened(path, profile):
    """Return what a browser has made of a page, as HTML."""
    options = "--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=1000"
    done = subprocess.run(
        [BROWSER, *options, f"--user-data-dir={profile}", "--dump-dom", path.as_uri()],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, encoding="utf-8", timeout=60, check=True,
    )  # fmt: skip
    return done.stdout


def answers(jobs):
    """Return the value of an expression in the world of each page; `jobs` are pairs of both."""
    given = json.dumps([{"html": page, "asked": asked} for page, asked in jobs])
    script = Path(__file__).with_suffix(".mjs")
    done = subprocess.run(
        [NODE, script], input=given, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def answers_of_browser(jobs, folder):
    """Return the same as `answers`, worked out by a browser."""
    worlds = "".join(_world(page, asked) for page, asked in jobs)
    path = folder / "asked.html"
    path.write_text(
        f'<meta charset="utf-8"><pre></pre><script>"use strict"; const told = [];\n{worlds}'
        'document.querySelector("pre").textContent = JSON.stringify(told);</script>'
    )
    return json.loads(html.unescape(re.search(r"<pre>(.*?)</pre>", opened(path, folder), re.S)[1]))


def _world(page, asked):
    """Return a function in which the page's own first script is run, and asked for something."""
    data = _found(r'<script type="application/json" id="run">(.*?)<', page)
    return (
        "told.push((() => { const document = { getElementById: () => ({ textContent: "
        f"{json.dumps(data).replace('<', chr(92) + 'u003c')} }}) }};\n"
        f"{_found(r'<script>(.*?)</script>', page)}\nreturn {asked}; }})());\n"
    )


def _found(pattern, page):
    return re.search(pattern, page, re.S)[1]
