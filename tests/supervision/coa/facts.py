"""Figures of a half-year that hang together, for every municipality of a province or of the country."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from supervision.coa import layout, workbook
from supervision.coa.asking import Proposal
from supervision.coa.extract import Extracted, extract
from supervision.rules.opgave import Kind
from supervision.rules.period import Period
from tests.supervision.coa.country import country, register

PERIOD = Period(2022, 1)
PEILDATUM = date(2022, 7, 1)
MONTHS = ("januari", "februari", "maart", "april", "mei", "juni")
MONTH_ENDS = [date(2022, month, 1) for month in range(2, 8)]

Figures = dict[str, dict[Kind, int]]


@dataclass(frozen=True)
class Fact:
    """A municipality: S + T + H = G, and G − R = E. The months are what came in each."""

    code: str
    name: str
    province_code: str
    start: int
    taakstelling: int
    herverdeling: int
    months: tuple[int, ...]

    @property
    def number(self) -> int:
        return int(self.code[2:])

    @property
    def totaalopgave(self) -> int:
        return self.start + self.taakstelling + self.herverdeling

    @property
    def realisatie(self) -> int:
        return sum(self.months)

    @property
    def remaining(self) -> int:
        return self.totaalopgave - self.realisatie

    @property
    def cumulative(self) -> tuple[int, ...]:
        return tuple(sum(self.months[: month + 1]) for month in range(6))

    @property
    def share(self) -> float | str:
        return self.realisatie / self.totaalopgave if self.totaalopgave > 0 else "n.v.t."


def facts(province: str | None = "PV26", *, seed: int = 1, herverdeling: bool = False) -> list[Fact]:
    """The same every time. One municipality owes less than nothing, and some are ahead."""
    random = Random(seed)  # noqa: S311
    made = [
        Fact(
            code=place.code,
            name=place.name,
            province_code=place.province_code,
            start=random.choice((random.randint(-9, 60), random.randint(5, 40))),
            taakstelling=random.randint(8, 90),
            herverdeling=0,
            months=tuple(random.randint(0, 9) for _ in range(6)),
        )
        for place in country().existing(date(2022, 6, 30), province=province)
    ]
    if herverdeling:
        made[0] = Fact(**{**vars(made[0]), "herverdeling": 2})
        made[1] = Fact(**{**vars(made[1]), "herverdeling": -2})
    return made


def expected(told: list[Fact], *kinds: Kind) -> Figures:
    """What an import of these must give."""
    values = {
        Kind.TAAKSTELLING: lambda fact: fact.taakstelling,
        Kind.ACHTERSTAND: lambda fact: fact.start,
        Kind.REALISATION: lambda fact: fact.realisatie,
    }
    return {fact.code: {kind: values[kind](fact) for kind in kinds} for fact in told}


def figures_of(extracted: Extracted) -> Figures:
    return {row.code: {kind: figure.persons for kind, figure in row.figures.items()} for row in extracted.rows}


def take(
    content: bytes,
    name: str = "bestand.xlsx",
    *,
    period: Period | None = PERIOD,
    as_of: date | None = PEILDATUM,
    province: str | None = None,
    with_register: bool = True,
    **choices: str,
) -> tuple[Proposal, Extracted]:
    """Read, propose and extract, as an import does. A choice column_D stands for column:D."""
    answers = {key.replace("column_", "column:"): value for key, value in choices.items()}
    read = workbook.read(name, content)
    proposal = layout.propose(
        read,
        period=period,
        as_of=as_of,
        register=register() if with_register else None,
        province=province,
        choices=answers,
    )
    if not proposal.mapping.meanings or not proposal.mapping.has_key or proposal.period is None:
        return proposal, Extracted(rows=(), problems=(), left_out=(), differences=())
    extracted = extract(
        read,
        proposal.mapping,
        period=proposal.period,
        as_of=proposal.as_of or proposal.period.peildatum,
        register=register(),
        province=province,
    )
    return proposal, extracted
