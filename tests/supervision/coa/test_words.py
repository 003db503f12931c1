"""The words above columns and in front of rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.coa.meaning import Meaning
from supervision.coa.words import (
    Edge,
    Span,
    province_code,
    read_header,
    reads_as_note,
    says_province,
    says_total,
    sign_told,
    without_footnote,
)

BALANCE = (Meaning.ACHTERSTAND_START, Meaning.REMAINING)
OPGAVE = (Meaning.TAAKSTELLING, Meaning.TOTAALOPGAVE)
WORDS = {
    Meaning.MUNICIPALITY: ["Gemeente", "gemeentenaam", "Naam gemeente", "Gem.", "GEMEENTEN", "Naam"],
    Meaning.CODE: ["gemeentecode", "Code", "CBS-code", "CBS code", "GM-code", "gm_code", "Gem. nr.", "Gemeente nummer",
        "Gemeente CBS-code"],
    Meaning.PROVINCE: ["Provincie", "Prov.", "provincie naam"],
    Meaning.DATE: ["peildatum", "Datum", "Rapportagemaand"],
    Meaning.INDICATOR: ["Indicator", "Soort", "Kengetal", "Onderwerp"],
    Meaning.TAAKSTELLING: [
        "Taakstelling", "Netto taakstelling", "Taakstelling 2022-1", "Huisvestingstaakstelling", "Tkst", "Taakst. 2022-I", "Netto opgave",
        "Taakstelling gemeente", "Taak-\nstelling", "Taakstelling (excl. achterstand)", "Toegewezen taakstelling",
    ],
    Meaning.TOTAALOPGAVE: [
        "Totaalopgave", "Totale opgave", "Gecorrigeerde taakstelling", "Bruto taakstelling", "Taakstelling incl. achterstand",
        "Taakstelling + voor-/achterstand", "Totale taakstelling", "Te realiseren", "Totaal te huisvesten", "Taakstelling totaal",
    ],
    Meaning.REALISATIE: [
        "Realisatie", "Gerealiseerd", "Gehuisvest", "Gehuisveste vergunninghouders", "Aantal gehuisvest", "Real. jan",
        "cumulatief gehuisvest",
        "Gereali-\nseerd", "Geplaatst", "Huisvesting", "Gerealiseerde taakstelling", "Realisatie taakstelling",
        "Totaal realisatie taakstelling",
        "Stand realisatie 1-7-2022", "Gehuisvest t/m 30 juni",
    ],
    Meaning.REMAINING: ["Nog te realiseren", "Nog te huisvesten", "Restant", "Resterende opgave", "Nog te plaatsen",
        "Totaal nog te huisvesten"],
    Meaning.HERVERDELING: ["Herverdeling", "Her-\nverdeling", "Herverdelingen art. 29", "Onderlinge ruil"],
    Meaning.PERCENTAGE: ["%", "Percentage", "Realisatie %", "Realisatie totaalopgave in %", "Realisatiegraad", "% gerealiseerd"],
    Meaning.OWN_COUNT: [
        "gekoppeld", "Aantal gekoppelden", "Administratief gehuisvest", "Gehuisvest volgens gemeente", "Eigen telling",
        "Verwachte realisatie", "Prognose",
    ],
    Meaning.IGNORED: ["Inwoners", "Aantal inwoners 1-1-2021", "Nr.", "Opmerkingen", "Fase interventieladder", "Trede", "Regio"],
}  # fmt: skip


@pytest.mark.parametrize(("meaning", "text"), [(meaning, text) for meaning, texts in WORDS.items() for text in texts])
def test_words_of_the_field(meaning, text):
    assert read_header((text,)).meanings == (meaning,)


@pytest.mark.parametrize(
    "text", ["Voor-/achterstand", "Voor- of achterstand", "Voorsprong/achterstand", "Saldo", "Achterstand",
        "Voor-\n/achterstand", "Stand van zaken"]
)  # fmt: skip
def test_a_balance_may_stand_at_either_end(text):
    assert read_header((text,)).meanings == BALANCE


def test_a_bare_opgave_may_be_either():
    assert read_header(("Opgave",)).meanings == OPGAVE


def test_a_taakstelling_with_herverdelingen_in_it_is_doubtful():
    assert read_header(("Taakstelling incl. herverdeling",)).meanings == (Meaning.TAAKSTELLING, Meaning.IGNORED)


@pytest.mark.parametrize("text", ["", "x", "Wethouder", "Aanmeldcentrum", "Verschil"])
def test_other_words_mean_nothing(text):
    assert read_header((text,)).meanings == ()


@pytest.mark.parametrize(
    ("parts", "meaning"),
    [
        (("Opgave", "Taakstelling 2022-1"), Meaning.TAAKSTELLING),
        (("Opgave", "Netto"), Meaning.TAAKSTELLING),
        (("Opgave", "Totaal"), Meaning.TOTAALOPGAVE),
        (("Realisatie", "aantal"), Meaning.REALISATIE),
        (("Realisatie", "abs."), Meaning.REALISATIE),
        (("Realisatie", "%"), Meaning.PERCENTAGE),
        (("Realisatie", "jan"), Meaning.REALISATIE),
        (("Realisatie", "Nog te realiseren"), Meaning.REMAINING),
        (("Realisatie", "1-7-2022"), Meaning.REALISATIE),
        (("Taakstelling", "2022-I"), Meaning.TAAKSTELLING),
        (("Overzicht", "2022-1", "Gehuisvest"), Meaning.REALISATIE),
    ],
)
def test_the_lowest_text_decides_unless_it_says_only_how_much_or_when(parts, meaning):
    assert read_header(parts).meanings == (meaning,)


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("Beginsaldo", Edge.START),
        ("Achterstand vorig halfjaar", Edge.START),
        ("Restant vorige periode", Edge.START),
        ("Eindsaldo", Edge.END),
        ("Nieuwe achterstand", Edge.END),
        ("Saldo na realisatie", Edge.END),
        ("Nog te realiseren", Edge.END),
        ("Saldo", None),
    ],
)
def test_words_for_begin_and_end(text, edge):
    assert read_header((text,)).edge is edge


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("cumulatief gehuisvest", Span.CUMULATIVE),
        ("Gehuisvest t/m juni", Span.CUMULATIVE),
        ("Realisatie jan t/m jun", Span.CUMULATIVE),
        ("Gehuisvest in juni", Span.MONTH),
        ("Realisatie per maand", Span.MONTH),
        ("Gehuisvest deze maand", Span.MONTH),
        ("Realisatie", None),
    ],
)
def test_words_for_what_a_count_counts(text, span):
    assert read_header((text,)).span is span


@pytest.mark.parametrize(
    "text",
    [
        "1) Een negatief getal is een achterstand.", "+ = voorsprong", "- is achterstand", "Achterstand (-) / voorsprong (+)",
        "Voor-/achterstand (- = achterstand)", "positief = voorsprong; negatief = achterstand",
        "Een positief saldo betekent een voorsprong",
    ],
)  # fmt: skip
def test_texts_that_say_that_a_negative_number_is_owed(text):
    assert sign_told(text) == -1


@pytest.mark.parametrize(
    "text",
    [
        "positief = achterstand, negatief = voorsprong",
        "Achterstand (+) / voorsprong (-)",
        "+ = achterstand",
        "Een negatief getal is een voorsprong",
    ],
)
def test_texts_that_say_that_a_positive_number_is_owed(text):
    assert sign_told(text) == 1


@pytest.mark.parametrize("text", ["Voor-/achterstand", "Achterstand", "een positief beeld", ""])
def test_texts_that_say_nothing_of_a_sign(text):
    assert sign_told(text) is None


def test_a_column_of_voorsprong_alone_counts_it_as_positive():
    assert read_header(("Voorsprong",)).sign == -1


@pytest.mark.parametrize(
    "text",
    [
        "Totaal",
        "Totaal Drenthe",
        "Eindtotaal",
        "SUBTOTAAL",
        "Som",
        "Utrecht totaal",
        "Nederland",
        "Totalen",
        "Gemiddelde",
        "Landelijk totaal",
        "Heel Nederland",
    ],
)
def test_rows_of_totals(text):
    assert says_total(text)


@pytest.mark.parametrize("text", ["Zeist", "Totsnel", "Somerset", "Nederweert", "Neder-Betuwe", "Landsmeer"])
def test_rows_that_are_no_totals(text):
    assert not says_total(text)


def test_no_municipality_reads_as_a_total_or_a_note():
    from tests.supervision.coa.country import country

    for place in country().places.values():
        assert not says_total(place.name)
        assert not reads_as_note(place.name)
        assert without_footnote(place.name) == place.name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Utrecht", "PV26"),
        ("Provincie Utrecht", "PV26"),
        ("Utrecht (provincie)", "PV26"),
        ("prov. Drenthe", "PV22"),
        ("Friesland", "PV21"),
        ("Noord-Holland", "PV27"),
        ("pv30", "PV30"),
        ("Zeist", None),
    ],
)
def test_provinces(text, code):
    assert province_code(text) == code


def test_only_the_word_itself_says_that_utrecht_is_the_province():
    assert says_province("Provincie Utrecht")
    assert says_province("Utrecht (provincie)")
    assert not says_province("Utrecht")


@pytest.mark.parametrize(
    "text", ["Weesp*", "Weesp 1)", "Weesp1)", "Weesp (1)", "Weesp ²", "Weesp¹", "Weesp †", "Weesp **"]
)
def test_marks_that_refer_to_a_note(text):
    assert without_footnote(text) == "Weesp"


@given(st.text(max_size=200))
def test_any_text_may_be_a_header(text):
    read_header((text,))
    says_total(text)
    province_code(text)
    without_footnote(text)
