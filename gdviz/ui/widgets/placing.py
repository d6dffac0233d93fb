"""Placing: where windows go, so that all of them can be seen."""

from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QStyle, QWidget


def room_for(window: QWidget) -> QRect:
    """Return where a window may lie on its screen, within a title bar and a frame of usual size."""
    measure = window.style().pixelMetric
    bar = measure(QStyle.PixelMetric.PM_TitleBarHeight)
    frame = measure(QStyle.PixelMetric.PM_MdiSubWindowFrameWidth)
    return window.screen().availableGeometry().adjusted(frame, bar, -frame, -frame)


def inside(place: QRect, room: QRect) -> QRect:
    """Return a place made as small and moved as little as needed to lie in a room."""
    fitted = QRect(place.topLeft(), place.size().boundedTo(room.size()))
    fitted.moveRight(min(fitted.right(), room.right()))
    fitted.moveBottom(min(fitted.bottom(), room.bottom()))
    fitted.moveLeft(max(fitted.left(), room.left()))
    fitted.moveTop(max(fitted.top(), room.top()))
    return fitted


def centred(size: QSize, room: QRect) -> QRect:
    """Return the place in the middle of a room for something of a size, or smaller."""
    place = QRect(room.topLeft(), size.boundedTo(room.size()))
    place.moveCenter(room.center())
    return place


def beside(window: QRect, size: QSize, room: QRect) -> QRect:
    """Return the place for something beside a window, else upon the window's left edge."""
    place = QRect(window.topLeft(), size)
    if window.right() + size.width() <= room.right():
        place.moveLeft(window.right() + 1)
    elif window.left() - size.width() >= room.left():
        place.moveRight(window.left() - 1)
    return inside(place, room)
