"""Which blocks stand in a letter, and what a letter and a province change about them."""

from dataclasses import replace

import pytest

from letters.words.blocks import Block, Change, Departure, Fact, Placed, When, facts_of, laid_over, place
from letters.words.case import Case, Direction, Told
from letters.words.composing import asked_by, compose
from letters.words.kinds import Addressee, kind_from, kinds, usual_kind
from letters.words.sentences import values_of
from letters.words.texts import placeholders
from supervision.rules.period import Period
from tests.letters.cases import DETAILS, LADDER, SENDER, a_case, paragraphs, plain, table, the_dossier, write

DOSSIER = the_dossier()
BLOCKS = kinds()["toezichtbrief"].blocks
ACTION = Told(
    kind="versnellingsactie",
    kind_name="Versnellingsactie",
    subject="Versnelde uitstroom",
    persons=460,
    by="gemeente Utrecht",
    on=DETAILS.on,
    document="Brief",
)


def slugs(placed: tuple[Placed, ...]) -> list[str]:
    return [each.block.slug for each in placed if not each.is_left_out]


def letter(case: Case, placed: tuple[Placed, ...]) -> list[str]:
    written = compose(case=case, sender=SENDER, details=DETAILS, placed=placed)
    return [plain(section.heading) for section in written.sections]


def test_the_dossier_has_the_blocks_of_an_opschaling_to_trede_3() -> None:
    assert slugs(place(BLOCKS, case=DOSSIER)) == [
        "onderwerp",
        "aanhef",
        "kader",
        "kern",
        "cijfers",
        "oordeel",
        "opschaling",
        "trede-3",
        "volgend",
        "slot",
    ]


@pytest.mark.parametrize(
    ("case", "facts"),
    [
        (DOSSIER, {Fact.HERVERDELING, Fact.NOT_MET}),
        (a_case(begin=-12, taakstelling=40, realisation=45), {Fact.VOORSPRONG}),
        (a_case(begin=10, taakstelling=40, realisation=45, computed=12), {Fact.START_DIFFERS}),
        (a_case(taakstelling=40, realisation=40, taakstelling_before=38), {Fact.TAAKSTELLING_CHANGED}),
        (replace(a_case(), circumstances=(ACTION,)), {Fact.VERSNELLINGSACTIE}),
        (a_case(taakstelling=0, realisation=0), set()),
    ],
)
def test_what_is_the_case_follows_from_figures_and_dossier(case: Case, facts: set[Fact]) -> None:
    assert facts_of(case, BLOCKS) == facts


@pytest.mark.parametrize(
    ("before", "direction"),
    [(None, Direction.FIRST), (2, Direction.UP), (3, Direction.SAME), (4, Direction.DOWN)],
)
def test_a_block_of_one_direction_stands_in_those_letters_alone(before: int | None, direction: Direction) -> None:
    case = replace(DOSSIER, trede_before=before)
    own = [Block(slug=each.name, label=each, position=6000, text="x", when=When(direction=each)) for each in Direction]
    assert slugs(place(own, case=case)) == [direction.name]


def test_a_block_of_one_half_year_stands_in_those_letters_alone() -> None:
    block = Block(slug="nu", label="nu", position=1, when=When(period=Period(2022, 1)))
    assert slugs(place([block], case=DOSSIER)) == ["nu"]
    assert slugs(place([replace(block, when=When(period=Period(2022, 2)))], case=DOSSIER)) == []


def test_trede_3_of_another_ladder_has_the_words_of_its_policy() -> None:
    steps = tuple(replace(step, name="Rood") if step.number == 3 else step for step in LADDER.steps)
    case = the_dossier_on(replace(LADDER, steps=steps))
    assert "vervolg" in slugs(place(BLOCKS, case=case))
    assert "trede-3" not in slugs(place(BLOCKS, case=case))


def the_dossier_on(policy: object) -> Case:
    return a_case(begin=171, taakstelling=203, realisation=168, before=2, policy=policy)  # type: ignore[arg-type]


