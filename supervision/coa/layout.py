"""Proposes how a workbook is to be read, and asks what it does not tell.

`choices` are a person's answers, as flat text that a form can post: `sheet`, `header` ("4-5", "0" for none), `period`,
`as_of`, `column:D` (a Meaning), `achterstand_sign` (positief, negatief), `telling`, `telling_vanaf`, and the keys of
the questions. With the same choices the proposal is the same.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping as Choices
from dataclasses import replace
from datetime import date, timedelta
from types import MappingProxyType

from supervision.coa import balances, counts, messages, personal, sheets, who
from supervision.coa.asking import Check, Choice, Proposal, Question
from supervision.coa.mapping import Column, Counting, Indicator, Mapping
from supervision.coa.meaning import FIGURES, Meaning
from supervision.coa.moments import Moments, told_by
from supervision.coa.numerals import number_of
from supervision.coa.register import Register
from supervision.coa.sheet import Workbook
from supervision.coa.sketch import Draft, Sketch, drafts_of, follow_choices, follow_profile
from supervision.coa.table import Table
from supervision.coa.words import Edge, read_header
from supervision.rules.period import NotAPeriod, Period

__all__ = ["Check", "Choice", "Proposal", "Question", "propose"]

NO_CHOICES: Choices[str, str] = MappingProxyType({})

LATE = timedelta(days=45)
"""COA's final count may be dated some weeks after the peildatum."""

MOST_ASKED_COLUMNS = 12


def propose(
    workbook: Workbook,
    *,
    period: Period | None = None,
    as_of: date | None = None,
    profile: Mapping | None = None,
    register: Register | None = None,
    province: str | None = None,
    choices: Choices[str, str] = NO_CHOICES,
) -> Proposal:
    """The mapping that fits best, with what a person must still choose.

    Without a period or a peildatum those that the file names are proposed. `register` lets a column of municipalities
    be known by what is in it; `province` (PV26) chooses among a sheet per province.
    Raises PersonalData for columns about persons, and Unreadable when no sheet has a table.
    """
    personal.refuse(workbook)
    period = _parsed_period(choices.get("period")) or period
    as_of = _parsed_day(choices.get("as_of")) or as_of
    chosen = sheets.choose(workbook, period=period, as_of=as_of, province=province, choices=choices)
    moments = told_by(workbook, chosen.table, period=period)
    sketch = Sketch(
        table=chosen.table,
        drafts=drafts_of(chosen.table),
        period=period,
        as_of=as_of,
        register=register,
        choices=choices,
        asked=[chosen.question] if chosen.question else [],
    )
    _decide_period(sketch, moments)
    moments = told_by(workbook, chosen.table, period=sketch.period)
    follow_choices(sketch)
    if profile and profile.fingerprint and profile.fingerprint == _sketched(sketch).fingerprint:
        sketch.profile = profile
        follow_profile(sketch, profile)
    _decide_columns(sketch, moments)
    return _proposal(sketch, chosen.names)


def _parsed_period(text: str | None) -> Period | None:
    with contextlib.suppress(NotAPeriod):
        return Period.parse(text) if text else None
    return None


def _parsed_day(text: str | None) -> date | None:
    with contextlib.suppress(ValueError):
        return date.fromisoformat(text) if text else None
    return None


def _decide_columns(sketch: Sketch, moments: Moments) -> None:
    who.decide_keys(sketch)
    _set_empty_aside(sketch)
    counts.decide_dates(sketch)
    counts.drop_other_half_years(sketch)
    counts.adopt_bare_dates(sketch)
    counts.decide_indicators(sketch)
    is_given = sketch.as_of is not None
    if not is_given:
        sketch.as_of = _told_day(sketch, moments)
    counts.decide_day_of_rows(sketch)
    balances.place_balances(sketch, moments.days)
    counts.decide_realisatie(sketch)
    if is_given and sketch.counting is Counting.WHOLE and not sketch.decided(Meaning.DATE):
        _confirm_day(sketch, moments)
    counts.decide_start_of_count(sketch)
    balances.decide_balances(sketch)
    _ask_for_figures(sketch)
    for draft in sketch.drafts:
        if draft.meaning is None:
            alone = draft.meanings[0] if len(draft.meanings) == 1 else Meaning.IGNORED
            if not draft.meanings and draft.has_numbers:
                sketch.remarks.append(messages.column_unknown(draft.name))
            draft.decide(Meaning.IGNORED if alone in FIGURES or alone is Meaning.VALUE else alone)


