"""Style: the colours of controls, each with an outline that can be seen.

Fusion, the style of all systems, outlines a control in the window's colour, made darker: on a dark
window nobody sees that. So each kind of control has a palette of its own, in which the window's
colour is what Fusion darkens to the outline that is wanted. That costs nothing while Qt paints. A
style of our own would, as each of its strokes would wait for the lock of the interpreter, which a
run holds most of the time; and a style sheet for all the window would be looked up for each widget.
"""

from PySide6.QtCore import QEvent
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QMainWindow,
    QMenu,
    QPushButton,
    QTabBar,
    QToolTip,
    QWidget,
)

from gdviz.ui.theme import Theme, mixed

# By how many percent Fusion darkens the window's colour.
DARKER = 140
OUTLINED = (
    "QPushButton", "QToolButton", "QComboBox", "QAbstractSpinBox", "QLineEdit", "QCheckBox",
    "QRadioButton", "QSlider", "QScrollBar", "QAbstractItemView", "QPlainTextEdit", "QProgressBar",
)  # fmt: skip


def dress(theme: Theme) -> None:
    """Give all widgets, those to come as well, the colours of a theme, unless they have them.

    Larger type has the same: to tell all widgets of each palette would take the longer part of it.
    """
    usual = palette(theme)
    if QApplication.palette() == usual:
        return
    QApplication.setPalette(usual)
    QToolTip.setPalette(usual)
    for kind in OUTLINED:
        # The stubs want bytes, which PySide refuses.
        QApplication.setPalette(_outlined(theme, kind), kind)  # type: ignore[arg-type]
    # Qt tells windows of it later, but `dress_window` takes their colours over now.
    QApplication.sendPostedEvents(None, QEvent.Type.ApplicationPaletteChange)


def _outlined(theme: Theme, kind: str) -> QPalette:
    """Return the palette of a kind of control."""
    # Some outlines are drawn fainter: that of a slider's handle lies half in its shadow, so it is
    # solid, and those in a scroll bar let its ground through.
    outline, button = {
        "QSlider": (theme.grid, theme.muted),
        "QScrollBar": (mixed(theme.text, theme.muted, 0.5).name(), theme.button),
    }.get(kind, (theme.grid, theme.button))
    result = palette(theme)
    result.setColor(QPalette.ColorRole.Window, QColor(outline).lighter(DARKER))
    result.setColor(QPalette.ColorRole.Button, QColor(button))
    return result


def dress_window(window: QWidget, theme: Theme) -> None:
    """Give the tab bars and menus of a window the colours of a theme.

    Fusion's tabs have no outline; and the lists of boxes are drawn in the colours of all menus.
    """
    # What has a sheet of its own no longer inherits the window's font, nor do its arrows.
    size = window.fontInfo().pixelSize()
    sheet = (
        f"QTabBar, QTabBar * {{ font-size: {size}px; }}"
        f"QTabBar::tab {{ background: {theme.panel}; color: {theme.text}; padding: 3px 7px 5px;"
        f" border: 1px solid {theme.grid}; }}"
        f"QTabBar::tab:selected {{ background: {theme.button}; padding: 3px 7px;"
        f" border-bottom: 3px solid {theme.accent}; }}"
    )
    for menu in window.findChildren(QMenu):
        menu.setPalette(_outlined(theme, "QMenu"))
    for bar in window.findChildren(QTabBar):
        if bar.styleSheet() != sheet:
            bar.setStyleSheet(sheet)
    for inner in window.findChildren(QMainWindow):
        # Qt passes by one that has such bars when it tells of other colours.
        inner.setPalette(QPalette())


def dress_way_on(button: QPushButton, theme: Theme) -> None:
    """Make the button that goes on stand out: Fusion would lighten its colour to a shine."""
    size = button.window().font().pointSizeF()
    button.setStyleSheet(
        f"QPushButton {{ background: {theme.accent}; color: {theme.on_accent}; border: none;"
        f" border-radius: 7px; padding: 5px 8px; font-size: {size}pt;"
        " font-weight: 600; }"
        f"QPushButton:focus {{ border: 2px solid {theme.text}; padding: 3px 6px; }}"
    )


def corner() -> QWidget:
    """Return what lies between two scroll bars: Fusion fills it as it draws outlines."""
    result = QWidget(autoFillBackground=True)
    result.setBackgroundRole(QPalette.ColorRole.Base)
    return result


def palette(theme: Theme) -> QPalette:
    """Return the widget palette of a theme."""
    result = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.panel,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.button,
        QPalette.ColorRole.AlternateBase: theme.panel,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.button,
        QPalette.ColorRole.ButtonText: theme.text,
        # The grips between pictures.
        QPalette.ColorRole.Mid: theme.grid,
        QPalette.ColorRole.ToolTipBase: theme.plot,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.PlaceholderText: theme.muted,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.Accent: theme.accent,
        QPalette.ColorRole.Link: theme.text_of("accent"),
        QPalette.ColorRole.LinkVisited: theme.text_of("accent"),
    }
    for role, colour in roles.items():
        result.setColor(role, QColor(colour))
    disabled = QColor(theme.text_of("grid"))
    for role in (
        QPalette.ColorRole.WindowText,
        QPalette.ColorRole.Text,
        QPalette.ColorRole.ButtonText,
    ):
        result.setColor(QPalette.ColorGroup.Disabled, role, disabled)
    return result
