"""The arithmetic of a half-year: what was asked, what was done, what is still owed.

All counts are whole persons. A positive achterstand is owed; a negative one is a voorsprong.
Huisvestingswet 2014, art. 28 (taakstelling) and art. 29 lid 2 (herverdeling).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from supervision.rules.dutch import sum_of
from supervision.rules.period import Period
from supervision.rules.rounding import percentage


class Kind(StrEnum):
    """What a figure counts."""

    TAAKSTELLING = "taakstelling"
    ACHTERSTAND = "achterstand"
    REALISATION = "realisatie"

    @property
    def dutch(self) -> str:
        return self.value


class OwnCount(StrEnum):
    """What a municipality counts itself. COA is leading: these stand beside the sum, never in it."""

    LINKED = "gekoppeld"
    HOUSED_ON_PAPER = "administratief gehuisvest"

    @property
    def dutch(self) -> str:
        return self.value


class Opening(StrEnum):
    """What a half-year opens with that COA did not report.

    Beside COA's own opening and not in its place: COA is leading, whichever of the two came last.
    """

    CARRIED_OVER = "overgenomen achterstand"

    @property
    def dutch(self) -> str:
        return self.value


AnyKind = Kind | Opening | OwnCount
KINDS: tuple[AnyKind, ...] = (*Kind, *Opening, *OwnCount)

_BY_NAME: dict[str, AnyKind] = {kind.value: kind for kind in KINDS}


def kind_of(name: str) -> AnyKind:
    """The kind with this name; KeyError for any other text."""
    return _BY_NAME[name]


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfYear:
    """What was reported of one municipality and half-year, in persons; None is not reported.

    `achterstand_start` is COA's own opening. In a half-year with `has_parts` others came into the municipality by a
    herindeling: what they brought, with its own, is `carried_over`. `realisation` is the count so far, up to the day
    `counted_to`; it is final, and the half-year closed, once that day is the peildatum.
    """

    period: Period
    taakstelling: int | None = None
    herverdeling: int = 0
    achterstand_start: int | None = None
    carried_over: int | None = None
    has_parts: bool = False
    realisation: int | None = None
    is_closed: bool = False
    counted_to: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Opgave:
    """One half-year worked out. A number that cannot be known yet is None, never 0."""

    period: Period
    taakstelling: int | None
    herverdeling: int
    start_reported: int | None
    start_computed: int | None
    realisation: int | None
    is_closed: bool
    counted_to: date | None = None
    start_carried: int | None = None
    has_parts: bool = False

    @property
    def achterstand_start(self) -> int | None:
        """COA's opening where it was reported (COA is leading), else what it should be.

        None as long as what the parts of a herindeling bring is not known: its own end alone is too little.
        """
        if self.start_reported is not None:
            return self.start_reported
        return None if self.awaits_parts else self.start_expected

    @property
    def start_expected(self) -> int | None:
        """What was carried over from the parts of a herindeling, else the end of the half-year before."""
        return self.start_computed if self.start_carried is None else self.start_carried

    @property
    def awaits_parts(self) -> bool:
        return self.has_parts and self.start_carried is None

    @property
    def start_difference(self) -> int:
        """Reported minus expected opening: what COA corrected after the peildatum; 0 without both."""
        if self.start_reported is None or self.start_expected is None:
            return 0
        return self.start_reported - self.start_expected

    @property
    def taakstelling_with_herverdeling(self) -> int | None:
        return None if self.taakstelling is None else self.taakstelling + self.herverdeling

    @property
    def totaalopgave(self) -> int | None:
        """Taakstelling + herverdeling + achterstand at the start; negative with a large voorsprong."""
        start = self.achterstand_start
        if self.taakstelling is None or start is None:
            return None
        return self.taakstelling + self.herverdeling + start

    @property
    def remaining(self) -> int | None:
        """Totaalopgave − realisatie: persons still to be housed; negative when ahead."""
        totaalopgave = self.totaalopgave
        if totaalopgave is None or self.realisation is None:
            return None
        return totaalopgave - self.realisation

    @property
    def achterstand_end(self) -> int | None:
        """The achterstand on the peildatum; None as long as the half-year runs or a figure lacks."""
        return self.remaining if self.is_closed else None

    @property
    def percentage_taakstelling(self) -> int | None:
        """Realisatie in % of taakstelling + herverdeling; None ("n.v.t.") at 0 or below."""
        if self.realisation is None or self.taakstelling_with_herverdeling is None:
            return None
        return percentage(self.realisation, self.taakstelling_with_herverdeling)

    @property
    def percentage_totaalopgave(self) -> int | None:
        """Realisatie in % of the totaalopgave; None ("n.v.t.") at 0 or below."""
        if self.realisation is None or self.totaalopgave is None:
            return None
        return percentage(self.realisation, self.totaalopgave)

    @property
    def missing(self) -> tuple[Kind, ...]:
        """The figures without which this half-year cannot be judged."""
        present = {
            Kind.TAAKSTELLING: self.taakstelling is not None,
            Kind.ACHTERSTAND: self.achterstand_start is not None,
            Kind.REALISATION: self.realisation is not None and self.is_closed,
        }
        return tuple(kind for kind, is_there in present.items() if not is_there)

    @property
    def totaalopgave_sum(self) -> str:
        """The sum written out: "203 + 1 + 171"; empty when a term lacks."""
        if self.taakstelling is None or self.achterstand_start is None:
            return ""
        herverdeling = (self.herverdeling,) if self.herverdeling else ()
        return sum_of((self.taakstelling, *herverdeling, self.achterstand_start))

    @property
    def remaining_sum(self) -> str:
        """The sum written out: "375 − 168"; empty when a term lacks."""
        if self.totaalopgave is None or self.realisation is None:
            return ""
        return sum_of((self.totaalopgave, -self.realisation))


def work_out(half_years: Iterable[HalfYear], *, opening: int | None = None) -> dict[Period, Opgave]:
    """Work out the half-years of one municipality, given in order of time.

    Each opens with the end of the one directly before it, the first with `opening`; a half-year that lacks in between
    breaks the chain, and the next one has only the opening that COA reports.
    """
    worked_out: dict[Period, Opgave] = {}
    before: Opgave | None = None
    for half_year in half_years:
        if before is not None:
            opening = before.achterstand_end if half_year.period - before.period == 1 else None
        before = worked_out[half_year.period] = Opgave(
            period=half_year.period,
            taakstelling=half_year.taakstelling,
            herverdeling=half_year.herverdeling,
            start_reported=half_year.achterstand_start,
            start_computed=opening,
            realisation=half_year.realisation,
            is_closed=half_year.is_closed,
            counted_to=half_year.counted_to,
            start_carried=half_year.carried_over,
            has_parts=half_year.has_parts,
        )
    return worked_out


Terms = tuple[int | None, bool, int | None, int, int | None]
"""Of a half-year that is closed: its own opening, whether it has parts, the taakstelling, the herverdeling and the
realisatie."""


def end_of_row(half_years: Iterable[Terms]) -> int | None:
    """The achterstand at the end of half-years that follow each other: as `work_out` has it, without how it came about."""
    end = None
    for opening, has_parts, taakstelling, herverdeling, realisation in half_years:
        start = opening if has_parts or opening is not None else end
        if start is None or taakstelling is None or realisation is None:
            end = None
        else:
            end = start + taakstelling + herverdeling - realisation
    return end
