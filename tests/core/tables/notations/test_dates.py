"""Dates and times of a column."""

import time
from datetime import UTC, date, datetime, timedelta, timezone

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from gdviz.core.tables.choices import Choices
from gdviz.core.tables.notations.dates import DateEvidence

EPOCH = datetime(1970, 1, 1)
SECOND = 1 / 86_400


def notation_of(*cells, dates=None, comma=False, name="x"):
    evidence = DateEvidence()
    evidence.add(cells)
    return evidence.notation(Choices(dates=dates), comma, name)


def values_of(*cells, **options):
    notation, _ = notation_of(*cells, **options)
    return notation.values(cells).tolist()


def days(*parts):
    return (datetime(*parts) - EPOCH) / timedelta(days=1)


THIRD = days(2024, 2, 3)


@pytest.mark.parametrize(
    "cell",
    [
        "2024-02-03", "2024-2-3", "2024/02/03", "2024.02.03", "2024. 2. 3.", "2024年2月3日",
        "3.2.2024", "03.02.24", "3. 2. 2024", "3. Februar 2024", "3.Feb.2024", "03-Feb-24",
        "3 Feb 2024", "3rd February 2024", "February 3, 2024", "Feb. 3, 2024", "FEB 3 2024",
        "2024-Feb-03", "03FEB2024", "3 février 2024", "3 de febrero de 2024", "3 febbraio 2024",
        "3 de fevereiro de 2024", "Saturday, 3 February 2024", "Sat 2024-02-03", "Sa, 3.2.2024",
        "sam. 3 févr., 2024", "Saturday, February 3, 2024", " 2024-02-03 ",
        "20240203T000000Z", "2024-02-03T00:00Z", "2024-02-03 00:00:00.000",
    ],
)  # fmt: skip
def test_a_day_is_read_however_it_is_written(cell):
    assert values_of(cell) == [THIRD]


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("2019-11", 11), ("11/2019", 11), ("Nov 2019", 11), ("November-2019", 11), ("2019 Nov", 11),
        ("Nov-19", 11), ("2019Q4", 10), ("Q4 2019", 10), ("2019-Q4", 10), ("mars 2019", 3),
        ("März 2019", 3), ("Mrz. 2019", 3), ("ago 2019", 8), ("août 2019", 8), ("dic-2019", 12),
    ],
)  # fmt: skip
def test_a_month_is_its_first_day(cell, month):
    assert values_of(cell) == [days(2019, month, 1)]


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2024-06-12T09:54", (9, 54)), ("2024-06-12 09:54:17", (9, 54, 17)),
        ("2024-06-12 09:54:17,5", (9, 54, 17, 500_000)), ("2024-06-12T09:54:17Z", (9, 54, 17)),
        ("2024-06-12T09:54:17.123456+02:00", (7, 54, 17, 123_456)),
        ("2024-06-12 09:54:17 -0130", (11, 24, 17)), ("6/12/2024 9:54 PM", (21, 54)),
        ("12.06.2024 09:54", (9, 54)), ("12-Jun-2024 12:05 a.m.", (0, 5)),
        ("12/Jun/2024:09:54:17 +0000", (9, 54, 17)), ("Wed Jun 12 09:54:17 2024", (9, 54, 17)),
        ("Wed, 12 Jun 2024 09:54:17 GMT", (9, 54, 17)), ("09:54 12.06.2024", (9, 54)),
        ("June 12, 2024, 9:54 pm", (21, 54)), ("20240612 095417", (9, 54, 17)),
    ],
)  # fmt: skip
def test_a_time_is_a_part_of_its_day(cell, moment):
    assert values_of(cell) == pytest.approx([days(2024, 6, 12, *moment)], abs=SECOND / 1e6)


@pytest.mark.parametrize(
    ("cell", "seconds"),
    [
        ("10:00:30", 36_030), ("10:00:30.5", 36_030.5), ("10:00:30,25", 36_030.25),
        ("9:05", 32_700), ("9:05 pm", 75_900), ("12:30 AM", 1800), ("9 AM", 32_400),
        ("26:00:00", 93_600), ("100:30", 361_800), ("1 days 00:00:10.500000", 86_410.5),
        ("0 days 01:00:00", 3600), ("10h30", 37_800), ("-0:10:00", -600),
        ("1:23.4", 83.4), ("24:00", 86_400),
    ],
)  # fmt: skip
def test_a_time_without_a_date_is_its_seconds(cell, seconds):
    notation, _ = notation_of(cell)
    assert notation.kind == "time"
    assert notation.values([cell]).tolist() == [seconds]


