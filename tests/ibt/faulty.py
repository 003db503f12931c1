"""Addresses at which something goes wrong, beside those of the site."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import path

from ibt import urls
from municipalities.models import Province

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def failing(exception):
    @login_not_required
    def view(request):
        raise exception

    return view


@login_not_required
def missing_row(request):
    return HttpResponse(get_object_or_404(Province, code="PV99"))


@login_not_required
def form(request):
    return HttpResponse("sent")


urlpatterns = [
    path("geen-gemeente/", failing(Http404("Uw provincie heeft in 2022-1 geen gemeente met deze code."))),
    path("geen-rij/", missing_row),
    path("mag-niet/", failing(PermissionDenied("Cijfers invoeren mag alleen een toezichthouder; u bent lezer."))),
    path("mag-niet-zonder-reden/", failing(PermissionDenied())),
    path("verdacht/", failing(SuspiciousOperation("Invalid HTTP_HOST header: 'aap'"))),
    path("stuk/", failing(ValueError("geheim"))),
    path("database-weg/", failing(OperationalError("connection refused"))),
    path("verbinding-kwijt/", failing(InterfaceError("connection already closed"))),
    path("formulier/", form),
    *urls.urlpatterns,
]
