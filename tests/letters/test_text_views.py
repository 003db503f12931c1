"""The pages of the text blocks: they work; who may not; another province; bad input; two tabs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from letters.actions.making import make_concept
from letters.models import Letter, LetterBlock, TextBlock
from letters.words.blocks import Change
from letters.words.kinds import kinds
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from tests.letters.factories import record_the_dossier
from tests.letters.text_page import OpenBlock
from tests.municipalities.factories import make_user
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON
from tests.supervision.views.conftest import browser_of
from tests.supervision.views.page import links, title, words

LIST = "/beheer/teksten/"
PAGES = [
    "",
    "toezichtbrief/",
    "vooraankondiging/",
    "indeplaatsstelling/",
    "afschrift/",
    "toezichtbrief/kader/",
    "vooraankondiging/kader/",
    "afschrift/uitkomst/",
]


@pytest.fixture
def administrator(utrecht: Province) -> Client:
    return browser_of(make_user(role=Role.BEHEERDER, province=utrecht))


@pytest.fixture
def dossier(utrecht: Province, city: Municipality, supervisor: User) -> Iterator[Province]:
    with scope(province=utrecht):
        record_the_dossier(by=supervisor, city=city)
        yield utrecht


def reader_of(province: Province) -> Client:
    return browser_of(make_user(role=Role.LEZER, province=province))


def kept(province: Province) -> list[TextBlock]:
    with scope(province=province):
        return list(TextBlock.objects.order_by("pk"))


# -- looking -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", PAGES)
def test_everybody_of_the_province_may_look(utrecht: Province, path: str) -> None:
    response = reader_of(utrecht).get(LIST + path)
    assert response.status_code == 200
    page = words(response)
    assert "Wijzigen" not in page
    assert "Blok toevoegen" not in page
    assert "Niet meer gebruiken" not in page


@pytest.mark.parametrize("path", [*PAGES, "toezichtbrief/kader/wijzigen/"])
def test_who_did_not_log_in_is_sent_to_the_door(db: None, path: str) -> None:
    assert Client().get(LIST + path).headers["Location"].startswith("/account/login/")


def test_the_list_says_when_each_block_applies_and_whose_words_it_has(administrator: Client, utrecht: Province) -> None:
    OpenBlock(administrator, "toezichtbrief/kader/wijzigen").types(text="Ons kader.").presses("opslaan")
    administrator.post(f"{LIST}toezichtbrief/slot/gebruik/", {"doe": "stoppen", "versie": "0"})
    page = words(administrator.get(LIST))
    assert "Kader Ons kader. altijd eigen tekst, versie 1" in page
    assert "op trede 3 (Actief toezicht) meegeleverd" in page
    assert "Slot Tot slot altijd niet gebruikt, versie 1" in page
    assert "als er een versnellingsactie is" in page


def test_a_kind_with_a_base_shows_its_own_blocks_first(administrator: Client) -> None:
    page = words(administrator.get(f"{LIST}vooraankondiging/"))
    own, shared = page.split("Uit de toezichtbrief")
    assert "Wat volgt op trede 4" in own
    assert "Wat volgt op trede 3" not in own
    assert "Wat volgt op trede 3" in shared


def test_a_block_shows_what_it_says_in_the_letter_to_a_municipality(dossier: Province) -> None:
    page = words(reader_of(dossier).get(f"{LIST}toezichtbrief/opschaling/?gemeente=GM0344"))
    assert "Opschaling van trede 2 naar trede 3" in page
    assert "groter dan de taakstelling over de eerste helft van 2022 (203 personen, zonder herverdeling)" in page


def test_a_block_that_the_letter_would_not_have_says_so(dossier: Province) -> None:
    page = words(reader_of(dossier).get(f"{LIST}toezichtbrief/trede-1/"))
    assert "Dit blok staat niet in de brief aan Utrecht: het staat er op trede 1 (Signaleren)." in page


def test_without_figures_there_is_no_example_and_the_page_says_so(administrator: Client) -> None:
    for path in ("toezichtbrief/kader/", "toezichtbrief/kader/wijzigen/"):
        page = words(administrator.get(LIST + path))
        assert "Er is nog geen gemeente met alle cijfers van een halfjaar." in page


def test_the_placeholders_are_listed_with_their_values(administrator: Client, dossier: Province) -> None:
    page = words(administrator.get(f"{LIST}toezichtbrief/kader/wijzigen/"))
    assert "((gemeente)) naam van de gemeente: Utrecht" in page
    assert "((achterstand_eind)) achterstand op de peildatum (met min: voorsprong): 207" in page
    assert "((termijn)) laatste dag van de termijn: nog niet bekend" in page


def test_it_says_how_many_concepts_follow_and_how_many_depart(
    administrator: Client, dossier: Province, city: Municipality, supervisor: User
) -> None:
    def page() -> str:
        return words(administrator.get(f"{LIST}toezichtbrief/slot/"))

    assert "Er zijn over 2022-1 geen concepten van deze soort." in page()
    letter = make_concept(by=supervisor, municipality=city, period=FIRST_HALF_OF_2022, now=NOON, today=NOON.date())
    assert "Over 2022-1: 1 concept van deze soort." in page()
    LetterBlock.objects.create(
        letter=letter, slug="slot", change=Change.CHANGED.value, text="Eigen.", changed_at=NOON, changed_by=supervisor
    )
    assert "1 concept wijkt van deze tekst af en houdt de eigen woorden." in page()
    assert "oudere versie" not in page()
    OpenBlock(administrator, "toezichtbrief/slot/wijzigen").types(text="Nieuw slot.").presses("opslaan")
    assert "Daarvan berust er 1 op een oudere versie van deze tekst." in page()
    assert "1 concept" not in words(administrator.get(f"{LIST}afschrift/ontvangst/"))


def test_the_number_of_queries_does_not_grow_with_the_versions(administrator: Client, dossier: Province) -> None:
    def queries(path: str) -> int:
        with CaptureQueriesContext(
            connection,
        ) as counted:
            administrator.get(LIST + path)
        return len(counted)

    administrator.get(LIST)
    paths = ("", "toezichtbrief/kader/", "toezichtbrief/kader/wijzigen/")
    before = [queries(path) for path in paths]
    for number in range(6):
        OpenBlock(administrator, "toezichtbrief/kader/wijzigen").types(text=f"Versie {number}.").presses("opslaan")
    assert [queries(path) for path in paths] == before


# -- who may not --------------------------------------------------------------------------------------------


WRITES = ["toezichtbrief/nieuw/", "toezichtbrief/kader/wijzigen/", "toezichtbrief/kader/gebruik/", "voorbeeld/"]


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize("role", [Role.LEZER, Role.TOEZICHTHOUDER, Role.VASTSTELLER])
def test_only_a_beheerder_writes(utrecht: Province, path: str, role: Role) -> None:
    other = browser_of(make_user(role=role, province=utrecht))
    assert other.get(LIST + path).status_code == 403
    assert other.post(LIST + path, {"doe": "stoppen", "versie": "0"}).status_code == 403
    assert not kept(utrecht)


@pytest.mark.parametrize("path", ["toezichtbrief/kader/gebruik/", "voorbeeld/"])
def test_what_is_sent_is_never_followed_as_a_link(administrator: Client, path: str) -> None:
    assert administrator.get(LIST + path).status_code == 405


def test_without_the_token_of_the_form_nothing_is_saved(utrecht: Province) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(make_user(role=Role.BEHEERDER, province=utrecht))
    for path in WRITES:
        assert client.post(LIST + path, {"doe": "stoppen", "versie": "0"}).status_code == 403


def test_another_province_has_its_own_words(administrator: Client, utrecht: Province) -> None:
    added = OpenBlock(administrator, "toezichtbrief/nieuw").types(label="Van ons", text="Onze zin.").presses("opslaan")
    address = added.headers["Location"]
    stranger = browser_of(make_user(role=Role.BEHEERDER, province=Province.objects.get(code="PV25")))
    assert stranger.get(address).status_code == 404
    assert stranger.get(f"{address}wijzigen/").status_code == 404
    assert stranger.post(f"{address}gebruik/", {"doe": "stoppen", "versie": "1"}).status_code == 404
    assert "Onze zin." not in words(stranger.get(LIST))


@pytest.mark.parametrize("path", ["niets/", "toezichtbrief/niets/", "toezichtbrief/niets/wijzigen/", "niets/nieuw/"])
def test_what_is_not_there_is_not_found(administrator: Client, path: str) -> None:
    assert administrator.get(LIST + path).status_code == 404


def test_an_example_of_a_block_that_is_not_there_is_not_found(administrator: Client) -> None:
    assert administrator.post(f"{LIST}voorbeeld/", {"soort": "niets"}).status_code == 404
    assert administrator.post(f"{LIST}voorbeeld/", {"soort": "toezichtbrief", "blok": "niets"}).status_code == 404


# -- writing ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", kinds())
def test_opened_and_saved_without_a_change_every_block_is_the_same(
    administrator: Client, utrecht: Province, kind: str
) -> None:
    for block in kinds()[kind].own_blocks:
        response = OpenBlock(administrator, f"{kind}/{block.slug}/wijzigen").presses("opslaan")
        assert response.status_code == 302, block.slug
    assert kept(utrecht) == []


def test_what_is_typed_is_saved_whole(administrator: Client, utrecht: Province) -> None:
    form = OpenBlock(administrator, "toezichtbrief/versnellingsactie/wijzigen").types(
        label="Versnelling",
        heading="Uw ((versnellingsacties))",
        text="Een **vette** zin.\n\n- een\n- twee",
        table="uitkomst",
        period="2022-1",
        trede="3 Actief toezicht",
        direction="opschaling",
        fact="herverdeling",
        after="kader",
        is_whole="on",
    )
    assert form.presses("opslaan").status_code == 302
    [row] = kept(utrecht)
    assert (row.label, row.heading, row.text, row.table) == (
        "Versnelling",
        "Uw ((versnellingsacties))",
        "Een **vette** zin.\n\n- een\n- twee",
        "uitkomst",
    )
    assert (str(row.period), row.trede, row.trede_name, row.direction, row.fact, row.is_whole, row.is_key) == (
        "2022-1",
        3,
        "Actief toezicht",
        "opschaling",
        "herverdeling",
        True,
        False,
    )
    assert (row.kind, row.slug, row.version) == ("toezichtbrief", "versnellingsactie", 1)
    page = words(administrator.get(LIST))
    assert "op trede 3 (Actief toezicht), bij opschaling, als er een herverdeling is, alleen in 2022-1" in page
    assert page.index("Versnelling ") < page.index("Kernzin")


def test_a_version_is_told_beside_the_one_before_it(administrator: Client) -> None:
    OpenBlock(administrator, "toezichtbrief/aanhef/wijzigen").types(text="Beste college,").presses("opslaan")
    page = words(administrator.get(f"{LIST}toezichtbrief/aanhef/"))
    assert "[weggehaald: Geacht ] [toegevoegd: Beste ] college," in page
    assert "Meegeleverde tekst" in page


def test_not_used_used_again_and_back_to_what_was_delivered(administrator: Client) -> None:
    address = f"{LIST}toezichtbrief/kader/"

    def acts(act: str, version: int) -> str:
        return words(administrator.post(f"{address}gebruik/", {"doe": act, "versie": str(version)}, follow=True))

    assert "Het blok komt niet meer in brieven." in acts("stoppen", 0)
    assert "Dat was al zo" in acts("stoppen", 1)
    assert "Het blok komt weer in brieven." in acts("weer", 1)
    OpenBlock(administrator, "toezichtbrief/kader/wijzigen").types(text="Anders.").presses("opslaan")
    assert "Intussen heeft" in acts("meegeleverd", 1)
    assert "De meegeleverde tekst geldt weer" in acts("meegeleverd", 3)
    assert "Kies wat u met het blok wilt doen." in acts("anders", 4)
    assert "Uw college moet zorgen" in words(administrator.get(address))


def test_a_kind_with_words_of_its_own_follows_its_base_again(administrator: Client) -> None:
    address = f"{LIST}vooraankondiging/kader/"
    follow = "Volg weer de tekst van de toezichtbrief"
    assert follow not in words(administrator.get(address))
    OpenBlock(administrator, "vooraankondiging/kader/wijzigen").types(text="Ons eigen kader.").presses("opslaan")
    assert follow in words(administrator.get(address))
    page = words(administrator.post(f"{address}gebruik/", {"doe": "volgen", "versie": "1"}, follow=True))
    assert "Het blok volgt weer de gedeelde tekst, als een nieuwe versie." in page
    assert "volgt weer de toezichtbrief, versie 2" in page
    assert "Versie 2" in page
    assert "Het blok volgt weer de tekst van de toezichtbrief." in page
    assert "[weggehaald: " in page
    assert follow not in page
    assert "Terug naar de meegeleverde tekst" not in page
    own, shared = words(administrator.get(f"{LIST}vooraankondiging/")).split("Uit de toezichtbrief")
    assert "Kader" not in own
    assert "volgt weer de toezichtbrief, versie 2" in shared


def test_a_base_is_not_followed_over_words_that_were_not_seen(administrator: Client, utrecht: Province) -> None:
    OpenBlock(administrator, "vooraankondiging/kader/wijzigen").types(text="Van een collega.").presses("opslaan")
    for seen in ("0", "x", ""):
        sent = {"doe": "volgen", "versie": seen}
        page = words(administrator.post(f"{LIST}vooraankondiging/kader/gebruik/", sent, follow=True))
        assert "versie 1 van deze tekst opgeslagen" in page
    assert [row.text for row in kept(utrecht)] == ["Van een collega."]


def test_concepts_of_a_kind_that_follows_again_are_counted_with_its_base(
    administrator: Client, dossier: Province, city: Municipality, supervisor: User
) -> None:
    letter = make_concept(by=supervisor, municipality=city, period=FIRST_HALF_OF_2022, now=NOON, today=NOON.date())
    Letter.objects.filter(pk=letter.pk).update(kind="vooraankondiging")
    OpenBlock(administrator, "vooraankondiging/slot/wijzigen").types(text="Ons slot.").presses("opslaan")
    address = f"{LIST}toezichtbrief/slot/"
    assert "Er zijn over 2022-1 geen concepten van deze soort." in words(administrator.get(address))
    administrator.post(f"{LIST}vooraankondiging/slot/gebruik/", {"doe": "volgen", "versie": "1"})
    assert "Over 2022-1: 1 concept van deze soort." in words(administrator.get(address))


def test_a_block_of_ones_own_is_added_before_the_end(administrator: Client, utrecht: Province) -> None:
    form = OpenBlock(administrator, "toezichtbrief/nieuw").types(label="Monitoring", text="Wij volgen ((gemeente)).")
    assert form.presses("opslaan").headers["Location"] == f"{LIST}toezichtbrief/monitoring/"
    assert "Het blok ‘Monitoring’ staat in de lijst en in brieven." in words(administrator.get(LIST))
    page = words(administrator.get(LIST))
    assert page.index("Volgend halfjaar") < page.index("Monitoring") < page.index("Slot Tot slot")
    assert form.presses("opslaan").status_code == 302
    assert len(kept(utrecht)) == 1


# -- two tabs -------------------------------------------------------------------------------------------------


def test_of_two_tabs_both_texts_are_shown_and_none_is_lost(administrator: Client, utrecht: Province) -> None:
    first, second = (OpenBlock(administrator, "toezichtbrief/kader/wijzigen") for _ in range(2))
    first.types(text="Van mijn collega.").presses("opslaan")
    clash = second.types(text="Van mij.", label="Ons kader").presses("opslaan")
    assert clash.status_code == 409
    assert title(clash).startswith("Fout:")
    page = words(clash)
    assert "versie 1 van deze tekst opgeslagen" in page
    assert "[weggehaald: mijn collega ] [toegevoegd: mij ]" in page
    assert "Naam: was ‘Kader’, is ‘Ons kader’." in page
    assert (second.fields["text"], second.fields["label"], second.fields["seen"]) == ("Van mij.", "Ons kader", "1")
    assert second.presses("opslaan").status_code == 302
    assert [row.text for row in kept(utrecht)] == ["Van mijn collega.", "Van mij."]


def test_a_double_click_is_one_version(administrator: Client, utrecht: Province) -> None:
    form = OpenBlock(administrator, "toezichtbrief/kader/wijzigen").types(text="Zo.")
    assert [form.presses("opslaan").status_code for _ in range(2)] == [302, 302]
    assert len(kept(utrecht)) == 1


# -- bad input --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": "Over ((gemeentee))."}, "De invulplek ((gemeentee)) bestaat niet. Bedoelt u ((gemeente))?"),
        ({"heading": "Over ((open"}, "Bij ‘((open’ ontbreekt ‘))’."),
        ({"text": ""}, "Vul een tekst in, of kies een tabel."),
        ({"label": ""}, "Geef het blok een naam."),
        ({"label": "Slot"}, "Er is al een blok met de naam ‘Slot’. Kies een andere naam."),
        ({"text": "a" * 10_001}, "Een tekst is hoogstens 10.000 tekens; dit zijn er meer."),
        ({"text": "a" * 200_000}, "Een tekst is hoogstens 10.000 tekens; dit zijn er meer."),
        ({"heading": "a" * 121}, "Een kop is hoogstens 120 tekens."),
        ({"text": "Rechts \u202e links"}, "Het teken U+202E kan niet in een brief staan."),
        ({"text": "nul\x00"}, "Null-tekens zijn niet toegestaan."),
        ({"period": "2022-3"}, "‘2022-3’ is geen halfjaar."),
        ({"trede": "9 Niets"}, "Selecteer een geldige keuze."),
        ({"after": "niets"}, "Selecteer een geldige keuze."),
        ({"seen": "x"}, "Laad de pagina opnieuw."),
        ({"seen": "9" * 30}, "Intussen heeft een collega"),
    ],
)
def test_bad_input_is_told_and_nothing_is_lost(
    administrator: Client, utrecht: Province, typed: dict[str, str], sentence: str
) -> None:
    form = OpenBlock(administrator, "toezichtbrief/kader/wijzigen").types(**{"text": "Een zin.", **typed})
    response = form.presses("opslaan")
    assert response.status_code in (409, 422)
    assert title(response).startswith("Fout:")
    assert sentence in words(response)
    assert kept(utrecht) == []


def test_html_and_templates_are_shown_as_they_were_typed(administrator: Client, dossier: Province) -> None:
    nasty = "<script>alert(1)</script> {{ trede }} {% now 'Y' %} <img src=x onerror=alert(1)>"
    form = OpenBlock(administrator, "toezichtbrief/kader/wijzigen").types(text=nasty, heading="<b>Kop</b>")
    assert form.presses("opslaan").status_code == 302
    for path in ("", "toezichtbrief/kader/", "toezichtbrief/kader/wijzigen/"):
        page = administrator.get(LIST + path).content.decode()
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "<b>Kop" not in page
    assert "komt letterlijk in de brief" in words(administrator.get(f"{LIST}toezichtbrief/kader/wijzigen/"))


def test_what_is_probably_not_meant_is_told_when_it_is_saved(administrator: Client) -> None:
    form = OpenBlock(administrator, "toezichtbrief/slot/wijzigen").types(heading="")
    address = form.presses("opslaan").headers["Location"]
    assert "De meegeleverde tekst heeft een kop." in words(administrator.get(address))


# -- the example while somebody types -----------------------------------------------------------------------------


def test_the_example_is_filled_with_the_figures_of_the_municipality(administrator: Client, dossier: Province) -> None:
    form = OpenBlock(administrator, "toezichtbrief/kader/wijzigen")
    response = form.previews(text="((gemeente)): **((achterstand_eind))**.", heading="Kop ((periode))")
    page = response.content.decode()
    assert "<html" not in page
    assert "Utrecht: <strong>207</strong>." in page
    assert "Kop 2022-1" in page
    assert kept(dossier) == []


def test_what_is_wrong_is_marked_in_the_example(administrator: Client, dossier: Province) -> None:
    page = OpenBlock(administrator, "toezichtbrief/kader/wijzigen").previews(text="Een ((tred)) en ((open")
    assert "<mark>[onbekende invulplek: tred]</mark>" in page.content.decode()
    assert "<mark>[invulplek zonder einde: open]</mark>" in page.content.decode()
    assert "Bedoelt u ((trede))?" in words(page)


def test_without_script_a_button_shows_the_example(administrator: Client, dossier: Province) -> None:
    response = (
        OpenBlock(administrator, "toezichtbrief/nieuw").types(label="x", text="Uit ((gemeente)).").presses("voorbeeld")
    )
    assert response.status_code == 200
    assert "Uit Utrecht." in words(response)
    assert kept(dossier) == []


def test_a_municipality_that_cannot_be_chosen_gives_another(administrator: Client, dossier: Province) -> None:
    form = OpenBlock(administrator, "toezichtbrief/kader/wijzigen")
    for code in ("GM9999", "GM0307", "' OR 1=1", "\x00"):
        assert "Utrecht." in words(form.previews(text="((gemeente)).", gemeente=code))


@pytest.mark.parametrize("typed", [{"text": "a" * 200_000}, {"label": ""}, {"trede": "x"}, {"seen": ""}])
def test_what_cannot_be_read_has_no_example_and_a_sentence(
    administrator: Client, dossier: Province, typed: dict[str, str]
) -> None:
    response = OpenBlock(administrator, "toezichtbrief/kader/wijzigen").previews(**typed)
    assert response.status_code == 200
    assert "Zo kan het blok niet worden opgeslagen" in words(response)


# -- the way there, and Django's own administration -----------------------------------------------------------------


def test_a_beheerder_gets_there_from_the_administration(administrator: Client) -> None:
    assert LIST in links(administrator.get("/beheer/letters/textblock/"))


def test_everybody_gets_there_from_the_letters(dossier: Province) -> None:
    assert LIST in links(reader_of(dossier).get("/2022-1/brieven/"))


def test_the_administration_only_looks(administrator: Client, utrecht: Province) -> None:
    OpenBlock(administrator, "toezichtbrief/kader/wijzigen").types(text="Ons kader.").presses("opslaan")
    [row] = kept(utrecht)
    address = f"/beheer/letters/textblock/{row.pk}/"
    assert administrator.get(f"{address}change/").status_code == 200
    assert administrator.post(f"{address}change/", {}).status_code == 403
    assert administrator.post(f"{address}delete/", {"post": "yes"}).status_code == 403
    assert administrator.get("/beheer/letters/textblock/add/").status_code == 403
