"""The command line: open a window, train without one, or export pictures."""

import argparse
import math
import os
import sys
from collections.abc import Sequence
from dataclasses import fields, replace
from pathlib import Path
from typing import Any, NoReturn

from gdviz import __version__
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.descent import MOST_ITERATIONS, Ending, Experiment, Outcome, descend, run
from gdviz.core.descent.methods import METHODS, Method
from gdviz.core.descent.trajectory import Record, Row, Trajectory
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.reading import DataFileError, read_table, summary
from gdviz.core.words.log import iteration_line, result_line
from gdviz.core.words.rates import account
from gdviz.core.words.sentences import (
    outcome_sentence,
    prediction_line,
    run_name,
    scaled_line,
)
from gdviz.desktop import missing_library, why_no_window
from gdviz.resources import resource

DIVERGED = 3
MOST_SCALE = 16
MOST_SEED = 2**31 - 1
VIEWS = {
    "figure": "figure", "loss-curve": "loss_curve", "landscape": "landscape", "surface": "surface",
    "data": "data_fit", "history": "loss_history",
}  # fmt: skip
# Every one that any method has, and what it means.
HYPERPARAMETERS = {
    field.name: field.metadata["meaning"] for kind in METHODS.values() for field in fields(kind)
}
EXAMPLES = """examples:
  gdviz                                        open the window with pizza.txt
  gdviz my.csv                                 open the window with your data
  gdviz train pizza.txt --learning-rate 0.001  print every iteration, and the weight
  gdviz train pizza.txt --bias --iterations 20000 --predict 20
  gdviz train pizza.txt --bias --method adam --learning-rate 0.1 --quiet
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
        _checked(table.dataset()[0], _settings(options))
    from PySide6 import QtWidgets  # noqa: F401  (a missing library shows here)

    sentence = why_no_window()
    if sentence is not None:
        raise CommandError(sentence)
    from gdviz.ui.shell.app import run as run_window

    return run_window(table, _settings(options))


def _lesson(options: argparse.Namespace) -> int:
    # Not above: to read what reads lessons takes a fiftieth of a start without one.
    from gdviz.core.lessons.reading import LessonError, read_lesson

    try:
        read_lesson(options.lesson or resource("assets", "lessons"))
    except LessonError as error:
        raise CommandError(str(error)) from None
    from PySide6 import QtWidgets  # noqa: F401  (a missing library shows here)

    sentence = why_no_window()
    if sentence is not None:
        raise CommandError(sentence)
    from gdviz.ui.shell.app import run as run_window

    return run_window(None, {}, options.lesson or resource("assets", "lessons"))


def _train(options: argparse.Namespace) -> int:
    experiment = _experiment(options)
    blocks, trajectory = descend(experiment), Trajectory()
    first = 0
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
        first += len(rows)
        trajectory.append(block)
    return _print_result(experiment, outcome, trajectory.record, options)


def _print_result(
    experiment: Experiment, outcome: Outcome, record: Record, options: argparse.Namespace
) -> int:
    last = record.last
    if outcome.ending is Ending.DIVERGED or last is None:
        print(account(experiment, outcome, record), file=sys.stderr)
        return DIVERGED
    if not options.quiet:
        print()
        if experiment.standardise:
            print(scaled_line(experiment, last))
    print(result_line(last, experiment.with_bias))
    for x in options.predict:
        print(prediction_line(x, last.weight * x + last.bias))
    if outcome.ending in (Ending.CONVERGED, Ending.SETTLED) and not options.quiet:
        print(outcome_sentence(experiment, outcome), file=sys.stderr)
    return 0


def _export(options: argparse.Namespace) -> int:
    experiment = _experiment(options)
    trajectory, outcome = run(experiment)
    record = trajectory.record
    kept = [_other(experiment, text) for text in options.compare]
    iteration = record.newest if options.iteration is None else options.iteration
    newest = max(record.newest, *(other[2].newest for other in kept), 0)
    if not 0 <= iteration <= newest:
        raise CommandError(
            f"There is no iteration {iteration}: the run has iterations 0 to {newest}."
        )
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from gdviz.ui.features.export.headless import export
    from gdviz.ui.features.export.pictures import ExportError
    from gdviz.ui.plots.kept_run import KeptRun

    app = QApplication(["gdviz"])
    looks = {"view": VIEWS[options.view], "scale": options.scale, "theme": options.theme}
    try:
        others = [KeptRun(number, *parts) for number, parts in enumerate(kept)]
        export(experiment, record, iteration, options.out, kept=others, **looks)
    except ExportError as error:
        raise CommandError(str(error)) from None
    finally:
        app.shutdown()
    if outcome.ending is Ending.DIVERGED:
        print(account(experiment, outcome, record), file=sys.stderr)
    return 0


def _other(experiment: Experiment, text: str) -> tuple[str, Experiment, Record]:
    """Return name, settings and rows of a run to compare with, given as METHOD[=LR]."""
    name, _, rate = text.partition("=")
    if name not in METHODS:
        raise CommandError(f"There is no method “{name}”. There are: {', '.join(METHODS)}.")
    try:
        learning_rate = _positive(rate) if rate else experiment.learning_rate
        other = replace(experiment, method=METHODS[name](), learning_rate=learning_rate)
    except (ValueError, argparse.ArgumentTypeError) as error:
        raise CommandError(f"{text}: {error}") from None
    return run_name(other), other, run(other)[0].record


def _experiment(options: argparse.Namespace) -> Experiment:
    """Return what the options ask to run; name the rows that can't be used."""
    table = read_table(options.file)
    dataset, bad = table.dataset(options.x, options.y)
    if bad:
        print(f"{table.path.name}: some rows are left out.\n{summary(bad)}", file=sys.stderr)
    settings = _settings(options)
    settings.setdefault("learning_rate", _method(options).published_rate)
    return _checked(dataset, settings)


