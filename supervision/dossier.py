"""Reads of the dossier: what was said, agreed and told about a municipality. A query or two each, whatever its size.

What was replaced or withdrawn is left out, unless it is asked for. Nothing here goes into a sum.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet

from municipalities.models import Municipality, Province, Succession
from supervision.models import (
    Agreement,
    Attachment,
    Circumstance,
    Contact,
    DossierEntry,
    Verbeterplan,
    VerbeterplanStep,
)
from supervision.rules.period import Period
from supervision.rules.verbeterplan import State
from supervision.successions import successions_with

Entry = TypeVar("Entry", bound=DossierEntry)


def standing(*, known_at: datetime | None = None) -> Q:
    """The version that stands of what is not withdrawn; or stood, at that moment."""
    if known_at is None:
        return Q(replaced_at=None, withdrawn_at=None)
    return (
        Q(recorded_at__lte=known_at)
        & (Q(replaced_at=None) | Q(replaced_at__gt=known_at))
        & (Q(withdrawn_at=None) | Q(withdrawn_at__gt=known_at))
    )


# -- contacts -----------------------------------------------------------------


def contacts_of(
    *,
    municipality: Municipality,
    first: date | None = None,
    last: date | None = None,
    known_at: datetime | None = None,
) -> QuerySet[Contact]:
    """Latest first; from `first` up to and including `last`. One that is still to come is an appointment."""
    rows = Contact.objects.filter(standing(known_at=known_at), municipality=municipality)
    if first is not None:
        rows = rows.filter(on__gte=first)
    if last is not None:
        rows = rows.filter(on__lte=last)
    return rows.order_by("-on", "-time", "-pk")


def attachments_of(entry: UUID) -> QuerySet[Attachment]:
    """All of a contact, whatever the version with which they came; without their content."""
    rows = Attachment.objects.filter(contact__entry=entry).select_related("given_by", "withdrawn_by")
    return rows.defer("content")


# -- agreements ---------------------------------------------------------------


def agreements_of(
    *, municipality: Municipality, only_open: bool = False, known_at: datetime | None = None
) -> QuerySet[Agreement]:
    """The first due first; with the contact at which each was made."""
    rows = Agreement.objects.filter(standing(known_at=known_at), municipality=municipality)
    if only_open:
        rows = rows.filter(done_on=None)
    return rows.select_related("contact").order_by("due", "pk")


def overdue_agreements(*, province: Province, today: date) -> QuerySet[Agreement]:
    """Of all municipalities, the longest overdue first; due today is not overdue yet."""
    rows = Agreement.objects.filter(standing(), province=province, done_on=None, due__lt=today)
    return rows.select_related("municipality").order_by("due", "pk")


# -- verbeterplan -------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A verbeterplan with the steps that it went through, the first one first."""

    plan: Verbeterplan
    steps: tuple[VerbeterplanStep, ...]

    @property
    def last(self) -> VerbeterplanStep:
        return self.steps[-1]

    @property
    def state(self) -> State:
        return State(self.last.state)

    def is_late(self, today: date) -> bool:
        return self.last.due is not None and self.last.due < today and self.state is not State.COMPLETED


def plans_of(*, municipality: Municipality, with_withdrawn: bool = False) -> list[Plan]:
    """The one of the latest half-year first. One query."""
    steps = VerbeterplanStep.objects.filter(plan__municipality=municipality)
    if not with_withdrawn:
        steps = steps.filter(plan__withdrawn_at=None)
    return plans_from(steps.order_by("-plan__period", "-plan", "position"))


def plans_from(steps: QuerySet[VerbeterplanStep]) -> list[Plan]:
    """Of steps that stand plan by plan, each in its order."""
    rows = steps.select_related("plan__municipality", "plan__withdrawn_by", "recorded_by")
    grouped = groupby(rows, key=lambda step: step.plan)
    return [Plan(plan=plan, steps=tuple(steps)) for plan, steps in grouped]


# -- circumstances ------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One circumstance, with what each source said of it beside each other, the first one first."""

    kind: Circumstance.Kind
    subject: str
    told: tuple[Circumstance, ...]


def circumstances_of(
    *,
    municipality: Municipality,
    period: Period | None = None,
    until: Period | None = None,
    known_at: datetime | None = None,
) -> list[Told]:
    """Those that touch the half-year, or those up to and including `until`, by their period or else by the day on which
    they were told. One query."""
    rows = Circumstance.objects.filter(standing(known_at=known_at), municipality=municipality)
    if period is not None:
        rows = rows.filter(circumstances_within(period, until))
    return together(rows.order_by("said_on", "pk"))


def circumstances_of_all(*, province: Province, period: Period, until: Period) -> Mapping[int, list[Told]]:
    """By the pk of the municipality, of those with any. One query."""
    rows = Circumstance.objects.filter(standing(), circumstances_within(period, until), municipality__province=province)
    found: dict[int, list[Circumstance]] = defaultdict(list)
    for row in rows.order_by("said_on", "pk"):
        found[row.municipality_id].append(row)
    return {municipality: together(rows) for municipality, rows in found.items()}


def circumstances_within(period: Period, until: Period | None = None) -> Q:
    """A half-year runs from its start up to, not including, its peildatum."""
    start, end = period.start, (until or period).peildatum
    told_within = Q(start=None, end=None, said_on__gte=start, said_on__lt=end)
    dated = Q(start__isnull=False) | Q(end__isnull=False)
    overlapping = dated & (Q(start=None) | Q(start__lt=end)) & (Q(end=None) | Q(end__gte=start))
    return told_within | overlapping


def together(rows: Iterable[Circumstance]) -> list[Told]:
    """What is about the same circumstance, however its subject is capitalised, under the words of who told it first. The
    circumstance of which something was told last comes first."""
    groups: dict[tuple[str, str], list[Circumstance]] = {}
    for row in rows:
        groups.setdefault((row.kind, row.subject.casefold()), []).append(row)
    told = [
        Told(kind=Circumstance.Kind(kind), subject=rows[0].subject, told=tuple(rows))
        for (kind, _), rows in groups.items()
    ]
    return sorted(told, key=lambda each: each.told[-1].said_on, reverse=True)


# -- one entry ----------------------------------------------------------------


def versions_of(rows: QuerySet[Entry], *, municipality: Municipality, entry: UUID) -> list[Entry]:
    """All versions of an entry, the one that stands first; empty when the municipality has none."""
    found = rows.filter(municipality=municipality, entry=entry)
    return list(found.select_related("recorded_by", "replaced_by", "withdrawn_by").order_by("-pk"))


def withdrawn_of(*, municipality: Municipality) -> list[DossierEntry]:
    """Of every kind, the last one withdrawn first. Three queries."""
    rows: list[DossierEntry] = []
    for model in (Contact, Agreement, Circumstance):
        gone = model.objects.filter(municipality=municipality, withdrawn_at__isnull=False)
        rows += gone.select_related("withdrawn_by")
    return sorted(rows, key=lambda each: (each.withdrawn_at, each.pk), reverse=True)


# -- herindeling --------------------------------------------------------------


def successions_of(municipality: Municipality) -> list[Succession]:
    """What the municipality came from and what became of it, where it did not stay itself: each has a dossier."""
    return [row for row in successions_with(municipality) if row.kind != Succession.Kind.GRENSCORRECTIE]
