"""What the overview of a half-year says above its table: the finding, the treden, the map, and what is left to do.

Everything here works on assessments that were read; nothing queries.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.timezone import localtime

from municipalities.models import Province
from supervision.carry_over import CarryOver
from supervision.differences import NO_EXPLANATIONS, Explanations, difference_of
from supervision.figures import Assessment, Closing
from supervision.rules.dutch import NO_BREAK_SPACE, enumeration, long_date, number, persons, signed
from supervision.rules.norm import norm
from supervision.rules.opgave import Kind, Opgave
from supervision.rules.period import Period
from supervision.rules.policy import Policy
from supervision.screens.agenda import NOTHING_LATE, Late
from supervision.screens.overview_decisions import before_by_in_words, by_in_words, to_decide
from supervision.screens.overview_table import (
    Choice,
    Stage,
    Table,
    asked_of,
    has_other_reading,
    is_uncertain,
    missing_in,
    municipality_url,
    owed,
    prognoses_in,
    stage_of,
    table_of,
    total_for,
)
from supervision.screens.prognoses import Prognoses, expected_to_move, needed_together

MOST_NAMES = 4
WIDE_MAP = 8
SOFT_HYPHEN = "\u00ad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A municipality to name and to go to."""

    name: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Largest:
    """A municipality with what it owes."""

    name: str
    url: str
    persons: str


# -- finding ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The counts of the one sentence under the h1, and of the line under the table."""

    municipalities: int
    behind: int
    persons_behind: int
    ahead: int
    persons_ahead: int
    risen: int
    risen_one: bool
    has_comparison: bool
    unjudged: int


def finding_of(assessments: Sequence[Assessment], stage: Stage) -> Finding:
    ends = [end for each in assessments if (end := owed(each, stage)) is not None]
    risen = [each.change for each in assessments if each.change > 0]
    return Finding(
        municipalities=len(assessments),
        behind=sum(end > 0 for end in ends),
        persons_behind=sum(end for end in ends if end > 0),
        ahead=sum(end < 0 for end in ends),
        persons_ahead=-sum(end for end in ends if end < 0),
        risen=len(risen),
        risen_one=all(change == 1 for change in risen),
        has_comparison=any(
            each.trede_before is not None and each.trede is not None and not each.is_another_ladder
            for each in assessments
        ),
        unjudged=sum(bool(missing_in(each, stage)) for each in assessments),
    )


def who_have_most(assessments: Sequence[Assessment], stage: Stage) -> str:
    """The fewest municipalities that together have half of the achterstand, as a heading over the map."""
    behind = sorted(
        ((end, each.municipality.name) for each in assessments if (end := owed(each, stage) or 0) > 0),
        key=lambda pair: (-pair[0], pair[1]),
    )
    total = sum(end for end, _ in behind)
    if not behind:
        return "Geen enkele gemeente heeft een achterstand"
    if len(behind) == 1:
        return f"Alleen {behind[0][1]} heeft een achterstand: {persons(total)}"
    most: list[str] = []
    together = 0
    for end, name in behind:
        most.append(name)
        together += end
        if 2 * together >= total:
            break
    of_total = f"{number(together)} van de {number(total)} personen achterstand"
    if len(most) == 1:
        return f"{most[0]} heeft {of_total}"
    if len(most) <= 3:
        return f"{enumeration(most)} hebben samen {of_total}"
    return f"De {len(most)} gemeenten met de grootste achterstand hebben samen {of_total}"


# -- the treden ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class LadderStep:
    trede: int
    name: str
    count: str
    difference: str
    risen: tuple[Place, ...]
    fallen: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """How many on each trede, highest first; `nobody` says on which nobody stands."""

    steps: tuple[LadderStep, ...]
    nobody: str