# -- what one letter changes -------------------------------------------------------------------------


def test_a_letter_changes_leaves_out_and_adds() -> None:
    placed = place(
        BLOCKS,
        case=DOSSIER,
        departures=[
            Departure(slug="trede-3", change=Change.CHANGED, text="U doet **((realisatie))** keer uw best."),
            Departure(slug="kader", change=Change.LEFT_OUT),
            Departure(
                slug="eigen-1", change=Change.ADDED, heading="Monitoring", text="Eigen ((gemeente)).", position=7200
            ),
        ],
    )
    written = compose(case=DOSSIER, sender=SENDER, details=DETAILS, placed=placed)
    assert "U doet 168 keer uw best." in paragraphs(written, "Opschaling")
    assert paragraphs(written, "Monitoring") == ["Eigen Utrecht."]
    assert [part.text for part in written.opening if part.kind == "paragraph"] == [
        part.text for part in write(DOSSIER).opening if part.kind == "paragraph" and part.is_key
    ]
    assert [section.heading for section in written.sections].index("Monitoring") == 3


def test_what_was_changed_tells_that_the_standard_words_became_others() -> None:
    departure = Departure(slug="kader", change=Change.CHANGED, text="Anders.", based_on=0)
    [kader] = [each for each in place(BLOCKS, case=DOSSIER, departures=[departure]) if each.block.slug == "kader"]
    assert not kader.is_outdated
    newer = laid_over(BLOCKS, [replace(kader.standard, version=1)] if kader.standard else [])
    [kader] = [each for each in place(newer, case=DOSSIER, departures=[departure]) if each.block.slug == "kader"]
    assert kader.is_outdated
    assert kader.block.text == "Anders."


def test_words_of_a_block_that_no_longer_applies_are_not_lost() -> None:
    """The figures changed, the municipality goes down: what was written under the opschaling stays, to be looked at."""
    departure = Departure(
        slug="opschaling", change=Change.CHANGED, heading="Opschaling", text="Mijn woorden.", position=6000
    )
    down = replace(DOSSIER, trede_before=4)
    written = compose(
        case=down, sender=SENDER, details=DETAILS, placed=place(BLOCKS, case=down, departures=[departure])
    )
    assert paragraphs(written, "Opschaling")[0] == "Mijn woorden."


def test_a_section_that_a_letter_leaves_out_takes_its_heading_along() -> None:
    placed = place(BLOCKS, case=DOSSIER, departures=[Departure(slug="volgend", change=Change.LEFT_OUT)])
    assert "Uw taakstelling voor 2022-2" not in letter(DOSSIER, placed)


def test_the_details_that_a_letter_asks_for_follow_from_its_words() -> None:
    placed = place(BLOCKS, case=DOSSIER)
    assert "plandatum" in asked_by(placed, DOSSIER)
    without = place(BLOCKS, case=DOSSIER, departures=[Departure(slug="trede-3", change=Change.LEFT_OUT)])
    assert "plandatum" not in asked_by(without, DOSSIER)


def test_unknown_and_open_placeholders_are_marked_in_headers_too() -> None:
    placed = place(
        BLOCKS,
        case=DOSSIER,
        departures=[
            Departure(slug="onderwerp", change=Change.CHANGED, text="Over ((gemeentee))"),
            Departure(slug="slot", change=Change.CHANGED, heading="Tot ((slott))", text="Op ((briefdatum)) en ((open"),
        ],
    )
    written = compose(case=DOSSIER, sender=SENDER, details=DETAILS, placed=placed)
    assert set(written.open_marks) == {
        "onbekende invulplek: gemeentee",
        "onbekende invulplek: slott",
        "datum van de toezichtbrief",
        "invulplek zonder einde: open",
    }


# -- what a province changes -------------------------------------------------------------------------


