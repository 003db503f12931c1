"""A concept of which the trede asks for another kind: it is told, one button changes it, and nobody's words are lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from letters.actions import agreeing, batch_items, ending
from letters.actions.editing import keep_words, save_block
from letters.actions.kind import change_kind
from letters.earlier_texts import earlier_texts
from letters.models import Letter, LetterBlock, LetterEvent
from letters.readiness import writers_of
from letters.words.another_kind import carried, consequences_of
from letters.words.blocks import Block, Change, Departure
from letters.words.kinds import kinds
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.actions.ledger import Refused
from tests.letters.batching import reasons, started, states, work
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.sending import TODAY, a_concept, again, agree, send, submitted, without_rendering
from tests.letters.test_letters import departure, read, text_block
from tests.municipalities.factories import make_user
from tests.supervision.deciding import decided
from tests.supervision.ledger import NOON
from tests.supervision.views.page import words

pytestmark = pytest.mark.usefixtures("dossier")

TRIAL, NOTICE, DECISION = (kinds()[slug] for slug in ("toezichtbrief", "vooraankondiging", "indeplaatsstelling"))
BUTTON = "Maak er een vooraankondiging van"
WHY = (
    "Bij trede 4 (Vooraankondiging juridische interventie) hoort een vooraankondiging; deze brief is een toezichtbrief."
)


@pytest.fixture
def dossier(within_utrecht: Province, city: Municipality, supervisor: User) -> None:
    make_letterhead(within_utrecht)
    record_the_dossier(by=supervisor, city=city)


@pytest.fixture
def decider(utrecht: Province) -> User:
    return make_user(role=Role.VASTSTELLER, province=utrecht)


@pytest.fixture
def letter(supervisor: User, decider: User, city: Municipality) -> Letter:
    """A toezichtbrief over which trede 4 was decided afterwards."""
    concept = a_concept(supervisor, city)
    decided(supervisor, decider, city, 4, "het verbeterplan uitbleef")
    return concept


@pytest.fixture
def editor(client: Client, supervisor: User) -> Client:
    client.force_login(supervisor)
    return client


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Laying out takes no time."""
    monkeypatch.setattr(batch_items, "laid_out", lambda sheets: b"%PDF of a test")


def change(by: User, letter: Letter, **given: Any) -> bool:
    return change_kind(by=by, letter=letter, **{"to": NOTICE.slug, "seen": letter.version, "now": NOON, **given})


def press(client: Client, letter: Letter, **given: Any) -> Any:
    body = {"soort": NOTICE.slug, "gezien": str(letter.version), **given}
    return client.post(f"/brieven/{letter.pk}/soort/", body, follow=True)


# -- what becomes of the words of a letter ------------------------------------------------------------


def block(slug: str, text: str, version: int = 0) -> Block:
    return Block(slug=slug, label=slug.capitalize(), position=100, text=text, version=version)


OLD = (block("subject", "Judged."), block("frame", "The law.", 2), block("close", "Bye."), block("three", "A plan."))
NEW = (block("subject", "Announced."), block("frame", "The law.", 2), block("close", "Bye.", 4), block("four", "More."))


def moved(given: Departure) -> Departure:
    [found] = carried([given], is_now=TRIAL, asked=NOTICE, old=OLD, new=NEW)
    return found


def changed(slug: str, based_on: int = 0, **more: Any) -> Departure:
    return Departure(slug=slug, change=Change.CHANGED, text="Mine.", **{"based_on": based_on, **more})


@pytest.mark.parametrize(
    ("slug", "based_on", "after"),
    [
        ("subject", 0, (0, "toezichtbrief")),
        ("frame", 2, (2, "")),
        ("frame", 1, (1, "")),
        ("close", 0, (4, "")),
        ("three", 0, (0, "toezichtbrief")),
        ("my-own", 0, (0, "")),
    ],
    ids=["other words", "the same text", "outdated as it was", "same words", "not in the new kind", "of the letter"],
)
def test_a_departure_says_of_which_text_it_was_made(slug: str, based_on: int, after: tuple[int, str]) -> None:
    found = moved(changed(slug, based_on))
    assert (found.based_on, found.of_kind) == after
    assert (found.text, found.change) == ("Mine.", Change.CHANGED)


