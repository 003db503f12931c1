"""What can be known of a figure before it is reported, to warn of a typing error and never to fill one in."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from django.db.models import Q
from django_scopes import scope

from municipalities.models import Population, Province, Succession
from supervision.coa.plausible import Expected
from supervision.figures import assess_province
from supervision.rules.period import Period

NATIONAL = Path(__file__).parent / "data" / "national_taakstellingen.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """A taakstelling of the country; `holds_from` None is the one that was announced."""

    period: Period
    holds_from: date | None
    persons: int


def expected_of(*, provinces: Iterable[Province], period: Period, on: date) -> dict[str, Expected]:
    """Per CBS code, for every municipality of the provinces in the half-year, as known on the day of the figures."""
    shares = _shares(period=period, on=on)
    expected: dict[str, Expected] = {}
    for province in provinces:
        with scope(province=province):
            for assessment in assess_province(province=province, period=period):
                municipality, opgave = assessment.municipality, assessment.opgave
                # What was made up to show how it works says nothing of what to expect.
                is_made_up = any(half_year in (period, period.previous) for half_year, _ in assessment.samples)
                expected[municipality.code] = Expected(
                    totaalopgave=None if is_made_up else opgave.totaalopgave,
                    taakstelling_share=shares.get(municipality.pk),
                    achterstand_start=None if is_made_up else opgave.start_computed,
                )
    return expected


def national_taakstelling(*, period: Period, on: date) -> int | None:
    """The one in force on a day: it may be lowered while the half-year runs."""
    told = [
        each for each in _national() if each.period == period and (each.holds_from is None or each.holds_from <= on)
    ]
    return max(told, key=lambda each: each.holds_from or date.min).persons if told else None


@cache
def _national() -> tuple[National, ...]:
    with NATIONAL.open(encoding="utf-8", newline="") as file:
        return tuple(
            National(
                period=Period.parse(row["period"]),
                holds_from=date.fromisoformat(row["from"]) if row["from"] else None,
                persons=int(row["persons"]),
            )
            for row in csv.DictReader(file)
        )


def _shares(*, period: Period, on: date) -> dict[int, Fraction]:
    """Per municipality national × inhabitants / inhabitants of the country, on 1 January of the year before.

    Those that merged since then have the inhabitants of their parts; one of which only a part came is not known.
    """
    national = national_taakstelling(period=period, on=on)
    if national is None:
        return {}
    counted_on = date(period.year - 1, 1, 1)
    inhabitants = dict(Population.objects.filter(on=counted_on).values_list("municipality_id", "persons"))
    country = sum(inhabitants.values())
    for municipality, persons in _moved(inhabitants, after=counted_on, until=period.start).items():
        if persons is None:
            inhabitants.pop(municipality, None)
        else:
            inhabitants[municipality] = inhabitants.get(municipality, 0) + persons
    return {pk: Fraction(national * persons, country) for pk, persons in inhabitants.items()}


def _moved(inhabitants: dict[int, int], *, after: date, until: date) -> dict[int, int | None]:
    """What each municipality got by herindeling; None where the parts are not known."""
    rows = Succession.objects.filter(Q(on__gt=after) & Q(on__lte=until)).order_by("on")
    heirs: dict[int, list[int]] = defaultdict(list)
    for giver, taker in rows.values_list("from_municipality_id", "to_municipality_id"):
        heirs[giver].append(taker)
    moved: dict[int, int | None] = {}
    for giver, takers in heirs.items():
        for taker in takers:
            known = moved.get(taker, 0)
            is_whole = len(takers) == 1 and giver in inhabitants and known is not None
            moved[taker] = (known or 0) + inhabitants[giver] if is_whole else None
    return moved
