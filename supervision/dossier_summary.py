"""What the page of a municipality shows of its dossier: in one query, however much there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, F, IntegerField, Value

from supervision.dossier import circumstances_within, standing, together
from supervision.dossier_page import Line, Place, ToldTogether, agreement_line, contact_line, told_together
from supervision.models import Agreement, Circumstance, Contact
from supervision.rules.dutch import count

MOST_CONTACTS = 4
MOST_AGREEMENTS = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """The agreements that are open, the last contacts, and the circumstances of this half-year and the next."""

    agreements: tuple[Line, ...]
    more_agreements: str
    contacts: tuple[Line, ...]
    more_contacts: str
    circumstances: tuple[ToldTogether, ...]


def summary_of(place: Place, *, today: date, known_at: datetime | None = None) -> Summary:
    agreements: list[Agreement] = []
    contacts: list[Contact] = []
    circumstances: list[Circumstance] = []
    for sort, *row in _rows(place, known_at=known_at):
        match sort:
            case "agreement":
                agreements.append(_agreement(*row))
            case "contact":
                contacts.append(_contact(*row))
            case _:
                circumstances.append(_circumstance(*row))
    agreements.sort(key=lambda each: each.due)
    contacts.sort(key=lambda each: each.on, reverse=True)
    circumstances.sort(key=lambda each: each.said_on)
    return Summary(
        agreements=tuple(agreement_line(each, place, today=today) for each in agreements[:MOST_AGREEMENTS]),
        more_agreements=_all(agreements, "open afspraak", "open afspraken", MOST_AGREEMENTS),
        contacts=tuple(contact_line(each, place, today=today) for each in contacts[:MOST_CONTACTS]),
        more_contacts=_all(contacts, "contact", "contacten", MOST_CONTACTS),
        circumstances=told_together(together(circumstances), place),
    )


def _all(rows: Sequence[object], singular: str, plural: str, shown: int) -> str:
    return f"Alle {count(len(rows), singular, plural)}" if len(rows) > shown else ""


def _rows(place: Place, *, known_at: datetime | None) -> list[tuple[Any, ...]]:
    """Three kinds of entry under each other, with what a line shows of them. An agreement comes first, for it gives
    every column its type."""
    stands = standing(known_at=known_at)
    of = {"municipality": place.municipality}
    no_number, no_day = Value(None, output_field=IntegerField()), Value(None, output_field=DateField())

    def sort(name: str) -> Value:
        return Value(name, output_field=CharField())

    agreements = Agreement.objects.filter(stands, done_on=None, **of).order_by()
    contacts = Contact.objects.filter(stands, **of).order_by()
    circumstances = Circumstance.objects.filter(
        stands, circumstances_within(place.period) | circumstances_within(place.period.next), **of
    ).order_by()
    rows = agreements.values_list(
        sort("agreement"), "entry", "due", "what", "party", F("contact__kind"), "contact__on", "trede"
    ).union(
        contacts.values_list(sort("contact"), "entry", "on", "subject", "participants", "kind", no_day, no_number),
        circumstances.values_list(
            sort("circumstance"), "entry", "said_on", "subject", "said_by", "kind", no_day, "persons"
        ),
        all=True,
    )
    return list(rows)


def _agreement(
    entry: UUID, due: date, what: str, party: str, kind: str | None, on: date | None, trede: int | None
) -> Agreement:
    contact = Contact(kind=kind, on=on) if kind and on else None
    return Agreement(entry=entry, due=due, what=what, party=party, contact=contact, trede=trede)


def _contact(entry: UUID, on: date, subject: str, participants: str, kind: str, _day: None, _number: None) -> Contact:
    return Contact(entry=entry, on=on, subject=subject, participants=participants, kind=kind)


def _circumstance(
    entry: UUID, said_on: date, subject: str, said_by: str, kind: str, _day: None, persons: int | None
) -> Circumstance:
    return Circumstance(entry=entry, said_on=said_on, subject=subject, said_by=said_by, kind=kind, persons=persons)
