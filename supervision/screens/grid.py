"""The grid of figures of a half-year: what stands in each cell, and what each row has to say."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, Min, OuterRef, Subquery
from django.http import QueryDict
from django.utils.timezone import localdate, localtime

from municipalities.models import Municipality, Province, User
from municipalities.rights import Right
from supervision import figures
from supervision.actions import Entry, Recorded
from supervision.deliveries import deliveries_of
from supervision.figures import Assessment
from supervision.models import Delivery, Figure
from supervision.pasting import Pasted
from supervision.rules.dutch import NO_BREAK_SPACE, count, day_and_month, enumeration, number
from supervision.rules.opgave import Kind, Opgave
from supervision.rules.period import Period
from supervision.screens.forms import (
    BASE,
    LETTERS,
    Choice,
    CountedForm,
    GridForm,
    Stage,
    bases,
    cell_name,
    number_in_cell,
)
from supervision.screens.overview import closing_in_words

MOST_NAMES = 3
"""More municipalities than this are counted and not named."""

MOST_NAMES_BESIDE_TOTAL = 2

MOST_DELIVERIES = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class ClashShown:
    """Two numbers for one cell: what was typed, and what a colleague recorded meanwhile."""

    cell: str
    what: str
    own: str
    theirs: str
    whose: str
    theirs_pk: int

    @property
    def choose_own(self) -> str:
        return f"{self.cell}:{Choice.OWN}:{self.theirs_pk}"

    @property
    def choose_theirs(self) -> str:
        return f"{self.cell}:{Choice.COLLEAGUE}:{self.theirs_pk}"


@dataclass(frozen=True, slots=True, kw_only=True)
class CellShown:
    """`text` stands in the cell, as it was typed where it is not recorded; `was` is then what is in force.

    `base` is the pk of the figure that was seen there, `placeholder` a number that COA did not report.
    """

    kind: Kind
    name: str
    label: str
    text: str
    was: str | None
    base: str
    placeholder: str
    is_open: bool
    is_pasted: bool
    error: str
    clash: ClashShown | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One municipality. `opgave` is worked out without the cells that are wrong.

    `end` is the achterstand on the peildatum, while the half-year runs what is still to be housed. `reason` is the one
    that was kept with what was saved; a row that `lacks_reason` was not saved.
    """

    municipality: Municipality
    cells: tuple[CellShown, ...]
    opgave: Opgave
    end: int | None
    trede: int | None
    notes: tuple[str, ...]
    saved_at: datetime | None
    reason: str
    lacks_reason: bool
    missing: tuple[Kind, ...]

    @property
    def errors(self) -> list[CellShown]:
        return [cell for cell in self.cells if cell.error]

    @property
    def clashes(self) -> list[ClashShown]:
        return [cell.clash for cell in self.cells if cell.clash]

    @property
    def state(self) -> str:
        """What colours the row: wrong first, then what asks for a choice or a reason, then what was saved."""
        if self.errors:
            return "bad"
        if self.clashes or self.lacks_reason:
            return "clash"
        return "saved" if self.saved_at else ""

    @property
    def first_missing(self) -> str:
        return cell_name(self.missing[0], self.municipality.code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Totals:
    """The sum of each column over the rows that have a number there; None where none has.

    `left_out` names the municipalities that lack in a column that has a sum.
    """

    start: int | None
    taakstelling: int | None
    herverdeling: int
    totaalopgave: int | None
    realisation: int | None
    end: int | None
    left_out: tuple[str, ...]

    @property
    def without(self) -> str:
        if len(self.left_out) > MOST_NAMES_BESIDE_TOTAL:
            return count(len(self.left_out), "gemeente", "gemeenten")
        return enumeration(self.left_out)


def _totals(rows: Sequence[Row]) -> Totals:
    columns = {
        "start": [row.opgave.achterstand_start for row in rows],
        "taakstelling": [row.opgave.taakstelling for row in rows],
        "totaalopgave": [row.opgave.totaalopgave for row in rows],
        "realisation": [row.opgave.realisation for row in rows],
        "end": [row.end for row in rows],
    }
    sums = {name: _sum(column) for name, column in columns.items()}
    summed = [columns[name] for name, total in sums.items() if total is not None]
    return Totals(
        herverdeling=sum(row.opgave.herverdeling for row in rows),
        left_out=tuple(row.municipality.name for row, *numbers in zip(rows, *summed, strict=True) if None in numbers),
        **sums,
    )


def _sum(column: Sequence[int | None]) -> int | None:
    known = [value for value in column if value is not None]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """`counted_on` is the last day to which a realisatie is counted, while the half-year runs. `closed` says since when
    it is closed and for whom, `reason` is the one that was typed; `lacks_reason` is what it was asked for. `pasted` is what
    is shown in the cells and not recorded yet."""

    province: Province
    period: Period
    stage: Stage
    today: date
    rows: tuple[Row, ...]
    totals: Totals
    counted: CountedForm | None
    counted_on: date | None
    has_herverdelingen: bool
    may_type: bool
    closed: str
    reason: str
    lacks_reason: str
    pasted: Pasted | None

    def row(self, code: str) -> Row:
        return next(row for row in self.rows if row.municipality.code == code)

    @property
    def is_open(self) -> bool:
        return self.may_type and bool(self.stage.kinds)

    @property
    def has_ended(self) -> bool:
        return self.stage is Stage.ENDED

    @property
    def is_running(self) -> bool:
        return self.stage is Stage.RUNNING

    @property
    def last_day(self) -> date:
        return self.period.peildatum - timedelta(days=1)

    @property
    def expected(self) -> int:
        """Cells that can be known by now."""
        return len(self.rows) * len(self.stage.kinds)

    @property
    def present(self) -> int:
        return self.expected - sum(len(row.missing) for row in self.rows)

    @property
    def good(self) -> int:
        return self.present - sum(len(row.errors) for row in self.rows)

    @property
    def bad(self) -> list[Row]:
        return [row for row in self.rows if row.errors]

    @property
    def clashing(self) -> list[Row]:
        return [row for row in self.rows if row.clashes]

    @property
    def lacking(self) -> list[Row]:
        return [row for row in self.rows if row.missing]

    @property
    def noun(self) -> str:
        return "taakstellingen" if self.stage is Stage.COMING else "cijfers"

    @property
    def first_bad(self) -> list[Row]:
        return self.bad[:MOST_NAMES]

    @property
    def other_bad(self) -> int:
        """Municipalities where something is wrong beyond those that are named."""
        return len(self.bad) - len(self.first_bad)

    @property
    def first_clashing(self) -> list[Row]:
        return self.clashing[:MOST_NAMES]

    @property
    def first_lacking(self) -> list[Row]:
        """All when they are few enough to name, else the first."""
        return self.lacking if len(self.lacking) <= MOST_NAMES else self.lacking[:1]

    @property
    def absent(self) -> int:
        return self.expected - self.present

    @property
    def focus(self) -> str:
        """The cell in which to go on: the first that is wrong, else the first that a colleague changed.

        Empty when nothing asks for attention, and when the day of the count or the reason does: those come before the
        cells.
        """
        if self.lacks_reason or (self.counted and self.counted.errors):
            return ""
        wrong = [cell.name for row in self.rows for cell in row.errors]
        return next(iter([*wrong, *(clash.cell for row in self.rows for clash in row.clashes)]), "")

    @property
    def misfits(self) -> int:
        """How much of what was pasted cannot be recorded."""
        return (self.pasted.left if self.pasted else 0) + sum(len(row.errors) for row in self.rows)

    @property
    def changes(self) -> int:
        """Cells in which something else stands than what is recorded."""
        return sum(cell.was is not None and not cell.error for row in self.rows for cell in row.cells)

    @property
    def first_pasted(self) -> str:
        return self.focus or next(iter(self.pasted.cells), "") if self.pasted else ""

    @property
    def has_errors(self) -> bool:
        return bool(self.bad or self.misfits or self.lacks_reason) or bool(self.counted and self.counted.errors)


def read_grid(
    *,
    province: Province,
    period: Period,
    user: User,
    now: datetime,
    form: GridForm | None = None,
    recorded: Recorded | None = None,
    pasted: Pasted | None = None,
) -> Grid:
    """The grid as it stands, with on it what was sent and could not be recorded, or was `pasted` and not recorded yet.

    `recorded` is what came of the entries of the form; of a row that was not among them, a figure that a colleague
    changed counts as a clash already.
    """
    today = localdate(now)
    stage = Stage.of(period, today=today)
    may_type = user.may(Right.ENTER_FIGURES)
    assessments = figures.assess_province(province=province, period=period, look_back=0)
    in_force = figures.figures_in_force(province=province, period=period)
    days = [a.opgave.counted_to for a in assessments if a.opgave.counted_to]
    counted_on = max(days, default=None) if stage is Stage.RUNNING else None
    table = _Table(
        period=period,
        stage=stage,
        today=today,
        user=user,
        may_type=may_type,
        counted_on=counted_on,
        in_force=in_force,
        form=form,
        recorded=recorded,
        pasted=frozenset(pasted.cells if pasted else ()),
    )
    rows = tuple(table.row(assessment) for assessment in assessments)
    return Grid(
        province=province,
        period=period,
        stage=stage,
        today=today,
        rows=rows,
        totals=_totals(rows),
        counted=_counted_form(form, period=period, stage=stage, today=today) if may_type else None,
        counted_on=counted_on,
        has_herverdelingen=any(assessment.herverdelingen for assessment in assessments),
        may_type=may_type,
        closed=_closed(_asked(assessments, form, pasted), assessments, in_force) if may_type else "",
        reason=form.reason if form else "",
        lacks_reason=str(form.lacks_reason) if form and form.lacks_reason else "",
        pasted=pasted,
    )


def _asked(assessments: Sequence[Assessment], form: GridForm | None, pasted: Pasted | None) -> Sequence[Assessment]:
    """Of whom a correction may need a reason: of all, and once something is pasted of those that it changes."""
    touched = form.rows if form and pasted else None
    return [each for each in assessments if touched is None or each.municipality.code in touched]


def _closed(
    asked: Sequence[Assessment],
    assessments: Sequence[Assessment],
    in_force: Mapping[figures.Cell, Figure],
) -> str:
    """Since when and for whom, where it is closed for anybody of whom it is asked."""

    def closed(among: Sequence[Assessment]) -> list[str]:
        return [
            each.municipality.name
            for each in among
            if figures.closes(in_force.get((each.municipality.pk, Kind.REALISATION)))
        ]

    if not closed(asked):
        return ""
    names = closed(assessments)
    return closing_in_words(
        figures.closing_of(assessments), assessments, period=asked[0].period, names=names[: MOST_NAMES + 1]
    )


def _counted_form(form: GridForm | None, *, period: Period, stage: Stage, today: date) -> CountedForm | None:
    if stage is not Stage.RUNNING:
        return None
    return form.counted if form and form.counted else CountedForm(None, period=period, today=today)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Table:
    """Makes the rows: what the ledger says, and over it what was sent and not recorded."""

    period: Period
    stage: Stage
    today: date
    user: User
    may_type: bool
    counted_on: date | None
    in_force: Mapping[figures.Cell, Figure]
    form: GridForm | None
    recorded: Recorded | None
    pasted: Collection[str]

    def row(self, assessment: Assessment) -> Row:
        municipality = assessment.municipality
        cells = tuple(self._cell(municipality, kind, assessment.opgave) for kind in LETTERS)
        wrong = {cell.kind for cell in cells if cell.error}
        opgave = self._without(self._with_pasted(municipality, assessment.opgave), wrong)
        return Row(
            municipality=municipality,
            cells=cells,
            opgave=opgave,
            end=opgave.remaining if self.stage is Stage.RUNNING else opgave.achterstand_end,
            trede=None if wrong or self._pasted_entries(municipality) else _trede(assessment),
            notes=tuple(self._notes(assessment, cells)),
            saved_at=self._saved_at(municipality),
            reason=self.recorded.delivery.reason if self.recorded and self.recorded.delivery else "",
            lacks_reason=self._lacks_reason(municipality),
            missing=tuple(kind for kind in self.stage.kinds if kind not in wrong and _value(opgave, kind) is None),
        )

    def _cell(self, municipality: Municipality, kind: Kind, opgave: Opgave) -> CellShown:
        figure = self.in_force.get((municipality.pk, kind))
        name = cell_name(kind, municipality.code)
        number_there = number_in_cell(figure, final_only=self.stage is Stage.ENDED)
        text, was = "" if number_there is None else number(number_there), None
        base = "" if figure is None else str(figure.pk)
        is_open = self.may_type and kind in self.stage.kinds
        computed = _expected(opgave) if kind is Kind.ACHTERSTAND else ""
        error = self._error(municipality, kind)
        clash = None if error else self._clash(municipality, kind, figure)
        is_refused = self.recorded is None and self._entry(municipality, kind) is not None
        if self.form and (error or clash or is_refused):
            # What was sent stays until it is recorded, and so does what the sender had seen there.
            text, was, base = self.form.data.get(name, ""), text, self.form.data.get(name + BASE, "")
        return CellShown(
            kind=kind,
            name=name,
            label=f"{self._column(kind)}, {municipality.name}",
            text=text if is_open else text or computed,
            was=was,
            base=base,
            placeholder=computed,
            is_open=is_open,
            is_pasted=name in self.pasted,
            error=error,
            clash=clash,
        )

    def _error(self, municipality: Municipality, kind: Kind) -> str:
        row = self.form.rows.get(municipality.code) if self.form else None
        sentence = " ".join(str(error) for error in row.errors.get(kind, ())) if row else ""
        # The sentence stands beside the last cell; of another cell it says which.
        if not sentence or kind is Kind.REALISATION or kind.dutch in sentence:
            return sentence
        return f"{kind.dutch.capitalize()}: {sentence[0].lower()}{sentence[1:]}"

    def _clash(self, municipality: Municipality, kind: Kind, theirs: Figure | None) -> ClashShown | None:
        entry = self._entry(municipality, kind)
        if entry is None or theirs is None or theirs.pk == entry.based_on:
            return None
        refused = {clash.entry for clash in self.recorded.clashes} if self.recorded else set()
        if theirs.persons == entry.persons and entry not in refused:
            return None
        return ClashShown(
            cell=cell_name(kind, municipality.code),
            what=self._column(kind),
            own=number(entry.persons),
            theirs=number(theirs.persons),
            whose=self._whose(theirs.delivery),
            theirs_pk=theirs.pk,
        )

    def _entry(self, municipality: Municipality, kind: Kind) -> Entry | None:
        row = self.form.rows.get(municipality.code) if self.form else None
        return next((entry for entry in row.entries if entry.kind == kind), None) if row else None

    def _whose(self, delivery: Delivery) -> str:
        who = "uw eigen account" if delivery.recorded_by_id == self.user.pk else str(delivery.recorded_by)
        return f"{who}, {clock(delivery.recorded_at, today=self.today)}"

    def _with_pasted(self, municipality: Municipality, opgave: Opgave) -> Opgave:
        """As it would be with what was pasted; the advice is given once it is recorded."""
        for entry in self._pasted_entries(municipality):
            match entry.kind:
                case Kind.ACHTERSTAND:
                    opgave = replace(opgave, start_reported=entry.persons)
                case Kind.TAAKSTELLING:
                    opgave = replace(opgave, taakstelling=entry.persons)
                case Kind.REALISATION:
                    opgave = replace(opgave, realisation=entry.persons, is_closed=self.stage is Stage.ENDED)
        return opgave

    def _pasted_entries(self, municipality: Municipality) -> list[Entry]:
        row = self.form.rows.get(municipality.code) if self.form and self.pasted else None
        return row.entries if row else []

    def _without(self, opgave: Opgave, wrong: Collection[Kind]) -> Opgave:
        """The half-year without the cells that are wrong; once it has ended, also without an interim count."""
        if Kind.ACHTERSTAND in wrong:
            opgave = replace(opgave, start_reported=None, start_computed=None, start_carried=None)
        if Kind.TAAKSTELLING in wrong:
            opgave = replace(opgave, taakstelling=None)
        if Kind.REALISATION in wrong or (self.stage is Stage.ENDED and not opgave.is_closed):
            opgave = replace(opgave, realisation=None)
        return opgave

    def _notes(self, assessment: figures.Assessment, cells: Sequence[CellShown]) -> list[str]:
        """What the numbers do not say; the advice moves along with them, and a decision does not."""
        replaced = [cell.was for cell in cells if cell.is_pasted and cell.was]
        if replaced:
            return [f"was {', '.join(replaced)}"]
        opgave, notes = assessment.opgave, []
        if assessment.decided:
            notes.append(f"besloten: trede {assessment.decided.trede}")
        if opgave.start_difference:
            notes.append(f"{day_and_month(self.period.start)} was {_expected(opgave)}")
        if opgave.realisation is not None and opgave.counted_to and not opgave.is_closed:
            if self.stage is Stage.ENDED:
                notes.append(f"{number(opgave.realisation)} geteld op {day_and_month(opgave.counted_to)}")
            elif opgave.counted_to != self.counted_on:
                notes.append(f"geteld op {day_and_month(opgave.counted_to)}")
        return notes

    def _saved_at(self, municipality: Municipality) -> datetime | None:
        delivery = self.recorded.delivery if self.recorded else None
        standing = (self.in_force.get((municipality.pk, kind)) for kind in Kind)
        is_saved = delivery and any(figure and figure.delivery_id == delivery.pk for figure in standing)
        return delivery.recorded_at if delivery and is_saved else None

    def _lacks_reason(self, municipality: Municipality) -> bool:
        refusal = self.form.lacks_reason if self.form else None
        return refusal is not None and municipality in refusal.municipalities

    def _column(self, kind: Kind) -> str:
        return (
            f"Achterstand {day_and_month(self.period.start)}" if kind is Kind.ACHTERSTAND else kind.dutch.capitalize()
        )


def _trede(assessment: Assessment) -> int | None:
    return assessment.advice.trede if assessment.advice else None


def _value(opgave: Opgave, kind: Kind) -> int | None:
    match kind:
        case Kind.ACHTERSTAND:
            return opgave.achterstand_start
        case Kind.TAAKSTELLING:
            return opgave.taakstelling
        case Kind.REALISATION:
            return opgave.realisation


def _expected(opgave: Opgave) -> str:
    """What the start should be, for where COA did not report it: from the half-year before, or from a herindeling."""
    if opgave.start_expected is None or (opgave.awaits_parts and opgave.start_reported is None):
        return ""
    return f"{number(opgave.start_expected)} {'berekend' if opgave.start_carried is None else 'overgenomen'}"


def clock(moment: datetime, *, today: date) -> str:
    """When somebody did something, as one would say it today: "10.40 uur", or "4 juli, 10.12 uur"."""
    local = localtime(moment)
    hour = f"{local:%-H.%M}{NO_BREAK_SPACE}uur"
    return hour if local.date() == today else f"{day_and_month(local.date())}, {hour}"


def grid_form(data: QueryDict, *, province: Province, period: Period, today: date) -> GridForm:
    """What was sent, beside what the sender saw and what stands in the ledger now: three queries."""
    municipalities = Municipality.objects.filter(province=province).existing_within(
        start=period.start, end=period.peildatum
    )
    seen = Figure.objects.filter(delivery__province=province, period=period, pk__in=bases(data))

    def read(touched: Iterable[Municipality]) -> Mapping[figures.Cell, Figure]:
        return figures.figures_in_force(province=province, period=period, municipalities=touched)

    return GridForm(
        data,
        municipalities=municipalities,
        period=period,
        today=today,
        seen={figure.pk: figure for figure in seen},
        read=read,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryLine:
    """One of the last deliveries, beside the grid. `where` names the municipality that all its figures are of."""

    delivery: Delivery
    what: str
    where: str
    when: str
    withdrawn_when: str

    @property
    def title(self) -> str:
        return self.delivery.document or self.delivery.get_way_display()

    @property
    def in_full(self) -> str:
        """For who hears "Intrekken" without seeing what stands beside it."""
        return f"{self.title}, {self.what} {self.where}".strip()


def delivery_lines(*, province: Province, period: Period, today: date) -> list[DeliveryLine]:
    """The last deliveries of the half-year, the latest first: one query."""
    names = (
        Figure.objects.filter(delivery=OuterRef("pk"), period=period)
        .order_by()
        .values("delivery")
        .annotate(first=Min("municipality__name"), last=Max("municipality__name"))
    )
    deliveries = deliveries_of(province=province, period=period).annotate(
        first_name=Subquery(names.values("first")), last_name=Subquery(names.values("last"))
    )
    return [_line(delivery, today=today) for delivery in deliveries[:MOST_DELIVERIES]]


def _line(delivery: Any, *, today: date) -> DeliveryLine:
    counted = []
    if delivery.figure_count:
        counted.append(count(delivery.figure_count, "cijfer", "cijfers"))
    if delivery.herverdeling_count:
        counted.append(count(delivery.herverdeling_count, "herverdeling", "herverdelingen"))
    return DeliveryLine(
        delivery=delivery,
        what=enumeration(counted),
        where=delivery.first_name if delivery.first_name and delivery.first_name == delivery.last_name else "",
        when=clock(delivery.recorded_at, today=today),
        withdrawn_when=clock(delivery.withdrawn_at, today=today) if delivery.is_withdrawn else "",
    )
