"""SettingsPanel: the file, its columns and the settings of the run; values in, wishes out."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from gdviz.core.descent.descent import Experiment
from gdviz.core.descent.settings import SETTINGS, experiment_of
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.names import LONGEST_PATH, shown_name
from gdviz.core.tables.table import Table
from gdviz.core.words.forecasts import Offer, forecast, offer
from gdviz.core.words.glossary import explained
from gdviz.core.words.rows import at_hand, rows_text
from gdviz.ui.plain import plain
from gdviz.ui.settings.columns import ColumnBoxes
from gdviz.ui.settings.controls import control
from gdviz.ui.settings.counting import CountingBoxes
from gdviz.ui.settings.form import ROW_GAP, Form
from gdviz.ui.settings.method_box import MethodBox
from gdviz.ui.settings.more_settings import MoreSettings
from gdviz.ui.settings.rate_dial import RateDial
from gdviz.ui.theme import Theme
from gdviz.ui.widgets.parts import (
    NO_MARGINS,
    bold,
    folded_height,
    folding_text,
    in_column,
    link_button,
    named,
)
from gdviz.ui.widgets.scrolled import ScrolledDown

MARGIN, GAP = 16, 3
# What a first look needs.
FIRST = ("iterations", "learning_rate", "tolerance", "with_bias")
# As long as forecasts are.
USUAL_FORECAST = ("it is about a million times " * 6)[:135]


class SettingsPanel(QWidget):
    """The panel beside the pictures: settings, which are scrolled where they must, and the run.

    Signals
    -------
    settings_requested()
        One of the settings has changed; `experiment` returns them all.
    columns_requested(int, int)
        The user chose other columns for x and y.
    counting_requested(Calendar)
        The user wants the dates or times of x to be counted otherwise.
    rate_held(bool)
        The user took hold of the learning rate's handle, or let it go.
    """

    settings_requested = Signal()
    columns_requested = Signal(int, int)
    counting_requested = Signal(object)
    pause_requested = Signal()
    stop_requested = Signal()
    keep_requested = Signal()
    rate_held = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._file, self._rows = _title(), folding_text("rows")
        self._names = dict.fromkeys(("file", "rows", "x", "y"), "")
        self._shown_table: tuple[str, Table | None, int, int] | None = None
        self._form = Form()
        self._columns = ColumnBoxes(self._form)
        self._columns.requested.connect(self.columns_requested)
        self._counting = CountingBoxes(self._form)
        self._counting.requested.connect(self.counting_requested)
        self._method = MethodBox(self._form)
        self._controls = {
            name: control(setting) for name, setting in SETTINGS.items() if name != "method"
        }
        self._dial = RateDial()
        self._forecast = folding_text("forecast")
        self._forecast.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._offer = named(link_button(), "offer")
        self._offer.clicked.connect(self._on_offer_taken)
        self._offered: Offer | None = None
        # Where a lesson hides the forecast, there is nothing to be offered.
        self._forecast.installEventFilter(self)
        self._fill_form()
        self._more = self.more_settings = MoreSettings(
            {name: box for name, box in self._controls.items() if name not in FIRST}, self._form
        )
        self._outcome = folding_text("outcome")
        self._pause = named(QPushButton("Pause training"), "pause")
        self._pause.clicked.connect(self.pause_requested)
        self._stop = named(QPushButton("Stop training"), "stop")
        self._stop.clicked.connect(self.stop_requested)
        self._pause.hide()
        self._stop.hide()
        tip = "Let this run stay in every picture while the next one moves"
        self._keep = named(QPushButton("Keep this run"), "keep", tip=tip)
        self._keep.clicked.connect(self.keep_requested)
        self._connect()
        self._arrange()
        self._give_room()

    def experiment(self, dataset: Dataset) -> Experiment:
        """Return the chosen settings, on some data."""
        chosen = {name: box.value() for name, box in self._controls.items()}
        return experiment_of(dataset, chosen | self._method.values())

    def show_settings(self, experiment: Experiment) -> None:
        """Show other settings, without asking for them."""
        for name, box in self._controls.items():
            box.show(SETTINGS[name].of(experiment))
        self._method.set_method(experiment.method)
        self._controls["batch_size"].widget.setEnabled(experiment.method.takes_batches)
        self._more.show_needed()

    def set_learning_rate(self, learning_rate: float) -> None:
        """Choose a learning rate for the user."""
        self._controls["learning_rate"].set(learning_rate)

    def set_table(self, name: str, table: Table | None, x: int, y: int) -> None:
        """Name the data, and offer the columns of the table that they come from, if any.

        Why they were chosen is said as long as they are.
        """
        if (name, table, x, y) == self._shown_table:
            return
        self._shown_table = name, table, x, y
        self._names["file"] = name
        self._file.setToolTip(
            plain(name if table is None else shown_name(str(table.path), LONGEST_PATH))
        )
        self._write_names()
        self._columns.show_table(table, x, y)

    def set_experiment(self, experiment: Experiment) -> None:
        """Show settings, rows and the limit of the learning rate: what is known before the run."""
        dataset = experiment.dataset
        self._offered = offer(experiment)
        if self._offered is not None:
            self._offer.setText(self._offered.text)
            self._offer.setToolTip(explained(self._offered.text, self._offered.tip))
        self._show_offer()
        rows = rows_text(dataset)
        names = self._names | {"rows": rows, "x": dataset.shown.x, "y": dataset.shown.y}
        if names != self._names:
            self._names = names
            sampled = f"\nRows that are looked at: {at_hand(dataset)}" if dataset.whole else ""
            self._rows.setToolTip(plain(f"{dataset.x_counts} → {dataset.shown.y}{sampled}"))
            self._write_names()
        self._counting.show_dataset(dataset)
        self._dial.set_experiment(experiment)
        self._forecast.setText(forecast(experiment))
        self._hold_forecast()
        self.show_settings(experiment)

    def set_outcome(self, text: str, training: bool, paused: bool = False) -> None:
        """Say how the run ended, or how far it is; what is paused can go on."""
        if text != self._outcome.text():
            self._outcome.setText(text)
        self._pause.setText("Go on training" if paused else "Pause training")
        self._pause.setVisible(training)
        self._stop.setVisible(training)

    def set_theme(self, theme: Theme) -> None:
        """Take the colours of a theme, and room for its type."""
        self._dial.set_theme(theme)
        colours = QPalette(self._offer.palette())
        colours.setColor(QPalette.ColorRole.ButtonText, QColor(theme.text_of("accent")))
        self._offer.setPalette(colours)
        self._give_room()

    def sizeHint(self) -> QSize:
        """Return room for the whole name of a method."""
        usual, whole = self._controls["learning_rate"].widget, self._method
        more = max(whole.sizeHint().width() - usual.sizeHint().width(), 0)
        return QSize(self.minimumSizeHint().width() + more, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold and shorten texts for another width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._give_room()

    def changeEvent(self, event: QEvent) -> None:
        """Give a larger font more room."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange and hasattr(self, "_scrolled"):
            self._give_room()

    def _give_room(self) -> None:
        """Keep room for words and usual forecasts: nothing jumps while the rate is dragged."""
        usual = folded_height(USUAL_FORECAST, self._forecast.font(), self._text_width)
        self._forecast.setFixedHeight(usual)
        self._hold_forecast()
        # It stands in a text, and needs no more room than a line of it.
        self._offer.setFixedHeight(self._offer.fontMetrics().height())
        self._write_names()

    @property
    def _text_width(self) -> int:
        """As if there was a scroll bar: nothing is below one, or folds anew when it comes."""
        return self.width() - 2 * MARGIN - self._scrolled.bar_width

    def _write_names(self) -> None:
        """Write what the data call themselves, shortened where there is no room."""
        names, width = self._names, self._text_width
        rows = _shortened(names["rows"], self._rows, width)
        self._file.setText(_shortened(names["file"], self._file, width))
        width -= self._rows.fontMetrics().horizontalAdvance(" → ")
        x, y = (_shortened(names[name], self._rows, width) for name in "xy")
        self._rows.setText(f"{rows}\n{x} → {y}")

    def _hold_forecast(self) -> None:
        """Give a longer forecast more room, rather than cut it off."""
        forecast = self._forecast
        needed = folded_height(forecast.text(), forecast.font(), self._text_width)
        if needed > forecast.height():
            forecast.setFixedHeight(needed)

    def set_low(self, low: bool) -> None:
        """Leave out what the data are called, as their picture says it; or write it again."""
        self._heading.setHidden(low)

    def set_can_keep(self, can_keep: bool) -> None:
        """Offer to keep the run, or not."""
        self._keep.setEnabled(can_keep)

    def _connect(self) -> None:
        # First: it changes what the others are asked about.
        self._controls["standardise"].changed.connect(self._on_standardised)
        for box in self._controls.values():
            box.changed.connect(self.settings_requested)
        self._dial.rate_requested.connect(self.set_learning_rate)
        self._dial.held.connect(self.rate_held)
        self._method.changed.connect(self.settings_requested)

    def _on_standardised(self, standardised: bool) -> None:
        if standardised:
            # Only a line with a bias can leave the origin of the new scale.
            self._controls["with_bias"].show(True)

    def eventFilter(self, forecast: QObject, event: QEvent) -> bool:
        """Show and hide the offer with the forecast."""
        if event.type() in (QEvent.Type.ShowToParent, QEvent.Type.HideToParent):
            self._show_offer()
        return super().eventFilter(forecast, event)

    def _show_offer(self) -> None:
        forecast_is_there = not self._forecast.isHidden()
        policy = self._offer.sizePolicy()
        policy.setRetainSizeWhenHidden(forecast_is_there)
        self._offer.setSizePolicy(policy)
        self._offer.setVisible(self._offered is not None and forecast_is_there)

    def _on_offer_taken(self) -> None:
        """Take over what is offered, as one step to undo."""
        if self._offered is not None:
            offered = self._offered.experiment
            for name in ("learning_rate", "standardise"):
                self._controls[name].show(SETTINGS[name].of(offered))
            self.rate_held.emit(True)
            self.settings_requested.emit()
            self.rate_held.emit(False)

    def _fill_form(self) -> None:
        for name in FIRST[:2]:
            self._add_setting(name)
        self._form.addRow(in_column(self._dial, self._forecast, self._offer, spacing=ROW_GAP))
        for name in FIRST[2:]:
            self._add_setting(name)

    def _add_setting(self, name: str) -> None:
        self._form.add(SETTINGS[name].label, self._controls[name].widget, main=True)

    def _arrange(self) -> None:
        """Scroll what may be higher than there is room; how the run ended stays below it."""
        content = QWidget()
        self._heading = QWidget()
        in_column(self._file, self._rows, 8, of=self._heading, margins=NO_MARGINS, spacing=GAP)
        in_column(
            self._heading, self._form, None,
            of=content, margins=(MARGIN, 12, MARGIN, GAP), spacing=GAP,
        )  # fmt: skip
        self._scrolled = named(ScrolledDown(content), "settings", "Settings")
        foot = in_column(
            self._outcome,
            self._pause,
            self._stop,
            self._keep,
            margins=(MARGIN, GAP, MARGIN, 10),
            spacing=GAP,
        )
        in_column(self._scrolled, foot, high=self._scrolled, of=self, margins=NO_MARGINS, spacing=0)


def _title() -> QLabel:
    title = bold(named(QLabel(textFormat=Qt.TextFormat.PlainText), "file_name"))
    font = title.font()
    font.setPointSizeF(font.pointSizeF() * 1.45)
    title.setFont(font)
    title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return title


def _shortened(name: str, label: QLabel, width: int) -> str:
    return label.fontMetrics().elidedText(name, Qt.TextElideMode.ElideMiddle, width)
