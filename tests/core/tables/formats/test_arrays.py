"""NumPy's files: arrays of all shapes and types, and several in one; never an object."""

import io

import numpy as np
import pytest

from gdviz.core.tables.table import LargeTableError


def saved(*arrays, save=np.save, **named):
    file = io.BytesIO()
    save(file, *arrays, **named)
    return file.getvalue()


def lists(columns):
    return [column.tolist() for column in columns.values]


@pytest.mark.parametrize("order", ["C", "F"])
@pytest.mark.parametrize("kind", ["<f8", ">f8", "f4", "f2", "i1", ">i8", "u2", "g"])
def test_two_dimensions(content, kind, order):
    columns = content(saved(np.array([[1, 2], [3, 4], [5, 6]], kind, order=order)))
    assert (columns.names, columns.kinds) == (("", ""), ("number", "number"))
    assert lists(columns) == [[1, 3, 5], [2, 4, 6]]
    assert all(column.dtype == np.float64 for column in columns.values)


def test_one_dimension_and_what_is_no_number(content):
    (column,) = lists(content(saved(np.array([1.5, np.nan, np.inf]))))
    assert column[0] == 1.5
    assert np.isnan(column[1:]).all()
    assert lists(content(saved(np.array([True, False])))) == [[1, 0]]


def test_fields_have_names_and_types(content):
    kind = [("t", "M8[h]"), ("x", "f4"), ("who", "U3"), ("d", "m8[ms]"), ("m", "M8[M]")]
    array = np.array(
        [("1970-01-02T12", 2, "Ada", 1500, "1970-02"), ("NaT", 3, "B", 1, "1970-01")], kind
    )
    columns = content(saved(array))
    assert columns.names == ("t", "x", "who", "d", "m")
    assert columns.kinds == ("date", "number", "text", "time", "date")
    times, x, who, durations, months = columns.values
    assert (times[0], durations[0], months[0], x[1]) == (1.5, 1.5, 31, 3)
    assert np.isnan([times[1], *who]).all()


def test_texts_are_cells(content):
    for array in (
        np.array([["t", "v"], ["0.5", "1,2"]]),
        np.array([[b"t", b"v"], [b"0.5", b"1,2"]]),
    ):
        assert list(content(saved(array)).rows) == [["t", "v"], ["0.5", "1,2"]]


def test_a_row_for_each_variable_is_turned(content):
    columns = content(saved(np.array([np.arange(50), np.arange(50) ** 2])))
    assert [len(column) for column in columns.values] == [50, 50]
    assert columns.remarks[0].text == "Its 2 rows of 50 values each are read as columns."


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_arrays_of_one_length_are_columns_by_their_names(content, save):
    written = saved(
        save=save, n=np.array(3), x=np.arange(3), image=np.ones((3, 2)), y=np.arange(3) / 2
    )
    columns = content(written)
    assert (columns.names, lists(columns)) == (("x", "y"), [[0, 1, 2], [0, 0.5, 1]])
    assert columns.sheets == ("n", "x", "image", "y")
    assert [remark.offer for remark in columns.remarks] == ["Read “n”", "Read “image”"]
    assert lists(content(written, sheet="image")) == [[1, 1, 1], [1, 1, 1]]


def test_of_different_arrays_the_first_table_is_taken(content):
    columns = content(saved(save=np.savez, a=np.arange(9), b=np.array([[1, 2], [3, 4]])))
    assert (columns.found.sheet, lists(columns)) == ("b", [[1, 3], [2, 4]])


def test_an_archive_of_arrays_has_no_other(refusal):
    written = saved(save=np.savez, x=np.arange(3), y=np.arange(3))
    assert refusal(written, sheet="z").endswith("has no array “z”. There is: “x”, “y”.")


@pytest.mark.parametrize(
    ("array", "words"),
    [
        (np.array([1, "x", None], object), "holds objects of Python's"),
        (np.array([(1, None)], [("a", "f8"), ("b", "O")]), "holds objects of Python's"),
        (np.zeros((2, 2, 2)), "an array of shape (2, 2, 2), which is no table"),
        (np.array(3.0), "an array of shape ()"),
        (np.zeros((0, 2)), "an array of shape (0, 2)"),
        (np.zeros((5, 20_001), "i1"), "more than 20,000 columns"),
        (np.array([1j, 2]), "holds no numbers, but complex128"),
        (np.array(["a", "b"]), "holds no numbers, but <U1"),
    ],
)
def test_arrays_that_are_no_table(refusal, array, words):
    sentence = refusal(saved(array))
    assert words in sentence
    assert sentence.endswith(".")


@pytest.mark.parametrize("shape", ["(1000000000000,)", "(1000000, 1000000)"])
def test_an_array_that_says_it_is_huge_takes_no_memory(content, shape):
    header = f"{shape}, }}".encode().ljust(30)
    written = saved(np.arange(4.0)).replace(b"(4,), }".ljust(30), header)
    with pytest.raises(LargeTableError):
        content(written)


@pytest.mark.parametrize("shape", ["(-4,)", "(5,)", "('a',)", "4", "(4,", "(0,) * 9"])
def test_a_header_that_makes_no_sense(refusal, shape):
    written = saved(np.arange(4.0)).replace(b"(4,)", shape.encode())
    assert "damaged file of NumPy's" in refusal(written)
