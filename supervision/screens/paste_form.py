"""A block that is pasted into the grid: laid in its cells, looked at, and then recorded or taken away."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.conf import settings
from django.http import QueryDict

from municipalities.lookup import MunicipalityIndex, UnknownMunicipality
from municipalities.models import Municipality, Province
from supervision.models import Figure
from supervision.pasting import Column, Limits, NotABlock, Pasted, Target, place, read_block
from supervision.rules.dutch import number
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from supervision.screens.forms import BASE, CHOICE, LETTERS, Choice, GridForm, Stage, cell_name
from supervision.screens.grid import grid_form

SEALED = "geplakt"
BLOCK, HTML = "blok", "blok-html"
FIRST_ROW, FIRST_COLUMN = "vanaf-gemeente", "vanaf-kolom"

MOST_SUGGESTIONS = 20
"""Unknown names for which something that resembles them is looked up: that takes its time."""


class SourceForm(forms.Form):
    """Where the block comes from, and whether what does not fit may be left out."""

    document = forms.CharField(
        label="Document",
        required=False,
        max_length=200,
        help_text="Waar het blok uit komt, bijvoorbeeld de naam van het werkblad.",
    )
    weglaten = forms.BooleanField(required=False)

    def __init__(self, data: QueryDict | None) -> None:
        super().__init__(data, auto_id="%s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Paste:
    """The grid as it was sent with what was pasted in it. `data` has what is in the cells."""

    data: QueryDict
    pasted: Pasted
    province: Province
    period: Period
    today: date

    @classmethod
    def sent(cls, data: QueryDict, *, province: Province, period: Period, today: date) -> Paste:
        pasted = Pasted.opened(data.get(SEALED, ""), province=province, period=period)
        return cls(
            data=data.copy(),
            pasted=pasted or Pasted(submission=uuid4()),
            province=province,
            period=period,
            today=today,
        )

    def form(self) -> GridForm:
        return grid_form(self.data, province=self.province, period=self.period, today=self.today)

    # -- what one does with it ----------------------------------------------------

    def with_block(self) -> Paste:
        """With the block that came along laid in its cells. Raises NotABlock, and then nothing of it is."""
        block = read_block(self.data.get(BLOCK, ""), self.data.get(HTML, ""), limits=Limits(**settings.PASTE_LIMITS))
        rows = _rows(self.province, self.period)
        columns = columns_of(self.period, today=self.today)
        start = _start(self.data, rows, columns)
        if start is None:
            raise NotABlock(f"Cijfers van {self.period} kunt u nog niet invullen.")
        placed = place(block, columns=columns, rows=rows, start=start, period=self.period, find=_finder(self.period))
        data = self.data.copy()
        texts = {cell_name(kind, code): text for (code, kind), text in placed.texts.items()}
        for name, text in texts.items():
            data[name] = text
        return replace(self, data=data, pasted=self.pasted.with_block(placed, texts))

    def with_choice(self, in_force: Callable[[int], Figure | None]) -> Paste:
        """After a choice in a clash: the own number now stands over the colleague's, or theirs is left alone."""
        choice = Choice.parse(self.data.get(CHOICE, ""))
        data = self.data.copy()
        data.pop(CHOICE, None)
        theirs = in_force(choice.theirs) if choice else None
        if choice is None or theirs is None:
            return replace(self, data=data)
        data[choice.cell + BASE] = str(theirs.pk)
        if choice.is_own:
            return replace(self, data=data)
        data[choice.cell] = number(theirs.persons)
        return replace(self, data=data, pasted=self.pasted.without([choice.cell]))

    def without(self, cells: Sequence[str], form: GridForm) -> Paste:
        """With what was seen in these cells, as if they were never pasted."""
        data = self.data.copy()
        for cell in cells:
            data[cell] = form.text_seen(cell)
        return replace(self, data=data, pasted=self.pasted.without(cells))

    def wrong(self, form: GridForm) -> list[str]:
        """The pasted cells that cannot be recorded as they are."""
        wrong = [row.name(Kind(name)) for row in form.rows.values() for name in row.errors if name in set(Kind)]
        return [cell for cell in wrong if cell in self.pasted.cells]


def columns_of(period: Period, *, today: date) -> list[Column]:
    """The columns of the grid as they are shown; those that this half-year cannot be filled in have no kind."""
    stage = Stage.of(period, today=today)

    def typed(kind: Kind) -> Column:
        return Column(label=kind.dutch, kind=kind if kind in stage.kinds else None)

    return [
        typed(Kind.ACHTERSTAND),
        typed(Kind.TAAKSTELLING),
        Column(label="herverdeling"),
        Column(label="totaalopgave"),
        typed(Kind.REALISATION),
        Column(label="nog te huisvesten" if stage is Stage.RUNNING else "achterstand op de peildatum"),
        Column(label="advies"),
    ]


def _rows(province: Province, period: Period) -> list[Target]:
    """In the order in which the grid shows them."""
    municipalities = Municipality.objects.filter(province=province).existing_within(
        start=period.start, end=period.peildatum
    )
    return [Target(code=each.code, name=each.name) for each in municipalities.order_by("name", "code")]


def _start(data: QueryDict, rows: Sequence[Target], columns: Sequence[Column]) -> tuple[str, Kind] | None:
    """The cell that was chosen; the first where none was. None where nothing can be filled."""
    kinds = [column.kind for column in columns if column.kind]
    if not kinds or not rows:
        return None
    by_letter = {LETTERS[kind]: kind for kind in kinds}
    codes = {row.code for row in rows}
    code = data.get(FIRST_ROW, "")
    return code if code in codes else rows[0].code, by_letter.get(data.get(FIRST_COLUMN, ""), kinds[0])


def _finder(period: Period) -> Callable[[str], str]:
    """Looks each text up once; two queries, at the first."""
    found: dict[str, str | LookupError] = {}
    index: list[MunicipalityIndex] = []
    unknown = 0

    def find(text: str) -> str:
        nonlocal unknown
        if text not in found:
            if not index:
                index.append(MunicipalityIndex.load())
            try:
                if unknown >= MOST_SUGGESTIONS and not index[0].knows(text):
                    raise UnknownMunicipality(f"“{text[:60]}” is geen bekende gemeente.")
                found[text] = index[0].find(text, on=period.start).code
            except LookupError as error:
                unknown += 1
                found[text] = error
        outcome = found[text]
        if isinstance(outcome, LookupError):
            raise outcome
        return outcome

    return find


def choices_of(grid: Any) -> Mapping[str, Any]:
    """For the field to paste in: from which municipality and column on."""
    open_cells = [cell for cell in grid.rows[0].cells if cell.is_open] if grid.rows else []
    return {
        "rows": [(row.municipality.code, row.municipality.name) for row in grid.rows],
        "columns": [(LETTERS[cell.kind], cell.kind.dutch.capitalize()) for cell in open_cells],
        "most": settings.PASTE_LIMITS["characters"],
    }
