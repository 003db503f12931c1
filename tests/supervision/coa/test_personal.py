"""Columns about persons stop the import, by their header or by what is in them, and nothing of them is told."""

import pytest

from supervision.coa import layout, workbook
from supervision.coa.personal import is_personal_header, passes_eleven_test, personal_number_in
from supervision.coa.refusal import PersonalData
from tests.supervision.coa.country import country, register
from tests.supervision.coa.facts import PEILDATUM, PERIOD, facts
from tests.supervision.coa.making import Made, delimited, wide, xlsx

FACTS = facts()
BSNS = ["123456782", "111222333", "999999990", "100000009"]


def table(header, value):
    return wide(
        ["Gemeente", "Taakstelling", header],
        [[fact.name, fact.taakstelling, value(number)] for number, fact in enumerate(FACTS)],
    )


def refusal(content, **options):
    with pytest.raises(PersonalData) as refused:
        layout.propose(workbook.read("x.xlsx", content), period=PERIOD, as_of=PEILDATUM, register=register(), **options)
    return str(refused.value)


def is_taken(content):
    return layout.propose(
        workbook.read("x.xlsx", content), period=PERIOD, as_of=PEILDATUM, register=register()
    ).mapping.meanings


@pytest.mark.parametrize(
    "header",
    [
        "V-nummer", "v nummer", "Vnr", "V-nr.", "Vreemdelingennummer", "IND-nummer", "BSN", "bsn-nummer",
        "Burgerservicenummer", "Sofinummer",
        "Geboortedatum", "geb. datum", "Geb.dat.", "GEBOORTEDATUM", "Geboren", "Geboorteland", "Achternaam", "Voornaam",
        "Voorletters", "Roepnaam",
        "Naam statushouder", "Naam van de vergunninghouder", "Bewonersnaam", "Cliëntnummer", "NAW-gegevens", "Geslachtsnaam",
    ],
)  # fmt: skip
def test_headers_about_persons(header):
    message = refusal(xlsx(table(header, lambda number: f"geheim-{number}")))
    assert "(kolom C)" in message
    assert "niet ingelezen en niet bewaard" in message
    assert "geheim" not in message


@pytest.mark.parametrize(
    "header",
    [
        "Gemeente",
        "Gemeentenaam",
        "Naam gemeente",
        "Vergunninghouders",
        "Statushouders",
        "Personen",
        "Aantal personen",
        "Nummer",
        "Adres",
        "Leeftijdsgroep",
        "Opmerking",
    ],
)
def test_headers_that_are_about_nobody(header):
    assert not is_personal_header(header)


@pytest.mark.parametrize("value", [BSNS.__getitem__, lambda number: int(BSNS[number])])
def test_numbers_that_pass_the_eleven_test_are_known_without_a_header(value):
    message = refusal(xlsx(table("Kenmerk", lambda number: value(number % 4))))
    assert "burgerservicenummers" in message
    assert not any(bsn in message for bsn in BSNS)


@pytest.mark.parametrize("written", ["V271.234.5678", "v2712345678", "V-nr 271 234 5678", "dossier V 2712345678"])
def test_v_numbers_are_known_without_a_header(written):
    message = refusal(xlsx(table("Kenmerk", lambda number: written if number == 20 else "x")))
    assert "V-nummers" in message
    assert "271" not in message


def test_ten_digits_without_a_letter_are_v_numbers_when_there_are_several():
    assert "V-nummers" in refusal(xlsx(table("Kenmerk", lambda number: 2712345600 + number)))


def test_addresses_of_people():
    assert "e-mailadressen" in refusal(xlsx(table("Kenmerk", lambda number: f"iemand{number}@voorbeeld.nl")))


def test_the_same_person_in_every_row_counts_in_every_row():
    assert "e-mailadressen" in refusal(xlsx(table("Kenmerk", lambda number: "iemand@voorbeeld.nl")))
    assert "burgerservicenummers" in refusal(xlsx(table("Kenmerk", lambda number: BSNS[0])))


def test_rows_are_counted_and_not_the_different_numbers_in_them():
    often = table("Kenmerk", lambda number: BSNS[0] if number >= 4 else 123456780 + number * 11 + 1)
    assert "burgerservicenummers" in refusal(xlsx(often))
    seldom = table("Kenmerk", lambda number: BSNS[0] if number < 4 else "123456789")
    assert is_taken(xlsx(seldom))


def test_one_address_on_a_cover_is_no_column():
    cover = Made([["Vragen?"], ["servicedesk@coa.example"]], name="Voorblad")
    assert is_taken(xlsx(cover, Made(table("Realisatie", lambda number: number))))


def test_nine_digits_that_are_no_bsn():
    assert not passes_eleven_test("123456789")
    assert not passes_eleven_test("000000000")
    assert is_taken(xlsx(table("Kenmerk", lambda number: 123456789)))


def test_large_numbers_of_inhabitants_are_no_bsns():
    assert is_taken(xlsx(table("Inwoners", lambda number: 100_000 + number)))


def test_hidden_sheets_and_other_sheets_count_too():
    hidden = Made(wide(["BSN"], [["123456782"]]), name="Bijlage", is_hidden=True)
    message = refusal(xlsx(Made(table("Realisatie", lambda number: number)), hidden))
    assert "blad “Bijlage”" in message


def test_delimited_text_too():
    assert "(kolom C)" in refusal(delimited(table("Geboortedatum", lambda number: "1-2-1980")))


def test_a_word_without_anything_under_it_is_no_column():
    assert is_taken(xlsx([*table("Realisatie", lambda number: number), ["BSN"]]))


def test_a_column_naam_holds_municipalities_or_persons():
    municipalities = wide(["Naam", "Taakstelling"], [[fact.name, fact.taakstelling] for fact in FACTS])
    assert is_taken(xlsx(municipalities))
    people = [f"Persoon {number}" for number in range(len(FACTS))]
    beside = wide(
        ["Gemeente", "Naam", "Taakstelling"],
        [[fact.name, person, 1] for fact, person in zip(FACTS, people, strict=True)],
    )
    assert "een kolom “Naam”" in refusal(xlsx(beside))
    alone = wide(["Naam", "Taakstelling"], [[person, 1] for person in people])
    assert "een kolom “Naam”" in refusal(xlsx(alone))


def test_a_column_naam_beside_a_code_is_the_municipality():
    rows = wide(["Code", "Naam", "Taakstelling"], [[fact.number, fact.name, fact.taakstelling] for fact in FACTS])
    assert is_taken(xlsx(rows))


def test_no_name_of_a_municipality_is_a_header_about_persons():
    assert not any(is_personal_header(place.name) for place in country().places.values())


@pytest.mark.parametrize("text", ["v-nummer 280.123.4567", "V2801234567", "(V-nr: 280 123 4567)"])
def test_a_v_number_in_a_text_is_found(text):
    assert personal_number_in(f"Het gezin met {text} wacht.") == "een V-nummer"


@pytest.mark.parametrize("text", ["123456782", "1234.56.782", "123 456 782"])
def test_a_burgerservicenummer_in_a_text_is_found(text):
    for around in (f"Over {text}.", f"{text}", f"bsn:{text};"):
        assert personal_number_in(around) == "een burgerservicenummer"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "276 of 460 of 490 personen, samen 1.226",
        "document 82508878",
        "123456789",  # fails the elfproef
        "bel 030 123 45 67 of +31 30 1234567",
        "000000000",
        "1123456782",
        "123456782,50",
        "2022-123456782",
    ],
)
def test_other_numbers_in_a_text_are_let_through(text):
    assert personal_number_in(text) == ""
