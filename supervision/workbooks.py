"""Reads about workbooks: what a file says of a half-year, beside what stands in the ledger.

The number of queries does not depend on the rows of the file.
"""

from __future__ import annotations

import hashlib
import json
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django_scopes import scope

from municipalities.lookup import AmbiguousMunicipality, MunicipalityIndex
from municipalities.models import Municipality, MunicipalityAlias, Province
from supervision.coa.asking import Proposal
from supervision.coa.cells import cleaned
from supervision.coa.extract import Extracted, FigureRead, extract
from supervision.coa.layout import propose
from supervision.coa.mapping import BadMapping
from supervision.coa.mapping import Mapping as ColumnMapping
from supervision.coa.meaning import Meaning
from supervision.coa.package import Limits
from supervision.coa.problems import Problem, ProblemKind
from supervision.coa.refusal import PersonalData, Unreadable
from supervision.coa.register import Register
from supervision.coa.sheet import Workbook
from supervision.coa.workbook import read
from supervision.expectations import expected_of
from supervision.figures import Cell, closes, figures_in_force
from supervision.models import Figure, LayoutProfile, WorkbookImport
from supervision.rules.dutch import long_date
from supervision.rules.opgave import Kind
from supervision.rules.period import Period

__all__ = ["PersonalData", "Unreadable"]

LONGEST_NAME = 200

KINDS = (Kind.ACHTERSTAND, Kind.TAAKSTELLING, Kind.REALISATION)
"""In the order of the columns on a screen."""


# -- the file -----------------------------------------------------------------


def limits() -> Limits:
    return Limits(**settings.WORKBOOK_LIMITS)


def read_workbook(name: str, content: bytes) -> Workbook:
    """Raises Unreadable, with a sentence for the user."""
    return read(name, content, limits=limits())


def file_name(name: str) -> str:
    """The name of a file without path and without what deceives the eye or a database; its ending stays."""
    bare = " ".join(cleaned(name.replace("\\", "/").rpartition("/")[2]).split()) or "werkboek"
    if len(bare) <= LONGEST_NAME:
        return bare
    stem, dot, ending = bare.rpartition(".")
    kept = LONGEST_NAME - len(dot + ending)
    return f"{stem[:kept]}{dot}{ending}" if kept > 0 and dot else bare[:LONGEST_NAME]


# -- who is meant -------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A municipality as the reader of workbooks wants it."""

    code: str
    name: str
    province_code: str
    valid_to: date | None


class Municipalities:
    """All municipalities, to be found by what somebody wrote; remembers what was found."""

    def __init__(self, index: MunicipalityIndex, provinces: Mapping[int, Province]) -> None:
        self._index = index
        self._provinces = provinces
        self._known: dict[str, Known] = {}
        self.by_code: dict[str, Municipality] = {}

    @classmethod
    def load(cls) -> Municipalities:
        """As MunicipalityIndex.load, but with each province once: that is half the time."""
        aliases = MunicipalityAlias.objects.values_list("key", "municipality_id", named=True)
        provinces = Province.objects.in_bulk()
        index = MunicipalityIndex(municipalities=Municipality.objects.all(), aliases=aliases, provinces=provinces)
        return cls(index, provinces)

    def find(self, text: str, *, on: date) -> Known:
        found = self._index.find(text, on=on)
        known = self._known.get(found.code)
        if known is None:
            self.by_code[found.code] = found
            known = self._known[found.code] = Known(
                code=found.code,
                name=found.name,
                province_code=self._provinces[found.province_id].code,
                valid_to=found.valid_to,
            )
        return known

    def with_province(self, code: str) -> Municipality:
        """One that was found. Its province is put there only now: a workbook names many that nobody asks more of."""
        municipality = self.by_code[code]
        municipality.province = self._provinces[municipality.province_id]
        return municipality

    @cached_property
    def register(self) -> Register:
        return Register(find=self.find, ambiguous=AmbiguousMunicipality)


# -- what it says, and what it would change -----------------------------------


