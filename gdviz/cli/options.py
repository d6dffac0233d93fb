"""The command line's options: what can be typed, and the settings of a run that it asks for."""

import argparse
import codecs
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from gdviz.cli.check_options import ASKED, EPILOG, roles
from gdviz.cli.looks import add_looks
from gdviz.core.descent.bowl import Point
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import SETTINGS, Setting, fields_of, hyperparameters, rows
from gdviz.core.descent.timing import LEAST_SECONDS, MOST_FPS, MOST_SECONDS
from gdviz.core.format import MOST_SCALE, VIEWS
from gdviz.core.tables.choices import DATES, Choices

# How signs are called that are hard to type.
SIGNS = {"tab": "\t", "space": " ", "comma": ",", "point": ".", "none": "", "\\t": "\t"}
# With the hyperparameters of all methods.
ALL_SETTINGS = {row.name: row for row in rows(*METHODS.values())}
EXAMPLES = """examples:
  gdviz                                        open the window with pizza.txt
  gdviz my.csv                                 open the window with your data
  gdviz my.gdviz                               open a project that was saved in the window
  gdviz train pizza.txt --learning-rate 0.001  print every iteration, and the weight
  gdviz train pizza.txt --bias --iterations 20000 --predict 20
  gdviz train pizza.txt --bias --method adam --learning-rate 0.1 --quiet
  gdviz inspect my.csv                         say what was read of it, and how
  gdviz train 'parts/*.csv' --bias             sum up files of any size in one pass
  gdviz train my.csv --x size --y price --decimal comma
  gdviz export pizza.txt descent.png --iteration 20 --theme dark
  gdviz export pizza.txt curve.svg curve.pdf --view loss-curve
  gdviz export pizza.txt paper.pdf --size 16x10cm --font-size 9 --theme greys
  gdviz export pizza.txt descent.html          a page that plays, in any browser
  gdviz export pizza.txt descent.gif --size 800x450 --fps 25 --seconds 4
  gdviz check pizza.txt my.log --bias          say where a loop of your own goes wrong, and why
"""


class CommandError(Exception):
    """What was asked can't be done; the text is a sentence that says why."""


class _Parser(argparse.ArgumentParser):
    """A parser that says what is wrong in one line."""

    def error(self, message: str) -> NoReturn:
        raise CommandError(f"{message} (“{self.prog} --help” shows how to call it)")


