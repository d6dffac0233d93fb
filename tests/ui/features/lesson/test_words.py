"""The words of a chapter load small pictures of its folder and nothing else, and nothing hangs."""

import base64
import os
import struct
import time
import zlib

import pytest
from PySide6.QtCore import QEvent, QPoint
from PySide6.QtGui import QHelpEvent, QImage, QTextDocument
from PySide6.QtWidgets import QApplication, QToolTip
from support import child, text

from gdviz.core.words.glossary import meaning_of

CHAPTER = """+++
title = "Mine <b>*bold*</b>"
task = "Take a step."
done = "stepped >= 1"
+++
A word.

{words}
"""
LINE = 8
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">'
    '<defs><g id="g0"><rect width="9" height="9"/></g>'
    + "".join(f'<g id="g{n + 1}">' + f'<use xlink:href="#g{n}"/>' * 10 + "</g>" for n in range(9))
    + '</defs><use xlink:href="#g9"/></svg>'
)


def png(width, height, *parts):
    """Return a PNG of one grey, with other parts before its pixels."""
    rows = zlib.compress(b"\0" + bytes(width) + (b"\0" + bytes(width)) * min(height - 1, 4000), 9)
    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    parts = (b"IHDR", header), *parts, (b"IDAT", rows), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )


@pytest.fixture
def show(window, qtbot, tmp_path):
    """Show a chapter with these words; return what the notice says."""
    folder = tmp_path / "mine"
    folder.mkdir()

    def show(words):
        (folder / "mine.md").write_text(CHAPTER.format(words=words), encoding="utf-8")
        began = time.thread_time()
        assert window.teaching.open(folder / "mine.md")
        qtbot.wait(1)  # until it is painted
        assert time.thread_time() - began < 1
        return text(window, "notice_text") if child(window, "notice").isVisible() else ""

    show.folder = folder
    return show


def sizes(window):
    """Return the sizes of the pictures that are shown."""
    document = child(window, "lesson_words").document()
    names = [form.toImageFormat().name() for form in document.allFormats() if form.isImageFormat()]
    kind = QTextDocument.ResourceType.ImageResource
    return [document.resource(kind, name).size().toTuple() for name in dict.fromkeys(names)]


PLACEHOLDER = (24, 24)


def test_pictures_of_the_folder_are_shown(show, window):
    (show.folder / "in it").mkdir()
    (show.folder / "in it" / "a.png").write_bytes(png(30, 20))
    QImage(40, 10, QImage.Format.Format_RGB32).save(str(show.folder / "b.dat"), "JPEG")
    assert show("![a](in%20it/a.png)\n\n![b](./b.dat)") == ""
    assert sizes(window) == [(30, 20), (40, 10)]


def test_the_same_name_in_another_lesson_is_another_picture(show, window):
    (show.folder / "a.png").write_bytes(png(30, 20))
    show("![a](a.png)")
    (show.folder / "a.png").write_bytes(png(10, 20))
    show("![a](a.png)")
    assert sizes(window) == [(10, 20)]


MANY_ZEROS = b"a\0\0" + zlib.compress(bytes(7_900_000), 9)
BOMBS = {
    "bomb.png": (png(60_000, 60_000), "at most 4,000,000 pixels"),
    "many.png": (png(30, 20, *[(b"zTXt", MANY_ZEROS)] * 200), ""),
    "scans.jpg": (b"\xff\xd8\xff" + b"\xff\xda" * 1_000, "is no picture in PNG or JPEG"),
    "use.svg": (SVG.encode(), "is no picture in PNG or JPEG"),
    "use.png": (SVG.encode(), "is no picture in PNG or JPEG"),
    "cut.png": (png(300, 200)[:60], "is damaged"),
    "large.png": (png(30, 20) + bytes(2_000_000), "is too large"),
}


@pytest.mark.qt_log_ignore("libpng error", extend=True)
@pytest.mark.parametrize("name", BOMBS)
def test_a_picture_is_small_and_of_a_kind_that_stays_so(name, show, window):
    content, reason = BOMBS[name]
    (show.folder / name).write_bytes(content)
    said = show(f"![a]({name})")
    if reason:
        assert said.startswith(f"mine.md, line {LINE}: {name} ")
        assert reason in said
        assert sizes(window) == [PLACEHOLDER]
    else:
        assert not said
        assert sizes(window) == [(30, 20)]


