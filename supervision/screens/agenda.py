"""What is on the agenda of the province in a half-year: peildata, talks, agreements and verbeterplannen, by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from municipalities.models import Municipality, Province
from supervision.dossier import standing
from supervision.models import Agreement, Contact, VerbeterplanStep
from supervision.rules.dutch import count, enumeration, month_and_year, short_date
from supervision.rules.period import Period
from supervision.rules.verbeterplan import State
from supervision.screens.dossier_page import Line, Place, late_by, origin_of, plan_name
from supervision.stacked import Rows, Stack

TALKS = (Contact.Kind.AMBTELIJK, Contact.Kind.BESTUURLIJK, Contact.Kind.TELEFOON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """What is late by now, of whatever half-year; and what falls in this one, month by month."""

    finding: str
    late: tuple[Line, ...]
    months: tuple[Month, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """What another app has waiting for a day. `singular` and `plural` are what is counted once that day has passed."""

    day: date
    line: Line
    singular: str
    plural: str


def days_of(period: Period) -> tuple[date, date]:
    """From the first day of the half-year up to and including its peildatum."""
    return (period.start, period.peildatum)


def agenda_of(*, province: Province, period: Period, today: date, added: Sequence[Due] = ()) -> Agenda:
    """Of the days of the half-year. Three queries. `added` is what other apps have, late or in these days."""
    within = days_of(period)
    agreements = list(_open_agreements(province, within, today))
    steps = list(_waiting_steps(province, Q(due__range=within) | Q(due__lt=today)))
    late_agreements = [(each.due, _agreement(each, period, today)) for each in agreements if each.due < today]
    late_plans = [(each.due, _step(each, period, today)) for each in steps if each.due and each.due < today]
    dated = [
        *_peildata(period),
        *((each.on, _contact(each, period, today)) for each in _contacts(province, within, today)),
        *((each.due, _agreement(each, period, today)) for each in agreements if within[0] <= each.due <= within[1]),
        *((each.due, _step(each, period, today)) for each in steps if each.due and within[0] <= each.due <= within[1]),
        *((each.day, each.line) for each in added if within[0] <= each.day <= within[1]),
    ]
    late_added = [each for each in added if each.day < today]
    late = [*late_agreements, *late_plans, *((each.day, each.line) for each in late_added)]
    return Agenda(
        finding=_finding(len(late_agreements), len(late_plans), late_added),
        late=tuple(line for _, line in sorted(late, key=_day)),
        months=_months(sorted(dated, key=_day)),
    )


def _finding(agreements: int, plans: int, added: Sequence[Due]) -> str:
    late = []
    if agreements:
        late.append(count(agreements, "afspraak", "afspraken"))
    if plans:
        late.append(count(plans, "verbeterplan", "verbeterplannen"))
    counted = Counter((each.singular, each.plural) for each in added)
    late += [count(found, singular, plural) for (singular, plural), found in counted.items()]
    return f"Te laat: {enumeration(late)}" if late else "Niets is te laat"


Dated = tuple[date, Line]


def _day(dated: Dated) -> date:
    return dated[0]


def _months(dated: Sequence[Dated]) -> tuple[Month, ...]:
    by_month = groupby(dated, key=lambda each: month_and_year(each[0]))
    return tuple(Month(name=name, lines=tuple(line for _, line in lines)) for name, lines in by_month)


# -- reads --------------------------------------------------------------------


def _open_agreements(province: Province, within: tuple[date, date], today: date) -> QuerySet[Agreement]:
    rows = Agreement.objects.filter(standing(), province=province, done_on=None)
    return rows.filter(Q(due__range=within) | Q(due__lt=today)).select_related("municipality", "contact")


def _waiting_steps(province: Province, due: Q) -> QuerySet[VerbeterplanStep]:
    """Of each verbeterplan the last step, where another one is waited for."""
    later = VerbeterplanStep.objects.filter(plan=OuterRef("plan")).order_by("-position")
    rows = VerbeterplanStep.objects.filter(due, plan__province=province, plan__withdrawn_at=None)
    rows = rows.exclude(state=State.COMPLETED.value).filter(position=Subquery(later.values("position")[:1]))
    return rows.select_related("plan__municipality")


def _contacts(province: Province, within: tuple[date, date], today: date) -> QuerySet[Contact]:
    """Talks, and whatever is planned: a letter that was sent is no appointment."""
    rows = Contact.objects.filter(standing(), province=province, on__range=within)
    return rows.filter(Q(kind__in=TALKS) | Q(on__gt=today)).select_related("municipality").order_by("on", "time")


# -- lines --------------------------------------------------------------------


def _peildata(period: Period) -> Iterator[Dated]:
    """The two peildata that bound the half-year. From each on letters are due: a last day for them is not laid down."""
    for counted in (period.previous, period):
        day = counted.peildatum
        yield (
            day,
            Line(
                day=short_date(day),
                label=f"Peildatum van {counted}",
                url=reverse("supervision:overview", kwargs={"period": counted}),
                detail=f"De cijfers van het COA over {counted} worden definitief; daarna volgen de toezichtbrieven.",
            ),
        )


def _place(municipality: Municipality, period: Period, day: date) -> Place:
    """In the half-year in sight, or the one of the day where the municipality is not there in that."""
    within = municipality.exists_within(start=period.start, end=period.peildatum)
    return Place(municipality=municipality, period=period if within else Period.containing(day))


def _contact(contact: Contact, period: Period, today: date) -> Line:
    at = f"{contact.time:%-H.%M} uur" if contact.time else ""
    return Line(
        day=short_date(contact.on),
        label=f"{contact.get_kind_display()} {contact.municipality.name}",
        url=_place(contact.municipality, period, contact.on).url(
            "dossier_entry", subject="contacten", entry=contact.entry
        ),
        text=f": {contact.subject}",
        detail="; ".join(part for part in (at, contact.participants) if part),
        note="gepland" if contact.on > today else "",
    )


def _agreement(agreement: Agreement, period: Period, today: date) -> Line:
    return Line(
        day=short_date(agreement.due),
        label=agreement.what,
        url=_place(agreement.municipality, period, agreement.due).url(
            "dossier_entry", subject="afspraken", entry=agreement.entry
        ),
        detail="; ".join([f"Afspraak met {agreement.municipality.name}", agreement.party, *origin_of(agreement)]),
        late=late_by(agreement.due, today),
    )


def _step(step: VerbeterplanStep, period: Period, today: date) -> Line:
    plan, due = step.plan, step.due or step.on
    return Line(
        day=short_date(due),
        label=f"{plan_name(plan)} van {plan.municipality.name}",
        url=_place(plan.municipality, period, step.on).url("plan", pk=plan.pk),
        detail=f"nu {step.state}; de volgende stap wordt verwacht",
        late=late_by(due, today),
    )


# -- what is late, for the overview -------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Late:
    """Of how many agreements and verbeterplannen the day has passed, and of whom; the one that waits longest first."""

    agreements: tuple[str, ...] = ()
    plans: tuple[str, ...] = ()


NOTHING_LATE = Late()


def late_stacks(province: Province, today: date) -> tuple[Stack, ...]:
    agreements = Agreement.objects.filter(standing(), province=province, done_on=None, due__lt=today)
    steps = _waiting_steps(province, Q(due__lt=today)).select_related(None)
    return (
        Stack(slug="agreement", rows=agreements, columns={"due": "due", "name": "municipality__name"}),
        Stack(slug="plan", rows=steps, columns={"due": "due", "name": "plan__municipality__name"}),
    )


def late_of(rows: Rows) -> Late:
    def names(slug: str) -> tuple[str, ...]:
        return tuple(row["name"] for row in sorted(rows[slug], key=lambda row: (row["due"], row["name"])))

    return Late(agreements=names("agreement"), plans=names("plan"))
