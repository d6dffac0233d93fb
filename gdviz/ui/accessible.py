"""Accessible: the faces that widgets of our own show to a screen reader.

Qt knows what a button is. To it a picture is an area that scrolls, and a formula nothing at all. A
class of widgets that says what it is has a face of that role, made when somebody first asks. Its
texts are asked of the widget each time, so that they cost nothing while nobody listens.

Qt owns a face and deletes it with its widget. Nothing here is tied to that: a face knows its widget
only through Qt, and Python may keep or drop its half of it whenever it likes.
"""

from collections.abc import Callable, Iterable
from typing import ClassVar, Protocol, cast, runtime_checkable

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QAccessibleInterface,
    QAccessibleValueChangeEvent,
    QAccessibleValueInterface,
)
from PySide6.QtWidgets import QAccessibleWidget, QWidget
from shiboken6 import VoidPtr

from gdviz.ui.plain import plain

Role = QAccessible.Role
NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description
CHANGED = {
    NAME: QAccessible.Event.NameChanged, DESCRIPTION: QAccessible.Event.DescriptionChanged,
}  # fmt: skip
# What C++ takes for nothing; for None it would get the address of None.
NOTHING = VoidPtr(0)


@runtime_checkable
class Spoken(Protocol):
    """A widget that says itself what it is, and what it says at this moment.

    Attributes
    ----------
    accessible_role : QAccessible.Role
        Qt's bridge to AT-SPI knows all of them: a `Chart` is a chart there, too.
    """

    accessible_role: ClassVar[QAccessible.Role]

    def spoken(self, kind: QAccessible.Text) -> str:
        """Return its `NAME` or `DESCRIPTION`; empty: what it was given, such as its tooltip."""


class Valued(Protocol):
    """A widget that holds a number which can be changed, such as a slider."""

    accessible_role: ClassVar[QAccessible.Role]

    def spoken_value(self) -> tuple[float, float, float]:
        """Return the number, the lowest and the highest."""

    def take_spoken_value(self, value: float) -> None:
        """Ask for another number."""


class Described:
    """Mixed into a picture: what it shows at this moment, and then what can be done to it.

    Attributes
    ----------
    account : callable
        Returns what it shows, in a sentence or two; it is called when somebody asks.
    """

    accessible_role = Role.Chart
    account: Callable[[], str] = staticmethod(str)

    def spoken(self, kind: QAccessible.Text) -> str:
        """Return the description; its name is what it was given."""
        if kind is not DESCRIPTION:
            return ""
        assert isinstance(self, QWidget)
        return f"{self.account()} {self.accessibleDescription()}".strip()

    def describe(self, description: str) -> None:
        """Say what it is, and what can be done to it, to a screen reader and in the tooltip."""
        assert isinstance(self, QWidget)
        if description != self.accessibleDescription():
            self.setAccessibleDescription(description)
            self.setToolTip(plain(description))


def tell_changed(widgets: Iterable[QWidget]) -> None:
    """Tell whoever listens that these may say something else now: what was read is remembered."""
    for widget in widgets:
        if isinstance(widget, Spoken) and widget.isVisible():
            for kind, event in CHANGED.items():
                if widget.spoken(kind):
                    QAccessible.updateAccessibility(QAccessibleEvent(widget, event))


def tell_value(widget: QWidget, value: float) -> None:
    """Tell whoever listens that a widget holds another number now."""
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleValueChangeEvent(widget, value))


def _face_of(key: str, widget: QObject) -> QAccessibleInterface | None:
    """Return the face of a widget; Qt asks for its class first, then for those it is made of."""
    kind = type(widget)
    role = getattr(kind, "accessible_role", None)
    if role is None or key != kind.__name__:
        return None
    face: Callable[[QWidget, QAccessible.Role], QAccessibleInterface] = QAccessibleWidget
    if hasattr(kind, "spoken_value"):
        face = _ValuedFace
    elif hasattr(kind, "spoken"):
        face = _SpokenFace
    return face(cast("QWidget", widget), role)


class _SpokenFace(QAccessibleWidget):
    def text(self, kind: QAccessible.Text) -> str:
        said = cast("Spoken", self.object()).spoken(kind) if kind in CHANGED else ""
        return said or super().text(kind)


class _ValuedFace(QAccessibleWidget):
    def __init__(self, widget: QWidget, role: QAccessible.Role) -> None:
        super().__init__(widget, role)
        # It would be gone at once otherwise: Qt doesn't own this one.
        self._value = _Value(self)

    # Said to be an address; what C++ gets is that of what is returned.
    def interface_cast(  # type: ignore[override]
        self, kind: QAccessible.InterfaceType
    ) -> object:
        if kind is QAccessible.InterfaceType.ValueInterface:
            return self._value
        found = super().interface_cast(kind)
        return NOTHING if found is None else found


class _Value(QAccessibleValueInterface):
    def __init__(self, face: _ValuedFace) -> None:
        super().__init__()
        self._face = face

    @property
    def _widget(self) -> Valued:
        return cast("Valued", self._face.object())

    def currentValue(self) -> float:
        return self._widget.spoken_value()[0]

    def minimumValue(self) -> float:
        return self._widget.spoken_value()[1]

    def maximumValue(self) -> float:
        return self._widget.spoken_value()[2]

    def minimumStepSize(self) -> float:
        return 0.0

    def setCurrentValue(self, value: float) -> None:
        self._widget.take_spoken_value(value)


# Now, before there is any such widget: Qt keeps the first face that it gets for one.
QAccessible.installFactory(_face_of)
