"""A beheerder keeps the letterhead of the own province."""

# mypy: disable-error-code="type-arg"

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from letters.models import Letterhead
from municipalities.admin import ForAdministrators, who_asks


@admin.register(Letterhead)
class LetterheadAdmin(ForAdministrators, admin.ModelAdmin):
    """One per province: within the scope of a beheerder there is one, or it can be added."""

    can_be_added = True
    can_be_changed = True
    list_display = ("organisation", "province")
    list_select_related = ("province",)

    def get_fieldsets(self, request: HttpRequest, obj: Letterhead | None = None) -> Any:
        sender = ("organisation", "wordmark", "unit", "post_line", "postcode_town", "website", "domain", "team")
        fieldsets: list[tuple[str, dict[str, Any]]] = [
            ("Afzender", {"fields": sender}),
            ("Contact", {"fields": ("contact_name", "phone", "email")}),
            ("Ondertekening", {"fields": ("authority", "signatory_name", "signatory_function")}),
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
