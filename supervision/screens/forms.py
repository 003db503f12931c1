"""What people type, parsed and checked: the grid of figures and a herverdeling."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import QueryDict

from municipalities.models import Municipality
from supervision.actions import Entry, ReasonNeeded
from supervision.coa.cells import cleaned
from supervision.figures import Cell
from supervision.models import MOST_PERSONS, Figure
from supervision.rules.dutch import long_date, number, persons
from supervision.rules.opgave import Kind
from supervision.rules.period import Period

_MINUS = "-−–"
_PERSONS = re.compile(rf"(?P<sign>[{_MINUS}+]?) ?(?P<digits>[0-9]{{1,3}}(?:[. ][0-9]{{3}})+|[0-9]+)(?:,0+)?")
_FRACTION = re.compile(rf"[{_MINUS}+]? ?[0-9][0-9. ]*(?:[.,][0-9]+)?")
_MISTAKEN = str.maketrans("OolI", "0011")
_LONGEST_QUOTE = 20


class PersonsField(forms.IntegerField):
    """Whole persons as people here write them: "1.234", "−3" with a true minus or a hyphen.

    `below_zero` is the sentence that refuses a number below 0; empty where such a number is possible.
    """

    def __init__(self, *, below_zero: str = "", **kwargs: Any) -> None:
        self.below_zero = below_zero
        # The numeric keyboard of a phone has no minus.
        attrs = {"inputmode": "numeric" if below_zero else "text", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def to_python(self, value: Any) -> int | None:
        text = " ".join(str(value or "").split())
        if not text:
            return None
        match = _PERSONS.fullmatch(text)
        if match is None:
            raise ValidationError(_why_no_number(text), code="invalid")
        persons_typed = _whole(match)
        if persons_typed is None or abs(persons_typed) > MOST_PERSONS:
            shown = _quoted(text) if persons_typed is None else number(persons_typed)
            raise ValidationError(f"{shown} is te veel: een cijfer is hoogstens {persons(MOST_PERSONS)}.", "max_value")
        if persons_typed < 0 and self.below_zero:
            raise ValidationError(self.below_zero, code="min_value")
        return persons_typed


def _whole(match: re.Match[str]) -> int | None:
    """None for what is longer than any number of persons: Python refuses to read thousands of digits."""
    digits = re.sub(r"[. ]", "", match["digits"])
    if len(digits) > _LONGEST_QUOTE:
        return None
    return -int(digits) if match["sign"] and match["sign"] in _MINUS else int(digits)


def _why_no_number(text: str) -> str:
    if len(text) > _LONGEST_QUOTE:
        return f"{_quoted(text)} is geen getal."
    if _FRACTION.fullmatch(text):
        return f"{text} is geen heel getal: personen zijn hele personen."
    match = _PERSONS.fullmatch(text.translate(_MISTAKEN))
    meant = _whole(match) if match else None
    return f"{_quoted(text)} is geen getal." + ("" if meant is None else f" Bedoelde u {number(meant)}?")


def _quoted(text: str) -> str:
    return f"‘{text}’" if len(text) <= _LONGEST_QUOTE else f"‘{text[:_LONGEST_QUOTE]}…’"


# -- why a closed half-year is corrected --------------------------------------

REASON = "reden"
LONGEST_REASON = 300


def reason_in(data: QueryDict) -> str:
    """The reason that was given, on one line; the field takes no more than is kept of it."""
    return " ".join(cleaned(data.get(REASON, "")).split())[:LONGEST_REASON]


# -- the grid -----------------------------------------------------------------

LETTERS: Mapping[Kind, str] = {Kind.ACHTERSTAND: "s", Kind.TAAKSTELLING: "t", Kind.REALISATION: "r"}
"""What the name of a cell begins with, in the order of the columns: s is the start."""

BASE = "-basis"
"""Ends the name of the field that has the pk of the figure which was in the cell when the page was made."""

CHOICE = "kies"
COUNTED = "geteld"

_CELL = re.compile(rf"[{''.join(LETTERS.values())}]-(?P<code>GM[0-9]{{4}})")


def cell_name(kind: Kind, code: str) -> str:
    return f"{LETTERS[kind]}-{code}"


class Stage(StrEnum):
    """How far a half-year is on a day, and so what can be typed: nothing before it can be known.

    A taakstelling is announced in the half-year before; the achterstand at the start stands on the first day, and a
    realisatie is counted from then on. Once the half-year has ended only the final count is asked for.
    """

    AHEAD = "ahead"
    COMING = "coming"
    RUNNING = "running"
    ENDED = "ended"

    @classmethod
    def of(cls, period: Period, *, today: date) -> Stage:
        if today >= period.peildatum:
            return cls.ENDED
        if today >= period.start:
            return cls.RUNNING
        return cls.COMING if today >= period.previous.start else cls.AHEAD

    @property
    def kinds(self) -> tuple[Kind, ...]:
        match self:
            case Stage.AHEAD:
                return ()
            case Stage.COMING:
                return (Kind.TAAKSTELLING,)
            case Stage.RUNNING | Stage.ENDED:
                return tuple(LETTERS)


def number_in_cell(figure: Figure | None, *, final_only: bool) -> int | None:
    """What stands in the cell: once the half-year has ended not an interim count, so that typing the same number
    again makes it the final one."""
    if figure is None:
        return None
    is_interim = figure.kind == Kind.REALISATION and figure.as_of < figure.period.peildatum
    return None if final_only and is_interim else figure.persons


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What was chosen in a clash; `theirs` is the colleague's figure as it was shown."""

    cell: str
    is_own: bool
    theirs: int

    OWN, COLLEAGUE = "van-u", "van-collega"

    @classmethod
    def parse(cls, text: str) -> Choice | None:
        cell, _, rest = text.partition(":")
        whose, _, theirs = rest.partition(":")
        pk = _pk(theirs)
        return Choice(cell=cell, is_own=whose == cls.OWN, theirs=pk) if pk is not None else None


