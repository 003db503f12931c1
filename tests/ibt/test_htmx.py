"""One address, two answers: the server chooses."""

import pytest
from django.template import engines
from django.test import RequestFactory
from django_htmx.middleware import HtmxDetails

from ibt import htmx


@pytest.fixture
def templates(settings, tmp_path):
    (tmp_path / "page.html").write_text("<html>{{ word }}</html>")
    (tmp_path / "partial.html").write_text("<p>{{ word }}</p>")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    assert "django" in engines


def answer(*, status=None, **headers):
    request = RequestFactory().get("/", headers=headers)
    request.htmx = HtmxDetails(request)
    return htmx.render(request, "page.html", "partial.html", {"word": "trede"}, status=status)


@pytest.mark.usefixtures("templates")
class TestRender:
    def test_a_browser_gets_the_page(self):
        assert answer().text == "<html>trede</html>"

    def test_htmx_gets_the_partial(self):
        assert answer(hx_request="true").text == "<p>trede</p>"

    def test_a_boosted_link_gets_the_page(self):
        assert answer(hx_request="true", hx_boosted="true").text == "<html>trede</html>"

    def test_restoring_history_gets_the_page(self):
        assert answer(hx_request="true", hx_history_restore_request="true").text == "<html>trede</html>"

    def test_caches_keep_the_two_apart(self):
        for response in (answer(), answer(hx_request="true")):
            assert "HX-Request" in response["Vary"]

    def test_the_status_is_passed_on(self):
        assert answer(status=422, hx_request="true").status_code == 422
