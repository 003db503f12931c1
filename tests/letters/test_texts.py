"""The standard texts and the filling of their placeholders."""

import re

import pytest

from letters.looks.fonts import validate_printable
from letters.words import texts
from letters.words.case import Details
from letters.words.sentences import values_of
from letters.words.texts import Filler, kept_together, open_marks, text
from tests.letters.cases import DETAILS, a_case, the_dossier

EVERY_TEXT = dict(texts.every_text())


def test_a_placeholder_takes_its_value_also_within_brackets() -> None:
    fill = Filler({"trede": "3", "naam": "Actief toezicht"})
    assert fill("op trede ((trede)) (((naam)))") == "op trede\u00a03 (Actief toezicht)"


@pytest.mark.parametrize(
    ("written", "shown", "open"),
    [
        ("op ((tredde))", "op [onbekende invulplek: tredde]", "onbekende invulplek: tredde"),
        ("op ((trede nu", "op [invulplek zonder einde: trede nu]", "invulplek zonder einde: trede nu"),
        ("((trede)", "[invulplek zonder einde: trede])", "invulplek zonder einde: trede"),
    ],
)
def test_a_placeholder_that_no_letter_has_or_without_an_end_is_marked_where_it_stands(
    written: str, shown: str, open: str
) -> None:
    filled = Filler({"trede": "3"})(written)
    assert filled == shown
    assert open_marks([filled]) == (open,)


def test_a_placeholder_may_be_typed_with_capitals_and_spaces() -> None:
    assert Filler({"trede": "3"})("(( Trede ))") == "3"


def test_a_value_that_nobody_gave_is_an_open_mark_listed_once() -> None:
    filled = Filler({"termijn": None})("uiterlijk ((termijn)), dus ((termijn))")
    assert filled == (
        "uiterlijk [nog in te vullen: laatste dag van de termijn in het besluit], dus [nog in te vullen: laatste dag van de "
        "termijn in het besluit]"
    )
    assert open_marks([filled]) == ("laatste dag van de termijn in het besluit",)


@pytest.mark.parametrize("typed", ["((trede))", "((nergens))", "{{ trede }}", "{% now 'Y' %}", r"\1 \g<0>"])
def test_what_somebody_typed_is_never_a_template(typed: str) -> None:
    filled = Filler({"reden": typed, "trede": "3"})("omdat ((reden)).")
    assert filled == f"omdat {typed}."
    assert open_marks([filled]) == ()


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


def test_every_placeholder_has_a_name_for_people_and_every_value_a_placeholder() -> None:
    named = {path.removeprefix("invulplekken.") for path in EVERY_TEXT if path.startswith("invulplekken.")}
    values = values_of(the_dossier(), DETAILS)
    assert named <= values.keys()
    assert {name for name, value in values.items() if value is None} <= named


def test_every_value_that_can_be_open_has_an_open_mark() -> None:
    nothing = values_of(a_case(), Details(on=DETAILS.on))
    asked = {name for name, value in nothing.items() if value is None}
    of_the_head = {"postadres", "retouradres", "ondertekenaar"}
    assert {path.removeprefix("open.") for path in EVERY_TEXT if path.startswith("open.")} == asked | of_the_head


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


def test_who_types_an_open_mark_leaves_one() -> None:
    assert open_marks(["een zin met [nog in te vullen: de datum]"]) == ("de datum",)
