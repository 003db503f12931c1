"""Herindelingen in the ledger: what each part owed, where that went, and what still waits to be carried over."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from municipalities.models import Municipality, Province, Succession
from supervision.figures import Assessment, Cell, assess_province, closes, figures_in_force, stands
from supervision.models import CarriedOver, Figure
from supervision.rules.carry_over import HandedOn
from supervision.rules.opgave import Kind, Opening
from supervision.rules.period import Period
from supervision.successions import MOVING, moves_into, opened_by


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A municipality that goes into another; with `is_own`, that other one itself, which went on under its code.

    `end` is its achterstand at the end of its last half-year; None where the ledger of this province does not know it.
    `heirs` are all that it goes into. Of those others `elsewhere` is what they took over, and `waiting` who did not yet.
    `carried` is what stands recorded here. `is_sample` says that the end was computed from a voorbeeldcijfer.
    """

    municipality: Municipality
    is_own: bool
    end: int | None
    heirs: tuple[Municipality, ...]
    elsewhere: int
    waiting: tuple[Municipality, ...]
    carried: CarriedOver | None
    is_sample: bool

    @property
    def is_split(self) -> bool:
        return len(self.heirs) > 1

    @property
    def remaining(self) -> int | None:
        """What the others left of the end."""
        return None if self.end is None else self.end - self.elsewhere

    @property
    def proposed(self) -> int | None:
        """What stands recorded, else the end of one that goes over whole; how one is split only people know."""
        if self.carried is not None:
            return self.carried.persons
        return None if self.is_split else self.end

    @property
    def is_outdated(self) -> bool:
        """The end is another one than when it was carried over."""
        return self.carried is not None and self.carried.end != self.end

    def handing_on(self, persons: int) -> HandedOn:
        return HandedOn(
            name=self.municipality.name,
            end=self.end,
            persons=persons,
            elsewhere=self.elsewhere,
            is_last=not self.waiting,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class CarryOver:
    """The opening of a municipality that others went into on `on`.

    `figure` is the opening that was carried over, `reported` the one of COA, each None where there is none. COA's
    leads; the other then stands beside it.
    """

    municipality: Municipality
    period: Period
    on: date
    parts: tuple[Part, ...]
    figure: Figure | None
    reported: Figure | None
    is_closed: bool

    @property
    def is_due(self) -> bool:
        """As long as this is so its opening is not known."""
        return self.figure is None and self.reported is None

    @property
    def is_outdated(self) -> bool:
        return any(part.is_outdated for part in self.parts)

    @property
    def others(self) -> tuple[Part, ...]:
        return tuple(part for part in self.parts if not part.is_own)


def carry_overs_of(*, province: Province, period: Period, known_at: datetime | None = None) -> list[CarryOver]:
    """Of each municipality of the province in which others went up at the start of the half-year, by name.

    No query where there is none, but for the province's successions; else a fixed number of them.
    """
    own = [row for row in moves_into(province) if opened_by(row.on) == period]
    if not own:
        return []
    own.sort(key=lambda row: row.from_municipality.name)
    heirs: dict[int, dict[int, Municipality]] = defaultdict(dict)
    for row in sorted(province.successions, key=lambda row: row.to_municipality.name):
        if row.kind in MOVING and opened_by(row.on) == period:
            heirs[row.from_municipality_id][row.to_municipality_id] = row.to_municipality
    takers = {row.to_municipality_id: row.to_municipality for row in own}
    in_force = figures_in_force(province=province, period=period, municipalities=takers.values(), known_at=known_at)
    before = assess_province(province=province, period=period.previous, known_at=known_at, look_back=0)
    ledger = _Ledger(
        period=period,
        before={each.municipality.pk: each for each in before},
        heirs=heirs,
        in_force=in_force,
        carried=_carried(in_force.values()),
    )
    found = [
        ledger.carry_over(taker, [row for row in own if row.to_municipality_id == taker.pk])
        for taker in takers.values()
    ]
    return sorted(found, key=lambda each: each.municipality.name)


def _carried(figures: Iterable[Figure]) -> Mapping[tuple[int, int], CarriedOver]:
    """By the municipality that took over and the one that it came from."""
    openings = {figure.pk: figure for figure in figures if figure.kind == Opening.CARRIED_OVER}
    rows = CarriedOver.objects.filter(figure__in=openings)
    return {(openings[row.figure_id].municipality_id, row.from_municipality_id): row for row in rows}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ledger:
    """What was read of a half-year, to make the carry-overs of."""

    period: Period
    before: Mapping[int, Assessment]
    heirs: Mapping[int, Mapping[int, Municipality]]
    in_force: Mapping[Cell, Figure]
    carried: Mapping[tuple[int, int], CarriedOver]

    def carry_over(self, taker: Municipality, rows: Sequence[Succession]) -> CarryOver:
        givers = [row.from_municipality for row in rows]
        # It was there already, so what it owed itself goes on.
        went_on = taker.valid_from is None or taker.valid_from < self.period.start
        return CarryOver(
            municipality=taker,
            period=self.period,
            on=max(row.on for row in rows),
            parts=tuple(self._part(taker, giver) for giver in ([taker] if went_on else []) + givers),
            figure=self.in_force.get((taker.pk, Opening.CARRIED_OVER)),
            reported=self.in_force.get((taker.pk, Kind.ACHTERSTAND)),
            is_closed=closes(self.in_force.get((taker.pk, Kind.REALISATION))),
        )

    def _part(self, taker: Municipality, giver: Municipality) -> Part:
        is_own = taker.pk == giver.pk
        heirs = {taker.pk: taker} if is_own else self.heirs[giver.pk]
        others = {pk: heir for pk, heir in heirs.items() if pk != taker.pk}
        before = self.before.get(giver.pk)
        end = before.opgave.achterstand_end if before else None
        took = {pk: row.persons for pk in others if (row := self.carried.get((pk, giver.pk)))}
        return Part(
            municipality=giver,
            is_own=is_own,
            end=end,
            heirs=tuple(heirs.values()),
            elsewhere=sum(took.values()),
            waiting=tuple(heir for pk, heir in others.items() if pk not in took),
            carried=self.carried.get((taker.pk, giver.pk)),
            is_sample=end is not None and before is not None and before.has_sample_end,
        )


def parts_behind(figure: Figure) -> list[CarriedOver]:
    """What a carried-over opening was made up of, in the order in which it was recorded."""
    rows = CarriedOver.objects.filter(figure=figure).select_related("from_municipality__province")
    return list(rows.order_by("pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Predecessor:
    """A municipality that went into another; `last` is its last half-year, `persons` what was carried over of it."""

    municipality: Municipality
    on: date
    last: Period
    persons: int | None


def predecessors_of(municipality: Municipality, *, known_at: datetime | None = None) -> list[Predecessor]:
    """The latest first, then by name."""
    successions = [row for row in moves_into(municipality.province) if row.to_municipality_id == municipality.pk]
    if not successions:
        return []
    successions.sort(key=lambda row: row.from_municipality.name)
    successions.sort(key=lambda row: row.on, reverse=True)
    # Of each half-year the last one recorded is in force.
    carried = CarriedOver.objects.filter(
        stands(known_at, delivery="figure__delivery__"), figure__municipality=municipality
    ).order_by("figure__as_of", "figure__pk")
    openings: dict[Period, dict[int, tuple[int, int]]] = defaultdict(dict)
    for figure, period, giver, persons in carried.values_list(
        "figure", "figure__period", "from_municipality", "persons"
    ):
        openings[period][giver] = (figure, persons)
    return [_predecessor(row, openings[opened_by(row.on)]) for row in successions]


def _predecessor(row: Succession, opening: Mapping[int, tuple[int, int]]) -> Predecessor:
    in_force = max((figure for figure, _ in opening.values()), default=None)
    figure, persons = opening.get(row.from_municipality_id, (None, None))
    return Predecessor(
        municipality=row.from_municipality,
        on=row.on,
        last=opened_by(row.on).previous,
        persons=persons if figure == in_force else None,
    )
