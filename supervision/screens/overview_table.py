"""The table of the overview: the dossier's own columns, a row per municipality, and what the address asks of it.

Everything here works on assessments that were read; nothing queries.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from urllib.parse import urlencode

from django.utils.html import format_html
from django.utils.safestring import SafeString

from municipalities.names import alias_key, municipality_code
from supervision.differences import NO_EXPLANATIONS, Difference, Explanations, differences_of
from supervision.figures import Assessment, Total, total_of
from supervision.rules.dutch import enumeration, long_date, number, percent, short_date, signed
from supervision.rules.opgave import Kind, Opgave
from supervision.rules.period import Period, periods_between
from supervision.screens import charts
from supervision.screens.overview_decisions import Said, decided_in_words, is_open, rank_of, said_of
from supervision.screens.prognoses import (
    NO_PROGNOSES,
    Prognoses,
    expected_change,
    expected_trede,
    may_be_higher,
    needed_together,
    prognoses_of,
)

NOTHING = "–"
SPARK_HALF_YEARS = 8
MOST_IN_A_NOTE = 12


class Stage(Enum):
    """How far a half-year is, as far as the figures say."""

    EMPTY = "nothing was reported"
    RUNNING = "no municipality has a final count"
    CLOSED = "COA's final count is in, of one municipality at least"


def stage_of(assessments: Sequence[Assessment]) -> Stage:
    if any(each.opgave.is_closed for each in assessments):
        return Stage.CLOSED
    is_reported = any(
        figure is not None
        for opgave in (each.opgave for each in assessments)
        for figure in (opgave.taakstelling, opgave.start_reported, opgave.start_carried, opgave.realisation)
    )
    return Stage.RUNNING if is_reported else Stage.EMPTY


def missing_in(assessment: Assessment, stage: Stage) -> tuple[Kind, ...]:
    """The figures that should be there: while the half-year runs no final count is missing yet."""
    if stage is Stage.CLOSED:
        return assessment.missing
    return tuple(kind for kind in assessment.missing if kind is not Kind.REALISATION)


def owed(assessment: Assessment, stage: Stage) -> int | None:
    """The achterstand at the end; while the half-year runs, what is still to be housed."""
    opgave = assessment.opgave
    return opgave.achterstand_end if stage is Stage.CLOSED else opgave.remaining


# -- what the address asks ----------------------------------------------------

Value = int | str | None

SORT_VALUES: dict[str, Callable[[Assessment, Stage], Value]] = {
    "gemeente": lambda each, stage: alias_key(each.municipality.name),
    "trede_voor": lambda each, stage: each.trede_before,
    "achterstand_begin": lambda each, stage: each.opgave.achterstand_start,
    "taakstelling": lambda each, stage: each.opgave.taakstelling_with_herverdeling,
    "totaalopgave": lambda each, stage: each.opgave.totaalopgave,
    "realisatie": lambda each, stage: each.opgave.realisation,
    "realisatie_taakstelling": lambda each, stage: each.opgave.percentage_taakstelling,
    "realisatie_totaalopgave": lambda each, stage: each.opgave.percentage_totaalopgave,
    "achterstand_eind": owed,
    "trede": lambda each, stage: each.advice.trede if each.advice else None,
    "besluit": lambda each, stage: rank_of(each),
    "nodig": lambda each, stage: None,
}
"""Of a half-year that runs, trede and nodig are those of its prognosis: see `_value_of`."""

FILTERS: dict[str, Callable[[Assessment, Stage], bool]] = {
    "alle": lambda each, stage: True,
    "achterstand": lambda each, stage: (owed(each, stage) or 0) > 0,
    "omhoog": lambda each, stage: each.change > 0,
    "omlaag": lambda each, stage: each.change < 0,
    "ontbreekt": lambda each, stage: bool(missing_in(each, stage)),
    "besluit": lambda each, stage: is_open(each),
}

DEFAULT_SORT = "-trede"
DEFAULT_FILTER = "alle"
LONGEST_SEARCH = 60
ANCHOR = "alle"
"""The id of the table on the page: who sorts it stays with it."""
SUM = "som"
"""The id of the sum on the page of a municipality."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What the address asks of the table. What it asks wrongly falls back, with a sentence in `problems`."""

    sort: str = DEFAULT_SORT
    show: str = DEFAULT_FILTER
    search: str = ""
    stand: str = ""
    problems: tuple[str, ...] = ()

    @classmethod
    def read(cls, query: Mapping[str, str], *, stand: str = "") -> Choice:
        """`stand` is the moment as of which the page is asked for; its links keep it."""
        sort, show = query.get("sorteer", DEFAULT_SORT), query.get("toon", DEFAULT_FILTER)
        problems = []
        if sort.removeprefix("-") not in SORT_VALUES:
            problems.append(f"Op ‘{_shortened(sort)}’ kunt u niet sorteren. De tabel staat op trede.")
            sort = DEFAULT_SORT
        if show not in FILTERS:
            problems.append(f"‘{_shortened(show)}’ kunt u niet tonen. U ziet alle gemeenten.")
            show = DEFAULT_FILTER
        search = query.get("zoek", "").replace("\0", "").strip()[:LONGEST_SEARCH]
        return cls(sort=sort, show=show, search=search, stand=stand, problems=tuple(problems))

    @property
    def column(self) -> str:
        return self.sort.removeprefix("-")

    @property
    def is_descending(self) -> bool:
        return self.sort.startswith("-")

    @property
    def is_whole(self) -> bool:
        """Whether every municipality of the province is in sight."""
        return self.show == DEFAULT_FILTER and not self.search

    def url(self, *, sort: str | None = None, show: str | None = None, search: str | None = None) -> str:
        """The address of this page with one thing changed, at the table; what is usual is left out."""
        asked = {
            "sorteer": (sort or self.sort, DEFAULT_SORT),
            "toon": (show or self.show, DEFAULT_FILTER),
            "zoek": (self.search if search is None else search, ""),
            "stand": (self.stand, ""),
        }
        query = urlencode({key: value for key, (value, usual) in asked.items() if value != usual})
        return f"?{query}#{ANCHOR}"

    def sort_url(self, column: str) -> str:
        """Numbers begin with the highest, names with A; a second time turns the order round."""
        first = column if column == "gemeente" else f"-{column}"
        second = f"-{column}" if column == "gemeente" else column
        return self.url(sort=second if self.sort == first else first)

    @property
    def kept_by_search(self) -> tuple[tuple[str, str], ...]:
        kept = (
            ("sorteer", self.sort, DEFAULT_SORT),
            ("toon", self.show, DEFAULT_FILTER),
            ("stand", self.stand, ""),
        )
        return tuple((key, value) for key, value, usual in kept if value != usual)


