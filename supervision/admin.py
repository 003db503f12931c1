"""A look at the ledger and the ladders. Nothing is changed here: figures are delivered and withdrawn, never edited."""

# The signatures are Django's, and its admin classes take no type arguments when they run.
# mypy: disable-error-code="type-arg"

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from municipalities.admin import ForAdministrators
from supervision.models import Delivery, Figure, Herverdeling, LadderPolicy, LadderStep


class FigureInline(ForAdministrators, admin.TabularInline):
    model = Figure
    fields = ("municipality", "period", "kind", "as_of", "persons")

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


class LadderStepInline(ForAdministrators, admin.StackedInline):
    model = LadderStep
    fields = ("number", "name", "when", "follows", "measures", "metric", "at_least", "half_years")


@admin.register(LadderPolicy)
class LadderPolicyAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ("name", "province", "valid_from", "counts_herverdeling")
    list_select_related = ("province",)
    inlines = (LadderStepInline,)
