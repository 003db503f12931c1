"""The judgement in words follows from the figures: each case of the texts, with the figures that make it.

S and E are the achterstand at the begin and the end, I what was asked (taakstelling + herverdeling), R who were housed.
"""

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from letters.words.case import Incomplete, default_due_plan, figures_of, kern_case, oordeel_case
from letters.words.content import LetterContent
from supervision.rules.opgave import Kind
from supervision.rules.policy import Policy
from tests.letters.cases import DETAILS, LADDER, a_case, key_sentence, paragraphs, plain, table, the_dossier, write

WITH_HERVERDELING = replace(LADDER, counts_herverdeling=True)

# The 13 cases: (S, I, R), the sentence in the opening, the sentence under "Ons oordeel".
CASES = {
    "weg": (
        (30, 20, 50),
        "Uw gemeente heeft de totaalopgave gehaald: de achterstand is helemaal ingelopen.",
        "De achterstand van 30 personen is helemaal ingelopen.",
    ),
    "weg_voorsprong": (
        (1, 20, 25),
        "Uw gemeente heeft meer dan de totaalopgave gehaald: de achterstand is ingelopen en er is een voorsprong.",
        "De achterstand van 1 persoon is ingelopen. Op 1 juli 2022 was er een voorsprong van 4 personen.",
    ),
    "geen": (
        (0, 20, 20),
        "Uw gemeente heeft de taakstelling gehaald en heeft geen achterstand.",
        "Er was geen achterstand en die is er ook nu niet.",
    ),
    "voorsprong_nieuw": (
        (0, 20, 21),
        "Uw gemeente heeft meer dan de taakstelling gehaald en heeft nu een voorsprong.",
        "Op 1 juli 2022 was er een voorsprong van 1 persoon.",
    ),
    "voorsprong_groter": (
        (-12, 40, 45),
        "Uw gemeente heeft meer dan de taakstelling gehaald en de voorsprong is gegroeid.",
        "De voorsprong is gegroeid van 12 naar 17 personen.",
    ),
    "voorsprong_gelijk": (
        (-12, 40, 40),
        "Uw gemeente heeft de taakstelling gehaald en houdt haar voorsprong.",
        "De voorsprong is gelijk gebleven: 12 personen.",
    ),
    "voorsprong_kleiner": (
        (-12, 40, 35),
        "Uw gemeente heeft dankzij haar voorsprong aan de totaalopgave voldaan.",
        "De voorsprong is kleiner geworden: van 12 naar 7 personen.",
    ),
    "voorsprong_op": (
        (-12, 40, 28),
        "Uw gemeente heeft dankzij haar voorsprong precies aan de totaalopgave voldaan.",
        "De voorsprong van 12 personen is gebruikt. Er is geen achterstand.",
    ),
    "omgeslagen": (
        (-12, 40, 27),
        "Uw gemeente heeft de taakstelling niet gehaald. De voorsprong is op en er is een achterstand ontstaan.",
        "De voorsprong van 12 personen is gebruikt. Op 1 juli 2022 was er een achterstand van 1 persoon.",
    ),
    "nieuw": (
        (0, 40, 30),
        "Uw gemeente heeft de taakstelling niet gehaald. Er is een achterstand ontstaan.",
        "Op 1 juli 2022 was er een achterstand van 10 personen.",
    ),
    "kleiner": (
        (60, 50, 80),
        "Uw gemeente heeft de taakstelling gehaald en de achterstand is kleiner geworden.",
        "De achterstand is kleiner geworden: van 60 naar 30 personen.",
    ),
    "gelijk": (
        (60, 50, 50),
        "Uw gemeente heeft de taakstelling gehaald. De achterstand is gelijk gebleven.",
        "De achterstand is gelijk gebleven: 60 personen.",
    ),
    "groter": (
        (60, 50, 40),
        "Uw gemeente heeft de taakstelling niet gehaald en de achterstand is gegroeid.",
        "De achterstand is gegroeid van 60 naar 70 personen.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_each_case_has_its_sentence_before_the_table_and_under_the_judgement(name: str) -> None:
    (begin, asked, realisation), kern, oordeel = CASES[name]
    case = a_case(begin=begin, taakstelling=asked, realisation=realisation)
    letter = write(case)
    assert kern_case(figures_of(case.opgave)) == name
    assert key_sentence(letter).startswith(kern)
    assert paragraphs(letter, "Ons oordeel")[1].startswith(oordeel)


@pytest.mark.parametrize(
    ("begin", "realisation", "moved"),
    [
        (30, 30, "De achterstand van 30 personen is helemaal ingelopen."),
        (30, 0, "De achterstand is gelijk gebleven: 30 personen."),
        (0, 0, "Er was geen achterstand en die is er ook nu niet."),
        (0, 1, "Op 1 juli 2022 was er een voorsprong van 1 persoon."),
        (-5, 0, "De voorsprong is gelijk gebleven: 5 personen."),
    ],
)
def test_without_a_taakstelling_the_opening_says_so_and_how_it_went(begin: int, realisation: int, moved: str) -> None:
    letter = write(a_case(begin=begin, taakstelling=0, realisation=realisation))
    assert key_sentence(letter).startswith(f"Voor uw gemeente gold in 2022-1 geen taakstelling. {moved} Wij plaatsen ")
    assert paragraphs(letter, "Ons oordeel")[1].startswith(moved)


def test_the_dossier_says_what_the_province_found() -> None:
    letter = write(the_dossier())
    assert key_sentence(letter) == (
        "Uw gemeente heeft de taakstelling niet gehaald en de achterstand is gegroeid. Wij schalen uw gemeente daarom "
        "op van trede 2 naar trede 3 (Actief toezicht) van de interventieladder."
    )
    assert paragraphs(letter, "Ons oordeel")[:2] == [
        "Uw gemeente had met de herverdeling een taakstelling van 204 personen en heeft 168 personen gehuisvest. Dat is "
        "82%. Daarmee is de taakstelling niet gehaald. Daarbij is de overname van 1 persoon van de gemeente Utrechtse "
        "Heuvelrug meegeteld.",
        "De achterstand is gegroeid van 171 naar 207 personen. Van de totaalopgave van 375 personen is 45% gerealiseerd.",
    ]
    assert paragraphs(letter, "Opschaling van trede 2 naar trede 3") == [
        "De trede bepalen wij met de interventieladder die Rijk, provincies en gemeenten hebben afgesproken. De bijlage "
        "legt uit hoe wij die gebruiken.",
        "Op 1 juli 2022 was de achterstand van uw gemeente (207 personen) groter dan de taakstelling over de eerste helft "
        "van 2022 (203 personen, zonder herverdeling). Daarbij hoort trede 3: Actief toezicht. Wij schalen uw gemeente "
        "daarom op van trede 2 naar trede 3.",
        "Bij trede 3 volgen wij de huisvesting ook bestuurlijk. Wij vragen u:",
        "een verbeterplan vast te stellen waarin staat hoe en wanneer u de taakstelling haalt en de achterstand inloopt, "
        "en ons dat plan uiterlijk 1 november 2022 te sturen;",
        "op korte termijn een bestuurlijk overleg met ons te voeren. Wij nemen contact met u op voor een afspraak;",
        "ons elke maand de voortgang te melden, tot de peildatum 1 januari 2023.",
    ]
    assert paragraphs(letter, "Uw taakstelling") == [
        "U ligt op schema als u elke maand een zesde van de totaalopgave realiseert. Voor uw gemeente is dat ongeveer 80 "
        "personen per maand."
    ]
    assert letter.open_marks == ()


def test_the_dossier_has_the_two_tables_of_the_dossier() -> None:
    letter = write(the_dossier())
    assert table(letter, "Uw cijfers") == [
        ("Achterstand op 1 januari 2022", "171", "COA, peildatum 1 januari"),
        ("Taakstelling 2022-1", "203", "ministerie van JenV"),
        ("Overgenomen van Utrechtse Heuvelrug", "+1", "herverdeling"),
        ("Totaalopgave 2022-1", "375", "171 + 203 + 1"),
        ("Gehuisvest (realisatie)", "168", "COA, peildatum 1 juli"),
        ("Realisatie van taakstelling en herverdeling", "82%", "168 van 204"),
        ("Realisatie van de totaalopgave", "45%", "168 van 375"),
        ("Achterstand op 1 juli 2022", "207", "375 − 168"),
    ]
    assert table(letter, "Uw taakstelling") == [
        ("Achterstand op 1 juli 2022", "207", "375 − 168"),
        ("Taakstelling 2022-2", "275", "ministerie van JenV"),
        ("Totaalopgave 2022-2", "482", "207 + 275"),
    ]


# -- the table ----------------------------------------------------------------------------------------------------------


def test_a_voorsprong_is_called_so_and_is_negative() -> None:
    rows = table(write(a_case(begin=-12, taakstelling=40, realisation=45)), "Uw cijfers")
    assert rows[0] == ("Voorsprong op 1 januari 2022", "−12", "COA, peildatum 1 januari")
    assert rows[2] == ("Totaalopgave 2022-1", "28", "−12 + 40")
    assert rows[-1] == ("Voorsprong op 1 juli 2022", "−17", "28 − 45")


def test_a_negative_totaalopgave_has_no_percentage() -> None:
    rows = table(write(a_case(begin=-127, taakstelling=118, realisation=3)), "Uw cijfers")
    assert ("Totaalopgave 2022-1", "−9", "−127 + 118") in rows
    assert ("Realisatie van de taakstelling", "3%", "3 van 118") in rows
    assert ("Realisatie van de totaalopgave", "n.v.t.", "3 van −9") in rows
    assert rows[-1] == ("Voorsprong op 1 juli 2022", "−12", "−9 − 3")


def test_without_a_herverdeling_no_row_speaks_of_one() -> None:
    labels = [label for label, _, _ in table(write(a_case(begin=1, taakstelling=2, realisation=3)), "Uw cijfers")]
    assert "Realisatie van de taakstelling" in labels
    assert not any("herverdeling" in label or label.startswith("Over") for label in labels)


def test_each_other_municipality_has_one_row_with_its_sign() -> None:
    case = a_case(begin=60, taakstelling=50, swaps=[("A", 3), ("B", -4), ("A", 2), ("C", 1), ("C", -1)], realisation=80)
    rows = table(write(case), "Uw cijfers")
    assert rows[2:5] == [
        ("Overgenomen van A", "+5", "herverdeling"),
        ("Overgedragen aan B", "−4", "herverdeling"),
        ("Totaalopgave 2022-1", "111", "60 + 50 + 5 − 4"),
    ]


def test_an_opening_that_coa_did_not_report_says_what_it_was_computed_from() -> None:
    rows = table(write(a_case(begin=8, taakstelling=40, realisation=45, is_reported=False)), "Uw cijfers")
    assert rows[0] == ("Achterstand op 1 januari 2022", "8", "berekend uit 2021-2")


def test_an_opening_after_a_herindeling_says_so() -> None:
    case = a_case(begin=20, carried=20, taakstelling=40, realisation=45, is_reported=False)
    assert table(write(case), "Uw cijfers")[0] == (
        "Achterstand op 1 januari 2022",
        "20",
        "overgenomen bij de herindeling",
    )


def test_coas_opening_is_held_against_what_was_taken_over_at_the_herindeling() -> None:
    letter = write(a_case(begin=22, carried=20, taakstelling=40, realisation=45))
    assert paragraphs(letter, "Ons oordeel")[3] == (
        "Het COA meldt voor 1 januari 2022 een achterstand van 22 personen. Bij de herindeling was dat 20. "
        "Het cijfer van het COA is leidend."
    )


def test_nobody_housed_is_still_a_sum() -> None:
    assert table(write(a_case(begin=7, taakstelling=5)), "Uw cijfers")[-1][2] == "12 − 0"


def test_herverdelingen_that_are_not_those_of_the_opgave_are_refused() -> None:
    case = replace(the_dossier(), herverdelingen=())
    with pytest.raises(ValueError, match="herverdelingen"):
        write(case)


def test_the_ministry_has_the_name_that_it_had() -> None:
    letter = write(a_case(begin=1, taakstelling=2, realisation=3, following=9))
    assert {origin for label, _, origin in table(letter, "Uw taakstelling") if label.startswith("Taakstelling")} == {
        "ministerie van JenV"
    }


# -- met or not ---------------------------------------------------------------------------------------------------------

OORDEEL = {
    "gehaald": (
        (60, 50, 50),
        "Uw gemeente had een taakstelling van 50 personen en heeft 50 personen gehuisvest. Dat is 100%. Daarmee is de "
        "taakstelling gehaald.",
    ),
    "niet": (
        (60, 50, 1),
        "Uw gemeente had een taakstelling van 50 personen en heeft 1 persoon gehuisvest. Dat is 2%. Daarmee is de "
        "taakstelling niet gehaald.",
    ),
    "voorsprong": (
        (-12, 40, 35),
        "Uw gemeente had een taakstelling van 40 personen en heeft 35 personen gehuisvest. Dat is 88%. Met de voorsprong "
        "van 12 personen is dat genoeg.",
    ),
    "geen": (
        (60, 0, 0),
        "Voor uw gemeente gold in 2022-1 geen taakstelling. Uw gemeente heeft niemand gehuisvest. Een percentage is niet "
        "te geven.",
    ),
}


@pytest.mark.parametrize("name", OORDEEL)
def test_whether_the_taakstelling_was_met(name: str) -> None:
    (begin, taakstelling, realisation), sentence = OORDEEL[name]
    case = a_case(begin=begin, taakstelling=taakstelling, realisation=realisation)
    assert oordeel_case(figures_of(case.opgave)) == name
    assert paragraphs(write(case), "Ons oordeel")[0] == sentence


@pytest.mark.parametrize(
    ("swaps", "sentence"),
    [
        ([("Zeist", 7)], "Daarbij is de overname van 7 personen van de gemeente Zeist meegeteld."),
        ([("Zeist", 3), ("Zeist", 4)], "Daarbij is de overname van 7 personen van de gemeente Zeist meegeteld."),
        ([("Zeist", -1)], "Daarbij is de overdracht van 1 persoon aan de gemeente Zeist afgetrokken."),
        (
            [("Zeist", 7), ("Soest", -4)],
            "Daarbij is de herverdeling met de gemeenten Zeist en Soest meegeteld, per saldo 3 personen meer.",
        ),
        (
            [("Zeist", 1), ("Soest", -4), ("Bunnik", 2)],
            "Daarbij is de herverdeling met de gemeenten Zeist, Soest en Bunnik meegeteld, per saldo 1 persoon minder.",
        ),
        (
            [("Zeist", 4), ("Soest", -4)],
            "Daarbij is de herverdeling met de gemeenten Zeist en Soest meegeteld, per saldo 0 personen.",
        ),
    ],
)
def test_a_herverdeling_is_mentioned_with_who_and_how_many(swaps: list[tuple[str, int]], sentence: str) -> None:
    letter = write(a_case(begin=10, taakstelling=40, swaps=swaps, realisation=20))
    [first, *_] = paragraphs(letter, "Ons oordeel")
    assert first.startswith("Uw gemeente had met de herverdeling een taakstelling van ")
    assert first.endswith(sentence)


def test_a_taakstelling_that_was_handed_over_whole_is_none_after_the_herverdeling() -> None:
    letter = write(a_case(begin=2, taakstelling=3, swaps=[("Zeist", -3)], realisation=1))
    assert key_sentence(letter).startswith(
        "Voor uw gemeente gold in 2022-1 na de herverdeling geen taakstelling. De achterstand is kleiner geworden: van 2 "
        "naar 1 persoon. "
    )
    assert paragraphs(letter, "Ons oordeel")[0] == (
        "Voor uw gemeente gold in 2022-1 na de herverdeling geen taakstelling. Uw gemeente heeft 1 persoon gehuisvest. Een "
        "percentage is niet te geven. Daarbij is de overdracht van 3 personen aan de gemeente Zeist afgetrokken."
    )


def test_a_voorsprong_larger_than_the_taakstelling_left_nobody_to_house() -> None:
    letter = write(a_case(begin=-127, taakstelling=118, realisation=3))
    assert paragraphs(letter, "Ons oordeel")[1] == (
        "De voorsprong is kleiner geworden: van 127 naar 12 personen. De voorsprong was even groot als de taakstelling of "
        "groter. Uw gemeente hoefde niemand te huisvesten om bij te blijven; een percentage van de totaalopgave is niet te "
        "geven."
    )


def test_nothing_asked_and_nothing_owed_speaks_of_no_voorsprong() -> None:
    letter = write(a_case(before=1))
    assert paragraphs(letter, "Ons oordeel")[1] == (
        "Er was geen achterstand en die is er ook nu niet. Uw gemeente hoefde niemand te huisvesten om bij te blijven."
    )


@pytest.mark.parametrize(
    ("begin", "computed", "sentence"),
    [
        (171, 175, "een achterstand van 171 personen. In onze vorige brief was dat 175."),
        (1, -3, "een achterstand van 1 persoon. In onze vorige brief was dat een voorsprong van 3 personen."),
        (-3, -4, "een voorsprong van 3 personen. In onze vorige brief was dat 4."),
        (0, 2, "geen achterstand. In onze vorige brief was dat een achterstand van 2 personen."),
        (2, 0, "een achterstand van 2 personen. In onze vorige brief was dat geen achterstand."),
    ],
)
def test_an_opening_that_coa_corrected_is_shown_and_not_swallowed(begin: int, computed: int, sentence: str) -> None:
    letter = write(a_case(begin=begin, taakstelling=20, realisation=20, computed=computed))
    assert paragraphs(letter, "Ons oordeel")[3] == (
        f"Het COA meldt voor 1 januari 2022 {sentence} Het cijfer van het COA is leidend."
    )


def test_an_opening_that_was_as_computed_needs_no_word() -> None:
    assert len(paragraphs(write(a_case(begin=5, computed=5, taakstelling=20, realisation=20)), "Ons oordeel")) == 3


def test_a_taakstelling_that_the_ministry_changed_is_mentioned() -> None:
    letter = write(a_case(begin=5, taakstelling=1600, realisation=20, taakstelling_before=2000))
    assert paragraphs(letter, "Ons oordeel")[-1] == (
        "Het ministerie heeft de taakstelling in de loop van het halfjaar gewijzigd van 2.000 in 1.600. Wij rekenen met "
        "1.600."
    )


# -- the trede ----------------------------------------------------------------------------------------------------------

ACTIEF = "trede 3 (Actief toezicht)"
INFORMATIE = "trede 2 (Informatie opvragen en valideren)"
SIGNALEREN = "trede 1 (Signaleren)"


@pytest.mark.parametrize(
    ("figures", "before", "heading", "sentence"),
    [
        (
            (0, 40, 40),
            None,
            "Plaats op de interventieladder: trede 1",
            f"Wij plaatsen uw gemeente op {SIGNALEREN} van de interventieladder.",
        ),
        (
            (0, 40, 40),
            1,
            "Uw gemeente blijft op trede 1",
            f"Uw gemeente blijft op {SIGNALEREN} van de interventieladder.",
        ),
        (
            (30, 40, 30),
            2,
            "Opschaling van trede 2 naar trede 3",
            f"Wij schalen uw gemeente daarom op van trede 2 naar {ACTIEF} van de interventieladder.",
        ),
        (
            (60, 50, 80),
            3,
            "Afschaling van trede 3 naar trede 2",
            f"Wij schalen uw gemeente daarom af van trede 3 naar {INFORMATIE} van de interventieladder.",
        ),
        (  # the achterstand did not grow, and yet up
            (60, 50, 60),
            2,
            "Opschaling van trede 2 naar trede 3",
            f"Toch schalen wij uw gemeente op van trede 2 naar {ACTIEF}: de achterstand is nog altijd even groot als de "
            "taakstelling of groter.",
        ),
        (  # COA's opening made an achterstand where there was none
            (30, 40, 45),
            1,
            "Opschaling van trede 1 naar trede 2",
            f"Toch schalen wij uw gemeente op van trede 1 naar {INFORMATIE}: er is nog altijd een achterstand.",
        ),
        (  # the achterstand grew, and yet down
            (30, 60, 40),
            3,
            "Afschaling van trede 3 naar trede 2",
            f"Toch schalen wij uw gemeente af van trede 3 naar {INFORMATIE}: de achterstand is kleiner dan de taakstelling.",
        ),
        (  # a smaller voorsprong is no reason to stay
            (-10, 40, 35),
            2,
            "Afschaling van trede 2 naar trede 1",
            f"Wij schalen uw gemeente daarom af van trede 2 naar {SIGNALEREN} van de interventieladder.",
        ),
    ],
)
def test_the_direction_of_the_trede(
    figures: tuple[int, int, int], before: int | None, heading: str, sentence: str
) -> None:
    begin, taakstelling, realisation = figures
    letter = write(a_case(begin=begin, taakstelling=taakstelling, realisation=realisation, before=before))
    assert key_sentence(letter).endswith(sentence)
    assert heading in [plain(section.heading) for section in letter.sections]
    assert plain(letter.verdict) == heading


def trede_paragraphs(letter: LetterContent) -> list[str]:
    """The paragraphs of the section about the trede: the third one."""
    return paragraphs(letter, plain(letter.sections[2].heading))


@pytest.mark.parametrize(
    ("figures", "in_a_row", "before", "found"),
    [
        ((0, 40, 41), 1, 1, "Op 1 juli 2022 had uw gemeente geen achterstand. Daarbij hoort trede 1: Signaleren. "),
        (
            (0, 40, 39),
            1,
            1,
            "Op 1 juli 2022 was de achterstand van uw gemeente (1 persoon) kleiner dan de taakstelling over de eerste helft "
            "van 2022 (40 personen). Daarbij hoort trede 2: Informatie opvragen en valideren. ",
        ),
        (
            (40, 40, 40),
            1,
            2,
            "Op 1 juli 2022 was de achterstand van uw gemeente (40 personen) even groot als de taakstelling over de eerste "
            "helft van 2022 (40 personen). Daarbij hoort trede 3: Actief toezicht. ",
        ),
        (
            (100, 40, 60),
            2,
            3,
            "Op 1 juli 2022 was de achterstand van uw gemeente (80 personen) groter dan de taakstelling over de eerste "
            "helft van 2022 (40 personen). Dat is voor het tweede halfjaar op rij zo. Daarbij hoort trede 4: "
            "Vooraankondiging juridische interventie. ",
        ),
        (
            (130, 60, 20),
            3,
            4,
            "Op 1 juli 2022 was de achterstand van uw gemeente (170 personen) groter dan de taakstelling over de eerste "
            "helft van 2022 (60 personen). Dat is voor het derde halfjaar op rij zo. Daarbij hoort trede 5: Besluit tot "
            "indeplaatsstelling. ",
        ),
        (
            (7, 0, 0),
            1,
            2,
            "Op 1 juli 2022 had uw gemeente een achterstand van 7 personen, terwijl over de eerste helft van 2022 geen "
            "taakstelling gold. Elke achterstand is dan even groot als de taakstelling of groter. Daarbij hoort trede 3: "
            "Actief toezicht. ",
        ),
    ],
)
def test_what_the_trede_rests_on(figures: tuple[int, int, int], in_a_row: int, before: int, found: str) -> None:
    begin, taakstelling, realisation = figures
    case = a_case(begin=begin, taakstelling=taakstelling, realisation=realisation, in_a_row=in_a_row, before=before)
    assert trede_paragraphs(write(case))[1].startswith(found)


def test_a_policy_that_counts_the_herverdeling_compares_with_it() -> None:
    case = a_case(begin=40, taakstelling=40, swaps=[("Zeist", 5)], realisation=40, before=2, policy=WITH_HERVERDELING)
    assert (
        "was de achterstand van uw gemeente (45 personen) even groot als de taakstelling over de eerste helft van 2022 (45 "
        "personen, met herverdeling)"
    ) in trede_paragraphs(write(case))[1]


def test_the_text_of_another_ladder_is_that_of_its_policy() -> None:
    """A row of half-years with any achterstand, as Zuid-Holland counts; its treden have names of their own."""
    first, second, third, *_ = LADDER.steps
    row = replace(second.condition, half_years=3)
    policy = Policy(
        name="Beleid",
        source="Beleid",
        counts_herverdeling=False,
        steps=(
            first,
            replace(second, name="Navraag"),
            replace(third, name="Gesprek", condition=row, follows="Wij praten."),
        ),
    )
    letter = write(a_case(begin=20, taakstelling=40, realisation=30, in_a_row=3, before=2, policy=policy))
    assert trede_paragraphs(letter)[1:] == [
        "Op 1 juli 2022 was de achterstand van uw gemeente (30 personen) kleiner dan de taakstelling over de eerste helft "
        "van 2022 (40 personen). Dat is voor het derde halfjaar op rij zo. Daarbij hoort trede 3: Gesprek. Wij schalen uw "
        "gemeente daarom op van trede 2 naar trede 3.",
        "Wij praten.",
    ]


# -- what follows -------------------------------------------------------------------------------------------------------


def test_trede_5_and_6_ask_for_what_no_figure_says() -> None:
    fifth = a_case(begin=130, taakstelling=60, realisation=20, in_a_row=3, before=4)
    letter = write(fifth)
    assert letter.open_marks == ("laatste dag van de termijn in het besluit", "rechtsmiddel tegen het besluit")
    assert (
        "uiterlijk [nog in te vullen: laatste dag van de termijn in het besluit] alsnog 170 personen heeft"
        in (trede_paragraphs(letter)[2])
    )
    sixth = a_case(begin=170, taakstelling=70, realisation=20, in_a_row=4, before=5)
    assert write(sixth).open_marks == (
        "datum van het besluit tot indeplaatsstelling",
        "datum van het overzicht van maatregelen",
    )


def test_trede_5_with_everything_filled_in_is_a_decision() -> None:
    letter = write(
        a_case(begin=130, taakstelling=60, realisation=20, in_a_row=3, before=4),
        term_ends=DETAILS.on.replace(month=12, day=31),
        required_persons=100,
        legal_remedy="U kunt bezwaar maken.",
    )
    assert letter.open_marks == ()
    assert trede_paragraphs(letter)[2] == (
        "Wij besluiten, op grond van artikel 124 van de Gemeentewet, om namens uw college en op kosten van uw gemeente te "
        "voorzien in de huisvesting van vergunninghouders. Wij voeren dit besluit niet uit als uw college uiterlijk 31 "
        "december 2022 alsnog 100 personen heeft gehuisvest. U kunt bezwaar maken."
    )


def test_trede_6_that_stays_is_longer_than_four_half_years() -> None:
    up = write(
        a_case(begin=170, taakstelling=70, realisation=20, in_a_row=4, before=5), decided_on=DETAILS.on.replace(month=3)
    )
    stays = write(
        a_case(begin=170, taakstelling=70, realisation=20, in_a_row=4, before=6), decided_on=DETAILS.on.replace(month=3)
    )
    term = "en de termijn uit ons besluit van 22 maart 2022 is voorbij."
    assert f"Dat is voor het vierde halfjaar op rij zo, {term}" in trede_paragraphs(up)[1]
    assert f"Dat is al meer dan vier halfjaren op rij zo, {term}" in trede_paragraphs(stays)[1]


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("2022-09-22", "2022-11-01"),
        ("2022-09-01", "2022-11-01"),
        ("2022-11-30", "2023-01-01"),
        ("2022-12-31", "2023-02-01"),
    ],
)
def test_a_plan_is_due_on_the_first_of_the_month_after_thirty_days(day: str, due: str) -> None:
    assert default_due_plan(DETAILS.on.fromisoformat(day)).isoformat() == due