def test_minutes_and_seconds_are_told_by_what_stands_beside_them():
    notation, remark = notation_of("58:30", "1:02:03")
    assert notation.values(["58:30", "1:02:03"]).tolist() == [3510, 3723]
    assert "minutes and seconds" in remark.text


@pytest.mark.parametrize(
    "cell",
    [
        "7", "10", "2024", "12.5", "-3", "1,200", "1.234.567",
        "2024-13-01", "2024-02-30", "31.04.2024",
        "25:61", "10:60:00", "13:00 pm", "abc", "5 kg 2024", "192.168.1.1",
        "10:00-11:00", "Feb", "1/2",
        "2024-02-03 25:00", "12-3456", "0000-01-01", "2024-02-03 10", "May be 2024",
        "٢٠٢٤-٠٢-٠٣", "",
    ],
)  # fmt: skip
def test_what_is_no_date(cell):
    assert notation_of(cell) == (None, None)


class TestOrder:
    def test_one_day_above_12_decides_for_the_column(self):
        cells = "03/02/2024", "05/02/2024", "16/02/2024"
        notation, remark = notation_of(*cells)
        assert (notation.reading, remark) == ("dmy", None)
        assert notation.values(cells).tolist() == [THIRD, THIRD + 2, THIRD + 13]
        assert notation_of("02/03/2024", "02/16/2024")[0].reading == "mdy"

    def test_however_late_it_comes(self):
        evidence = DateEvidence()
        evidence.add(["03/02/2024"] * 5000)
        assert evidence.notation(Choices(), False)[0].reading == "mdy"
        evidence.add(["16/02/2024"])
        assert evidence.notation(Choices(), False)[0].reading == "dmy"

    @pytest.mark.parametrize(("comma", "order", "other"), [(0, "mdy", "dmy"), (1, "dmy", "mdy")])
    def test_where_nothing_decides_the_other_is_offered(self, comma, order, other):
        cells = "01/01/2024", "02/03/2024", "11/12/2025"
        notation, remark = notation_of(*cells, comma=bool(comma))
        assert notation.reading == order
        assert "“02/03/2024”" in remark.text
        assert "day" in remark.text
        assert "month" in remark.text
        assert remark.choices == Choices(dates=other)
        notation, remark = notation_of(*cells, dates=other, comma=bool(comma))
        assert (notation.reading, remark) == (other, None)

    def test_it_is_no_question_where_both_say_the_same(self):
        assert notation_of("01/01/2024", "02/02/2024")[1] is None

    def test_points_mean_the_day_comes_first_and_a_choice_the_other(self):
        notation, remark = notation_of("03.02.2024")
        assert (notation.reading, remark) == ("dmy", None)
        assert values_of("02.03.2024", dates="mdy") == [THIRD]

    def test_two_digits_of_a_year(self):
        assert values_of("02/03/24", "12/31/68", "1/1/69") == [
            THIRD, days(2068, 12, 31), days(1969, 1, 1),
        ]  # fmt: skip
        assert values_of("99-12-31", "99-02-03") == [days(1999, 12, 31), days(1999, 2, 3)]
        assert values_of("24-02-03", dates="ymd") == [THIRD]

    def test_a_choice_that_a_column_contradicts_is_not_its(self):
        assert values_of("2024-02-03", dates="dmy") == [THIRD]

    def test_a_month_with_two_digits_is_said(self):
        assert "month" in notation_of("Feb 24", "Mar 24")[1].text


class TestNumbers:
    @pytest.mark.parametrize(
        ("cells", "name", "first"),
        [
            (("20240130", "20240131"), "x", (2024, 1, 30)),
            (("20240130101500",), "x", (2024, 1, 30, 10, 15)),
            (("1700000000", "1600000000"), "timestamp", (2023, 11, 14, 22, 13, 20)),
            (("1700000000.5", "1700000001.0"), "Unix", (2023, 11, 14, 22, 13, 20, 500_000)),
            (("1700000000000", "1600000000000"), "Date", (2023, 11, 14, 22, 13, 20)),
            (("1600000000", "1700000000"), "column 1", (2020, 9, 13, 12, 26, 40)),
        ],
    )
    def test_those_of_the_size_of_dates_are_some_and_it_is_said(self, cells, name, first):
        notation, remark = notation_of(*cells, name=name)
        assert notation.values(cells)[0] == pytest.approx(days(*first), abs=SECOND / 1e6)
        assert "date" in remark.text
        assert remark.choices == Choices(dates="none")
        assert notation_of(*cells, name=name, dates="none") == (None, None)

    def test_if_they_only_rise_they_could_be_some(self):
        cells = "1262645000", "1337705000", "1411100000"
        notation, remark = notation_of(*cells, name="population of China")
        assert notation is None
        assert remark.choices == Choices(dates="s")
        assert notation_of(*cells, name="population", dates="s")[0].kind == "date"

    @pytest.mark.parametrize(
        ("cells", "name"),
        [
            (("20240130", "20249999"), "date"), (("1700000000", "1600000000", "1610000000"), "x"),
            (("9700000000",), "time"), (("1500", "1600000000"), "time"), (("10000101",), "id"),
        ],
    )  # fmt: skip
    def test_others_are_numbers(self, cells, name):
        assert notation_of(*cells, name=name) == (None, None)


