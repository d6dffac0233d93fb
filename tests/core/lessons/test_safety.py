"""A teacher's file isn't trusted: it opens and runs nothing, and takes little time and room."""

import bz2
import gzip
import lzma
import sys
import time
import zipfile
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest
from chapters import LEAST, WHOLE, refused, with_fields

from gdviz.core.files import FileError
from gdviz.core.lessons.beside import beside
from gdviz.core.lessons.conditions import Condition, ConditionError
from gdviz.core.lessons.fields import EITHER, FIELDS, TEXT
from gdviz.core.lessons.reading import MOST_CHAPTERS, parse_chapter, read_lesson
from gdviz.core.lessons.sayings import Saying
from gdviz.core.lessons.source import LessonError
from gdviz.core.lessons.tables import MOST_BYTES, MOST_ROWS, MOST_UNPACKED, bounded_table
from gdviz.core.tables.reading import read_table
from gdviz.core.tables.table import DataFileError

SLOWEST_S = 1.0


# It opens nothing, and runs nothing


class Watch:
    """What Python was asked to open, to connect to, or to run, while it is on."""

    def __init__(self):
        self.on, self.seen = False, []

    def __call__(self, event, args):
        kinds = ("open", "socket.", "exec", "subprocess.", "os.", "urllib.", "ctypes.", "shutil.")
        if self.on and event.startswith(kinds):
            self.seen.append((event, args))


@pytest.fixture(scope="module")
def watch():
    watch = Watch()
    sys.addaudithook(watch)  # it can't be taken away again
    yield watch
    watch.on = False


def test_the_watch_sees_what_is_opened_and_run(watch, tmp_path):
    watch.seen, watch.on = [], True
    (tmp_path / "a").write_text("1")
    exec("1")
    watch.on = False
    assert {event for event, _ in watch.seen} == {"open", "exec"}


WANTED = (
    "/etc/passwd", "../secret.csv", "\\\\host\\share\\a.csv", "//host/share/a.csv", "C:\\a.csv",
    "file:///etc/passwd", "https://127.0.0.1:1/a.csv", "data:text/csv,a", "javascript:alert(1)",
    "<img src='/dev/zero'>", "![a](/dev/zero)", "__import__('os').system('true')",
)  # fmt: skip


@pytest.mark.parametrize("wanted", WANTED)
def test_no_text_of_a_chapter_opens_or_runs_anything(wanted, watch, tmp_path):
    text = wanted.replace("\\", "\\\\")
    told = [
        (section, name) for section, fields in FIELDS.items()
        for name, (kind, _) in fields.items() if kind in (TEXT, EITHER)
    ]  # fmt: skip
    chapters = [WHOLE.replace("Some", wanted).replace("More", wanted)]
    for section, name in told:
        header = {"": "", "kept": "[setup.kept]"}.get(section, f"[{section}]")
        chapters.append(with_fields(f'{header}\n{name} = "{text}"'))
    watch.seen, watch.on = [], True
    for chapter in chapters:
        with suppress(LessonError):
            parse_chapter(chapter, "mine.md", tmp_path)
    watch.on = False
    assert watch.seen == []


OUTSIDE = (
    "/etc/passwd", "..", "../secret.csv", "a/../../secret.csv", "a\\..\\..\\secret.csv",
    "\\\\host\\share\\a.csv", "//host/share/a.csv", "\\\\?\\C:\\a.csv", "\\\\.\\pipe\\a", "C:a.csv",
    "C:\\a.csv", "\\a.csv", "c:/a.csv",
)  # fmt: skip


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leads_out_of_the_folder_is_refused_on_every_system(name, tmp_path):
    with pytest.raises(FileError, match="lies outside the lesson's folder"):
        beside(name, tmp_path)


@pytest.mark.parametrize(
    "name", ["a.csv", "b/c d.csv", "..a.csv", "b/../a.csv", "ä.csv", "./a.csv"]
)
def test_other_names_are_looked_for_beside_the_chapter(name, tmp_path):
    assert beside(name, tmp_path).is_relative_to(tmp_path)


def test_a_chapter_of_a_folder_is_no_link_out_of_it(tmp_path):
    (tmp_path / "secret.md").write_text(LEAST)
    folder = tmp_path / "lesson"
    folder.mkdir()
    (folder / "01.md").symlink_to("../secret.md")
    with pytest.raises(LessonError, match=r"01\.md lies outside the lesson's folder"):
        read_lesson(folder)
    # Who opens it by itself means that very file.
    assert read_lesson(folder / "01.md").chapters


CODE = (
    "__import__('os').system('true')", "loss.__class__", "loss()", "(lambda: 1)()", "loss[0]",
    "[loss for loss in (1,)]", "loss if loss else 1", "f'{loss}'", "abs.__self__", "print(loss)",
    "(loss := 1)", "9 ** 9 ** 9", "1 << 999", "'a' * 999", "eval", "globals()", "loss or 1",
)  # fmt: skip


@pytest.mark.parametrize("code", CODE)
def test_no_condition_and_no_number_is_run_as_python(code):
    for text in (code, f"{code} > 0", f"loss > 0 or {code}"):
        with pytest.raises(ConditionError):
            Condition(text)
    for text in (f"{{{code}}}", f"{{loss + {code}}}", f"{{{code}:3}}"):
        with pytest.raises(ConditionError):
            Saying(text)


# It takes little time


