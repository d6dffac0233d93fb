"""The step as an equation: whatever the numbers, they fit their places and are what they say."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QLabel
from support import PIZZA, child, choose, heard, press, text, wait_until_trained

from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.methods import Adam
from gdviz.core.descent.trajectory import Row
from gdviz.core.tables.reading import read_table
from gdviz.core.words.numbers import MINUS
from gdviz.ui.features.play.strip import StepStrip
from gdviz.ui.features.play.terms import BLANK

DATA = read_table(PIZZA).dataset()[0]
KINDS = {
    "weight": Experiment(DATA),
    "bias": Experiment(DATA, with_bias=True),
    "standardised": Experiment(DATA, with_bias=True, standardise=True),
    "Adam": Experiment(DATA, method=Adam()),
    "batches": Experiment(DATA, with_bias=True, batch_size=5),
}
RECORDS = {name: run(experiment)[0].record for name, experiment in KINDS.items()}
SIZES = st.floats(1e-300, 1e300) | st.floats(-1e300, -1e-300) | st.floats(-1e6, 1e6)
ROWS = st.builds(Row, st.just(7), *[SIZES] * 7)
WIDTHS = (560, 720, 880, 1024, 1280, 1920)


def make(kind, row, scale=1.0, width=1024):
    """Return a strip that shows a row, in type some times as large as the window's."""
    strip = StepStrip()
    font = strip.font()
    font.setPointSizeF(10.5 * scale)
    strip.setFont(font)
    strip.resize(width, 100)
    strip.set_experiment(KINDS[kind])
    strip.show_row(KINDS[kind], row, RECORDS[kind])
    return strip


def seen(strip):
    """Return the labels that are shown, by their place."""
    return [label for label in strip.findChildren(QLabel) if not label.isHidden() and label.text()]


def assert_fits(label):
    """Check that a label has room for all of its text."""
    metrics, room = QFontMetrics(label.font()), label.contentsRect()
    if label.wordWrap():
        needed = metrics.boundingRect(
            QRect(0, 0, room.width(), 10_000), Qt.TextFlag.TextWordWrap, label.text()
        )
    else:
        needed = QRect(0, 0, metrics.horizontalAdvance(label.text()), metrics.height())
    assert needed.width() <= room.width(), label.text()
    assert needed.height() <= room.height(), label.text()


def text_place(label):
    """Return where a label's text lies; below that of a number there is its caption."""
    place = label.geometry()
    if not label.wordWrap():
        place.setHeight(label.fontMetrics().height())
    return place


def last_digit(text):
    """Return what a unit of the last digit that a text shows is worth."""
    mantissa, _, power = text.replace(MINUS, "-").partition("e")
    return 10.0 ** (int(power or 0) - len(mantissa.partition(".")[2]))


def assert_says(text, value):
    """Check that a text is a number, to the digits that it shows."""
    read = float(text.replace(MINUS, "-"))
    assert abs(read - value) <= last_digit(text) * (0.5 + 1e-9) + abs(value) * 1e-14, text
    assert (value < 0) is text.startswith(MINUS)


