"""What leaves the screens as a file: the overview as a workbook, the half-years of a municipality and what is wrong
with a workbook as csv.

No text can become a formula: in the workbook it is stored as text, in the csv it is guarded (see `csv_files`).
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

from django.utils.text import slugify
from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from municipalities.models import Municipality, Province
from municipalities.names import alias_key
from supervision.coa.counting import shown_value
from supervision.coa.problems import Problem
from supervision.csv_files import csv_text
from supervision.figures import Assessment
from supervision.rules.dutch import enumeration, long_date
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period
from supervision.screens.overview_table import Stage, owed, prognoses_in, stage_of, total_for
from supervision.screens.prognoses import Prognoses, expected_trede, needed_together
from supervision.workbooks import Reading

WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"

Value = str | int | Decimal | None

BOLD = Font(bold=True)
RULE = Border(top=Side(style="thin"))


def overview_filename(*, province: Province, period: Period) -> str:
    return f"overzicht-{period}-{slugify(province.name)}.xlsx"


def problems_filename(*, workbook: str) -> str:
    return f"problemen-{slugify(workbook.rpartition('.')[0]) or 'werkboek'}.csv"


def history_filename(*, municipality: Municipality) -> str:
    return f"cijfers-{municipality.code}-{slugify(municipality.name)}.csv"


# -- workbook -----------------------------------------------------------------


def overview_workbook(
    assessments: Sequence[Assessment], *, province: Province, period: Period, has_sample_figures: bool
) -> bytes:
    """The table of the overview, by name, with its total; on a second sheet what it is."""
    stage = stage_of(assessments)
    book = Workbook()
    [sheet] = book.worksheets
    sheet.title = f"Overzicht {period}"
    prognoses = prognoses_in(assessments, period=period, stage=stage)
    heads = _heads(period, stage, has_prognosis=bool(prognoses))
    _write(sheet, heads, font=BOLD)
    for each in sorted(assessments, key=lambda each: alias_key(each.municipality.name)):
        name, code = each.municipality.name, each.municipality.code
        numbers = _numbers(each.opgave, owed(each, stage))
        _write(sheet, [name, code, each.trede_before, *numbers, *_trede(each, prognoses)])
    total = total_for(assessments, period=period, stage=stage)
    end = total.opgave.achterstand_end if stage is Stage.CLOSED else total.opgave.remaining
    together = [needed_together(prognoses), None] if prognoses else [None, None]
    province_row = [f"Provincie {province.name}", province.code, None, *_numbers(total.opgave, end), *together]
    _write(sheet, province_row, font=BOLD)
    _dress(sheet, heads)
    about = book.create_sheet("Toelichting")
    for line in _about(assessments, total.left_out, province, period, stage, has_sample_figures):
        _write(about, line)
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 22, 90
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _trede(assessment: Assessment, prognoses: Prognoses) -> list[Value]:
    """The last columns: the advice with what was decided, or while the half-year runs what is needed a week and the trede expected."""
    if not prognoses:
        decided = assessment.decided
        return [assessment.advice.trede if assessment.advice else None, decided.trede if decided else None]
    prognosis = prognoses.get(assessment.municipality.pk)
    return [prognosis.needed_per_week if prognosis else None, expected_trede(prognosis)]


def _heads(period: Period, stage: Stage, *, has_prognosis: bool) -> list[Value]:
    is_closed = stage is Stage.CLOSED
    return [
        "Gemeente",
        "CBS-code",
        f"Trede {period.previous}",
        f"Achterstand {long_date(period.start)}",
        "Taakstelling",
        "Herverdeling",
        "Taakstelling incl. herverdeling",
        "Totaalopgave",
        "Realisatie" if is_closed else "Realisatie tot nu toe",
        "Realisatie % taakstelling",
        "Realisatie % totaalopgave",
        f"Achterstand {long_date(period.peildatum)}" if is_closed else "Nog te huisvesten",
        *(["Nodig per week", "Prognose trede"] if has_prognosis else ["Advies trede", "Besloten trede"]),
    ]


def _numbers(opgave: Opgave, end: int | None) -> list[Value]:
    return [
        opgave.achterstand_start,
        opgave.taakstelling,
        opgave.herverdeling,
        opgave.taakstelling_with_herverdeling,
        opgave.totaalopgave,
        opgave.realisation,
        _fraction(opgave.percentage_taakstelling),
        _fraction(opgave.percentage_totaalopgave),
        end,
    ]


def _fraction(percentage: int | None) -> Decimal | None:
    """82 → 0.82, which a spreadsheet shows as 82%: the same whole percentage as on the screen and in the letter."""
    return None if percentage is None else Decimal(percentage).scaleb(-2)


def _write(sheet: Worksheet, values: Iterable[Value], *, font: Font | None = None) -> None:
    sheet.append(list(values))
    for cell in sheet[sheet.max_row]:
        if isinstance(cell.value, str):
            cell.data_type = "s"
        elif isinstance(cell.value, Decimal):
            cell.number_format = "0%"
        if font:
            cell.font = font


def _dress(sheet: Worksheet, heads: Sequence[Value]) -> None:
    sheet.freeze_panes = "B2"
    last = sheet.max_row
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{last - 1}"
    for column in range(1, len(heads) + 1):
        sheet.column_dimensions[get_column_letter(column)].width = 26 if column == 1 else 15
        sheet.cell(row=1, column=column).alignment = Alignment(
            wrap_text=True, vertical="bottom", horizontal="left" if column < 3 else "right"
        )
        sheet.cell(row=last, column=column).border = RULE
    sheet.print_title_rows = "1:1"
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _about(
    assessments: Sequence[Assessment],
    left_out: Sequence[str],
    province: Province,
    period: Period,
    stage: Stage,
    has_sample_figures: bool,
) -> Iterable[tuple[str, str]]:
    yield "Provincie", province.name
    yield "Halfjaar", f"{period} ({period.words})"
    yield "Peildatum", long_date(period.peildatum)
    policy = assessments[0].policy if assessments else None
    yield "Beleidskader", policy.source if policy else "geen: er is geen advies"
    if stage is not Stage.CLOSED:
        yield "Let op", "Het halfjaar loopt nog: de realisatie is een tussenstand en er is geen advies."
    if has_sample_figures:
        yield "Let op", "Een deel van de cijfers is een voorbeeld en niet van het COA."
    if left_out:
        yield "Totaal", f"zonder {enumeration(left_out)}: daar ontbreken cijfers"
    yield "Teken", "Een negatieve achterstand is een voorsprong."


# -- csv ----------------------------------------------------------------------


def history_csv(assessment: Assessment) -> str:
    """Every half-year of the municipality, latest first: semicolons and a byte order mark, as Dutch Excel reads it."""
    heads = (
        "gemeente",
        "code",
        "halfjaar",
        "peildatum",
        "taakstelling",
        "herverdeling",
        "achterstand begin",
        "achterstand begin volgens COA",
        "totaalopgave",
        "realisatie",
        "realisatie % taakstelling",
        "realisatie % totaalopgave",
        "achterstand eind",
        "trede volgens advies",
        "besloten trede",
    )
    return csv_text(heads, (_history_row(assessment, period) for period in sorted(assessment.half_years, reverse=True)))


def _history_row(assessment: Assessment, period: Period) -> list[Value]:
    opgave, decided = assessment.half_years[period], assessment.proceedings.decided_over(period)
    return [
        assessment.municipality.name,
        assessment.municipality.code,
        str(period),
        period.peildatum.isoformat(),
        opgave.taakstelling,
        opgave.herverdeling,
        opgave.achterstand_start,
        opgave.start_reported,
        opgave.totaalopgave,
        opgave.realisation,
        opgave.percentage_taakstelling,
        opgave.percentage_totaalopgave,
        opgave.achterstand_end,
        assessment.advised_in(period),
        decided.trede if decided else None,
    ]


def problems_csv(reading: Reading) -> str:
    """Every error and warning of a workbook, in the order of its sheet, for who must put the file right."""
    heads = ("blad", "cel", "ernst", "soort", "gemeente", "code", "verwacht", "gevonden", "wat er niet klopt")
    problems = sorted((*reading.errors, *reading.warnings), key=lambda problem: (problem.row, problem.column))
    return csv_text(heads, (_problem_row(reading, problem) for problem in problems))


def _problem_row(reading: Reading, problem: Problem) -> list[Value]:
    sheet = reading.book.sheet(problem.sheet)
    found = sheet.at(problem.row, problem.column) if sheet else None
    return [
        problem.sheet,
        problem.cell,
        problem.level.dutch,
        problem.kind.value,
        reading.names.get(problem.code or "", ""),
        problem.code,
        problem.kind.expected,
        found if found is None or type(found) is int else shown_value(found),
        problem.message,
    ]
