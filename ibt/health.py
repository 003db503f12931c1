"""Answers whether the site can do its work: asked by load balancers and by the container's own health check."""

from django.contrib.auth.decorators import login_not_required
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe


@login_not_required
@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database antwoordt niet\n", content_type="text/plain; charset=utf-8", status=503)
    return HttpResponse("gezond\n", content_type="text/plain; charset=utf-8")