def municipality_url(municipalities_url: str, code: str, anchor: str = "") -> str:
    """Of one of them; what the address of all of them asks in its query, stays."""
    path, mark, query = municipalities_url.partition("?")
    return f"{path}{code}/{mark}{query}{anchor}"


def _shortened(text: str) -> str:
    return text if len(text) <= 30 else f"{text[:30]}…"


def found(assessments: Sequence[Assessment], search: str) -> list[Assessment]:
    """Those whose name holds the text, whatever its case and accents, or whose code it is."""
    if not search:
        return list(assessments)
    key, code = alias_key(search), municipality_code(search)
    return [
        each
        for each in assessments
        if (key and key in alias_key(each.municipality.name)) or each.municipality.code == code
    ]


def in_order(
    assessments: Sequence[Assessment], choice: Choice, stage: Stage, prognoses: Prognoses = NO_PROGNOSES
) -> list[Assessment]:
    """Sorted as asked; equals by achterstand, then by name. What has no value comes last either way."""
    value_of = _value_of(choice.column, stage, prognoses)
    by_name = sorted(assessments, key=lambda each: alias_key(each.municipality.name))
    by_owed = sorted(by_name, key=lambda each: owed(each, stage) or 0, reverse=True)
    valued = [each for each in by_owed if value_of(each) is not None]
    valued.sort(key=value_of, reverse=choice.is_descending)  # type: ignore[arg-type]
    return valued + [each for each in by_owed if value_of(each) is None]


