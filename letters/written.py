"""Reads: a letter with all that it is made from, and what it says now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from letters.figures import Judged, Obstacle, case_of, judged_of, letterhead_of, sender_of
from letters.models import Letter, Letterhead
from letters.own_texts import blocks_of, placed_in
from letters.words.bijlage import compose_bijlage
from letters.words.blocks import Block, Placed
from letters.words.case import Case, Details, Sender
from letters.words.composing import compose
from letters.words.content import BijlageContent, LetterContent
from letters.words.kinds import Kind, kinds, usual_kind
from municipalities.models import Municipality
from supervision.rules.period import Period


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A concept as it stands with the figures, the decision and the standard texts of now."""

    letter: Letter
    kind: Kind
    judged: Judged
    placed: tuple[Placed, ...]
    letterhead: Letterhead
    details: Details
    content: LetterContent

    @property
    def case(self) -> Case:
        return self.judged.case

    @property
    def asked_kind(self) -> Kind | None:
        """The kind that the trede asks for, where the letter is of another; an afschrift goes with whatever letter."""
        usual = usual_kind(self.case.step)
        return None if self.letter.goes_with_id is not None or self.kind == usual else usual

    @property
    def sender(self) -> Sender:
        return sender_of(self.letterhead, self.details)

    @property
    def signed(self) -> LetterContent:
        """As it is frozen: with the signature, which no concept has."""
        return replace(self.content, sender=self.sender)

    @property
    def bijlage(self) -> BijlageContent:
        return bijlage_of(self.case, self.letterhead)


def written(letter: Letter, *, today: date, judged: Judged | Obstacle | None = None) -> Written | Obstacle:
    """In a fixed number of queries. `letter` comes with its municipality (province, post_address), `goes_with` and
    `corrects`. `today` stands in a letter that has no date yet. `judged` is its half-year where the caller has read it."""
    judged = judged or judged_of(municipality=letter.municipality, period=letter.period)
    if isinstance(judged, Obstacle):
        return judged
    province, kind = letter.municipality.province, kinds()[letter.kind]
    blocks = blocks_of(province=province, kind=kind)
    return written_from(letter, judged, letterhead=letterhead_of(province), blocks=blocks, today=today)


def written_from(
    letter: Letter, judged: Judged, *, letterhead: Letterhead, blocks: Iterable[Block], today: date
) -> Written:
    """Of what was read already; `blocks` are those of the kind of the letter. One query, where its own words were not read."""
    kind, case = kinds()[letter.kind], judged.case
    placed, details = placed_in(letter, kind=kind, case=case, blocks=blocks), details_of(letter, today=today)
    unsigned = replace(sender_of(letterhead, details), signature="")
    content = compose(case=case, sender=unsigned, details=details, kind=kind, placed=placed)
    return Written(
        letter=letter,
        kind=kind,
        judged=judged,
        placed=placed,
        letterhead=letterhead,
        details=details,
        content=content,
    )


def details_of(letter: Letter, *, today: date) -> Details:
    goes_with, corrects = letter.goes_with, letter.corrects
    return Details(
        on=letter.on or today,
        document_number=letter.document_number,
        contact_name=letter.contact_name,
        phone=letter.phone,
        email=letter.email,
        due_plan=letter.due_plan,
        term_ends=letter.term_ends,
        required_persons=letter.required_persons,
        legal_remedy=letter.legal_remedy,
        decided_on=letter.decided_on,
        measures_by=letter.measures_by,
        letter_kind=kinds()[goes_with.kind].in_words if goes_with else "",
        letter_on=goes_with.on if goes_with else None,
        letter_number=goes_with.document_number if goes_with else "",
        corrected_on=corrects.on if corrects else None,
        corrected_number=corrects.document_number if corrects else "",
        signatory=letter.signatory_id,
    )


def bijlage_of(case: Case, letterhead: Letterhead) -> BijlageContent:
    """The same for every municipality of the province."""
    return compose_bijlage(
        policy=case.policy, valid_from=case.policy_from, period=case.opgave.period, sender=letterhead.as_sender()
    )


def usual_kind_of(*, municipality: Municipality, period: Period) -> Kind | Obstacle:
    """The kind of the letter to the college over this half-year, by the trede that was decided or else advised."""
    case = case_of(municipality=municipality, period=period)
    return case if isinstance(case, Obstacle) else usual_kind(case.step)