# -- the next half-year -------------------------------------------------------------------------------------------------

SCHEMA = "U ligt op schema als u elke maand een zesde van de totaalopgave realiseert."


@pytest.mark.parametrize(
    ("end", "following", "sentence"),
    [
        (0, 482, f"{SCHEMA} Voor uw gemeente is dat ongeveer 80 personen per maand."),
        (0, 6, f"{SCHEMA} Voor uw gemeente is dat ongeveer 1 persoon per maand."),
        (0, 9, f"{SCHEMA} Voor uw gemeente is dat ongeveer 2 personen per maand."),
        (0, 5, f"{SCHEMA} Voor het hele halfjaar is dat 5 personen."),
        (-4, 5, f"{SCHEMA} Voor het hele halfjaar is dat 1 persoon."),
        (
            -5,
            5,
            "Uw voorsprong is even groot als de taakstelling of groter. U hoeft in 2022-2 niemand te huisvesten om bij te "
            "blijven. Wie u toch huisvest, vergroot de voorsprong.",
        ),
        (0, 0, "Voor 2022-2 geldt voor uw gemeente geen taakstelling."),
        (-3, 0, "Voor 2022-2 geldt voor uw gemeente geen taakstelling."),
        (
            7,
            0,
            "Voor 2022-2 geldt voor uw gemeente geen taakstelling. De achterstand van 7 personen moet u nog wel inlopen.",
        ),
    ],
)
def test_what_the_next_half_year_asks(end: int, following: int, sentence: str) -> None:
    letter = write(a_case(begin=end, taakstelling=40, realisation=40, following=following))
    assert paragraphs(letter, "Uw taakstelling voor 2022-2") == [sentence]
    assert table(letter, "Uw taakstelling")[-1][:2] == ("Totaalopgave 2022-2", str(end + following).replace("-", "−"))


