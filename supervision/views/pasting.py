"""Pasting into the grid: the block stands in its cells first, and is recorded as one delivery when that is said."""

from __future__ import annotations

from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.actions import ReasonNeeded, Recorded, Refused, record_figures
from supervision.models import Delivery, Figure
from supervision.pasting import NotABlock
from supervision.rules.dutch import count
from supervision.rules.period import Period
from supervision.screens.forms import GridForm
from supervision.screens.grid import read_grid
from supervision.screens.paste_form import Paste, SourceForm
from supervision.views.common import province_of
from supervision.views.entry import grid_page, save_grid


@needs(Right.ENTER_FIGURES)
def paste(request: StaffRequest, *, period: Period) -> HttpResponseBase:
    """Lays a block in the cells, takes it away again, or records it; without any of these it is looked at once more."""
    if request.method != "POST":
        return redirect("supervision:entry", period=period)
    moment, province = now(), province_of(request)
    sent = Paste.sent(request.POST, province=province, period=period, today=localdate(moment))
    match request.POST.get("actie", ""):
        case "plakken":
            return _pasted(request, sent, moment)
        case "vastleggen":
            return _recorded(request, sent, moment)
        case "ongedaan":
            return _undone(request, sent)
    figures = Figure.objects.filter(delivery__province=province, period=period)
    return _look(request, sent.with_choice(lambda pk: figures.filter(pk=pk).first()), moment)


def _pasted(request: StaffRequest, sent: Paste, moment: datetime) -> HttpResponse:
    try:
        laid = sent.with_block()
    except NotABlock as refusal:
        messages.error(request, str(refusal))
        return _look(request, sent, moment, status=422)
    if not laid.pasted.cells and not laid.pasted.left:
        messages.error(request, "In dit blok staat niets dat in de tabel past.")
        return _look(request, sent, moment, status=422)
    return _look(request, laid, moment)


def _recorded(request: StaffRequest, sent: Paste, moment: datetime) -> HttpResponse:
    source = SourceForm(request.POST)
    form = sent.form()
    if not source.is_valid():
        return _look(request, sent, moment, form=form, source=source, status=422)
    if source.cleaned_data["weglaten"]:
        sent = sent.without(sent.wrong(form), form)
        form = sent.form()
    elif sent.pasted.left:
        return _look(request, sent, moment, form=form, source=source, status=422)
    if not form.is_good:
        return _look(request, sent, moment, form=form, source=source, status=422)
    recorded = _record(request, sent, form, source, moment)
    if recorded is None or recorded.clashes:
        return _look(request, sent, moment, form=form, source=source, status=409 if recorded else 422)
    _tell(request, recorded, moment)
    return redirect("supervision:entry", period=sent.period)


def _record(
    request: StaffRequest, sent: Paste, form: GridForm, source: SourceForm, moment: datetime
) -> Recorded | None:
    """None when it was refused; the form or a message then says why."""
    try:
        return record_figures(
            by=request.user,
            province=sent.province,
            period=sent.period,
            entries=form.entries,
            now=moment,
            way=Delivery.Way.PASTED,
            document=source.cleaned_data["document"],
            reason=form.reason,
            submission=sent.pasted.submission,
            is_whole=True,
        )
    except ReasonNeeded as refusal:
        form.lacks_reason = refusal
    except Refused as refusal:
        messages.error(request, str(refusal))
    return None


def _tell(request: StaffRequest, recorded: Recorded, moment: datetime) -> None:
    delivery = recorded.delivery
    if delivery is None:
        messages.info(request, "Alles wat u plakte, stond er al: er is niets veranderd.")
    elif delivery.is_withdrawn:
        messages.info(request, "Dit was al vastgelegd en daarna ingetrokken: er is niets veranderd.")
    else:
        pasted = count(delivery.figures.count(), "geplakt cijfer", "geplakte cijfers")
        undo = reverse("supervision:delivery_withdraw", kwargs={"pk": delivery.pk})
        said = (
            "vastgelegd"
            if delivery.recorded_at == moment
            else "stonden al vastgelegd, en zijn niet nog eens opgeslagen"
        )
        messages.success(request, f"{pasted} {said}.", extra_tags=undo)


def _undone(request: StaffRequest, sent: Paste) -> HttpResponseBase:
    """What was typed besides is saved, as it is when one leaves a row."""
    form = sent.form()
    before = sent.without(sent.pasted.cells, form)
    messages.info(request, "Het geplakte is weggehaald; er was niets van vastgelegd.")
    if before.form().rows:
        return save_grid(request, before.data, period=sent.period)
    return redirect("supervision:entry", period=sent.period)


def _look(
    request: StaffRequest,
    sent: Paste,
    moment: datetime,
    *,
    form: GridForm | None = None,
    source: SourceForm | None = None,
    status: int = 200,
) -> HttpResponse:
    form = form or sent.form()
    has_any = bool(sent.pasted.cells or sent.pasted.left)
    grid = read_grid(
        province=sent.province,
        period=sent.period,
        user=request.user,
        now=moment,
        form=form,
        pasted=sent.pasted if has_any else None,
    )
    if grid.misfits and status == 200:
        status = 422
    sealed = sent.pasted.sealed(province=sent.province, period=sent.period)
    more = {"sealed": sealed, "source": source or SourceForm(request.POST if "document" in request.POST else None)}
    return grid_page(request, grid, status=status, more=more)
