"""A desktop of its own for a program: screen, window manager, and the bus of screen readers."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

# Debian's own, which has the bindings of AT-SPI; that of the tests may be another.
SYSTEM_PYTHON = "/usr/bin/python3"
# A laptop's; and one larger than any window of the tests: what is beyond it is not painted.
SCREEN, LARGE_SCREEN = (1366, 768), (1920, 1200)
NEEDED = {
    "Xvfb": "xvfb", "xdotool": "xdotool", "openbox": "openbox", "dbus-daemon": "dbus-x11",
}  # fmt: skip
LAUNCHER = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
BINDINGS = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
# Without a system's theme, Qt draws its own dialogs, in English.
PLAIN = {
    "LC_ALL": "C.UTF-8", "QT_QPA_PLATFORM": "xcb", "QT_QPA_PLATFORMTHEME": "",
    "QT_ACCESSIBILITY": "1", "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "NO_AT_BRIDGE": "0",
}  # fmt: skip


def missing_packages() -> list[str]:
    """Return what Debian calls the packages that a desktop needs and that are not here."""
    missing = [package for command, package in NEEDED.items() if shutil.which(command) is None]
    if not LAUNCHER.exists():
        missing.append("at-spi2-core")
    known = Path(SYSTEM_PYTHON).exists() and subprocess.run(
        [SYSTEM_PYTHON, "-c", BINDINGS], check=False, capture_output=True
    )
    if not known or known.returncode:
        missing += ["python3-gi", "gir1.2-atspi-2.0"]
    return missing


def lasting_screen() -> subprocess.Popen[str]:
    """Set a screen up for this process, and return what has to be held meanwhile.

    It goes when the process has ended: Qt breaks a program off whose screen goes first.
    """
    screen = subprocess.Popen(
        ["setpriv", "--pdeathsig", "TERM", *_xvfb(LARGE_SCREEN)],
        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    os.environ["DISPLAY"] = ":" + _said_by(screen)
    return screen


@contextmanager
def desktop() -> Iterator[dict[str, str]]:
    """Set a desktop up, and give the environment of the programs on it."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        env = os.environ | PLAIN | {"XDG_RUNTIME_DIR": folder}
        env["DISPLAY"] = ":" + _first_line(stack, _xvfb(SCREEN), env)
        words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        env["DBUS_SESSION_BUS_ADDRESS"] = _first_line(stack, words, env)
        _started(stack, ["openbox", "--sm-disable"], env)
        yield env


def _xvfb(size: tuple[int, int]) -> list[str]:
    """Return how to start a screen, which then says its number."""
    width, height = size
    screen = f"{width}x{height}x24"
    return ["Xvfb", "-displayfd", "1", "-screen", "0", screen, "-nolisten", "tcp"]


def _first_line(stack: ExitStack, words: list[str], env: dict[str, str]) -> str:
    """Start a program that says where it is, and return that."""
    return _said_by(_started(stack, words, env, stdout=subprocess.PIPE))


def _said_by(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    said = process.stdout.readline().strip()
    assert said, f"{process.args} does not start"
    return said


def _started(
    stack: ExitStack, words: list[str], env: dict[str, str], stdout: int = subprocess.DEVNULL
) -> subprocess.Popen[str]:
    process = stack.enter_context(
        subprocess.Popen(words, env=env, stdout=stdout, stderr=subprocess.DEVNULL, text=True)
    )
    stack.callback(process.terminate)
    return process
