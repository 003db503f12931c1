"""What the screens say of a herindeling: the form in which an opening is carried over, and where a municipality came from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from django import forms
from django.http import QueryDict
from django.urls import reverse

from municipalities.models import Municipality, Succession
from supervision.actions import Share
from supervision.carry_over import CarryOver, Part, Predecessor
from supervision.rules.dutch import enumeration, long_date, number
from supervision.rules.period import Period
from supervision.screens.forms import BASE, PersonsField
from supervision.screens.overview import Place
from supervision.screens.overview_table import NOTHING, SUM
from supervision.successions import opened_by, successions_with

MOST_NAMES = 4


def page_of_municipality(municipality: Municipality, period: Period, *, anchor: str = "") -> str:
    address = reverse("supervision:municipality", kwargs={"period": period, "code": municipality.code})
    return f"{address}#{anchor}" if anchor else address


def carry_over_url(period: Period, *, anchor: str = "") -> str:
    address = reverse("supervision:carry_over", kwargs={"period": period})
    return f"{address}#{anchor}" if anchor else address


# -- carrying over ------------------------------------------------------------


class CarryOverForm(forms.Form):
    """How many persons go over from each part; of one whose end is not known here, who says so."""

    reden = forms.CharField(
        label="Reden of toelichting",
        required=False,
        max_length=300,
        help_text="Nodig als er meer of minder overgaat dan een gemeente schuldig bleef, of als het halfjaar al is gesloten.",
    )

    def __init__(self, data: QueryDict | None, *, waiting: CarryOver) -> None:
        super().__init__(data, prefix=waiting.municipality.code, auto_id="%s")
        self.waiting = waiting
        for part in waiting.parts:
            name = part.municipality.name
            self.fields[_persons(part)] = PersonsField(
                label=f"Gaat over van {name}",
                error_messages={"required": f"Vul in hoeveel personen er van {name} overgaan; dat kan 0 zijn."},
            )
            if part.end is None:
                self.fields[_document(part)] = forms.CharField(
                    label=f"Bron voor {name}",
                    max_length=200,
                    error_messages={"required": f"Vul in waar het getal van {name} staat."},
                )

    @property
    def shares(self) -> list[Share]:
        return [
            Share(
                part=part.municipality,
                persons=self.cleaned_data[_persons(part)],
                seen=self._sent_number(_persons(part) + BASE),
                document=self.cleaned_data.get(_document(part), ""),
            )
            for part in self.waiting.parts
        ]

    @property
    def terms(self) -> list[int | None]:
        """What was sent, as far as it is a number."""
        return [self.cleaned_data.get(_persons(part)) for part in self.waiting.parts]

    @property
    def based_on(self) -> int | None:
        """The pk of the opening that the sender saw recorded."""
        return self._sent_number(SEEN)

    @property
    def stand_name(self) -> str:
        return self.add_prefix(SEEN)

    def _sent_number(self, name: str) -> int | None:
        sent = str(self.data.get(self.add_prefix(name), ""))
        return int(sent) if re.fullmatch("-?[0-9]{1,18}", sent) else None


SEEN = "stand"
CODE = "gemeente"
"""Names the municipality whose form was sent: a page may have several."""


def _persons(part: Part) -> str:
    return f"personen-{part.municipality.code}"


def _document(part: Part) -> str:
    return f"bron-{part.municipality.code}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """A field of the form as it stands on the page; no name where there is nothing to type."""

    name: str = ""
    label: str = ""
    text: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """`end` was computed and opens at `end_url`; `seen` goes along with the form. `note` says what is to be known of it."""

    name: str
    url: str
    province: str
    end: str
    end_url: str
    seen: str
    persons: Cell
    document: Cell
    note: str
    is_outdated: bool

    @property
    def wrong(self) -> list[Cell]:
        return [cell for cell in (self.persons, self.document) if cell.error]

    @property
    def is_noted(self) -> bool:
        return bool(self.note or self.wrong)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One municipality after a herindeling; without a form there is nothing to type."""

    waiting: CarryOver
    givers: str
    lines: tuple[PartLine, ...]
    together: str
    form: CarryOverForm | None

    @property
    def code(self) -> str:
        return self.waiting.municipality.code

    @property
    def errors(self) -> list[str]:
        """Those that belong to no cell."""
        return [str(error) for error in self.form.non_field_errors()] if self.form else []


def section_of(waiting: CarryOver, form: CarryOverForm | None) -> Section:
    terms = form.terms if form and form.is_bound else [part.proposed for part in waiting.parts]
    known = [persons for persons in terms if persons is not None]
    return Section(
        waiting=waiting,
        givers=enumeration([part.municipality.name for part in waiting.others]),
        lines=tuple(_line(part, waiting, form) for part in waiting.parts),
        together=number(sum(known)) if len(known) == len(terms) else NOTHING,
        form=form,
    )


def _line(part: Part, waiting: CarryOver, form: CarryOverForm | None) -> PartLine:
    giver, last = part.municipality, waiting.period.previous
    is_ours = giver.province_id == waiting.municipality.province_id
    carried = part.carried
    return PartLine(
        name=f"{giver.name} zelf" if part.is_own else giver.name,
        url=page_of_municipality(giver, last) if is_ours else "",
        province="" if is_ours else giver.province.name,
        end=NOTHING if part.end is None else number(part.end),
        end_url=page_of_municipality(giver, last, anchor=SUM) if is_ours else "",
        seen="" if part.end is None else str(part.end),
        persons=_cell(form, _persons(part), "" if part.proposed is None else number(part.proposed)),
        document=_cell(form, _document(part), carried.document if carried else ""),
        note=" ".join(_notes(part)),
        is_outdated=part.is_outdated,
    )


