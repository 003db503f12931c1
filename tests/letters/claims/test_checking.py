"""A text held against what is known of Utrecht in the first half of 2022."""

from __future__ import annotations

from datetime import date

import pytest

from letters.claims import DateFact, Direction, Fact, Facts, Kind, Unit, check, unanswered
from supervision.rules.period import Period
from tests.letters.claims.known import COLLEGE, TOLD, found, missed, of_the_dossier, only, spaced

FACTS = of_the_dossier()

OF_THE_ISSUE = Facts(
    municipality="Utrecht",
    numbers=(
        Fact(value=460, label="versnellingsactie gemeente"),
        Fact(value=482, label="totaalopgave 2022-2"),
        Fact(value=82, label="realisatie taakstelling", unit=Unit.PERCENT),
    ),
    dates=(DateFact(day=date(2022, 7, 1), label="peildatum"),),
    periods=(Period(2022, 1), Period(2022, 2)),
    trede=3,
    trede_before=2,
    direction=Direction.UP,
    standings=(171, 207),
)

PARAGRAPH = (
    "Uw college is in augustus een versnellingsactie begonnen. In vier tot zes weken wil uw gemeente 490 vergunninghouders "
    "huisvesten. Wij waarderen die inzet. Helpt de actie zoals u verwacht, dan kan uw gemeente bij de volgende peildatum "
    "lager op de ladder komen te staan."
)


# -- the paragraph of the mockup -----------------------------------------------------------------------


def test_the_paragraph_misses_one_number_and_says_what_is_near() -> None:
    assert missed(PARAGRAPH, OF_THE_ISSUE) == [
        "490: niet gevonden; het dichtst bij ligt versnellingsactie gemeente, 460."
    ]


def test_the_nearest_is_told_with_its_number() -> None:
    [finding] = check(PARAGRAPH, OF_THE_ISSUE)
    assert finding.nearest == "versnellingsactie gemeente 460"
    assert (finding.key, finding.claim.kind) == ("490", Kind.NUMBER)
    assert PARAGRAPH[finding.claim.start : finding.claim.end] == "490"


def test_the_paragraph_misses_one_number_in_the_dossier_where_only_460_was_told() -> None:
    assert missed(PARAGRAPH, FACTS) == [
        "490: niet gevonden; het dichtst bij ligt versnellingsactie (Gemeente Utrecht, ambtelijk), 460."
    ]


def test_the_paragraph_misses_nothing_where_the_college_told_490() -> None:
    facts = of_the_dossier(*TOLD, COLLEGE)
    assert missed(PARAGRAPH, facts) == []
    assert found(PARAGRAPH, facts)["490"] == "versnellingsactie (College van B&W van Utrecht)"


# -- the letter as it was published ----------------------------------------------------------------------

PUBLISHED = """Terugkijkend naar de vorige taakstellingsperiode over de eerste helft van 2022 (2022-1) constateren wij dat uw
gemeente die taakstelling voor 82% heeft gerealiseerd. Hieronder valt ook de 1 extra vergunninghouder die volgens de gemaakte
afspraken over de herverdeling taakstelling van de gemeente Utrechtse Heuvelrug gehuisvest diende te worden. De eerder opgelopen
huisvestingsachterstand (171 vergunninghouders) is echter toegenomen. Door deze grote huisvestingsachterstand is ondanks uw
inspanningen voor asielopvang en huisvesting statushouders, de totaalopgave niet volledig gerealiseerd (45%). Daarbij is de
achterstand op de peildatum 1 juli (207) groter geworden dan de taakstelling over de eerste helft van 2022 (203).

Op basis van bovengenoemde realisatiecijfers over de vorige taakstelling zien wij ons genoodzaakt uw gemeente van trede 2 naar
trede 3 (actief toezicht) van de interventieladder op te schalen. Deze opschaling betekent dat uw gemeente bestuurlijk gemonitord
gaat worden. Wij zijn blij met deze maatregelen en verwachten dat we, op basis van de resultaten uit deze versnelling, bij ons
volgende meetpunt u weer kunnen afschalen.

Voor de huidige taakstellingsperiode (2022-2) is de taakstelling 275 vergunninghouders, de stand van zaken op 1 juli 2022 207
vergunninghouders achterstand en de totaalopgave 482 vergunninghouders. Vanuit de recente versnellingsopdracht gecoördineerd vanuit
de Veiligheidsregio Utrecht werd u geacht 276 vergunninghouders versneld te huisvesten. In de brief van minister Hugo de Jonge van
7 september jl. wordt u gevraagd in uw gemeente 133 vergunninghouders extra te huisvesten, vooruitlopend op 2023-1."""


