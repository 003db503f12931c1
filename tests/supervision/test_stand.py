"""The moment that is asked for: a day is its end, a minute its end; what is none says so."""

from datetime import UTC, datetime

import pytest

from supervision.stand import NotAMoment, Stand

NOW = datetime(2022, 9, 30, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    ("asked", "moment", "words"),
    [
        ("2022-09-22", datetime(2022, 9, 22, 21, 59, 59, 999999, tzinfo=UTC), "22 september 2022"),
        ("2022-02-01", datetime(2022, 2, 1, 22, 59, 59, 999999, tzinfo=UTC), "1 februari 2022"),
        (" 2022-09-22 ", datetime(2022, 9, 22, 21, 59, 59, 999999, tzinfo=UTC), "22 september 2022"),
        (
            "2022-09-22T10:12",
            datetime(2022, 9, 22, 8, 12, 59, 999999, tzinfo=UTC),
            "22 september 2022, 10.12 uur",
        ),
        ("2022-09-22 10:12", datetime(2022, 9, 22, 8, 12, 59, 999999, tzinfo=UTC), "22 september 2022, 10.12 uur"),
        ("2022-09-22T10:12:30", datetime(2022, 9, 22, 8, 12, 30, tzinfo=UTC), "22 september 2022, 10.12 uur"),
        (
            "2022-09-22T10:12+00:00",
            datetime(2022, 9, 22, 10, 12, 59, 999999, tzinfo=UTC),
            "22 september 2022, 12.12 uur",
        ),
        ("2022-09-30", datetime(2022, 9, 30, 21, 59, 59, 999999, tzinfo=UTC), "30 september 2022"),
    ],
)
def test_a_moment_is_up_to_its_end(asked, moment, words):
    stand = Stand.parse(asked, now=NOW)
    assert stand.moment == moment
    assert stand.words.replace("\u00a0", " ") == words
    assert stand.day == asked.strip()[:10]


@pytest.mark.parametrize(
    "asked",
    [
        "gisteren",
        "22-9-2022",
        "2022-9-22",
        "2022-13-01",
        "2022-02-30",
        "2022-09-22T25:00",
        "20220922",
        "2022-W38-4",
        "2022-09-22T14",
        "٢٠٢٢-٠٩-٢٢",
        "0001-01-01",
        "1994-12-31",
        "\0",
    ],
)
def test_what_is_no_moment_says_how_it_is_written(asked):
    with pytest.raises(NotAMoment, match="is geen moment"):
        Stand.parse(asked, now=NOW)


@pytest.mark.parametrize("asked", ["2022-10-01", "2022-09-30T12:01", "9999-12-31", "9999-12-31T23:59"])
def test_what_is_to_come_is_not_known_yet(asked):
    with pytest.raises(NotAMoment):
        Stand.parse(asked, now=NOW)


def test_a_long_text_is_quoted_short():
    with pytest.raises(NotAMoment, match=f"‘{'x' * 40}…’ is geen moment"):
        Stand.parse("x" * 500, now=NOW)
