"""A beheerder keeps the letterhead of the own province, and looks at its texts."""

# mypy: disable-error-code="type-arg"

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from letters.models import Letterhead, Signatory, TextBlock
from letters.screens.letterhead_forms import LetterheadForm, SignatoryForm
from municipalities.admin import ForAdministrators, who_asks


class SignatoryInline(ForAdministrators, admin.StackedInline):
    """Nobody is taken away: who leaves gets a last day, so that old letters keep their name."""

    can_be_added = True
    can_be_changed = True
    model = Signatory
    form = SignatoryForm
    extra = 1
    fields = (
        "name",
        "role",
        "function",
        "mandate",
        ("starts_on", "ends_on"),
        "position",
        ("signature_file", "without_signature"),
    )


@admin.register(Letterhead)
class LetterheadAdmin(ForAdministrators, admin.ModelAdmin):
    """One per province: within the scope of a beheerder there is one, or it can be added."""

    can_be_added = True
    can_be_changed = True
    form = LetterheadForm
    inlines = (SignatoryInline,)
    list_display = ("organisation", "province")
    list_select_related = ("province",)

    def get_fieldsets(self, request: HttpRequest, obj: Letterhead | None = None) -> Any:
        sender = ("organisation", "wordmark", "unit", "post_line", "postcode_town", "website", "domain", "team")
        fieldsets: list[tuple[str, dict[str, Any]]] = [
            ("Afzender", {"fields": sender}),
            ("Uiterlijk", {"fields": ("logo_file", "without_logo", "accent", "footer")}),
            ("Contact", {"fields": ("contact_name", "phone", "email")}),
            ("Ondertekening", {"fields": ("authority",)}),
            ("Verzending", {"fields": ("bijlage_in_one_file", "afschrift_days", "receipt_days")}),
        ]
        if who_asks(request).is_superuser:
            fieldsets.insert(0, ("Provincie", {"fields": ("province",)}))
        return fieldsets

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if not super().has_add_permission(request, obj):
            return False
        return who_asks(request).is_superuser or not Letterhead.objects.exists()

    def save_model(self, request: HttpRequest, obj: Letterhead, form: forms.ModelForm, change: bool) -> None:
        user = who_asks(request)
        if not user.is_superuser and user.province is not None:
            obj.province = user.province
        super().save_model(request, obj, form, change)


@admin.register(TextBlock)
class TextBlockAdmin(ForAdministrators, admin.ModelAdmin):
    """To look at; they are written on pages of their own."""

    list_display = ("label", "kind", "version", "written_at", "written_by", "is_gone")
    list_filter = ("kind", "is_gone")
    list_select_related = ("written_by",)
