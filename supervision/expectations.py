"""What can be known of a figure before it is reported, to warn of a typing error and never to fill one in."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path

from django.db.models import Q
from django_scopes import scope

from municipalities.models import Population, Province, Succession
from supervision.coa.plausible import Expected
from supervision.models import Figure, Herverdeling
from supervision.rules.opgave import HalfYear, Kind, Opening, Opgave, work_out
from supervision.rules.period import Period, periods_between

NATIONAL = Path(__file__).parent / "data" / "national_taakstellingen.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class National:
    """A taakstelling of the country; `holds_from` None is the one that was announced."""

    period: Period
    holds_from: date | None
    persons: int


LOOK_BACK = 8
"""Half-years in which an opening is looked for that the chain of computed ones begins with."""


def expected_of(*, provinces: Sequence[Province], period: Period, on: date) -> dict[str, Expected]:
    """Per CBS code, as known on the day of the figures. Three queries, and two more for each province."""
    shares = _shares(period=period, on=on)
    opgaven: dict[str, Opgave] = {}
    for province in provinces:
        with scope(province=province):
            opgaven |= _opgaven(province, period)
    return {
        code: Expected(
            totaalopgave=opgaven[code].totaalopgave if code in opgaven else None,
            taakstelling_share=shares.get(code),
            achterstand_start=opgaven[code].start_expected if code in opgaven else None,
        )
        for code in shares.keys() | opgaven.keys()
    }


def _opgaven(province: Province, period: Period) -> dict[str, Opgave]:
    """The half-year of each municipality as far as the ledger has it, without what was made up to show how it works."""
    first = period.back(LOOK_BACK)
    reported: dict[str, dict[Period, dict[str, int]]] = defaultdict(lambda: defaultdict(dict))
    final = [each.peildatum for each in periods_between(first, period)]
    told = Q(kind__in=(Kind.TAAKSTELLING, Kind.ACHTERSTAND, Opening.CARRIED_OVER)) | Q(
        kind=Kind.REALISATION, as_of__in=final
    )
    figures = Figure.objects.filter(told, _stands(province), period__range=(first, period)).order_by("as_of", "pk")
    for code, of, kind, as_of, persons in figures.values_list(
        "municipality__code", "period", "kind", "as_of", "persons"
    ):
        # A half-year begins on the peildatum of the one before: a count of its first day is not its last.
        if kind != Kind.REALISATION or as_of == of.peildatum:
            reported[code][of][kind] = persons
    moved: dict[tuple[str, Period], int] = defaultdict(int)
    agreed = Herverdeling.objects.filter(_stands(province), period__range=(first, period))
    for giver, taker, of, persons in agreed.values_list(
        "from_municipality__code", "to_municipality__code", "period", "persons"
    ):
        moved[giver, of] -= persons
        moved[taker, of] += persons
    return {
        code: work_out(
            HalfYear(
                period=each,
                taakstelling=kinds[each].get(Kind.TAAKSTELLING),
                herverdeling=moved[code, each],
                achterstand_start=kinds[each].get(Kind.ACHTERSTAND),
                carried_over=kinds[each].get(Opening.CARRIED_OVER),
                realisation=kinds[each].get(Kind.REALISATION),
                is_closed=Kind.REALISATION in kinds[each],
                counted_to=each.peildatum if Kind.REALISATION in kinds[each] else None,
            )
            for each in periods_between(min(kinds), period)
        )[period]
        for code, kinds in reported.items()
    }


def _stands(province: Province) -> Q:
    return Q(delivery__province=province, delivery__withdrawn_at=None, delivery__is_sample=False)


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


def _shares(*, period: Period, on: date) -> dict[str, Fraction]:
    """Per municipality national × inhabitants / inhabitants of the country, on 1 January of the year before.

    Those that merged since then have the inhabitants of their parts; one of which only a part came is not known.
    """
    national = national_taakstelling(period=period, on=on)
    if national is None:
        return {}
    counted_on = date(period.year - 1, 1, 1)
    inhabitants = dict(Population.objects.filter(on=counted_on).values_list("municipality__code", "persons"))
    country = sum(inhabitants.values())
    for municipality, persons in _moved(inhabitants, after=counted_on, until=period.start).items():
        if persons is None:
            inhabitants.pop(municipality, None)
        else:
            inhabitants[municipality] = inhabitants.get(municipality, 0) + persons
    return {code: Fraction(national * persons, country) for code, persons in inhabitants.items()}


def _moved(inhabitants: dict[str, int], *, after: date, until: date) -> dict[str, int | None]:
    """What each municipality got by herindeling; None where the parts are not known."""
    rows = Succession.objects.filter(Q(on__gt=after) & Q(on__lte=until)).order_by("on")
    heirs: dict[str, list[str]] = defaultdict(list)
    for giver, taker in rows.values_list("from_municipality__code", "to_municipality__code"):
        heirs[giver].append(taker)
    moved: dict[str, int | None] = {}
    for giver, takers in heirs.items():
        for taker in takers:
            known = moved.get(taker, 0)
            is_whole = len(takers) == 1 and giver in inhabitants and known is not None
            moved[taker] = (known or 0) + inhabitants[giver] if is_whole else None
    return moved
