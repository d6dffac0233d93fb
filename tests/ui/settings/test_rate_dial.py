"""The dial shows the zones of the rate, and moves it by mouse, wheel and keys."""

from functools import partial

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QWheelEvent
from PySide6.QtWidgets import QApplication
from room import clipped
from support import child, press, text, type_into

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.methods import METHODS, Adam, Momentum
from gdviz.core.descent.rates import Zone, zones
from gdviz.core.tables.dataset import Dataset
from gdviz.core.words.forecasts import forecast
from gdviz.core.words.glossary import meaning_of
from gdviz.core.words.rates import best_and_limit
from gdviz.ui.settings.rate_dial import RateDial
from gdviz.ui.theme import THEMES, mixed

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def dial(qtbot, pizza):
    dial = RateDial()
    qtbot.addWidget(dial)
    dial.resize(216, dial.sizeHint().height())
    dial.set_experiment(Experiment(pizza, with_bias=True))
    dial.show()
    return dial


@pytest.fixture
def asked(dial):
    asked = []
    dial.rate_requested.connect(asked.append)
    return asked


def at(dial, rate):
    return QPoint(round(dial.bar.place_of(rate)), round(dial.bar.room.center().y()))


def place_in(dial, button):
    return QRect(button.mapTo(dial, QPoint()), button.size())


