"""The geometry of the charts: numbers in, coordinates and texts out. The templates draw them with classes only.

Pure, and in whole numbers: a coordinate is an int in tenths of a pixel until it becomes text.
The letters may use it too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, pairwise

from supervision.rules.dutch import day_and_month, number, percent, short_day
from supervision.rules.norm import norm
from supervision.rules.period import Period
from supervision.rules.rounding import percentage

TENTHS = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfYear:
    """What a chart shows of one half-year. None is a half-year without that figure: a gap, not a zero."""

    label: str
    achterstand_end: int | None
    taakstelling: int | None
    trede: int | None = None

    @property
    def achterstand_text(self) -> str:
        return _or_dash(self.achterstand_end)

    @property
    def taakstelling_text(self) -> str:
        return _or_dash(self.taakstelling)


def _or_dash(value: int | None) -> str:
    return "–" if value is None else number(value)


@dataclass(frozen=True, slots=True)
class Point:
    x: str
    y: str


# -- sparkline ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Sparkline:
    """Achterstand against taakstelling, one scale for all municipalities: leaving the band upward is trede 3."""

    path: str
    dot: Point | None  # None when the last half-year has no figures
    is_over: bool  # in the last half-year there is an achterstand as large as the taakstelling or larger
    readings: str  # the same in words, "2021-2: 76%, 2022-1: 102%"
    # As text, like every coordinate: a template takes longer over a number.
    width: str = "116"
    height: str = "27"
    band_y: str = "5.8"
    band_height: str = "12.8"


_SPARK_LEFT, _SPARK_RIGHT = 40, 1120
_SPARK_ZERO, _SPARK_ONE = 186, 58
# Further out every line runs along the edge; the dot, 2.75 round, stays whole.
_SPARK_TOP, _SPARK_BOTTOM = 30, 240


def sparkline(half_years: Sequence[HalfYear]) -> Sparkline:
    """One line of the half-years, oldest first."""
    xs = _spread(len(half_years), _SPARK_LEFT, _SPARK_RIGHT)
    points = [None if y is None else (x, y) for x, y in zip(xs, map(_spark_y, half_years), strict=True)]
    last = points[-1] if points else None
    return Sparkline(
        path=_polyline(points),
        dot=_point(*last) if last else None,
        is_over=last is not None and _is_over(half_years[-1]),
        readings=", ".join(f"{half_year.label}: {_ratio_in_words(half_year)}" for half_year in half_years),
    )


def _spark_y(half_year: HalfYear) -> int | None:
    achterstand, taakstelling = half_year.achterstand_end, half_year.taakstelling
    if achterstand is None or taakstelling is None:
        return None
    if taakstelling <= 0:
        # No ratio: any achterstand is over the band, any voorsprong below it.
        return _SPARK_ZERO if achterstand == 0 else _SPARK_TOP if achterstand > 0 else _SPARK_BOTTOM
    y = _SPARK_ZERO - _rounded(achterstand * (_SPARK_ZERO - _SPARK_ONE), taakstelling)
    return min(max(y, _SPARK_TOP), _SPARK_BOTTOM)


def _is_over(half_year: HalfYear) -> bool:
    achterstand, taakstelling = half_year.achterstand_end, half_year.taakstelling
    return achterstand is not None and taakstelling is not None and achterstand > 0 and achterstand >= taakstelling


def _ratio_in_words(half_year: HalfYear) -> str:
    if half_year.achterstand_end is None or half_year.taakstelling is None:
        return "geen cijfers"
    return percent(percentage(half_year.achterstand_end, half_year.taakstelling))


# -- history ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A grid line across the plot with its value before it, or a half-year under it."""

    at: str
    text: str
    text_at: str
    is_zero: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A text beside its line."""

    x: str
    y: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """The trede of one half-year as a block, higher with the trede."""

    trede: int
    x: str
    y: str
    width: str
    height: str
    number_x: str
    number_y: str
    has_number: bool  # in a narrow row of equal treden only the first is numbered


@dataclass(frozen=True, slots=True, kw_only=True)
class HistoryChart:
    """Achterstand at the end of each half-year against the taakstelling that held in it, with the treden under it."""

    width: int
    height: int
    left: str
    right: str
    ticks_x: str
    achterstand: str
    taakstelling: str
    points: tuple[Point, ...]
    last: Point | None
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    x_ticks_y: str
    steps: tuple[Step, ...]
    steps_y: str
    achterstand_label: Label | None
    taakstelling_label: Label | None

    @property
    def is_empty(self) -> bool:
        return not (self.achterstand or self.taakstelling)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Frame:
    """Where the parts of a drawing stand, in tenths."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int
    steps_bottom: int
    x_ticks_y: int