def ladder_of(assessments: Sequence[Assessment], policy: Policy, *, municipalities_url: str) -> Ladder:
    now = Counter(each.trede for each in assessments if each.trede is not None)
    before = Counter(
        each.trede_before for each in assessments if each.trede_before is not None and not each.is_another_ladder
    )
    largest_first = sorted(assessments, key=lambda each: -(each.opgave.achterstand_end or 0))
    steps = []
    empty = []
    for step in reversed(policy.steps):
        trede = step.number
        if not now[trede] and not before[trede]:
            empty.append(trede)
            continue
        moved = [each for each in largest_first if each.trede == trede and each.change]
        steps.append(
            LadderStep(
                trede=trede,
                name=step.name,
                count=number(now[trede]),
                difference=signed(now[trede] - before[trede]) if before else "",
                risen=_places((each for each in moved if each.change > 0), municipalities_url),
                fallen=_places((each for each in moved if each.change < 0), municipalities_url),
            )
        )
    words = enumeration([str(trede) for trede in sorted(empty)])
    return Ladder(steps=tuple(steps), nobody=f"Op trede {words} staat geen gemeente." if empty else "")


def _places(assessments: Iterable[Assessment], municipalities_url: str) -> tuple[Place, ...]:
    return tuple(
        Place(name=each.municipality.name, url=municipality_url(municipalities_url, each.municipality.code))
        for each in assessments
    )


# -- the map ------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    column: int
    row: int
    name: str
    url: str
    trede: int | None
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTrede:
    trede: int | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TredeMap:
    """Every municipality in its place; `groups` in place of tiles where not all of them have one."""

    tiles: tuple[Tile, ...]
    groups: tuple[OnTrede, ...]
    wide: bool


def map_of(assessments: Sequence[Assessment], stage: Stage, *, municipalities_url: str) -> TredeMap:
    """By the decided trede, else the advised one; while the half-year runs by that of the one before."""

    def trede_of(each: Assessment) -> int | None:
        if stage is Stage.RUNNING:
            return None if each.trede_before is None else each.as_step(each.trede_before)
        return each.trede

    placed = [
        Tile(
            column=each.municipality.tile_column,
            row=each.municipality.tile_row,
            name=hyphenated(each.municipality.name),
            url=municipality_url(municipalities_url, each.municipality.code),
            trede=trede_of(each),
            change="up" if each.change > 0 else "down" if each.change < 0 else "",
        )
        for each in assessments
        if each.municipality.tile_column is not None and each.municipality.tile_row is not None
    ]
    if placed and len(placed) == len(assessments):
        placed.sort(key=lambda tile: (tile.row, tile.column))
        wide = max(tile.column for tile in placed) >= WIDE_MAP
        return TredeMap(tiles=tuple(placed), groups=(), wide=wide)
    treden = sorted({trede_of(each) or 0 for each in assessments}, reverse=True)
    groups = tuple(
        OnTrede(
            trede=trede or None,
            places=_places((each for each in assessments if (trede_of(each) or 0) == trede), municipalities_url),
        )
        for trede in treden
    )
    return TredeMap(tiles=(), groups=groups, wide=False)


_ENDINGS = (
    "beek|bergen|berg|burg|brink|broek|bosch|daal|dam|dijk|dorp|drecht|foort|gein|gestel|haven|heim|hoven|horst|hout|"
    "huizen|kerk|landen|land|laren|loon|meer|mond|muiden|rode|rug|schoten|sluis|stad|stede|stein|straat|veen|veld|"
    "voort|waard|water|wijk|woude|wolde|zand|zijl"
)
_PARTS = re.compile(rf"(?<=\w{{3}})(?=(?:{_ENDINGS})\b)")
_LONG_WORD = re.compile(r"\w{9,}")


def hyphenated(name: str) -> str:
    """A long name with soft hyphens before its last part: "Vijfheeren-landen". A tile is narrow."""
    return _LONG_WORD.sub(lambda word: _PARTS.sub(SOFT_HYPHEN, word[0]), name)


MOST_LARGEST = 6


