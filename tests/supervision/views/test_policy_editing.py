"""Making a new version of the ladder: works; may not; another province; bad input; two at once."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.models import Decision, FrozenHalfYear, LadderPolicy
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decided
from tests.supervision.ledger import deliver
from tests.supervision.views.conftest import browser_of
from tests.supervision.views.page import title, words
from tests.supervision.views.policy_page import Concept

LIST = "/beheer/beleidskader/"


@pytest.fixture
def administrator(utrecht: Province) -> Client:
    return browser_of(make_user(role=Role.BEHEERDER, province=utrecht))


@pytest.fixture
def decider(utrecht: Province) -> Client:
    return browser_of(make_user(role=Role.VASTSTELLER, province=utrecht))


@pytest.fixture
def pk(administrator: Client) -> int:
    response = administrator.post(f"{LIST}nieuw/")
    return int(response.headers["Location"].rstrip("/").rpartition("/")[2])


@pytest.fixture
def concept(administrator: Client, pk: int) -> Concept:
    return Concept(administrator, pk).types(naam="Beleidskader 2027", vanaf="2027-1")


def saved(utrecht: Province, pk: int) -> LadderPolicy:
    with scope(province=utrecht):
        return LadderPolicy.objects.prefetch_related("steps").get(pk=pk)


# -- the list -----------------------------------------------------------------


def test_the_list_shows_versions_concepts_and_frozen_half_years(administrator: Client, pk: int) -> None:
    text = words(administrator.get(LIST))
    assert "Beleidskader Interbestuurlijk Toezicht 2021–2024 2021-1 meegeleverd Terugkijken" in text
    assert "Bekijken en vaststellen" in text
    assert "Nieuwe versie maken" in text


def test_a_vaststeller_sees_the_concepts_and_makes_none(decider: Client, pk: int) -> None:
    text = words(decider.get(LIST))
    assert "Bekijken en vaststellen" in text
    assert "Nieuwe versie maken" not in text
    assert decider.post(f"{LIST}nieuw/").status_code == 403
    assert decider.get(f"{LIST}{pk}/").status_code == 403


@pytest.mark.parametrize("path", ["", "{pk}/", "{pk}/vaststellen/", "{pk}/terugkijken/"])
def test_who_may_not_is_refused(staff: Client, reader: Client, nobody: Client, pk: int, path: str) -> None:
    address = LIST + path.format(pk=pk)
    assert staff.get(address).status_code == 403
    assert reader.get(address).status_code == 403
    assert nobody.get(address).headers["Location"].startswith("/account/login/")


@pytest.mark.parametrize("path", ["{pk}/", "{pk}/vaststellen/", "{pk}/terugkijken/"])
def test_another_province_finds_nothing(pk: int, path: str) -> None:
    gelderland = Province.objects.get(code="PV25")
    stranger = browser_of(make_user(role=Role.BEHEERDER, province=gelderland))
    assert stranger.get(LIST + path.format(pk=pk)).status_code == 404
    assert stranger.post(LIST + path.format(pk=pk)).status_code in (404, 405)


@pytest.mark.parametrize("path", ["nieuw/", "bevriezen/", "bevroren/1/opheffen/", "{pk}/weggooien/"])
def test_what_writes_is_sent_and_never_followed(administrator: Client, pk: int, path: str) -> None:
    assert administrator.get(LIST + path.format(pk=pk)).status_code == 405


# -- the editor ---------------------------------------------------------------


def test_what_is_typed_is_saved_whole(concept: Concept, utrecht: Province, pk: int) -> None:
    concept.types(
        trede_1_maat="percentage_totaalopgave",
        trede_1_drempel="82,5",
        trede_2_maatregelen="verbeterplan; college; 42 dagen\nbericht; raad; peildatum",
        omhoog="2",
        uitkomsten="verschoonbaar, , verschoonbaar",
    )
    assert concept.presses("opslaan").status_code == 302
    row = saved(utrecht, pk)
    steps = list(row.steps.all())
    assert (row.name, row.valid_from, row.most_steps_up, row.outcomes) == (
        "Beleidskader 2027",
        Period(2027, 1),
        2,
        ["verschoonbaar"],
    )
    assert (steps[1].metric, str(steps[1].threshold)) == ("percentage_totaalopgave", "82.500")
    assert steps[2].measures == [
        {"name": "verbeterplan", "addressee": "college", "days": 42},
        {"name": "bericht", "addressee": "raad", "by_next_peildatum": True},
    ]


def test_opened_and_saved_without_a_change_it_is_the_same(concept: Concept, utrecht: Province, pk: int) -> None:
    before = [(step.number, step.metric, step.threshold, step.measures) for step in saved(utrecht, pk).steps.all()]
    assert concept.presses("opslaan").status_code == 302
    after = [(step.number, step.metric, step.threshold, step.measures) for step in saved(utrecht, pk).steps.all()]
    assert after == before


def test_a_step_is_added_and_filled_in(concept: Concept, utrecht: Province, pk: int) -> None:
    assert concept.presses("erbij").status_code == 200
    assert concept.fields["treden"] == "7"
    assert concept.fields["naam"] == "Beleidskader 2027", "what was typed is still there"
    concept.types(
        trede_6_naam="Nog een",
        trede_6_wanneer="Vijf keer.",
        trede_6_volgt="Meer.",
        trede_6_maat="achterstand_against_taakstelling",
        trede_6_drempel="1",
        trede_6_halfjaren="5",
    )
    assert concept.presses("opslaan").status_code == 302
    assert [step.name for step in saved(utrecht, pk).steps.all()][-1] == "Nog een"


def test_a_step_is_taken_away_and_two_change_places(concept: Concept) -> None:
    concept.presses("weg-1")
    assert (concept.fields["treden"], concept.fields["trede-1-naam"]) == ("5", "Actief toezicht")
    concept.presses("omhoog-1")
    assert concept.fields["trede-2-naam"] == "Actief toezicht"


@pytest.mark.parametrize("act", ["weg-99", "weg-", "omhoog-5", "omhoog-x", "iets", ""])
def test_an_act_that_cannot_be_changes_nothing(concept: Concept, act: str) -> None:
    assert concept.presses(act).status_code == 200
    assert concept.fields["treden"] == "6"


def test_no_more_than_nine_and_no_fewer_than_one(concept: Concept) -> None:
    for _ in range(5):
        concept.presses("erbij")
    assert concept.fields["treden"] == "9"
    for _ in range(12):
        concept.presses("weg-0")
    assert concept.fields["treden"] == "1"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"naam": ""}, "Vul de naam in."),
        ({"vanaf": "volgend jaar"}, "‘volgend jaar’ is geen halfjaar. Schrijf bijvoorbeeld 2022-1 of 2022-2."),
        ({"omhoog": "0"}, "Minstens 1, of niets."),
        ({"omhoog": "veel"}, "Vul een heel getal in, of niets."),
        ({"trede_1_drempel": "1.5"}, "Dit is geen getal. Schrijf bijvoorbeeld 1 of 82,5."),
        ({"trede_1_drempel": ""}, "Vul in welk getal op de puntjes van de voorwaarde komt."),
        ({"trede_1_drempel": "0"}, "Dit is een heel aantal personen, van 1 tot 99.999."),
        ({"trede_1_maat": ""}, "Kies een voorwaarde: alleen de laagste trede heeft er geen."),
        ({"trede_1_maat": "iets"}, "Selecteer een geldige keuze."),
        ({"trede_2_halfjaren": "2"}, "Trede 3 en trede 4 hebben dezelfde voorwaarde."),
        ({"trede_2_halfjaren": "21"}, "Het aantal halfjaren op rij is van 1 tot 20."),
        ({"trede_2_kleur": "sand"}, "Trede 2 heeft deze kleur al. Kies een andere."),
        ({"trede_2_naam": "signaleren"}, "Trede 1 heet ook zo. Geef deze trede een andere naam."),
        ({"trede_2_maatregelen": "plan; buurman"}, "‘buurman’ bij ‘plan’ is niemand. Kies college, raad of provincie."),
        ({"trede_2_maatregelen": "plan; raad; gauw"}, "‘gauw’ bij ‘plan’ is geen termijn."),
        ({"trede_2_maatregelen": "a; raad; 1; meer"}, "‘a; raad; 1; meer’ is niet te lezen."),
        ({"treden": "0"}, "Laad de pagina opnieuw: de treden ontbreken in wat u stuurde."),
        ({"treden": "abc"}, "Laad de pagina opnieuw"),
        ({"versie": ""}, "Fout:"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_saved(
    concept: Concept, utrecht: Province, pk: int, typed: dict[str, str], sentence: str
) -> None:
    response = concept.types(**typed).presses("opslaan")
    assert response.status_code == 422
    assert sentence in words(response) or sentence in title(response)
    assert title(response).startswith("Fout:")
    assert saved(utrecht, pk).version == 1


def test_signs_that_no_database_takes_are_refused(concept: Concept) -> None:
    assert concept.types(trede_1_naam="a\x00b").presses("opslaan").status_code == 422


# -- what it gives ------------------------------------------------------------


@pytest.mark.usefixtures("dossier")
def test_the_table_beside_the_form_says_what_it_gives(concept: Concept) -> None:
    response = concept.presses("bekijk")
    assert "In 2022-1 staat elke gemeente op dezelfde trede als volgens het geldende beleid (4 gemeenten)." in words(
        response
    )
    response = concept.changes(trede_2_drempel="2")
    assert "In 2022-1 staan van 4 gemeenten er 1 lager dan volgens het geldende beleid." in words(response)
    assert b"<html" not in response.content


@pytest.mark.usefixtures("dossier")
def test_while_it_is_not_sound_the_table_says_what_lacks(concept: Concept) -> None:
    response = concept.changes(trede_1_drempel="")
    assert response.status_code == 200
    assert "Trede 2: Vul in welk getal op de puntjes van de voorwaarde komt." in words(response)


def queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", ["", "vaststellen/", "terugkijken/"])
def test_as_many_queries_for_more_municipalities_and_half_years(
    administrator: Client, supervisor: User, city: Municipality, utrecht: Province, pk: int, path: str
) -> None:
    address = f"{LIST}{pk}/{path}"
    with scope(province=utrecht):
        deliver(by=supervisor, municipality=city, achterstand=1, taakstelling=6, realisatie=4)
        few = queries(administrator, address)
        for municipality in Municipality.objects.filter(province=utrecht).existing(on=Period(2022, 1).start):
            for back in range(5):
                period = Period(2022, 1).back(back)
                deliver(
                    by=supervisor,
                    municipality=municipality,
                    period=period,
                    overrules=True,
                    achterstand=1,
                    taakstelling=5,
                    realisatie=4,
                )
    assert queries(administrator, address) == few <= 16


# -- looking back -------------------------------------------------------------


@pytest.mark.usefixtures("dossier")
def test_looking_back_says_who_would_have_stood_where(concept: Concept, administrator: Client, pk: int) -> None:
    concept.types(trede_2_drempel="2").presses("opslaan")
    text = words(administrator.get(f"{LIST}{pk}/terugkijken/"))
    assert "In 2022-1 staan van 4 gemeenten er 1 lager dan volgens het geldende beleid." in text
    assert "Utrecht trede 2 toen trede 3, hiermee trede 2 ↓ omlaag" in text
    assert "Verschil 0 van 4 1 van 4" in text


@pytest.mark.usefixtures("dossier")
def test_also_a_published_policy_can_be_looked_back_with(administrator: Client, utrecht: Province) -> None:
    with scope(province=utrecht):
        published = LadderPolicy.objects.get(is_concept=False)
    assert "elke gemeente op dezelfde trede" in words(administrator.get(f"{LIST}{published.pk}/terugkijken/"))


@pytest.mark.usefixtures("dossier")
def test_a_ladder_of_another_number_of_steps_is_compared_by_name(
    concept: Concept, administrator: Client, pk: int
) -> None:
    concept.presses("weg-1")
    concept.presses("opslaan")
    text = words(administrator.get(f"{LIST}{pk}/terugkijken/"))
    assert "op een andere trede dan volgens het geldende beleid" in text


# -- publishing ---------------------------------------------------------------


def publish(client: Client, pk: int, version: int = 1):
    return client.post(f"{LIST}{pk}/vaststellen/", {"versie": version})


def test_a_second_person_publishes_it_and_it_is_on_its_page(decider: Client, utrecht: Province, pk: int) -> None:
    assert "vaststellen?" in words(decider.get(f"{LIST}{pk}/vaststellen/"))
    response = publish(decider, pk)
    assert response.headers["Location"] == f"/beleidskader/{pk}/"
    assert not saved(utrecht, pk).is_concept
    assert decider.get(f"{LIST}{pk}/vaststellen/").status_code == 404


@pytest.mark.usefixtures("dossier")
@pytest.mark.parametrize(("begins", "told"), [("2022-1", "Over 2022-1 (1 gemeente) is al besloten."), ("2022-2", "")])
def test_what_was_decided_from_then_on_is_told_and_stands(
    concept: Concept,
    decider: Client,
    supervisor: User,
    utrecht: Province,
    city: Municipality,
    pk: int,
    begins: str,
    told: str,
) -> None:
    with scope(province=utrecht):
        decision = decided(supervisor, make_user(role=Role.VASTSTELLER, province=utrecht), city)
    concept.types(vanaf=begins).presses("opslaan")
    text = words(decider.get(f"{LIST}{pk}/vaststellen/")).replace("\u00a0", " ")
    assert told in text
    assert ("al besloten" in text) is bool(told)
    publish(decider, pk, saved(utrecht, pk).version)
    assert not saved(utrecht, pk).is_concept
    with scope(province=utrecht):
        assert Decision.objects.get().proposal.trede == decision.proposal.trede


def test_the_maker_is_told_that_another_has_to(administrator: Client, utrecht: Province, pk: int) -> None:
    response = publish(administrator, pk)
    assert response.status_code == 409
    assert "U hebt dit concept zelf het laatst gewijzigd. Laat een ander het vaststellen." in words(response)
    assert saved(utrecht, pk).is_concept


@pytest.mark.parametrize("version", ["2", "", "x", "9" * 30, "²"])
def test_what_is_published_is_the_version_that_was_seen(decider: Client, utrecht: Province, pk: int, version) -> None:
    response = publish(decider, pk, version)
    assert response.status_code == 409
    assert "heeft dit concept gewijzigd sinds u het opende" in words(response)
    assert saved(utrecht, pk).is_concept


def test_a_concept_is_on_no_page_for_all(reader: Client, administrator: Client, utrecht: Province, pk: int) -> None:
    assert reader.get(f"/beleidskader/{pk}/").status_code == 404
    with scope(province=utrecht):
        published = LadderPolicy.objects.get(is_concept=False)
    assert "Beleidskaders beheren" not in words(reader.get(f"/beleidskader/{published.pk}/"))
    assert "Beleidskaders beheren" in words(administrator.get(f"/beleidskader/{published.pk}/"))


def test_what_is_published_is_not_edited_any_more(concept: Concept, decider: Client, pk: int) -> None:
    publish(decider, pk)
    response = concept.presses("opslaan")
    assert response.status_code == 404
    assert "verandert niet meer. Maak een nieuwe versie." in words(response)


# -- two at once --------------------------------------------------------------


def test_of_two_editors_the_second_keeps_what_was_typed_and_may_save_it_knowingly(
    concept: Concept, utrecht: Province, pk: int
) -> None:
    colleague = Concept(browser_of(make_user(role=Role.BEHEERDER, province=utrecht)), pk)
    colleague.types(naam="Van de collega").presses("opslaan")
    response = concept.presses("opslaan")
    assert response.status_code == 409
    assert "heeft dit concept gewijzigd sinds u het opende" in words(response)
    assert saved(utrecht, pk).name == "Van de collega"
    assert (concept.fields["naam"], concept.fields["versie"]) == ("Beleidskader 2027", "2")
    assert concept.presses("opslaan").status_code == 302
    assert saved(utrecht, pk).name == "Beleidskader 2027"


def test_a_concept_that_was_thrown_away_meanwhile_is_told(concept: Concept, utrecht: Province, pk: int) -> None:
    other = browser_of(make_user(role=Role.BEHEERDER, province=utrecht))
    assert other.post(f"{LIST}{pk}/weggooien/", {"versie": "1"}).status_code == 302
    assert concept.presses("opslaan").status_code == 404
    assert other.post(f"{LIST}{pk}/weggooien/", {"versie": "1"}).status_code == 404


# -- frozen half-years --------------------------------------------------------


def test_a_half_year_is_frozen_and_lifted(decider: Client, utrecht: Province) -> None:
    assert decider.post(f"{LIST}bevriezen/", {"halfjaar": "2020-1", "reden": "Corona"}).status_code == 302
    assert "2020-1 Corona" in words(decider.get(LIST))
    with scope(province=utrecht):
        row = FrozenHalfYear.objects.get()
    assert decider.post(f"{LIST}bevroren/{row.pk}/opheffen/").status_code == 302
    assert "opgeheven" in words(decider.get(LIST))
    assert "telde al weer mee" in words(decider.post(f"{LIST}bevroren/{row.pk}/opheffen/", follow=True))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"halfjaar": "", "reden": "Corona"}, "Vul in welk halfjaar wordt bevroren."),
        ({"halfjaar": "2020-3", "reden": "Corona"}, "is geen halfjaar"),
        ({"halfjaar": "2020-1", "reden": " "}, "Vul in waarom het halfjaar wordt bevroren."),
    ],
)
def test_a_half_year_without_a_reason_is_not_frozen(decider: Client, typed: dict[str, str], sentence: str) -> None:
    response = decider.post(f"{LIST}bevriezen/", typed)
    assert response.status_code == 422
    assert sentence in words(response)


def test_who_may_not_freezes_nothing(staff: Client, reader: Client, utrecht: Province) -> None:
    for client in (staff, reader):
        assert client.post(f"{LIST}bevriezen/", {"halfjaar": "2020-1", "reden": "X"}).status_code == 403
    with scope(province=utrecht):
        assert not FrozenHalfYear.objects.exists()


def test_a_frozen_half_year_of_another_province_is_not_found(decider: Client, utrecht: Province) -> None:
    decider.post(f"{LIST}bevriezen/", {"halfjaar": "2020-1", "reden": "Corona"})
    with scope(province=utrecht):
        row = FrozenHalfYear.objects.get()
    stranger = browser_of(make_user(role=Role.BEHEERDER, province=Province.objects.get(code="PV25")))
    assert stranger.post(f"{LIST}bevroren/{row.pk}/opheffen/").status_code == 404
