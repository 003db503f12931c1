"""Making a new version of the ladder, publishing it by a second person, looking back with it, and freezing half-years."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.actions import Refused
from supervision.actions.policies import (
    ConceptChanged,
    Draft,
    discard_concept,
    freeze,
    lift,
    publish,
    save_concept,
    start_concept,
)
from supervision.decisions import decided_since
from supervision.figures import current_period, known_periods
from supervision.models import FrozenHalfYear, LadderPolicy
from supervision.policies import as_rules, beginning_for
from supervision.rules.period import Period
from supervision.rules.policy import Policy
from supervision.screens.explanation import condition_in_words
from supervision.screens.policy_comparison import Comparison, decided_already, for_half_year, over_history
from supervision.screens.policy_forms import Editor, FreezeForm
from supervision.views.common import province_of


@needs(Right.SET_POLICY)
def policies(request: StaffRequest) -> HttpResponse:
    return _list(request, FreezeForm())


def _list(request: StaffRequest, form: FreezeForm) -> HttpResponse:
    province = province_of(request)
    rows = LadderPolicy.objects.filter(province=province).select_related("edited_by", "published_by")
    frozen = FrozenHalfYear.objects.filter(province=province).select_related("frozen_by", "lifted_by")
    context = {
        "published": [row for row in rows if not row.is_concept],
        "concepts": [row for row in rows if row.is_concept],
        "frozen": frozen,
        "form": form,
        "may_edit": request.user.may(Right.ADMINISTER),
    }
    return render(request, "supervision/policies.html", context, status=422 if form.errors else 200)


@needs(Right.ADMINISTER)
@require_POST
def policy_start(request: StaffRequest) -> HttpResponse:
    """A concept that begins as the last version."""
    province = province_of(request)
    valid_from, rules = beginning_for(province=province, today=localdate())
    draft = Draft(valid_from=valid_from, rules=rules)
    concept = start_concept(by=request.user, province=province, draft=draft, now=now())
    messages.success(request, "Er is een concept gemaakt. Zolang het niet is vastgesteld, verandert er niets.")
    return redirect("policies:edit", pk=concept.pk)


@needs(Right.ADMINISTER)
def policy_edit(request: StaffRequest, *, pk: int) -> HttpResponse:
    """GET opens the concept; POST saves it, rearranges its steps, or shows what it gives."""
    concept = _concept(request, pk)
    if request.method != "POST":
        editor = Editor.opened(_draft(concept), version=concept.version)
        return _editor_page(request, concept, editor, gives=_gives(request, _draft(concept).rules))
    editor = Editor.sent(request.POST)
    act = request.POST.get("doe", "")
    if request.htmx:
        return _gives_part(request, editor)
    if act not in ("opslaan", "bekijk"):
        return _editor_page(request, concept, editor.rearranged(act))
    if not editor.is_valid() or editor.draft is None:
        return _editor_page(request, concept, editor, status=422)
    if act == "bekijk":
        return _editor_page(request, concept, editor, gives=_gives(request, editor.draft.rules))
    return _save(request, concept, editor, editor.draft)


def _save(request: StaffRequest, concept: LadderPolicy, editor: Editor, draft: Draft) -> HttpResponse:
    try:
        save_concept(by=request.user, policy=concept, seen=editor.version, draft=draft, now=now())
    except ConceptChanged as refusal:
        current = LadderPolicy.objects.filter(pk=concept.pk, is_concept=True).first()
        if current is None:
            messages.error(request, str(refusal))
            return redirect("policies:list")
        return _editor_page(request, current, editor.with_version(current.version), clash=str(refusal), status=409)
    messages.success(request, "Opgeslagen. Een ander met het recht ‘beleid vaststellen’ kan het concept vaststellen.")
    return redirect("policies:edit", pk=concept.pk)


def _editor_page(
    request: StaffRequest,
    concept: LadderPolicy,
    editor: Editor,
    *,
    gives: Comparison | None = None,
    clash: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"policy": concept, "editor": editor, "gives": gives, "clash": clash, "has_errors": status == 422}
    return render(request, "supervision/policy_edit.html", context, status=status)


def _gives_part(request: StaffRequest, editor: Editor) -> HttpResponse:
    """Only the table beside the form, while one types."""
    is_valid = editor.is_valid() and editor.draft is not None
    gives = _gives(request, editor.draft.rules) if is_valid and editor.draft else None
    context = {"gives": gives, "problems": editor.problems}
    return render(request, "supervision/policy_gives.html", context)


def _gives(request: StaffRequest, rules: Policy) -> Comparison:
    return for_half_year(province=province_of(request), period=_period(request), policy=rules)


@needs(Right.SET_POLICY)
def policy_publish(request: StaffRequest, *, pk: int) -> HttpResponse:
    """GET shows what will hold and what it changes; POST publishes it."""
    concept = _concept(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            published = publish(by=request.user, policy=concept, seen=_seen(request), now=now())
        except Refused as refused:
            refusal = str(refused)
            concept = LadderPolicy.objects.filter(pk=pk, is_concept=True).prefetch_related("steps").first() or concept
        else:
            messages.success(request, f"Vastgesteld: {published.name} geldt vanaf {published.valid_from}.")
            return redirect("supervision:policy", pk=published.pk)
    rules = as_rules(concept, concept.steps.all())
    context = {
        "policy": concept,
        "rules": rules,
        "steps": [(step, condition_in_words(step, rules)) for step in rules.steps],
        "gives": _gives(request, rules),
        "decided": decided_already(decided_since(province=concept.province, since=concept.valid_from)),
        "refusal": refusal,
    }
    return render(request, "supervision/policy_publish.html", context, status=409 if refusal else 200)


@needs(Right.ADMINISTER)
@require_POST
def policy_discard(request: StaffRequest, *, pk: int) -> HttpResponse:
    concept = _concept(request, pk)
    try:
        discard_concept(policy=concept, seen=_seen(request))
    except Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("policies:list")
    messages.success(request, f"Het concept ‘{concept.name}’ is weggegooid.")
    return redirect("policies:list")


@needs(Right.SET_POLICY)
def policy_replay(request: StaffRequest, *, pk: int) -> HttpResponse:
    """Who would have stood where, half-year by half-year, beside where they stood."""
    row = _policy(request, pk)
    rules = as_rules(row, row.steps.all())
    replay = over_history(province=province_of(request), period=_period(request), policy=rules)
    context = {"policy": row, "rules": rules, "replay": replay}
    return render(request, "supervision/policy_replay.html", context)


@needs(Right.SET_POLICY)
@require_POST
def half_year_freeze(request: StaffRequest) -> HttpResponse:
    form = FreezeForm(request.POST)
    if not form.is_valid():
        return _list(request, form)
    period, reason = form.cleaned_data["halfjaar"], form.cleaned_data["reden"]
    try:
        freeze(by=request.user, province=province_of(request), period=period, reason=reason, now=now())
    except Refused as refusal:
        form.add_error("halfjaar", str(refusal))
        return _list(request, form)
    messages.success(request, f"Halfjaar {period} is bevroren.")
    return redirect("policies:list")


@needs(Right.SET_POLICY)
@require_POST
def half_year_lift(request: StaffRequest, *, pk: int) -> HttpResponse:
    frozen = FrozenHalfYear.objects.filter(province=province_of(request), pk=pk).first()
    if frozen is None:
        raise Http404("Uw provincie heeft geen bevroren halfjaar op dit adres.")
    if lift(by=request.user, frozen=frozen, now=now()):
        messages.success(request, f"Halfjaar {frozen.period} telt weer mee.")
    else:
        messages.info(request, f"Halfjaar {frozen.period} telde al weer mee.")
    return redirect("policies:list")


def _policy(request: StaffRequest, pk: int) -> LadderPolicy:
    rows = LadderPolicy.objects.filter(province=province_of(request)).select_related("edited_by")
    row = rows.prefetch_related("steps").filter(pk=pk).first()
    if row is None:
        raise Http404("Uw provincie heeft geen beleidskader op dit adres.")
    return row


def _concept(request: StaffRequest, pk: int) -> LadderPolicy:
    row = _policy(request, pk)
    if not row.is_concept:
        raise Http404(f"{row.name} is vastgesteld en verandert niet meer. Maak een nieuwe versie.")
    return row


def _draft(row: LadderPolicy) -> Draft:
    return Draft(valid_from=row.valid_from, rules=as_rules(row, row.steps.all()))


def _seen(request: StaffRequest) -> int:
    """The version that the sender saw; 0, which none has, for what is no number."""
    sent = request.POST.get("versie", "")
    return int(sent) if sent.isascii() and sent.isdigit() and len(sent) < 9 else 0


def _period(request: StaffRequest) -> Period:
    return current_period(known_periods(province=province_of(request)), today=localdate())
