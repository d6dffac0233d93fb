"""Pictures and tables from the window: asked for by dialog, written whole or not at all."""

import csv
import re
import subprocess
import sys
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QToolButton
from support import PIZZA, child, pixels, press, wait_until_trained

from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import Experiment
from gdviz.core.format import COLOURS, RESOLUTIONS
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.writing import TRAJECTORIES
from gdviz.core.words.comparison import COMPARISONS
from gdviz.ui.features.export.export_dialog import ExportDialog
from gdviz.ui.features.export.exporter import PICTURE_FILTERS, TABLE_FILTERS, TRAJECTORY_FILTERS
from gdviz.ui.features.export.pictures import export_picture, picture
from gdviz.ui.plots.drawing.contour_map import FOG, SIGHT_PX
from gdviz.ui.plots.surface.camera import Camera
from gdviz.ui.theme import DARK, LIGHT, mixed
from gdviz.ui.widgets.saving import SavingError

CTRL = Qt.KeyboardModifier.ControlModifier
CTRL_SHIFT = CTRL | Qt.KeyboardModifier.ShiftModifier
PNG, SVG, PDF = PICTURE_FILTERS
# What a caption of one line takes.
CAPTION_HEIGHT = 30
PLOTS = ("loss_curve", "data_fit", "loss_history")

ON_A_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from gdviz.core.descent.descent import Experiment, run
from gdviz.core.descent.run import Run
from gdviz.core.tables.reading import read_table
from gdviz.ui.features.export.headless import export
from gdviz.ui.widgets.saving import SavingError

app = QApplication([])
experiment = Experiment(read_table(sys.argv[1]).dataset()[0], iterations=1000)
trajectory, outcome = run(experiment)
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
for name in sys.argv[2:]:
    try:
        export(Run(experiment, trajectory.record, outcome), 7, [Path(name)])
    except SavingError as error:
        print(error)
"""


def notice(window):
    """Return what the notice says; nothing if it is hidden."""
    return child(window, "notice_text").text() if child(window, "notice").isVisible() else ""


def ink(plot, scale):
    """Return how much the picture of a plot's plane differs from its background, per pixel."""
    # Without its edges, which are the axes' too.
    box = plot.view.sceneBoundingRect().toAlignedRect().adjusted(2, 2, -2, -2)
    corner, size = box.topLeft() * scale, box.size() * scale
    colours = pixels(picture(plot, scale).copy(QRect(corner, size)))
    return np.abs(colours - np.array(QColor(plot.theme.plot).getRgb()[:3])).mean()


def doubled(size, caption=True):
    """Return how large a picture of a view is at twice its size, by default with a caption."""
    return QSize(size.width(), size.height() + (CAPTION_HEIGHT if caption else 0)) * 2


def chosen(dialog, box):
    return child(dialog, box).currentText()


# Asking


def test_ctrl_e_asks_and_saves(window, qtbot, tmp_path, save_as, fill_in):
    size = window.figure.size()
    fill_in()
    save_as(tmp_path / "out.png")
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL)
    assert QImage(str(tmp_path / "out.png")).size() == doubled(size)
    assert notice(window) == f"Saved {tmp_path / 'out.png'}."


@pytest.mark.parametrize(
    ("name", "chosen_filter", "written", "start"),
    [
        ("chart", PNG, "chart.png", b"\x89PNG"),
        ("chart", SVG, "chart.svg", b"<?xml"),
        ("chart", PDF, "chart.pdf", b"%PDF"),
        ("chart", "", "chart.png", b"\x89PNG"),
        ("chart.svg", PNG, "chart.svg", b"<?xml"),
        ("chart.PDF", PNG, "chart.PDF", b"%PDF"),
    ],
)
def test_the_suffix_decides_and_where_there_is_none_the_filter(
    window, tmp_path, save_as, fill_in, name, chosen_filter, written, start
):
    fill_in()
    save_as(tmp_path / name, chosen_filter)
    window.exporter.export()
    assert [path.name for path in tmp_path.glob("chart*")] == [written]
    assert (tmp_path / written).read_bytes().startswith(start)


