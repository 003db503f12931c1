"""Rows and problems: every fault with its cell and kind, all at once."""

from datetime import date

import pytest

from supervision.coa import layout, workbook
from supervision.coa.extract import Expected, extract
from supervision.coa.problems import Level, ProblemKind, Reason
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.supervision.coa.country import register
from tests.supervision.coa.facts import PEILDATUM, PERIOD, facts, figures_of, take
from tests.supervision.coa.making import Error, Formula, delimited, ods, wide, xls, xlsx

FACTS = facts()
HEADER = ["Gemeente", "Taakstelling", "Realisatie"]
NAMES = [fact.name for fact in FACTS]


def with_rows(*rows, header=HEADER, make=xlsx):
    """The province with these rows in the place of its first ones, from row 2 on."""
    others = [[fact.name, *[fact.taakstelling, fact.realisatie][: len(header) - 1]] for fact in FACTS[len(rows) :]]
    return make(wide(header, [*rows, *others]))


def found(content, **options):
    return {(problem.cell, problem.kind) for problem in take(content, **options)[1].problems}


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, ProblemKind.EMPTY),
        ("n.n.b.", ProblemKind.NOT_A_NUMBER),
        ("-", ProblemKind.NOT_A_NUMBER),
        ("12 14", ProblemKind.NOT_A_NUMBER),
        (date(2022, 6, 16), ProblemKind.NOT_A_NUMBER),
        (True, ProblemKind.NOT_A_NUMBER),
        (12.5, ProblemKind.NOT_WHOLE),
        ("12,5", ProblemKind.NOT_WHOLE),
        ("1,234", ProblemKind.NOT_WHOLE),
        (-3, ProblemKind.NEGATIVE),
        (100_000, ProblemKind.TOO_LARGE),
        (Error("#REF!"), ProblemKind.ERROR_VALUE),
        (Formula("3+5"), ProblemKind.FORMULA_WITHOUT_VALUE),
        ("=3+5", ProblemKind.NOT_A_NUMBER),
    ],
)
def test_a_fault_in_a_cell_leaves_out_its_row_and_no_other(value, kind):
    content = with_rows([NAMES[0], 10, 10], [NAMES[1], 10, value])
    _, extracted = take(content)
    assert [(problem.cell, problem.kind, problem.level, problem.code) for problem in extracted.problems] == [
        ("C3", kind, Level.ERROR, FACTS[1].code)
    ]
    assert figures_of(extracted).keys() == {fact.code for fact in FACTS} - {FACTS[1].code}


@pytest.mark.parametrize("make", [ods, xls])
def test_the_same_faults_in_other_files(make):
    content = with_rows(
        [NAMES[0], 10, Error("#REF!")],
        [NAMES[1], 10, Formula("3+5")],
        [NAMES[2], 10, None],
        [NAMES[3], 10, 12.5],
        make=make,
    )
    assert found(content) == {
        ("C2", ProblemKind.ERROR_VALUE),
        ("C3", ProblemKind.FORMULA_WITHOUT_VALUE),
        ("C4", ProblemKind.EMPTY),
        ("C5", ProblemKind.NOT_WHOLE),
    }


def test_errors_in_a_text_file_are_errors_in_both_languages():
    content = with_rows([NAMES[0], 10, "#VERW!"], [NAMES[1], 10, "#DIV/0!"], [NAMES[2], "#N/B", 3], make=delimited)
    assert found(content) == {(cell, ProblemKind.ERROR_VALUE) for cell in ("C2", "C3", "B4")}


def test_zero_is_not_empty():
    _, extracted = take(with_rows([NAMES[0], 0, 0]))
    assert figures_of(extracted)[FACTS[0].code] == {Kind.TAAKSTELLING: 0, Kind.REALISATION: 0}


def test_two_faults_in_a_row_are_both_told():
    assert found(with_rows([NAMES[0], "x", None])) == {("B2", ProblemKind.NOT_A_NUMBER), ("C2", ProblemKind.EMPTY)}


