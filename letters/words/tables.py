"""The tables of a letter: each sum with where its numbers come from."""

from __future__ import annotations

from datetime import date

from letters.words.blocks import Table
from letters.words.case import Case, Figures, Swap, figures_of
from letters.words.content import SumRow, SumTable
from letters.words.texts import Filler, ministry, text
from supervision.rules.dutch import MINUS, day_and_month, long_date, number, percent, signed, sum_of
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period


def table_of(which: Table, case: Case, fill: Filler) -> SumTable | None:
    """None where the block asks for none, or where what it shows is not known yet."""
    if which is Table.FIGURES:
        return _figures_table(case, fill)
    if which is Table.OUTCOME:
        return _outcome_table(case, fill)
    following = case.next_opgave
    if which is Table.NEXT and following is not None and following.taakstelling is not None:
        return _next_table(case, following, following.taakstelling, fill)
    return None


def _figures_table(case: Case, fill: Filler) -> SumTable:
    figures, opgave, period = figures_of(case.opgave), case.opgave, case.opgave.period
    swaps = _swap_rows(case.herverdelingen, opgave.herverdeling, fill)
    terms = (figures.begin, figures.taakstelling, *(change for change, _ in swaps))
    share = "pct_taakstelling_herverdeling" if swaps else "pct_taakstelling"
    rows = (
        _standing_row(figures.begin, period.start, _origin_of_start(opgave, fill), fill),
        _taakstelling_row(figures.taakstelling, period, fill),
        *(row for _, row in swaps),
        _total_row(figures.totaalopgave, period, terms, fill),
        SumRow(
            label=text("tabel", "realisatie"),
            number=number(figures.realisation),
            origin=fill(text("tabel", "bron_coa"), dag=day_and_month(period.peildatum)),
        ),
        _share_row(share, opgave.percentage_taakstelling, figures.realisation, figures.asked, fill),
        _share_row("pct_totaalopgave", opgave.percentage_totaalopgave, figures.realisation, figures.totaalopgave, fill),
        _standing_row(figures.end, period.peildatum, _left_of(figures), fill, is_total=True),
    )
    return _sum_table(period, rows)


def _next_table(case: Case, opgave: Opgave, taakstelling: int, fill: Filler) -> SumTable:
    """Opens with this letter's own end, so that the two tables of one letter agree."""
    figures, period = figures_of(case.opgave), opgave.period
    swaps = _swap_rows(case.next_herverdelingen, opgave.herverdeling, fill)
    terms = (figures.end, taakstelling, *(change for change, _ in swaps))
    return _sum_table(
        period,
        (
            _standing_row(figures.end, period.start, _left_of(figures), fill),
            _taakstelling_row(taakstelling, period, fill),
            *(row for _, row in swaps),
            _total_row(sum(terms), period, terms, fill),
        ),
    )


def _outcome_table(case: Case, fill: Filler) -> SumTable:
    """For who gets the letter to know: the percentages, the achterstand and the trede, each beside what it was."""
    figures, opgave, period = figures_of(case.opgave), case.opgave, case.opgave.period
    share = "pct_taakstelling_herverdeling" if net_of(case.herverdelingen) else "pct_taakstelling"
    begin = fill(text("tabel", "was_op"), aantal=number(figures.begin), dag=long_date(period.start))
    was = "" if case.trede_before is None else fill(text("tabel", "was_trede"), vorige=str(case.trede_before))
    return SumTable(
        span=fill(text("tabel", "peildatum"), dag=long_date(period.peildatum)),
        count_head=text("tabel", "uitkomst"),
        origin_head=text("tabel", "vergelijking"),
        rows=(
            _share_row(share, opgave.percentage_taakstelling, figures.realisation, figures.asked, fill),
            _share_row(
                "pct_totaalopgave", opgave.percentage_totaalopgave, figures.realisation, figures.totaalopgave, fill
            ),
            _standing_row(figures.end, period.peildatum, begin, fill),
            SumRow(label=text("tabel", "trede"), number=str(case.step.number), origin=was, is_total=True),
        ),
    )


def _sum_table(period: Period, rows: tuple[SumRow, ...]) -> SumTable:
    first = long_date(period.start)
    if period.start.year == period.peildatum.year:
        first = day_and_month(period.start)
    return SumTable(
        span=f"{first} tot {long_date(period.peildatum)}",
        count_head=text("tabel", "aantal"),
        origin_head=text("tabel", "herkomst"),
        rows=rows,
    )


def _standing_row(value: int, on: date, origin: str, fill: Filler, *, is_total: bool = False) -> SumRow:
    which = "voorsprong_op" if value < 0 else "achterstand_op"
    return SumRow(
        label=fill(text("tabel", which), dag=long_date(on)), number=number(value), origin=origin, is_total=is_total
    )


def _origin_of_start(opgave: Opgave, fill: Filler) -> str:
    if opgave.start_reported is None and opgave.start_carried is not None:
        return text("tabel", "bron_overgenomen")
    if opgave.start_reported is None:
        return fill(text("tabel", "bron_berekend"), halfjaar_code=str(opgave.period.previous))
    return fill(text("tabel", "bron_coa"), dag=day_and_month(opgave.period.start))


def _taakstelling_row(value: int, period: Period, fill: Filler) -> SumRow:
    return SumRow(
        label=fill(text("tabel", "taakstelling"), halfjaar_code=str(period)),
        number=number(value),
        origin=ministry(str(period)),
    )


def _swap_rows(swaps: tuple[Swap, ...], total: int, fill: Filler) -> list[tuple[int, SumRow]]:
    """One row per municipality, each with its change."""
    net = net_of(swaps)
    if sum(swap.persons for swap in net) != total:
        raise ValueError("The herverdelingen of the case are not those of its opgave.")
    return [
        (
            swap.persons,
            SumRow(
                label=fill(text("tabel", "overgenomen" if swap.persons > 0 else "overgedragen"), andere=swap.other),
                number=signed(swap.persons),
                origin=text("tabel", "bron_herverdeling"),
            ),
        )
        for swap in net
    ]


def net_of(swaps: tuple[Swap, ...]) -> list[Swap]:
    """Per municipality, in the order agreed; those that cancel out fall away."""
    per_other: dict[str, int] = {}
    for swap in swaps:
        per_other[swap.other] = per_other.get(swap.other, 0) + swap.persons
    return [Swap(other=other, persons=change) for other, change in per_other.items() if change]


def _left_of(figures: Figures) -> str:
    """The sum of the last row: "375 − 168", and "7 − 0" where nobody was housed."""
    return f"{number(figures.totaalopgave)} {MINUS} {number(figures.realisation)}"


def _total_row(value: int, period: Period, terms: tuple[int, ...], fill: Filler) -> SumRow:
    return SumRow(
        label=fill(text("tabel", "totaalopgave"), halfjaar_code=str(period)),
        number=number(value),
        origin=sum_of(terms),
        is_total=True,
    )


def _share_row(which: str, percentage: int | None, part: int, whole: int, fill: Filler) -> SumRow:
    return SumRow(
        label=text("tabel", which),
        number=percent(percentage).removesuffix("%"),
        origin=fill(text("tabel", "deel"), deel=number(part), geheel=number(whole)),
        is_percentage=percentage is not None,
    )