@pytest.mark.parametrize("given", [changed(slug, on) for slug in ("subject", "frame", "three") for on in (0, 1, 2)])
def test_there_and_back_is_where_it_was(given: Departure) -> None:
    there = moved(given)
    assert carried([there], is_now=NOTICE, asked=TRIAL, old=NEW, new=OLD) == [given]


def test_what_was_made_of_a_first_kind_stays_so_in_a_third() -> None:
    there = moved(changed("subject"))
    [further] = carried([there], is_now=NOTICE, asked=DECISION, old=NEW, new=(block("subject", "Decided."),))
    assert further.of_kind == TRIAL.slug


def test_what_will_become_of_them_is_told_by_their_labels() -> None:
    given = [changed("subject"), changed("three"), changed("frame", 2), changed("my-own")]
    found = consequences_of(given, is_now=TRIAL, asked=NOTICE, old=OLD, new=NEW)
    assert (found.become_own, found.differ) == (("Three",), ("Subject",))
    left_out = Departure(slug="three", change=Change.LEFT_OUT)
    assert consequences_of([left_out], is_now=TRIAL, asked=NOTICE, old=OLD, new=NEW).become_own == ()


# -- changing it --------------------------------------------------------------------------------------


def test_a_concept_becomes_what_its_trede_asks_for(letter: Letter, supervisor: User) -> None:
    assert read(letter).asked_kind == NOTICE
    assert change(supervisor, letter)
    row = again(letter)
    assert (row.kind, row.version, row.state, row.worked_on) == (NOTICE.slug, letter.version + 1, "concept", False)
    assert (row.on, row.document_number) == (letter.on, letter.document_number)
    now = read(row)
    assert now.asked_kind is None
    assert now.content.subject.startswith("Vooraankondiging juridische interventie")
    assert "Deze brief is een vooraankondiging." in str(now.content.sections)
    [event] = LetterEvent.objects.filter(letter=letter)
    assert (event.step, event.by) == ("soort gewijzigd", supervisor)
    assert event.remark == (
        "Van toezichtbrief naar vooraankondiging, bij trede 4 (Vooraankondiging juridische interventie)."
    )
    assert row.open_points == 0


def test_who_made_it_another_kind_wrote_it(letter: Letter, utrecht: Province) -> None:
    other = make_user(province=utrecht)
    change(other, letter)
    assert other.pk in writers_of(again(letter))
    assert again(letter).changed_by == other


def test_words_of_the_letter_are_kept_and_marked_where_the_standard_text_is_another(
    letter: Letter, supervisor: User
) -> None:
    departure(letter, supervisor, slug="onderwerp", change="gewijzigd", text="Onze beoordeling")
    departure(letter, supervisor, slug="slot", change="gewijzigd", heading="Tot slot", text="Ons slot.")
    departure(letter, supervisor, slug="kader", change="weggelaten")
    departure(letter, supervisor, slug="alinea-1", change="toegevoegd", text="Van ons.", position=8500)
    change(supervisor, letter)
    found = read(letter)
    placed = {each.block.slug: each for each in found.placed}
    assert {slug: placed[slug].block.text for slug in ("onderwerp", "slot", "alinea-1")} == {
        "onderwerp": "Onze beoordeling",
        "slot": "Ons slot.",
        "alinea-1": "Van ons.",
    }
    assert placed["kader"].is_left_out
    assert [slug for slug, each in placed.items() if each.is_outdated] == ["onderwerp"]
    assert earlier_texts(found)["onderwerp"].text == "Beoordeling huisvesting vergunninghouders, ((helft))"


