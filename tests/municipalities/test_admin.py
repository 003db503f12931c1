import pytest
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from municipalities.models import Municipality, PostAddress, Province, Succession, User
from municipalities.rights import Role
from tests.municipalities.factories import (
    make_post_address,
    make_province,
    make_superuser,
    make_user,
)

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.municipalities.urls")]

PASSWORD = "een lang wachtwoord voor een toets"


@pytest.fixture
def gelderland(db):
    return make_province(code="PV25", name="Gelderland")


@pytest.fixture
def beheerder(client, utrecht):
    user = make_user(role=Role.BEHEERDER, province=utrecht)
    client.force_login(user)
    return user


@pytest.fixture
def superuser(client):
    user = make_superuser()
    client.force_login(user)
    return user


def changelist(model):
    return reverse(f"admin:municipalities_{model._meta.model_name}_changelist")


def add(model):
    return reverse(f"admin:municipalities_{model._meta.model_name}_add")


def change(row):
    return reverse(f"admin:municipalities_{row._meta.model_name}_change", args=[row.pk])


def person(**changes):
    return {"username": "kim", "first_name": "Kim", "last_name": "Bakker", "email": "", "phone": ""} | changes


def new_person(**changes):
    return person(password1=PASSWORD, password2=PASSWORD, role="lezer", is_active="on") | changes


# -- who gets in -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEZER, Role.TOEZICHTHOUDER, Role.VASTSTELLER])
def test_other_roles_are_refused(client, utrecht, role):
    client.force_login(make_user(role=role, province=utrecht))
    assert client.get("/beheer/", follow=True).status_code == 403


@pytest.mark.parametrize("role", [Role.LEZER, Role.TOEZICHTHOUDER, Role.VASTSTELLER])
def test_entry_without_the_right_shows_nothing(client, utrecht, role):
    """Somebody who was beheerder, and whose entry was left behind."""
    user = make_user(role=role, province=utrecht)
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert "municipalities" not in client.get("/beheer/").content.decode()
    for model in (User, PostAddress, Municipality):
        assert client.get(changelist(model)).status_code == 403


def test_anonymous_is_sent_to_the_login(client, utrecht):
    assert client.get("/beheer/", follow=True).redirect_chain[-1][0].startswith("/account/login/")


def test_groups_are_not_used():
    assert Group not in admin.site._registry


