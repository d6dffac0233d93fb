# ruff: noqa: RUF001  (signs as the explanations show them)
"""Numbers in formulas."""

import math

import pytest

from gdviz.core.explain.pieces import exact, figure


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0.0, "0"), (1063.1234, "1063.1"), (-0.0012345678, "−0.0012346"),
        (1.23456e20, "1.2346×10²⁰"), (-4.2e-9, "−4.2000×10⁻⁹"), (12345.4, "12345"),
        (math.inf, "∞"), (-math.inf, "−∞"), (math.nan, "?"),
    ],
)  # fmt: skip
def test_figures_have_five_digits(value, shown):
    assert figure(value) == shown


@pytest.mark.parametrize(
    ("value", "shown"),
    [(0.0005, "0.0005"), (13.0, "13"), (-3.0, "−3"), (1e-10, "1×10⁻¹⁰"), (1 / 3, "0.333333")],
)
def test_settings_are_shown_as_they_were_chosen(value, shown):
    assert exact(value) == shown
