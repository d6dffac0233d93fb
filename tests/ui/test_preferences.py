"""What can't be used in a settings file counts as not set; what can't be written is said once."""

import os
import subprocess
import sys

import pytest
from PySide6.QtCore import QByteArray, QTimer
from PySide6.QtWidgets import QApplication, QMessageBox
from support import text

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.settings import values
from gdviz.ui.preferences import MOST_BYTES, Preferences
from gdviz.ui.shell.window import MainWindow

pytestmark = pytest.mark.usefixtures("qapp")
KEYS = (
    "iterations", "learning_rate", "tolerance", "with_bias", "method", "start_weight", "batch_size",
    "seed", "speed", "theme", "geometry", "state", "recent_files", "loss_history", "equation",
    "lesson_chapter", "lesson_done", "lesson_known", "invited", "motion", "residuals", "tables",
)  # fmt: skip
BROKEN = {
    "rubbish": "rubbish",
    # Qt reads any of its types, warns of some and ends the program at others.
    "unknown type": r"@Variant(\0\0\0\x7f\0)",
    "a type without end": r"@Variant(\0\0\0\n\xff\xff\xff\xf0)",
    "point": "@Point(1)", "rectangle": "@Rect(a b)", "invalid": "@Invalid()",
    "bytes": r"@ByteArray(\x1\xd9\xd0\xcb\0\x3\0\0\xff\xff\xff\xff)",
    "sealed otherwise": '"00000000:AdnQywADAAA="', "sealed no text": '"00000000:::"',
    "infinite": "1e999", "not a number": "NaN", "negative": "-5", "too large": "9" * 5000,
    "half": "0.5", "null": "null", "true": "true", "list": "[1, [2], {}]", "text": '"?"',
    "surrogate": r'["\ud800", "\u0000"]', "deep": "[" * 100_000, "open": '"', "nothing": "",
}  # fmt: skip


@pytest.fixture
def file(own_settings):
    own_settings.joinpath("gdviz").mkdir(parents=True)
    return own_settings / "gdviz" / "gdviz.conf"


@pytest.mark.parametrize("value", BROKEN.values(), ids=BROKEN)
def test_a_broken_value_is_as_if_it_were_not_set(window, file, pizza, value):
    file.write_text("\n".join(["[General]", *(f"{key}={value}" for key in KEYS)]))
    broken = Preferences()
    experiment = broken.experiment(pizza)
    for name in ("iterations", "method", "seed", "batch_size"):
        assert getattr(experiment, name) == getattr(Experiment(pizza), name)
    assert broken.bytes("state") == broken.bytes("geometry") == QByteArray()
    assert broken.text("theme", "system", ("system", "dark")) == "system"
    assert len(broken.recent_files) <= 1
    window.close()
    again = MainWindow()
    again.close()
    again.deleteLater()


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 5000,
        b"\xff\xfe[\0G",
        b"[General",
        b"=\n==\n[General]\n=1",
        b"[Other]\ntheme=dark",
    ],
)
def test_a_file_that_is_none_of_ours_is_as_if_there_were_none(file, pizza, content):
    file.write_bytes(content)
    broken = Preferences()
    assert values(broken.experiment(pizza)) == values(Experiment(pizza))
    assert broken.text("theme", "system", ("dark",)) == "system"


def test_a_file_that_is_too_large_is_left_alone(file):
    file.write_text("[General]\ntheme=dark\n" + "#" * MOST_BYTES)
    assert Preferences().text("theme", "system", ("dark",)) == "system"


def test_a_file_of_an_earlier_version_is_understood(file, pizza):
    file.write_text(
        "[General]\niterations=321\nlearning_rate=0.002\nwith_bias=true\nmethod=adam\n"
        'speed="slow, then faster"\ninvited=true\ntheme=dark\n'
    )
    known = Preferences()
    experiment = known.experiment(pizza)
    assert (experiment.iterations, experiment.learning_rate) == (321, 0.002)
    assert (experiment.with_bias, experiment.method.label) == (True, "Adam")
    assert known.flag("invited")
    assert known.text("speed", "", ("slow, then faster",)) == "slow, then faster"


def test_a_pipe_in_its_place_is_not_waited_for_and_stays(file):
    os.mkfifo(file)
    preferences, faults = Preferences(), []
    preferences.failed.connect(faults.append)
    preferences.set("theme", "dark")
    preferences.save()
    assert file.is_fifo()
    assert "is not a file" in faults[0]


def test_two_windows_keep_what_each_has_set(own_settings):
    one, other = Preferences(), Preferences()
    one.set("theme", "dark")
    other.set("speed", "fast")
    one.save()
    other.save()
    known = Preferences()
    assert known.text("theme", "", ("dark",)) == "dark"
    assert known.text("speed", "", ("fast",)) == "fast"
    assert [path.name for path in (own_settings / "gdviz").iterdir()] == ["gdviz.conf"]


def test_what_cannot_be_remembered_is_said_once(window, own_settings, qtbot):
    own_settings.mkdir(parents=True)
    own_settings.joinpath("gdviz").write_text("in the way")
    for theme in ("dark", "light"):
        window.preferences.set("theme", theme)
        qtbot.waitUntil(lambda: not window.preferences._soon.isActive())
        assert window.notices.notice.isVisible() == (theme == "dark")
        window.notices.notice.hide()
    assert "can't be remembered for the next start" in text(window, "notice_text")
    window.close()


def test_what_cannot_be_remembered_is_said_at_last(window, own_settings):
    own_settings.mkdir(parents=True, exist_ok=True)
    own_settings.joinpath("gdviz").write_text("in the way")
    said = []

    def look():
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        said.append(box.text())
        box.close()

    QTimer.singleShot(0, look)
    window.close()
    assert len(said) == 1
    assert "gdviz.conf can't be written" in said[0]


ON_A_FULL_DISK = """
import resource
from PySide6.QtCore import QCoreApplication
from gdviz.ui.preferences import Preferences

app = QCoreApplication()
preferences = Preferences()
preferences.failed.connect(print)
preferences.set("theme", "dark")
preferences.save()
before = preferences.path.read_bytes()
resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))
for theme in ("light", "contrast"):
    preferences.set("theme", theme)
    preferences.save()
assert preferences.path.read_bytes() == before
assert len(list(preferences.path.parent.iterdir())) == 1
"""


@pytest.mark.skipif(sys.platform == "win32", reason="a limit of POSIX stands for the full disk")
def test_a_full_disk_leaves_the_old_settings_and_is_said_once(own_settings):
    done = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK], capture_output=True, text=True, timeout=60,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("can't be remembered") == 1
    assert str(own_settings) in done.stdout