def values(kind, row):
    """Return what each label is to say."""
    experiment = KINDS[kind]
    scaled = experiment.scale.scaled(row)
    return {
        "weight": row.weight, "bias": row.bias, "loss": row.loss, "slope": row.weight_gradient,
        "bias_slope": row.bias_gradient, "step": row.weight_step, "bias_step": row.bias_step,
        "next_weight": row.weight + row.weight_step, "next_bias": row.bias + row.bias_step,
        "rate": experiment.learning_rate, "bias_rate": experiment.learning_rate,
        "scaled_weight": scaled.weight, "scaled_bias": scaled.bias,
    }  # fmt: skip


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("kind", KINDS)
@settings(derandomize=True, deadline=None, max_examples=60)
@given(ROWS, st.floats(1, 2), st.sampled_from(WIDTHS), st.floats(1e-300, 1e300))
@example(Row(7, -9e-300, -9e-300, 9e299, *[-9e-300] * 4), 2.0, 560, 4.567e-300)
@example(Row(7, -21185.9915, 3.0, 33756.1, -21185.99, -1.5, 21.18599, 0.001), 1.0, 1024, 0.0045703)
def test_every_number_fits_its_place_and_is_what_it_says(kind, row, scale, width, rate):
    experiment = replace(KINDS[kind], learning_rate=rate)
    strip = make(kind, row, scale, width)
    strip.show_row(experiment, row, RECORDS[kind])
    for label in seen(strip):
        assert_fits(label)
        assert strip.rect().contains(label.geometry()), label.text()
    for name, value in (values(kind, row) | {"rate": rate, "bias_rate": rate}).items():
        if not child(strip, name).isHidden():
            assert_says(text(strip, name), value)


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("scale", [1.0, 1.4, 2.0])
@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("kind", KINDS)
def test_nothing_lies_on_anything_else_and_nothing_jumps(kind, width, scale):
    record = RECORDS[kind]
    strip = make(kind, record[0], scale, width)
    labels = seen(strip)
    places = [label.geometry() for label in labels]
    texts = [text_place(label) for label in labels]
    for number, place in enumerate(texts):
        assert not any(place.intersects(other) for other in texts[:number]), labels[number].text()
    height = strip.height()
    huge = Row(3, 1e300, -1e300, 1e300, -1.234e299, 1e-300, -1e-300, 1e-300)
    for row in (*map(record.at, range(0, 100, 7)), huge):
        strip.show_row(KINDS[kind], row, record)
        assert [label.geometry() for label in labels] == places
        assert strip.height() == height


@pytest.mark.usefixtures("qapp")
def test_a_long_sentence_is_written_smaller_and_one_that_is_longer_still_gets_room():
    strip = make("weight", RECORDS["weight"][0])
    sentence = child(strip, "sentence")
    usual, height = sentence.font().pointSizeF(), strip.height()
    tiny = Row(7, 1.5, 0.0, 2.0, 1e-17, 0.0, -1e-20, 0.0)
    strip.show_row(KINDS["weight"], tiny, RECORDS["weight"])
    assert sentence.text().startswith("Steps are too small")
    assert_fits(sentence)
    assert strip.height() == height
    assert sentence.font().pointSizeF() < usual
    narrow = make("bias", tiny, 2.0, 560)
    assert_fits(child(narrow, "sentence"))


# In the window


@pytest.mark.parametrize("width", range(400, 1400, 20))
def test_numbers_that_are_alike_are_called_alike(width):
    strip = make("bias", RECORDS["bias"].at(3), 1.6, width)
    words = {label.text() for label in seen(strip)}
    whole, short = (
        {"weight now", "bias now", "next weight", "next bias"},
        {"weight", "bias", "next"},
    )
    assert not words & whole or not words & short
    assert words & whole or words & short


def equation(window):
    """Return what is read from left to right, line by line."""
    strip = child(window, "readout")
    labels = [label for label in seen(strip) if label.objectName() != "sentence"]
    labels.sort(key=lambda label: (label.y(), label.x()))
    return [label.text() for label in labels]


def test_plain_descent_reads_as_the_update_itself(window):
    window.session.playback.seek(4)
    assert equation(window) == [
        "w =", "1.6592", MINUS, "0.0010", "\N{MULTIPLICATION SIGN}", f"{MINUS}80.7137", "=",
        "1.7400", "76.5646", "weight now", "learning rate", "slope", "next weight", "loss",
    ]  # fmt: skip
    assert child(window, "step").isHidden()
    assert text(window, "step") == "0.0807"


def test_with_the_bias_there_is_a_line_more(window, qtbot):
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    lines = equation(window)
    assert lines[0] == "w ="
    assert lines[lines.index("b =") :][-4:] == ["bias now", "learning rate", "slope", "next bias"]


@pytest.mark.parametrize("other", [
    {"method": Adam()}, {"batch_size": 5}, {"with_bias": True, "standardise": True},
])  # fmt: skip
def test_where_a_step_is_not_rate_times_slope_it_is_added(window, qtbot, other):
    window.tuning.set_settings(**other)
    wait_until_trained(qtbot, window)
    read = equation(window)
    assert read[2] == "+"
    assert read[3] == text(window, "step")
    assert child(window, "rate").isHidden()
    assert child(window, "slope").isVisible()
    assert child(window, "scaled_weight").isVisible() is ("standardise" in other)


