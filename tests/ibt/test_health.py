from unittest import mock

import pytest
from django.db import OperationalError

from ibt import health


@pytest.mark.django_db
def test_healthy_without_a_login(client):
    response = client.get("/gezond/")
    assert (response.status_code, response.text) == (200, "gezond\n")
    assert "no-store" in response["Cache-Control"]


def test_unhealthy_when_the_database_does_not_answer(client):
    with mock.patch.object(health, "connection") as connection:
        connection.cursor.side_effect = OperationalError
        response = client.get("/gezond/")
    assert response.status_code == 503


@pytest.mark.django_db
def test_only_asks(client):
    assert client.post("/gezond/").status_code == 405


@pytest.mark.django_db
def test_asked_from_inside_it_is_not_sent_on_to_https(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    assert client.get("/gezond/").status_code == 200
    assert client.get("/account/login/").status_code == 301
