"""Writes on a concept: its blocks of text and its details. Each is one transaction, by somebody who makes letters.

Who changes a block says which version they saw; 0 where the letter had no words of its own there. The version of a block
is that of the letter when it became so, and never comes back: what a colleague wrote meanwhile is never overwritten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.utils.timezone import localdate
from django_scopes import scope

from letters.checking import open_points
from letters.figures import Obstacle
from letters.models import Letter, LetterBlock, LetterEvent
from letters.obstacles import why_not
from letters.own_texts import blocks_of
from letters.procedure import WRITTEN
from letters.readiness import letter_of
from letters.words.blocks import ROOM, Block, Change, Placed, Role, position_after
from letters.written import Written, written
from municipalities.models import User
from municipalities.rights import Right, refusal
from supervision.actions.ledger import Refused, lock


class TextChanged(Refused):
    """A colleague changed this block meanwhile: nothing was written. `theirs` None: the standard text stands there."""

    def __init__(self, theirs: LetterBlock | None, letter: Letter) -> None:
        self.theirs = theirs
        who = theirs.changed_by if theirs else letter.changed_by
        done = "deze tekst intussen gewijzigd" if theirs else "hier intussen de standaardtekst teruggezet"
        if theirs and theirs.change == Change.LEFT_OUT:
            done = "deze tekst intussen weggelaten"
        super().__init__(f"{who} heeft {done}. Er is niets van u opgeslagen.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """The details of a letter as somebody fills them in; named as the fields of the letter."""

    on: date | None
    signatory_id: int | None
    document_number: str
    contact_name: str
    phone: str
    email: str
    due_plan: date | None
    term_ends: date | None
    required_persons: int | None
    legal_remedy: str
    decided_on: date | None
    measures_by: date | None

    @classmethod
    def of(cls, letter: Letter) -> Filled:
        return cls(**{field.name: getattr(letter, field.name) for field in fields(cls)})


class DetailsChanged(Refused):
    """A colleague changed details meanwhile: nothing was written. `theirs` are the details that stand."""

    def __init__(self, theirs: Filled, letter: Letter) -> None:
        self.theirs = theirs
        super().__init__(f"{letter.changed_by} heeft de gegevens intussen gewijzigd. Er is niets van u opgeslagen.")


class NumberTaken(Refused):
    """Another letter of the province has this documentnummer."""

    def __init__(self, number: str, other: Letter) -> None:
        super().__init__(
            f"Documentnummer {number} staat al op een brief aan {other.municipality.name} over {other.period}"
            f" ({other.get_state_display()})."
        )


# -- blocks -----------------------------------------------------------------------------------------


def save_block(
    *,
    by: User,
    letter: Letter,
    slug: str,
    heading: str,
    text: str,
    seen: int,
    based_on: int = 0,
    after: str = "",
    now: datetime,
) -> bool:
    """Give a block other words in this letter. `based_on` is the version of the standard text that was seen; `after` is
    where a paragraph of the letter's own is put, empty where it stays.

    The standard words themselves make it a block of the standard again. False: it said so already. Raises TextChanged.
    """
    with changing(letter, by) as found:
        row, place = _row(found, slug), _place_of(found, slug)
        standard = place.standard
        moves = bool(after) and standard is None and after != place.after
        stands = (row.heading, row.text) if row else (standard.heading, standard.text) if standard else None
        if (heading, text) == stands and not moves and (row is None or row.change != Change.LEFT_OUT):
            return False
        _check_seen(row, seen, found.letter)
        if standard and (heading, text) == (standard.heading, standard.text):
            _delete(row)
        else:
            _check_words(heading, text, has_table=bool(standard and standard.table))
            row = row or LetterBlock(letter=found.letter, slug=slug)
            row.position = _position(found, slug=slug, after=after) if moves else place.position
            row.change = Change.CHANGED if standard else Change.ADDED
            row.heading, row.text = heading, text
            row.based_on, row.of_kind = min(based_on, standard.version) if standard else 0, ""
            _keep(row, by, now)
        touch(found.letter, by, now)
        return True


def add_block(*, by: User, letter: Letter, slug: str, after: str, heading: str, text: str, now: datetime) -> bool:
    """A paragraph of this letter's own, after another block. The same `slug` again, of a form that was sent twice, adds
    nothing: False."""
    with changing(letter, by) as found:
        _check_words(heading, text, has_table=False)
        there = _row(found, slug)
        if there is not None:
            if (there.heading, there.text) == (heading, text):
                return False
            raise TextChanged(there, found.letter)
        position = _position(found, slug=slug, after=after)
        row = LetterBlock(
            letter=found.letter, slug=slug, change=Change.ADDED, position=position, heading=heading, text=text
        )
        _keep(row, by, now)
        touch(found.letter, by, now)
        return True


def leave_out(*, by: User, letter: Letter, slug: str, seen: int, now: datetime) -> bool:
    """Leave a block out of this letter; what somebody wrote there is kept. False: it was out already."""
    with changing(letter, by) as found:
        row, place = _row(found, slug), _place_of(found, slug)
        if row is not None and row.change == Change.LEFT_OUT:
            return False
        standard = place.standard
        if standard and standard.role is not Role.BODY:
            raise Refused(f"Zonder ‘{standard.label}’ is er geen brief. U kunt de tekst wel wijzigen.")
        _check_seen(row, seen, found.letter)
        based_on = standard.version if standard else 0
        row = row or LetterBlock(letter=found.letter, slug=slug, position=place.position, based_on=based_on)
        row.change = Change.LEFT_OUT
        _keep(row, by, now)
        touch(found.letter, by, now)
        return True


def put_back(*, by: User, letter: Letter, slug: str, seen: int, now: datetime) -> bool:
    """Take a block that was left out into the letter again, with the words that it had. False: it stands in it."""
    with changing(letter, by) as found:
        row = _row(found, slug)
        if row is None or row.change != Change.LEFT_OUT:
            return False
        _check_seen(row, seen, found.letter)
        if row.heading or row.text:
            row.change = Change.CHANGED if _place_of(found, slug).standard else Change.ADDED
            _keep(row, by, now)
        else:
            _delete(row)
        touch(found.letter, by, now)
        return True


def restore(*, by: User, letter: Letter, slug: str, seen: int, now: datetime) -> bool:
    """The standard text again. False: it stood there already."""
    with changing(letter, by) as found:
        row = _row(found, slug)
        if row is None:
            return False
        if _place_of(found, slug).standard is None:
            raise Refused("Dit is een eigen alinea: er is geen standaardtekst voor.")
        _check_seen(row, seen, found.letter)
        _delete(row)
        touch(found.letter, by, now)
        return True


def keep_words(*, by: User, letter: Letter, slug: str, seen: int, based_on: int, now: datetime) -> bool:
    """Keep the letter's words although the standard text is another now; `based_on` is the version that was looked at."""
    with changing(letter, by) as found:
        row, standard = _row(found, slug), _place_of(found, slug).standard
        if row is None or standard is None or (row.based_on, row.of_kind) == (min(based_on, standard.version), ""):
            return False
        _check_seen(row, seen, found.letter)
        row.based_on, row.of_kind = min(based_on, standard.version), ""
        _keep(row, by, now)
        touch(found.letter, by, now)
        return True


