"""Links of a chapter: to other chapters, into the web if the learner says so, and nowhere else."""

import pytest
from PySide6.QtCore import QObject, Qt, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QTextCursor
from PySide6.QtWidgets import QApplication, QMessageBox
from support import child, text, wait_until_trained

CHAPTER = """+++
title = "{name}"
task = "Take a step."
done = "stepped >= 1"
+++
Go [on]({link}).
"""
WEB = "https://example.org/a?b=%3Cb%3E&c=d#e"


SCHEMES = (
    "http", "https", "file", "smb", "mailto", "ftp", "javascript", "data", "c",
)  # fmt: skip


class Browser(QObject):
    """Stands for the browser."""

    def __init__(self):
        super().__init__()
        self.opened = []
        for scheme in SCHEMES:
            QDesktopServices.setUrlHandler(scheme, self, "open_url")

    @Slot(QUrl)
    def open_url(self, url):
        self.opened.append(url.toString(QUrl.ComponentFormattingOption.FullyEncoded))

    def close(self):
        for scheme in SCHEMES:
            QDesktopServices.unsetUrlHandler(scheme)


@pytest.fixture
def browser(qapp):
    assert qapp is not None
    browser = Browser()
    yield browser
    browser.close()


@pytest.fixture
def follow(window, qtbot, tmp_path):
    """Open a lesson of two chapters, the first with a link, and click on it or go there by keys."""

    def follow(link, by_keys=False):
        for name, leads in ("01-a", link), ("02 b", "01-a.md"):
            (tmp_path / f"{name}.md").write_text(CHAPTER.format(name=name, link=leads))
        assert window.teaching.open(tmp_path)
        wait_until_trained(qtbot, window)
        go_on(qtbot, window, by_keys)

    return follow


def go_on(qtbot, window, by_keys=False):
    words = child(window, "lesson_words")
    cursor = words.document().find("on", QTextCursor(words.document().lastBlock()))
    if by_keys:
        words.setFocus()
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
    else:
        cursor.setPosition(cursor.position() - 1)  # between its letters
        place = words.cursorRect(cursor).center()
        qtbot.mouseClick(words.viewport(), Qt.MouseButton.LeftButton, pos=place)


def asked(window):
    return window.findChild(QMessageBox, "open_link")


@pytest.mark.parametrize("by_keys", [False, True])
@pytest.mark.parametrize("link", ["02%20b.md", "./02%20b.md#part"])
def test_a_link_to_a_chapter_goes_there(link, by_keys, follow, window, qtbot, browser):
    follow(link, by_keys)
    assert text(window, "lesson_progress") == "2 of 2"
    wait_until_trained(qtbot, window)
    go_on(qtbot, window, by_keys)
    assert text(window, "lesson_progress") == "1 of 2"
    assert not browser.opened


@pytest.mark.parametrize("by_keys", [False, True])
def test_a_link_into_the_web_is_shown_before_it_opens(by_keys, follow, window, qtbot, browser):
    follow(WEB, by_keys)
    box = asked(window)
    qtbot.waitUntil(box.isActiveWindow)
    assert WEB in box.text().replace("\N{ZERO WIDTH SPACE}", "")
    assert box.textFormat() is Qt.TextFormat.PlainText
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert not box.isVisible()
    assert not browser.opened
    qtbot.waitUntil(lambda: asked(window) is None)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    if by_keys:
        assert child(window, "lesson_words").hasFocus()  # at the link still
        qtbot.keyClick(child(window, "lesson_words"), Qt.Key.Key_Return)
    else:
        go_on(qtbot, window)
    qtbot.waitUntil(asked(window).isActiveWindow)
    opening = next(button for button in asked(window).buttons() if "browser" in button.text())
    if by_keys:
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        assert opening.hasFocus()
        qtbot.keyClick(opening, Qt.Key.Key_Return)
    else:
        qtbot.mouseClick(opening, Qt.MouseButton.LeftButton)
    assert browser.opened == [WEB]


@pytest.mark.parametrize("by_keys", [False, True])
@pytest.mark.parametrize(
    "link",
    ["file:///etc/passwd", "smb://host/share", "javascript:alert(1)", "mailto:a@example.org",
     "ftp://example.org/a", "none.md", "/etc/passwd", "../01-a.md", "//example.org/a", "https:a",
     "#part", "https://example.org/" + "a" * 500, "gdviz:a", "data:text/html,a",
     "JavaScript:alert(1)", "%5C%5Chost%5Cshare%5Ca", "C:%5CWindows%5Ca.exe", "https:///etc/passwd",
     "../02%20b.md"],
)  # fmt: skip
def test_all_other_links_are_refused_with_a_sentence(link, by_keys, follow, window, browser):
    follow(link, by_keys)
    assert asked(window) is None
    assert not browser.opened
    assert "isn't followed" in text(window, "notice_text")
    assert text(window, "lesson_progress") == "1 of 2"
    assert text(window, "file_name") == "pizza.txt"


def test_an_address_that_seems_to_be_another_is_shown_as_it_is(follow, window, browser):
    follow("https://ex\N{CYRILLIC SMALL LETTER A}mple.org@evil.example/")
    shown = asked(window).text().replace("\N{ZERO WIDTH SPACE}", "")
    assert "https://ex%D0%B0mple.org@evil.example/" in shown
    asked(window).reject()
    assert not browser.opened
