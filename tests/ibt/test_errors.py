"""Each page that says that something went wrong: what it says, to whom, and what it can do without."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.test import Client, RequestFactory

from ibt import errors

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.ibt.faulty")]


@pytest.fixture
def visitor():
    return Client(raise_request_exception=False)


def text_of(response):
    return " ".join(response.content.decode().split())


def assert_looks_like_the_rest(response):
    page = text_of(response)
    assert page.startswith('<!doctype html> <html lang="nl">')
    assert 'class="bar"' in page
    assert 'href="#inhoud"' in page
    assert page.count("<h1") == 1
    assert "– Trede </title>" in page


@pytest.mark.parametrize(
    ("path", "status", "sentences"),
    [
        ("/bestaat-niet/", 404, ["Deze pagina bestaat niet.", "2022-1 of 2022-2"]),
        ("/geen-gemeente/", 404, ["Uw provincie heeft in 2022-1 geen gemeente met deze code."]),
        ("/geen-rij/", 404, ["Deze pagina bestaat niet."]),
        ("/mag-niet/", 403, ["Cijfers invoeren mag alleen een toezichthouder; u bent lezer."]),
        ("/mag-niet-zonder-reden/", 403, ["U hebt geen toegang tot deze pagina."]),
        ("/verdacht/", 400, ["Wij begrijpen dit verzoek niet", "Er is niets gewijzigd."]),
        ("/stuk/", 500, ["Er ging iets mis", "Dat ligt aan ons"]),
        ("/database-weg/", 503, ["Trede is even niet bereikbaar", "niet opgeslagen"]),
        ("/verbinding-kwijt/", 503, ["Trede is even niet bereikbaar"]),
    ],
)
def test_each_fault_has_its_page(visitor, path, status, sentences):
    response = visitor.get(path)
    assert response.status_code == status
    assert_looks_like_the_rest(response)
    for sentence in sentences:
        assert sentence in text_of(response)
    assert f"Foutcode {status}" in text_of(response)


@pytest.mark.parametrize(
    ("path", "inside"),
    [
        ("/bestaat-niet/", "geen-gemeente"),  # the patterns that were tried
        ("/geen-rij/", "matches the given query"),
        ("/verdacht/", "aap"),
        ("/stuk/", "geheim"),
        ("/database-weg/", "refused"),
    ],
)
def test_what_is_inside_stays_inside(visitor, path, inside):
    assert inside not in text_of(visitor.get(path))


def test_a_sentence_is_escaped():
    response = errors.permission_denied(RequestFactory().get("/"), PermissionDenied("<script>"))
    assert "&lt;script&gt;" in text_of(response)


def test_an_absent_database_says_when_to_come_back(visitor):
    assert visitor.get("/database-weg/")["Retry-After"] == "30"


def test_a_fault_and_an_absent_database_ask_nothing_of_the_database(visitor, django_assert_num_queries):
    with django_assert_num_queries(0):
        visitor.get("/stuk/")
        visitor.get("/database-weg/")


def test_somebody_who_is_logged_in_keeps_the_menu(client, supervisor):
    client.force_login(supervisor)
    page = text_of(client.get("/bestaat-niet/"))
    assert supervisor.get_full_name() in page
    assert "Afmelden" in page


def test_a_form_without_a_token_says_what_to_do_and_keeps_what_was_typed():
    response = Client(enforce_csrf_checks=True).post("/formulier/", {"personen": "3"})
    assert response.status_code == 403
    assert_looks_like_the_rest(response)
    assert "Dit formulier is verlopen" in text_of(response)
    assert "wat u typte, staat daar nog" in text_of(response)


class Broken(AnonymousUser):
    """Stands for a session, a scope or a database that cannot be had."""

    @property
    def is_authenticated(self):
        raise RuntimeError


def test_an_error_page_comes_without_its_bar_where_that_cannot_be_made(rf, caplog):
    request = rf.get("/")
    request.user = Broken()
    response = errors.page_not_found(request, Exception("Dit is er niet."))
    assert response.status_code == 404
    assert_looks_like_the_rest(response)
    assert "Dit is er niet." in text_of(response)
    assert "without its bar" in caplog.text
    caplog.clear()
