"""The command line's options for the looks of a picture: what the export dialog asks for, too."""

import argparse
from functools import partial
from typing import Any

from gdviz.core.format import OPTIONS, PLAIN, SIZES, SWITCHES, Format, size_of, typed

_SIZES = f"from {SIZES[0][0]}x{SIZES[1][0]} to {SIZES[0][-1]}x{SIZES[1][-1]} pixels"


def add_looks(parser: argparse.ArgumentParser) -> None:
    """Add the options."""
    add = parser.add_argument_group("looks of pictures and films").add_argument
    add("--size", metavar="WxH", type=_size, default={},
        help="in pixels, or such as 16x10cm (default for a film: 800x450)")  # fmt: skip
    add("--font", metavar="FAMILY", dest="family", default="",
        help="the font of all words and numbers, such as “DejaVu Serif”")  # fmt: skip
    for name, (option, usage) in OPTIONS.items():
        word, _, metavar = option.partition(" ")
        usual = getattr(PLAIN, name)
        end = "".join(
            f" (default: {text})" for text, value in typed(name).items() if value == usual
        )
        add(word, metavar=metavar, dest=name, type=partial(_choice, name), default=usual,
            help=f"{usage}: {', '.join(typed(name))}{end}")  # fmt: skip
    for name, (_, option, usage) in SWITCHES.items():
        add(option, dest=name, action="store_false", help=usage)


def looks(options: argparse.Namespace) -> Format:
    """Return how the options ask to write a picture.

    Raises
    ------
    ValueError
        If it would be too small or too large.
    """
    form = Format(
        **{name: getattr(options, name) for name in ("family", *OPTIONS, *SWITCHES)},
        **options.size,
    )
    if form.pixels and not all(map(range.__contains__, SIZES, form.pixels)):
        wide, high = form.pixels
        raise ValueError(f"A picture of {wide}x{high} pixels is not one {_SIZES}.")
    return form


def _size(text: str) -> dict[str, Any]:
    try:
        return size_of(text)
    except ValueError:
        fault = f"“{text}” is not a size {_SIZES}, such as 800x450, nor one such as 16x10cm"
        raise argparse.ArgumentTypeError(fault) from None


def _choice(name: str, text: str) -> Any:  # noqa: ANN401
    known = typed(name)
    if text not in known:
        raise argparse.ArgumentTypeError(f"“{text}” is none of {', '.join(known)}")
    return known[text]
