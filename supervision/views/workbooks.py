"""A workbook on its way into the ledger, in three steps: give, see, confirm. Each can be left and taken up again."""

from __future__ import annotations

from datetime import date, datetime
from itertools import chain

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.timezone import now

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.actions import Refused
from supervision.actions.workbooks import (
    ChangedMeanwhile,
    Given,
    change_mapping,
    confirm_workbook,
    give_workbook,
    set_aside,
)
from supervision.coa import messages as sentences
from supervision.coa.refusal import Refused as RefusedFile
from supervision.coa.refusal import Unreadable
from supervision.models import WorkbookImport
from supervision.rules.dutch import count
from supervision.rules.period import Period
from supervision.screens.downloads import CSV_TYPE, problems_csv, problems_filename
from supervision.screens.workbook_page import Page, Sent, choices_from
from supervision.templatetags.dutch import moment
from supervision.views.common import province_of
from supervision.workbooks import choices_of, earlier_of, file_name, imports_of, reading_of, waiting

MOST_CONFIRMED = 10


# -- give ---------------------------------------------------------------------


@needs(Right.ENTER_FIGURES)
def workbook_give(request: StaffRequest, *, period: Period) -> HttpResponse:
    if request.method != "POST":
        return _give_page(request, period=period)
    moment_now = now()
    given: list[Given] = []
    refused: list[tuple[str, str]] = []
    for sent in _files(request):
        name = file_name(sent.name or "")
        try:
            given.append(_give(request, sent, name=name, period=period, moment_now=moment_now))
        except RefusedFile as refusal:
            refused.append((name, str(refusal)))
    if not given and not refused:
        refused.append(("", _nothing_given(request)))
    if refused:
        return _give_page(request, period=period, refused=refused)
    if len(given) > 1:
        messages.success(request, f"{count(len(given), 'bestand', 'bestanden')} ingelezen; kijk ze een voor een na.")
        return redirect("supervision:workbook_give", period=period)
    workbook = given[0].workbook
    return redirect("supervision:workbook_see", period=workbook.period, pk=workbook.pk)


def _files(request: StaffRequest) -> list[UploadedFile]:
    files = list(chain.from_iterable(request.FILES.getlist(name) for name in request.FILES))
    return files[: settings.WORKBOOK_FILES_AT_ONCE]


