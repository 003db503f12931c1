"""What the browser is told to refuse, on every page."""

import pytest

POLICY = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "font-src": "'self'",
    "img-src": "'self' data:",
    "connect-src": "'self'",
    "form-action": "'self'",
    "frame-ancestors": "'none'",
    "base-uri": "'none'",
}


def policy_of(response):
    return dict(part.split(" ", 1) for part in response["Content-Security-Policy"].split("; "))


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/account/login/", "/gezond/", "/bestaat-niet/", "/beheer/"])
def test_every_answer_carries_the_policy(client, address):
    assert policy_of(client.get(address)) == POLICY


@pytest.mark.django_db
def test_other_sites_get_no_address_and_no_frame(client):
    response = client.get("/account/login/")
    assert response["Referrer-Policy"] == "same-origin"
    assert response["X-Frame-Options"] == "DENY"
    assert response["X-Content-Type-Options"] == "nosniff"
