"""What most tests share: the reference data, the province of Utrecht and its people."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django_scopes import scope

from municipalities import reference
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision import policies
from tests.municipalities.factories import make_user


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The reference data is there from the start, as on every installation."""
    with django_db_blocker.unblock():
        load_reference()


def load_reference() -> None:
    reference.load()
    policies.load_delivered()


@pytest.fixture
def emptied_db(transactional_db: None) -> None:
    """Real transactions, for threads and live servers; the reference data is put back."""
    load_reference()


@pytest.fixture
def utrecht(db: None) -> Province:
    return Province.objects.get(code="PV26")


@pytest.fixture
def within_utrecht(utrecht: Province) -> Iterator[Province]:
    """The province's scope, as the middleware gives it to a request."""
    with scope(province=utrecht):
        yield utrecht


@pytest.fixture
def city(utrecht: Province) -> Municipality:
    """The municipality of Utrecht, which the dossier is about."""
    return Municipality.objects.get(code="GM0344")


@pytest.fixture
def supervisor(utrecht: Province) -> User:
    return make_user(role=Role.TOEZICHTHOUDER, province=utrecht)