def test_the_marks_go_when_somebody_looked(letter: Letter, supervisor: User) -> None:
    departure(letter, supervisor, slug="onderwerp", change="gewijzigd", text="Onze beoordeling")
    change(supervisor, letter)
    row = LetterBlock.objects.get()
    assert keep_words(by=supervisor, letter=letter, slug="onderwerp", seen=row.version, based_on=0, now=NOON)
    assert not any(each.is_outdated for each in read(letter).placed)
    assert not keep_words(by=supervisor, letter=letter, slug="onderwerp", seen=row.version, based_on=0, now=NOON)
    LetterBlock.objects.update(of_kind=TRIAL.slug)
    seen = LetterBlock.objects.get().version
    given = {"slug": "onderwerp", "heading": "", "text": "Onze aankondiging", "seen": seen, "based_on": 0, "now": NOON}
    assert save_block(by=supervisor, letter=letter, **given)
    assert LetterBlock.objects.get().of_kind == ""


def test_what_the_new_kind_does_not_have_stays_as_a_paragraph_of_the_letter(
    supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city, 4, "het verbeterplan uitbleef")
    letter = a_concept(supervisor, city)
    text = "Uw vierde trede vraagt een plan."
    departure(letter, supervisor, slug="trede-4", change="gewijzigd", text=text, position=7000)
    decided(supervisor, decider, city, 3, "het verbeterplan er nu is", now=NOON.replace(hour=13))
    assert change(supervisor, letter, to=TRIAL.slug)
    placed = {each.block.slug: each for each in read(letter).placed}
    assert (placed["trede-4"].block.text, placed["trede-4"].standard) == (text, None)
    assert placed["trede-3"].standard is not None


def test_a_text_of_the_province_for_both_kinds_is_not_marked(
    letter: Letter, supervisor: User, utrecht: Province
) -> None:
    text_block(utrecht, supervisor, text="Ons kader.", version=3)
    departure(letter, supervisor, slug="kader", change="gewijzigd", text="Mijn kader.", based_on=3)
    change(supervisor, letter)
    assert not any(each.is_outdated for each in read(letter).placed)


def test_a_correction_marks_the_words_of_the_letter_it_replaces(
    supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city)
    concept = a_concept(supervisor, city)
    departure(concept, supervisor, slug="onderwerp", change="gewijzigd", text="Onze beoordeling")
    agreeing.submit(by=supervisor, letter=concept.pk, to=decider, now=NOON, today=TODAY)
    with without_rendering():
        agree(decider, concept)
    decided(supervisor, decider, city, 4, "het verbeterplan uitbleef", now=NOON.replace(hour=13))
    new = ending.correct(by=supervisor, letter=concept.pk, now=NOON)
    assert new.kind == NOTICE.slug
    assert [each.block.slug for each in read(new).placed if each.is_outdated] == ["onderwerp"]


def test_the_afschrift_is_that_of_the_new_kind(letter: Letter, supervisor: User, decider: User) -> None:
    change(supervisor, letter)
    agreeing.submit(by=supervisor, letter=letter.pk, to=decider, now=NOON, today=TODAY)
    with without_rendering():
        frozen = agree(decider, letter)
    sent = send(supervisor, frozen)
    assert sent.receipt_due is not None
    afschrift = Letter.objects.get(goes_with=letter)
    assert afschrift.kind == NOTICE.followed_by
    found = read(afschrift)
    assert found.asked_kind is None
    assert found.content.subject.startswith("Afschrift vooraankondiging huisvesting vergunninghouders")
    assert found.content.title.startswith("Afschrift vooraankondiging aan de raad van de gemeente Utrecht")
    [enclosed] = [each.value for each in found.content.entries if each.label.startswith("Bijlage")]
    assert enclosed == "Vooraankondiging\nToelichting interventieladder"
    assert found.content.open_marks == ()


# -- what is refused ----------------------------------------------------------------------------------


def refused(*args: Any, **more: Any) -> str:
    with pytest.raises(Refused) as why:
        change(*args, **more)
    return str(why.value)


