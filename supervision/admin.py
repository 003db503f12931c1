"""A look at the ledger and the ladders. Nothing is changed here: figures are delivered and withdrawn, never edited."""

# The signatures are Django's, and its admin classes take no type arguments when they run.
# mypy: disable-error-code="type-arg"

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate

from municipalities.admin import ForAdministrators, who_asks
from municipalities.rights import Right
from supervision.figures import current_period, known_periods
from supervision.models import (
    CarriedOver,
    Decision,
    Delivery,
    Figure,
    FrozenHalfYear,
    Herverdeling,
    LadderPolicy,
    LadderStep,
    LayoutProfile,
    Proposal,
    WorkbookImport,
)


class FigureInline(ForAdministrators, admin.TabularInline):
    model = Figure
    fields = ("municipality", "period", "kind", "as_of", "persons", "sheet", "cell")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Figure]:
        return super().get_queryset(request).select_related("municipality")


class HerverdelingInline(ForAdministrators, admin.TabularInline):
    model = Herverdeling
    fields = ("period", "from_municipality", "to_municipality", "persons", "agreed_on", "note")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Herverdeling]:
        return super().get_queryset(request).select_related("from_municipality", "to_municipality")


@admin.register(Delivery)
class DeliveryAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ("recorded_at", "way", "document", "recorded_by", "is_sample", "withdrawn_at")
    list_filter = ("way", "is_sample", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("recorded_by",)
    search_fields = ("document",)
    date_hierarchy = "recorded_at"
    inlines = (FigureInline, HerverdelingInline)
    readonly_fields = ("workbook_link",)
    change_list_template = "admin/supervision/delivery/change_list.html"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """With a link to the page where workbooks are read, for who can go there."""
        url = _import_url(request)
        return super().changelist_view(request, {**(extra_context or {}), "import_url": url})

    @admin.display(description="werkboek")
    def workbook_link(self, delivery: Delivery) -> str:
        """The file that the figures stood in, and how it was read."""
        given = WorkbookImport.objects.filter(delivery=delivery).defer("content").first()
        if given is None:
            return "–"
        how = reverse("admin:supervision_workbookimport_change", args=[given.pk])
        file = reverse("supervision:delivery_workbook", kwargs={"pk": delivery.pk})
        return format_html('<a href="{}">{}</a> (<a href="{}">hoe het is gelezen</a>)', file, given.name, how)


def _import_url(request: HttpRequest) -> str:
    user = who_asks(request)
    if user.province is None or not user.may(Right.ENTER_FIGURES):
        return ""
    known = known_periods(province=user.province)
    return reverse("supervision:workbook_give", kwargs={"period": current_period(known, today=localdate())})


@admin.register(WorkbookImport)
class WorkbookImportAdmin(ForAdministrators, admin.ModelAdmin):
    """What was given and what became of it; the file itself is not shown here."""

    list_display = ("name", "period", "as_of", "given_at", "given_by", "delivery", "set_aside_at")
    list_filter = (("delivery", admin.EmptyFieldListFilter), ("set_aside_at", admin.EmptyFieldListFilter))
    list_select_related = ("given_by", "delivery")
    search_fields = ("name", "sha256")
    exclude = ("content",)

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[WorkbookImport]:
        return super().get_queryset(request).defer("content")


@admin.register(LayoutProfile)
class LayoutProfileAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ("name", "used_at", "used_by")
    list_select_related = ("used_by",)
    search_fields = ("name", "fingerprint")


@admin.register(Figure)
class FigureAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ("municipality", "period", "kind", "persons", "as_of", "delivery")
    list_filter = ("kind", "period", ("delivery__withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("municipality", "delivery")
    search_fields = ("municipality__name", "municipality__code")


@admin.register(Herverdeling)
class HerverdelingAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ("period", "from_municipality", "to_municipality", "persons", "agreed_on", "delivery")
    list_filter = ("period", ("delivery__withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("from_municipality", "to_municipality", "delivery")
    search_fields = ("from_municipality__name", "to_municipality__name", "note")


@admin.register(CarriedOver)
class CarriedOverAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ("figure", "from_municipality", "persons", "end", "document")
    list_select_related = ("figure", "from_municipality")
    search_fields = ("from_municipality__name", "from_municipality__code", "document")


class LadderStepInline(ForAdministrators, admin.StackedInline):
    model = LadderStep
    fields = ("number", "name", "when", "follows", "measures", "metric", "threshold", "half_years", "colour", "symbol")


@admin.register(LadderPolicy)
class LadderPolicyAdmin(ForAdministrators, admin.ModelAdmin):
    """To look at; made and published they are on a page of their own."""

    list_display = ("name", "province", "valid_from", "is_concept", "published_by", "counts_herverdeling")
    list_select_related = ("province", "published_by")
    inlines = (LadderStepInline,)


@admin.register(FrozenHalfYear)
class FrozenHalfYearAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ("period", "reason", "frozen_at", "frozen_by", "lifted_at", "lifted_by")
    list_select_related = ("frozen_by", "lifted_by")


@admin.register(Proposal)
class ProposalAdmin(ForAdministrators, admin.ModelAdmin):
    """What was proposed, with all that it rests on; nothing of it is changed here."""

    list_display = ("municipality", "period", "occasion", "trede", "advice", "state", "proposed_by", "proposed_at")
    list_filter = ("state", "occasion", "period")
    list_select_related = ("municipality", "proposed_by")
    search_fields = ("municipality__name", "municipality__code", "reason")


@admin.register(Decision)
class DecisionAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ("municipality", "period", "occasion", "trede", "decided_by", "decided_at", "alone", "revised_at")
    list_filter = ("occasion", "period", "alone", ("revised_at", admin.EmptyFieldListFilter))
    list_select_related = ("municipality", "decided_by")
    search_fields = ("municipality__name", "municipality__code")
