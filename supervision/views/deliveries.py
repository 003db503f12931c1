"""What came in for a half-year, and taking it back."""

from __future__ import annotations

from django.contrib import messages
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
from supervision.screens.ledger_forms import WithdrawalForm
from supervision.views.common import page_of, province_of

PER_PAGE = 25
MOST_LAPSES = 100
MOST_NAMES = 4


@needs(Right.LOOK)
def deliveries(request: StaffRequest, *, period: Period) -> HttpResponse:
    rows = deliveries_of(province=province_of(request), period=period)
    context = {
        "period": period,
        "page": page_of(request, rows, per_page=PER_PAGE),
        "may_withdraw": request.user.may(Right.ENTER_FIGURES),
    }
    return render(request, "supervision/deliveries.html", context)


@needs(Right.ENTER_FIGURES)
def delivery_withdraw(request: StaffRequest, *, pk: int) -> HttpResponse:
    """GET shows what it would take out of force; POST does it, once."""
    delivery = _delivery(request, pk)
    effect = effect_of_withdrawal(delivery)
    needs_reason = bool(effect.closed) and not delivery.is_withdrawn
    form = WithdrawalForm(request.POST if request.method == "POST" else None, is_needed=needs_reason)
    if form.is_valid() and _withdraw(request, form, delivery, effect):
        return (
            redirect("supervision:deliveries", period=effect.period) if effect.period else redirect("supervision:home")
        )
    context = {
        "delivery": delivery,
        "effect": effect,
        "form": form,
        "closed": _closed(effect) if needs_reason else "",
        "lapses": effect.lapses[:MOST_LAPSES],
        "not_shown": max(0, len(effect.lapses) - MOST_LAPSES),
        "lapsed": _lapsed(effect, "dan "),
    }
    return render(request, "supervision/delivery_withdraw.html", context, status=422 if form.is_bound else 200)


def _withdraw(request: StaffRequest, form: WithdrawalForm, delivery: Delivery, effect: Withdrawal) -> bool:
    """False when it was closed since the page was made; the form then says so."""
    try:
        withdrawn = actions.withdraw_delivery(
            by=request.user, delivery=delivery, now=now(), reason=form.cleaned_data["reden"]
        )
    except actions.ReasonNeeded as refusal:
        form.add_error("reden", str(refusal))
        return False
    if withdrawn:
        messages.success(request, f"De levering is ingetrokken. {_lapsed(effect, '')}")
    else:
        messages.info(request, "Deze levering was al ingetrokken; er is niets veranderd.")
    return True


def _closed(effect: Withdrawal) -> str:
    """Which half-years are closed, and for whom: "2022-1 is gesloten voor Utrecht en Houten."."""
    periods = sorted({period for _, period in effect.closed})
    sentences = []
    for period in periods:
        names = [municipality.name for municipality, of in effect.closed if of == period]
        who = enumeration(names) if len(names) <= MOST_NAMES else count(len(names), "gemeente", "gemeenten")
        sentences.append(f"{period} is gesloten voor {who}.")
    return " ".join(sentences)


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
