"""The command line: open a window, train without one, or export pictures."""

import argparse
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from gdviz import __version__
from gdviz.core.descent import MOST_ITERATIONS, Ending, Experiment, Outcome, descend, run
from gdviz.core.files import DataFileError, read_table, summary
from gdviz.core.log import iteration_line, result_line
from gdviz.core.sentences import divergence_sentence, outcome_sentence
from gdviz.core.trajectory import Row
from gdviz.display import missing_library, why_no_window

DIVERGED = 3
MOST_SCALE = 16
VIEWS = {
    "figure": "figure", "loss-curve": "loss_curve", "data": "data_fit", "history": "loss_history",
}  # fmt: skip
EXAMPLES = """examples:
  gdviz                                        open the window with pizza.txt
  gdviz my.csv                                 open the window with your data
  gdviz train pizza.txt --learning-rate 0.001  print every iteration, and the weight
  gdviz export pizza.txt descent.png --iteration 20 --theme dark
  gdviz export pizza.txt curve.svg curve.pdf --view loss-curve
"""


class CommandError(Exception):
    """What was asked can't be done; the text is a sentence that says why."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after the program's name; by default those it was called with.

    Returns
    -------
    int
        0, or 2 for bad arguments or files, or 3 for a run that diverged.
    """
    options = _parser().parse_args(_with_command(sys.argv[1:] if arguments is None else arguments))
    try:
        status: int = options.command(options)
        print(end="", flush=True)
    except (CommandError, DataFileError) as error:
        return _fail(str(error))
    except ImportError as error:
        sentence = missing_library(error)
        if sentence is None:
            raise
        return _fail(sentence)
    except BrokenPipeError:
        _drop_output()  # who reads it has seen enough
        return 0
    except OSError as error:
        _drop_output()
        return _fail(f"The output can't be written: {error.strerror}.")
    except KeyboardInterrupt:
        return 130
    return status


def _open(options: argparse.Namespace) -> int:
    table = read_table(options.file) if options.file else None
    if table is not None:
        table.dataset()
    from PySide6 import QtWidgets  # noqa: F401  (a missing library shows here)

    sentence = why_no_window()
    if sentence is not None:
        raise CommandError(sentence)
    from gdviz.ui.app import run as run_window

    return run_window(table, options.iterations, options.learning_rate)


def _train(options: argparse.Namespace) -> int:
    experiment = _experiment(options)
    blocks = descend(experiment)
    first, last = 0, None
    while True:
        try:
            block = next(blocks)
        except StopIteration as end:
            outcome: Outcome = end.value
            break
        rows = [Row(first + index, *values) for index, values in enumerate(block.tolist())]
        if not options.quiet:
            lines = (iteration_line(row) for row in rows if row.iteration < experiment.iterations)
            # Not `writelines`: a program started without an output has no `sys.stdout`.
            print("".join(f"{line}\n" for line in lines), end="")
        first, last = first + len(rows), rows[-1] if rows else last
    return _print_result(experiment, outcome, last, options.quiet)


def _print_result(experiment: Experiment, outcome: Outcome, last: Row | None, quiet: bool) -> int:
    if outcome.ending is Ending.DIVERGED or last is None:
        print(divergence_sentence(experiment, outcome), file=sys.stderr)
        return DIVERGED
    print(result_line(last) if quiet else f"\n{result_line(last)}")
    if outcome.ending is Ending.CONVERGED and not quiet:
        print(outcome_sentence(experiment, outcome), file=sys.stderr)
    return 0


def _export(options: argparse.Namespace) -> int:
    experiment = _experiment(options)
    trajectory, outcome = run(experiment)
    record = trajectory.record
    iteration = record.newest if options.iteration is None else options.iteration
    if not 0 <= iteration <= record.newest:
        raise CommandError(
            f"There is no iteration {iteration}: the run has iterations 0 to {record.newest}."
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from gdviz.ui.export import ExportError
    from gdviz.ui.headless import export

    app = QApplication(["gdviz"])
    looks = {"view": VIEWS[options.view], "scale": options.scale, "theme": options.theme}
    try:
        export(experiment, record, iteration, options.out, **looks)
    except ExportError as error:
        raise CommandError(str(error)) from None
    finally:
        app.shutdown()
    if outcome.ending is Ending.DIVERGED:
        print(divergence_sentence(experiment, outcome), file=sys.stderr)
    return 0


def _experiment(options: argparse.Namespace) -> Experiment:
    """Return what the options ask to run; name the rows that can't be used."""
    table = read_table(options.file)
    dataset, bad = table.dataset(options.x, options.y)
    if bad:
        print(f"{table.path.name}: some rows are left out.\n{summary(bad)}", file=sys.stderr)
    return Experiment(dataset, options.iterations, options.learning_rate, options.tolerance)


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        sys.exit(_fail(f"{message} (“{self.prog} --help” shows how to call it)"))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="gdviz",
        description="See gradient descent happen, on your own data.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="version", version=f"gdviz {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True)
    _add_open(commands.add_parser("open", help="open the window (also: gdviz [FILE])"))
    _add_train(commands.add_parser("train", help="print every iteration, without a window"))
    _add_export(commands.add_parser("export", help="write pictures and tables, without a window"))
    return parser


def _add_open(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_open)
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help="a table of numbers")
    parser.add_argument("--iterations", metavar="N", type=_count, help="how many steps to take")
    parser.add_argument("--learning-rate", metavar="LR", type=_positive, help="such as 0.001")


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_train)
    _add_run_options(parser)
    parser.add_argument("--quiet", action="store_true", help="print only the last line")


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_export)
    _add_run_options(parser)
    add = parser.add_argument
    add("out", metavar="OUT", nargs="+", type=Path, help="files to write: png, svg, pdf or csv")
    add("--iteration", metavar="K", type=int, help="the iteration to show (default: the last)")
    add("--view", choices=VIEWS, default="figure", help="what to show (default: %(default)s)")
    add("--scale", metavar="S", type=_scale, default=1.0, help="enlarge a PNG (default: 1)")
    add("--theme", choices=("light", "dark"), default="light", help="default: %(default)s")


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help="a table of numbers")
    add("--iterations", metavar="N", type=_count, default=100, help="default: %(default)s")
    add("--learning-rate", metavar="LR", type=_positive, default=0.001, help="default: %(default)s")
    add("--tolerance", metavar="T", type=_positive, help="stop when the slope is smaller than T")
    add("--x", metavar="NAME|N", help="the column of x, by name or number")
    add("--y", metavar="NAME|N", help="the column of y, by name or number")


def _with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the command that may be left out."""
    known = ("open", "train", "export", "-h", "--help", "--version")
    return list(arguments) if arguments and arguments[0] in known else ["open", *arguments]


def _count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= MOST_ITERATIONS:
        raise argparse.ArgumentTypeError(
            f"“{text}” is not a whole number from 1 to {MOST_ITERATIONS:,}"
        )
    return int(text)


def _positive(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 < value < math.inf:
        raise argparse.ArgumentTypeError(f"“{text}” is not a number above 0")
    return value


def _scale(text: str) -> float:
    value = _positive(text)
    if value > MOST_SCALE:
        raise argparse.ArgumentTypeError(f"“{text}” is more than {MOST_SCALE}")
    return value


def _drop_output() -> None:
    """Keep Python from failing once more at exit, when it writes out what is left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(sentence: str) -> int:
    """Say what is wrong in one line."""
    print(f"gdviz: {' '.join(sentence.split())}", file=sys.stderr)
    return 2
