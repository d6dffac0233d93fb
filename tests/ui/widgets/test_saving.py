"""Dialogs begin in a folder of the user's own, never inside gdviz."""

from pathlib import Path

import pytest
from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog
from support import PIZZA

from gdviz.resources import is_shipped, resource
from gdviz.ui.widgets.saving import own_folder


@pytest.fixture
def documents(tmp_path, monkeypatch):
    """The user's documents."""
    folder = tmp_path / "documents"
    folder.mkdir()
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(folder))
    return folder


@pytest.fixture
def began(monkeypatch):
    """Cancel all file dialogs; return the folders or files that they began with."""
    began = []
    for name in ("getSaveFileName", "getOpenFileName", "getExistingDirectory"):
        none = "" if name == "getExistingDirectory" else ("", "")

        def cancel(_parent, _title, place="", *_, none=none):
            began.append(Path(place))
            return none

        monkeypatch.setattr(QFileDialog, name, cancel)
    return began


def test_the_folder_of_an_own_file_is_that_of_the_file(documents, tmp_path):
    path = tmp_path / "own.csv"
    path.write_text("1 2")
    assert own_folder(path) == tmp_path
    assert own_folder() == own_folder(tmp_path / "gone.csv") == documents


def test_files_of_gdviz_are_in_no_folder_of_the_user(documents):
    lesson = next(resource("assets", "lessons").glob("*.md"))
    for path in (PIZZA, lesson, lesson.parent / ".." / "icon.svg"):
        assert is_shipped(path)
        assert own_folder(path) == documents


def test_where_there_are_no_documents_it_is_the_users_folder(tmp_path, monkeypatch):
    monkeypatch.setattr(QStandardPaths, "writableLocation", lambda _: str(tmp_path / "none"))
    assert own_folder() == Path.home()


def test_every_dialog_begins_among_the_documents(documents, began, window):
    for ask in (
        window.changing.save_as, window.exporter.export_trajectory, window.opening.choose_file,
        window.teaching.choose_file, window.teaching.choose_folder,
    ):  # fmt: skip
        ask()
    assert began == [
        documents / "pizza-changed.txt", documents / "pizza-trajectory.csv",
        documents, documents, documents,
    ]  # fmt: skip


def test_who_opened_an_own_file_saves_beside_it_and_opens_from_there(window, tmp_path, began):
    path = tmp_path / "own.csv"
    path.write_text("1 2\n2 3\n")
    window.opening.open_file(path)
    window.changing.save_as()
    window.opening.choose_file()
    window.opening.open_example()
    window.opening.choose_file()
    assert began == [tmp_path / "own-changed.txt", tmp_path, tmp_path]
