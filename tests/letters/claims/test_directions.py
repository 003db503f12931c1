"""What a text tells of how the trede went, and of an achterstand or voorsprong: only what it says of this half-year."""

from __future__ import annotations

from dataclasses import replace

import pytest

from letters.claims import Direction, Facts, Kind, claims_in
from tests.letters.claims.known import missed, of_the_dossier

UP, DOWN, SAME = Direction.UP, Direction.DOWN, Direction.SAME


def told(text: str) -> set[object]:
    return {claim.value for claim in claims_in(text) if claim.kind in (Kind.DIRECTION, Kind.STANDING, Kind.COURSE)}


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Wij schalen uw gemeente op.", UP),
        ("Wij schalen uw gemeente daarom op van trede 2 naar trede 3.", UP),
        ("Daarom schaalt de provincie uw gemeente op naar trede 3.", UP),
        ("Opschaling van trede 2 naar trede 3", UP),
        ("De opschaling van uw gemeente is nodig.", UP),
        ("Wij zijn genoodzaakt uw gemeente op te schalen.", UP),
        ("Uw gemeente wordt opgeschaald.", UP),
        ("Het opschalen volgt uit de cijfers.", UP),
        ("Uw gemeente komt op een hogere trede.", UP),
        ("Uw gemeente staat nu hoger op de interventieladder.", UP),
        ("Uw gemeente gaat een trede omhoog.", UP),
        ("Uw gemeente gaat van trede 2 naar trede 3.", UP),
        ("Uw gemeente gaat van trede 2 naar 3.", UP),
        ("Wij schalen uw gemeente **op**.", UP),
        ("Wij schalen uw gemeente\nop.", UP),
        ("Wij schalen uw gemeente daarom af.", DOWN),
        ("Afschaling van trede 3 naar trede 2", DOWN),
        ("Uw gemeente wordt afgeschaald.", DOWN),
        ("Uw gemeente gaat een trede lager.", DOWN),
        ("Uw gemeente komt op een lagere trede.", DOWN),
        ("Uw gemeente gaat van trede 4 terug naar trede 2.", DOWN),
        ("De taakstelling is niet gehaald, daarom schalen wij uw gemeente af.", DOWN),
        ("Omdat de achterstand even groot is als de taakstelling, schalen wij uw gemeente af.", DOWN),
        ("Uw gemeente blijft op trede 3.", SAME),
        ("Uw gemeente blijft daarom op trede 3.", SAME),
        ("Uw gemeente blijft op dezelfde trede.", SAME),
        ("Uw gemeente gaat van trede 3 naar trede 3.", SAME),
    ],
)
def test_a_text_that_says_how_the_trede_went(text: str, way: Direction) -> None:
    assert told(text) == {way}


@pytest.mark.parametrize(
    "text",
    [
        "Helpt de actie zoals u verwacht, dan kan uw gemeente bij de volgende peildatum lager op de ladder komen te staan.",
        "Wij verwachten dat wij u bij ons volgende meetpunt weer kunnen afschalen.",
        "Als u de taakstelling haalt, schalen wij uw gemeente af.",
        "Wordt het beter, dan schalen wij uw gemeente af.",
        "Wij schalen uw gemeente af, mits u een plan stuurt.",
        "Wij schalen niet vanzelf af: daarvoor is een besluit nodig.",
        "In één keer schalen wij niet verder op dan naar trede 4.",
        "In onze vorige brief hebben wij uw gemeente opgeschaald.",
        "Zonder opschaling lukt het ook.",
        "Gemeenten worden op- en afgeschaald.",
        "De ladder gaat over opschaling en afschaling.",
        "Het op- of afschalen gebeurt elk halfjaar.",
        "De opvang is op schaal gebracht.",
        "Wij waarderen de opschaling van de noodopvang.",
        "Het opschalen van het aantal woningen helpt.",
        "Op 1 juli telden wij de personen.",
        "Het aantal personen is hoger dan verwacht.",
    ],
)
def test_what_may_happen_what_was_and_what_is_denied_says_nothing_of_now(text: str) -> None:
    assert told(text) == set()


def test_one_sentence_that_depends_on_something_says_nothing_of_the_next() -> None:
    assert told("Als dat zo is, schalen wij af. Wij schalen uw gemeente op.") == {UP}


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("Uw achterstand is groot.", "achterstand"),
        ("Uw grote achterstand baart ons zorgen.", "achterstand"),
        ("Er is een achterstand van 12 personen.", "achterstand"),
        ("De achterstand van uw gemeente is groot.", "achterstand"),
        ("Uw voorsprong is klein.", "voorsprong"),
        ("U had een voorsprong van 12 personen.", "voorsprong"),
    ],
)
def test_a_text_that_says_that_there_is_an_achterstand_or_voorsprong(text: str, standing: str) -> None:
    assert told(text) == {standing}


@pytest.mark.parametrize(
    "text",
    [
        "Uw gemeente heeft geen achterstand.",
        "Een achterstand telt mee in de totaalopgave.",
        "Wie u huisvest, telt mee voor een eerdere achterstand.",
        "Als uw achterstand groeit, nemen wij contact op.",
        "U had geen voorsprong van 3 personen.",
    ],
)
def test_what_is_said_of_any_achterstand_says_nothing_of_this_one(text: str) -> None:
    assert told(text) == set()


# -- held against what was decided -----------------------------------------------------------------


def going(way: Direction, *, before: int | None, now: int) -> Facts:
    return replace(of_the_dossier(), numbers=(), direction=way, trede_before=before, trede=now)