def test_once_more_changes_nothing(letter: Letter, supervisor: User) -> None:
    change(supervisor, letter)
    assert not change(supervisor, letter)
    assert again(letter).version == letter.version + 1
    assert LetterEvent.objects.count() == 1


@pytest.mark.parametrize("to", ["indeplaatsstelling", "afschrift", "", "<script>", "x" * 500])
def test_it_becomes_nothing_that_the_trede_does_not_ask_for(to: str, letter: Letter, supervisor: User) -> None:
    assert refused(supervisor, letter, to=to).startswith("De trede vraagt intussen om een andere soort brief.")
    assert again(letter).kind == TRIAL.slug


def test_who_saw_another_version_is_told_who_changed_it(letter: Letter, supervisor: User, utrecht: Province) -> None:
    other = make_user(province=utrecht)
    given = {"slug": "slot", "heading": "Tot slot", "text": "Ons slot.", "seen": 0, "now": NOON}
    save_block(by=other, letter=letter, **given)
    assert refused(supervisor, letter) == (
        f"{other} heeft de brief intussen gewijzigd. Kijk de brief nog eens na; daarna kunt u er een vooraankondiging van "
        "maken."
    )
    assert again(letter).kind == TRIAL.slug


def test_a_submitted_letter_is_taken_back_first(supervisor: User, decider: User, city: Municipality) -> None:
    letter = submitted(supervisor, decider, city)
    decided(supervisor, decider, city, 4, "het verbeterplan uitbleef")
    assert refused(supervisor, letter) == (
        f"Deze brief ligt ter akkoord bij {decider}. Neem haar terug als u iets wilt wijzigen."
    )
    assert again(letter).kind == TRIAL.slug


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_makes_no_letters_changes_none(role: Role, letter: Letter, utrecht: Province) -> None:
    assert "mag alleen een" in refused(make_user(role=role, province=utrecht), letter)


def test_a_letter_of_the_wrong_kind_is_not_submitted(letter: Letter, supervisor: User, decider: User) -> None:
    with pytest.raises(Refused) as why:
        agreeing.submit(by=supervisor, letter=letter.pk, to=decider, now=NOON, today=TODAY)
    assert str(why.value) == f"{WHY} Maak er een vooraankondiging van, met de knop boven aan de brief."


# -- its page -----------------------------------------------------------------------------------------


def test_the_page_has_one_button_that_does_it(letter: Letter, editor: Client) -> None:
    page = editor.get(f"/brieven/{letter.pk}/")
    assert "De trede vraagt nu om een vooraankondiging." in words(page)
    assert WHY in words(page)
    assert page.content.decode().count(BUTTON) == 1
    after = press(editor, letter)
    assert "Dit is nu een vooraankondiging." in words(after)
    assert "Vooraankondiging Utrecht" in words(after)
    assert BUTTON not in words(after)
    assert "Soort gewijzigd" in words(after)
    [timeline] = [words(editor.get(url)) for url in ("/2022-1/gemeenten/GM0344/tijdlijn/",)]
    assert "Vooraankondiging over 2022-1: soort gewijzigd" in timeline
    assert "Dit was al een vooraankondiging." in words(press(editor, letter))


def test_the_page_says_before_what_becomes_of_the_words(letter: Letter, supervisor: User, editor: Client) -> None:
    assert "De gegevens blijven staan." in words(editor.get(f"/brieven/{letter.pk}/"))
    departure(letter, supervisor, slug="onderwerp", change="gewijzigd", text="Onze beoordeling")
    page = words(editor.get(f"/brieven/{letter.pk}/"))
    assert "alle eigen teksten blijven staan" in page
    assert "Bij ‘Onderwerp’ is de standaardtekst anders: daar blijft uw tekst staan, met een melding erbij." in page
    after = words(press(editor, letter))
    assert "Onze beoordeling" in after
    assert "De standaardtekst is veranderd nadat deze tekst werd gewijzigd." in after


def test_where_the_kind_is_right_nothing_is_said(supervisor: User, city: Municipality, editor: Client) -> None:
    assert "hoort een" not in words(editor.get(f"/brieven/{a_concept(supervisor, city).pk}/"))