def _checked(dataset: Dataset, settings: dict[str, Any]) -> Experiment:
    try:
        return Experiment(dataset, **settings)
    except ValueError as error:
        raise CommandError(str(error)) from None


def _settings(options: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of an experiment that the options set."""
    names = ("iterations", "learning_rate", "tolerance", "batch_size", "seed", "start")
    settings = {name: getattr(options, name) for name in names}
    settings = {name: value for name, value in settings.items() if value is not None}
    if options.method is not None or _hyperparameters(options):
        settings["method"] = _method(options)
    if options.bias or options.standardise:
        settings["with_bias"] = True
    if options.standardise:
        settings["standardise"] = True
    return settings


def _method(options: argparse.Namespace) -> Method:
    """Return the method asked for, with its hyperparameters."""
    name, given = options.method or "gradient-descent", _hyperparameters(options)
    known = {field.name for field in fields(METHODS[name])}
    for other in given.keys() - known:
        raise CommandError(f"--{other} is no hyperparameter of the method {name}.")
    try:
        return METHODS[name](**given)
    except ValueError as error:
        raise CommandError(str(error)) from None


def _hyperparameters(options: argparse.Namespace) -> dict[str, float]:
    given = {name: getattr(options, name) for name in HYPERPARAMETERS}
    return {name: value for name, value in given.items() if value is not None}


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
    _add_lesson(commands.add_parser("lesson", help="open the window with a lesson"))
    _add_train(commands.add_parser("train", help="print every iteration, without a window"))
    _add_export(commands.add_parser("export", help="write pictures and tables, without a window"))
    return parser


def _add_open(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_open)
    parser.add_argument("file", metavar="FILE", nargs="?", type=Path, help="a table of numbers")
    _add_settings(parser)


def _add_lesson(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_lesson)
    parser.add_argument("lesson", metavar="FILE|FOLDER", nargs="?", type=Path,
        help="a chapter, or a folder of them (default: gdviz's own lesson)")  # fmt: skip


def _add_train(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_train)
    _add_run_options(parser)
    add = parser.add_argument
    add("--quiet", action="store_true", help="print only the last line")
    add("--predict", metavar="X", type=_number, action="append", default=[],
        help="print the line's height at X, too; can be given several times")  # fmt: skip


def _add_export(parser: argparse.ArgumentParser) -> None:
    parser.set_defaults(command=_export)
    _add_run_options(parser)
    add = parser.add_argument
    add("out", metavar="OUT", nargs="+", type=Path, help="files to write: png, svg, pdf or csv")
    add("--iteration", metavar="K", type=int, help="the iteration to show (default: the last)")
    add("--compare", metavar="METHOD[=LR]", action="append", default=[],
        help="draw this run, too, all other settings the same; can be repeated")  # fmt: skip
    add("--view", choices=VIEWS, default="figure", help="what to show (default: %(default)s)")
    add("--scale", metavar="S", type=_scale, default=1.0, help="enlarge a PNG (default: 1)")
    add("--theme", choices=("light", "dark"), default="light", help="default: %(default)s")


def _add_run_options(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument
    add("file", metavar="FILE", type=Path, help="a table of numbers")
    add("--x", metavar="NAME|N", help="the column of x, by name or number")
    add("--y", metavar="NAME|N", help="the column of y, by name or number")
    _add_settings(parser)


def _add_settings(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("settings").add_argument
    add("--iterations", metavar="N", type=_count, help="how many steps to take (default: 100)")
    add("--learning-rate", metavar="LR", type=_positive,
        help="default: the method's published one, 0.001 for gradient descent")  # fmt: skip
    add("--tolerance", metavar="T", type=_positive, help="stop when the slope is smaller than T")
    add("--bias", action="store_true", help="learn the bias, too")
    add("--start", metavar="W[,B]", type=_start, help="where to start (default: 0,0)")
    add("--method", choices=METHODS, metavar="NAME", help=f"one of {', '.join(METHODS)}")
    for name, meaning in HYPERPARAMETERS.items():
        add(f"--{name}", metavar="H", type=_number, help=meaning)
    add("--batch-size", metavar="N", type=_count, help="rows of a step (default: all)")
    add("--seed", metavar="N", type=_seed, help="decides the order of the rows in batches")
    add("--standardise", action="store_true",
        help="descend on (x - mean) / sd, with the bias; results stay in your units")  # fmt: skip


def _with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the command that may be left out."""
    known = ("open", "lesson", "train", "export", "-h", "--help", "--version")
    words = list(arguments) if arguments and arguments[0] in known else ["open", *arguments]
    joined: list[str] = []
    for word in words:
        # On its own a number such as -1,2 would pass for an option.
        if joined and joined[-1] in ("--start", "--predict"):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


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


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise argparse.ArgumentTypeError(f"“{text}” is not a number")
    return value


def _start(text: str) -> Point:
    weight, *bias = text.split(",")
    if len(bias) > 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a weight, or a weight and a bias")
    return Point(_number(weight), _number(bias[0]) if bias else 0.0)


def _seed(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_SEED:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from 0 to {MOST_SEED:,}")
    return int(text)


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
