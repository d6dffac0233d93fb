"""What tests of projects do with a window."""

from PySide6.QtWidgets import QApplication
from support import child

from gdviz.core.files import stamp


def notice(window):
    """Return what the notice says; nothing if it is hidden."""
    return child(window, "notice_text").text() if child(window, "notice").isVisible() else ""


def saved(window, path):
    """Save a project under a name, and return what the file holds."""
    window.projects.path, window.projects._stamp = path, stamp(path)
    assert window.projects.save(), notice(window)
    return path.read_bytes()


def forget(window):
    """Have no project open."""
    window.projects.path = None
    window.projects._show_title()


def look(window):
    window.notices.notice.hide()
    QApplication.processEvents()
    return window.figure.grab().toImage()
