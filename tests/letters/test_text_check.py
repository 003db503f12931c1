"""What is wrong with a block of text before it is saved, and how it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.text_check import MOST_TOLD, nearest, problems_of, warnings_of
from letters.words.blocks import Block, Fact, Placed, Role, Table, When, position_after
from letters.words.case import Direction
from letters.words.composing import compose
from letters.words.kinds import kinds
from letters.words.sentences import values_of
from letters.words.text_words import DIRECTION_WORDS, FACT_WORDS, TABLE_WORDS, other_changes, when_in_words
from letters.words.texts import labels, open_marks
from supervision.rules.period import Period
from tests.letters.cases import DETAILS, SENDER, the_dossier

BLOCK = Block(slug="eigen", label="Eigen", position=5000, text="Een zin.")


def told(block: Block) -> list[tuple[str, str]]:
    return [(problem.part, problem.sentence) for problem in problems_of(block)]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Over ((gemeentee)).", "De invulplek ((gemeentee)) bestaat niet. Bedoelt u ((gemeente))?"),
        ("Over ((Realisatei)).", "De invulplek ((Realisatei)) bestaat niet. Bedoelt u ((realisatie))?"),
        ("Over ((zzz)).", "De invulplek ((zzz)) bestaat niet. Kies er een uit de lijst."),
        (
            "Over ((gemeente.",
            "Bij ‘((gemeente.’ ontbreekt ‘))’. Een invulplek staat tussen twee haakjes aan elke kant: ((gemeente)).",
        ),
        (
            "[nog in te vullen: x]",
            "‘[nog in te vullen: x]’ staat letterlijk in de tekst. Dat houdt elke brief tegen: haal",
        ),
        ("Van rechts \u202e naar links", "Het teken U+202E kan niet in een brief staan."),
        ("Regel\u2028regel", "Het teken U+2028 kan niet in een brief staan."),
        ("\x0b", "Het teken U+000B kan niet in een brief staan."),
        ("日本", "Het teken ‘日’ kan niet in een brief staan."),
        ("  \n", "Vul een tekst in, of kies een tabel."),
    ],
)
def test_what_would_hold_up_every_letter_is_named(text: str, sentence: str) -> None:
    [(part, found)] = told(replace(BLOCK, text=text))[:1]
    assert part == "text"
    assert found.startswith(sentence)


def test_a_heading_is_read_as_well() -> None:
    assert told(replace(BLOCK, heading="Over ((peildag))")) == [
        ("heading", "De invulplek ((peildag)) bestaat niet. Bedoelt u ((peildatum))?")
    ]


def test_a_placeholder_that_is_half_bold_is_none() -> None:
    assert told(replace(BLOCK, text="((gem**een**te))"))


def test_many_faults_are_told_in_a_few_sentences() -> None:
    found = told(replace(BLOCK, text=" ".join(f"((x{number}))" for number in range(40))))
    assert len(found) == MOST_TOLD + 1
    assert found[-1][1] == f"Zo zijn er 40 invulplekken. U ziet de eerste {MOST_TOLD}."


@pytest.mark.parametrize("role", [Role.SUBJECT, Role.SALUTATION])
def test_a_letter_always_has_a_subject_and_a_salutation(role: Role) -> None:
    assert told(replace(BLOCK, role=role, text=" ")) == [
        ("text", f"Een brief heeft altijd een {role}. Vul de tekst in.")
    ]


@pytest.mark.parametrize(
    "block",
    [
        BLOCK,
        replace(BLOCK, text="", table=Table.FIGURES),
        replace(BLOCK, text="", heading="Kop"),
        replace(BLOCK, text="(( Gemeente )) en (((tredenaam)))"),
        replace(BLOCK, text="<script>alert(1)</script> {{ trede }} {% load x %} 2 * 3"),
    ],
)
def test_what_can_be_saved(block: Block) -> None:
    assert problems_of(block) == ()


@pytest.mark.parametrize(
    ("block", "part"),
    [
        (replace(BLOCK, text="", heading="Kop"), "Onder de kop staat geen tekst en geen tabel."),
        (replace(BLOCK, text="Zie (artikel (3))."), "Er staat ‘))’ zonder ‘((’ ervoor."),
        (replace(BLOCK, text="Dit is <b>vet</b>."), "‘<b>’ komt letterlijk in de brief."),
        (replace(BLOCK, text="Dit is {{ trede }}."), "‘{{ trede }}’ komt letterlijk in de brief."),
    ],
)
def test_what_is_probably_not_meant_is_told_and_may_be_saved(block: Block, part: str) -> None:
    assert problems_of(block) == ()
    [warning] = warnings_of(block)
    assert warning.startswith(part)


def test_a_heading_that_the_delivered_text_has_is_missed() -> None:
    [warning] = warnings_of(BLOCK, delivered=replace(BLOCK, heading="Kop"))
    assert "heeft een kop" in warning
    assert warnings_of(BLOCK, delivered=BLOCK) == ()


@pytest.mark.parametrize("kind", kinds())
def test_nothing_is_wrong_with_the_delivered_texts(kind: str) -> None:
    for block in kinds()[kind].blocks:
        assert (block.slug, problems_of(block), warnings_of(block, delivered=block)) == (block.slug, (), ())


def test_every_placeholder_of_the_list_has_a_value_in_a_letter() -> None:
    assert labels().keys() <= values_of(the_dossier(), DETAILS).keys()


@given(st.sampled_from(sorted(labels())))
def test_a_placeholder_is_nearest_to_itself(name: str) -> None:
    assert nearest(name) == name


SOME = st.text(alphabet="(( )) gemeente trede \n**-#[]\\", max_size=60) | st.text(max_size=40)


@given(heading=SOME, text=SOME)
def test_what_can_be_saved_never_holds_up_a_letter(heading: str, text: str) -> None:
    """Nothing but what is to be filled in with the letter stays open."""
    block = replace(BLOCK, heading=heading, text=text)
    if problems_of(block):
        return
    letter = compose(
        case=the_dossier(),
        sender=SENDER,
        details=replace(DETAILS, letter_kind="toezichtbrief"),
        placed=[Placed(block=block)],
        kind=kinds()["afschrift"],
    )
    allowed = open_marks(f"[nog in te vullen: {value}]" for value in ("documentnummer", "datum van de toezichtbrief"))
    assert set(letter.open_marks) <= set(allowed)


# -- when a block stands in a letter, in words -----------------------------------------------------------


@pytest.mark.parametrize(
    ("when", "words"),
    [
        (When(), "altijd"),
        (When(trede=3, trede_name="Actief toezicht"), "op trede 3 (Actief toezicht)"),
        (When(direction=Direction.UP), "bij opschaling"),
        (When(fact=Fact.HERVERDELING), "als er een herverdeling is"),
        (When(period=Period(2022, 1)), "alleen in 2022-1"),
        (
            When(trede=2, direction=Direction.DOWN, fact=Fact.NOT_MET, period=Period(2022, 1)),
            "op trede 2, bij afschaling, als de taakstelling niet is gehaald, alleen in 2022-1",
        ),
    ],
)
def test_when_it_stands_in_words(when: When, words: str) -> None:
    assert when_in_words(when) == words


def test_every_fact_direction_and_table_has_words() -> None:
    assert set(FACT_WORDS) == {fact.value for fact in Fact}
    assert set(DIRECTION_WORDS) == {direction.value for direction in Direction}
    assert set(TABLE_WORDS) == {table.value for table in Table}


def test_what_changed_beside_the_words() -> None:
    after = replace(BLOCK, label="Anders", when=When(direction=Direction.UP), position=1, is_whole=True)
    assert other_changes(BLOCK, after) == (
        "Naam: was ‘Eigen’, is ‘Anders’.",
        "Wanneer: was ‘altijd’, is ‘bij opschaling’.",
        "Bij elkaar op één bladzijde: was ‘nee’, is ‘ja’.",
        "Het blok staat op een andere plaats.",
    )
    assert other_changes(BLOCK, replace(BLOCK, text="Anders.")) == ()


# -- between two blocks -------------------------------------------------------------------------------------


def at(*positions: int) -> list[Block]:
    return [replace(BLOCK, slug=f"b{number}", position=position) for number, position in enumerate(positions)]


@pytest.mark.parametrize(
    ("positions", "after", "position"),
    [
        ((0, 100, 200), "b1", 150),
        ((0, 100), "b1", 200),
        ((0, 100, 100, 300), "b1", 200),
        ((0, 1, 2), "b1", None),
    ],
)
def test_a_place_is_halfway_to_the_next_position(positions: tuple[int, ...], after: str, position: int | None) -> None:
    assert position_after(at(*positions), after) == position
