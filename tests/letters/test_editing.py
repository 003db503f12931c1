"""What an editor does with a concept: saved, refused, told, and never over what a colleague wrote."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from letters.actions import editing
from letters.actions.confirming import confirm, take_back
from letters.actions.editing import DetailsChanged, Filled, NumberTaken, TextChanged
from letters.actions.making import make_concept
from letters.checking import checked, open_points
from letters.models import Confirmation, Letter, LetterBlock
from letters.readiness import writers_of
from municipalities.models import Municipality, Province, User
from municipalities.rights import Role
from supervision.actions import Refused
from tests.letters.factories import make_letterhead, record_the_dossier
from tests.letters.test_letters import PERIOD, a_concept, read, text_block
from tests.municipalities.factories import make_user
from tests.supervision.ledger import NOON, deliver

LATER = NOON + timedelta(hours=1)


@pytest.fixture
def letter(within_utrecht: Province, city: Municipality, supervisor: User) -> Letter:
    record_the_dossier(by=supervisor, city=city)
    make_letterhead(within_utrecht)
    return a_concept(supervisor, city)


@pytest.fixture
def colleague(within_utrecht: Province) -> User:
    return make_user(role=Role.BEHEERDER, province=within_utrecht)


def save(letter: Letter, by: User, **given: Any) -> bool:
    usual = {"slug": "slot", "heading": "Tot slot", "text": "Ons slot.", "seen": 0, "now": LATER}
    return editing.save_block(by=by, letter=letter, **{**usual, **given})


def add(letter: Letter, by: User, **given: Any) -> bool:
    usual = {"slug": "alinea-0000000001", "after": "oordeel", "heading": "Monitoring", "text": "Wij kijken mee."}
    return editing.add_block(by=by, letter=letter, **{**usual, **given}, now=LATER)


def row(letter: Letter, slug: str = "slot") -> LetterBlock:
    return LetterBlock.objects.get(letter=letter, slug=slug)


def order(letter: Letter) -> list[str]:
    return [each.block.slug for each in read(letter).placed]


def fresh(letter: Letter) -> Letter:
    return Letter.objects.get(pk=letter.pk)


# -- words ------------------------------------------------------------------------------------------


def test_other_words_stand_in_this_letter_and_say_who_wrote_them(letter: Letter, colleague: User) -> None:
    assert save(letter, colleague)
    kept, now = row(letter), fresh(letter)
    assert (kept.change, kept.text, kept.changed_by, kept.changed_at) == ("gewijzigd", "Ons slot.", colleague, LATER)
    assert (now.version, now.worked_on, now.changed_by, now.changed_at) == (2, True, colleague, LATER)
    assert now.open_points == 0
    assert read(letter).content.sections[-1].parts[0].text == "Ons slot."  # type: ignore[union-attr]


def test_who_wrote_is_known_also_when_another_wrote_it_anew(letter: Letter, supervisor: User, colleague: User) -> None:
    """Else somebody could agree on a letter that they wrote at themselves."""
    save(letter, colleague, text="Van mij.")
    save(letter, supervisor, text="Toch anders.", seen=row(letter).version)
    assert fresh(letter).changed_by == supervisor
    assert writers_of(fresh(letter)) == {supervisor.pk, colleague.pk}


def test_the_same_words_again_change_nothing(letter: Letter, supervisor: User) -> None:
    assert save(letter, supervisor)
    assert not save(letter, supervisor)
    assert fresh(letter).version == 2


def test_the_standard_words_make_it_standard_again(letter: Letter, supervisor: User) -> None:
    standard = next(each.block for each in read(letter).placed if each.block.slug == "slot")
    save(letter, supervisor)
    assert save(letter, supervisor, heading=standard.heading, text=standard.text, seen=row(letter).version)
    assert not LetterBlock.objects.exists()


def test_nothing_at_all_is_no_text(letter: Letter, supervisor: User) -> None:
    with pytest.raises(Refused, match="Weglaten"):
        save(letter, supervisor, heading="", text="")


def test_a_table_stands_without_words(letter: Letter, supervisor: User) -> None:
    assert save(letter, supervisor, slug="cijfers", heading="", text="")


def test_what_a_colleague_wrote_is_not_overwritten(letter: Letter, supervisor: User, colleague: User) -> None:
    save(letter, colleague, text="Van de collega.")
    with pytest.raises(TextChanged, match="heeft deze tekst intussen gewijzigd") as clash:
        save(letter, supervisor)
    assert clash.value.theirs == row(letter)
    assert row(letter).text == "Van de collega."
    assert save(letter, supervisor, seen=row(letter).version)
    assert row(letter).text == "Ons slot."


def test_a_version_never_comes_back(letter: Letter, supervisor: User, colleague: User) -> None:
    """Who saw the first words does not replace what was written after these were put back."""
    save(letter, supervisor)
    seen = row(letter).version
    editing.restore(by=colleague, letter=letter, slug="slot", seen=seen, now=LATER)
    with pytest.raises(TextChanged, match="de standaardtekst teruggezet"):
        save(letter, supervisor, text="Nog eens.", seen=seen)
    save(letter, colleague, text="Van de collega.")
    with pytest.raises(TextChanged):
        save(letter, supervisor, text="Nog eens.", seen=seen)
    assert row(letter).text == "Van de collega."


def test_different_blocks_are_no_clash(letter: Letter, supervisor: User, colleague: User) -> None:
    assert save(letter, colleague)
    assert save(letter, supervisor, slug="kader", heading="", text="Ons kader.")


def test_words_for_a_block_that_no_longer_applies_are_kept(
    letter: Letter, supervisor: User, city: Municipality
) -> None:
    """Somebody writes at the opschaling while the figures come in that make it an afschaling."""
    deliver(by=supervisor, municipality=city, realisatie=375, overrules=True)
    assert "opschaling" not in order(letter)
    assert save(letter, supervisor, slug="opschaling", heading="Opschaling", text="Mijn woorden.")
    assert "opschaling" in order(letter)


def test_an_unknown_block_is_refused(letter: Letter, supervisor: User) -> None:
    with pytest.raises(Refused, match="Deze tekst is er niet meer"):
        save(letter, supervisor, slug="bestaat-niet")


# -- standard text that changed ---------------------------------------------------------------------


def test_words_based_on_an_older_standard_text_are_outdated_until_somebody_says_otherwise(
    letter: Letter, supervisor: User, utrecht: Province
) -> None:
    save(letter, supervisor)
    text_block(utrecht, supervisor, slug="slot", label="Slot", position=9000, heading="Slot", text="Nieuw.")

    def is_outdated() -> bool:
        return next(each.is_outdated for each in read(letter).placed if each.block.slug == "slot")

    assert is_outdated()
    given = {"by": supervisor, "letter": letter, "slug": "slot", "seen": row(letter).version, "now": LATER}
    assert editing.keep_words(**given, based_on=1)
    assert not is_outdated()
    assert not editing.keep_words(**given, based_on=1)
    assert row(letter).text == "Ons slot."


def test_words_written_beside_an_older_standard_text_are_outdated_from_the_start(
    letter: Letter, supervisor: User, utrecht: Province
) -> None:
    text_block(utrecht, supervisor, slug="slot", label="Slot", position=9000, heading="Slot", text="Nieuw.")
    save(letter, supervisor, based_on=0)
    assert row(letter).based_on == 0
    save(letter, supervisor, text="Anders.", seen=row(letter).version, based_on=99)
    assert row(letter).based_on == 1


# -- own paragraphs ---------------------------------------------------------------------------------


def test_a_paragraph_of_its_own_comes_after_the_block_that_was_chosen(letter: Letter, supervisor: User) -> None:
    assert add(letter, supervisor)
    at = order(letter).index("alinea-0000000001")
    assert order(letter)[at - 1] == "oordeel"
    assert not add(letter, supervisor)
    with pytest.raises(TextChanged):
        add(letter, supervisor, text="Iets anders.")


@pytest.mark.parametrize("after", ["onderwerp", "bestaat-niet", ""])
def test_no_paragraph_comes_where_none_can(after: str, letter: Letter, supervisor: User) -> None:
    with pytest.raises(Refused, match="is er niet meer"):
        add(letter, supervisor, after=after)


def test_a_paragraph_moves_on_and_back(letter: Letter, supervisor: User) -> None:
    add(letter, supervisor)
    words = {"slug": "alinea-0000000001", "heading": "Monitoring", "text": "Wij kijken mee."}
    assert save(letter, supervisor, **words, after="slot", seen=2)
    assert order(letter)[-1] == "alinea-0000000001"
    assert not save(letter, supervisor, **words, after="slot", seen=3)
    assert save(letter, supervisor, **words, after="aanhef", seen=3)
    assert order(letter)[2] == "alinea-0000000001"


def test_there_is_room_for_many_paragraphs_in_one_place(letter: Letter, supervisor: User) -> None:
    """Each right after the same block: halving ends, and what stands there moves on, in its order."""
    slugs = [f"alinea-{number:010}" for number in range(30)]
    for slug in slugs:
        add(letter, supervisor, slug=slug, after="oordeel")
    at = order(letter).index("oordeel")
    assert order(letter)[at + 1 : at + 31] == slugs[::-1]
    positions = [each.block.position for each in read(letter).placed]
    assert len(set(positions)) == len(positions)


# -- leaving out ------------------------------------------------------------------------------------


def test_what_is_left_out_comes_back_with_the_words_that_it_had(letter: Letter, supervisor: User) -> None:
    save(letter, supervisor)
    given = {"by": supervisor, "letter": letter, "slug": "slot", "now": LATER}
    assert editing.leave_out(**given, seen=2)
    assert not editing.leave_out(**given, seen=2)
    assert all(section.heading != "Tot slot" for section in read(letter).content.sections)
    assert editing.put_back(**given, seen=3)
    assert not editing.put_back(**given, seen=3)
    assert (row(letter).change, row(letter).text) == ("gewijzigd", "Ons slot.")


def test_a_standard_text_that_was_left_out_comes_back_as_the_standard(letter: Letter, supervisor: User) -> None:
    given = {"by": supervisor, "letter": letter, "slug": "kader", "now": LATER}
    editing.leave_out(**given, seen=0)
    editing.put_back(**given, seen=2)
    assert not LetterBlock.objects.exists()


def test_an_own_paragraph_that_was_taken_out_is_kept(letter: Letter, supervisor: User) -> None:
    add(letter, supervisor)
    given = {"by": supervisor, "letter": letter, "slug": "alinea-0000000001", "now": LATER}
    editing.leave_out(**given, seen=2)
    assert "alinea-0000000001" not in order(letter)
    editing.put_back(**given, seen=3)
    assert "alinea-0000000001" in order(letter)


def test_what_a_colleague_took_out_is_told_to_who_still_writes_there(
    letter: Letter, supervisor: User, colleague: User
) -> None:
    add(letter, supervisor)
    slug = "alinea-0000000001"
    editing.leave_out(by=colleague, letter=letter, slug=slug, seen=2, now=LATER)
    with pytest.raises(TextChanged, match="heeft deze tekst intussen weggelaten"):
        save(letter, supervisor, slug=slug, seen=2)
    assert save(letter, supervisor, slug=slug, text="Toch.", seen=3)
    assert slug in order(letter)


@pytest.mark.parametrize("slug", ["onderwerp", "aanhef"])
def test_there_is_no_letter_without_a_subject_or_salutation(slug: str, letter: Letter, supervisor: User) -> None:
    with pytest.raises(Refused, match="is er geen brief"):
        editing.leave_out(by=supervisor, letter=letter, slug=slug, seen=0, now=LATER)


def test_an_own_paragraph_has_no_standard_text(letter: Letter, supervisor: User) -> None:
    add(letter, supervisor)
    with pytest.raises(Refused, match="geen standaardtekst"):
        editing.restore(by=supervisor, letter=letter, slug="alinea-0000000001", seen=2, now=LATER)
    assert not editing.restore(by=supervisor, letter=letter, slug="slot", seen=0, now=LATER)


# -- details ----------------------------------------------------------------------------------------


def filled(letter: Letter, **changes: Any) -> Filled:
    return replace(Filled.of(fresh(letter)), **changes)


def test_details_are_kept_and_a_colleagues_are_not_overwritten(
    letter: Letter, supervisor: User, colleague: User
) -> None:
    seen = Filled.of(letter)
    given = {"letter": letter, "seen": seen, "now": LATER}
    mine = filled(letter, document_number="82508878", on=date(2022, 9, 22))
    assert editing.save_details(by=supervisor, filled=mine, **given)
    assert not editing.save_details(by=supervisor, filled=mine, **given)
    with pytest.raises(DetailsChanged) as clash:
        editing.save_details(by=colleague, filled=replace(seen, phone="030 111 11 11"), **given)
    assert clash.value.theirs == mine
    assert fresh(letter).document_number == "82508878"


def test_no_two_letters_have_one_number_and_the_other_is_named(letter: Letter, supervisor: User) -> None:
    zeist = Municipality.objects.get(code="GM0355")
    deliver(by=supervisor, municipality=zeist, achterstand=0, taakstelling=37, realisatie=40)
    other = make_concept(by=supervisor, municipality=zeist, period=PERIOD, now=NOON, today=NOON.date())
    numbered = {"document_number": "82508878"}
    editing.save_details(
        by=supervisor, letter=other, filled=filled(other, **numbered), seen=Filled.of(other), now=LATER
    )
    with pytest.raises(NumberTaken, match="82508878 staat al op een brief aan Zeist over 2022-1"):
        editing.save_details(
            by=supervisor, letter=letter, filled=filled(letter, **numbered), seen=Filled.of(letter), now=LATER
        )


# -- claims -----------------------------------------------------------------------------------------

CLAIM = "In vier tot zes weken wil uw gemeente 495 vergunninghouders huisvesten."


def test_a_number_that_matches_nothing_is_open_until_somebody_vouches_for_it(
    letter: Letter, supervisor: User, colleague: User
) -> None:
    save(letter, supervisor, text=CLAIM)
    [point] = open_points(read(letter))
    assert (point.slug, point.claim) == ("slot", "495")
    assert point.sentence.startswith("495: niet gevonden; het dichtst bij ligt totaalopgave 2022-2, 482")
    assert fresh(letter).open_points == 1
    given = {"letter": letter, "claim": "495", "now": LATER}
    assert confirm(by=colleague, source=" Bericht gemeente,  13 juli 2022", **given)
    assert Confirmation.objects.get().reason == "Bericht gemeente, 13 juli 2022"
    assert (open_points(read(letter)), fresh(letter).open_points) == ((), 0)
    assert not confirm(by=supervisor, source="Bericht gemeente, 13 juli 2022", **given)
    with pytest.raises(Refused, match="al bevestigd: Bericht gemeente"):
        confirm(by=supervisor, source="Krant", **given)
    assert take_back(by=supervisor, **given)
    assert not take_back(by=supervisor, **given)
    assert len(open_points(read(letter))) == 1


def test_what_agrees_with_a_figure_is_found(letter: Letter, supervisor: User) -> None:
    save(letter, supervisor, text="De achterstand was 171 en is nu 207; in 2022-2 gaat het om 482 vergunninghouders.")
    check = checked(read(letter))
    assert check.points == ()
    assert {finding.key for finding in check.findings["slot"]} >= {"171", "207", "482", "2022-2"}


def test_what_the_standard_text_says_is_no_claim_of_this_letter(letter: Letter, supervisor: User) -> None:
    kader = next(each.block for each in read(letter).placed if each.block.slug == "kader")
    save(letter, supervisor, slug="kader", heading="", text=f"{kader.text} Graag tot ziens.")
    assert open_points(read(letter)) == ()


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("In Amersfoort gaat het beter.", "een andere gemeente; deze brief gaat over Utrecht"),
        ("Wij schalen uw gemeente af.", "de trede ging omhoog, van 2 naar 3"),
        ("Over 2019-1 was dat anders.", "een ander halfjaar"),
    ],
)
def test_what_is_of_another_municipality_half_year_or_direction_is_open(
    written: str, said: str, letter: Letter, supervisor: User
) -> None:
    save(letter, supervisor, text=written)
    [point] = open_points(read(letter))
    assert said in point.sentence


def test_the_legal_remedy_is_looked_up_too(letter: Letter, supervisor: User) -> None:
    mine = filled(letter, legal_remedy="Bezwaar kan binnen 45 dagen na 3 mei 2031.")
    editing.save_details(by=supervisor, letter=letter, filled=mine, seen=Filled.of(letter), now=LATER)
    assert "gegevens" in {point.slug for point in open_points(read(letter))}


@pytest.mark.parametrize(("source", "said"), [(" ", "Vul in waar 495 vandaan komt"), ("x" * 301, "hoogstens 300")])
def test_vouching_needs_a_source(source: str, said: str, letter: Letter, supervisor: User) -> None:
    save(letter, supervisor, text=CLAIM)
    with pytest.raises(Refused, match=said):
        confirm(by=supervisor, letter=letter, claim="495", source=source, now=LATER)


def test_nobody_vouches_for_what_is_not_there(letter: Letter, supervisor: User) -> None:
    with pytest.raises(Refused, match="niet meer in de tekst"):
        confirm(by=supervisor, letter=letter, claim="495", source="Krant", now=LATER)


# -- who, and when ----------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [Role.LEZER, Role.VASTSTELLER])
def test_who_makes_no_letters_changes_none(role: str, letter: Letter, utrecht: Province) -> None:
    with pytest.raises(Refused, match="Brieven maken mag alleen"):
        save(letter, make_user(role=role, province=utrecht))


def test_somebody_of_another_province_changes_nothing(letter: Letter) -> None:
    stranger = make_user(role=Role.TOEZICHTHOUDER, province=Province.objects.get(code="PV25"))
    with pytest.raises(Refused):
        save(letter, stranger)
    assert not LetterBlock.objects.exists()


def test_a_letter_that_is_no_concept_says_what_it_is(letter: Letter, supervisor: User, colleague: User) -> None:
    Letter.objects.filter(pk=letter.pk).update(state="submitted", submitted_to=colleague)
    with pytest.raises(Refused, match="ligt ter akkoord bij"):
        save(letter, supervisor)
    Letter.objects.filter(pk=letter.pk).update(state="withdrawn")
    with pytest.raises(Refused, match="Deze brief is ingetrokken"):
        confirm(by=supervisor, letter=letter, claim="x", source="y", now=LATER)