@pytest.mark.parametrize(
    ("end", "more"),
    [
        (0, ""),
        (26, " De achterstand van 26 personen telt daarin mee."),
        (-1, " De voorsprong van 1 persoon telt daarin mee."),
    ],
)
def test_a_taakstelling_that_is_not_known_yet_has_no_table(end: int, more: str) -> None:
    letter = write(a_case(begin=end, taakstelling=40, realisation=40))
    assert paragraphs(letter, "Uw taakstelling") == [
        "De taakstelling voor 2022-2 is nog niet bekend. Zodra het ministerie haar bekendmaakt, laten wij u de totaalopgave "
        f"weten.{more}"
    ]
    assert not any(block.kind == "sum" for block in letter.sections[3].parts)


def test_a_herverdeling_of_the_next_half_year_has_its_row() -> None:
    letter = write(a_case(begin=5, taakstelling=40, realisation=40, following=10, following_swaps=[("Soest", -2)]))
    assert table(letter, "Uw taakstelling") == [
        ("Achterstand op 1 juli 2022", "5", "45 − 40"),
        ("Taakstelling 2022-2", "10", "ministerie van JenV"),
        ("Overgedragen aan Soest", "−2", "herverdeling"),
        ("Totaalopgave 2022-2", "13", "5 + 10 − 2"),
    ]


