"""Formulas are laid out as a textbook has them."""

import pytest
from PySide6.QtGui import QAccessible
from support import heard

from gdviz.core.explain.formulas import Applied, Constant, Equation, Symbol
from gdviz.core.explain.pieces import Fenced, Fraction, Script, Series, Word, sign
from gdviz.ui.widgets.paragraph import Paragraph
from gdviz.ui.widgets.typeset import Typesetter, place_of

A, B = Word("a", "w", "letter"), Word("b", "b", "letter")


@pytest.fixture
def lay_out(qapp):
    assert qapp is not None
    return lambda pieces, width=1e9: Typesetter(20).lay_out(pieces, width)


def places(box):
    """Return where each word is, by its text."""
    return {glyph.word.text: place_of(glyph) for glyph in box.glyphs}


def test_a_fraction_has_a_bar_between_its_halves(lay_out):
    box = lay_out((Fraction((A,), (B,)),))
    (bar,) = box.strokes
    (left, y), (right, same) = bar.points
    found = places(box)
    assert y == same
    assert found["a"].center().y() < y < found["b"].center().y()
    assert left <= found["a"].left() + 1
    assert found["b"].right() - 1 <= right


def test_indices_are_small_and_low_exponents_small_and_high(lay_out):
    box = lay_out((Script((A,), (B,), (Word("2"),)),))
    sizes = {glyph.word.text: (glyph.size, glyph.y) for glyph in box.glyphs}
    assert sizes["b"][0] < sizes["a"][0] > sizes["2"][0]
    assert sizes["2"][1] < sizes["a"][1] < sizes["b"][1]


def test_a_power_of_an_indexed_letter_stands_above_the_index(lay_out):
    w = Symbol("w", "w", "i")
    found = places(lay_out((w ** Constant(2)).pieces()))
    assert found["2"].left() == pytest.approx(found["i"].left(), abs=0.1)


def test_the_limits_of_a_sum_are_above_and_below(lay_out):
    found = places(lay_out((Series((A,), (B,)),)))
    assert found["b"].center().y() < found["Σ"].top()
    assert found["a"].center().y() > found["Σ"].bottom() - 10


def test_parentheses_are_as_tall_as_what_they_hold(lay_out):
    low, tall = lay_out((Fenced((A,)),)), lay_out((Fenced((Fraction((A,), (B,)),)),))

    def height(box):
        ys = [y for _, y in box.strokes[-1].points]
        return max(ys) - min(ys)

    assert height(tall) > 1.8 * height(low)


def test_a_root_covers_what_is_under_it(lay_out):
    w = Symbol("w", "w")
    box = lay_out(Applied("sqrt", w).pieces())
    points = box.strokes[0].points
    assert max(x for x, _ in points) >= places(box)["w"].right() - 2
    assert min(y for _, y in points) <= -box.ascent + 3


def test_a_long_formula_goes_over_to_the_next_line(lay_out):
    pieces = (A, sign(" = "), *[Word("1234567890")] * 2, sign(" + "), *[Word("1234567890")] * 2)
    whole, broken = lay_out(pieces), lay_out(pieces, 320)
    assert whole.width > 320 >= broken.width
    assert broken.ascent + broken.descent > whole.ascent + whole.descent


def test_too_long_parentheses_are_broken_inside(lay_out):
    inside = (Word("1234567890"), sign(" + "), Word("1234567890"), sign(" + "), Word("1234567890"))
    assert lay_out((A, sign(" = "), Fenced(inside)), 200).width <= 200


def test_numbers_keep_the_room_they_needed(qapp):
    assert qapp is not None
    typesetter = Typesetter(20)
    wide = typesetter.lay_out((Word("123.456", "w", "number"), A), 1e9)
    narrow = typesetter.lay_out((Word("1.5", "w", "number"), A), 1e9)
    assert narrow.width == wide.width
    # It stands at the right of its room, where what follows it is.
    assert narrow.glyphs[0].room == wide.glyphs[0].room


def test_signs_and_powers_of_ten_leave_no_gap(qapp):
    assert qapp is not None
    typesetter = Typesetter(20)
    plain = typesetter.lay_out((Word("1.2345", "w", "number"),), 1e9).width
    typesetter.lay_out((Word("\N{MINUS SIGN}1.2345", "w", "number"),), 1e9)
    typesetter.lay_out((Word("1.2345\N{MULTIPLICATION SIGN}10", "w", "number"),), 1e9)
    assert typesetter.lay_out((Word("1.2345", "w", "number"),), 1e9).width == plain


def test_an_equation_shows_letters_then_numbers():
    w, g = Symbol("w", "w"), Symbol("slope_w", "g")
    line = Equation(Symbol("step_w", "w", "new"), w - g).line({w: 2.0, g: -3.0})
    numbers = [p.inside[0].text if isinstance(p, Fenced) else getattr(p, "text", "")
               for p in line.numbers]  # fmt: skip
    assert numbers[2:5] == ["2.0000", " \N{MINUS SIGN} ", "\N{MINUS SIGN}3.0000"]


def test_a_paragraph_grows_but_does_not_shrink(qtbot):
    paragraph = Paragraph()
    qtbot.addWidget(paragraph)
    paragraph.resize(200, 20)
    paragraph.show()
    paragraph.set_text("word " * 40)
    tall = paragraph.height()
    paragraph.set_text("word")
    assert paragraph.height() == tall
    paragraph.forget_room()
    assert paragraph.sizeHint().height() < tall
    assert heard(paragraph) == (QAccessible.Role.StaticText, "word")
