"""The standard texts and the filling of their placeholders."""

import re

import pytest

from letters import texts
from letters.content import placeholders_of
from letters.fonts import validate_printable
from letters.texts import Filler, UnknownPlaceholder, kept_together, text
from tests.letters.cases import LADDER

EVERY_TEXT = dict(texts.every_text())


def test_a_placeholder_takes_its_value_also_within_brackets() -> None:
    fill = Filler({"trede": "3", "naam": "Actief toezicht"})
    assert fill("op trede ((trede)) (((naam)))") == "op trede\u00a03 (Actief toezicht)"


def test_a_placeholder_that_no_letter_has_is_an_error() -> None:
    with pytest.raises(UnknownPlaceholder, match="tredde"):
        Filler({"trede": "3"})("op trede ((tredde))")


def test_a_value_that_nobody_gave_is_an_open_mark_listed_once() -> None:
    fill = Filler({"termijn": None})
    assert fill("uiterlijk ((termijn)), dus ((termijn))") == (
        "uiterlijk [nog in te vullen: laatste dag van de termijn in het besluit], dus [nog in te vullen: laatste dag van de "
        "termijn in het besluit]"
    )
    assert fill.open_marks == ["laatste dag van de termijn in het besluit"]


@pytest.mark.parametrize(
    "typed", ["((trede))", "((nergens))", "{{ trede }}", "{% now 'Y' %}", r"\1 \g<0>", "[nog in te vullen: x]"]
)
def test_what_somebody_typed_is_never_a_template(typed: str) -> None:
    fill = Filler({"reden": typed, "trede": "3"})
    assert fill("omdat ((reden)).") == f"omdat {typed}."
    assert fill.open_marks == []


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("op trede 3", "op trede_3"),
        ("artikel 28 Huisvestingswet 2014", "artikel_28 Huisvestingswet 2014"),
        ("1 juli 2022", "1_juli 2022"),
        ("7 personen en 1 persoon", "7_personen en 1_persoon"),
        ("van 171 naar 207 personen", "van 171 naar 207_personen"),
        ("de eerste helft van 2022", "de eerste helft van 2022"),
        ("vier treden 3 keer", "vier treden 3 keer"),
    ],
)
def test_a_number_stays_with_its_word(written: str, kept: str) -> None:
    assert kept_together(written) == kept.replace("_", "\u00a0")


@pytest.mark.parametrize("path", EVERY_TEXT)
def test_every_placeholder_is_closed_and_every_text_has_only_characters_of_the_fonts(path: str) -> None:
    written = EVERY_TEXT[path]
    without = re.sub(r"\(\([a-z_]+\)\)", "x", written)
    assert "((" not in without
    assert "))" not in without
    validate_printable(written)


def test_every_open_mark_belongs_to_a_placeholder_or_a_part_of_the_head() -> None:
    asked = {name for written in EVERY_TEXT.values() for name in texts.placeholders(written)}
    of_the_head = {"postadres", "retouradres", "ondertekenaar"}
    assert {path.removeprefix("open.") for path in EVERY_TEXT if path.startswith("open.")} - of_the_head <= asked


@pytest.mark.parametrize(
    ("trede", "asked"),
    [
        (1, set()),
        (2, set()),
        (3, {"plandatum"}),
        (4, {"plandatum"}),
        (5, {"termijn", "rechtsmiddel"}),
        (6, {"besluitdatum", "maatregelendatum"}),
    ],
)
def test_each_trede_asks_for_its_own_details(trede: int, asked: set[str]) -> None:
    by_figures = {"volgende_peildatum", "vereist_personen", "eind_personen"}
    assert placeholders_of(LADDER.step(trede)) - by_figures == asked


def test_the_names_of_the_treden_are_those_of_the_delivered_ladder() -> None:
    """Else a letter would quietly fall back on the short text of the bijlage."""
    for step in LADDER.steps:
        assert texts.what_follows(step.number, step.name) is not None


def test_a_trede_of_the_same_number_and_another_name_has_no_standard_text() -> None:
    assert texts.what_follows(3, "Rood") is None
    assert texts.what_follows(7, "Actief toezicht") is None


@pytest.mark.parametrize(
    ("half_year", "name"),
    [
        ("2014-1", "ministerie van JenV"),
        ("2022-1", "ministerie van JenV"),
        ("2024-2", "ministerie van JenV"),
        ("2025-1", "ministerie van AenM"),
    ],
)
def test_the_ministry_that_announced_the_taakstelling(half_year: str, name: str) -> None:
    assert texts.ministry(half_year) == name


def test_a_path_that_is_no_single_text_is_an_error() -> None:
    with pytest.raises(LookupError):
        text("kern")
    with pytest.raises(KeyError):
        text("kern", "onbekend", "kern")