# -- whatever the figures -----------------------------------------------------------------------------------------------

counts = st.integers(min_value=0, max_value=3000)


@given(
    begin=st.integers(-3000, 3000),
    taakstelling=counts,
    taken=st.integers(-300, 300),
    realisation=counts,
    row=st.integers(1, 5),
)
def test_the_words_never_contradict_the_figures(
    begin: int, taakstelling: int, taken: int, realisation: int, row: int
) -> None:
    case = a_case(
        begin=begin,
        taakstelling=taakstelling,
        swaps=[("Zeist", taken)] if taken else [],
        realisation=realisation,
        in_a_row=row,
    )
    figures, letter = figures_of(case.opgave), write(case)
    said = " ".join([key_sentence(letter), *paragraphs(letter, "Ons oordeel")])
    if figures.asked > 0:
        met = figures.realisation >= figures.asked
        assert ("taakstelling niet gehaald" in said) == (not met and figures.end > 0)
        assert ("Daarmee is de taakstelling gehaald" in said) == met
    assert ("is gegroeid" in said) == (abs(figures.end) > abs(figures.begin) and figures.end * figures.begin > 0)
    assert ("een achterstand ontstaan" in said) == (figures.asked > 0 and figures.begin <= 0 < figures.end)


@given(begin=st.integers(-3000, 3000), taakstelling=counts, taken=st.integers(-300, 300), realisation=counts)
def test_every_number_in_the_judgement_is_a_figure_of_the_half_year(
    begin: int, taakstelling: int, taken: int, realisation: int
) -> None:
    case = a_case(
        begin=begin, taakstelling=taakstelling, swaps=[("Zeist", taken)] if taken else [], realisation=realisation
    )
    figures = figures_of(case.opgave)
    known = {
        figures.begin,
        figures.taakstelling,
        figures.herverdeling,
        figures.asked,
        figures.totaalopgave,
        figures.realisation,
        figures.end,
        case.opgave.percentage_taakstelling,
        case.opgave.percentage_totaalopgave,
    }
    said = " ".join(paragraphs(write(case), "Ons oordeel")[:2])
    without_dates = said.replace("2022-1", "").replace("1 juli 2022", "")
    numbers = {int(number.replace(".", "")) for number in re.findall(r"\d+(?:\.\d{3})*", without_dates)}
    assert numbers <= {abs(number) for number in known if number is not None}


@pytest.mark.parametrize("lacking", ["taakstelling", "start_reported", "realisation"])
def test_a_half_year_without_every_figure_has_no_letter(lacking: str) -> None:
    case = the_dossier()
    with pytest.raises(Incomplete) as refused:
        write(replace(case, opgave=replace(case.opgave, **{lacking: None})))
    assert len(refused.value.missing) == 1


def test_a_half_year_that_runs_has_no_letter() -> None:
    case = the_dossier()
    with pytest.raises(Incomplete) as refused:
        write(replace(case, opgave=replace(case.opgave, is_closed=False)))
    assert refused.value.missing == (Kind.REALISATION,)
