"""Files of all formats, and what is in them."""

import pytest

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.formats.content import TextContent, content_of
from gdviz.core.tables.table import DataFileError

LARGEST = 5_000_000


@pytest.fixture
def content(tmp_path):
    """Write a file, and return what is in it."""
    opened = []

    def read(written, name="table", largest=LARGEST, **choices):
        path = tmp_path / name
        path.write_bytes(written.encode() if isinstance(written, str) else written)
        found = content_of(path, Choices(**choices), largest)
        if isinstance(found, TextContent):
            opened.append(found.file)
        return found

    yield read
    for file in opened:
        file.close()


@pytest.fixture
def refusal(content):
    """Write a file that can't be read; return the sentence."""

    def read(written, name="table", **choices):
        with pytest.raises(DataFileError) as caught:
            content(written, name, **choices)
        return str(caught.value)

    return read


@pytest.fixture
def rows(content):
    """Write a file, and return its names and rows."""

    def read(written, **choices):
        cells = content(written, **choices)
        assert len(cells.lines) == len(cells.rows)
        return cells.names, cells.rows[:]

    return read
