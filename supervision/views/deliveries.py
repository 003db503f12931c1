"""What came in for a half-year, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import InvalidPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision import actions
from supervision.deliveries import Withdrawal, deliveries_of, effect_of_withdrawal
from supervision.models import Delivery
from supervision.rules.dutch import count, enumeration
from supervision.rules.period import Period
from supervision.views.common import province_of

PER_PAGE = 25
MOST_LAPSES = 100


@needs(Right.LOOK)
def deliveries(request: StaffRequest, *, period: Period) -> HttpResponse:
    rows = deliveries_of(province=province_of(request), period=period)
    context = {
        "period": period,
        "page": _page(request, rows),
        "may_withdraw": request.user.may(Right.ENTER_FIGURES),
    }
    return render(request, "supervision/deliveries.html", context)


def _page(request: StaffRequest, rows: QuerySet[Delivery]) -> Page[Delivery]:
    paginator = Paginator(rows, PER_PAGE)
    asked = request.GET.get("bladzijde", "1")
    try:
        return paginator.page(asked)
    except InvalidPage:
        messages.warning(request, f"Bladzijde ‘{asked[:12]}’ is er niet. U ziet de eerste.")
        return paginator.page(1)


@needs(Right.ENTER_FIGURES)
def delivery_withdraw(request: StaffRequest, *, pk: int) -> HttpResponse:
    """GET shows what it would take out of force; POST does it, once."""
    delivery = _delivery(request, pk)
    effect = effect_of_withdrawal(delivery)
    if request.method == "POST":
        if actions.withdraw_delivery(by=request.user, delivery=delivery, now=now()):
            messages.success(request, f"De levering is ingetrokken. {_lapsed(effect, '')}")
        else:
            messages.info(request, "Deze levering was al ingetrokken; er is niets veranderd.")
        return (
            redirect("supervision:deliveries", period=effect.period) if effect.period else redirect("supervision:home")
        )
    context = {
        "delivery": delivery,
        "effect": effect,
        "lapses": effect.lapses[:MOST_LAPSES],
        "not_shown": max(0, len(effect.lapses) - MOST_LAPSES),
        "lapsed": _lapsed(effect, "dan "),
    }
    return render(request, "supervision/delivery_withdraw.html", context)


def _delivery(request: StaffRequest, pk: int) -> Delivery:
    rows = Delivery.objects.filter(province=province_of(request)).select_related(
        "province", "recorded_by", "withdrawn_by"
    )
    delivery = rows.filter(pk=pk).first()
    if delivery is None:
        raise Http404("Uw provincie heeft geen levering op dit adres.")
    return delivery


def _lapsed(effect: Withdrawal, then: str) -> str:
    parts = []
    if effect.lapses:
        parts.append(count(len(effect.lapses), "cijfer", "cijfers"))
    if effect.herverdelingen:
        parts.append(count(len(effect.herverdelingen), "herverdeling", "herverdelingen"))
    if not parts:
        return "Er verandert geen enkel cijfer: alles eruit is al vervangen."
    verb = "geldt" if len(effect.lapses) + len(effect.herverdelingen) == 1 else "gelden"
    return f"{enumeration(parts)} {verb} {then}niet meer."