def wheel(widget, notches):
    middle = QPointF(widget.rect().center())
    event = QWheelEvent(
        middle, widget.mapToGlobal(middle), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton(0),
        Qt.KeyboardModifier(0), Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(widget, event)


def test_places_and_rates_belong_together(dial):
    for rate in (1e-5, 1e-4, 0.001, 0.002, 0.01):
        assert dial.rate_at(dial.bar.place_of(rate)) == pytest.approx(rate, rel=0.01)
    assert dial.rate_at(-100) == dial.rate_at(0)
    assert dial.rate_at(0) < 1e-5 < 0.01 < dial.rate_at(1000)


def test_it_asks_for_round_rates(dial):
    for x in range(10, 200, 7):
        rate = dial.rate_at(x)
        assert rate == float(f"{rate:.3e}")


def test_the_best_rate_is_a_magnet_and_never_diverges(dial, pizza):
    known = zones(Experiment(pizza, with_bias=True))
    for offset in (-3, 0, 3):
        rate = dial.rate_at(dial.bar.place_of(known.best) + offset)
        assert rate <= known.best
        assert rate == pytest.approx(known.best, rel=1e-3)


def test_numbers_below_the_bar_fit_beside_each_other(dial):
    huge = Experiment(Dataset([1e12, 2e12, 3.1e12], [3e12, 4e12, 5e12]), with_bias=True)
    for width in (190, 216):
        dial.resize(width, dial.height())
        fit = child(dial, "rate_buttons").fit
        assert fit(*best_and_limit(zones(huge), fit))


def test_a_click_and_a_drag_ask_for_rates(dial, asked, qtbot):
    held = []
    dial.held.connect(held.append)
    qtbot.mousePress(dial, LEFT, pos=at(dial, 1e-4))
    qtbot.mouseMove(dial, at(dial, 0.003))
    qtbot.mouseMove(dial, at(dial, 0.01))
    qtbot.mouseRelease(dial, LEFT, pos=at(dial, 0.01))
    assert held == [True, False]
    assert asked == [pytest.approx(rate, rel=0.05) for rate in (1e-4, 0.003, 0.01)]


def test_a_move_without_a_button_asks_for_nothing_and_explains(dial, asked, qtbot):
    qtbot.mouseMove(dial, at(dial, 0.01))
    qtbot.waitUntil(lambda: "diverging" in dial.toolTip())
    assert "best rate" in dial.toolTip()
    assert asked == []


@pytest.mark.parametrize(
    ("key", "larger"),
    [
        (Qt.Key.Key_Right, True),
        (Qt.Key.Key_Up, True),
        (Qt.Key.Key_PageUp, True),
        (Qt.Key.Key_Left, False),
        (Qt.Key.Key_Down, False),
        (Qt.Key.Key_PageDown, False),
    ],
)
def test_keys_move_it(dial, asked, qtbot, key, larger):
    qtbot.keyClick(dial, key)
    assert (asked[0] > 0.001) is larger


def test_home_is_the_best_rate(dial, asked, qtbot, pizza):
    qtbot.keyClick(dial, Qt.Key.Key_Home)
    assert asked == [pytest.approx(zones(Experiment(pizza, with_bias=True)).best, rel=1e-3)]


BUTTONS = ("best_rate", "rate_limit")


@pytest.mark.parametrize("name", BUTTONS)
def test_a_button_sets_what_it_says(dial, asked, qtbot, pizza, name):
    button, held = child(dial, name), []
    dial.held.connect(held.append)
    qtbot.mouseClick(button, LEFT)
    known = zones(Experiment(pizza, with_bias=True))
    rate = known.best if name == "best_rate" else known.limit
    assert asked == [pytest.approx(rate, rel=1e-3)]
    assert asked[0] < known.limit
    assert str(asked[0]).startswith(button.text().split()[-1])
    assert held == [True, False]


@pytest.mark.parametrize(
    ("name", "label", "term"),
    [
        ("best_rate", "Use the best rate, 0.004549", "best rate"),
        ("rate_limit", "Use the limit, 0.004555", "limit"),
    ],
)
def test_the_buttons_are_reached_by_tab_and_named(dial, name, label, term):
    button = child(dial, name)
    assert button.focusPolicy() is Qt.FocusPolicy.TabFocus
    assert button.accessibleName() == label
    assert button.toolTip() == f"{label}\n{meaning_of(term)}"


def test_where_no_limit_is_known_there_are_no_buttons(dial, pizza):
    height = dial.sizeHint().height()
    dial.set_experiment(Experiment(pizza, method=Adam()))
    assert not any(child(dial, name).isVisible() for name in BUTTONS)
    assert dial.sizeHint().height() == height
    dial.set_experiment(Experiment(pizza))
    assert all(child(dial, name).isVisible() for name in BUTTONS)


@pytest.mark.parametrize("scale", [1, 1.4, 2])
@pytest.mark.parametrize("kind", [Experiment, partial(Experiment, method=Momentum())])
@pytest.mark.parametrize("x", [(1e-9, 2e-9, 3e-9), (1, 2, 4), (1e12, 2e12, 3.1e12), (1900, 2000)])
def test_the_buttons_never_overlap_nor_leave_the_dial(dial, kind, x, scale):
    font = dial.font()
    font.setPointSizeF(scale * font.pointSizeF())
    dial.setFont(font)
    for rate in (1e-300, 1e-3, 1e300):
        dial.set_experiment(kind(Dataset(x, x), with_bias=True, learning_rate=rate))
        for width in (196, 216, 400):
            dial.resize(round(scale * width), dial.sizeHint().height())
            best, limit = (place_in(dial, child(dial, name)) for name in BUTTONS)
            assert best.right() < limit.left()
            assert dial.rect().contains(best)
            assert dial.rect().contains(limit)
            assert dial.bar.room.bottom() < best.top()
            assert not clipped(dial)


def test_the_wheel_moves_it_only_with_the_focus(dial, asked, qtbot):
    dial.clearFocus()
    wheel(dial, 1)
    assert asked == []
    dial.activateWindow()
    dial.setFocus()
    qtbot.waitUntil(dial.hasFocus)
    wheel(dial, 1)
    assert asked[0] > 0.001


def test_while_it_is_dragged_its_ends_stay(dial, qtbot, pizza):
    qtbot.mousePress(dial, LEFT, pos=at(dial, 1e-4))
    ends = dial._ends
    dial.set_experiment(Experiment(pizza, learning_rate=0.1))
    assert dial._ends == ends
    qtbot.mouseRelease(dial, LEFT, pos=at(dial, 1e-4))
    assert dial._ends[1] >= 0.1


def ground(picture, place):
    """Return the colour that is most frequent around a place, below the pattern of a zone."""
    ratio = picture.devicePixelRatio()
    x, y = round(ratio * place.x()), round(ratio * place.y())
    around = [picture.pixelColor(x + dx, y + dy) for dx in range(-5, 6) for dy in range(-6, 7)]
    return max(around, key=around.count)


def distance(one, other):
    """Return how far two colours are apart, of 255."""
    pairs = zip(QColor(one).getRgb(), QColor(other).getRgb(), strict=True)
    return max(abs(a - b) for a, b in pairs)


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(
    ("rate", "meaning"), [(1e-5, "muted"), (0.0007, "optimum"), (0.0028, "trail"), (0.012, "hiker")]
)
def test_every_zone_is_a_tint_of_what_it_means(dial, pizza, name, rate, meaning):
    """Green is fast, and the red of the hiker is danger: only there."""
    theme = THEMES[name]
    dial.set_theme(theme)
    dial.set_experiment(Experiment(pizza, with_bias=True, learning_rate=3e-5))
    seen = ground(dial.grab().toImage(), at(dial, rate))
    tints = {
        field: min(distance(seen, mixed(theme.colour(field), theme.panel, share / 20))
                   for share in range(3, 15))
        for field in ("muted", "optimum", "trail", "hiker")
    }  # fmt: skip
    assert min(tints, key=tints.get) == meaning
    assert tints[meaning] < 6


@pytest.mark.parametrize("name", THEMES)
def test_the_handle_has_the_colour_of_the_hiker_and_stands_out(dial, pizza, name):
    theme = THEMES[name]
    dial.set_theme(theme)
    for rate in (1e-5, 0.0007, 0.0028, 0.012):
        dial.set_experiment(Experiment(pizza, with_bias=True, learning_rate=rate))
        picture, place = dial.grab().toImage(), at(dial, rate)
        across = (picture.pixelColor(place + QPoint(dx, 0)) for dx in (-1, 0, 1))
        assert min(distance(colour, theme.hiker) for colour in across) < 10
        assert distance(ground(picture, place + QPoint(9, 0)), theme.hiker) > 50


@pytest.mark.parametrize("name", THEMES)
def test_every_zone_has_colours_of_its_own(dial, name):
    theme = THEMES[name]
    dial.set_theme(theme)
    picture = dial.grab().toImage()
    ratio = picture.devicePixelRatio()
    seen = set()
    for rate in (1e-5, 0.0007, 0.0028, 0.012):
        place = at(dial, rate)
        x, y = int(ratio * place.x()), int(ratio * place.y())
        around = [(x + dx, y + dy) for dx in range(-2, 3) for dy in range(-3, 4)]
        seen.add(frozenset(QColor(picture.pixel(*pixel)).name() for pixel in around))
    assert len(seen) == 4
    assert not seen & {frozenset({theme.panel})}


def test_the_screen_reader_hears_rate_and_zone(dial, pizza):
    assert dial.accessibleDescription().startswith("0.001, fast")
    dial.set_experiment(Experiment(pizza, learning_rate=0.01))
    assert dial.accessibleDescription().startswith("0.01, diverging")
    dial.set_experiment(Experiment(pizza, method=Adam()))
    assert dial.accessibleDescription().startswith("no limit known")
    assert dial.zone is None


@pytest.mark.parametrize("method", [kind() for kind in METHODS.values()])
@pytest.mark.parametrize("rate", [1e-300, 1e-12, 0.001, 5.0, 1e300])
def test_it_can_show_every_rate(dial, pizza, method, rate):
    for data in (pizza, Dataset([0, 0], [1, 2]), Dataset([3, 3], [1, 2])):
        dial.set_experiment(Experiment(data, method=method, learning_rate=rate))
        assert not dial.grab().isNull()
        assert 0 <= dial.bar.place_of(rate) <= dial.width()


# In the window


def test_dragging_redraws_at_once_and_is_undone_at_once(window, qtbot):
    dial, session = child(window, "rate_dial"), window.session
    qtbot.mousePress(dial, LEFT, pos=at(dial, 1e-4))
    for rate in (2e-4, 1e-3, 3e-3):
        qtbot.mouseMove(dial, at(dial, rate))
        assert session.runs.experiment.learning_rate == pytest.approx(rate, rel=0.05)
        assert child(window, "learning_rate").value() == session.runs.experiment.learning_rate
        assert window.figure.loss_curve._record is session.runs.record
        assert not session.runs.training
    qtbot.mouseRelease(dial, LEFT, pos=at(dial, 3e-3))
    assert dial.zone is Zone.OVERSHOOTING
    session.undo.stack.undo()
    assert session.runs.experiment.learning_rate == 0.001
    assert not session.undo.stack.canUndo()


def test_two_drags_are_two_steps_to_undo(window, qtbot):
    dial = child(window, "rate_dial")
    for rate in (1e-4, 3e-3):
        qtbot.mouseClick(dial, LEFT, pos=at(dial, rate))
    assert window.session.undo.stack.count() == 2


def test_the_best_rate_is_one_click_and_one_step_to_undo(window, qtbot):
    session = window.session
    type_into(qtbot, window, "learning_rate", "1e-5")
    press(qtbot, window, "best_rate")
    assert child(window, "learning_rate").text() == "0.002285"
    press(qtbot, window, "rate_limit")
    assert child(window, "rate_dial").zone is Zone.OVERSHOOTING
    for rate in (0.002285, 1e-5):
        session.undo.stack.undo()
        assert session.runs.experiment.learning_rate == rate


def test_the_forecast_follows_every_setting(window):
    for wish in ({"with_bias": True}, {"learning_rate": 0.01}, {"method": Momentum()}):
        window.tuning.set_settings(**wish)
        assert text(window, "forecast") == forecast(window.session.runs.experiment)


def test_the_panel_does_not_jump(window):
    below = child(window, "tolerance")
    places = set()
    for rate in (1e-9, 0.001, 0.004, 0.01):
        window.tuning.set_settings(learning_rate=rate)
        QApplication.processEvents()
        places.add(below.y())
    assert len(places) == 1


def test_every_forecast_has_room(window, pizza):
    label = child(window, "forecast")
    for kind in METHODS.values():
        for wish in ({}, {"with_bias": True}, {"with_bias": True, "learning_rate": 1e-9}):
            said = forecast(Experiment(pizza, 1_000_000_000, method=kind(), **wish))
            room = label.fontMetrics().boundingRect(
                0, 0, label.width(), 1000, Qt.TextFlag.TextWordWrap, said
            )
            assert room.height() <= label.height(), said


def test_a_divergence_is_mended_by_one_click(window, qtbot):
    window.tuning.set_settings(learning_rate=0.01, iterations=5000)
    assert "each step was 3.38 times as long as the last" in text(window, "divergence_text")
    qtbot.mouseClick(child(window, "divergence_action"), LEFT)
    assert child(window, "rate_dial").zone is Zone.FAST
    assert not child(window, "divergence").isVisible()


def test_a_plateau_is_told(window):
    window.tuning.set_settings(with_bias=True, iterations=2000, learning_rate=0.001)
    window.session.playback.seek(1000)
    assert text(window, "sentence") == (
        "The loss looks flat, but b has gone only 5.50 of its 13.17."
    )
