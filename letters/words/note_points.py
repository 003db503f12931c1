"""What to speak of in a talk: what the figures and the dossier ask for. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from letters.words.case import Told
from letters.words.note_case import NoteCase, Promise
from supervision.rules.dutch import enumeration, long_date, number, persons
from supervision.rules.opgave import Kind

MOST_NAMED = 3
"""Agreements that are late; more of them are counted, as each stands among the agreements too."""


def points_of(case: NoteCase, on: date) -> Iterator[str]:
    """What the figures and the dossier ask for; the last one every time."""
    yield from _about_the_trede(case)
    yield from _about_figures(case)
    yield from _about_agreements([each for each in case.agreements if each.due < on])
    for plan in case.plans:
        late = plan.due is not None and plan.due < on
        by = (
            "" if plan.due is None else f", volgende stap uiterlijk {long_date(plan.due)}{' (te laat)' if late else ''}"
        )
        yield f"Het verbeterplan over {plan.period}: {plan.state}{by}."
    yield from _about_circumstances(case.circumstances)
    yield f"Wat de gemeente verwacht op de peildatum {long_date(case.now.period.peildatum)}."


def _about_the_trede(case: NoteCase) -> Iterator[str]:
    step, before = case.step, case.trede_before
    if step and before is not None and step.number != before:
        way = "opschaling" if step.number > before else "afschaling"
        measures = enumeration([measure.name for measure in step.measures])
        follows = f": {measures}" if measures else ""
        yield f"Wat een {way} naar trede {step.number} ({step.name}) voor de gemeente betekent{follows}."
    expected = case.prognosis.expected if case.prognosis else None
    if step and expected and expected.trede is not None and expected.trede > step.number:
        yield f"De prognose voor {case.now.period} komt op trede {expected.trede}: wat de gemeente doet om dat te voorkomen."


_LACKING = {
    Kind.TAAKSTELLING: "de taakstelling",
    Kind.ACHTERSTAND: "de achterstand aan het begin",
    Kind.REALISATION: "de eindstand van de realisatie",
}


def _about_figures(case: NoteCase) -> Iterator[str]:
    lacking = [*case.past.opgave.missing] if case.past.opgave else list(Kind)
    if lacking:
        verb = "ontbreekt" if len(lacking) == 1 else "ontbreken"
        yield f"Van {case.past.period} {verb} {enumeration([_LACKING[kind] for kind in lacking])}."
    if case.now.opgave is None or case.now.opgave.taakstelling is None:
        yield f"De taakstelling van {case.now.period} is nog niet bekend."
    if case.unexplained:
        reported, computed = case.unexplained
        yield (
            f"COA meldt op {long_date(case.past.period.start)} een achterstand van {number(reported)}, berekend was "
            f"{number(computed)}. Dat is nog niet verklaard."
        )
    if case.late:
        yield case.late
    for own in case.own_counts:
        yield (
            f"De gemeente telt zelf {persons(own.persons)} {own.kind} op {long_date(own.on)}. Dat is nog niet gehuisvest: "
            "wanneer komen zij in de cijfers van het COA?"
        )


def _about_agreements(late: list[Promise]) -> Iterator[str]:
    if len(late) > MOST_NAMED:
        yield f"Te laat: {number(len(late))} afspraken, zie onderaan."
        return
    for promise in late:
        yield f"Te laat: {promise.what} ({promise.who}, uiterlijk {long_date(promise.due)})."


def _about_circumstances(told: tuple[Told, ...]) -> Iterator[str]:
    """Where sources say different numbers of the same one."""
    subjects: dict[tuple[str, str], list[int]] = {}
    for each in told:
        numbers = subjects.setdefault((each.kind, each.subject.casefold()), [])
        if each.persons is not None and each.persons not in numbers:
            numbers.append(each.persons)
    for each in told:
        numbers = subjects.pop((each.kind, each.subject.casefold()), [])
        if len(numbers) > 1:
            yield f"{each.subject}: er worden {enumeration([number(one) for one in numbers])} personen genoemd. Welk aantal geldt?"
