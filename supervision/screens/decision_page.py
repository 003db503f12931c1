"""The page of one municipality's decision: what it rests on, what changed since, and all that happened.

What was frozen is shown from its basis, never worked out again. Nothing here queries but `history_of`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.timezone import localtime

from municipalities.models import Municipality
from supervision.basis import Basis, advice_now, changed_since
from supervision.figures import Assessment
from supervision.fingerprint import fingerprint_of, numbers_of
from supervision.models import Occasion, Proposal
from supervision.rules.dutch import long_date, number, persons, signed
from supervision.rules.opgave import Opening
from supervision.rules.period import Period
from supervision.screens.explanation import Weighed
from supervision.templatetags.dutch import moment

UNKNOWN = "–"


def history_of(*, municipality: Municipality, period: Period) -> list[Proposal]:
    """Every proposal over the half-year with what became of it, the last one first. One query."""
    rows: QuerySet[Proposal] = Proposal.objects.filter(municipality=municipality, period=period)
    people = ("proposed_by", "closed_by", "decision", "decision__decided_by", "decision__revised_by", "policy")
    return list(rows.select_related(*people).order_by("-proposed_at", "-pk"))


@dataclass(frozen=True, slots=True, kw_only=True)
class FrozenLine:
    """A number that it rests on. `now` is what it is by now, empty where it is the same."""

    label: str
    value: str
    source: str
    now: str
    is_total: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One proposal, with its decision where it was decided, and what stands beside it by now."""

    pk: int
    period: Period
    is_interim: bool
    trede: int
    step_name: str
    outcome: str
    advice: int | None
    departs: bool
    reason: str
    holds_from: date
    is_open: bool
    is_decided: bool
    is_in_force: bool
    verdict: str
    lines: tuple[FrozenLine, ...]
    row: str
    finding: str
    remarks: tuple[str, ...]
    warnings: tuple[str, ...]
    weighed: tuple[Weighed, ...]
    policy_name: str
    policy_pk: int
    known_at: str
    known_in_words: str
    beside: str


def record_of(proposal: Proposal, assessment: Assessment) -> Record:
    basis: Basis = proposal.basis
    decision = getattr(proposal, "decision", None)
    return Record(
        pk=proposal.pk,
        period=proposal.period,
        is_interim=proposal.occasion == Occasion.INTERIM,
        trede=proposal.trede,
        step_name=_step_name(proposal, assessment),
        outcome=proposal.outcome,
        advice=proposal.advice,
        departs=proposal.departs,
        reason=proposal.reason,
        holds_from=proposal.holds_from,
        is_open=proposal.state == Proposal.State.OPEN,
        is_decided=decision is not None,
        is_in_force=decision is not None and decision.revised_at is None,
        verdict=_verdict(proposal),
        lines=tuple(_lines(basis, assessment)),
        row=_row(basis),
        finding=basis["explanation"]["finding"],
        remarks=tuple(basis["explanation"]["remarks"]),
        warnings=tuple(basis["explanation"]["warnings"]),
        weighed=tuple(Weighed(**step) for step in basis["weighed"]),
        policy_name=basis["policy"]["name"],
        policy_pk=proposal.policy_id,
        known_at=basis["known_at"],
        known_in_words=moment(datetime.fromisoformat(basis["known_at"])),
        beside=_beside(proposal, assessment),
    )


def _step_name(proposal: Proposal, assessment: Assessment) -> str:
    names = {step["trede"]: step["name"] for step in proposal.basis["weighed"]}
    if not names and assessment.policy:
        names = {step.number: step.name for step in assessment.policy.steps}
    return str(names.get(proposal.trede, ""))


def _verdict(proposal: Proposal) -> str:
    """What became of it, in one sentence."""
    decision = getattr(proposal, "decision", None)
    trede = f"trede {proposal.trede}"
    if proposal.occasion == Occasion.INTERIM:
        trede = f"{trede} vanaf {long_date(proposal.holds_from)}"
    if decision is not None:
        alone = ", die het ook voorstelde" if decision.alone else ""
        sentence = f"Besloten: {trede}, op {moment(decision.decided_at)} door {decision.decided_by}{alone}"
        if decision.revised_at:
            return f"{sentence}. Herzien op {moment(decision.revised_at)}."
        return f"{sentence}."
    whose = f"Voorgesteld: {trede}, op {moment(proposal.proposed_at)} door {proposal.proposed_by}"
    if proposal.state == Proposal.State.OPEN:
        return f"{whose}."
    return f"{whose}. {_closing(proposal)}"


def _closing(proposal: Proposal) -> str:
    how = proposal.get_state_display().capitalize()
    return f"{how} op {moment(proposal.closed_at)} door {proposal.closed_by}."


