"""Writes: each one transaction, always by somebody, and recorded as a delivery.

Writes to one province wait for each other: on SQLite because its transactions are IMMEDIATE, on
PostgreSQL by the lock on the province's row. So what was checked still holds when it is written.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.timezone import localdate
from django_scopes import scope

from municipalities.models import Municipality, Province, User
from supervision import figures
from supervision.deliveries import effect_of_withdrawal
from supervision.models import MOST_PERSONS, Delivery, Figure, Herverdeling
from supervision.rules.dutch import enumeration, long_date, number, persons
from supervision.rules.opgave import AnyKind, Kind, OwnCount
from supervision.rules.period import Period


class Refused(ValueError):
    """A write that is not possible. Its message is a Dutch sentence for the user."""


class ReasonNeeded(Refused):
    """A correction of a half-year that is closed for these municipalities, without a reason."""

    def __init__(self, municipalities: Iterable[Municipality], *, period: Period) -> None:
        self.municipalities = tuple(dict.fromkeys(municipalities))
        self.period = period
        names = [municipality.name for municipality in self.municipalities]
        if len(names) > MOST_NAMES:
            names = [*names[:MOST_NAMES], f"{number(len(names) - MOST_NAMES)} andere"]
        super().__init__(f"{period} is gesloten voor {enumeration(names)}. Geef een reden voor de correctie.")


MOST_NAMES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A number that somebody puts in a cell.

    `as_of` None is the day that such a figure usually stands for, or that of the figure which it
    replaces when that is later. `based_on` is the pk of the figure that they saw in the cell (None:
    an empty one); with `overrules`, the entry replaces whatever is there now. `sheet` and `cell` say
    where it stood in a workbook.
    """

    municipality: Municipality
    kind: Kind | OwnCount
    persons: int
    as_of: date | None = None
    based_on: int | None = None
    overrules: bool = False
    sheet: str = ""
    cell: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clash:
    """An entry on a cell that a colleague changed meanwhile: nothing of it was written."""

    entry: Entry
    theirs: Figure


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What came of the entries. No delivery: every number was in force already, or clashed."""

    delivery: Delivery | None
    clashes: tuple[Clash, ...]


def record_figures(
    *,
    by: User,
    province: Province,
    period: Period,
    entries: Sequence[Entry],
    now: datetime,
    way: Delivery.Way = Delivery.Way.TYPED,
    document: str = "",
    reason: str = "",
    is_sample: bool = False,
    submission: UUID | None = None,
    is_whole: bool = False,
) -> Recorded:
    """Add figures to the ledger in one delivery. What says the same as the figure in force is not
    added again, so that a form sent twice changes nothing. The same `submission` again gives the
    delivery that it made the first time. With `is_whole` nothing is written where anything clashes.

    `reason` is kept only where a half-year that is closed is corrected. Raises Refused, and writes
    nothing, when an entry is impossible in this half-year; ReasonNeeded when a correction lacks its reason.
    """
    for entry in entries:
        _check(entry, province=province, period=period)
    with transaction.atomic(), scope(province=province):
        lock(province)
        made = Delivery.objects.filter(submission=submission).first() if submission else None
        if made:
            return Recorded(delivery=made, clashes=())
        in_force = figures.figures_in_force(
            province=province, period=period, municipalities=[e.municipality for e in entries]
        )
        changed, clashes, corrected = _compared(entries, in_force, period=period, today=localdate(now))
        if corrected and not reason.strip():
            raise ReasonNeeded(corrected, period=period)
        if not changed or (clashes and is_whole):
            return Recorded(delivery=None, clashes=tuple(clashes))
        delivery = Delivery.objects.create(
            province=province,
            way=way,
            document=document,
            reason=reason.strip() if corrected else "",
            is_sample=is_sample,
            submission=submission,
            recorded_at=now,
            recorded_by=by,
        )
        for figure in changed:
            figure.delivery = delivery
        Figure.objects.bulk_create(changed)
    return Recorded(delivery=delivery, clashes=tuple(clashes))


def _compared(
    entries: Sequence[Entry], in_force: Mapping[figures.Cell, Figure], *, period: Period, today: date
) -> tuple[list[Figure], list[Clash], list[Municipality]]:
    """The figures that are other than those in force, the entries that clash, and whose closed half-year is corrected."""
    changed, clashes, corrected = [], [], []
    for entry in entries:
        theirs = in_force.get((entry.municipality.pk, entry.kind))
        as_of = entry.as_of or _usual_as_of(entry.kind, period, today, theirs)
        if theirs and (theirs.persons, theirs.as_of) == (entry.persons, as_of):
            continue
        if theirs and theirs.pk != entry.based_on and not entry.overrules:
            clashes.append(Clash(entry=entry, theirs=theirs))
            continue
        changed.append(_figure(entry, period=period, as_of=as_of))
        is_closed = figures.closes(in_force.get((entry.municipality.pk, Kind.REALISATION)))
        if is_closed and _corrects(entry, as_of, theirs):
            corrected.append(entry.municipality)
    return changed, clashes, corrected


def _corrects(entry: Entry, as_of: date, theirs: Figure | None) -> bool:
    """Whether it changes what the supervision rests on: not what a municipality counts itself, nor a count of an
    earlier day than the one in force."""
    return isinstance(entry.kind, Kind) and (theirs is None or as_of >= theirs.as_of)


def _figure(entry: Entry, *, period: Period, as_of: date) -> Figure:
    return Figure(
        municipality=entry.municipality,
        period=period,
        kind=entry.kind,
        as_of=as_of,
        persons=entry.persons,
        sheet=entry.sheet,
        cell=entry.cell,
    )


def _usual_as_of(kind: AnyKind, period: Period, today: date, replaced: Figure | None) -> date:
    """What is counted, is counted to the peildatum, or to today while the half-year runs."""
    usual = period.start
    if kind not in (Kind.TAAKSTELLING, Kind.ACHTERSTAND):
        usual = max(period.start, min(today, period.peildatum))
    return max(usual, replaced.as_of) if replaced else usual


def _check(entry: Entry, *, province: Province, period: Period) -> None:
    municipality = entry.municipality
    _check_exists(municipality, province=province, period=period)
    if entry.persons < 0 and entry.kind is not Kind.ACHTERSTAND:
        raise Refused(f"De {entry.kind.dutch} van {municipality.name} kan niet onder nul zijn.")
    if abs(entry.persons) > MOST_PERSONS:
        raise Refused(f"{number(entry.persons)} is te veel: een cijfer is hoogstens {persons(MOST_PERSONS)}.")
    is_counted_outside = entry.as_of and not period.start <= entry.as_of <= period.peildatum
    if entry.kind is Kind.REALISATION and is_counted_outside:
        raise Refused(
            f"Een realisatie van {period} is geteld op een dag van {long_date(period.start)} "
            f"tot en met {long_date(period.peildatum)}."
        )


def _check_exists(municipality: Municipality, *, province: Province, period: Period) -> None:
    if municipality.province_id != province.pk:
        raise Refused(f"{municipality.name} hoort niet bij de provincie {province.name}.")
    start, end = municipality.valid_from, municipality.valid_to
    if start is not None and start >= period.peildatum:
        raise Refused(f"{municipality.name} bestond in {period} nog niet: pas sinds {long_date(start)}.")
    if end is not None and end <= period.start:
        raise Refused(f"{municipality.name} bestond in {period} niet meer: opgeheven op {long_date(end)}.")


def lock(province: Province) -> None:
    """Until the transaction ends nobody else writes to the province."""
    Province.objects.select_for_update(no_key=True).get(pk=province.pk)


@transaction.atomic
def withdraw_delivery(*, by: User, delivery: Delivery, now: datetime, reason: str = "") -> bool:
    """Take a delivery out of force, whole; the figures before it count again.

    Nothing is erased. False when it was withdrawn already: the first withdrawal stands. Raises
    ReasonNeeded when it changes a half-year that is closed and no reason is given.
    """
    lock(delivery.province)
    with scope(province=delivery.province):
        standing = Delivery.objects.filter(pk=delivery.pk, withdrawn_at=None)
        if not reason and standing.exists():
            closed = effect_of_withdrawal(delivery).closed
            if closed:
                first = min(period for _, period in closed)
                raise ReasonNeeded([each for each, period in closed if period == first], period=first)
        return bool(standing.update(withdrawn_at=now, withdrawn_by=by, withdrawal_reason=reason))


@transaction.atomic
def agree_herverdeling(
    *,
    by: User,
    period: Period,
    from_municipality: Municipality,
    to_municipality: Municipality,
    count: int,
    now: datetime,
    agreed_on: date | None = None,
    note: str = "",
    submission: UUID | None = None,
    way: Delivery.Way = Delivery.Way.TYPED,
    document: str = "",
    is_sample: bool = False,
) -> Herverdeling:
    """Record that one municipality takes `count` persons over from another, in one delivery.

    The same submission again gives the herverdeling that it made the first time. Raises Refused
    when the two cannot swap: another province, the same municipality, not there in the half-year,
    or more than the taakstelling of the one that gives; ReasonNeeded when the half-year is closed
    for one of them and no note says why.
    """
    province = from_municipality.province
    lock(province)
    with scope(province=province):
        if submission:
            made = Herverdeling.objects.filter(delivery__submission=submission).first()
            if made:
                return made
        _check_swap(from_municipality, to_municipality, province=province, period=period, count=count)
        if not note:
            _check_swap_open(from_municipality, to_municipality, period=period)
        delivery = Delivery.objects.create(
            province=province,
            way=way,
            document=document,
            is_sample=is_sample,
            submission=submission,
            recorded_at=now,
            recorded_by=by,
        )
        return Herverdeling.objects.create(
            delivery=delivery,
            period=period,
            from_municipality=from_municipality,
            to_municipality=to_municipality,
            persons=count,
            agreed_on=agreed_on,
            note=note,
        )


def _check_swap(giver: Municipality, taker: Municipality, *, province: Province, period: Period, count: int) -> None:
    if giver.pk == taker.pk:
        raise Refused("Een herverdeling is tussen twee verschillende gemeenten.")
    for municipality in (giver, taker):
        _check_exists(municipality, province=province, period=period)
    if not 1 <= count <= MOST_PERSONS:
        raise Refused(f"Een herverdeling is van 1 tot {persons(MOST_PERSONS)}.")
    opgave = figures.assess_municipality(municipality=giver, period=period).opgave
    left = opgave.taakstelling_with_herverdeling
    if left is not None and count > left:
        raise Refused(
            f"{giver.name} heeft in {period} een taakstelling van {persons(left)} "
            f"en kan er geen {number(count)} overdragen."
        )


def _check_swap_open(giver: Municipality, taker: Municipality, *, period: Period) -> None:
    in_force = figures.figures_in_force(province=giver.province, period=period, municipalities=[giver, taker])
    closed = [each for each in (giver, taker) if figures.closes(in_force.get((each.pk, Kind.REALISATION)))]
    if closed:
        raise ReasonNeeded(closed, period=period)
