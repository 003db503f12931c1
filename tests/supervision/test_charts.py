"""The drawings: what the mockups show, the odd series that really occur, and what holds for any series at all."""

import itertools
import re
from datetime import date, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from supervision.rules.period import Period
from supervision.screens import charts
from supervision.screens.charts import Ahead, Counted, HalfYear, Point

# The municipality of Utrecht as in the mockups.
UTRECHT = [
    HalfYear(label=label, achterstand_end=achterstand, taakstelling=taakstelling, trede=trede)
    for label, achterstand, taakstelling, trede in (
        ("2018-2", 46, 223, 2),
        ("2019-1", 58, 122, 2),
        ("2019-2", 41, 122, 2),
        ("2020-1", 64, 112, 2),
        ("2020-2", 79, 132, 2),
        ("2021-1", 153, 274, 2),
        ("2021-2", 171, 226, 2),
        ("2022-1", 207, 203, 3),
    )
]


def series(*values, taakstelling=100, trede=None):
    return [
        HalfYear(label=f"{2010 + n // 2}-{n % 2 + 1}", achterstand_end=value, taakstelling=taakstelling, trede=trede)
        for n, value in enumerate(values)
    ]


# -- sparkline ----------------------------------------------------------------


def test_the_sparkline_of_utrecht_leaves_the_band_in_its_last_half_year():
    spark = charts.sparkline(UTRECHT)
    assert spark.path == "M4 16L19.4 12.5L34.9 14.3L50.3 11.3L65.7 10.9L81.1 11.5L96.6 8.9L112 5.5"
    assert spark.dot == Point("112", "5.5")
    assert spark.is_over
    assert spark.readings.startswith("2018-2: 21%, 2019-1: 48%")
    assert spark.readings.endswith("2022-1: 102%")


def test_an_achterstand_as_large_as_the_taakstelling_stands_on_the_edge_and_is_over():
    spark = charts.sparkline(series(0, 100))
    assert spark.dot == Point("112", spark.band_y)
    assert spark.is_over


def test_one_person_less_than_the_taakstelling_is_not_over():
    assert not charts.sparkline(series(99)).is_over


def test_zero_against_zero_is_not_over_and_stands_on_zero():
    spark = charts.sparkline(series(0, taakstelling=0))
    assert not spark.is_over
    assert spark.dot == Point("112", "18.6")
    assert spark.readings == "2010-1: n.v.t."


@pytest.mark.parametrize(("achterstand", "y", "is_over"), [(1, "3", True), (-1, "24", False)])
def test_without_a_taakstelling_of_one_or_more_only_the_side_of_the_band_is_known(achterstand, y, is_over):
    spark = charts.sparkline(series(achterstand, taakstelling=0))
    assert spark.dot == Point("112", y)
    assert spark.is_over is is_over


def test_far_out_the_line_runs_along_the_edge():
    assert charts.sparkline(series(100_000, -100_000)).path == "M4 3L112 24"


def test_a_missing_half_year_breaks_the_line():
    assert charts.sparkline(series(10, 20, None, 30, 40)).path.count("M") == 2


def test_a_half_year_between_two_missing_ones_is_a_dot():
    assert re.search(r"M[\d.]+ [\d.]+h0", charts.sparkline(series(None, 10, None, 20, 30)).path)


def test_there_is_no_dot_when_the_last_half_year_is_missing():
    spark = charts.sparkline(series(10, None))
    assert spark.dot is None
    assert not spark.is_over
    assert spark.readings == "2010-1: 10%, 2010-2: geen cijfers"


def test_nothing_to_draw_is_an_empty_line():
    assert charts.sparkline([]).path == ""
    assert charts.sparkline(series(None, None)).path == ""


# -- history ------------------------------------------------------------------