@pytest.mark.parametrize("name", ["chart.bmp", "chart.csv", "chart.v2"])
def test_an_unknown_kind_is_refused_by_name(window, tmp_path, save_as, fill_in, name):
    fill_in()
    save_as(tmp_path / name, PNG)
    window.exporter.export()
    assert name in notice(window)
    assert ".png or .svg or .pdf" in notice(window)
    assert not list(tmp_path.glob("chart*"))


def test_cancelling_the_dialog_does_nothing(window, fill_in, save_as, tmp_path):
    fill_in(button="")
    suggestions = save_as(tmp_path / "out.png")
    window.exporter.export()
    assert suggestions == []
    assert notice(window) == ""
    assert not list(tmp_path.glob("out*"))


def test_cancelling_the_file_dialog_does_nothing(window, fill_in, save_as):
    fill_in()
    assert save_as("") == []
    window.exporter.export()
    window.exporter.export_trajectory()
    assert notice(window) == ""


@pytest.mark.parametrize("answer", ["Yes", "No"])
def test_a_file_that_the_added_suffix_hits_is_replaced_only_if_asked(
    window, tmp_path, save_as, fill_in, monkeypatch, answer
):
    target, questions = tmp_path / "chart.png", []
    target.write_text("old")

    def ask(_parent, _title, question):
        questions.append(question)
        return QMessageBox.StandardButton[answer]

    monkeypatch.setattr(QMessageBox, "question", ask)
    fill_in()
    save_as(tmp_path / "chart", PNG)
    window.exporter.export()
    assert questions == ["chart.png exists already. Replace it?"]
    assert (target.read_bytes() == b"old") is (answer == "No")


def test_the_dialogs_suggest_a_name_and_the_last_folder(window, tmp_path, save_as, fill_in):
    suggestions = save_as(tmp_path / "mine.csv")
    window.exporter.export_trajectory()
    fill_in(lambda dialog: child(dialog, "export_view").setCurrentText("Data"))
    window.exporter.export()
    assert suggestions[0].endswith("pizza-trajectory.csv")
    assert suggestions[1] == str(tmp_path / "pizza-data-fit.png")


@pytest.mark.parametrize("name", PLOTS)
def test_the_button_in_a_corner_offers_its_plot(window, qtbot, tmp_path, save_as, fill_in, name):
    plot, offered = child(window, name), []
    size = plot.size()
    fill_in(lambda dialog: offered.append(chosen(dialog, "export_view")))
    save_as(tmp_path / "out.png")
    qtbot.mouseClick(
        plot.findChild(QToolButton, f"{plot.objectName()}_export"), Qt.MouseButton.LeftButton
    )
    assert offered == [plot.title]
    assert QImage(str(tmp_path / "out.png")).size() == doubled(size, caption=False)


def test_the_dialog_offers_all_views_and_sizes(window, fill_in):
    offered = {}

    def look(dialog):
        for name in ("export_view", "export_dpi"):
            box = child(dialog, name)
            offered[name] = [box.itemText(index) for index in range(box.count())]

    fill_in(look, button="")
    window.exporter.export()
    assert offered == {
        "export_view": ["Whole figure", "Loss curve", "Data", "Loss by iteration"],
        "export_dpi": list(RESOLUTIONS.values()),
    }


@pytest.mark.parametrize("scale", [1, 4])
def test_a_png_is_as_large_as_asked(window, tmp_path, save_as, fill_in, scale):
    text, size = RESOLUTIONS[96 * scale], window.figure.data_fit.size()
    fill_in(lambda dialog: child(dialog, "export_dpi").setCurrentText(text))
    save_as(tmp_path / "out.png")
    window.exporter.export("data_fit")
    assert QImage(str(tmp_path / "out.png")).size() == size * scale