def test_the_letter_as_it_was_published_misses_nothing() -> None:
    assert missed(PUBLISHED, FACTS) == []


def test_what_it_rests_on_is_told_of_each_number() -> None:
    told = found(PUBLISHED, FACTS)
    assert told["171"] == "achterstand op 1 januari 2022"
    assert told["45%"] == "realisatie totaalopgave 2022-1"
    assert told["276"] == "versnellingsactie (Veiligheidsregio Utrecht)"
    assert told["7 september"] == "mededeling over extra verzoek (Minister voor VRO en staatssecretaris van JenV)"
    assert told["2023-1"] == "halfjaar 2023-1"


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("82%", "83%"),
        ("171 ", "117 "),
        ("(207)", "(270)"),
        ("275", "257"),
        ("eerste helft van 2022 (203)", "eerste helft van 2021 (203)"),
        ("(2022-2)", "(2021-2)"),
        ("op 1 juli 2022 207", "op 1 juli 2021 207"),
        ("trede 3 (", "trede 4 ("),
        ("1 extra", "2 extra"),
        ("gemeente Utrechtse Heuvelrug", "gemeente De Bilt"),
        ("op te schalen", "af te schalen"),
        ("7 september", "17 september"),
    ],
)
def test_each_error_that_is_put_into_it_is_marked(right: str, wrong: str) -> None:
    assert right in PUBLISHED
    assert missed(PUBLISHED.replace(right, wrong), FACTS) != []


def test_national_numbers_are_asked_about() -> None:
    text = "Landelijk is de taakstelling 13.500, en straks tussen de 20.400 en 23.900."
    assert missed(text, FACTS) == ["13.500: niet gevonden.", "20.400: niet gevonden.", "23.900: niet gevonden."]


# -- what agrees with what -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("168", "realisatie 2022-1"),
        ("168 vergunninghouders", "realisatie 2022-1"),
        ("82%", "realisatie taakstelling 2022-1"),
        ("82508878", "documentnummer"),
        ("46 per week", "versnellingsactie (Veiligheidsregio Utrecht)"),
        ("1/6 van de totaalopgave", "norm per maand"),
        ("168/204 deel", "realisatie taakstelling 2022-1"),
        ("trede 3", "trede 2022-1"),
        ("de tweede trede", "trede van het halfjaar ervoor"),
        ("1 juli 2022", "peildatum 2022-1"),
        ("1 juli", "peildatum 2022-1"),
        ("augustus 2022", "maand in 2022-2"),
        ("2022", "jaar van 2022-1"),
        ("2023", "jaar van 2023-1"),
        ("2022-2", "halfjaar 2022-2"),
        ("Opschaling", "besluit op de trede"),
        ("uw achterstand", "achterstand"),
    ],
)
def test_a_claim_agrees_with_a_fact(text: str, label: str) -> None:
    finding = only(text, FACTS)
    assert spaced(finding.found) == label
    assert (
        spaced(finding.sentence)
        == f"{finding.claim.key if finding.claim.kind is Kind.TREDE else finding.claim.written}: {label}."
    )


@pytest.mark.parametrize(
    "text",
    [
        "82 vergunninghouders",
        "82",
        "207%",
        "3 vergunninghouders",
        "82508878 personen",
        "46 personen",
        "trede 4",
        "2 juli 2022",
        "1 juli 2021",
        "2 juli",
        "augustus 2021",
        "1 januari 2021",
        "2021",
        "2019",
        "2021-2",
        "een vijfde van de totaalopgave",
        "12,5%",
        "0",
    ],
)
def test_a_claim_that_agrees_with_no_fact_of_its_unit_is_missed(text: str) -> None:
    assert only(text, FACTS).is_missed


def test_a_number_of_four_digits_may_be_a_count_after_all() -> None:
    facts = Facts(municipality="Utrecht", numbers=(Fact(value=2022, label="totaalopgave"),))
    assert only("2022", facts).found == "totaalopgave"
    assert only("2023", facts).is_missed


def test_an_achterstand_that_was_a_voorsprong_is_missed() -> None:
    facts = Facts(municipality="Utrecht", numbers=(Fact(value=12, label="voorsprong op 1 juli 2022"),))
    assert missed("Een voorsprong van 12 personen.", facts) == []
    assert missed("Een achterstand van 12 personen.", facts) == [
        "12: niet gevonden als achterstand; het dichtst bij ligt voorsprong op 1 juli 2022, 12."
    ]
    assert missed("12 personen achterstand.", facts) != []
    assert missed("De achterstand was ruim 12.", facts) != []


