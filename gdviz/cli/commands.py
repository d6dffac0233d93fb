"""The command line: open a window; or inspect a table, train, export, check a log without one."""

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace

from gdviz.cli.looks import looks
from gdviz.cli.opening import open_lesson, open_window
from gdviz.cli.options import CommandError, parsed, positive, settings
from gdviz.cli.tables import experiment_on, summarised, table_of
from gdviz.core.descent.descent import Ending, Experiment, Outcome, descend, run
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.rates import first_rate, goes_astray, is_growing, on_standardised
from gdviz.core.descent.run import Run
from gdviz.core.descent.timing import Timing
from gdviz.core.descent.trajectory import LOSS, Record, Trajectory
from gdviz.core.format import VIEWS, Format
from gdviz.core.tables.table import DataFileError, summary
from gdviz.core.words.forecasts import account, choice_sentence, forecast, standardise_offer
from gdviz.core.words.inspection import decided, inspected, inspection
from gdviz.core.words.log import (
    Digits,
    in_full,
    loss_line,
    prediction_line,
    result_line,
    scaled_line,
)
from gdviz.core.words.numbers import MINUS, in_decimals
from gdviz.core.words.sentences import outcome_sentence, run_name
from gdviz.core.words.summaries import inspected_summary, pass_sentence, summary_inspection
from gdviz.desktop import missing_library

