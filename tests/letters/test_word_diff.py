"""Two versions of a text, and what differs between them."""

from __future__ import annotations

import time

import pytest
from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from letters.words.word_diff import Fate, Piece, word_diff


def told(before: str, after: str) -> str:
    """[-what went-] and {+what came+}."""
    signs = {Fate.SAME: "{}", Fate.GONE: "[-{}-]", Fate.NEW: "{{+{}+}}"}
    return "".join(signs[piece.fate].format(piece.text) for piece in word_diff(before, after))


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("", "", ""),
        ("Zelfde.", "Zelfde.", "Zelfde."),
        ("", "Nieuw", "{+Nieuw+}"),
        ("Oud", "", "[-Oud-]"),
        ("U stuurt ons een plan.", "U stuurt ons uw plan.", "U stuurt ons [-een-]{+uw+} plan."),
        ("Op ((plandatum)).", "Op ((peildatum)).", "Op [-((plandatum))-]{+((peildatum))+}."),
        ("Een zin.", "Een zin, langer.", "Een zin{+, langer+}."),
        ("één café", "een café", "[-één-]{+een+} café"),
    ],
)
def test_whole_words_differ(before: str, after: str, expected: str) -> None:
    assert told(before, after) == expected


SOME_TEXT = st.text(alphabet="ab ((gemeente))\n.", max_size=60) | st.text(max_size=60)


@given(before=SOME_TEXT, after=SOME_TEXT)
def test_both_texts_can_be_read_back(before: str, after: str) -> None:
    pieces = word_diff(before, after)
    assert "".join(piece.text for piece in pieces if not piece.is_new) == before
    assert "".join(piece.text for piece in pieces if not piece.is_gone) == after


def test_two_long_texts_that_repeat_themselves_take_no_seconds() -> None:
    begun = time.perf_counter()
    word_diff("a b " * 2500, "b c a " * 1600)
    assert time.perf_counter() - begun < 5


def test_what_is_shown_is_escaped_and_can_be_heard() -> None:
    page = render_to_string("components/word_diff.html", {"pieces": word_diff("<b>", "<i>")})
    assert "&lt;" in page
    assert "<b>" not in page
    assert "toegevoegd: </span>i" in page
    assert render_to_string("components/word_diff.html", {"pieces": (Piece(text="<"),)}).count("&lt;") == 1
