"""What the steps towards a decision share: the right, what stands now, closing, and results for several at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from municipalities.models import Municipality, Province, User
from municipalities.rights import refusal
from supervision.actions.ledger import Refused
from supervision.figures import Assessment, assess_province
from supervision.models import Proposal
from supervision.procedure import Step, right_for
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class NotDone:
    municipality: Municipality
    sentence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """What came of one step for several municipalities: each has its own result."""

    done: tuple[Municipality, ...]
    refused: tuple[NotDone, ...]


def check_right(by: User, step: Step, province: Province) -> None:
    right = right_for(step)
    if by.province_id != province.pk or not by.may(right):
        raise Refused(refusal(right=right, role=by.role))


def assessed(province: Province, period: Period) -> dict[int, Assessment]:
    """What stands now, by the pk of the municipality; for whoever has locked the province."""
    return {each.municipality.pk: each for each in assess_province(province=province, period=period, look_back=0)}


def close(pks: Iterable[int], state: Proposal.State, *, by: User, now: datetime, remark: str = "") -> None:
    rows = Proposal.objects.filter(pk__in=list(pks), state=Proposal.State.OPEN)
    rows.update(state=state, closed_at=now, closed_by=by, remark=remark)
