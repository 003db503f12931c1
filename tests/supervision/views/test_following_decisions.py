"""Everything else follows the decision: overview, municipality, grid, downloads, the command and the letter."""

from __future__ import annotations

import io
import json
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from openpyxl import load_workbook

from letters.figures import case_of
from letters.models import plain_letterhead
from letters.words.case import Details, direction
from letters.words.composing import compose
from municipalities.models import Municipality, Province, User
from supervision.models import Herverdeling
from supervision.rules.period import Period
from tests.supervision.deciding import decided, propose
from tests.supervision.ledger import FIRST_HALF_OF_2022, NOON, deliver
from tests.supervision.views.page import links, words

PAGE = "/2022-1/"
REASON = "het verbeterplan uitbleef"

pytestmark = pytest.mark.usefixtures("within_utrecht")


@pytest.fixture
def houten() -> Municipality:
    return Municipality.objects.get(code="GM0321")


# -- overview -----------------------------------------------------------------


def test_the_overview_says_what_is_advised_and_what_is_decided(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality, houten: Municipality
) -> None:
    decided(supervisor, decider, city, 4, REASON)
    propose(supervisor, houten)
    text = words(staff.get(PAGE))
    assert "Utrecht 2 171 +1 204 375 168 82% 45% 207" in text
    assert "4 vastgesteld: besluit over Utrecht wijkt af" in text
    assert "1 voorgesteld: besluit over Houten" in text
    assert "open: besluit over Amersfoort" in text
    assert "1 van 26 vastgesteld" in text
    assert "Besluit open 3" in text
    assert "Cijfer: trede volgens het besluit, anders het advies." in text
    assert "/2022-1/besluiten/GM0344/" in links(staff.get(PAGE))


def test_the_counts_and_the_map_follow_the_decision(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city, 4, REASON)
    page = staff.get(PAGE).context["page"]
    counts = {int(step.trede): step.count for step in page.ladder.steps}
    assert (counts[4], counts.get(3)) == ("1", None)
    [tile] = [tile for tile in page.trede_map.tiles if tile.name == "Utrecht"]
    assert (tile.trede, tile.change) == (4, "up")
    assert page.by == "volgens het besluit, anders het advies"


def test_without_decisions_the_advice_is_said_to_count(dossier: Herverdeling, staff: Client) -> None:
    assert "Cijfer: trede volgens het advies." in words(staff.get(PAGE))


def test_what_is_open_is_to_do(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality, houten: Municipality
) -> None:
    text = words(staff.get(PAGE))
    assert "4 besluiten open 4 moeten nog worden voorgesteld." in text
    propose(supervisor, houten)
    decided(supervisor, decider, city)
    text = words(staff.get(PAGE))
    assert "3 besluiten open 1 voorstel wacht op een besluit, 2 moeten nog worden voorgesteld." in text
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True)
    text = words(staff.get(PAGE))
    assert "1 besluit rust op andere cijfers Na het besluit veranderde een cijfer: Utrecht." in text


@pytest.mark.parametrize("query", ["?toon=besluit", "?sorteer=-besluit", "?sorteer=besluit"])
def test_the_table_filters_and_sorts_by_what_is_open(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality, query: str
) -> None:
    decided(supervisor, decider, city)
    names = [row.name for row in staff.get(f"{PAGE}{query}").context["page"].table.rows]
    if "toon" in query:
        assert sorted(names) == ["Amersfoort", "Houten", "Utrechtse Heuvelrug"]
    else:
        first_four = names[:4]
        assert first_four.index("Utrecht") == (3 if "-" in query else 0)


def test_the_workbook_and_the_csv_have_both(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city, 4, REASON)
    sheet = load_workbook(io.BytesIO(staff.get("/2022-1/overzicht.xlsx").content)).worksheets[0]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads[-2:] == ("Advies trede", "Besloten trede")
    assert [row[-2:] for row in rows if row[0] == "Utrecht"] == [(3, 4)]
    csv = staff.get("/2022-1/gemeenten/GM0344/cijfers.csv").content.decode("utf-8-sig")
    assert csv.splitlines()[0].endswith("trede volgens advies;besloten trede")
    assert next(line for line in csv.splitlines() if ";2022-1;" in line).endswith(";3;4")


# -- municipality and grid ----------------------------------------------------


