"""The chapter that the guide builds in ten minutes is done with real clicks and keys."""

import pytest
from learner import Learner
from PySide6.QtCore import Qt
from support import child, text

from gdviz.resources import resource


@pytest.fixture
def learner(window, qtbot, tmp_path):
    """Someone who has opened the guide's chapter."""
    guide = resource("assets", "lessons", "README.md").read_text(encoding="utf-8")
    path = tmp_path / "my-chapter.md"
    path.write_text(guide.split("\n````\n")[1] + "\n", encoding="utf-8")
    assert window.teaching.open(path)
    learner = Learner(qtbot, window)
    learner.wait()
    return learner


@pytest.mark.parametrize(
    ("prediction", "reply"),
    [("Left", "Against the rise"), ("Right", "the ground rises"), ("Nobody can know", "be felt")],
)
def test_whatever_is_predicted_the_fog_lifts(prediction, reply, learner, window):
    assert window.viewing.switches["fog"].isChecked()
    assert "Which way" in learner.asked
    assert not child(window, "readout").isVisible()
    learner.predict(prediction)
    assert any(reply in said for said in learner.replies)
    assert not window.viewing.switches["fog"].isChecked()
    assert child(window, "readout").isVisible()
    assert not child(window, "sentence").isVisible()
    assert "positive" in child(window, "lesson_words").toPlainText()
    assert "Which weight does it lead to?" in learner.asked
    assert not learner.is_done


def test_it_is_done_with_an_answer_and_a_step(learner, window):
    learner.predict("Left")
    assert "?" in text(window, "next_weight")
    for given, reply in (
        ("0.506", "0.506 is how long the step is."),
        ("3.506", "3.506 lies to the right of 3"),
        ("2", "2? Go from 3 to the left"),
    ):
        learner.answer(given)
        assert any(said.startswith(reply) for said in learner.replies)
    assert not learner.is_done
    learner.answer("2.494")
    assert "2.494" in text(window, "next_weight")
    assert not learner.is_done
    learner.key(Qt.Key.Key_Right)
    assert learner.is_done
    assert "From 3 to 2.494, as you worked out." in text(window, "lesson_praise")
