"""The dossier on screen: recorded, changed, withdrawn; what cannot be; two people on one entry; and who may."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from datetime import date, time, timedelta
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.timezone import localdate

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.actions.dossier import change_entry, withdraw_entry
from supervision.figures import assess_municipality
from supervision.models import Agreement, Circumstance, Contact, DossierEntry, Herverdeling
from supervision.rules.period import Period
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decide, propose
from tests.supervision.dossier_entries import (
    ACTION,
    PROMISE,
    TALK,
    make_agreement,
    make_circumstance,
    make_contact,
    make_plan,
)
from tests.supervision.ledger import NOON
from tests.supervision.views.conftest import browser_of
from tests.supervision.views.page import links, title, words

PAGE = "/2022-1/gemeenten/GM0344/"
DOSSIER = f"{PAGE}dossier/"

pytestmark = pytest.mark.usefixtures("within_utrecht")

CONTACT = {
    "kind": "ambtelijk",
    "on": "2022-07-08",
    "time": "09:45",
    "subject": "Versnelde uitstroom",
    "participants": "gemeente (2), toezichthouder",
    "names": "",
    "said": "De gemeente legt het plan uit.",
}
AGREEMENT = {
    "what": "De gemeente stuurt de raadsbrief",
    "party": "gemeente",
    "due": "2022-07-15",
    "done_on": "",
    "contact": "",
}
CIRCUMSTANCE = {
    "kind": "versnellingsactie",
    "subject": "Versnellingsactie zomer 2022",
    "persons": "276",
    "said_by": "Veiligheidsregio Utrecht",
    "said_on": "2022-07-08",
    "document": "Gespreksnotitie",
    "start": "2022-08-01",
    "end": "2022-09-11",
    "description": "46 per week",
}
GOOD = {"contacten": CONTACT, "afspraken": AGREEMENT, "omstandigheden": CIRCUMSTANCE}
MODELS: dict[str, type[DossierEntry]] = {"contacten": Contact, "afspraken": Agreement, "omstandigheden": Circumstance}
MAKERS = {"contacten": make_contact, "afspraken": make_agreement, "omstandigheden": make_circumstance}
OTHERWISE = {
    "contacten": replace(TALK, said="Anders."),
    "afspraken": replace(PROMISE, party="college"),
    "omstandigheden": replace(ACTION, persons=460),
}

subjects = pytest.mark.parametrize("subject", GOOD)


def add_url(subject: str) -> str:
    return f"{DOSSIER}{subject}/toevoegen/"


def entry_url(version: DossierEntry, subject: str, more: str = "") -> str:
    return f"{DOSSIER}{subject}/{version.entry}/{more}"


def hidden(response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.content.decode())
    assert found, name
    return found[1]


def add(client: Client, to: str, /, **typed: str):
    return client.post(add_url(to), {"entry": str(uuid4())} | GOOD[to] | typed, follow=True)


# -- recorded -----------------------------------------------------------------


@subjects
def test_what_is_recorded_stands_in_the_dossier_with_who_recorded_it(staff: Client, supervisor: User, subject) -> None:
    page = staff.get(add_url(subject))
    response = staff.post(add_url(subject), {"entry": hidden(page, "entry")} | GOOD[subject], follow=True)
    version = MODELS[subject].objects.get()
    assert version.entry == UUID(hidden(page, "entry"))
    assert response.redirect_chain == [(entry_url(version, subject), 302)]
    assert "Opgeslagen." in words(response)
    assert f"door {supervisor}." in words(response)
    assert entry_url(version, subject) in links(staff.get(DOSSIER))


@subjects
def test_a_form_that_is_sent_twice_counts_once(staff: Client, subject) -> None:
    sent = {"entry": str(uuid4())} | GOOD[subject]
    for _ in range(2):
        response = staff.post(add_url(subject), sent, follow=True)
    assert "Dit stond er al, en is niet nog eens opgeslagen." in words(response)
    assert MODELS[subject].objects.count() == 1


def test_a_contact_says_what_was_said(staff: Client, reader: Client) -> None:
    add(staff, "contacten", names="A. Voorbeeld", said="Eerste alinea.\n\nTweede <b>alinea</b>.")
    url = entry_url(Contact.objects.get(), "contacten")
    page = reader.get(url)
    text = words(page)
    assert "Versnelde uitstroom Ambtelijk overleg, 8 juli 2022, 9.45 uur" in text
    assert "Deelnemers gemeente (2), toezichthouder" in text
    assert "Namen A. Voorbeeld persoonsgegeven: wordt niet gepubliceerd" in text
    assert "<p>Tweede &lt;b&gt;alinea&lt;/b&gt;.</p>" in page.content.decode()


def test_names_of_persons_stand_on_the_page_of_the_contact_alone(staff: Client, caplog) -> None:
    for name in (None, "django.request", "supervision"):
        caplog.set_level(logging.DEBUG, logger=name)
    add(staff, "contacten", names="A. Voorbeeld")
    for url in (PAGE, DOSSIER, f"{PAGE}tijdlijn/", "/2022-2/agenda/"):
        assert "A. Voorbeeld" not in staff.get(url).content.decode()
    assert "A. Voorbeeld" not in caplog.text


def test_an_agreement_is_made_at_a_contact(staff: Client, supervisor: User, city: Municipality) -> None:
    contact = make_contact(by=supervisor, municipality=city)
    page = staff.get(entry_url(contact, "contacten"))
    [url] = [link for link in links(page) if link.endswith(f"?contact={contact.pk}")]
    assert f'<option value="{contact.pk}" selected' in staff.get(url).content.decode()
    add(staff, "afspraken", contact=str(contact.pk))
    text = words(staff.get(entry_url(contact, "contacten")))
    assert "De gemeente stuurt de raadsbrief gemeente; ambtelijk overleg, 8 juli" in text


def test_of_several_sources_each_number_stands_with_who_said_it(staff: Client, supervisor: User) -> None:
    add(staff, "omstandigheden")
    beside = next(
        link for link in links(staff.get(entry_url(Circumstance.objects.get(), "omstandigheden"))) if "?kind" in link
    )
    page = staff.get(beside)
    assert 'value="Versnellingsactie zomer 2022"' in page.content.decode()
    add(staff, "omstandigheden", persons="460", said_by="Gemeente Utrecht", subject="versnellingsactie Zomer 2022")
    text = words(staff.get(DOSSIER))
    assert "276 personen Veiligheidsregio Utrecht 8 juli 2022; Gespreksnotitie; van 1 augustus 2022 tot en met" in text
    assert "460 personen Gemeente Utrecht" in text
    assert text.count("ersnellingsactie zomer 2022 Versnellingsactie") == 1
    assert "Geen van deze aantallen telt mee in een berekening." in text


def test_a_measure_of_the_trede_becomes_an_agreement(dossier: Herverdeling, staff: Client, city: Municipality) -> None:
    page = staff.get(DOSSIER)
    assert "Volgt uit trede 3 over 2022-1" in words(page)
    measure = f"{add_url('afspraken')}?maatregel=2"
    assert measure in links(page)
    form = staff.get(measure)
    assert 'value="Bestuurlijk overleg"' in form.content.decode()
    sent = AGREEMENT | {"entry": hidden(form, "entry"), "what": "Overleg met de wethouder wonen"}
    assert "trede 3 over 2022-1: bestuurlijk overleg" in words(staff.post(measure, sent, follow=True))
    agreement = Agreement.objects.get()
    assert (agreement.trede, agreement.measure, agreement.period) == (3, "bestuurlijk overleg", Period(2022, 1))
    page = staff.get(DOSSIER)
    assert measure not in links(page)
    assert "Bestuurlijk overleg (afgesproken)" in words(page)
    # It stays a measure, however it is changed.
    changed = AGREEMENT | {"entry": str(agreement.entry), "seen": str(agreement.pk), "what": "Overleg"}
    staff.post(entry_url(agreement, "afspraken", "wijzigen/"), changed)
    assert Agreement.objects.get(replaced_at=None).measure == "bestuurlijk overleg"


@pytest.mark.parametrize("number", ["0", "9", "x"])
def test_a_measure_that_is_not_there_is_an_agreement_of_its_own(dossier: Herverdeling, staff: Client, number) -> None:
    assert staff.get(f"{add_url('afspraken')}?maatregel={number}").status_code == 200


# -- changed ------------------------------------------------------------------


@subjects
def test_a_change_shows_what_stood_there_before(staff, supervisor, city, subject) -> None:
    version = MAKERS[subject](by=supervisor, municipality=city)
    page = staff.get(entry_url(version, subject, "wijzigen/"))
    other = {
        "contacten": {"subject": "Anders"},
        "afspraken": {"what": "Anders"},
        "omstandigheden": {"subject": "Anders"},
    }
    sent = GOOD[subject] | other[subject] | {"entry": hidden(page, "entry"), "seen": hidden(page, "seen")}
    response = staff.post(entry_url(version, subject, "wijzigen/"), sent, follow=True)
    text = words(response)
    assert "Opgeslagen. Wat er eerder stond, blijft te zien." in text
    assert re.search(rf"Gewijzigd op .* uur door {supervisor}; eerder:", text)
    was = {"contacten": "Onderwerp Versnelde uitstroom", "afspraken": "Afspraak De gemeente stuurt de raadsbrief"}
    assert was.get(subject, "Onderwerp Versnellingsactie zomer 2022") in text


@subjects
def test_the_form_of_a_change_is_filled_as_it_stands(staff, supervisor, city, subject) -> None:
    version = MAKERS[subject](by=supervisor, municipality=city)
    url = entry_url(version, subject, "wijzigen/")
    page = staff.get(url).content.decode()
    sent = dict(re.findall(r'<input[^>]* name="([^"]+)"(?:[^>]*? value="([^"]*)")?', page))
    sent |= dict(re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>\s*([^<]*)</textarea>', page))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', page, flags=re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        sent[name] = chosen[1] if chosen else ""
    assert "Zo stond het er al: er is niets veranderd." in words(staff.post(url, sent, follow=True))
    assert MODELS[subject].objects.count() == 1


def test_the_ends_of_lines_that_a_browser_sends_are_no_change(staff, supervisor, city) -> None:
    facts = replace(TALK, time=time(9, 45), said="Eerst dit.\n\nToen dat.")
    version = make_contact(by=supervisor, municipality=city, facts=facts)
    sent = CONTACT | {"participants": facts.participants, "said": "Eerst dit.\r\n\r\nToen dat."}
    url = entry_url(version, "contacten", "wijzigen/")
    response = staff.post(url, sent | {"entry": str(version.entry), "seen": str(version.pk)}, follow=True)
    assert "Zo stond het er al: er is niets veranderd." in words(response)
    assert Contact.objects.count() == 1


@subjects
def test_who_is_second_is_asked_and_loses_nothing(staff, supervisor, utrecht, city, subject) -> None:
    version = MAKERS[subject](by=supervisor, municipality=city)
    colleague = make_user(province=utrecht)
    theirs = change_entry(by=colleague, seen=version, facts=OTHERWISE[subject], now=NOON).version
    name = {"contacten": "said", "afspraken": "what", "omstandigheden": "description"}[subject]
    sent = GOOD[subject] | {name: "Van mij", "entry": str(version.entry), "seen": str(version.pk)}
    url = entry_url(version, subject, "wijzigen/")
    response = staff.post(url, sent)
    assert response.status_code == 409
    text = words(response)
    assert f"{colleague} heeft dit intussen gewijzigd. Er is niets van u opgeslagen." in text
    assert "van uw collega" in text
    assert "Van mij" in response.content.decode()
    assert title(response).startswith("Fout:")
    assert MODELS[subject].objects.count() == 2
    # Knowing that, saved once more.
    again = sent | {"seen": hidden(response, "seen")}
    assert hidden(response, "seen") == str(theirs.pk)
    assert staff.post(url, again).status_code == 302
    assert getattr(MODELS[subject].objects.get(replaced_at=None), name) == "Van mij"
    assert MODELS[subject].objects.count() == 3


@subjects
def test_what_was_typed_over_a_withdrawn_entry_can_be_kept_as_a_new_one(staff, supervisor, city, subject) -> None:
    version = MAKERS[subject](by=supervisor, municipality=city)
    withdraw_entry(by=supervisor, seen=version, reason="Dubbel", now=NOON)
    sent = GOOD[subject] | {"entry": str(version.entry), "seen": str(version.pk)}
    response = staff.post(entry_url(version, subject, "wijzigen/"), sent)
    assert response.status_code == 409
    assert "heeft dit intussen ingetrokken" in words(response)
    assert f'action="{add_url(subject)}"' in response.content.decode()
    staff.post(add_url(subject), sent | {"entry": hidden(response, "entry")})
    assert MODELS[subject].objects.filter(withdrawn_at=None).count() == 1


# -- withdrawn ----------------------------------------------------------------


@subjects
def test_what_is_withdrawn_stays_in_the_file_with_the_reason(staff, reader, supervisor, city, subject) -> None:
    version = MAKERS[subject](by=supervisor, municipality=city)
    url = entry_url(version, subject, "intrekken/")
    assert "blijft met de reden in het dossier staan" in words(staff.get(url))
    response = staff.post(url, {"reason": "Dubbel ingevoerd"}, follow=True)
    assert re.search(rf"Ingetrokken door {supervisor} op .*: Dubbel ingevoerd", words(response))
    assert "Wijzigen" not in words(response)
    text = words(reader.get(DOSSIER))
    assert f"{supervisor}: Dubbel ingevoerd" in text
    assert staff.get(entry_url(version, subject, "wijzigen/")).status_code == 302
    again = staff.post(url, {"reason": "Nog eens"}, follow=True)
    assert "intussen ingetrokken" in words(again)
    assert MODELS[subject].objects.get().withdrawal_reason == "Dubbel ingevoerd"
    assert "al ingetrokken" in words(staff.get(url))


def test_what_a_colleague_changed_meanwhile_is_not_withdrawn_unseen(staff, supervisor, utrecht, city) -> None:
    version = make_contact(by=supervisor, municipality=city)
    url = entry_url(version, "contacten", "intrekken/")
    seen = hidden(staff.get(url), "seen")
    colleague = make_user(province=utrecht)
    change_entry(by=colleague, seen=version, facts=replace(TALK, said="Anders."), now=NOON)
    response = staff.post(url, {"reason": "Dubbel", "seen": seen}, follow=True)
    assert f"{colleague} heeft dit intussen gewijzigd." in words(response)
    assert not Contact.objects.filter(withdrawn_at__isnull=False).exists()


def test_withdrawing_takes_a_reason(staff, supervisor, city) -> None:
    version = make_contact(by=supervisor, municipality=city)
    response = staff.post(entry_url(version, "contacten", "intrekken/"), {"reason": " "})
    assert response.status_code == 422
    assert "Vul in waarom u dit intrekt." in words(response)
    assert not Contact.objects.get().is_withdrawn


# -- what cannot be -----------------------------------------------------------


@pytest.mark.parametrize(
    ("subject", "typed", "sentence"),
    [
        ("contacten", {"kind": ""}, "Kies wat voor contact het is."),
        ("contacten", {"kind": "borrel"}, "Selecteer een geldige keuze"),
        ("contacten", {"on": ""}, "Vul in op welke dag het is."),
        ("contacten", {"on": "gisteren"}, "Dit is geen datum. Schrijf bijvoorbeeld 8-9-2022."),
        ("contacten", {"on": "2222-07-08"}, "is te ver weg"),
        ("contacten", {"time": "25:00"}, "Dit is geen tijd. Schrijf bijvoorbeeld 9.45."),
        ("contacten", {"subject": ""}, "Vul in waar het over ging."),
        ("contacten", {"subject": "x" * 121}, "120 tekens"),
        ("contacten", {"said": ""}, "Vul in wat er is besproken: dit contact is geweest."),
        ("contacten", {"said": "Gezin met V-nummer 280.123.4567"}, "Onder ‘besproken’ staat wat een V-nummer lijkt."),
        ("contacten", {"said": "x" * 10_001}, "10000 tekens"),
        ("contacten", {"said": "een\x00nul"}, "Null-tekens"),
        ("afspraken", {"what": ""}, "Vul in wat er is afgesproken."),
        ("afspraken", {"party": ""}, "Vul in wie het doet."),
        ("afspraken", {"due": ""}, "Vul in wanneer het klaar moet zijn."),
        ("afspraken", {"contact": "999999"}, "Selecteer een geldige keuze"),
        ("omstandigheden", {"persons": "27b"}, "‘27b’ is geen getal"),
        ("omstandigheden", {"persons": "-1"}, "Een aantal kan niet onder nul zijn."),
        ("omstandigheden", {"said_by": ""}, "Vul in wie het zei."),
        ("omstandigheden", {"said_on": ""}, "Vul in op welke dag het is gezegd."),
        ("omstandigheden", {"document": ""}, "Vul in in welk document het staat."),
        ("omstandigheden", {"end": "2022-07-31"}, "Het einde ligt vóór het begin, 1 augustus 2022."),
    ],
)
def test_what_cannot_be_is_told_at_its_field(staff: Client, subject, typed, sentence) -> None:
    response = add(staff, subject, **typed)
    assert response.status_code == 422
    assert sentence in words(response)
    assert title(response).startswith("Fout:")
    assert not MODELS[subject].objects.exists()


@pytest.mark.parametrize("entry", ["", "geen-kenmerk"])
def test_a_form_without_its_mark_asks_to_load_the_page_again(staff: Client, entry) -> None:
    response = add(staff, "contacten", entry=entry)
    assert response.status_code == 422
    assert "Laad de pagina opnieuw." in words(response)


def test_a_day_on_which_the_municipality_was_not_there_is_refused(staff: Client) -> None:
    url = "/2018-2/gemeenten/GM0620/dossier/contacten/toevoegen/"
    response = staff.post(url, CONTACT | {"entry": str(uuid4()), "on": "2019-01-01"})
    assert response.status_code == 422
    assert "Vianen bestond op 1 januari 2019 niet meer: opgeheven op 1 januari 2019." in words(response)


def test_the_dossier_of_a_part_stays_within_reach(staff: Client, supervisor: User) -> None:
    vianen = Municipality.objects.get(code="GM0620")
    make_contact(by=supervisor, municipality=vianen, facts=replace(TALK, on=date(2018, 11, 1), subject="Samen verder"))
    page = staff.get("/2022-1/gemeenten/GM1961/dossier/")
    assert "Dossier van Vianen (tot 1 januari 2019)" in words(page)
    # Leerdam and Zederik were of another province: that has their dossiers.
    assert "Leerdam" not in words(page)
    part = staff.get("/2018-2/gemeenten/GM0620/dossier/")
    assert "/2018-2/gemeenten/GM0620/dossier/" in links(page)
    assert "Samen verder" in words(part)
    assert "/2019-1/gemeenten/GM1961/dossier/" in links(part)
    assert staff.get("/2022-1/gemeenten/GM0620/dossier/").status_code == 404


# -- the page of the municipality ---------------------------------------------


def test_the_page_of_the_municipality_has_the_last_of_it(staff, reader, supervisor, city) -> None:
    today = localdate()
    contact = make_contact(by=supervisor, municipality=city)
    facts = replace(PROMISE, due=today - timedelta(days=3), contact=contact)
    make_agreement(by=supervisor, municipality=city, facts=facts)
    make_agreement(by=supervisor, municipality=city, facts=replace(facts, what="Al gedaan", done_on=date(2022, 9, 8)))
    make_circumstance(by=supervisor, municipality=city)
    page = staff.get(PAGE)
    text = words(page)
    assert "3 dagen te laat De gemeente stuurt de raadsbrief gemeente; ambtelijk overleg, 8 juli" in text
    assert "Al gedaan" not in text
    assert "8 jul 2022 Ambtelijk overleg: Versnelde uitstroom gemeente (2), provincie (2)" in text
    assert "276 personen Veiligheidsregio Utrecht 8 juli 2022" in text
    assert {add_url(subject) for subject in GOOD} <= set(links(page))
    assert not {add_url(subject) for subject in GOOD} & set(links(reader.get(PAGE)))


def test_of_many_it_shows_the_last_and_leads_to_the_rest(staff, supervisor, city) -> None:
    for day in range(1, 7):
        make_contact(by=supervisor, municipality=city, facts=replace(TALK, on=date(2022, 7, day)))
        make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, due=date(2022, 7, day)))
    text = words(staff.get(PAGE))
    assert "Alle 6 contacten" in text
    assert "Alle 6 open afspraken" in text
    assert "3 jul 2022 Ambtelijk" in text
    assert "2 jul 2022 Ambtelijk" not in text


def test_at_a_moment_before_it_was_not_there(staff, supervisor, city) -> None:
    make_contact(by=supervisor, municipality=city)
    assert "Versnelde uitstroom" in words(staff.get(f"{PAGE}?stand=2022-09-08"))
    page = staff.get(f"{PAGE}?stand=2022-09-07")
    assert "Versnelde uitstroom" not in words(page)
    assert add_url("contacten") not in links(page)


@pytest.mark.parametrize("url", [PAGE, DOSSIER, f"{PAGE}tijdlijn/", "/2022-1/", "/2022-1/agenda/"])
def test_as_many_queries_for_more_entries(dossier: Herverdeling, staff, supervisor, city, url) -> None:
    def fill() -> None:
        contact = make_contact(by=supervisor, municipality=city)
        for code in ("GM0344", "GM0307", "GM0321"):
            other = Municipality.objects.get(code=code)
            agreement = make_agreement(by=supervisor, municipality=other)
            withdraw_entry(by=supervisor, seen=agreement, reason="Dubbel", now=NOON)
            make_agreement(by=supervisor, municipality=other)
            make_circumstance(by=supervisor, municipality=other)
        make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, contact=contact))

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert staff.get(url).status_code == 200
        return len(queries)

    staff.get(url)
    fill()
    make_plan(by=supervisor, municipality=city)
    few = count()
    for _ in range(3):
        fill()
    make_plan(by=supervisor, municipality=city, period=Period(2021, 2))
    assert count() == few
    assert few <= (18 if "dossier" in url else 17)


def test_nothing_of_it_is_in_a_sum(dossier: Herverdeling, staff, city) -> None:
    before = assess_municipality(municipality=city, period=Period(2022, 2))
    for subject in GOOD:
        add(staff, subject)
    assert assess_municipality(municipality=city, period=Period(2022, 2)) == before


# -- who may ------------------------------------------------------------------


def urls(version: DossierEntry, subject: str) -> list[str]:
    return [add_url(subject), entry_url(version, subject, "wijzigen/"), entry_url(version, subject, "intrekken/")]


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
@subjects
def test_who_keeps_no_dossier_looks_at_it_alone(utrecht: Province, supervisor, city, role, subject) -> None:
    version = MAKERS[subject](by=supervisor, municipality=city)
    client = browser_of(make_user(role=role, province=utrecht))
    assert client.get(DOSSIER).status_code == 200
    page = client.get(entry_url(version, subject))
    assert page.status_code == 200
    for url in urls(version, subject):
        assert url not in links(page)
        assert client.get(url).status_code == 403
        assert client.post(url, GOOD[subject] | {"entry": str(uuid4()), "reason": "x"}).status_code == 403
    assert MODELS[subject].objects.count() == 1


@subjects
def test_a_stranger_finds_nothing(stranger: Client, supervisor, city, subject) -> None:
    version = MAKERS[subject](by=supervisor, municipality=city)
    for url in (DOSSIER, f"{PAGE}tijdlijn/", entry_url(version, subject), *urls(version, subject)):
        assert stranger.get(url).status_code == 404
    assert stranger.post(entry_url(version, subject, "intrekken/"), {"reason": "x"}).status_code == 404
    assert not MODELS[subject].objects.get().is_withdrawn


def test_nobody_is_sent_to_the_login(nobody: Client) -> None:
    assert nobody.get(DOSSIER).headers["Location"] == f"/account/login/?next={DOSSIER}"


@subjects
def test_an_entry_is_found_in_its_own_dossier_and_kind_alone(staff, supervisor, city, subject) -> None:
    version = MAKERS[subject](by=supervisor, municipality=city)
    for url in (
        entry_url(version, next(other for other in GOOD if other != subject)),
        f"/2022-1/gemeenten/GM0331/dossier/{subject}/{version.entry}/",
        f"{DOSSIER}{subject}/{uuid4()}/",
        f"{DOSSIER}{subject}/geen-kenmerk/",
        f"{DOSSIER}iets-anders/{version.entry}/",
    ):
        assert staff.get(url).status_code == 404


def test_measures_are_those_of_the_decided_trede(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    decide(decider, propose(supervisor, city, 2, "de achterstand in juli is ingelopen"))
    text = words(staff.get(DOSSIER))
    assert "Volgt uit trede 2 over 2022-1" in text
    assert "Ambtelijk gesprek" in text
    assert "Verbeterplan Bestuurlijk overleg" not in text