SLOW = {
    "dots": "a." * 990 + "a = 1\n" + ("b." * 990 + "b = 1\n") * 8,
    "brackets": "a = " + "[" * 990 + "]" * 990,
    "tables": "[a.b.c]\n[a.b.d]\n" * 500,
    "fields": "".join(f"a{place} = 1\n" for place in range(2_000)),
    "sections": "[[question]]\n" * 1_500,
    "one text": 'praise = """' + "a\n" * 9_000 + '"""',
    "quotes": 'praise = "' + '\\"' * 900 + '"',
    "conditions": "[hints]\n" + "".join(
        f'"{"(" * 90}loss > {place}{")" * 90}" = "a"\n' for place in range(24)
    ),
    "numbers": "[hints]\n" + "".join(f'"loss > {i}" = "{"{loss}" * 130}"\n' for i in range(22)),
    "long number": "[setup]\nseed = " + "9" * 1_900,
    "names": "hide = [\n" + '"play",\n' * 2_000 + "]",
    "a name nearly right": 'hide = ["' + "loss_curv" * 100 + '"]',
}  # fmt: skip


@pytest.mark.parametrize("name", SLOW)
def test_it_is_read_or_refused_in_no_time(name):
    text = with_fields(SLOW[name])
    began = time.thread_time()
    with suppress(LessonError):
        parse_chapter(text, "mine.md")
    assert time.thread_time() - began < SLOWEST_S


# It takes little room


QUESTION = '[[question]]\ntext = "?"\nanswer = 1\n'


@pytest.mark.parametrize(
    ("fields", "hint"),
    [
        ("[setup]\niterations = 1_000_001", "iterations must be from 1 to 1,000,000"),
        ("[reveal]\niterations = 1_000_001", "1,000,000"),
        ("[setup.kept]\niterations = 1_000_001", "1,000,000"),
        ("[[prediction]]\ntext = '?'\nreveal.iterations = 1_000_001", "1,000,000"),
        ("[[setup.kept]]\nseed = 1\n" * 6, "at most 5"),
        (QUESTION * 13, "at most 12"),
        (QUESTION.replace("question", "prediction") * 13, "at most 12"),
        ("[[challenge]]\ntext = '!'\ndone = 'ended'\n" * 13, "at most 12"),
        (f"[question]\ntext = '?'\nanswer = 'a'\nanswers = {list('abcdefghijklm')}", "at most 12"),
        ("[hints]\n" + "".join(f'"loss > {i}" = "a"\n' for i in range(25)), "at most 24"),
        ("[hints]\n" + f'"{"1 + " * 80}loss > 1" = "a"', "longer than 300"),
        (f"praise = '{{{'1 + ' * 80}loss}}'", "longer than 300"),
        (f"praise = '{'x' * 1_001}'", "at most 1,000 letters"),
        (f"praise = '''{'x ' * 9_000}\n'''", "at most 2,000 letters"),
        ("# a comment that goes on and on\n" * 700, "at most 20,000 letters"),
    ],
)
def test_there_is_an_end_to_everything(fields, hint):
    assert hint in refused(with_fields(fields))


def test_a_lesson_has_an_end(tmp_path):
    for place in range(MOST_CHAPTERS + 1):
        (tmp_path / f"{place:03}.md").write_text(LEAST)
    with pytest.raises(LessonError, match="at most 200 chapters"):
        read_lesson(tmp_path)
    for place in range(20):
        (tmp_path / f"{place:03}.md").write_text(LEAST + "A word. \n\n" * 6_000)
    (tmp_path / "200.md").unlink()
    with pytest.raises(LessonError, match="at most 1,000,000 letters"):
        read_lesson(tmp_path)


ROW, FEW = b"1.5,2.5\n", b"x,y\n1,2\n2,3\n3,5\n"
MANY = b"x,y\n" + ROW * (MOST_UNPACKED // len(ROW) + 1)


def zipped(path, content, name="a.csv"):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)


@pytest.mark.parametrize(
    ("name", "write", "hint"),
    [
        ("a.csv", lambda path: path.write_bytes(FEW + b"#" * MOST_BYTES), "2 MB do"),
        ("a.csv.gz", lambda path: path.write_bytes(gzip.compress(MANY)), "more than 5 MB"),
        ("a.csv.bz2", lambda path: path.write_bytes(bz2.compress(MANY)), "more than 5 MB"),
        ("a.csv.xz", lambda path: path.write_bytes(lzma.compress(MANY)), "more than 5 MB"),
        ("a.zip", lambda path: zipped(path, MANY), "more than 5 MB"),
        ("a.xlsx", lambda path: zipped(path, MANY, "xl/workbook.xml"), "more than 5 MB"),
        ("a.npz", lambda path: np.savez_compressed(path, np.zeros((400_000, 2))), "more than 5 MB"),
        ("a.csv", lambda path: path.write_bytes(b"1 2\n" * (MOST_ROWS + 1)), "100,001 rows"),
        ("none.csv", Path, "doesn't exist"),
    ],
)
def test_a_table_of_a_lesson_is_small_packed_or_not(name, write, hint, tmp_path):
    path = tmp_path / name
    write(path)
    with pytest.raises(DataFileError, match=hint):
        bounded_table(path, lambda most: read_table(path, largest=most))


def test_a_small_table_is_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(FEW)
    table = bounded_table(path, lambda most: read_table(path, largest=most))
    assert len(table.values) == 3
