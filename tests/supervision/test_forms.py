"""Numbers of persons as people type them."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from supervision.models import MOST_PERSONS
from supervision.rules.dutch import number
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from supervision.screens.forms import HerverdelingForm, PersonsField, Stage

BELOW_ZERO = "Een realisatie kan niet onder nul zijn."


def refusal(text: str, **options: str) -> str:
    with pytest.raises(ValidationError) as caught:
        PersonsField(**options).clean(text)
    [message] = caught.value.messages
    return message.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("0", 0),
        ("168", 168),
        (" 168 ", 168),
        ("1.234", 1234),
        ("1 234", 1234),
        ("1\u00a0234", 1234),
        ("99.999", 99_999),
        ("007", 7),
        ("12,0", 12),
        ("1.234,00", 1234),
        ("+3", 3),
        ("-3", -3),
        ("\u22123", -3),
        ("–3", -3),
        ("− 3", -3),
        ("-1.234", -1234),
        ("-0", 0),
    ],
)
def test_a_number_is_read_as_people_here_write_it(text, persons):
    assert PersonsField().clean(text) == persons


@given(st.integers(-MOST_PERSONS, MOST_PERSONS))
def test_what_a_cell_shows_is_read_back_as_the_same_number(persons):
    assert PersonsField().clean(number(persons)) == persons
    assert PersonsField().clean(str(persons)) == persons


@pytest.mark.parametrize("text", ["", "   ", "\u00a0", None])
def test_nothing_is_no_number_and_not_zero(text):
    assert PersonsField(required=False).clean(text) is None


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("12,5", "12,5 is geen heel getal: personen zijn hele personen."),
        ("−12,5", "−12,5 is geen heel getal: personen zijn hele personen."),
        ("1.5", "1.5 is geen heel getal: personen zijn hele personen."),
        ("1.23", "1.23 is geen heel getal: personen zijn hele personen."),
        ("1.234,5", "1.234,5 is geen heel getal: personen zijn hele personen."),
        ("1O", "‘1O’ is geen getal. Bedoelde u 10?"),
        ("l68", "‘l68’ is geen getal. Bedoelde u 168?"),
        ("-I2", "‘-I2’ is geen getal. Bedoelde u −12?"),
        ("1.OOO", "‘1.OOO’ is geen getal. Bedoelde u 1.000?"),
        ("tien", "‘tien’ is geen getal."),
        ("10 personen", "‘10 personen’ is geen getal."),
        ("olie", "‘olie’ is geen getal."),
        ("1e3", "‘1e3’ is geen getal."),
        ("0x10", "‘0x10’ is geen getal."),
        ("--3", "‘--3’ is geen getal."),
        ("3-", "‘3-’ is geen getal."),
        ("٣", "‘٣’ is geen getal."),
        ("²", "‘²’ is geen getal."),
        ("<b>1</b>", "‘<b>1</b>’ is geen getal."),
        ("n" * 30, f"‘{'n' * 20}…’ is geen getal."),
    ],
)
def test_what_is_no_whole_number_is_refused_in_a_sentence(text, sentence):
    assert refusal(text) == sentence


def test_too_many_persons_are_refused():
    assert refusal("99999999999") == "99.999.999.999 is te veel: een cijfer is hoogstens 99.999 personen."
    assert refusal("100.000") == "100.000 is te veel: een cijfer is hoogstens 99.999 personen."


def test_more_digits_than_python_reads_are_refused_as_well():
    assert refusal("9" * 5000) == f"‘{'9' * 20}…’ is te veel: een cijfer is hoogstens 99.999 personen."


def test_below_zero_is_refused_where_that_cannot_be():
    assert refusal("-3", below_zero=BELOW_ZERO) == BELOW_ZERO
    assert refusal("−3", below_zero=BELOW_ZERO) == BELOW_ZERO
    assert PersonsField(below_zero=BELOW_ZERO).clean("0") == 0


@given(st.text(max_size=30))
def test_whatever_is_typed_is_a_number_or_a_sentence(text):
    try:
        value = PersonsField(required=False).clean(text)
    except ValidationError as error:
        [sentence] = error.messages
        assert sentence.endswith((".", "?"))
    else:
        assert value is None or abs(value) <= MOST_PERSONS


@pytest.mark.parametrize(
    ("today", "stage", "kinds"),
    [
        ("2021-06-30", Stage.AHEAD, ()),
        ("2021-07-01", Stage.COMING, (Kind.TAAKSTELLING,)),
        ("2021-12-31", Stage.COMING, (Kind.TAAKSTELLING,)),
        ("2022-01-01", Stage.RUNNING, (Kind.ACHTERSTAND, Kind.TAAKSTELLING, Kind.REALISATION)),
        ("2022-06-30", Stage.RUNNING, (Kind.ACHTERSTAND, Kind.TAAKSTELLING, Kind.REALISATION)),
        ("2022-07-01", Stage.ENDED, (Kind.ACHTERSTAND, Kind.TAAKSTELLING, Kind.REALISATION)),
    ],
)
def test_nothing_can_be_typed_before_it_can_be_known(today, stage, kinds):
    found = Stage.of(Period(2022, 1), today=date.fromisoformat(today))
    assert (found, found.kinds) == (stage, kinds)


def test_the_form_of_a_herverdeling_has_no_municipality_until_it_is_given_them():
    assert list(HerverdelingForm.base_fields["from_municipality"].queryset) == []