# Municipalities.


def test_unknown_ambiguous_and_missing_municipalities():
    content = with_rows(["Nieuw-Vechten", 14, 9], ["Bergen", 17, 12], [None, 3, 4], ["0999", 1, 1])
    assert found(content) == {
        ("A2", ProblemKind.UNKNOWN_MUNICIPALITY),
        ("A3", ProblemKind.AMBIGUOUS_MUNICIPALITY),
        ("A4", ProblemKind.EMPTY),
        ("A5", ProblemKind.UNKNOWN_MUNICIPALITY),
    }


def test_a_municipality_that_is_there_twice_is_not_taken_at_all():
    content = with_rows([NAMES[1], 1, 2], [NAMES[1], 3, 4], [NAMES[1], 5, 6])
    _, extracted = take(content)
    assert [(problem.cell, problem.kind) for problem in extracted.problems] == [
        ("A3", ProblemKind.DUPLICATE_MUNICIPALITY),
        ("A4", ProblemKind.DUPLICATE_MUNICIPALITY),
    ]
    assert "staat ook in A2" in extracted.problems[0].message
    assert FACTS[1].code not in figures_of(extracted)


def test_two_writings_of_one_municipality_are_twice_the_same():
    assert found(with_rows(["Bilt, De", 1, 2], ["Gemeente De Bilt", 3, 4], [310, 5, 6])) >= {
        ("A3", ProblemKind.DUPLICATE_MUNICIPALITY)
    }


def coded(*rows):
    others = [[fact.number, fact.name, fact.taakstelling] for fact in FACTS[len(rows) :]]
    return xlsx(wide(["Code", "Gemeente", "Taakstelling"], [*rows, *others]))


def test_code_and_name_that_contradict_each_other():
    _, extracted = take(coded([344, "Zeist", 10]))
    (problem,) = extracted.problems
    assert (problem.cell, problem.kind) == ("A2", ProblemKind.CODE_AND_NAME_DIFFER)
    assert (
        problem.message
        == "Code en naam spreken elkaar tegen: 344 is Utrecht, maar er staat “Zeist” (GM0355). Verbeter een van beide."
    )


@pytest.mark.parametrize("name", ["Sudwest Frysl.", "onbekend", None, "Bergen"])
def test_the_code_decides_where_the_name_tells_nothing_else(name):
    _, extracted = take(coded([1900, name, 10]))
    assert extracted.problems == ()
    assert figures_of(extracted)["GM1900"] == {Kind.TAAKSTELLING: 10}


def test_the_name_decides_where_there_is_no_code():
    _, extracted = take(coded([None, "Amersfoort", 10]))
    assert extracted.problems == ()
    assert figures_of(extracted)["GM0307"] == {Kind.TAAKSTELLING: 10}


def test_an_unknown_code_is_an_error_even_with_a_name():
    _, extracted = take(coded([9999, "Amersfoort", 10]))
    (problem,) = extracted.problems
    assert (problem.cell, problem.kind) == ("A2", ProblemKind.UNKNOWN_MUNICIPALITY)
    assert problem.message.endswith("Volgens de naam is het Amersfoort.")


def test_code_and_name_in_one_cell_may_contradict_each_other_too():
    assert found(with_rows(["344 Zeist", 1, 2])) == {("A2", ProblemKind.CODE_AND_NAME_DIFFER)}


def test_a_municipality_that_ended_within_the_half_year_is_taken_and_told():
    content = with_rows(["Weesp", 12, 17])
    _, extracted = take(content)
    assert [(problem.cell, problem.kind, problem.level) for problem in extracted.problems] == [
        ("A2", ProblemKind.MUNICIPALITY_ENDED, Level.WARNING)
    ]
    assert "24\u00a0maart 2022" in extracted.problems[0].message
    assert figures_of(extracted)["GM0457"] == {Kind.TAAKSTELLING: 12, Kind.REALISATION: 17}


