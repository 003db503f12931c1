"""What a screen says of the prognosis of a half-year that runs, and of what if more were housed a week.

Everything here works on an assessment that was read; nothing queries.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from supervision.figures import Assessment
from supervision.rules.dutch import count, long_date, number, percent, persons, standing, sum_of, weeks_and_days
from supervision.rules.period import Period
from supervision.rules.prognosis import Earlier, Ending, Prognosis, WhatIf
from supervision.rules.rounding import half_up, percentage
from supervision.screens.overview import Fact

STALE_DAYS = 31
"""A count that is older than a month is no count of now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndingRow:
    """One end that may come. `is_uncertain`: half-years without figures may still bring a higher trede."""

    label: str
    detail: str
    realisation: str
    achterstand: str
    trede: int | None
    is_uncertain: bool
    is_main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Foreseen:
    """The prognosis of one municipality; no `rows` where there is nothing to go by yet."""

    period: Period
    heading: str
    basis: str
    warning: str
    facts: tuple[Fact, ...]
    rows: tuple[EndingRow, ...]
    caption: str
    method: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """The answer to: what if so many a week come, for so many weeks."""

    finding: str
    sentence: str
    rows: tuple[EndingRow, ...]
    caption: str


def foreseen_of(assessment: Assessment, period: Period, *, today: date) -> Foreseen | None:
    """None where that half-year has no prognosis."""
    prognosis = assessment.prognosis(period)
    if prognosis is None:
        return None
    return Foreseen(
        period=period,
        heading=_heading(prognosis),
        basis=_basis(prognosis),
        warning=warning_of(prognosis, today=today),
        facts=tuple(_facts(prognosis)),
        rows=tuple(_rows(prognosis)),
        caption=f"Prognose van {period} voor {assessment.municipality.name}",
        method=tuple(method_of(prognosis)),
    )


def running_period_of(assessment: Assessment) -> Period:
    """This half-year, or once it is closed the next."""
    return assessment.period.next if assessment.opgave.is_closed else assessment.period


def _heading(prognosis: Prognosis) -> str:
    expected, day = prognosis.expected, long_date(prognosis.period.peildatum)
    if expected is None:
        return f"Prognose van {prognosis.period}"
    if expected.trede is None:
        return f"Prognose voor {day}: {standing(expected.achterstand)}"
    return f"Prognose voor {day}: trede {expected.trede}{_or_higher(expected)}"


def _basis(prognosis: Prognosis) -> str:
    if not prognosis.is_counted:
        return f"Er is nog geen stand: gerekend vanaf {long_date(prognosis.counted_to)}, met nog niemand gehuisvest."
    return f"Gerekend vanaf de stand van {long_date(prognosis.counted_to)}: {persons(prognosis.counted)} gehuisvest."


def warning_of(prognosis: Prognosis, *, today: date) -> str:
    """That the count is too old to say where it goes; empty where it is not."""
    if today >= prognosis.period.peildatum:
        return f"De peildatum {long_date(prognosis.period.peildatum)} is voorbij. Wacht op de eindstand van het COA."
    age = (today - prognosis.counted_to).days
    if age > STALE_DAYS and prognosis.is_counted:
        return f"De laatste stand is {weeks_and_days(age)} oud."
    return ""


def _facts(prognosis: Prognosis) -> Iterator[Fact]:
    yield Fact(
        term="Nodig per week",
        detail=prognosis.needed_sum,
        value=number(prognosis.needed_per_week),
    )
    if prognosis.pace is not None:
        yield Fact(
            term="Gehuisvest per week",
            detail=prognosis.pace_sum,
            value=prognosis.pace_in_words,
        )


def _rows(prognosis: Prognosis) -> Iterator[EndingRow]:
    if prognosis.expected is None:
        return
    if prognosis.fewest:
        yield _row("Als het traag gaat", prognosis.fewest)
    yield _row("Verwachting", prognosis.expected, is_main=True)
    if prognosis.most:
        yield _row("Als het snel gaat", prognosis.most)


def _row(label: str, ending: Ending, *, detail: str = "", is_main: bool = False) -> EndingRow:
    return EndingRow(
        label=label,
        detail=detail,
        realisation=number(ending.realisation),
        achterstand=number(ending.achterstand),
        trede=ending.trede,
        is_uncertain=ending.is_uncertain,
        is_main=is_main,
    )


