"""Columns are chosen, and what can't be used is told, in sentences that help."""

import dataclasses

import numpy as np
import pytest

from gdviz.core.tables.faults import LeftOut
from gdviz.core.tables.table import DataFileError, summary


def rows(table):
    return [[None if np.isnan(value) else value for value in row] for row in table.values]


# Columns


SHOES = """\
brand,size,note,"price, €",stock
Nike,42,,80,
Puma,abc,new,90,7
,44,,,8
Reebok,45,,95,9
"""


def test_the_first_two_columns_of_numbers_are_taken(table):
    read = table(SHOES)
    assert read.names == ("brand", "size", "note", "price, €", "stock")
    assert read.numeric == (1, 3, 4)
    dataset, bad = read.dataset()
    assert (dataset.x_name, dataset.y_name, dataset.source) == ("size", "price, €", "pizza.csv")
    assert (dataset.x.tolist(), dataset.y.tolist()) == ([42, 45], [80, 95])
    assert [str(cell) for cell in bad.first] == [
        "line 3, column 2 (size): “abc” is not a number",
        "line 4, column 4 (price, €): the value is missing",
    ]


@pytest.mark.parametrize(
    ("x", "y", "names"),
    [
        ("stock", None, ("stock", "price, €")),
        (None, "stock", ("size", "stock")),
        (None, "size", ("price, €", "size")),
        ("STOCK", "Price, €", ("stock", "price, €")),
        (5, 2, ("stock", "size")),
        ("5", "2", ("stock", "size")),
        ("size", "size", ("size", "size")),
    ],
)
def test_columns_are_chosen_by_name_or_number(table, x, y, names):
    dataset, _ = table(SHOES).dataset(x, y)
    assert (dataset.x_name, dataset.y_name) == names


def test_an_exact_name_comes_before_one_in_other_letters(table):
    read = table("b a A\n1 2 3\n")
    assert (read.column("A"), read.column("a"), read.column("B")) == (2, 1, 0)


def test_a_name_comes_before_a_number(table):
    # A header line has no numbers, so no file gives such a name.
    read = dataclasses.replace(table("a b\n1 2\n"), names=("2", "b"))
    assert (read.column("2"), read.column(2), read.column("1")) == (0, 1, 0)


@pytest.mark.parametrize("which", ["colour", 0, 6, "0", "6", "-1", "²", "", "1.0"])
def test_a_column_that_isnt_there(table, which):
    with pytest.raises(DataFileError) as caught:
        table(SHOES).column(which)
    assert str(caught.value) == (
        f"pizza.csv has no column “{which}”. Its columns are: "
        "1 “brand”, 2 “size”, 3 “note”, 4 “price, €”, 5 “stock”."
    )
    assert (caught.value.line, caught.value.column, caught.value.text) == (None, None, None)


def test_of_many_columns_the_first_are_listed(table):
    with pytest.raises(DataFileError) as caught:
        table(f"{'1 ' * 5_000}\n").column("brand")
    assert str(caught.value).startswith("pizza.csv has no column “brand”. Its columns are: 1 “")
    assert str(caught.value).endswith("19 “column 19”, 20 “column 20”, and 4,980 more.")


@pytest.mark.parametrize(
    ("which", "where", "cell"),
    [
        ("brand", (2, 1, "Nike"), "line 2, column 1 (brand): “Nike” is not a number"),
        (3, (3, 3, "new"), "line 3, column 3 (note): “new” is not a number"),
    ],
)
def test_a_column_of_text_cant_be_chosen(table, which, where, cell):
    with pytest.raises(DataFileError) as caught:
        table(SHOES).dataset(y=which)
    error = caught.value
    assert (error.line, error.column, error.text) == where
    assert str(error) == (
        f"pizza.csv, {cell}. Its columns of numbers are: 2 “size”, 4 “price, €”, 5 “stock”."
    )