def largest(assessments: Sequence[Assessment], stage: Stage, *, municipalities_url: str) -> tuple[Largest, ...]:
    """Who owe most, where there are no treden for a map."""
    behind = [(end, each) for each in assessments if (end := owed(each, stage) or 0) > 0]
    behind.sort(key=lambda pair: -pair[0])
    return tuple(
        Largest(
            name=each.municipality.name,
            url=municipality_url(municipalities_url, each.municipality.code),
            persons=number(end),
        )
        for end, each in behind[:MOST_LARGEST]
    )


# -- to do --------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    count: str
    label: str
    url: str
    detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where the tasks lead."""

    entry: str
    next_entry: str
    municipalities: str
    differences: str
    agenda: str = ""
    decisions: str = ""


_MISSING_LABELS = {
    Kind.TAAKSTELLING: ("taakstelling ontbreekt", "taakstellingen ontbreken"),
    Kind.ACHTERSTAND: ("achterstand ontbreekt", "achterstanden ontbreken"),
    Kind.REALISATION: ("realisatie ontbreekt", "realisaties ontbreken"),
}


def tasks_of(
    assessments: Sequence[Assessment],
    stage: Stage,
    *,
    period: Period,
    addresses: Addresses,
    explanations: Explanations = NO_EXPLANATIONS,
    carry_overs: Sequence[CarryOver] = (),
    late: Late = NOTHING_LATE,
) -> list[Task]:
    """What really is to be done now: what is late, figures that lack, differences to explain, and advices that ask for a
    look."""
    tasks = list(_late(late, addresses))
    for kind in Kind:
        lacking = [each for each in assessments if kind in missing_in(each, stage)]
        if kind is Kind.ACHTERSTAND and carry_overs:
            # Those have a task of their own.
            lacking = [each for each in lacking if not each.opgave.awaits_parts]
        if lacking:
            label = _MISSING_LABELS[kind][len(lacking) > 1]
            tasks.append(_task(lacking, label, addresses.entry, f"{period}: {_named(lacking)}."))
    tasks += _next_taakstelling(assessments, period=period, addresses=addresses)
    tasks += _carrying_over(carry_overs)
    differing = [
        each for each in assessments if (found := difference_of(each, explanations)) and not found.is_explained
    ]
    if differing:
        label = "verschil met COA te verklaren" if len(differing) == 1 else "verschillen met COA te verklaren"
        detail = f"Een andere opening dan het eind van {period.previous}: {_named(differing)}."
        tasks.append(_task(differing, label, addresses.differences, detail))
    impossible = [each for each in assessments if _gives_too_much(each)]
    if impossible:
        label = "herverdeling klopt niet meer" if len(impossible) == 1 else "herverdelingen kloppen niet meer"
        detail = f"De taakstelling ontbreekt of komt onder nul: {_named(impossible)}."
        tasks.append(_task(impossible, label, _sole(impossible, addresses, "#som", addresses.entry), detail))
    read_otherwise = [each for each in assessments if has_other_reading(each)]
    if read_otherwise:
        label = (
            "advies hangt af van de herverdeling"
            if len(read_otherwise) == 1
            else "adviezen hangen af van de herverdeling"
        )
        detail = f"De twee lezingen geven een andere trede: {_named(read_otherwise)}."
        tasks.append(_task(read_otherwise, label, _sole(read_otherwise, addresses, "#waarom"), detail))
    uncertain = [each for each in assessments if is_uncertain(each)]
    if uncertain:
        label = "advies mist een eerder halfjaar" if len(uncertain) == 1 else "adviezen missen een eerder halfjaar"
        detail = f"De trede kan hoger uitvallen: {_named(uncertain)}."
        tasks.append(_task(uncertain, label, _sole(uncertain, addresses, "#waarom"), detail))
    return tasks + (_decision_tasks(assessments, addresses) if addresses.decisions else [])


def _decision_tasks(assessments: Sequence[Assessment], addresses: Addresses) -> list[Task]:
    tasks, deciding = [], to_decide(assessments)
    if deciding.changed:
        label = "besluit rust op andere cijfers" if len(deciding.changed) == 1 else "besluiten rusten op andere cijfers"
        detail = f"Na het besluit veranderde een cijfer: {_named(deciding.changed)}."
        tasks.append(_task(deciding.changed, label, f"{addresses.decisions}?toon=veranderd", detail))
    if deciding.open:
        label = "besluit open" if len(deciding.open) == 1 else "besluiten open"
        tasks.append(_task(deciding.open, label, addresses.decisions, deciding.detail))
    return tasks


def _late(late: Late, addresses: Addresses) -> Iterator[Task]:
    waiting = [
        (late.agreements, "afspraak te laat", "afspraken te laat"),
        (late.plans, "verbeterplan te laat", "verbeterplannen te laat"),
    ]
    for names, singular, plural in waiting:
        if names:
            label = singular if len(names) == 1 else plural
            detail = f"Van {_few(tuple(dict.fromkeys(names)))}."
            yield Task(count=number(len(names)), label=label, url=f"{addresses.agenda}#te-laat", detail=detail)


def _carrying_over(carry_overs: Sequence[CarryOver]) -> Iterable[Task]:
    """Per half-year: openings that wait for what the parts of a herindeling owed, and those that it has changed since."""
    for period in sorted({each.period for each in carry_overs}):
        url = reverse("supervision:carry_over", kwargs={"period": period})
        due = [each.municipality.name for each in carry_overs if each.period == period and each.is_due]
        if due:
            label = "beginstand na herindeling over te nemen"
            label = label if len(due) == 1 else label.replace("beginstand", "beginstanden")
            yield Task(count=number(len(due)), label=label, url=url, detail=f"{period}: {_few(due)}.")
        outdated = [each.municipality.name for each in carry_overs if each.period == period and each.is_outdated]
        if outdated:
            label = "overgenomen beginstand na te kijken"
            label = label if len(outdated) == 1 else label.replace("beginstand", "beginstanden")
            detail = f"Het eind van een voorganger is intussen anders: {_few(outdated)}."
            yield Task(count=number(len(outdated)), label=label, url=url, detail=detail)


def closing_in_words(
    closing: Closing | None, assessments: Sequence[Assessment], *, period: Period, names: Sequence[str] = ()
) -> str:
    """Since when a half-year is closed, and for whom; empty while it runs. A few can be given by `names`."""
    if closing is None:
        return ""
    first, last = localtime(closing.first).date(), localtime(closing.last).date()
    when = f"op {long_date(first)}" if first == last else f"tussen {long_date(first)} en {long_date(last)}"
    whole = number(len(assessments))
    if closing.municipalities >= len(assessments):
        who = f"alle {whole} gemeenten"
    elif names and closing.municipalities == len(names):
        who = enumeration(names)
    else:
        who = f"{number(closing.municipalities)} van de {whole} gemeenten"
    return f"{period} is {when} gesloten voor {who}: daar heeft een correctie een reden nodig."


def _gives_too_much(assessment: Assessment) -> bool:
    """Both sides of a herverdeling have a taakstelling, and none gives more than that: also after it was lowered."""
    with_herverdeling = assessment.opgave.taakstelling_with_herverdeling
    return bool(assessment.herverdelingen) and (with_herverdeling is None or with_herverdeling < 0)


def _next_taakstelling(assessments: Sequence[Assessment], *, period: Period, addresses: Addresses) -> list[Task]:
    """Once the taakstelling of the next half-year is known of some, it lacks of the others."""
    opgaven = [
        (each, each.next_opgave) for each in assessments if not each.municipality.has_ended_by(period.next.start)
    ]
    lacking = [each for each, opgave in opgaven if opgave is None or opgave.taakstelling is None]
    if not lacking or len(lacking) == len(opgaven):
        return []
    label = _MISSING_LABELS[Kind.TAAKSTELLING][len(lacking) > 1]
    return [_task(lacking, label, addresses.next_entry, f"{period.next}: {_named(lacking)}.")]


def _task(assessments: Sequence[Assessment], label: str, url: str, detail: str) -> Task:
    return Task(count=number(len(assessments)), label=label, url=url, detail=detail)


def _sole(assessments: Sequence[Assessment], addresses: Addresses, anchor: str, otherwise: str = "#noten") -> str:
    """To the only one it is about, else to the notes that name them all."""
    if len(assessments) == 1:
        return municipality_url(addresses.municipalities, assessments[0].municipality.code, anchor)
    return otherwise


def _named(assessments: Sequence[Assessment]) -> str:
    return _few([each.municipality.name for each in assessments])


def _few(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMES:
        return enumeration(names)
    return f"{', '.join(names[:MOST_NAMES])} en {number(len(names) - MOST_NAMES)} andere"


# -- a half-year that runs ----------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Running:
    """How far a running half-year is. The norm only where all was counted to the same day."""

    period: Period
    municipalities: int
    counted: int
    housed: int
    totaalopgave: int
    counted_to: date | None
    latest_count: date | None
    norm: int | None

    @property
    def is_partial(self) -> bool:
        return self.counted < self.municipalities

    @property
    def against_norm(self) -> str:
        """In words: "21 minder dan de norm"; empty without a norm."""
        if self.norm is None:
            return ""
        difference = self.housed - self.norm
        if difference == 0:
            return "precies volgens de norm"
        more = "meer" if difference > 0 else "minder"
        return f"{number(abs(difference))}{NO_BREAK_SPACE}{more} dan de norm"

    @property
    def sentence(self) -> str:
        if not self.counted:
            return "Een stand van de realisatie is er nog niet."
        when = f"Op {long_date(self.counted_to)}" if self.counted_to else "Tot nu toe"
        verb = "was" if self.housed == 1 else "waren"
        against = f", {self.against_norm}" if self.against_norm else ""
        sentence = f"{when} {verb} {number(self.housed)} van de {persons(self.totaalopgave)} gehuisvest{against}."
        if self.is_partial:
            sentence += f" Geteld in {number(self.counted)} van de {number(self.municipalities)} gemeenten."
        if self.latest_count and not self.counted_to:
            sentence += f" De laatste stand is van {long_date(self.latest_count)}."
        return sentence

    @property
    def remaining(self) -> int:
        return self.totaalopgave - self.housed


def running_of(opgaven: Sequence[Opgave | None], *, period: Period) -> Running | None:
    """None when nothing of it was reported, or when a final count is in."""
    known = [opgave for opgave in opgaven if opgave is not None]
    reported = any(
        figure is not None
        for each in known
        for figure in (each.taakstelling, each.start_reported, each.start_carried, each.realisation)
    )
    if not reported or any(each.is_closed for each in known):
        return None
    counted = [each for each in known if each.remaining is not None]
    days = {each.counted_to for each in counted if each.counted_to}
    day = days.pop() if len(days) == 1 else None
    totaalopgave = sum(each.totaalopgave or 0 for each in counted)
    return Running(
        period=period,
        municipalities=len(opgaven),
        counted=len(counted),
        housed=sum(each.realisation or 0 for each in counted),
        totaalopgave=totaalopgave,
        counted_to=day,
        latest_count=day or max(days, default=None),
        norm=norm(totaalopgave, period=period, day=day) if day else None,
    )


# -- the page -----------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    term: str
    value: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """All that the overview shows of a half-year of which something is known."""

    stage: Stage
    finding: Finding
    heading: str
    ladder: Ladder | None
    facts: tuple[Fact, ...]
    trede_map: TredeMap | None
    largest: tuple[Largest, ...]
    tasks: tuple[Task, ...]
    now: Running | None
    following: Running | None
    table: Table
    by: str
    before_by: str

    @property
    def is_running(self) -> bool:
        return self.stage is Stage.RUNNING


def page_of(
    assessments: Sequence[Assessment],
    choice: Choice,
    *,
    province: Province,
    period: Period,
    addresses: Addresses,
    explanations: Explanations = NO_EXPLANATIONS,
    carry_overs: Sequence[CarryOver] = (),
    late: Late = NOTHING_LATE,
    added: Sequence[Task] = (),
) -> Page | None:
    """None when nothing was reported of the half-year, or the province has no municipality in it. `added` is what other
    apps have to do in it."""
    stage = stage_of(assessments)
    if stage is Stage.EMPTY:
        return None
    policy = assessments[0].policy
    has_advice = stage is Stage.CLOSED and policy is not None
    is_on_the_map = has_advice or any(each.trede_before for each in assessments)
    now = running_of([each.opgave for each in assessments], period=period)
    prognoses = prognoses_in(assessments, period=period, stage=stage)
    facts = (
        () if has_advice else (*_facts(assessments, now, period=period, stage=stage), *_outlook(assessments, prognoses))
    )
    return Page(
        stage=stage,
        finding=finding_of(assessments, stage),
        heading=_heading(assessments, stage, period, is_on_the_map=is_on_the_map),
        ladder=ladder_of(assessments, policy, municipalities_url=addresses.municipalities)
        if has_advice and policy
        else None,
        facts=facts,
        trede_map=map_of(assessments, stage, municipalities_url=addresses.municipalities) if is_on_the_map else None,
        largest=() if is_on_the_map else largest(assessments, stage, municipalities_url=addresses.municipalities),
        tasks=(
            *tasks_of(
                assessments,
                stage,
                period=period,
                addresses=addresses,
                explanations=explanations,
                carry_overs=carry_overs,
                late=late,
            ),
            *added,
        ),
        now=now,
        following=running_of([each.next_opgave for each in assessments], period=period.next),
        table=table_of(
            assessments,
            choice,
            name=f"Provincie {province.name}",
            period=period,
            stage=stage,
            municipalities_url=addresses.municipalities,
            differences_url=addresses.differences,
            decisions_url=addresses.decisions,
            explanations=explanations,
            prognoses=prognoses,
        ),
        by=by_in_words(assessments),
        before_by=before_by_in_words(assessments),
    )


def _heading(assessments: Sequence[Assessment], stage: Stage, period: Period, *, is_on_the_map: bool) -> str:
    if stage is Stage.RUNNING:
        return f"De treden over {period.previous}" if is_on_the_map else "Wie het meest te doen heeft"
    return who_have_most(assessments, stage)


def _facts(assessments: Sequence[Assessment], now: Running | None, *, period: Period, stage: Stage) -> Iterable[Fact]:
    """The sums of the province, where there are no treden to count."""
    opgave = total_for(assessments, period=period, stage=stage).opgave
    if stage is Stage.RUNNING:
        opgave = asked_of(assessments, period=period).opgave
    yield Fact(term="Taakstelling", value=number(opgave.taakstelling or 0))
    yield Fact(term="Achterstand bij het begin", value=number(opgave.achterstand_start or 0))
    yield Fact(term="Totaalopgave", value=number(opgave.totaalopgave or 0))
    if now and now.counted:
        part = f"in {number(now.counted)} van de {number(now.municipalities)} gemeenten" if now.is_partial else ""
        yield Fact(term="Realisatie tot nu toe", value=number(now.housed), detail=part)
        yield Fact(term="Nog te huisvesten", value=number(now.remaining), detail=part)
    elif opgave.achterstand_end is not None:
        yield Fact(term="Realisatie", value=number(opgave.realisation or 0))
        yield Fact(term="Achterstand aan het eind", value=number(opgave.achterstand_end))


def _outlook(assessments: Sequence[Assessment], prognoses: Prognoses) -> Iterable[Fact]:
    """Where a half-year that runs is going: what is needed, and who move when it goes as expected."""
    if not prognoses:
        return
    yield Fact(term="Nodig per week", detail="opgeteld over de gemeenten", value=number(needed_together(prognoses)))
    for term, up in (("Prognose: trede omhoog", True), ("Prognose: trede omlaag", False)):
        names = expected_to_move(assessments, prognoses, up=up)
        if names:
            yield Fact(term=term, detail=_few(names), value=number(len(names)))
