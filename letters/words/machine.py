"""The figures of a letter for machines, as they go inside its PDF: JSON and csv with the same figures.

Nothing of a person is in them, so that they may go along with the public version too. The names of the fields are Dutch
and stay as they are: `VERSION` goes up when one changes its meaning. The same figures give the same bytes.

An achterstand below 0 is a voorsprong; a percentage is whole, and unknown (null, an empty cell) at a denominator of 0
or below. The csv is the one of `supervision.csv_files`: semicolons and a byte order mark, without formulas.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypedDict

from letters.words.case import Case, Details, Figures, Swap, figures_of
from letters.words.texts import ministry
from supervision.csv_files import csv_text
from supervision.rules.dutch import MINUS, long_date, number, sum_of
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period

VERSION = 1

OF_PARTS = "overgenomen bij de herindeling"


@dataclass(frozen=True, slots=True, kw_only=True)
class Body:
    """A municipality or province as registers know it: its CBS or TOOI code and its TOOI identifier."""

    name: str
    code: str
    uri: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attached:
    """A file that goes inside a document; `on` stands in it as the day on which it was made."""

    name: str
    description: str
    data: bytes
    on: date


class Unit(StrEnum):
    PERSONS = "personen"
    PERCENT = "procent"
    TREDE = "trede"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """`name` is for machines, `label` for people; `calculation` is how it was made, empty where it was reported."""

    name: str
    label: str
    period: Period
    on: date
    value: int | None
    unit: Unit
    source: str
    calculation: str = ""
    other: str = ""


def attached_figures(*, case: Case, details: Details, municipality: Body, province: Body) -> tuple[Attached, ...]:
    """Both files, in the order of their names, as a PDF wants them."""
    written = {
        "csv": figures_csv(case=case, details=details, municipality=municipality, province=province),
        "json": figures_json(case=case, details=details, municipality=municipality, province=province),
    }
    period = case.opgave.period
    return tuple(
        Attached(
            name=f"cijfers-{municipality.code}-{period}.{kind}",
            description=f"Cijfers van de gemeente {municipality.name} bij deze brief ({kind})",
            data=data,
            on=details.on,
        )
        for kind, data in written.items()
    )


class FigureRecord(TypedDict):
    cijfer: str
    omschrijving: str
    halfjaar: str
    dag: str
    waarde: int | None
    eenheid: str
    herkomst: str
    berekening: str
    andere_gemeente: str


def figures_json(*, case: Case, details: Details, municipality: Body, province: Body) -> bytes:
    period = case.opgave.period
    record = {
        "versie": VERSION,
        "provincie": _body(province),
        "gemeente": _body(municipality),
        "halfjaar": str(period),
        "peildatum": period.peildatum.isoformat(),
        "brief": {"datum": details.on.isoformat(), "documentnummer": details.document_number},
        "beleidskader": {"naam": case.policy.name, "geldt_vanaf": case.policy_from.start.isoformat()},
        "tredenaam": case.step.name,
        "heeft_voorbeeldcijfers": case.has_samples,
        "cijfers": [_record(figure) for figure in figures(case)],
    }
    return (json.dumps(record, ensure_ascii=False, indent=2) + "\n").encode()


def figures_csv(*, case: Case, details: Details, municipality: Body, province: Body) -> bytes:
    """A row per figure; what holds for the whole letter stands on each row, so that files may be put together."""
    heads = (
        *("provincie", "provinciecode", "provincie_tooi", "gemeente", "gemeentecode", "gemeente_tooi"),
        *("datum_brief", "documentnummer", "heeft_voorbeeldcijfers"),
        *FigureRecord.__annotations__,
    )
    whole = (
        *(province.name, province.code, province.uri, municipality.name, municipality.code, municipality.uri),
        *(details.on.isoformat(), details.document_number, "ja" if case.has_samples else "nee"),
    )
    rows = [_record(figure) for figure in figures(case)]
    return csv_text(heads, ((*whole, *_cells(row)) for row in rows)).encode()


def figures(case: Case) -> tuple[Figure, ...]:
    """Those of the half-year, of the next where it is known, and the treden: in the order of the letter.

    Raise Incomplete where there can be no letter.
    """
    return (*_of_half_year(case), *_of_next(case), *_treden(case))


def _of_half_year(case: Case) -> Iterator[Figure]:
    opgave, period, known = case.opgave, case.opgave.period, figures_of(case.opgave)
    yield _achterstand("achterstand_begin", known.begin, period.start, period, _source_of_start(opgave))
    if opgave.start_difference:
        source = _computed_before(period) if opgave.start_carried is None else OF_PARTS
        yield _achterstand("achterstand_begin_verwacht", opgave.start_expected, period.start, period, source)
    yield from _asked(period, known.taakstelling, case.herverdelingen, before=case.taakstelling_before)
    yield _totaalopgave(period, known.begin, known.taakstelling, case.herverdelingen)
    yield Figure(
        name="realisatie",
        label=f"Realisatie {period}",
        period=period,
        on=period.peildatum,
        value=known.realisation,
        unit=Unit.PERSONS,
        source="COA",
    )
    yield _share("taakstelling", opgave.percentage_taakstelling, known, known.asked, period)
    yield _share("totaalopgave", opgave.percentage_totaalopgave, known, known.totaalopgave, period)
    left = f"{number(known.totaalopgave)} {MINUS} {number(known.realisation)}"
    yield _achterstand("achterstand_eind", known.end, period.peildatum, period, "berekend", left)


def _of_next(case: Case) -> Iterator[Figure]:
    """It opens with the end of this half-year, as in the letter."""
    opgave, end = case.next_opgave, figures_of(case.opgave).end
    if opgave is None or opgave.taakstelling is None:
        return
    period = opgave.period
    yield _achterstand("achterstand_begin", end, period.start, period, _computed_before(period))
    yield from _asked(period, opgave.taakstelling, case.next_herverdelingen)
    yield _totaalopgave(period, end, opgave.taakstelling, case.next_herverdelingen)


def _treden(case: Case) -> Iterator[Figure]:
    period = case.opgave.period
    if case.trede_before is not None:
        yield _trede(
            "trede_vorig_halfjaar", period.previous, case.trede_before, f"besluit of advies over {period.previous}"
        )
    yield _trede("trede_advies", period, case.advice.trede, "berekend uit de cijfers volgens het beleidskader")
    yield _trede("trede", period, case.step.number, "besluit" if case.decided else "advies")


def _trede(name: str, period: Period, value: int, source: str) -> Figure:
    label = f"Trede {'volgens het advies ' if name == 'trede_advies' else ''}over {period}"
    return Figure(
        name=name, label=label, period=period, on=period.peildatum, value=value, unit=Unit.TREDE, source=source
    )


def _asked(
    period: Period, taakstelling: int, swaps: tuple[Swap, ...], *, before: int | None = None
) -> Iterator[Figure]:
    def asked(name: str, label: str, value: int, source: str, other: str = "") -> Figure:
        return Figure(
            name=name,
            label=label,
            period=period,
            on=period.start,
            value=value,
            unit=Unit.PERSONS,
            source=source,
            other=other,
        )

    announcer = ministry(str(period))
    if before is not None:
        yield asked("taakstelling_eerder", f"Taakstelling {period} zoals eerder bekendgemaakt", before, announcer)
    yield asked("taakstelling", f"Taakstelling {period}", taakstelling, announcer)
    for swap in swaps:
        which = "Overgenomen van" if swap.persons > 0 else "Overgedragen aan"
        yield asked("herverdeling", f"{which} {swap.other}", swap.persons, "afspraak tussen gemeenten", swap.other)


def _achterstand(name: str, value: int | None, on: date, period: Period, source: str, calculation: str = "") -> Figure:
    return Figure(
        name=name,
        label=f"Achterstand op {_plain(long_date(on))}",
        period=period,
        on=on,
        value=value,
        unit=Unit.PERSONS,
        source=source,
        calculation=calculation,
    )


def _totaalopgave(period: Period, begin: int, taakstelling: int, swaps: tuple[Swap, ...]) -> Figure:
    terms = (begin, taakstelling, *(swap.persons for swap in swaps))
    return Figure(
        name="totaalopgave",
        label=f"Totaalopgave {period}",
        period=period,
        on=period.start,
        value=sum(terms),
        unit=Unit.PERSONS,
        source="berekend",
        calculation=sum_of(terms),
    )


def _share(of: str, value: int | None, known: Figures, whole: int, period: Period) -> Figure:
    return Figure(
        name=f"realisatie_{of}_procent",
        label="Realisatie van de totaalopgave"
        if of == "totaalopgave"
        else "Realisatie van taakstelling en herverdeling",
        period=period,
        on=period.peildatum,
        value=value,
        unit=Unit.PERCENT,
        source="berekend",
        calculation=f"{number(known.realisation)} van {number(whole)}",
    )


def _source_of_start(opgave: Opgave) -> str:
    if opgave.start_reported is not None:
        return "COA"
    return _computed_before(opgave.period) if opgave.start_carried is None else OF_PARTS


def _computed_before(period: Period) -> str:
    return f"berekend uit {period.previous}"


def _body(body: Body) -> dict[str, str]:
    return {"naam": body.name, "code": body.code, "tooi": body.uri}


def _record(figure: Figure) -> FigureRecord:
    return {
        "cijfer": figure.name,
        "omschrijving": figure.label,
        "halfjaar": str(figure.period),
        "dag": figure.on.isoformat(),
        "waarde": figure.value,
        "eenheid": figure.unit.value,
        "herkomst": figure.source,
        "berekening": figure.calculation,
        "andere_gemeente": figure.other,
    }


def _cells(row: FigureRecord) -> tuple[str | int | None, ...]:
    return (
        *(row["cijfer"], row["omschrijving"], row["halfjaar"], row["dag"], row["waarde"]),
        *(row["eenheid"], row["herkomst"], row["berekening"], row["andere_gemeente"]),
    )


def _plain(written: str) -> str:
    """For machines: with ordinary spaces."""
    return written.replace("\u00a0", " ")
