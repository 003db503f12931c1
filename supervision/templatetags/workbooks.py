"""What a form that takes workbooks offers, on whatever page it stands."""

from __future__ import annotations

from datetime import date

from django import template
from django.conf import settings

from supervision.rules.dutch import long_date
from supervision.rules.period import Period

register = template.Library()


@register.simple_tag
def peildata(period: Period) -> list[tuple[str, str]]:
    """The days that the figures may be of: that of the final count, then the firsts of the months before it."""
    months = [date(period.start.year, period.start.month + more, 1) for more in range(5, 0, -1)]
    final = (period.peildatum.isoformat(), f"{long_date(period.peildatum)} (definitief)")
    return [final, *((day.isoformat(), long_date(day)) for day in months)]


@register.simple_tag
def workbook_megabytes() -> int:
    """The largest file that is taken."""
    most: int = settings.WORKBOOK_MEGABYTES
    return most