class _ShowVersions(argparse.Action):
    """Print what a bug report has to name; looked up only when asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from gdviz.versions import versions

        print(versions())
        parser.exit()


def parsed(arguments: Sequence[str]) -> argparse.Namespace:
    """Return what the words after the program's name ask for.

    Raises
    ------
    CommandError
        If they can't be understood.
    """
    return _parser().parse_args(_with_command(arguments))


def settings(options: argparse.Namespace) -> dict[str, Any]:
    """Return the fields of an experiment that the options set.

    Raises
    ------
    CommandError
        If a hyperparameter is not the method's, or out of its range.
    """
    given = {name: value for name, value in vars(options).items()
             if name in ALL_SETTINGS and value is not None}  # fmt: skip
    if "start_weight" in given:  # its option takes both
        given["start_weight"], given["start_bias"] = given["start_weight"]
    if "standardise" in given:
        given["with_bias"] = True
    hyper = given.keys() - SETTINGS.keys()
    if hyper:
        method = given.setdefault("method", SETTINGS["method"].default)
        for name in hyper - {row.name for row in hyperparameters(METHODS[method])}:
            raise CommandError(f"--{name} is no hyperparameter of the method {method}.")
    try:
        return fields_of(given)
    except ValueError as error:
        raise CommandError(str(error)) from None


def choices(options: argparse.Namespace) -> Choices:
    """Return how the options ask to read the file."""
    return Choices(**{field.name: getattr(options, field.name) for field in fields(Choices)})


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="gdviz",
        description="See gradient descent happen, on your own data.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action=_ShowVersions, nargs=0, help="name the versions in use")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    _add_open(commands.add_parser("open", help="open the window (also: gdviz [FILE])"))
    _add_inspect(commands.add_parser("inspect", help="say what is read of a table, and how"))
    _add_lesson(commands.add_parser("lesson", help="open the window with a lesson"))
    _add_train(commands.add_parser("train", help="print every iteration, without a window"))
    _add_export(commands.add_parser("export", help="write pictures and tables, without a window"))
    _add_check(commands.add_parser("check", help="say where your own loop goes wrong, and why"))
    return parser


def _add_open(parser: argparse.ArgumentParser) -> None:
    _add_table(parser, nargs="?", sums_up=True)
    _add_settings(parser)


def _add_inspect(parser: argparse.ArgumentParser) -> None:
    _add_table(parser, sums_up=True)
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def _add_lesson(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("lesson", metavar="FILE|FOLDER", nargs="?", type=Path,
        help="a chapter, or a folder of them (default: gdviz's own lesson)")  # fmt: skip


def _add_train(parser: argparse.ArgumentParser) -> None:
    _add_table(parser, sums_up=True)
    add = parser.add_argument
    add("--quiet", action="store_true", help="print only the last line")
    add("--digits", choices=("lesson", "full"), default="lesson",
        help="how numbers are printed: as in the lesson, or all their digits")  # fmt: skip
    add("--predict", metavar="X", type=_number, action="append", default=[],
        help="print the line's height at X, too; can be given several times")  # fmt: skip
    _add_settings(parser)


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.epilog, parser.formatter_class = EPILOG, argparse.RawDescriptionHelpFormatter
    _add_table(parser, metavar="DATA")
    add = parser.add_argument
    add(
        "log",
        metavar="LOG",
        type=Path,
        help="what the loop printed; - reads it from standard input; a folder of such files",
    )
    add("--json", action="store_true", help="print one JSON object, or a list of a folder's")
    add("--columns", metavar="ROLES", type=roles, default={},
        help="what the numbers of a line are, where that isn't to be found out: iteration, weight, "
        "bias, loss or nothing for each, such as iteration,,loss")  # fmt: skip
    group = parser.add_argument_group("settings of the loop", "found out where they aren't given")
    _add_options(group, ASKED)


def _add_export(parser: argparse.ArgumentParser) -> None:
    _add_table(parser, sums_up=True)
    add = parser.add_argument
    add(
        "out", metavar="OUT", nargs="+", type=Path,
        help="files to write: png, svg, pdf, html, csv, npz, or as a film gif, webp, apng, webm, "
        "mp4 (these two with pip install 'gdviz[video]')",
    )  # fmt: skip
    add("--iteration", metavar="K", type=int, help="the iteration to show (default: the last)")
    add("--compare", metavar="METHOD[=LR]", action="append", default=[],
        help="draw this run, too, all other settings the same; can be repeated")  # fmt: skip
    add("--view", choices=VIEWS, default="figure", help="what to show (default: %(default)s)")
    add("--scale", metavar="S", type=_scale, default=1.0, help="enlarge a PNG (default: 1)")
    add_looks(parser)
    _add_timing(parser)
    _add_settings(parser)


def _add_timing(parser: argparse.ArgumentParser) -> None:
    add = parser.add_argument_group("films").add_argument
    add("--fps", metavar="N", type=partial(_whole_within, 1, MOST_FPS), default=25,
        help="frames a second (default: 25)")  # fmt: skip
    add("--seconds", metavar="S", type=partial(_seconds, LEAST_SECONDS), default=4.0,
        help="how long it moves (default: 4)")  # fmt: skip
    add("--hold", metavar="S", type=partial(_seconds, 0.0), default=1.0,
        help="for how long its end stays (default: 1)")  # fmt: skip
    add("--pace", choices=("early", "even"), default="early",
        help="whether early steps get more time (default), or all the same")  # fmt: skip
    add("--from", dest="first", metavar="K", type=int, default=0,
        help="the iteration to begin at (default: 0)")  # fmt: skip
    add("--to", dest="last", metavar="K", type=int,
        help="the iteration to end at (default: the last)")  # fmt: skip
    add("--loop", action="store_true", default=True,
        help="begin again when it is over (default); webm and mp4: as played")  # fmt: skip
    add("--once", dest="loop", action="store_false", help="stay at the end")


def _add_table(
    parser: argparse.ArgumentParser, nargs: str | None = None, metavar: str = "FILE",
    sums_up: bool = False,
) -> None:  # fmt: skip
    """Add the file, its columns, and how it is to be read where that isn't to be found out."""
    several = "; a folder, or a pattern in quotes, for one in several files" * sums_up
    what = f"a table of numbers{several}"
    parser.add_argument("file", metavar=metavar, nargs=nargs, type=Path, help=what)
    add = parser.add_argument_group(f"reading {metavar}").add_argument
    add("--x", metavar="NAME|N", help="the column of x, by name or number")
    add("--y", metavar="NAME|N", help="the column of y, by name or number")
    add("--large", action="store_true", help="read a very large file, too")
    if sums_up:
        add("--summary", action="store_true",
            help="read it once, keep sums and a sample of its rows; done by itself with folders, "
            "patterns, and what is larger than half of the free memory")  # fmt: skip
        add("--scheduler", metavar="ADDRESS", default="",
            help="have a Dask cluster sum it up (with pip install 'gdviz[dask]')")  # fmt: skip
    add("--encoding", metavar="NAME", type=_encoding, help="such as utf-8, cp1252 or shift-jis")
    add("--sheet", metavar="NAME", help="of a spreadsheet, the file of an archive")
    add("--skip", metavar="N", type=_count, help="pass over so many lines first")
    add("--header", metavar="N", type=_count, help="so many lines of names follow; 0: none")
    add("--comment", metavar="SIGN", type=_sign, help="what begins a comment, or none")
    add("--delimiter", metavar="SIGN", type=_sign,
        help="what stands between cells: a sign, tab, space, or fixed widths")  # fmt: skip
    add("--decimal", metavar="SIGN", type=_sign, help="the decimal sign: point or comma")
    add("--thousands", metavar="SIGN", type=_sign, help="the sign between thousands, or none")
    add("--dates", choices=DATES,
        help="the order of day, month and year; Unix time in s or ms; none are dates")  # fmt: skip
    add("--missing", metavar="TEXT", help="what else stands for a missing value, such as -999")