def _set_empty_aside(sketch: Sketch) -> None:
    """A column of figures with nothing in it is said once, and is no fault in every row."""
    for draft in sketch.open(*FIGURES):
        if not draft.is_chosen and not draft.is_filled:
            draft.decide(Meaning.IGNORED)
            if len(draft.meanings) == 1:
                sketch.remarks.append(messages.column_empty(draft.name))


def _decide_period(sketch: Sketch, moments: Moments) -> None:
    """The one given, unless the file plainly names another; else the one that the file names."""
    told = moments.periods
    if "period" in sketch.choices and sketch.period:
        return
    if sketch.period is None:
        days = [Period.containing(day - timedelta(days=1)) for day in moments.days]
        told = told or tuple(dict.fromkeys(days))
        if len(told) == 1:
            sketch.period = told[0]
        else:
            answer = sketch.ask("period", messages.ASK_PERIOD, [_choice(period) for period in told])
            sketch.period = _parsed_period(answer)
    elif told and sketch.period not in told and not moments.where_period().endswith("van het bestand"):
        options = [_choice(period) for period in (*told, sketch.period)]
        text = messages.ask_told_period(" en ".join(map(str, told)), moments.where_period(), sketch.period)
        sketch.ask("period", text, options, proposed=str(sketch.period))


def _choice(period: Period) -> Choice:
    return Choice(value=str(period), label=f"{period} ({period.words})")


def _told_day(sketch: Sketch, moments: Moments) -> date | None:
    days = [day for day in moments.days if counts.is_within(day, sketch.period)]
    return max(days, default=None)


def _confirm_day(sketch: Sketch, moments: Moments) -> None:
    """The peildatum that was chosen against the one that the file names: an earlier count is no count of this day."""
    days = [day for day in moments.days if not sketch.period or day != sketch.period.start]
    if "as_of" in sketch.choices or not days or sketch.as_of is None or sketch.as_of in days:
        return
    if not sketch.decided(Meaning.REALISATIE):
        return
    told, where = max(days), moments.where_day()
    final = sketch.period.peildatum if sketch.period else None
    if sketch.as_of == final and final < told <= final + LATE:
        sketch.remarks.append(messages.told_later(told, where, sketch.as_of))
        return
    text = messages.ask_told_day(told, where, sketch.as_of)
    counts.choose_day(sketch, [told, sketch.as_of], proposed=sketch.as_of, text=text)


def _ask_for_figures(sketch: Sketch) -> None:
    """No word was known: every column of numbers is asked after."""
    if any(sketch.open(meaning) for meaning in FIGURES) or sketch.decided(Meaning.INDICATOR):
        return
    numeric = [draft for draft in sketch.drafts if draft.has_numbers and not _is_settled(draft)]
    context = _context(sketch.table)
    meanings = (
        Meaning.TAAKSTELLING,
        Meaning.ACHTERSTAND_START,
        Meaning.REALISATIE,
        Meaning.TOTAALOPGAVE,
        Meaning.REMAINING,
    )
    options = [Choice(value=meaning.value, label=meaning.dutch) for meaning in (*meanings, Meaning.IGNORED)]
    for draft in numeric[:MOST_ASKED_COLUMNS]:
        proposed = context.value if context and len(numeric) == 1 else None
        answer = sketch.ask(f"column:{draft.letters}", messages.ask_meaning(draft.name), options, proposed=proposed)
        draft.decide(Meaning(answer) if answer else Meaning.IGNORED)


def _is_settled(draft: Draft) -> bool:
    """Its words say what it is, and not only that it is an amount."""
    return draft.meaning is not None or draft.meanings not in ((), (Meaning.VALUE,))


