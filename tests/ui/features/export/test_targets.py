"""What is written replaces a file or stands where nothing was: nothing else, and never in half."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import writers
from writers import WRITERS

from gdviz.ui.widgets.saving import SavingError

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="these faults are Unix's"),
    pytest.mark.usefixtures("qapp"),
]
NO_FOLDER = "Nothing may be saved in this folder: choose another folder."
every_kind = pytest.mark.parametrize(("name", "write"), WRITERS.items(), ids=WRITERS)


def make_folder(path):
    path.mkdir()


def make_link_to_a_pipe(path):
    os.mkfifo(path.with_name("pipe"))
    path.symlink_to("pipe")


def make_loop(path):
    path.symlink_to("loop")
    path.with_name("loop").symlink_to(path)


def things(folder):
    """Return what is in a folder, links as such."""
    found = [(path.name, path.lstat()) for path in folder.iterdir()]
    return sorted((name, about.st_mode, about.st_ino, about.st_size) for name, about in found)


def write_under(fault, folder, *before):
    """Write every kind in a process that is up against something; return what it says."""
    tests = str(Path(writers.__file__).parent)
    done = subprocess.run(
        [*before, sys.executable, writers.__file__, fault, folder],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([tests, *sys.path])},
        capture_output=True,
        encoding="utf-8",
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@pytest.fixture
def old(tmp_path):
    """A folder with an old file of every kind."""
    for name in WRITERS:
        (tmp_path / name).write_text(f"old {name}")
    return tmp_path


@every_kind
@pytest.mark.parametrize(
    ("make", "says"),
    [
        (os.mkfifo, "is a named pipe"),
        (make_link_to_a_pipe, "is a named pipe"),
        (make_folder, "is a folder"),
        (make_loop, "is a link that leads back to itself"),
    ],
)
def test_what_is_no_file_is_not_replaced(tmp_path, name, write, make, says):
    path = tmp_path / name
    make(path)
    before = things(tmp_path)
    with pytest.raises(SavingError, match=rf"{name} .*{says}"):
        write(path)
    assert things(tmp_path) == before


@every_kind
def test_a_link_to_a_file_stays_one_and_the_file_is_replaced(tmp_path, name, write):
    path, real = tmp_path / name, tmp_path / "elsewhere" / name
    real.parent.mkdir()
    real.write_text("old")
    path.symlink_to(real)
    write(path)
    assert path.is_symlink()
    assert real.read_bytes()[:3] != b"old"


@every_kind
@pytest.mark.parametrize("odd", ["\udcff", "\0", "x" * 300])
def test_what_is_no_name_of_a_file_is_refused_by_name(tmp_path, name, write, odd):
    with pytest.raises(SavingError, match=r"can't be written: .*name"):
        write(tmp_path / f"{odd}{name}")
    assert not list(tmp_path.iterdir())


def test_a_full_disk_is_told_and_leaves_the_old_files(old):
    before = things(old)
    lines = write_under("full", old)
    assert lines == [f"{name} could not be saved: the disk is full." for name in WRITERS]
    assert things(old) == before


@pytest.mark.parametrize("is_file", [True, False], ids=["file", "folder"])
def test_where_nothing_may_be_written_that_is_told(old, is_file):
    for name in WRITERS:
        (old / name).chmod(0o444 if is_file else 0o666)
    old.chmod(0o777 if is_file else 0o555)
    before = things(old)
    lines = write_under("forbidden", old)
    old.chmod(0o777)
    assert len(lines) == len(WRITERS)
    for name, line in zip(WRITERS, lines, strict=True):
        assert line.startswith(f"{name} can't be written: "), line
        assert line.endswith("Choose another name or folder." if is_file else NO_FOLDER), line
    assert things(old) == before


def test_a_read_only_file_system_is_told_and_leaves_the_old_files(old):
    own_mounts = "unshare", "-m"
    if shutil.which("unshare") is None or subprocess.run([*own_mounts, "true"]).returncode:
        pytest.skip("who isn't root can mount nothing")
    before = things(old)
    lines = write_under("read-only", old, *own_mounts)
    assert len(lines) == len(WRITERS)
    for name, line in zip(WRITERS, lines, strict=True):
        assert line.startswith(f"{name} can't be written: "), line
        assert line.endswith(f". {NO_FOLDER}"), line
    assert things(old) == before


def test_a_kill_at_any_moment_leaves_whole_files(old):
    write_under("killed", old)
    for name in WRITERS:
        left = (old / name).read_bytes()
        WRITERS[name](old / name)
        new = (old / name).read_bytes()
        # A PDF holds the time.
        assert left in (new, f"old {name}".encode()) or left[-7:] == new[-7:] == b"\n%%EOF\n", name
