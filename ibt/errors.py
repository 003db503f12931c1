"""The pages that say that something went wrong: what happened, and what to do now. All in Dutch, all looking like the rest."""

import logging
import sys
from http import HTTPStatus

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

log = logging.getLogger(__name__)

# The end of what get_object_or_404 says: English, and about models.
_DJANGO_ABOUT_MODELS = "matches the given query."


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The exception's own text is not shown: it may quote what was sent."""
    return _page(request, "400.html", HTTPStatus.BAD_REQUEST)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "403.html", HTTPStatus.FORBIDDEN, sentence=_sentence(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(request, "404.html", HTTPStatus.NOT_FOUND, sentence=_sentence(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    log.warning("POST to %s without a good token: %s", request.path, reason)
    return _page(request, "403_csrf.html", HTTPStatus.FORBIDDEN)


def server_error(request: HttpRequest) -> HttpResponse:
    """A fault of ours, or a database that is away for a moment. Neither page asks anything of database or session."""
    # Django calls this while it handles the exception.
    if isinstance(sys.exception(), OperationalError | InterfaceError):
        return HttpResponse(
            render_to_string("503.html"), status=HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "30"}
        )
    return HttpResponse(render_to_string("500.html"), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _page(request: HttpRequest, template: str, status: HTTPStatus, *, sentence: str = "") -> HttpResponse:
    """The page with bar and menu; without them where these cannot be made (no province in scope, no session)."""
    context = {"sentence": sentence}
    try:
        content = render_to_string(template, context, request)
    except Exception:
        log.exception("The page for %d had to do without its bar", status)
        content = render_to_string(template, context)
    return HttpResponse(content, status=status)


def _sentence(exception: Exception) -> str:
    """The Dutch sentence that our own code raised it with; empty for what Django raises itself."""
    sentence = exception.args[0] if exception.args else ""
    # A Resolver404 carries a dict of patterns.
    if not isinstance(sentence, str) or sentence.endswith(_DJANGO_ABOUT_MODELS):
        return ""
    return sentence
