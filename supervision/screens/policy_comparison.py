"""Another policy held beside the one in force: for one half-year, and over the history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.urls import reverse

from municipalities.models import Province
from supervision.advising import Standings
from supervision.figures import LOOK_BACK, Assessment, assess_province
from supervision.policies import PolicyHistory
from supervision.rules.dutch import count, enumeration, number
from supervision.rules.ladder import advise
from supervision.rules.period import FIRST_YEAR, Period, periods_between
from supervision.rules.policy import Policy

MOST_HALF_YEARS = LOOK_BACK


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """Where a municipality stands by the policy in force, and where it would by the other; None: no advice.

    `change` is "up" or "down" where the two ladders have the same number of steps and differ, "other" where they cannot
    be compared by number and differ by name, and empty where they are the same.
    """

    period: Period
    is_now: int | None
    would_be: int | None
    would_be_name: str
    change: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    name: str
    url: str
    cells: tuple[Beside, ...]

    @property
    def differs(self) -> bool:
        return any(cell.change for cell in self.cells)


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Per half-year, the earliest first, and per municipality; `differing` counts per half-year who differ."""

    periods: tuple[Period, ...]
    lines: tuple[Line, ...]
    differing: tuple[str, ...]
    sentence: str


def for_half_year(*, province: Province, period: Period, policy: Policy) -> Comparison:
    """What the policy gives in this half-year, from where each municipality really stood before."""
    assessments = _assessed(province, period, policy, half_years=1)
    lines = tuple(
        _line(each, period, (_beside(each, period, _advised(each, period, policy), policy),)) for each in assessments
    )
    return _comparison((period,), lines)


def over_history(*, province: Province, period: Period, policy: Policy) -> Comparison:
    """As if the policy had held all along, up to this half-year."""
    assessments = _assessed(province, period, policy, half_years=MOST_HALF_YEARS)
    earliest = min((min(each.half_years) for each in assessments), default=period)
    periods = periods_between(max(earliest, period.back(MOST_HALF_YEARS - 1)), period)
    lines = []
    for each in assessments:
        would = _all_along(each, policy)
        cells = tuple(_beside(each, past, would.trede(past), policy) for past in periods)
        lines.append(_line(each, period, cells))
    return _comparison(tuple(periods), tuple(lines))


def decided_already(decided: Mapping[Period, int]) -> str:
    """What a policy says that begins in half-years over which was decided: so many municipalities in each. Empty where
    there are none."""
    if not decided:
        return ""
    told = enumeration([f"{period} ({count(each, 'gemeente', 'gemeenten')})" for period, each in decided.items()])
    return (
        f"Over {told} is al besloten. Die besluiten blijven zoals zij zijn. Het advies over die halfjaren volgt voortaan "
        "dit beleidskader en kan dus een andere trede noemen."
    )


def _assessed(province: Province, period: Period, policy: Policy, *, half_years: int) -> list[Assessment]:
    """Read as far back as the policy looks from the earliest half-year that is shown."""
    look_back = half_years + policy.longest_row
    if policy.looks_at_before:
        look_back = max(look_back, 2 * MOST_HALF_YEARS)
    return assess_province(province=province, period=period, look_back=max(LOOK_BACK, look_back))


def _advised(assessment: Assessment, period: Period, policy: Policy) -> int | None:
    standings = assessment.standings
    advice = advise(
        policy,
        assessment.half_years,
        period,
        exists_from=standings.exists_from,
        before=assessment.trede_before,
        frozen=assessment.policies.frozen_periods,
    )
    return advice.trede if advice else None


def _all_along(assessment: Assessment, policy: Policy) -> Standings:
    history = PolicyHistory(((Period(FIRST_YEAR, 1), 0, policy),), frozen=assessment.policies.frozen)
    standings = assessment.standings
    return Standings(policies=history, half_years=standings.half_years, exists_from=standings.exists_from)


def _beside(assessment: Assessment, period: Period, would_be: int | None, policy: Policy) -> Beside:
    is_now, in_force = assessment.trede_in(period), assessment.policies.in_force(period)
    change = ""
    if is_now is not None and would_be is not None and in_force is not None:
        if len(in_force.steps) != len(policy.steps):
            differs = in_force.step(is_now).name.casefold() != policy.step(would_be).name.casefold()
            change = "other" if differs else ""
        elif would_be != is_now:
            change = "up" if would_be > is_now else "down"
    return Beside(
        period=period,
        is_now=is_now,
        would_be=would_be,
        would_be_name="" if would_be is None else policy.step(would_be).name,
        change=change,
    )


def _line(assessment: Assessment, period: Period, cells: tuple[Beside, ...]) -> Line:
    address = {"period": period, "code": assessment.municipality.code}
    return Line(name=assessment.municipality.name, url=reverse("supervision:municipality", kwargs=address), cells=cells)


def _comparison(periods: tuple[Period, ...], lines: tuple[Line, ...]) -> Comparison:
    columns = [[line.cells[place] for line in lines] for place in range(len(periods))]
    return Comparison(
        periods=periods,
        lines=lines,
        differing=tuple(_differing(column) for column in columns),
        sentence=_sentence(periods[-1], columns[-1] if columns else []),
    )


def _differing(cells: Sequence[Beside]) -> str:
    judged = [cell for cell in cells if cell.is_now is not None and cell.would_be is not None]
    return f"{number(sum(bool(cell.change) for cell in judged))} van {number(len(judged))}" if judged else "–"


def _sentence(period: Period, cells: Sequence[Beside]) -> str:
    judged = [cell for cell in cells if cell.is_now is not None and cell.would_be is not None]
    if not judged:
        return f"Voor {period} is er nog geen advies om mee te vergelijken."
    up, down = (sum(cell.change == change for cell in judged) for change in ("up", "down"))
    other = sum(cell.change == "other" for cell in judged)
    whole = count(len(judged), "gemeente", "gemeenten")
    if not up and not down and not other:
        return f"In {period} staat elke gemeente op dezelfde trede als volgens het geldende beleid ({whole})."
    parts = [f"{number(n)} {word}" for n, word in ((up, "hoger"), (down, "lager"), (other, "op een andere trede")) if n]
    return f"In {period} staan van {whole} er {' en '.join(parts)} dan volgens het geldende beleid."
