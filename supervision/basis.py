"""What a proposal and its decision rest on, frozen: figures with the pks of their rows, sums, clauses and sentences.

What is recorded about the half-year later, is held against the frozen numbers.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from supervision.figures import Assessment
from supervision.fingerprint import VERSION, Numbers, numbers_of, row_of
from supervision.models import Figure, Herverdeling
from supervision.rules.dutch import enumeration, number
from supervision.screens.explanation import verdict_on, weighed

Basis = Mapping[str, Any]

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
        "row": row_of(assessment),
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
