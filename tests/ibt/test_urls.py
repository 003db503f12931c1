"""Who gets in where."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.urls import URLPattern, URLResolver, get_resolver, reverse

OPEN_TO_ALL = re.compile(
    r"health$|admin:login$|account_(login|logout|signup|inactive|confirm|email_verification|reset|set)"
)


def walk(resolver, namespace=""):
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from walk(entry, f"{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}", entry.callback


def test_every_page_asks_for_a_login_but_for_those_named_here():
    without_login = {name for name, view in walk(get_resolver()) if not getattr(view, "login_required", True)}
    assert "account_login" in without_login
    assert {name for name in without_login if not OPEN_TO_ALL.match(name)} <= {"admin:jsi18n"}


@pytest.mark.django_db
def test_a_stranger_is_sent_to_the_login_page_and_back(client):
    response = client.get("/2022-1/")
    assert response.status_code == 302
    assert response["Location"] == "/account/login/?next=/2022-1/"


@pytest.mark.django_db
def test_the_admin_has_the_same_door(client):
    assert client.get("/beheer/")["Location"].startswith("/beheer/login/")
    assert client.get("/beheer/login/?next=/beheer/")["Location"].startswith("/account/login/")


@pytest.mark.django_db
def test_nobody_signs_up_by_himself(client):
    form = {"username": "nieuw", "password1": "een-lang-wachtwoord-1", "password2": "een-lang-wachtwoord-1"}
    client.post(reverse("account_signup"), form)
    assert not get_user_model().objects.filter(username="nieuw").exists()


@pytest.mark.django_db
def test_after_five_wrong_passwords_the_right_one_is_refused_for_a_while(client):
    get_user_model().objects.create_user("toezichthouder", password="het-goede-wachtwoord")
    for _ in range(5):
        client.post(reverse("account_login"), {"login": "toezichthouder", "password": "fout"})
    client.post(reverse("account_login"), {"login": "toezichthouder", "password": "het-goede-wachtwoord"})
    assert "_auth_user_id" not in client.session


@pytest.mark.django_db
def test_the_right_password_lets_in(client):
    get_user_model().objects.create_user("toezichthouder", password="het-goede-wachtwoord")
    response = client.post(reverse("account_login"), {"login": "toezichthouder", "password": "het-goede-wachtwoord"})
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.session.get_expire_at_browser_close()


INLINE = re.compile(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)(?![^>]*application/json)", re.IGNORECASE)


@pytest.mark.django_db
def test_the_admin_has_nothing_inline(client):
    admin = get_user_model().objects.create_superuser("techniek", password="x")
    client.force_login(admin)
    for name in ("admin:index", "admin:municipalities_user_changelist", "admin:municipalities_user_add"):
        response = client.get(reverse(name))
        assert response.status_code == 200
        assert INLINE.findall(response.text) == []
