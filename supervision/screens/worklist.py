"""The worklist of a half-year: what is advised, proposed and decided per municipality, and what is still to be done.

Everything here works on assessments that were read; nothing queries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from django.utils.timezone import localtime

from municipalities.models import Municipality, User
from municipalities.rights import Right
from supervision.decisions import Proposed
from supervision.figures import Assessment
from supervision.fingerprint import fingerprint_of, seen_of
from supervision.procedure import State, Step, may_decide, steps_for
from supervision.proposing import why_nothing
from supervision.rules.dutch import enumeration, long_date, number
from supervision.screens.explanation import ground_of
from supervision.screens.overview_table import NOTHING, Tab, has_other_reading, is_uncertain, owed, stage_of

SHOW_ALL = "alle"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where rows lead, each before the code of the municipality."""

    municipalities: str
    decisions: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkRow:
    """One municipality.

    `trede` is the proposed one, else the decided one; `said` says which. `may_tick`: this user can do the next step.
    `seen` goes along with the form. `why_not`: why nothing can be proposed yet.
    """

    municipality: Municipality
    url: str
    page_url: str
    trede_before: str
    end: str
    advice: int | None
    change: str
    ground: str
    warnings: tuple[str, ...]
    why_not: str
    state: State
    trede: int | None
    said: str
    who: str
    departs: bool
    outcome: str
    reason: str
    remark: str
    beside: str
    interim: str
    seen: str
    may_tick: bool
    may_propose: bool

    @property
    def is_open(self) -> bool:
        """Whether it asks for somebody's next step."""
        return self.state is not State.DECIDED


def rows_of(assessments: Sequence[Assessment], *, user: User, one_person: bool, addresses: Addresses) -> list[WorkRow]:
    stage = stage_of(assessments)

    def row(each: Assessment) -> WorkRow:
        on, advice = each.on_peildatum, each.advice
        shown = on.proposed or (on.decided.proposal if on.decided else None)
        up = 0 if advice is None or each.trede_before is None else advice.trede - each.trede_before
        code = each.municipality.code
        return WorkRow(
            municipality=each.municipality,
            url=f"{addresses.municipalities}{code}/",
            page_url=f"{addresses.decisions}{code}/",
            trede_before=NOTHING if each.trede_before is None else str(each.trede_before),
            end=NOTHING if (end := owed(each, stage)) is None else number(end),
            advice=advice.trede if advice else None,
            change="up" if up > 0 else "down" if up < 0 else "",
            ground=ground_of(advice) if advice else "",
            warnings=() if on.decided or advice is None else tuple(_warnings(each)),
            why_not="" if shown else why_nothing(each),
            state=on.state,
            trede=shown.trede if shown else None,
            said=on.state.value,
            who=_who(each),
            departs=shown.departs if shown else False,
            outcome=shown.outcome if shown else "",
            reason=shown.reason if shown else "",
            remark=_remark(on.returned),
            beside=_beside(each),
            interim=_interim(each),
            seen=str(seen_of(each)),
            may_tick=_may_tick(each, user, one_person=one_person),
            may_propose=advice is not None and user.may(Right.PROPOSE),
        )

    return [row(each) for each in assessments]


def _warnings(assessment: Assessment) -> list[str]:
    """What asks for a second look before the advice is followed."""
    warnings = []
    advice, tipping = assessment.advice, assessment.sensitivity()
    if has_other_reading(assessment) and assessment.policy:
        counted = "niet mee" if assessment.policy.counts_herverdeling else "wel mee"
        warnings.append(f"Telt de herverdeling {counted}, dan is het trede {assessment.other_reading}.")
    if advice and is_uncertain(assessment):
        missing = enumeration([str(period) for period in advice.missing])
        warnings.append(f"Van {missing} ontbreken cijfers: het kan trede {advice.could_be} worden.")
    if tipping and tipping.hangs_on_one_person:
        other = next(each.trede for each in (tipping.lower, tipping.higher) if each and each.persons == 1)
        warnings.append(f"Hangt van één persoon af: anders was het trede {other}.")
    return warnings


def _who(assessment: Assessment) -> str:
    on = assessment.on_peildatum
    if on.proposed:
        return f"{on.proposed.proposed_by}, {long_date(localtime(on.proposed.proposed_at).date())}"
    if on.decided:
        alone = ", als enige" if on.decided.alone else ""
        return f"{on.decided.decided_by}, {long_date(localtime(on.decided.decided_at).date())}{alone}"
    return ""


def _remark(returned: Proposed | None) -> str:
    return f"{returned.returned_by}: {returned.remark}" if returned else ""


def _beside(assessment: Assessment) -> str:
    """That figures changed after they were proposed or decided on."""
    on = assessment.on_peildatum
    now = fingerprint_of(assessment)
    advice = assessment.advice.trede if assessment.advice else None
    if on.proposed:
        if on.proposed.fingerprint == now:
            return ""
        return "De cijfers zijn sinds het voorstel veranderd: er is een nieuw voorstel nodig."
    if on.decided and on.decided.proposal.fingerprint != now:
        if advice == on.decided.proposal.advice:
            return "De cijfers zijn na het besluit veranderd; het advies is hetzelfde."
        would_be = f"het advies zou nu trede {advice} zijn" if advice else "er zou nu geen advies zijn"
        return f"De cijfers zijn na het besluit veranderd; {would_be}."
    return ""