def _pk(text: str) -> int | None:
    return int(text) if re.fullmatch("[0-9]{1,18}", text) else None


class CountedForm(forms.Form):
    """The day to which the realisaties were counted, while the half-year runs."""

    geteld = forms.DateField(
        label="Realisatie geteld op",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "Vul in op welke dag de realisatie is geteld.",
            "invalid": "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022.",
        },
    )

    def __init__(self, data: QueryDict | None, *, period: Period, today: date) -> None:
        super().__init__(data, auto_id="%s", initial={COUNTED: today})
        self.first, self.last = period.start, min(today, period.peildatum)

    def clean_geteld(self) -> date:
        day: date = self.cleaned_data[COUNTED]
        if not self.first <= day <= self.last:
            raise ValidationError(f"Kies een dag van {long_date(self.first)} tot en met {long_date(self.last)}.")
        return day

    def full_clean(self) -> None:
        super().full_clean()
        if self.errors:
            # The page opens on it, also without script.
            self.fields[COUNTED].widget.attrs["autofocus"] = True

    @property
    def day(self) -> date | None:
        return self.cleaned_data.get(COUNTED) if self.is_bound and not self.errors else None


class RowForm(forms.Form):
    """The cells of one municipality. Only what differs from the figure that was seen there is an entry."""

    achterstand = PersonsField(required=False)
    taakstelling = PersonsField(required=False, below_zero="Een taakstelling kan niet onder nul zijn.")
    realisatie = PersonsField(required=False, below_zero="Een realisatie kan niet onder nul zijn.")

    def __init__(self, grid: GridForm, *, municipality: Municipality) -> None:
        super().__init__(grid.data, auto_id="%s")
        self.grid, self.municipality = grid, municipality
        for kind in Kind:
            name = self.name(kind)
            if kind not in grid.kinds or name not in grid.data or grid.leaves_to_colleague(name):
                del self.fields[kind]

    def name(self, kind: Kind) -> str:
        return cell_name(kind, self.municipality.code)

    def add_prefix(self, field_name: str) -> str:
        # Django also asks it for ids.
        return self.name(Kind(field_name)) if field_name in self.base_fields else field_name

    def clean(self) -> None:
        for kind, typed in self._typed():
            figure = self.grid.in_force.get((self.municipality.pk, kind))
            entry = self._entry(kind, typed)
            if typed is None and figure and self.grid.number_seen(self.name(kind)) is not None:
                standing = number(figure.persons)
                self.add_error(kind, f"Leeg is geen cijfer; {standing} blijft gelden. Typ 0, of trek de levering in.")
            elif entry and kind is Kind.REALISATION and self.grid.counted and self.grid.counted.errors:
                self.add_error(kind, "Vul eerst in op welke dag de realisatie is geteld.")
            elif entry and entry.as_of and figure and entry.based_on == figure.pk and entry.as_of < figure.as_of:
                self.add_error(kind, f"Er is al geteld op {long_date(figure.as_of)}: kies die dag of een latere.")

    @property
    def entries(self) -> list[Entry]:
        return [entry for kind, typed in self._typed() if (entry := self._entry(kind, typed))]

    def _typed(self) -> list[tuple[Kind, int | None]]:
        """Number or nothing per cell, without the cells in which something wrong stands."""
        self.errors  # noqa: B018 (validates, once)
        return [(Kind(name), typed) for name, typed in self.cleaned_data.items()]

    def _entry(self, kind: Kind, typed: int | None) -> Entry | None:
        name = self.name(kind)
        choice = self.grid.choice_for(name)
        if typed is None or (choice is None and typed == self.grid.number_seen(name)):
            return None
        return Entry(
            municipality=self.municipality,
            kind=kind,
            persons=typed,
            as_of=self.grid.counted_on if kind is Kind.REALISATION else None,
            based_on=choice.theirs if choice else self.grid.base(name),
        )


