"""What several test modules call."""

from pathlib import Path

from PySide6.QtWidgets import QApplication

PIZZA = Path(__file__).parents[1] / "data" / "pizza.txt"


def wait_until_trained(qtbot, window):
    """Wait until the run is over and its picture drawn."""
    qtbot.waitUntil(lambda: not window.session.training)
    QApplication.processEvents()
