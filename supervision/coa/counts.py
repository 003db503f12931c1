"""Which column, or columns, hold the realisatie of this half-year up to this day."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from supervision.coa import messages
from supervision.coa.asking import Choice
from supervision.coa.dates import days_of_cells, half_years_in, peildatum_of
from supervision.coa.mapping import Counting
from supervision.coa.meaning import NUMBERS, Meaning
from supervision.coa.moments import days_of
from supervision.coa.sketch import Draft, Sketch
from supervision.coa.table import Number
from supervision.coa.words import Span, read_header
from supervision.rules.dutch import long_date
from supervision.rules.period import Period

FEWEST_ROWS = 5
"""With fewer rows a series that never falls proves nothing."""


def moment_of(draft: Draft, period: Period | None) -> date | None:
    """The day that a column counts up to: the last of its header, or the end of its month."""
    days = days_of(draft.reading, period)
    if days:
        return max(days)
    return draft.reading.month.within(period) if draft.reading.month else None


def is_within(day: date, period: Period | None) -> bool:
    return period is None or period.start < day <= period.peildatum


def drop_other_half_years(sketch: Sketch) -> None:
    """Columns whose header names another half-year, or a day outside this one, are not for this import."""
    for draft in sketch.drafts:
        if draft.meaning or Meaning.REMAINING in draft.meanings or Meaning.ACHTERSTAND_START in draft.meanings:
            continue
        periods = draft.reading.periods
        if sketch.period and periods and sketch.period not in periods:
            draft.decide(Meaning.IGNORED)
        elif Meaning.REALISATIE in draft.meanings or not draft.meanings:
            draft.moment = moment_of(draft, sketch.period)
            if draft.moment and not is_within(draft.moment, sketch.period):
                draft.decide(Meaning.IGNORED)


def adopt_bare_dates(sketch: Sketch) -> None:
    """Columns with only a day or a month above them count what nothing else does: the realisatie."""
    _adopt_stands(sketch)
    bare = [
        draft
        for draft in sketch.drafts
        if not draft.meanings and not draft.meaning and draft.moment and draft.has_numbers
    ]
    for draft in bare:
        draft.meanings = (Meaning.REALISATIE,)
    if bare:
        last = max(draft.index for draft in bare)
        for draft in sketch.drafts:
            if (
                draft.reading.is_total
                and not draft.meanings
                and abs(draft.index - last) <= len(bare)
                and draft.has_numbers
            ):
                draft.meanings = (Meaning.REALISATIE,)


def _adopt_stands(sketch: Sketch) -> None:
    """ "Stand 1-2-2022", "Stand 1-3-2022" and so on that only ever rise are counts and no balances."""
    stands = [draft for draft in sketch.drafts if not draft.meaning and not draft.is_chosen and _is_stand(draft)]
    for draft in stands:
        draft.moment = moment_of(draft, sketch.period)
    stands = [draft for draft in stands if draft.moment and is_within(draft.moment, sketch.period)]
    if len(stands) < 2 or any(draft for draft in sketch.open(Meaning.REALISATIE)):
        return
    stands.sort(key=_moment)
    rows = [_known([draft.numbers[row] for draft in stands]) for row in range(len(stands[0].numbers))]
    if not any(_falls(row) for row in rows):
        for draft in stands:
            draft.meanings = (Meaning.REALISATIE,)


def _is_stand(draft: Draft) -> bool:
    return draft.reading.is_weak and Meaning.REMAINING in draft.meanings and draft.has_numbers


def _falls(row: Sequence[Number]) -> bool:
    return any(later < earlier for earlier, later in itertools.pairwise(row))


# A table with a row per municipality and day.


def decide_dates(sketch: Sketch) -> None:
    """The columns that hold the day, or the half-year, of a row."""
    for draft in sketch.open(Meaning.DATE, Meaning.PERIOD):
        if draft.meaning:
            continue
        if any(isinstance(value, str) and half_years_in(value) for value in set(draft.values)):
            draft.decide(Meaning.PERIOD)
        elif any(days_of_cells(draft.values, period=sketch.period).values()):
            draft.decide(Meaning.DATE)
        else:
            draft.decide(Meaning.IGNORED)
    for meaning in (Meaning.DATE, Meaning.PERIOD):
        for extra in sketch.decided(meaning)[1:]:
            extra.decide(Meaning.IGNORED)


def row_days(sketch: Sketch) -> list[date] | None:
    """The days of the rows, each once, within the half-year; None without a column for them."""
    column = next(iter(sketch.decided(Meaning.DATE)), None)
    if column is None:
        return None
    days = set(days_of_cells(column.values, period=sketch.period).values())
    return sorted(day for day in days if day and is_within(peildatum_of(day), sketch.period))


def decide_day_of_rows(sketch: Sketch) -> None:
    days = row_days(sketch)
    if days is None:
        return
    by_peildatum = {peildatum_of(day): day for day in days} | {day: day for day in days}
    last = max((peildatum_of(day) for day in days), default=None)
    if sketch.as_of is None and len(days) == 1:
        sketch.as_of = last
    if sketch.as_of not in by_peildatum or (len(days) > 1 and sketch.as_of is None):
        final = sketch.period.peildatum if sketch.period else None
        proposed = final if final in by_peildatum else last
        choose_day(sketch, days, proposed=proposed, text=messages.ask_which_day(sketch.as_of, len(days)))
    if len(days) > 1:
        _decide_counting_of_rows(sketch, days)


def choose_day(sketch: Sketch, days: Sequence[date], *, proposed: date | None, text: str) -> None:
    choices = [Choice(value=peildatum_of(day).isoformat(), label=long_date(day)) for day in days]
    answer = sketch.ask("as_of", text, choices, proposed=proposed.isoformat() if proposed else None)
    sketch.as_of = date.fromisoformat(answer) if answer else None


def _decide_counting_of_rows(sketch: Sketch, days: list[date]) -> None:
    columns = sketch.open(Meaning.REALISATIE) or sketch.open(Meaning.VALUE)
    column = columns[0] if columns else None
    if column is None:
        return
    when = sketch.decided(Meaning.DATE)[0]
    key = next(iter(sketch.decided(Meaning.CODE) or sketch.decided(Meaning.MUNICIPALITY)), None)
    series: dict[object, dict[date, Number | None]] = defaultdict(dict)
    kinds = next(iter(sketch.decided(Meaning.INDICATOR)), None)
    day_of = days_of_cells(when.values, period=sketch.period)
    wanted = set(days)
    for row, value in enumerate(when.values):
        day = day_of[value]
        if day in wanted and key and (kinds is None or _is_realisatie(kinds, row)):
            series[key.values[row]][day] = column.numbers[row]
    rows = [[of_day.get(day) for day in days] for of_day in series.values()]
    sketch.counting = _counting(sketch, {column.reading.span}, rows)


def _is_realisatie(kinds: Draft, row: int) -> bool:
    text = kinds.values[row]
    return isinstance(text, str) and Meaning.REALISATIE in read_header((text,)).meanings


# A table with a column per month or day.


def decide_realisatie(sketch: Sketch) -> None:
    drafts = sketch.open(Meaning.REALISATIE)
    for draft in drafts:
        draft.moment = draft.moment or moment_of(draft, sketch.period)
    chosen = [draft for draft in drafts if draft.is_chosen]
    drafts = [draft for draft in drafts if draft.has_numbers or draft.is_chosen] or drafts
    if len(chosen) == 1 and not chosen[0].moment:
        _keep(sketch, chosen)
        return
    dated = [draft for draft in drafts if draft.moment]
    undated = [draft for draft in drafts if not draft.moment]
    if len(drafts) == 1 and drafts[0].reading.span is not Span.MONTH:
        _keep(sketch, drafts)
    elif not drafts:
        return
    elif dated and len({draft.moment for draft in dated}) == len(dated) and len(undated) <= 1:
        _decide_series(sketch, sorted(dated, key=_moment), undated)
    elif (whole := _whole(drafts)) and not any(draft.moment for draft in drafts):
        # The others count one month, by their words.
        _keep(sketch, [whole])
    else:
        kept = sketch.ask_column("realisatie", messages.ASK_REALISATIE, drafts, proposed=_whole(drafts))
        _keep(sketch, [kept] if kept else [])


def _whole(drafts: list[Draft]) -> Draft | None:
    """Of several, the one that counts the whole half-year by its words."""
    whole = [draft for draft in drafts if draft.reading.span is not Span.MONTH]
    return whole[0] if len(whole) == 1 else None


def _moment(draft: Draft) -> date:
    return draft.moment or date.min


def _keep(sketch: Sketch, kept: Sequence[Draft]) -> None:
    for draft in sketch.open(Meaning.REALISATIE):
        draft.decide(Meaning.REALISATIE if draft in kept else Meaning.IGNORED)


def _decide_series(sketch: Sketch, dated: list[Draft], undated: list[Draft]) -> None:
    """Counts of several days or months, perhaps with their total in a column of its own."""
    filled = [draft for draft in dated if any(draft.numbers)] or dated
    rows = [[draft.numbers[row] for draft in filled] for row in range(len(filled[0].numbers))]
    total = undated[0] if undated else None
    counting = _by_total(total, rows) if total else None
    if len(dated) == 1 and total:
        kept = sketch.ask_column("realisatie", messages.ASK_REALISATIE, [*undated, *dated], proposed=total)
        _keep(sketch, [kept] if kept else [])
        return
    sketch.counting = counting or _counting(sketch, {draft.reading.span for draft in dated}, rows)
    last = _moment(filled[-1])
    if sketch.as_of is None:
        sketch.as_of = last
    if total and counting and sketch.as_of == last:
        sketch.counting = Counting.WHOLE
        total.moment = last
        _keep(sketch, undated)
        return
    moments = [_moment(draft) for draft in filled]
    if sketch.as_of not in moments:
        choose_day(sketch, moments, proposed=last, text=messages.ask_other_day(sketch.as_of, last))
    _keep(sketch, dated)
    _look_for_gaps(sketch, moments)


def _look_for_gaps(sketch: Sketch, moments: list[date]) -> None:
    """Months that are summed must follow each other from the start of the half-year on; quarters too."""
    if sketch.counting is not Counting.MONTHLY or sketch.period is None or sketch.as_of is None:
        return
    start = sketch.period.start
    months = [(day.year - start.year) * 12 + day.month - start.month for day in moments if day <= sketch.as_of]
    if months and months != list(range(months[0], months[-1] + 1, months[0] or 1)):
        sketch.remarks.append(messages.MONTHS_MISSING)


def _by_total(total: Draft, rows: list[list[Number | None]]) -> Counting | None:
    """A total that is the sum of the others says that they are months; one that is the last, that they add up."""
    compared = [
        (told, row) for told, row in zip(total.numbers, rows, strict=True) if told is not None and None not in row
    ]
    telling = [(told, row) for told, row in compared if len({sum(_known(row)), row[-1]}) == 2]
    if not telling:
        return None
    if all(told == sum(_known(row)) for told, row in telling):
        return Counting.MONTHLY
    return Counting.CUMULATIVE if all(told == row[-1] for told, row in telling) else None


def _known(row: Sequence[Number | None]) -> list[Number]:
    return [number for number in row if number is not None]


def _counting(sketch: Sketch, spans: set[Span | None], rows: list[list[Number | None]]) -> Counting:
    """Counts per month, or up to each day: by the words, else by whether they ever fall; else it is asked."""
    known = [_known(row) for row in rows]
    series = [row for row in known if len(row) > 1]
    falling = sum(1 for row in series if _falls(row))
    rising = sum(1 for row in series if row[-1] > row[0])
    if spans == {Span.MONTH}:
        return Counting.MONTHLY
    if spans == {Span.CUMULATIVE} and falling * 4 <= len(series):
        return Counting.CUMULATIVE
    if falling * 3 > len(series) and Span.CUMULATIVE not in spans:
        return Counting.MONTHLY
    if not falling and rising >= FEWEST_ROWS and rising * 2 > len(series) and Span.MONTH not in spans:
        return Counting.CUMULATIVE
    kept = sketch.profile.counting if sketch.profile else Counting.WHOLE
    proposed = kept if kept is not Counting.WHOLE else Counting.CUMULATIVE if not falling else Counting.MONTHLY
    choices = [
        Choice(value=Counting.CUMULATIVE.value, label=messages.CUMULATIVE),
        Choice(value=Counting.MONTHLY.value, label=messages.MONTHLY),
    ]
    answer = sketch.ask("telling", messages.ASK_COUNTING, choices, proposed=proposed.value)
    return Counting(answer) if answer else proposed


# A second half-year.


def decide_start_of_count(sketch: Sketch) -> None:
    """In a second half-year: does the count begin anew on 1 July, or run on from 1 January?

    It runs on where no municipality has fewer after 1 July than before; then it is asked, for that may be chance.
    """
    period = sketch.period
    if period is None or period.half != 2 or sketch.counting is Counting.MONTHLY or sketch.as_of is None:
        return
    pairs = _around_start(sketch, period)
    known = [(before, after) for before, after in pairs if before is not None and after is not None and before > 0]
    if not known or any(after < before for before, after in known):
        return
    choices = [
        Choice(value="juli", label=messages.FROM_JULY),
        Choice(value="januari", label=messages.FROM_JANUARY),
    ]
    answer = sketch.ask("telling_vanaf", messages.ASK_JANUARY, choices, proposed="januari")
    sketch.counts_from_january = answer == "januari"
    if sketch.counts_from_january:
        sketch.counting = Counting.CUMULATIVE
        for draft in _base_columns(sketch, period):
            draft.decide(Meaning.REALISATIE)


def _base_columns(sketch: Sketch, period: Period) -> list[Draft]:
    """The column of the count on 1 July itself, set aside as one of the half-year before."""
    return [draft for draft in sketch.drafts if draft.moment == period.start and Meaning.REALISATIE in draft.meanings]


def _around_start(sketch: Sketch, period: Period) -> list[tuple[Number | None, Number | None]]:
    """Per municipality the count on 1 July and the one of the peildatum."""
    when = next(iter(sketch.decided(Meaning.DATE)), None)
    if when is None:
        base = next(iter(_base_columns(sketch, period)), None)
        last = next((draft for draft in sketch.decided(Meaning.REALISATIE) if draft.moment == sketch.as_of), None)
        return list(zip(base.numbers, last.numbers, strict=True)) if base and last else []
    key = next(iter(sketch.decided(Meaning.CODE) or sketch.decided(Meaning.MUNICIPALITY)), None)
    column = next(iter(sketch.open(Meaning.REALISATIE)), None)
    if key is None or column is None:
        return []
    series: dict[object, dict[date, Number | None]] = defaultdict(dict)
    day_of = days_of_cells(when.values, period=period)
    for row, value in enumerate(when.values):
        day = day_of[value]
        if day:
            series[key.values[row]][peildatum_of(day)] = column.numbers[row]
    return [(of_day.get(period.start), of_day.get(sketch.as_of or period.peildatum)) for of_day in series.values()]


# A table with a row per municipality and figure.


def decide_indicators(sketch: Sketch) -> None:
    """A column whose texts name figures, and the one column that holds them."""
    if sketch.open(*(NUMBERS - {Meaning.PERCENTAGE})) and not sketch.open(Meaning.INDICATOR):
        return
    kinds = [draft for draft in sketch.drafts if draft.meaning is None and _names_figures(draft)]
    values = [draft for draft in sketch.drafts if draft.meaning is None and draft not in kinds and draft.has_numbers]
    named = [draft for draft in values if Meaning.VALUE in draft.meanings]
    value = (named or values)[:1]
    if kinds and value:
        kinds[0].decide(Meaning.INDICATOR)
        value[0].decide(Meaning.VALUE)


MOST_KINDS = 25


def _names_figures(draft: Draft) -> bool:
    distinct = set(draft.texts)
    if not 0 < len(distinct) <= MOST_KINDS:
        return False
    told = sum(1 for text in distinct if NUMBERS.intersection(read_header((text,)).meanings))
    return told >= 1 and (Meaning.INDICATOR in draft.meanings or told * 2 >= len(distinct))
