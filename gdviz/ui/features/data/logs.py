"""Logs: what a training loop printed, pasted or dropped where data could be."""

from PySide6.QtWidgets import QMessageBox, QWidget

from gdviz.core.check.logs.log_file import LOG_SUFFIXES, decoded
from gdviz.core.files import FileError, named, opened
from gdviz.ui.features.data.raw_table import RawTable
from gdviz.ui.widgets.beside import beside_window
from gdviz.ui.widgets.message import message


def is_log(raw: RawTable, window: QWidget) -> bool | None:
    """Tell whether it is a log, and no data; ask where it could be both. None: it was cancelled."""
    if raw.text is None and raw.path.suffix.lower() not in LOG_SUFFIXES:
        return False
    # Only now: no start needs it.
    from gdviz.core.check.logs.recognising import MOST_LETTERS, Kind, kind_of

    kind = kind_of(beside_window(lambda: _beginning(raw, MOST_LETTERS)))
    return _asked(raw, window) if kind is Kind.EITHER else kind is Kind.LOG


def _beginning(raw: RawTable, most: int) -> str:
    if raw.text is not None:
        return raw.text[:most]
    try:
        with opened(raw.path) as file:
            return decoded(file.read(most))
    except (FileError, OSError):
        return ""  # to open it says why


def _asked(raw: RawTable, window: QWidget) -> bool | None:
    text = f"{named(raw.path)} could be data, or what a training loop printed. Which is it?"
    box = message(window, "log_or_data", "A log, or data?", text)
    data = box.addButton("Open as &data", QMessageBox.ButtonRole.AcceptRole)
    log = box.addButton("Check as &log", QMessageBox.ButtonRole.AcceptRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    box.setDefaultButton(data)
    box.exec()
    chosen = box.clickedButton()
    box.deleteLater()
    return chosen is log if chosen in (data, log) else None