class Change(StrEnum):
    """What a figure of the file does to the one in force."""

    NEW = "new"
    OTHER = "other"
    LATER = "later"
    """The same number, counted to a later day."""

    EARLIER = "earlier"
    """A count of an earlier day than the one in force, which stays in force."""

    NONE = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A figure of the file beside the one in force; `as_of` None is the day that such a figure usually stands for."""

    municipality: Municipality
    kind: Kind
    comes: FigureRead
    as_of: date | None
    was: Figure | None
    change: Change

    @property
    def is_recorded(self) -> bool:
        return self.change is not Change.NONE

    @property
    def is_new_version(self) -> bool:
        """A taakstelling other than the one that was told."""
        return self.kind is Kind.TAAKSTELLING and self.change is Change.OTHER

    @property
    def is_in_force(self) -> bool:
        """Does the one in force say the very same? A count of an earlier day may be known without being in force."""
        return self.change is Change.NONE and self.was is not None and self.as_of in (None, self.was.as_of)

    @property
    def difference(self) -> int | None:
        return self.comes.persons - self.was.persons if self.was else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A workbook read for a half-year. `obstacle` says why there are no figures in it, where there are none."""

    book: Workbook
    proposal: Proposal
    period: Period
    as_of: date
    extracted: Extracted | None
    obstacle: str
    lines: tuple[Line, ...]
    names: Mapping[str, str]
    """Of the municipalities that the file names, by code."""

    closed: frozenset[int]
    """The municipalities of which the last count of the half-year was there already; made-up ones do not count."""

    @property
    def recorded(self) -> list[Line]:
        return [line for line in self.lines if line.is_recorded]

    @property
    def errors(self) -> tuple[Problem, ...]:
        return self.extracted.errors if self.extracted else ()

    @property
    def warnings(self) -> tuple[Problem, ...]:
        """Without doubts about municipalities of which nothing changes: those figures were taken before."""
        if self.extracted is None:
            return ()
        changing = {line.municipality.code for line in self.recorded}
        return tuple(
            problem
            for problem in self.extracted.warnings
            if problem.kind is not ProblemKind.IMPLAUSIBLE or problem.code in changing
        )

    @property
    def needs_reason(self) -> bool:
        """A half-year that is closed is corrected with a reason; a count of an earlier day corrects nothing."""
        return any(line.municipality.pk in self.closed for line in self.recorded if line.change is not Change.EARLIER)

    @property
    def token(self) -> str:
        """What somebody who looks at it sees: the figures and problems of the file, and those in force."""
        told = [
            self.proposal.mapping.to_json(),
            str(self.period),
            self.as_of.isoformat(),
            [(line.municipality.pk, line.kind, line.comes.persons, line.comes.cell) for line in self.lines],
            [(problem.cell, problem.kind, problem.message) for problem in (*self.errors, *self.warnings)],
        ]
        digest = hashlib.sha256(json.dumps(told).encode()).hexdigest()
        return ".".join([digest, *(str(line.was.pk) if line.was else "0" for line in self.lines)])


def warning_key(problem: Problem) -> str:
    """Names a warning in a form; its words are part of it, so that another warning is not confirmed with it."""
    told = f"{problem.sheet} {problem.cell} {problem.kind} {problem.message}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """How a workbook would be read, for which half-year and peildatum; its figures were not looked at yet."""

    proposal: Proposal
    period: Period
    as_of: date


def read_layout(
    book: Workbook,
    *,
    only: Province | None,
    period: Period,
    as_of: date | None = None,
    choices: Mapping[str, str],
    municipalities: Municipalities | None = None,
) -> Proposed:
    """Half-year and peildatum are those of the file, where none was chosen. Raises PersonalData and Unreadable."""
    municipalities = municipalities or Municipalities.load()
    proposal = _proposal(book, municipalities, only=only, period=period, as_of=as_of, choices=choices)
    period = proposal.period or period
    return Proposed(proposal=proposal, period=period, as_of=proposal.as_of or period.peildatum)


def read_figures(
    book: Workbook,
    *,
    provinces: Sequence[Province],
    only: Province | None,
    period: Period,
    as_of: date | None = None,
    choices: Mapping[str, str],
) -> Reading:
    """What the workbook says. With `only`, municipalities of other provinces are left out.

    `as_of` is the peildatum that was asked for; without one that of the file counts. Raises PersonalData and Unreadable.
    """
    municipalities = Municipalities.load()
    layout = read_layout(book, only=only, period=period, as_of=as_of, choices=choices, municipalities=municipalities)
    proposal, period, day = layout.proposal, layout.period, layout.as_of
    extracted, obstacle = None, ""
    try:
        extracted = extract(
            book,
            proposal.mapping,
            period=period,
            as_of=day,
            register=municipalities.register,
            province=only.code if only else None,
            expected=expected_of(provinces=provinces, period=period, on=day),
        )
    except BadMapping as error:
        obstacle = str(error)
    if Meaning.REALISATIE in proposal.mapping.meanings and not period.start <= day <= period.peildatum:
        extracted, obstacle = None, _outside(period)
    standing = Standing.of(provinces, period=period, on=day)
    return Reading(
        book=book,
        proposal=proposal,
        period=period,
        as_of=day,
        extracted=extracted,
        obstacle=obstacle,
        lines=tuple(_lines(extracted, municipalities, standing, day)) if extracted else (),
        names={code: found.name for code, found in municipalities.by_code.items()},
        closed=standing.closed,
    )


def _outside(period: Period) -> str:
    first, last = long_date(period.start), long_date(period.peildatum)
    return f"Een realisatie van {period} is geteld op een dag van {first} tot en met {last}. Kies een andere peildatum."


def _proposal(
    book: Workbook,
    municipalities: Municipalities,
    *,
    only: Province | None,
    period: Period,
    as_of: date | None,
    choices: Mapping[str, str],
) -> Proposal:
    """The proposal; where this layout was read before, as it was read then."""

    def proposed(profile: ColumnMapping | None) -> Proposal:
        return propose(
            book,
            period=period,
            as_of=as_of,
            profile=profile,
            register=municipalities.register,
            province=only.code if only else None,
            choices=choices,
        )

    first = proposed(None)
    profile = _profile(only, first.fingerprint) if only else None
    return proposed(profile) if profile else first


def _profile(province: Province, fingerprint: str) -> ColumnMapping | None:
    with scope(province=province):
        kept = LayoutProfile.objects.filter(province=province, fingerprint=fingerprint).first()
    if kept is None or not fingerprint:
        return None
    try:
        return ColumnMapping.from_json(kept.mapping)
    except BadMapping:
        # Kept by an older release; the words and sums of the file still count.
        return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The figures in force, and per municipality the realisatie that was counted on the day, the last one recorded."""

    in_force: Mapping[Cell, Figure]
    of_day: Mapping[int, int]

    @classmethod
    def of(cls, provinces: Iterable[Province], *, period: Period, on: date) -> Standing:
        in_force: dict[Cell, Figure] = {}
        of_day: dict[int, int] = {}
        for province in provinces:
            with scope(province=province):
                in_force |= figures_in_force(province=province, period=period)
                counted = Figure.objects.filter(
                    delivery__province=province,
                    delivery__withdrawn_at=None,
                    period=period,
                    kind=Kind.REALISATION,
                    as_of=on,
                )
                of_day |= dict(counted.order_by("pk").values_list("municipality_id", "persons"))
        return cls(in_force=in_force, of_day=of_day)

    @property
    def closed(self) -> frozenset[int]:
        return frozenset(
            pk for (pk, kind), figure in self.in_force.items() if kind is Kind.REALISATION and closes(figure)
        )


