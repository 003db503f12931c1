"""A throw-away database with a province as large as the country: 342 municipalities, 40 half-years."""

from __future__ import annotations

from django.utils.timezone import now

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.models import Delivery, Figure, LadderPolicy, LadderStep
from supervision.rules.opgave import Kind
from supervision.rules.period import Period, periods_between

LAST = Period(2022, 1)


def make_province(*, code: str, municipalities: int, half_years: int, with_openings: bool = True) -> User:
    """A province with a ladder and figures for every half-year up to 2022-1; gives its supervisor.

    With openings, COA reports the achterstand of each half-year, as in its national overview; without, only the
    first, and all others are computed.
    """
    user, province, members = make_empty_province(code=code, municipalities=municipalities)
    for period in periods_between(LAST.back(half_years - 1), LAST):
        is_first = period == LAST.back(half_years - 1)
        _deliver(user, province, members, period, with_opening=with_openings or is_first)
    return user


def make_empty_province(*, code: str, municipalities: int) -> tuple[User, Province, list[Municipality]]:
    """With a ladder and no figure yet; and its supervisor."""
    province = Province.objects.create(code=code, name=f"Proef {code}", tooi_uri="https://tooi.example/")
    user = User.objects.create_user(username=code, province=province, role=Role.TOEZICHTHOUDER)
    _add_ladder(province)
    number = 10_000 - 1000 * Province.objects.filter(code__startswith="PV9").count()
    members = Municipality.objects.bulk_create(
        Municipality(
            code=f"GM{number + index:04}",
            name=f"Gemeente {index + 1}",
            province=province,
            tooi_uri="https://tooi.example/",
            tile_column=index % 20,
            tile_row=index // 20,
        )
        for index in range(municipalities)
    )
    return user, province, members


def figures_of(index: int, period: Period) -> tuple[int, int, int]:
    """Taakstelling, realisatie and opening of the municipality with this number: by a fixed rule, as varied as real."""
    taakstelling = 5 + index % 40
    realisation = taakstelling * (80 + (index * 7 + period.year * 3 + period.half) % 40) // 100
    return taakstelling, realisation, index % 11 - 3


def _add_ladder(province: Province) -> None:
    steps = LadderStep.objects.filter(policy__province__code="PV26")
    policy = LadderPolicy(province=province, name="Beleidskader", source="proef", valid_from=Period(2000, 1))
    LadderPolicy.objects.bulk_create([policy])
    for step in steps:
        step.pk, step.policy = None, policy
    LadderStep.objects.bulk_create(steps)


def _deliver(
    user: User, province: Province, members: list[Municipality], period: Period, *, with_opening: bool
) -> None:
    delivery = Delivery(province=province, way=Delivery.Way.COMMAND, recorded_at=now(), recorded_by=user)
    Delivery.objects.bulk_create([delivery])

    def figure(municipality: Municipality, kind: Kind, persons: int) -> Figure:
        as_of = period.peildatum if kind is Kind.REALISATION else period.start
        return Figure(
            delivery=delivery, municipality=municipality, period=period, kind=kind, as_of=as_of, persons=persons
        )

    figures: list[Figure] = []
    for index, municipality in enumerate(members):
        taakstelling, realisation, opening = figures_of(index, period)
        figures.append(figure(municipality, Kind.TAAKSTELLING, taakstelling))
        figures.append(figure(municipality, Kind.REALISATION, realisation))
        if with_opening:
            figures.append(figure(municipality, Kind.ACHTERSTAND, opening))
    Figure.objects.bulk_create(figures, batch_size=5000)
