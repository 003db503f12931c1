"""The administration of people and addresses, and a look at the reference data.

What somebody may do here follows from `Right.ADMINISTER`, not from Django's permissions and groups, which the site
does not use.
"""

# The signatures are Django's, and its admin classes take no type arguments when they run.
# mypy: disable-error-code="type-arg"

from typing import Any, cast

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import AnonymousUser, Group
from django.db import models
from django.http import HttpRequest
from django.utils import timezone

from municipalities.models import Municipality, MunicipalityAlias, Population, PostAddress, Province, Succession, User
from municipalities.rights import Right

admin.site.unregister(Group)


def administers(user: User | AnonymousUser) -> bool:
    return isinstance(user, User) and (user.is_superuser or user.may(Right.ADMINISTER))


def who_asks(request: HttpRequest) -> User:
    """The admin site lets nobody in who is not logged in."""
    return cast(User, request.user)


class ForAdministrators:
    """Whoever administers sees the rows, and adds and changes them only where the class says so. Nothing is deleted."""

    can_be_added = False
    can_be_changed = False

    def has_module_permission(self, request: HttpRequest) -> bool:
        return administers(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return administers(request.user)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_be_added and administers(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self.can_be_changed and administers(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Province)
class ProvinceAdmin(ForAdministrators, admin.ModelAdmin):
    """Of the reference data nothing changes here; of its own province a beheerder keeps the settings."""

    list_display = ("name", "code", "one_person_decides")
    fields = ("name", "code", "other_names", "tooi_uri", "one_person_decides")
    readonly_fields = ("name", "code", "other_names", "tooi_uri")

    def has_change_permission(self, request: HttpRequest, obj: Province | None = None) -> bool:
        user = who_asks(request)
        return administers(user) and (user.is_superuser or obj is None or obj == user.province)


class AliasInline(ForAdministrators, admin.TabularInline):
    model = MunicipalityAlias
    fields = ("alias",)


class PopulationInline(ForAdministrators, admin.TabularInline):
    model = Population


@admin.register(Municipality)
class MunicipalityAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ("name", "code", "province", "valid_from", "valid_to")
    list_filter = ("province",)
    list_select_related = ("province",)
    search_fields = ("name", "code", "aliases__alias")
    fields = ("name", "code", "province", "valid_from", "valid_to", "tile_column", "tile_row", "tooi_uri")
    inlines = (AliasInline, PopulationInline)


@admin.register(Succession)
class SuccessionAdmin(ForAdministrators, admin.ModelAdmin):
    list_display = ("on", "from_municipality", "to_municipality", "kind")
    list_filter = ("kind",)
    list_select_related = ("from_municipality", "to_municipality")
    search_fields = ("from_municipality__name", "to_municipality__name")


@admin.register(PostAddress)
class PostAddressAdmin(ForAdministrators, admin.ModelAdmin):
    """Those of the own province. What is saved here is a correction, which loading the reference data respects."""

    can_be_added = True
    can_be_changed = True
    fields = ("municipality", "line", "postcode", "town")
    list_display = ("municipality", "line", "postcode", "town", "corrected_at")
    list_select_related = ("municipality",)
    search_fields = ("municipality__name", "town")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[PostAddress]:
        addresses = super().get_queryset(request)
        user = who_asks(request)
        return addresses if user.is_superuser else addresses.filter(municipality__province=user.province)

    def get_readonly_fields(self, request: HttpRequest, obj: PostAddress | None = None) -> tuple[str, ...]:
        return ("municipality",) if obj else ()

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """An address is added for a municipality that has none."""
        if db_field.name == "municipality":
            user = who_asks(request)
            without = Municipality.objects.filter(post_address=None, valid_to=None)
            kwargs["queryset"] = without if user.is_superuser else without.filter(province=user.province)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def save_model(self, request: HttpRequest, obj: PostAddress, form: forms.ModelForm, change: bool) -> None:
        obj.corrected_by, obj.corrected_at = who_asks(request), timezone.now()
        super().save_model(request, obj, form, change)


class StaffCreationForm(UserCreationForm):
    class Meta(UserCreationForm.Meta):
        model = User


@admin.register(User)
class UserAdmin(ForAdministrators, DjangoUserAdmin):
    """A beheerder keeps the people of the own province; superusers are kept by superusers.

    Nobody is deleted, for what somebody did must keep its name: who leaves is made inactive.
    """

    can_be_added = True
    can_be_changed = True
    add_form = StaffCreationForm
    list_display = ("username", "first_name", "last_name", "province", "role", "is_active")
    list_select_related = ("province",)
    search_fields = ("username", "first_name", "last_name", "email")
    filter_horizontal = ()

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[User]:
        users = super().get_queryset(request)
        user = who_asks(request)
        return users if user.is_superuser else users.filter(province=user.province, is_superuser=False)

    def get_list_filter(self, request: HttpRequest) -> tuple[str, ...]:
        return ("role", "is_active", "province") if who_asks(request).is_superuser else ("role", "is_active")

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> Any:
        login = ("username", "password") if obj else ("username", "password1", "password2")
        person = ("first_name", "last_name", "email", "phone")
        place: tuple[str, ...] = ("role", "is_active")
        if who_asks(request).is_superuser:
            place = ("province", *place, "is_superuser")
        return [(None, {"fields": login}), ("Persoon", {"fields": person}), ("Toegang", {"fields": place})]

    def get_readonly_fields(self, request: HttpRequest, obj: User | None = None) -> tuple[str, ...]:
        """Nobody locks themselves out, or steps into another role."""
        if obj != request.user:
            return ()
        return ("is_active", "is_superuser") if who_asks(request).is_superuser else ("is_active", "role")

    def get_form(self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        if not who_asks(request).is_superuser and "role" in form.base_fields:
            # The province comes with whoever adds the user (see save_model), so the role may not be missing.
            form.base_fields["role"].required = True
        return form

    def save_model(self, request: HttpRequest, obj: User, form: forms.ModelForm, change: bool) -> None:
        if not who_asks(request).is_superuser:
            obj.province = who_asks(request).province
        # Entry to Django's admin is no choice of its own: it comes with the right to administer.
        obj.is_staff = administers(obj)
        super().save_model(request, obj, form, change)
