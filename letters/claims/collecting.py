"""Every fact that a letter may speak of, collected from what the letter is made of.

A figure that is not here is marked wherever somebody writes it. So there is nothing here that a letter should not state:
not the percentage without the herverdeling, nor the day from which the policy holds, which is 1 January of another year.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Protocol

from letters.claims.claim import Kind
from letters.claims.facts import DateFact, Fact, Facts, Unit
from letters.claims.reading import claims_in
from letters.words.case import Case, Details, Figures, Swap, Told, course_of, default_due_plan, figures_of
from supervision.rules.dutch import long_date
from supervision.rules.norm import MONTHS
from supervision.rules.period import Period
from supervision.rules.rounding import half_up


class Circumstance(Protocol):
    """An entry of the dossier: what somebody said of an omstandigheid, on a day, in a document."""

    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def persons(self) -> int | None: ...
    @property
    def start(self) -> date | None: ...
    @property
    def end(self) -> date | None: ...
    @property
    def said_by(self) -> str: ...
    @property
    def said_on(self) -> date: ...
    @property
    def document(self) -> str: ...
    @property
    def description(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class _Told:
    """What was told, of the case or of the dossier, with all that was told of it in words."""

    label: str
    persons: int | None
    days: tuple[tuple[date | None, str], ...]
    words: tuple[str, ...]


def facts_of(
    case: Case,
    details: Details,
    circumstances: Iterable[Circumstance] = (),
    *,
    decided_on: date | None = None,
    others: Iterable[str] = (),
    province: str = "",
) -> Facts:
    """Raise Incomplete when a figure of the half-year lacks.

    The circumstances that the case quotes are known as it is; given as entries of the dossier their days and explanation
    are too. `others` are the names and aliases of all other municipalities, without those of this one, `province` is the
    name of the own province; `decided_on` is when was decided on the trede.
    """
    figures = figures_of(case.opgave)
    told = (*map(_quoted, case.circumstances), *map(_of_the_dossier, circumstances))
    in_words = tuple(_in_words(case, details, told))
    expected = case.opgave.start_expected
    corrected = (expected,) if expected is not None and case.opgave.start_difference else ()
    return Facts(
        municipality=case.municipality,
        numbers=tuple(dict.fromkeys(_numbers(case, figures, details, told, in_words))),
        dates=tuple(dict.fromkeys(_dates(case, details, told, decided_on, in_words))),
        periods=tuple(_periods(case, in_words)),
        others=tuple(others),
        allowed_others=tuple(dict.fromkeys(swap.other for swap in (*case.herverdelingen, *case.next_herverdelingen))),
        province=province,
        trede=case.step.number,
        trede_before=case.trede_before,
        direction=course_of(case),
        standings=(figures.begin, figures.end, *corrected),
    )


# -- numbers ----------------------------------------------------------------------------------------


def _numbers(
    case: Case, figures: Figures, details: Details, told: tuple[_Told, ...], in_words: tuple[_Facts, ...]
) -> Iterator[Fact]:
    yield from _of_the_half_year(case, figures)
    yield from _of_the_next(case, figures)
    yield from _of_the_ladder(case)
    if details.required_persons is not None:
        yield Fact(value=details.required_persons, label="te huisvesten volgens het besluit")
    for each in told:
        if each.persons is not None:
            yield Fact(value=each.persons, label=each.label)
    for words in in_words:
        yield from words.numbers


def _of_the_half_year(case: Case, figures: Figures) -> Iterator[Fact]:
    opgave, period = case.opgave, case.opgave.period
    yield _standing(figures.begin, period.start)
    yield Fact(value=figures.taakstelling, label=f"taakstelling {period}")
    yield from _swaps(case.herverdelingen, figures.herverdeling, figures.asked, period)
    yield Fact(value=abs(figures.totaalopgave), label=f"totaalopgave {period}")
    yield Fact(value=figures.realisation, label=f"realisatie {period}")
    shares = ((opgave.percentage_taakstelling, "taakstelling"), (opgave.percentage_totaalopgave, "totaalopgave"))
    for share, whole in shares:
        if share is not None:
            yield Fact(value=share, label=f"realisatie {whole} {period}", unit=Unit.PERCENT)
    yield _standing(figures.end, period.peildatum)
    if figures.end != figures.begin:
        yield Fact(value=abs(figures.end - figures.begin), label=f"verschil tussen begin en eind van {period}")
    if opgave.start_expected is not None and opgave.start_difference:
        yield Fact(value=abs(opgave.start_expected), label=f"begin van {period} zoals eerder berekend")
        yield Fact(value=abs(opgave.start_difference), label=f"correctie van het COA op het begin van {period}")
    if case.taakstelling_before is not None:
        yield Fact(value=case.taakstelling_before, label=f"taakstelling {period} voor de wijziging")


def _of_the_next(case: Case, figures: Figures) -> Iterator[Fact]:
    opgave = case.next_opgave
    if opgave is None or opgave.taakstelling is None:
        return
    asked = opgave.taakstelling + opgave.herverdeling
    total = figures.end + asked
    yield Fact(value=opgave.taakstelling, label=f"taakstelling {opgave.period}")
    yield from _swaps(case.next_herverdelingen, opgave.herverdeling, asked, opgave.period)
    yield Fact(value=abs(total), label=f"totaalopgave {opgave.period}")
    if total > 0:
        per_month = half_up(Fraction(total, MONTHS))
        yield Fact(value=per_month, label=f"per maand in {opgave.period}")


def _swaps(swaps: Iterable[Swap], balance: int, asked: int, period: Period) -> Iterator[Fact]:
    """Each herverdeling as agreed and, where there are more with one municipality, together; and what they come to."""
    agreed = tuple(swaps)
    together: dict[str, int] = {}
    for swap in agreed:
        together[swap.other] = together.get(swap.other, 0) + swap.persons
    of_each = (Swap(other=other, persons=persons) for other, persons in together.items())
    yield from (_swap(swap) for swap in dict.fromkeys((*of_each, *agreed)))
    if agreed:
        yield Fact(value=abs(asked), label=f"taakstelling {period} met herverdeling")
    if len(agreed) > 1:
        yield Fact(value=abs(balance), label=f"herverdelingen {period} samen")


def _swap(swap: Swap) -> Fact:
    which = "aan" if swap.persons < 0 else "van"
    return Fact(value=abs(swap.persons), label=f"herverdeling {which} {swap.other}")


def _of_the_ladder(case: Case) -> Iterator[Fact]:
    """The trede, and others only where they differ from it; and limits that say more than "any"."""
    period, advice = case.opgave.period, case.advice
    treden = {
        advice.reached.number: "trede volgens de voorwaarden van de ladder",
        advice.step.number: "trede volgens het advies",
        case.trede_before: "trede van het halfjaar ervoor",
        case.step.number: f"trede {period}",
    }
    for trede, label in treden.items():
        if trede is not None:
            yield Fact(value=trede, label=label, unit=Unit.TREDE)
    for condition in (step.condition for step in case.policy.steps):
        if condition is not None and condition.threshold != 1:
            unit = Unit.PERCENT if condition.metric.is_percentage else Unit.COUNT
            yield Fact(value=condition.threshold, label="grens van de interventieladder", unit=unit)


def _standing(achterstand: int, on: date) -> Fact:
    label = "voorsprong" if achterstand < 0 else "achterstand"
    return Fact(value=abs(achterstand), label=f"{label} op {long_date(on)}")


# -- days and half-years ------------------------------------------------------------------------------


def _dates(
    case: Case, details: Details, told: tuple[_Told, ...], decided_on: date | None, in_words: tuple[_Facts, ...]
) -> Iterator[DateFact]:
    period = case.opgave.period
    days = (
        (period.peildatum, f"peildatum {period}"),
        (period.start, f"begin van {period}"),
        (period.next.peildatum, f"peildatum {period.next}"),
        (details.on, "datum van deze brief"),
        (details.due_plan or default_due_plan(details.on), "uiterste datum van het verbeterplan"),
        (details.term_ends, "einde van de termijn in het besluit"),
        (details.decided_on, "datum van het besluit tot indeplaatsstelling"),
        (details.measures_by, "datum van het overzicht van maatregelen"),
        (decided_on, "datum van het besluit op de trede"),
        (details.letter_on, "datum van de brief waar deze bij hoort"),
        *(day for each in told for day in each.days),
    )
    for day, label in days:
        if day is not None:
            yield DateFact(day=day, label=label)
    for words in in_words:
        yield from words.dates


def _periods(case: Case, in_words: tuple[_Facts, ...]) -> Iterator[Period]:
    """This one, the next, those that the trede rests on, and those of which the circumstances speak."""
    opgave, advice = case.opgave, case.advice
    rests_on = {each for clause in advice.clauses for each in (*clause.row, *clause.passed_over)}
    if opgave.start_reported is None and opgave.start_carried is None:
        rests_on.add(opgave.period.previous)
    spoken_of = {each for words in in_words for each in words.periods}
    first = (opgave.period, opgave.period.next)
    yield from first
    yield from sorted((rests_on | spoken_of) - set(first))


# -- what is known in words ---------------------------------------------------------------------------


class _Facts:
    """The numbers, days and half-years in a text that is itself a source."""

    def __init__(self, text: str, label: str) -> None:
        self.numbers: list[Fact] = []
        self.dates: list[DateFact] = []
        self.periods: list[Period] = []
        for claim in claims_in(text):
            match claim.kind, claim.value:
                case Kind.NUMBER, (int() | Fraction()) as value:
                    self._add(value, label, claim.unit)
                case Kind.TREDE, int(trede):
                    self._add(trede, label, Unit.TREDE)
                case Kind.DATE, date() as day:
                    self.dates.append(DateFact(day=day, label=label))
                case Kind.PERIOD, Period() as period:
                    self.periods.append(period)

    def _add(self, value: int | Fraction, label: str, unit: Unit | None) -> None:
        self.numbers.append(Fact(value=value, label=label, unit=unit or Unit.COUNT))


def _in_words(case: Case, details: Details, told: tuple[_Told, ...]) -> Iterator[_Facts]:
    yield _Facts(details.document_number, "documentnummer")
    yield _Facts(details.letter_number, "documentnummer van de brief waar deze bij hoort")
    yield _Facts(case.departure, "reden om van het advies af te wijken")
    yield _Facts(case.step.follows, "wat volgens het beleid volgt")
    for each in told:
        for words in each.words:
            yield _Facts(words, each.label)


def _quoted(told: Told) -> _Told:
    label = _label(told.kind, told.by)
    said = ((told.on, f"mededeling over {label}"),)
    return _Told(label=label, persons=told.persons, days=said, words=(told.subject, told.document))


def _of_the_dossier(told: Circumstance) -> _Told:
    label = _label(told.kind, told.said_by)
    days = (
        (told.said_on, f"mededeling over {label}"),
        (told.start, f"begin van {label}"),
        (told.end, f"einde van {label}"),
    )
    words = (told.subject, told.document, told.description)
    return _Told(label=label, persons=told.persons, days=days, words=words)


def _label(kind: str, by: str) -> str:
    return f"{kind} ({by})"