def _beside(proposal: Proposal, assessment: Assessment) -> str:
    """What changed since, and whether the advice would be another; empty when nothing did."""
    if fingerprint_of(assessment) == proposal.fingerprint:
        return ""
    what = "besluit" if proposal.state == Proposal.State.DECIDED else "voorstel"
    changed, advice = changed_since(proposal.basis, assessment), advice_now(proposal.basis, assessment)
    if not changed:
        return f"Na het {what} kwam een cijfer uit een andere levering; de cijfers zijn dezelfde."
    would_be = advice or "het advies blijft hetzelfde"
    if proposal.occasion == Occasion.INTERIM and not advice:
        return f"Na het {what} veranderde: {changed}."
    return f"Na het {what} veranderde: {changed}; {would_be}."


# -- what was frozen ----------------------------------------------------------


def _lines(basis: Basis, assessment: Assessment) -> Iterator[FrozenLine]:
    frozen, now, period = basis["numbers"], numbers_of(assessment), assessment.period
    sources = {key: _source(source) for key, source in basis["figures"].items()}
    is_closed = frozen["achterstand_end"] is not None
    rows = [
        (f"Taakstelling {period}", "taakstelling", sources.get("taakstelling", ""), False),
        ("Herverdeling", "herverdeling", _swaps(basis), False),
        (
            f"Achterstand op {long_date(period.start)}",
            "achterstand_start",
            sources.get("achterstand") or sources.get(Opening.CARRIED_OVER.value, "berekend"),
            False,
        ),
        ("Totaalopgave", "totaalopgave", basis["sums"]["totaalopgave"], True),
        ("Realisatie", "realisatie", sources.get("realisatie", ""), False),
        (f"Achterstand op {long_date(period.peildatum)}", "achterstand_end", basis["sums"]["remaining"], True)
        if is_closed
        else ("Nog te huisvesten", "remaining", basis["sums"]["remaining"], True),
    ]
    for label, key, source, is_total in rows:
        if key == "herverdeling" and not frozen[key] and not now[key]:
            continue
        changed = frozen[key] != now[key]
        yield FrozenLine(
            label=label,
            value=_shown(frozen[key], is_signed=key == "herverdeling"),
            source=source,
            now=_shown(now[key], is_signed=key == "herverdeling") if changed else "",
            is_total=is_total,
        )


def _shown(value: int | str | None, *, is_signed: bool = False) -> str:
    if value is None:
        return UNKNOWN
    return signed(int(value)) if is_signed else number(int(value))


def _source(source: Mapping[str, Any]) -> str:
    day = long_date(date.fromisoformat(source["as_of"]))
    document = source["document"] or source["way"].lower()
    place = " ".join(part for part in (source["sheet"], source["cell"]) if part)
    is_told = "voorbeeld" in document.lower()
    sample = ", voorbeeldcijfer" if source["is_sample"] and not is_told else ""
    return f"{document}{f', {place}' if place else ''}, stand van {day}{sample}"


def _row(basis: Basis) -> str:
    """The half-years in a row that the advice counted, with the taakstelling where it compared with that."""
    return "; ".join(
        f"{each['period']}: {_shown(each['achterstand_end'])} bij een taakstelling van {_shown(each['taakstelling'])}"
        for each in basis["row"]
    )


def _swaps(basis: Basis) -> str:
    return ", ".join(
        f"{persons(abs(each['persons']))} {'van' if each['persons'] > 0 else 'naar'} {each['other']}"
        for each in basis["herverdelingen"]
    )


# -- what happened ------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One step, by somebody at a moment. `pk` is of the proposal that it was about."""

    at: datetime
    who: str
    what: str
    text: str
    pk: int
    departs: bool


def events_of(proposals: Sequence[Proposal]) -> list[Event]:
    """All steps, the last one first."""
    events = [event for proposal in proposals for event in _events(proposal)]
    return sorted(events, key=lambda event: (event.at, event.pk), reverse=True)


def _events(proposal: Proposal) -> Iterator[Event]:
    decision = getattr(proposal, "decision", None)
    interim = f" vanaf {long_date(proposal.holds_from)}" if proposal.occasion == Occasion.INTERIM else ""
    revises = "herziening voorgesteld" if proposal.revises_id else "voorgesteld"
    if decision is not None:
        alone = ", door één persoon" if decision.alone else ""
        yield Event(
            at=decision.decided_at,
            who=str(decision.decided_by),
            what=f"trede {proposal.trede}{interim} vastgesteld{alone}",
            text="" if decision.revised_at is None else f"Herzien op {localtime(decision.revised_at):%-d-%-m-%Y}.",
            pk=proposal.pk,
            departs=proposal.departs,
        )
    elif proposal.state != Proposal.State.OPEN and proposal.closed_at:
        yield Event(
            at=proposal.closed_at,
            who=str(proposal.closed_by),
            what=f"voorstel {proposal.get_state_display()}",
            text=proposal.remark,
            pk=proposal.pk,
            departs=False,
        )
    yield Event(
        at=proposal.proposed_at,
        who=str(proposal.proposed_by),
        what=f"trede {proposal.trede}{interim} {revises}",
        text=proposal.reason,
        pk=proposal.pk,
        departs=proposal.departs,
    )
