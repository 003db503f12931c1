"""The pages of the steps of a letter: works; who may; another province; bad input; what comes out."""

from __future__ import annotations

import logging
import re
from datetime import timedelta
from email import message_from_bytes
from email.policy import default

import pytest
from django.test import Client
from django.utils.timezone import localdate

from letters.actions import agreeing, ending
from letters.models import Dispatch, Letter, LetterBlock, LetterDocument
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.rules.dutch import short_date
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.sending import a_concept, again, agreed, filled, send, sent, sent_afschrift, submitted
from tests.municipalities.factories import make_province, make_user
from tests.supervision.deciding import decided
from tests.supervision.ledger import NOON, deliver
from tests.supervision.views.page import links, words

STEPS_TO_WRITE = ("voorleggen", "terugnemen", "verzenden", "intrekken", "correctie", "afschrift", "e-mail")
STEPS_TO_AGREE = ("terugsturen", "vaststellen")


@pytest.fixture(autouse=True)
def dossier(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    make_letterhead(within_utrecht)
    record_the_dossier(by=supervisor, city=city)


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


def as_(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def maker(supervisor: User) -> Client:
    return as_(supervisor)


@pytest.fixture
def agreer(decider: User) -> Client:
    return as_(decider)


def page_of(letter: Letter, step: str = "") -> str:
    return f"/brieven/{letter.pk}/{f'{step}/' if step else ''}"


def mark_in(client: Client, letter: Letter) -> str:
    page = client.get(page_of(letter, "vaststellen")).content.decode()
    return re.findall(r'name="gezien" value="([0-9a-f]{64})"', page)[0]


def test_from_concept_to_a_frozen_letter(
    maker: Client, agreer: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city)
    letter = a_concept(supervisor, city)
    page = maker.get(page_of(letter))
    assert page_of(letter, "voorleggen") in links(page)
    answer = maker.post(page_of(letter, "voorleggen"), {"aan": decider.pk}, follow=True)
    assert f"Voorgelegd aan {decider}." in words(answer)
    page = agreer.get(page_of(letter))
    assert {page_of(letter, step) for step in STEPS_TO_AGREE} <= set(links(page))
    read = agreer.get(page_of(letter, "vaststellen"))
    assert "Opschaling van trede 2 naar trede 3" in words(read)
    answer = agreer.post(page_of(letter, "vaststellen"), {"gezien": mark_in(agreer, letter)}, follow=True)
    assert "De brief is vastgesteld. Er verandert nu niets meer aan." in words(answer)
    assert "Zoals vastgesteld" in words(answer)
    for document in LetterDocument.objects.filter(letter=letter):
        given = maker.get(page_of(letter, f"stukken/{document.pk}"))
        assert (given.status_code, given.content) == (200, bytes(document.content))
        assert given["Content-Disposition"] == f'attachment; filename="{document.name}"'
        assert document.sha256 in words(answer)
    beside = maker.get(page_of(letter, "openbaar")).json()
    assert beside["dcterms:identifier"] == "82508878"


def test_the_track_has_letter_bijlage_and_afschrift(
    maker: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = agreed(supervisor, decider, city)
    page = words(maker.get(page_of(letter)))
    assert "Bijlage interventieladder gaat altijd mee met de brief" in page
    assert "Afschrift aan de raad, via de griffie wacht op verzending van de brief 10 dagen later" in page
    send(supervisor, letter)
    afschrift = Letter.objects.get(goes_with=letter)
    assert page_of(afschrift) in links(maker.get(page_of(letter)))
    page = words(maker.get(page_of(afschrift)))
    assert "uiterlijk 2 okt 2022" in page.replace("\u00a0", " ")
    assert "te laat" in page


def test_it_is_sent_and_received_by_form(maker: Client, supervisor: User, decider: User, city: Municipality) -> None:
    letter = agreed(supervisor, decider, city)
    sent_on = {"aan": "college", "hoe": "post", "adres": "", "op": "2022-09-22"}
    answer = maker.post(page_of(letter, "verzenden"), sent_on, follow=True)
    assert "De verzending staat in het register." in words(answer)
    [dispatch] = Dispatch.objects.all()
    assert page_of(letter, f"ontvangst/{dispatch.pk}") in links(answer)
    received = {"op": "2022-09-26", "bevestigd": "griffie"}
    answer = maker.post(page_of(letter, f"ontvangst/{dispatch.pk}"), received, follow=True)
    assert "Ontvangen op 26 september 2022, griffie" in words(answer)
    assert page_of(letter, f"ontvangst/{dispatch.pk}") not in links(answer)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"op": ""}, "Vul een datum in."),
        ({"op": "2022-02-30"}, "Vul een datum in, zoals 22-09-2022."),
        ({"aan": "koning"}, "Kies aan wie de brief is verzonden."),
        ({"aan": "raad"}, "Kies aan wie de brief is verzonden."),
        ({"hoe": "duif"}, "Selecteer een geldige keuze."),
        ({"adres": "x" * 201}, "hoogstens 200 tekens"),
        ({"hoe": "e-mail", "adres": "geen"}, "Vul één e-mailadres in"),
        ({"op": "2022-09-01"}, "zij kan niet eerder zijn verzonden"),
    ],
)
def test_a_sending_that_cannot_be_is_told_above_the_form(
    typed: dict[str, str], said: str, maker: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = agreed(supervisor, decider, city)
    sent_on = {"aan": "college", "hoe": "post", "adres": "", "op": "2022-09-22"}
    answer = maker.post(page_of(letter, "verzenden"), sent_on | typed)
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Dispatch.objects.exists()


def test_a_step_that_cannot_be_now_says_why(maker: Client, supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city)
    for step, sent_on in (
        ("voorleggen", {"aan": decider.pk}),
        ("verzenden", {"aan": "college", "hoe": "post", "op": "2022-09-22"}),
        ("correctie", {}),
        ("afschrift", {}),
    ):
        answer = maker.post(page_of(letter, step), sent_on)
        assert answer.status_code == 422
        assert "Deze brief is nu ter akkoord, door" in words(answer), step
    assert maker.get(page_of(letter, "e-mail")).status_code == 404


def test_agreeing_says_all_that_is_in_the_way(
    agreer: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = submitted(supervisor, decider, city, document_number="")
    page = words(agreer.get(page_of(letter, "vaststellen")))
    assert "Het documentnummer ontbreekt." in page
    assert "Er is nog geen besluit over de trede in 2022-1." in page
    answer = agreer.post(page_of(letter, "vaststellen"), {"gezien": "x"})
    assert answer.status_code == 422
    assert again(letter).state == "submitted"


def test_agreeing_on_another_text_than_was_read_asks_to_read_again(
    agreer: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city)
    letter = submitted(supervisor, decider, city)
    seen = mark_in(agreer, letter)
    filled(letter, contact_name="Een ander")
    answer = agreer.post(page_of(letter, "vaststellen"), {"gezien": seen})
    assert answer.status_code == 422
    assert agreeing.ANOTHER in words(answer)
    assert f'value="{mark_in(agreer, letter)}"' in answer.content.decode()


@pytest.mark.parametrize("step", ["terugsturen", "intrekken"])
def test_a_remark_is_asked_for(
    step: str, maker: Client, agreer: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = submitted(supervisor, decider, city)
    client = agreer if step == "terugsturen" else maker
    answer = client.post(page_of(letter, step), {"opmerking": " "})
    assert (answer.status_code, "Schrijf erbij waarom u" in words(answer)) == (422, True)
    answer = client.post(page_of(letter, step), {"opmerking": "Kijk nog eens\r\nnaar de toon."}, follow=True)
    assert "Kijk nog eens naar de toon." in words(answer)


def test_a_reader_reads_and_takes_no_step(supervisor: User, decider: User, city: Municipality) -> None:
    letter = agreed(supervisor, decider, city)
    reader = as_(make_user(role=Role.LEZER, province=letter.province))
    page = reader.get(page_of(letter))
    assert page.status_code == 200
    for step in STEPS_TO_WRITE + STEPS_TO_AGREE:
        assert page_of(letter, step) not in links(page)
        assert reader.get(page_of(letter, step)).status_code == 403
        assert reader.post(page_of(letter, step)).status_code == 403
    document = letter.documents.first()
    assert reader.get(page_of(letter, f"stukken/{document.pk}")).status_code == 200


def test_who_writes_agrees_on_nothing_and_who_agrees_writes_nothing(
    maker: Client, agreer: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = submitted(supervisor, decider, city)
    assert {maker.post(page_of(letter, step)).status_code for step in STEPS_TO_AGREE} == {403}
    assert {agreer.post(page_of(letter, step)).status_code for step in STEPS_TO_WRITE} == {403}


def test_another_province_finds_nothing(supervisor: User, decider: User, city: Municipality) -> None:
    letter = agreed(supervisor, decider, city)
    dispatch, document = send(supervisor, letter), letter.documents.first()
    gelderland = make_province(code="PV25", name="Gelderland")
    more = (f"stukken/{document.pk}", f"ontvangst/{dispatch.pk}", f"e-mail/{dispatch.pk}")
    writer = as_(make_user(province=gelderland))
    for step in ("", *STEPS_TO_WRITE, *more):
        assert writer.get(page_of(letter, step)).status_code == 404, step
    judge = as_(make_user(role=Role.VASTSTELLER, province=gelderland))
    for step in STEPS_TO_AGREE:
        assert judge.post(page_of(letter, step), {"opmerking": "x"}).status_code == 404, step


def test_a_document_of_another_letter_is_not_there(
    maker: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    document = letter.documents.first()
    assert maker.get(page_of(afschrift, f"stukken/{document.pk}")).status_code == 404
    assert maker.get(page_of(letter, "stukken/999999")).status_code == 404
    assert maker.get("/brieven/999999/").status_code == 404


def test_a_document_that_was_changed_is_refused_and_logged_without_names(
    maker: Client, supervisor: User, decider: User, city: Municipality, caplog: pytest.LogCaptureFixture
) -> None:
    letter = agreed(supervisor, decider, city)
    document = letter.documents.first()
    LetterDocument.objects.filter(pk=document.pk).update(content=b"%PDF another")
    with caplog.at_level(logging.ERROR):
        answer = maker.get(page_of(letter, f"stukken/{document.pk}"))
    assert answer.status_code == 409
    assert "Dit stuk is veranderd" in words(answer)
    assert b"another" not in answer.content
    [record] = [each for each in caplog.records if each.name == "letters.papers.documents"]
    assert record.getMessage() == f"Document {document.pk} of letter {letter.pk} has another SHA-256 than was kept"


def test_an_e_mail_is_made_ready_with_every_document(
    maker: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    dispatch = sent_afschrift(supervisor, decider, afschrift)
    answer = maker.post(page_of(afschrift, "e-mail"), {"aan": "raad", "adres": "griffie@utrecht.example"})
    assert answer["Content-Type"] == "message/rfc822"
    message = message_from_bytes(answer.content, policy=default)
    assert (message["To"], message["X-Unsent"]) == ("griffie@utrecht.example", "1")
    assert (
        message["Subject"] == "Afschrift toezichtbrief huisvesting vergunninghouders, eerste helft van 2022 (82509999)"
    )
    text = message.get_body().get_content().replace("\u00a0", " ")
    assert text.startswith("Geachte griffier,")
    assert "(afschrift, 3 oktober 2022, kenmerk 82509999), met de toezichtbrief en toelichting" in text
    assert "Wilt u de ontvangst bevestigen" in text
    documents = [*afschrift.documents.filter(role="letter"), *letter.documents.filter(role="together")]
    found = [(part.get_filename(), part.get_content()) for part in message.iter_attachments()]
    assert found == [(each.name, bytes(each.content)) for each in documents]
    assert Dispatch.objects.count() == 2
    assert maker.get(page_of(afschrift, f"e-mail/{dispatch.pk}")).status_code == 404


def test_the_e_mail_of_a_sending_goes_to_its_address(
    maker: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = agreed(supervisor, decider, city)
    dispatch = send(supervisor, letter, way=Dispatch.Way.E_MAIL, address="college@utrecht.example")
    answer = maker.get(page_of(letter, f"e-mail/{dispatch.pk}"))
    message = message_from_bytes(answer.content, policy=default)
    assert message["To"] == "college@utrecht.example"
    assert "(toezichtbrief, 22 september 2022, kenmerk 82508878)" in message.get_body().get_content().replace(
        "\u00a0", " "
    )


@pytest.mark.parametrize("address", ["", "geen", "a@b.nl\r\nBcc: c@d.nl", "a@b.nl, c@d.nl"])
def test_a_bad_address_makes_no_e_mail(
    address: str, maker: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = agreed(supervisor, decider, city)
    answer = maker.post(page_of(letter, "e-mail"), {"aan": "college", "adres": address})
    assert answer.status_code == 422
    assert answer["Content-Type"].startswith("text/html")


def test_the_page_says_what_changed_after_the_decision(
    maker: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = agreed(supervisor, decider, city)
    assert "Na het besluit veranderde een cijfer" not in words(maker.get(page_of(letter)))
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True, now=NOON + timedelta(hours=1))
    page = words(maker.get(page_of(letter)))
    assert "Na het besluit veranderde een cijfer: De realisatie van 168 naar 173" in page
    assert "gerealiseerd" in page or "168" in page


def test_a_correction_is_made_from_the_page_and_the_old_letter_leads_to_it(
    maker: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter = agreed(supervisor, decider, city)
    answer = maker.post(page_of(letter, "correctie"), follow=True)
    new = Letter.objects.get(corrects=letter)
    assert answer.redirect_chain[-1][0] == page_of(new)
    assert page_of(new) in links(maker.get(page_of(letter)))


def test_a_withdrawn_afschrift_can_be_made_again(
    maker: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    assert page_of(letter, "afschrift") not in links(maker.get(page_of(letter)))
    ending.withdraw(by=supervisor, letter=afschrift.pk, remark="Dubbel", now=NOON)
    page = maker.get(page_of(letter))
    assert page_of(letter, "afschrift") in links(page)
    assert "ontbreekt: maak het opnieuw" in words(page)
    maker.post(page_of(letter, "afschrift"))
    assert Letter.objects.filter(goes_with=letter, state="concept").count() == 1


def test_a_sending_of_today_is_proposed(maker: Client, supervisor: User, decider: User, city: Municipality) -> None:
    letter = agreed(supervisor, decider, city)
    assert f'value="{localdate().isoformat()}"' in maker.get(page_of(letter, "verzenden")).content.decode()
    answer = maker.post(
        page_of(letter, "verzenden"), {"aan": "college", "hoe": "post", "op": localdate().isoformat()}, follow=True
    )
    assert short_date(localdate()).replace("\u00a0", " ") in words(answer).replace("\u00a0", " ")


def test_a_name_in_the_text_is_told_before_it_is_agreed_on_and_leaves_no_public_version(
    maker: Client, agreer: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city)
    letter = a_concept(supervisor, city, contact_name="P. Zonneveld")
    text = {"slug": "kader", "change": "gewijzigd", "text": "Bel P. Zonneveld.", "position": 10}
    LetterBlock.objects.create(letter=letter, **text, changed_at=NOON, changed_by=supervisor)
    agreeing.submit(by=supervisor, letter=letter.pk, to=decider, now=NOON, today=localdate())
    assert "‘P. Zonneveld’ staat nog in de inleiding." in words(agreer.get(page_of(letter, "vaststellen")))
    answer = agreer.post(page_of(letter, "vaststellen"), {"gezien": mark_in(agreer, letter)}, follow=True)
    assert "Er is geen openbare versie" in words(answer)
    assert not letter.documents.filter(role="public").exists()
    assert maker.get(page_of(letter, "openbaar")).status_code == 404