@pytest.mark.parametrize(
    ("facts", "went"),
    [
        (going(UP, before=2, now=3), "de trede ging omhoog, van 2 naar 3"),
        (going(SAME, before=3, now=3), "de trede bleef 3"),
        (going(Direction.FIRST, before=None, now=3), "er is geen trede van het halfjaar ervoor om mee te vergelijken"),
    ],
)
def test_down_where_the_trede_did_not_go_down_is_marked(facts: Facts, went: str) -> None:
    assert missed("Wij kunnen uw inzet waarderen. Afschaling volgt.", facts) == [f"Afschaling: {went}."]


@pytest.mark.parametrize(
    ("facts", "went"),
    [
        (going(DOWN, before=3, now=2), "de trede ging omlaag, van 3 naar 2"),
        (going(SAME, before=2, now=2), "de trede bleef 2"),
        (going(Direction.FIRST, before=None, now=1), "er is geen trede van het halfjaar ervoor om mee te vergelijken"),
    ],
)
def test_up_where_the_trede_did_not_go_up_is_marked(facts: Facts, went: str) -> None:
    assert missed("Deze opschaling is nodig.", facts) == [f"opschaling: {went}."]


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        (going(UP, before=2, now=3), "Wij schalen uw gemeente op van trede 2 naar trede 3."),
        (going(DOWN, before=3, now=2), "Wij schalen uw gemeente af van trede 3 naar trede 2."),
        (going(SAME, before=3, now=3), "Uw gemeente blijft op trede 3."),
    ],
)
def test_the_right_direction_is_found(facts: Facts, text: str) -> None:
    assert missed(text, facts) == []


def test_staying_where_the_trede_went_up_is_marked() -> None:
    assert missed("Uw gemeente blijft op trede 3.", going(UP, before=2, now=3)) == [
        "blijft op trede: de trede ging omhoog, van 2 naar 3."
    ]


def test_treden_in_the_wrong_order_are_marked() -> None:
    assert missed("Uw gemeente gaat van trede 3 naar trede 2.", going(UP, before=2, now=3)) == [
        "van trede 3 naar trede 2: de trede ging omhoog, van 2 naar 3."
    ]


@pytest.mark.parametrize(
    ("standings", "text", "sentences"),
    [
        ((171, 207), "Uw voorsprong groeit.", ["Uw voorsprong: in deze brief is er geen voorsprong."]),
        ((171, 207), "Uw achterstand groeit.", []),
        ((-12, -9), "Uw achterstand groeit.", ["Uw achterstand: in deze brief is er geen achterstand."]),
        ((-12, -9), "Uw voorsprong krimpt.", []),
        ((-12, 1), "Uw voorsprong werd een achterstand: uw achterstand is klein.", []),
        ((0, 0), "Uw achterstand groeit.", ["Uw achterstand: in deze brief is er geen achterstand."]),
        ((), "Uw achterstand groeit.", []),
    ],
)
def test_an_achterstand_where_there_is_none_is_marked(
    standings: tuple[int, ...], text: str, sentences: list[str]
) -> None:
    assert missed(text, replace(of_the_dossier(), standings=standings)) == sentences


@pytest.mark.parametrize(
    ("text", "course"),
    [
        ("De achterstand is gegroeid.", "achterstand groter"),
        ("De huisvestingsachterstand is echter toegenomen.", "achterstand groter"),
        ("In dit halfjaar is de achterstand flink opgelopen.", "achterstand groter"),
        ("De achterstand is groter geworden.", "achterstand groter"),
        ("De achterstand is helemaal ingelopen.", "achterstand kleiner"),
        ("De achterstand is met 36 personen afgenomen.", "achterstand kleiner"),
        ("De voorsprong is gegroeid.", "voorsprong groter"),
        ("De voorsprong is kleiner geworden.", "voorsprong kleiner"),
    ],
)
def test_a_text_that_says_how_it_went(text: str, course: str) -> None:
    assert told(text) == {course}


@pytest.mark.parametrize(
    "text",
    [
        "De achterstand moet worden ingelopen.",
        "Zodra de achterstand is ingelopen, schalen wij af.",
        "Een plan om te zorgen dat de achterstand is ingelopen.",
        "De achterstand is groter geworden dan de taakstelling.",
        "De achterstand is niet gegroeid.",
        "De eerder opgelopen achterstand is bekend.",
        "De achterstand is bekend: er zijn personen ingelopen.",
    ],
)
def test_what_is_to_happen_or_is_compared_says_nothing_of_how_it_went(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    ("standings", "text", "sentences"),
    [
        ((171, 207), "De achterstand is gegroeid.", []),
        (
            (171, 207),
            "De achterstand is afgenomen.",
            ["achterstand is afgenomen: de achterstand ging van 171 naar 207."],
        ),
        ((207, 171), "De achterstand is gegroeid.", ["achterstand is gegroeid: de achterstand ging van 207 naar 171."]),
        ((60, 60), "De achterstand is gegroeid.", ["achterstand is gegroeid: de achterstand ging van 60 naar 60."]),
        ((30, -4), "De achterstand is ingelopen.", []),
        ((-12, 3), "De achterstand is ingelopen.", ["achterstand is ingelopen: de achterstand ging van 0 naar 3."]),
        ((-12, -17), "De voorsprong is gegroeid.", []),
        ((-12, -7), "De voorsprong is gegroeid.", ["voorsprong is gegroeid: de voorsprong ging van 12 naar 7."]),
        (
            (-1200, 3),
            "De voorsprong is toegenomen.",
            ["voorsprong is toegenomen: de voorsprong ging van 1.200 naar 0."],
        ),
        ((171,), "De achterstand is gegroeid.", []),
        ((), "De achterstand is gegroeid.", []),
    ],
)
def test_an_achterstand_that_went_the_other_way_is_marked(
    standings: tuple[int, ...], text: str, sentences: list[str]
) -> None:
    assert missed(text, replace(of_the_dossier(), standings=standings)) == sentences
