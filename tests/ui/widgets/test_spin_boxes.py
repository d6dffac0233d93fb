"""Numbers of any magnitude can be typed, are shown as typed, and mean exactly what they say."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QFont, QHelpEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QToolTip, QVBoxLayout, QWidget
from room import clipped

from gdviz.core.descent.descent import MOST_ITERATIONS
from gdviz.core.words.numbers import MINUS, MORE, typed_number
from gdviz.ui.widgets.remark import Remark
from gdviz.ui.widgets.spin_boxes import ScientificBox, WholeBox, stepped

ENGLISH, GERMAN = QLocale("en_US"), QLocale("de_DE")
LOWEST, HIGHEST = 1e-300, 1e300

numbers = st.floats(LOWEST, HIGHEST)


def shown(qtbot, box, locale=ENGLISH):
    """Show a box, above another one that can take the focus."""
    box.setLocale(locale)
    window = QWidget()
    layout = QVBoxLayout(window)
    layout.addWidget(box)
    layout.addWidget(WholeBox(1, MOST_ITERATIONS))
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    box.test_window = window  # or it would go, and take the box along
    return box


@pytest.fixture
def box(qtbot):
    """A learning rate of 0.001, in English."""
    box = shown(qtbot, ScientificBox())
    box.setValue(0.001)
    return box


@pytest.fixture
def off_box(qtbot):
    """A box that 0 turns off."""
    return shown(qtbot, ScientificBox("off"))


def type_in(qtbot, box, text):
    box.selectAll()
    qtbot.keyClicks(box, text)


def leave(qtbot, box):
    qtbot.keyClick(box, Qt.Key.Key_Tab)
    assert not box.hasFocus()


@pytest.mark.parametrize("typed", ["0.001", "1e-5", "1E-5", ".5", "5.", "5", "1e3", "0.10", "1e+3"])
def test_a_number_stays_as_it_was_typed(qtbot, box, typed):
    type_in(qtbot, box, typed)
    assert (box.text(), box.value()) == (typed, 0.001)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert (box.text(), box.value()) == (typed, float(typed))
    leave(qtbot, box)
    assert (box.text(), box.value()) == (typed, float(typed))


@pytest.mark.parametrize(
    ("typed", "text"),
    [("0.0011e300", "1.1e297"), ("0.0999e-30", "9.99e-32"), ("007", "7"), ("1000e3", "1000000"),
     ("0.2500000000000", "0.25"), ("1000000000000000", "1e15"), ("0.00000000000012", "1.2e-13")],
)  # fmt: skip
def test_an_odd_or_a_long_form_becomes_the_usual_one(qtbot, box, typed, text):
    box.setFixedWidth(box.minimumSizeHint().width())
    type_in(qtbot, box, typed)
    leave(qtbot, box)
    assert (box.text(), box.value()) == (text, float(typed))


def test_digits_without_room_are_seen_in_the_box_that_has_the_focus(qtbot, box):
    box.setFixedWidth(box.minimumSizeHint().width())
    type_in(qtbot, box, "0.12345678901234567")
    leave(qtbot, box)
    assert box.text().startswith("0.12345")
    assert box.text().endswith(MORE)
    box.setFocus()
    assert float(box.text()) == box.value() == 0.12345678901234567
    leave(qtbot, box)
    assert box.value() == 0.12345678901234567
    box.interpretText()
    assert box.value() == 0.12345678901234567


@pytest.mark.qt_log_ignore("This plugin does not support raise")
@pytest.mark.parametrize(("value", "first"), [(1 / 3, f"{1 / 3}\n"), (0.25, "")])
def test_digits_without_room_are_in_the_tooltip(qtbot, box, value, first):
    box.setToolTip("The size of a step")
    box.setFixedWidth(box.minimumSizeHint().width())
    box.setValue(value)
    leave(qtbot, box)
    place = box.rect().center()
    QApplication.sendEvent(box, QHelpEvent(QEvent.Type.ToolTip, place, box.mapToGlobal(place)))
    assert QToolTip.text() == f"{first}The size of a step"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_more_room_shows_more_digits(qtbot, box):
    box.setValue(1 / 7)
    leave(qtbot, box)
    lengths = []
    for width in (90, 120, 160, 220):
        box.setFixedWidth(width)
        box.test_window.layout().activate()
        lengths.append(len(box.text()))
    assert lengths == sorted(set(lengths))
    assert MORE not in box.text()
    font = box.font()
    font.setPointSize(3 * font.pointSize())
    box.setFont(font)
    assert MORE in box.text()


@pytest.fixture
def narrow_boxes(qtbot):
    """Boxes as narrow as may be: a number of any sign, and iterations."""
    window = QWidget()
    qtbot.addWidget(window)
    number, whole = ScientificBox("off"), WholeBox(1, MOST_ITERATIONS)
    number.setRange(-HIGHEST, HIGHEST)
    layout = QVBoxLayout(window)
    layout.addWidget(number, 0, Qt.AlignmentFlag.AlignLeft)
    layout.addWidget(whole, 0, Qt.AlignmentFlag.AlignLeft)
    for box in (number, whole):
        box.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    window.show()
    return window, number, whole


@settings(
    derandomize=True, deadline=None, max_examples=200,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    numbers | numbers.map(lambda number: -number) | st.just(0.0),
    st.integers(1, MOST_ITERATIONS), st.integers(6, 40),
    st.sampled_from(("DejaVu Sans", "DejaVu Serif", "DejaVu Sans Mono")),
    st.sampled_from((ENGLISH, GERMAN)),
)  # fmt: skip
def test_any_number_has_room_in_any_font(narrow_boxes, value, iterations, size, family, locale):
    window, number, whole = narrow_boxes
    for box in (number, whole):
        box.setLocale(locale)
        box.setFont(QFont(family, size))
    window.layout().activate()
    window.resize(window.minimumSizeHint())
    number.setValue(value)
    whole.setValue(iterations)
    assert not clipped(window)
    assert number.value() == value


@pytest.mark.usefixtures("qapp")
@settings(derandomize=True, deadline=None, max_examples=300)
@given(numbers)
def test_any_number_set_is_kept_and_shown_bit_for_bit(number):
    box = ScientificBox()
    box.setLocale(ENGLISH)
    box.setValue(number)
    assert box.value() == number
    assert float(box.text()) == number


@pytest.mark.usefixtures("qapp")
@settings(derandomize=True, deadline=None, max_examples=300)
@given(numbers)
def test_any_number_typed_is_read_bit_for_bit(number):
    box = ScientificBox()
    box.setLocale(ENGLISH)
    box.lineEdit().setText(repr(number))
    box.interpretText()
    assert (box.text(), box.value()) == (repr(number), number)


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.001, "0.001"), (1e-5, "1e-5"), (5.0, "5"), (0.0, "0"), (1e16, "1e16"), (2.5e-7, "2.5e-7")],
)
def test_a_number_that_was_not_typed_is_as_short_as_can_be(number, text):
    assert typed_number(number) == text


def test_another_value_is_not_shown_as_the_last_one_was_typed(qtbot, box):
    type_in(qtbot, box, "1e-2")
    box.setValue(0.02)
    assert box.text() == "0.02"


@pytest.mark.parametrize("minus", ["-", "\N{MINUS SIGN}"])
def test_a_minus_may_be_that_of_what_is_shown(qtbot, minus):
    box = shown(qtbot, ScientificBox(), ENGLISH)
    box.setRange(-1e300, 1e300)
    for copied, value in ((f"{minus}2.5e{minus}7", -2.5e-7), (f"{minus}3", -3.0)):
        QApplication.clipboard().setText(copied)
        box.selectAll()
        box.lineEdit().paste()
        qtbot.keyClick(box, Qt.Key.Key_Return)
        assert (box.text(), box.value()) == (copied.replace(minus, "-"), value)
    leave(qtbot, box)
    assert (box.text(), box.value()) == ("-3", -3.0)


@pytest.mark.parametrize("typed", ["0,001", "0.001", "1e-3", "1,0e-3"])
def test_german_takes_comma_and_point(qtbot, typed):
    box = shown(qtbot, ScientificBox(), GERMAN)
    type_in(qtbot, box, typed)
    leave(qtbot, box)
    assert (box.text(), box.value()) == (typed, 0.001)


def test_german_shows_a_comma(qtbot):
    box = shown(qtbot, ScientificBox(), GERMAN)
    box.setValue(0.001)
    assert box.text() == "0,001"


def paste(qtbot, box, text):
    QApplication.clipboard().setText(text)
    box.selectAll()
    box.lineEdit().paste()
    qtbot.keyClick(box, Qt.Key.Key_Return)


def by_key(qtbot, box, text):
    box.selectAll()
    for letter in text:
        QApplication.sendEvent(box, QKeyEvent(QEvent.Type.KeyPress, 0, NO_KEYS, letter))
    qtbot.keyClick(box, Qt.Key.Key_Return)


NO_KEYS = Qt.KeyboardModifier.NoModifier
LOCALES = "C", "en_US", "de_DE", "fr_CH", "hi_IN", "ar_EG", "fa_IR", "mr_IN"


def said(box):
    """Return what a box says beneath itself."""
    found = box.window().findChild(Remark)
    return found.text() if found is not None and found.isVisible() else ""


@pytest.mark.parametrize("entered", [by_key, paste])
@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize(
    ("typed", "value"),
    [("0,003", 0.003), ("0.003", 0.003), (",5", 0.5), ("12,75", 12.75), ("1,5e-3", 0.0015),
     ("٠٫٠٠٣", 0.003), ("۰٫۰۰۳", 0.003), ("०.००३", 0.003), (f"2e{MINUS}3", 0.002),  # noqa: RUF001
     ("+4", 4.0)],
)  # fmt: skip
def test_both_decimal_marks_and_all_digits_are_understood(qtbot, locale, typed, value, entered):
    box = shown(qtbot, ScientificBox(), QLocale(locale))
    entered(qtbot, box, typed)
    assert (box.value(), box.text(), said(box)) == (value, typed.replace(MINUS, "-"), "")
    leave(qtbot, box)
    assert (box.value(), said(box)) == (value, "")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("value", [-12.5, 0.25, -3e-7])
def test_a_number_as_its_locale_writes_it_is_understood(qtbot, locale, value):
    box = shown(qtbot, ScientificBox(), QLocale(locale))
    box.setRange(LOWEST - HIGHEST, HIGHEST)
    written = QLocale(locale)
    written.setNumberOptions(QLocale.NumberOption.OmitGroupSeparator)
    paste(qtbot, box, written.toString(value, "f", 8))
    assert (box.value(), said(box)) == (value, "")


@pytest.mark.parametrize("entered", [by_key, paste])
@pytest.mark.parametrize("locale", ["C", "en_US", "de_DE", "ar_EG"])
@pytest.mark.parametrize(
    "typed", ["a1b2", "-1", "1..5", "nan", "1,2,3", "1.2.3", "1,234.5", "1e400", "0", "1 5", "½"]
)
def test_what_is_no_number_is_refused_and_never_altered(qtbot, locale, typed, entered):
    box = shown(qtbot, ScientificBox(), QLocale(locale))
    box.setValue(0.25)
    entered(qtbot, box, typed)
    assert box.value() == 0.25
    assert said(box).startswith(f"“{typed}” is not a number from 1e-300 to 1e+300. It stays 0")


@pytest.mark.parametrize(("locale", "value"), [("en_US", 0.25), ("C", 0.25), ("de_DE", 1.0)])
def test_a_comma_between_thousands_is_asked_about(qtbot, locale, value):
    box = shown(qtbot, ScientificBox(), QLocale(locale))
    box.setValue(0.25)
    type_in(qtbot, box, "1,000")
    leave(qtbot, box)
    assert box.value() == value
    assert ("could be 1.000 or 1000" in said(box)) == (value == 0.25)


def test_nothing_is_swallowed_while_it_is_typed(qtbot, box):
    type_in(qtbot, box, "1..5x")
    assert box.text() == "1..5x"
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    qtbot.keyClick(box, Qt.Key.Key_Backspace)
    type_in(qtbot, box, "1.5")
    leave(qtbot, box)
    assert (box.value(), said(box)) == (1.5, "")


def test_what_is_said_has_room_and_is_gone_with_the_next_key(qtbot, box):
    type_in(qtbot, box, "0.5.5" * 100)
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert MORE in said(box)
    assert box.window().rect().left() <= box.window().findChild(Remark).x()
    qtbot.keyClicks(box, "7")
    assert said(box) == ""
    type_in(qtbot, box, "x")
    leave(qtbot, box)
    assert "“x” is not a number" in said(box)
    box.window().resize(300, 300)
    assert said(box) == ""


@pytest.mark.parametrize("typed", ["e", "1e", "1e-", ".", "0", "0e5", "1e400", "1e-301", "1e301"])
def test_what_is_no_number_in_the_end_gives_way_to_the_last_one(qtbot, box, typed):
    box.setValue(0.25)
    box.lineEdit().setText(typed)
    leave(qtbot, box)
    assert (box.text(), box.value()) == ("0.25", 0.25)


def test_an_empty_box_takes_its_number_back(qtbot, box):
    box.selectAll()
    qtbot.keyClick(box, Qt.Key.Key_Delete)
    assert box.text() == ""
    leave(qtbot, box)
    assert (box.text(), box.value()) == ("0.001", 0.001)


@pytest.mark.parametrize(
    ("start", "up"),
    [
        (0.001, 0.002),
        (0.009, 0.01),
        (0.01, 0.02),
        (0.0015, 0.002),
        (5.0, 6.0),
        (9.0, 10.0),
        (10.0, 20.0),
        (1e-300, 2e-300),
    ],
)
def test_up_changes_the_leading_digit(qtbot, box, start, up):
    box.setValue(start)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == up


@pytest.mark.parametrize(
    ("start", "down"),
    [
        (0.002, 0.001),
        (0.001, 0.0009),
        (0.01, 0.009),
        (0.0015, 0.001),
        (1.0, 0.9),
        (100.0, 90.0),
        (LOWEST, LOWEST),
        (HIGHEST, 9e299),
    ],
)
def test_down_changes_it_back(qtbot, box, start, down):
    box.setValue(start)
    qtbot.keyClick(box, Qt.Key.Key_Down)
    assert box.value() == down


def test_nine_steps_up_are_one_power_of_ten(qtbot, box):
    texts = []
    for _ in range(10):
        qtbot.keyClick(box, Qt.Key.Key_Up)
        texts.append(box.text())
    assert texts == [*(f"0.00{digit}" for digit in range(2, 10)), "0.01", "0.02"]


@settings(derandomize=True, deadline=None, max_examples=500)
@given(numbers)
def test_steps_go_where_they_should_and_leave_one_digit(number):
    up, down = stepped(number, up=True), stepped(number, up=False)
    assert down < number < up
    assert all(float(f"{step:.0e}") == step for step in (up, down))
    assert up / down < 10.1


@pytest.mark.parametrize("digit", range(1, 10))
@pytest.mark.parametrize("exponent", [-299, -17, -3, 0, 2, 23, 298])
def test_a_step_up_and_down_leads_back(digit, exponent):
    number = float(f"{digit}e{exponent}")
    assert stepped(stepped(number, up=True), up=False) == number
    assert stepped(stepped(number, up=False), up=True) == number


@pytest.mark.parametrize("number", [5e-324, 1e-323, 3e-320, 1e-310])
def test_a_step_from_the_smallest_numbers_there_are(off_box, number):
    off_box.setValue(number)
    off_box.stepBy(-1)
    assert 0 <= off_box.value() < math.inf


def test_zero_is_shown_as_off(qtbot, off_box):
    assert (off_box.text(), off_box.value()) == ("off", 0.0)
    type_in(qtbot, off_box, "0.5")
    qtbot.keyClick(off_box, Qt.Key.Key_Return)
    assert (off_box.text(), off_box.value()) == ("0.5", 0.5)
    type_in(qtbot, off_box, "0")
    leave(qtbot, off_box)
    assert (off_box.text(), off_box.value()) == ("off", 0.0)


def test_off_can_be_typed_and_stepped_from(qtbot, off_box):
    off_box.setValue(0.5)
    type_in(qtbot, off_box, "off")
    qtbot.keyClick(off_box, Qt.Key.Key_Return)
    assert off_box.value() == 0.0
    qtbot.keyClick(off_box, Qt.Key.Key_Up)
    assert off_box.value() == 1e-6


def test_every_change_is_told_once(qtbot, box):
    told = []
    box.valueChanged.connect(told.append)
    type_in(qtbot, box, "2.5")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    box.setValue(2.5)
    leave(qtbot, box)
    assert told == [2.5]


def test_a_step_counts_from_what_was_typed(qtbot, box):
    type_in(qtbot, box, "0.5")
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert box.value() == 0.6


@pytest.fixture
def iterations(qtbot):
    box = shown(qtbot, WholeBox(1, MOST_ITERATIONS))
    box.setValue(100)
    return box


def test_iterations_are_from_one_to_a_billion(iterations):
    assert (iterations.minimum(), iterations.maximum()) == (1, MOST_ITERATIONS)
    iterations.setValue(0)
    assert iterations.value() == 1
    iterations.setValue(2_000_000_000)
    assert iterations.value() == MOST_ITERATIONS


@pytest.mark.parametrize("entered", [by_key, paste])
@pytest.mark.parametrize(
    ("typed", "value"),
    [("250", 250), ("1e3", 1000), ("007", 7), ("1,234", 1234), ("1,234,567", 1_234_567),
     ("1 234 567", 1_234_567), ("٢٥", 25), ("۲۵", 25), ("२५", 25)],
)  # fmt: skip
def test_iterations_are_understood_however_they_are_written(
    qtbot, iterations, typed, value, entered
):
    entered(qtbot, iterations, typed)
    assert (iterations.value(), iterations.text(), said(iterations)) == (value, str(value), "")


@pytest.mark.parametrize("entered", [by_key, paste])
@pytest.mark.parametrize(
    "typed", ["0", "-5", "2.5", "2,5", "1,23", "99999999999", "1e99", "9" * 5000, "1,234 567"]
)
def test_iterations_are_whole_and_positive_or_stay(qtbot, iterations, typed, entered):
    entered(qtbot, iterations, typed)
    assert (iterations.value(), iterations.text()) == (100, "100")
    assert "is not a whole number from 1 to 1,000,000,000. It stays 100." in said(iterations)


@pytest.mark.parametrize(("locale", "value"), [("de_DE", 1234), ("en_US", 100)])
def test_a_point_is_between_thousands_where_the_locale_has_it_so(qtbot, iterations, locale, value):
    iterations.setLocale(QLocale(locale))
    type_in(qtbot, iterations, "1.234")
    leave(qtbot, iterations)
    assert iterations.value() == value


@pytest.mark.parametrize("locale", LOCALES)
def test_a_count_as_its_locale_writes_it_is_understood(qtbot, iterations, locale):
    iterations.setLocale(QLocale(locale))
    paste(qtbot, iterations, QLocale(locale).toString(1_234_567))
    assert (iterations.value(), said(iterations)) == (1_234_567, "")


def test_empty_iterations_take_their_number_back(qtbot, iterations):
    iterations.selectAll()
    qtbot.keyClick(iterations, Qt.Key.Key_Delete)
    leave(qtbot, iterations)
    assert (iterations.value(), iterations.text()) == (100, "100")


def test_steps_of_iterations_grow_with_them(qtbot, iterations):
    qtbot.keyClick(iterations, Qt.Key.Key_Up)
    assert iterations.value() == 110
    iterations.setValue(5000)
    qtbot.keyClick(iterations, Qt.Key.Key_Down)
    assert iterations.value() == 4900
