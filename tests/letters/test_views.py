"""The page of a letter and its downloads: works; who may; another province; no figures; bad input."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django_scopes import scope

from letters.models import Letterhead
from municipalities.models import Municipality, PostAddress, Province, User
from municipalities.rights import Role
from supervision.models import Delivery
from tests.letters.cases import LOGO, SIGNATURE
from tests.letters.factories import make_letterhead, make_signatory, record_a_row, record_the_dossier
from tests.letters.reading import attachments_of, insides_of, text_of
from tests.municipalities.factories import make_user
from tests.supervision.ledger import FIRST_HALF_OF_2022, deliver

PAGE = "/2022-1/gemeenten/GM0344/brief/"
LETTER, BIJLAGE, BOTH = f"{PAGE}toezichtbrief.pdf", f"{PAGE}bijlage.pdf", f"{PAGE}toezichtbrief-met-bijlage.pdf"
SENT = {
    "datum": "2022-09-22",
    "documentnummer": "82508878",
    "contactpersoon": "A. Jansen",
    "telefoonnummer": "",
    "e_mailadres": "",
}


@pytest.fixture(autouse=True)
def dossier(utrecht: Province, city: Municipality, supervisor: User) -> None:
    with scope(province=utrecht):
        make_letterhead(utrecht)
        record_the_dossier(by=supervisor, city=city)


@pytest.fixture
def maker(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


def text(client: Client, address: str, data: dict[str, str] | None = None, status: int = 200) -> str:
    """The page with ordinary spaces."""
    page = client.get(address, data or {})
    assert page.status_code == status, page.content.decode()[:500]
    return " ".join(page.content.decode().replace("\u00a0", " ").split())


def test_the_page_shows_the_letter_and_asks_for_its_details(maker: Client, supervisor: User) -> None:
    page = text(maker, PAGE)
    assert "<title> Toezichtbrief Utrecht 2022-1 – Trede </title>" in page
    assert "Opschaling van trede 2 naar trede 3." in page
    assert "Uw gemeente heeft de taakstelling niet gehaald en de achterstand is gegroeid." in page
    assert "171 + 203 + 1" in page
    for name in ("datum", "documentnummer", "contactpersoon", "telefoonnummer", "e_mailadres", "plandatum"):
        assert f'name="{name}"' in page
    for name in ("termijn", "rechtsmiddel", "besluitdatum", "maatregelendatum"):
        assert f'name="{name}"' not in page
    assert f'value="{supervisor.get_full_name()}"' in page
    assert "style=" not in page


def test_what_is_filled_in_shows_in_the_letter(maker: Client) -> None:
    page = text(maker, PAGE, SENT | {"plandatum": "2022-12-24"})
    assert "<dd>22 september 2022</dd>" in page
    assert "<dd>82508878</dd>" in page
    assert "uiterlijk 24 december 2022 te sturen;" in page


@pytest.mark.parametrize("address", [LETTER, BOTH])
def test_the_figures_come_along_inside_the_letter(address: str, maker: Client, tmp_path: Path) -> None:
    file = tmp_path / "letter.pdf"
    file.write_bytes(maker.get(address, SENT).content)
    files = attachments_of(file)
    assert list(files) == ["cijfers-GM0344-2022-1.csv", "cijfers-GM0344-2022-1.json"]
    written = json.loads(files["cijfers-GM0344-2022-1.json"])
    assert written["gemeente"]["tooi"] == "https://identifier.overheid.nl/tooi/id/gemeente/gm0344"
    assert written["provincie"]["tooi"] == "https://identifier.overheid.nl/tooi/id/provincie/pv26"
    assert written["brief"] == {"datum": "2022-09-22", "documentnummer": "82508878"}
    assert {each["cijfer"]: each["waarde"] for each in written["cijfers"]}["realisatie"] == 168
    assert not any(b"A. Jansen" in data for data in files.values())


def test_the_letter_comes_down_with_what_is_filled_in(maker: Client, tmp_path: Path) -> None:
    answer = maker.get(LETTER, SENT)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="toezichtbrief-GM0344-2022-1.pdf"'
    assert answer["Cache-Control"] == "private, no-store"
    file = tmp_path / "letter.pdf"
    file.write_bytes(answer.content)
    written = " ".join(text_of(file).split())
    assert "82508878" in written
    assert "A. Jansen" in written


def test_the_bijlage_comes_down_too(maker: Client, tmp_path: Path) -> None:
    answer = maker.get(BIJLAGE, SENT)
    assert answer["Content-Disposition"] == 'attachment; filename="bijlage-interventieladder-2022-1.pdf"'
    file = tmp_path / "bijlage.pdf"
    file.write_bytes(answer.content)
    assert "Bijlage bij toezichtbrieven" in text_of(file)


def test_both_come_down_in_one_file(maker: Client, tmp_path: Path) -> None:
    answer = maker.get(BOTH, SENT)
    assert answer["Content-Disposition"] == 'attachment; filename="toezichtbrief-met-bijlage-GM0344-2022-1.pdf"'
    file = tmp_path / "both.pdf"
    file.write_bytes(answer.content)
    written = text_of(file)
    assert written.index("82508878") < written.index("Hoogachtend,") < written.index("De zes treden")


def test_the_bijlage_is_never_an_afterthought(maker: Client) -> None:
    """The one primary button gives the letter with it."""
    [primary] = re.findall(r"<button[^>]*--primary-action[^>]*>", text(maker, PAGE).split('class="form__acts"')[1])
    assert 'value="brief-met-bijlage"' in primary


def test_the_bijlage_is_the_same_whatever_municipality_and_letter_it_was_made_for(
    maker: Client, supervisor: User
) -> None:
    zeist = Municipality.objects.get(code="GM0355")
    deliver(by=supervisor, municipality=zeist, achterstand=0, taakstelling=37, realisatie=40)
    of_zeist = BIJLAGE.replace("GM0344", "GM0355")
    assert maker.get(BIJLAGE, SENT).content == maker.get(of_zeist).content == maker.get(BIJLAGE, {"datum": "x"}).content


def test_the_buttons_lead_to_the_downloads_with_the_details(maker: Client) -> None:
    for pressed, address in {"brief-met-bijlage": BOTH, "toezichtbrief": LETTER, "bijlage": BIJLAGE}.items():
        answer = maker.get(PAGE, SENT | {"maak": pressed})
        assert answer.status_code == 302
        assert answer["Location"].startswith(f"{address}?datum=2022-09-22&documentnummer=82508878")
        assert "maak" not in answer["Location"]
    assert maker.get(PAGE, SENT | {"maak": "voorbeeld"}).status_code == 200
    assert maker.get(PAGE, SENT | {"maak": "iets"}).status_code == 200


def test_a_download_without_details_has_the_usual_ones(maker: Client) -> None:
    assert maker.get(LETTER).content.startswith(b"%PDF")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"datum": ""}, "Vul een datum in."),
        ({"datum": "gisteren"}, "Vul een datum in, zoals 22-09-2022."),
        ({"datum": "2022-06-30"}, "Een brief over 2022-1 kan niet van vóór 1 juli 2022 zijn."),
        ({"datum": "9999-12-31"}, "Deze datum ligt te ver weg."),
        ({"datum": "0001-01-01"}, "Een brief over 2022-1 kan niet van vóór 1 juli 2022 zijn."),
        ({"plandatum": "2022-09-01"}, "Deze dag moet na de datum van de brief liggen (22 september 2022)."),
        ({"plandatum": "x"}, "Vul een datum in, zoals 22-09-2022."),
        ({"e_mailadres": "x"}, "Voer een geldig e-mailadres in."),
        ({"contactpersoon": "→"}, "Het teken ‘→’ kan niet in een brief staan."),
        ({"documentnummer": "8" * 31}, "30 tekens"),
        ({"contactpersoon": "a\x00b"}, "Null-tekens zijn niet toegestaan."),
    ],
)
def test_a_wrong_detail_is_said_beside_its_field_and_the_rest_is_kept(
    wrong: dict[str, str], said: str, maker: Client
) -> None:
    page = text(maker, PAGE, SENT | wrong | {"maak": "toezichtbrief"})
    assert "<title> Fout:" in page
    assert said in page
    assert 'aria-invalid="true"' in page
    if "documentnummer" not in wrong:
        assert 'value="82508878"' in page
    for address in (LETTER, BOTH):
        answer = maker.get(address, SENT | wrong)
        assert answer.status_code == 302
        assert answer["Location"].startswith(f"{PAGE}?")


def test_typed_html_is_text(maker: Client) -> None:
    typed = "<script>alert(1)</script>{{ x }}((trede))"
    page = text(maker, PAGE, SENT | {"contactpersoon": typed})
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;{{ x }}((trede))" in page


def test_what_is_still_open_is_listed_and_marked(maker: Client, city: Municipality) -> None:
    PostAddress.objects.filter(municipality=city).delete()
    page = text(maker, PAGE)
    assert "Nog in te vullen:" in page
    assert "<li>postadres van de gemeente</li>" in page
    assert "<mark>[nog in te vullen: postadres van de gemeente]</mark>" in page


@pytest.mark.parametrize(
    ("half_years", "asked"),
    [
        (
            3,
            {
                "termijn": ("laatste dag van de termijn in het besluit", "2022-12-31"),
                "rechtsmiddel": ("rechtsmiddel tegen het besluit", "U kunt bezwaar maken."),
            },
        ),
        (
            4,
            {
                "besluitdatum": ("datum van het besluit tot indeplaatsstelling", "2022-03-22"),
                "maatregelendatum": ("datum van het overzicht van maatregelen", "2022-11-01"),
            },
        ),
    ],
)
def test_what_trede_5_and_6_ask_for_is_listed_until_it_is_filled_in(
    half_years: int, asked: dict[str, tuple[str, str]], maker: Client, supervisor: User, utrecht: Province
) -> None:
    page = PAGE.replace("GM0344", "GM0342")
    with scope(province=utrecht):
        record_a_row(by=supervisor, municipality=Municipality.objects.get(code="GM0342"), half_years=half_years)
    open_page = text(maker, page)
    assert re.findall(r"<li>(\w[^<]*)</li>", open_page.split("Nog in te vullen:")[1].split("</ul>")[0]) == [
        label for label, _ in asked.values()
    ]
    for name, (label, _) in asked.items():
        assert f'name="{name}"' in open_page
        assert f"<mark>[nog in te vullen: {label}]</mark>" in open_page
    assert "Nog in te vullen" not in text(maker, page, SENT | {name: value for name, (_, value) in asked.items()})


def test_a_letter_with_voorbeeldcijfers_says_so_to_everybody(maker: Client, client: Client, utrecht: Province) -> None:
    said = "Voorbeeld: met voorbeeldcijfers"
    assert said not in text(maker, PAGE)
    with scope(province=utrecht):
        Delivery.objects.filter(figures__period=FIRST_HALF_OF_2022).update(is_sample=True)
    assert text(maker, PAGE).count(said) == 2
    client.force_login(make_user(role=Role.LEZER, province=utrecht))
    assert text(client, PAGE).count(said) == 2


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_makes_no_letters_reads_it_without_form_or_download(role: str, client: Client, utrecht: Province) -> None:
    client.force_login(make_user(role=role, province=utrecht))
    page = text(client, PAGE, SENT | {"contactpersoon": "A. Jansen", "maak": "toezichtbrief"})
    assert "Uw gemeente heeft de taakstelling niet gehaald" in page
    assert 'name="documentnummer"' not in page
    assert "Toezichtbrief (pdf)" not in page
    assert "A. Jansen" not in page
    for address in (LETTER, BIJLAGE, BOTH):
        assert "Brieven maken mag alleen een toezichthouder of beheerder" in text(client, address, status=403)


@pytest.mark.parametrize("role", [Role.TOEZICHTHOUDER, Role.BEHEERDER])
def test_who_makes_letters_downloads_them(role: str, client: Client, utrecht: Province) -> None:
    client.force_login(make_user(role=role, province=utrecht))
    assert client.get(LETTER).status_code == 200


def test_somebody_of_another_province_finds_nothing(client: Client) -> None:
    client.force_login(make_user(role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV25")))
    for address in (PAGE, LETTER, BIJLAGE, BOTH):
        assert "geen gemeente met de code" in text(client, address, status=404)


@pytest.mark.parametrize("address", [PAGE, LETTER, BIJLAGE, BOTH])
def test_a_stranger_is_asked_to_log_in(address: str, client: Client) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize(
    "address",
    [
        "/2022-1/gemeenten/GM9999/brief/",
        "/2022-1/gemeenten/<script>/brief/toezichtbrief.pdf",
        "/2022-1/gemeenten/GM0620/brief/",  # Vianen, which became Vijfheerenlanden in 2019
        "/2022-3/gemeenten/GM0344/brief/",
        "/0000-1/gemeenten/GM0344/brief/bijlage.pdf",
    ],
)
def test_what_is_not_there_is_not_found(address: str, maker: Client) -> None:
    text(maker, address, status=404)


def test_without_the_final_count_the_page_says_what_lacks(maker: Client, supervisor: User, city: Municipality) -> None:
    deliver(by=supervisor, municipality=city, period=FIRST_HALF_OF_2022.next, realisatie=15, as_of=date(2022, 7, 7))
    said = "Over 2022-2 kan nog geen brief worden gemaakt: de realisatie tot de peildatum 1 januari 2023 ontbreekt."
    page = text(maker, PAGE.replace("2022-1", "2022-2"))
    assert said in page
    assert 'href="/2022-2/cijfers/"' in page
    for address in (LETTER, BIJLAGE, BOTH):
        assert said in text(maker, address.replace("2022-1", "2022-2"), status=404)


def test_before_the_first_ladder_the_page_says_so(maker: Client, supervisor: User, city: Municipality) -> None:
    period = FIRST_HALF_OF_2022.back(6)
    deliver(by=supervisor, municipality=city, period=period, achterstand=1, taakstelling=2, realisatie=3)
    assert f"Voor {period} is er geen interventieladder van de provincie." in text(
        maker, PAGE.replace("2022-1", str(period))
    )


def test_post_changes_nothing(maker: Client) -> None:
    """The form is a question: it has no POST, and with a token or not there is nothing to forge."""
    assert maker.post(PAGE, SENT).status_code in (200, 405)


# -- the letterhead and who signs -------------------------------------------------------------------


@pytest.fixture
def dressed(utrecht: Province) -> Letterhead:
    """With a logo, a signature, somebody for the team and somebody who left."""
    with scope(province=utrecht):
        letterhead = Letterhead.objects.get()
        letterhead.logo, letterhead.accent, letterhead.footer = LOGO, "#1A4F7A", "Voorbeeldplein 1"
        letterhead.save()
        letterhead.signatories.update(signature=SIGNATURE)
        make_signatory(letterhead, name="B. de Vries", role="teamleider", mandate="namens dezen,", position=2)
        make_signatory(letterhead, name="C. Smit", position=3, ends_on=date(2021, 12, 31))
    return letterhead


@pytest.mark.parametrize("address", [LETTER, BOTH, BIJLAGE, f"{PAGE.replace('brief/', '')}gespreksnotitie.pdf"])
def test_every_document_has_the_look_of_the_letterhead(
    address: str, dressed: Letterhead, maker: Client, tmp_path: Path
) -> None:
    file = tmp_path / "document.pdf"
    answer = maker.get(address, SENT)
    assert answer.status_code == 200
    file.write_bytes(answer.content)
    insides = insides_of(file)
    assert b"/Alt (Provincie Utrecht)" in insides
    assert (b"/Alt (Handtekening)" in insides) == (address in (LETTER, BOTH))
    assert b"0.101961 0.309804 0.478431" in insides
    assert "Voorbeeldplein 1" in text_of(file)


def test_another_may_sign_than_the_usual_one(dressed: Letterhead, maker: Client, tmp_path: Path) -> None:
    with scope(province=dressed.province):
        team = dressed.signatories.get(name="B. de Vries")
    page = text(maker, PAGE)
    assert "De gebruikelijke op de datum van de brief" in page
    assert "B. de Vries, teamleider" in page
    page = text(maker, PAGE, SENT | {"ondertekenaar": str(team.pk)})
    assert "namens dezen," in page
    file = tmp_path / "letter.pdf"
    file.write_bytes(maker.get(LETTER, SENT | {"ondertekenaar": str(team.pk)}).content)
    assert "B. de Vries" in text_of(file)
    assert "de heer of mevrouw Voorbeeld" not in text_of(file)
    assert b"/Alt (Handtekening)" not in insides_of(file)


def test_who_left_cannot_sign_and_the_page_says_why(dressed: Letterhead, maker: Client) -> None:
    with scope(province=dressed.province):
        left = dressed.signatories.get(name="C. Smit")
    page = text(maker, PAGE, SENT | {"ondertekenaar": str(left.pk)})
    assert (
        "C. Smit, gedeputeerde ondertekende tot en met 31 december 2021 en kan een brief van 22 september 2022 niet"
        " ondertekenen." in page
    )
    answer = maker.get(LETTER, SENT | {"ondertekenaar": str(left.pk)})
    assert answer.status_code == 302
    assert answer["Location"].startswith(PAGE)


@pytest.mark.parametrize("typed", ["999999", "x", "-1", "1 OR 1=1"])
def test_somebody_who_is_not_there_cannot_sign(typed: str, dressed: Letterhead, maker: Client) -> None:
    assert maker.get(PAGE, SENT | {"ondertekenaar": typed}).status_code == 200
    assert maker.get(LETTER, SENT | {"ondertekenaar": typed}).status_code == 302


def test_where_one_person_signs_there_is_nothing_to_choose(maker: Client) -> None:
    assert "ondertekenaar" not in text(maker, PAGE)


def test_a_letter_of_a_day_on_which_nobody_may_sign_asks_for_a_name(utrecht: Province, maker: Client) -> None:
    with scope(province=utrecht):
        Letterhead.objects.get().signatories.update(ends_on=date(2022, 6, 30))
    page = text(maker, PAGE, SENT)
    assert "Nog in te vullen:" in page
