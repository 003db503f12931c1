"""Explaining why COA's openings differ from what was computed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django_scopes import scope

from municipalities.models import Municipality, Province, User
from supervision.actions.ledger import Refused, lock
from supervision.differences import differences_of, explanations_of
from supervision.figures import assess_province
from supervision.models import DifferenceExplained
from supervision.rules.dutch import signed
from supervision.rules.period import Period


@transaction.atomic
def explain_differences(
    *,
    by: User,
    province: Province,
    period: Period,
    seen: Mapping[Municipality, int],
    cause: DifferenceExplained.Cause,
    now: datetime,
    note: str = "",
) -> list[DifferenceExplained]:
    """Give one explanation for the differences of these municipalities, each as it was seen, in persons.

    What is explained in these words already is not explained again. Raises Refused, and writes nothing, when a
    difference is another by now, or when the cause says nothing without a note.
    """
    if cause == DifferenceExplained.Cause.OTHER and not note:
        raise Refused("Bij ‘iets anders’ hoort een toelichting.")
    lock(province)
    with scope(province=province):
        explanations = explanations_of(province=province, period=period)
        assessments = assess_province(province=province, period=period)
        current = {each.municipality.pk: each for each in differences_of(assessments, explanations)}
        rows = []
        for municipality, persons in seen.items():
            difference = current.get(municipality.pk)
            if difference is None or difference.persons != persons:
                now_is = f"intussen {signed(difference.persons)}" if difference else "er niet meer"
                raise Refused(f"Het verschil van {municipality.name} is {now_is}. Kijk het nog eens na.")
            last = difference.explanation
            if last and (last.persons, last.cause, last.note) == (persons, cause, note):
                continue
            rows.append(
                DifferenceExplained(
                    province=province,
                    municipality=municipality,
                    period=period,
                    persons=persons,
                    cause=cause,
                    note=note,
                    explained_at=now,
                    explained_by=by,
                )
            )
        return DifferenceExplained.objects.bulk_create(rows)
