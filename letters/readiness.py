"""Reads: a letter as it would be frozen now, what is in the way of that, and who wrote it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from letters.checking import open_points
from letters.figures import Obstacle, attached_to
from letters.models import Letter, LetterEvent
from letters.obstacles import why_not
from letters.papers import pdf
from letters.procedure import JUDGING
from letters.words.another_kind import why_another, with_article
from letters.words.content import BijlageContent
from letters.words.kinds import kinds
from letters.words.machine import Attached
from letters.written import Written, written
from municipalities.models import Province
from supervision.rules.dutch import long_date


def letter_of(*, province: Province, pk: int) -> Letter | None:
    """With all that its page asks for. Of another province: None."""
    rows = Letter.objects.filter(province=province, pk=pk).select_related(
        "municipality__province",
        "municipality__post_address",
        "province",
        "goes_with",
        "corrects",
        "submitted_to",
        "agreed_by",
        "made_by",
        "changed_by",
    )
    return rows.order_by("pk").first()


@dataclass(frozen=True, kw_only=True)
class Ready:
    """What would be frozen. `in_the_way` are sentences; where there are any, nothing is."""

    written: Written
    bijlage: BijlageContent | None
    attached: tuple[Attached, ...]
    in_the_way: tuple[str, ...]

    @cached_property
    def letter_html(self) -> str:
        return pdf.letter_html(self.written.signed)

    @cached_property
    def bijlage_html(self) -> str:
        """Empty where the kind of letter has none."""
        return pdf.bijlage_html(self.bijlage) if self.bijlage else ""

    @cached_property
    def mark(self) -> str:
        """The same as long as every word and every number is. What somebody read, is what they agree on."""
        parts = [each.encode() for each in (self.letter_html, self.bijlage_html) if each]
        parts += [each.data for each in self.attached]
        decided = self.written.judged.decided
        parts.append(f"{self.written.letter.version} {decided.pk if decided else ''}".encode())
        return hashlib.sha256(b"\0".join(parts)).hexdigest()


def ready(letter: Letter, *, today: date) -> Ready | Obstacle:
    """`letter` as `letter_of` gives it."""
    found = written(letter, today=today)
    if isinstance(found, Obstacle):
        return found
    return Ready(
        written=found,
        bijlage=found.bijlage if found.kind.with_bijlage else None,
        attached=attached_to(letter.municipality, case=found.case, details=found.details),
        in_the_way=tuple(in_the_way(found)),
    )


def why_not_submitted(found: Written | Obstacle, letter: Letter) -> str:
    """Why a concept cannot be submitted yet; empty where it can."""
    if isinstance(found, Obstacle):
        return why_not(found, letter.period)
    return " ".join([*_of_another_kind(found, "Maak er {} van, met de knop boven aan de brief."), *_open(found)])


def _open(found: Written) -> list[str]:
    return [point.sentence for point in open_points(found)]


def _of_another_kind(found: Written, to_do: str) -> Iterator[str]:
    """That the trede asks for another kind of letter, where it does, and what to do."""
    if asked := found.asked_kind:
        yield why_another(found.case.step, is_now=found.kind, asked=asked)
        yield to_do.format(with_article(asked))


def in_the_way(found: Written) -> Iterator[str]:
    """All that keeps a letter from being agreed on, each with what to do about it."""
    letter, judged = found.letter, found.judged
    if not letter.document_number:
        yield "Het documentnummer ontbreekt. Stuur de brief terug om het in te vullen."
    if points := _open(found):
        yield f"{' '.join(points)} Stuur de brief terug."
    if judged.decided is None:
        yield f"Er is nog geen besluit over de trede in {letter.period}."
    elif not judged.is_as_decided:
        yield "De cijfers waarop het besluit rust, zijn niet meer dezelfde. Er is een nieuw besluit nodig."
    if letter.goes_with is not None:
        yield from _in_the_way_of_a_follower(found, letter.goes_with)
    yield from _of_another_kind(found, "Stuur de brief terug; in het concept maakt één knop er {} van.")


def _in_the_way_of_a_follower(found: Written, main: Letter) -> Iterator[str]:
    name, decided = kinds()[main.kind].name.lower(), found.judged.decided
    if main.state != Letter.State.SENT:
        yield f"De {name} waar dit bij hoort, is {main.get_state_display()} en niet verzonden."
    elif decided is not None and decided.pk != main.decision_id:
        day = long_date(main.on) if main.on else ""
        yield f"Na de {name} van {day} is er een ander besluit genomen. Verbeter eerst die brief."


def writers_of(letter: Letter) -> set[int]:
    """The pks of all who made the letter, changed it or vouched for something in it. Three queries."""
    steps = LetterEvent.objects.filter(letter=letter).exclude(step__in=JUDGING).order_by()
    return {
        letter.made_by_id,
        letter.changed_by_id,
        *steps.values_list("by", flat=True),
        *letter.departures.order_by().values_list("changed_by", flat=True),
        *letter.confirmations.order_by().values_list("confirmed_by", flat=True),
    }
