"""The ledger: its shares, their sum, sorting, and the links to the scatter."""

import time
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from support import child, text, wait_until_trained

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.explain.pieces import figure
from gdviz.core.explain.slopes import Slopes
from gdviz.core.tables.dataset import Dataset
from gdviz.ui.features.explain.ledger_rows import MOST_COMPARED, MOST_ROWS, SAMPLED
from gdviz.ui.features.explain.ledger_view import LedgerView


@pytest.fixture
def ledger(window):
    window.tuning.set_settings(with_bias=True, learning_rate=0.0005)
    window.explaining.ledger_dock.show()
    return window.explaining.ledger_dock.content


def trained(qtbot, window, k=0):
    wait_until_trained(qtbot, window)
    window.session.playback.seek(k)


def cell(window, row, column):
    model = child(window, "ledger_table").model()
    return model.data(model.index(row, column))


def column(window, place):
    model = child(window, "ledger_table").model()
    return [cell(window, row, place) for row in range(model.rowCount())]


def number(shown):
    return float(shown.replace("\N{MINUS SIGN}", "-"))


def click_head(window, place):
    header = child(window, "ledger_table").horizontalHeader()
    x = header.sectionViewportPosition(place) + 20
    QTest.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, 8))


@pytest.mark.usefixtures("ledger")
def test_it_shows_every_point_with_its_share(qtbot, window, pizza):
    trained(qtbot, window, 4)
    row = window.session.playback.row
    errors = row.weight * pizza.x + row.bias - pizza.y
    shares = 2 / 30 * pizza.x * errors
    assert column(window, 0) == [str(i + 1) for i in range(30)]
    assert [number(x) for x in column(window, 1)] == pizza.x.tolist()
    assert [number(y) for y in column(window, 2)] == pizza.y.tolist()
    assert [number(e) for e in column(window, 4)] == pytest.approx(errors, rel=1e-4)
    assert [number(s) for s in column(window, 5)] == pytest.approx(shares, rel=1e-4)
    assert [number(s) for s in column(window, 6)] == pytest.approx(2 / 30 * errors, rel=1e-4)


@pytest.mark.usefixtures("ledger")
def test_the_total_is_the_slope_that_is_shown(qtbot, window):
    trained(qtbot, window, 4)
    row = window.session.playback.row
    total = text(window, "ledger_total")
    assert "All 30 shares" in total
    assert f"{figure(row.weight_gradient)} along w" in total
    assert f"{figure(row.bias_gradient)} along b" in total


@pytest.mark.usefixtures("ledger")
@pytest.mark.parametrize(
    ("settings", "total", "share"),
    [
        ({}, "All 30 shares add up to the slope: ", "2/n · x · e"),
        ({"standardise": True}, "All 30 shares add up to the slope on z: ", "2/n · z · e"),
        ({"batch_size": 7}, "batch (●) add up to its slope: ", "2/n · x · e"),
        ({"batch_size": 7, "standardise": True}, "add up to its slope on z: ", "2/n · z · e"),
    ],
)
def test_it_says_which_slope_the_shares_make(qtbot, window, settings, total, share):
    window.tuning.set_settings(**settings)
    trained(qtbot, window, 4)
    assert total in text(window, "ledger_total")
    model = child(window, "ledger_table").model()
    column = 5 + bool(settings.get("standardise"))
    tip = model.headerData(column, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole)
    assert f"adds to the slope along w: {share}" in tip


@pytest.mark.usefixtures("ledger")
def test_it_follows_the_playhead(qtbot, window):
    trained(qtbot, window)
    before = cell(window, 0, 3)
    window.session.playback.step(1)
    assert cell(window, 0, 3) != before


@pytest.mark.usefixtures("ledger")
def test_without_a_bias_there_is_no_share_of_its_slope(qtbot, window):
    model = child(window, "ledger_table").model()
    assert model.columnCount() == 7
    window.tuning.set_settings(with_bias=False)
    trained(qtbot, window)
    assert model.columnCount() == 6
    assert "along b" not in text(window, "ledger_total")


@pytest.mark.usefixtures("ledger")
def test_standardised_x_has_a_column(qtbot, window, pizza):
    window.tuning.set_settings(standardise=True)
    trained(qtbot, window)
    z = (pizza.x - pizza.x.mean()) / pizza.x.std()
    assert [number(shown) for shown in column(window, 2)] == pytest.approx(z, rel=1e-4)


