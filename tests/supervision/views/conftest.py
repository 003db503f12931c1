"""Who look at the screens: each with a browser of their own, logged in."""

from __future__ import annotations

import pytest
from django.test import Client

from municipalities.models import Province, User
from municipalities.rights import Role
from tests.municipalities.factories import make_user


def browser_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def staff(supervisor: User) -> Client:
    """A toezichthouder of the province of Utrecht."""
    return browser_of(supervisor)


@pytest.fixture
def reader(utrecht: Province) -> Client:
    """A lezer of the province of Utrecht."""
    return browser_of(make_user(role=Role.LEZER, province=utrecht))


@pytest.fixture
def stranger(db: None) -> Client:
    """A toezichthouder of another province, Gelderland."""
    return browser_of(make_user(role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV25")))


@pytest.fixture
def nobody(db: None) -> Client:
    """Somebody who did not log in."""
    return Client()


@pytest.fixture
def decider(utrecht: Province) -> User:
    """A vaststeller of the province of Utrecht."""
    return make_user(role=Role.VASTSTELLER, province=utrecht)


@pytest.fixture
def bench(decider: User) -> Client:
    """The browser of that vaststeller."""
    return browser_of(decider)