def test_the_wide_chart_of_utrecht_is_that_of_the_mockups():
    chart = charts.wide_history(UTRECHT)
    assert (chart.width, chart.height) == (800, 320)
    assert chart.taakstelling == (
        "M104 74.6H175.5V154H247V154H318.5V161.9H390V146.2H461.5V34.5H533V72.2H604.5V90.3H676"
    )
    assert chart.last == Point("640.2", "87.2")
    assert [tick.text for tick in chart.y_ticks] == ["0", "100", "200", "300 personen"]
    assert [tick.is_zero for tick in chart.y_ticks] == [True, False, False, False]
    assert chart.x_ticks == ()


def test_each_line_is_named_at_its_end_and_the_names_keep_apart():
    chart = charts.wide_history(UTRECHT)
    assert (chart.achterstand_label.text, chart.taakstelling_label.text) == ("achterstand 207", "taakstelling 203")
    assert float(chart.taakstelling_label.y) - float(chart.achterstand_label.y) >= 18


def test_the_narrow_chart_names_its_lines_where_nothing_runs():
    chart = charts.narrow_history(UTRECHT)
    assert (chart.width, chart.height) == (358, 302)
    assert (chart.achterstand_label.text, chart.taakstelling_label.text) == ("achterstand", "taakstelling")
    assert float(chart.achterstand_label.y) > 100
    assert float(chart.taakstelling_label.y) < 65.3


def test_the_treden_stand_under_their_half_years_higher_with_the_trede():
    steps = charts.wide_history(UTRECHT).steps
    assert [step.trede for step in steps] == [2] * 7 + [3]
    assert (steps[0].height, steps[-1].height) == ("18", "27")
    assert all(float(step.y) + float(step.height) == 318 for step in steps)
    assert all(step.has_number for step in steps)


def test_a_voorsprong_draws_the_zero_line_inside_the_plot():
    chart = charts.wide_history(series(-127, -40, 30, taakstelling=118))
    zero = next(tick for tick in chart.y_ticks if tick.is_zero)
    assert 14 < float(zero.at) < 250
    assert chart.y_ticks[0].text == "−200"


def test_a_last_voorsprong_is_named_so_without_a_minus():
    assert charts.wide_history(series(10, -9)).achterstand_label.text == "voorsprong 9"


def test_a_missing_half_year_is_a_gap_in_both_lines():
    chart = charts.wide_history(
        [*series(10, 20), HalfYear(label="x", achterstand_end=None, taakstelling=None), *series(5)]
    )
    assert chart.achterstand.count("M") == 2
    assert chart.taakstelling.count("M") == 2
    assert [float(point.x) for point in chart.points] == [175.5, 318.5]


def test_a_missing_trede_is_an_empty_place():
    half_years = [*series(10, trede=2), *series(10), *series(10, trede=2)]
    first, last = charts.wide_history(half_years).steps
    assert float(last.x) - float(first.x) > 2 * float(first.width)


def test_only_zeros_have_a_scale_of_their_own():
    chart = charts.wide_history(series(0, 0, 0, taakstelling=0))
    assert [tick.text for tick in chart.y_ticks] == ["0", "1", "2", "3", "4 personen"]
    assert chart.achterstand.endswith("250")


def test_one_half_year_is_one_point_over_one_level():
    chart = charts.wide_history(series(207, taakstelling=203, trede=3))
    assert chart.achterstand == "M390 87.2h0"
    assert chart.taakstelling == "M104 90.3H676"
    assert chart.points == ()
    assert chart.last == Point("390", "87.2")


def test_no_figures_at_all_is_an_empty_chart():
    for half_years in ([], series(None, None, taakstelling=None)):
        chart = charts.wide_history(half_years)
        assert chart.is_empty
        assert chart.achterstand_label is None
        assert chart.taakstelling_label is None