def _value_of(column: str, stage: Stage, prognoses: Prognoses) -> Callable[[Assessment], Value]:
    if prognoses and column == "trede":
        return lambda each: expected_trede(prognoses.get(each.municipality.pk))
    if prognoses and column == "nodig":
        needed = {pk: prognosis.needed_per_week for pk, prognosis in prognoses.items()}
        return lambda each: needed.get(each.municipality.pk)
    return lambda each: SORT_VALUES[column](each, stage)


# -- what the screen shows ----------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    label: str
    count: str
    url: str
    current: bool


def tabs(assessments: Sequence[Assessment], choice: Choice, stage: Stage, *, has_advice: bool) -> list[Tab]:
    """The filters with what each would show; without any advice nobody rises or falls."""
    labels = {
        "alle": "Alle",
        "achterstand": "Achterstand" if stage is Stage.CLOSED else "Nog te huisvesten",
        "omhoog": "Trede omhoog",
        "omlaag": "Trede omlaag",
        "ontbreekt": "Cijfer ontbreekt",
        "besluit": "Besluit open",
    }
    if not has_advice:
        labels = {key: label for key, label in labels.items() if key not in ("omhoog", "omlaag", "besluit")}
    return [
        Tab(
            label=label,
            count=number(sum(FILTERS[key](each, stage) for each in assessments)),
            url=choice.url(show=key),
            current=key == choice.show,
        )
        for key, label in labels.items()
    ]


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A head of the table; `url` is empty where the column does not sort."""

    label: SafeString | str
    kind: str
    url: str = ""
    direction: str = ""


def heads(
    choice: Choice,
    *,
    period: Period,
    stage: Stage,
    has_trede: bool,
    has_prognosis: bool,
    has_advice: bool,
    spark_periods: Sequence[Period],
) -> list[Head]:
    def head(column: str, label: SafeString | str, kind: str) -> Head:
        is_sorted = column == choice.column
        direction = ("descending" if choice.is_descending else "ascending") if is_sorted else ""
        return Head(label=label, kind=kind, url=choice.sort_url(column), direction=direction)

    is_closed = stage is Stage.CLOSED
    so_far = format_html("Realisatie<br>{}", "tot nu toe")
    still = format_html("Nog te<br>{}", "huisvesten")
    first, last = spark_periods[0], spark_periods[-1]
    span = f"{first} t/m {last}" if first < last else str(last)
    columns = [
        head("gemeente", "Gemeente", "col-name"),
        head("trede_voor", format_html("Trede<br>{}", period.previous), "n wide col-before"),
        head("achterstand_begin", _on("Achterstand", period.start), "n wide col-start"),
        head("taakstelling", format_html("Taakstelling<br>{}", "incl. herverdeling"), "n wide col-task"),
        head("totaalopgave", format_html("Totaal{}opgave", "\u00ad"), "n col-goal"),
        head("realisatie", "Realisatie" if is_closed else so_far, "n col-done"),
        head("realisatie_taakstelling", _share("taakstelling"), "n wide mid col-pct"),
        head("realisatie_totaalopgave", _share("totaalopgave"), "n wide mid col-pct"),
        head("achterstand_eind", _on("Achterstand", period.peildatum) if is_closed else still, "n col-end"),
        *([head("nodig", format_html("Nodig<br>{}", "per week"), "n wide col-need")] if has_prognosis else []),
        Head(label=format_html("Verloop<br>{}", span), kind="wide mid col-spark"),
    ]
    if has_trede:
        word = "Prognose" if has_prognosis else "Advies"
        columns.append(head("trede", format_html("{}<br>trede", word), "col-trede"))
    if has_advice:
        columns.append(head("besluit", "Besluit", "wide col-said"))
    return columns


def _on(label: str, day: object) -> SafeString:
    return format_html("{}<br>{}", label, short_date(day))  # type: ignore[arg-type]


def _share(of: str) -> SafeString:
    return format_html("Realisatie %<br>{}", of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One municipality, or the province in the last row, ready to be written.

    `adjustment` is the herverdeling that is in the taakstelling, with its sign. `url` and `sum_url` are empty for the
    province; `is_first` begins another trede. While the half-year runs `trede` and `change` are of its prognosis, and
    `needed` are persons a week. `said` is what was proposed or decided, for the province `said_in_words`.
    """

    name: str
    url: str
    sum_url: str
    notes: str
    trede_before: str
    start: str
    adjustment: str
    taakstelling: str
    totaalopgave: str
    realisation: str
    percentage_taakstelling: str
    percentage_totaalopgave: str
    end: str
    spark: charts.Sparkline
    trede: int | None
    change: str
    is_first: bool
    needed: str
    said: Said | None
    said_url: str
    said_in_words: str


