"""Report: what helps to mend a fault, and nothing of the user's data, files or folders."""

import platform
import re
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from gdviz.versions import versions

# Of a recursion without end, so many calls of its beginning are left out.
MOST_FRAMES = 40
# Where the program and its libraries are: of a file in there, what follows is told.
OURS = Path(__file__).parents[3].as_posix()
THEIRS = re.compile(r".*/site-packages/")
STANDARD = Path(traceback.__file__).parent.as_posix()
# What quotes something, from the first mark to the last; a name of a file; a number.
PRIVATE = re.compile(r"[\"'“«].*[\"'”»]|\S*[/\\]\S*|(?<!\w)[-+]?\d[\d.]*(?:e[-+]?\d+)?", re.DOTALL)
# What Python and NumPy say is of the program, but for what they quote.
OPEN = {"builtins", "numpy"}


@dataclass(frozen=True)
class Fault:
    """An exception that nobody expected.

    Attributes
    ----------
    kind, place : str
        What it is called, and where it was raised; together they tell it from others.
    account : str
        The traceback, without names of folders and values.
    """

    kind: str
    place: str
    account: str = field(compare=False)


def fault_of(error: BaseException, where: str = "") -> Fault:
    """Return what may be told of an exception, in its own thread or in one of some name."""
    frames = traceback.extract_tb(error.__traceback__, -1)
    place = f"{_file(frames[0])}, line {frames[0].lineno}" if frames else "an unknown place"
    lines = [where] if where else []
    return Fault(type(error).__name__, place, "\n".join([*lines, *_account(error, set())]))


def report(faults: Iterable[tuple[Fault, int]], actions: Iterable[str]) -> str:
    """Return what is to be copied: versions, platform, each fault with its count, last actions."""
    told = [f"{fault.account}\n(seen {count} ×)" for fault, count in faults]  # noqa: RUF001
    screen = QGuiApplication.primaryScreen()
    scale = screen.devicePixelRatio() if screen is not None else 1
    system = f"{platform.platform()}, {QGuiApplication.platformName()}, scale {scale:g}"
    listed = [f"{number:3}. {action}" for number, action in enumerate(actions, 1)]
    last = "\n".join(["Last actions:", *(listed or ["  none"])])
    return "\n\n".join([f"{versions()}\n{system}, {QLocale().name()}", *told, last])


def _account(error: BaseException, seen: set[int]) -> Iterator[str]:
    """Yield the lines of a traceback, those of what led to it first."""
    seen.add(id(error))
    earlier = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if earlier is not None and id(earlier) not in seen:
        yield from _account(earlier, seen)
        yield "Then:"
    for frame in traceback.extract_tb(error.__traceback__, -MOST_FRAMES):
        yield f"  {_file(frame)}, line {frame.lineno}, in {frame.name}: {frame.line or ''}".rstrip()
    kind, text = type(error), str(error) if type(error).__module__ in OPEN else ""
    yield f"{kind.__name__}: {PRIVATE.sub('…', text)}".removesuffix(": ")


def _file(frame: traceback.FrameSummary) -> str:
    """Return a file of the program or of a library, without the folders around it."""
    path = Path(frame.filename).as_posix()
    short = THEIRS.sub("", path)
    for home in (f"{OURS}/gdviz/", f"{STANDARD}/"):
        if path.startswith(home):
            short = path.removeprefix(home.removesuffix("gdviz/"))
    return short if short != path else Path(path).name
