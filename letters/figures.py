"""Reads: what a letter needs besides the assessment, and all of it as the pure input of `letters.words.content`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from letters.models import Letterhead, plain_letterhead
from letters.words.case import Address, Case, Details, Sender, Swap, Told
from letters.words.machine import Attached, Body, attached_figures
from municipalities.models import Municipality, PostAddress, Province, User
from municipalities.rights import Right
from supervision import figures
from supervision.basis import changed_since
from supervision.decisions import Decided
from supervision.dossier import Told as Circumstances
from supervision.dossier import circumstances_of
from supervision.figures import HERVERDELING, Agreed, Announced, Assessment
from supervision.fingerprint import fingerprint_of, numbers_of
from supervision.rules.opgave import Kind, Opening
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Obstacle:
    """Why there can be no letter yet: the figures that lack, or else that no policy holds in the half-year."""

    missing: tuple[Kind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A case with what it was made from. `current` is the half-year as it is known now, `assessment` as it was known when
    the decision was proposed: the same one where nothing changed since, or nothing was decided."""

    case: Case
    current: Assessment
    assessment: Assessment

    @property
    def decided(self) -> Decided | None:
        return self.current.decided

    @property
    def is_as_decided(self) -> bool:
        """Whether the case has the figures that the decision rests on."""
        decided = self.decided
        return decided is not None and decided.proposal.fingerprint == fingerprint_of(self.assessment)

    @property
    def changed_since(self) -> str:
        """What became different after the decision, as a clause; empty where no number did."""
        if self.assessment is self.current:
            return ""
        return changed_since({"numbers": numbers_of(self.assessment)}, self.current)


def case_of(*, municipality: Municipality, period: Period) -> Case | Obstacle:
    """The case of one municipality and half-year. What was decided rests on the figures as they were known then; what
    comes after the half-year is as it is known now."""
    judged = judged_of(municipality=municipality, period=period)
    return judged if isinstance(judged, Obstacle) else judged.case


def judged_of(*, municipality: Municipality, period: Period) -> Judged | Obstacle:
    current = figures.assess_municipality(municipality=municipality, period=period)
    told = circumstances_of(municipality=municipality, period=period, until=period.next)
    return judged_from(current, told, municipality=municipality)


def judged_from(current: Assessment, told: Iterable[Circumstances], *, municipality: Municipality) -> Judged | Obstacle:
    """Of what was read already. Where figures changed since the decision, those that it rests on are read."""
    period = current.period
    assessment = _as_decided(current)
    if assessment.policy is None or assessment.advice is None:
        return Obstacle(missing=assessment.missing)
    following, decided = current.next_opgave, current.decided
    announced = _announced_before(assessment)
    case = Case(
        municipality=municipality.name,
        address=_address(municipality),
        opgave=assessment.opgave,
        policy=assessment.policy,
        policy_from=next(start for start, _, _ in assessment.policies.policies if start <= period),
        advice=assessment.advice,
        trede_before=None if assessment.is_another_ladder else assessment.trede_before,
        herverdelingen=swaps_of(assessment.herverdelingen),
        taakstelling_before=announced.persons if announced else None,
        next_opgave=following,
        next_herverdelingen=swaps_of(current.next_herverdelingen) if following else (),
        has_samples=_states_samples(assessment) or (announced is not None and announced.is_sample),
        decided=assessment.policy.standing(decided.trede) if decided else None,
        departure=_clause(decided.proposal.reason) if decided and decided.departs else "",
        circumstances=_told(told),
    )
    return Judged(case=case, current=current, assessment=assessment)


def _as_decided(current: Assessment) -> Assessment:
    """The half-year as it was known when the decision was proposed; as it is now where nothing changed since."""
    decided = current.decided
    if decided is None or decided.proposal.fingerprint == fingerprint_of(current):
        return current
    known_at = decided.proposal.proposed_at
    return figures.assess_municipality(municipality=current.municipality, period=current.period, known_at=known_at)


def _clause(reason: str) -> str:
    """As it goes on after "omdat": without the full stop of a sentence."""
    return " ".join(reason.split()).rstrip(".")


def letterhead_of(province: Province) -> Letterhead:
    letterhead = Letterhead.objects.filter(province=province).prefetch_related("signatories").first()
    return letterhead or plain_letterhead(province)


def sender_of(letterhead: Letterhead, details: Details) -> Sender:
    return letterhead.as_sender(on=details.on, signatory=details.signatory)


def usual_details(*, letterhead: Letterhead, maker: User | None, on: date) -> Details:
    """What the form begins with: the maker's own contact data, and the letterhead's where they have none."""
    makes_letters = maker is not None and maker.may(Right.MAKE_LETTERS)
    own = maker if makes_letters else None
    return Details(
        on=on,
        contact_name=(own.get_full_name() if own else "") or letterhead.contact_name,
        phone=(own.phone if own else "") or letterhead.phone,
        email=(own.email if own else "") or letterhead.email,
    )


def attached_to(municipality: Municipality, *, case: Case, details: Details) -> tuple[Attached, ...]:
    """The letter's figures as the files that go inside it."""
    return attached_figures(
        case=case, details=details, municipality=body_of(municipality), province=body_of(municipality.province)
    )


def body_of(body: Municipality | Province) -> Body:
    return Body(name=body.name, code=body.code, uri=body.tooi_uri)


def _address(municipality: Municipality) -> Address | None:
    try:
        row = municipality.post_address
    except PostAddress.DoesNotExist:
        return None
    return Address(line=row.line, postcode=row.postcode, town=row.town)


def swaps_of(agreed: tuple[Agreed, ...]) -> tuple[Swap, ...]:
    return tuple(Swap(other=each.other, persons=each.persons) for each in agreed)


def told_of(*, municipality: Municipality, period: Period) -> tuple[Told, ...]:
    """The circumstances of this half-year and the next: what is said of them now."""
    return _told(circumstances_of(municipality=municipality, period=period, until=period.next))


def _told(found: Iterable[Circumstances]) -> tuple[Told, ...]:
    return tuple(
        Told(
            kind=told.kind,
            kind_name=told.get_kind_display(),
            subject=each.subject,
            persons=told.persons,
            by=told.said_by,
            on=told.said_on,
            document=told.document,
        )
        for each in found
        for told in each.told
    )


STATED = (Kind.ACHTERSTAND, Opening.CARRIED_OVER, Kind.TAAKSTELLING, Kind.REALISATION, HERVERDELING)
STATED_OF_NEXT = (Kind.TAAKSTELLING, HERVERDELING)


def _states_samples(assessment: Assessment) -> bool:
    """Whether a figure that the letter states is a voorbeeldcijfer, or was computed from one.

    The half-years before only count as far back as an opening in the letter was computed from them.
    """
    period = assessment.period
    # Of an opening that COA corrected the letter states the computed one too.
    first = period.previous if assessment.opgave.start_difference else period
    first = assessment.opened_in(first)
    return any(
        kind in STATED if first <= sampled <= period else sampled == period.next and kind in STATED_OF_NEXT
        for sampled, kind in assessment.samples
    )


def _announced_before(assessment: Assessment) -> Announced | None:
    """The taakstelling as the ministry had announced it before it changed it while the half-year ran.

    A correction of the same day is a typing error put right, and no change by the ministry.
    """
    if len(assessment.announced) < 2:
        return None
    before, now = assessment.announced[-2:]
    has_changed = now.day > assessment.period.start and now.persons != before.persons
    return before if has_changed else None
