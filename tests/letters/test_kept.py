"""What a frozen letter says comes back from JSON as it went in."""

from __future__ import annotations

import json

import pytest

from letters.words.composing import compose
from letters.words.kept import kept, letter_kept_in
from tests.letters.cases import DOCUMENTED, SENDER, bijlage


@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_letter_comes_back_as_it_was(name: str) -> None:
    case, details = DOCUMENTED[name]
    content = compose(case=case, sender=SENDER, details=details)
    record = json.loads(json.dumps(kept(letter=content, bijlage=bijlage(), figures={})))
    assert letter_kept_in(record) == content


def test_what_a_later_version_has_besides_is_no_hindrance() -> None:
    case, details = DOCUMENTED["dossier"]
    content = compose(case=case, sender=SENDER, details=details)
    record = json.loads(json.dumps(kept(letter=content, bijlage=None, figures={})))
    record["letter"]["later"] = "x"
    assert letter_kept_in(record) == content


def test_anything_else_is_no_letter() -> None:
    record = json.loads(json.dumps(kept(letter=bijlage(), bijlage=None, figures={})))  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="is no letter"):
        letter_kept_in(record)
