"""Reads: what was proposed and decided, for a whole province in one query.

Each can also be asked as it was known at a moment, as the figures can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

from django.db.models import Count, Q

from municipalities.models import Municipality, Province
from supervision.models import Occasion, Proposal
from supervision.procedure import State
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """A proposal as the screens need it, without its basis. `advice` is None between peildata."""

    pk: int
    period: Period
    occasion: Occasion
    holds_from: date
    trede: int
    outcome: str
    reason: str
    advice: int | None
    fingerprint: str
    proposed_at: datetime
    proposed_by: str
    proposed_by_id: int
    remark: str = ""
    returned_by: str = ""
    returned_at: datetime | None = None

    @property
    def departs(self) -> bool:
        return self.advice is not None and (self.trede != self.advice or bool(self.outcome))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """A decision with the proposal that it came from. `alone`: by whoever proposed it."""

    pk: int
    proposal: Proposed
    decided_at: datetime
    decided_by: str
    alone: bool

    @property
    def trede(self) -> int:
        return self.proposal.trede

    @property
    def outcome(self) -> str:
        return self.proposal.outcome

    @property
    def departs(self) -> bool:
        return self.proposal.departs


@dataclass(frozen=True, slots=True, kw_only=True)
class OnOccasion:
    """What there is of a half-year on one occasion: the decision in force, the proposal that is open, and the one that
    was sent back when nothing came after it."""

    decided: Decided | None = None
    proposed: Proposed | None = None
    returned: Proposed | None = None

    @property
    def state(self) -> State:
        if self.decided:
            return State.REVISION_PROPOSED if self.proposed else State.DECIDED
        if self.proposed:
            return State.PROPOSED
        return State.RETURNED if self.returned else State.TO_PROPOSE


NOTHING_YET = OnOccasion()


@dataclass(frozen=True, slots=True, kw_only=True)
class Proceedings:
    """What was proposed and decided about one municipality, per half-year."""

    on_peildatum: Mapping[Period, OnOccasion] = field(default_factory=dict)
    interim: Mapping[Period, OnOccasion] = field(default_factory=dict)

    def over(self, period: Period, occasion: Occasion = Occasion.PEILDATUM) -> OnOccasion:
        found = self.on_peildatum if occasion == Occasion.PEILDATUM else self.interim
        return found.get(period, NOTHING_YET)

    def decided_over(self, period: Period) -> Decided | None:
        """On the peildatum of the half-year."""
        return self.over(period).decided

    @property
    def treden(self) -> dict[Period, int]:
        """Per half-year the trede on which was decided last before the next one is weighed: what was decided within the
        next half-year counts for this one."""
        within = {period.previous: on.decided.trede for period, on in self.interim.items() if on.decided}
        return {period: on.decided.trede for period, on in self.on_peildatum.items() if on.decided} | within


UNDECIDED = Proceedings()
AllProceedings = Mapping[int, Proceedings]
"""Per municipality, by its pk; nothing for one of which nothing was proposed."""

NO_PROCEEDINGS: AllProceedings = MappingProxyType({})

_COLUMNS = (
    "pk",
    "municipality_id",
    "period",
    "occasion",
    "holds_from",
    "trede",
    "outcome",
    "reason",
    "advice",
    "fingerprint",
    "proposed_at",
    "proposed_by_id",
    "state",
    "closed_at",
    "remark",
    "decision__pk",
    "decision__decided_at",
    "decision__alone",
    "decision__revised_at",
)
_NAMES = ("first_name", "last_name", "username")
_PEOPLE = tuple(f"{who}__{name}" for who in ("proposed_by", "closed_by") for name in _NAMES)


def proceedings_of(
    *,
    province: Province,
    period: Period,
    since: Period | None = None,
    of: Municipality | None = None,
    known_at: datetime | None = None,
) -> AllProceedings:
    """One query: all that was proposed over the half-year, and what was decided over those `since` and the one after."""
    rows = Proposal.objects.filter(province=province, period__range=(since or period, period.next))
    rows = rows.filter(Q(period=period) | Q(decision__isnull=False))
    if of is not None:
        rows = rows.filter(municipality=of)
    if known_at is not None:
        rows = rows.filter(proposed_at__lte=known_at)
    found: dict[int, dict[Occasion, dict[Period, OnOccasion]]] = defaultdict(lambda: defaultdict(dict))
    for row in rows.order_by("proposed_at", "pk").values(*_COLUMNS, *_PEOPLE):
        of_occasion = found[row["municipality_id"]][Occasion(row["occasion"])]
        before = of_occasion.get(row["period"], NOTHING_YET)
        of_occasion[row["period"]] = _after(before, row, known_at)
    return {
        pk: Proceedings(on_peildatum=by[Occasion.PEILDATUM], interim=by[Occasion.INTERIM]) for pk, by in found.items()
    }


def _after(before: OnOccasion, row: Mapping[str, Any], known_at: datetime | None) -> OnOccasion:
    """What stands once this proposal was made; the rows come in the order in which they were proposed."""
    proposed = _proposed(row)
    is_closed = row["closed_at"] is not None and (known_at is None or row["closed_at"] <= known_at)
    if not is_closed:
        return OnOccasion(decided=before.decided, proposed=proposed)
    match Proposal.State(row["state"]):
        case Proposal.State.DECIDED:
            revised_at = row["decision__revised_at"]
            is_revised = revised_at is not None and (known_at is None or revised_at <= known_at)
            return OnOccasion() if is_revised else OnOccasion(decided=_decided(row, proposed))
        case Proposal.State.RETURNED:
            return OnOccasion(decided=before.decided, returned=proposed)
        case _:
            return OnOccasion(decided=before.decided)


def _proposed(row: Mapping[str, Any]) -> Proposed:
    is_returned = row["state"] == Proposal.State.RETURNED
    return Proposed(
        pk=row["pk"],
        period=row["period"],
        occasion=Occasion(row["occasion"]),
        holds_from=row["holds_from"],
        trede=row["trede"],
        outcome=row["outcome"],
        reason=row["reason"],
        advice=row["advice"],
        fingerprint=row["fingerprint"],
        proposed_at=row["proposed_at"],
        proposed_by=_name(row, "proposed_by"),
        proposed_by_id=row["proposed_by_id"],
        remark=row["remark"],
        returned_by=_name(row, "closed_by") if is_returned else "",
        returned_at=row["closed_at"] if is_returned else None,
    )


def _decided(row: Mapping[str, Any], proposed: Proposed) -> Decided:
    return Decided(
        pk=row["decision__pk"],
        proposal=proposed,
        decided_at=row["decision__decided_at"],
        decided_by=_name(row, "closed_by"),
        alone=row["decision__alone"],
    )


def _name(row: Mapping[str, Any], who: str) -> str:
    """As `User` writes itself."""
    first, last, username = (row[f"{who}__{name}"] or "" for name in _NAMES)
    return f"{first} {last}".strip() or username


def decided_since(*, province: Province, since: Period) -> dict[Period, int]:
    """Over how many municipalities something was decided in each half-year from this one on, the earliest first."""
    rows = Proposal.objects.filter(province=province, period__gte=since, decision__isnull=False)
    counted = rows.order_by("period").values("period").annotate(count=Count("municipality", distinct=True))
    return {row["period"]: row["count"] for row in counted}
