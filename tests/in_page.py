"""What a page's own code works out, in Node."""

import json
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
    given = json.dumps([{"html": html, "asked": asked} for html, asked in jobs])
    script = Path(__file__).with_suffix(".mjs")
    done = subprocess.run(
        [NODE, script], input=given, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