@pytest.mark.parametrize("draw", [charts.wide_history, charts.narrow_history])
def test_forty_half_years_name_some_of_them_and_the_last_always(draw):
    half_years = series(*range(40), trede=2)
    chart = draw(half_years)
    assert not charts.fits_axis(half_years)
    assert len(chart.steps) == 40
    assert chart.x_ticks[0].text == half_years[-1].label
    places = [float(tick.at) for tick in chart.x_ticks]
    assert all(right - left >= 52 for right, left in itertools.pairwise(places))


def test_in_a_narrow_row_of_equal_treden_only_the_first_is_numbered():
    half_years = [*series(*range(20), trede=2), *series(*range(20), trede=3)]
    assert [step.has_number for step in charts.narrow_history(half_years).steps].count(True) == 2


def test_thirteen_half_years_still_have_their_table_as_an_axis():
    assert charts.fits_axis(series(*range(13)))
    assert not charts.fits_axis(series(*range(14)))
    assert charts.wide_history(series(*range(14))).height == 340


# -- what holds for any series ------------------------------------------------

persons = st.none() | st.integers(min_value=-99_999, max_value=99_999)
half_years = st.lists(
    st.builds(
        HalfYear,
        label=st.just("2022-1"),
        achterstand_end=persons,
        taakstelling=st.none() | st.integers(min_value=0, max_value=99_999),
        trede=st.none() | st.integers(min_value=1, max_value=6),
    ),
    max_size=40,
)


def coordinates(path):
    """Every x and every y that a path of M, L, H, V and h0 goes to."""
    xs, ys = [], []
    for command, first, second in re.findall(r"([MLHV])(-?[\d.]+)(?: (-?[\d.]+))?", path):
        if command in "MLH":
            xs.append(float(first))
        if command in "ML":
            ys.append(float(second))
        if command == "V":
            ys.append(float(first))
    return xs, ys


@given(half_years)
def test_a_sparkline_stays_inside_its_box(half_years):
    spark = charts.sparkline(half_years)
    xs, ys = coordinates(spark.path)
    assert all(0 <= x <= float(spark.width) for x in xs)
    assert all(0 <= y <= float(spark.height) for y in ys)


@pytest.mark.parametrize("draw", [charts.wide_history, charts.narrow_history])
@given(half_years)
def test_every_point_of_a_history_is_inside_its_plot(draw, half_years):
    chart = draw(half_years)
    bottom = max(float(tick.at) for tick in chart.y_ticks)
    top = min(float(tick.at) for tick in chart.y_ticks)
    for path in (chart.achterstand, chart.taakstelling):
        xs, ys = coordinates(path)
        assert all(float(chart.left) <= x <= float(chart.right) for x in xs)
        assert all(top <= y <= bottom for y in ys)
    assert all(0 <= float(step.y) <= chart.height for step in chart.steps)
    assert all(float(step.number_y) >= 0 for step in chart.steps)


@pytest.mark.parametrize("draw", [charts.wide_history, charts.narrow_history])
@given(half_years)
def test_labels_and_ticks_are_inside_the_drawing_and_no_label_covers_the_other(draw, half_years):
    chart = draw(half_years)
    labels = [label for label in (chart.achterstand_label, chart.taakstelling_label) if label]
    for label in labels:
        assert float(label.x) >= 0
        assert float(label.x) + 7 * len(label.text) <= chart.width + 40  # five digits more than the mockups' widest
        assert 9 <= float(label.y) <= chart.height
    if len(labels) == 2:
        apart = round(abs(float(labels[0].y) - float(labels[1].y)), 1) >= 18
        beside = abs(float(labels[0].x) - float(labels[1].x)) >= 70
        assert apart or beside
    assert all(21 <= float(tick.text_at) <= chart.width - 21 for tick in chart.x_ticks)


@given(half_years)
def test_the_grid_has_zero_and_at_most_five_lines_in_equal_steps(half_years):
    ticks = charts.wide_history(half_years).y_ticks
    assert 2 <= len(ticks) <= 5
    assert [tick.is_zero for tick in ticks].count(True) == 1
    places = [float(tick.at) for tick in ticks]
    gaps = [upper - lower for upper, lower in itertools.pairwise(places)]
    assert max(gaps) - min(gaps) < 0.2


