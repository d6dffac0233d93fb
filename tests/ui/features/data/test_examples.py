"""The tables that come with gdviz: opened from the menu, and by a chapter."""

import pytest
from PySide6.QtWidgets import QMenu
from support import child, choose, text, wait_until_trained

from gdviz.resources import resource
from gdviz.ui.features.data.examples import EXAMPLES

CHAPTER = """+++
title = "Mine"
task = "Take a step."
done = "stepped >= 1"
[setup]
file = "{file}"
+++
A word.
"""


def label(name):
    return EXAMPLES[name].replace("&", "")


def test_the_menu_offers_them_and_pizza_txt_first(window):
    menus = {menu.title().replace("&", ""): menu for menu in window.findChildren(QMenu)}
    offered = [action.text().replace("&", "") for action in menus["Examples"].actions()]
    assert offered == [label(name) for name in EXAMPLES]
    assert label("pizza.txt") == offered[0]
    assert menus["Examples"].menuAction() in menus["File"].actions()


@pytest.mark.parametrize("name", EXAMPLES)
def test_one_is_opened_like_any_file_and_undone(qtbot, window, name):
    before = window.session.runs.experiment
    choose(window, label(name))
    wait_until_trained(qtbot, window)
    assert text(window, "file_name") == name
    assert window.preferences.recent_files[0].samefile(resource("data", name))
    assert not child(window, "columns_why").isVisible()
    assert "left out" not in text(window, "notice_text")
    window.session.undo.stack.undo()
    assert window.session.runs.experiment is before


@pytest.mark.parametrize("name", [*EXAMPLES, "four-evenings.txt"])
def test_a_chapter_opens_one_by_its_name(qtbot, window, tmp_path, name):
    path = tmp_path / "mine.md"
    path.write_text(CHAPTER.format(file=name), encoding="utf-8")
    assert window.teaching.open(path)
    wait_until_trained(qtbot, window)
    assert text(window, "file_name") == name


@pytest.mark.parametrize(
    ("name", "with_bias", "rate"),
    [("fever.csv", False, 0.0001), ("ice.csv", True, 0.01), ("way-to-school.csv", False, 0.01)],
)
def test_one_opens_with_a_rate_that_works(qtbot, window, name, with_bias, rate):
    window.tuning.set_settings(with_bias=with_bias)
    choose(window, label(name))
    wait_until_trained(qtbot, window)
    assert window.session.runs.experiment.learning_rate == rate
