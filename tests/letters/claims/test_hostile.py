"""What people paste, and what somebody might try: nothing hides a number, moves it, or takes longer than its length."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from letters.claims import Kind, check, claims_in
from letters.claims.plain import plain
from tests.letters.claims.known import missed, of_the_dossier

FACTS = of_the_dossier()
LONG = 200_000


@pytest.mark.parametrize(
    "text",
    [
        "4\u00ad90",
        "4\u200b9\u200c0",
        "\u202e490\u202c",
        "\u200f490\u200e",
        "\ufeff490",
        "4\u20609\u20600",
        "４９０",
        "٤٩٠",
        "۴۹۰",
        "४९०",
        "𝟒𝟗𝟎",
        "4\u03019\u03020",
    ],
)
def test_a_number_is_read_through_what_cannot_be_seen(text: str) -> None:
    [claim] = claims_in(text)
    assert claim.value == 490


@pytest.mark.parametrize("space", ["\u00a0", "\u202f", "\u2009", "\u2007", "\t", "\n", "\r\n", "  "])
def test_every_space_is_a_space(space: str) -> None:
    text = f"1{space}juli{space}2022 en trede{space}3 en 82{space}procent"
    assert [claim.kind for claim in claims_in(text)] == [Kind.DATE, Kind.TREDE, Kind.NUMBER]


@pytest.mark.parametrize("dash", ["-", "\u2010", "\u2011", "\u2012", "\u2013", "\u2014", "\u2212"])
def test_every_dash_is_a_dash(dash: str) -> None:
    assert [claim.key for claim in claims_in(f"2022{dash}1")] == ["2022-1"]


@pytest.mark.parametrize("written", ["één", "e\u0301e\u0301n", "ÉÉN"])
def test_letters_with_their_accents_apart_are_the_same_letters(written: str) -> None:
    [claim] = claims_in(f"{written} persoon")
    assert claim.value == 1


def test_a_raised_figure_is_a_note_and_no_digit() -> None:
    assert [claim.value for claim in claims_in("490² vergunninghouders op 12 m²")] == [490, 12]


@pytest.mark.parametrize(
    "text",
    ["<b>490</b>", "{{ 490 }}", "{% if 490 %}", "<script>490</script>", "&#52;90 en 490", "'490'", "\x00490\x00"],
)
def test_markup_is_text(text: str) -> None:
    assert 490 in [claim.value for claim in claims_in(text)]


PIECES = st.sampled_from(
    [
        *(
            "490",
            "1.234",
            "82",
            "%",
            " procent",
            "personen",
            "zes",
            " tot ",
            "weken",
            "trede",
            "treden",
            " 3",
            ", ",
            " en ",
            "-",
            "/",
            ".",
        ),
        *(
            "1 juli",
            " 2022",
            "2022-1",
            "eerste helft van ",
            "artikel ",
            "lid ",
            "((",
            "))",
            "begin",
            "@",
            "x.nl",
            "+31",
            "06",
            ":",
        ),
        *(
            "Utrecht",
            "Bergen",
            " op ",
            "Zoom",
            "gemeente ",
            "uw achterstand",
            " van ",
            "schalen",
            " af",
            "\n",
            "\n\n",
            "\u00ad",
            "\u202e",
        ),
        *(
            "\u00a0",
            "e\u0301",
            "½",
            "²",
            "٤",
            "\x00",
            "*",
            "#",
            "'",
            "één ",
            "duizend ",
            "honderd ",
            "kwart",
            "een ",
            "ecli:",
            "www.",
        ),
    ]
)
TEXTS = st.text(max_size=300) | st.lists(PIECES, max_size=60).map("".join)


@given(text=TEXTS)
def test_a_claim_always_stands_where_it_says(text: str) -> None:
    claims = claims_in(text)
    for claim in claims:
        assert 0 <= claim.start < claim.end <= len(text)
        assert claim.written == text[claim.start : claim.end]
        assert claim.key
    assert [claim.start for claim in claims] == sorted(claim.start for claim in claims)


@given(text=TEXTS)
def test_figures_do_not_overlap(text: str) -> None:
    figures = [claim for claim in claims_in(text) if claim.kind not in (Kind.DIRECTION, Kind.STANDING, Kind.COURSE)]
    assert all(left.end <= right.start for left, right in pairwise(figures))


@settings(deadline=None)
@given(text=TEXTS)
def test_every_text_is_checked_to_whole_sentences(text: str) -> None:
    for finding in check(text, FACTS):
        assert finding.sentence.endswith(".")
        assert finding.is_missed == (finding.found == "")
        assert not (finding.found and finding.nearest)


@settings(deadline=None)
@given(text=TEXTS)
def test_a_text_that_stands_in_the_standard_text_has_nothing_to_answer(text: str) -> None:
    assert missed(text, FACTS, standard=text) == []


@given(text=st.text(max_size=200))
def test_reading_keeps_a_way_back_for_every_character(text: str) -> None:
    read = plain(text)
    assert len(read.text) == len(read.lower) == len(read.at)
    assert list(read.at) == sorted(set(read.at))


@given(before=st.text(alphabet=" abcxyz,.;\n", max_size=40), after=st.text(alphabet=" ,.;\n", max_size=40))
def test_a_number_is_a_claim_whatever_stands_around_it(before: str, after: str) -> None:
    assert 490 in [claim.value for claim in claims_in(f"{before} 490{after}")]


# -- as long as a text may be -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("piece", "claims"),
    [
        ("490 ", 1),
        ("In 2022-1 zijn 490 personen gehuisvest. ", 2),
        ("trede 3. ", 1),
        ("Op 1 juli 2022 was dat 82%.\n\n", 2),
        ("zes personen; ", 1),
    ],
)
def test_a_text_a_thousand_times_as_long_has_a_thousand_times_the_claims(piece: str, claims: int) -> None:
    times = 1_000
    assert len(check(piece * times, FACTS)) == claims * times


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "9",
            "1.234.",
            "a",
            "\u0301",
            "\n ",
            "((a",
            "a@b.",
            "www.",
            "ecli:a",
            "artikel 2, ",
            "kamerstukken ",
            "zes tot ",
        ),
        *("schalen ", "een achterstand van ", "achterstand is "),
    ],
)
def test_whatever_is_repeated_a_long_text_is_read_to_its_end(piece: str) -> None:
    """A pattern that goes back over the text again and again would not come to an end."""
    text = (piece * LONG)[:LONG]
    assert all(finding.claim.end <= LONG for finding in check(text, FACTS))
