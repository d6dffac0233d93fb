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
# A laptop's.
SCREEN = 1366, 768
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


@contextmanager
def desktop() -> Iterator[dict[str, str]]:
    """Set a desktop up, and give the environment of the programs on it."""
    with ExitStack() as stack:
        folder = stack.enter_context(TemporaryDirectory())
        env = os.environ | PLAIN | {"XDG_RUNTIME_DIR": folder}
        size = "{}x{}x24".format(*SCREEN)
        words = ["Xvfb", "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"]
        env["DISPLAY"] = ":" + _first_line(stack, words, env)
        words = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
        env["DBUS_SESSION_BUS_ADDRESS"] = _first_line(stack, words, env)
        _started(stack, ["openbox", "--sm-disable"], env)
        yield env


def _first_line(stack: ExitStack, words: list[str], env: dict[str, str]) -> str:
    """Start a program that says where it is, and return that."""
    process = _started(stack, words, env, stdout=subprocess.PIPE)
    assert process.stdout is not None
    return process.stdout.readline().strip()


def _started(
    stack: ExitStack, words: list[str], env: dict[str, str], stdout: int = subprocess.DEVNULL
) -> subprocess.Popen[str]:
    process = stack.enter_context(
        subprocess.Popen(words, env=env, stdout=stdout, stderr=subprocess.DEVNULL, text=True)
    )
    stack.callback(process.terminate)
    return process
