"""Memory: what is free by all that limits it, and what is too big for it."""

import subprocess
import sys

import pytest

from gdviz.core.big import memory
from gdviz.core.big.memory import free_memory, is_big

MEMINFO = "MemTotal:       16000000 kB\nMemFree:         100 kB\nMemAvailable:    8000000 kB\n"


@pytest.fixture
def system(tmp_path, monkeypatch):
    """Write what Linux says, and take the limits of this process away."""
    monkeypatch.setattr(memory, "_within_limit", lambda _: ())

    def write(**files):
        for name, content in files.items():
            path = tmp_path.joinpath(*name.split("__"))
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(content)
        return tmp_path

    return write


def test_what_the_computer_has(system):
    assert free_memory(system(proc__meminfo=MEMINFO)) == 8_192_000_000


GROUP = {"memory.max": "1000000\n", "memory.current": "700000\n",
         "memory.stat": "anon 400000\ninactive_file 200000\nactive_file 50000\n"}  # fmt: skip


@pytest.mark.parametrize("path", ["/", "/work/inner"])
def test_a_container_has_less(path, system, tmp_path):
    root = system(proc__meminfo=MEMINFO, proc__self__cgroup=f"1:cpu:/x\n0::{path}\n")
    folder = tmp_path / "sys/fs/cgroup/work" if path != "/" else tmp_path / "sys/fs/cgroup"
    folder.mkdir(parents=True)
    for name, content in GROUP.items():
        folder.joinpath(name).write_text(content)
    assert free_memory(root) == 550_000
    folder.joinpath("memory.max").write_text("max\n")
    assert free_memory(root) == 8_192_000_000


def test_nothing_known(system):
    assert free_memory(system()) is None


@pytest.mark.skipif(sys.platform != "linux", reason="no such limit elsewhere")
def test_a_limit_of_the_process_counts():
    code = (
        "import resource; resource.setrlimit(resource.RLIMIT_AS, (1 << 31, 1 << 31))\n"
        "from gdviz.core.big.memory import free_memory; print(free_memory())"
    )
    free = int(subprocess.check_output([sys.executable, "-c", code], text=True))
    assert 0 < free < 1 << 31


@pytest.mark.parametrize(("free", "expected"), [(199, True), (200, False), (None, False)])
def test_more_than_half_of_it_is_big(free, expected, written, monkeypatch):
    monkeypatch.setattr(memory, "free_memory", lambda: free)
    assert is_big(written(b"x" * 100)) is expected


def test_what_is_not_there_is_not_big(tmp_path):
    assert not is_big(tmp_path / "gone.csv")
