"""The rules' Dutch formats as template filters. None shows as an empty cell's "–"."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TypeVar

from django import template
from django.utils.timezone import localtime

from supervision.rules import dutch

register = template.Library()

Value = TypeVar("Value")

NOTHING = "–"


def _or_nothing(format_value: Callable[[Value], str]) -> Callable[[Value | None], str]:
    def format_or_nothing(value: Value | None) -> str:
        return NOTHING if value is None or value == "" else format_value(value)

    return format_or_nothing


for name in ("number", "signed", "persons", "long_date", "short_date", "day_and_month"):
    register.filter(name, _or_nothing(getattr(dutch, name)))
register.filter("percent", dutch.percent)


@register.filter
def moment(value: datetime | None) -> str:
    """A moment in local time: "4 juli 2022, 10.12 uur"."""
    if value is None:
        return NOTHING
    local = localtime(value)
    return f"{dutch.long_date(_day(local))}, {local:%-H.%M} uur"


@register.filter
def absolute(value: int) -> int:
    return abs(value)


def _day(local: datetime) -> date:
    return local.date()
