"""Tables that a cluster sums up: asked for in a dialog, shown in the same window."""

import numpy as np
import pytest
from clusters import running
from PySide6.QtWidgets import QDialogButtonBox
from room import clipped
from support import child, choose, text, wait_until_trained

from gdviz.core.big.sources import sources_of
from gdviz.core.big.streaming import streamed

pytest.importorskip("distributed")


@pytest.fixture
def dialog(window):
    choose(window, "Open on a cluster…")
    return child(window, "cluster_dialog")


def open_button(dialog):
    return dialog.findChild(QDialogButtonBox).button(QDialogButtonBox.StandardButton.Open)


def fill(qtbot, dialog, files, scheduler):
    child(dialog, "cluster_files").clear()
    qtbot.keyClicks(child(dialog, "cluster_files"), str(files))
    child(dialog, "cluster_scheduler").clear()
    qtbot.keyClicks(child(dialog, "cluster_scheduler"), scheduler)


def test_it_can_be_opened_once_both_are_there(dialog, qtbot):
    assert dialog.isVisible()
    assert clipped(dialog) == []
    assert not open_button(dialog).isEnabled()
    qtbot.keyClicks(child(dialog, "cluster_files"), "part-*.csv")
    assert not open_button(dialog).isEnabled()
    qtbot.keyClicks(child(dialog, "cluster_scheduler"), " ")
    assert not open_button(dialog).isEnabled()
    qtbot.keyClicks(child(dialog, "cluster_scheduler"), "tcp://10.0.0.1:8786")
    assert open_button(dialog).isEnabled()


def test_a_wrong_address_is_told_and_the_data_stay(window, dialog, qtbot, tmp_path):
    fill(qtbot, dialog, tmp_path / "part-*.csv", "nowhere/at/all")
    open_button(dialog).click()
    qtbot.waitUntil(lambda: "is no address of a scheduler" in text(window, "notice_text"))
    assert text(window, "file_name") == "pizza.txt"
    assert not dialog.isVisible()
    choose(window, "Open on a cluster…")
    assert child(dialog, "cluster_scheduler").text() == "nowhere/at/all"


@pytest.mark.cluster
def test_a_cluster_sums_up_and_the_window_shows_it(window, dialog, qtbot, tmp_path):
    generator = np.random.default_rng(4)
    for number in range(3):
        x = generator.normal(5, 2, 6_000)
        rows = np.column_stack((x, 4 * x + generator.normal(size=len(x))))
        np.savetxt(tmp_path / f"part-{number}.csv", rows, delimiter=",", header="a,b", comments="")
    with running(workers=1) as cluster:
        fill(qtbot, dialog, tmp_path / "part-*.csv", cluster.address)
        open_button(dialog).click()
        wait_until_trained(qtbot, window)
    dataset = window.session.runs.experiment.dataset
    assert dataset.bowl == streamed(sources_of(tmp_path)).summary.bowl
    assert text(window, "rows") == "18,000 rows\na → b"
    assert "a sample of 10,000 of 18,000 rows" in text(window, "notice_text")
