"""Notices: what is said of a run that went astray."""

import numpy as np
import pytest
from PySide6.QtGui import QColor
from support import child, press, text, type_into, wait_until_trained

from gdviz.ui.theme import THEMES


def test_a_divergent_run_says_where_and_what_works_and_one_click_mends_it(window, qtbot):
    type_into(qtbot, window, "iterations", "1000")
    type_into(qtbot, window, "learning_rate", "0.01")
    banner = child(window, "divergence")
    assert banner.isVisible()
    message = text(window, "divergence_text")
    diverged_at = len(window.session.runs.record)
    assert f"at iteration {diverged_at}" in message
    assert "below 0.00457 work here; try 0.001" in message
    press(qtbot, window, "to_end")
    assert np.isfinite(window.session.playback.row.loss)
    press(qtbot, window, "divergence_action")
    wait_until_trained(qtbot, window)
    assert not banner.isVisible()
    assert child(window, "learning_rate").text() == "0.001"


def test_a_run_that_only_grows_is_called_divergent_too(window, qtbot):
    type_into(qtbot, window, "learning_rate", "0.005")
    assert "the loss has grown" in text(window, "divergence_text")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_notice_stands_out_from_what_is_around_it(window, qtbot, theme):
    window.appearance.choose(theme)
    type_into(qtbot, window, "learning_rate", "0.01")
    ground = child(window, "divergence").grab().toImage().pixelColor(3, 3)
    assert ground == QColor(THEMES[theme].notice)
