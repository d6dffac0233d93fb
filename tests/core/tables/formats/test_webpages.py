"""Tables in web pages, whatever their files are called."""

import pandas as pd
import pytest

TABLE = "<table><tr><th>t<th>v</tr><tr><td>0.5<td>1.2</tr><tr><td>1<td>2</table>"
ROWS = [["t", "v"], ["0.5", "1.2"], ["1", "2"]]


@pytest.mark.parametrize(
    "page",
    [
        TABLE,
        f"<!DOCTYPE html><html><body>{TABLE}",
        f"\ufeff \n<HTML>{TABLE.upper().replace('>T<', '>t<').replace('>V<', '>v<')}</HTML>",
        f"<html><!-- <table><tr><td>9 <td>9 --><script>'<table><tr>'</script>{TABLE}",
        f"<html><table><tr><td>menu</td></tr></table>{TABLE}",
        f"<html><table><tr><td>{TABLE}</td></tr></table>",
        TABLE.replace("0.5", "<b>0</b>.<i>5</i>\n&nbsp;").replace("<td>", '<td title="a > b">'),
        TABLE.replace("<td>", "<td width=5\">"),
        '<?xml version="1.0"?><Workbook xmlns:ss="x"><Table><Row><Cell><Data>t</Data></Cell><Cell>'
        "<Data>v</Data></Cell></Row><Row><Cell><Data ss:Type='Number'>0.5</Data></Cell><Cell>"
        "<Data>1.2</Data></Cell></Row><Row><Cell><Data>1</Data></Cell><Cell ss:Index='2'>"
        "<Data>2</Data></Cell></Row></Table></Workbook>",
    ],
)  # fmt: skip
def test_tables(rows, page):
    assert rows(page) == (None, ROWS)


def test_what_pandas_writes(rows):
    frame = pd.DataFrame({"a < b": [1.5, 2], "c": ["x & y", "z"]})
    assert rows(f"<html>{frame.to_html(index=False)}") == (
        None,
        [["a < b", "c"], ["1.5", "x & y"], ["2.0", "z"]],
    )


def test_a_wide_cell_moves_the_others(rows):
    page = "<table><tr><td colspan=2>a<td>b<tr><td>1<td>2<td>3<tr><td>4<td>5<td>6</table>"
    assert rows(page)[1] == [["a", "", "b"], ["1", "2", "3"], ["4", "5", "6"]]


def test_others_are_offered(content):
    page = f"<html>{TABLE}<table><tr><td>only words</table>{TABLE.replace('0.5', '7')}"
    first = content(page)
    assert (first.found.sheet, first.sheets) == ("table 1", ("table 1", "table 2"))
    (remark,) = first.remarks
    assert remark.offer == "Read “table 2”"
    second = content(page, sheet=remark.choices.sheet)
    assert (second.rows[1], second.remarks) == (["7", "1.2"], ())


@pytest.mark.parametrize(
    "page",
    [
        "<!DOCTYPE html><html><head><title>404</title></head><h1>Not Found</h1>",
        "<html><table><tr><td>a<td>b<tr><td>c<td>d</table>",
        "<html><table><tr><td>1<td>2</table>",
        "<html>" + "<table>" * 9999,
        "<html><script><table><tr><td>1<tr><td>2</table>",
    ],
)
def test_pages_without_a_table(refusal, page):
    assert refusal(page).startswith("table is a web page (HTML) without a table of numbers.")


def test_other_xml(refusal):
    assert refusal('<?xml version="1.0"?><gpx/>').startswith("table is XML without a table of num")