def _cell(form: CarryOverForm | None, name: str, standing: str) -> Cell:
    """What was sent, as it was sent; else what stands recorded or is proposed."""
    if form is None or name not in form.fields:
        return Cell(text=standing)
    bound = form[name]
    text = str(form.data.get(bound.html_name, "")) if form.is_bound else standing
    return Cell(
        name=bound.html_name,
        label=str(bound.label),
        text=text,
        error=" ".join(str(error) for error in bound.errors),
    )


def _notes(part: Part) -> list[str]:
    notes = []
    if part.is_split:
        among = enumeration([heir.name for heir in part.heirs])
        rest = "" if part.remaining is None else f"; {_left(part.remaining, is_last=not part.waiting)}"
        notes.append(f"Verdeeld over {among}{rest}.")
    if part.is_outdated and part.carried:
        then = "niet bekend" if part.carried.end is None else number(part.carried.end)
        notes.append(f"Het eind was {then} toen het werd overgenomen.")
    return notes


def _left(remaining: int, *, is_last: bool) -> str:
    return f"er blijft {number(remaining)} over" if is_last else f"nog {number(remaining)} te verdelen"


def finding_of(sections: Sequence[Section], period: Period) -> str:
    """The one sentence of the page."""
    if not sections:
        return f"Bij het begin van {period} ging geen gemeente in een andere op."
    takers = [section.waiting.municipality.name for section in sections]
    givers = list(dict.fromkeys(part.municipality.name for each in sections for part in each.waiting.others))
    due = [section.waiting.municipality.name for section in sections if section.waiting.is_due]
    verb = "gingen" if len(givers) > 1 else "ging"
    what = f"Op {long_date(sections[0].waiting.on)} {verb} {_named(givers)} op in {_named(takers)}"
    if not due:
        return f"{what}."
    whose = "de beginstand is" if len(takers) == 1 else f"de beginstand van {_named(due)} is"
    return f"{what}; {whose} nog over te nemen."


def _named(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMES:
        return enumeration(names)
    return f"{', '.join(names[:MOST_NAMES])} en {number(len(names) - MOST_NAMES)} andere"


# -- where a municipality came from, and what became of it --------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A herindeling in a sentence round the names of the others; each name leads to its page where it has one.

    `taken_url` leads to what went over; empty where that is another province's, or nothing.
    """

    before: str
    others: tuple[Place, ...]
    after: str
    taken_url: str = ""


def successions_of(municipality: Municipality) -> list[Told]:
    """What became of it and what it came from, a sentence per herindeling."""
    rows = sorted(successions_with(municipality), key=lambda row: (row.on, row.kind, row.pk))
    return [
        _told(municipality, on, Succession.Kind(kind), list(group), is_origin=is_origin)
        for (on, kind, is_origin), group in groupby(
            rows, key=lambda row: (row.on, row.kind, row.to_municipality_id == municipality.pk)
        )
    ]


def _told(
    municipality: Municipality, on: date, kind: Succession.Kind, rows: Sequence[Succession], *, is_origin: bool
) -> Told:
    others = [row.from_municipality if is_origin else row.to_municipality for row in rows]
    went_on = municipality.valid_from is None or municipality.valid_from < on
    before, after = _words(long_date(on), kind, is_origin=is_origin, went_on=went_on, is_one=len(others) == 1)
    # What it came from has a table of its own, with the way to each.
    leads = not is_origin and kind != Succession.Kind.GRENSCORRECTIE
    period = opened_by(on)
    urls = [
        page_of_municipality(each, period) if leads and each.province_id == municipality.province_id else ""
        for each in others
    ]
    return Told(
        before=before,
        others=tuple(Place(name=other.name, url=url) for other, url in zip(others, urls, strict=True)),
        after=after,
        taken_url=carry_over_url(period) if any(urls) else "",
    )


def _words(day: str, kind: Succession.Kind, *, is_origin: bool, went_on: bool, is_one: bool) -> tuple[str, str]:
    match kind, is_origin:
        case Succession.Kind.GRENSCORRECTIE, True:
            return f"Kreeg op {day} een deel van", ""
        case Succession.Kind.GRENSCORRECTIE, False:
            return f"Op {day} ging een deel over naar", ""
        case Succession.Kind.NAAMSWIJZIGING, True:
            return f"Heette tot {day}", ""
        case Succession.Kind.NAAMSWIJZIGING, False:
            return f"Heet sinds {day}", ""
        case Succession.Kind.SPLITSING, True if went_on:
            return f"Op {day} ging een deel van", "hierin op"
        case _, True if went_on:
            return f"Op {day} {'ging' if is_one else 'gingen'}", "hierin op"
        case _, True:
            return f"Op {day} ontstaan uit", ""
        case _, False:
            return f"Op {day} opgegaan in", ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Forebear:
    """A municipality of before, named as then, with the way to its last half-year; no way to another province's."""

    name: str
    url: str
    province: str
    until: date
    last: str
    persons: str
    taken_url: str


def forebears_of(predecessors: Sequence[Predecessor], *, heir: Municipality) -> list[Forebear]:
    found = []
    for each in predecessors:
        is_ours = each.municipality.province_id == heir.province_id
        found.append(
            Forebear(
                name=each.municipality.name,
                url=page_of_municipality(each.municipality, each.last) if is_ours else "",
                province="" if is_ours else each.municipality.province.name,
                until=each.on,
                last=str(each.last),
                persons="nog niet" if each.persons is None else number(each.persons),
                taken_url=carry_over_url(each.last.next, anchor=heir.code),
            )
        )
    return found
