"""The grid in which the figures of a half-year are typed: sent as a whole, or row by row with htmx."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.actions import Entry, ReasonNeeded, Recorded, Refused, record_figures
from supervision.carry_over import carry_overs_of
from supervision.figures import herverdelingen_of
from supervision.models import Herverdeling
from supervision.rules.dutch import count, enumeration
from supervision.rules.period import Period
from supervision.screens.forms import REASON, GridForm, Stage
from supervision.screens.grid import Grid, delivery_lines, grid_form, read_grid
from supervision.screens.paste_form import choices_of
from supervision.views.common import municipality_of, province_of

MOST_CODES = 3


@needs(Right.LOOK)
def entry(request: StaffRequest, *, period: Period) -> HttpResponseBase:
    """GET shows the grid, POST saves what is good of it."""
    if request.method == "POST":
        return save_grid(request, request.POST, period=period)
    return grid_page(request, _grid(request, period=period, moment=now()))


@needs(Right.ENTER_FIGURES)
def save_grid(request: StaffRequest, data: QueryDict, *, period: Period) -> HttpResponse:
    """Save what is good of the cells that were sent."""
    moment = now()
    form = grid_form(data, province=province_of(request), period=period, today=localdate(moment))
    recorded = _record(request, form, form.entries, period=period, moment=moment)
    _tell(request, form, recorded, period=period, moment=moment)
    status = _status(recorded, is_good=form.is_good)
    if status == 200:
        return redirect("supervision:entry", period=period)
    grid = _grid(request, period=period, moment=moment, form=form, recorded=recorded)
    return grid_page(request, grid, status=status)


@needs(Right.ENTER_FIGURES)
def entry_row(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    """Saves one row of the grid that was sent; finding and totals speak of all of it."""
    moment = now()
    form = grid_form(request.POST, province=province_of(request), period=period, today=localdate(moment))
    if code not in form.codes:
        municipality_of(request, code=code, period=period)  # Not found, and says why.
    if request.method != "POST" or not request.htmx:
        return redirect(f"{reverse('supervision:entry', kwargs={'period': period})}#rij-{code}")
    row = form.rows.get(code)
    recorded = _record(request, form, row.entries if row else [], period=period, moment=moment)
    grid = _grid(request, period=period, moment=moment, form=form, recorded=recorded)
    # The page may be older than the closing: then the field for the reason comes along.
    context = _context(grid) | {"row": grid.row(code), "has_reason": REASON in request.POST}
    status = _status(recorded, is_good=not (row and row.errors))
    return render(request, "supervision/entry_row.html", context, status=status)


def _status(recorded: Recorded | None, *, is_good: bool) -> int:
    if recorded is None or not is_good:
        return 422
    return 409 if recorded.clashes else 200


def _record(
    request: StaffRequest, form: GridForm, entries: Sequence[Entry], *, period: Period, moment: datetime
) -> Recorded | None:
    """None when it was refused; the form or a message then says why."""
    try:
        return record_figures(
            by=request.user,
            province=province_of(request),
            period=period,
            entries=entries,
            now=moment,
            reason=form.reason,
        )
    except ReasonNeeded as refusal:
        form.lacks_reason = refusal
        return None
    except Refused as refusal:
        messages.error(request, str(refusal))
        return None


def _tell(
    request: StaffRequest, form: GridForm, recorded: Recorded | None, *, period: Period, moment: datetime
) -> None:
    if form.strangers:
        codes = enumeration(form.strangers[:MOST_CODES]) + (" en andere" if len(form.strangers) > MOST_CODES else "")
        verb = "hoort" if len(form.strangers) == 1 else "horen"
        messages.error(request, f"{codes} {verb} in {period} niet bij uw provincie: daarvan is niets opgeslagen.")
    if form.lacks_reason:
        messages.warning(request, "Er is nog niets opgeslagen: geef een reden voor de correctie.")
    if Stage.of(period, today=localdate(moment)) is Stage.AHEAD:
        messages.warning(request, f"Cijfers van {period} kunt u nog niet invullen: er is niets opgeslagen.")
    elif recorded and recorded.delivery:
        saved = count(recorded.delivery.figures.count(), "cijfer", "cijfers")
        messages.success(request, f"{saved} opgeslagen.")
    elif recorded and form.is_good and not recorded.clashes:
        kept = form.choice and not form.choice.is_own
        why = "Het cijfer van uw collega blijft staan" if kept else "Alles was al opgeslagen"
        messages.info(request, f"{why}: er is niets veranderd.")


def _grid(
    request: StaffRequest,
    *,
    period: Period,
    moment: datetime,
    form: GridForm | None = None,
    recorded: Recorded | None = None,
) -> Grid:
    return read_grid(
        province=province_of(request), period=period, user=request.user, now=moment, form=form, recorded=recorded
    )


def grid_page(
    request: StaffRequest, grid: Grid, *, status: int = 200, more: Mapping[str, object] | None = None
) -> HttpResponse:
    """The whole page; `more` is what it shows of something pasted."""
    herverdelingen: list[Herverdeling] = []
    if grid.has_herverdelingen:
        herverdelingen = herverdelingen_of(province=grid.province, period=grid.period)
    context = _context(grid) | {
        "herverdelingen": herverdelingen,
        "carry_overs": carry_overs_of(province=grid.province, period=grid.period),
        "focus": grid.first_pasted if grid.pasted else grid.focus,
        "paste": choices_of(grid),
        **(more or {}),
    }
    return render(request, "supervision/entry.html", context, status=status)


def _context(grid: Grid) -> dict[str, object]:
    address = {"period": grid.period}
    return {
        "grid": grid,
        "has_errors": grid.has_errors,
        "deliveries": delivery_lines(province=grid.province, period=grid.period, today=grid.today),
        # An address for each row would take longer than the row: the code comes behind these.
        "municipalities_url": reverse("supervision:municipalities", kwargs=address),
        # Of rows with something pasted in them none saves itself.
        "entry_url": reverse("supervision:entry", kwargs=address) if grid.is_open and not grid.pasted else "",
    }
