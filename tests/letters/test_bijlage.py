"""The bijlage explains the ladder from the data of the policy."""

from dataclasses import replace
from fractions import Fraction

from letters.words.content import BijlageContent, Bullets
from supervision.rules.policy import Condition, Metric
from tests.letters.cases import LADDER, bijlage, plain


def bullets(content: BijlageContent, heading: str) -> tuple[str, ...]:
    [block] = next(section.parts for section in content.sections if section.heading == heading)
    assert isinstance(block, Bullets)
    return tuple(plain(item) for item in block.texts)


def test_every_step_of_the_policy_is_a_row_with_its_own_words() -> None:
    content = bijlage()
    assert content.ladder_heading == "De zes treden"
    assert [(row.number, row.name) for row in content.ladder] == [(str(s.number), s.name) for s in LADDER.steps]
    assert [plain(row.when) for row in content.ladder] == [step.when for step in LADDER.steps]
    assert [plain(row.follows) for row in content.ladder] == [step.follows for step in LADDER.steps]


def test_a_policy_of_other_steps_gives_another_ladder() -> None:
    content = bijlage(replace(LADDER, steps=LADDER.steps[:3]))
    assert content.ladder_heading == "De drie treden"
    assert len(content.ladder) == 3


def test_how_the_ladder_is_applied_follows_from_the_policy() -> None:
    decided, compared, row = bullets(bijlage(), "Hoe wij de ladder toepassen")
    assert decided.startswith("Gedeputeerde Staten bepalen de trede.")
    assert compared == (
        "Voor de trede vergelijken wij de achterstand op de peildatum met de taakstelling van het halfjaar dat dan eindigt, "
        "zonder herverdeling."
    )
    assert row == (
        "Is de achterstand op een peildatum weer kleiner dan de taakstelling, dan begint het tellen van halfjaren op rij "
        "opnieuw."
    )


def test_a_policy_that_counts_the_herverdeling_says_so() -> None:
    [_, compared, _] = bullets(bijlage(replace(LADDER, counts_herverdeling=True)), "Hoe wij de ladder toepassen")
    assert compared.endswith(", met de herverdeling.")


def test_a_policy_without_rows_or_comparison_does_not_speak_of_them() -> None:
    [decided] = bullets(bijlage(replace(LADDER, steps=LADDER.steps[:2])), "Hoe wij de ladder toepassen")
    assert decided.startswith("Gedeputeerde Staten")


def test_a_row_of_half_years_with_any_achterstand_has_its_own_sentence() -> None:
    first, second, third, *_ = LADDER.steps
    any_achterstand = Condition(metric=Metric.ACHTERSTAND, threshold=Fraction(1), half_years=2)
    policy = replace(LADDER, steps=(first, second, replace(third, condition=any_achterstand)))
    assert bullets(bijlage(policy), "Hoe wij de ladder toepassen")[-1] == (
        "Is er op een peildatum geen achterstand meer, dan begint het tellen van halfjaren op rij opnieuw."
    )


def test_a_ladder_by_percentage_with_limits_says_how_it_is_applied() -> None:
    first, second, third, *_ = LADDER.steps
    below = Condition(metric=Metric.PERCENTAGE_TOTAALOPGAVE, threshold=Fraction(80), half_years=2)
    policy = replace(
        LADDER,
        steps=(first, second, replace(third, condition=below)),
        most_steps_up=1,
        down_by_decision=True,
        outcomes=("verschoonbaar",),
    )
    assert bullets(bijlage(policy), "Hoe wij de ladder toepassen")[1:] == (
        "Een percentage vergelijken wij precies, zonder afronding. Is er niemand te huisvesten, dan is er geen percentage en "
        "geldt die voorwaarde niet.",
        "Een halfjaar waarin genoeg personen zijn gehuisvest, laat het tellen van halfjaren op rij opnieuw beginnen.",
        "In één keer gaat een gemeente hoogstens één trede omhoog.",
        "Een gemeente gaat niet vanzelf een trede omlaag: daarvoor is een besluit nodig.",
        "Naast de ladder kan het oordeel zijn: ‘verschoonbaar’.",
    )


def test_the_sources_end_with_the_policy_of_the_province() -> None:
    assert bullets(bijlage(), "Waar dit geregeld is") == (
        "Huisvestingswet 2014, artikel 28 (taakstelling)",
        "Huisvestingswet 2014, artikel 29, tweede lid (herverdeling)",
        "Gemeentewet, artikel 124 (indeplaatsstelling)",
        "Beleidskader Interbestuurlijk Toezicht 2021–2024 van de provincie Utrecht",
    )


def test_it_says_which_letters_it_belongs_to_and_which_policy_holds_from_when() -> None:
    content = bijlage()
    assert [(entry.label, plain(entry.value)) for entry in content.entries] == [
        ("Hoort bij", "toezichtbrieven over de eerste helft van 2022"),
        ("Beleid", "Beleidskader Interbestuurlijk Toezicht 2021–2024"),
        ("Geldt vanaf", "1 januari 2021"),
    ]
    assert content.running.aside == "Bijlage bij toezichtbrieven\neerste helft van 2022"