def test_of_a_submitted_letter_the_page_says_to_take_it_back(
    supervisor: User, decider: User, city: Municipality, editor: Client
) -> None:
    letter = submitted(supervisor, decider, city)
    decided(supervisor, decider, city, 4, "het verbeterplan uitbleef")
    page = words(editor.get(f"/brieven/{letter.pk}/"))
    assert f"{WHY} Neem de brief terug om er een vooraankondiging van te maken." in page
    assert BUTTON not in page
    assert "Neem haar terug als u iets wilt wijzigen." in words(press(editor, letter))
    assert again(letter).kind == TRIAL.slug


def test_a_reader_is_told_and_has_no_button(letter: Letter, client: Client, utrecht: Province) -> None:
    client.force_login(make_user(role=Role.LEZER, province=utrecht))
    page = words(client.get(f"/brieven/{letter.pk}/"))
    assert WHY in page
    assert BUTTON not in page
    assert press(client, letter).status_code == 403


def test_another_province_finds_no_letter(letter: Letter, client: Client) -> None:
    client.force_login(make_user(role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV25")))
    assert press(client, letter).status_code == 404


def test_a_stranger_logs_in_first(letter: Letter, client: Client) -> None:
    assert client.post(f"/brieven/{letter.pk}/soort/").status_code == 302
    assert again(letter).kind == TRIAL.slug


@pytest.mark.parametrize("body", [{}, {"soort": "\x00", "gezien": "x"}, {"soort": NOTICE.slug, "gezien": "9" * 99}])
def test_a_form_that_was_tampered_with_changes_nothing(body: dict[str, str], letter: Letter, editor: Client) -> None:
    answer = editor.post(f"/brieven/{letter.pk}/soort/", body, follow=True)
    assert answer.status_code == 200
    assert again(letter).kind == TRIAL.slug


def test_by_get_there_is_nothing(letter: Letter, editor: Client) -> None:
    assert editor.get(f"/brieven/{letter.pk}/soort/").status_code == 405


def test_the_list_says_which_letter_is_of_another_kind(letter: Letter, editor: Client, supervisor: User) -> None:
    assert "de trede vraagt een vooraankondiging" in words(editor.get("/2022-1/brieven/"))
    change(supervisor, letter)
    assert "de trede vraagt" not in words(editor.get("/2022-1/brieven/"))


# -- many at once -------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_a_batch_makes_a_concept_that_nobody_worked_on_the_kind_that_is_asked_for(
    letter: Letter, supervisor: User, city: Municipality
) -> None:
    batch = started(supervisor, city)
    work(batch)
    assert states(batch) == {"GM0344": "done"}
    row = again(letter)
    assert (row.kind, row.worked_on) == (NOTICE.slug, False)
    assert [(each.step, each.by) for each in LetterEvent.objects.filter(letter=letter)] == [
        ("soort gewijzigd", supervisor)
    ]


@pytest.mark.usefixtures("quick")
def test_a_batch_leaves_one_that_was_worked_on_and_says_what_to_do(
    letter: Letter, supervisor: User, city: Municipality
) -> None:
    Letter.objects.update(worked_on=True)
    batch = started(supervisor, city)
    work(batch)
    assert again(letter).kind == TRIAL.slug
    assert reasons(batch)["GM0344"].endswith(f"{WHY} Maak er op de bladzijde van de brief een vooraankondiging van.")


@pytest.mark.usefixtures("quick")
def test_a_batch_leaves_a_submitted_one_and_says_what_to_do(
    supervisor: User, decider: User, city: Municipality
) -> None:
    letter = submitted(supervisor, decider, city)
    decided(supervisor, decider, city, 4, "het verbeterplan uitbleef")
    batch = started(supervisor, city)
    work(batch)
    assert again(letter).kind == TRIAL.slug
    assert reasons(batch)["GM0344"].endswith(f"{WHY} Neem haar terug en maak er een vooraankondiging van.")
