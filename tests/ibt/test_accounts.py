"""The pages of people's own accounts: ours to look at, in formal Dutch, and closed to who has no business there."""

import re

import pytest
from allauth.account import urls as allauth_urls
from allauth.account.models import EmailAddress
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.cache import cache
from django.urls import NoReverseMatch, reverse

from ibt.urls import ACCOUNT_PAGES

pytestmark = pytest.mark.django_db

PASSWORD = "een-lang-en-goed-wachtwoord"
INFORMAL = re.compile(r"\b(je|jij|jouw|jou)\b", re.IGNORECASE)


@pytest.fixture(autouse=True)
def _no_attempts_yet():
    cache.clear()


@pytest.fixture
def person():
    return get_user_model().objects.create_user(
        "m.deboer", password=PASSWORD, email="m.deboer@example.nl", first_name="M.", last_name="de Boer"
    )


def text_of(response):
    return " ".join(response.content.decode().split())


def link_in(message):
    return re.search(r"http://testserver(/\S+)", message.body)[1]


def test_the_login_page_is_ours(client):
    page = text_of(client.get(reverse("account_login")))
    assert "<h1" in page
    assert "Inloggen" in page
    assert 'class="bar"' in page
    assert "Wachtwoord vergeten?" in page
    assert "Sign" not in page
    assert "placeholder" not in page


def test_a_wrong_password_is_told_without_saying_what_was_wrong(client, person):
    page = text_of(client.post(reverse("account_login"), {"login": person.username, "password": "fout"}))
    assert "De gebruikersnaam of het wachtwoord klopt niet." in page
    assert "<title> Fout: Inloggen" in page
    assert "Er is 1 fout" in page


def test_an_empty_login_names_both_fields(client):
    page = text_of(client.post(reverse("account_login"), {"login": "", "password": ""}))
    assert "Er zijn 2 fouten" in page
    assert 'href="#id_login"' in page
    assert page.count('aria-invalid="true"') == 2


def test_after_too_many_passwords_one_has_to_wait(client, person):
    for _ in range(6):
        response = client.post(reverse("account_login"), {"login": person.username, "password": "fout"})
    assert "Wacht vijf minuten" in text_of(response)


def test_too_many_requests_get_a_page_of_their_own(client, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "2/m/ip"}
    statuses = [client.post(reverse("account_login"), {"login": "x", "password": "y"}).status_code for _ in range(3)]
    assert statuses[-1] == 429
    page = text_of(client.post(reverse("account_login"), {"login": "x", "password": "y"}))
    assert "Te veel pogingen" in page
    assert 'class="bar"' in page


def test_logging_in_says_nothing_and_logging_out_does(client, person):
    client.post(reverse("account_login"), {"login": person.username, "password": PASSWORD})
    assert "Wilt u zich afmelden?" in text_of(client.get(reverse("account_logout")))
    page = text_of(client.post(reverse("account_logout"), follow=True))
    assert "U bent afgemeld." in page
    assert "ingelogd als" not in page


def test_a_new_password_that_differs_from_itself_is_told_with_u(client, person):
    client.force_login(person)
    form = {"oldpassword": PASSWORD, "password1": "het-nieuwe-wachtwoord-1", "password2": "iets-anders"}
    page = text_of(client.post(reverse("account_change_password"), form))
    assert "De twee wachtwoorden zijn niet gelijk." in page
    assert not INFORMAL.search(page)


def test_a_forgotten_password_is_chosen_anew_by_a_link(client, person):
    page = text_of(client.post(reverse("account_reset_password"), {"email": person.email}, follow=True))
    assert "Kijk in uw e-mail" in page
    (message,) = mail.outbox
    assert message.subject == "Nieuw wachtwoord voor Trede"
    assert person.username in message.body
    assert not INFORMAL.search(message.body)

    response = client.get(link_in(message), follow=True)
    assert "Nieuw wachtwoord kiezen" in text_of(response)
    chosen = {"password1": "het-nieuwe-wachtwoord-1", "password2": "het-nieuwe-wachtwoord-1"}
    assert "Wachtwoord gewijzigd" in text_of(client.post(response.request["PATH_INFO"], chosen, follow=True))
    person.refresh_from_db()
    assert person.check_password("het-nieuwe-wachtwoord-1")

    client.logout()
    assert "Deze link werkt niet meer" in text_of(client.get(link_in(message), follow=True))


def test_an_address_that_nobody_has_gets_no_letter_and_the_same_page(client):
    page = text_of(client.post(reverse("account_reset_password"), {"email": "iemand@example.nl"}, follow=True))
    assert "Kijk in uw e-mail" in page
    assert mail.outbox == []