def test_missing_values_and_a_few_words_are_no_hindrance():
    cells = ["2024-02-03", "", "NA", "n/a", "-", "?", "2024-02-04", "total"]
    assert np.array_equal(
        values_of(*cells), [THIRD] + 5 * [np.nan] + [THIRD + 1, np.nan], equal_nan=True
    )


@pytest.mark.parametrize(
    ("cell", "problem"),
    [
        ("", "the value is missing"), ("n/a", "the value is missing"),
        ("2024-02-30", "there is no date “2024-02-30”"), ("abc", "“abc” is not a date"),
    ],
)  # fmt: skip
def test_a_problem_is_named(cell, problem):
    assert notation_of("2024-02-03")[0].problem(cell) == problem


FORMATS = (
    "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%S", "%d.%m.%Y %H:%M", "%d %b %Y %H:%M:%S",
    "%B %d, %Y %I:%M:%S %p", "%d-%b-%y", "%a %b %d %H:%M:%S %Y", "%A, %d %B %Y", "%Y%m%d %H:%M",
    "%Y/%m/%d", "%Y-%m", "%b %Y", "%d/%b/%Y:%H:%M:%S",
)  # fmt: skip


@given(
    st.sampled_from(FORMATS),
    st.datetimes(datetime(1969, 1, 1), datetime(2068, 12, 31, 23, 59, 59)),
)
@example("%d.%m.%Y %H:%M", datetime(2000, 2, 29))
def test_what_python_writes_python_and_this_read_alike(form, moment):
    cell = moment.strftime(form)
    wanted = (datetime.strptime(cell, form) - EPOCH) / timedelta(days=1)
    assert values_of(cell) == pytest.approx([wanted], rel=1e-15, abs=SECOND / 1e6)


@given(st.datetimes(datetime(1, 1, 2), datetime(9999, 12, 30)), st.integers(-14 * 60, 14 * 60))
def test_offsets_are_taken_off(moment, minutes):
    zoned = moment.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    wanted = (zoned - EPOCH.replace(tzinfo=UTC)) / timedelta(days=1)
    assert values_of(zoned.isoformat()) == pytest.approx([wanted], rel=1e-14, abs=SECOND / 1e6)


@given(
    st.lists(st.dates(date(1969, 1, 1), date(2068, 12, 31)), min_size=1),
    st.sampled_from(["%d/%m/%Y", "%m/%d/%Y", "%d/%m/%y", "%m-%d-%Y"]),
)
def test_a_column_is_read_right_or_it_is_asked(dates, form):
    cells = [day.strftime(form) for day in dates]
    wanted = [(day - EPOCH.date()).days for day in dates]
    notation, remark = notation_of(*cells)
    if notation.values(cells).tolist() != wanted:
        notation, _ = notation_of(*cells, dates=remark.choices.dates)
        assert form.endswith("y") or notation.values(cells).tolist() == wanted


@given(st.text(max_size=80))
def test_any_text_is_looked_at(cell):
    notation, _ = notation_of(cell)
    if notation is not None:
        assert len(notation.values([cell])) == 1


@pytest.mark.parametrize(
    "cell", ["0" * 60, "1 " * 30, "- " * 29 + "1", "1" + " " * 58, "1.1" * 20, "1 feb" + " " * 54]
)
def test_no_cell_takes_long(cell):
    start = time.process_time()
    for number in range(100):
        notation_of(f"{cell[:-1]}{chr(0x100 + number)}")
    assert time.process_time() - start < 0.2


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (["2024-02-03"], "ymd"), (["16/02/2024"], "dmy"), (["02/16/2024"], "mdy"),
        (["20240203"], "ymd"), (["10:00"], None),
    ],
)  # fmt: skip
def test_what_was_found_leads_there_again(cells, found):
    notation, _ = notation_of(*cells)
    assert notation.found == Choices(dates=found)
    assert notation_of(*cells, dates=found) == (notation, None)