@given(half_years)
def test_each_half_year_with_an_achterstand_is_one_point_of_the_line(half_years):
    known = sum(half_year.achterstand_end is not None for half_year in half_years)
    assert len(coordinates(charts.wide_history(half_years).achterstand)[0]) == known


# -- running ------------------------------------------------------------------

RUNNING = Period(2022, 2)
# 2022-2 of the municipality of Utrecht as in the mockups, by week.
WEEKS = [
    Counted(day=date(2022, month, day), persons=persons)
    for month, day, persons in (
        (7, 7, 15), (7, 14, 22), (7, 21, 31), (7, 28, 40), (8, 4, 55), (8, 11, 84), (8, 18, 119), (8, 25, 148), (9, 1, 178)
    )
]  # fmt: skip
RUNNING_DRAWINGS = [charts.wide_running, charts.narrow_running]


def captions(chart):
    return [caption.text.replace("\u00a0", " ") for caption in chart.captions]


def test_the_running_chart_of_utrecht_says_what_the_mockups_say():
    chart = charts.wide_running(WEEKS, period=RUNNING, totaalopgave=482)
    assert captions(chart) == [
        "178 gehuisvest op 1 september",
        "norm 161: 17 meer dan de norm",
        "totaalopgave 482",
        "norm: 1/6 per maand",
    ]
    assert [tick.text.replace("\u00a0", " ") for tick in chart.x_ticks] == [
        "1 jul", "1 aug", "1 sep", "1 okt", "1 nov", "1 dec", "1 jan",
    ]  # fmt: skip
    assert [tick.text for tick in chart.y_ticks] == ["0", "200", "400", "600"]
    assert len(chart.points) == 8
    assert chart.counted.startswith(f"M{chart.left} {chart.y_ticks[0].at}L")
    assert chart.counted.endswith(f"{chart.last.x} {chart.last.y}")


@pytest.mark.parametrize("draw", RUNNING_DRAWINGS)
def test_the_prognosis_is_a_band_from_the_last_count_to_the_peildatum(draw):
    ahead = Ahead(fewest=267, expected=403, most=528)
    chart = draw(WEEKS, period=RUNNING, totaalopgave=482, ahead=ahead)
    xs, ys = coordinates(chart.band.removesuffix("Z"))
    assert (xs[0], ys[0]) == (float(chart.last.x), float(chart.last.y))
    assert xs[1:] == [float(chart.right)] * 2
    assert ys[0] > ys[2] > ys[1]
    [_, line_end_x], [_, line_end_y] = coordinates(chart.expected)
    assert line_end_x == float(chart.right)
    assert ys[2] > line_end_y > ys[1]
    plain_chart = draw(WEEKS, period=RUNNING, totaalopgave=482)
    assert (plain_chart.band, plain_chart.expected) == ("", "")
    assert (plain_chart.y_ticks, plain_chart.captions) == (chart.y_ticks, chart.captions)


@pytest.mark.parametrize("draw", RUNNING_DRAWINGS)
@given(most=st.integers(178, 90_000))
def test_no_prognosis_is_drawn_above_the_plot(draw, most):
    chart = draw(WEEKS, period=RUNNING, totaalopgave=482, ahead=Ahead(fewest=178, expected=most, most=most))
    top = min(float(tick.at) for tick in chart.y_ticks)
    for path in (chart.band.removesuffix("Z"), chart.expected):
        if path:
            xs, ys = coordinates(path)
            assert min(ys) >= top
            assert all(float(chart.last.x) <= x <= float(chart.right) for x in xs)


