"""Herindelingen as the ledger sees them: in which half-year what is owed goes from the parts to what came of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date

from municipalities.models import Municipality, Province, Succession
from supervision.rules.period import Period

MOVING = (Succession.Kind.SAMENVOEGING, Succession.Kind.SPLITSING, Succession.Kind.NAAMSWIJZIGING)
"""What ends a municipality, so that another owes what it owed. After a grenscorrectie both are still there, each with
its own achterstand: what the two agree about it is a herverdeling."""

Merged = Mapping[int, frozenset[Period]]
"""Per municipality, by its pk, the half-years that open with what others brought."""


def opened_by(on: date) -> Period:
    """The first half-year that begins without the parts: those that end within a half-year close that one themselves."""
    period = Period.containing(on)
    return period if on == period.start else period.next


def successions_with(municipality: Municipality) -> list[Succession]:
    """Those that it took part in, on either side; oldest first."""
    return [
        row
        for row in municipality.province.successions
        if municipality.pk in (row.from_municipality_id, row.to_municipality_id)
    ]


def moves_into(province: Province) -> list[Succession]:
    """What brought the achterstand of others to a municipality of the province; oldest first."""
    return [
        row for row in province.successions if row.kind in MOVING and row.to_municipality.province_id == province.pk
    ]


def merged_in(province: Province) -> Merged:
    found: dict[int, set[Period]] = defaultdict(set)
    for row in moves_into(province):
        found[row.to_municipality_id].add(opened_by(row.on))
    return {successor: frozenset(periods) for successor, periods in found.items()}
