"""The dossier of a municipality: contacts, agreements and circumstances, each with what it said before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now

from municipalities.access import StaffRequest, needs
from municipalities.models import Municipality
from municipalities.rights import Right
from supervision.actions import Refused
from supervision.actions.dossier import EntryChanged, Mistake, change_entry, record_entry, withdraw_entry
from supervision.dossier import (
    agreements_of,
    attachments_of,
    circumstances_of,
    contacts_of,
    plans_of,
    successions_of,
    versions_of,
    withdrawn_of,
)
from supervision.measures import measure_asked, measures_to_agree
from supervision.models import Agreement, Circumstance, Contact, DossierEntry
from supervision.rules.period import Period
from supervision.screens.dossier_forms import AgreementForm, CircumstanceForm, ContactForm, EntryForm, ReasonForm
from supervision.screens.dossier_page import (
    ABOUT_THE_VERSION,
    Place,
    agreement_line,
    contact_line,
    differences,
    finding_of,
    history_of,
    late_of_agreement,
    plan_line,
    relatives_of,
    told_together,
    withdrawn_line,
    within_of,
)
from supervision.views.common import municipality_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A kind of entry, as its pages call it."""

    slug: str
    model: type[DossierEntry]
    form: type[EntryForm]
    one: str
    this: str
    add: str

    @property
    def template(self) -> str:
        return f"supervision/dossier_{self.model._meta.model_name}.html"


SUBJECTS = {
    "contacten": Subject(
        slug="contacten", model=Contact, form=ContactForm, one="contact", this="dit contact", add="Contact toevoegen"
    ),
    "afspraken": Subject(
        slug="afspraken",
        model=Agreement,
        form=AgreementForm,
        one="afspraak",
        this="deze afspraak",
        add="Afspraak toevoegen",
    ),
    "omstandigheden": Subject(
        slug="omstandigheden",
        model=Circumstance,
        form=CircumstanceForm,
        one="omstandigheid",
        this="deze opgave",
        add="Omstandigheid toevoegen",
    ),
}


@needs(Right.LOOK)
def dossier(request: StaffRequest, *, period: Period, code: str) -> HttpResponse:
    municipality, today = municipality_of(request, code=code, period=period), localdate()
    place = Place(municipality=municipality, period=period)
    agreements = list(agreements_of(municipality=municipality))
    plans = plans_of(municipality=municipality)
    done_last = sorted(agreements, key=lambda each: each.done_on is not None)
    contacts = list(contacts_of(municipality=municipality))
    context = {
        "municipality": municipality,
        "period": period,
        "agreements": [agreement_line(each, place, today=today) for each in done_last],
        "plans": [plan_line(each, place, agreements, today=today) for each in plans],
        "contacts": [contact_line(each, place, today=today) for each in contacts],
        "finding": finding_of(agreements, contacts, today=today),
        "has_plan": any(each.plan.period == period for each in plans),
        "withdrawn": [withdrawn_line(each, place) for each in withdrawn_of(municipality=municipality)],
        "circumstances": told_together(circumstances_of(municipality=municipality), place),
        "relatives": relatives_of(municipality, successions_of(municipality)),
        "measures": measures_to_agree(municipality=municipality, period=period, agreements=agreements),
        "may_keep": request.user.may(Right.KEEP_DOSSIER),
    }
    return render(request, "supervision/dossier.html", context)


@needs(Right.LOOK)
def dossier_entry(request: StaffRequest, *, period: Period, code: str, subject: str, entry: UUID) -> HttpResponse:
    municipality, kind = municipality_of(request, code=code, period=period), SUBJECTS[subject]
    versions = _versions(municipality, kind, entry)
    place = Place(municipality=municipality, period=period)
    context = {
        "municipality": municipality,
        "period": period,
        "subject": kind,
        "version": versions[0],
        "history": history_of(versions),
        "late": late_of_agreement(versions[0], today=localdate()),
        "within": within_of(versions[0]),
        "attachments": attachments_of(entry) if kind.model is Contact else (),
        "agreements": _agreed_at(municipality, entry, place) if kind.model is Contact else (),
        "may_keep": request.user.may(Right.KEEP_DOSSIER) and not versions[0].is_withdrawn,
        "today": localdate(),
    }
    return render(request, kind.template, context)


def _agreed_at(municipality: Municipality, entry: UUID, place: Place) -> list[Any]:
    today = localdate()
    made = [each for each in agreements_of(municipality=municipality) if each.contact and each.contact.entry == entry]
    return [agreement_line(each, place, today=today) for each in made]


@needs(Right.KEEP_DOSSIER)
def dossier_add(request: StaffRequest, *, period: Period, code: str, subject: str) -> HttpResponse:
    """The address may fill in what is known: the contact, the plan, the circumstance or the measure that it is about."""
    municipality, kind = municipality_of(request, code=code, period=period), SUBJECTS[subject]
    number = request.GET.get("maatregel", "") if kind.model is Agreement else ""
    measure = measure_asked(municipality=municipality, period=period, number=number) if number else None
    known = {name: request.GET[name][:120] for name in ("kind", "subject", "contact", "plan") if name in request.GET}
    form = kind.form(
        request.POST if request.method == "POST" else None,
        municipality=municipality,
        proposed=known | (measure.proposed(today=localdate()) if measure else {}),
        not_typed=measure.facts if measure else None,
    )
    if form.is_valid() and (kept := _record(request, form, municipality, moment=now())):
        return _to(kept, period=period, subject=kind)
    return _form_page(request, form, municipality, period, kind, measure=measure)


