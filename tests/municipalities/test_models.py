import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import ProtectedError

from municipalities.models import Municipality, MunicipalityAlias, Population, PostAddress, Province, Succession, User
from municipalities.rights import Role
from tests.municipalities.factories import make_municipality, make_post_address, make_province, make_user

pytestmark = pytest.mark.django_db

NEW_YEAR = datetime.date(2019, 1, 1)
TOOI = "https://identifier.overheid.nl/tooi/id/"


@pytest.fixture
def proefland(db):
    """A province beside the real ones."""
    return make_province(code="PV90", name="Proefland")


@pytest.fixture
def oost(proefland):
    return make_municipality(code="GM9001", name="Proef-Oost", province=proefland)


@pytest.fixture
def west(proefland):
    return make_municipality(code="GM9002", name="Proef-West", province=proefland)


def refused_by_form_and_database(row, sentence, *, by_database=True):
    """The sentence is what a form shows; the database refuses the same row from code that asked no form."""
    with pytest.raises(ValidationError) as refusal:
        row.full_clean()
    assert refusal.value.messages == [sentence]
    if by_database:
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


# -- Province and municipality -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", ["26", "PV2", "pv26", "GM26", "PV26\n"])
def test_province_code_has_one_form(db, code):
    row = Province(code=code, name="Proefland", tooi_uri=TOOI)
    with pytest.raises(ValidationError, match="Een provinciecode is PV en twee cijfers"):
        row.full_clean()
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save()


def test_province_code_is_unique(proefland):
    refused_by_form_and_database(
        Province(code="PV90", name="Betuwe", tooi_uri=TOOI), "Er is al een provincie met deze code."
    )


def test_province_name_is_unique(proefland):
    refused_by_form_and_database(
        Province(code="PV91", name="Proefland", tooi_uri=TOOI), "Er is al een provincie met deze naam."
    )


@pytest.mark.parametrize("code", ["9003", "GM903", "gm9003", "PV9003", "GM900\n"])
def test_municipality_code_has_one_form(proefland, code):
    row = Municipality(code=code, name="Proefdorp", province=proefland, tooi_uri=TOOI)
    with pytest.raises(ValidationError, match="Een gemeentecode is GM en vier cijfers"):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_municipality_code_is_unique(oost):
    refused_by_form_and_database(
        Municipality(code="GM9001", name="Proefstad", province=oost.province, tooi_uri=TOOI),
        "Er is al een gemeente met deze code.",
    )


def test_two_municipalities_may_share_a_name(oost):
    assert make_municipality(code="GM9004", name="Proef-Oost", province=oost.province).pk


@pytest.mark.parametrize("valid_to", [NEW_YEAR, NEW_YEAR - datetime.timedelta(days=1)])
def test_municipality_exists_at_least_a_day(proefland, valid_to):
    refused_by_form_and_database(
        Municipality(
            code="GM9003", name="Proefdorp", province=proefland, tooi_uri=TOOI, valid_from=NEW_YEAR, valid_to=valid_to
        ),
        "Een gemeente kan niet zijn opgeheven voordat zij bestond.",
    )


@pytest.mark.parametrize("tile", [{"tile_column": 0}, {"tile_row": 0}])
def test_tile_has_a_column_and_a_row(proefland, tile):
    refused_by_form_and_database(
        Municipality(code="GM9003", name="Proefdorp", province=proefland, tooi_uri=TOOI, **tile),
        "Een plaats op de tegelkaart heeft een kolom én een rij.",
    )


def test_tile_holds_one_municipality(oost, west):
    Municipality.objects.filter(pk=oost.pk).update(tile_column=99, tile_row=0)
    west.tile_column, west.tile_row = 99, 0
    refused_by_form_and_database(west, "Op deze plaats van de tegelkaart staat al een gemeente.")


def test_tile_of_another_province_is_another_place(oost):
    Municipality.objects.filter(pk=oost.pk).update(tile_column=99, tile_row=0)
    elsewhere = make_municipality(code="GM9004", name="Elders")
    elsewhere.tile_column, elsewhere.tile_row = 99, 0
    elsewhere.full_clean()
    elsewhere.save()


def test_what_others_rest_on_cannot_be_deleted(oost):
    make_post_address(municipality=oost)
    user = make_user(province=oost.province)
    with pytest.raises(ProtectedError):
        oost.delete()
    with pytest.raises(ProtectedError):
        user.province.delete()


# -- Existing ----------------------------------------------------------------------------------------------------------


@pytest.fixture
def former(proefland):
    return make_municipality(code="GM9008", name="Vroeger", province=proefland, valid_to=NEW_YEAR)


@pytest.fixture
def successor(proefland):
    return make_municipality(code="GM9009", name="Zeeburg", province=proefland, valid_from=NEW_YEAR)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        (datetime.date(2014, 1, 1), ["Proef-Oost", "Vroeger"]),
        (datetime.date(2018, 12, 31), ["Proef-Oost", "Vroeger"]),
        (datetime.date(2019, 1, 1), ["Proef-Oost", "Zeeburg"]),
        (datetime.date(2026, 7, 1), ["Proef-Oost", "Zeeburg"]),
    ],
)
def test_last_day_is_the_one_before_valid_to(oost, former, successor, day, names):
    assert [municipality.name for municipality in oost.province.municipalities.existing(on=day)] == names
    assert [row.name for row in (oost, former, successor) if row.exists_on(day)] == names