def test_a_municipality_that_ended_on_the_peildatum_was_there_all_the_half_year():
    content = with_rows(["Brielle", 5, 5])
    assert found(content, period=Period(2022, 2), as_of=date(2023, 1, 1)) == set()


def test_one_that_began_on_the_peildatum_was_not_there():
    content = with_rows(["Voorne aan Zee", 5, 5])
    assert found(content, period=Period(2022, 2), as_of=date(2023, 1, 1)) == {("A2", ProblemKind.UNKNOWN_MUNICIPALITY)}


def test_after_a_hundred_unknown_names_it_says_that_the_column_is_wrong():
    rows = [[f"Onbekend {number}", 1, 2] for number in range(300)]
    _, extracted = take(xlsx(wide(HEADER, rows)))
    assert extracted.problems[-1].kind is ProblemKind.TOO_MANY_UNKNOWN
    assert len(extracted.problems) == 101


def test_of_a_thousand_faults_nothing_is_taken():
    rows = [[fact.name, "x", "y"] for fact in facts(None)] * 2
    _, extracted = take(xlsx(wide(HEADER, [*rows, ["Utrecht", 1, 1]])))
    assert len(extracted.problems) == 1000
    assert any(problem.kind is ProblemKind.TOO_MANY_PROBLEMS for problem in extracted.problems)
    assert extracted.rows == ()


def test_an_unknown_name_under_another_province_is_left_out_with_it():
    rows = [
        ["Limburg", "Bergen", 1],
        ["Limburg", "Nergenshuizen", 1],
        *(["Utrecht", fact.name, fact.taakstelling] for fact in FACTS),
    ]
    _, extracted = take(xlsx(wide(["Provincie", "Gemeente", "Taakstelling"], rows)), province="PV26")
    assert extracted.problems == ()
    assert extracted.left_out_counts == {Reason.OTHER_PROVINCE: 2}


def test_faults_of_other_provinces_are_not_ours():
    _, extracted = take(with_rows(["Amsterdam", "x", None]), province="PV26")
    assert extracted.problems == ()


def test_a_name_that_was_forgotten_is_an_error_though_the_province_is_there():
    rows = [["Utrecht", fact.name if number != 3 else None, fact.taakstelling] for number, fact in enumerate(FACTS)]
    assert found(xlsx(wide(["Provincie", "Gemeente", "Taakstelling"], rows))) == {("B5", ProblemKind.EMPTY)}


def test_two_rows_utrecht_of_which_neither_is_the_sum_are_one_too_many():
    _, extracted = take(
        xlsx([HEADER, *([fact.name, fact.taakstelling, fact.realisatie] for fact in FACTS), ["Utrecht", 5, 5]])
    )
    assert [problem.kind for problem in extracted.problems] == [ProblemKind.DUPLICATE_MUNICIPALITY]


# Figures of more than one cell.


def test_a_sum_of_months_knows_all_its_cells():
    rows = [[fact.name, *fact.months] for fact in FACTS]
    _, extracted = take(xlsx(wide(["Gemeente", "jan", "feb", "mrt", "apr", "mei", "jun"], rows)))
    figure = extracted.rows[0].figures[Kind.REALISATION]
    assert (figure.persons, figure.cell, len(figure.cells)) == (FACTS[0].realisatie, "B2:G2", 6)


def test_a_month_may_be_corrected_below_zero_and_their_sum_may_not():
    rows = [[fact.name, *fact.months] for fact in FACTS]
    rows[0][1:] = [5, -2, 0, 0, 0, 1]
    rows[1][1:] = [1, -9, 0, 0, 0, 1]
    _, extracted = take(xlsx(wide(["Gemeente", "jan", "feb", "mrt", "apr", "mei", "jun"], rows)))
    assert [(problem.cell, problem.kind, problem.level) for problem in extracted.problems] == [
        ("C2", ProblemKind.NEGATIVE, Level.WARNING),
        ("G3", ProblemKind.NEGATIVE, Level.ERROR),
    ]
    assert figures_of(extracted)[FACTS[0].code] == {Kind.REALISATION: 4}


