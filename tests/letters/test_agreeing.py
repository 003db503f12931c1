"""From concept to a letter that never changes again: who may, what is in the way, and what is kept."""

from __future__ import annotations

import hashlib
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, OperationalError, transaction

from letters.actions import agreeing, ending
from letters.models import Letter, LetterBlock, LetterDocument, LetterEvent, TextBlock
from letters.models.letterhead import Signatory
from letters.papers.documents import Damaged, checked, enclosed_with
from letters.readiness import writers_of
from letters.words.kept import letter_kept_in
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.actions.ledger import Refused
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.sending import (
    NUMBER,
    ON,
    TODAY,
    a_concept,
    again,
    agree,
    agreed,
    filled,
    mark_of,
    send,
    submitted,
    without_rendering,
)
from tests.municipalities.factories import make_province, make_user
from tests.supervision.deciding import decided, propose
from tests.supervision.ledger import NOON, deliver

pytestmark = pytest.mark.usefixtures("dossier")


@pytest.fixture
def dossier(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    make_letterhead(within_utrecht)
    record_the_dossier(by=supervisor, city=city)


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


def refused(act: Any, *args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as why:
        act(*args, **more)
    return str(why.value).replace("\u00a0", " ")


def events(letter: Letter) -> list[tuple[str, User]]:
    return [(each.step, each.by) for each in LetterEvent.objects.filter(letter=letter).select_related("by")]


# -- submitting ---------------------------------------------------------------


def test_a_concept_is_submitted_to_a_named_vaststeller(supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city)
    assert (letter.state, letter.submitted_to) == (Letter.State.SUBMITTED, decider)
    assert events(letter) == [("voorleggen", supervisor)]
    assert "Deze brief is nu ter akkoord, door Sam" in refused(
        agreeing.submit, by=supervisor, letter=letter.pk, to=decider, now=NOON, today=TODAY
    )


@pytest.mark.parametrize("role", [Role.LEZER, Role.TOEZICHTHOUDER, Role.BEHEERDER])
def test_it_is_submitted_to_nobody_who_may_not_agree(
    role: Role, supervisor: User, city: Municipality, utrecht: Province
) -> None:
    letter = a_concept(supervisor, city)
    other = make_user(role=role, province=utrecht)
    said = refused(agreeing.submit, by=supervisor, letter=letter.pk, to=other, now=NOON, today=TODAY)
    assert said == "Kies een vaststeller van uw provincie."


def test_a_vaststeller_who_left_or_is_of_another_province_is_no_choice(
    supervisor: User, decider: User, city: Municipality
) -> None:
    letter = a_concept(supervisor, city)
    decider.is_active = False
    stranger = make_user(role=Role.VASTSTELLER, province=make_province(code="PV25", name="Gelderland"))
    for to in (decider, stranger):
        said = refused(agreeing.submit, by=supervisor, letter=letter.pk, to=to, now=NOON, today=TODAY)
        assert said == "Kies een vaststeller van uw provincie."


def test_what_is_open_in_the_text_keeps_it_from_being_submitted(
    supervisor: User, decider: User, city: Municipality
) -> None:
    letter = a_concept(supervisor, city)
    Signatory.objects.all().delete()
    said = refused(agreeing.submit, by=supervisor, letter=letter.pk, to=decider, now=NOON, today=TODAY)
    assert said == "Nog in te vullen: naam van de ondertekenaar."
    assert again(letter).state == Letter.State.CONCEPT


def test_who_submitted_may_take_it_back(supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city)
    back = agreeing.take_back(by=supervisor, letter=letter.pk, now=NOON)
    assert (back.state, back.submitted_to) == (Letter.State.CONCEPT, None)
    assert events(letter) == [("voorleggen", supervisor), ("terugnemen", supervisor)]


def test_it_is_sent_back_with_a_remark(supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city)
    assert refused(agreeing.send_back, by=decider, letter=letter.pk, remark=" ", now=NOON) == (
        "Schrijf erbij waarom u terugstuurt."
    )
    back = agreeing.send_back(by=decider, letter=letter.pk, remark="De toon mag zachter.", now=NOON)
    assert back.state == Letter.State.CONCEPT
    assert LetterEvent.objects.filter(letter=letter).last().remark == "De toon mag zachter."
    # Who sends back has judged it and not written it.
    again_submitted = agreeing.submit(by=supervisor, letter=letter.pk, to=decider, now=NOON, today=TODAY)
    assert again_submitted.state == Letter.State.SUBMITTED


# -- agreeing -----------------------------------------------------------------


def test_agreeing_freezes_content_documents_and_sums(supervisor: User, decider: User, city: Municipality) -> None:
    decision = decided(supervisor, decider, city)
    letter = agree(decider, submitted(supervisor, decider, city))
    assert (letter.state, letter.decision, letter.agreed_by, letter.on) == ("agreed", decision, decider, ON)
    content = letter_kept_in(again(letter).content)
    assert content.subject == "Beoordeling huisvesting vergunninghouders, eerste helft van 2022"
    assert content.running.aside.endswith(NUMBER)
    figures = {each["cijfer"]: each["waarde"] for each in again(letter).content["figures"]["cijfers"]}
    assert (figures["realisatie"], figures["trede"]) == (168, 3)
    documents = list(LetterDocument.objects.filter(letter=letter))
    assert [(each.role, each.name) for each in documents] == [
        ("letter", "toezichtbrief-GM0344-2022-1.pdf"),
        ("bijlage", "bijlage-interventieladder-2022-1.pdf"),
        ("together", "toezichtbrief-met-bijlage-GM0344-2022-1.pdf"),
        ("public", "toezichtbrief-openbaar-GM0344-2022-1.pdf"),
    ]
    for each in documents:
        data = bytes(each.content)
        assert data.startswith(b"%PDF-")
        assert (each.size, each.sha256) == (len(data), hashlib.sha256(data).hexdigest())
    assert documents[2].size > documents[1].size


def test_a_frozen_letter_follows_neither_figures_nor_texts_nor_letterhead(
    supervisor: User, decider: User, city: Municipality, utrecht: Province
) -> None:
    letter = agreed(supervisor, decider, city)
    before, documents = again(letter).content, list(letter.documents.values("sha256", "size"))
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True, now=NOON + timedelta(hours=1))
    TextBlock.objects.create(
        province=utrecht,
        kind="toezichtbrief",
        slug="kader",
        version=1,
        label="Kader",
        text="Anders.",
        position=10,
        written_at=NOON,
        written_by=supervisor,
    )
    utrecht.letterhead.organisation = "Provincie Anders"
    utrecht.letterhead.save()
    assert again(letter).content == before
    assert list(letter.documents.values("sha256", "size")) == documents
    assert "Anders" not in str(letter_kept_in(again(letter).content))


def test_without_a_date_it_gets_that_of_today(supervisor: User, decider: User, city: Municipality) -> None:
    letter = agreed(supervisor, decider, city, on=None)
    assert again(letter).on == TODAY
    assert letter_kept_in(again(letter).content).created == TODAY


def test_who_wrote_it_cannot_agree(supervisor: User, decider: User, city: Municipality) -> None:
    decided(supervisor, decider, city)
    letter = submitted(supervisor, decider, city)
    block = {"letter": letter, "slug": "kader", "change": "gewijzigd", "text": "Kort.", "changed_at": NOON}
    row = LetterBlock.objects.create(**block, changed_by=decider)
    said = "U schreef aan deze brief mee. Een ander stelt haar vast."
    assert refused(agree, decider, letter) == said
    row.delete()
    LetterEvent.objects.create(letter=letter, step="wijzigen", at=NOON, by=decider)
    assert refused(agree, decider, letter) == said
    assert decider.pk in writers_of(letter)
    assert again(letter).state == Letter.State.SUBMITTED


@pytest.mark.parametrize("role", [Role.LEZER, Role.TOEZICHTHOUDER, Role.BEHEERDER])
def test_only_a_vaststeller_agrees(role: Role, supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city)
    other = make_user(role=role, province=city.province)
    assert refused(agree, other, letter).startswith("Brieven vaststellen mag alleen een vaststeller; u bent ")


def test_another_vaststeller_than_the_named_one_may_agree(supervisor: User, decider: User, city: Municipality) -> None:
    decided(supervisor, decider, city)
    letter = submitted(supervisor, decider, city)
    other = make_user(role=Role.VASTSTELLER, province=city.province)
    with without_rendering():
        assert agree(other, letter).agreed_by == other


def test_there_must_be_a_decision(supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city)
    assert refused(agree, decider, letter) == "Er is nog geen besluit over de trede in 2022-1."
    propose(supervisor, city)
    assert refused(agree, decider, letter) == "Er is nog geen besluit over de trede in 2022-1."
    assert not LetterDocument.objects.exists()


def test_all_that_is_in_the_way_is_told_at_once(supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city, document_number="")
    Signatory.objects.all().delete()
    assert refused(agree, decider, letter) == (
        "Het documentnummer ontbreekt. Stuur de brief terug om het in te vullen. "
        "Nog in te vullen: naam van de ondertekenaar. Stuur de brief terug. "
        "Er is nog geen besluit over de trede in 2022-1."
    )


def test_the_kind_is_that_of_the_decided_trede(supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city)
    decided(supervisor, decider, city, 4, "het verbeterplan uitbleef")
    assert refused(agree, decider, letter) == (
        "Bij trede 4 (Vooraankondiging juridische interventie) hoort een vooraankondiging; deze brief is een toezichtbrief. "
        "Stuur de brief terug; in het concept maakt één knop er een vooraankondiging van."
    )


def test_a_letter_keeps_the_figures_of_the_decision(supervisor: User, decider: User, city: Municipality) -> None:
    decided(supervisor, decider, city)
    letter = submitted(supervisor, decider, city)
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True, now=NOON + timedelta(hours=1))
    with without_rendering():
        agree(decider, letter)
    figures = {each["cijfer"]: each["waarde"] for each in again(letter).content["figures"]["cijfers"]}
    assert figures["realisatie"] == 168


