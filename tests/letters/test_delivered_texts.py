"""The delivered texts in every letter that there can be: nothing stays open but what is asked for, and none is idle."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from letters.words.blocks import Block, Fact, When, facts_of, laid_over, place
from letters.words.case import Case, Told, figures_of, kern_case
from letters.words.composing import compose
from letters.words.kinds import kinds
from letters.words.texts import text
from tests.letters.cases import DETAILS, LADDER, SENDER, a_case, plain
from tests.letters.test_judgement import CASES

# What a form asks for where the words have it.
ASKED = {text("open", name) for name in ("termijn", "rechtsmiddel", "besluitdatum", "briefdatum", "briefnummer")}
ASKED |= {text("open", name) for name in ("maatregelendatum", "taakstelling_volgend", "briefsoort")}
COLLEGE = [slug for slug, kind in kinds().items() if kind.to == "college"]


def told(kind: str) -> Told:
    return Told(
        kind=kind,
        kind_name=kind.capitalize(),
        subject="Versnelde uitstroom",
        persons=460,
        by="gemeente Utrecht",
        on=date(2022, 7, 1),
        document="Brief",
    )


def the_cases() -> dict[str, Case]:
    """The thirteen, with and without a trede before; each trede; and each fact."""
    found: dict[str, Case] = {}
    for name, ((begin, asked, realisation), _, _) in CASES.items():
        for before in (None, 1, 2, 3):
            found[f"{name} van {before}"] = a_case(
                begin=begin, taakstelling=asked, realisation=realisation, before=before, following=50
            )
    for row in (1, 2, 3, 4):
        found[f"{row} op rij"] = a_case(
            begin=100, taakstelling=50, realisation=20, in_a_row=row, before=2 + row - 1, following=50
        )
    plain_case = a_case(begin=60, taakstelling=50, realisation=80, before=3, following=50)
    found["correctie"] = a_case(begin=60, computed=55, taakstelling=50, realisation=80, before=3)
    found["gewijzigd"] = a_case(begin=60, taakstelling=50, realisation=80, before=3, taakstelling_before=60)
    found["herverdeling"] = a_case(begin=60, taakstelling=50, realisation=80, before=3, swaps=[("Houten", 2)])
    found["eigen ladder"] = a_case(
        begin=60, taakstelling=50, realisation=80, before=3, policy=replace(LADDER, steps=_named("Anders"))
    )
    for kind in ("versnellingsactie", "extra verzoek", "opvang"):
        found[kind] = replace(plain_case, circumstances=(told(kind),))
    return found


def _named(name: str):
    return tuple(replace(step, name=f"{name} {step.number}") for step in LADDER.steps)


EVERY_CASE = the_cases()


def test_the_cases_are_all_thirteen() -> None:
    assert {kern_case(figures_of(case.opgave)) for case in EVERY_CASE.values()} == set(CASES)
    assert len(CASES) == 13


@pytest.mark.parametrize("kind", kinds())
def test_in_every_case_a_letter_of_every_kind_has_nothing_open_but_what_is_asked_for(kind: str) -> None:
    for name, case in EVERY_CASE.items():
        letter = compose(case=case, sender=SENDER, details=DETAILS, kind=kinds()[kind])
        assert set(letter.open_marks) <= ASKED, name
        assert letter.subject, name
        assert letter.sections, name


def test_every_delivered_block_stands_in_some_letter() -> None:
    for kind in kinds().values():
        seen = {each.block.slug for case in EVERY_CASE.values() for each in place(kind.blocks, case=case)}
        assert seen == {block.slug for block in kind.blocks}, kind.slug


@pytest.mark.parametrize("kind", COLLEGE)
def test_a_letter_to_the_college_says_what_follows_on_the_trede_once(kind: str) -> None:
    """One block of them on a trede, but for those that another kind of letter has."""
    blocks = kinds()[kind].blocks
    for name, case in EVERY_CASE.items():
        follows = [
            each.block.slug for each in place(blocks, case=case) if each.block.slug.startswith(("trede-", "vervolg"))
        ]
        assert len(follows) == 1, (name, follows)


# -- a block of the province's own for each fact -----------------------------------------------------------------

OF_FACT = {
    Fact.HERVERDELING: "herverdeling",
    Fact.VOORSPRONG: "voorsprong_groter van 1",
    Fact.NOT_MET: "groter van 2",
    Fact.EXTRA_VERZOEK: "extra verzoek",
    Fact.VERSNELLINGSACTIE: "versnellingsactie",
    Fact.OPVANG: "opvang",
    Fact.START_DIFFERS: "correctie",
    Fact.TAAKSTELLING_CHANGED: "gewijzigd",
    Fact.OWN_LADDER: "eigen ladder",
}
WORDS = {
    Fact.VERSNELLINGSACTIE: ("((versnellingsacties))", "Volgens gemeente Utrecht (1 juli 2022) gaat het bij"),
    Fact.EXTRA_VERZOEK: ("((extra_verzoeken))", "Volgens gemeente Utrecht (1 juli 2022) gaat het bij"),
    Fact.OPVANG: ("((opvang))", "Volgens gemeente Utrecht (1 juli 2022) gaat het bij"),
    Fact.HERVERDELING: ("Er is ((herverdeling)) herverdeeld.", "Er is +2 herverdeeld."),
    Fact.TAAKSTELLING_CHANGED: ("Eerst ((taakstelling_oud)).", "Eerst 60."),
    Fact.START_DIFFERS: ("((correctiezin))", "Het COA meldt voor 1 januari 2022"),
}


def test_each_fact_has_a_case() -> None:
    assert set(OF_FACT) == set(Fact)


@pytest.mark.parametrize("fact", Fact)
def test_an_own_block_for_a_fact_stands_in_that_letter_and_in_no_other(fact: Fact) -> None:
    words, says = WORDS.get(fact, ("Dit is ((gemeente)).", "Dit is Voorbeeldstad."))
    own = Block(
        slug="eigen", label="Eigen", position=7250, heading="Eigen kop", text=words, when=When(fact=fact), version=1
    )
    blocks = laid_over(kinds()["toezichtbrief"].blocks, [own])
    for name, case in EVERY_CASE.items():
        letter = compose(case=case, sender=SENDER, details=DETAILS, placed=place(blocks, case=case))
        sections = [section for section in letter.sections if section.heading == "Eigen kop"]
        assert bool(sections) == (fact in facts_of(case, blocks)), name
    case = EVERY_CASE[OF_FACT[fact]]
    letter = compose(case=case, sender=SENDER, details=DETAILS, placed=place(blocks, case=case))
    [section] = [section for section in letter.sections if section.heading == "Eigen kop"]
    [paragraph] = section.parts
    assert paragraph.kind == "paragraph"
    assert plain(paragraph.text).startswith(says)
    assert letter.open_marks == ()