def _add_settings(parser: argparse.ArgumentParser) -> None:
    usages = {name: setting.usage for name, setting in ALL_SETTINGS.items()}
    _add_options(parser.add_argument_group("settings"), usages)


def _add_options(group: argparse._ArgumentGroup, usages: Mapping[str, str]) -> None:
    add = group.add_argument
    for name, usage in usages.items():
        setting = ALL_SETTINGS[name]
        option, _, metavar = setting.option.partition(" ")
        if not option:
            continue
        rest: dict[str, Any] = {"dest": setting.name, "help": usage}
        if setting.kind is bool:
            add(option, action="store_const", const=True, **rest)
        elif setting.kind is str:
            add(option, metavar=metavar, choices=METHODS, **rest)
        else:
            add(option, metavar=metavar, type=_reader(setting), **rest)


def _with_command(arguments: Sequence[str]) -> list[str]:
    """Return the arguments with the command that may be left out."""
    known = ("open", "inspect", "lesson", "train", "export", "check", "-h", "--help", "--version")
    words = list(arguments) if arguments and arguments[0] in known else ["open", *arguments]
    joined: list[str] = []
    for word in words:
        # On its own a number such as -1,2 would pass for an option.
        if joined and joined[-1] in ("--start", "--predict", "--missing"):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _reader(setting: Setting) -> Callable[[str], Any]:
    """Return what reads a setting's number."""
    if setting.name == "start_weight":
        return _start
    if setting.name not in SETTINGS:
        return _number  # the method says what it needs
    if setting.kind is int:
        return partial(_whole, setting)
    return positive if setting.low > 0 else partial(_within, setting)


def _whole(setting: Setting, text: str) -> int:
    if not text.isdecimal() or not setting.low <= int(text) <= setting.high:
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number {setting.bounds}")
    return int(text)


def _whole_within(low: int, high: int, text: str) -> int:
    if not (text.isascii() and text.isdecimal() and low <= int(text[:9]) <= high):
        raise argparse.ArgumentTypeError(f"“{text}” is not a whole number from {low} to {high}")
    return int(text)


def _within(setting: Setting, text: str) -> float:
    return _number(text, f"a number {setting.bounds}", setting.allows)


def positive(text: str) -> float:
    """Return the number above 0 that a text stands for."""
    return _number(text, "a number above 0", lambda value: 0 < value < math.inf)


def _number(
    text: str, kind: str = "a number", fits: Callable[[float], bool] = math.isfinite
) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not fits(value):
        raise argparse.ArgumentTypeError(f"“{text}” is not {kind}")
    return value


def _count(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        raise argparse.ArgumentTypeError(f"“{text}” is not a count of lines")
    return int(text)


def _sign(text: str) -> str:
    return SIGNS.get(text, text)


def _encoding(text: str) -> str:
    try:
        "".encode(text)  # some that can be looked up are for bytes only
        return codecs.lookup(text).name
    except (LookupError, ValueError):
        raise argparse.ArgumentTypeError(f"“{text}” is no encoding that Python knows") from None


def _start(text: str) -> Point:
    weight, *bias = text.split(",")
    if len(bias) > 1:
        raise argparse.ArgumentTypeError(f"“{text}” is not a weight, or a weight and a bias")
    return Point(_number(weight), _number(bias[0]) if bias else 0.0)


def _scale(text: str) -> float:
    value = positive(text)
    if value > MOST_SCALE:
        raise argparse.ArgumentTypeError(f"“{text}” is more than {MOST_SCALE}")
    return value


def _seconds(least: float, text: str) -> float:
    kind = f"a number of seconds from {least:g} to {MOST_SECONDS:g}"
    return _number(text, kind, lambda value: least <= value <= MOST_SECONDS)
