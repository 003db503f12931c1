"""Dutch numbers, dates and counts in words: the one place that formats them."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"

_MONTHS = [
    "januari",
    "februari",
    "maart",
    "april",
    "mei",
    "juni",
    "juli",
    "augustus",
    "september",
    "oktober",
    "november",
    "december",
]


def number(value: int) -> str:
    """1198 → "1.198"; -3 → "−3" with a true minus."""
    digits = f"{abs(value):,}".replace(",", ".")
    return f"{MINUS}{digits}" if value < 0 else digits


def decimal(value: Fraction) -> str:
    """3/2 → "1,5"; for what was given in at most three decimals, and exact for that."""
    whole, thousandths = divmod(int(abs(value) * 1000), 1000)
    decimals = f",{thousandths:03}".rstrip("0") if thousandths else ""
    return f"{MINUS if value < 0 else ''}{number(whole)}{decimals}"


def signed(value: int) -> str:
    """With its sign, for a change: "+1", "−1", "0"."""
    return f"+{number(value)}" if value > 0 else number(value)


def percent(value: int | None) -> str:
    """82 → "82%"; None → "n.v.t." (a denominator of 0 or below has no percentage)."""
    return "n.v.t." if value is None else f"{number(value)}%"


def count(value: int, singular: str, plural: str) -> str:
    """1 → "1 persoon", 7 → "7 personen"; the space does not break."""
    return f"{number(value)}{NO_BREAK_SPACE}{singular if abs(value) == 1 else plural}"


def persons(value: int) -> str:
    return count(value, "persoon", "personen")


def standing(achterstand: int) -> str:
    """ "een achterstand van 191 personen", "een voorsprong van 52 personen" (below 0) or "geen achterstand"."""
    if achterstand == 0:
        return "geen achterstand"
    return f"een {'achterstand' if achterstand > 0 else 'voorsprong'} van {persons(abs(achterstand))}"


def weeks_and_days(days: int) -> str:
    """178 → "25 weken en 3 dagen"; 0 → "0 dagen"."""
    weeks, rest = divmod(days, 7)
    parts = [count(weeks, "week", "weken")] if weeks else []
    if rest or not weeks:
        parts.append(count(rest, "dag", "dagen"))
    return enumeration(parts)


def long_date(day: date) -> str:
    """1 July 2022 → "1 juli 2022"; day and month stay together."""
    return f"{day_and_month(day)} {day.year}"


def day_and_month(day: date) -> str:
    return f"{day.day}{NO_BREAK_SPACE}{_MONTHS[day.month - 1]}"


def month_and_year(day: date) -> str:
    """1 July 2022 → "juli 2022"."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def short_date(day: date) -> str:
    """1 July 2022 → "1 jul 2022"; mrt, not maa."""
    month = _MONTHS[day.month - 1]
    abbreviated = "mrt" if day.month == 3 else month[:3]
    return f"{day.day}{NO_BREAK_SPACE}{abbreviated}{NO_BREAK_SPACE}{day.year}"


def short_day(day: date) -> str:
    """1 July 2022 → "1 jul", where the year is told elsewhere."""
    return short_date(day).rpartition(NO_BREAK_SPACE)[0]


def enumeration(words: Sequence[str]) -> str:
    """ "a", "a en b", "a, b en c"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} en {words[-1]}"


def sum_of(terms: Sequence[int]) -> str:
    """The terms of a sum as one would write them: (203, 1, 171) → "203 + 1 + 171", (8, -2) → "8 − 2"."""
    first, *rest = terms
    return number(first) + "".join(f" {MINUS if term < 0 else '+'} {number(abs(term))}" for term in rest)
