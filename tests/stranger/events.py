"""Events: what a hand does at once, and what that is called in the log."""

from collections.abc import Callable, Iterator
from functools import partial

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from stranger.hand import Hand

Event = tuple[str, Callable[[Hand], None]]
Events = Iterator[Event]
# Which buttons turn the wheel.
UP, DOWN = 4, 5


def key(keys: str) -> Event:
    """Press a key, with others held: ``a``, ``Return``, ``ctrl+shift+z``."""
    return f"key {keys!r}", lambda hand: hand.key(keys)


def write(text: str) -> Event:
    """Type a text."""

    def do(hand: Hand) -> None:
        for letter in text:
            hand.key(letter)

    return f"type {text}", do


def move(place: QPoint) -> Event:
    """Move the mouse."""
    return f"move to {place.x()},{place.y()}", lambda hand: hand.move(*place.toTuple())


def press(button: int) -> Event:
    """Press a button of the mouse and hold it."""
    return f"press button {button}", lambda hand: hand.button(button, True)


def release(button: int) -> Event:
    """Let a button go."""
    return f"release button {button}", lambda hand: hand.button(button, False)


def click(what: str, place: QPoint, button: int = 1) -> Event:
    """Click where the mouse hasn't been before."""
    text = f"click{' right' if button == 3 else ''} {what} at {place.x()},{place.y()}"
    return text, partial(_press_at, place, button, 1)


def double_click(what: str, place: QPoint) -> Event:
    """Click twice."""

    def do(hand: Hand) -> None:
        # Qt takes no other two clicks for a double one: it would depend on the time between.
        QApplication.setDoubleClickInterval(60_000)
        _press_at(place, 1, 2, hand)

    return f"double click {what} at {place.x()},{place.y()}", do


def wheel(button: int, held: str = "") -> Event:
    """Turn the wheel by a notch, perhaps with Ctrl or Shift held."""

    def do(hand: Hand) -> None:
        if held:
            hand.hold(held, True)
        hand.button(button, True)
        hand.button(button, False)
        if held:
            hand.hold(held, False)

    return f"{held} wheel {'up' if button == UP else 'down'}".strip(), do


def resize(window: int, width: int, height: int) -> Event:
    """Give a window another size."""
    return f"resize to {width},{height}", lambda hand: hand.resize(window, width, height)


def drag(start: QPoint, next_place: Callable[[], QPoint], steps: int) -> Events:
    """Press, move from place to place, and let go."""
    yield move(start)
    yield press(1)
    for _ in range(steps):
        yield move(next_place())
    yield release(1)


def _press_at(place: QPoint, button: int, times: int, hand: Hand) -> None:
    hand.move(*place.toTuple())
    for _ in range(times):
        hand.button(button, True)
        hand.button(button, False)
