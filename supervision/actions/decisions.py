"""Deciding on proposals, sending them back, taking them back. Each step is in the table of `supervision.procedure`.

Everything is read again after the province is locked: of two who decide at once one does, and a figure that came in the
same second sends the proposal back to be made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from municipalities.models import Province, User
from supervision.actions.ledger import Refused, lock
from supervision.actions.steps import NotDone, Together, assessed, check_right, close
from supervision.basis import changed_since
from supervision.figures import Assessment
from supervision.fingerprint import fingerprint_of
from supervision.models import Decision, Occasion, Proposal
from supervision.procedure import Step, may_decide


@transaction.atomic
def decide(*, by: User, province: Province, proposals: Sequence[int], now: datetime) -> Together:
    """Decide on these proposals, by their pks, as they were proposed.

    Each is refused by itself: closed meanwhile, one's own where four eyes are needed, or resting on figures that
    changed since; such a one is to be proposed again. Raises Refused when one of them is not there at all.
    """
    check_right(by, Step.DECIDE, province)
    lock(province)
    with scope(province=province):
        province.refresh_from_db(fields=["one_person_decides"])
        rows = _named(province, proposals)
        current = {period: assessed(province, period) for period in {row.period for row in rows}}
        good, refused = [], []
        for row in rows:
            try:
                _check_open(row, by=by)
                _check_four_eyes(row, by=by, province=province)
                _check_still_so(row, current[row.period].get(row.municipality_id))
                good.append(row)
            except Refused as why:
                refused.append(NotDone(municipality=row.municipality, sentence=str(why)))
        _decide(good, by=by, now=now)
        return Together(done=tuple(row.municipality for row in good), refused=tuple(refused))


def _named(province: Province, pks: Sequence[int]) -> list[Proposal]:
    rows = Proposal.objects.filter(province=province, pk__in=pks).select_related(
        "municipality", "proposed_by", "closed_by"
    )
    found = sorted(rows, key=lambda row: row.municipality.name)
    if len(found) != len(set(pks)):
        raise Refused("Een voorstel dat u aankruiste, is er niet. Laad de pagina opnieuw.")
    return found


_CLOSED = {
    Proposal.State.DECIDED: "is intussen vastgesteld",
    Proposal.State.RETURNED: "is intussen teruggestuurd",
    Proposal.State.WITHDRAWN: "is intussen ingetrokken",
    Proposal.State.REPLACED: "is intussen vervangen door een nieuw voorstel",
}


def _check_open(row: Proposal, *, by: User) -> None:
    if row.state != Proposal.State.OPEN:
        who = "u zelf" if row.closed_by == by else str(row.closed_by)
        raise Refused(f"Het voorstel over {row.municipality.name} {_CLOSED[Proposal.State(row.state)]}, door {who}.")


def _check_four_eyes(row: Proposal, *, by: User, province: Province) -> None:
    if not may_decide(by, proposed_by=row.proposed_by_id, one_person_decides=province.one_person_decides):
        raise Refused(f"Het voorstel over {row.municipality.name} is van u zelf: een ander besluit erover.")


def _check_still_so(row: Proposal, assessment: Assessment | None) -> None:
    name = row.municipality.name
    if assessment is None:
        raise Refused(f"{name} bestond in {row.period} niet.")
    if fingerprint_of(assessment) != row.fingerprint:
        changed = changed_since(row.basis, assessment)
        what = f" ({changed})" if changed else ""
        raise Refused(f"De cijfers van {name} zijn sinds het voorstel veranderd{what}. Er is een nieuw voorstel nodig.")
    decided = assessment.proceedings.over(row.period, Occasion(row.occasion)).decided
    if row.revises_id != (decided.pk if decided else None):
        raise Refused(f"Het besluit over {name} is intussen een ander. Er is een nieuw voorstel nodig.")


def _decide(rows: Sequence[Proposal], *, by: User, now: datetime) -> None:
    revised = [row.revises_id for row in rows if row.revises_id]
    Decision.objects.filter(pk__in=revised).update(revised_at=now, revised_by=by)
    close([row.pk for row in rows], Proposal.State.DECIDED, by=by, now=now)
    Decision.objects.bulk_create(
        Decision(
            proposal=row,
            province_id=row.province_id,
            municipality=row.municipality,
            period=row.period,
            occasion=row.occasion,
            holds_from=row.holds_from,
            trede=row.trede,
            outcome=row.outcome,
            proposed_by=row.proposed_by,
            decided_at=now,
            decided_by=by,
            alone=row.proposed_by_id == by.pk,
            replaces_id=row.revises_id,
        )
        for row in rows
    )


@transaction.atomic
def send_back(*, by: User, province: Province, proposals: Sequence[int], remark: str, now: datetime) -> Together:
    """Send proposals back to be made again, with a remark; each is refused by itself when it was closed meanwhile."""
    remark = remark.strip()
    if not remark:
        raise Refused("Schrijf erbij waarom u terugstuurt.")
    return _close_each(Step.SEND_BACK, Proposal.State.RETURNED, by, province, proposals, now, remark)


@transaction.atomic
def withdraw_proposal(*, by: User, province: Province, proposal: int, now: datetime) -> Together:
    """Take a proposal back that nobody decided on yet."""
    return _close_each(Step.WITHDRAW, Proposal.State.WITHDRAWN, by, province, [proposal], now, "")


def _close_each(
    step: Step,
    state: Proposal.State,
    by: User,
    province: Province,
    proposals: Sequence[int],
    now: datetime,
    remark: str,
) -> Together:
    check_right(by, step, province)
    lock(province)
    with scope(province=province):
        good, refused = [], []
        for row in _named(province, proposals):
            try:
                _check_open(row, by=by)
                good.append(row)
            except Refused as why:
                refused.append(NotDone(municipality=row.municipality, sentence=str(why)))
        close([row.pk for row in good], state, by=by, now=now, remark=remark)
        return Together(done=tuple(row.municipality for row in good), refused=tuple(refused))
