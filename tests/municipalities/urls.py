"""The site's addresses, and some beside them at which one can ask in what province one is."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.backends.django import DjangoTemplates
from django.template.response import TemplateResponse
from django.urls import include, path
from django_scopes import get_scope

from municipalities.access import StaffRequest, needs
from municipalities.rights import Right
from supervision.models import LadderPolicy


def scope(request: HttpRequest) -> JsonResponse:
    known = get_scope()
    province = known.get("province")
    return JsonResponse({"enabled": known.get("_enabled", True), "province": province.code if province else None})


@login_not_required
def scope_without_login(request: HttpRequest) -> JsonResponse:
    return scope(request)


def policies(request: HttpRequest) -> HttpResponse:
    return HttpResponse(", ".join(policy.name for policy in LadderPolicy.objects.order_by("name")))


def policies_lazily(request: HttpRequest) -> TemplateResponse:
    """The query is run by the template, after the view has returned."""
    engine = DjangoTemplates({"NAME": "bare", "DIRS": [], "APP_DIRS": False, "OPTIONS": {}})
    template = engine.from_string("{% for policy in policies %}{{ policy.name }}{% endfor %}")
    return TemplateResponse(request, template, {"policies": LadderPolicy.objects.all()})


@needs(Right.ENTER_FIGURES)
def enter(request: StaffRequest, *, code: str) -> HttpResponse:
    return HttpResponse(f"{request.user.role} voert {code} in")


@login_not_required
@needs(Right.LOOK)
def look_without_login(request: StaffRequest) -> HttpResponse:
    return HttpResponse("gezien")


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(str(exception), status=403)


handler403 = refused

urlpatterns = [
    path("beheer/scope/", scope),
    path("account/scope/", scope),
    path("gezond/", scope_without_login),
    path("scope/", scope),
    path("policies/", policies),
    path("policies/lazily/", policies_lazily),
    path("enter/<str:code>/", enter),
    path("look/", look_without_login),
    path("", include("ibt.urls")),
]