# -- reference data ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("model", [Municipality, Succession])
@pytest.mark.parametrize("who", ["beheerder", "superuser"])
def test_reference_data_is_shown_and_not_changed(client, request, utrecht, model, who):
    request.getfixturevalue(who)
    row = model.objects.first()
    assert client.get(changelist(model)).status_code == 200
    assert client.get(change(row)).status_code == 200
    assert client.post(change(row), {"name": "x"}).status_code == 403
    assert client.get(add(model)).status_code == 403
    delete = reverse(f"admin:municipalities_{model._meta.model_name}_delete", args=[row.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_of_the_own_province_the_settings_change_and_nothing_else(client, beheerder, utrecht):
    form = {"name": "x", "code": "PV99", "one_person_decides": "on"}
    assert client.get(change(utrecht)).status_code == 200
    assert client.post(change(utrecht), form).status_code == 302
    utrecht.refresh_from_db()
    assert (utrecht.name, utrecht.code, utrecht.one_person_decides) == ("Utrecht", "PV26", True)
    other = Province.objects.get(code="PV25")
    assert client.post(change(other), form).status_code == 403
    assert client.get(add(Province)).status_code == 403
    other.refresh_from_db()
    assert not other.one_person_decides


def test_municipality_is_found_by_an_alias(client, beheerder):
    page = client.get(changelist(Municipality), {"q": "Den Haag"}).content.decode()
    assert "GM0518" in page
    assert "GM0344" not in page


# -- addresses ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def address(city):
    return city.post_address


@pytest.fixture
def other_address(gelderland):
    return make_post_address(municipality=Municipality.objects.get(name="Ede"), town="Ede")


def test_correction_is_kept_with_its_author(client, beheerder, address):
    response = client.post(change(address), {"line": "Postbus 2", "postcode": "3500 CE", "town": "Utrecht"})
    assert response.status_code == 302
    address.refresh_from_db()
    assert address.line == "Postbus 2"
    assert address.corrected_by == beheerder
    assert address.corrected_at is not None


def test_faulty_postcode_is_explained(client, beheerder, address):
    response = client.post(change(address), {"line": "Postbus 16200", "postcode": "3500CE", "town": "Utrecht"})
    assert response.status_code == 200
    assert "Schrijf de postcode als 3500 CE." in response.content.decode()
    address.refresh_from_db()
    assert address.corrected_by is None


def test_address_of_another_province_is_out_of_reach(client, beheerder, address, other_address):
    assert other_address not in client.get(changelist(PostAddress)).context["cl"].queryset
    response = client.post(change(other_address), {"line": "Postbus 9", "postcode": "3500 CE", "town": "Utrecht"})
    assert response.status_code == 302
    other_address.refresh_from_db()
    assert other_address.line == "Postbus 1"


def test_address_is_added_for_an_own_municipality_that_has_none(client, beheerder):
    own, other = Municipality.objects.get(name="De Bilt"), Municipality.objects.get(name="Epe")
    own.post_address.delete()
    offered = client.get(add(PostAddress)).context["adminform"].form.fields["municipality"].queryset
    assert list(offered) == [own]
    form = {"line": "Postbus 300", "postcode": "3720 AH", "town": "Bilthoven"}
    assert client.post(add(PostAddress), form | {"municipality": other.pk}).status_code == 200
    assert not PostAddress.objects.filter(municipality=other).exists()
    assert client.post(add(PostAddress), form | {"municipality": own.pk}).status_code == 302
    assert PostAddress.objects.get(municipality=own).corrected_by == beheerder


def test_superuser_reaches_the_addresses_of_all(client, superuser, address, other_address):
    shown = set(client.get(changelist(PostAddress)).context["cl"].queryset)
    assert {address, other_address} <= shown
    offered = client.get(add(PostAddress)).context["adminform"].form.fields["municipality"].queryset
    assert len({municipality.province_id for municipality in offered}) == 11
    assert not offered.filter(name="Ede").exists()


# -- people ------------------------------------------------------------------------------------------------------------


def test_beheerder_sees_the_own_people(client, beheerder, utrecht, gelderland):
    make_user(username="eigen", province=utrecht)
    make_user(username="ander", province=gelderland)
    make_user(username="niemand", role="")
    make_superuser(province=utrecht, role=Role.BEHEERDER)
    shown = {user.username for user in client.get(changelist(User)).context["cl"].queryset}
    assert shown == {"eigen", beheerder.username}


@pytest.mark.parametrize("who", ["of another province", "superuser", "superuser of the own province"])
def test_beheerder_does_not_reach_others(client, beheerder, gelderland, who):
    others = {
        "of another province": lambda: make_user(province=gelderland),
        "superuser": make_superuser,
        "superuser of the own province": lambda: make_superuser(province=beheerder.province, role=Role.LEZER),
    }
    other = others[who]()
    before = User.objects.values().get(pk=other.pk)
    client.get(change(other))
    client.post(change(other), person(role="beheerder", is_active="on"))
    passwords = {"password1": PASSWORD, "password2": PASSWORD, "usable_password": "true"}
    assert client.post(reverse("admin:auth_user_password_change", args=[other.pk]), passwords).status_code in {302, 404}
    assert User.objects.values().get(pk=other.pk) == before


@pytest.mark.parametrize("role", Role)
def test_beheerder_adds_a_person_to_the_own_province(client, beheerder, role):
    response = client.post(add(User), new_person(role=role))
    assert response.status_code == 302
    added = User.objects.get(username="kim")
    assert (added.province, added.role) == (beheerder.province, role)
    assert added.check_password(PASSWORD)
    assert added.is_staff == (role == Role.BEHEERDER)
    assert not added.is_superuser


def test_beheerder_gives_no_rights_beyond_the_role(client, beheerder, gelderland):
    grab = {"is_superuser": "on", "is_staff": "on", "province": gelderland.pk, "groups": "1", "user_permissions": "1"}
    client.post(add(User), new_person(**grab))
    added = User.objects.get(username="kim")
    client.post(change(added), person(role="toezichthouder", is_active="on", **grab))
    added.refresh_from_db()
    assert added.role == "toezichthouder"
    assert added.province == beheerder.province
    assert not added.is_superuser
    assert not added.is_staff


def test_person_of_a_province_needs_a_role(client, beheerder):
    response = client.post(add(User), new_person(role=""))
    assert response.status_code == 200
    assert list(response.context["adminform"].form.errors) == ["role"]
    assert not User.objects.filter(username="kim").exists()


def test_entry_to_the_admin_goes_with_the_role(client, beheerder):
    other = make_user(role=Role.BEHEERDER, province=beheerder.province)
    client.post(change(other), person(username=other.username, role="lezer", is_active="on"))
    other.refresh_from_db()
    assert (other.role, other.is_staff) == ("lezer", False)


def test_beheerder_takes_nothing_of_himself(client, beheerder, gelderland):
    taken = person(username=beheerder.username, role="vaststeller", is_superuser="on", province=gelderland.pk)
    client.post(change(beheerder), taken)
    province = beheerder.province
    beheerder.refresh_from_db()
    assert beheerder.first_name == "Kim"
    assert (beheerder.role, beheerder.province) == (Role.BEHEERDER, province)
    assert beheerder.is_active
    assert beheerder.is_staff
    assert not beheerder.is_superuser


def test_who_leaves_is_made_inactive_and_not_deleted(client, beheerder):
    other = make_user(province=beheerder.province)
    delete = reverse("admin:municipalities_user_delete", args=[other.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403
    client.post(change(other), person(username=other.username, role=other.role))
    other.refresh_from_db()
    assert not other.is_active


def test_superuser_gives_a_province_and_a_role(client, superuser, gelderland):
    response = client.post(add(User), new_person(province=gelderland.pk, role="beheerder"))
    assert response.status_code == 302
    added = User.objects.get(username="kim")
    assert (added.province, added.role, added.is_staff) == (gelderland, "beheerder", True)


@pytest.mark.parametrize("half", ["province", "role"])
def test_superuser_cannot_give_half_of_it(client, superuser, gelderland, half):
    whole = {"province": gelderland.pk, "role": "lezer"}
    response = client.post(add(User), new_person(**(whole | {half: ""})))
    assert response.status_code == 200
    assert "Een medewerker heeft een provincie én een rol, of geen van beide." in response.content.decode()


def test_superuser_makes_a_superuser(client, superuser):
    client.post(add(User), new_person(role="", is_superuser="on"))
    added = User.objects.get(username="kim")
    assert added.is_superuser
    assert added.is_staff


@pytest.mark.parametrize("model", [User, Municipality, Succession, PostAddress])
def test_list_takes_as_many_queries_for_many_rows_as_for_one(client, beheerder, monkeypatch, model):
    make_user(province=beheerder.province)
    counts = []
    for rows in (1, 20):
        monkeypatch.setattr(admin.site._registry[model], "list_per_page", rows)
        with CaptureQueriesContext(connection) as queries:
            client.get(changelist(model))
        counts.append(len(queries))
    assert counts[0] == counts[1]
