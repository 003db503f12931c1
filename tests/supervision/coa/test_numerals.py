from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supervision.coa.cells import UNCALCULATED, ErrorValue
from supervision.coa.counting import Fault, count_of
from supervision.coa.numerals import number_of, percentage_of
from supervision.coa.problems import ProblemKind
from supervision.rules.dutch import number


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("168", 168),
        (" 168 ", 168),
        ("\u00a0168\u00a0", 168),
        ("3 ", 3),
        ("+3", 3),
        ("-3", -3),
        ("−3", -3),
        ("– 3", -3),
        ("3-", -3),
        ("(3)", -3),
        ("1.234", 1234),
        ("1 234", 1234),
        ("1\u202f234", 1234),
        ("1’234", 1234),
        ("1.234.567", 1234567),
        ("12,5", Fraction(25, 2)),
        ("12.5", Fraction(25, 2)),
        ("12,0", 12),
        ("12.0", 12),
        ("1.234,00", 1234),
        ("1.234,5", Fraction(2469, 2)),
        ("0344", 344),
    ],
)
def test_numbers_as_they_are_typed(text, found):
    assert number_of(text) == found


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "-", "–", "n.v.t.", "n.n.b.", "12 14", "3 44", "1.23.456", "1,234,567", "12.34.5", "--3", "(-3)", "-(3)", "(3", "3)",
        "12²", "１２", "٣", "1e5", "0x1F", "NaN", "inf", "12*", "ca. 12", "12 personen", "=3+5", "#REF!", "9" * 40, "12\u202e34",
    ],
)  # fmt: skip
def test_what_could_be_another_number_is_none(text):
    assert number_of(text) is None


def test_a_comma_with_three_digits_is_a_fraction_and_never_a_thousand():
    assert number_of("1,234") == Fraction(617, 500)


@pytest.mark.parametrize("value", [True, None, date(2022, 7, 1), ErrorValue("#REF!"), UNCALCULATED])
def test_what_is_no_number_at_all(value):
    assert number_of(value) is None


def test_a_sum_of_binary_fractions_is_whole_but_for_its_noise():
    assert number_of(Fraction("167.99999999999997")) == 168
    assert number_of(Fraction("-3.0000000000000004")) == -3
    assert number_of(Fraction("12.5")) == Fraction(25, 2)
    assert number_of(Fraction("12.0001")) == Fraction("12.0001")


@given(st.integers(-(10**9), 10**9))
def test_every_number_is_read_as_we_write_it(count):
    assert number_of(number(count)) == count
    assert number_of(str(count)) == count


@given(st.text(max_size=20))
def test_any_text_is_a_number_or_none(text):
    found = number_of(text)
    assert found is None or any(digit in text for digit in "0123456789")


@pytest.mark.parametrize(
    ("value", "found"),
    [(Fraction(7, 8), Fraction(7, 8)), ("88%", Fraction(88, 100)), ("87,5 %",
        Fraction(7, 8)), (88, Fraction(88, 100)), (1, 1), ("n.v.t.", None)],
)  # fmt: skip
def test_percentages(value, found):
    assert percentage_of(value) == found


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, ProblemKind.EMPTY),
        ("", ProblemKind.EMPTY),
        ("\u00a0", ProblemKind.EMPTY),
        ("n.n.b.", ProblemKind.NOT_A_NUMBER),
        ("-", ProblemKind.NOT_A_NUMBER),
        (True, ProblemKind.NOT_A_NUMBER),
        (date(2022, 7, 1), ProblemKind.NOT_A_NUMBER),
        (ErrorValue("#REF!"), ProblemKind.ERROR_VALUE),
        ("#VERW!", ProblemKind.ERROR_VALUE),
        ("#N/B", ProblemKind.ERROR_VALUE),
        (UNCALCULATED, ProblemKind.FORMULA_WITHOUT_VALUE),
        (Fraction(25, 2), ProblemKind.NOT_WHOLE),
        ("12,5", ProblemKind.NOT_WHOLE),
        (-3, ProblemKind.NEGATIVE),
        ("−3", ProblemKind.NEGATIVE),
        (100_000, ProblemKind.TOO_LARGE),
        (10**40, ProblemKind.TOO_LARGE),
    ],
)
def test_what_is_no_count_has_its_kind(value, kind):
    fault = count_of(value, what="de realisatie", may_be_negative=False)
    assert isinstance(fault, Fault)
    assert fault.kind is kind
    assert fault.message.startswith("Hier hoort de realisatie")


def test_a_balance_may_be_negative():
    assert count_of("−127", what="de achterstand", may_be_negative=True) == -127


def test_what_was_found_is_quoted_shortly_and_on_one_line():
    fault = count_of("a\nb" + "x" * 500, what="de realisatie", may_be_negative=False)
    assert "“a b" in fault.message
    assert len(fault.message) < 200
