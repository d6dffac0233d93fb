"""A hand at the X server: keys, mouse and the borders of windows, as a person has them.

The server itself makes the events (XTEST), so they take the way of real ones: grabs, focus and
the time they carry included. xdotool does the same, and brings the libraries.
"""

from ctypes import (
    CDLL,
    CFUNCTYPE,
    POINTER,
    Structure,
    Union,
    byref,
    c_char_p,
    c_int,
    c_long,
    c_uint,
    c_ulong,
    c_void_p,
    cast,
)

from PySide6.QtCore import QAbstractNativeEventFilter, QCoreApplication

CLIENT_MESSAGE, CLIENT_TYPE_AT = 33, 8
KEYSYMS = {
    " ": "space", ".": "period", "-": "minus", "/": "slash", "_": "underscore", ",": "comma",
    "+": "plus",
}  # fmt: skip
CTRL, SHIFT, ALT = "Control_L", "Shift_L", "Alt_L"
MODIFIERS = {"ctrl": CTRL, "shift": SHIFT, "alt": ALT}
_Handler = CFUNCTYPE(c_int, c_void_p, c_void_p)


class _ClientMessage(Structure):
    _fields_ = [
        ("type", c_int), ("serial", c_ulong), ("send_event", c_int), ("display", c_void_p),
        ("window", c_ulong), ("message_type", c_ulong), ("format", c_int), ("data", c_long * 5),
    ]  # fmt: skip


class _Event(Union):
    _fields_ = [("client", _ClientMessage), ("pad", c_long * 24)]


@_Handler
def _ignore(_display: int, _error: int) -> int:
    """A window may be gone before it is reached: Xlib would end the program."""
    return 0


class Hand:
    """Presses keys and buttons; `arrived` tells whether the program has seen all of it."""

    def __init__(self) -> None:
        self._x, self._test = _libraries()
        self._display = self._x.XOpenDisplay(None)
        assert self._display, "there is no X server"
        self._x.XSetErrorHandler(_ignore)
        self._marks = _Marks(self._x.XInternAtom(self._display, b"STRANGER_WAS_HERE", 0))
        QCoreApplication.instance().installNativeEventFilter(self._marks)
        self._sent = 0

    def close(self) -> None:
        """Let go."""
        QCoreApplication.instance().removeNativeEventFilter(self._marks)
        self._x.XCloseDisplay(self._display)

    def key(self, keys: str) -> None:
        """Press and release a key: ``a``, ``Return``, ``ctrl+shift+z``."""
        *held, last = keys.split("+") if len(keys) > 1 else [keys]
        symbol = self._x.XStringToKeysym(KEYSYMS.get(last, last).encode())
        code = self._x.XKeysymToKeycode(self._display, symbol)
        assert code, keys
        names = [MODIFIERS[name] for name in held]
        if self._x.XkbKeycodeToKeysym(self._display, code, 0, 0) != symbol:
            names.append(SHIFT)
        codes = [self._code(name) for name in names]
        for each, down in [
            *((c, 1) for c in codes), (code, 1), (code, 0), *((c, 0) for c in reversed(codes))
        ]:  # fmt: skip
            self._test.XTestFakeKeyEvent(self._display, each, down, 0)

    def hold(self, modifier: str, down: bool) -> None:
        """Press or release Ctrl, Shift or Alt."""
        self._test.XTestFakeKeyEvent(self._display, self._code(MODIFIERS[modifier]), down, 0)

    def move(self, x: int, y: int) -> None:
        """Move the mouse to a place of the screen."""
        self._test.XTestFakeMotionEvent(self._display, -1, x, y, 0)

    def button(self, number: int, down: bool) -> None:
        """Press or release a button of the mouse; 4 to 7 are the wheel."""
        self._test.XTestFakeButtonEvent(self._display, number, down, 0)

    def focus(self, window: int) -> None:
        """Give a window the keyboard, as a window manager does."""
        self._x.XSetInputFocus(self._display, window, 2, 0)

    def resize(self, window: int, width: int, height: int) -> None:
        """Drag the corner of a window, as a window manager does."""
        self._x.XMoveResizeWindow(self._display, window, 0, 0, width, height)

    def mark(self, window: int) -> None:
        """Send what comes after all that was done so far."""
        self._sent += 1
        event = _Event()
        event.client.type, event.client.window = CLIENT_MESSAGE, window
        event.client.message_type, event.client.format = self._marks.atom, 32
        self._x.XSendEvent(self._display, window, 0, 0, byref(event))
        self._x.XSync(self._display, 0)

    @property
    def arrived(self) -> bool:
        """Whether the program has seen the last mark."""
        return self._marks.seen >= self._sent

    def _code(self, name: str) -> int:
        code: int = self._x.XKeysymToKeycode(self._display, self._x.XStringToKeysym(name.encode()))
        return code


class _Marks(QAbstractNativeEventFilter):
    """Counts the marks among the events that Qt reads."""

    def __init__(self, atom: int) -> None:
        super().__init__()
        self.atom, self.seen = atom, 0

    def nativeEventFilter(  # noqa: N802
        self, _kind: object, message: object
    ) -> tuple[bool, int]:
        """Look at the first bytes of an event."""
        words = cast(int(message), POINTER(c_uint))
        if words[0] & 0x7F == CLIENT_MESSAGE and words[CLIENT_TYPE_AT // 4] == self.atom:
            self.seen += 1
            return True, 0
        return False, 0


def _libraries() -> tuple[CDLL, CDLL]:
    x, test = CDLL("libX11.so.6"), CDLL("libXtst.so.6")
    x.XOpenDisplay.argtypes, x.XOpenDisplay.restype = [c_char_p], c_void_p
    x.XCloseDisplay.argtypes = [c_void_p]
    x.XSync.argtypes = [c_void_p, c_int]
    x.XInternAtom.argtypes, x.XInternAtom.restype = [c_void_p, c_char_p, c_int], c_ulong
    x.XStringToKeysym.argtypes, x.XStringToKeysym.restype = [c_char_p], c_ulong
    x.XKeysymToKeycode.argtypes = [c_void_p, c_ulong]
    x.XkbKeycodeToKeysym.argtypes = [c_void_p, c_uint, c_int, c_int]
    x.XkbKeycodeToKeysym.restype = c_ulong
    x.XSetInputFocus.argtypes = [c_void_p, c_ulong, c_int, c_ulong]
    x.XMoveResizeWindow.argtypes = [c_void_p, c_ulong, c_int, c_int, c_uint, c_uint]
    x.XSendEvent.argtypes = [c_void_p, c_ulong, c_int, c_long, c_void_p]
    x.XSetErrorHandler.argtypes = [_Handler]
    test.XTestFakeKeyEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
    test.XTestFakeButtonEvent.argtypes = [c_void_p, c_uint, c_int, c_ulong]
    test.XTestFakeMotionEvent.argtypes = [c_void_p, c_int, c_int, c_int, c_ulong]
    return x, test
