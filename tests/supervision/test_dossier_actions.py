"""Writing in the dossier: recorded, changed into a next version, withdrawn; what cannot be; and who was first."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from municipalities.models import Municipality
from supervision.actions import Refused
from supervision.actions.dossier import EntryChanged, Mistake, change_entry, record_entry, withdraw_entry
from supervision.actions.verbeterplan import request_plan, take_step, withdraw_plan
from supervision.dossier import agreements_of, contacts_of, plans_of, versions_of
from supervision.models import Agreement, Circumstance, Contact, Verbeterplan, VerbeterplanStep
from supervision.rules.period import Period
from supervision.rules.verbeterplan import State
from tests.municipalities.factories import make_user
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

LATER = NOON + timedelta(hours=1)

pytestmark = pytest.mark.usefixtures("within_utrecht")

MAKERS = [make_contact, make_agreement, make_circumstance]
FACTS = {make_contact: TALK, make_agreement: PROMISE, make_circumstance: ACTION}
CHANGED = {
    make_contact: replace(TALK, said="Anders."),
    make_agreement: replace(PROMISE, party="college"),
    make_circumstance: replace(ACTION, persons=460),
}


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def make(request):
    return request.param


@pytest.fixture
def seen(make, supervisor, city):
    return make(by=supervisor, municipality=city)


@pytest.fixture
def colleague(utrecht):
    return make_user(province=utrecht)


# -- recorded -----------------------------------------------------------------


def test_an_entry_says_who_recorded_it_and_when(seen, supervisor, utrecht):
    assert (seen.recorded_at, seen.recorded_by, seen.province) == (NOON, supervisor, utrecht)


def test_a_form_that_is_sent_twice_counts_once(make, supervisor, city):
    entry = uuid4()
    first, again = (
        record_entry(by=supervisor, municipality=city, facts=FACTS[make], entry=entry, now=NOON) for _ in range(2)
    )
    assert (first.is_new, again.is_new) == (True, False)
    assert again.version == first.version
    assert type(first.version).objects.count() == 1


# -- changed ------------------------------------------------------------------


def test_a_change_is_a_next_version_and_the_old_one_stays(make, seen, colleague, city):
    kept = change_entry(by=colleague, seen=seen, facts=CHANGED[make], now=LATER)
    assert kept.is_new
    new, old = versions_of(type(seen).objects, municipality=city, entry=seen.entry)
    assert (new, old) == (kept.version, seen)
    assert (new.recorded_by, new.recorded_at) == (colleague, LATER)
    assert (old.recorded_at, old.replaced_at, old.replaced_by) == (NOON, LATER, colleague)


def test_a_change_that_says_the_same_changes_nothing(make, seen, colleague):
    assert not change_entry(by=colleague, seen=seen, facts=FACTS[make], now=LATER).is_new
    assert type(seen).objects.count() == 1


def test_who_saw_an_older_version_overwrites_nothing(make, seen, supervisor, colleague):
    theirs = change_entry(by=colleague, seen=seen, facts=CHANGED[make], now=LATER).version
    for act in (
        lambda: change_entry(by=supervisor, seen=seen, facts=FACTS[make], now=LATER),
        lambda: withdraw_entry(by=supervisor, seen=seen, reason="Dubbel", now=LATER),
    ):
        with pytest.raises(EntryChanged, match=f"{colleague} heeft dit intussen gewijzigd") as refusal:
            act()
        assert refusal.value.theirs == theirs
    assert type(seen).objects.count() == 2


def test_the_database_holds_one_version_that_stands(seen):
    twin = type(seen).objects.get(pk=seen.pk)
    twin.pk = None
    with transaction.atomic(), pytest.raises(IntegrityError):
        twin.save()


def test_the_same_contact_in_a_later_version_is_no_other_contact(supervisor, city):
    contact = make_contact(by=supervisor, municipality=city)
    agreement = make_agreement(by=supervisor, municipality=city, facts=replace(PROMISE, contact=contact))
    later = change_entry(by=supervisor, seen=contact, facts=replace(TALK, said="Meer."), now=LATER).version
    same = change_entry(by=supervisor, seen=agreement, facts=replace(PROMISE, contact=later), now=LATER)
    assert not same.is_new


# -- withdrawn ----------------------------------------------------------------


def test_what_is_withdrawn_stays_with_its_reason(seen, colleague):
    withdraw_entry(by=colleague, seen=seen, reason=" Dubbel ingevoerd ", now=LATER)
    row = type(seen).objects.get()
    assert (row.withdrawn_at, row.withdrawn_by, row.withdrawal_reason) == (LATER, colleague, "Dubbel ingevoerd")


def test_without_a_reason_nothing_is_withdrawn(seen, supervisor):
    with pytest.raises(Mistake, match="Vul in waarom u dit intrekt"):
        withdraw_entry(by=supervisor, seen=seen, reason="  ", now=LATER)
    assert not type(seen).objects.get().is_withdrawn


def test_what_was_withdrawn_is_neither_changed_nor_withdrawn_again(make, seen, supervisor, colleague):
    withdraw_entry(by=colleague, seen=seen, reason="Dubbel", now=LATER)
    for act in (
        lambda: change_entry(by=supervisor, seen=seen, facts=CHANGED[make], now=LATER),
        lambda: withdraw_entry(by=supervisor, seen=seen, reason="Anders", now=LATER),
    ):
        with pytest.raises(EntryChanged, match=f"{colleague} heeft dit intussen ingetrokken"):
            act()
    assert type(seen).objects.get().withdrawal_reason == "Dubbel"


# -- personal data ------------------------------------------------------------


def test_names_are_kept_only_in_the_version_that_stands(supervisor, city):
    named = replace(TALK, names="A. Voorbeeld")
    contact = make_contact(by=supervisor, municipality=city, facts=named)
    change_entry(by=supervisor, seen=contact, facts=replace(named, said="Meer."), now=LATER)
    assert list(Contact.objects.order_by("pk").values_list("names", flat=True)) == ["", "A. Voorbeeld"]
    withdraw_entry(by=supervisor, seen=Contact.objects.get(replaced_at=None), reason="Dubbel", now=LATER)
    assert set(Contact.objects.values_list("names", flat=True)) == {""}


def test_the_database_keeps_no_names_of_what_was_replaced(supervisor, city):
    contact = make_contact(by=supervisor, municipality=city, facts=replace(TALK, names="A. Voorbeeld"))
    contact.replaced_at, contact.replaced_by = LATER, supervisor
    with transaction.atomic(), pytest.raises(IntegrityError):
        contact.save()


@pytest.mark.parametrize("number", ["V-nummer 280.123.4567", "v 2801234567", "BSN 123456782", "1234.56.782"])
@pytest.mark.parametrize("field", ["subject", "participants", "names", "said"])
def test_a_number_of_a_vergunninghouder_is_refused_and_not_repeated(supervisor, city, field, number):
    with pytest.raises(Mistake, match="Gegevens van vergunninghouders horen niet in het dossier") as refusal:
        make_contact(by=supervisor, municipality=city, facts=replace(TALK, **{field: f"Gezin met {number}."}))
    assert refusal.value.field == field
    assert "4567" not in str(refusal.value)
    assert "782" not in str(refusal.value)
    assert not Contact.objects.exists()


def test_a_reason_is_looked_at_too(seen, supervisor):
    with pytest.raises(Mistake, match="een V-nummer"):
        withdraw_entry(by=supervisor, seen=seen, reason="V-nummer 2801234567 stond erin", now=LATER)


# -- what cannot be -----------------------------------------------------------


@pytest.mark.parametrize(
    ("facts", "field", "sentence"),
    [
        (replace(TALK, subject=" "), "subject", "Vul in waar het over ging."),
        (replace(TALK, said=""), "said", "Vul in wat er is besproken: dit contact is geweest."),
        (replace(TALK, on=date(1022, 7, 8)), "on", "8 juli 1022 is te lang geleden: kies een dag vanaf 1995."),
        (replace(TALK, on=date(2222, 7, 8)), "on", "8 juli 2222 is te ver weg: kies een dag tot en met 2027."),
        (replace(PROMISE, what=""), "what", "Vul in wat er is afgesproken."),
        (replace(PROMISE, party=""), "party", "Vul in wie het doet."),
        (replace(PROMISE, due=date(2222, 1, 1)), "due", "1 januari 2222 is te ver weg"),
        (replace(PROMISE, done_on=date(2022, 9, 9)), "done_on", "9 september 2022 moet nog komen"),
        (replace(ACTION, subject=""), "subject", "Vul in waar het over gaat."),
        (replace(ACTION, said_by=""), "said_by", "Vul in wie het zei."),
        (replace(ACTION, document=""), "document", "Vul in in welk document het staat."),
        (replace(ACTION, said_on=date(2022, 9, 9)), "said_on", "9 september 2022 moet nog komen"),
        (replace(ACTION, end=date(2022, 7, 31)), "end", "Het einde ligt vóór het begin, 1 augustus 2022."),
        (replace(ACTION, start=date(22, 8, 1)), "start", "1 augustus 22 is te lang geleden"),
        (replace(ACTION, persons=-1), "persons", "Een aantal is van 0 tot en met 99.999 personen."),
        (replace(ACTION, persons=100_000), "persons", "Een aantal is van 0 tot en met 99.999 personen."),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(supervisor, city, facts, field, sentence):
    with pytest.raises(Mistake) as refusal:
        record_entry(by=supervisor, municipality=city, facts=facts, entry=uuid4(), now=NOON)
    assert str(refusal.value).replace("\u00a0", " ").startswith(sentence)
    assert refusal.value.field == field


def test_a_contact_that_is_still_to_come_is_an_appointment(supervisor, city):
    appointment = replace(TALK, on=date(2022, 9, 9), time=time(17), said="")
    assert make_contact(by=supervisor, municipality=city, facts=appointment).said == ""


@pytest.mark.parametrize(
    ("code", "day", "sentence"),
    [
        (
            "GM1961",
            date(2018, 12, 31),
            "Vijfheerenlanden bestond op 31 december 2018 nog niet: pas sinds 1 januari 2019.",
        ),
        ("GM0620", date(2019, 1, 1), "Vianen bestond op 1 januari 2019 niet meer: opgeheven op 1 januari 2019."),
    ],
)
def test_nothing_happens_to_a_municipality_that_is_not_there(supervisor, code, day, sentence):
    municipality = Municipality.objects.get(code=code)
    for facts in (
        replace(TALK, on=day),
        replace(PROMISE, due=day),
        replace(ACTION, said_on=day, start=None, end=None),
    ):
        with pytest.raises(Mistake) as refusal:
            record_entry(by=supervisor, municipality=municipality, facts=facts, entry=uuid4(), now=NOON)
        assert str(refusal.value).replace("\u00a0", " ") == sentence
    assert not any(model.objects.exists() for model in (Contact, Agreement, Circumstance))


def test_another_provinces_user_writes_nothing(city):
    stranger = make_user(province=Municipality.objects.get(code="GM0202").province)
    with pytest.raises(Refused, match="hoort niet bij uw provincie"):
        make_contact(by=stranger, municipality=city)
    with pytest.raises(Refused, match="hoort niet bij uw provincie"):
        make_plan(by=stranger, municipality=city)


def test_an_agreement_hangs_at_contacts_and_plans_of_its_own_municipality(supervisor, city):
    lopik = Municipality.objects.get(code="GM0331")
    contact, plan = make_contact(by=supervisor, municipality=lopik), make_plan(by=supervisor, municipality=lopik)
    for facts in (replace(PROMISE, contact=contact), replace(PROMISE, plan=plan)):
        with pytest.raises(Mistake, match="Dit hoort niet bij Utrecht"):
            make_agreement(by=supervisor, municipality=city, facts=facts)


# -- verbeterplan -------------------------------------------------------------


@pytest.fixture
def plan(supervisor, city) -> Verbeterplan:
    return make_plan(by=supervisor, municipality=city)


def step(plan, by, seen, state, on=date(2022, 8, 1), **more):
    return take_step(by=by, plan=plan, seen=seen, state=state, on=on, now=NOON, **more)


def test_a_plan_goes_from_state_to_state_each_with_its_day_and_person(plan, supervisor, colleague, city):
    step(plan, colleague, State.REQUESTED, State.RECEIVED, date(2022, 8, 1))
    step(plan, supervisor, State.RECEIVED, State.REQUESTED, date(2022, 8, 5), note="Zonder aantallen per maand.")
    step(plan, supervisor, State.REQUESTED, State.RECEIVED, date(2022, 8, 20))
    step(plan, supervisor, State.RECEIVED, State.AGREED, date(2022, 9, 1), due=date(2023, 1, 1))
    step(plan, colleague, State.AGREED, State.COMPLETED, date(2022, 9, 8))
    [read] = plans_of(municipality=city)
    assert read.state is State.COMPLETED
    assert [(each.state, each.on.day, each.recorded_by) for each in read.steps] == [
        ("gevraagd", 20, supervisor),
        ("ontvangen", 1, colleague),
        ("gevraagd", 5, supervisor),
        ("ontvangen", 20, supervisor),
        ("akkoord", 1, supervisor),
        ("afgerond", 8, colleague),
    ]


@pytest.mark.parametrize("state", [State.REQUESTED, State.AGREED, State.COMPLETED])
def test_a_step_that_does_not_follow_is_refused(plan, supervisor, state):
    with pytest.raises(Refused, match="Daarna kan ‘ontvangen’"):
        step(plan, supervisor, State.REQUESTED, state)
    assert VerbeterplanStep.objects.count() == 1


def test_after_the_last_state_comes_nothing(plan, supervisor):
    for seen, state in zip(State, list(State)[1:], strict=False):
        step(plan, supervisor, seen, state)
    with pytest.raises(Refused, match="Daarna komt niets meer"):
        step(plan, supervisor, State.COMPLETED, State.REQUESTED)


def test_of_two_on_the_same_step_the_second_is_told_who_was_first(plan, supervisor, colleague):
    step(plan, colleague, State.REQUESTED, State.RECEIVED)
    with pytest.raises(Refused, match=f"{colleague} heeft het verbeterplan intussen op ‘ontvangen’ gezet"):
        step(plan, supervisor, State.REQUESTED, State.RECEIVED)


def test_sending_back_says_what_is_wanting(plan, supervisor):
    step(plan, supervisor, State.REQUESTED, State.RECEIVED)
    with pytest.raises(Mistake, match="Vul in wat er aan het plan ontbreekt") as refusal:
        step(plan, supervisor, State.RECEIVED, State.REQUESTED)
    assert refusal.value.field == "note"


@pytest.mark.parametrize(
    ("more", "field", "sentence"),
    [
        ({"on": date(2022, 7, 19)}, "on", "Dat was vóór de vorige stap, van 20 juli 2022."),
        ({"on": date(2022, 9, 9)}, "on", "9 september 2022 moet nog komen"),
        ({"due": date(2022, 7, 31)}, "due", "Dat is vóór 1 augustus 2022, de dag van deze stap."),
        ({"note": "V-nummer 2801234567"}, "note", "Onder ‘toelichting’ staat wat een V-nummer lijkt."),
    ],
)
def test_a_step_on_a_day_that_cannot_be(plan, supervisor, more, field, sentence):
    with pytest.raises(Mistake) as refusal:
        step(plan, supervisor, State.REQUESTED, State.RECEIVED, **more)
    assert str(refusal.value).replace("\u00a0", " ").startswith(sentence)
    assert refusal.value.field == field


def test_over_a_half_year_there_is_one_plan(plan, supervisor, city):
    with pytest.raises(Refused, match="Over 2022-1 is aan Utrecht al een verbeterplan gevraagd"):
        make_plan(by=supervisor, municipality=city)
    assert make_plan(by=supervisor, municipality=city, period=Period(2021, 2)) != plan
    withdraw_plan(by=supervisor, plan=plan, reason="Verkeerde gemeente", now=NOON)
    assert make_plan(by=supervisor, municipality=city) != plan
    assert Verbeterplan.objects.count() == 3


def test_a_plan_that_is_asked_for_twice_by_one_form_is_one(supervisor, city):
    submission = uuid4()
    first, again = (
        request_plan(
            by=supervisor,
            municipality=city,
            period=Period(2022, 1),
            on=date(2022, 7, 20),
            now=NOON,
            submission=submission,
        )
        for _ in range(2)
    )
    assert first == again


def test_a_plan_is_withdrawn_once_and_with_a_reason(plan, supervisor, city):
    with pytest.raises(Mistake, match="Vul in waarom"):
        withdraw_plan(by=supervisor, plan=plan, reason="", now=NOON)
    assert withdraw_plan(by=supervisor, plan=plan, reason="Verkeerde gemeente", now=NOON)
    assert not withdraw_plan(by=supervisor, plan=plan, reason="Nog eens", now=NOON)
    assert plans_of(municipality=city) == []
    assert plans_of(municipality=city, with_withdrawn=True)[0].plan.withdrawal_reason == "Verkeerde gemeente"
    with pytest.raises(Refused, match="intussen ingetrokken"):
        step(plan, supervisor, State.REQUESTED, State.RECEIVED)


def test_reads_leave_out_what_was_replaced_or_withdrawn(supervisor, city):
    contact = make_contact(by=supervisor, municipality=city)
    change_entry(by=supervisor, seen=contact, facts=replace(TALK, said="Meer."), now=LATER)
    gone = make_contact(by=supervisor, municipality=city, facts=replace(TALK, subject="Dubbel"))
    withdraw_entry(by=supervisor, seen=gone, reason="Dubbel", now=LATER)
    assert [each.said for each in contacts_of(municipality=city)] == ["Meer."]
    done = make_agreement(by=supervisor, municipality=city)
    change_entry(by=supervisor, seen=done, facts=replace(PROMISE, done_on=date(2022, 7, 13)), now=LATER)
    assert not agreements_of(municipality=city, only_open=True).exists()
    assert agreements_of(municipality=city).get().done_on == date(2022, 7, 13)
