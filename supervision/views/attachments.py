"""Files with a contact: given, looked at, and taken away."""

from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header
from django.utils.timezone import now

from municipalities.access import StaffRequest, needs
from municipalities.models import Municipality
from municipalities.rights import Right
from supervision.actions import Refused
from supervision.actions.attachments import add_attachment, withdraw_attachment
from supervision.actions.dossier import Mistake
from supervision.attachments import ALLOWED, TYPES, Kind, NoAttachment
from supervision.dossier import contacts_of
from supervision.models import Attachment, Contact
from supervision.rules.period import Period
from supervision.screens.dossier_forms import ReasonForm
from supervision.views.common import municipality_of


@needs(Right.KEEP_DOSSIER)
def attachment_add(request: StaffRequest, *, period: Period, code: str, entry: UUID) -> HttpResponse:
    """GET asks for a file; POST keeps it, or says why not."""
    municipality = municipality_of(request, code=code, period=period)
    contact = contacts_of(municipality=municipality).filter(entry=entry).first()
    if contact is None:
        raise Http404(f"In het dossier van {municipality.name} staat op dit adres geen contact.")
    refused = ""
    if request.method == "POST":
        refused = _keep(request, contact)
        if not refused:
            return redirect(
                "supervision:dossier_entry", period=period, code=code, subject="contacten", entry=contact.entry
            )
    context = {
        "municipality": municipality,
        "period": period,
        "contact": contact,
        "refused": refused,
        "has_errors": bool(refused),
        "allowed": ALLOWED,
        "megabytes": settings.ATTACHMENT_MEGABYTES,
    }
    return render(request, "supervision/attachment_add.html", context, status=422 if refused else 200)


def _keep(request: StaffRequest, contact: Contact) -> str:
    """The sentence that refuses the file; empty when it is kept."""
    sent = request.FILES.get("bestand")
    if sent is None:
        if getattr(request, "was_cut_off", False):
            return f"Het bestand is te groot: een bijlage is hoogstens {settings.ATTACHMENT_MEGABYTES} MB."
        return "Kies eerst een bestand."
    try:
        added, is_new = add_attachment(
            by=request.user, contact=contact, name=sent.name or "", content=sent.read(), size=sent.size, now=now()
        )
    except (NoAttachment, Refused) as refusal:
        return str(refusal)
    if is_new:
        messages.success(request, f"{added.name} is toegevoegd.")
    else:
        messages.info(request, f"Dit bestand stond er al, als {added.name}.")
    return ""


@needs(Right.LOOK)
def attachment(request: StaffRequest, *, period: Period, code: str, pk: int) -> HttpResponse:
    """The file as it was given. It is kept by the browser and never shown in it."""
    kept = _attachment(municipality_of(request, code=code, period=period), pk)
    if kept.withdrawn_at is not None:
        raise Http404(f"{kept.name} is ingetrokken: {kept.withdrawal_reason}. De inhoud is gewist.")
    response = HttpResponse(bytes(kept.content), content_type=TYPES[Kind(kept.kind)])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=kept.name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@needs(Right.KEEP_DOSSIER)
def attachment_withdraw(request: StaffRequest, *, period: Period, code: str, pk: int) -> HttpResponse:
    municipality = municipality_of(request, code=code, period=period)
    kept = _attachment(municipality, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdrawn = withdraw_attachment(
                by=request.user, attachment=kept, reason=form.cleaned_data["reason"], now=now()
            )
        except Mistake as mistake:
            form.add_error("reason", str(mistake))
        else:
            told = "De inhoud is gewist." if withdrawn else "Dat was al gebeurd; er is niets veranderd."
            messages.success(request, f"{kept.name} is ingetrokken. {told}")
            return redirect(
                "supervision:dossier_entry", period=period, code=code, subject="contacten", entry=kept.contact.entry
            )
    context = {"municipality": municipality, "period": period, "attachment": kept, "form": form}
    return render(request, "supervision/attachment_withdraw.html", context, status=422 if form.is_bound else 200)


def _attachment(municipality: Municipality, pk: int) -> Attachment:
    rows = Attachment.objects.filter(contact__municipality=municipality)
    kept = rows.select_related("contact__province", "withdrawn_by").filter(pk=pk).first()
    if kept is None:
        raise Http404(f"In het dossier van {municipality.name} staat op dit adres geen bijlage.")
    return kept
