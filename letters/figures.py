"""Reads: what a letter needs besides the assessment, and all of it as the pure input of `letters.content`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from letters.content import Address, Case, Details, Swap
from letters.models import Letterhead, plain_letterhead
from municipalities.models import Municipality, PostAddress, Province, User
from municipalities.rights import Right
from supervision import figures
from supervision.models import Figure
from supervision.rules.opgave import Kind
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why there can be no letter yet: the figures that lack, or else that no policy holds in the half-year."""

    missing: tuple[Kind, ...]


def case_of(*, municipality: Municipality, period: Period) -> Case | Obstacle:
    """The case of one municipality and half-year, in a fixed number of queries."""
    assessment = figures.assess_municipality(municipality=municipality, period=period)
    if assessment.policy is None or assessment.advice is None:
        return Obstacle(missing=assessment.missing)
    following = assessment.next_opgave
    return Case(
        municipality=municipality.name,
        address=_address(municipality),
        opgave=assessment.opgave,
        policy=assessment.policy,
        policy_from=next(start for start, _, _ in assessment.policies.policies if start <= period),
        advice=assessment.advice,
        trede_before=assessment.trede_before,
        herverdelingen=tuple(Swap(other=each.other, persons=each.persons) for each in assessment.herverdelingen),
        taakstelling_before=_taakstelling_before(municipality, period),
        next_opgave=following,
        next_herverdelingen=_swaps(municipality, period.next) if following else (),
    )


def letterhead_of(province: Province) -> Letterhead:
    return Letterhead.objects.filter(province=province).first() or plain_letterhead(province)


def usual_details(*, letterhead: Letterhead, maker: User | None, on: date) -> Details:
    """What the form begins with: the maker's own contact data, and the letterhead's where they have none."""
    makes_letters = maker is not None and maker.may(Right.MAKE_LETTERS)
    own = maker if makes_letters else None
    return Details(
        on=on,
        contact_name=(own.get_full_name() if own else "") or letterhead.contact_name,
        phone=(own.phone if own else "") or letterhead.phone,
        email=(own.email if own else "") or letterhead.email,
    )


def _address(municipality: Municipality) -> Address | None:
    try:
        row = municipality.post_address
    except PostAddress.DoesNotExist:
        return None
    return Address(line=row.line, postcode=row.postcode, town=row.town)


def _swaps(municipality: Municipality, period: Period) -> tuple[Swap, ...]:
    rows = figures.herverdelingen_of(province=municipality.province, period=period)
    given = [(row, row.to_municipality, -row.persons) for row in rows if row.from_municipality_id == municipality.pk]
    taken = [(row, row.from_municipality, row.persons) for row in rows if row.to_municipality_id == municipality.pk]
    in_order = sorted(given + taken, key=lambda each: each[0].pk)
    return tuple(Swap(other=other.name, persons=persons) for _, other, persons in in_order)


def _taakstelling_before(municipality: Municipality, period: Period) -> int | None:
    """What the ministry had announced before it changed the taakstelling while the half-year ran.

    A correction of the same day is a typing error put right, and no change by the ministry.
    """
    rows = Figure.objects.filter(
        delivery__province=municipality.province,
        delivery__withdrawn_at=None,
        municipality=municipality,
        period=period,
        kind=Kind.TAAKSTELLING,
    )
    by_day = dict(rows.order_by("as_of", "pk").values_list("as_of", "persons"))
    days = sorted(by_day)
    if len(days) < 2 or days[-1] <= period.start:
        return None
    before, now = by_day[days[-2]], by_day[days[-1]]
    return before if before != now else None