def test_a_dialog_that_was_answered_is_gone(window, fill_in, save_as):
    save_as("")
    for _ in range(3):
        fill_in()
        window.exporter.export()
    QApplication.sendPostedEvents(None, 52)  # QEvent.DeferredDelete
    assert window.findChildren(ExportDialog) == []


# Pictures


def test_print_friendly_is_light_from_a_dark_window_that_stays_dark(
    window, tmp_path, save_as, fill_in
):
    window.appearance.choose("light")
    light = picture(window.figure, 2)
    window.appearance.choose("dark")
    fill_in(lambda dialog: child(dialog, "export_colours").setCurrentText(COLOURS["light"]))
    save_as(tmp_path / "out.png")
    window.exporter.export()
    image = QImage(str(tmp_path / "out.png"))
    above_caption = image.copy(QRect(0, 0, light.width(), light.height()))
    assert np.array_equal(pixels(above_caption), pixels(light))
    assert window.figure.theme is DARK
    assert window.figure.grab().toImage().pixelColor(0, 0) == QColor(DARK.plot)


def test_without_it_a_dark_window_gives_a_dark_picture(window):
    window.appearance.choose("dark")
    assert picture(window.figure).pixelColor(0, 0) == QColor(DARK.plot)


@pytest.mark.parametrize("name", PLOTS)
@pytest.mark.parametrize("zoom", [1, 0.5])
def test_a_picture_shows_what_the_screen_shows(window, name, zoom):
    # With room for the whole legend in a line: a picture has more of them where it needs them.
    window.resize(1600, 900)
    window.session.playback.seek(3)
    plot = child(window, name)
    plot.view.scaleBy((zoom, zoom))
    child(window, f"{name}_export").parentWidget().hide()  # on the screen only
    QApplication.processEvents()
    shown, exported = pixels(plot.grab().toImage()), pixels(picture(plot))
    assert shown.shape == exported.shape
    assert np.abs(shown - exported).mean() < 1


@pytest.mark.parametrize("name", PLOTS)
def test_lines_are_as_wide_in_a_large_picture(window, name):
    window.session.playback.seek(3)
    plot = child(window, name)
    assert ink(plot, 4) == pytest.approx(ink(plot, 1), rel=0.1)


@pytest.mark.parametrize("view", ["figure", *PLOTS])
@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_after_an_export_the_window_is_as_before(window, tmp_path, view, kind):
    window.session.playback.seek(3)
    window.appearance.choose("dark")
    QApplication.processEvents()
    before = window.grab().toImage()
    export_picture(child(window, view), tmp_path / f"out.{kind}", scale=2)
    QApplication.processEvents()
    assert window.grab().toImage() == before


def test_svg_is_xml_with_the_titles_of_the_axes(window, tmp_path):
    export_picture(window.figure, tmp_path / "out.svg", caption="run 1 < run 2 & more")
    root = ElementTree.parse(tmp_path / "out.svg").getroot()
    texts = [text.strip() for text in root.itertext()]
    for title in ("weight w", "loss", "Reservations", "Pizzas", "iteration", "Loss curve"):
        assert title in texts, title
    assert texts.count("run 1 < run 2 & more") == 2  # its title, and under the picture


def test_the_names_of_columns_are_text_not_markup(window, qtbot, tmp_path):
    path = tmp_path / "odd & <b>old.csv"
    path.write_text("size & <i>,<b>price\n1,2\n2,4\n")
    assert window.opening.open_file(path)
    qtbot.waitUntil(lambda: not window.session.runs.training)
    export_picture(window.figure.data_fit, tmp_path / "out.svg", caption=path.name)
    texts = [text.strip() for text in ElementTree.parse(tmp_path / "out.svg").getroot().itertext()]
    assert {"size & <i>", "<b>price", path.name} <= set(texts)


