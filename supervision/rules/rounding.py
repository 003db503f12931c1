"""Named roundings. Nothing here, or anywhere in the rules, is a binary fraction."""

from fractions import Fraction
from math import ceil, floor


def half_up(value: Fraction) -> int:
    """Round to whole; a half goes away from zero (0,5 → 1; −0,5 → −1), as `ROUND_HALF_UP` does."""
    whole = floor(abs(value) + Fraction(1, 2))
    return -whole if value < 0 else whole


def percentage(part: int, whole: int) -> int | None:
    """Part of whole in whole percent, half up; None where the whole is 0 or below ("n.v.t.")."""
    if whole <= 0:
        return None
    rounded = (200 * abs(part) + whole) // (2 * whole)  # half_up(100 * part / whole), without making a fraction
    return -rounded if part < 0 else rounded


def rounded_up(value: Fraction) -> int:
    """The least whole number that is not below it: where anything less would fall short."""
    return ceil(value)
