import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import StreamingHttpResponse
from django_scopes import get_scope, scopes_disabled
from django_scopes.exceptions import ScopeError

from municipalities.access import NO_PROVINCE, needs, province_scope
from municipalities.rights import RIGHTS, Right, Role
from supervision.models import LadderPolicy
from tests.municipalities.factories import make_province, make_superuser, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.municipalities.urls")]


@pytest.fixture
def gelderland(db):
    return make_province(code="PV25", name="Gelderland")


@pytest.fixture
def policies(utrecht, gelderland):
    with scopes_disabled():
        LadderPolicy.objects.all().delete()
        for province in (utrecht, gelderland):
            LadderPolicy.objects.create(
                province=province, name=f"Ladder van {province.name}", source="test", valid_from="2022-1"
            )


def text(response):
    return response.content.decode()


# -- province_scope ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_request_runs_in_the_province_of_the_user(client, gelderland, role):
    client.force_login(make_user(role=role, province=gelderland))
    assert client.get("/scope/").json() == {"enabled": True, "province": "PV25"}


def test_scope_ends_with_the_request(client, utrecht):
    client.force_login(make_user(province=utrecht))
    client.get("/scope/")
    assert not get_scope()


def test_two_users_in_turn_see_their_own(client, utrecht, gelderland, policies):
    for province in (utrecht, gelderland, utrecht):
        client.force_login(make_user(province=province))
        assert text(client.get("/policies/")) == f"Ladder van {province.name}"


def test_template_that_queries_is_confined_as_well(client, gelderland, policies):
    client.force_login(make_user(province=gelderland))
    assert text(client.get("/policies/lazily/")) == "Ladder van Gelderland"


def test_stream_that_queries_fails_closed(rf, utrecht, policies):
    request = rf.get("/stream/")
    request.user = make_user(province=utrecht)

    def stream(request):
        return StreamingHttpResponse(policy.name for policy in (1,) if list(LadderPolicy.objects.all()))

    response = province_scope(stream)(request)
    with pytest.raises(ScopeError):
        list(response)


def test_anonymous_is_sent_to_the_login(client):
    response = client.get("/scope/")
    assert response.status_code == 302
    assert response["Location"].startswith("/account/login/")


def test_anonymous_sees_nothing_where_a_view_is_exempt_by_mistake(rf, policies):
    request = rf.get("/policies/")
    request.user = AnonymousUser()
    with pytest.raises(ScopeError):
        province_scope(lambda request: list(LadderPolicy.objects.all()))(request)


def test_user_without_a_province_is_refused_with_a_sentence(client):
    client.force_login(make_user(role=""))
    response = client.get("/scope/")
    assert response.status_code == 403
    assert text(response) == NO_PROVINCE


def test_user_without_a_province_can_log_out(client):
    client.force_login(make_user(role=""))
    assert client.post("/account/logout/").status_code == 302
    assert client.get("/scope/").status_code == 302


def test_account_pages_and_health_run_without_a_province(client, utrecht):
    client.force_login(make_user(province=utrecht))
    for path in ("/account/scope/", "/gezond/"):
        assert client.get(path).json() == {"enabled": True, "province": None}


def test_health_is_not_asked_whose_it_is(rf):
    """It must answer when sessions and users cannot be read: this request has no user at all."""
    assert province_scope(lambda request: request.path)(rf.get("/gezond/")) == "/gezond/"


def test_superuser_without_a_province_sees_all_in_the_admin_only(client):
    client.force_login(make_superuser())
    assert client.get("/beheer/scope/").json()["enabled"] is False
    response = client.get("/scope/")
    assert response.status_code == 403
    assert text(response) == NO_PROVINCE


def test_superuser_with_a_province_is_confined_to_it(client, utrecht):
    client.force_login(make_superuser(province=utrecht, role=Role.BEHEERDER))
    for path in ("/scope/", "/beheer/scope/"):
        assert client.get(path).json() == {"enabled": True, "province": "PV26"}


def test_beheerder_is_confined_in_the_admin(client, gelderland):
    client.force_login(make_user(province=gelderland, role=Role.BEHEERDER))
    assert client.get("/beheer/scope/").json() == {"enabled": True, "province": "PV25"}


def test_user_without_a_province_is_refused_in_the_admin(client):
    user = make_user(role="")
    user.is_staff = True
    user.save()
    client.force_login(user)
    assert client.get("/beheer/scope/").status_code == 403


def test_address_that_only_looks_like_an_open_one_is_not(client):
    client.force_login(make_user(role=""))
    assert client.get("/gezond/x/").status_code == 403


def test_session_user_and_province_take_two_queries(client, utrecht, django_assert_num_queries):
    client.force_login(make_user(province=utrecht))
    with django_assert_num_queries(2):
        client.get("/scope/")


# -- needs -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_view_opens_for_the_roles_with_the_right(client, utrecht, role):
    client.force_login(make_user(role=role, province=utrecht))
    response = client.get("/enter/GM0344/")
    if Right.ENTER_FIGURES in RIGHTS[role]:
        assert text(response) == f"{role} voert GM0344 in"
    else:
        assert response.status_code == 403
        assert text(response) == f"Cijfers invoeren mag alleen een toezichthouder of beheerder; u bent {role}."


def test_superuser_has_no_rights_without_a_role(rf):
    request = rf.get("/enter/GM0344/")
    request.user = make_superuser()
    with pytest.raises(PermissionDenied, match="u hebt geen rol"):
        needs(Right.LOOK)(lambda request: None)(request)


def test_view_that_is_exempt_from_the_login_by_mistake_stays_shut(client):
    assert client.get("/look/").status_code == 403


def test_view_keeps_its_name_and_carries_the_right():
    @needs(Right.DECIDE)
    def decide(request, *, period):
        """Decide."""

    assert (decide.__name__, decide.__doc__, decide.right) == ("decide", "Decide.", Right.DECIDE)
