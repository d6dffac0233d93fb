"""Programs that start at once: each is a fork of a process that has loaded gdviz already."""

import atexit
import json
import os
import signal
import subprocess
import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

LONGEST_S = 120
COMMAND_LINE = "import sys; from gdviz.cli import main; sys.exit(main(sys.argv[1:]))"


def run(program, *words, env=None):
    """Run Python code with some words, as ``python -c`` does, in a process of its own."""
    words, env = [*map(str, words)], {**(os.environ if env is None else env)}
    # Elsewhere a library may not bear it.
    if sys.platform != "linux":
        return subprocess.run(
            [sys.executable, "-c", program, *words], env=env, capture_output=True,
            encoding="utf-8", timeout=LONGEST_S, check=False,
        )  # fmt: skip
    with TemporaryDirectory() as folder:
        out, errors = Path(folder, "out"), Path(folder, "errors")
        job = {"program": program, "words": words, "env": env, "to": [str(out), str(errors)]}
        server = _server()
        print(json.dumps(job), file=server.stdin, flush=True)
        status = int(server.stdout.readline())
        said = (path.read_text(encoding="utf-8") for path in (out, errors))
        return subprocess.CompletedProcess(words, status, *said)


@cache
def _server():
    """Start what forks, once."""
    # What holds threads can't be forked.
    env = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    server = subprocess.Popen(
        [sys.executable, __file__], env=env, text=True, stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    # It ends when nobody can ask any more.
    atexit.register(server.communicate)
    return server


def _serve():
    import gdviz.cli.commands
    import gdviz.ui.features.export.headless
    import gdviz.ui.shell.window  # noqa: F401

    for line in sys.stdin:
        job = json.loads(line)
        if not (child := os.fork()):
            _become(job)
            return
        _, status = os.waitpid(child, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)


def _become(job):
    signal.alarm(LONGEST_S)
    os.environ.clear()
    os.environ.update(job["env"])
    os.dup2(os.open(os.devnull, os.O_RDONLY), sys.__stdin__.fileno())
    for stream, path in zip((sys.__stdout__, sys.__stderr__), job["to"], strict=True):
        os.dup2(os.open(path, os.O_WRONLY | os.O_CREAT), stream.fileno())
    sys.argv = ["-c", *job["words"]]
    exec(job["program"], {"__name__": "__main__"})


if __name__ == "__main__":
    _serve()