def rows(
    assessments: Sequence[Assessment],
    *,
    choice: Choice,
    stage: Stage,
    spark_periods: Sequence[Period],
    notes: Mapping[int, str],
    municipalities_url: str,
    decisions_url: str = "",
    prognoses: Prognoses = NO_PROGNOSES,
) -> list[Row]:
    """The rows in the order given. `notes` has the letters of the notes by the municipality's pk."""
    by_trede = choice.column in ("trede", "trede_voor")
    value_of = _value_of(choice.column, stage, prognoses)
    made: list[Row] = []
    before: Value = None
    for each in assessments:
        group = value_of(each) if by_trede else None
        prognosis = prognoses.get(each.municipality.pk)
        change = expected_change(each, prognosis) if prognoses else each.advised_change
        row = _row(
            name=each.municipality.name,
            opgave=each.opgave,
            end=owed(each, stage),
            spark=charts.sparkline(spark_values(each, spark_periods)),
            url=municipality_url(municipalities_url, each.municipality.code),
            notes=notes.get(each.municipality.pk, ""),
            trede_before=_or_nothing(each.trede_before),
            trede=expected_trede(prognosis) if prognoses else each.advice.trede if each.advice else None,
            change="up" if change > 0 else "down" if change < 0 else "",
            is_first=bool(made) and group != before,
            needed=_or_nothing(prognosis.needed_per_week if prognosis else None) if prognoses else "",
            said=said_of(each),
            said_url=f"{decisions_url}{each.municipality.code}/" if decisions_url else "",
        )
        made.append(row)
        before = group
    return made


def total_row(
    total: Total,
    assessments: Sequence[Assessment],
    *,
    name: str,
    stage: Stage,
    spark_periods: Sequence[Period],
    prognoses: Prognoses = NO_PROGNOSES,
) -> Row:
    """What is needed a week is the sum of what each of them needs: who is ahead makes up for nobody."""
    end = total.opgave.achterstand_end if stage is Stage.CLOSED else total.opgave.remaining
    spark = charts.sparkline(spark_totals(assessments, spark_periods))
    needed = number(needed_together(prognoses)) if prognoses else ""
    said = decided_in_words(assessments)
    return _row(name=name, opgave=total.opgave, end=end, spark=spark, needed=needed, said_in_words=said)


def _row(
    *,
    name: str,
    opgave: Opgave,
    end: int | None,
    spark: charts.Sparkline,
    url: str = "",
    notes: str = "",
    trede_before: str = "",
    trede: int | None = None,
    change: str = "",
    is_first: bool = False,
    needed: str = "",
    said: Said | None = None,
    said_url: str = "",
    said_in_words: str = "",
) -> Row:
    return Row(
        name=name,
        url=url,
        sum_url=f"{url}#{SUM}" if url else "",
        notes=notes,
        trede_before=trede_before,
        start=_or_nothing(opgave.achterstand_start),
        adjustment=signed(opgave.herverdeling) if opgave.herverdeling else "",
        taakstelling=_or_nothing(opgave.taakstelling_with_herverdeling),
        totaalopgave=_or_nothing(opgave.totaalopgave),
        realisation=_or_nothing(opgave.realisation),
        percentage_taakstelling=share(opgave, opgave.taakstelling, opgave.percentage_taakstelling),
        percentage_totaalopgave=share(opgave, opgave.totaalopgave, opgave.percentage_totaalopgave),
        end=_or_nothing(end),
        spark=spark,
        trede=trede,
        change=change,
        is_first=is_first,
        needed=needed,
        said=said,
        said_url=said_url,
        said_in_words=said_in_words,
    )