def test_what_was_not_seen_is_not_agreed_on(supervisor: User, decider: User, city: Municipality) -> None:
    decided(supervisor, decider, city)
    letter = submitted(supervisor, decider, city)
    seen = mark_of(letter)
    filled(letter, contact_name="Een ander")
    assert refused(agree, decider, letter, seen=seen) == agreeing.ANOTHER


def test_a_change_while_it_is_rendered_freezes_nothing(
    supervisor: User, decider: User, city: Municipality, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Rendering is outside the transaction: what came meanwhile is seen before anything is kept."""
    decided(supervisor, decider, city)
    letter = submitted(supervisor, decider, city)

    def meanwhile(found: Any) -> tuple[()]:
        filled(letter, contact_name="Een ander")
        return ()

    monkeypatch.setattr(agreeing, "rendered", meanwhile)
    assert refused(agree, decider, letter) == agreeing.ANOTHER
    assert again(letter).state == Letter.State.SUBMITTED
    assert events(letter) == [("voorleggen", supervisor)]


@pytest.mark.parametrize(
    ("model", "method"), [(LetterDocument, "bulk_create"), (LetterEvent, "create")], ids=["documents", "event"]
)
@pytest.mark.parametrize("fault", [OperationalError("database or disk is full"), IntegrityError("constraint")])
def test_a_fault_at_saving_leaves_nothing_and_is_told(
    model: Any,
    method: str,
    fault: DatabaseError,
    supervisor: User,
    decider: User,
    city: Municipality,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    decided(supervisor, decider, city)
    letter = submitted(supervisor, decider, city)
    seen = mark_of(letter)

    def full(*args: Any, **more: Any) -> None:
        raise fault

    with monkeypatch.context() as patched, without_rendering():
        patched.setattr(model.objects, method, full)
        assert refused(agree, decider, letter, seen=seen) == agreeing.NOT_KEPT
    now = again(letter)
    assert (now.state, now.content, now.agreed_by, now.agreed_at) == ("submitted", None, None, None)
    assert not LetterDocument.objects.exists()
    with without_rendering():
        assert agree(decider, letter).state == "agreed"


def test_the_database_itself_refuses_a_second_set_of_documents(
    supervisor: User, decider: User, city: Municipality
) -> None:
    letter = agreed(supervisor, decider, city)
    first = letter.documents.first()
    first.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        first.save()


def test_a_letter_of_another_province_is_not_there(supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city)
    stranger = make_user(role=Role.VASTSTELLER, province=make_province(code="PV25", name="Gelderland"))
    assert refused(agreeing.send_back, by=stranger, letter=letter.pk, remark="x", now=NOON) == "Deze brief is er niet."
    assert refused(agree, stranger, letter) == "Deze brief is er niet."


# -- after it -----------------------------------------------------------------


def test_a_document_that_was_changed_is_not_given(supervisor: User, decider: User, city: Municipality) -> None:
    letter = agreed(supervisor, decider, city)
    document = letter.documents.first()
    assert checked(document) == bytes(document.content)
    LetterDocument.objects.filter(pk=document.pk).update(content=b"%PDF something else")
    document.refresh_from_db()
    with pytest.raises(Damaged, match="is niet meer zoals het werd vastgesteld"):
        checked(document)


@pytest.mark.parametrize(("in_one_file", "roles"), [(True, ["together"]), (False, ["letter", "bijlage"])])
def test_a_letter_never_goes_without_its_bijlage(
    in_one_file: bool, roles: list[str], supervisor: User, decider: User, city: Municipality
) -> None:
    letter = agreed(supervisor, decider, city)
    assert [each.role for each in enclosed_with(letter, in_one_file=in_one_file)] == roles


def test_withdrawing_takes_a_remark_and_keeps_what_there_was(
    supervisor: User, decider: User, city: Municipality
) -> None:
    letter = agreed(supervisor, decider, city)
    assert refused(ending.withdraw, by=supervisor, letter=letter.pk, remark="", now=NOON) == (
        "Schrijf erbij waarom u de brief intrekt."
    )
    ending.withdraw(by=supervisor, letter=letter.pk, remark="Verkeerd nummer", now=NOON)
    row = again(letter)
    assert (row.state, row.documents.count(), row.content is not None) == ("withdrawn", 3, True)
    new = a_concept(supervisor, city, document_number="82509000")
    assert new.pk != letter.pk


def test_a_correction_copies_words_and_details_but_no_number(
    supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city)
    letter = a_concept(supervisor, city, contact_name="A. Jansen", due_plan=date(2022, 12, 24))
    text = {"slug": "kader", "change": "gewijzigd", "text": "In het kort.", "position": 10}
    LetterBlock.objects.create(letter=letter, **text, changed_at=NOON, changed_by=supervisor)
    agreeing.submit(by=supervisor, letter=letter.pk, to=decider, now=NOON, today=TODAY)
    with without_rendering():
        agree(decider, letter)
    before = again(letter).content
    new = ending.correct(by=supervisor, letter=letter.pk, now=NOON)
    assert (new.state, new.corrects_id, new.document_number, new.on) == ("concept", letter.pk, "", None)
    assert (new.contact_name, new.due_plan) == ("A. Jansen", date(2022, 12, 24))
    assert [each.slug for each in new.departures.all()] == ["vervangt", "kader"]
    assert (again(letter).state, again(letter).content) == ("agreed", before)
    filled(new, document_number="82509001", on=date(2022, 9, 23))
    agreeing.submit(by=supervisor, letter=new.pk, to=decider, now=NOON, today=TODAY)
    with without_rendering():
        agree(decider, new)
    written = str(letter_kept_in(again(new).content)).replace("\\xa0", " ")
    assert "Deze brief vervangt onze brief van 22 september 2022 met documentnummer 82508878." in written


def test_a_second_correction_is_the_first_one(supervisor: User, decider: User, city: Municipality) -> None:
    letter = agreed(supervisor, decider, city)
    other = make_user(province=city.province)
    first = ending.correct(by=supervisor, letter=letter.pk, now=NOON)
    assert ending.correct(by=other, letter=letter.pk, now=NOON).pk == first.pk
    assert "verbeterde versie gemaakt" in refused(send, supervisor, letter)
