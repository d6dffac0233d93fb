"""Tab stops: where the Tab key goes: what is seen, in the order in which it is read."""

from collections.abc import Iterator

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

TAB = Qt.FocusPolicy.TabFocus


def tab_stops(window: QWidget) -> list[QWidget]:
    """Return all that Tab goes to: nothing off the screen, or behind another tab."""
    return [widget for widget in _seen(window) if _is_stop(widget)]


def go_on(window: QWidget, forward: bool, home: QWidget) -> bool:
    """Give the focus to the next stop, or to the one before; tell whether there is any.

    From what isn't seen any more it goes home.
    """
    seen = list(_seen(window))
    current = QApplication.focusWidget()
    if current not in seen:
        home.setFocus()
        return True
    place = seen.index(current)
    rest = seen[place + 1 :] + seen[:place]
    if not forward:
        rest.reverse()
    stop = next(filter(_is_stop, rest), None)
    if stop is None:
        return False
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    stop.setFocus(reason)
    scroll_to(stop)
    return True


def _is_stop(widget: QWidget) -> bool:
    if isinstance(widget, QScrollArea) and not _can_scroll(widget):
        return False
    by_tab = widget.focusPolicy() & TAB == TAB
    return by_tab and widget.isEnabled() and widget.focusProxy() is None


def _can_scroll(area: QScrollArea) -> bool:
    return area.verticalScrollBar().maximum() > 0 or area.horizontalScrollBar().maximum() > 0


def _seen(window: QWidget) -> Iterator[QWidget]:
    """Yield what is seen of a window, or can be scrolled to: what is around before what is in."""
    yield from _seen_in(window, window.rect())


def _seen_in(parent: QWidget, room: QRect) -> Iterator[QWidget]:
    scrolled = parent.parentWidget()
    children = [
        child for child in parent.findChildren(
            QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly
        ) if isinstance(child, QWidget) and child.isVisible() and not child.isWindow()
    ]  # fmt: skip
    for child in _as_read(children):
        # What lies in a scroll area can be brought into sight.
        is_scrolled = isinstance(scrolled, QScrollArea) and scrolled.widget() is child
        place = child.geometry() if is_scrolled else child.geometry() & room
        if not place.isEmpty():
            yield child
            yield from _seen_in(child, place.translated(-child.pos()))


def _as_read(widgets: list[QWidget]) -> list[QWidget]:
    """Return widgets line by line, from the left."""
    lines: list[list[QWidget]] = []
    for widget in sorted(widgets, key=lambda widget: widget.y()):
        if lines and widget.geometry().center().y() <= lines[-1][0].geometry().bottom():
            lines[-1].append(widget)
        else:
            lines.append([widget])
    return [widget for line in lines for widget in sorted(line, key=lambda one: one.x())]


def scroll_to(widget: QWidget) -> None:
    """Bring a widget into sight that lies in scroll areas."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            parent.ensureWidgetVisible(widget)
        parent = parent.parentWidget()
