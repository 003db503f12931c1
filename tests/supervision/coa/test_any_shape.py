"""Tables put together at random from the field's words: what is taken is right, or something is asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.coa.problems import Level
from supervision.rules.opgave import Kind
from tests.supervision.coa.facts import Fact, expected, facts, figures_of, take
from tests.supervision.coa.making import Cell, Made, delimited, ods, xlsx

T, S, R = Kind.TAAKSTELLING, Kind.ACHTERSTAND, Kind.REALISATION


@dataclass(frozen=True)
class Part:
    """A column that a table may have, in the words that it may have above it."""

    words: tuple[str, ...]
    value: Callable[[Fact], Cell]
    kind: Kind | None = None
    is_balance: bool = False


def percentage(fact: Fact) -> Cell:
    return fact.share


NAME = Part(("Gemeente", "Gemeentenaam", "Naam gemeente", "Gem.", "GEMEENTE"), lambda fact: fact.name)
CODE = Part(("Gemeentecode", "CBS-code", "Code", "GM-code"), lambda fact: fact.number)
START = Part(
    (
        "Voor-/achterstand per 1-1-2022",
        "Saldo begin",
        "Beginstand",
        "Stand per 1 januari 2022",
        "Voorsprong/achterstand vorig halfjaar",
        "Saldo 2021-2",
    ),
    lambda fact: fact.start,
    S,
    is_balance=True,
)
ASKED = Part(
    (
        "Taakstelling",
        "Netto taakstelling",
        "Taakstelling 2022-1",
        "Taakstelling 2022-I",
        "Taakst.",
        "Huisvestingstaakstelling",
    ),
    lambda fact: fact.taakstelling,
    T,
)
WHOLE = Part(
    (
        "Totaalopgave",
        "Gecorrigeerde taakstelling",
        "Totale opgave",
        "Taakstelling incl. achterstand",
        "Totaal te realiseren",
    ),
    lambda fact: fact.totaalopgave,
)
DONE = Part(
    (
        "Realisatie",
        "Gerealiseerd",
        "Gehuisvest",
        "Realisatie t/m 30-6-2022",
        "Aantal gehuisvest",
        "Gehuisveste vergunninghouders",
    ),
    lambda fact: fact.realisatie,
    R,
)
REST = Part(("Nog te realiseren", "Nog te huisvesten", "Restant", "Resterende opgave"), lambda fact: fact.remaining)
END = Part(
    ("Voor-/achterstand per 1-7-2022", "Eindsaldo", "Stand per 1 juli 2022", "Nieuwe voor-/achterstand"),
    lambda fact: fact.remaining,
    is_balance=True,
)
SHARE = Part(("Percentage", "%", "Realisatie %", "Realisatie in procenten"), percentage)
LINKED = Part(("Gekoppeld", "Administratief gehuisvest", "Volgens gemeente gehuisvest"), lambda fact: 4)
PEOPLE = Part(("Inwoners", "Aantal inwoners"), lambda fact: fact.taakstelling * 997)
REMARK = Part(("Opmerkingen", "Toelichting", "Regio"), lambda fact: "geen")
FIGURES = (START, ASKED, WHOLE, DONE, REST, END, SHARE, LINKED, PEOPLE, REMARK)


def has_numbers(parts: list[Part]) -> bool:
    return parts != [REMARK]


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Fact], list[Part], Made]:
    """The facts, the columns and the sheet. A balance has one sign throughout a table."""
    told = facts(draw(st.sampled_from(["PV26", "PV20", "PV24", None])), seed=draw(st.integers(1, 50)))
    keys = draw(st.sampled_from([[NAME], [CODE], [CODE, NAME], [NAME, CODE]]))
    parts = draw(st.lists(st.sampled_from(FIGURES), min_size=1, max_size=8, unique=True).filter(has_numbers))
    parts = [*keys, *parts] if draw(st.booleans()) else draw(st.permutations([*keys, *parts]))
    sign = draw(st.sampled_from([1, -1]))

    def cell(part: Part, fact: Fact) -> Cell:
        value = part.value(fact)
        return value * sign if part.is_balance else value  # type: ignore[operator]

    header = [draw(st.sampled_from(part.words)) for part in parts]
    titles = draw(
        st.lists(
            st.sampled_from([["Overzicht huisvesting"], [], ["Stand per 1 juli 2022"], ["COA", "2022-1"]]), max_size=3
        )
    )
    lead = [None] * draw(st.integers(0, 2))
    rows = [[cell(part, fact) for part in parts] for fact in told]
    total = [None if part in (CODE, REMARK) else "Totaal" if part is NAME else 1 for part in parts]
    body = [[*lead, *row] for row in (header, *rows, *([total] if NAME in parts and draw(st.booleans()) else []))]
    return told, parts, Made([*titles, *body])


@settings(max_examples=150, deadline=None)
@given(tables(), st.sampled_from([xlsx, ods, delimited]), st.booleans())
def test_what_is_taken_is_right_and_what_is_open_is_asked(made, make, with_register):
    told, parts, sheet = made
    proposal, extracted = take(make(sheet), with_register=with_register)
    kinds = [part.kind for part in parts if part.kind]
    taken = {kind for row in extracted.rows for kind in row.figures}
    if not proposal.asked:
        assert not [problem for problem in extracted.problems if problem.level is Level.ERROR]
        assert taken == set(kinds)
        assert figures_of(extracted) == expected(told, *kinds) or not kinds
        return
    # What was asked is open; the rest is right all the same.
    open_keys = {question.key for question in proposal.asked}
    for kind in taken - ({S} if "achterstand_sign" in open_keys else set()):
        assert {row.code: row.figures[kind].persons for row in extracted.rows} == {
            code: told[kind] for code, told in expected(told, kind).items()
        }
