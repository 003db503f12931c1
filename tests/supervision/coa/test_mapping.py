"""What is kept of a layout, and what comes back from a form or a database."""

import json
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from supervision.coa import layout, workbook
from supervision.coa.extract import extract
from supervision.coa.mapping import BadMapping, Column, Counting, Indicator, Mapping, fingerprint
from supervision.coa.meaning import Meaning
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.supervision.coa.country import register
from tests.supervision.coa.facts import PEILDATUM, PERIOD, facts, figures_of, take
from tests.supervision.coa.making import wide, xlsx

FACTS = facts()
HEADERS = [
    "Gemeente",
    "Voor-/achterstand per 1-1-2022",
    "Taakstelling 2022-1",
    "Gerealiseerd t/m 30-6-2022",
    "Nog te realiseren",
]
NEXT = [
    "GEMEENTE",
    "Voor- /\nachterstand per 1 juli 2022",
    "Taakstelling  2022-II",
    "Gerealiseerd t/m 31-12-2022",
    "Nog te realiseren",
]


def rows(header=HEADERS):
    return wide(header, [[f.name, -f.start, f.taakstelling, f.realisatie, f.remaining] for f in FACTS])


texts = st.text(max_size=20)
columns = st.builds(
    Column,
    index=st.integers(0, 999),
    header=texts,
    meaning=st.sampled_from(Meaning),
    sign=st.sampled_from([1, -1]),
    as_of=st.none() | st.dates(),
)
mappings = st.builds(
    lambda first, length, **fields: Mapping(header_first=first, header_last=first + length - 1, **fields),
    first=st.integers(0, 50),
    length=st.integers(0, 4),
    sheet=texts,
    columns=st.lists(columns, max_size=6, unique_by=lambda column: column.index).map(tuple),
    counting=st.sampled_from(Counting),
    counts_from_january=st.booleans(),
    indicators=st.lists(st.builds(Indicator, text=texts, meaning=st.sampled_from(Meaning)), max_size=3).map(tuple),
)


@given(mappings)
def test_a_mapping_comes_back_as_it_was(mapping):
    assert Mapping.from_json(mapping.to_json()) == mapping
    assert Mapping.from_json(json.dumps(mapping.to_json())) == mapping


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*Mapping.__dataclass_fields__, "version", "header", "index"]), inner, max_size=5
        )
    ),
    max_leaves=8,
)


@settings(max_examples=200)
@given(json_values)
def test_anything_else_is_refused_in_words(told):
    with pytest.raises(BadMapping, match="Kies het bestand opnieuw"):
        Mapping.from_json(told)


@pytest.mark.parametrize(
    "change",
    [
        {"version": 2},
        {"header": [5, 2]},
        {"header": [-1, 0]},
        {"counting": "soms"},
        {"sheet": 7},
        {"sheet": "x" * 501},
        {"columns": [{"index": 0, "header": "", "meaning": "salaris", "sign": 1, "as_of": None}]},
        {"columns": [{"index": 0, "header": "", "meaning": "code", "sign": 0, "as_of": None}]},
        {"columns": [{"index": -1, "header": "", "meaning": "code", "sign": 1, "as_of": None}]},
        {"columns": [{"index": 0, "header": "", "meaning": "code", "sign": 1, "as_of": "gisteren"}]},
        {"columns": [{"index": True, "header": "", "meaning": "code", "sign": 1, "as_of": None}]},
        {"columns": [{"index": 1, "header": "", "meaning": "code", "sign": 1, "as_of": None}] * 2},
    ],
)
def test_a_mapping_that_was_tampered_with_is_refused(change):
    told = take(xlsx(rows()))[0].mapping.to_json()
    with pytest.raises(BadMapping):
        Mapping.from_json({**told, **change})


# Fingerprints.


def test_the_fingerprint_of_the_next_half_year_is_the_same():
    assert fingerprint(HEADERS) == fingerprint(NEXT)
    assert take(xlsx(rows()))[0].fingerprint == fingerprint(HEADERS)


def test_a_month_more_makes_no_other_layout():
    assert fingerprint(["Gemeente", "jan", "feb"]) == fingerprint(["Gemeente", "jan", "feb", "mrt"])
    assert fingerprint(["Gemeente", "t/m 1-2-2022"]) == fingerprint(["Gemeente", "t/m 1-2-2022", "t/m 1-3-2022"])


@pytest.mark.parametrize(
    "other",
    [
        HEADERS[:-1],
        [*HEADERS, "Percentage"],
        [HEADERS[0], HEADERS[2], HEADERS[1], *HEADERS[3:]],
        ["Naam", *HEADERS[1:]],
    ],
)
def test_other_columns_are_another_layout(other):
    assert fingerprint(other) != fingerprint(HEADERS)


def test_without_headers_there_is_no_fingerprint():
    assert fingerprint([]) == fingerprint(["", ""]) == ""


# Profiles.


def proposed(content, *, profile=None, period=PERIOD, as_of=PEILDATUM, **choices):
    answers = {key.replace("column_", "column:"): value for key, value in choices.items()}
    read = workbook.read("x.xlsx", content)
    return read, layout.propose(read, period=period, as_of=as_of, profile=profile, register=register(), choices=answers)