@pytest.mark.parametrize(
    ("start", "end", "names"),
    [
        ((2018, 7, 1), (2019, 1, 1), ["Proef-Oost", "Vroeger"]),
        ((2019, 1, 1), (2019, 7, 1), ["Proef-Oost", "Zeeburg"]),
        ((2018, 12, 31), (2019, 1, 2), ["Proef-Oost", "Vroeger", "Zeeburg"]),
    ],
)
def test_within_a_period_counts_every_day_but_the_end(oost, former, successor, start, end, names):
    within = oost.province.municipalities.existing_within(start=datetime.date(*start), end=datetime.date(*end))
    assert [municipality.name for municipality in within] == names


# -- What is known of a municipality -----------------------------------------------------------------------------------


def test_alias_is_known_once_per_municipality(oost):
    MunicipalityAlias.objects.create(municipality=oost, alias="Ee-de", key="eede")
    refused_by_form_and_database(
        MunicipalityAlias(municipality=oost, alias="Eé de", key="eede"),
        "Deze schrijfwijze is bij deze gemeente al bekend.",
    )


def test_two_municipalities_may_share_an_alias(oost, west):
    MunicipalityAlias.objects.create(municipality=oost, alias="E", key="e")
    MunicipalityAlias(municipality=west, alias="E", key="e").full_clean()


def test_alias_has_something_to_compare(oost):
    row = MunicipalityAlias(municipality=oost, alias="–", key="")
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_population_is_counted_once_a_day(oost):
    Population.objects.create(municipality=oost, on=NEW_YEAR, persons=119_000)
    refused_by_form_and_database(
        Population(municipality=oost, on=NEW_YEAR, persons=1),
        "Voor deze gemeente en dag is er al een inwonertal.",
    )


def test_population_is_not_negative(oost):
    row = Population(municipality=oost, on=NEW_YEAR, persons=-1)
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_succession_is_known_once(oost, west):
    Succession.objects.create(on=NEW_YEAR, from_municipality=oost, to_municipality=west, kind="samenvoeging")
    refused_by_form_and_database(
        Succession(on=NEW_YEAR, from_municipality=oost, to_municipality=west, kind="splitsing"),
        "Deze herindeling is al bekend.",
    )


def test_succession_goes_to_another_municipality(oost):
    refused_by_form_and_database(
        Succession(on=NEW_YEAR, from_municipality=oost, to_municipality=oost, kind="naamswijziging"),
        "Een herindeling gaat van de ene naar een andere gemeente.",
    )


def test_succession_has_a_known_kind(oost, west):
    row = Succession(on=NEW_YEAR, from_municipality=oost, to_municipality=west, kind="ruzie")
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_kinds_of_the_database_are_those_of_the_form(oost, west):
    for kind in Succession.Kind:
        Succession(on=NEW_YEAR, from_municipality=oost, to_municipality=west, kind=kind).full_clean()


@pytest.mark.parametrize("postcode", ["3500CE", "3500 ce", "0500 CE", "350 CE", "B-1000"])
def test_postcode_has_one_form(oost, postcode):
    refused_by_form_and_database(
        PostAddress(municipality=oost, line="Postbus 1", postcode=postcode, town="Ede"),
        "Schrijf de postcode als 3500 CE.",
    )


def test_municipality_has_one_post_address(oost):
    make_post_address(municipality=oost)
    with pytest.raises(IntegrityError), transaction.atomic():
        PostAddress.objects.create(municipality=oost, line="Postbus 2", postcode="6710 AA", town="Ede")


def test_correction_says_when_and_by_whom(oost):
    refused_by_form_and_database(
        PostAddress(
            municipality=oost,
            line="Postbus 1",
            postcode="6710 AA",
            town="Ede",
            corrected_at=datetime.datetime(2022, 9, 22, tzinfo=datetime.UTC),
        ),
        "Bij een verbetering hoort wie haar deed, en wanneer.",
    )


# -- User --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_user_with_a_role_has_a_province(role, db):
    refused_by_form_and_database(
        User(username="sam", password="!", role=role),
        "Een medewerker heeft een provincie én een rol, of geen van beide.",
    )


def test_user_with_a_province_has_a_role(proefland):
    refused_by_form_and_database(
        User(username="sam", password="!", province=proefland),
        "Een medewerker heeft een provincie én een rol, of geen van beide.",
    )


def test_user_may_have_neither_province_nor_role(db):
    assert make_user(role="").province is None


def test_user_has_a_known_role(proefland):
    row = User(username="sam", password="!", province=proefland, role="baas")
    with pytest.raises(ValidationError):
        row.full_clean()
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


@pytest.mark.parametrize("role", Role)
def test_every_role_is_accepted_by_the_database(proefland, role):
    assert make_user(province=proefland, role=role).pk


def test_user_comes_with_the_province_in_one_query(proefland, django_assert_num_queries):
    made = make_user(province=proefland)
    with django_assert_num_queries(1):
        assert User.objects.get(pk=made.pk).province == proefland


def test_user_is_shown_by_name_and_else_by_login(db):
    assert str(User(username="sam", first_name="Sam", last_name="de Vries")) == "Sam de Vries"
    assert str(User(username="sam")) == "sam"
