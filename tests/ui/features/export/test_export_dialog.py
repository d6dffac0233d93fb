"""The export dialog: what its preview shows is what is written, and the window stays as it is."""

import re
from functools import partial

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QFont, QFontInfo, QImage
from PySide6.QtWidgets import QApplication
from silence import SILENCE_S, Listener
from support import child, pixels, wait_until_trained

from gdviz.core.format import COLOURS, FONTS, LINES, RESOLUTIONS, UNITS, Format
from gdviz.ui.features.export.pictures import picture
from gdviz.ui.theme import GREYS, contrast

PAPER = {
    "unit": UNITS["cm"], "dpi": RESOLUTIONS[300], "family": "Serif", "font_pt": FONTS[9.0],
    "lines": LINES[0.75], "colours": COLOURS["greys"],
}  # fmt: skip


class Steps:
    """Chooses in a dialog as a person does, and waits for its preview."""

    def __init__(self, qtbot):
        self._qtbot = qtbot

    def choose(self, dialog, **choices):
        for name, text in choices.items():
            child(dialog, f"export_{name}").setCurrentText(text)
        self.wait(dialog)

    def type_size(self, dialog, width, height):
        for name, typed in (("width", width), ("height", height)):
            box = child(dialog, f"export_{name}")
            box.setFocus()
            box.selectAll()
            self._qtbot.keyClicks(box, typed)
            self._qtbot.keyClick(box, Qt.Key.Key_Tab)
        self.wait(dialog)

    def wait(self, dialog):
        self._qtbot.waitUntil(lambda: not dialog.drawing)


@pytest.fixture
def steps(qtbot):
    return Steps(qtbot)


@pytest.fixture
def exported(window, tmp_path, fill_in, save_as):
    """Export what is chosen in the dialog; return the written image and that of the preview."""

    def exported(choose, view="figure", name="out.png"):
        seen = []

        def answer(dialog):
            choose(dialog)
            seen.append(child(dialog, "export_preview").pixmap().toImage())

        fill_in(answer)
        save_as(tmp_path / name)
        window.exporter.export(view)
        return QImage(str(tmp_path / name)), *seen

    return exported


# The preview


@pytest.mark.parametrize("view", ["figure", "data_fit"])
@pytest.mark.parametrize("form", [{}, PAPER], ids=["screen", "paper"])
@pytest.mark.parametrize("words", [True, False])
def test_what_the_preview_shows_is_written(window, steps, exported, view, form, words):
    window.session.playback.seek(7)

    def choose(dialog):
        for name in ("legend", "caption"):
            child(dialog, f"export_{name}").setChecked(words)
        steps.choose(dialog, **form)

    written, shown = exported(choose, view)
    scaled = written.scaled(
        shown.size(), Qt.AspectRatioMode.IgnoreAspectRatio,
        Qt.TransformationMode.SmoothTransformation,
    )  # fmt: skip
    assert abs(written.width() / written.height() - shown.width() / shown.height()) < 0.02
    assert np.abs(pixels(scaled) - pixels(shown)).mean() < 4


def test_while_the_dialog_is_open_the_window_is_neither_resized_nor_painted(
    window, steps, exported
):
    disturbed = []

    class Watching(QObject):
        def eventFilter(self, watched, event):  # noqa: N802
            if event.type() in (QEvent.Type.Resize, QEvent.Type.Paint):
                disturbed.append((watched, event.type()))
            return False

    watching = Watching()

    def choose(dialog):
        for view in window.figure.views:
            view.installEventFilter(watching)
        steps.choose(dialog, **PAPER)
        steps.choose(dialog, view="Data")
        for view in window.figure.views:
            view.removeEventFilter(watching)

    exported(choose)
    assert disturbed == []


def test_the_window_goes_on_while_the_preview_is_drawn(window, qtbot, exported):
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    window.viewing.switches["surface"].setChecked(True)
    listener, longest_s = Listener(), {}

    def choose(dialog):
        for name, text in {"view": "Surface", **PAPER}.items():
            change = partial(child(dialog, f"export_{name}").setCurrentText, text)
            longest_s[name] = listener.longest_s(change, lambda: not dialog.drawing, 3)

    exported(choose)
    assert {name: silent for name, silent in longest_s.items() if silent > SILENCE_S} == {}


