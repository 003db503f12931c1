"""A later version of the taakstelling, for all municipalities at once or for one: what is typed, and what it would replace."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Sum
from django.http import QueryDict

from municipalities.models import Municipality, Province
from supervision.actions import Clash, Entry
from supervision.figures import Cell, closes, figures_in_force
from supervision.models import Figure
from supervision.rules.dutch import enumeration, long_date, number
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from supervision.screens.forms import BASE, PersonsField, cell_name

MOST_NAMES = 3


class TaakstellingForm(forms.Form):
    """When a taakstelling was announced, where that stands, and what it became.

    A municipality that is left empty, or as it was, keeps what it has.
    """

    aangekondigd = forms.DateField(
        label="Aangekondigd op",
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={
            "required": "Vul in op welke dag de taakstelling is aangekondigd.",
            "invalid": "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022.",
        },
    )
    document = forms.CharField(
        label="Document",
        max_length=200,
        help_text="Waar het staat, bijvoorbeeld de brief van het ministerie of de Staatscourant.",
        error_messages={"required": "Vul in in welk document dit staat."},
    )
    reden = forms.CharField(
        label="Reden van de correctie",
        required=False,
        max_length=300,
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        municipalities: Sequence[Municipality],
        in_force: Mapping[Cell, Figure],
        replaced: Mapping[int, Figure],
        period: Period,
        today: date,
    ) -> None:
        super().__init__(data, auto_id="%s")
        self.municipalities, self.in_force, self.replaced = municipalities, in_force, replaced
        self.period, self.today = period, today
        for municipality in municipalities:
            name = _name(municipality)
            self.fields[name] = PersonsField(
                label=f"Taakstelling {municipality.name}",
                required=False,
                below_zero="Een taakstelling kan niet onder nul zijn.",
            )
        closed = [each.name for each in municipalities if closes(in_force.get((each.pk, Kind.REALISATION)))]
        if closed:
            who = enumeration(closed) if len(closed) <= MOST_NAMES else f"{number(len(closed))} gemeenten"
            self.fields[
                "reden"
            ].help_text = f"{period} is gesloten voor {who}; daar heeft een correctie een reden nodig."
        else:
            del self.fields["reden"]

    def current(self, municipality: Municipality) -> Figure | None:
        return self.in_force.get((municipality.pk, Kind.TAAKSTELLING))

    def seen(self, municipality: Municipality) -> Figure | None:
        """What the sender had before them, in force or replaced since."""
        current, pk = self.current(municipality), _seen_pk(self.data, municipality)
        return current if current and current.pk == pk else self.replaced.get(pk or 0)

    def clean_aangekondigd(self) -> date:
        day: date = self.cleaned_data["aangekondigd"]
        if day > self.today:
            raise ValidationError("Deze dag moet nog komen.")
        return day

    @property
    def holds_from(self) -> date:
        """What is announced before the half-year holds from its first day."""
        day: date = self.cleaned_data["aangekondigd"]
        return max(day, self.period.start)

    def clean(self) -> None:
        if "aangekondigd" not in self.cleaned_data:
            return
        changed = [entry.municipality for entry in self.entries]
        overtaken = [
            (figure.as_of, each.name)
            for each in changed
            if (figure := self.current(each)) and figure.as_of > self.holds_from
        ]
        if overtaken:
            last, name = max(overtaken)
            others = f" en {number(len(overtaken) - 1)} andere" if len(overtaken) > 1 else ""
            sentence = f"Voor {name}{others} geldt al een latere, van {long_date(last)}: kies die dag of een latere."
            self.add_error("aangekondigd", sentence)
        if not changed and not self.errors:
            raise ValidationError("Elke taakstelling is zoals zij al was: er is niets om op te slaan.")

    @property
    def entries(self) -> list[Entry]:
        """What differs from what was seen, as far as it is a number."""
        return [
            Entry(
                municipality=each,
                kind=Kind.TAAKSTELLING,
                persons=typed,
                as_of=self.holds_from,
                based_on=seen.pk if (seen := self.seen(each)) else None,
            )
            for each in self.municipalities
            if (typed := self.cleaned_data.get(_name(each))) is not None and not self._is_as_it_was(each, typed)
        ]

    def _is_as_it_was(self, municipality: Municipality, typed: int) -> bool:
        seen = self.seen(municipality)
        return seen is not None and seen.persons == typed


def _seen_pk(data: Mapping[str, str], municipality: Municipality) -> int | None:
    base = str(data.get(_name(municipality) + BASE, ""))
    return int(base) if re.fullmatch("[0-9]{1,18}", base) else None


def _name(municipality: Municipality) -> str:
    return cell_name(Kind.TAAKSTELLING, municipality.code)


def taakstelling_form(data: QueryDict | None, *, province: Province, period: Period, today: date) -> TaakstellingForm:
    """Two queries; a third where something was replaced since the page was made."""
    municipalities = list(
        Municipality.objects.filter(province=province).existing_within(start=period.start, end=period.peildatum)
    )
    in_force = figures_in_force(province=province, period=period)
    seen = {pk for each in municipalities if (pk := _seen_pk(data or {}, each))}
    gone = seen - {figure.pk for figure in in_force.values()}
    figures = Figure.objects.filter(delivery__province=province, period=period, kind=Kind.TAAKSTELLING)
    return TaakstellingForm(
        data,
        municipalities=municipalities,
        in_force=in_force,
        replaced=figures.in_bulk(gone) if gone else {},
        period=period,
        today=today,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One municipality of the form. `message` is what is wrong with what was typed."""

    municipality: Municipality
    name: str
    current: int | None
    since: date | None
    text: str
    base: str
    message: str


def lines_of(form: TaakstellingForm, clashes: Sequence[Clash] = ()) -> list[Line]:
    clashing = {clash.entry.municipality.pk: clash.theirs for clash in clashes}
    return [_line(form, each, clashing.get(each.pk)) for each in form.municipalities]


def _line(form: TaakstellingForm, municipality: Municipality, theirs: Figure | None) -> Line:
    name, current = _name(municipality), theirs or form.current(municipality)
    error = " ".join(str(sentence) for sentence in form.errors.get(name, ()))
    if theirs:
        by = theirs.delivery.recorded_by
        error = f"{by} maakte er intussen {number(theirs.persons)} van. Sla nog eens op om uw getal te laten gelden."
    return Line(
        municipality=municipality,
        name=name,
        current=current.persons if current else None,
        since=current.as_of if current and current.as_of > form.period.start else None,
        text=form.data.get(name, "") if form.is_bound else number(current.persons) if current else "",
        base=str(current.pk) if current else "",
        message=error,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """What one delivery told of the taakstelling: from when, for how many municipalities, and together."""

    holds_from: date
    document: str
    municipalities: int
    persons: int


def versions_of(*, province: Province, period: Period) -> list[Version]:
    """The latest first."""
    rows = Figure.objects.filter(
        delivery__province=province, delivery__withdrawn_at=None, period=period, kind=Kind.TAAKSTELLING
    )
    grouped = rows.order_by().values("as_of", "delivery", "delivery__document")
    return [
        Version(
            holds_from=row["as_of"],
            document=row["delivery__document"],
            municipalities=row["municipalities"],
            persons=row["together"],
        )
        for row in grouped.annotate(municipalities=Count("pk"), together=Sum("persons")).order_by("-as_of", "-delivery")
    ]