def total_for(assessments: Sequence[Assessment], *, period: Period, stage: Stage) -> Total:
    """The province as one; of a closed half-year only the municipalities whose count is final.

    Of a half-year in which nothing was counted yet: what is asked, without a realisatie.
    """
    if all(each.opgave.realisation is None for each in assessments):
        return asked_of(assessments, period=period)
    if stage is Stage.CLOSED:
        return total_of(assessments, period=period, outcome=lambda opgave: opgave.achterstand_end)
    return total_of(assessments, period=period)


def asked_of(assessments: Sequence[Assessment], *, period: Period) -> Total:
    """The province as one whatever was counted."""
    return total_of(assessments, period=period, outcome=lambda opgave: opgave.totaalopgave)


def share(opgave: Opgave, whole: int | None, percentage: int | None) -> str:
    """As "82%"; "n.v.t." where nothing was asked, and a dash where a figure lacks."""
    return NOTHING if opgave.realisation is None or whole is None else percent(percentage)


def _or_nothing(value: int | None) -> str:
    return NOTHING if value is None else number(value)


# -- the line of half-years ---------------------------------------------------


def spark_periods_of(assessments: Sequence[Assessment], *, period: Period, stage: Stage) -> list[Period]:
    """The last half-years that can have an end: up to this one, or the one before while this one runs."""
    last = period if stage is Stage.CLOSED else period.previous
    known = [min(each.half_years) for each in assessments]
    first = min([last, *known])
    return periods_between(max(first, last.back(SPARK_HALF_YEARS - 1)), last)


def spark_values(assessment: Assessment, periods: Sequence[Period]) -> list[charts.HalfYear]:
    opgaven = [assessment.half_years.get(period) for period in periods]
    return [
        charts.HalfYear(
            label=str(period),
            achterstand_end=opgave.achterstand_end if opgave else None,
            taakstelling=opgave.taakstelling if opgave else None,
        )
        for period, opgave in zip(periods, opgaven, strict=True)
    ]


def spark_totals(assessments: Sequence[Assessment], periods: Sequence[Period]) -> list[charts.HalfYear]:
    """The sums over the municipalities of which both numbers are there."""
    totals = []
    for period in periods:
        opgaven = [opgave for each in assessments if (opgave := each.half_years.get(period))]
        whole = [each for each in opgaven if each.achterstand_end is not None and each.taakstelling is not None]
        totals.append(
            charts.HalfYear(
                label=str(period),
                achterstand_end=sum(each.achterstand_end or 0 for each in whole) if whole else None,
                taakstelling=sum(each.taakstelling or 0 for each in whole) if whole else None,
            )
        )
    return totals


# -- notes --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteItem:
    name: str
    url: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """A note under the table, for the municipalities that carry its letter. `more`: so many are not named.

    `url` is that of a page about it, where there is one.
    """

    letter: str
    text: str
    items: tuple[NoteItem, ...]
    more: str
    closing: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notes:
    notes: tuple[Note, ...]
    letters: Mapping[int, str]


