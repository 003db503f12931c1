"""Names of other municipalities, among all names that there are in the country."""

from __future__ import annotations

import pytest

from letters.claims import Facts, Kind, check
from municipalities.names import alias_key
from tests.letters.cases import a_case, the_dossier
from tests.letters.claims.known import EVERY_NAME, facts_about, found, missed


def to(municipality: str, *, province: str = "Utrecht", swaps: list[tuple[str, int]] | None = None) -> Facts:
    return facts_about(a_case(municipality=municipality, swaps=swaps or []), province=province)


UTRECHT = facts_about(the_dossier())


def named(text: str, facts: Facts = UTRECHT) -> list[str]:
    return [
        finding.claim.written
        for finding in check(text, facts)
        if finding.claim.kind is Kind.MUNICIPALITY and finding.is_missed
    ]


def test_another_municipality_is_marked_with_whom_the_letter_is_for() -> None:
    assert missed("De gemeente Amersfoort deed het goed.", UTRECHT) == [
        "Amersfoort: een andere gemeente; deze brief gaat over Utrecht."
    ]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Amersfoort en Zeist", ["Amersfoort", "Zeist"]),
        ("AMERSFOORT", ["AMERSFOORT"]),
        ("de gemeente Wijk bij\nDuurstede", ["Wijk bij\nDuurstede"]),
        ("de Ronde Venen", ["de Ronde Venen"]),
        ("Sudwest Fryslan", ["Sudwest Fryslan"]),
        ("Súdwest-Fryslân", ["Súdwest-Fryslân"]),
        ("’s-Hertogenbosch", ["s-Hertogenbosch"]),
        ("Den Bosch", ["Den Bosch"]),
        ("Alphen a/d Rijn", ["Alphen a/d Rijn"]),
        ("Kaag & Braassem", ["Kaag & Braassem"]),
        ("Amers\u00adfoort", ["Amers\u00adfoort"]),
        ("Nuenen, Gerwen en Nederwetten", ["Nuenen, Gerwen en Nederwetten"]),
        ("IJsselstein", ["IJsselstein"]),
        ("Ĳsselstein", ["Ĳsselstein"]),
        ("Baarn, Bunnik, en Soest", ["Baarn", "Bunnik", "Soest"]),
    ],
)
def test_a_name_is_read_in_each_of_its_writings(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    "text",
    [
        "de gemeente Utrecht",
        "Utrecht",
        "UTRECHT",
        "de provincie Utrecht",
        "Gedeputeerde Staten van Utrecht",
        "de Veiligheidsregio Utrecht",
        "de Utrechtse woningcorporaties",
        "de provincie Groningen",
        "de provincies Groningen en Utrecht",
        "de regio Amersfoort",
        "de Universiteit Leiden",
        "mevrouw Van Zeist",
        "wethouder Zeist",
        "amersfoort",
        "www.amersfoort.nl",
    ],
)
def test_the_own_name_and_names_of_something_else_are_not_marked(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Best veel woningen zijn klaar.",
        "Huizen zijn schaars.",
        "Houten woningen worden geplaatst.",
        "Buren maken bezwaar.",
        "Leiden de maatregelen tot resultaat?",
        "Wierden er gesprekken gevoerd?",
        "Sluis dit niet uit.",
        "Een brief uit Den Haag kwam later.",
        "Putten wij daaruit hoop?",
    ],
)
def test_a_word_that_is_a_name_too_is_not_marked(text: str) -> None:
    assert named(text) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("de gemeente Best", ["Best"]),
        ("de gemeente **Houten**", ["Houten"]),
        ("de gemeenten Leek en Huizen", ["Leek", "Huizen"]),
        ("de gemeenten Leek, Buren of Best", ["Leek", "Buren", "Best"]),
        ("het college van burgemeester en wethouders van Houten", ["Houten"]),
        ("de gemeenteraad van Buren", ["Buren"]),
        ("de raad van Houten", ["Houten"]),
        ("gemeente Den Haag", ["Den Haag"]),
    ],
)
def test_a_word_that_is_a_name_too_counts_where_the_text_says_gemeente(text: str, names: list[str]) -> None:
    assert named(text) == names


@pytest.mark.parametrize(
    ("municipality", "text", "names"),
    [
        ("Utrechtse Heuvelrug", "Utrechtse Heuvelrug", []),
        ("Utrechtse Heuvelrug", "de gemeente Utrecht", ["Utrecht"]),
        ("Utrechtse Heuvelrug", "de provincie Utrecht", []),
        ("Utrechtse Heuvelrug", "Utrecht", []),
        ("Bergen op Zoom", "de gemeente Bergen op Zoom", []),
        ("Bergen op Zoom", "de gemeente Bergen", ["Bergen"]),
        ("Bergen (NH.)", "de gemeente Bergen", []),
        ("Bergen (NH.)", "de gemeente Bergen (NH.)", []),
        ("Bergen (NH.)", "de gemeente Bergen op Zoom", ["Bergen op Zoom"]),
        ("'s-Gravenhage", "de gemeente Den Haag", []),
        ("Alphen-Chaam", "de gemeente Alphen aan den Rijn", ["Alphen aan den Rijn"]),
        ("Zeist", "de gemeente Amersfoort", ["Amersfoort"]),
    ],
)
def test_a_name_that_is_part_of_another_is_not_taken_for_it(municipality: str, text: str, names: list[str]) -> None:
    assert named(text, to(municipality)) == names


def test_a_municipality_of_a_herverdeling_is_found() -> None:
    assert found("De gemeente Utrechtse Heuvelrug.", UTRECHT) == {
        "Utrechtse Heuvelrug": "herverdeling met Utrechtse Heuvelrug"
    }


def test_a_herverdeling_with_bergen_is_found_without_its_brackets() -> None:
    facts = to("Zeist", swaps=[("Bergen (NH.)", 3)])
    assert named("De gemeente Bergen nam 3 personen over.", facts) == []


def test_every_name_is_marked_in_a_letter_to_another() -> None:
    facts = to("Voorbeeldstad")
    for name in dict.fromkeys(name for name, _ in EVERY_NAME):
        marked = named(f"Dat schrijven wij aan de gemeente {name} op deze dag.", facts)
        assert [alias_key(each) for each in marked] == [alias_key(name)]


@pytest.mark.parametrize("code", sorted({code for _, code in EVERY_NAME})[::7])
def test_no_name_of_a_municipality_is_marked_in_its_own_letter(code: str) -> None:
    names = [name for name, of in EVERY_NAME if of == code]
    facts = to(names[0])
    assert [name for name in names if named(f"Dat schrijven wij aan de gemeente {name} op deze dag.", facts)] == []