def test_a_rate_has_all_its_digits(window, qtbot):
    for rate, written in ((0.00457, "0.00457"), (1e-5, f"1.000e{MINUS}5"), (0.25, "0.2500")):
        window.tuning.set_settings(learning_rate=rate)
        wait_until_trained(qtbot, window)
        assert text(window, "rate") == written


def test_the_colours_are_those_of_the_pictures(window):
    for name in ("dark", "light"):
        window.appearance.choose(name)
        theme = window.figure.theme
        colours = {part: child(window, part).palette().windowText().color().name()
                   for part in ("weight", "next_weight", "slope", "loss")}  # fmt: skip
        assert colours == {
            "weight": theme.hiker, "next_weight": theme.hiker, "slope": theme.slope,
            "loss": theme.text,
        }  # fmt: skip


def test_the_step_of_a_guess_stays_a_secret_while_playing(window, qtbot):
    choose(window, "Predict")
    for name in ("to_end", "step_back"):
        press(qtbot, window, name)
        assert text(window, "next_weight") == text(window, "step") == "?"
    choose(window, "Predict")
    assert text(window, "next_weight") != "?"


# Numbers to find


def blanks(strip):
    """Return the names of the numbers that are boxes, after a look at each."""
    labels = [label for label in seen(strip) if label.text() == BLANK]
    for label in labels:
        # The box has the number's colour.
        row = label.grab().toImage()
        assert row.pixelColor(row.width() // 2, 1) == label.palette().windowText().color()
        assert_fits(label)
    return {label.objectName() for label in labels}


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("low", [False, True])
@pytest.mark.parametrize("kind", KINDS)
def test_blank_numbers_are_boxes_and_nothing_jumps(kind, low, scale):
    row = RECORDS[kind][0]
    strip = make(kind, row, scale)
    strip.set_low(low)
    before = [(label.text(), label.geometry()) for label in seen(strip)]
    height = strip.height()
    strip.set_blank(["slope", "next_weight"])
    with_bias = {"bias_slope", "next_bias"} if KINDS[kind].with_bias else set()
    assert blanks(strip) == {"slope", "next_weight"} | with_bias
    strip.show_row(KINDS[kind], RECORDS[kind].at(3), RECORDS[kind])
    assert blanks(strip) == {"slope", "next_weight"} | with_bias
    assert [label.geometry() for label in seen(strip)] == [place for _, place in before]
    strip.show_row(KINDS[kind], row, RECORDS[kind])
    strip.set_blank([])
    assert [(label.text(), label.geometry()) for label in seen(strip)] == before
    assert strip.height() == height


@pytest.mark.usefixtures("qapp")
def test_a_screen_reader_says_what_is_to_be_found():
    strip = make("weight", RECORDS["weight"][0])
    strip.set_blank(["next_weight", "loss"])
    assert heard(strip)[1] == (
        "w equals 0.0000 minus 0.0010 times minus 806.8000 equals a number to find, "
        "loss a number to find"
    )
    assert heard(child(strip, "loss"))[1] == "a number to find"
    strip.set_blank([])
    assert "find" not in heard(strip)[1]
    assert heard(child(strip, "loss"))[1] == text(strip, "loss")


@pytest.mark.usefixtures("qapp")
def test_blanks_and_the_secret_of_a_guess_dont_undo_each_other():
    strip = make("Adam", RECORDS["Adam"][0])
    strip.set_blank(["slope"])
    strip.set_secret(True)
    assert blanks(strip) == {"slope", "step", "next_weight"}
    strip.set_blank(["step"])
    assert blanks(strip) == {"step", "next_weight"}
    strip.set_secret(False)
    assert blanks(strip) == {"step"}


def test_large_type_and_back_leaves_it_as_it_was(window):
    before = equation(window), child(window, "readout").height()
    window.presenter.action.trigger()
    QApplication.processEvents()
    assert child(window, "readout").height() > before[1]
    for label in seen(child(window, "readout")):
        assert_fits(label)
    window.presenter.action.trigger()
    QApplication.processEvents()
    assert (equation(window), child(window, "readout").height()) == before
