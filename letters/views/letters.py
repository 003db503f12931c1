"""The letters of a half-year: how far each is, and what is made of many at once."""

from __future__ import annotations

from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from letters.actions.batches import start_batch
from letters.half_year import batch_at_work, letters_of
from letters.papers.archive import as_zip, letters_in
from letters.papers.filenames import archive_filename
from letters.screens.batch_forms import Act, ListForm
from letters.screens.letter_list import FILTERS, SHOW_ALL, LetterList, list_of, rows_of
from municipalities.access import StaffRequest, needs
from municipalities.rights import Right, refusal
from supervision.actions import Refused
from supervision.figures import assess_province
from supervision.rules.period import Period
from supervision.views.common import province_of


@needs(Right.LOOK)
def letters(request: StaffRequest, *, period: Period) -> HttpResponse:
    """GET shows the list; POST makes concepts of what is ticked, or gives the letters as one file."""
    _check_right(request)
    province, show = province_of(request), _show(request)
    page = letter_list(request, period=period, show=show)
    form = ListForm(request.POST if request.method == "POST" else None, rows=page.rows)
    if form.is_valid() and (answer := _do(request, form, period=period)):
        return answer
    context = {
        "period": period,
        "form": form,
        "list": page,
        "rows": [(row, form.is_ticked(row.municipality.code)) for row in page.rows],
        "may_make": request.user.may(Right.MAKE_LETTERS),
        "may_take": may_take(request),
        "at_work": batch_at_work(province=province, period=period),
    }
    return render(request, "letters/letters.html", context, status=422 if form.is_bound else 200)


def letter_list(request: StaffRequest, *, period: Period, show: str) -> LetterList:
    province = province_of(request)
    rows = rows_of(
        assess_province(province=province, period=period, look_back=0),
        letters_of(province=province, period=period),
        municipalities_url=reverse("supervision:municipalities", kwargs={"period": period}),
        today=localdate(),
    )
    return list_of(rows, show=show)


@needs(Right.LOOK)
def archive(request: StaffRequest, *, period: Period) -> HttpResponseBase:
    """The letters of all municipalities, or of those in the address, as one file."""
    if not may_take(request):
        raise PermissionDenied(refusal(right=Right.MAKE_LETTERS, role=request.user.role))
    province, moment = province_of(request), now()
    chosen = letters_in(province=province, period=period, codes=_codes(request))
    if not chosen:
        messages.warning(request, f"Over {period} is er nog geen brief om op te halen.")
        return redirect("letters:letters", period=period)
    pieces = as_zip(province=province, period=period, letters=chosen, now=moment)
    headers = {
        "Content-Disposition": f'attachment; filename="{archive_filename(period)}"',
        "Cache-Control": "private, no-store",
    }
    return StreamingHttpResponse(pieces, content_type="application/zip", headers=headers)


def _codes(request: StaffRequest) -> frozenset[str] | None:
    """Those that are not of this province have no letter here."""
    asked = request.GET.get("gemeenten", "")
    return frozenset(asked.split(",")) if asked else None


def may_take(request: StaffRequest) -> bool:
    """Whether this user may have the letters as files: who makes them, and who agrees to them."""
    return request.user.may(Right.MAKE_LETTERS) or request.user.may(Right.AGREE_LETTERS)


def _check_right(request: StaffRequest) -> None:
    is_for_files = request.POST.get("doe") == Act.ZIP
    if request.method == "POST" and not (may_take(request) if is_for_files else request.user.may(Right.MAKE_LETTERS)):
        raise PermissionDenied(refusal(right=Right.MAKE_LETTERS, role=request.user.role))


def _show(request: StaffRequest) -> str:
    show = request.GET.get("toon", SHOW_ALL)
    if show in FILTERS:
        return show
    shown = show if len(show) <= 30 else f"{show[:30]}…"
    messages.warning(request, f"‘{shown}’ kunt u niet tonen. U ziet alle gemeenten.")
    return SHOW_ALL


def _do(request: StaffRequest, form: ListForm, *, period: Period) -> HttpResponse | None:
    """None when it was refused as a whole; the form then says why."""
    if form.act is Act.ZIP:
        codes = ",".join(municipality.code for municipality in form.chosen)
        return redirect(f"{reverse('letters:archive', kwargs={'period': period})}?{urlencode({'gemeenten': codes})}")
    try:
        batch = start_batch(
            by=request.user,
            province=province_of(request),
            period=period,
            municipalities=form.chosen,
            now=now(),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    return redirect("letters:batch", period=period, pk=batch.pk)