def test_pictures_from_elsewhere_are_not_shown(show, window, tmp_path):
    (tmp_path / "secret.png").write_bytes(png(30, 20))
    (show.folder / "link.png").symlink_to("../secret.png")
    data = base64.b64encode(png(30, 20)).decode()
    elsewhere = (
        "/dev/zero", "../secret.png", "link.png", f"file://{tmp_path}/secret.png",
        f"data:image/png;base64,{data}", "https://127.0.0.1:1/a.png", "//127.0.0.1/a.png",
        "HTTP://127.0.0.1:1/a.png", "ftp://127.0.0.1:1/a.png", "smb://127.0.0.1/a/b.png",
        "javascript:alert(1)", "data:image/svg+xml,<svg/>", "file:secret.png", "..%2fsecret.png",
        "%5C%5C127.0.0.1%5Cshare%5Ca.png", "%5C%5C%3F%5CC:%5Ca.png", "C:%5Ca.png", "C:a.png",
        "in/../../secret.png", "a%00.png", "?secret.png", "#secret.png",
        "qrc:/qt-project.org/styles/commonstyle/images/file-16.png",
        ":/qt-project.org/styles/commonstyle/images/file-16.png", "none.png", "x" * 1_900,
    )  # fmt: skip
    for name in elsewhere:
        said = show(f"![a]({name})")
        assert said.startswith(f"mine.md, line {LINE}: ")
        assert sizes(window) == [PLACEHOLDER]


@pytest.mark.parametrize(
    "words",
    ["![a][b]\n\n[b]: <{}>", "[![a]({})](02.md)", "> - ![a]({})", "a | b\n--|--\n![a]({}) | c",
     "# ![a]({})", "*![a]({} 'a title')*"],
)  # fmt: skip
def test_however_they_are_written(words, show, window, tmp_path):
    (tmp_path / "secret.png").write_bytes(png(30, 20))
    assert "line " in show(words.format("../secret.png"))
    assert sizes(window) == [PLACEHOLDER]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no named pipes")
def test_a_pipe_is_no_picture(show):
    os.mkfifo(show.folder / "pipe.png")
    assert "pipe.png is a named pipe" in show("![a](pipe.png)")


def test_many_pictures_are_not_all_shown(show, window):
    for place in range(30):
        (show.folder / f"{place}.png").write_bytes(png(1_000, 1_000))
    said = show("\n\n".join(f"![a]({place}.png)" for place in range(30)))
    assert "8.png isn't shown: all pictures of a chapter have at most 8,000,000 pixels." in said
    assert "21 more" in said
    assert sizes(window) == [(1_000, 1_000)] * 8 + [PLACEHOLDER] * 22


def test_words_are_no_html(show, window):
    show("Before <img src='/dev/zero'> <table><tr><td>x</table> <h1>after</h1>")
    words = child(window, "lesson_words")
    assert "<img src='/dev/zero'>" in words.toPlainText()
    assert words.toPlainText().startswith("Mine <b>*bold*</b>\n")
    assert sizes(window) == []


@pytest.mark.qt_log_ignore("This plugin does not support raise")
def test_a_term_is_explained_where_it_is_pointed_at(show, window, qtbot):
    show("Far down: the **slope** times the learning\nrate moves *w*.\n\n" * 40)
    words = child(window, "lesson_words")
    shown = words.toPlainText()
    words.verticalScrollBar().setValue(words.verticalScrollBar().maximum())

    def told(word, share):
        """Return what is told where a share of a word lies left of the mouse."""
        cursor = words.textCursor()
        cursor.setPosition(shown.rindex(word))
        left = words.cursorRect(cursor)
        cursor.setPosition(shown.rindex(word) + len(word))
        place = left.center() + QPoint(round(share * (words.cursorRect(cursor).x() - left.x())), 0)
        QToolTip.showText(window.pos(), "nothing", window)
        viewport = words.viewport()
        tip = QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place))
        QApplication.sendEvent(viewport, tip)
        return QToolTip.text()

    for word, term in (
        ("slope", "slope"), ("learning", "learning rate"), ("rate", "learning rate"),
        ("w", "weight"),
    ):  # fmt: skip
        for share in (0.1, 0.5, 0.9):
            assert told(word, share) == meaning_of(term)
    for word in ("Far down", "moves"):
        assert told(word, 0.5) == "nothing"
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())


def test_a_picture_in_the_words_that_follow_is_shown_with_them(show, window):
    (show.folder / "a.png").write_bytes(png(30, 20))
    said = show("![a](a.png)\n\n+++\n\n![b](none.png)\n\n![a](a.png)")
    assert said.startswith(f"mine.md, line {LINE + 4}: none.png ")
    assert "more" not in said
    assert sizes(window) == [(30, 20), PLACEHOLDER]
