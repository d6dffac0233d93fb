"""Sources: the files that a name, a folder or a pattern stands for."""

import os

import pytest

from gdviz.core.big.sources import is_several, sources_of
from gdviz.core.tables.table import DataFileError


def names(paths):
    return [path.name for path in paths]


@pytest.fixture
def folder(written, tmp_path):
    for name in ("part-10.csv", "part-2.csv", "part-1.csv", "_SUCCESS", ".part-1.csv.crc"):
        written("x,y\n1,2\n", f"parts/{name}")
    tmp_path.joinpath("parts", "inner").mkdir()
    return tmp_path / "parts"


IN_ORDER = ["part-1.csv", "part-2.csv", "part-10.csv"]


def test_a_folder_has_its_files_in_the_order_of_their_numbers(folder):
    assert names(sources_of(folder)) == IN_ORDER
    assert is_several(folder)


def test_a_pattern_has_those_that_fit(folder):
    assert names(sources_of(folder / "part-1*.csv")) == ["part-1.csv", "part-10.csv"]
    assert names(sources_of(str(folder.parent / "**" / "*.csv"))) == IN_ORDER


def test_several_names_stay_in_their_order(folder):
    asked = [folder / "part-2.csv", folder / "part-1.csv"]
    assert names(sources_of(asked)) == ["part-2.csv", "part-1.csv"]


@pytest.mark.skipif(os.name == "nt", reason="no name has a star there")
def test_a_file_with_a_star_in_its_name_is_itself(folder, written):
    written("x,y\n1,2\n", "parts/part-*.csv")
    assert not is_several(folder / "part-*.csv")
    assert names(sources_of(folder / "part-*.csv")) == ["part-*.csv"]


def test_one_file_is_itself_even_if_it_is_missing(tmp_path):
    assert not is_several(tmp_path / "gone.csv")
    assert names(sources_of(tmp_path / "gone.csv")) == ["gone.csv"]


def test_nothing_found_is_told(tmp_path):
    with pytest.raises(DataFileError, match=r"^part-x\*\.csv has no file that fits it"):
        sources_of(tmp_path / "part-x*.csv")
    with pytest.raises(DataFileError, match=f"^{tmp_path.name} has no file in it"):
        sources_of(tmp_path)


def test_mixed_kinds_are_named(folder, written):
    written("x y\n1 2\n", "parts/part-3.txt")
    with pytest.raises(DataFileError) as caught:
        sources_of(folder)
    assert str(caught.value) == (
        "part-1.csv is a .csv file, but part-3.txt is a .txt file: name files of one kind, as in "
        "*.csv."
    )


def test_packed_or_not_is_the_same_kind(folder, written):
    written(b"", "parts/part-3.csv.gz")
    assert len(sources_of(folder)) == 4