# The first is as wide as its place on a screen of 1366, the second on a phone of 390: text is drawn at its own size.
_WIDE = _Frame(width=8000, height=3200, left=1040, right=6760, top=140, bottom=2500, steps_bottom=3180, x_ticks_y=3340)
_NARROW = _Frame(width=3580, height=3020, left=360, right=3540, top=140, bottom=2140, steps_bottom=2820, x_ticks_y=2990)
_X_TICKS_HEIGHT = 200
# A column in which its own half-year can stand under it; then the table under the chart is the axis.
_AXIS_COLUMN = 440
_TREDE_HEIGHT = 90
# A ladder of more steps is told by its numbers: a block has no room to be higher.
_HIGHEST_TREDE = 6
_NUMBER_COLUMN = 120
_POINT_COLUMN = 110
_DIGIT = 70
_LINE = 180
_BASELINE = 45


def fits_axis(half_years: Sequence[HalfYear]) -> bool:
    """Whether the wide chart's columns are wide enough for a table of the numbers right under them."""
    return len(half_years) * _AXIS_COLUMN <= _WIDE.right - _WIDE.left


def wide_history(half_years: Sequence[HalfYear]) -> HistoryChart:
    """The drawing for 800 px, oldest half-year first; the labels stand to the right, at the ends of their lines."""
    chart = _Drawing(_WIDE, half_years)
    return chart.drawn(labels=chart.labels_at_the_end(), unit=" personen", with_x_ticks=not fits_axis(half_years))


def narrow_history(half_years: Sequence[HalfYear]) -> HistoryChart:
    """The drawing for 358 px; the labels stand in the plot, where there is room."""
    chart = _Drawing(_NARROW, half_years)
    return chart.drawn(labels=chart.labels_in_the_plot(), unit="", with_x_ticks=True)


