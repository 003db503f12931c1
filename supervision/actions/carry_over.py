"""Carrying over what the parts of a herindeling owed to the municipality that they went into."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from municipalities.models import Municipality, User
from supervision.actions.ledger import ReasonNeeded, Recorded, Refused, lock
from supervision.carry_over import CarryOver, Part, carry_overs_of
from supervision.models import MOST_PERSONS, CarriedOver, Delivery, Figure
from supervision.rules.dutch import long_date, number, persons
from supervision.rules.opgave import Opening
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """What one part brings. `seen` is its end as it stood before the sender; None: not known, and then `document` says
    where the number comes from."""

    part: Municipality
    persons: int
    seen: int | None
    document: str = ""


class Departs(Refused):
    """More or less goes over than a part owed, without a reason."""

    def __init__(self, departure: str) -> None:
        super().__init__(f"{departure} Geef daarvoor een reden.")


def carry_over(
    *,
    by: User,
    municipality: Municipality,
    period: Period,
    shares: Sequence[Share],
    based_on: int | None,
    now: datetime,
    reason: str = "",
) -> Recorded:
    """Open the half-year of the municipality with what its parts owed, in one delivery; what was carried over before
    is replaced. The same shares again change nothing. What rests on a voorbeeldcijfer is one itself.

    `based_on` is the pk of the carried-over opening that the sender saw. Raises Refused when the parts, their ends or
    that opening are others by now; without a reason Departs when more or less goes over than a part owed, and
    ReasonNeeded when the half-year is closed.
    """
    province = municipality.province
    with transaction.atomic(), scope(province=province):
        lock(province)
        found = carry_overs_of(province=province, period=period)
        waiting = next((each for each in found if each.municipality.pk == municipality.pk), None)
        if waiting is None:
            raise Refused(f"Op {long_date(period.start)} ging er geen gemeente op in {municipality.name}.")
        pairs = _paired(waiting, shares)
        if _stands_so(waiting, pairs):
            return Recorded(delivery=None, clashes=())
        _check(waiting, pairs, based_on=based_on)
        if not reason:
            _check_needs_no_reason(waiting, pairs)
        delivery = Delivery.objects.create(
            province=province,
            way=Delivery.Way.CARRIED_OVER,
            document=f"Herindeling van {long_date(waiting.on)}",
            reason=reason,
            is_sample=any(part.is_sample for part, _ in pairs),
            recorded_at=now,
            recorded_by=by,
        )
        _record(delivery, waiting, pairs)
    return Recorded(delivery=delivery, clashes=())


Pairs = list[tuple[Part, Share]]


def _paired(waiting: CarryOver, shares: Sequence[Share]) -> Pairs:
    by_part = {share.part.pk: share for share in shares}
    if by_part.keys() != {part.municipality.pk for part in waiting.parts} or len(by_part) != len(shares):
        raise Refused(f"De gemeenten die opgingen in {waiting.municipality.name} zijn andere. Laad de pagina opnieuw.")
    return [(part, by_part[part.municipality.pk]) for part in waiting.parts]


def _stands_so(waiting: CarryOver, pairs: Pairs) -> bool:
    return all(
        part.carried is not None
        and (part.carried.persons, part.carried.end, part.carried.document) == (share.persons, part.end, share.document)
        for part, share in pairs
    )


def _check(waiting: CarryOver, pairs: Pairs, *, based_on: int | None) -> None:
    figure = waiting.figure
    if (figure.pk if figure else None) != based_on:
        raise Refused(_overtaken(waiting))
    for part, share in pairs:
        name = part.municipality.name
        if part.end != share.seen:
            now_is = "niet meer bekend" if part.end is None else f"intussen {number(part.end)}"
            raise Refused(f"Het eind van {name} is {now_is}. Kijk het nog eens na.")
        if part.end is None and not share.document:
            raise Refused(f"Het eind van {name} is niet bekend. Vul in waar het getal staat.")
        if abs(share.persons) > MOST_PERSONS:
            raise Refused(f"{number(share.persons)} is te veel: een cijfer is hoogstens {persons(MOST_PERSONS)}.")
    if abs(_together(pairs)) > MOST_PERSONS:
        raise Refused(f"Samen is dit {number(_together(pairs))}: een cijfer is hoogstens {persons(MOST_PERSONS)}.")


def _overtaken(waiting: CarryOver) -> str:
    name, figure = waiting.municipality.name, waiting.figure
    if figure is None:
        return f"Wat voor {name} was overgenomen, is intussen ingetrokken. Kijk het nog eens na."
    return (
        f"{figure.delivery.recorded_by} nam voor {name} intussen {persons(figure.persons)} over. Kijk het nog eens na."
    )


def _check_needs_no_reason(waiting: CarryOver, pairs: Pairs) -> None:
    for part, share in pairs:
        departure = part.handing_on(share.persons).departure
        if departure:
            raise Departs(departure)
    if waiting.is_closed:
        raise ReasonNeeded([waiting.municipality], period=waiting.period)


def _together(pairs: Pairs) -> int:
    return sum(share.persons for _, share in pairs)


def _record(delivery: Delivery, waiting: CarryOver, pairs: Pairs) -> None:
    figure = Figure.objects.create(
        delivery=delivery,
        municipality=waiting.municipality,
        period=waiting.period,
        kind=Opening.CARRIED_OVER,
        as_of=waiting.period.start,
        persons=_together(pairs),
    )
    CarriedOver.objects.bulk_create(
        CarriedOver(
            figure=figure,
            from_municipality=part.municipality,
            persons=share.persons,
            end=part.end,
            document=share.document,
        )
        for part, share in pairs
    )
