"""Everything that happened to a municipality, in one list by day.

Each source reads its part in a fixed number of queries, whatever there is; another app adds one with `add_source`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import chain

from django.db.models import Q
from django.utils.timezone import localdate

from municipalities.models import User
from supervision.dossier import plans_of
from supervision.models import (
    Agreement,
    Circumstance,
    Contact,
    Delivery,
    DifferenceExplained,
    Figure,
    Herverdeling,
    Occasion,
    Proposal,
)
from supervision.rules.dutch import number, persons, signed
from supervision.rules.opgave import kind_of
from supervision.screens.dossier_page import Place, plan_name, within


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened on a day. `moment` is when it was recorded: it orders what happened on one day."""

    day: date
    moment: datetime
    title: str
    url: str = ""
    detail: str = ""
    by: User | None = None
    is_gone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One kind of event. `slug` stands in the address of a list of these alone."""

    slug: str
    label: str
    read: Callable[[Place], Iterable[Event]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """An event with the kind that it is of."""

    source: Source
    event: Event


def happened(place: Place, *, today: date) -> list[Happened]:
    """Latest first; up to and including today."""
    found = chain.from_iterable(
        (Happened(source=source, event=event) for event in source.read(place)) for source in SOURCES
    )
    past = (each for each in found if each.event.day <= today)
    return sorted(past, key=lambda each: (each.event.day, each.event.moment), reverse=True)


# -- figures ------------------------------------------------------------------


def _figures(place: Place) -> Iterator[Event]:
    rows = Figure.objects.filter(municipality=place.municipality)
    rows = rows.select_related("delivery__recorded_by", "delivery__withdrawn_by").order_by("delivery", "period", "pk")
    of_delivery: dict[Delivery, list[Figure]] = defaultdict(list)
    for row in rows:
        of_delivery[row.delivery].append(row)
    for delivery, figures in of_delivery.items():
        yield from _delivery(delivery, f"Cijfers: {_listed(figures)}", place)


def _listed(figures: Sequence[Figure]) -> str:
    """ "2022-1 taakstelling 203, realisatie 168; 2022-2 taakstelling 275"."""
    of_period: dict[str, list[str]] = defaultdict(list)
    for figure in figures:
        of_period[str(figure.period)].append(f"{kind_of(figure.kind).dutch} {number(figure.persons)}")
    return "; ".join(f"{period} {', '.join(said)}" for period, said in of_period.items())


def _herverdelingen(place: Place) -> Iterator[Event]:
    own = place.municipality
    rows = Herverdeling.objects.filter(Q(from_municipality=own) | Q(to_municipality=own))
    rows = rows.select_related(
        "from_municipality", "to_municipality", "delivery__recorded_by", "delivery__withdrawn_by"
    ).order_by("pk")
    for row in rows:
        takes = row.to_municipality_id == own.pk
        other = row.from_municipality if takes else row.to_municipality
        way = f"overgenomen van {other}" if takes else f"overgedragen aan {other}"
        yield from _delivery(row.delivery, f"Herverdeling {row.period}: {persons(row.persons)} {way}", place)


def _delivery(delivery: Delivery, title: str, place: Place) -> Iterator[Event]:
    """That it came in and, where it was withdrawn, that too."""
    sample = "voorbeeldcijfers" if delivery.is_sample and delivery.document.casefold() != "voorbeeldcijfers" else ""
    yield Event(
        day=localdate(delivery.recorded_at),
        moment=delivery.recorded_at,
        title=title,
        detail="; ".join(part for part in (delivery.document, sample, delivery.reason) if part),
        by=delivery.recorded_by,
        is_gone=delivery.is_withdrawn,
    )
    if delivery.withdrawn_at:
        yield Event(
            day=localdate(delivery.withdrawn_at),
            moment=delivery.withdrawn_at,
            title=f"Ingetrokken: {title[:1].lower()}{title[1:]}",
            detail=delivery.withdrawal_reason,
            by=delivery.withdrawn_by,
        )


def _explanations(place: Place) -> Iterator[Event]:
    rows = DifferenceExplained.objects.filter(municipality=place.municipality).select_related("explained_by")
    for row in rows:
        yield Event(
            day=localdate(row.explained_at),
            moment=row.explained_at,
            title=f"Verschil met COA over {row.period} verklaard: {signed(row.persons)}",
            url=place.url_in(row.period, "municipality"),
            detail=f"{row.get_cause_display()}{f': {row.note}' if row.note else ''}",
            by=row.explained_by,
        )


def _all_figures(place: Place) -> Iterable[Event]:
    return chain(_figures(place), _herverdelingen(place), _explanations(place))


# -- decisions ----------------------------------------------------------------


def _decisions(place: Place) -> Iterator[Event]:
    """What was decided, or how else it went, and before it what was proposed: it may all be of one moment."""
    rows = Proposal.objects.filter(municipality=place.municipality)
    rows = rows.select_related("proposed_by", "closed_by", "decision__decided_by")
    for row in rows:
        url = Place(municipality=place.municipality, period=row.period).url("proposal", pk=row.pk)
        which = f"{'tussentijds ' if row.occasion == Occasion.INTERIM else ''}over {row.period}: trede {row.trede}"
        beside = f" ({row.outcome})" if row.outcome else ""
        advised = f"wijkt af van advies {row.advice}" if row.departs else ""
        if row.closed_at and row.state in (Proposal.State.RETURNED, Proposal.State.WITHDRAWN):
            yield Event(
                day=localdate(row.closed_at),
                moment=row.closed_at,
                title=f"Voorstel {row.get_state_display()} {which}{beside}",
                url=url,
                detail=row.remark,
                by=row.closed_by,
            )
        if row.state == Proposal.State.DECIDED:
            decision = row.decision
            yield Event(
                day=localdate(decision.decided_at),
                moment=decision.decided_at,
                title=f"Besluit {which}{beside}",
                url=url,
                detail="door één persoon" if decision.alone else "",
                by=decision.decided_by,
                is_gone=decision.revised_at is not None,
            )
        yield Event(
            day=localdate(row.proposed_at),
            moment=row.proposed_at,
            title=f"Voorstel {which}{beside}",
            url=url,
            detail="; ".join(part for part in (advised, row.reason) if part),
            by=row.proposed_by,
            is_gone=row.state in (Proposal.State.WITHDRAWN, Proposal.State.REPLACED),
        )


# -- dossier ------------------------------------------------------------------


def _contacts(place: Place) -> Iterator[Event]:
    rows = Contact.objects.filter(municipality=place.municipality, replaced_at=None)
    for row in rows.select_related("recorded_by", "withdrawn_by"):
        url = place.url("dossier_entry", subject="contacten", entry=row.entry)
        title = f"{row.get_kind_display()}: {row.subject}"
        yield from _entry(row, day=row.on, title=title, url=url, detail=row.participants)


def _agreements(place: Place) -> Iterator[Event]:
    rows = Agreement.objects.filter(municipality=place.municipality, replaced_at=None)
    for row in rows.select_related("contact", "recorded_by", "withdrawn_by"):
        url = place.url("dossier_entry", subject="afspraken", entry=row.entry)
        made = row.contact.on if row.contact else localdate(row.recorded_at)
        yield from _entry(row, day=made, title=f"Afspraak: {row.what}", url=url, detail=row.party)
        if row.done_on:
            yield Event(
                day=row.done_on, moment=row.recorded_at, title=f"Gedaan: {row.what}", url=url, by=row.recorded_by
            )


def _circumstances(place: Place) -> Iterator[Event]:
    rows = Circumstance.objects.filter(municipality=place.municipality, replaced_at=None)
    for row in rows.select_related("recorded_by", "withdrawn_by"):
        url = place.url("dossier_entry", subject="omstandigheden", entry=row.entry)
        how_many = "" if row.persons is None else f": {persons(row.persons)}"
        title = f"{row.get_kind_display()}{how_many} volgens {row.said_by}"
        detail = "; ".join(part for part in (row.subject, row.document, within(row.start, row.end)) if part)
        yield from _entry(row, day=row.said_on, title=title, url=url, detail=detail)


def _entry(row: Contact | Agreement | Circumstance, *, day: date, title: str, url: str, detail: str) -> Iterator[Event]:
    """What it tells and, where it was withdrawn, that too."""
    yield Event(
        day=day,
        moment=row.recorded_at,
        title=title,
        url=url,
        detail=detail,
        by=row.recorded_by,
        is_gone=row.is_withdrawn,
    )
    if row.withdrawn_at:
        yield Event(
            day=localdate(row.withdrawn_at),
            moment=row.withdrawn_at,
            title=f"Ingetrokken: {title[:1].lower()}{title[1:]}",
            url=url,
            detail=row.withdrawal_reason,
            by=row.withdrawn_by,
        )


def _plans(place: Place) -> Iterator[Event]:
    for plan in plans_of(municipality=place.municipality, with_withdrawn=True):
        url, name = place.url("plan", pk=plan.plan.pk), plan_name(plan.plan)
        for step in plan.steps:
            yield Event(
                day=step.on,
                moment=step.recorded_at,
                title=f"{name}: {step.state}",
                url=url,
                detail=step.note,
                by=step.recorded_by,
                is_gone=plan.plan.is_withdrawn,
            )
        if plan.plan.withdrawn_at:
            yield Event(
                day=localdate(plan.plan.withdrawn_at),
                moment=plan.plan.withdrawn_at,
                title=f"{name} ingetrokken",
                url=url,
                detail=plan.plan.withdrawal_reason,
                by=plan.plan.withdrawn_by,
            )


# -- sources ------------------------------------------------------------------

SOURCES: list[Source] = [
    Source(slug="cijfers", label="Cijfers", read=_all_figures),
    Source(slug="besluiten", label="Besluiten", read=_decisions),
    Source(slug="contacten", label="Contacten", read=_contacts),
    Source(slug="afspraken", label="Afspraken", read=_agreements),
    Source(slug="omstandigheden", label="Omstandigheden", read=_circumstances),
    Source(slug="verbeterplannen", label="Verbeterplannen", read=_plans),
]


def add_source(source: Source) -> None:
    """For an app that supervision does not know; once, when the site starts."""
    if source.slug not in {each.slug for each in SOURCES}:
        SOURCES.append(source)
