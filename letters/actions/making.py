"""Making a concept: once for each municipality and half-year, however often it is asked."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django_scopes import scope

from letters.actions.kind import become
from letters.figures import Judged, Obstacle, judged_of, letterhead_of, usual_details
from letters.models import Letter
from letters.obstacles import why_not
from letters.words.kinds import usual_kind
from letters.written import written
from municipalities.models import Municipality, User
from municipalities.rights import Right, refusal
from supervision.actions.ledger import Refused, lock
from supervision.rules.period import Period


@transaction.atomic
def make_concept(
    *,
    by: User,
    municipality: Municipality,
    period: Period,
    now: datetime,
    today: date,
    judged: Judged | Obstacle | None = None,
) -> Letter:
    """The concept to the college over this half-year: a new one, or the letter that is there; of the kind that the trede
    asks for, unless somebody worked on it. `judged` is that half-year where the caller has read it. Raises Refused where
    it cannot be judged yet."""
    province = municipality.province
    if by.province_id != province.pk or not by.may(Right.MAKE_LETTERS):
        raise Refused(refusal(right=Right.MAKE_LETTERS, role=by.role))
    lock(province)
    with scope(province=province):
        there = letter_to_the_college(municipality=municipality, period=period)
        if there is not None:
            _follow_the_trede(there, judged, by=by, now=now, today=today)
            return there
        judged = judged or judged_of(municipality=municipality, period=period)
        if isinstance(judged, Obstacle):
            raise Refused(why_not(judged, period))
        usual = usual_details(letterhead=letterhead_of(province), maker=by, on=today)
        return Letter.objects.create(
            province=province,
            municipality=municipality,
            period=period,
            kind=usual_kind(judged.case.step).slug,
            contact_name=usual.contact_name,
            phone=usual.phone,
            email=usual.email,
            made_at=now,
            made_by=by,
            changed_at=now,
            changed_by=by,
        )


def _follow_the_trede(
    letter: Letter, judged: Judged | Obstacle | None, *, by: User, now: datetime, today: date
) -> None:
    if letter.worked_on or not letter.can_be_changed:
        return
    found = written(letter, today=today, judged=judged)
    if not isinstance(found, Obstacle) and (asked := found.asked_kind):
        become(letter, asked, step=found.case.step, by=by, now=now)


def letter_to_the_college(*, municipality: Municipality, period: Period) -> Letter | None:
    """The last one that was not withdrawn: the letter itself, or what corrected it."""
    letters = Letter.objects.filter(municipality=municipality, period=period, goes_with=None)
    letters = letters.select_related("municipality__province", "municipality__post_address", "corrects")
    return letters.exclude(state=Letter.State.WITHDRAWN).order_by("-pk").first()
