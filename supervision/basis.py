"""What a proposal and its decision rest on, frozen: figures with the pks of their rows, sums, clauses and sentences.

The fingerprint is of what decides: the rows of the ledger, the numbers that follow from them, the policy and the trede
before. Sentences are kept beside it, so that another wording of them is no change. What is recorded about the half-year
later, is held against the frozen numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from supervision.explanation import verdict_on, weighed
from supervision.figures import Assessment
from supervision.models import Figure, Herverdeling, Occasion
from supervision.rules.dutch import enumeration, number
from supervision.rules.period import Period

VERSION = 1

Basis = Mapping[str, Any]
Numbers = Mapping[str, int | str | None]

# What a change of a number is called, in the order in which it is told.
WORDS = {
    "taakstelling": "de taakstelling",
    "herverdeling": "de herverdeling",
    "achterstand_start": "de achterstand aan het begin",
    "totaalopgave": "de totaalopgave",
    "realisatie": "de realisatie",
    "achterstand_end": "de achterstand aan het eind",
    "remaining": "wat nog te huisvesten is",
    "trede_before": "de trede ervoor",
}


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
    in_a_row = [tuple(each.values()) for each in _row(assessment)]
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


def _row(assessment: Assessment) -> list[dict[str, Any]]:
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


def freeze(assessments: Sequence[Assessment], *, now: datetime) -> dict[int, dict[str, Any]]:
    """Per municipality, by its pk, what a proposal of this moment rests on. Two queries."""
    figures = Figure.objects.filter(pk__in=[pk for each in assessments for pk in each.sources.values()])
    sources = {row.pk: _source(row) for row in figures.select_related("delivery__recorded_by")}
    agreed = Herverdeling.objects.filter(pk__in=[side.pk for each in assessments for side in each.herverdelingen])
    deliveries = dict(agreed.values_list("pk", "delivery"))
    return {each.municipality.pk: _frozen(each, sources, deliveries, now) for each in assessments}


def _source(figure: Figure) -> dict[str, Any]:
    delivery = figure.delivery
    return {
        "figure": figure.pk,
        "delivery": delivery.pk,
        "persons": figure.persons,
        "as_of": figure.as_of.isoformat(),
        "document": delivery.document,
        "way": delivery.get_way_display(),
        "sheet": figure.sheet,
        "cell": figure.cell,
        "recorded_at": delivery.recorded_at.isoformat(),
        "recorded_by": str(delivery.recorded_by),
        "is_sample": delivery.is_sample,
    }


def _frozen(
    assessment: Assessment, sources: Mapping[int, dict[str, Any]], deliveries: Mapping[int, int], now: datetime
) -> dict[str, Any]:
    opgave, policy, verdict = assessment.opgave, assessment.policy, verdict_on(assessment, assessment.sensitivity())
    return {
        "version": VERSION,
        "known_at": now.isoformat(),
        "municipality": {"code": assessment.municipality.code, "name": assessment.municipality.name},
        "numbers": dict(numbers_of(assessment)),
        "sums": {"totaalopgave": opgave.totaalopgave_sum, "remaining": opgave.remaining_sum},
        "percentages": {
            "taakstelling": opgave.percentage_taakstelling,
            "totaalopgave": opgave.percentage_totaalopgave,
        },
        "figures": {str(kind): sources[pk] for kind, pk in assessment.sources.items()},
        "herverdelingen": [
            {"herverdeling": each.pk, "delivery": deliveries[each.pk], "other": each.other, "persons": each.persons}
            for each in assessment.herverdelingen
        ],
        "row": _row(assessment),
        "other_reading": assessment.other_reading,
        "could_be": assessment.advice.could_be if assessment.advice else None,
        "policy": {
            "name": policy.name if policy else "",
            "source": policy.source if policy else "",
            "counts_herverdeling": bool(policy and policy.counts_herverdeling),
        },
        "explanation": {
            "finding": verdict.finding,
            "remarks": list(verdict.remarks),
            "warnings": list(verdict.warnings),
        },
        "weighed": [
            {
                "trede": step.trede,
                "name": step.name,
                "condition": step.condition,
                "found": step.found,
                "outcome": step.outcome,
                "is_advised": step.is_advised,
            }
            for step in (weighed(assessment.advice, policy) if assessment.advice and policy else ())
        ],
    }


def changed_since(basis: Basis, assessment: Assessment) -> str:
    """What became different, as a clause: "de realisatie van 168 naar 172 en …"; empty when no number did."""
    return enumeration(list(_changes(basis["numbers"], numbers_of(assessment))))


def _changes(frozen: Numbers, now: Numbers) -> Iterator[str]:
    for key, words in WORDS.items():
        if frozen.get(key) != now[key]:
            yield f"{words} van {_shown(frozen.get(key))} naar {_shown(now[key])}"


def _shown(value: int | str | None) -> str:
    return "onbekend" if value is None else number(int(value))


def advice_now(basis: Basis, assessment: Assessment) -> str:
    """Whether the advice would be another by now, as a clause; empty when it would not."""
    frozen, now = basis["numbers"]["advice"], numbers_of(assessment)["advice"]
    if frozen == now:
        return ""
    return f"het advies zou nu trede {now} zijn" if now is not None else "er zou nu geen advies zijn"
