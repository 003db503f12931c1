"""The page of a concept: shows, saves, refuses, tells of a clash; who may; another province; hostile input."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from letters.models import Draft, Letter, LetterBlock, Letterhead
from municipalities.models import Municipality, PostAddress, Province, User
from municipalities.rights import Role
from supervision.models import Delivery
from tests.letters.factories import make_letterhead, make_signatory, record_a_row, record_the_dossier
from tests.letters.reading import attachments_of, text_of
from tests.letters.test_letters import a_concept, departure, text_block
from tests.municipalities.factories import make_user
from tests.supervision.views.page import links, words

CLAIM = "In vier tot zes weken wil uw gemeente 495 vergunninghouders huisvesten."
NEW = "alinea-00000000aa"


@pytest.fixture
def letter(utrecht: Province, city: Municipality, supervisor: User) -> Letter:
    with scope(province=utrecht):
        make_letterhead(utrecht)
        record_the_dossier(by=supervisor, city=city)
        return a_concept(supervisor, city)


@pytest.fixture
def editor(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


def page_of(letter: Letter) -> str:
    return f"/brieven/{letter.pk}/"


def hidden(answer: HttpResponse) -> dict[str, str]:
    """The hidden fields of the form that is open."""
    form = answer.content.decode().split('class="words"')[1].split("</form>")[0]
    return dict(re.findall(r'<input type="hidden" name="([a-z]+)" value="([^"]*)"', form))


def sent(letter: Letter, editor: Client, slug: str = "slot", **typed: str) -> dict[str, str]:
    opened = editor.get(f"{page_of(letter)}?open={slug}")
    return {**hidden(opened), "kop": "Tot slot", "tekst": "Ons slot.", **typed}


def save(letter: Letter, editor: Client, slug: str = "slot", **typed: str) -> HttpResponse:
    return editor.post(f"{page_of(letter)}tekst/{slug}/", sent(letter, editor, slug, **typed))


def act(letter: Letter, editor: Client, slug: str, doe: str, seen: int = 0, **more: str) -> HttpResponse:
    return editor.post(f"{page_of(letter)}tekst/{slug}/", {"doe": doe, "gezien": str(seen), **more}, follow=True)


def rows(letter: Letter) -> list[LetterBlock]:
    with scope(province=letter.province):
        return list(LetterBlock.objects.filter(letter=letter))


# -- looking ----------------------------------------------------------------------------------------


def test_the_page_shows_blocks_preview_and_numbers(letter: Letter, editor: Client) -> None:
    answer = editor.get(page_of(letter))
    page = words(answer)
    assert "Toezichtbrief Utrecht" in page
    assert "Er staat niets meer open in de tekst." in page
    assert "Kader vaste tekst" in page
    assert "Cijfers tabel uit de cijfers" in page
    assert "Opschaling tekst bij opschaling" in page
    assert "Uw gemeente heeft de taakstelling niet gehaald en de achterstand is gegroeid." in page
    assert "171 achterstand op 1 januari 2022" in page
    assert "375 totaalopgave 2022-1" in page
    assert "82% realisatie taakstelling 2022-1" in page
    html = answer.content.decode()
    assert "style=" not in html
    assert " onclick=" not in html
    assert re.findall(r"<script(?![^>]* src=)", html) == []


def test_one_block_is_open_at_a_time_and_it_is_the_one_that_was_asked_for(letter: Letter, editor: Client) -> None:
    assert b"<textarea" not in editor.get(page_of(letter)).content
    page = editor.get(f"{page_of(letter)}?open=kader").content.decode()
    assert page.count("<textarea") == 1
    assert "Uw college moet zorgen voor de huisvesting" in page.split("<textarea")[1].split("</textarea>")[0]
    assert "((gemeente))" in page
    for asked in ("bestaat-niet", "%00", "<script>", "gegevens"):
        assert editor.get(f"{page_of(letter)}?open={asked}").status_code == 200


def test_a_reader_sees_the_letter_and_nothing_to_press(letter: Letter, client: Client, utrecht: Province) -> None:
    with scope(province=utrecht):
        departure(letter, letter.made_by, slug="slot", change="gewijzigd", heading="Slot", text=CLAIM)
    client.force_login(make_user(role=Role.LEZER, province=utrecht))
    answer = client.get(f"{page_of(letter)}?open=slot")
    assert "495: niet gevonden" in words(answer)
    main = answer.content.decode().split("<main")[1].split("</main>")[0]
    assert "<form" not in main
    assert "Wijzigen" not in main
    assert "concept.pdf" not in main


WRITES = ("tekst/slot/", "gegevens/", "bevestiging/", "voorbeeld/")
FILES = ("concept.pdf", "bijlage.pdf")


@pytest.mark.parametrize("address", WRITES)
@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_makes_no_letters_may_not_write(
    role: str, address: str, letter: Letter, client: Client, utrecht: Province
) -> None:
    client.force_login(make_user(role=role, province=utrecht))
    assert client.post(page_of(letter) + address, {"kop": "x", "tekst": "x"}).status_code == 403
    assert rows(letter) == []


def test_the_document_of_a_concept_is_for_who_makes_it_or_agrees_to_it(
    letter: Letter, client: Client, utrecht: Province
) -> None:
    for role, status in ((Role.LEZER, 403), (Role.VASTSTELLER, 200)):
        client.force_login(make_user(role=role, province=utrecht))
        assert [client.get(page_of(letter) + file).status_code for file in FILES] == [status] * len(FILES)
        assert ("concept.pdf" in client.get(page_of(letter)).content.decode()) == (status == 200)


@pytest.mark.parametrize("address", WRITES)
def test_a_letter_of_another_province_is_not_there(address: str, letter: Letter, client: Client) -> None:
    client.force_login(make_user(role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV25")))
    assert client.get(page_of(letter)).status_code == 404
    for file in FILES:
        assert client.get(page_of(letter) + file).status_code == 404
    assert client.post(page_of(letter) + address, {"kop": "x", "tekst": "x"}).status_code == 404


@pytest.mark.parametrize("address", ["", *WRITES, *FILES])
def test_a_stranger_is_asked_to_log_in(address: str, letter: Letter, client: Client) -> None:
    answer = client.post(page_of(letter) + address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/login/")


@pytest.mark.parametrize("address", WRITES)
def test_a_forged_form_changes_nothing(address: str, letter: Letter, supervisor: User) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(supervisor)
    assert strict.post(page_of(letter) + address, {"kop": "x", "tekst": "x", "gezien": "0"}).status_code == 403
    assert rows(letter) == []


@pytest.mark.parametrize("address", WRITES)
def test_looking_at_the_address_of_a_form_changes_nothing(address: str, letter: Letter, editor: Client) -> None:
    assert editor.get(page_of(letter) + address).status_code == 405


def test_the_number_of_queries_does_not_grow_with_the_letter(letter: Letter, editor: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as captured:
            assert editor.get(f"{page_of(letter)}?open=kader").status_code == 200
        return len(captured)

    few = queries()
    with scope(province=letter.province):
        for at in range(8):
            departure(letter, letter.made_by, slug=f"alinea-{at}", change="toegevoegd", text=CLAIM, position=1000 + at)
    assert queries() == few


# -- writing ----------------------------------------------------------------------------------------


def test_saving_leads_back_to_the_block_and_shows_what_is_different(letter: Letter, editor: Client) -> None:
    answer = save(letter, editor, tekst="Wij sturen een afschrift van deze brief aan uw gemeenteraad.")
    assert (answer.status_code, answer["Location"]) == (302, f"{page_of(letter)}#tekst-slot")
    page = editor.get(page_of(letter)).content.decode()
    assert "Slot</h3>" in page
    assert '<span class="meta">gewijzigd</span>' in page
    assert "<del>" in page
    assert "Opgeslagen." in page


def test_a_double_press_saves_once(letter: Letter, editor: Client) -> None:
    body = sent(letter, editor)
    answers = [editor.post(f"{page_of(letter)}tekst/slot/", body, follow=True) for _ in range(2)]
    assert ["Zo stond het er al" in words(answer) for answer in answers] == [False, True]
    assert len(rows(letter)) == 1


def test_two_tabs_lose_nothing(letter: Letter, editor: Client) -> None:
    first, second = sent(letter, editor, tekst="Uit de eerste."), sent(letter, editor, tekst="Uit de tweede.")
    editor.post(f"{page_of(letter)}tekst/slot/", first)
    clash = editor.post(f"{page_of(letter)}tekst/slot/", second)
    assert clash.status_code == 409
    page = words(clash)
    assert "heeft deze tekst intussen gewijzigd. Er is niets van u opgeslagen." in page
    assert "Uit de eerste." in page
    assert "Uit de tweede." in clash.content.decode().split("<textarea")[1].split("</textarea>")[0]
    assert "Opslaan: van u" in page
    assert "Houden: van uw collega" in page
    assert rows(letter)[0].text == "Uit de eerste."
    editor.post(f"{page_of(letter)}tekst/slot/", {**second, **hidden(clash)})
    assert rows(letter)[0].text == "Uit de tweede."


def test_a_paragraph_is_added_moved_taken_out_and_put_back(letter: Letter, editor: Client) -> None:
    form = editor.get(f"{page_of(letter)}?open=nieuw").content.decode()
    [address] = re.findall(r'action="(/brieven/\d+/tekst/alinea-[0-9a-f]{10}/)"', form)
    slug = address.split("/")[-2]
    typed = {"kop": "Monitoring", "tekst": "Wij kijken mee.", "na": "oordeel", "gezien": "0", "standaard": "0"}
    for _ in range(2):
        assert editor.post(address, typed)["Location"] == f"{page_of(letter)}#tekst-{slug}"
    assert len(rows(letter)) == 1
    assert "Monitoring eigen tekst" in words(editor.get(page_of(letter)))
    save(letter, editor, slug, kop="Monitoring", tekst="Wij kijken mee.", na="slot")
    page = editor.get(page_of(letter)).content.decode()
    assert page.index('id="tekst-slot"') < page.index(f'id="tekst-{slug}"')
    out = words(act(letter, editor, slug, "weglaten", rows(letter)[0].version))
    assert "Weggehaalde alinea’s (1)" in out
    assert "Weer opgenomen." in words(act(letter, editor, slug, "terugzetten", rows(letter)[0].version))


def test_leaving_out_and_the_standard_text_again(letter: Letter, editor: Client) -> None:
    assert "Kader weggelaten" in words(act(letter, editor, "kader", "weglaten"))
    assert "Kader vaste tekst" in words(act(letter, editor, "kader", "terugzetten", 2))
    save(letter, editor)
    stale = words(act(letter, editor, "slot", "standaard", 1))
    assert "heeft deze tekst intussen gewijzigd" in stale
    assert "De standaardtekst staat er weer." in words(
        act(letter, editor, "slot", "standaard", rows(letter)[0].version)
    )
    assert rows(letter) == []


def test_a_standard_text_that_changed_shows_what_changed_in_it(
    letter: Letter, editor: Client, supervisor: User, utrecht: Province
) -> None:
    save(letter, editor)
    with scope(province=utrecht):
        text_block(
            utrecht, supervisor, slug="slot", label="Slot", position=9000, heading="Tot slot", text="Nieuw slot."
        )
    page = words(editor.get(page_of(letter)))
    assert "De standaardtekst is veranderd nadat deze tekst werd gewijzigd." in page
    assert "Wat er in de standaardtekst veranderde" in page
    kept = words(act(letter, editor, "slot", "houden", rows(letter)[0].version, standaard="1"))
    assert "De standaardtekst is veranderd" not in kept
    assert rows(letter)[0].text == "Ons slot."


# -- hostile ----------------------------------------------------------------------------------------

HOSTILE = {
    "html": "<script>alert(1)</script><b onclick=x>",
    "template": "{{ letter }}{% load x %}${x}",
    "unclosed": "Zie ((gemeente en ((trede",
    "marks": "**vet *half _x_ # kop\n- a\n  - b\n1. c\n> citaat [x](javascript:alert(1)) ![](http://x/y.png)",
    "deep": "- " * 300 + "x",
}


@pytest.mark.parametrize("typed", HOSTILE.values(), ids=HOSTILE)
def test_what_is_typed_is_text(typed: str, letter: Letter, editor: Client) -> None:
    assert save(letter, editor, tekst=typed).status_code == 302
    page = editor.get(page_of(letter)).content.decode()
    for bad in ("<script>alert", "<b onclick", 'href="javascript', 'http://x/y.png">'):
        assert bad not in page
    assert editor.get(f"{page_of(letter)}?open=slot").status_code == 200
    shown = editor.post(f"{page_of(letter)}voorbeeld/", {**sent(letter, editor, tekst=typed), "slug": "slot"})
    assert shown.status_code == 200
    assert "<script>alert" not in shown.content.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"tekst": "x" * 200_000}, "Een tekst is hoogstens 10.000 tekens; dit zijn er meer."),
        ({"kop": "x" * 121}, "Een kop is hoogstens 120 tekens."),
        ({"tekst": "abc\u202edef"}, "Het teken U+202E kan niet in een brief staan."),
        ({"tekst": "pijl →"}, "Het teken ‘→’ kan niet in een brief staan."),
        ({"tekst": "a\x00b"}, "Null-tekens zijn niet toegestaan."),
        ({"tekst": " \n ", "kop": " "}, "Vul een kop of tekst in."),
        ({"gezien": "x"}, "Laad de pagina opnieuw"),
        ({"gezien": "-1"}, "Laad de pagina opnieuw"),
        ({"standaard": "99999999999999999999999"}, ""),
    ],
)
def test_a_wrong_text_is_said_and_what_was_typed_stays(
    typed: dict[str, str], said: str, letter: Letter, editor: Client
) -> None:
    answer = save(letter, editor, **typed)
    if not said:
        assert answer.status_code == 302
        return
    assert answer.status_code == 422
    page = answer.content.decode()
    assert said in page
    assert "<title> Fout:" in " ".join(page.split())
    if len(typed.get("tekst", "")) == 200_000:
        assert "x" * 200_000 in page
    assert rows(letter) == []


def test_an_address_that_is_no_block_is_refused_in_words(letter: Letter, editor: Client) -> None:
    body = {"kop": "x", "tekst": "x", "gezien": "0", "standaard": "0", "na": "oordeel"}
    for slug in ("bestaat-niet", "alinea-x", "nieuw"):
        answer = editor.post(f"{page_of(letter)}tekst/{slug}/", body)
        assert answer.status_code == 422, slug
        assert "Deze tekst is er niet meer" in words(answer)
    assert rows(letter) == []


def test_a_letter_that_is_no_concept_is_only_read(letter: Letter, editor: Client, supervisor: User) -> None:
    body = sent(letter, editor)
    with scope(province=letter.province):
        Letter.objects.filter(pk=letter.pk).update(state="submitted", submitted_to=supervisor)
    page = editor.get(f"{page_of(letter)}?open=slot")
    assert "<textarea" not in page.content.decode()
    answer = editor.post(f"{page_of(letter)}tekst/slot/", body)
    assert "Deze brief ligt ter akkoord bij" in words(answer)
    assert rows(letter) == []


# -- details ----------------------------------------------------------------------------------------


def details_sent(letter: Letter, editor: Client, **typed: str) -> dict[str, str]:
    form = editor.get(f"{page_of(letter)}?open=gegevens").context["opened"].form
    given = {name: form[name].value() or "" for name in form.fields}
    return {**given, **typed}


def test_details_are_saved_and_stand_in_the_letter(letter: Letter, editor: Client) -> None:
    typed = details_sent(
        letter,
        editor,
        datum="2022-09-22",
        documentnummer="82508878",
        contactpersoon="A. Jansen",
        plandatum="2022-12-24",
    )
    answer = editor.post(f"{page_of(letter)}gegevens/", typed)
    assert (answer.status_code, answer["Location"]) == (302, f"{page_of(letter)}#gegevens")
    page = words(editor.get(page_of(letter)))
    assert "22 september 2022 · 82508878 · A. Jansen" in page
    assert "uiterlijk 24 december 2022 te sturen;" in page
    assert "Zo stond het er al" in words(
        editor.post(f"{page_of(letter)}gegevens/", details_sent(letter, editor), follow=True)
    )


def test_the_form_asks_for_what_the_text_asks_for(letter: Letter, editor: Client) -> None:
    def names() -> set[str]:
        return set(editor.get(f"{page_of(letter)}?open=gegevens").context["opened"].form.fields)

    assert "plandatum" in names()
    assert not {"termijn", "rechtsmiddel", "maatregelendatum"} & names()
    save(letter, editor, tekst="Tegen dit besluit: ((rechtsmiddel)), voor ((termijn)).")
    assert {"termijn", "rechtsmiddel"} <= names()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"datum": "gisteren"}, "Vul een datum in, zoals 22-09-2022."),
        ({"datum": "2022-06-30"}, "Een brief over 2022-1 kan niet van vóór 1 juli 2022 zijn."),
        ({"datum": "9999-12-31"}, "Deze datum ligt te ver weg."),
        ({"plandatum": "2022-09-01"}, "Deze dag moet na de datum van de brief liggen (22 september 2022)."),
        ({"e_mailadres": "x"}, "Voer een geldig e-mailadres in."),
        ({"contactpersoon": "→"}, "Het teken ‘→’ kan niet in een brief staan."),
        ({"documentnummer": "8" * 31}, "30 tekens"),
        ({"gezien": "{"}, "Laad de pagina opnieuw"),
        ({"gezien": "[]"}, "Laad de pagina opnieuw"),
        ({"gezien": ""}, "Laad de pagina opnieuw"),
    ],
)
def test_a_wrong_detail_is_said_and_nothing_is_kept(
    wrong: dict[str, str], said: str, letter: Letter, editor: Client
) -> None:
    typed = details_sent(letter, editor, datum="2022-09-22", documentnummer="82508878") | wrong
    answer = editor.post(f"{page_of(letter)}gegevens/", typed)
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("\u00a0", " ")
    with scope(province=letter.province):
        assert Letter.objects.get().document_number == ""


def test_two_who_fill_in_details_do_not_overwrite_each_other(letter: Letter, editor: Client, utrecht: Province) -> None:
    colleague = Client()
    colleague.force_login(make_user(role=Role.BEHEERDER, province=utrecht))
    mine, theirs = (details_sent(letter, client) for client in (editor, colleague))
    address = f"{page_of(letter)}gegevens/"
    colleague.post(address, {**theirs, "documentnummer": "82508878"})
    clash = editor.post(address, {**mine, "documentnummer": "1"})
    assert clash.status_code == 409
    assert "heeft de gegevens intussen gewijzigd" in words(clash)
    assert "Documentnummer 82508878" in words(clash)
    form = clash.context["opened"].form
    again = {**mine, "documentnummer": "1", "gezien": form["gezien"].value()}
    assert editor.post(address, again).status_code == 302
    with scope(province=utrecht):
        assert Letter.objects.get().document_number == "1"


def test_another_may_sign_than_the_usual_one(letter: Letter, editor: Client, utrecht: Province) -> None:
    with scope(province=utrecht):
        letterhead = Letterhead.objects.get()
        team = make_signatory(letterhead, name="B. de Vries", role="teamleider", mandate="namens dezen,", position=2)
        left = make_signatory(letterhead, name="C. Smit", position=3, ends_on=date(2021, 12, 31))
    address = f"{page_of(letter)}gegevens/"
    typed = details_sent(letter, editor, datum="2022-09-22")
    refused = editor.post(address, {**typed, "ondertekenaar": str(left.pk)})
    assert refused.status_code == 422
    assert "ondertekende tot en met 31 december 2021" in words(refused)
    assert editor.post(address, {**typed, "ondertekenaar": "999999"}).status_code == 422
    assert editor.post(address, {**typed, "ondertekenaar": str(team.pk)}).status_code == 302
    assert "namens dezen, B. de Vries" in words(editor.get(page_of(letter)))


# -- claims -----------------------------------------------------------------------------------------


def test_a_number_that_matches_nothing_is_marked_asked_and_confirmed(letter: Letter, editor: Client) -> None:
    save(letter, editor, tekst=CLAIM)
    page = editor.get(page_of(letter))
    said = words(page)
    assert "495: niet gevonden; het dichtst bij ligt totaalopgave 2022-2, 482." in said
    assert "1 niet gevonden" in said
    assert '<mark class="miss"><span class="vh">[niet gevonden: </span>495' in page.content.decode()
    address = f"{page_of(letter)}bevestiging/"
    nothing = editor.post(address, {"bewering": "495", "bron": " ", "plek": "tekst-slot"}, follow=True)
    assert "Vul in waar 495 vandaan komt" in words(nothing)
    answer = editor.post(address, {"bewering": "495", "bron": "Bericht gemeente, 13 juli 2022", "plek": "tekst-slot"})
    assert answer["Location"] == f"{page_of(letter)}#tekst-slot"
    page = editor.get(page_of(letter))
    assert "Er staat niets meer open in de tekst." in words(page)
    assert "495 Bericht gemeente, 13 juli 2022; bevestigd door u" in words(page)
    assert '<mark class="miss">' not in page.content.decode()
    again = editor.post(address, {"bewering": "495", "doe": "terugnemen"}, follow=True)
    assert "495: niet gevonden" in words(again)


def leads(page: HttpResponse) -> list[tuple[str, str]]:
    """What the list above the letter links to, and what it says."""
    html = page.content.decode()
    if '<nav class="leads"' not in html:
        return []
    nav = html.split('<nav class="leads"')[1].split("</nav>")[0]
    return re.findall(r'href="#([^"]+)">([^<]+)</a>', nav)


def test_what_is_open_is_listed_in_order_and_each_leads_to_its_place(
    letter: Letter, editor: Client, supervisor: User, utrecht: Province
) -> None:
    assert leads(editor.get(page_of(letter))) == []
    with scope(province=utrecht):
        departure(letter, supervisor, slug="slot", change="gewijzigd", heading="Slot", text="Wij zagen 494 en 495.")
        departure(letter, supervisor, slug="kader", change="gewijzigd", text="Uiterlijk ((termijn)).")
        Letter.objects.filter(pk=letter.pk).update(legal_remedy="Bel 497 keer.")
        PostAddress.objects.all().delete()
    page = editor.get(page_of(letter))
    assert "Nog 5 punten open." in words(page)
    found = leads(page)
    assert [anchor for anchor, _ in found] == ["tekst-kader", "slot-1", "slot-2", "gegevens-1", "elders-1"]
    assert ["494" in found[1][1], "495" in found[2][1], "497" in found[3][1]] == [True, True, True]
    for anchor, sentence in found:
        place = page.content.decode().split(f'id="{anchor}"')
        assert len(place) == 2, anchor
        assert sentence in place[1]


@pytest.mark.parametrize(("claims", "shown", "more"), [(1, 1, ""), (5, 5, ""), (6, 4, "Nog 2 andere punten")])
def test_of_many_points_the_first_fit_and_the_others_are_to_be_opened(
    letter: Letter, editor: Client, claims: int, shown: int, more: str
) -> None:
    save(letter, editor, tekst="Wij zagen " + ", ".join(str(490 + number) for number in range(claims)) + " mensen.")
    page = editor.get(page_of(letter))
    said = words(page)
    assert f"Nog {claims} {'punt' if claims == 1 else 'punten'} open." in said
    assert len(leads(page)) == claims
    before, _, behind = page.content.decode().split('<nav class="leads"')[1].split("</nav>")[0].partition("<details>")
    assert (before.count("<li>"), behind.count("<li>")) == (shown, claims - shown)
    assert more in said
    assert ('<ol start="5">' in behind) == bool(more)


@pytest.mark.parametrize("place", ["//elders.example/", "x y", "<script>", ""])
def test_a_confirmation_leads_to_this_letter_whatever_was_sent(place: str, letter: Letter, editor: Client) -> None:
    answer = editor.post(f"{page_of(letter)}bevestiging/", {"bewering": "x" * 500, "bron": "y", "plek": place})
    assert answer["Location"] == f"{page_of(letter)}#h-getallen"


# -- preview and pdf --------------------------------------------------------------------------------


def preview(letter: Letter, editor: Client, **typed: Any) -> str:
    body = {"slug": "slot", "kop": "Tot slot", "tekst": "", "gezien": "0", "standaard": "0", **typed}
    answer = editor.post(f"{page_of(letter)}voorbeeld/", body, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    return answer.content.decode().replace("\u00a0", " ")


def test_the_preview_shows_what_is_typed_and_keeps_nothing(letter: Letter, editor: Client) -> None:
    shown = preview(letter, editor, tekst=f"**Vet** over ((gemeente)). {CLAIM}\n\n- een\n- twee")
    assert "<strong>Vet</strong> over Utrecht." in shown
    assert '<mark class="miss">' in shown
    assert "<li>twee" in shown
    assert "data-here" in shown
    assert "<html" not in shown
    assert rows(letter) == []


def test_the_preview_of_a_new_paragraph_stands_where_it_will_stand(letter: Letter, editor: Client) -> None:
    shown = preview(letter, editor, slug=NEW, kop="Monitoring", tekst="Wij kijken mee.", na="oordeel")
    assert shown.index("Ons oordeel") < shown.index("Monitoring") < shown.index("Opschaling van")


def test_the_preview_of_what_cannot_be_says_why_and_shows_the_letter(letter: Letter, editor: Client) -> None:
    shown = preview(letter, editor, tekst="x" * 20_000)
    assert "Een tekst is hoogstens 10.000 tekens" in shown
    assert "Wij sturen een afschrift" in shown


def test_the_concept_as_pdf_says_that_it_is_one_on_each_page(letter: Letter, editor: Client, tmp_path: Path) -> None:
    editor.post(f"{page_of(letter)}gegevens/", details_sent(letter, editor, documentnummer="82508878"))
    answer = editor.get(f"{page_of(letter)}concept.pdf")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="concept-toezichtbrief-GM0344-2022-1.pdf"'
    file = tmp_path / "concept.pdf"
    file.write_bytes(answer.content)
    pages = [page for page in text_of(file).split("\f") if page.strip()]
    assert len(pages) > 1
    assert all("Concept" in page for page in pages)
    assert "82508878" in pages[0]
    assert list(attachments_of(file)) == ["cijfers-GM0344-2022-1.csv", "cijfers-GM0344-2022-1.json"]


def test_the_bijlage_of_a_concept_is_a_document_of_its_own(letter: Letter, editor: Client, tmp_path: Path) -> None:
    assert f"{page_of(letter)}bijlage.pdf" in links(editor.get(page_of(letter)))
    answer = editor.get(f"{page_of(letter)}bijlage.pdf")
    assert answer["Content-Disposition"] == 'attachment; filename="bijlage-interventieladder-2022-1.pdf"'
    file = tmp_path / "bijlage.pdf"
    file.write_bytes(answer.content)
    assert "De zes treden" in text_of(file)


def test_a_letter_without_bijlage_has_none(letter: Letter, editor: Client) -> None:
    with scope(province=letter.province):
        Letter.objects.filter(pk=letter.pk).update(kind="afschrift")
    assert f"{page_of(letter)}bijlage.pdf" not in links(editor.get(page_of(letter)))
    assert editor.get(f"{page_of(letter)}bijlage.pdf").status_code == 404


def test_the_pdf_is_kept_until_the_letter_says_something_else(letter: Letter, editor: Client) -> None:
    def draft() -> Draft:
        assert editor.get(f"{page_of(letter)}concept.pdf").status_code == 200
        with scope(province=letter.province):
            return Draft.objects.get()

    first, again = draft(), draft()
    assert (first.html_sha256, first.made_at) == (again.html_sha256, again.made_at)
    save(letter, editor)
    assert draft().html_sha256 != first.html_sha256


def test_without_figures_the_page_says_what_lacks(letter: Letter, editor: Client) -> None:
    body = sent(letter, editor)
    with scope(province=letter.province):
        Delivery.objects.update(withdrawn_at=letter.made_at, withdrawn_by=letter.made_by)
    assert "kan nog geen brief worden gemaakt" in words(editor.get(page_of(letter)))
    for address in ("tekst/slot/", "gegevens/", "voorbeeld/"):
        assert editor.post(page_of(letter) + address, body).status_code == 404
    assert editor.get(f"{page_of(letter)}concept.pdf").status_code == 404


def test_what_is_open_in_no_block_stands_above_them(letter: Letter, editor: Client, city: Municipality) -> None:
    PostAddress.objects.filter(municipality=city).delete()
    assert "Nog in te vullen: postadres van de gemeente." in words(editor.get(page_of(letter)))


def test_a_decision_on_trede_5_asks_for_its_term_and_remedy(
    editor: Client, supervisor: User, utrecht: Province
) -> None:
    baarn = Municipality.objects.get(code="GM0308")
    with scope(province=utrecht):
        record_a_row(by=supervisor, municipality=baarn, half_years=3)
        letter = a_concept(supervisor, baarn)
    page = words(editor.get(page_of(letter)))
    assert "Nog in te vullen: laatste dag van de termijn in het besluit." in page
    assert "Nog in te vullen: rechtsmiddel tegen het besluit." in page
    assert "Vul dit in bij de gegevens, of wijzig de tekst." in page
    typed = details_sent(
        letter, editor, datum="2022-09-22", termijn="2022-12-31", rechtsmiddel="U kunt bezwaar maken.", vereist="20"
    )
    assert editor.post(f"{page_of(letter)}gegevens/", typed).status_code == 302
    with scope(province=utrecht):
        kept = Letter.objects.get(pk=letter.pk)
    assert (kept.term_ends, kept.required_persons) == (date(2022, 12, 31), 20)