def test_an_empty_month_is_not_zero():
    rows = [[fact.name, *fact.months] for fact in FACTS]
    rows[0][3] = None
    assert found(xlsx(wide(["Gemeente", "jan", "feb", "mrt", "apr", "mei", "jun"], rows))) == {
        ("D2", ProblemKind.EMPTY)
    }


# Dates.


def test_rows_without_a_day_are_told():
    rows = [[fact.name, PEILDATUM, fact.realisatie] for fact in FACTS]
    rows[0][1], rows[1][1] = None, "binnenkort"
    assert found(xlsx(wide(["Gemeente", "Peildatum", "Realisatie"], rows))) == {
        ("B2", ProblemKind.EMPTY),
        ("B3", ProblemKind.NOT_A_DATE),
    }


def test_a_day_that_no_row_has_is_told():
    read = workbook.read(
        "x", xlsx(wide(["Gemeente", "Peildatum", "Realisatie"], [[fact.name, PEILDATUM, 1] for fact in FACTS]))
    )
    mapping = layout.propose(read, period=PERIOD, as_of=PEILDATUM, register=register()).mapping
    extracted = extract(read, mapping, period=PERIOD, as_of=date(2022, 5, 1), register=register())
    assert [problem.kind for problem in extracted.problems] == [ProblemKind.NO_ROWS]
    assert (
        extracted.problems[0].message
        == "Geen enkele rij heeft de peildatum 1\u00a0mei 2022. Kies een andere peildatum."
    )
    assert extracted.left_out_counts == {Reason.OTHER_DATE: 26}


# What is hard to believe.


def doubted(rows, header, **expected):
    content = xlsx(wide(header, rows))
    read = workbook.read("x", content)
    mapping = layout.propose(
        read, period=PERIOD, as_of=PEILDATUM, register=register(), choices={"achterstand_sign": "positief"}
    ).mapping
    extracted = extract(
        read,
        mapping,
        period=PERIOD,
        as_of=PEILDATUM,
        register=register(),
        expected={"GM0344": Expected(**expected)} if expected else {},
    )
    assert all(problem.level is Level.WARNING for problem in extracted.problems)
    assert figures_of(extracted)
    return {(problem.cell, problem.kind) for problem in extracted.problems}


FULL = ["Gemeente", "Achterstand begin", "Taakstelling", "Realisatie"]
DOUBT = ProblemKind.IMPLAUSIBLE


@pytest.mark.parametrize(
    ("start", "asked", "realised", "is_doubted"),
    [
        (10, 20, 60, False),
        (10, 20, 61, True),
        (-10, 20, 21, True),
        (-10, 20, 20, False),
        (-40, 20, 5, False),
        (0, 0, 5, False),
        (0, 0, 31, True),
    ],
)
def test_a_realisatie_above_twice_the_totaalopgave(start, asked, realised, is_doubted):
    assert doubted([["Utrecht", start, asked, realised]], FULL) == ({("D2", DOUBT)} if is_doubted else set())


@pytest.mark.parametrize(
    ("asked", "realised", "is_doubted"), [(14, 31, False), (38, 76, False), (90, 600, True), (14, 100, True)]
)
def test_without_the_achterstand_only_many_times_the_taakstelling(asked, realised, is_doubted):
    assert doubted([["Utrecht", asked, realised]], HEADER) == ({("C2", DOUBT)} if is_doubted else set())


def test_the_achterstand_that_is_known_counts_where_the_file_has_none():
    assert doubted([["Utrecht", 14, 31]], HEADER, achterstand_start=0) == {("C2", DOUBT)}
    assert doubted([["Utrecht", 14, 31]], HEADER, achterstand_start=5) == set()
    assert doubted([["Utrecht", 31]], ["Gemeente", "Realisatie"], totaalopgave=15) == {("B2", DOUBT)}