@pytest.mark.usefixtures("ledger")
def test_sorting_by_share(qtbot, window):
    trained(qtbot, window, 2)
    click_head(window, 5)
    shares = [number(s) for s in column(window, 5)]
    assert shares == sorted(shares)
    click_head(window, 5)
    shares = [number(s) for s in column(window, 5)]
    assert shares == sorted(shares, reverse=True)
    click_head(window, 5)
    assert column(window, 0) == [str(i + 1) for i in range(30)]


def test_sorting_follows_the_playhead_and_keeps_the_selection(qtbot, window, ledger):
    trained(qtbot, window)
    click_head(window, 4)
    ledger.select([6])
    for k in (1, 3, 60):
        window.session.playback.seek(k)
        errors = [number(e) for e in column(window, 4)]
        assert errors == sorted(errors)
        assert ledger.selected == [6]


@pytest.mark.usefixtures("ledger")
def test_the_rows_of_a_batch_are_marked(qtbot, window, pizza):
    window.tuning.set_settings(batch_size=5, seed=3)
    trained(qtbot, window, 7)
    order = np.random.default_rng(3)
    batch = [order.permutation(30) for _ in range(2)][1][5:10]
    marked = [i for i, shown in enumerate(column(window, 0)) if not shown.isdigit()]
    assert marked == sorted(batch.tolist())
    shares = column(window, 5)
    assert [i for i, share in enumerate(shares) if share != "–"] == marked  # noqa: RUF001
    row = window.session.playback.row
    errors = row.weight * pizza.x[batch] + row.bias - pizza.y[batch]
    expected = figure(float(2 * np.mean(pizza.x[batch] * errors)))
    assert f"{expected} along w" in text(window, "ledger_total")


@pytest.mark.usefixtures("ledger")
def test_selected_rows_are_ringed(qtbot, window, pizza):
    trained(qtbot, window)
    table = child(window, "ledger_table")
    click_head(window, 1)
    flags = QItemSelectionModel.SelectionFlag
    table.selectionModel().select(table.model().index(0, 0), flags.Select | flags.Rows)
    row = int(cell(window, 0, 0)) - 1
    rings = window.figure.data_fit.picked_rows
    assert rings.mark.points.tolist() == [[pizza.x[row], pizza.y[row]]]
    table.clearSelection()
    assert not len(rings.mark.points)


def test_the_point_under_the_mouse_is_selected(qtbot, window, ledger, pizza):
    trained(qtbot, window)
    plot = window.figure.data_fit
    row = 26
    scene = plot.view.mapViewToScene(QPointF(pizza.x[row], pizza.y[row]))
    place = plot.mapFromScene(scene)
    qtbot.mouseMove(plot.viewport(), place)
    qtbot.waitUntil(lambda: ledger.selected == [row])
    table = child(window, "ledger_table")
    index = table.model().index(row, 0)
    assert table.viewport().rect().contains(table.visualRect(index).center())
    assert plot.picked_rows.mark.points.tolist() == [[pizza.x[row], pizza.y[row]]]


def test_the_selected_row_is_the_example_of_the_explanation(qtbot, window, ledger, pizza):
    window.explaining.dock.show()
    trained(qtbot, window, 3)
    ledger.select([11])
    row = window.session.playback.row
    prediction = row.weight * pizza.x[11] + row.bias
    said = window.explaining.dock.content.lines[1].text
    assert said.endswith(figure(prediction))
    assert "_12" in said


def test_other_settings_keep_order_and_selection(qtbot, window, ledger, pizza):
    trained(qtbot, window)
    click_head(window, 1)
    ledger.select([29])
    window.tuning.set_settings(learning_rate=0.0001)
    trained(qtbot, window, 3)
    assert ledger.selected == [29]
    assert [number(x) for x in column(window, 1)] == sorted(pizza.x.tolist())
    assert window.figure.data_fit.picked_rows.mark.points.tolist() == [[pizza.x[29], pizza.y[29]]]