def test_what_was_answered_once_is_not_asked_again():
    content = xlsx(
        wide(
            ["Gemeente", "Opgave 2022-1", "Saldo begin", "Gehuisvest"],
            [[f.name, f.taakstelling, -f.start, f.realisatie] for f in FACTS],
        )
    )
    _, first = proposed(content)
    assert [question.key for question in first.asked] == ["column:B", "achterstand_sign"]
    _, answered = proposed(content, column_B="taakstelling", achterstand_sign="negatief")
    assert answered.asked == ()
    kept = Mapping.from_json(answered.mapping.to_json())
    following = xlsx(
        wide(
            ["GEMEENTE", "Opgave 2022-II", "Saldo begin", "Gehuisvest"],
            [[f.name, f.taakstelling, -f.start, f.realisatie] for f in FACTS],
        )
    )
    read, second = proposed(following, profile=kept, period=Period(2022, 2), as_of=date(2023, 1, 1))
    assert second.asked == ()
    assert second.follows_profile
    extracted = extract(read, second.mapping, period=Period(2022, 2), as_of=date(2023, 1, 1), register=register())
    assert extracted.totals == {
        Kind.TAAKSTELLING: sum(f.taakstelling for f in FACTS),
        Kind.ACHTERSTAND: sum(f.start for f in FACTS),
        Kind.REALISATION: sum(f.realisatie for f in FACTS),
    }


def test_a_column_that_was_set_aside_stays_aside():
    content = xlsx(
        wide(
            ["Gemeente", "Taakstelling", "Realisatie", "Huisvesting"],
            [[f.name, f.taakstelling, f.realisatie, 7] for f in FACTS],
        )
    )
    _, answered = proposed(content, column_D="negeren")
    _, again = proposed(content, profile=answered.mapping)
    assert again.asked == ()
    assert [column.meaning for column in again.mapping.columns][2:] == [Meaning.REALISATIE, Meaning.IGNORED]


def test_of_half_years_side_by_side_a_profile_takes_the_chosen_one_anew():
    def sheet(first, second):
        return xlsx(
            wide(["Gemeente", f"Opgave {first}", f"Opgave {second}"], [[f.name, 1, f.taakstelling] for f in FACTS])
        )

    _, answered = proposed(sheet("2021-2", "2022-1"), column_C="taakstelling")
    _, again = proposed(
        sheet("2022-1", "2022-2"), profile=answered.mapping, period=Period(2022, 2), as_of=date(2023, 1, 1)
    )
    assert again.asked == ()
    assert [column.meaning for column in again.mapping.columns] == [
        Meaning.MUNICIPALITY,
        Meaning.IGNORED,
        Meaning.TAAKSTELLING,
    ]


def test_a_profile_whose_sign_the_sums_contradict_gives_way():
    content = xlsx(rows())
    _, right = proposed(content)
    wrong = replace(right.mapping, columns=tuple(replace(column, sign=1) for column in right.mapping.columns))
    _, again = proposed(content, profile=wrong)
    assert again.mapping.first(Meaning.ACHTERSTAND_START).sign == -1
    assert any("andersom" in remark for remark in again.remarks)


def test_a_profile_of_another_layout_is_not_followed():
    _, other = proposed(xlsx(wide(["Gemeente", "Realisatie"], [[f.name, 1] for f in FACTS])))
    _, proposal = proposed(xlsx(rows()), profile=other.mapping)
    assert not proposal.follows_profile


# By hand.


def test_a_column_may_be_changed_by_hand():
    content = xlsx(rows())
    read, proposal = proposed(content)
    changed = proposal.mapping.with_column(3, meaning=Meaning.IGNORED)
    extracted = extract(read, changed, period=PERIOD, as_of=PEILDATUM, register=register())
    assert set(extracted.totals) == {Kind.TAAKSTELLING, Kind.ACHTERSTAND}


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (lambda mapping: replace(mapping, sheet="Blad9"), "heeft geen blad “Blad9”"),
        (lambda mapping: mapping.with_column(0, meaning=Meaning.IGNORED), "Kies in welke kolom de gemeente"),
        (lambda mapping: mapping.with_column(4, meaning=Meaning.TAAKSTELLING), "Kies één kolom als taakstelling"),
        (
            lambda mapping: mapping.with_column(4, meaning=Meaning.ACHTERSTAND_START, sign=-1),
            "Kies één kolom als voor- of achterstand",
        ),
        (lambda mapping: mapping.with_column(4, meaning=Meaning.REALISATIE), "Geen kolom is de realisatie tot"),
        (lambda mapping: replace(mapping, columns=mapping.columns[:1]), "In geen kolom is een taakstelling"),
    ],
)
def test_a_mapping_that_does_not_say_enough_is_refused_in_words(change, sentence):
    read, proposal = proposed(xlsx(rows()))
    with pytest.raises(BadMapping, match=sentence):
        extract(read, change(proposal.mapping), period=PERIOD, as_of=PEILDATUM, register=register())


def test_a_mapping_may_point_outside_the_sheet():
    read, proposal = proposed(xlsx(rows()))
    far = replace(proposal.mapping, header_first=5000, header_last=5001)
    extracted = extract(read, far, period=PERIOD, as_of=PEILDATUM, register=register())
    assert [problem.kind.value for problem in extracted.problems] == ["no_rows"]
    wide_apart = replace(
        proposal.mapping,
        columns=(proposal.mapping.columns[0], Column(index=900, header="", meaning=Meaning.TAAKSTELLING)),
    )
    extracted = extract(read, wide_apart, period=PERIOD, as_of=PEILDATUM, register=register())
    assert extracted.rows == ()


def test_the_same_choices_give_the_same_proposal():
    content = xlsx(rows())
    assert proposed(content)[1] == proposed(content)[1]
    assert figures_of(take(content)[1]) == figures_of(take(content)[1])


def test_choices_that_mean_nothing_are_not_heard():
    content = xlsx(rows())
    _, proposal = proposed(content)
    _, other = proposed(
        content,
        column_B="salaris",
        header="x",
        sheet="nergens",
        achterstand_sign="misschien",
        telling="?",
        column_ZZ="code",
    )
    assert other == proposal
