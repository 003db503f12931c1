"""A later version of the taakstelling: the ministry lowers it while the half-year runs, for all municipalities or for one."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.actions import ReasonNeeded, Recorded, Refused, record_figures
from supervision.rules.dutch import count, number, signed
from supervision.rules.period import Period
from supervision.screens.taakstellingen import TaakstellingForm, lines_of, taakstelling_form, versions_of
from supervision.views.common import province_of


@needs(Right.ENTER_FIGURES)
def taakstelling(request: StaffRequest, *, period: Period) -> HttpResponse:
    moment, province = now(), province_of(request)
    data = request.POST if request.method == "POST" else None
    form = taakstelling_form(data, province=province, period=period, today=localdate(moment))
    recorded = _record(request, form, period=period, moment=moment) if form.is_valid() else None
    if recorded and recorded.delivery and not recorded.clashes:
        messages.success(request, _sentence(form, period=period))
        return redirect("supervision:entry", period=period)
    if recorded and recorded.clashes:
        messages.warning(request, "Een collega was u voor. Wat hieronder niet rood is, is opgeslagen.")
        form = taakstelling_form(data, province=province, period=period, today=localdate(moment))
    lines = lines_of(form, recorded.clashes if recorded else ())
    context = {
        "form": form,
        "period": period,
        "lines": lines,
        "together": sum(line.current or 0 for line in lines),
        "versions": versions_of(province=province, period=period),
        "has_errors": any(line.message for line in lines),
    }
    return render(request, "supervision/taakstelling.html", context, status=_status(form, recorded))


def _status(form: TaakstellingForm, recorded: Recorded | None) -> int:
    if recorded and recorded.clashes:
        return 409
    return 422 if form.is_bound else 200


def _record(request: StaffRequest, form: TaakstellingForm, *, period: Period, moment: datetime) -> Recorded | None:
    """None when it was refused; the form then says why."""
    try:
        return record_figures(
            by=request.user,
            province=province_of(request),
            period=period,
            entries=form.entries,
            now=moment,
            document=form.cleaned_data["document"],
            reason=form.cleaned_data.get("reden", ""),
        )
    except ReasonNeeded as refusal:
        form.add_error("reden" if "reden" in form.fields else None, str(refusal))
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return None


def _sentence(form: TaakstellingForm, *, period: Period) -> str:
    """What it came to: "De taakstelling van 26 gemeenten is gewijzigd: samen van 777 naar 700 (−77)."."""
    entries = form.entries
    before = sum(figure.persons for each in entries if (figure := form.current(each.municipality)))
    after = sum(each.persons for each in entries)
    whose = entries[0].municipality.name if len(entries) == 1 else count(len(entries), "gemeente", "gemeenten")
    together = "" if len(entries) == 1 else "samen "
    change = f"{together}van {number(before)} naar {number(after)} ({signed(after - before)})"
    return f"De taakstelling {period} van {whose} is gewijzigd: {change}."
