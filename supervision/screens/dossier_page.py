"""What the screens of the dossier show, from entries that were read. Nothing here queries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import Any

from django.urls import reverse
from django.utils.timezone import localdate

from municipalities.models import Municipality, Succession, User
from supervision.dossier import Plan, Told
from supervision.models import Agreement, Circumstance, Contact, DossierEntry, Verbeterplan
from supervision.rules.dutch import count, day_and_month, long_date, number, persons, short_date
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Whose dossier it is, and the half-year in sight: what every address in it begins with."""

    municipality: Municipality
    period: Period

    def url(self, name: str, **more: object) -> str:
        address = {"period": self.period, "code": self.municipality.code, **more}
        return reverse(f"supervision:{name}", kwargs=address)

    def url_in(self, period: Period, name: str) -> str:
        return Place(municipality=self.municipality, period=period).url(name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One entry in a list. `label` is the link, `text` goes on after it; `late` says by how much it is."""

    day: str
    label: str
    url: str
    text: str = ""
    detail: str = ""
    late: str = ""
    note: str = ""


def late_by(due: date, today: date) -> str:
    """ "3 dagen te laat"; empty up to and including the day itself."""
    days = (today - due).days
    return f"{count(days, 'dag', 'dagen')} te laat" if days > 0 else ""


def clock(moment: time) -> str:
    """17:00 → "17.00 uur"."""
    return f"{moment.hour}.{moment.minute:02} uur"


def finding_of(agreements: Sequence[Agreement], contacts: Sequence[Contact], *, today: date) -> str:
    """ "3 open afspraken, waarvan 1 te laat; laatste contact op 8 juli 2022."."""
    waiting = [each for each in agreements if each.done_on is None]
    late = sum(each.due < today for each in waiting)
    told = count(len(waiting), "open afspraak", "open afspraken") if waiting else "Geen open afspraken"
    told += f", waarvan {number(late)} te laat" if late else ""
    last = max((each.on for each in contacts if each.on <= today), default=None)
    return f"{told}; {f'laatste contact op {long_date(last)}' if last else 'nog geen contact'}"


# -- contacts -----------------------------------------------------------------


def contact_line(contact: Contact, place: Place, *, today: date) -> Line:
    when = "gepland" if contact.on > today else ""
    at = clock(contact.time) if contact.time else ""
    return Line(
        day=short_date(contact.on),
        label=contact.get_kind_display(),
        url=place.url("dossier_entry", subject="contacten", entry=contact.entry),
        text=f": {contact.subject}",
        detail="; ".join(part for part in (at, contact.participants) if part),
        note=when,
    )


# -- agreements ---------------------------------------------------------------


def agreement_line(agreement: Agreement, place: Place, *, today: date) -> Line:
    done = agreement.done_on
    return Line(
        day=short_date(agreement.due),
        label=agreement.what,
        url=place.url("dossier_entry", subject="afspraken", entry=agreement.entry),
        detail="; ".join([agreement.party, *origin_of(agreement)]),
        late="" if done else late_by(agreement.due, today),
        note=f"gedaan op {short_date(done)}" if done else "",
    )


def origin_of(agreement: Agreement) -> list[str]:
    """Where an agreement comes from: "ambtelijk overleg, 30 augustus", "volgt uit trede 3"."""
    origin = []
    if agreement.contact:
        kind = Contact.Kind(agreement.contact.kind)
        origin.append(f"{_within_a_sentence(kind.label)}, {day_and_month(agreement.contact.on)}")
    if agreement.trede:
        origin.append(f"volgt uit trede {agreement.trede}")
    return origin


def _within_a_sentence(label: str) -> str:
    return label[:1].lower() + label[1:]


def late_of_agreement(version: DossierEntry, *, today: date) -> str:
    waits = isinstance(version, Agreement) and version.done_on is None
    return late_by(version.due, today) if waits and isinstance(version, Agreement) else ""


# -- verbeterplan -------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanLine:
    name: str
    url: str
    state: str
    detail: str
    late: str
    agreements: str


def plan_line(plan: Plan, place: Place, agreements: Iterable[Agreement], *, today: date) -> PlanLine:
    own = [each for each in agreements if each.plan_id == plan.plan.pk]
    still_open = sum(each.done_on is None for each in own)
    due = plan.last.due
    return PlanLine(
        name=plan_name(plan.plan),
        url=place.url("plan", pk=plan.plan.pk),
        state=plan.state.value,
        detail=f"sinds {long_date(plan.last.on)}" + (f"; volgende stap uiterlijk {long_date(due)}" if due else ""),
        late=late_by(due, today) if due and plan.is_late(today) else "",
        agreements=f"{count(len(own), 'afspraak', 'afspraken')}, {still_open} open" if own else "nog geen afspraken",
    )


def plan_name(plan: Verbeterplan) -> str:
    return f"Verbeterplan over {plan.period}"


# -- circumstances ------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLine:
    """What one source said of a circumstance."""

    persons: str
    said_by: str
    source: str
    url: str
    within: str
    description: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldTogether:
    kind: str
    subject: str
    lines: tuple[ToldLine, ...]


def told_together(told: Sequence[Told], place: Place) -> tuple[ToldTogether, ...]:
    return tuple(
        ToldTogether(
            kind=each.kind.label, subject=each.subject, lines=tuple(_told_line(row, place) for row in each.told)
        )
        for each in told
    )


def _told_line(row: Circumstance, place: Place) -> ToldLine:
    return ToldLine(
        persons="zonder aantal" if row.persons is None else persons(row.persons),
        said_by=row.said_by,
        source="; ".join(part for part in (long_date(row.said_on), row.document) if part),
        url=place.url("dossier_entry", subject="omstandigheden", entry=row.entry),
        within=within(row.start, row.end),
        description=row.description,
    )


def within(start: date | None, end: date | None) -> str:
    if start and end:
        return f"van {long_date(start)} tot en met {long_date(end)}"
    if start:
        return f"vanaf {long_date(start)}"
    return f"tot en met {long_date(end)}" if end else ""


def within_of(version: DossierEntry) -> str:
    return within(version.start, version.end) if isinstance(version, Circumstance) else ""


# -- withdrawn ----------------------------------------------------------------

SLUGS: dict[type[DossierEntry], str] = {
    Contact: "contacten",
    Agreement: "afspraken",
    Circumstance: "omstandigheden",
}
"""What each kind of entry is called in an address."""


def withdrawn_line(entry: DossierEntry, place: Place) -> Line:
    at = entry.withdrawn_at
    return Line(
        day=short_date(localdate(at)) if at else "",
        label=str(entry),
        url=place.url("dossier_entry", subject=SLUGS[type(entry)], entry=entry.entry),
        detail=f"{entry.withdrawn_by}: {entry.withdrawal_reason}",
    )


# -- what an entry said before ------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a version said that was replaced: only what is other than in the one after it."""

    changed_at: datetime
    changed_by: User
    was: tuple[tuple[str, str], ...]


ABOUT_THE_VERSION = frozenset({"id", *(field.name for field in DossierEntry._meta.get_fields())})
# Personal data is not kept in what was replaced.
NOT_SAID = ABOUT_THE_VERSION | {"names"}


def history_of(versions: Sequence[DossierEntry]) -> tuple[Earlier, ...]:
    """From the versions of an entry, the one that stands first: the last change first."""
    return tuple(
        Earlier(changed_at=old.replaced_at, changed_by=old.replaced_by, was=differences(old, new))
        for new, old in pairwise(versions)
        if old.replaced_at and old.replaced_by
    )


def differences(
    old: DossierEntry, new: DossierEntry, *, left_out: Collection[str] = NOT_SAID
) -> tuple[tuple[str, str], ...]:
    """Of each field that is not the same in both, its name and what it says in the first."""
    return tuple(
        (str(field.verbose_name), said(old, field.name))
        for field in old._meta.fields
        if field.name not in left_out and said(old, field.name) != said(new, field.name)
    )


def said(version: DossierEntry, name: str) -> str:
    """What a field says, in words."""
    display = getattr(version, f"get_{name}_display", None)
    value: Any = display() if display else getattr(version, name)
    match value:
        case None | "":
            return "niets ingevuld"
        case date():
            return long_date(value)
        case time():
            return clock(value)
        case Contact():
            return f"{value.get_kind_display()}, {long_date(value.on)}"
        case Verbeterplan():
            return plan_name(value)
        case _:
            return str(value)


# -- herindeling --------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Relative:
    """Another municipality of the province whose dossier goes before this one, or after it."""

    name: str
    url: str
    when: str


def relatives_of(municipality: Municipality, successions: Iterable[Succession]) -> tuple[Relative, ...]:
    """Each in a half-year in which it was there. Of another province there is no dossier to go to."""
    relatives = []
    for row in successions:
        is_before = row.to_municipality_id == municipality.pk
        other = row.from_municipality if is_before else row.to_municipality
        if other.province_id != municipality.province_id:
            continue
        day = row.on - timedelta(days=1) if is_before else row.on
        place = Place(municipality=other, period=Period.containing(day))
        when = f"tot {long_date(row.on)}" if is_before else f"vanaf {long_date(row.on)}"
        relatives.append(Relative(name=other.name, url=place.url("dossier"), when=when))
    return tuple(relatives)
