import pytest

from gdviz.core.big import blocks, engine, parts


@pytest.fixture
def small(monkeypatch):
    """Make blocks so small that a file of some lines has many, and groups of them."""
    monkeypatch.setattr(blocks, "BLOCK", 256)
    monkeypatch.setattr(parts, "GROUP", 1024)
    monkeypatch.setattr(parts, "BATCH_ROWS", 16)


@pytest.fixture
def without_engine(monkeypatch):
    """Take the engine away, as if it weren't installed."""

    class Missing:
        def __init__(self, *_):
            raise ImportError

    monkeypatch.setattr(engine, "Engine", Missing)


@pytest.fixture
def written(tmp_path):
    """Write a file and return its path."""

    def write(content, name="table.csv"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write
