from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.rules.rounding import half_up, percentage, rounded_up

integers = st.integers(-(10**9), 10**9)


@given(integers, st.integers(1, 10**9))
def test_percentages_agree_with_decimal_half_up(part, whole):
    with localcontext() as context:
        context.prec = 60
        exact = Fraction(100 * part, whole)
        # Halves are exact in decimal; for the rest 60 digits decide.
        expected = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    assert percentage(part, whole) == int(expected) == half_up(exact)


@given(integers, st.integers(max_value=0))
def test_a_denominator_of_zero_or_below_has_no_percentage(part, whole):
    assert percentage(part, whole) is None


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("0.5", 1), ("1.5", 2), ("2.5", 3), ("0.49", 0), ("-0.5", -1), ("-0.49", 0), ("2", 2)],
)
def test_halves_go_away_from_zero(value, rounded):
    assert half_up(Fraction(value)) == rounded


def test_a_half_that_a_binary_fraction_would_miss():
    # 0.285 as a float is 0.28499…; 57 of 200 is 28,5% exactly.
    assert percentage(57, 200) == 29


def test_400_percent_is_printed_as_it_is():
    assert percentage(4, 1) == 400


@pytest.mark.parametrize(("value", "rounded"), [("0", 0), ("0.01", 1), ("1", 1), ("1.5", 2), ("-0.5", 0), ("-1", -1)])
def test_rounded_up_is_never_below(value, rounded):
    assert rounded_up(Fraction(value)) == rounded