def test_a_province_lays_its_own_words_over_the_delivered_ones() -> None:
    own = Block(slug="kader", label="Kader", position=1000, text="Ons kader.", version=3)
    blocks = laid_over(BLOCKS, [own], gone=frozenset({"slot"}))
    assert slugs(place(blocks, case=DOSSIER))[2] == "kader"
    assert "slot" not in slugs(place(blocks, case=DOSSIER))
    written = compose(case=DOSSIER, sender=SENDER, details=DETAILS, placed=place(blocks, case=DOSSIER))
    [kader, _] = [part.text for part in written.opening if part.kind == "paragraph"]
    assert kader == "Ons kader."


# -- kinds ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("in_a_row", "before", "kind"),
    [(1, 2, "toezichtbrief"), (2, 3, "vooraankondiging"), (3, 4, "indeplaatsstelling"), (4, 5, "toezichtbrief")],
)
def test_the_kind_of_the_letter_to_the_college_follows_from_the_trede(in_a_row: int, before: int, kind: str) -> None:
    case = a_case(begin=100, taakstelling=50, realisation=20, in_a_row=in_a_row, before=before)
    assert usual_kind(case.step).slug == kind


def test_the_same_number_of_another_ladder_is_no_vooraankondiging() -> None:
    [step] = [step for step in LADDER.steps if step.number == 4]
    assert usual_kind(replace(step, name="Zwart")).slug == "toezichtbrief"


def test_the_afschrift_tells_the_raad_the_outcome() -> None:
    details = replace(DETAILS, letter_kind="toezichtbrief", letter_on=DETAILS.on, letter_number="82508878")
    written = compose(case=DOSSIER, sender=SENDER, details=details, kind=kinds()["afschrift"])
    assert written.subject == "Afschrift toezichtbrief huisvesting vergunninghouders, eerste helft van 2022"
    assert written.address[:2] == ("Gemeente Utrecht", "Gemeenteraad, via de griffie")
    assert written.salutation == "Geachte raad,"
    assert table(written, "De uitkomst") == [
        ("Realisatie van taakstelling en herverdeling", "82%", "168 van 204"),
        ("Realisatie van de totaalopgave", "45%", "168 van 375"),
        ("Achterstand op 1 juli 2022", "207", "171 op 1 januari 2022"),
        ("Trede op de interventieladder", "3", "was trede 2"),
    ]
    [enclosed] = [entry for entry in written.entries if entry.label.startswith("Bijlage")]
    assert (enclosed.label, enclosed.value) == ("Bijlagen (2)", "Toezichtbrief\nToelichting interventieladder")
    assert written.open_marks == ()


def test_a_further_kind_is_data() -> None:
    data = {
        "slug": "herinnering",
        "name": "Herinnering",
        "to": "college",
        "layout": "toezichtbrief",
        "title": "Herinnering ((gemeente))",
        "description": "Herinnering",
        "blocks": [
            {"slug": "onderwerp", "label": "Onderwerp", "position": 0, "role": "onderwerp", "text": "Uw verbeterplan"},
            {"slug": "vraag", "label": "Vraag", "position": 1, "text": "Stuur het ons voor ((plandatum))."},
        ],
    }
    kind = kind_from(data, kinds())
    written = compose(case=DOSSIER, sender=SENDER, details=DETAILS, kind=kind)
    assert kind.to is Addressee.COLLEGE
    assert written.subject == "Uw verbeterplan"
    assert [plain(part.text) for part in written.opening if part.kind == "paragraph"] == [
        "Stuur het ons voor 1 november 2022."
    ]


@pytest.mark.parametrize("slug", kinds())
def test_every_placeholder_of_the_delivered_words_exists(slug: str) -> None:
    kind = kinds()[slug]
    asked = {name for block in kind.blocks for written in (block.heading, block.text) for name in placeholders(written)}
    assert asked | placeholders(kind.title) | placeholders(kind.description) <= values_of(DOSSIER, DETAILS).keys()
