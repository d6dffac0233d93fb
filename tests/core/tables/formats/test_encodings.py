"""Which letters the bytes of a text mean; what is guessed is told, and can be chosen."""

import tracemalloc

import pytest

from gdviz.core.tables.choices import Choices

TEXT = "Größe;Preis in €\n1,5;2\n"
NOT_UTF8 = "Its letters are not UTF-8, and are read as "


def read(content, written, **choices):
    found = content(written, **choices)
    return found.file.read(), found.found.encoding, found.remarks


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"]
)
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_what_marks_and_letters_tell(content, encoding, end):
    written = TEXT.replace("\n", end).encode(encoding)
    assert read(content, written) == (TEXT, encoding.removesuffix("-sig"), ())


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (TEXT, "cp1252"),
        ("température;débit\n1;2\n", "cp1252"),
        ("Temp (°C);µm;x²;±\n", "cp1252"),
        ("気温,売上個数\n18.5,103\n", "cp932"),
        ("気温\n18.5\n", "cp932"),
        ("Время;Скорость\n1;2\n", "cp1251"),
        ("온도,판매량\n18.5,103\n", "cp949"),
        ("溫度,銷量\n18.5,103\n時間,速度\n", "big5"),
        ("身高,体重\n1,2\n", "gb18030"),
    ],
)
def test_what_is_no_utf_8_is_guessed_and_another_offered(content, text, encoding):
    found, name, (remark,) = read(content, text.encode(encoding))
    assert (found, name) == (text, encoding)
    assert remark.text.startswith(NOT_UTF8)
    assert encoding in remark.text
    other = remark.choices.encoding
    assert remark.offer.startswith("Read as ")
    assert other != encoding
    assert read(content, text.encode(encoding), encoding=other)[1:] == (other, ())


@pytest.mark.parametrize("name", ["cp1250", "latin2", "Shift_JIS", "utf-16-le", "UTF-8", "utf-8"])
def test_a_choice_binds(content, name):
    text = "a,b\n1,2\n"
    assert read(content, text.encode(name), encoding=name) == (text, name, ())


def test_a_mark_is_no_letter_whoever_chose_utf_8(content):
    assert read(content, "\ufeffa b\n".encode(), encoding="utf-8")[0] == "a b\n"


@pytest.mark.parametrize(
    "name", ["klingon", "rot13", "base64", "idna", "undefined", "utf-16", "a\0b", ""]
)
def test_what_is_no_encoding(content, refusal, name):
    if name:
        assert f"table can't be read as “{name}”".replace("\0", "\\x00") in refusal(
            "a,b\n", encoding=name
        )
    else:
        assert read(content, "a,b\n", encoding=name)[1] == "utf-8"


def test_one_wrong_byte_far_down_changes_no_other_letter(content):
    text = "Größe,b\n" + "1,2\n" * 500_000
    found, name, (remark,) = read(content, text.encode() + b"\xff\n", largest=9_000_000)
    assert (found, name) == (f"{text}\N{REPLACEMENT CHARACTER}\n", "utf-8")
    assert remark.choices == Choices(encoding="cp1252")


def test_letters_far_down_take_no_second_copy(content):
    text = b"1,2\n" * 1_000_000 + "Größe\n".encode("cp1252")
    tracemalloc.start()
    try:
        found = content(text)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 4_000_000
    assert found.found.encoding == "cp1252"
    assert found.file.read().endswith("Größe\n")


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (b"0,1\n" + bytes(40) + b"\n2,3\n", "0,1\n\n2,3\n"),
        (bytes(70_000) + b"0,1\n", "0,1\n"),
        (b"0,1\n2" + bytes(200_000), "0,1\n2"),
        (b"G\xf6\0,1\n", "Gö,1\n"),
    ],
)
def test_zero_bytes_are_passed_over_and_counted(content, written, text):
    found, _, remarks = read(content, written)
    assert found == text
    assert f"{written.count(0):,} zero bytes were passed over." in [
        remark.text for remark in remarks
    ]


def test_the_end_that_dos_wrote_is_none(content):
    assert read(content, b"1 2\r\n3 4\r\n\x1a") == ("1 2\n3 4\n", "utf-8", ())


def test_a_text_is_a_stream_that_goes_back_and_closes(content):
    found = content(b"a,b\r\n" + b"1,2\r\n" * 100_000)
    assert found.file.seekable()
    assert found.size == 500_005
    assert found.position() <= found.size
    found.file.readline()
    mark = found.file.tell()
    assert found.file.readline() == "1,2\n"
    found.file.seek(mark)
    assert len(found.file.read()) == 400_000
    assert found.position() == found.size
    found.file.close()
    assert found.position() == found.size


@pytest.mark.parametrize(
    "written",
    [
        bytes(100),
        b"\xff\xfe1\0 \0002",
        b"a\x01b\n",
        b"\x1b[2J",
        bytes(range(256)) * 20,
        b"\0\0\xfe\xff\xff",
    ],
)
def test_what_is_no_text(refusal, written):
    assert refusal(written).startswith("table is not a text file. Save the table as CSV or plain")
