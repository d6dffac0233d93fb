"""What `gdviz check` has of its own on the command line."""

import argparse

from gdviz.core.check.logs.log import ROLES
from gdviz.core.descent.methods import METHODS
from gdviz.core.descent.settings import hyperparameters

# What of a loop can be told. How long it ran shows; how a seed is used is gdviz's own.
ASKED = {
    "learning_rate": "how far its steps go",
    "with_bias": "it learns the bias, too",
    "start_weight": "where it starts",
    "method": f"one of {', '.join(METHODS)}",
    "batch_size": "rows of a step",
    "standardise": "it descends on (x - mean) / sd, with the bias",
} | {row.name: row.usage for kind in METHODS.values() for row in hyperparameters(kind)}
EPILOG = """exit status: 0 if every number is right, 1 if not, 2 if it can't be read.

--json prints
  agrees            true or false
  first_difference  the iteration that leaves the right way, or null
  causes            a list of names for each explanation that gives every digit
  expected, found   the number there, as it should be printed and as it was, or null
  line, quantity    the line of LOG, from 1, and weight, bias or loss
  rows, decimals    how many lines were read; digits after the point that all right numbers have
  settings          those that the numbers show, where they weren't given
Of a folder it prints a list of these, each with its file, and for one that can't be read with
error, and agrees null.
"""


def roles(text: str) -> dict[int, str]:
    """Return the roles of columns that a text names, by their numbers."""
    named = [role.strip() for role in text.split(",")]
    for role in named:
        if role not in ("", *ROLES):
            raise argparse.ArgumentTypeError(f"“{role}” is none of {', '.join(ROLES)}")
    return dict(enumerate(named))
