"""Writes of the dossier: an entry is recorded, changed into a next version, and withdrawn with a reason."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time
from typing import Any, TypeAlias
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.timezone import localdate
from django_scopes import scope

from municipalities.models import Municipality, User
from supervision.actions.ledger import Refused, lock
from supervision.coa.personal import personal_number_in
from supervision.models import MOST_PERSONS, Agreement, Circumstance, Contact, DossierEntry, Verbeterplan
from supervision.rules.dutch import long_date, persons
from supervision.rules.period import FIRST_YEAR, Period

YEARS_AHEAD = 5
"""Further away is a typing error."""


class Mistake(Refused):
    """Something that somebody typed cannot be. `field` is the fact that it is about; empty when it is none alone."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class EntryChanged(Refused):
    """A colleague changed or withdrew the entry meanwhile; `theirs` is the version that stands, or stood last."""

    def __init__(self, theirs: DossierEntry) -> None:
        self.theirs = theirs
        done = "ingetrokken" if theirs.is_withdrawn else "gewijzigd"
        who = theirs.withdrawn_by if theirs.is_withdrawn else theirs.recorded_by
        super().__init__(f"{who} heeft dit intussen {done}. Er is niets van u opgeslagen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFacts:
    """`names` is personal data."""

    kind: Contact.Kind
    on: date
    subject: str
    time: time | None = None
    participants: str = ""
    names: str = ""
    said: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """`trede`, `measure` and `period` go together: all three, or none."""

    what: str
    party: str
    due: date
    done_on: date | None = None
    contact: Contact | None = None
    trede: int | None = None
    measure: str = ""
    period: Period | None = None
    plan: Verbeterplan | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CircumstanceFacts:
    kind: Circumstance.Kind
    subject: str
    said_by: str
    said_on: date
    document: str
    persons: int | None = None
    start: date | None = None
    end: date | None = None
    description: str = ""


Facts: TypeAlias = ContactFacts | AgreementFacts | CircumstanceFacts

_MODELS: dict[type, type[DossierEntry]] = {
    ContactFacts: Contact,
    AgreementFacts: Agreement,
    CircumstanceFacts: Circumstance,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """The version that stands now; `is_new` False: it said so already."""

    version: DossierEntry
    is_new: bool


@transaction.atomic
def record_entry(*, by: User, municipality: Municipality, facts: Facts, entry: UUID, now: datetime) -> Kept:
    """Put a first version in the dossier. The same `entry` again, of a form that was sent twice, changes nothing.

    Raises Mistake, and writes nothing, when something in it cannot be.
    """
    lock(municipality.province)
    with scope(province=municipality.province):
        made = _versions(_MODELS[type(facts)], entry).first()
        if made is not None:
            return Kept(version=made, is_new=False)
        _check(facts, municipality=municipality, by=by, today=localdate(now))
        return Kept(version=_create(facts, municipality=municipality, entry=entry, by=by, now=now), is_new=True)


@transaction.atomic
def change_entry(*, by: User, seen: DossierEntry, facts: Facts, now: datetime) -> Kept:
    """Replace the version that somebody saw by one that says this. Saying the same changes nothing.

    Raises EntryChanged when it is no longer the one that stands, and Mistake when something in it cannot be.
    """
    lock(seen.municipality.province)
    with scope(province=seen.municipality.province):
        standing = _standing(seen)
        if _says(standing, facts):
            return Kept(version=standing, is_new=False)
        _check(facts, municipality=seen.municipality, by=by, today=localdate(now))
        standing.replaced_at, standing.replaced_by = now, by
        _forget_names(standing)
        standing.save()
        changed = _create(facts, municipality=seen.municipality, entry=standing.entry, by=by, now=now)
    return Kept(version=changed, is_new=True)


@transaction.atomic
def withdraw_entry(*, by: User, seen: DossierEntry, reason: str, now: datetime) -> None:
    """Take it out of what counts; it stays in the file. Raises EntryChanged and Mistake as a change does."""
    if not reason.strip():
        raise Mistake("Vul in waarom u dit intrekt.", field="reason")
    check_personal(reason, label="reden", field="reason")
    lock(seen.municipality.province)
    with scope(province=seen.municipality.province):
        standing = _standing(seen)
        standing.withdrawn_at, standing.withdrawn_by, standing.withdrawal_reason = now, by, reason.strip()
        _forget_names(standing)
        standing.save()


# -- versions -----------------------------------------------------------------


def _versions(model: type[DossierEntry], entry: UUID) -> QuerySet[DossierEntry]:
    rows = model._default_manager.filter(entry=entry)
    return rows.select_related("municipality__province", "recorded_by", "withdrawn_by").order_by("-pk")


def _create(facts: Facts, *, municipality: Municipality, entry: UUID, by: User, now: datetime) -> DossierEntry:
    return _MODELS[type(facts)]._default_manager.create(
        entry=entry,
        province=municipality.province,
        municipality=municipality,
        recorded_at=now,
        recorded_by=by,
        **dict(_values(facts)),
    )


def _standing(seen: DossierEntry) -> DossierEntry:
    """The version that stands, which must be the one that was seen."""
    last = _versions(type(seen), seen.entry).first()
    if last is None or last.pk != seen.pk or last.is_withdrawn:
        raise EntryChanged(last or seen)
    return last


def _forget_names(version: DossierEntry) -> None:
    if isinstance(version, Contact):
        version.names = ""


def _values(facts: Facts) -> Iterator[tuple[str, Any]]:
    return ((each.name, getattr(facts, each.name)) for each in fields(facts))


def _says(version: DossierEntry, facts: Facts) -> bool:
    return all(_same(getattr(version, name), value) for name, value in _values(facts))


def _same(one: Any, other: Any) -> bool:
    """Another version of the contact at which something was agreed is the same contact."""
    if isinstance(one, Contact) and isinstance(other, Contact):
        return one.entry == other.entry
    return bool(one == other)


# -- checks -------------------------------------------------------------------


def _check(facts: Facts, *, municipality: Municipality, by: User, today: date) -> None:
    if by.province_id != municipality.province_id:
        raise Mistake(f"{municipality.name} hoort niet bij uw provincie.")
    labels = {field.name: str(field.verbose_name) for field in _MODELS[type(facts)]._meta.fields}
    for name, value in _values(facts):
        if isinstance(value, str):
            check_personal(value, label=labels[name], field=name)
    day = Day(municipality=municipality, today=today)
    match facts:
        case ContactFacts():
            _check_contact(facts, day)
        case AgreementFacts():
            _check_agreement(facts, day)
        case CircumstanceFacts():
            _check_circumstance(facts, day)


def _check_contact(facts: ContactFacts, day: Day) -> None:
    _check_filled("subject", facts.subject, "waar het over ging")
    day.check(facts.on, field="on", may_come=True)
    if facts.on <= day.today and not facts.said.strip():
        raise Mistake("Vul in wat er is besproken: dit contact is geweest.", field="said")


def _check_agreement(facts: AgreementFacts, day: Day) -> None:
    _check_filled("what", facts.what, "wat er is afgesproken")
    _check_filled("party", facts.party, "wie het doet")
    day.check(facts.due, field="due", may_come=True)
    if facts.done_on is not None:
        day.check(facts.done_on, field="done_on", must_exist=False)
    for other, field in ((facts.contact, "contact"), (facts.plan, "plan")):
        if other is not None and other.municipality_id != day.municipality.pk:
            raise Mistake(f"Dit hoort niet bij {day.municipality.name}.", field=field)


def _check_circumstance(facts: CircumstanceFacts, day: Day) -> None:
    _check_filled("subject", facts.subject, "waar het over gaat")
    _check_filled("said_by", facts.said_by, "wie het zei")
    _check_filled("document", facts.document, "in welk document het staat")
    day.check(facts.said_on, field="said_on")
    for name, value in (("start", facts.start), ("end", facts.end)):
        if value is not None:
            day.check(value, field=name, may_come=True)
    if facts.start and facts.end and facts.end < facts.start:
        raise Mistake(f"Het einde ligt vóór het begin, {long_date(facts.start)}.", field="end")
    if facts.persons is not None and not 0 <= facts.persons <= MOST_PERSONS:
        raise Mistake(f"Een aantal is van 0 tot en met {persons(MOST_PERSONS)}.", field="persons")


def _check_filled(field: str, text: str, what: str) -> None:
    if not text.strip():
        raise Mistake(f"Vul in {what}.", field=field)


def check_personal(text: str, *, label: str, field: str) -> None:
    """A number that points to one vergunninghouder is refused; the sentence does not repeat it."""
    found = personal_number_in(text)
    if found:
        raise Mistake(
            f"Onder ‘{label}’ staat wat {found} lijkt. Gegevens van vergunninghouders horen niet in het dossier: "
            "haal het weg.",
            field=field,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Which days can be, for this municipality, seen from today."""

    municipality: Municipality
    today: date

    def check(self, day: date, *, field: str, may_come: bool = False, must_exist: bool = True) -> None:
        """Raise Mistake when something cannot have been, or will not be, on this day."""
        if day.year < FIRST_YEAR:
            raise Mistake(f"{long_date(day)} is te lang geleden: kies een dag vanaf {FIRST_YEAR}.", field=field)
        if day > self.today and not may_come:
            raise Mistake(f"{long_date(day)} moet nog komen: kies een dag tot en met vandaag.", field=field)
        if day.year > self.today.year + YEARS_AHEAD:
            last = self.today.year + YEARS_AHEAD
            raise Mistake(f"{long_date(day)} is te ver weg: kies een dag tot en met {last}.", field=field)
        if must_exist:
            self._check_exists(day, field=field)

    def _check_exists(self, day: date, *, field: str) -> None:
        name, start, end = self.municipality.name, self.municipality.valid_from, self.municipality.valid_to
        if start is not None and day < start:
            raise Mistake(f"{name} bestond op {long_date(day)} nog niet: pas sinds {long_date(start)}.", field=field)
        if end is not None and day >= end:
            raise Mistake(f"{name} bestond op {long_date(day)} niet meer: opgeheven op {long_date(end)}.", field=field)