_Segment = tuple[int, int, int, int]  # from x, y to x, y


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a text stands."""

    left: int
    baseline: int
    width: int

    @property
    def top(self) -> int:
        return self.baseline - 120

    @property
    def bottom(self) -> int:
        return self.baseline + 40


class _Drawing:
    """One chart under construction: the scale, and the points that everything else hangs on."""

    def __init__(self, frame: _Frame, half_years: Sequence[HalfYear]) -> None:
        self.frame = frame
        self.half_years = half_years
        self.values = _scale(half_years)
        self.edges = _spread(len(half_years) + 1, frame.left, frame.right)
        self.column = self.edges[1] - self.edges[0] if half_years else 0
        self.main = [
            None if half_year.achterstand_end is None else ((left + right) // 2, self.y(half_year.achterstand_end))
            for half_year, left, right in self.columns()
        ]
        self.task = [
            None if half_year.taakstelling is None else (left, right, self.y(half_year.taakstelling))
            for half_year, left, right in self.columns()
        ]

    def columns(self) -> Iterator[tuple[HalfYear, int, int]]:
        """Each half-year with the left and the right edge of its column."""
        return (
            (half_year, left, right)
            for half_year, (left, right) in zip(self.half_years, pairwise(self.edges), strict=True)
        )

    def y(self, value: int) -> int:
        low, high = self.values[0], self.values[-1]
        return self.frame.top + _rounded((high - value) * (self.frame.bottom - self.frame.top), high - low)

    def drawn(self, *, labels: tuple[Label | None, Label | None], unit: str, with_x_ticks: bool) -> HistoryChart:
        frame = self.frame
        last = next((point for point in reversed(self.main) if point), None)
        dotted = self.column >= _POINT_COLUMN
        return HistoryChart(
            width=frame.width // TENTHS,
            height=(frame.height + (_X_TICKS_HEIGHT if with_x_ticks and frame is _WIDE else 0)) // TENTHS,
            left=_px(frame.left),
            right=_px(frame.right),
            ticks_x=_px(frame.left - 80),
            achterstand=_polyline(self.main),
            taakstelling=_stairs(self.task),
            points=tuple(_point(*point) for point in self.main if point and point != last) if dotted else (),
            last=_point(*last) if last else None,
            y_ticks=tuple(self.y_ticks(unit)),
            x_ticks=tuple(self.x_ticks()) if with_x_ticks else (),
            x_ticks_y=_px(frame.x_ticks_y),
            steps=tuple(self.steps()),
            steps_y=_px(frame.steps_bottom - 50),
            achterstand_label=labels[0],
            taakstelling_label=labels[1],
        )

    def y_ticks(self, unit: str) -> Iterator[Tick]:
        for value in self.values:
            y = self.y(value)
            text = number(value) + (unit if value == self.values[-1] else "")
            yield Tick(at=_px(y), text=text, text_at=_px(y + _BASELINE), is_zero=value == 0)

    def x_ticks(self) -> Iterator[Tick]:
        """The last half-year and, back from it, as many as fit."""
        every = -(-520 // self.column) if self.column else 1
        for back, (half_year, left, right) in enumerate(reversed(list(self.columns()))):
            middle = (left + right) // 2
            half_width = len(half_year.label) * _DIGIT // 2
            if back % every == 0 and middle >= half_width:
                # The last one keeps inside the drawing.
                text_at = min(middle, self.frame.width - half_width)
                yield Tick(at=_px(middle), text=half_year.label, text_at=_px(text_at))

    def steps(self) -> Iterator[Step]:
        gap = 15 if self.column >= _NUMBER_COLUMN else 0
        for trede, run in groupby(self.columns(), key=lambda column: column[0].trede):
            for place, (half_year, left, right) in enumerate(run):
                if trede is None or half_year.trede is None:
                    continue
                height = min(trede, _HIGHEST_TREDE) * _TREDE_HEIGHT
                y = self.frame.steps_bottom - height
                yield Step(
                    trede=half_year.trede,
                    x=_px(left + gap // 2),
                    y=_px(y),
                    width=_px(right - left - gap),
                    height=_px(height),
                    number_x=_px((left + right) // 2),
                    number_y=_px(y - 40),
                    has_number=place == 0 or self.column >= _NUMBER_COLUMN,
                )

    # -- labels --

    def labels_at_the_end(self) -> tuple[Label | None, Label | None]:
        main = next((point[1] for point in reversed(self.main) if point), None)
        task = next((step[2] for step in reversed(self.task) if step), None)
        if main is not None and task is not None and abs(main - task) < _LINE:
            # Too near to each other: the lower line's label goes down as far as the higher one's goes up.
            middle = min(max((main + task) // 2, self.frame.top + _LINE // 2), self.frame.bottom - _LINE // 2)
            up, down = middle - _LINE // 2, middle + _LINE // 2
            main, task = (up, down) if main <= task else (down, up)
        x = _px(self.frame.right + 100)
        return (
            None if main is None else Label(x=x, y=_px(main + _BASELINE), text=self.last_achterstand()),
            None if task is None else Label(x=x, y=_px(task + _BASELINE), text=self.last_taakstelling()),
        )

    def last_achterstand(self) -> str:
        persons = next(h.achterstand_end for h in reversed(self.half_years) if h.achterstand_end is not None)
        return f"{'voorsprong' if persons < 0 else 'achterstand'} {number(abs(persons))}"

    def last_taakstelling(self) -> str:
        return (
            f"taakstelling {next(h.taakstelling_text for h in reversed(self.half_years) if h.taakstelling is not None)}"
        )

    def labels_in_the_plot(self) -> tuple[Label | None, Label | None]:
        """Without their last value: they stand somewhere along the line."""
        main_text, task_text = "achterstand", "taakstelling"
        main_line, task_line = _segments(self.main), _treads(self.task)
        main = self.free_place(main_text, own=main_line, other=task_line, taken=None)
        task = self.free_place(task_text, own=task_line, other=main_line, taken=main)
        return (
            None if main is None else Label(x=_px(main.left), y=_px(main.baseline), text=main_text),
            None if task is None else Label(x=_px(task.left), y=_px(task.baseline), text=task_text),
        )

    def free_place(
        self, text: str, *, own: Sequence[_Segment], other: Sequence[_Segment], taken: _Box | None
    ) -> _Box | None:
        """A place for the text beside its own line, off the other, as far to the right as can be."""
        if not own:
            return None
        width = len(text) * _DIGIT
        rightmost = self.frame.right - width
        for left in range(rightmost, self.frame.left, -100):
            near = _heights(own, left, left + width)
            if not near:
                continue
            above, below = min(top for top, _ in near) - 80, max(bottom for _, bottom in near) + 170
            for box in (_Box(left, above, width), _Box(left, below, width)):
                if self.is_free(box, others=_heights(other, left, left + width), taken=taken):
                    return box
        # No free place: at the end of the line, over whatever is there; the white edge keeps it readable.
        end = own[-1][3]
        baseline = min(max(end - 80, self.frame.top + 110), self.frame.bottom - 30)
        if taken and abs(taken.baseline - baseline) < _LINE:
            lower = taken.baseline + _LINE
            baseline = lower if lower <= self.frame.bottom else taken.baseline - _LINE
        return _Box(rightmost, baseline, width)

    def is_free(self, box: _Box, *, others: Sequence[tuple[int, int]], taken: _Box | None) -> bool:
        if box.top < 0 or box.bottom > self.frame.bottom:
            return False
        if any(top <= box.bottom + 30 and bottom >= box.top - 30 for top, bottom in others):
            return False
        return (
            taken is None
            or abs(taken.baseline - box.baseline) >= _LINE
            or not (box.left <= taken.left + taken.width + 80 and taken.left <= box.left + box.width + 80)
        )


def _scale(half_years: Sequence[HalfYear]) -> list[int]:
    """The values of the grid lines, 0 among them: at most four steps of 1, 2 or 5 times a power of ten."""
    values = [
        v for half_year in half_years for v in (half_year.achterstand_end, half_year.taakstelling) if v is not None
    ]
    return _levels([0, *values], [4, *values])


def _levels(lows: Sequence[int], highs: Sequence[int]) -> list[int]:
    low, high = min(lows), max(highs)
    step = next(step for step in _one_two_five() if -(-high // step) - low // step <= 4)
    return list(range(low // step * step, -(-high // step) * step + 1, step))


def _one_two_five() -> Iterator[int]:
    power = 1
    while True:
        yield from (power, 2 * power, 5 * power)
        power *= 10


# -- running ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """Persons housed from the start of the half-year up to a day."""

    day: date
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Ahead:
    """Persons that may be housed on the peildatum, as the prognosis says: not drawn above the plot."""

    fewest: int
    expected: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Caption:
    """A text in a drawing: `anchor` as in SVG, `kind` "main" for what was counted, "task" for what is asked."""

    x: str
    y: str
    text: str
    anchor: str = "start"
    kind: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunningChart:
    """What was counted, cumulative, against the norm of a sixth of the totaalopgave a month."""

    width: int
    height: int
    left: str
    right: str
    ticks_x: str
    counted: str
    norm: str
    points: tuple[Point, ...]
    last: Point | None
    y_ticks: tuple[Tick, ...]
    x_ticks: tuple[Tick, ...]
    x_ticks_y: str
    captions: tuple[Caption, ...]
    lead: str  # from the last count to its texts, where they are not beside it
    band: str  # from the last count to the range of the prognosis, and the line to what is expected
    expected: str


# Above the plot there is room for the texts of a count that reaches the top.
_RUNNING_WIDE = _Frame(
    width=8000, height=2900, left=440, right=6640, top=400, bottom=2640, steps_bottom=0, x_ticks_y=2840
)
_RUNNING_NARROW = _Frame(
    width=3580, height=2500, left=340, right=3520, top=240, bottom=2240, steps_bottom=0, x_ticks_y=2440
)
_MONTHS = 6
# More counts than this are a line without a point for each.
_MOST_POINTS = 31
_HIGHEST_BASELINE = 120


def wide_running(
    counts: Sequence[Counted], *, period: Period, totaalopgave: int | None, ahead: Ahead | None = None
) -> RunningChart:
    """The drawing for 800 px, the earliest count first; what is asked stands to the right, at the end of its line."""
    chart = _Running(_RUNNING_WIDE, counts, period=period, totaalopgave=totaalopgave)
    captions, lead = chart.last_captions(chart.last_words())
    if chart.asked:
        x, y = chart.frame.right + 100, chart.y(chart.asked)
        captions.append(Caption(x=_px(x), y=_px(y + 20), text=f"totaalopgave {number(chart.asked)}"))
        captions.append(Caption(x=_px(x), y=_px(y + 20 + _LINE), text="norm: 1/6 per maand", kind="task"))
    return chart.drawn(captions, lead=lead, every=1, ahead=ahead)


def narrow_running(
    counts: Sequence[Counted], *, period: Period, totaalopgave: int | None, ahead: Ahead | None = None
) -> RunningChart:
    """The drawing for 358 px; its texts are shorter, and stand in the plot."""
    chart = _Running(_RUNNING_NARROW, counts, period=period, totaalopgave=totaalopgave)
    captions, lead = chart.last_captions(chart.last_words())
    if chart.asked:
        text = f"totaalopgave {number(chart.asked)}"
        # Off what was counted: under the norm where that runs above it, from where the text begins.
        plot = chart.frame.right - chart.frame.left
        y = (
            chart.y(chart.asked * (plot - len(text) * _DIGIT), plot) + 180
            if chart.is_ahead
            else chart.y(chart.asked) - 60
        )
        captions.append(Caption(x=_px(chart.frame.right), y=_px(y), text=text, anchor="end"))
    return chart.drawn(captions, lead=lead, every=2, ahead=ahead)


class _Running:
    """One chart of a running half-year under construction."""

    def __init__(self, frame: _Frame, counts: Sequence[Counted], *, period: Period, totaalopgave: int | None) -> None:
        self.frame, self.counts, self.period = frame, counts, period
        self.asked = max(totaalopgave or 0, 0)  # 0 where nothing is asked: then there is no norm
        self.days = (period.peildatum - period.start).days
        self.values = _levels([0], [4, self.asked, *(count.persons for count in counts)])
        self.places = [(self.x(count.day), self.y(count.persons)) for count in counts]

    def x(self, day: date) -> int:
        into = (day - self.period.start).days
        return self.frame.left + _rounded((self.frame.right - self.frame.left) * into, self.days)

    def y(self, persons: int, parts: int = 1) -> int:
        """Of persons / parts."""
        high = self.values[-1] * parts
        return self.frame.top + _rounded((high - persons) * (self.frame.bottom - self.frame.top), high)

    @property
    def is_ahead(self) -> bool:
        """Of the norm; also where there is none."""
        if not self.counts:
            return False
        last = self.counts[-1]
        expected = norm(self.asked, period=self.period, day=last.day)
        return expected is None or last.persons >= expected

    @property
    def months(self) -> list[date]:
        """The first day of each month, and the peildatum."""
        first = self.period.start
        firsts = [date(first.year, first.month + months, 1) for months in range(_MONTHS)]
        return [*firsts, self.period.peildatum]

    def drawn(self, captions: Sequence[Caption], *, lead: str, every: int, ahead: Ahead | None) -> RunningChart:
        frame = self.frame
        begin = [(frame.left, self.y(0))] if self.counts and self.counts[0].day > self.period.start else []
        asked = [(self.x(day), self.y(self.asked * months, _MONTHS)) for months, day in enumerate(self.months)]
        few = len(self.places) <= _MOST_POINTS
        return RunningChart(
            width=frame.width // TENTHS,
            height=frame.height // TENTHS,
            left=_px(frame.left),
            right=_px(frame.right),
            ticks_x=_px(frame.left - 80),
            counted=_polyline([*begin, *self.places]),
            norm=_polyline(asked) if self.asked else "",
            points=tuple(_point(*place) for place in self.places[:-1]) if few else (),
            last=_point(*self.places[-1]) if self.places else None,
            y_ticks=tuple(
                Tick(
                    at=_px(self.y(value)),
                    text=number(value),
                    text_at=_px(self.y(value) + _BASELINE),
                    is_zero=value == 0,
                )
                for value in self.values
            ),
            x_ticks=tuple(
                Tick(at=_px(self.x(day)), text=short_day(day), text_at=_px(min(self.x(day), frame.width - 160)))
                for day in self.months[::every]
            ),
            x_ticks_y=_px(frame.x_ticks_y),
            captions=tuple(captions),
            lead=lead,
            band=self.band(ahead),
            expected=_polyline(self.to(ahead.expected)[:2]) if ahead and self.places else "",
        )

    def band(self, ahead: Ahead | None) -> str:
        """Closed, from the last count; empty where the range is no wider than what is expected."""
        if ahead is None or not self.places or ahead.fewest == ahead.most:
            return ""
        return f"{_polyline([*self.to(ahead.most), self.to(ahead.fewest)[-1]])}Z"

    def to(self, persons: int) -> list[tuple[int, int]]:
        """From the last count to so many on the peildatum; what rises above the plot goes on along its top."""
        place, last, top, right = self.places[-1], self.counts[-1].persons, self.values[-1], self.frame.right
        if persons <= top:
            return [place, (right, self.y(persons))]
        crossing = place[0] + _rounded((right - place[0]) * (top - last), persons - last)
        return [place, (crossing, self.frame.top), (right, self.frame.top)]

    def last_words(self) -> list[str]:
        """Of the last count: how many, and against the norm."""
        if not self.counts:
            return []
        last = self.counts[-1]
        expected = norm(self.asked, period=self.period, day=last.day)
        if self.frame is _RUNNING_NARROW:
            against = "" if expected is None else f", norm {number(expected)}"
            return [f"{number(last.persons)} op {short_day(last.day)}{against}"]
        words = [f"{number(last.persons)} gehuisvest op {day_and_month(last.day)}"]
        if expected is not None:
            more = last.persons - expected
            than = f": {number(abs(more))} {'meer' if more > 0 else 'minder'} dan de norm" if more else ""
            words.append(f"norm {number(expected)}{than}")
        return words

    def last_captions(self, words: Sequence[str]) -> tuple[list[Caption], str]:
        """Where neither line runs: above the count when it is ahead of the norm, under it when it is behind; with the
        lead from the count to where that is."""
        if not words:
            return [], ""
        (x, y), frame = self.places[-1], self.frame
        height, width = _LINE * (len(words) - 1), max(len(word) for word in words) * _DIGIT
        if self.is_ahead or frame.bottom - y < 240 + height + 80:
            first, anchor, at, lead = self._above(x, y, height, width)
        elif frame.right - x > width + 60:
            first, anchor, at, lead = y + 240, "start", x + 60, ""
        else:
            first, anchor, at = frame.bottom - 80 - height, "end", frame.right
            lead = f"M{_px(x)} {_px(y + 70)}V{_px(first - 140)}" if first - 140 > y + 70 else ""
        captions = [
            Caption(x=_px(at), y=_px(first + line * _LINE), text=text, anchor=anchor, kind="" if line else "main")
            for line, text in enumerate(words)
        ]
        return captions, lead

    def _above(self, x: int, y: int, height: int, width: int) -> tuple[int, str, int, str]:
        """To the left of the count, over its own line; where there is no room for that, over the norm to the right."""
        frame = self.frame
        if x - frame.left > width:
            return max(y - 100 - height, _HIGHEST_BASELINE), "end", x, ""
        end = min(x + width, frame.right)
        norm_there = self.y(self.asked * (end - frame.left), frame.right - frame.left)
        last = min(y - 140, norm_there - 80)
        first = max(last - height, _HIGHEST_BASELINE)
        has_lead = first + height + 60 < y - 70
        return (
            first,
            "start",
            min(x - 40, frame.right - width),
            f"M{_px(x)} {_px(y - 70)}V{_px(first + height + 60)}" if has_lead else "",
        )


# -- paths --------------------------------------------------------------------


def _polyline(points: Sequence[tuple[int, int] | None]) -> str:
    """A line through the points, broken where one is missing; a point alone is a stroke of no length, drawn round."""
    parts = []
    for is_there, run in groupby(points, key=lambda point: point is not None):
        if not is_there:
            continue
        pairs = [f"{_px(x)} {_px(y)}" for x, y in filter(None, run)]
        parts.append(f"M{'L'.join(pairs)}" if len(pairs) > 1 else f"M{pairs[0]}h0")
    return "".join(parts)


def _stairs(steps: Sequence[tuple[int, int, int] | None]) -> str:
    """A level for each column, with a riser between neighbours."""
    path = ""
    before = False
    for step in steps:
        if step:
            left, right, y = step
            path += f"{'V' if before else f'M{_px(left)} '}{_px(y)}H{_px(right)}"
        before = step is not None
    return path


def _segments(points: Sequence[tuple[int, int] | None]) -> list[_Segment]:
    """The pieces of the line through the points; a point without a neighbour is a piece of no length."""
    pieces = [(*start, *end) for start, end in pairwise(points) if start and end]
    ends = {end for piece in pieces for end in (piece[:2], piece[2:])}
    alone = [(*point, *point) for point in points if point and point not in ends]
    return sorted(pieces + alone)


def _treads(steps: Sequence[tuple[int, int, int] | None]) -> list[_Segment]:
    """The pieces of the stairs: treads, and the risers between neighbours."""
    treads = [(left, y, right, y) for left, right, y in filter(None, steps)]
    risers = [(start[1], start[2], end[0], end[2]) for start, end in pairwise(steps) if start and end]
    return sorted(treads + risers)


def _heights(line: Sequence[_Segment], left: int, right: int) -> list[tuple[int, int]]:
    """For each piece that passes between left and right, the highest and the lowest y that it has there."""
    heights = []
    for x1, y1, x2, y2 in line:
        if x1 <= right and x2 >= left:
            clipped = (max(x1, left), min(x2, right))
            ys = [y1, y2] if x1 == x2 else [y1 + _rounded((y2 - y1) * (x - x1), x2 - x1) for x in clipped]
            heights.append((min(ys), max(ys)))
    return heights


def _spread(count: int, start: int, end: int) -> list[int]:
    """That many places from start to end, at equal distances; one alone stands at the end, which is now."""
    if count < 2:
        return [end] * count
    return [start + _rounded((end - start) * n, count - 1) for n in range(count)]


def _point(x: int, y: int) -> Point:
    return Point(_px(x), _px(y))


def _rounded(dividend: int, divisor: int) -> int:
    """Half up, for a divisor above 0."""
    return (2 * dividend + divisor) // (2 * divisor)


def _px(tenths: int) -> str:
    """1398 → "139.8", 1400 → "140"."""
    whole, rest = divmod(abs(tenths), TENTHS)
    sign = "-" if tenths < 0 else ""
    return f"{sign}{whole}.{rest}" if rest else f"{sign}{whole}"