def _record(
    request: StaffRequest, form: EntryForm, municipality: Municipality, *, moment: datetime
) -> DossierEntry | None:
    """None when it was refused; the form then says why."""
    try:
        kept = record_entry(
            by=request.user,
            municipality=municipality,
            facts=form.facts(),
            entry=form.cleaned_data["entry"],
            now=moment,
        )
    except Refused as refusal:
        _tell(form, refusal)
        return None
    if kept.is_new:
        messages.success(request, "Opgeslagen.")
    else:
        messages.info(request, "Dit stond er al, en is niet nog eens opgeslagen.")
    return kept.version


@needs(Right.KEEP_DOSSIER)
def dossier_change(request: StaffRequest, *, period: Period, code: str, subject: str, entry: UUID) -> HttpResponse:
    municipality, kind = municipality_of(request, code=code, period=period), SUBJECTS[subject]
    standing = _versions(municipality, kind, entry)[0]
    if request.method != "POST":
        if standing.is_withdrawn:
            messages.info(request, f"{standing.withdrawn_by} heeft dit ingetrokken; het is niet meer te wijzigen.")
            return _to(standing, period=period, subject=kind)
        form = kind.form(None, municipality=municipality, version=standing)
        return _form_page(request, form, municipality, period, kind, changing=standing)
    form = kind.form(request.POST, municipality=municipality, version=standing)
    if form.is_valid():
        try:
            return _change(request, form, standing, period=period, subject=kind)
        except EntryChanged as clash:
            return _clash_page(request, municipality, period, kind, clash)
        except Refused as refusal:
            _tell(form, refusal)
    return _form_page(request, form, municipality, period, kind, changing=standing)


def _change(
    request: StaffRequest, form: EntryForm, standing: DossierEntry, *, period: Period, subject: Subject
) -> HttpResponse:
    seen = type(standing)(entry=standing.entry, municipality=standing.municipality)
    seen.pk = form.cleaned_data["seen"] or 0
    kept = change_entry(by=request.user, seen=seen, facts=form.facts(), now=now())
    if kept.is_new:
        messages.success(request, "Opgeslagen. Wat er eerder stond, blijft te zien.")
    else:
        messages.info(request, "Zo stond het er al: er is niets veranderd.")
    return _to(kept.version, period=period, subject=subject)


def _clash_page(
    request: StaffRequest, municipality: Municipality, period: Period, subject: Subject, clash: EntryChanged
) -> HttpResponse:
    """With what was typed still there. Saved once more it replaces the colleague's; where that was withdrawn, it is new."""
    theirs, again = clash.theirs, request.POST.copy()
    again["seen"] = str(theirs.pk)
    if theirs.is_withdrawn:
        again["entry"] = str(uuid4())
    form = subject.form(again, municipality=municipality, version=theirs)
    form.is_valid()
    mine = subject.model(**form.typed())
    context = {
        "clash": clash,
        "has_errors": True,
        "differences": differences(theirs, mine, left_out=ABOUT_THE_VERSION),
        "changing": theirs,
    }
    return _form_page(request, form, municipality, period, subject, status=409, **context)


def _form_page(
    request: StaffRequest,
    form: EntryForm,
    municipality: Municipality,
    period: Period,
    subject: Subject,
    *,
    status: int = 0,
    **more: Any,
) -> HttpResponse:
    context = {"form": form, "municipality": municipality, "period": period, "subject": subject, **more}
    return render(request, "supervision/dossier_form.html", context, status=status or (422 if form.is_bound else 200))


@needs(Right.KEEP_DOSSIER)
def dossier_withdraw(request: StaffRequest, *, period: Period, code: str, subject: str, entry: UUID) -> HttpResponse:
    """GET asks for the reason; POST does it, once."""
    municipality, kind = municipality_of(request, code=code, period=period), SUBJECTS[subject]
    standing = _versions(municipality, kind, entry)[0]
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            withdraw_entry(
                by=request.user, seen=_seen(request, standing), reason=form.cleaned_data["reason"], now=now()
            )
            messages.success(request, "Ingetrokken. Het blijft in het dossier staan, met de reden.")
            return _to(standing, period=period, subject=kind)
        except EntryChanged as clash:
            messages.warning(request, str(clash))
            return _to(standing, period=period, subject=kind)
        except Refused as refusal:
            _tell(form, refusal)
    context = {"form": form, "municipality": municipality, "period": period, "subject": kind, "version": standing}
    return render(request, "supervision/dossier_withdraw.html", context, status=422 if form.is_bound else 200)


def _seen(request: StaffRequest, standing: DossierEntry) -> DossierEntry:
    """The version that stood on the page where it was withdrawn."""
    sent = request.POST.get("seen", "")
    if sent in ("", str(standing.pk)):
        return standing
    seen = type(standing)(entry=standing.entry, municipality=standing.municipality)
    seen.pk = 0
    return seen


def _tell(form: EntryForm | ReasonForm, refusal: Refused) -> None:
    field = refusal.field if isinstance(refusal, Mistake) else ""
    form.add_error(field if field in form.fields else None, str(refusal))


def _versions(municipality: Municipality, subject: Subject, entry: UUID) -> list[DossierEntry]:
    versions = versions_of(subject.model._default_manager.all(), municipality=municipality, entry=entry)
    if not versions:
        raise Http404(f"In het dossier van {municipality.name} staat op dit adres geen {subject.one}.")
    return versions


def _to(version: DossierEntry, *, period: Period, subject: Subject) -> HttpResponse:
    return redirect(
        "supervision:dossier_entry",
        period=period,
        code=version.municipality.code,
        subject=subject.slug,
        entry=version.entry,
    )
