"""What the prognosis is worth on the histories that `make bench` draws: fewer of them, the same always."""

from __future__ import annotations

from fractions import Fraction
from statistics import mean

import pytest

from tests.bench.prognosis import MONTHS, Tried, drawn, tries


@pytest.fixture(scope="module")
def tried() -> list[Tried]:
    return list(tries(drawn(seed=1995, municipalities=30), seed=2015))


def test_the_end_is_within_the_range_three_times_out_of_four(tried: list[Tried]) -> None:
    assert Fraction(sum(each.is_within for each in tried), len(tried)) > Fraction(3, 4)


@pytest.mark.parametrize("months", MONTHS[:4])
def test_the_expectation_is_nearer_than_the_naive_pace(tried: list[Tried], months: int) -> None:
    these = [each for each in tried if each.months == months]
    assert mean(each.error for each in these) < mean(each.naive_error for each in these)


def test_the_range_becomes_narrower_as_the_half_year_goes_on(tried: list[Tried]) -> None:
    widths = [mean(each.width for each in tried if each.months == months) for months in MONTHS]
    assert widths == sorted(widths, reverse=True)