def _give(request: StaffRequest, sent: UploadedFile, *, name: str, period: Period, moment_now: datetime) -> Given:
    most: int = settings.WORKBOOK_LIMITS["upload_bytes"]
    if (sent.size or 0) > most:
        raise RefusedFile(sentences.too_large(settings.WORKBOOK_MEGABYTES))
    return give_workbook(
        by=request.user,
        province=province_of(request),
        name=name,
        content=sent.read(),
        period=period,
        as_of=_day(request.POST.get("peildatum", "")),
        now=moment_now,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _nothing_given(request: StaffRequest) -> str:
    if getattr(request, "was_cut_off", False):
        return sentences.too_large(settings.WORKBOOK_MEGABYTES)
    return "Kies eerst een bestand van het type .xlsx, .ods, .xls of .csv."


def _give_page(
    request: StaffRequest,
    *,
    period: Period,
    refused: list[tuple[str, str]] | None = None,
) -> HttpResponse:
    province = province_of(request)
    confirmed = imports_of(province=province).exclude(delivery=None)[:MOST_CONFIRMED]
    context = {
        "period": period,
        "waiting": waiting(province=province),
        "confirmed": confirmed,
        "refused": refused or [],
        "has_errors": bool(refused),
    }
    return render(request, "supervision/workbook_give.html", context, status=422 if refused else 200)


def _seen_before(workbook: WorkbookImport, earlier: WorkbookImport) -> str:
    told = f"{workbook.name} is precies hetzelfde bestand als {earlier.name} van {moment(earlier.given_at)}"
    if earlier.delivery is None:
        return f"{told}, ingelezen door {earlier.given_by} en nog niet vastgelegd."
    if earlier.delivery.withdrawn_at:
        return f"{told}; die levering is ingetrokken door {earlier.delivery.withdrawn_by}."
    return f"{told}, vastgelegd door {earlier.delivery.recorded_by}."


# -- see ----------------------------------------------------------------------


@needs(Right.ENTER_FIGURES)
def workbook_see(request: StaffRequest, *, period: Period, pk: int) -> HttpResponse:
    """GET shows how the file is read and what it changes; POST reads it otherwise."""
    workbook = _workbook(request, pk)
    if not workbook.is_open:
        return _closed(request, workbook)
    if workbook.period != period and request.method != "POST":
        return redirect("supervision:workbook_see", period=workbook.period, pk=pk)
    try:
        if request.method == "POST":
            return _read_otherwise(request, workbook)
        return _see_page(request, workbook, Page(reading_of(workbook)))
    except RefusedFile as refusal:
        return _no_longer(request, workbook, refusal)


def _read_otherwise(request: StaffRequest, workbook: WorkbookImport) -> HttpResponse:
    try:
        workbook = change_mapping(by=request.user, workbook=workbook, choices=_choices(request, workbook))
    except Unreadable as refusal:
        # A sheet without a table was chosen: it is read as before.
        return _see_page(request, workbook, Page(reading_of(workbook)), refusal=Refused(str(refusal)), status=422)
    except Refused as refusal:
        messages.warning(request, str(refusal))
        return redirect("supervision:workbook_give", period=workbook.period)
    if request.htmx:
        return _see_page(request, workbook, Page(reading_of(workbook)))
    return redirect("supervision:workbook_see", period=workbook.period, pk=workbook.pk)


def _choices(request: StaffRequest, workbook: WorkbookImport) -> dict[str, str]:
    if "opnieuw" in request.POST:
        return {}
    return choices_from(request.POST, page=Page(reading_of(workbook)), kept=choices_of(workbook))


def _see_page(
    request: StaffRequest,
    workbook: WorkbookImport,
    page: Page,
    *,
    refusal: Refused | None = None,
    status: int = 200,
) -> HttpResponse:
    earlier = earlier_of(workbook)
    context = {
        "period": workbook.period,
        "workbook": workbook,
        "page": page,
        "seen_before": _seen_before(workbook, earlier) if earlier else "",
        "refusal": refusal,
        "changes": refusal.changes if isinstance(refusal, ChangedMeanwhile) else (),
        "has_errors": refusal is not None,
    }
    part = request.htmx and not request.htmx.boosted and not request.htmx.history_restore_request
    template = "supervision/workbook_read.html" if part else "supervision/workbook_see.html"
    response = render(request, template, context, status=status)
    if part and request.resolver_match and request.resolver_match.kwargs["period"] != workbook.period:
        response["HX-Replace-Url"] = _url(workbook)
    return response


def _url(workbook: WorkbookImport) -> str:
    return reverse("supervision:workbook_see", kwargs={"period": workbook.period, "pk": workbook.pk})


def _workbook(request: StaffRequest, pk: int) -> WorkbookImport:
    rows = WorkbookImport.objects.filter(province=province_of(request))
    workbook = rows.select_related("province", "given_by", "delivery__recorded_by", "delivery__withdrawn_by").filter(
        pk=pk
    )
    found = workbook.first()
    if found is None:
        raise Http404("Uw provincie heeft geen werkboek op dit adres.")
    return found


def _closed(request: StaffRequest, workbook: WorkbookImport) -> HttpResponse:
    if workbook.delivery is None:
        messages.info(request, f"{workbook.name} is weggelegd. Kies het bestand opnieuw om het in te lezen.")
        return redirect("supervision:workbook_give", period=workbook.period)
    context = {
        "period": workbook.period,
        "workbook": workbook,
        "delivery": workbook.delivery,
        "figure_count": workbook.delivery.figures.count(),
    }
    return render(request, "supervision/workbook_done.html", context)


def _no_longer(request: StaffRequest, workbook: WorkbookImport, refusal: RefusedFile) -> HttpResponse:
    """What was taken in cannot be kept after all: its content goes."""
    set_aside(by=request.user, workbook=workbook, now=now())
    messages.error(request, f"{workbook.name}: {refusal}")
    return redirect("supervision:workbook_give", period=workbook.period)


# -- confirm ------------------------------------------------------------------


@needs(Right.ENTER_FIGURES)
def workbook_confirm(request: StaffRequest, *, period: Period, pk: int) -> HttpResponse:
    workbook = _workbook(request, pk)
    if request.method != "POST" or not workbook.is_open:
        return redirect("supervision:workbook_see", period=workbook.period, pk=pk)
    sent = Sent.of(request.POST)
    try:
        delivery = confirm_workbook(
            by=request.user,
            workbook=workbook,
            seen=request.POST.get("gezien", ""),
            leave_out=sent.leaves_out,
            confirmed=sent.confirmed,
            confirms_all=sent.confirms_all,
            reason=sent.reason,
            taakstelling_from=_day(sent.taakstelling_from),
            now=now(),
        )
    except Refused as refusal:
        return _refused(request, pk, sent, refusal)
    except RefusedFile as refusal:
        return _no_longer(request, workbook, refusal)
    recorded = count(delivery.figures.count(), "cijfer", "cijfers")
    messages.success(request, f"{recorded} uit {workbook.name} vastgelegd.")
    return redirect("supervision:entry", period=workbook.period)


def _refused(request: StaffRequest, pk: int, sent: Sent, refusal: Refused) -> HttpResponse:
    """The page as it is now, with what was ticked; what was closed meanwhile says so itself."""
    workbook = _workbook(request, pk)
    if not workbook.is_open:
        messages.warning(request, str(refusal))
        return redirect("supervision:workbook_see", period=workbook.period, pk=pk)
    status = 409 if isinstance(refusal, ChangedMeanwhile) else 422
    return _see_page(request, workbook, Page(reading_of(workbook), sent=sent), refusal=refusal, status=status)


@needs(Right.ENTER_FIGURES)
def workbook_set_aside(request: StaffRequest, *, period: Period, pk: int) -> HttpResponse:
    workbook = _workbook(request, pk)
    if request.method == "POST":
        try:
            set_aside(by=request.user, workbook=workbook, now=now())
            messages.success(request, f"{workbook.name} is weggelegd; het bestand is gewist.")
        except Refused as refusal:
            messages.warning(request, str(refusal))
    return redirect("supervision:workbook_give", period=period)


# -- the file -----------------------------------------------------------------


@needs(Right.LOOK)
def workbook_file(request: StaffRequest, *, period: Period, pk: int) -> HttpResponse:
    """The file as it was given. Who only looks sees the files behind the figures, not those that wait."""
    workbook = _workbook(request, pk)
    may_see = workbook.delivery_id or request.user.may(Right.ENTER_FIGURES)
    if not workbook.content or not may_see:
        raise Http404("Dit bestand wordt niet bewaard.")
    response = HttpResponse(bytes(workbook.content), content_type="application/octet-stream")
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=workbook.name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response


@needs(Right.ENTER_FIGURES)
def workbook_problems(request: StaffRequest, *, period: Period, pk: int) -> HttpResponse:
    """All that is wrong with a workbook that waits, as a file for who must put it right."""
    workbook = _workbook(request, pk)
    if not workbook.is_open:
        raise Http404("Van dit werkboek wacht niets meer.")
    try:
        told = problems_csv(reading_of(workbook))
    except RefusedFile as refusal:
        return _no_longer(request, workbook, refusal)
    filename = problems_filename(workbook=workbook.name)
    headers = {"Content-Disposition": f'attachment; filename="{filename}"', "Cache-Control": "private, no-store"}
    return HttpResponse(told, content_type=CSV_TYPE, headers=headers)


@needs(Right.LOOK)
def delivery_workbook(request: StaffRequest, *, pk: int) -> HttpResponse:
    """Leads from a delivery to the file that its figures stood in."""
    workbook = imports_of(province=province_of(request)).filter(delivery=pk).first()
    if workbook is None:
        raise Http404("Bij deze levering wordt geen werkboek bewaard.")
    return redirect("supervision:workbook_file", period=workbook.period, pk=workbook.pk)
