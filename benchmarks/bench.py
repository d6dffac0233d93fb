"""All benchmarks in one table: printed as it comes, and written into results.md.

Each runs in a process of its own, one after the other. ``QUICK=1`` measures less, in a minute.
"""

import datetime
import importlib
import inspect
import os
import platform
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec
from multiprocessing import get_context
from pathlib import Path

from benchmarks.measuring import Row, table

SCRIPTS = "frames", "startup", "reading", "streaming", "descent", "preview", "film", "idle"
PACKAGES = {
    "NumPy": "numpy", "PySide6": "PySide6-Essentials", "pyqtgraph": "pyqtgraph",
    "matplotlib": "matplotlib", "PyTorch": "torch",
}  # fmt: skip
RESULTS = Path(__file__).with_name("results.md")
ABOUT = """# What `make bench` measured

{machine}; {versions}; {date}{quick}.

Each figure of gdviz stands beside that of a peer, measured in the same run; the ratio is the one
divided by the other: below 1, gdviz takes less. Of repetitions the median is told, and in brackets
what the middle half of them lies between. Other programs may have used the machine.

{table}
"""


def measured(name: str, quick: bool) -> list[Row]:
    """Return the rows of a script, in whose process this is called."""
    script = importlib.import_module(f"benchmarks.{name}")
    if name == "descent":
        return of_descent(script.rows())
    if not inspect.signature(script.rows).parameters:
        return [of_table(name, script.HEADINGS, line) for line in script.rows()]
    return list(script.rows(quick))


def of_descent(lines: Iterable[Sequence[str]]) -> list[Row]:
    """Return rows of the steps a second of each method: PyTorch is beside plain descent."""
    rows, plain = [], {}
    for method, count, *(speed, lessons, times, _) in lines:
        what, figure = f"steps: {method}, {count} rows", f"{speed} a second"
        if method.startswith("torch"):
            ours = plain[count]
            ratio = _number(speed) / _number(ours.ours.split()[0])
            rows.append(Row(ours.what, ours.ours, method, figure, ratio))
            continue
        told = "lesson's loop", f"{lessons} a second"
        rows.append(Row(what, figure, *told, 1 / _number(times)))
        plain.setdefault(count, rows[-1])
    return rows


def of_table(name: str, headings: Sequence[str], line: Sequence[str]) -> Row:
    """Return a line of another table as a row of this one."""
    told = zip(headings[1:], line[1:], strict=True)
    return Row(f"{name}: {line[0]}", ", ".join(f"{heading} {cell}" for heading, cell in told))


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def all_rows(quick: bool) -> Iterator[Row]:
    """Yield the rows of all scripts there are; one that breaks off is told."""
    for name in SCRIPTS:
        if find_spec(f"benchmarks.{name}") is None:
            continue
        began = time.perf_counter()
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            try:
                yield from pool.submit(measured, name, quick).result()
            except Exception as error:
                yield Row(f"{name} broke off", f"{type(error).__name__}: {error}")
        print(f"{name}: {time.perf_counter() - began:.0f} s", file=sys.stderr)


def machine() -> str:
    """Say what it ran on: no names, no folders."""
    cores = f"{os.cpu_count()} cores, {platform.machine()}"
    if hasattr(os, "sysconf"):
        cores += f", {os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.1f} GB"
    return f"{cores}, {platform.system()}"


def versions() -> str:
    """Say what ran."""
    parts = [f"Python {platform.python_version()}"]
    for name, package in PACKAGES.items():
        try:
            parts.append(f"{name} {version(package)}")
        except PackageNotFoundError:
            parts.append(f"no {name}")
    return ", ".join(parts)


def main() -> None:
    """Measure, print and write."""
    quick = os.environ.get("QUICK", "") not in ("", "0")
    measures = table(all_rows(quick))
    told = ABOUT.format(
        machine=machine(), versions=versions(), date=datetime.datetime.now(datetime.UTC).date(),
        quick=", quickly" if quick else "", table=measures,
    )  # fmt: skip
    print(told)
    RESULTS.write_text(told, encoding="utf-8")


if __name__ == "__main__":
    main()
