"""What is said of a rate, and that best rate and limit are never said to be more than they are."""

import math

from hypothesis import example, given
from hypothesis import strategies as st

from gdviz.core.descent.rates import Zones
from gdviz.core.words.rates import best_and_limit, rate_explained, rate_said, rate_to_set

KNOWN = Zones(0.0001, 0.001, 0.002, 0.004)


@given(st.floats(-300, 300), st.floats(0, 1) | st.floats(0, 1e-7), st.integers(4, 40))
@example(math.log10(0.00454966), 0.0012, 40)
def test_best_never_reads_larger_than_limit_nor_either_than_it_is(power, share, room):
    best = 10.0**power
    known = Zones(best / 10, best, best, best * (1 + share))
    texts = best_and_limit(known, lambda best, limit: len(best + limit) <= room)
    read = [float(text.replace("\N{MINUS SIGN}", "-")) for text in texts]
    assert read[0] <= read[1]
    assert read[0] <= known.best
    assert read[1] <= known.limit
    if share > 1e-3 and room == 40:
        assert read[0] < read[1]
    assert read[1] <= rate_to_set(known, known.limit) <= known.limit


def test_what_is_said_of_a_rate():
    assert rate_said(0.0005, KNOWN) == "0.0005, fast; best 0.001, limit 0.004"
    assert rate_explained(0.01, KNOWN).startswith("0.01: diverging: each step lands farther")
    assert rate_said(0.5, None) == "no limit known"