# -- details ----------------------------------------------------------------------------------------


def save_details(*, by: User, letter: Letter, filled: Filled, seen: Filled, now: datetime) -> bool:
    """`seen` are the details that stood in the form when it came. False: nothing changed. Raises DetailsChanged and
    NumberTaken."""
    with changing(letter, by) as found:
        concept, stands = found.letter, Filled.of(found.letter)
        if filled == stands:
            return False
        if seen != stands:
            raise DetailsChanged(stands, concept)
        others = Letter.objects.filter(document_number=filled.document_number).exclude(pk=concept.pk)
        other = others.select_related("municipality").first() if filled.document_number else None
        if other is not None:
            raise NumberTaken(filled.document_number, other)
        for field in fields(filled):
            setattr(concept, field.name, getattr(filled, field.name))
        concept.save(update_fields=[field.name for field in fields(filled)])
        touch(concept, by, now)
        return True


# -- what they share --------------------------------------------------------------------------------


@contextmanager
def changing(letter: Letter, by: User) -> Iterator[Written]:
    """The letter as it is once nobody else writes. Raises Refused where it is no concept."""
    if by.province_id != letter.province_id or not by.may(Right.MAKE_LETTERS):
        raise Refused(refusal(right=Right.MAKE_LETTERS, role=by.role))
    with transaction.atomic(), scope(province=letter.province):
        lock(letter.province)
        concept = letter_of(province=letter.province, pk=letter.pk)
        if concept is None:
            raise Refused("Deze brief is er niet meer.")
        if not concept.can_be_changed:
            raise Refused(why_fixed(concept))
        found = written(concept, today=date.min)
        if isinstance(found, Obstacle):
            raise Refused(why_not(found, concept.period))
        yield found


