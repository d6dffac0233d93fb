"""Questions: what is asked before anything of a project would be lost."""

from pathlib import Path

from PySide6.QtWidgets import QMessageBox, QWidget

from gdviz.core.files import named
from gdviz.ui.widgets.message import message

KINDS = QMessageBox.StandardButton


def asked_to_save(window: QWidget, name: str) -> bool | None:
    """Ask whether changes are to be saved; return None if the user would rather stay."""
    box = message(window, "unsaved_project", "Unsaved project", f"{name} has changed. Save it?")
    box.setInformativeText("If you don't, your changes are lost.")
    box.setStandardButtons(KINDS.Save | KINDS.Discard | KINDS.Cancel)
    box.setDefaultButton(KINDS.Save)
    answer = box.exec()
    box.deleteLater()
    return None if answer == KINDS.Cancel else answer == KINDS.Save


def may_replace(window: QWidget, path: Path) -> bool:
    """Ask whether to save over what another window, or program, has saved meanwhile."""
    question = f"{named(path)} isn't as this window saved or opened it. Replace it?"
    box = message(window, "changed_project", "Changed project", question)
    box.setInformativeText("If you do, what was saved there meanwhile is lost.")
    replacing = box.addButton("&Replace it", QMessageBox.ButtonRole.AcceptRole)
    box.setDefaultButton(box.addButton(KINDS.Cancel))
    box.exec()
    box.deleteLater()
    return box.clickedButton() is replacing