def test_the_municipality_says_what_was_decided_and_advised(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    address = "/2022-1/gemeenten/GM0344/"
    assert "Er is nog geen besluit." in words(staff.get(address))
    propose(supervisor, city)
    assert f"Voorgesteld: trede 3 op 8 september 2022, door {supervisor}; nog niet vastgesteld." in words(
        staff.get(address)
    )
    decided(supervisor, decider, city, 4, REASON)
    response = staff.get(address)
    assert f"Besloten: trede 4 op 8 september 2022, geadviseerd 3, omdat {REASON}." in words(response)
    assert "/2022-1/besluiten/GM0344/" in links(response)
    assert "Trede 3, Actief toezicht, is het advies" in words(response)


def test_the_grid_keeps_the_advice_and_notes_the_decision(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city, 4, REASON)
    row = staff.get("/2022-1/cijfers/").context["grid"].row("GM0344")
    assert row.trede == 3
    assert "besloten: trede 4" in row.notes


def test_assess_gives_the_decided_trede_as_the_one_before(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city, 3, REASON, period=Period(2021, 2))
    decided(supervisor, decider, city, 4, REASON)
    written = StringIO()
    call_command("assess", "2022-1", province="PV26", format="json", stdout=written)
    [row] = [row for row in json.loads(written.getvalue()) if row["code"] == "GM0344"]
    assert (row["trede_before"], row["trede_advice"]) == (3, 3)


# -- letter -------------------------------------------------------------------


def letter_text(city: Municipality, province: Province) -> str:
    case = case_of(municipality=city, period=FIRST_HALF_OF_2022)
    content = compose(case=case, sender=plain_letterhead(province).as_sender(), details=Details(on=NOON.date()))
    blocks = [block for section in content.sections for block in section.parts]
    texts = [part.text for part in content.opening if hasattr(part, "text")]
    texts += [block.text for block in blocks if hasattr(block, "text")]
    return " ".join([content.verdict, *texts]).replace("\u00a0", " ")


def test_a_letter_about_a_decision_that_follows_the_advice_is_the_same(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality, utrecht: Province
) -> None:
    before = letter_text(city, utrecht)
    decided(supervisor, decider, city)
    assert letter_text(city, utrecht) == before


@pytest.mark.parametrize(
    ("trede", "sentences"),
    [
        (
            4,
            (
                "Opschaling van trede 2 naar trede 4",
                "Wij schalen uw gemeente op van trede 2 naar trede 4 (Vooraankondiging juridische interventie)",
                "Daarbij hoort trede 3: Actief toezicht. Wij wijken daarvan af, omdat het verbeterplan uitbleef. "
                "Wij schalen uw gemeente op van trede 2 naar trede 4.",
            ),
        ),
        (
            2,
            (
                "Uw gemeente blijft op trede 2",
                "Daarbij hoort trede 3: Actief toezicht. Wij wijken daarvan af, omdat het verbeterplan uitbleef. "
                "Uw gemeente blijft op trede 2.",
            ),
        ),
        (
            1,
            (
                "Afschaling van trede 2 naar trede 1",
                "Wij wijken daarvan af, omdat het verbeterplan uitbleef. "
                "Wij schalen uw gemeente af van trede 2 naar trede 1.",
            ),
        ),
    ],
)
def test_a_letter_says_why_the_decision_departs(
    dossier: Herverdeling,
    supervisor: User,
    decider: User,
    city: Municipality,
    utrecht: Province,
    trede: int,
    sentences: tuple[str, ...],
) -> None:
    decided(supervisor, decider, city, trede, f"{REASON}.")
    text = letter_text(city, utrecht)
    for sentence in sentences:
        assert sentence in text
    assert "daarom" not in text


def test_a_letter_rests_on_the_figures_of_the_decision(
    dossier: Herverdeling, supervisor: User, decider: User, city: Municipality, utrecht: Province
) -> None:
    decided(supervisor, decider, city)
    before = letter_text(city, utrecht)
    deliver(by=supervisor, municipality=city, realisatie=173, overrules=True, now=NOON.replace(hour=15))
    deliver(by=supervisor, municipality=city, period=Period(2022, 2), taakstelling=280, overrules=True, now=NOON)
    case = case_of(municipality=city, period=FIRST_HALF_OF_2022)
    assert (case.opgave.realisation, case.advice.trede, case.step.number) == (168, 3, 3)
    assert direction(case) == "op"
    assert case.next_opgave.taakstelling == 280
    until_next, _, _ = before.partition("U ligt op schema")
    assert until_next
    assert letter_text(city, utrecht).startswith(until_next)


def test_the_page_of_the_letter_shows_the_decided_trede(
    dossier: Herverdeling, staff: Client, supervisor: User, decider: User, city: Municipality
) -> None:
    decided(supervisor, decider, city, 4, REASON)
    assert "Opschaling van trede 2 naar trede 4." in words(staff.get("/2022-1/gemeenten/GM0344/brief/"))
