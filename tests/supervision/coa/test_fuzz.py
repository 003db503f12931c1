"""A few hundred mutated workbooks in each run; `python -m tests.supervision.coa.fuzz 10000` throws as many as one likes."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.coa import layout, workbook
from supervision.coa.extract import extract
from supervision.coa.mapping import BadMapping
from supervision.coa.refusal import Refused
from tests.supervision.coa import fuzz
from tests.supervision.coa.country import register
from tests.supervision.coa.facts import PEILDATUM, PERIOD, facts
from tests.supervision.coa.making import Formula, delimited, ods, xlsx


@pytest.mark.parametrize("seed", range(4))
def test_mutated_workbooks_are_read_or_refused(seed, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    outcomes = fuzz.run(60, seed=seed)
    assert outcomes["read"] > 5
    assert outcomes["Unreadable"] > 5


@settings(max_examples=200, deadline=None)
@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"PK\x03\x04", b"\xff\xfe", b"\xef\xbb\xbf", b"Gemeente;Taakstelling\r\n"]),
)
def test_random_bytes_are_read_or_refused(content, start):
    fuzz.import_all(start + content, "x")


cells = st.one_of(
    st.none(),
    st.integers(-200, 1000),
    st.floats(allow_nan=False, allow_infinity=False, width=16),
    st.booleans(),
    st.dates(date(1901, 1, 1), date(2100, 1, 1)),
    st.sampled_from([fact.name for fact in facts()]),
    st.sampled_from(
        [
            "Totaal",
            "Utrecht",
            "Bergen",
            "n.v.t.",
            "12,5",
            "1.234",
            "−3",
            "88%",
            "#REF!",
            "0344",
            "GM0344",
            "jan",
            "2022-1",
            "1-7-2022",
        ]
    ),
    st.sampled_from(
        [
            "Gemeente",
            "Taakstelling",
            "Realisatie",
            "Saldo",
            "Totaalopgave",
            "Peildatum",
            "Provincie",
            "Code",
            "Indicator",
            "Waarde",
            "Opgave",
        ]
    ),
    st.text(max_size=8),
)
tables = st.lists(st.lists(cells, min_size=1, max_size=7), min_size=1, max_size=9)


@settings(max_examples=250, deadline=None)
@given(tables, st.sampled_from([PERIOD, None]), st.sampled_from([PEILDATUM, None]), st.sampled_from(["PV26", None]))
def test_any_table_is_proposed_and_extracted_or_refused(rows, period, as_of, province):
    """No table is too odd: there is a proposal with questions, or a sentence."""
    content = delimited([[str(cell) if isinstance(cell, Formula) else cell for cell in row] for row in rows])
    try:
        read = workbook.read("x.csv", content)
        proposal = layout.propose(read, period=period, as_of=as_of, register=register(), province=province)
        answers = {question.key: question.choices[-1].value for question in proposal.asked if question.choices}
        answered = layout.propose(
            read, period=period, as_of=as_of, register=register(), province=province, choices=answers
        )
        extracted = extract(
            read,
            answered.mapping,
            period=answered.period or PERIOD,
            as_of=answered.as_of or PEILDATUM,
            register=register(),
            province=province,
        )
    except (Refused, BadMapping):
        return
    for row in extracted.rows:
        assert row.figures
        assert all(figure.cells for figure in row.figures.values())
    assert len({row.code for row in extracted.rows}) == len(extracted.rows)


@settings(max_examples=60, deadline=None)
@given(tables)
def test_each_kind_of_file_gives_the_same_import(rows):
    rows = [[None if isinstance(cell, float | str) and cell == "" else cell for cell in row] for row in rows]
    given = [[cell if not isinstance(cell, str) or cell.isprintable() else "x" for cell in row] for row in rows]
    outcomes = [fuzz.import_all(make(given), "x") for make in (xlsx, ods)]
    assert outcomes[0] == outcomes[1] or any(not any(row) for row in given)
