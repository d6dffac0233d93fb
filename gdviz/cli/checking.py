"""`gdviz check`: whether what a loop printed is right; of one log, or of a class."""

import argparse
import csv
import io
import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gdviz.cli.options import CommandError
from gdviz.core.check.answer import answer, answered
from gdviz.core.check.diagnosis import Diagnosis, Given, diagnose
from gdviz.core.check.logs.log import LogError
from gdviz.core.check.logs.log_file import MOST_BYTES, decoded, log_text
from gdviz.core.check.logs.reading import read_sheet
from gdviz.core.tables.dataset import Dataset
from gdviz.core.tables.names import as_text

AGREES, DIFFERS, UNREADABLE = 0, 1, 2
STANDARD_INPUT = Path("-")
RATE_HINT = " If yours is another, say so with --learning-rate."
HEAD = "file", "agrees", "first difference", "causes"


def check(dataset: Dataset, options: argparse.Namespace, chosen: dict[str, Any]) -> tuple[str, int]:
    """Return what there is to say of a log, or of each log in a folder, and the exit status.

    Parameters
    ----------
    chosen : dict
        The settings that the loop is known to have, as an experiment takes them.
    """
    given, path, columns = _given(chosen), options.log, options.columns
    if path != STANDARD_INPUT and path.is_dir():
        found = list(_class(path, dataset, given, columns))
        return json.dumps(found, indent=1) if options.json else _table(found), _status(found)
    try:
        diagnosis = _diagnosed(path, dataset, given, columns)
    except LogError as error:
        raise CommandError(str(error)) from None
    if options.json:
        text = json.dumps(answered(diagnosis))
    else:
        unsure = diagnosis.agrees and diagnosis.found_out.learning_rate is not None
        text = answer(diagnosis) + RATE_HINT * unsure
    return text, AGREES if diagnosis.agrees else DIFFERS


def _given(chosen: dict[str, Any]) -> Given:
    start = chosen.pop("start", (None, None))
    return Given(**chosen, start_weight=start[0], start_bias=start[1])


def _diagnosed(path: Path, dataset: Dataset, given: Given, columns: dict[int, str]) -> Diagnosis:
    text = _typed() if path == STANDARD_INPUT else log_text(path)
    return diagnose(read_sheet(text).log(columns), dataset, given)


def _typed() -> str:
    if sys.stdin is None:
        raise LogError("There is no standard input to read the log from.")
    source = getattr(sys.stdin, "buffer", None)  # some stand-ins only have text
    read = source.read(MOST_BYTES + 1) if source else sys.stdin.read(MOST_BYTES + 1)
    return decoded(read) if isinstance(read, bytes) else read


def _class(
    folder: Path, dataset: Dataset, given: Given, columns: dict[int, str]
) -> Iterable[dict[str, Any]]:
    """Yield the answer for each file; one that can't be read doesn't stop the others."""
    try:
        paths = sorted(
            path for path in folder.iterdir()
            if path.is_file() and not path.name.startswith(".")
        )  # fmt: skip
    except OSError as error:
        raise CommandError(f"{folder} can't be read: {error.strerror}.") from None
    if not paths:
        raise CommandError(f"There is no file in {folder}.")
    for path in paths:
        try:
            yield {"file": path.name, **answered(_diagnosed(path, dataset, given, columns))}
        except LogError as error:
            yield {"file": path.name, "agrees": None, "error": str(error)}


def _status(found: list[dict[str, Any]]) -> int:
    agree = [each["agrees"] for each in found]
    if all(each is None for each in agree):
        return UNREADABLE
    return DIFFERS if False in agree else AGREES


def _table(found: list[dict[str, Any]]) -> str:
    """Return the answers as lines that a spreadsheet opens, too."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(HEAD)
    for each in found:
        file = as_text(each["file"])
        if each["agrees"] is None:
            writer.writerow([file, "can't be read", "", as_text(each["error"])])
            continue
        causes = " or ".join(" + ".join(names) for names in each["causes"])
        unknown = "" if each["agrees"] else "unknown"
        first = "" if each["agrees"] else each["first_difference"]
        agrees = "yes" if each["agrees"] else "no"
        writer.writerow([file, agrees, first, causes or unknown])
    return text.getvalue().rstrip("\n")