@pytest.mark.parametrize(
    ("cells", "numeric"),
    [
        ("1 2 3 4", True),
        ("1 2 a b", True),
        ("1 a b c", False),
        ("a b c d", False),
        ("1 - - -", True),
        ("- - - -", False),
        ("1 NA NA nan", True),
        ("NA NA NA NA", False),
    ],
)
def test_numbers_in_at_least_half_of_what_stands_there(table, cells, numeric):
    lines = [f"1,2,{cell if cell != '-' else ''}" for cell in cells.split()]
    read = table("a,b,c\n" + "\n".join(lines))
    assert read.numeric == ((0, 1, 2) if numeric else (0, 1))
    assert bool(read.faults.first(read.numeric)) == (numeric and cells != "1 2 3 4")


def test_made_up_names_count_columns(table):
    assert table("1 2 3\n4 5 6\n").names == ("column 1", "column 2", "column 3")


def test_no_row_with_both_numbers(table):
    read = table("a,b,c\n1,,1\n,2,2\n")
    assert read.dataset("a", "c")[0].x.tolist() == [1]
    with pytest.raises(DataFileError) as caught:
        read.dataset()
    assert (caught.value.line, caught.value.column, caught.value.text) == (2, 2, "")
    assert str(caught.value) == (
        "pizza.csv has no row with a number in both “a” and “b”: "
        "line 2, column 2 (b): the value is missing."
    )


def test_what_a_dataset_refuses_is_the_files_error(table):
    read = table("a b\n1e200 2\n")
    with pytest.raises(DataFileError, match=r"^pizza\.csv: “a” reaches 1e\+200"):
        read.dataset()


def test_a_single_row(table):
    dataset, bad = table("13 33").dataset()
    assert (dataset.x.tolist(), dataset.y.tolist(), bad) == ([13], [33], LeftOut())


# The notice


@pytest.fixture
def said(table):
    """Return what is said of a table with so many missing values, two in each row."""

    def said(count):
        whole, half = divmod(count, 2)
        return summary(
            table("a,b,c\n" + ",,1\n" * whole + "1,,1\n" * half + "1,1,1\n" * 5000).dataset()[1]
        )

    return said


def test_the_notice_lists_all_of_a_few(said):
    assert said(3) == (
        "2 rows were left out:\n"
        "line 2, column 1 (a): the value is missing\n"
        "line 2, column 2 (b): the value is missing\n"
        "line 3, column 2 (b): the value is missing"
    )
    assert said(2).startswith("1 row was left out:\n")
    assert summary(LeftOut()) == "0 rows were left out."


def test_the_notice_lists_the_first_of_many(said):
    lines = said(3_001).split("\n")
    assert lines[0] == "1,501 rows were left out:"
    assert lines[20] == "line 11, column 2 (b): the value is missing"
    assert lines[21:] == ["… and 2,981 more, 3,001 in all"]
    assert said(20).count("\n") == 20


def test_a_column_taken_twice_counts_once(table):
    _, left_out = table("a,b\n1,x\n2,3\n1,2,3\n").dataset("b", "b")
    assert (left_out.rows, left_out.cells, len(left_out.first)) == (2, 2, 2)


def test_of_ten_thousand_columns_a_message_names_some(table):
    read = table(",".join(f"c{n}" for n in range(10_000)) + "\n" + ",".join(["1"] * 10_000))
    with pytest.raises(DataFileError, match=r"20 “c19”, and 9,980 more\.$"):
        read.column("price")


# Dates


@pytest.mark.parametrize(
    ("kind", "values", "x", "counts"),
    [
        ("date", [19_724.5, 19_723.5, 19_730.5], [0, -1, 6], "days since 2024-01-02 12:00"),
        ("time", [36_000, 36_005, 36_060], [0, 5, 60], "seconds since 10:00:00"),
    ],
)
def test_dates_count_from_the_first_row_that_is_used(table, kind, values, x, counts):
    read = table("day,level\n0,\n1,5\n2,6\n3,7\n")
    columns = read.values.copy()
    columns[1:, 0] = values
    dated = dataclasses.replace(read, values=columns, kinds=(kind, "number"))
    data, bad = dated.dataset()
    assert (data.x.tolist(), data.x_counts, bad.rows) == (x, f"day in {counts}", 1)
    assert dated.dataset("level", "day")[0].calendar is None
