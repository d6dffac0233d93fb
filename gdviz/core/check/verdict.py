"""Verdict: what is known of somebody's loop, and what a diagnosis says of it."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from gdviz.core.check.logs.log import Log
from gdviz.core.descent.method import Method


@dataclass(frozen=True)
class Given:
    """What is known of how somebody's loop ran; None: to be found out.

    A batch of as many rows as there are, or more, is none.
    """

    learning_rate: float | None = None
    with_bias: bool | None = None
    method: Method | None = None
    start_weight: float | None = None
    start_bias: float | None = None
    batch_size: int | None = None
    standardise: bool | None = None


@dataclass(frozen=True)
class Cause:
    """One usual mistake.

    Attributes
    ----------
    name : str
        As `gdviz check --json` calls it, such as ``gradient without the 2``; documented.
    sentence : str
        What the program does, to a beginner.
    wrong, right : str
        The line or lines of NumPy that do this, and those that wouldn't.
    """

    name: str
    sentence: str
    wrong: str
    right: str


@dataclass(frozen=True)
class Difference:
    """The first thing in a log that isn't right.

    Attributes
    ----------
    row : int
        Of the log, from 0.
    line, iteration : int
        Of the text, from 1; of the run.
    quantity : str
        ``weight``, ``bias`` or ``loss``.
    found, expected : str
        The number as printed, and as it should have been printed.
    """

    row: int
    line: int
    iteration: int
    quantity: str
    found: str
    expected: str


@dataclass(frozen=True, eq=False)
class Explanation:
    """Mistakes that together explain every printed digit.

    Attributes
    ----------
    causes : tuple of Cause
        One or two.
    learning_rate : float
        The rate that the log was made with, as far as it shows.
    walk : ndarray of shape (n_iterations, 2)
        Weight and bias before each update: the learner's whole run, rows that weren't printed too.
    """

    causes: tuple[Cause, ...]
    learning_rate: float
    walk: NDArray[np.float64] = field(repr=False)


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """What came out.

    Attributes
    ----------
    agrees : bool
        Whether every printed digit is right.
    log : Log
        What was looked at.
    digits : int
        How many digits after the point all agreeing numbers have at least.
    difference : Difference or None
    explanations : tuple of Explanation
        The simplest that reproduce all digits, likeliest first, at most three; empty if there is
        none.
    found_out : Given
        The settings that weren't given and the log shows.
    """

    agrees: bool
    log: Log
    digits: int
    difference: Difference | None
    explanations: tuple[Explanation, ...]
    found_out: Given
