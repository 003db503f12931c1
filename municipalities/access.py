"""Who gets in: the right that a view asks for, and the province that a request is confined to."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django_htmx.middleware import HtmxDetails
from django_scopes import scope, scopes_disabled

from municipalities.models import User
from municipalities.rights import Right, refusal

NO_PROVINCE = (
    "Uw account hoort bij geen provincie, daarom is er niets te zien. Vraag de beheerder om u een provincie en een rol "
    "te geven."
)

P = ParamSpec("P")


class StaffRequest(HttpRequest):
    """What a view behind the login gets, for its types: LoginRequiredMiddleware and HtmxMiddleware see to it."""

    user: User
    htmx: HtmxDetails
    period_in_sight: object
    """The half-year that a page is about whose address does not name it: its view says so, and the bar follows."""


View = Callable[Concatenate[StaffRequest, P], HttpResponseBase]


def needs(right: Right) -> Callable[[View[P]], View[P]]:
    """Only for users whose role gives this right; others get a 403 that says which role does.

    The view carries the right as its attribute `right`, so that a test can ask every address for it.
    """

    def decorate(view: View[P]) -> View[P]:
        @functools.wraps(view)
        def guarded(request: StaffRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                # Only where somebody exempted the view from the login, which is a mistake.
                raise PermissionDenied
            if not request.user.may(right):
                raise PermissionDenied(refusal(right=right, role=request.user.role))
            return view(request, *args, **kwargs)

        guarded.right = right  # type: ignore[attr-defined]
        return guarded

    return decorate


def province_scope(get_response: Callable[[HttpRequest], HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    """Middleware: run the whole request, the rendering of its template included, within the user's province.

    Outside a scope every query on a scoped model fails, so a request that falls through the cases below shows nothing
    rather than too much. So does a StreamingHttpResponse that queries: it is consumed after the scope has ended.
    """

    def middleware(request: HttpRequest) -> HttpResponseBase:
        if is_open(request.path_info) or not request.user.is_authenticated:
            return get_response(request)
        if request.user.province is not None:
            with scope(province=request.user.province):
                return get_response(request)
        if request.user.is_superuser and request.path_info.startswith(reverse("admin:index")):
            with scopes_disabled():
                return get_response(request)
        raise PermissionDenied(NO_PROVINCE)

    return middleware


def is_open(path: str) -> bool:
    """Addresses that need no province: logging in and out, and the health check."""
    return path.startswith("/account/") or path == "/gezond/"
