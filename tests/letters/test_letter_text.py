"""How words are put into the html of a letter."""

from __future__ import annotations

import pytest

from letters.templatetags.letter_text import LONGEST_IN_COLUMN, in_column


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("toezicht@provincie.example", "toezicht@provincie.example"),
        ("toezichthouder@provincie.example", "toezichthouder@\u200bprovincie.example"),
        ("<b>toezichthouder</b>@provincie.example", "&lt;b&gt;toezichthouder&lt;/b&gt;@\u200bprovincie.example"),
        ("030 000 00 00 en een lange toelichting", "030 000 00 00 en een lange toelichting"),
    ],
)
def test_a_long_address_goes_on_after_its_at(address: str, shown: str) -> None:
    assert in_column(address) == shown
    assert (len(address) > LONGEST_IN_COLUMN and "@" in address) == ("\u200b" in shown)
