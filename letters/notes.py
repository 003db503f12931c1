"""Reads: what a gespreksnotitie needs, as the pure input of `letters.words.note`; in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from letters.figures import swaps_of, told_of
from letters.words.note_case import HalfYear, NoteCase, OwnCounted, Planned, Promise, Talk
from municipalities.models import Municipality
from supervision.differences import difference_of, explanations_of
from supervision.dossier import agreements_of, contacts_of, plans_of
from supervision.figures import Assessment, assess_municipality, figures_behind
from supervision.models import Contact
from supervision.rules.opgave import OwnCount
from supervision.rules.period import Period
from supervision.rules.prognosis import MOST_EARLIER
from supervision.rules.verbeterplan import State
from supervision.screens.prognosis import method_of, warning_of


def note_case_of(*, municipality: Municipality, period: Period, today: date) -> NoteCase:
    """About this half-year and the next once this one is closed, else about the one before and this one."""
    assessment = assess_municipality(municipality=municipality, period=period)
    if not assessment.opgave.is_closed:
        assessment = assess_municipality(municipality=municipality, period=period.previous)
    past, now = assessment.period, assessment.period.next
    prognosis = assessment.prognosis(now)
    to_come, been = _talks(contacts_of(municipality=municipality), today)
    return NoteCase(
        municipality=municipality.name,
        past=HalfYear(period=past, opgave=assessment.opgave, herverdelingen=swaps_of(assessment.herverdelingen)),
        now=HalfYear(
            period=now, opgave=assessment.next_opgave, herverdelingen=swaps_of(assessment.next_herverdelingen)
        ),
        advice=assessment.advice,
        decided=assessment.step if assessment.decided else None,
        trede_before=None if assessment.is_another_ladder else assessment.trede_before,
        prognosis=prognosis,
        method=tuple(method_of(prognosis)) if prognosis else (),
        late=warning_of(prognosis, today=today) if prognosis else "",
        unexplained=_unexplained(assessment),
        own_counts=tuple(_own_counts(municipality, past, today)),
        appointment=to_come[-1] if to_come else None,
        contacts=tuple(been),
        agreements=tuple(
            Promise(what=each.what, who=each.party, due=each.due)
            for each in agreements_of(municipality=municipality, only_open=True)
        ),
        plans=tuple(
            Planned(period=each.plan.period, state=each.state, due=each.last.due)
            for each in plans_of(municipality=municipality)
            if each.state is not State.COMPLETED
        ),
        circumstances=told_of(municipality=municipality, period=past),
        has_samples=any(now.back(MOST_EARLIER) <= sampled <= now for sampled, _ in assessment.samples),
    )


def _talks(contacts: Iterable[Contact], today: date) -> tuple[list[Talk], list[Talk]]:
    """Those to come and those that were, the latest first. One of today of which nothing is written yet, is to come."""
    to_come: list[Talk] = []
    been: list[Talk] = []
    for each in contacts:
        is_to_come = each.on > today or (each.on == today and not each.said)
        (to_come if is_to_come else been).append(_talk(each))
    return to_come, been


def _talk(contact: Contact) -> Talk:
    """Without the names: those go into no document."""
    return Talk(
        on=contact.on,
        at=contact.time,
        kind=contact.get_kind_display().lower(),
        who=contact.participants,
        subject=contact.subject,
        said=contact.said,
    )


def _unexplained(assessment: Assessment) -> tuple[int, int] | None:
    """COA's opening of the half-year and the one that was computed, where nobody explained the difference."""
    explanations = explanations_of(
        province=assessment.municipality.province, period=assessment.period, of=assessment.municipality
    )
    found = difference_of(assessment, explanations)
    return None if found is None or found.is_explained else (found.reported, found.computed)


def _own_counts(municipality: Municipality, past: Period, today: date) -> Iterator[OwnCounted]:
    """The last of each kind, of the half-year that runs: what was counted before it lies behind."""
    behind = figures_behind(municipality=municipality, period=past)
    for kind in OwnCount:
        for figure in behind[kind]:
            if figure.period == past.next and figure.as_of <= today and not figure.delivery.is_withdrawn:
                yield OwnCounted(kind=kind.dutch, on=figure.as_of, persons=figure.persons)
                break
