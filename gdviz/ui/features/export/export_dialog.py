"""ExportDialog: which picture, in which size and looks, and what will come of it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtGui import QFont, QFontInfo, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QWidget,
)

from gdviz.core.format import CHOICES, CM_PER_INCH, MOST_PX, SWITCHES, Format
from gdviz.ui.features.export.draft import Draft
from gdviz.ui.plain import plain
from gdviz.ui.theme import installed_families
from gdviz.ui.widgets.folding_dialog import FoldingDialog
from gdviz.ui.widgets.narrow_box import NarrowBox
from gdviz.ui.widgets.parts import NO_MARGINS, folding_text, in_column, in_row, named
from gdviz.ui.widgets.spin_boxes import ScientificBox

LABELS = {
    "unit": "&Size", "dpi": "&Resolution", "family": "&Font", "font_pt": "T&ype",
    "lines": "&Lines", "colours": "&Colours",
}  # fmt: skip
PREVIEW = QSize(440, 340)
# How long nothing must change until the preview is drawn.
REST_MS = 120


class ExportDialog(FoldingDialog):
    """Asks which picture to export and how, and shows it; the file dialog that follows asks where.

    Parameters
    ----------
    views : mapping of str to str
        The titles of the pictures, by their object names.
    draft : callable
        Returns the draft of a picture, by its object name.
    chosen : str
        The one to begin with.
    """

    def __init__(
        self,
        views: Mapping[str, str],
        draft: Callable[[str], Draft],
        chosen: str,
        begin_with: Format,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Export")
        self.setObjectName("export_dialog")
        self._make_draft, self._drafts = draft, dict[str, Draft]()
        self._steps_left: Iterator[None] = iter(())
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._go_on)
        self._view = named(QComboBox(), "export_view", "Picture")
        for name, title in views.items():
            self._view.addItem(title, name)
        self._view.setCurrentIndex(self._view.findData(chosen))
        choices = {**CHOICES, "family": _families(begin_with.family)}
        self._boxes = {name: self._box(name, choices[name]) for name in LABELS}
        self._sides = {name: self._side(name) for name in ("width", "height")}
        self._size = self._pair_of_sides()
        self._switches = {name: self._switch(name, text) for name, (text, *_) in SWITCHES.items()}
        self._format = begin_with
        self._show_format()
        self._arrange()
        self._connect()
        self._draw_soon(0)

    @property
    def view(self) -> str:
        """The object name of the chosen view."""
        return str(self._view.currentData())

    @property
    def format(self) -> Format:
        """How it is to be written."""
        return self._format

    @property
    def drawing(self) -> bool:
        """Whether the preview isn't yet what will be written."""
        return self._timer.isActive()

    def take_draft(self) -> Draft:
        """Return the chosen picture as it is to be written; who takes it closes it."""
        draft = self._drafts.pop(self.view, None) or self._make_draft(self.view)
        draft.take(self._format)
        return draft

    def done(self, result: int) -> None:
        """Draw no more."""
        self._timer.stop()
        super().done(result)

    def close_for_good(self) -> None:
        """Forget all that was drawn."""
        for draft in self._drafts.values():
            draft.close()
        self.deleteLater()

    def _box(self, name: str, choices: Mapping[object, str]) -> QComboBox:
        # There are fonts with very long names.
        kind = NarrowBox if name == "family" else QComboBox
        box = named(kind(), f"export_{name}", LABELS[name].replace("&", ""))
        for value, text in choices.items():
            box.addItem(text, value)
        return box

    def _side(self, name: str) -> ScientificBox:
        box = named(ScientificBox(), f"export_{name}", name.capitalize())
        box.setRange(1, MOST_PX)
        return box

    def _pair_of_sides(self) -> QWidget:
        """Return both sides, which are there only where they are asked for."""
        pair = QWidget()
        sides = self._sides["width"], "\N{MULTIPLICATION SIGN}", self._sides["height"]
        in_row(*sides, of=pair, margins=NO_MARGINS)
        return pair

    def _switch(self, name: str, text: str) -> QCheckBox:
        return named(QCheckBox(text), f"export_{name}")

    def _connect(self) -> None:
        self._view.currentIndexChanged.connect(self._on_changed)
        for name, box in self._boxes.items():
            box.currentIndexChanged.connect(
                self._on_unit_changed if name == "unit" else self._on_changed
            )
        for side in self._sides.values():
            side.valueChanged.connect(self._on_changed)
        for switch in self._switches.values():
            switch.toggled.connect(self._on_changed)

    def _show_format(self) -> None:
        for name, box in self._boxes.items():
            box.setCurrentIndex(box.findData(getattr(self._format, name)))
        for name, switch in self._switches.items():
            switch.setChecked(getattr(self._format, name))
        self._show_sides()

    def _show_sides(self) -> None:
        """Show width and height, which can be as large as a picture can be."""
        unit = self._format.unit
        for name, side in self._sides.items():
            side.blockSignals(True)
            side.setRange(1, _in_unit(MOST_PX, unit, self._format.dpi))
            side.setValue(getattr(self._format, name))
            side.blockSignals(False)
        self._size.setVisible(unit != "screen")

    def _on_changed(self) -> None:
        chosen = {name: box.currentData() for name, box in self._boxes.items()}
        chosen |= {name: side.value() for name, side in self._sides.items()}
        chosen |= {name: switch.isChecked() for name, switch in self._switches.items()}
        self._format = replace(self._format, **chosen)
        self._show_sides()
        self._draw_soon(REST_MS)

    def _on_unit_changed(self) -> None:
        """Measure the same size in other units."""
        unit, draft = self._boxes["unit"].currentData(), self._drafts.get(self.view)
        if draft is not None and unit != "screen":
            sides = draft.pixels.toTuple()
            for side, pixels in zip(self._sides.values(), sides, strict=True):
                side.blockSignals(True)
                side.setRange(1, MOST_PX)
                side.setValue(round(_in_unit(pixels, unit, self._format.dpi), 2))
                side.blockSignals(False)
        self._on_changed()

    def _draw_soon(self, after_ms: int) -> None:
        self._steps_left = self._steps()
        self._timer.start(after_ms)

    def _go_on(self) -> None:
        """Draw a little more; in between, the window goes on."""
        if next(self._steps_left, self) is None:
            self._timer.start(0)

    def _steps(self) -> Iterator[None]:
        """Draw the preview in a few steps, none of which takes long."""
        if self.view not in self._drafts:
            self._drafts[self.view] = self._make_draft(self.view)
            yield
        draft = self._drafts[self.view]
        draft.take(self._format)
        yield
        ratio = self.devicePixelRatioF()
        room = self._preview.size() * ratio
        size = draft.pixels.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        pixmap = QPixmap.fromImage(draft.image(max(size.width(), 1)))
        pixmap.setDevicePixelRatio(ratio)
        self._preview.setPixmap(pixmap)
        told, fallback = self._size_text(draft.pixels), _fallback(self._format.family)
        self._told.setText(f"{told}. {fallback}" if fallback else told)

    def _size_text(self, pixels: QSize) -> str:
        sides = pixels.toTuple()
        px = " \N{MULTIPLICATION SIGN} ".join(f"{side:,}" for side in sides)
        cm = " \N{MULTIPLICATION SIGN} ".join(
            f"{_in_unit(side, 'cm', self._format.dpi):.1f}" for side in sides
        )
        return f"{px} pixels, {cm} cm"

    def _arrange(self) -> None:
        form = QFormLayout()
        form.addRow("&Picture", self._view)
        for name, box in self._boxes.items():
            form.addRow(LABELS[name], box)
            if name == "unit":
                form.addRow("", self._size)
        for switch in self._switches.values():
            form.addRow(switch)
        self._preview = named(QLabel(), "export_preview", "Preview")
        self._preview.setFixedSize(PREVIEW)
        self._preview.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._told = folding_text("export_size")
        self._told.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        save = buttons.addButton("Choose a file…", QDialogButtonBox.ButtonRole.AcceptRole)
        save.setObjectName("export_accept")
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        note = "Next you choose where to save it, as PNG, SVG or PDF."
        asked = in_row(form, in_column(self._preview, self._told, None))
        in_column(asked, note, buttons, high=asked, of=self)
        # Only now is the button part of the dialog, and Return presses it.
        save.setDefault(True)


def _families(chosen: str) -> dict[str, str]:
    """Return the fonts there are, and the chosen one, which may be another computer's."""
    families = {family: family for family in installed_families()}
    if chosen and chosen not in families:
        families = {chosen: f"{chosen} (not installed)", **families}
    return {"": "As on the screen", **families}


def _fallback(family: str) -> str:
    """Return a sentence on what is drawn in place of a font that isn't there."""
    if not family or family in installed_families():
        return ""
    used = QFontInfo(QFont(family)).family()
    return f"“{plain(family)}” is not installed here: “{used}” is used."


def _in_unit(pixels: float, unit: str, dpi: int) -> float:
    return pixels * CM_PER_INCH / dpi if unit == "cm" else pixels