# It shows what the window shows


def take_looks(window, look):
    """Give the pictures of a window other looks."""
    switches = window.viewing.switches
    match look:
        case "aids":
            for aid in ("triangle", "past_steps", "curvature"):
                switches[aid].setChecked(True)
        case "fog":
            switches["fog"].setChecked(True)
        case "bias":
            for name in ("surface", "along_bias"):
                switches[name].setChecked(True)
        case "data":
            window.viewing.set_residuals("squares")
            switches["equation"].setChecked(True)
            window.figure.data_fit.point_at(3)
        case "history":
            window.viewing.histories["logarithmic"].setChecked(True)
        case "closely":
            window.figure.data_fit.view.scaleBy((0.5, 0.5))


@pytest.mark.parametrize("look", ["plain", "aids", "fog", "bias", "data", "history", "closely"])
def test_a_draft_shows_what_the_window_shows(window, qtbot, look):
    window.tuning.set_settings(with_bias=look == "bias")
    wait_until_trained(qtbot, window)
    take_looks(window, look)
    window.session.playback.seek(7)
    QApplication.processEvents()
    for view in (window.figure, *window.figure.shown):
        draft = window.exporter.draft(view.objectName())
        draft.take(Format(dpi=96, caption=False))
        drawn = draft.image(draft.pixels.width())
        assert np.abs(pixels(drawn) - pixels(picture(view))).mean() < 0.5, view.objectName()
        draft.close()


@pytest.mark.parametrize("size", [QSize(1366, 768), QSize(760, 560)], ids=["all", "in tabs"])
def test_however_small_a_figure_is_it_holds_what_is_seen_in_the_window(window, tmp_path, size):
    window.tuning.set_settings(with_bias=True)
    window.viewing.switches["surface"].setChecked(True)
    window.resize(size)
    QApplication.processEvents()
    draft = window.exporter.draft("figure")
    draft.take(Format("cm", 12.0, 8.0, font_pt=6.0))
    draft.write(tmp_path / "out.svg", "")
    draft.close()
    drawing = (tmp_path / "out.svg").read_text()
    for view in window.figure.views:
        assert (f">{view.title}<" in drawing) is (view in window.figure.shown)


# Size, type, lines and colours


@pytest.mark.parametrize(
    ("unit", "dpi", "typed", "size"),
    [
        ("px", 96, ("801", "453"), (801, 453)),
        ("px", 300, ("1201", "801"), (1201, 801)),
        ("cm", 300, ("8.4", "6"), (992, 709)),
        ("cm", 600, ("8.4", "6"), (1984, 1417)),
    ],
)
@pytest.mark.parametrize("view", ["figure", "loss_curve"])
def test_a_png_has_the_size_that_is_typed(steps, exported, unit, dpi, typed, size, view):
    def choose(dialog):
        steps.choose(dialog, unit=UNITS[unit], dpi=RESOLUTIONS[dpi])
        steps.type_size(dialog, *typed)

    written, _ = exported(choose, view)
    assert written.size() == QSize(*size)
    assert written.dotsPerMeterX() * 0.0254 == pytest.approx(dpi, abs=0.02)


def test_another_unit_measures_the_same_size(window, steps, exported):
    width = window.figure.loss_curve.width()

    def choose(dialog):
        steps.wait(dialog)
        steps.choose(dialog, unit=UNITS["px"])
        assert child(dialog, "export_width").value() == 2 * width
        steps.choose(dialog, unit=UNITS["cm"])
        assert child(dialog, "export_width").value() == pytest.approx(width / 96 * 2.54, abs=0.01)

    written, _ = exported(choose, "loss_curve")
    assert written.width() == pytest.approx(2 * width, abs=1)