def test_a_prognosis_without_a_range_is_a_line_and_one_without_a_count_is_nothing():
    alone = Ahead(fewest=300, expected=300, most=300)
    chart = charts.wide_running(WEEKS, period=RUNNING, totaalopgave=482, ahead=alone)
    assert (chart.band, bool(chart.expected)) == ("", True)
    chart = charts.wide_running([], period=RUNNING, totaalopgave=482, ahead=alone)
    assert (chart.band, chart.expected) == ("", "")


def test_the_narrow_running_chart_says_it_shorter():
    chart = charts.narrow_running(WEEKS, period=RUNNING, totaalopgave=482)
    assert captions(chart) == ["178 op 1 sep, norm 161", "totaalopgave 482"]
    assert len(chart.x_ticks) == 4


def test_the_norm_is_a_sixth_a_month_and_ends_at_the_totaalopgave():
    chart = charts.wide_running(WEEKS, period=RUNNING, totaalopgave=600)
    xs, ys = coordinates(chart.norm)
    assert len(xs) == 7
    assert (xs[0], xs[-1]) == (float(chart.left), float(chart.right))
    assert ys[0] == float(chart.y_ticks[0].at)
    assert ys[-1] == float(chart.y_ticks[-1].at)
    months = [before - after for before, after in itertools.pairwise(ys)]
    assert max(months) - min(months) < 0.2


@pytest.mark.parametrize("asked", [None, 0, -9])
@pytest.mark.parametrize("draw", RUNNING_DRAWINGS)
def test_where_nothing_is_asked_there_is_no_norm(draw, asked):
    chart = draw(WEEKS, period=RUNNING, totaalopgave=asked)
    assert chart.norm == ""
    assert not any("norm" in text or "totaalopgave" in text for text in captions(chart))


@pytest.mark.parametrize("draw", RUNNING_DRAWINGS)
def test_before_anything_was_counted_only_the_norm_is_drawn(draw):
    chart = draw([], period=RUNNING, totaalopgave=482)
    assert (chart.counted, chart.last, chart.points, chart.lead) == ("", None, (), "")
    assert chart.norm


def test_a_count_a_day_is_a_line_without_points():
    daily = [Counted(day=RUNNING.start + timedelta(days=n), persons=n) for n in range(170)]
    chart = charts.wide_running(daily, period=RUNNING, totaalopgave=482)
    assert chart.points == ()
    assert len(coordinates(chart.counted)[0]) == 170
    assert "norm 443: 274 minder dan de norm" in captions(chart)


counts = st.lists(st.integers(0, 99_999), min_size=1, max_size=20).flatmap(
    lambda persons: st.lists(st.integers(0, 184), min_size=len(persons), max_size=len(persons), unique=True).map(
        lambda days: [
            Counted(day=RUNNING.start + timedelta(days=day), persons=number)
            for day, number in zip(sorted(days), sorted(persons), strict=True)
        ]
    )
)


@pytest.mark.parametrize("draw", RUNNING_DRAWINGS)
@given(counts, st.none() | st.integers(-99_999, 99_999))
@example([Counted(day=date(2022, 10, 13), persons=1000)], 6001)
def test_everything_of_a_running_chart_is_inside_its_drawing(draw, counts, asked):
    chart = draw(counts, period=RUNNING, totaalopgave=asked)
    bottom, top = float(chart.y_ticks[0].at), float(chart.y_ticks[-1].at)
    for path in filter(None, (chart.counted, chart.norm)):
        xs, ys = coordinates(path)
        assert all(float(chart.left) <= x <= float(chart.right) for x in xs)
        assert all(top <= y <= bottom for y in ys)
    for caption in chart.captions:
        width = 7 * len(caption.text)
        left = float(caption.x) - (width if caption.anchor == "end" else 0)
        assert left >= 0
        assert left + width <= chart.width + 40
        assert 9 <= float(caption.y) <= chart.height
    for above, below in itertools.pairwise(chart.captions):
        if below.text.startswith("norm "):
            assert (above.kind, below.anchor, below.x) == ("main", above.anchor, above.x)
            assert round(float(below.y) - float(above.y), 1) == 18