class GridForm:
    """Every cell of a half-year as it was sent: a RowForm for each municipality in which something was typed.

    A page sends all its cells along, also when it saves one row; what nobody touched is not read again. `codes` are those
    of all municipalities. `seen` has the figures that the sender saw, by pk; `read` gives for some municipalities what
    stands in the ledger now. `lacks_reason` is set once the ledger asked for a reason that is not there.
    """

    def __init__(
        self,
        data: QueryDict,
        *,
        municipalities: Iterable[Municipality],
        period: Period,
        today: date,
        seen: Mapping[int, Figure],
        read: Callable[[Collection[Municipality]], Mapping[Cell, Figure]],
    ) -> None:
        self.data, self.seen = data, seen
        self.kinds = Stage.of(period, today=today).kinds
        self.choice = Choice.parse(data.get(CHOICE, ""))
        # Sent by a page that was made while the half-year ran, also when it has ended since.
        self.counted = CountedForm(data, period=period, today=today) if COUNTED in data else None
        by_code = {each.code: each for each in municipalities}
        touched = {code: each for code, each in by_code.items() if self._is_touched(code)}
        self.codes = by_code.keys()
        self.in_force = read(touched.values())
        self.reason = reason_in(data)
        self.lacks_reason: ReasonNeeded | None = None
        self.rows = {code: RowForm(self, municipality=each) for code, each in touched.items()}

    def _is_touched(self, code: str) -> bool:
        names = [cell_name(kind, code) for kind in self.kinds]
        return any(self.choice_for(name) or self.data.get(name, "") != self.text_seen(name) for name in names)

    def text_seen(self, name: str) -> str:
        seen = self.number_seen(name)
        return "" if seen is None else number(seen)

    @property
    def counted_on(self) -> date | None:
        return self.counted.day if self.counted else None

    @property
    def entries(self) -> list[Entry]:
        return [entry for row in self.rows.values() for entry in row.entries]

    @property
    def is_good(self) -> bool:
        rows = any(row.errors for row in self.rows.values())
        return not (rows or self.strangers or (self.counted and self.counted.errors))

    @property
    def strangers(self) -> list[str]:
        """Codes that were sent for which the half-year has no row."""
        matches = (_CELL.fullmatch(name) for name in self.data)
        codes = {match["code"]: None for match in matches if match}
        return [code for code in codes if code not in self.codes]

    def base(self, name: str) -> int | None:
        return _pk(self.data.get(name + BASE, ""))

    def number_seen(self, name: str) -> int | None:
        base = self.base(name)
        figure = self.seen.get(base) if base is not None else None
        return number_in_cell(figure, final_only=self.counted is None)

    def choice_for(self, name: str) -> Choice | None:
        return self.choice if self.choice and self.choice.cell == name else None

    def leaves_to_colleague(self, name: str) -> bool:
        choice = self.choice_for(name)
        return choice is not None and not choice.is_own


def bases(data: QueryDict) -> set[int]:
    """The pks of the figures that the sender of a grid saw."""
    pks = (_pk(str(value)) for name, value in data.items() if name.endswith(BASE))
    return {pk for pk in pks if pk is not None}


# -- herverdeling -------------------------------------------------------------


class HerverdelingForm(forms.Form):
    """A municipality takes persons over from another. Sent twice with one `submission`, it counts once."""

    from_municipality = forms.ModelChoiceField(
        label="Van gemeente",
        queryset=Municipality.objects.none(),
        empty_label="Kies een gemeente",
        help_text="De taakstelling van deze gemeente wordt kleiner.",
        error_messages={"required": "Kies de gemeente die personen overdraagt."},
    )
    to_municipality = forms.ModelChoiceField(
        label="Naar gemeente",
        queryset=Municipality.objects.none(),
        empty_label="Kies een gemeente",
        help_text="De taakstelling van deze gemeente wordt groter.",
        error_messages={"required": "Kies de gemeente die personen overneemt."},
    )
    persons = PersonsField(
        label="Personen",
        min_value=1,
        below_zero="Een herverdeling is van minstens 1 persoon.",
        error_messages={
            "required": "Vul in om hoeveel personen het gaat.",
            "min_value": "Een herverdeling is van minstens 1 persoon.",
        },
    )
    agreed_on = forms.DateField(
        label="Afgesproken op",
        required=False,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022."},
    )
    note = forms.CharField(
        label="Toelichting",
        required=False,
        max_length=200,
        help_text="Bijvoorbeeld het kenmerk van de brief waarin de colleges dit melden.",
    )
    submission = forms.UUIDField(
        widget=forms.HiddenInput, required=False, error_messages={"invalid": "Laad de pagina opnieuw."}
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        municipalities: QuerySet[Municipality],
        today: date,
        initial: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data, initial=dict(initial or {}))
        self.today = today
        for name in ("from_municipality", "to_municipality"):
            self.fields[name].queryset = municipalities  # type: ignore[attr-defined]

    def clean_agreed_on(self) -> date | None:
        day: date | None = self.cleaned_data["agreed_on"]
        if day and day > self.today:
            raise ValidationError("Deze dag moet nog komen.")
        return day

    def clean(self) -> None:
        giver, taker = self.cleaned_data.get("from_municipality"), self.cleaned_data.get("to_municipality")
        if giver and giver == taker:
            self.add_error("to_municipality", "Kies een andere gemeente dan die personen overdraagt.")
