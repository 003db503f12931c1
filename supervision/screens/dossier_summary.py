"""What the page of a municipality shows of its dossier."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar
from uuid import UUID

from supervision.dossier import circumstances_within, standing, together
from supervision.models import Agreement, Circumstance, Contact, DossierEntry
from supervision.rules.dutch import count
from supervision.screens.dossier_page import Line, Place, ToldTogether, agreement_line, contact_line, told_together
from supervision.stacked import Row, Rows, Stack

Entry = TypeVar("Entry", bound=DossierEntry)

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


def stacks_of(place: Place, *, known_at: datetime | None = None) -> tuple[Stack, ...]:
    stands = standing(known_at=known_at)
    within = circumstances_within(place.period) | circumstances_within(place.period.next)
    of = {"municipality": place.municipality}
    return (
        Stack(
            slug="agreement",
            rows=Agreement.objects.filter(stands, done_on=None, **of),
            columns=_columns("entry", "due", "what", "party", "contact__kind", "contact__on", "trede"),
        ),
        Stack(
            slug="contact",
            rows=Contact.objects.filter(stands, **of),
            columns=_columns("entry", "on", "subject", "participants", "kind"),
        ),
        Stack(
            slug="circumstance",
            rows=Circumstance.objects.filter(stands, within, **of),
            columns=_columns("entry", "said_on", "subject", "said_by", "kind", "persons"),
        ),
    )


def _columns(*names: str) -> dict[str, str]:
    return {name: name for name in names}


def summary_of(rows: Rows, place: Place, *, today: date) -> Summary:
    agreements = sorted(map(_agreement, rows["agreement"]), key=lambda each: each.due)
    contacts = sorted((_of(Contact, row, "on") for row in rows["contact"]), key=lambda each: each.on, reverse=True)
    circumstances = [_of(Circumstance, row, "said_on") for row in rows["circumstance"]]
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


def _agreement(row: Row) -> Agreement:
    kind, on, own = row["contact__kind"], row["contact__on"], {**row}
    del own["contact__kind"], own["contact__on"]
    contact = Contact(kind=kind, on=date.fromisoformat(on)) if kind else None
    agreement = _of(Agreement, own, "due")
    agreement.contact = contact
    return agreement


def _of(model: type[Entry], row: Row, day: str) -> Entry:
    """With what a line shows of it."""
    return model(**{**row, "entry": UUID(row["entry"]), day: date.fromisoformat(row[day])})
