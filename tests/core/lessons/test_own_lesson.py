"""The lesson that comes with gdviz: short chapters, in which every term is explained first."""

import re

from gdviz.core.lessons.reading import read_lesson
from gdviz.resources import resource

LESSONS = resource("assets", "lessons")


def test_the_own_lesson_has_about_a_dozen_short_chapters():
    chapters = read_lesson(LESSONS).chapters
    assert 10 <= len(chapters) <= 15
    for chapter in chapters:
        assert 60 <= len(chapter.words.split()) <= 170, chapter.name
        assert chapter.setup.light, chapter.name


def test_no_term_is_used_before_it_is_explained():
    """Every term is in bold where it is explained, and nowhere before."""
    terms = ["weight", "prediction", "error", "loss", "loss curve", "minimum", "hiker", "descent",
             "slope", "tangent", "derivative", "gradient", "learning rate", "iteration",
             "loss history", "converges", "tolerance", "diverges", "bias", "contour", "valley",
             "momentum"]  # fmt: skip
    pages = [c.words.lower() + "\n" + c.task.text.lower() for c in read_lesson(LESSONS).chapters]
    for term in terms:
        first = next(i for i, page in enumerate(pages) if f"**{term}**" in page)
        early = [i for i, page in enumerate(pages[:first]) if re.search(rf"\b{term}\b", page)]
        # The valley of a landscape is an everyday word as well.
        assert not early or term == "valley", (term, early)
