"""The ladder by which the province judges, as it is held in data."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.models import LadderPolicy
from supervision.policies import as_rules
from supervision.screens.explanation import condition_in_words
from supervision.views.common import province_of


@needs(Right.LOOK)
def policy(request: StaffRequest, *, pk: int) -> HttpResponse:
    policies = list(
        LadderPolicy.objects.filter(province=province_of(request), is_concept=False).prefetch_related("steps")
    )
    row = next((each for each in policies if each.pk == pk), None)
    if row is None:
        raise Http404("Uw provincie heeft geen beleidskader op dit adres.")
    rules = as_rules(row, row.steps.all())
    later = [each.valid_from for each in policies if each.valid_from > row.valid_from]
    context = {
        "rules": rules,
        "may_set_policy": request.user.may(Right.SET_POLICY),
        "policy": row,
        "valid_to": min(later).previous if later else None,
        "steps": [(step, condition_in_words(step, rules)) for step in rules.steps],
        "others": [each for each in policies if each.pk != pk],
    }
    return render(request, "supervision/policy.html", context)