@pytest.mark.parametrize("caption", ["", "a caption"])
def test_pdf_is_one_page_of_the_right_size(window, tmp_path, caption):
    export_picture(window.figure, tmp_path / "out.pdf", caption=caption)
    content = (tmp_path / "out.pdf").read_bytes().decode("latin-1")
    assert content.startswith("%PDF")
    assert len(re.findall(r"/Type\s*/Page\b", content)) == 1
    box = [float(n) for n in re.search(r"/MediaBox\s*\[([^]]*)\]", content)[1].split()]
    size = window.figure.size()
    height = size.height() + (CAPTION_HEIGHT if caption else 0)
    assert box == pytest.approx([0, 0, size.width() * 0.75, height * 0.75], abs=1)


def test_copy_puts_the_figure_with_its_caption_on_the_clipboard(window, qtbot):
    size = window.figure.size()
    qtbot.keyClick(window, Qt.Key.Key_C, CTRL_SHIFT)
    assert QGuiApplication.clipboard().image().size() == doubled(size)
    assert notice(window) == "Copied the whole figure: paste it into a document."


def test_copy_of_one_plot_is_its_picture(window):
    expected = pixels(picture(window.figure.data_fit, 2))
    window.exporter.copy_image("data_fit")
    assert np.array_equal(pixels(QGuiApplication.clipboard().image()), expected)
    assert "“Data”" in notice(window)


def test_an_export_pauses_and_shows_what_was_seen(window, tmp_path, save_as, fill_in):
    window.session.playback.seek(37)
    window.session.playback.toggle()
    expected = pixels(picture(window.figure.loss_curve, 2))
    fill_in()
    save_as(tmp_path / "out.png")
    window.exporter.export("loss_curve")
    assert not window.session.playback.playing
    assert window.session.playback.row.iteration == 37
    assert np.array_equal(pixels(QImage(str(tmp_path / "out.png"))), expected)


# The surface, and fog


@pytest.fixture
def three(window, qtbot):
    """The window with the bias, all three pictures of the loss, and a few steps taken."""
    window.tuning.set_settings(with_bias=True)
    wait_until_trained(qtbot, window)
    window.viewing.switches["surface"].trigger()
    window.session.playback.seek(40)
    QApplication.processEvents()
    return window