@pytest.mark.parametrize("kept", ["m.deboer@example.nl", "M.deBoer@example.nl"])
@pytest.mark.parametrize("typed", ["m.deboer@example.nl", "M.deBoer@Example.nl"])
def test_an_address_is_known_with_or_without_capitals(client, person, kept, typed):
    type(person).objects.update(email=kept)
    client.post(reverse("account_reset_password"), {"email": typed})
    assert len(mail.outbox) == 1


@pytest.mark.parametrize("lookalike", ["\u212aim@sterk.nl", "kim@\u017fterk.nl", "k\u0131m@sterk.nl"])
def test_no_letter_goes_to_an_address_that_only_looks_the_same(client, person, lookalike):
    type(person).objects.update(email="kim@sterk.nl")
    client.post(reverse("account_reset_password"), {"email": lookalike})
    assert {to for message in mail.outbox for to in message.to} <= {"kim@sterk.nl"}


def test_who_may_not_come_in_gets_no_letter(client, person):
    type(person).objects.update(is_active=False)
    client.post(reverse("account_reset_password"), {"email": person.email})
    assert mail.outbox == []


def test_an_address_that_somebody_had_before_gets_no_letter(client, person):
    client.post(reverse("account_reset_password"), {"email": "m.deboer@example.nl"})
    (message,) = mail.outbox
    person.email = "m.deboer@nieuw.example.nl"
    person.save()
    client.post(reverse("account_reset_password"), {"email": "m.deboer@example.nl"})
    assert mail.outbox == [message]
    assert "Deze link werkt niet meer" in text_of(client.get(link_in(message), follow=True))


@pytest.mark.parametrize("name", ["account_login", "account_signup", "account_reset_password", "account_inactive"])
def test_pages_before_the_login_are_in_formal_dutch(client, name):
    response = client.get(reverse(name), follow=True)
    assert response.status_code == 200
    assert 'lang="nl"' in text_of(response)
    assert not INFORMAL.search(text_of(response))


@pytest.mark.parametrize("name", ["account_logout", "account_change_password", "account_reauthenticate"])
def test_pages_of_the_account_are_in_formal_dutch(client, person, name):
    client.force_login(person)
    response = client.get(reverse(name), follow=True)
    assert response.status_code in (200, 403)
    assert 'lang="nl"' in text_of(response)
    assert not INFORMAL.search(text_of(response))


ALLAUTH_PAGES = {page.name: f"/account/{page.pattern}" for page in allauth_urls.urlpatterns}
# What fits in the addresses that hold a key.
KEYS = {
    "account_confirm_email": "confirm-email/MQ:abc/",
    "account_reset_password_from_key": "password/reset/key/1-abc/",
}
EVERYTHING = {
    "email": "ander@example.nl",
    "username": "anders",
    "first_name": "Anders",
    "phone": "0600000000",
    "role": "beheerder",
    "code": "123456",
    "password1": "een-heel-ander-wachtwoord",
    "password2": "een-heel-ander-wachtwoord",
}


def address_of(name):
    return f"/account/{KEYS[name]}" if name in KEYS else ALLAUTH_PAGES[name]


def managed(person):
    """All of an account but what its owner changes by using it."""
    own = {"password", "last_login"}
    return {key: value for key, value in type(person).objects.values().get(pk=person.pk).items() if key not in own}


def test_every_page_that_is_offered_is_one_of_allauth():
    assert set(ALLAUTH_PAGES) >= ACCOUNT_PAGES


@pytest.mark.parametrize("name", ALLAUTH_PAGES)
@pytest.mark.parametrize("action", ["action_add", "action_primary", "action_remove", "action_send"])
def test_what_a_beheerder_manages_is_not_changed_by_its_owner(client, person, name, action):
    known, people = managed(person), get_user_model().objects.count()
    for sent in ({}, EVERYTHING | {action: ""}, EVERYTHING | {"email": person.email, action: ""}):
        client.force_login(person)
        client.get(address_of(name))
        client.post(address_of(name), sent)
        client.logout()
        client.post(address_of(name), sent)
    assert managed(person) == known
    assert get_user_model().objects.count() == people
    assert not EmailAddress.objects.exists()


@pytest.mark.parametrize("name", sorted(set(ALLAUTH_PAGES) - ACCOUNT_PAGES))
def test_a_page_of_allauth_that_is_not_offered_is_not_there(client, person, name):
    with pytest.raises(NoReverseMatch):
        reverse(name)
    for _ in range(2):
        assert client.get(address_of(name)).status_code == 404
        assert client.post(address_of(name), EVERYTHING).status_code == 404
        client.force_login(person)
