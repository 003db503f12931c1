"""A verbeterplan on screen: asked for, from state to state, with its agreements; what cannot be; and who may."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils.timezone import localdate

from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.actions.verbeterplan import take_step
from supervision.models import Verbeterplan, VerbeterplanStep
from supervision.rules.verbeterplan import State
from tests.municipalities.factories import make_user
from tests.supervision.dossier_entries import PROMISE, make_agreement, make_plan
from tests.supervision.ledger import NOON
from tests.supervision.views.conftest import browser_of
from tests.supervision.views.page import links, title, words

DOSSIER = "/2022-1/gemeenten/GM0344/dossier/"
ASK = f"{DOSSIER}verbeterplannen/vragen/"

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.fixture
def plan(supervisor: User, city: Municipality) -> Verbeterplan:
    return make_plan(by=supervisor, municipality=city)


def plan_url(plan: Verbeterplan, more: str = "") -> str:
    return f"{DOSSIER}verbeterplannen/{plan.pk}/{more}"


def sent(**typed: str) -> dict[str, str]:
    return {"on": "2022-07-20", "due": "2022-11-01", "note": "", "submission": str(uuid4())} | typed


def test_a_plan_is_asked_for_once(staff: Client) -> None:
    assert ASK in links(staff.get(DOSSIER))
    page = staff.get(ASK).content.decode()
    mark = re.search(r'name="submission" value="([^"]+)"', page)
    assert mark
    for _ in range(2):
        response = staff.post(ASK, sent(submission=mark[1]), follow=True)
    plan = Verbeterplan.objects.get()
    assert response.redirect_chain == [(plan_url(plan), 302)]
    assert "Stand: gevraagd, sinds 20 juli 2022; volgende stap uiterlijk 1 november 2022" in words(response)
    dossier = staff.get(DOSSIER)
    assert ASK not in links(dossier)
    assert "Verbeterplan over 2022-1 gevraagd, sinds 20 juli 2022" in words(dossier)
    second = staff.post(ASK, sent())
    assert second.status_code == 422
    assert "Over 2022-1 is aan Utrecht al een verbeterplan gevraagd." in words(second)


def test_it_goes_from_state_to_state(staff: Client, reader: Client, plan: Verbeterplan, supervisor: User) -> None:
    steps = [
        ("gevraagd", "ontvangen", "2022-08-01", ""),
        ("ontvangen", "gevraagd", "2022-08-05", "Zonder aantallen per maand."),
        ("gevraagd", "ontvangen", "2022-08-20", ""),
        ("ontvangen", "akkoord", "2022-09-01", ""),
        ("akkoord", "afgerond", "2022-09-08", ""),
    ]
    for seen, state, on, note in steps:
        typed = {"seen": seen, "state": state, "on": on, "due": "", "note": note}
        response = staff.post(plan_url(plan), typed, follow=True)
        assert f"het verbeterplan staat op ‘{state}’" in words(response)
    text = words(reader.get(plan_url(plan)))
    assert "Stand: afgerond, sinds 8 september 2022" in text
    assert f"Gevraagd: Zonder aantallen per maand. {supervisor}" in text
    assert "Nieuwe stand" not in words(staff.get(plan_url(plan)))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"state": ""}, "Kies de nieuwe stand."),
        ({"state": "afgerond"}, "Selecteer een geldige keuze"),
        ({"on": ""}, "Vul in op welke dag dat was."),
        ({"on": "2022-07-19"}, "Dat was vóór de vorige stap, van 20 juli 2022."),
        ({"on": "2022-08-01", "due": "2022-07-31"}, "Dat is vóór 1 augustus 2022, de dag van deze stap."),
        ({"note": "V-nummer 2801234567"}, "Onder ‘toelichting’ staat wat een V-nummer lijkt."),
        ({"seen": "iets"}, "Laad de pagina opnieuw."),
    ],
)
def test_what_cannot_be_is_refused(staff: Client, plan: Verbeterplan, typed, sentence) -> None:
    good = {"seen": "gevraagd", "state": "ontvangen", "on": "2022-08-01", "due": "", "note": ""}
    response = staff.post(plan_url(plan), good | typed)
    assert response.status_code == 422
    assert sentence in words(response)
    assert title(response).startswith("Fout:")
    assert VerbeterplanStep.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"on": ""}, "Vul in op welke dag het plan is gevraagd."),
        ({"on": "2222-01-01"}, "moet nog komen"),
        ({"due": "2022-07-19"}, "Dat is vóór 20 juli 2022, de dag van deze stap."),
        ({"submission": "x"}, "Laad de pagina opnieuw."),
    ],
)
def test_what_cannot_be_asked_for_is_refused(staff: Client, typed, sentence) -> None:
    response = staff.post(ASK, sent(**typed))
    assert response.status_code == 422
    assert sentence in words(response)
    assert not Verbeterplan.objects.exists()


def test_who_is_second_is_told_who_was_first(staff: Client, plan: Verbeterplan, utrecht: Province) -> None:
    colleague = make_user(province=utrecht)
    take_step(by=colleague, plan=plan, seen=State.REQUESTED, state=State.RECEIVED, on=date(2022, 8, 1), now=NOON)
    typed = {"seen": "gevraagd", "state": "ontvangen", "on": "2022-08-02", "due": "", "note": ""}
    response = staff.post(plan_url(plan), typed)
    assert response.status_code == 422
    assert f"{colleague} heeft het verbeterplan intussen op ‘ontvangen’ gezet." in words(response)
    assert VerbeterplanStep.objects.count() == 2


def test_its_agreements_stand_with_it(staff: Client, plan: Verbeterplan, supervisor: User, city: Municipality) -> None:
    add = f"{DOSSIER}afspraken/toevoegen/?plan={plan.pk}"
    assert add in links(staff.get(plan_url(plan)))
    assert f'<option value="{plan.pk}" selected' in staff.get(add).content.decode()
    make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, plan=plan))
    make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, what="Iets anders"))
    text = words(staff.get(plan_url(plan)))
    assert "De gemeente stuurt de raadsbrief" in text
    assert "Iets anders" not in text
    assert "1 afspraak, 1 open" in words(staff.get(DOSSIER))


def test_a_plan_that_is_late_says_so(staff: Client, supervisor: User, city: Municipality) -> None:
    due = localdate() - timedelta(days=2)
    plan = make_plan(by=supervisor, municipality=city, due=due)
    for url in (plan_url(plan), DOSSIER):
        assert "2 dagen te laat" in words(staff.get(url))


def test_it_is_withdrawn_with_a_reason(staff: Client, plan: Verbeterplan, supervisor: User) -> None:
    url = plan_url(plan, "intrekken/")
    assert staff.post(url, {"reason": ""}).status_code == 422
    response = staff.post(url, {"reason": "Verkeerde gemeente"}, follow=True)
    assert re.search(rf"Ingetrokken door {supervisor} op .*: Verkeerde gemeente", words(response))
    assert "Nieuwe stand" not in words(response)
    assert "Dit was al ingetrokken." in words(staff.post(url, {"reason": "Nog eens"}, follow=True))
    assert "al ingetrokken" in words(staff.get(url))
    assert ASK in links(staff.get(DOSSIER))


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_keeps_no_dossier_looks_alone(utrecht: Province, plan: Verbeterplan, role) -> None:
    client = browser_of(make_user(role=role, province=utrecht))
    page = client.get(plan_url(plan))
    assert page.status_code == 200
    assert "Nieuwe stand" not in words(page)
    typed = {"seen": "gevraagd", "state": "ontvangen", "on": "2022-08-01"}
    assert client.post(plan_url(plan), typed).status_code == 403
    for url in (ASK, plan_url(plan, "intrekken/")):
        assert client.get(url).status_code == 403
        assert client.post(url, sent()).status_code == 403
    assert VerbeterplanStep.objects.count() == 1


def test_a_stranger_and_another_dossier_find_nothing(stranger: Client, staff: Client, plan: Verbeterplan) -> None:
    for url in (ASK, plan_url(plan), plan_url(plan, "intrekken/")):
        assert stranger.get(url).status_code == 404
    assert staff.get(f"/2022-1/gemeenten/GM0331/dossier/verbeterplannen/{plan.pk}/").status_code == 404


def test_nobody_is_sent_to_the_login(nobody: Client, plan: Verbeterplan) -> None:
    assert nobody.get(plan_url(plan)).headers["Location"] == f"/account/login/?next={plan_url(plan)}"
