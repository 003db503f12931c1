"""What a text claims, as it is written: each writing beside what it says."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from letters.claims import Claim, Kind, Unit, claims_in
from letters.claims.claim import Value
from supervision.rules.period import Period

FIRST_OF_JULY = date(2022, 7, 1)


def read(text: str) -> list[tuple[Kind, Value]]:
    return [(claim.kind, claim.value) for claim in claims_in(text)]


def only(text: str) -> Claim:
    [claim] = claims_in(text)
    return claim


# -- numbers ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("490", 490, None),
        ("1.234", 1234, None),
        ("1.234.567", 1_234_567, None),
        ("0", 0, None),
        ("12,5", Fraction(25, 2), None),
        ("1,50", Fraction(3, 2), None),
        ("490 vergunninghouders", 490, Unit.PERSONS),
        ("490 statushouders", 490, Unit.PERSONS),
        ("490\nvergunninghouders", 490, Unit.PERSONS),
        ("490vergunninghouders", 490, Unit.PERSONS),
        ("490 extra vergunninghouders", 490, Unit.PERSONS),
        ("490 van deze vergunninghouders", 490, Unit.PERSONS),
        ("**490** vergunninghouders", 490, Unit.PERSONS),
        ("1 persoon", 1, Unit.PERSONS),
        ("1.234 personen", 1234, Unit.PERSONS),
        ("490 woningen", 490, None),
        ("€ 490,-", 490, None),
        ("(490)", 490, None),
        ("490.", 490, None),
        ("490, of", 490, None),
        ("+1", 1, None),
        ("\u22129", 9, None),
        ("82%", 82, Unit.PERCENT),
        ("82 %", 82, Unit.PERCENT),
        ("82 procent", 82, Unit.PERCENT),
        ("82 pct", 82, Unit.PERCENT),
        ("82 procentpunten", 82, Unit.PERCENT),
        ("82,5%", Fraction(165, 2), Unit.PERCENT),
        ("tachtig procent", 80, Unit.PERCENT),
    ],
)
def test_a_number_in_digits_is_a_claim_whatever_it_counts(text: str, value: Value, unit: Unit | None) -> None:
    claim = only(text)
    assert (claim.kind, claim.value, claim.unit) == (Kind.NUMBER, value, unit)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Er zijn 490 vergunninghouders.", "490"),
        ("Dat is 82 procent.", "82 procent"),
        ("Dat is 82%.", "82%"),
        ("In het jaar zijn zes personen gehuisvest.", "zes"),
        ("Op 1\u00a0juli 2022 was dat zo.", "1\u00a0juli 2022"),
        ("Dat was op 1 juli.", "1 juli"),
        ("Dat was op 1 jul. ook.", "1 jul."),
        ("Dat was op 1 sept. ook.", "1 sept."),
        ("Over de eerste helft\nvan 2022.", "eerste helft\nvan 2022"),
        ("Een bedrag van 4\u00ad90 dus.", "4\u00ad90"),
    ],
)
def test_a_claim_says_where_it_stands_in_the_text_as_it_was_given(text: str, written: str) -> None:
    claim = only(text)
    assert claim.written == written
    assert text[claim.start : claim.end] == written


def test_a_number_too_long_to_be_anything_is_a_claim_without_a_value() -> None:
    assert only("9" * 41).value is None
    assert only("9" * 40).value == int("9" * 40)


def test_two_numbers_of_a_range_count_the_same() -> None:
    units = [claim.unit for claim in claims_in("Het gaat om 20 tot 30 vergunninghouders of 40 à 45%.")]
    assert units == [Unit.PERSONS, Unit.PERSONS, Unit.PERCENT, Unit.PERCENT]


# -- words --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("één persoon", 1),
        ("zes vergunninghouders", 6),
        ("twaalf statushouders", 12),
        ("Eenentwintig personen", 21),
        ("tweeëntwintig personen", 22),
        ("tweeentwintig personen", 22),
        ("honderdeen personen", 101),
        ("honderdeneen personen", 101),
        ("vierhonderdnegentig vergunninghouders", 490),
        ("vierhonderd negentig vergunninghouders", 490),
        ("twaalfhonderd personen", 1200),
        ("duizend tweehonderd personen", 1200),
        ("tweeduizend personen", 2000),
        ("tien andere personen", 10),
    ],
)
def test_a_number_in_words_is_a_claim_where_it_counts_persons(text: str, value: int) -> None:
    claim = only(text)
    assert (claim.kind, claim.value, claim.unit) == (Kind.NUMBER, value, Unit.PERSONS)


@pytest.mark.parametrize(
    "text",
    [
        "Het gaat om twee zaken.",
        "In één keer.",
        "Een persoon zei dat.",
        "Beide gemeenten, alle drie, en geen van vieren.",
        "Wij voerden zes gesprekken met de gemeente over personen.",
        "Op de eerste bladzijde staat dat, en op de tweede ook.",
        "Dat is voor het derde halfjaar op rij zo.",
        "Er is niemand gehuisvest.",
        "zesentwintigduizendtweehonderdachtenveertigmiljoen personen",
    ],
)
def test_a_bare_number_word_is_no_claim(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("zes weken", [6]),
        ("vier tot zes weken", [4, 6]),
        ("4 tot 6 weken", [4, 6]),
        ("4-6 weken", [4, 6]),
        ("tussen vier en zes weken", [4, 6]),
        ("tussen 13.00 en 14.00 uur", [13, 14]),
        ("2,5 jaar", [Fraction(5, 2)]),
        ("binnen dertig dagen", [30]),
        ("één maand", [1]),
        ("twee halfjaren", [2]),
        ("3 jaar", [3]),
    ],
)
def test_a_duration_is_a_claim_in_time(text: str, values: list[Value]) -> None:
    claims = claims_in(text)
    assert [claim.value for claim in claims] == values
    assert {(claim.kind, claim.unit) for claim in claims} == {(Kind.DURATION, Unit.TIME)}


def test_a_number_of_persons_is_not_taken_for_a_duration_that_follows_it() -> None:
    claims = claims_in("Het zijn er 490 en zes weken later 460 of 6 weken.")
    assert [(claim.kind, claim.value) for claim in claims if claim.kind is Kind.NUMBER] == [
        (Kind.NUMBER, 490),
        (Kind.NUMBER, 460),
    ]


# -- shares -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("een vijfde van de totaalopgave", Fraction(1, 5)),
        ("Eén vijfde deel", Fraction(1, 5)),
        ("twee derde van de taakstelling", Fraction(2, 3)),
        ("drie kwart van de taakstelling", Fraction(3, 4)),
        ("driekwart van de taakstelling", Fraction(3, 4)),
        ("elke maand een zesde.", Fraction(1, 6)),
        ("1/6 van de totaalopgave", Fraction(1, 6)),
        ("168/204", Fraction(168, 204)),
        ("⅙ deel", Fraction(1, 6)),
        ("4/3 keer de taakstelling", Fraction(4, 3)),
    ],
)
def test_a_share_is_a_claim(text: str, share: Fraction) -> None:
    assert read(text) == [(Kind.SHARE, share)]


@pytest.mark.parametrize(
    "text", ["een derde gesprek", "een vierde halfjaar", "de eerste helft van het jaar", "een vijfde verbeterplan"]
)
def test_an_ordinal_is_no_share(text: str) -> None:
    assert read(text) == []


# -- days and half-years ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "1 juli 2022",
        "1\u00a0juli\u00a02022",
        "01 Juli 2022",
        "1 jul. 2022",
        "1e juli 2022",
        "1-7-2022",
        "01-07-2022",
        "1/7/2022",
        "1.7.2022",
        "1-7-22",
        "2022-07-01",
        "2022-7-1",
        "1 – 7 – 2022",
    ],
)
def test_a_day_is_read_in_each_of_its_writings(text: str) -> None:
    claim = only(text)
    assert (claim.kind, claim.value) == (Kind.DATE, FIRST_OF_JULY)
    assert claim.key == "1 juli 2022"


@pytest.mark.parametrize("text", ["0 − 1 − 10", "12 - 3 - 4", "168 / 204 / 2", "2.1.3"])
def test_a_sum_is_no_day(text: str) -> None:
    assert all(claim.kind in (Kind.NUMBER, Kind.SHARE) for claim in claims_in(text))


def test_a_day_without_a_year_is_a_day_of_the_year() -> None:
    claim = only("op 29 februari")
    assert (claim.kind, claim.key) == (Kind.DAY, "29 februari")


@pytest.mark.parametrize("text", ["1 en 15 juli 2022", "1 tot 15 juli 2022", "1-15 juli 2022", "1 t/m 15 juli 2022"])
def test_two_days_of_one_month_are_two_days(text: str) -> None:
    assert read(text) == [(Kind.DATE, FIRST_OF_JULY), (Kind.DATE, date(2022, 7, 15))]


@pytest.mark.parametrize("text", ["31 februari 2022", "32 juli", "31-2-2022", "2022-13-01", "0 juli 2022"])
def test_a_day_that_does_not_exist_is_a_claim_without_a_value(text: str) -> None:
    claim = only(text)
    assert claim.kind in (Kind.DATE, Kind.DAY)
    assert claim.value is None


@pytest.mark.parametrize("text", ["juli 2022", "Juli 2022", "jul. 2022", "2022-07"])
def test_a_month_with_its_year_is_a_claim(text: str) -> None:
    claim = only(text)
    assert (claim.kind, claim.value, claim.key) == (Kind.MONTH, FIRST_OF_JULY, "juli 2022")


def test_a_month_alone_is_no_claim() -> None:
    assert read("Uw college is in augustus begonnen en in mei gestopt.") == []


@pytest.mark.parametrize("text", ["2022", "in 2022.", "eind 2022", "'2022'"])
def test_four_digits_alone_are_a_year(text: str) -> None:
    claim = only(text)
    assert (claim.kind, claim.value, claim.key) == (Kind.YEAR, 2022, "jaar 2022")


@pytest.mark.parametrize(
    ("text", "value"),
    [("2022 personen", 2022), ("2.022", 2022), ("1850", 1850), ("2000", 2000), ("2100", 2100), ("2022 %", 2022)],
)
def test_four_digits_that_count_or_that_are_far_off_are_a_number(text: str, value: int) -> None:
    assert read(text) == [(Kind.NUMBER, value)]


@pytest.mark.parametrize(
    "text",
    [
        "2022-1",
        "2022-I",
        "2022-i",
        "2022 - 1",
        "2022/1",
        "2022–1",
        "eerste helft van 2022",
        "eerste helft 2022",
        "Eerste Helft 2022",
        "eerste halfjaar van 2022",
        "1e helft van 2022",
        "1e half jaar 2022",
        "eerste helft van het jaar 2022",
    ],
)
def test_a_half_year_is_read_in_each_of_its_writings(text: str) -> None:
    claim = only(text)
    assert (claim.kind, claim.value, claim.key) == (Kind.PERIOD, Period(2022, 1), "2022-1")


@pytest.mark.parametrize("text", ["2022-2", "2022-II", "tweede helft van 2022", "2e halfjaar 2022"])
def test_the_second_half_is_another(text: str) -> None:
    assert read(text) == [(Kind.PERIOD, Period(2022, 2))]


@pytest.mark.parametrize("text", ["2022-3", "2022-0"])
def test_a_half_year_that_does_not_exist_is_a_claim_without_a_value(text: str) -> None:
    assert read(text) == [(Kind.PERIOD, None)]


def test_years_with_a_dash_are_no_half_year() -> None:
    assert read("2021-2024") == [(Kind.YEAR, 2021), (Kind.YEAR, 2024)]


# -- treden -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "treden"),
    [
        ("trede 3", [3]),
        ("Trede\u00a03", [3]),
        ("trede **3**", [3]),
        ("trede drie", [3]),
        ("derde trede", [3]),
        ("van trede 2 naar trede 3", [2, 3]),
        ("van trede 2 naar 3", [2, 3]),
        ("treden 2 en 3", [2, 3]),
        ("treden 4, 5 en 6", [4, 5, 6]),
        ("treden 4-6", [4, 6]),
        ("treden 4 tot en met 6", [4, 6]),
        ("trede 9", [9]),
    ],
)
def test_each_trede_is_a_claim(text: str, treden: list[int]) -> None:
    claims = [claim for claim in claims_in(text) if claim.kind is not Kind.DIRECTION]
    assert [claim.value for claim in claims] == treden
    assert {(claim.kind, claim.unit) for claim in claims} == {(Kind.TREDE, Unit.TREDE)}


@pytest.mark.parametrize("text", ["trede 3 en 12 personen", "trede 3, 12%", "trede 3 of 12 weken", "trede 3, 12 juli"])
def test_what_counts_something_else_behind_a_trede_is_none(text: str) -> None:
    assert [claim.value for claim in claims_in(text) if claim.kind is Kind.TREDE] == [3]
    assert len(claims_in(text)) == 2


# -- what is no claim ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "text",
    [
        "artikel 124",
        "artikel 28 Huisvestingswet 2014",
        "de Archiefwet 1995",
        "artikel 28 van de Huisvestingswet 2014",
        "artikelen 28 en 29 van de Huisvestingswet 2014",
        "artikelen 28, 29 en 30",
        "art. 29 lid 2",
        "art 28",
        "artikel 29, tweede lid",
        "artikel 5:32 en 5:33 Awb",
        "Artikel 124a",
        "§ 2.1, hoofdstuk 3, bijlage 2, bladzijde 4",
        "Stb. 2014, 248",
        "Kamerstukken II 2021/22, 19637, nr. 2988",
        "ECLI:NL:RVS:2018:2647",
        "het beleidskader 2021–2024",
    ],
)
def test_a_reference_to_law_or_place_is_no_claim(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("artikel 28 en 490 vergunninghouders", 490), ("artikel 28, 490 personen", 490), ("artikel 28: 45%", 45)],
)
def test_a_figure_behind_a_reference_is_a_claim(text: str, value: int) -> None:
    assert read(text) == [(Kind.NUMBER, value)]


@pytest.mark.parametrize(
    "text",
    [
        "030 000 00 00",
        "06-12345678",
        "+31 6 12345678",
        "+31612345678",
        "0031 30 258 9111",
        "3508 TH Utrecht",
        "3500CE",
        "Postbus 16200",
        "ibt2022@provincie-utrecht.nl",
        "https://www.provincie-utrecht.nl/ibt/2022/490",
        "www.ibt-kaart.nl/490",
        "om 09:45 uur",
    ],
)
def test_a_way_to_reach_somebody_and_a_time_are_no_claims(text: str) -> None:
    assert read(text) == []


def test_a_proportion_is_no_time() -> None:
    assert read("30:70") == [(Kind.NUMBER, 30), (Kind.NUMBER, 70)]


def test_a_day_before_a_number_is_no_telephone_number() -> None:
    assert read("Op 01-07-2022 10 personen") == [(Kind.DATE, FIRST_OF_JULY), (Kind.NUMBER, 10)]


def test_a_year_before_capitals_is_no_postcode() -> None:
    assert read("IN 2022 EN 2023") == [(Kind.YEAR, 2022), (Kind.YEAR, 2023)]


@pytest.mark.parametrize("text", ["1. Eerst dit\n2. Dan dat\n", "\n 1) Eerst dit", "> 3. Ook dit"])
def test_the_number_of_an_item_is_no_claim(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    "text", ["490. Dat is veel", "Het waren er\n490", "12 vergunninghouders", "Het zijn er 12. Dat is veel."]
)
def test_what_looks_like_a_figure_at_the_begin_of_a_line_is_a_claim(text: str) -> None:
    assert len(read(text)) == 1


@pytest.mark.parametrize("text", ["de 2e keer", "het 1ste plan", "de 3de", "de A12", "de CO2-uitstoot"])
def test_ordinals_and_parts_of_names_are_no_claims(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["((eind_personen))", "op ((peildatum)) en ((begin))", "((artikel_28))"])
def test_what_the_system_fills_in_is_no_claim(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize("text", ["((490))", "((490", "(490)", "((490 personen))", "(( begin490 ))"])
def test_a_number_in_brackets_that_nothing_fills_in_is_a_claim(text: str) -> None:
    assert [value for _, value in read(text)] == [490]


def test_a_number_of_a_document_is_a_claim_of_a_count() -> None:
    assert read("documentnummer 82508878") == [(Kind.NUMBER, 82508878)]


# -- keys ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("490", "490 vergunninghouders"),
        ("490", "vierhonderdnegentig vergunninghouders"),
        ("1.234", "1234 personen"),
        ("82%", "82 procent"),
        ("1 juli 2022", "01-07-2022"),
        ("2022-1", "eerste helft van 2022"),
        ("trede 3", "derde trede"),
        ("1/6", "een zesde van"),
    ],
)
def test_the_same_claim_in_other_words_has_the_same_key(one: str, other: str) -> None:
    assert only(one).key == only(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("82", "82%"),
        ("3", "trede 3"),
        ("2022", "2022 personen"),
        ("1 juli", "1 juli 2022"),
        ("juli 2022", "1 juli 2022"),
        ("1,333", "4/3"),
        ("49", "490"),
        ("31 februari 2022", "30 februari 2022"),
    ],
)
def test_another_claim_has_another_key(one: str, other: str) -> None:
    assert only(one).key != only(other).key
