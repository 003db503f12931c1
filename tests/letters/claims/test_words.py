"""Number words: each number below a thousand, and the words that only look like one."""

import pytest

from letters.claims.words import LONGEST, ORDINALS, number_word, part_word


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("nul", 0),
        ("één", 1),
        ("twee", 2),
        ("twaalf", 12),
        ("veertien", 14),
        ("twintig", 20),
        ("eenentwintig", 21),
        ("drieëndertig", 33),
        ("drieendertig", 33),
        ("zesenvijftig", 56),
        ("honderd", 100),
        ("honderdtwaalf", 112),
        ("honderdentwaalf", 112),
        ("tweehonderdzeven", 207),
        ("vierhonderdnegentig", 490),
        ("negenhonderdnegenennegentig", 999),
        ("duizend", 1000),
        ("twaalfhonderd", 1200),
        ("vijftigduizend", 50_000),
        ("negenhonderdnegenennegentigduizend", 999_000),
    ],
)
def test_a_number_word_is_its_number(word: str, number: int) -> None:
    assert number_word(word) == number


@pytest.mark.parametrize(
    "word", ["een", "", "keer", "zesde", "zessen", "eenhonderd", "tienhonderd", "honderden", "dertigs"]
)
def test_another_word_is_no_number(word: str) -> None:
    assert number_word(word) is None


def test_no_word_of_any_length_is_looked_at_for_long() -> None:
    assert number_word("zes" * LONGEST) is None


def test_every_number_below_a_thousand_has_its_word() -> None:
    below_ten = ("", *["een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen"])
    hundreds = ("", "honderd", *(f"{word}honderd" for word in below_ten[2:]))
    tens = {3: "dertig", 5: "vijftig", 9: "negentig"}
    for hundred, head in enumerate(hundreds):
        for ten, tail in tens.items():
            for unit, word in enumerate(below_ten):
                written = f"{head}{word}{'en' if word else ''}{tail}"
                assert number_word(written) == 100 * hundred + 10 * ten + unit


@pytest.mark.parametrize(
    ("word", "part"), [("derde", 3), ("zesde", 6), ("zesden", 6), ("kwart", 4), ("tweede", None), ("eerste", None)]
)
def test_a_part_is_at_most_a_third(word: str, part: int | None) -> None:
    assert part_word(word) == part


def test_the_ordinals_are_those_of_a_ladder() -> None:
    assert ORDINALS["eerste"] == 1
    assert ORDINALS["zesde"] == 6