def test_a_number_that_is_two_things_names_both_once() -> None:
    facts = Facts(
        municipality="Utrecht",
        numbers=(
            Fact(value=5, label="achterstand"),
            Fact(value=5, label="realisatie"),
            Fact(value=5, label="realisatie"),
        ),
    )
    assert only("5", facts).found == "achterstand of realisatie"


def test_a_duration_is_not_looked_up() -> None:
    assert check("Binnen zes weken, en in 90 dagen.", FACTS) == ()


def test_nothing_said_is_nothing_to_answer() -> None:
    assert check("", FACTS) == ()
    assert check("Wij waarderen uw inzet.", FACTS) == ()


# -- the sentences ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("490 personen", "490: niet gevonden; het dichtst bij ligt totaalopgave 2022-2, 482."),
        ("84 procent", "84 procent: niet gevonden; het dichtst bij ligt realisatie taakstelling, 82%."),
        ("trede 4", "trede 4: niet gevonden; het dichtst bij ligt trede, 3."),
        ("vierde trede", "trede 4: niet gevonden; het dichtst bij ligt trede, 3."),
        ("3 juli 2022", "3 juli 2022: niet gevonden; het dichtst bij ligt peildatum, 1 juli 2022."),
        ("3 juli", "3 juli: niet gevonden; het dichtst bij ligt peildatum, 1 juli 2022."),
        ("mei 2021", "mei 2021: niet gevonden; het dichtst bij ligt peildatum, 1 juli 2022."),
        ("2019", "2019: niet gevonden; het dichtst bij ligt peildatum, 1 juli 2022."),
        ("31 juni 2022", "31 juni 2022: deze datum bestaat niet."),
        ("2021-2", "2021-2: een ander halfjaar; deze brief gaat over 2022-1 en 2022-2."),
        ("2022-3", "2022-3: dit halfjaar bestaat niet."),
        ("een vijfde deel", "een vijfde: niet gevonden; het dichtst bij ligt realisatie taakstelling, 82%."),
        ("13.500", "13.500: niet gevonden."),
        ("9" * 100, f"{'9' * 60}…: niet gevonden."),
    ],
)
def test_the_sentence_of_what_is_missed(text: str, sentence: str) -> None:
    assert missed(text, OF_THE_ISSUE) == [sentence]


def test_without_facts_each_claim_is_missed_and_nothing_is_near() -> None:
    nobody = Facts(municipality="Utrecht")
    text = "490, 82%, trede 3, 1 juli 2022, 1 juli, juli 2022, 2022, 2022-1 en een vijfde deel"
    assert missed(text, nobody) == [
        "490: niet gevonden.",
        "82%: niet gevonden.",
        "trede 3: niet gevonden.",
        "1 juli 2022: niet gevonden.",
        "1 juli: niet gevonden.",
        "juli 2022: niet gevonden.",
        "2022: niet gevonden.",
        "2022-1: een ander halfjaar.",
        "een vijfde: niet gevonden.",
    ]


# -- the standard text, and what people confirm ------------------------------------------------------


def test_what_stands_in_the_standard_text_is_accounted_for() -> None:
    told = found("Er waren 490 woningen en 12 gesprekken.", FACTS, standard="Er zijn 490 woningen.")
    assert told == {"490": "standaardtekst", "12": ""}


def test_a_fact_goes_before_the_standard_text() -> None:
    assert found("Er zijn 207 personen.", FACTS, standard="Er zijn 207 personen.") == {
        "207": "achterstand op 1 juli 2022"
    }


def test_names_and_directions_of_the_standard_text_are_accounted_for_too() -> None:
    text = "De gemeente Zeist wordt afgeschaald."
    assert len(missed(text, FACTS)) == 2
    assert missed(text, FACTS, standard=text) == []


def test_what_was_confirmed_stays_confirmed_where_the_text_changes_elsewhere() -> None:
    before = check("Het zijn er 490 in 6 weken.", FACTS)
    [asked] = unanswered(before, confirmed=())
    after = check("In 6 weken zijn het er, anders dan de 207 van toen, dus 490 vergunninghouders.", FACTS)
    assert unanswered(after, confirmed={asked.key}) == ()


def test_a_confirmation_of_one_number_is_none_of_another() -> None:
    findings = check("Het zijn er 490, of 491.", FACTS)
    assert [finding.key for finding in unanswered(findings, confirmed={"490"})] == ["491"]


def test_what_is_found_needs_no_confirmation() -> None:
    assert unanswered(check("Het zijn er 207.", FACTS), confirmed=()) == ()
