"""What a gespreksnotitie is made of, once it was read: figures, prognosis, and what the dossier has. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from letters.words.case import Swap, Told
from supervision.rules.ladder import Advice
from supervision.rules.opgave import Opgave
from supervision.rules.period import Period
from supervision.rules.policy import Step
from supervision.rules.prognosis import Prognosis


@dataclass(frozen=True, slots=True, kw_only=True)
class Talk:
    """A contact that was, or one to come. `who` are roles."""

    on: date
    at: time | None
    kind: str
    who: str
    subject: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """An agreement that is still open."""

    what: str
    who: str
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """A verbeterplan that is under way: its state, and by when the next step is expected."""

    period: Period
    state: str
    due: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnCounted:
    """What the municipality counted itself."""

    kind: str
    on: date
    persons: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HalfYear:
    """One half of the table of figures: an opgave that may lack, with its herverdelingen."""

    period: Period
    opgave: Opgave | None
    herverdelingen: tuple[Swap, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteCase:
    """`past` is the last half-year that is closed and `now` the one after it. `advice` is of the past one, and
    `decided` the step on which was decided over it; None while that was not done.

    `unexplained`: COA's opening of the past half-year differs from the end of the one before, and nobody said why:
    (reported, computed). `has_samples`: a figure that it rests on is a voorbeeldcijfer. `late` says that the last
    count is too old; empty where it is not.
    """

    municipality: str
    past: HalfYear
    now: HalfYear
    advice: Advice | None
    trede_before: int | None
    prognosis: Prognosis | None
    decided: Step | None = None
    method: tuple[str, ...] = ()
    late: str = ""
    unexplained: tuple[int, int] | None = None
    own_counts: tuple[OwnCounted, ...] = ()
    appointment: Talk | None = None
    contacts: tuple[Talk, ...] = ()
    agreements: tuple[Promise, ...] = ()
    plans: tuple[Planned, ...] = ()
    circumstances: tuple[Told, ...] = ()
    has_samples: bool = False

    @property
    def step(self) -> Step | None:
        """The decided one, else the advised one."""
        return self.decided or (self.advice.step if self.advice else None)
