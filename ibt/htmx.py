"""The one place where a page and its partial part ways. Imports nothing of ours, so that every app may use it."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render as render_template
from django.utils.cache import patch_vary_headers


def render(
    request: HttpRequest,
    page_template: str,
    partial_template: str,
    context: Mapping[str, Any],
    *,
    status: int | None = None,
) -> HttpResponse:
    """The whole page, or only its partial when htmx asks for one.

    A boosted link and a restored history entry replace the whole body, so they get the page.
    """
    htmx = request.htmx  # type: ignore[attr-defined]
    wants_partial = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    template = partial_template if wants_partial else page_template
    response = render_template(request, template, dict(context), status=status)
    # Two answers live at one address; a cache between us and the browser must keep them apart.
    patch_vary_headers(response, ["HX-Request", "HX-Boosted", "HX-History-Restore-Request"])
    return response
