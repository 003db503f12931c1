"""The register of what went out, the afschrift that follows, and receipts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from letters.actions import ending, sending
from letters.models import Dispatch, Letter, LetterDocument
from letters.papers.documents import enclosed_with
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.actions.ledger import Refused
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.sending import ON, TODAY, a_concept, again, agree, agreed, filled, send, sent, sent_afschrift
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decided
from tests.supervision.ledger import NOON

pytestmark = pytest.mark.usefixtures("dossier")


@pytest.fixture
def dossier(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    make_letterhead(within_utrecht)
    record_the_dossier(by=supervisor, city=city)


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


@pytest.fixture
def letter(supervisor: User, decider: User, city: Municipality) -> Letter:
    return agreed(supervisor, decider, city)


def refused(act: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as why:
        act(*args, **more)
    return str(why.value).replace("\u00a0", " ")


def test_the_first_sending_makes_the_afschrift_with_its_due_date(supervisor: User, letter: Letter) -> None:
    dispatch = send(supervisor, letter, sent_on=date(2022, 9, 23), today=date(2022, 9, 24))
    assert (dispatch.to, dispatch.receipt_due) == (Dispatch.To.COLLEGE, None)
    assert again(letter).state == Letter.State.SENT
    [afschrift] = Letter.objects.filter(goes_with=letter)
    assert (afschrift.kind, afschrift.state, afschrift.due) == ("afschrift", "concept", date(2022, 10, 3))
    assert (afschrift.on, afschrift.document_number) == (None, "")


def test_a_second_sending_makes_no_second_afschrift(supervisor: User, letter: Letter) -> None:
    send(supervisor, letter)
    send(supervisor, letter, to=Dispatch.To.SECRETARIAAT, way=Dispatch.Way.E_MAIL, address="burgemeester@gemeente.nl")
    send(supervisor, letter, sent_on=date(2022, 9, 23), today=date(2022, 9, 24))
    assert letter.dispatches.count() == 3
    assert Letter.objects.filter(goes_with=letter).count() == 1


def test_the_same_sending_twice_is_one_and_another_s_is_refused(supervisor: User, letter: Letter) -> None:
    first = send(supervisor, letter)
    assert send(supervisor, letter).pk == first.pk
    other = make_user(province=letter.province)
    assert refused(send, other, letter) == (
        "Deze verzending staat al in het register: college van burgemeester en wethouders, 22 september 2022, "
        f"vastgelegd door {supervisor}."
    )
    assert "staat al in het register" in refused(send, supervisor, letter, address="Postbus 1")


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"sent_on": date(2022, 9, 21)}, "De brief is van 22 september 2022: zij kan niet eerder zijn verzonden."),
        ({"sent_on": date(2022, 9, 23)}, "Deze dag moet nog komen. Leg de verzending vast als de brief weg is."),
        ({"to": Dispatch.To.RAAD}, "Deze brief gaat naar: college van burgemeester en wethouders."),
        (
            {"to": Dispatch.To.SECRETARIAAT},
            "Leg eerst de verzending aan college van burgemeester en wethouders vast.",
        ),
        ({"way": Dispatch.Way.E_MAIL}, "Vul één e-mailadres in, zoals griffie@gemeente.nl."),
        (
            {"way": Dispatch.Way.E_MAIL, "address": "a@b.nl\r\nBcc: c@d.nl"},
            "Vul één e-mailadres in, zoals griffie@gemeente.nl.",
        ),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_changes(
    what: dict[str, Any], said: str, supervisor: User, letter: Letter
) -> None:
    assert refused(send, supervisor, letter, **what) == said
    assert again(letter).state == Letter.State.AGREED
    assert not Dispatch.objects.exists()
    assert not Letter.objects.filter(goes_with=letter).exists()


def test_a_concept_is_not_sent_and_a_vaststeller_sends_nothing(
    supervisor: User, decider: User, city: Municipality
) -> None:
    letter = a_concept(supervisor, city)
    assert refused(send, supervisor, letter) == "Deze brief is nu concept. Deze stap kan niet meer."
    assert refused(send, decider, letter).startswith("Brieven maken mag alleen")


def test_what_was_changed_after_it_was_agreed_on_does_not_go_out(supervisor: User, letter: Letter) -> None:
    LetterDocument.objects.filter(letter=letter, role="together").update(content=b"%PDF another")
    assert refused(send, supervisor, letter).startswith(
        "Het stuk ‘toezichtbrief-together.pdf’ is niet meer zoals het werd vastgesteld."
    )
    assert again(letter).state == Letter.State.AGREED


def test_the_afschrift_goes_the_same_way_with_the_letter_in_it(
    supervisor: User, decider: User, city: Municipality
) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    dispatch = sent_afschrift(supervisor, decider, afschrift)
    assert (dispatch.to, dispatch.receipt_due) == (Dispatch.To.RAAD, date(2022, 10, 17))
    afschrift = again(afschrift)
    assert (afschrift.state, afschrift.decision_id) == ("sent", letter.decision_id)
    names = [each.name for each in enclosed_with(afschrift, in_one_file=True)]
    assert names == ["afschrift-letter.pdf", "toezichtbrief-together.pdf"]
    names = [each.name for each in enclosed_with(afschrift, in_one_file=False)]
    assert names == ["afschrift-letter.pdf", "toezichtbrief-letter.pdf", "toezichtbrief-bijlage.pdf"]
    assert not afschrift.followers.exists()


def test_an_afschrift_waits_for_its_letter_to_stand(supervisor: User, decider: User, city: Municipality) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    filled(afschrift, on=date(2022, 10, 3), document_number="82509999", state="submitted", submitted_to=decider)
    Letter.objects.filter(pk=letter.pk).update(state="withdrawn")
    assert "De toezichtbrief waar dit bij hoort, is ingetrokken en niet verzonden." in refused(
        agree, decider, afschrift
    )


def test_an_afschrift_of_a_letter_on_another_decision_is_refused(
    supervisor: User, decider: User, city: Municipality
) -> None:
    _, afschrift = sent(supervisor, decider, city)
    filled(afschrift, on=date(2022, 10, 3), document_number="82509999", state="submitted", submitted_to=decider)
    decided(supervisor, decider, city, 2, "de achterstand is ingelopen")
    assert (
        "Na de toezichtbrief van 22 september 2022 is er een ander besluit genomen. Verbeter eerst die brief."
        in refused(agree, decider, afschrift)
    )


def test_a_withdrawn_letter_takes_its_unsent_afschrift_along(
    supervisor: User, decider: User, city: Municipality
) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    ending.withdraw(by=supervisor, letter=letter.pk, remark="Verkeerde trede", now=NOON)
    assert again(afschrift).state == Letter.State.WITHDRAWN


def test_a_withdrawn_afschrift_can_be_made_once_more(supervisor: User, decider: User, city: Municipality) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    make = {"by": supervisor, "letter": letter.pk, "now": NOON, "today": TODAY}
    assert sending.make_follower(**make).pk == afschrift.pk
    ending.withdraw(by=supervisor, letter=afschrift.pk, remark="Dubbel", now=NOON)
    new = sending.make_follower(**make)
    assert (new.kind, new.due, new.goes_with_id) == ("afschrift", date(2022, 10, 2), letter.pk)
    assert sending.make_follower(**make).pk == new.pk


def test_an_afschrift_can_be_corrected_too(supervisor: User, decider: User, city: Municipality) -> None:
    letter, afschrift = sent(supervisor, decider, city)
    sent_afschrift(supervisor, decider, afschrift)
    new = ending.correct(by=supervisor, letter=afschrift.pk, now=NOON)
    assert (new.kind, new.goes_with_id, new.corrects_id) == ("afschrift", letter.pk, afschrift.pk)


def test_the_letter_that_replaces_a_sent_one_gets_an_afschrift_of_its_own(
    supervisor: User, decider: User, city: Municipality
) -> None:
    letter, _ = sent(supervisor, decider, city)
    new = ending.correct(by=supervisor, letter=letter.pk, now=NOON)
    filled(new, on=ON, document_number="1", state="submitted", submitted_to=decider)
    assert agree(decider, new).state == "agreed"
    send(supervisor, new)
    assert Letter.objects.filter(goes_with=new, kind="afschrift").count() == 1


# -- receipts -----------------------------------------------------------------


@pytest.fixture
def dispatch(supervisor: User, decider: User, city: Municipality) -> Dispatch:
    return sent_afschrift(supervisor, decider, sent(supervisor, decider, city)[1])


def receive(by: User, dispatch: Dispatch, on: date = date(2022, 10, 5), note: str = "griffier") -> Dispatch:
    return sending.receive(by=by, dispatch=dispatch.pk, on=on, note=note, now=NOON, today=date(2022, 10, 20))


def test_a_receipt_is_registered_once(supervisor: User, dispatch: Dispatch) -> None:
    receive(supervisor, dispatch)
    receive(supervisor, dispatch)
    dispatch.refresh_from_db()
    assert (dispatch.received_on, dispatch.received_note) == (date(2022, 10, 5), "griffier")
    assert dispatch.receipt_recorded_by == supervisor
    other = make_user(province=dispatch.letter.province)
    assert refused(receive, other, dispatch, date(2022, 10, 6)) == (
        f"De ontvangst is al vastgelegd: op 5 oktober 2022, door {supervisor}."
    )
    assert dispatch.letter.events.filter(step="ontvangst").count() == 1


@pytest.mark.parametrize(
    ("on", "said"),
    [
        (date(2022, 10, 2), "De brief is verzonden op 3 oktober 2022: ontvangen kan niet eerder zijn."),
        (date(2022, 10, 21), "Deze dag moet nog komen."),
    ],
)
def test_a_receipt_is_not_before_the_sending_nor_to_come(
    on: date, said: str, supervisor: User, dispatch: Dispatch
) -> None:
    assert refused(receive, supervisor, dispatch, on) == said


def test_a_receipt_is_for_who_makes_letters(decider: User, dispatch: Dispatch) -> None:
    assert refused(receive, decider, dispatch).startswith("Brieven maken mag alleen")