def _or_higher(ending: Ending) -> str:
    return " of hoger" if ending.is_uncertain else ""


# -- the method, told ---------------------------------------------------------


def method_of(prognosis: Prognosis) -> Iterator[str]:
    """How the expectation and its range come about: a sentence for each."""
    if not prognosis.earlier:
        yield _without_earlier(prognosis)
        return
    of_before = _earlier_paces(prognosis)
    if prognosis.pace is None:
        yield f"De verwachting rekent met {of_before}."
    else:
        yield (
            f"De verwachting rekent voor de weken die nog komen voor {percent(half_up(prognosis.weight * 100))} met het "
            f"tempo tot nu toe, want zoveel van het halfjaar is om, en voor de rest met {of_before}."
        )
    least = "" if prognosis.pace is None else ", en in elk geval tot aan het tempo tot nu toe"
    only = len(prognosis.earlier) == 1
    slow, fast = ("dat halfjaar", "dat halfjaar") if only else ("het traagste", "het snelste van die halfjaren")
    yield f"De bandbreedte loopt van een derde trager dan {slow} tot een derde sneller dan {fast}{least}."


def _earlier_paces(prognosis: Prognosis) -> str:
    earlier = sorted(prognosis.earlier, key=lambda each: each.share)
    if len(earlier) == 1:
        return f"het tempo van {earlier[0].period}, toen {_share(earlier[0])} van de taakstelling werd gerealiseerd"
    middle = percent(half_up((prognosis.middle_share or Fraction(0)) * 100))
    return (
        f"het middelste tempo van {count(len(earlier), 'eerder halfjaar', 'eerdere halfjaren')}, toen "
        f"{_share(earlier[0])} tot {_share(earlier[-1])} van de taakstelling werd gerealiseerd (het middelste: {middle})"
    )


def _share(earlier: Earlier) -> str:
    return percent(percentage(earlier.realisation, earlier.asked))


def _without_earlier(prognosis: Prognosis) -> str:
    if prognosis.expected is None:
        return "Zonder stand en zonder een eerder halfjaar met een taakstelling is er nog niets om mee te rekenen."
    return (
        "De verwachting rekent door met het tempo tot nu toe; een bandbreedte is er niet, want er is geen eerder halfjaar "
        "waarvan de taakstelling met die van nu te vergelijken is."
    )


# -- what if ------------------------------------------------------------------


def supposed_of(assessment: Assessment, period: Period, *, a_week: int, weeks: int) -> Supposed | None:
    """None where that half-year has no prognosis."""
    prognosis = assessment.prognosis(period)
    found = assessment.what_if(period, a_week=a_week, weeks=weeks)
    if prognosis is None or found is None:
        return None
    return Supposed(
        finding=_found(found.alone, period),
        sentence=_supposition(found, period),
        rows=tuple(_supposed_rows(found, prognosis)),
        caption=f"Wat {persons(a_week)} per week meer betekent voor {period}",
    )


def _found(ending: Ending, period: Period) -> str:
    trede = "" if ending.trede is None else f": trede {ending.trede}{_or_higher(ending)}"
    return f"Alleen daarmee is er op {long_date(period.peildatum)} {standing(ending.achterstand)}{trede}."


def _supposition(found: WhatIf, period: Period) -> str:
    weeks = count(found.weeks, "week", "weken")
    come = "komt" if found.more == 1 else "komen"
    if found.is_cut_off:
        return (
            f"Tot {long_date(period.peildatum)} is het nog {weeks_and_days(found.days)}: met {number(found.a_week)} per week {come} er "
            f"{persons(found.more)} bij."
        )
    return f"Met {number(found.a_week)} per week, {weeks} lang, {come} er {persons(found.more)} bij."


def _supposed_rows(found: WhatIf, prognosis: Prognosis) -> Iterator[EndingRow]:
    sum_alone = sum_of((prognosis.counted, found.more))
    yield _row("Alleen dit erbij", found.alone, detail=sum_alone, is_main=True)
    if found.on_top and prognosis.expected:
        sum_on_top = sum_of((prognosis.expected.realisation, found.more))
        yield _row("Bovenop de verwachting", found.on_top, detail=sum_on_top)
