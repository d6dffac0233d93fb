"""What a page's own code works out, in Node."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="Node runs the page's code; it isn't here")


def answers(jobs):
    """Return the value of an expression in the world of each page; `jobs` are pairs of both."""
    given = json.dumps([{"html": html, "asked": asked} for html, asked in jobs])
    script = Path(__file__).with_suffix(".mjs")
    done = subprocess.run(
        [NODE, script], input=given, capture_output=True, encoding="utf-8", timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
