"""The glossary: what terms mean, and where they stand in what is written."""

import pytest

from gdviz.core.words.glossary import LINE_LETTERS, TERMS, explained, meaning_of, term_at, terms_in


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_explained_in_a_short_sentence(term):
    sentence = TERMS[term]
    assert sentence.endswith(".")
    assert len(sentence) <= 140
    # No tooltip takes it for HTML.
    assert not {"<", "&"} & set(sentence)
    assert meaning_of(term).replace("\n", " ") == f"{term}: {sentence}"
    assert max(map(len, meaning_of(term).split("\n"))) <= LINE_LETTERS


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_found_by_its_name(term):
    text = f"Look at the {term}, each {term} and every\n{term}."
    assert [found.term for found in terms_in(text)] == [term] * 3
    assert [text[found.start : found.end] for found in terms_in(text)] == [term] * 3


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Losses and slopes", ["loss", "slope"]),
        ("the learning\nrate; Rates: best rate, a best learning rate",
         ["learning rate", "learning rate", "best rate", "best rate"]),
        ("★ best 0.00454", ["best rate"]),
        ("the best line", []),
        ("Gradient descent follows a gradient", ["gradient descent", "gradient"]),
        ("It converged, was converging; diverges", ["converge", "converge", "diverge"]),
        ("Run", ["run"]),
        ("The line runs on; keep this run", ["run"]),
        ("mini-batches", ["batch"]),
        ("minima, half-lives", ["minimum", "half-life"]),
        ("glossy, biased, zebra, prerun", []),
    ],
)  # fmt: skip
def test_terms_are_found_as_they_are_written(text, terms):
    assert [found.term for found in terms_in(text)] == terms


@pytest.mark.parametrize(
    ("word", "term"),
    [("slope", "slope"), ("learning", "learning rate"), ("rate", "learning rate"), ("w", "weight"),
     ("b ", "bias"), ("times", ""), ("web", "")],
)  # fmt: skip
def test_the_term_at_a_place_is_told(word, term):
    text = "The learning rate times the slope: along w or b (no web)."
    first = text.index(word)
    for place in (first, first + len(word.strip()) - 1):
        found = term_at(text, place)
        assert (found.term if found else "") == term
    assert term_at(text, len(text)) is None


@pytest.mark.parametrize(
    ("label", "tip", "terms"),
    [
        ("&Tolerance", "0 turns it off", ["tolerance"]),
        ("weight w", "", ["weight"]),
        ("start b", "", ["bias"]),
        ("y is the column “weight”: slope", "", ["slope"]),
        ("Iterations", "", ["iteration"]),
        ("Data", "What is there", []),
        ("momentum", "momentum: how much is kept", []),
        ("the loss is the loss of the weight", "", ["loss", "weight"]),
    ],
)
def test_below_a_tooltip_stand_the_meanings_of_the_terms(label, tip, terms):
    lines = [tip] * bool(tip) + [meaning_of(term) for term in terms]
    assert explained(label, tip) == "\n".join(lines)