DIVERGED = 3
# What is told at the end of a run needs both ends, the extremes and no more than so many rows: few
# enough to stay in the processor's cache.
TOLD_ROWS = 2**14
_DIGITS: dict[str, Digits] = {"lesson": in_decimals, "full": in_full}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after the program's name; by default those it was called with.

    Returns
    -------
    int
        0, or 2 for bad arguments or files, or 3 for a run that diverges; of `check`, 1 for a log
        that isn't right.
    """
    commands = {
        "open": open_window, "lesson": open_lesson, "inspect": _inspect, "train": _train,
        "export": _export, "check": _check,
    }  # fmt: skip
    try:
        options = parsed(sys.argv[1:] if arguments is None else arguments)
        status = commands[options.command](options)
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


def _inspect(options: argparse.Namespace) -> int:
    big = summarised(options)
    if big:
        _print(json.dumps(inspected_summary(big)) if options.json else summary_inspection(big))
        return 0
    asked = table_of(options), options.x, options.y
    _print(json.dumps(inspected(*asked)) if options.json else inspection(*asked))
    return 0


def _check(options: argparse.Namespace) -> int:
    # Not above: as with lessons.
    from gdviz.cli.checking import check

    dataset, left_out = table_of(options).dataset(options.x, options.y)
    if left_out:
        _tell(f"{options.file.name}: some rows are left out.\n{summary(left_out)}")
    text, status = check(dataset, options, settings(options))
    _print(text)
    return status


def _train(options: argparse.Namespace) -> int:
    experiment = _experiment(options)
    blocks, trajectory, digits = descend(experiment), Trajectory(TOLD_ROWS), _DIGITS[options.digits]
    while True:
        try:
            block = next(blocks)
        except StopIteration as end:
            outcome: Outcome = end.value
            trajectory.fit()
            break
        if not options.quiet:
            first = trajectory.record.newest + 1
            losses = block[: experiment.iterations - first, LOSS].tolist()
            lines = (loss_line(first + index, loss, digits) for index, loss in enumerate(losses))
            # Not `writelines`: a program started without an output has no `sys.stdout`.
            print("".join(f"{line}\n" for line in lines), end="")
        trajectory.append(block)
    return _print_result(experiment, outcome, trajectory.record, options)


def _print_result(
    experiment: Experiment, outcome: Outcome, record: Record, options: argparse.Namespace
) -> int:
    last, digits = record.last, _DIGITS[options.digits]
    if outcome.ending is Ending.DIVERGED or last is None:
        _tell(account(experiment, outcome, record))
        return DIVERGED
    if not options.quiet:
        print()
        if experiment.standardise:
            print(scaled_line(experiment, last, digits))
    print(result_line(last, experiment.with_bias, digits))
    for x in options.predict:
        print(prediction_line(x, last.weight * x + last.bias, digits))
    if is_growing(record):
        _tell(account(experiment, outcome, record))
        return DIVERGED
    if outcome.ending in (Ending.CONVERGED, Ending.SETTLED) and not options.quiet:
        _tell(outcome_sentence(experiment, outcome))
    return 0


def _export(options: argparse.Namespace) -> int:
    experiment = _experiment(options)
    current = _run(experiment)
    if current.outcome is not None and current.record.last is None:
        _tell(account(experiment, current.outcome, current.record))
        return DIVERGED
    kept = [_other(experiment, text, number) for number, text in enumerate(options.compare)]
    newest = max(0, *(each.record.newest for each in (current, *kept)))
    iteration = current.record.newest if options.iteration is None else options.iteration
    timing = _timing(options, newest)
    for asked in (iteration, timing.first, timing.last):
        if not 0 <= asked <= newest:
            raise CommandError(
                f"There is no iteration {asked}: the run has iterations 0 to {newest}."
            )
    form = _looks(options)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtWidgets import QApplication

    from gdviz.ui.features.export.headless import export
    from gdviz.ui.widgets.saving import SavingError

    app = QApplication(["gdviz"])
    how = {
        "view": VIEWS[options.view], "form": form, "scale": options.scale, "timing": timing,
        "loop": options.loop,
    }  # fmt: skip
    try:
        _check_font(form.family)
        export(current, iteration, options.out, kept=kept, **how)
    except SavingError as error:
        raise CommandError(str(error)) from None
    finally:
        app.shutdown()
    outcome, record = current.outcome, current.record
    if outcome is not None and goes_astray(outcome, record):
        _tell(account(experiment, outcome, record))
    return 0


def _looks(options: argparse.Namespace) -> Format:
    try:
        return looks(options)
    except ValueError as error:
        raise CommandError(str(error)) from None


def _check_font(family: str) -> None:
    """Take a font that is installed, and no other in its place."""
    from gdviz.ui.theme import installed_families

    if family and family not in installed_families():
        known = ", ".join(installed_families())
        raise CommandError(f"There is no font “{family}” here. There are: {known}.")


def _timing(options: argparse.Namespace, newest: int) -> Timing:
    last = newest if options.last is None else options.last
    if options.first > last:
        raise CommandError(f"A film from iteration {options.first} can't end at {last}.")
    length = options.fps, options.seconds, options.hold
    return Timing(options.first, last, *length, early=options.pace == "early")


def _run(experiment: Experiment, name: str = "current", number: int | None = None) -> Run:
    trajectory, outcome = run(experiment)
    return Run(experiment, trajectory.record, outcome, name, number)


def _other(experiment: Experiment, text: str, number: int) -> Run:
    """Return a run to compare with, given as METHOD[=LR]."""
    name, _, rate = text.partition("=")
    if name not in METHODS:
        raise CommandError(f"There is no method “{name}”. There are: {', '.join(METHODS)}.")
    try:
        learning_rate = positive(rate) if rate else experiment.learning_rate
        other = replace(experiment, method=METHODS[name](), learning_rate=learning_rate)
    except (ValueError, argparse.ArgumentTypeError) as error:
        raise CommandError(f"{text}: {error}") from None
    return _run(other, run_name(other), number)


def _experiment(options: argparse.Namespace) -> Experiment:
    """Return what the options ask to run; say what isn't as it might be expected."""
    is_quiet, big = getattr(options, "quiet", False), summarised(options)
    table, asked = big.first if big else table_of(options), (options.x, options.y)
    dataset, left_out = (big.dataset(), big.left_out) if big else table.dataset(*asked)
    _tell(pass_sentence(big) if big else "")
    for sentence in [] if is_quiet else decided(table, *asked):
        _tell(f"{dataset.source}: {sentence}")
    if left_out:
        _tell(f"{dataset.source}: some rows are left out.\n{summary(left_out)}")
    experiment = experiment_on(dataset, settings(options))
    if options.learning_rate is None:
        choice = first_rate(experiment)
        experiment = replace(experiment, learning_rate=choice.rate)
        _tell(choice_sentence(choice))
    offer = standardise_offer(on_standardised(experiment), "With --standardise")
    if offer and not is_quiet:
        _tell(f"{forecast(experiment)} {offer}.")
    return experiment


def _print(text: str) -> None:
    # Names can hold letters that the output can't.
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    print(text.encode(encoding, "backslashreplace").decode(encoding))


def _tell(sentence: str) -> None:
    """Say something, if there is anything to say, with numbers as they are typed here."""
    if sentence:
        print(sentence.replace(MINUS, "-"), file=sys.stderr)


def _drop_output() -> None:
    """Keep Python from failing once more at exit, when it writes out what is left."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _fail(sentence: str) -> int:
    """Say what is wrong in one line."""
    print(f"gdviz: {' '.join(sentence.split())}", file=sys.stderr)
    return 2
