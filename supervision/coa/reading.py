"""The figures in a row, by the columns of the mapping."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from supervision.coa import messages
from supervision.coa.counting import Fault, count_of
from supervision.coa.dates import peildatum_of
from supervision.coa.mapping import BadMapping, Column, Counting, Indicator, Mapping
from supervision.coa.meaning import FIGURES, KIND_OF, Meaning
from supervision.coa.records import Record, matching
from supervision.rules.opgave import Kind
from supervision.rules.period import Period

NAMED = {Kind.TAAKSTELLING: "de taakstelling", Kind.ACHTERSTAND: "de achterstand", Kind.REALISATION: "de realisatie"}


@dataclass(frozen=True, slots=True)
class Part:
    """What one cell adds to a figure, or what is wrong with it."""

    kind: Kind
    row: int
    column: int
    count: int | Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """Which columns make which figure, for this peildatum."""

    mapping: Mapping
    period: Period
    as_of: date
    taakstelling: tuple[Column, ...]
    achterstand: tuple[Column, ...]
    realisatie: tuple[tuple[Column, int], ...]
    """With 1 for what is added and −1 for what is taken off."""

    @classmethod
    def of(cls, mapping: Mapping, *, period: Period, as_of: date) -> Plan:
        """Raises BadMapping where the columns do not say which of them counts."""
        taakstelling = mapping.of(Meaning.TAAKSTELLING)
        if len(taakstelling) > 1:
            raise BadMapping(messages.TWO_TAAKSTELLINGEN)
        achterstand = mapping.of(Meaning.ACHTERSTAND_START)
        if len(achterstand) > 2 or (len(achterstand) == 2 and achterstand[0].sign == achterstand[1].sign):
            raise BadMapping(messages.TWO_BALANCES)
        return cls(
            mapping=mapping,
            period=period,
            as_of=as_of,
            taakstelling=taakstelling,
            achterstand=achterstand,
            realisatie=tuple(_realisatie(mapping, period, as_of)),
        )

    def parts(self, record: Record) -> Iterator[Part]:
        """Every cell that a record's figures come from."""
        if self.mapping.indicators:
            yield from self._of_kind(record)
            return
        for column in self.taakstelling:
            yield self._part(Kind.TAAKSTELLING, record, column)
        yield from self._achterstand(record)
        if self.realisatie:
            yield from self._realised(record)

    def indicator(self, record: Record) -> Indicator | None:
        return next((indicator for indicator in self.mapping.indicators if indicator.text == record.kind), None)

    def _of_kind(self, record: Record) -> Iterator[Part]:
        indicator = self.indicator(record)
        column = self.mapping.first(Meaning.VALUE)
        if indicator is None or column is None or indicator.meaning not in FIGURES:
            return
        kind = KIND_OF[indicator.meaning]
        is_balance = kind is Kind.ACHTERSTAND
        count = count_of(record.at(column.index), what=NAMED[kind], may_be_negative=is_balance)
        if isinstance(count, int):
            count *= indicator.sign if is_balance else self._weight(record, kind)
        yield Part(kind, record.row, column.index, count)

    def _weight(self, record: Record, kind: Kind) -> int:
        """−1 for the count on 1 July that is taken off one that runs on from January."""
        is_base = (
            self.mapping.counts_from_january
            and kind is Kind.REALISATION
            and record.day is not None
            and peildatum_of(record.day) == self.period.start
        )
        return -1 if is_base else 1

    def _part(self, kind: Kind, record: Record, column: Column) -> Part:
        count = count_of(record.at(column.index), what=NAMED[kind], may_be_negative=False)
        if isinstance(count, int):
            count *= self._weight(record, kind)
        return Part(kind, record.row, column.index, count)

    def _achterstand(self, record: Record) -> Iterator[Part]:
        """Of two columns, one for who is behind and one for who is ahead, one may be empty."""
        columns = [column for column in self.achterstand if record.at(column.index) not in (None, "")]
        for column in columns or self.achterstand[:1]:
            count = count_of(record.at(column.index), what=NAMED[Kind.ACHTERSTAND], may_be_negative=True)
            yield Part(
                Kind.ACHTERSTAND, record.row, column.index, count * column.sign if isinstance(count, int) else count
            )

    def _realised(self, record: Record) -> Iterator[Part]:
        """A month may be negative, when COA corrects; the sum may not."""
        may_be_negative = self.mapping.counting is Counting.MONTHLY
        for column, weight in self.realisatie:
            value = record.at(column.index)
            count = count_of(value, what=NAMED[Kind.REALISATION], may_be_negative=may_be_negative)
            if isinstance(count, int):
                count *= weight * self._weight(record, Kind.REALISATION)
            yield Part(Kind.REALISATION, record.row, column.index, count)


def _realisatie(mapping: Mapping, period: Period, as_of: date) -> Iterator[tuple[Column, int]]:
    columns = mapping.of(Meaning.REALISATIE)
    if mapping.counting is Counting.MONTHLY and (len(columns) > 1 or mapping.first(Meaning.DATE) is None):
        used = [column for column in columns if not column.as_of or period.start < column.as_of <= as_of]
        if columns and not used:
            raise BadMapping(messages.NO_COLUMN_OF_DAY)
        yield from ((column, 1) for column in used)
    elif len(columns) > 1:
        of_day = {column.as_of: column for column in columns if column.as_of}
        found = matching(set(of_day), as_of)
        if mapping.counting is not Counting.CUMULATIVE or len(of_day) < len(columns) or len(found) != 1:
            raise BadMapping(messages.NO_COLUMN_OF_DAY)
        yield of_day[found.pop()], 1
        if mapping.counts_from_january and period.start in of_day:
            yield of_day[period.start], -1
    else:
        yield from ((column, 1) for column in columns)