def why_fixed(letter: Letter) -> str:
    """Why nothing can be changed in a letter that is no concept."""
    if letter.state == Letter.State.SUBMITTED:
        return f"Deze brief ligt ter akkoord bij {letter.submitted_to}. Neem haar terug als u iets wilt wijzigen."
    return f"Deze brief is {letter.get_state_display()}: er kan niets meer aan veranderen."


@dataclass(frozen=True, slots=True, kw_only=True)
class _Place:
    """Where a block stands, or stood; `standard` None: it is the letter's own. `after` is the block before it."""

    standard: Block | None
    position: int
    after: str = ""


def _place_of(found: Written, slug: str) -> _Place:
    """Of a block in the letter; of one that was in it, as what somebody wrote there is not to be lost."""
    after = ""
    for placed in found.placed:
        if placed.block.slug == slug:
            return _Place(standard=placed.standard, position=placed.block.position, after=after)
        after = placed.block.slug
    for block in blocks_of(province=found.letter.province, kind=found.kind):
        if block.slug == slug:
            return _Place(standard=block, position=block.position)
    row = _row(found, slug)
    if row is None:
        raise Refused("Deze tekst is er niet meer: de standaardteksten zijn intussen gewijzigd.")
    return _Place(standard=None, position=row.position)


def _row(found: Written, slug: str) -> LetterBlock | None:
    return LetterBlock.objects.select_related("changed_by").filter(letter=found.letter, slug=slug).first()


def _check_seen(row: LetterBlock | None, seen: int, letter: Letter) -> None:
    if (row.version if row else 0) != seen:
        raise TextChanged(row, letter)


def _check_words(heading: str, text: str, *, has_table: bool) -> None:
    if not heading and not text and not has_table:
        raise Refused("Vul een kop of tekst in. Hoort deze tekst niet in de brief, kies dan ‘Weglaten’.")


def _keep(row: LetterBlock, by: User, now: datetime) -> None:
    row.version, row.changed_at, row.changed_by = row.letter.version + 1, now, by
    row.save()


def _delete(row: LetterBlock | None) -> None:
    if row is not None:
        row.delete()


def touch(letter: Letter, by: User, now: datetime) -> None:
    """That the letter was changed, and how much is open in it now."""
    found = written(letter, today=localdate(now))
    letter.open_points = None if isinstance(found, Obstacle) else len(open_points(found))
    if letter.changed_by_id != by.pk:
        LetterEvent.objects.create(letter=letter, step=WRITTEN, at=now, by=by)
    letter.version, letter.worked_on = letter.version + 1, True
    letter.changed_at, letter.changed_by = now, by
    letter.save(update_fields=["open_points", "version", "worked_on", "changed_at", "changed_by"])


def _position(found: Written, *, slug: str, after: str) -> int:
    """Between the block `after` and the next one. Where there is no room left, the letter's own paragraphs move on."""
    others = [each for each in found.placed if each.block.slug != slug]
    at = next((i for i, each in enumerate(others) if each.block.slug == after), None)
    if at is None or others[at].block.role is Role.SUBJECT:
        raise Refused("De plaats die u koos, is er niet meer. Kies een andere.")
    between = position_after((each.block for each in others), after)
    return _made_room(others, at, found.letter) if between is None else between


def _made_room(others: Sequence[Placed], at: int, letter: Letter) -> int:
    """The own paragraphs round this place, spread evenly between the standard blocks that they stand between."""
    first = max(i for i in range(at + 1) if others[i].standard is not None)
    last = next((i for i in range(at + 1, len(others)) if others[i].standard is not None), len(others))
    low = others[first].block.position
    high = others[last].block.position if last < len(others) else low + ROOM * (last - first + 1)
    step = (high - low) // (last - first + 1)
    if step < 1:
        raise Refused("Hier is geen plaats meer voor een alinea. Kies een andere plaats.")
    for i in range(first + 1, last):
        moved = low + step * (i - first + (i > at))
        LetterBlock.objects.filter(letter=letter, slug=others[i].block.slug).update(position=moved)
    return low + step * (at - first + 1)
