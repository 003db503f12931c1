"""Which sheet of a workbook has the table."""

from __future__ import annotations

import re
from collections.abc import Mapping as Choices
from dataclasses import dataclass
from datetime import date

from supervision.coa import messages
from supervision.coa.asking import Choice, Question
from supervision.coa.meaning import KEYS, NUMBERS
from supervision.coa.moments import told_by
from supervision.coa.refusal import Unreadable
from supervision.coa.sheet import Workbook
from supervision.coa.table import Table, find_table, score, table_at
from supervision.coa.words import province_code
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True)
class Chosen:
    """The table, the question which sheet it is, if it is one, and all sheets that have a table."""

    table: Table
    question: Question | None
    names: tuple[str, ...]


_HEADER = re.compile(r"([0-9]{1,6})(?:-([0-9]{1,6}))?")


def choose(
    workbook: Workbook, *, period: Period | None, as_of: date | None, province: str | None, choices: Choices[str, str]
) -> Chosen:
    """The sheet that was chosen (`sheet`), or else the one that says most; asks where several say as much.

    `header` chooses its header: "5", "4-5", or "0" for none. Raises Unreadable when no sheet has a table.
    """
    tables = [table for sheet in workbook.sheets if sheet.rows and (table := find_table(sheet))]
    names = tuple(table.sheet.name for table in tables)
    wanted = workbook.sheet(choices.get("sheet", ""))
    if wanted:
        table = next((table for table in tables if table.sheet is wanted), None) or table_at(wanted, first=0, last=-1)
        return Chosen(_with_chosen_header(table, choices), None, names)
    if not tables:
        raise Unreadable(messages.NO_TABLE)
    contenders = _narrowed(_contenders(tables), workbook, period=period, as_of=as_of, province=province)
    best = max(contenders, key=score)
    question = None
    if len(contenders) > 1:
        options = tuple(Choice(value=table.sheet.name, label=table.sheet.name) for table in contenders)
        question = Question(key="sheet", text=messages.ASK_SHEET, choices=options, proposed=best.sheet.name)
    return Chosen(_with_chosen_header(best, choices), question, names)


def _with_chosen_header(table: Table | None, choices: Choices[str, str]) -> Table:
    if table is None:
        raise Unreadable(messages.NO_TABLE)
    match = _HEADER.fullmatch(choices.get("header", ""))
    if not match:
        return table
    first, last = int(match[1]) - 1, int(match[2] or match[1]) - 1
    return (table_at(table.sheet, first=first, last=last) if first <= last else None) or table


def _contenders(tables: list[Table]) -> list[Table]:
    """The tables that say nearly as much as the best one; hidden sheets only where there is nothing else."""
    telling = [table for table in tables if score(table) > 0] or tables
    visible = [table for table in telling if not table.sheet.is_hidden]
    telling = [table for table in visible if _has_key(table)] or visible or telling
    best = max(telling, key=score)
    return [table for table in telling if _is_near(table, best)]


def _has_key(table: Table) -> bool:
    return any(KEYS.intersection(reading.meanings) for reading in table.readings)


def _is_near(table: Table, best: Table) -> bool:
    if table is best:
        return True
    return _figures(table) >= max(_figures(best) - 1, 1) and 2 * len(table.body) >= min(len(best.body), 26)


def _figures(table: Table) -> int:
    return sum(
        1 for reading in table.readings if NUMBERS.intersection(reading.meanings) or reading.month or reading.days
    )


def _narrowed(
    tables: list[Table], workbook: Workbook, *, period: Period | None, as_of: date | None, province: str | None
) -> list[Table]:
    """Of several sheets those of this half-year, this day, this province, where their names or titles tell."""
    told = {table.sheet.name: told_by(workbook, table, period=period) for table in tables}

    def only(fitting: list[Table]) -> list[Table]:
        return fitting or tables

    if len(tables) > 1 and province:
        tables = only([table for table in tables if province_code(table.sheet.name) == province])
    if len(tables) > 1 and period:
        tables = only([table for table in tables if period in told[table.sheet.name].periods])
    if len(tables) > 1 and as_of:
        tables = only([table for table in tables if as_of in told[table.sheet.name].days])
    return tables