def _lines(extracted: Extracted, municipalities: Municipalities, standing: Standing, day: date) -> Iterable[Line]:
    for row in extracted.rows:
        municipality = municipalities.with_province(row.code)
        for kind in KINDS:
            comes = row.figures.get(kind)
            if comes is None:
                continue
            was = standing.in_force.get((municipality.pk, kind))
            as_of = day if kind is Kind.REALISATION else None
            of_day = was.persons if was else None
            if kind is Kind.REALISATION:
                of_day = standing.of_day.get(municipality.pk)
            yield Line(
                municipality=municipality,
                kind=kind,
                comes=comes,
                as_of=as_of,
                was=was,
                change=_change(comes.persons, as_of=as_of, was=was, of_day=of_day),
            )


def _change(persons: int, *, as_of: date | None, was: Figure | None, of_day: int | None) -> Change:
    """`of_day` is what is told already of the day that the figure stands for."""
    if of_day == persons:
        return Change.NONE
    if was is None:
        return Change.NEW
    if as_of and was.as_of > as_of:
        return Change.EARLIER
    return Change.LATER if was.persons == persons else Change.OTHER


# -- imports ------------------------------------------------------------------


def choices_of(given: WorkbookImport) -> dict[str, str]:
    """What somebody chose about how to read it; the rest is as proposed."""
    kept: Any = (given.mapping or {}).get("choices", {})
    return {str(key): str(value) for key, value in kept.items()}


BOOKS: OrderedDict[str, Workbook] = OrderedDict()
"""The last workbooks that this process read, by SHA-256: who looks at one reads it again at every choice."""

MOST_BOOKS = 3
LARGEST_KEPT = 200_000


def book_of(given: WorkbookImport) -> Workbook:
    """Raises Unreadable. Only what was accepted before comes here, so no personal data stays in memory."""
    if given.sha256 not in BOOKS:
        content = bytes(given.content)
        book = read_workbook(given.name, content)
        if len(content) > LARGEST_KEPT:
            return book
        BOOKS[given.sha256] = book
    BOOKS.move_to_end(given.sha256)
    while len(BOOKS) > MOST_BOOKS:
        BOOKS.popitem(last=False)
    # The same bytes may have been given under another name, which may tell the half-year.
    return replace(BOOKS[given.sha256], name=given.name)


def reading_of(given: WorkbookImport) -> Reading:
    """Raises PersonalData and Unreadable."""
    return read_figures(
        book_of(given),
        provinces=[given.province],
        only=given.province,
        period=given.period,
        choices=choices_of(given),
    )


def imports_of(*, province: Province) -> QuerySet[WorkbookImport]:
    """Without the files themselves."""
    return (
        WorkbookImport.objects.filter(province=province)
        .select_related("given_by", "delivery__recorded_by", "delivery__withdrawn_by", "set_aside_by")
        .defer("content")
    )


def waiting(*, province: Province) -> QuerySet[WorkbookImport]:
    """Those that somebody gave and nobody confirmed or put aside; newest first."""
    return imports_of(province=province).filter(delivery=None, set_aside_at=None)


def earlier_of(given: WorkbookImport) -> WorkbookImport | None:
    """The last time that the same file was given, unless it was put aside."""
    rows = imports_of(province=given.province).filter(sha256=given.sha256, set_aside_at=None, pk__lt=given.pk)
    return rows.first()
