"""Rows for tests. Each is checked as a form would check it, so that no test rests on a world that cannot be."""

import datetime
import itertools

from municipalities.models import Municipality, PostAddress, Province, User
from municipalities.rights import Role

_numbers = itertools.count(1)


def make_province(*, code: str = "PV26", name: str = "Utrecht") -> Province:
    """The province with this code, made if it is not there."""
    existing = Province.objects.filter(code=code).first()
    if existing:
        return existing
    province = Province(code=code, name=name, tooi_uri=_tooi("provincie", code))
    return _saved(province)


def make_municipality(
    *,
    code: str,
    name: str,
    province: Province | None = None,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
) -> Municipality:
    municipality = Municipality(
        code=code,
        name=name,
        province=province or make_province(),
        valid_from=valid_from,
        valid_to=valid_to,
        tooi_uri=_tooi("gemeente", code),
    )
    return _saved(municipality)


def make_post_address(*, municipality: Municipality, town: str = "Utrecht") -> PostAddress:
    return _saved(PostAddress(municipality=municipality, line="Postbus 1", postcode="3500 CE", town=town))


def make_user(*, role: str = Role.TOEZICHTHOUDER, province: Province | None = None, username: str = "") -> User:
    """A member of staff, of the province of Utrecht where none is named; `role=""` makes one without either."""
    number = next(_numbers)
    user = User(
        username=username or f"{role or 'niemand'}-{number}",
        first_name="Sam",
        last_name=f"de Vries {number}",
        role=role,
        province=province or (make_province() if role else None),
        is_staff=role == Role.BEHEERDER,
    )
    user.set_unusable_password()
    return _saved(user)


def make_superuser(*, province: Province | None = None, role: str = "") -> User:
    """The technical administrator of the site."""
    user = make_user(province=province, role=role)
    user.is_staff = user.is_superuser = True
    return _saved(user)


def _tooi(kind: str, code: str) -> str:
    return f"https://identifier.overheid.nl/tooi/id/{kind}/{code.lower()}"


def _saved(row):
    row.full_clean()
    row.save()
    return row
