"""What the overview says of proposals and decisions. Everything here works on what was read; nothing queries."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from supervision.figures import Assessment
from supervision.fingerprint import fingerprint_of
from supervision.procedure import State
from supervision.rules.dutch import number

_RANK = {
    State.TO_PROPOSE: 4,
    State.RETURNED: 3,
    State.PROPOSED: 2,
    State.REVISION_PROPOSED: 1,
    State.DECIDED: 0,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was proposed or decided for one municipality, for a cell. `is_open`: somebody has a next step to take."""

    text: str
    departs: bool
    is_open: bool


def said_of(assessment: Assessment) -> Said | None:
    """None where there is nothing to decide on: no advice, and nothing was proposed."""
    on = assessment.on_peildatum
    shown = on.proposed or (on.decided.proposal if on.decided else None)
    if shown is not None:
        return Said(
            text=f"{shown.trede} {on.state.value}", departs=shown.departs, is_open=on.state is not State.DECIDED
        )
    if assessment.advice is None:
        return None
    return Said(text=on.state.value if on.returned else "open", departs=False, is_open=True)


def is_open(assessment: Assessment) -> bool:
    """Whether a decision is still to be taken."""
    said = said_of(assessment)
    return said is not None and said.is_open


def rank_of(assessment: Assessment) -> int | None:
    """How much is left to do, to sort by; None where there is nothing to decide on."""
    return None if said_of(assessment) is None else _RANK[assessment.on_peildatum.state]


def decided_in_words(assessments: Sequence[Assessment]) -> str:
    """As "21 van 26 vastgesteld"; empty where nothing was proposed or decided at all."""
    if all(said is None or said.text == "open" for said in map(said_of, assessments)):
        return ""
    return f"{number(sum(each.decided is not None for each in assessments))} van {number(len(assessments))} vastgesteld"


def by_in_words(assessments: Sequence[Assessment]) -> str:
    """By what the treden of a half-year stand: the advice, the decision, or each where it is."""
    judged = [each for each in assessments if each.trede is not None]
    return _by(sum(each.decided is not None for each in judged), len(judged))


def before_by_in_words(assessments: Sequence[Assessment]) -> str:
    """The same of the half-year before."""
    judged = [each for each in assessments if each.trede_before is not None]
    return _by(sum(each.period.previous in each.proceedings.treden for each in judged), len(judged))


def _by(decided: int, judged: int) -> str:
    if not decided:
        return "volgens het advies"
    return "volgens het besluit" if decided == judged else "volgens het besluit, anders het advies"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDecide:
    """The decisions that are open, with what each waits for, as a task; and those that rest on other figures by now."""

    open: tuple[Assessment, ...]
    detail: str
    changed: tuple[Assessment, ...]


def to_decide(assessments: Sequence[Assessment]) -> ToDecide:
    open_ones = tuple(each for each in assessments if is_open(each))
    return ToDecide(
        open=open_ones,
        detail=", ".join(_waiting(open_ones)).capitalize() + ("." if open_ones else ""),
        changed=tuple(
            each for each in assessments if each.decided and each.decided.proposal.fingerprint != fingerprint_of(each)
        ),
    )


def _waiting(assessments: Sequence[Assessment]) -> Iterator[str]:
    states = [each.on_peildatum.state for each in assessments]
    proposed = sum(state.is_proposed for state in states)
    returned = states.count(State.RETURNED)
    to_propose = states.count(State.TO_PROPOSE)
    if proposed:
        yield f"{number(proposed)} {'voorstel wacht' if proposed == 1 else 'voorstellen wachten'} op een besluit"
    if returned:
        yield f"{number(returned)} teruggestuurd"
    if to_propose:
        yield f"{number(to_propose)} {'moet' if to_propose == 1 else 'moeten'} nog worden voorgesteld"
