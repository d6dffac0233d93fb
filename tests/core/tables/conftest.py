"""A table to read."""

import pytest

from gdviz.core.tables.reading import read_table


@pytest.fixture
def table(tmp_path):
    """Write a file, and read it."""

    def read(content, name="pizza.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return read_table(path)

    return read
