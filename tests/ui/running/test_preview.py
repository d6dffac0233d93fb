"""While a setting moves, every picture shows the whole new run at once."""

import numpy as np
from support import child, wait_until_trained

from gdviz.core.descent.descent import run

RATES = (0.0011, 0.0012, 0.0013, 0.0014)


def test_a_new_rate_is_drawn_whole_before_the_box_returns(window, qtbot):
    window.tuning.set_settings(iterations=20_000, with_bias=True)
    wait_until_trained(qtbot, window)
    window.session.playback.seek(12_345)
    for rate in RATES:
        child(window, "learning_rate").setValue(rate)
        expected = run(window.session.runs.experiment)[0].record
        record = window.session.runs.record
        assert window.session.runs.experiment.learning_rate == rate
        np.testing.assert_array_equal(record.rows, expected.rows)
        assert window.session.playback.row == expected.at(12_345), "it stays where it was"
        row, figure = expected.at(12_345), window.figure
        np.testing.assert_array_equal(figure.landscape._hiker.points, [row[1:3]])
        np.testing.assert_array_equal(figure.loss_history._dot.points, [[12_345, row.loss]])
        np.testing.assert_allclose(figure.loss_curve._hiker.points, [[row.weight, row.loss]])
        assert figure.landscape._record is figure.loss_curve._record is record
        assert figure.loss_history._record is record


def test_while_it_plays_a_new_rate_plays_on(window):
    window.session.playback.seek(40)
    window.session.playback.toggle()
    child(window, "learning_rate").setValue(0.002)
    assert window.session.playback.playing
    assert 40 <= window.session.playback.iteration < 100
    window.session.playback.pause()


def test_at_rest_a_change_starts_no_timer(window):
    child(window, "learning_rate").setValue(0.002)
    assert not window.session.playback._timer.isActive()
