"""Half-years and the Utrecht ladder for tests of the rules, without a database."""

from fractions import Fraction

from supervision.rules.opgave import HalfYear, Opgave, work_out
from supervision.rules.period import Period, periods_between
from supervision.rules.policy import Condition, Metric, Policy, Step

P = Period(2022, 1)


def step(number: int, condition: Condition | None = None) -> Step:
    return Step(number=number, name=f"Trede {number}", when="", follows="", condition=condition)


def against_taakstelling(half_years: int, threshold: Fraction = Fraction(1)) -> Condition:
    return Condition(metric=Metric.ACHTERSTAND_AGAINST_TAAKSTELLING, threshold=threshold, half_years=half_years)


UTRECHT = Policy(
    name="Utrecht 2021–2024",
    source="Beleidskader Interbestuurlijk Toezicht 2021–2024",
    counts_herverdeling=False,
    steps=(
        step(1),
        step(2, Condition(metric=Metric.ACHTERSTAND, threshold=Fraction(1))),
        *(step(2 + k, against_taakstelling(k)) for k in (1, 2, 3, 4)),
    ),
)


def half_year(period: Period = P, **figures: int | None) -> HalfYear:
    """A closed half-year."""
    return HalfYear(period=period, is_closed=True, **figures)


def opgave(period: Period = P, **figures: int | None) -> Opgave:
    return work_out([half_year(period, **figures)])[period]


def ending_with(*ends: tuple[int, int], until: Period = P) -> dict[Period, Opgave]:
    """Half-years up to `until`, each with (achterstand at the end, taakstelling)."""
    periods = periods_between(until.back(len(ends) - 1), until)
    return work_out(
        half_year(period, achterstand_start=end, taakstelling=taakstelling, realisation=taakstelling)
        for period, (end, taakstelling) in zip(periods, ends, strict=True)
    )
