"""What decides in an assessment, as a fingerprint, and what somebody had in sight when proposing.

The fingerprint is of the rows of the ledger, the numbers that follow from them, the policy and the trede before; not of
sentences, so that another wording of them is no change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from supervision.figures import Assessment
from supervision.models import Occasion
from supervision.rules.period import Period

VERSION = 1

Numbers = Mapping[str, int | str | None]


def numbers_of(assessment: Assessment) -> Numbers:
    """All that decides, as numbers; what is not known is None."""
    opgave = assessment.opgave
    return {
        "taakstelling": opgave.taakstelling,
        "herverdeling": opgave.herverdeling,
        "achterstand_start": opgave.achterstand_start,
        "totaalopgave": opgave.totaalopgave,
        "realisatie": opgave.realisation,
        "counted_to": opgave.counted_to.isoformat() if opgave.counted_to else None,
        "achterstand_end": opgave.achterstand_end,
        "remaining": None if opgave.is_closed else opgave.remaining,
        "trede_before": assessment.trede_before,
        "advice": assessment.advice.trede if assessment.advice else None,
        "policy": assessment.policies.pk_in_force(assessment.period),
    }


def fingerprint_of(assessment: Assessment) -> str:
    """The same for the same rows, numbers and row of half-years, whatever was read besides."""
    rows = sorted(assessment.sources.values())
    agreed = sorted(each.pk for each in assessment.herverdelingen)
    in_a_row = [tuple(each.values()) for each in row_of(assessment)]
    decisive = (
        VERSION,
        assessment.municipality.code,
        str(assessment.period),
        tuple(numbers_of(assessment).items()),
        rows,
        agreed,
        in_a_row,
    )
    return sha256(repr(decisive).encode()).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What somebody had in sight when proposing: the figures, and the pks of the open proposal and of the decision."""

    fingerprint: str
    proposal: int | None = None
    decision: int | None = None

    @classmethod
    def parse(cls, text: str) -> Seen | None:
        """As `str` writes it into a form; None for anything else."""
        match = re.fullmatch(r"(?P<fingerprint>[0-9a-f]{64})-(?P<proposal>[0-9]{0,18})-(?P<decision>[0-9]{0,18})", text)
        if match is None:
            return None
        return cls(
            fingerprint=match["fingerprint"],
            proposal=int(match["proposal"]) if match["proposal"] else None,
            decision=int(match["decision"]) if match["decision"] else None,
        )

    def __str__(self) -> str:
        return f"{self.fingerprint}-{self.proposal or ''}-{self.decision or ''}"


def seen_of(assessment: Assessment, occasion: Occasion = Occasion.PEILDATUM) -> Seen:
    on_occasion = assessment.proceedings.over(assessment.period, occasion)
    return Seen(
        fingerprint=fingerprint_of(assessment),
        proposal=on_occasion.proposed.pk if on_occasion.proposed else None,
        decision=on_occasion.decided.pk if on_occasion.decided else None,
    )


def row_of(assessment: Assessment) -> list[dict[str, Any]]:
    """The half-years in which a condition held and that the advice counted, latest first."""
    if assessment.advice is None:
        return []
    counted = {period for clause in assessment.advice.clauses for period in clause.row}
    return [_of_row(assessment, period) for period in sorted(counted, reverse=True)]


def _of_row(assessment: Assessment, period: Period) -> dict[str, Any]:
    opgave, policy = assessment.half_years[period], assessment.policy
    counts = policy is not None and policy.counts_herverdeling
    return {
        "period": str(period),
        "achterstand_end": opgave.achterstand_end,
        "taakstelling": opgave.taakstelling_with_herverdeling if counts else opgave.taakstelling,
        "totaalopgave": opgave.totaalopgave,
        "realisatie": opgave.realisation,
    }
