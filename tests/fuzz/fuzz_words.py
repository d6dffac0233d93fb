"""Words of chapters, as long and as intricate as they may be: they are shown within half a second.

Each case is one chapter, most of it a few signs many times over, in quotes and lists.
"""

import random
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication
from shiboken6 import delete

from gdviz.core.lessons.markdown import LONGEST_LINE, too_much
from gdviz.core.lessons.reading import parse_chapter
from gdviz.ui.features.lesson.words import Words

# They are long.
CASES = 120
LONGEST_S = 0.5
LONGEST, TRIES = 63_000, 10
HEAD = '+++\ntitle = "T"\ntask = "Do."\ndone = "stepped >= 1"\n+++\n'
SIGNS = (
    "a", "word ", "wo*rd ", "*a", "*a_", "**a *b ", "*a* ", "_a_ ", "~~a~~ ", "`a` ", "``a` ", "[",
    "[a](", "[a](b.md) ", "[a][b] ", "[a]: b\n", "![a](b.png) ", "![", "<", "<b>", "<http://a.b> ",
    "<!--", "&amp;", "&", "www.a.b ", "http://a.b ", "a@b.c ", "a.", "$a$ ", "\\*", "\\\n", "  \n",
    "\t", "- ", "+ ", "1. ", "1) ", "- [ ] ", "> ", "# ", "---\n", "===\n", "|", "|a", "a|b\n",
    "-|-\n", ":-:|", "```\n", "~~~\n", "    a\n", "\n", "\n\n", "a\n", "a\n\n", "\u0645", "\u0301",
    "\U0001f469\u200d", "\u2028", "\ufffc", "\u202e", "\N{NO-BREAK SPACE}", "\N{EM SPACE}",
)  # fmt: skip
LEADS = "", "", "", "> ", "- ", "1. ", "    ", "  ", "> > ", "- - - ", "> - ", "| ", "* [ ] "


def one(random: random.Random) -> None:
    """Show a chapter that is hardly allowed."""
    words = _words(random)
    if random.random() < 0.3:
        place = words.index("\n\n", random.randrange(len(words) - 1) // 2)
        words = f"{words[:place]}\n+++\n{words[place + 2 :]}"
    text = HEAD + words
    began = time.thread_time()
    _show(parse_chapter(text, "mine.md"), random.choice((190, 320, 700)))
    took = time.thread_time() - began
    assert took < LONGEST_S, f"{took:.2f} s for {text[len(HEAD) :][:300]!r}…"


def _show(chapter, width: int) -> None:
    """Show a chapter, and what comes after it."""
    if QApplication.instance() is None:
        QApplication([])
    words = Words()
    words.resize(width, 500)
    words.show()
    words.show_chapter(chapter, Path(__file__).parent)
    if chapter.more_words:
        words.show_more(chapter)
    QApplication.processEvents()
    words.resize(width + 40, 500)
    QApplication.processEvents()
    delete(words)


def _words(random: random.Random) -> str:
    """Return about as many words as are allowed."""
    tables = random.choice((0, 0, 0.2, 1))
    words = "a\n\n"
    for _ in range(TRIES):
        length = random.choice((100, 1_000, 3_900))
        part = _table(random) if random.random() < tables else _part(random, length)
        for times in (1_000, 30, 5, 1):
            more = words + part * times
            if len(more.encode()) < LONGEST and too_much(more) is None:
                words = more
    return words


def _part(random: random.Random, length: int) -> str:
    """Return a paragraph of signs that come again."""
    unit = "".join(random.choices(SIGNS, k=random.choice((1, 1, 2, 3))))
    lead = "".join(random.choices(LEADS, k=random.choice((0, 0, 1, 1, 2, 30))))
    width = random.choice((10, 80, LONGEST_LINE - 100))
    text = (unit * (random.randint(1, length) // len(unit) + 1))[:length]
    lines = [text[place : place + width] for place in range(0, len(text), width)]
    return "\n".join(lead + line for line in lines) + random.choice(("\n", "\n\n"))


def _table(random: random.Random) -> str:
    columns, rows = random.choice((1, 2, 10, 40)), random.choice((1, 3, 10, 40))
    cell = random.choice(("a", "*a*", "word " * 3, "[a](b)", "", "`a`", "x" * 20))
    lead = random.choice(LEADS)
    lines = [f"|{cell}" * columns, "|-" * columns, *[f"|{cell}" * columns] * rows]
    return "".join(f"{lead}{line}|\n" for line in lines) + "\n"
