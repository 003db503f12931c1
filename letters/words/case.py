"""What a letter is made from: one municipality in one closed half-year, and what was judged of it. Pure.

S and E are the achterstand at the begin and the end (negative: voorsprong), I is taakstelling + herverdeling, R the
realisatie and G the totaalopgave. As E − S = I − R, a taakstelling that was met never goes with a growing achterstand.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from supervision.rules.ladder import Advice
from supervision.rules.opgave import Kind, Opgave
from supervision.rules.period import Period
from supervision.rules.policy import OWED, Policy, Step

DAYS_FOR_A_PLAN = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    line: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sender:
    """The province as it stands on its letterhead. An empty text falls out of the letter.

    `logo` and `signature` are names of pictures, which the renderer is given beside it.
    """

    organisation: str
    wordmark: tuple[str, ...]
    unit: tuple[str, ...] = ()
    post_line: str = ""
    postcode_town: str = ""
    website: str = ""
    domain: str = ""
    team: str = ""
    authority: str
    signatory_name: str = ""
    signatory_function: str = ""
    mandate: str = ""
    logo: str = ""
    signature: str = ""
    accent: str = ""
    footer: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What belongs to this one letter and stands in no figure. None is not known yet.

    `due_plan` None is the usual term; see `default_due_plan`. `letter_kind` (in words), `letter_on` and `letter_number` are
    of the letter that this one goes with, `corrected_on` and `corrected_number` of the one that it replaces. `signatory`
    None is the usual one of that day.
    """

    on: date
    document_number: str = ""
    contact_name: str = ""
    phone: str = ""
    email: str = ""
    due_plan: date | None = None
    term_ends: date | None = None
    required_persons: int | None = None
    legal_remedy: str = ""
    decided_on: date | None = None
    measures_by: date | None = None
    letter_kind: str = ""
    letter_on: date | None = None
    letter_number: str = ""
    signatory: int | None = None
    corrected_on: date | None = None
    corrected_number: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """A herverdeling as this municipality sees it: persons taken over from the other, or handed over (−)."""

    other: str
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What one source said of a circumstance. It may be quoted and is in no sum. `kind` and `kind_name` are those of
    `supervision.models.Circumstance`."""

    kind: str
    kind_name: str
    subject: str
    persons: int | None
    by: str
    on: date
    document: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One municipality in one closed half-year, with the advice that rests on it, and what was decided.

    `decided` is the step on which was decided; None where the advice stands. `departure` is why it departs from the
    advice, as a clause; empty where it follows it.

    `policy_from` is the half-year from which the policy holds. `taakstelling_before` is what the
    ministry had announced before it changed the taakstelling during the half-year; None where it
    did not. `has_samples`: a figure that the letter states is a voorbeeldcijfer.
    """

    municipality: str
    address: Address | None
    opgave: Opgave
    policy: Policy
    policy_from: Period
    advice: Advice
    trede_before: int | None
    herverdelingen: tuple[Swap, ...] = ()
    taakstelling_before: int | None = None
    next_opgave: Opgave | None = None
    next_herverdelingen: tuple[Swap, ...] = ()
    has_samples: bool = False
    decided: Step | None = None
    departure: str = ""
    circumstances: tuple[Told, ...] = ()

    @property
    def step(self) -> Step:
        """The one that the letter is about."""
        return self.decided or self.advice.step


class Incomplete(ValueError):
    """The half-year cannot be judged: these figures are not there."""

    def __init__(self, missing: tuple[Kind, ...]) -> None:
        self.missing = missing
        super().__init__(", ".join(missing))


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """The half-year, with every number there: S is `begin`, I `asked`, G `totaalopgave` and E `end`."""

    begin: int
    taakstelling: int
    herverdeling: int
    realisation: int

    @property
    def asked(self) -> int:
        return self.taakstelling + self.herverdeling

    @property
    def totaalopgave(self) -> int:
        return self.begin + self.asked

    @property
    def end(self) -> int:
        return self.totaalopgave - self.realisation


def figures_of(opgave: Opgave) -> Figures:
    start, taakstelling, realisation = opgave.achterstand_start, opgave.taakstelling, opgave.realisation
    if opgave.missing or start is None or taakstelling is None or realisation is None:
        raise Incomplete(opgave.missing)
    return Figures(begin=start, taakstelling=taakstelling, herverdeling=opgave.herverdeling, realisation=realisation)


def kern_case(figures: Figures) -> str:
    """Which of the 13 cases this is; the keys of the texts under "kern"."""
    begin, end = figures.begin, figures.end
    if begin > 0:
        if end < 0:
            return "weg_voorsprong"
        if end == 0:
            return "weg"
        return "kleiner" if end < begin else "gelijk" if end == begin else "groter"
    if begin == 0:
        return "geen" if end == 0 else "nieuw" if end > 0 else "voorsprong_nieuw"
    if end > 0:
        return "omgeslagen"
    if end == 0:
        return "voorsprong_op"
    return "voorsprong_groter" if end < begin else "voorsprong_gelijk" if end == begin else "voorsprong_kleiner"


def oordeel_case(figures: Figures) -> str:
    """Whether the taakstelling was met; the keys of the texts under "oordeel"."""
    if figures.asked <= 0:
        return "geen"
    if figures.realisation >= figures.asked:
        return "gehaald"
    return "niet" if figures.end > 0 else "voorsprong"


def totaal_case(figures: Figures) -> str:
    if figures.totaalopgave > 0:
        return "te_doen"
    # Without a taakstelling there is none to compare the voorsprong with.
    return "voorsprong" if figures.asked > 0 else "niemand"


def direction(case: Case) -> str:
    """First time, up, down or the same; "toch" where the figures alone point the other way, "anders" where the decision
    departs from the advice: then it does not follow from the figures."""
    figures, before, trede = figures_of(case.opgave), case.trede_before, case.step.number
    if before is None:
        return "eerste"
    if case.departure:
        return "gelijk_anders" if trede == before else "op_anders" if trede > before else "af_anders"
    if trede == before:
        return "gelijk"
    is_about_owed = case.advice.deciding is None or case.advice.deciding.condition.metric in OWED
    if trede > before:
        if figures.end > figures.begin or figures.end <= 0:
            return "op"
        if not is_about_owed:
            return "toch_op_ladder"
        return "toch_op" if 0 < compared_taakstelling(case) <= figures.end else "toch_op_achterstand"
    if figures.end <= figures.begin or figures.end <= 0:
        return "af"
    return "toch_af" if is_about_owed and figures.end < compared_taakstelling(case) else "toch_af_ladder"


class Direction(StrEnum):
    """Where the municipality goes on the ladder."""

    FIRST = "eerste keer"
    UP = "opschaling"
    DOWN = "afschaling"
    SAME = "gelijk"


def course_of(case: Case) -> Direction:
    before, trede = case.trede_before, case.step.number
    if before is None:
        return Direction.FIRST
    return Direction.SAME if trede == before else Direction.UP if trede > before else Direction.DOWN


def compared_taakstelling(case: Case) -> int:
    """What the policy compares the achterstand with: with or without the herverdeling."""
    figures = figures_of(case.opgave)
    return figures.asked if case.policy.counts_herverdeling else figures.taakstelling


def default_due_plan(on: date) -> date:
    """When a verbeterplan is due: the first day of the month after thirty days from the letter."""
    then = on + timedelta(days=DAYS_FOR_A_PLAN)
    return date(then.year + then.month // 12, then.month % 12 + 1, 1)