def _interim(assessment: Assessment) -> str:
    """What was proposed or decided within the half-year."""
    interim = assessment.interim
    if interim.proposed:
        return f"Tussentijds voorgesteld: trede {interim.proposed.trede}."
    if interim.decided:
        day = long_date(interim.decided.proposal.holds_from)
        return f"Tussentijds op trede {interim.decided.trede}, vanaf {day}."
    return ""


def _may_tick(assessment: Assessment, user: User, *, one_person: bool) -> bool:
    """Who decides ticks what waits for that; who proposes ticks what can follow the advice."""
    on = assessment.on_peildatum
    if user.may(Right.DECIDE):
        return bool(on.proposed) and may_decide(
            user, proposed_by=on.proposed.proposed_by_id if on.proposed else 0, one_person_decides=one_person
        )
    return Step.PROPOSE in steps_for(user, on.state) and not on.proposed and assessment.advice is not None


# -- what the address asks ----------------------------------------------------


def _is_to_propose(row: WorkRow) -> bool:
    return row.state in (State.TO_PROPOSE, State.RETURNED) and not row.why_not


FILTERS: Mapping[str, tuple[str, Callable[[WorkRow], bool]]] = {
    SHOW_ALL: ("Alle", lambda row: True),
    "te-doen": ("Voor te stellen", _is_to_propose),
    "voorgesteld": ("Voorgesteld", lambda row: row.state.is_proposed),
    "teruggestuurd": ("Teruggestuurd", lambda row: row.state is State.RETURNED),
    "vastgesteld": ("Vastgesteld", lambda row: row.state is State.DECIDED),
    "kan-niet": ("Cijfers ontbreken", lambda row: bool(row.why_not)),
    "wijkt-af": ("Wijkt af", lambda row: row.departs),
    "veranderd": ("Cijfers veranderd", lambda row: bool(row.beside)),
}
ALWAYS_SHOWN = (SHOW_ALL, "te-doen", "voorgesteld", "vastgesteld")


def url_of(show: str) -> str:
    return f"?{urlencode({'toon': show})}" if show != SHOW_ALL else "?"


def tabs_of(rows: Sequence[WorkRow], show: str) -> list[Tab]:
    tabs = []
    for key, (label, holds) in FILTERS.items():
        count = sum(holds(row) for row in rows)
        if count or key in ALWAYS_SHOWN or key == show:
            tabs.append(Tab(label=label, count=number(count), url=url_of(key), current=key == show))
    return tabs


@dataclass(frozen=True, slots=True, kw_only=True)
class Worklist:
    """All that the page shows; the last three count what this user could do in one go, of what is in sight."""

    rows: tuple[WorkRow, ...]
    tabs: tuple[Tab, ...]
    municipalities: int
    to_propose: int
    waiting: int
    decided: int
    impossible: int
    ticks_to_propose: int
    ticks_to_decide: int
    departing_to_decide: int

    @property
    def has_ticks(self) -> bool:
        return bool(self.ticks_to_propose or self.ticks_to_decide)

    @property
    def finding(self) -> str:
        """How far the half-year is, in one sentence."""
        whole = number(self.municipalities)
        if self.impossible == self.municipalities:
            return "Er valt nog niets voor te stellen: van geen gemeente is er een advies."
        if self.decided == self.municipalities and not self.waiting:
            return f"Over alle {whole} gemeenten is besloten."
        verb = "is" if self.decided == 1 else "zijn"
        parts = [f"{number(self.decided) if self.decided else 'Geen'} van de {whole} besluiten {verb} vastgesteld"]
        if self.waiting:
            verb = "voorstel wacht" if self.waiting == 1 else "voorstellen wachten"
            parts.append(f"{number(self.waiting)} {verb} op een besluit")
        if self.to_propose:
            parts.append(
                f"{number(self.to_propose)} {'moet' if self.to_propose == 1 else 'moeten'} nog worden voorgesteld"
            )
        if self.impossible:
            parts.append(f"van {number(self.impossible)} ontbreken cijfers")
        return f"{'; '.join(parts)}."


def worklist_of(rows: Sequence[WorkRow], *, user: User, show: str) -> Worklist:
    shown = [row for row in rows if FILTERS[show][1](row)]
    ticks, decides = [row for row in shown if row.may_tick], user.may(Right.DECIDE)
    return Worklist(
        rows=tuple(shown),
        tabs=tuple(tabs_of(rows, show)),
        municipalities=len(rows),
        to_propose=sum(_is_to_propose(row) for row in rows),
        waiting=sum(row.state.is_proposed for row in rows),
        decided=sum(row.state in (State.DECIDED, State.REVISION_PROPOSED) for row in rows),
        impossible=sum(bool(row.why_not) for row in rows),
        ticks_to_propose=0 if decides else len(ticks),
        ticks_to_decide=len(ticks) if decides else 0,
        departing_to_decide=sum(row.departs for row in ticks) if decides else 0,
    )
