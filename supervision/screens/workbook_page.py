"""What the page of a workbook shows: how it is read, what changes, what is wrong, and what is to be confirmed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from django.http import QueryDict

from municipalities.models import Municipality
from supervision.coa.asking import Check, Proposal, Question
from supervision.coa.counting import shown_value
from supervision.coa.mapping import Column, Counting
from supervision.coa.meaning import FIGURES, Meaning
from supervision.coa.problems import Problem, Reason
from supervision.rules.dutch import count, enumeration, long_date, number, signed
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from supervision.screens.forms import reason_in
from supervision.workbooks import KINDS, Change, Line, Reading, warning_key

FIRST_ROWS = 5
LONGEST_CELL = 28
HIGHEST_HEADER = 40
MOST_SHOWN = 200
MOST_NAMES = 5
HALF_YEARS_BACK, HALF_YEARS_AHEAD = 8, 2

ANSWER = "antwoord:"
"""Begins the name of the field that answers a question; the other fields are named by what they choose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """A choice on the page. `value` is what holds now; `label` is only heard where `is_bare`."""

    name: str
    label: str
    value: str
    options: tuple[Option, ...]
    is_bare: bool = False

    @property
    def id(self) -> str:
        return f"kies-{self.name.replace(':', '-')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnShown:
    letters: str
    header: str
    control: Control
    sign: Control | None
    is_taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CellShown:
    """A value of the file; a number stands at the right."""

    text: str
    is_number: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RowShown:
    number: int
    cells: tuple[CellShown, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionShown:
    name: str
    text: str
    options: tuple[Option, ...]
    proposed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureShown:
    """`state` is the change; `note` says what is odd about it."""

    was: str
    comes: str
    difference: str
    state: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MunicipalityShown:
    municipality: Municipality
    row: int
    figures: tuple[FigureShown | None, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemShown:
    key: str
    where: str
    name: str
    message: str
    is_confirmed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """What somebody ticked and wrote under the page, to show it again when it was refused."""

    confirmed: frozenset[str] = frozenset()
    confirms_all: bool = False
    leaves_out: bool = False
    reason: str = ""
    taakstelling_from: str = ""

    @classmethod
    def of(cls, data: QueryDict) -> Sent:
        return cls(
            confirmed=frozenset(data.getlist("akkoord")),
            confirms_all="alles" in data,
            leaves_out="weglaten" in data,
            reason=reason_in(data),
            taakstelling_from=data.get("taakstelling_vanaf", "")[:10],
        )


class Page:
    """Prepared for the template; nothing here queries."""

    def __init__(self, reading: Reading, *, sent: Sent | None = None) -> None:
        self.reading = reading
        self.sent = sent or Sent()

    @property
    def proposal(self) -> Proposal:
        return self.reading.proposal

    # -- how it is read ---------------------------------------------------------

    @property
    def questions(self) -> list[QuestionShown]:
        return [_question(question) for question in self.proposal.asked]

    @cached_property
    def controls(self) -> list[Control]:
        """Half-year, sheet, header and, where there is something to choose, how the realisatie counts."""
        mapping, reading = self.proposal.mapping, self.reading
        controls = [_half_year(reading.period), _sheet(reading)]
        controls += _header(reading)
        if mapping.counting is not Counting.WHOLE:
            options = (Option(value="cumulatief", label="doorlopend"), Option(value="per_maand", label="per maand"))
            controls.append(
                Control(name="telling", label="Realisatie telt", value=mapping.counting.value, options=options)
            )
        return controls

    @property
    def all_controls(self) -> Iterator[Control]:
        yield from self.controls
        for column in self.columns:
            yield column.control
            if column.sign:
                yield column.sign

    @property
    def as_of(self) -> str:
        return self.reading.as_of.isoformat()

    @cached_property
    def columns(self) -> list[ColumnShown]:
        return [_column(column) for column in self.proposal.mapping.columns]

    @property
    def rows(self) -> list[RowShown]:
        """The first rows under the header."""
        mapping = self.proposal.mapping
        sheet = self.reading.book.sheet(mapping.sheet)
        if sheet is None:
            return []
        shown = []
        for row in range(mapping.header_last + 1, len(sheet.rows)):
            if any(value is not None for value in sheet.rows[row]):
                cells = [_cell(sheet.at(row, column.index)) for column in mapping.columns]
                shown.append(RowShown(number=row + 1, cells=tuple(cells)))
            if len(shown) == FIRST_ROWS:
                break
        return shown

    @property
    def checks(self) -> list[tuple[Check, str]]:
        return [(check, _check(check)) for check in self.proposal.checks]

    @property
    def remarks(self) -> tuple[str, ...]:
        return self.proposal.remarks

    # -- what changes -----------------------------------------------------------

    @cached_property
    def kinds(self) -> list[Kind]:
        told = {line.kind for line in self.reading.lines}
        return [kind for kind in KINDS if kind in told]

    @cached_property
    def changing(self) -> list[MunicipalityShown]:
        return [row for row in self._municipalities if any(figure and figure.state != "none" for figure in row.figures)]

    @cached_property
    def unchanged(self) -> list[MunicipalityShown]:
        return [row for row in self._municipalities if row not in self.changing]

    @cached_property
    def _municipalities(self) -> list[MunicipalityShown]:
        of: dict[int, dict[Kind, Line]] = defaultdict(dict)
        for line in self.reading.lines:
            of[line.municipality.pk][line.kind] = line
        rows = {row.code: row.row for row in self.reading.extracted.rows} if self.reading.extracted else {}
        shown = []
        for lines in of.values():
            municipality = next(iter(lines.values())).municipality
            figures = tuple(_figure(lines[kind]) if kind in lines else None for kind in self.kinds)
            notes = tuple(figure.note for figure in figures if figure and figure.note)
            shown.append(
                MunicipalityShown(
                    municipality=municipality, row=rows.get(municipality.code, 0), figures=figures, notes=notes
                )
            )
        return sorted(shown, key=lambda row: row.municipality.name.casefold())

    @property
    def recorded_count(self) -> int:
        return len(self.reading.recorded)

    @property
    def totals(self) -> list[tuple[str, str, str]]:
        """Of each kind the sum of what was there, of what comes, and the difference; over what has both."""
        return [self._total(kind) for kind in self.kinds]

    def _total(self, kind: Kind) -> tuple[str, str, str]:
        lines = [line for line in self.reading.lines if line.kind is kind]
        comes = sum(line.comes.persons for line in lines)
        was = sum(line.was.persons for line in lines if line.was)
        is_comparable = all(line.was for line in lines)
        return (
            number(was) if any(line.was for line in lines) else "–",
            number(comes),
            (signed(comes - was) if is_comparable else ""),
        )

    # -- what is wrong ----------------------------------------------------------

    @cached_property
    def errors(self) -> list[ProblemShown]:
        return [self._problem(problem) for problem in self.reading.errors[:MOST_SHOWN]]

    @cached_property
    def warnings(self) -> list[ProblemShown]:
        return [self._problem(problem) for problem in self.reading.warnings]

    @property
    def error_count(self) -> int:
        return len(self.reading.errors)

    def _problem(self, problem: Problem) -> ProblemShown:
        key = warning_key(problem)
        return ProblemShown(
            key=key,
            where=problem.cell,
            name=self.reading.names.get(problem.code or "", ""),
            message=problem.message,
            is_confirmed=key in self.sent.confirmed,
        )

    @property
    def left_out(self) -> str:
        """What was left out for no fault: "13 totaalregels en 2 noten"."""
        counts = self.reading.extracted.left_out_counts if self.reading.extracted else {}
        return enumeration([_left_out(reason, amount) for reason, amount in counts.items()])

    @property
    def differences(self) -> str:
        """The herverdelingen that the totaalopgave seems to have in it."""
        found = self.reading.extracted.differences if self.reading.extracted else ()
        told = [f"{each.name} {signed(each.persons)} ({each.cell})" for each in found[:MOST_NAMES]]
        rest = len(found) - MOST_NAMES
        if rest > 0:
            told.append(f"{number(rest)} andere")
        return enumeration(told)

    @property
    def differences_sum(self) -> int:
        return sum(each.persons for each in self.reading.extracted.differences) if self.reading.extracted else 0

    # -- what it comes to -------------------------------------------------------

    @property
    def can_be_confirmed(self) -> bool:
        return bool(self.reading.recorded) and not self.proposal.asked and not self.reading.obstacle

    @property
    def has_new_version(self) -> bool:
        return any(line.is_new_version for line in self.reading.lines)

    @property
    def finding(self) -> str:
        if self.proposal.asked:
            return f"Eerst {count(len(self.proposal.asked), 'vraag', 'vragen')} over het bestand."
        if self.reading.obstacle:
            return self.reading.obstacle
        if not self.reading.lines:
            return "In dit bestand zijn geen cijfers van uw gemeenten gevonden."
        if not self.reading.recorded:
            return "Alle cijfers uit dit bestand golden al: er is niets vast te leggen."
        changing = [line for line in self.reading.recorded if line.change is not Change.EARLIER]
        if not changing:
            interim = count(self.recorded_count, "tussenstand", "tussenstanden")
            return f"{interim} van {long_date(self.reading.as_of)}; de latere cijfers blijven gelden{self._wrong()}."
        figures = count(len(changing), "cijfer verandert", "cijfers veranderen")
        where = len({line.municipality.pk for line in changing})
        return f"{figures} bij {count(where, 'gemeente', 'gemeenten')}{self._wrong()}."

    def _wrong(self) -> str:
        if not self.error_count:
            return ""
        return f"; {count(self.error_count, 'fout', 'fouten')} in de andere rijen"

    @property
    def button(self) -> str:
        return f"{count(self.recorded_count, 'cijfer', 'cijfers')} vastleggen"


def _question(question: Question) -> QuestionShown:
    return QuestionShown(
        name=f"{ANSWER}{question.key}",
        text=question.text,
        options=tuple(Option(value=choice.value, label=choice.label) for choice in question.choices),
        proposed=question.proposed or "",
    )


def _half_year(period: Period) -> Control:
    periods = [period.back(back) for back in range(-HALF_YEARS_AHEAD, HALF_YEARS_BACK + 1)]
    options = tuple(Option(value=str(each), label=str(each)) for each in periods)
    return Control(name="period", label="Halfjaar", value=str(period), options=options)


def _sheet(reading: Reading) -> Control:
    names = [sheet.name for sheet in reading.book.sheets if sheet.rows]
    options = tuple(Option(value=name, label=name) for name in names)
    return Control(name="sheet", label="Blad", value=reading.proposal.mapping.sheet, options=options)


def _header(reading: Reading) -> Iterator[Control]:
    mapping = reading.proposal.mapping
    sheet = reading.book.sheet(mapping.sheet)
    last = min(len(sheet.rows) if sheet else 0, max(HIGHEST_HEADER, mapping.header_last + 1))
    rows = tuple(Option(value=str(row), label=f"rij {row}") for row in range(1, last + 1))
    has_header = mapping.header_last >= mapping.header_first
    first = str(mapping.header_first + 1) if has_header else "0"
    until = str(mapping.header_last + 1) if has_header else "0"
    none = Option(value="0", label="geen")
    yield Control(name="header_first", label="Kop van", value=first, options=(none, *rows))
    yield Control(name="header_last", label="Kop tot en met", value=until, options=(none, *rows))


_MEANINGS = tuple(Option(value=meaning.value, label=meaning.dutch) for meaning in Meaning)
_SIGNS = (
    Option(value="positief", label="achterstand is positief"),
    Option(value="negatief", label="achterstand is negatief"),
)


def _column(column: Column) -> ColumnShown:
    sign = None
    if column.meaning is Meaning.ACHTERSTAND_START:
        value = "positief" if column.sign > 0 else "negatief"
        label = f"Teken in kolom {column.letters}"
        sign = Control(name="achterstand_sign", label=label, value=value, options=_SIGNS, is_bare=True)
    return ColumnShown(
        letters=column.letters,
        header=column.header,
        control=Control(
            name=f"column:{column.letters}",
            label=f"Wat er in kolom {column.letters} staat",
            value=column.meaning.value,
            options=_MEANINGS,
            is_bare=True,
        ),
        sign=sign,
        is_taken=column.meaning in FIGURES or column.meaning is Meaning.VALUE,
    )


def _cell(value: object) -> CellShown:
    text = "" if value is None else shown_value(value)  # type: ignore[arg-type]
    is_number = not isinstance(value, str) and value is not None
    return CellShown(text=text if len(text) <= LONGEST_CELL else f"{text[:LONGEST_CELL]}…", is_number=is_number)


def _check(check: Check) -> str:
    if check.holds == check.tried:
        return f"klopt in alle {number(check.tried)} rijen"
    told = f"klopt in {number(check.holds)} van de {number(check.tried)} rijen"
    return f"{told}, niet bij {enumeration(check.exceptions)}" if check.exceptions else told


def _figure(line: Line) -> FigureShown:
    return FigureShown(
        was=number(line.was.persons) if line.was else "–",
        comes=number(line.comes.persons),
        difference=_difference(line),
        state=line.change.value,
        note=_note(line),
    )


def _difference(line: Line) -> str:
    match line.change:
        case Change.NEW:
            return "nieuw"
        case Change.EARLIER | Change.LATER:
            return "stand"
        case Change.NONE:
            return ""
    return signed(line.difference or 0)


def _note(line: Line) -> str:
    if line.change is Change.EARLIER and line.was:
        return f"tussenstand: die van {long_date(line.was.as_of)} blijft gelden"
    if line.change is Change.LATER and line.was:
        return f"was geteld op {long_date(line.was.as_of)}"
    return ""


_LEFT_OUT = {
    Reason.TOTAL: ("totaalregel", "totaalregels"),
    Reason.PROVINCE: ("regel van een provincie", "regels van provincies"),
    Reason.HEADING: ("herhaalde kop", "herhaalde koppen"),
    Reason.NOTE: ("noot", "noten"),
    Reason.OTHER_PROVINCE: ("gemeente in een andere provincie", "gemeenten in andere provincies"),
    Reason.OTHER_DATE: ("rij van een andere dag", "rijen van een andere dag"),
    Reason.OTHER_PERIOD: ("rij van een ander halfjaar", "rijen van een ander halfjaar"),
    Reason.OTHER_KIND: ("rij met een ander soort cijfer", "rijen met een ander soort cijfer"),
}


def _left_out(reason: Reason, amount: int) -> str:
    return count(amount, *_LEFT_OUT[reason])


# -- what was chosen ----------------------------------------------------------


def choices_from(data: QueryDict, *, page: Page, kept: Mapping[str, str]) -> dict[str, str]:
    """What somebody chose on the page, with what was chosen before.

    What was sent as it was shown is no choice: it is proposed anew when something else changes.
    """
    chosen = dict(kept)
    shown = {"as_of": page.as_of}
    allowed: dict[str, Collection[str]] = {}
    for control in page.all_controls:
        shown[control.name] = control.value
        allowed[control.name] = {option.value for option in control.options}
    changed = {
        name: str(data[name])
        for name, value in shown.items()
        if data.get(name, value) != value and _is_allowed(str(data[name]), allowed.get(name))
    }
    for question in page.questions:
        answer = data.get(question.name, "")
        if answer in {option.value for option in question.options}:
            changed[question.name.removeprefix(ANSWER)] = str(answer)
    header = _chosen_header(changed, shown)
    if "sheet" in changed:
        chosen = _only(chosen, ("period", "as_of"))
        changed = _only(changed, ("period", "as_of", "sheet"))
    elif header:
        chosen = _only(chosen, ("period", "as_of", "sheet"))
        changed = _only(changed, ("period", "as_of")) | {"header": header}
    elif "period" in changed and "as_of" not in changed:
        chosen.pop("as_of", None)
    return chosen | changed


def _is_allowed(sent: str, options: Collection[str] | None) -> bool:
    """One of the options; without options, a day."""
    if options is not None:
        return sent in options
    try:
        date.fromisoformat(sent)
    except ValueError:
        return False
    return True


def _chosen_header(changed: dict[str, str], shown: Mapping[str, str]) -> str:
    """As the reader wants it: "4-5", or "0"; empty where it was left as it is."""
    sent = {name: changed.pop(name, shown[name]) for name in ("header_first", "header_last")}
    if all(sent[name] == shown[name] for name in sent) or not all(text.isdecimal() for text in sent.values()):
        return ""
    first, last = int(sent["header_first"]), int(sent["header_last"])
    if 0 in (first, last) and (first, last) != (0, 0):
        # From "none" to a row: one row, of whichever was chosen.
        first = last = 0 if shown["header_first"] != "0" else max(first, last)
    return "0" if not first else f"{min(first, last)}-{max(first, last)}"


def _only(choices: Mapping[str, str], names: Collection[str]) -> dict[str, str]:
    return {name: value for name, value in choices.items() if name in names}