def notes_on(
    assessments: Sequence[Assessment],
    *,
    period: Period,
    municipalities_url: str,
    differences_url: str = "",
    explanations: Explanations = NO_EXPLANATIONS,
    prognoses: Prognoses = NO_PROGNOSES,
) -> Notes:
    """What the numbers do not say: COA against the computed opening, a taakstelling that was another, the other
    reading, half-years that lack."""
    differences = {each.municipality.pk: each for each in differences_of(assessments, explanations)}
    kinds = [
        (
            f"COA meldt op {long_date(period.start)} een andere achterstand dan over {period.previous} is berekend:",
            {pk: _difference(difference) for pk, difference in differences.items()},
            "COA is leidend.",
            differences_url,
        ),
        (
            f"De taakstelling {period} is gewijzigd; de laatste geldt:",
            {each.municipality.pk: _version(each) for each in assessments if each.taakstelling_before},
            "",
            "",
        ),
        (
            _reading_sentence(assessments),
            {each.municipality.pk: f"trede {each.other_reading}" for each in assessments if has_other_reading(each)},
            "",
            "",
        ),
        (
            "Het advies kan hoger uitvallen, omdat cijfers van een eerder halfjaar ontbreken:",
            {each.municipality.pk: _could_be(each) for each in assessments if is_uncertain(each)},
            "",
            "",
        ),
        (
            "De prognose kan hoger uitvallen, omdat cijfers van een eerder halfjaar ontbreken:",
            {pk: f"trede {trede}" for pk, each in prognoses.items() if (trede := may_be_higher(each))},
            "",
            "",
        ),
    ]
    notes: list[Note] = []
    letters: dict[int, str] = {}
    for text, remarks, closing, url in kinds:
        if not remarks:
            continue
        letter = "abcde"[len(notes)]
        for pk in remarks:
            letters[pk] = f"{letters[pk]}, {letter}" if pk in letters else letter
        items = [
            NoteItem(
                name=each.municipality.name,
                url=municipality_url(municipalities_url, each.municipality.code),
                text=remarks[each.municipality.pk],
            )
            for each in assessments
            if each.municipality.pk in remarks
        ]
        more = len(items) - MOST_IN_A_NOTE
        notes.append(
            Note(
                letter=letter,
                text=text,
                items=tuple(items[:MOST_IN_A_NOTE]),
                more=f"en nog {number(more)} gemeenten" if more > 0 else "",
                closing=closing,
                url=url,
            )
        )
    return Notes(notes=tuple(notes), letters=letters)


def has_other_reading(assessment: Assessment) -> bool:
    """Whether the trede depends on counting the herverdeling in the comparison."""
    advice, other = assessment.advice, assessment.other_reading
    return advice is not None and other is not None and other != advice.trede


def is_uncertain(assessment: Assessment) -> bool:
    """Whether a half-year without figures could still raise the advice."""
    return assessment.advice is not None and bool(assessment.advice.missing)


def _difference(difference: Difference) -> str:
    explained = "" if difference.is_explained else " (niet verklaard)"
    return f"{number(difference.reported)} in plaats van {number(difference.computed)}{explained}"


def _version(assessment: Assessment) -> str:
    before, now = assessment.announced[-2:]
    return f"{number(now.persons)}, eerder {number(before.persons)} ({long_date(now.day)})"


def _reading_sentence(assessments: Sequence[Assessment]) -> str:
    policy = assessments[0].policy if assessments else None
    counted = "niet mee" if policy and policy.counts_herverdeling else "wel mee"
    return f"Telt de herverdeling {counted} in de vergelijking met de taakstelling, dan is het advies anders:"


def _could_be(assessment: Assessment) -> str:
    advice = assessment.advice
    if advice is None:
        return ""
    missing = enumeration([str(period) for period in advice.missing])
    return f"trede {advice.could_be} ({missing} ontbreekt)"


