"""Whatever a chapter says outside its words is shown letter by letter: Qt makes no HTML of it."""

import pytest
from learner import Learner
from PySide6.QtCore import QModelIndex
from PySide6.QtGui import Qt
from PySide6.QtWidgets import QLabel, QWidget
from support import child, text, wait_until_trained

TIP = Qt.ItemDataRole.ToolTipRole
HTML = "<img src='/dev/zero'> &lt;b&gt; <b>*a*</b>"
CHAPTER = f"""+++
title = "{HTML}"
task = "{HTML}"
done = "stepped >= 1"
praise = "{HTML}"
keep = "{HTML}"
[[setup.kept]]
name = "{HTML}"
learning_rate = 0.0005
[setup]
show = ["loss_curve", "runs"]
[[prediction]]
text = "{HTML}"
answers = ["{HTML}", "b"]
right = "{HTML}"
[[question]]
text = "{HTML}"
answer = 3
wrong = "{HTML}"
right = "{HTML}"
[hints]
"iteration == 0" = "{HTML}"
[[challenge]]
text = "{HTML}"
done = "stepped >= 1"
praise = "{HTML}"
+++
A word.
"""


@pytest.fixture
def learner(window, qtbot, tmp_path):
    path = tmp_path / "mine.md"
    path.write_text(CHAPTER, encoding="utf-8")
    assert window.teaching.open(path)
    wait_until_trained(qtbot, window)
    return Learner(qtbot, window)


def assert_plain(window):
    """See that all that is shown is shown as it is written."""
    for label in window.findChildren(QLabel):
        if "<b>" in label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText, label.objectName()
    for widget in window.findChildren(QWidget):
        assert "zero" not in widget.toolTip() or not Qt.mightBeRichText(widget.toolTip())


def test_all_texts_are_plain(learner, window):
    runs = child(window, "runs_table").model()
    names = [runs.index(row, 0) for row in range(runs.rowCount(QModelIndex()))]
    assert HTML in [name.data() for name in names]
    assert not any(Qt.mightBeRichText(name.data(TIP)) for name in names)
    assert_plain(window)
    learner.predict(HTML)
    assert_plain(window)
    learner.answer("2")
    assert HTML in learner.replies
    assert_plain(window)
    learner.answer("3")
    learner.key(Qt.Key.Key_Right)
    assert learner.is_done
    assert HTML in text(window, "lesson_praise")
    assert HTML in text(window, "lesson_challenge_1")
    assert_plain(window)
    assert child(window, "lesson_chapter").currentText().endswith(HTML)