def test_rings_are_shown_only_with_the_ledger(qtbot, window, ledger):
    trained(qtbot, window)
    ledger.select([2, 3])
    rings = window.figure.data_fit.picked_rows.mark
    assert len(rings.points) == 2
    window.explaining.ledger_dock.hide()
    qtbot.waitUntil(lambda: len(rings.points) == 0)
    window.explaining.ledger_dock.show()
    qtbot.waitUntil(lambda: len(rings.points) == 2)


def test_other_data_forget_the_selection(qtbot, window, ledger, tmp_path):
    trained(qtbot, window)
    ledger.select([29])
    path = tmp_path / "two.csv"
    path.write_text("a,b\n1,2\n2,4\n", encoding="utf-8")
    assert window.opening.open_file(path)
    trained(qtbot, window)
    assert ledger.selected == []
    assert not len(window.figure.data_fit.picked_rows.mark.points)
    assert column(window, 0) == ["1", "2"]


def test_of_many_rows_the_largest_shares_are_listed(qtbot):
    rng = np.random.default_rng(0)
    x = rng.normal(size=3000)
    data = Dataset(x, 2 * x + rng.normal(size=3000))
    experiment = Experiment(data, 3, 0.1)
    row = run(experiment)[0].record[1]
    slopes, view = Slopes(experiment), LedgerView()
    qtbot.addWidget(view)
    view.set_experiment(data, with_bias=False, standardise=False)
    view.set_shares(partial(slopes.shares, row), None, slopes.followed(row))
    shares = 2 / 3000 * x * (row.weight * x - data.y)
    largest = np.argsort(-np.abs(shares))[:MOST_ROWS]
    model = child(view, "ledger_table").model()
    listed = [int(model.data(model.index(i, 0))) - 1 for i in range(model.rowCount())]
    assert listed == sorted(largest.tolist())
    rest = shares.sum() - shares[largest].sum()
    assert f"other 2,500 add {figure(rest)} along w" in text(view, "ledger_total")


def test_a_hidden_ledger_computes_nothing(window, monkeypatch):
    asked = []
    monkeypatch.setattr(Slopes, "shares", lambda *_: asked.append(1))
    window.session.playback.step(1)
    assert not asked


def test_of_very_many_rows_a_sample_is_compared_and_said_so(qtbot):
    rows = 2 * MOST_COMPARED
    x = np.random.default_rng(2).normal(size=rows)
    experiment = Experiment(Dataset(x, 3 * x), 10, 0.1)
    row, slopes = run(experiment)[0].record[3], Slopes(experiment)
    view = LedgerView()
    qtbot.addWidget(view)
    view.set_experiment(experiment.dataset, False, False)
    began = time.thread_time()
    view.set_shares(partial(slopes.shares, row), None, slopes.followed(row))
    assert time.thread_time() - began < 0.1
    listed = [share.row for share in view._model.rows]
    assert listed == sorted(set(listed))
    assert len(listed) == MOST_ROWS
    # As large as they would be were all compared, but for what a tenth of all has.
    assert max(abs(x[listed])) > 3.5
    view.select([7])
    assert view.selected == [7]
    sentence = text(view, "ledger_total")
    assert sentence.startswith(f"All {rows:,} shares add up to the slope: ")
    rest = slopes.followed(row)[0] - sum(2 / rows * x[k] * (row.weight - 3) * x[k] for k in listed)
    assert (
        f"Of a sample of {SAMPLED:,} rows the largest {MOST_ROWS:,} are listed; the other "
        f"{rows - MOST_ROWS:,} add {figure(rest)} along w." in sentence
    )


@pytest.mark.usefixtures("ledger")
def test_dates_are_said_beside_their_numbers(qtbot, window, dated):
    window.session.restart(window.session.on_new(dated))
    trained(qtbot, window, 1)
    assert column(window, 1) == ["2024-01-01", "2024-01-02", "2024-01-03", "2024-02-01"]
    assert column(window, 2) == ["0", "1", "2", "31"]


@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_dates_are_whole(ledger, window, dated, scale):
    window.session.restart(window.session.on_new(dated))
    font = ledger.font()
    font.setPointSizeF(font.pointSizeF() * scale)
    ledger.setFont(font)
    table = child(window, "ledger_table")
    assert table.columnWidth(1) > table.fontMetrics().horizontalAdvance("2024-02-01")
