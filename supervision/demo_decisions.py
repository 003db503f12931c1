"""The decisions of the demo: two half-years decided, and the last one on its way. All of it is made up.

The city of Utrecht is left open over 2022-1: that is the story that somebody plays with the demo.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django_scopes import scope

from municipalities.models import Municipality, Province, User
from supervision import actions
from supervision.figures import Assessment, assess_province
from supervision.fingerprint import seen_of
from supervision.rules.period import Period

DECIDED_BEFORE = (Period(2021, 1), Period(2021, 2))
NOW = Period(2022, 1)

# Over 2021-1 Lopik was kept a trede lower than advised.
COULANCE = (Period(2021, 1), "GM0331", -1, "de gemeente in juni een locatie met veertig plaatsen heeft gekocht")

# Over 2022-1: not proposed yet, proposed, and sent back. All others are decided on.
OPEN = ("GM0344", "GM0356", "GM0351")  # Utrecht, Nieuwegein, Woudenberg
PROPOSED = ("GM0307", "GM0355", "GM1581")  # Amersfoort, Zeist, Utrechtse Heuvelrug
DEPARTING = ("GM0335", -1, "de achterstand alleen bestaat uit een gezin dat op 4 juli is gehuisvest")  # Montfoort
RETURNED = ("GM0331", -1, "het nieuwe verbeterplan op 20 juni is vastgesteld")  # Lopik
REMARK = "Een verbeterplan alleen is geen reden om af te wijken. Volg het advies, of laat zien wat er al is gedaan."


def load(*, proposer: User, decider: User, province: Province, now: datetime) -> None:
    for period in DECIDED_BEFORE:
        _propose_all(proposer, province, period, now, departing=COULANCE)
        _decide_all(decider, province, period, now, but=())
    _propose_all(proposer, province, NOW, now, but=(*OPEN, DEPARTING[0], RETURNED[0]))
    for code, steps, reason in (DEPARTING, RETURNED):
        _depart(proposer, province, NOW, now, code=code, steps=steps, reason=reason)
    _send_back(decider, province, now)
    _decide_all(decider, province, NOW, now, but=(*PROPOSED, DEPARTING[0]))


def _assessed(province: Province, period: Period) -> list[Assessment]:
    with scope(province=province):
        return assess_province(province=province, period=period, look_back=0)


def _propose_all(
    by: User,
    province: Province,
    period: Period,
    now: datetime,
    *,
    but: Sequence[str] = (),
    departing: tuple[Period, str, int, str] | None = None,
) -> None:
    if departing and departing[0] == period:
        _, code, steps, reason = departing
        _depart(by, province, period, now, code=code, steps=steps, reason=reason)
        but = (*but, code)
    seen = {
        each.municipality: seen_of(each) for each in _assessed(province, period) if each.municipality.code not in but
    }
    actions.propose_following(by=by, province=province, period=period, seen=seen, now=now)


def _depart(by: User, province: Province, period: Period, now: datetime, *, code: str, steps: int, reason: str) -> None:
    assessment = next(each for each in _assessed(province, period) if each.municipality.code == code)
    municipality: Municipality = assessment.municipality
    actions.propose(
        by=by,
        municipality=municipality,
        period=period,
        seen=seen_of(assessment),
        trede=(assessment.advice.trede if assessment.advice else 1) + steps,
        reason=reason,
        now=now,
    )


def _open_proposals(province: Province, period: Period) -> dict[str, int]:
    found = ((each.municipality.code, each.on_peildatum.proposed) for each in _assessed(province, period))
    return {code: proposed.pk for code, proposed in found if proposed}


def _send_back(by: User, province: Province, now: datetime) -> None:
    pk = _open_proposals(province, NOW)[RETURNED[0]]
    actions.send_back(by=by, province=province, proposals=[pk], remark=REMARK, now=now)


def _decide_all(by: User, province: Province, period: Period, now: datetime, *, but: Sequence[str]) -> None:
    pks = [pk for code, pk in _open_proposals(province, period).items() if code not in but]
    actions.decide(by=by, province=province, proposals=pks, now=now)