def _context(table: Table) -> Meaning | None:
    """What the title or the name of the sheet speaks of, if it is one thing."""
    texts = [value for _, _, value in table.titles if isinstance(value, str)] + [table.sheet.name]
    told = {
        meanings[0]
        for text in texts
        if len(meanings := read_header((text,)).meanings) == 1
        and meanings[0] in (Meaning.TAAKSTELLING, Meaning.REALISATIE)
    }
    return told.pop() if len(told) == 1 else None


def _sketched(sketch: Sketch) -> Mapping:
    """The mapping as far as it has come."""
    columns = tuple(
        Column(
            index=draft.index,
            header=draft.header,
            meaning=draft.meaning or Meaning.IGNORED,
            sign=draft.sign or 1,
            as_of=draft.moment if draft.meaning is Meaning.REALISATIE else None,
        )
        for draft in sketch.drafts
    )
    return Mapping(
        sheet=sketch.table.sheet.name,
        header_first=sketch.table.header_first,
        header_last=sketch.table.header_last,
        columns=columns,
        counting=sketch.counting,
        counts_from_january=sketch.counts_from_january,
    )


def _proposal(sketch: Sketch, names: tuple[str, ...]) -> Proposal:
    checks = tuple(balances.checks_of(sketch))
    _remark_on_hidden(sketch)
    mapping = _sketched(sketch)
    indicators = _indicators(sketch)
    if indicators:
        mapping = replace(mapping, indicators=indicators)
    if not mapping.meanings:
        sketch.remarks.append(messages.ASK_FIGURES)
    is_open = any(question.key == "as_of" for question in sketch.asked)
    as_of = sketch.as_of or (sketch.period.peildatum if sketch.period and not is_open else None)
    return Proposal(
        mapping=mapping,
        period=sketch.period,
        as_of=as_of,
        asked=tuple(sketch.asked),
        checks=checks,
        remarks=tuple(dict.fromkeys(sketch.remarks)),
        sheets=names,
        follows_profile=sketch.profile is not None,
    )


def _remark_on_hidden(sketch: Sketch) -> None:
    sheet = sketch.table.sheet
    hidden = len(sheet.hidden_rows.intersection(sketch.table.body))
    if sheet.is_hidden:
        sketch.remarks.append(messages.HIDDEN_SHEET)
    if hidden:
        sketch.remarks.append(messages.hidden_rows(hidden))


def _indicators(sketch: Sketch) -> tuple[Indicator, ...]:
    """What each text in the column of kinds stands for."""
    kinds = next(iter(sketch.decided(Meaning.INDICATOR)), None)
    values = next(iter(sketch.decided(Meaning.VALUE)), None)
    if kinds is None or values is None:
        return ()
    indicators = []
    for text in dict.fromkeys(kinds.texts):
        reading = read_header((text,))
        meaning = next(iter(reading.meanings), Meaning.IGNORED)
        if Meaning.REMAINING in reading.meanings and reading.edge is Edge.END:
            meaning = Meaning.REMAINING
        if sketch.period and reading.periods and sketch.period not in reading.periods:
            meaning = Meaning.IGNORED
        sign = reading.sign or 1
        if meaning is Meaning.ACHTERSTAND_START:
            sign = reading.sign or _sign_of_kind(sketch, kinds, values, text)
        indicators.append(Indicator(text=text, meaning=meaning, sign=sign))
    return tuple(indicators)


def _sign_of_kind(sketch: Sketch, kinds: Draft, values: Draft, text: str) -> int:
    of_kind = [number_of(value) for kind, value in zip(kinds.values, values.values, strict=True) if kind == text]
    told = balances.sign_in_notes(sketch)
    if told:
        return told
    if balances.is_plainly_owed(text, of_kind):
        return 1
    answer = sketch.ask("achterstand_sign", messages.ask_sign(f"“{messages.shown(text)}”"), messages.SIGNS)
    return -1 if answer == "negatief" else 1