def drawn(view, tmp_path):
    """Return the pixels of an SVG of a view, and those of its PNG."""
    export_picture(view, tmp_path / "out.svg")
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    image.fill(QColor("magenta"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(tmp_path / "out.svg")).render(painter)
    painter.end()
    export_picture(view, tmp_path / "out.png")
    return pixels(image), pixels(QImage(str(tmp_path / "out.png")))


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("fog", [False, True], ids=["clear", "fog"])
@pytest.mark.parametrize("name", ["loss_curve", "landscape", "surface"])
def test_an_svg_looks_like_the_png(three, tmp_path, name, fog, theme):
    three.appearance.choose(theme)
    three.viewing.switches["fog"].setChecked(fog)
    QApplication.processEvents()
    svg, png = drawn(child(three, name), tmp_path)
    assert np.abs(svg - png).mean() < 1.5
    assert (np.abs(svg - png).max(axis=2) > 60).mean() < 0.01


def test_fog_in_an_svg_opens_where_the_hiker_has_stood(three, tmp_path):
    landscape = child(three, "landscape")
    three.viewing.switches["fog"].trigger()
    QApplication.processEvents()
    svg, _ = drawn(landscape, tmp_path)
    row, optimum = three.session.playback.row, three.session.runs.experiment.bowl.optimum
    here, far = (
        landscape.viewport().mapTo(
            landscape, landscape.mapFromScene(landscape.view.mapViewToScene(QPointF(*place)))
        )
        for place in ((row.weight, row.bias), optimum)
    )
    fog = mixed(LIGHT.muted, LIGHT.plot, FOG).getRgb()[:3]
    near = svg[here.y() + int(SIGHT_PX) - 8 : here.y() + int(SIGHT_PX) - 2, here.x()].tolist()
    assert tuple(svg[far.y(), far.x()]) == fog
    assert list(fog) not in near


def test_the_surface_is_exported_as_shapes(three, tmp_path):
    """Sharp at any size, and without pixels."""
    surface = child(three, "surface")
    export_picture(three.figure, tmp_path / "out.svg")
    root = ElementTree.parse(tmp_path / "out.svg").getroot()
    kinds = [element.tag.rpartition("}")[2] for element in root.iter()]
    assert "image" not in kinds
    assert kinds.count("linearGradient") > 100
    texts = [text.strip() for text in root.itertext()]
    assert {"Surface", "weight w", "bias b"} <= set(texts)
    export_picture(surface, tmp_path / "out.pdf")
    assert b"/Subtype /Image" not in (tmp_path / "out.pdf").read_bytes()


def test_a_surface_that_is_looked_at_closely_stays_in_its_picture(three, tmp_path):
    surface = child(three, "surface")
    surface.view.take_sight(Camera(zoom=4))
    svg, png = drawn(three.figure, tmp_path)
    assert np.abs(svg - png).mean() < 1.5
    place = QRect(surface.mapTo(three.figure, QPoint(0, 0)), surface.size())
    apart = np.abs(svg - png).max(axis=2) > 60
    apart[place.top() : place.bottom() + 1, place.left() : place.right() + 1] = False
    assert apart.mean() < 0.01


@pytest.mark.parametrize("scale", [1, 2, 4])
def test_a_png_of_the_surface_has_its_marks(three, tmp_path, scale):
    surface = child(three, "surface")
    export_picture(surface, tmp_path / "out.png", scale=scale)
    image = QImage(str(tmp_path / "out.png"))
    assert image.size() == surface.size() * scale
    for colour in (LIGHT.hiker, LIGHT.optimum, LIGHT.trail):
        same = (pixels(image) == QColor(colour).getRgb()[:3]).all(axis=2)
        assert same[40 * scale :].sum() > 10 * scale**2, colour


def test_the_corner_button_of_the_surface_exports_it(three, qtbot, tmp_path, save_as, fill_in):
    surface, offered = child(three, "surface"), []
    size = surface.size()
    fill_in(lambda dialog: offered.append(chosen(dialog, "export_view")))
    save_as(tmp_path / "out.png")
    qtbot.mouseClick(surface.findChild(QToolButton, "surface_export"), Qt.MouseButton.LeftButton)
    assert offered == ["Surface"]
    assert QImage(str(tmp_path / "out.png")).size() == doubled(size, caption=False)


# Tables


def test_ctrl_shift_e_saves_every_row_bit_for_bit(window, qtbot, tmp_path, save_as):
    save_as(tmp_path / "run", "CSV table (*.csv)")
    qtbot.keyClick(window, Qt.Key.Key_E, CTRL_SHIFT)
    with (tmp_path / "run.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert header == ["iteration", "w", "loss", "gradient"]
    numbers = [[float(cell) for cell in row] for row in rows]
    assert numbers == [
        [row.iteration, row.weight, row.loss, row.weight_gradient]
        for row in window.session.runs.record
    ]
    assert notice(window) == f"Saved {tmp_path / 'run.csv'}."


def test_the_suffix_makes_a_trajectory_arrays(window, tmp_path, save_as):
    save_as(tmp_path / "run.NPZ")
    window.exporter.export_trajectory()
    arrays, record = np.load(tmp_path / "run.NPZ"), window.session.runs.record
    np.testing.assert_array_equal(arrays["loss"], record.loss)
    assert arrays["iteration"][-1] == record.newest


def test_a_table_can_be_written_as_everything_that_is_offered():
    assert list(TRAJECTORY_FILTERS.values()) == list(TRAJECTORIES)
    assert list(TABLE_FILTERS.values()) == list(COMPARISONS)


def test_a_table_takes_no_picture_suffix(window, tmp_path, save_as):
    save_as(tmp_path / "run.png")
    window.exporter.export_trajectory()
    assert "run.png" in notice(window)
    assert not (tmp_path / "run.png").exists()


# What can't be written


@pytest.mark.parametrize("name", ["gone/out.png", "folder.png"])
def test_a_place_that_cannot_be_written_is_named_and_the_window_goes_on(
    window, qtbot, tmp_path, save_as, fill_in, name
):
    tmp_path.joinpath("folder.png").mkdir()
    fill_in()
    save_as(tmp_path / name)
    window.exporter.export()
    assert notice(window).startswith(f"{tmp_path / name} can't be written: ")
    assert QGuiApplication.overrideCursor() is None
    qtbot.mouseClick(child(window, "step_forward"), Qt.MouseButton.LeftButton)
    assert window.session.playback.row.iteration == 1
    fill_in()
    save_as(tmp_path / "out.png")
    window.exporter.export()
    assert notice(window) == f"Saved {tmp_path / 'out.png'}."


def test_a_picture_needs_a_suffix(window, tmp_path):
    with pytest.raises(SavingError, match="out: the name has no suffix"):
        export_picture(window.figure, tmp_path / "out")


@pytest.mark.skipif(sys.platform == "win32", reason="limits of file sizes are POSIX's")
def test_on_a_full_disk_the_old_file_stays(tmp_path):
    kinds = "png", "svg", "pdf", "csv", "gif", "webp", "apng"
    targets = [tmp_path / f"out.{kind}" for kind in kinds]
    for target in targets:
        target.write_text("old")
    done = subprocess.run(
        [sys.executable, "-c", ON_A_FULL_DISK, PIZZA, *targets],
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert len(lines) == len(targets), done.stdout
    assert all(str(target) in line for target, line in zip(targets, lines, strict=True))
    assert [target.read_text() for target in targets] == ["old"] * len(kinds)
    assert sorted(tmp_path.glob("out*")) == sorted(targets)


def test_the_sweep_is_exported_by_its_own_button(window, qtbot, tmp_path, save_as, fill_in):
    window.comparing.sweep_dock.show()
    sweep = window.comparing.sweep_dock.content
    press(qtbot, sweep, "sweep_start")
    qtbot.waitUntil(lambda: not sweep.sweeping)
    fill_in()
    save_as(tmp_path / "sweep.png")
    sweep.plot.export_requested.emit()
    image = QImage(str(tmp_path / "sweep.png"))
    assert image.size() == 2 * sweep.plot.size()
    curve = QColor(sweep.plot.theme.curve).rgb()
    seen = [image.pixel(x, y) for x in range(image.width()) for y in range(image.height())]
    assert seen.count(curve) > 100


def test_a_run_without_an_iteration_is_not_exported_and_the_notice_says_why(
    window, qtbot, monkeypatch
):
    for dialog in (ExportDialog, QFileDialog):
        monkeypatch.setattr(dialog, "exec", lambda *_: pytest.fail("nothing to ask"))
    x = np.array([9e139, 5e139, 7e139])
    far = Experiment(Dataset(x, [2.0, 3.0, 5.0]), 100, 1e-290, with_bias=True)
    window.session.undo.change(replace(far, start=Point(1e140, 0.0)))
    assert len(window.session.runs.record) == 0
    banner = child(window, "divergence_text").text()
    assert banner.startswith("The run has no iteration: at its start, w = 1e140, b = 0, the loss")
    for key, modifiers in (
        (Qt.Key.Key_C, CTRL_SHIFT),
        (Qt.Key.Key_E, CTRL),
        (Qt.Key.Key_E, CTRL_SHIFT),
    ):
        child(window, "notice").hide()
        qtbot.keyClick(window, key, modifiers)
        assert notice(window) == banner
    press(qtbot, window, "divergence_action")
    assert window.session.runs.experiment.start == Point(0.0, 0.0)
    assert len(window.session.runs.record) == 101
    qtbot.keyClick(window, Qt.Key.Key_C, CTRL_SHIFT)
    assert notice(window).startswith("Copied the whole figure")
