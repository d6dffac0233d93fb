"""The past steps as bars: each where it went, the newest last, with its length."""

from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from support import choose, paper_of, press, text, wait_until_trained

from gdviz.core.descent.descent import Experiment
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.numbers import number_text
from gdviz.ui.features.export.pictures import export_picture


@pytest.fixture
def curve(window):
    choose(window, "Past steps")
    return window.figure.loss_curve


def bars(curve):
    return curve.aids.past_steps.bars(paper_of(curve))


def texts(curve):
    return [bar.text for bar in bars(curve)]


def seek(window, iteration):
    window.session.playback.seek(iteration)
    return window.figure.loss_curve


def boxes(bar):
    """Return where a bar is, and its words."""
    return QRectF(bar.tail, bar.head).normalized().adjusted(0, -6, 0, 6), bar.words


def assert_in_nobodys_way(curve):
    """They are in the picture, below each other, and neither on the hiker nor on words."""
    paper, shown = paper_of(curve), bars(curve)
    x, y = paper.pixels(curve._hiker.points)[0] if curve._hiker.visible else (-99, -99)
    hiker = QRectF(x - 9, y - 9, 18, 18)
    words = [note.textItem.sceneBoundingRect() for note in curve.headings if note.isVisible()]
    for bar in shown:
        for box in boxes(bar):
            assert paper.box.adjusted(-1, -1, 1, 1).contains(box)
            assert not any(box.intersects(other) for other in (hiker, *words))
    heights = [bar.tail.y() for bar in shown]
    assert all(np.diff(heights) >= 12)


def test_the_steps_of_the_lesson_shrink(window, curve):
    assert bars(curve) == []
    seek(window, 4)
    assert texts(curve) == ["0.81", "0.45", "0.26", "0.14"]
    lengths = [bar.head.x() - bar.tail.x() for bar in bars(curve)]
    assert lengths == sorted(lengths, reverse=True)
    assert lengths[-1] > 0
    assert_in_nobodys_way(curve)


def test_each_is_where_it_went(window, curve):
    seek(window, 3)
    paper, record = paper_of(curve), window.session.runs.record
    places = paper.pixels(np.column_stack((record.weight[:4], record.loss[:4])))[:, 0]
    for bar, (tail, head) in zip(bars(curve), pairwise(places), strict=True):
        assert (bar.tail.x(), bar.head.x()) == pytest.approx((tail, head))


def test_by_hand_they_come_and_go_one_by_one(window, qtbot, curve):
    counts = []
    for name in ("step_forward", "step_forward", "step_forward", "step_back"):
        press(qtbot, window, name)
        counts.append(len(bars(curve)))
    assert counts == [1, 2, 3, 2]


def test_of_many_the_newest_eight_are_kept(window, curve):
    seek(window, 12)
    steps = np.abs(window.session.runs.record.rows[4:12, 5])
    assert texts(curve) == [number_text(step, 2, padded=True) for step in steps]


@pytest.mark.parametrize(("rate", "grows"), [(0.0044, False), (0.0047, True)])
def test_bounces_go_to_and_fro(window, qtbot, curve, rate, grows):
    window.tuning.set_settings(learning_rate=rate)
    wait_until_trained(qtbot, window)
    seek(window, 6)
    ways = [bar.head.x() - bar.tail.x() for bar in bars(curve)]
    assert [way > 0 for way in ways] == [True, False] * 3
    assert (abs(ways[-1]) > abs(ways[0])) is grows
    assert_in_nobodys_way(curve)


@pytest.mark.parametrize("weight", [-0.97, 0.0, 3.95])
@pytest.mark.parametrize("rate", [0.001, 0.0022, 0.0044, 0.00456, 0.0047, 0.006])
@pytest.mark.parametrize("with_bias", [False, True])
def test_they_are_in_nobodys_way(window, qtbot, curve, weight, rate, with_bias):
    choose(window, "Curvature")
    start = window.session.runs.experiment.start._replace(weight=weight)
    window.tuning.set_settings(learning_rate=rate, start=start, with_bias=with_bias)
    wait_until_trained(qtbot, window)
    for iteration in (1, 2, 3, 7, 30):
        seek(window, iteration)
        assert_in_nobodys_way(curve)


def test_on_the_way_to_the_next_row_they_stay(window, curve):
    seek(window, 3)
    before = bars(curve)
    row, record = window.session.playback.row, window.session.runs.record
    after = record[4]
    share = 0.6
    weight = row.weight + share * (after.weight - row.weight)
    curve.show_row(row._replace(
        weight=weight, weight_step=after.weight - weight, walked=share,
        loss=window.session.runs.experiment.bowl.loss(weight, 0.0),
    ))  # fmt: skip
    assert bars(curve) == before


def test_in_a_low_picture_there_are_fewer(window, curve):
    seek(window, 20)
    assert len(bars(curve)) == 8
    curve.setFixedHeight(150)
    curve.take_size()
    assert 0 < len(bars(curve)) < 8
    assert bars(curve)[-1].text == number_text(
        abs(window.session.runs.record.rows[19, 5]), 2, padded=True
    )
    assert_in_nobodys_way(curve)


def test_a_question_is_in_front_of_none(window, curve):
    seek(window, 4)
    choose(window, "Predict")
    choose(window, "Curvature")
    note = curve.findChild(type(curve._note), "loss_curve_note")
    assert text(window, "loss_curve_note") == "Click where the next step will land."
    heading = curve.aids.curvature.note.textItem.sceneBoundingRect()
    assert note.geometry().top() >= heading.bottom()
    assert all(bar.words.top() >= note.geometry().bottom() for bar in bars(curve))
    assert texts(curve) == ["0.81", "0.45", "0.26", "0.14"]


def test_along_the_bias_they_are_steps_of_the_bias(window, qtbot, curve):
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    choose(window, "Loss curve along the bias")
    seek(window, 2)
    assert texts(curve) == [
        number_text(abs(step), 2, padded=True) for step in window.session.runs.record.rows[:2, 6]
    ]


@pytest.mark.parametrize("scale", [1e-9, 1e12])
@pytest.mark.parametrize("with_bias", [False, True])
def test_they_are_drawn_at_any_scale_and_where_steps_leave_all_numbers(
    window, qtbot, curve, scale, with_bias
):
    for other in ("Curvature", "Rise and run"):
        choose(window, other)
    dataset = Dataset(scale * np.arange(1.0, 9.0), np.arange(1.0, 9.0) / scale)
    for factor in (0.3, 1.9, 5.0, 1e300):
        rate = min(Experiment(dataset).learning_rate_limit / 2 * factor, 1e300)
        window.session.restart(Experiment(dataset, 400, rate, with_bias=with_bias))
        wait_until_trained(qtbot, window)
        for iteration in (0, 1, 5, 400):
            seek(window, iteration)
            assert not curve.grab().isNull()
            assert_in_nobodys_way(curve)


def test_they_are_exported(window, curve, tmp_path):
    seek(window, 4)
    export_picture(curve, tmp_path / "curve.svg")
    svg = (tmp_path / "curve.svg").read_text(encoding="utf-8")
    assert all(f">{said}<" in svg for said in ("0.81", "0.45", "0.14"))