@pytest.mark.parametrize(
    ("asked", "share", "is_doubted"),
    [
        (203, 200, False),
        (203, 180, True),
        (203, 230, True),
        (3, 4, False),
        (3, 5, True),
        (0, 25, False),
        (203, None, False),
    ],
)
def test_a_taakstelling_far_from_its_statutory_share(asked, share, is_doubted):
    assert doubted([["Utrecht", asked]], HEADER[:2], taakstelling_share=share) == (
        {("B2", DOUBT)} if is_doubted else set()
    )


def test_an_achterstand_other_than_the_computed_one():
    assert doubted([["Utrecht", 171, 203, 168]], FULL, achterstand_start=171) == set()
    assert doubted([["Utrecht", 171, 203, 168]], FULL, achterstand_start=170) == {("B2", DOUBT)}


# Sums within a row.

CHECKED = ["Gemeente", "Achterstand begin", "Taakstelling", "Totaalopgave", "Realisatie", "Nog te realiseren"]


def checked(**changes):
    rows = []
    for fact in FACTS:
        opgave, rest = changes.get(fact.code, (0, 0))
        rows.append(
            [
                fact.name,
                fact.start,
                fact.taakstelling,
                fact.totaalopgave + opgave,
                fact.realisatie,
                fact.remaining + opgave + rest,
            ]
        )
    return take(xlsx(wide(CHECKED, rows)))[1]


def test_differences_that_cancel_out_over_the_province_are_shown_and_not_warned_of():
    extracted = checked(GM0344=(1, 0), GM1581=(-1, 0))
    assert {difference.code: difference.persons for difference in extracted.differences} == {"GM0344": 1, "GM1581": -1}
    assert extracted.problems == ()


def test_a_difference_that_does_not_is_a_warning():
    extracted = checked(GM0344=(2, 0))
    assert [(problem.kind, problem.level, problem.code) for problem in extracted.problems] == [
        (ProblemKind.SUM_DIFFERS, Level.WARNING, "GM0344")
    ]
    assert "2\u00a0personen hoger" in extracted.problems[0].message
    assert len(extracted.rows) == 26


def test_a_rest_that_does_not_follow_is_a_warning():
    extracted = checked(GM0344=(0, 3))
    assert [problem.kind for problem in extracted.problems] == [ProblemKind.SUM_DIFFERS]
    assert extracted.differences == ()


def test_a_sum_that_fails_everywhere_is_said_once_at_the_header():
    read = workbook.read(
        "x",
        xlsx(
            wide(CHECKED, [[f.name, f.start, f.taakstelling, f.totaalopgave, f.realisatie, f.remaining] for f in FACTS])
        ),
    )
    mapping = layout.propose(read, period=PERIOD, as_of=PEILDATUM, register=register()).mapping
    wrong = mapping.with_column(1, meaning=mapping.columns[1].meaning, sign=-1)
    extracted = extract(read, wrong, period=PERIOD, as_of=PEILDATUM, register=register())
    sums = [problem for problem in extracted.problems if problem.kind is ProblemKind.SUM_DIFFERS]
    assert [problem.cell for problem in sums] == ["D1"]
    assert "teken van de achterstand" in sums[0].message


def test_what_was_left_out_says_which_row_and_why():
    _, extracted = take(
        xlsx([HEADER, *([fact.name, fact.taakstelling, 1] for fact in FACTS), ["Totaal", 1, 1], ["Bron: COA"]])
    )
    assert [(left_out.row, left_out.reason, left_out.text) for left_out in extracted.left_out] == [
        (28, Reason.TOTAL, "Totaal"),
        (29, Reason.NOTE, "Bron: COA"),
    ]
    assert Reason.TOTAL.dutch == "totaalregel"