def test_type_and_lines_are_as_asked(tmp_path, steps, exported):
    form = {"font_pt": FONTS[9.0], "lines": LINES[2.0]}
    exported(lambda dialog: steps.choose(dialog, **form), "data_fit", "out.svg")
    drawing = (tmp_path / "out.svg").read_text()
    assert 'font-size="12"' in drawing
    assert 'stroke-width="7"' in drawing  # the line now, usually 3.5


def test_a_font_is_that_of_all_words(window, qtbot, tmp_path, steps, exported):
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    exported(lambda dialog: steps.choose(dialog, family="Serif"), "figure", "out.svg")
    texts = re.findall(r"<text [^>]*", (tmp_path / "out.svg").read_text())
    assert len(texts) > 20
    assert all('font-family="Serif"' in text for text in texts)


def test_a_font_that_is_not_installed_is_kept_and_its_place_taken_by_one_that_is_named(
    window, steps, exported
):
    window.preferences.set("export_format", [Format(family="Klingon").stored()])
    seen = []

    def choose(dialog):
        seen.append(child(dialog, "export_family").currentText())
        steps.wait(dialog)
        seen.append(child(dialog, "export_size").text())
        seen.append(dialog.format.family)

    exported(choose)
    assert seen[0] == "Klingon (not installed)"
    used = QFontInfo(QFont("Klingon")).family()
    assert seen[1].endswith(f". “Klingon” is not installed here: “{used}” is used.")
    assert seen[2] == "Klingon"


def test_without_words_there_are_none(tmp_path, exported):
    def choose(dialog):
        for name in ("legend", "caption"):
            child(dialog, f"export_{name}").setChecked(False)

    exported(choose, "figure", "out.svg")
    body = (tmp_path / "out.svg").read_text().partition("</desc>")[2]
    assert ">weight w<" in body
    for text in ("Loss curve", "hiker", "pizza.txt"):
        assert text not in body


def test_greys_are_greys(steps, exported):
    written, _ = exported(lambda dialog: steps.choose(dialog, colours=COLOURS["greys"]))
    assert (np.ptp(pixels(written), axis=2) == 0).all()


@pytest.mark.parametrize("name", ["data", "hiker", "trail", "slope", "optimum", "curve", "muted"])
def test_greys_are_seen_on_paper(name):
    assert contrast(GREYS.colour(name), GREYS.plot) >= 3


def test_long_names_are_whole(window, qtbot, tmp_path, steps, exported):
    names = "number of reservations made before noon", "number of pizzas sold in the evening"
    path = tmp_path / "long.csv"
    path.write_text("{},{}\n1,2\n2,4\n3,5\n".format(*names))
    assert window.opening.open_file(path)
    wait_until_trained(qtbot, window)

    def choose(dialog):
        steps.choose(dialog, unit=UNITS["cm"])
        steps.type_size(dialog, "8", "6")

    exported(choose, "data_fit", "out.svg")
    drawing = (tmp_path / "out.svg").read_text()
    for name in names:
        assert f">{name}<" in drawing


# What is remembered


def test_the_next_dialog_begins_with_the_last_choices(steps, exported):
    def choose(dialog):
        steps.choose(dialog, **PAPER)
        steps.type_size(dialog, "8.4", "6")
        child(dialog, "export_legend").setChecked(False)

    exported(choose)
    found = []
    exported(lambda dialog: found.append(dialog.format))
    form = Format("cm", 8.4, 6.0, 300, "Serif", 9.0, 0.75, "greys", legend=False, caption=True)
    assert found == [form]
    assert Format.remembered(found[0].stored()) == found[0]


@pytest.mark.parametrize(
    "stored",
    [
        {}, {"unit": "inches"}, {"dpi": 1e9}, {"dpi": True}, {"width": float("nan")},
        {"height": -1.0}, {"width": "8"}, {"font_pt": [9.0]}, {"lines": {}}, {"colours": None},
        {"legend": 1}, {"other": 3}, {"family": "x" * 300}, {"family": "a\nb"}, {"family": None},
    ],
)  # fmt: skip
def test_what_cannot_be_used_counts_as_not_remembered(stored):
    assert Format.remembered(stored) == Format()
