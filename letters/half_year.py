"""Reads: the letters of a half-year, by municipality. Two queries, whatever their number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from letters.models import Batch, BatchItem, Dispatch, Letter
from municipalities.models import Province
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Letters:
    """Of one municipality: the letter to the college, or what corrected it, and the afschrift that goes with it.

    `sent_on` is when the letter was first sent.
    """

    letter: Letter
    afschrift: Letter | None = None
    sent_on: date | None = None


def letters_of(*, province: Province, period: Period) -> Mapping[int, Letters]:
    """By the pk of the municipality; without what was withdrawn. Of several afschriften the one that still waits."""
    rows = Letter.objects.filter(province=province, period=period).exclude(state=Letter.State.WITHDRAWN)
    rows = rows.select_related("municipality", "made_by", "changed_by").defer("content").order_by("pk")
    to_college: dict[int, Letter] = {}
    afschriften: dict[int, list[Letter]] = defaultdict(list)
    for row in rows:
        if row.goes_with_id is None:
            to_college[row.municipality_id] = row
        else:
            afschriften[row.municipality_id].append(row)
    sent = _sent(province, period)
    return {
        municipality: Letters(
            letter=letter, afschrift=_waiting_first(afschriften[municipality]), sent_on=sent.get(letter.pk)
        )
        for municipality, letter in to_college.items()
    }


def _waiting_first(afschriften: list[Letter]) -> Letter | None:
    waiting = [each for each in afschriften if each.state != Letter.State.SENT]
    return next(iter(waiting or afschriften[-1:]), None)


def _sent(province: Province, period: Period) -> Mapping[int, date]:
    rows = Dispatch.objects.filter(letter__province=province, letter__period=period).order_by("-sent_on")
    return dict(rows.values_list("letter", "sent_on"))


def batch_at_work(*, province: Province, period: Period) -> Batch | None:
    return Batch.objects.filter(province=province, period=period, finished_at=None).first()


def items_of(batch: Batch) -> list[BatchItem]:
    """By the name of the municipality."""
    return list(batch.items.select_related("municipality"))
