"""Guesses are judged by the length of the step, and counted."""

import pytest

from gdviz.core.explain.prediction import Tally, Verdict, judged, verdict_sentence


@pytest.mark.parametrize(
    ("guess", "close"), [(1.8, True), (1.71, True), (2.09, True), (1.69, False), (1.0, False)]
)
def test_a_guess_is_close_within_a_fifth_of_the_step(guess, close):
    verdict = judged([guess], [0.9], [1.0], grain=0.01)
    assert verdict.close is close
    assert verdict.missed == pytest.approx(abs(guess - 1.9))
    assert verdict.step == 1.0


def test_of_a_tiny_step_nobody_has_to_see_more_than_the_screen_shows():
    assert judged([1.004], [1.0], [1e-9], grain=0.005).close
    assert not judged([1.006], [1.0], [1e-9], grain=0.005).close


def test_two_parameters_are_judged_by_the_distance_between_the_places():
    verdict = judged([3.0, 0.0], [0.0, 0.0], [0.0, 4.0], grain=0)
    assert verdict == Verdict(5.0, 4.0, False)


def test_the_tally_counts_guesses_and_close_ones():
    tally = Tally().after(Verdict(0.1, 1, True)).after(Verdict(1, 1, False))
    assert tally == Tally(2, 1)


def test_the_sentence_says_how_far_off_and_how_many_were_close():
    close = Verdict(0.1234, 0.8068, True)
    assert verdict_sentence(close, Tally(1, 1)) == (
        "Close: you were 0.12 off; the step was 0.81 long."
    )
    assert verdict_sentence(Verdict(2, 1e-5, False), Tally(5, 3)) == (
        "Not yet: you were 2 off; the step was 1e\N{MINUS SIGN}5 long.  3 of 5 close"
    )
