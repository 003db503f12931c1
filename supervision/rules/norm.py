"""The norm while a half-year runs: a sixth of the totaalopgave each month is on schedule."""

from __future__ import annotations

from calendar import monthrange
from datetime import date
from fractions import Fraction

from supervision.rules.period import Period
from supervision.rules.rounding import half_up

MONTHS = 6


def norm(totaalopgave: int, *, period: Period, day: date) -> int | None:
    """Persons that should be housed when the count is up to `day`, to be on schedule.

    Within a month it grows evenly by the day. None outside the half-year, and where the
    totaalopgave is 0 or below: nothing is asked then.
    """
    if totaalopgave <= 0 or not period.start <= day <= period.peildatum:
        return None
    months = day.month - period.start.month + 12 * (day.year - period.start.year)
    days = Fraction(day.day - 1, monthrange(day.year, day.month)[1])
    return half_up(totaalopgave * (months + days) / MONTHS)