# -- all of it ----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The table as asked. `left_out` says who lack in the total, `nothing` why there is no row."""

    tabs: tuple[Tab, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    total_rows: tuple[Row, ...]
    left_out: str
    notes: tuple[Note, ...]
    caption: str
    nothing: str
    whole_url: str
    has_advice: bool
    has_prognosis: bool
    has_trede: bool


def table_of(
    assessments: Sequence[Assessment],
    choice: Choice,
    *,
    name: str,
    period: Period,
    stage: Stage,
    municipalities_url: str,
    differences_url: str = "",
    decisions_url: str = "",
    explanations: Explanations = NO_EXPLANATIONS,
    prognoses: Prognoses | None = None,
) -> Table:
    """`prognoses` are made here where they are not given."""
    if prognoses is None:
        prognoses = prognoses_in(assessments, period=period, stage=stage)
    has_advice = any(each.advice for each in assessments)
    has_trede = has_advice or any(expected_trede(each) is not None for each in prognoses.values())
    has_value = {"trede": has_trede, "nodig": bool(prognoses), "besluit": has_advice}
    sorting = choice if has_value.get(choice.column, True) else replace(choice, sort="-achterstand_eind")
    spark_periods = spark_periods_of(assessments, period=period, stage=stage)
    notes = notes_on(
        assessments,
        period=period,
        municipalities_url=municipalities_url,
        differences_url=differences_url,
        explanations=explanations,
        prognoses=prognoses,
    )
    sought = found(assessments, choice.search)
    shown = in_order([each for each in sought if FILTERS[choice.show](each, stage)], sorting, stage, prognoses)
    total = total_for(assessments, period=period, stage=stage)
    counted = len(assessments) - len(total.left_out)
    total_name = f"Totaal van {number(counted)}" if total.left_out else name
    return Table(
        tabs=tuple(tabs(sought, choice, stage, has_advice=has_advice)),
        heads=tuple(
            heads(
                sorting,
                period=period,
                stage=stage,
                has_trede=has_trede,
                has_prognosis=bool(prognoses),
                has_advice=has_advice,
                spark_periods=spark_periods,
            )
        ),
        rows=tuple(
            rows(
                shown,
                choice=sorting,
                stage=stage,
                spark_periods=spark_periods,
                notes=notes.letters,
                municipalities_url=municipalities_url,
                decisions_url=decisions_url,
                prognoses=prognoses,
            )
        ),
        total_rows=(
            total_row(
                total,
                assessments,
                name=total_name,
                stage=stage,
                spark_periods=spark_periods,
                prognoses=prognoses,
            ),
        ),
        left_out=_left_out(total),
        notes=notes.notes,
        caption=_caption(sorting, period, has_prognosis=bool(prognoses)),
        nothing=_nothing_shown(choice, sought),
        whole_url=choice.url(show=DEFAULT_FILTER, search=""),
        has_advice=has_advice,
        has_prognosis=bool(prognoses),
        has_trede=has_trede,
    )


def prognoses_in(assessments: Sequence[Assessment], *, period: Period, stage: Stage) -> Prognoses:
    """Of a half-year of which COA's final counts are coming in there are none any more."""
    return prognoses_of(assessments, period=period) if stage is Stage.RUNNING else NO_PROGNOSES


_IN_WORDS = {
    "gemeente": "naam",
    "trede_voor": "de trede van het halfjaar ervoor",
    "achterstand_begin": "achterstand bij het begin",
    "taakstelling": "taakstelling",
    "totaalopgave": "totaalopgave",
    "realisatie": "realisatie",
    "realisatie_taakstelling": "realisatie in procenten van de taakstelling",
    "realisatie_totaalopgave": "realisatie in procenten van de totaalopgave",
    "achterstand_eind": "achterstand aan het eind",
    "trede": "advies",
    "nodig": "wat er per week nodig is",
    "besluit": "wat er nog te besluiten is",
}


def _caption(choice: Choice, period: Period, *, has_prognosis: bool) -> str:
    order = "hoogste eerst" if choice.is_descending else "laagste eerst"
    if choice.column == "gemeente":
        order = "van Z naar A" if choice.is_descending else "van A naar Z"
    what = "prognose" if has_prognosis and choice.column == "trede" else _IN_WORDS[choice.column]
    return f"Cijfers en trede per gemeente, {period}. Gesorteerd op {what}, {order}."


def _left_out(total: Total) -> str:
    if total.is_complete:
        return ""
    named, more = total.left_out[:MOST_IN_A_NOTE], len(total.left_out) - MOST_IN_A_NOTE
    names = f"{', '.join(named)} en nog {number(more)} gemeenten" if more > 0 else enumeration(named)
    return f"Het totaal is zonder {names}: daar ontbreken cijfers."


def _nothing_shown(choice: Choice, sought: Sequence[Assessment]) -> str:
    """Why the table is empty, for when it is."""
    if not sought:
        return f"Geen gemeente gevonden met ‘{choice.search}’."
    within = f" met ‘{choice.search}’ in de naam" if choice.search else ""
    return f"Er zijn geen gemeenten{within} om hier te tonen."
