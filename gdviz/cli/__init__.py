"""The command line: `commands` does what `options` understands."""

from gdviz.cli.commands import main

__all__ = ["main"]
