"""The province's own words: every change is a next version, and none is ever lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import transaction
from django.utils.text import slugify
from django_scopes import scope

from letters.models import TextBlock
from letters.own_texts import Version, history_of, newest_version, versions_in_force
from letters.text_check import problems_of
from letters.words.blocks import Block, Role, position_after
from letters.words.kinds import Kind, kinds
from municipalities.models import Province, User
from municipalities.rights import Right, refusal
from supervision.actions.ledger import Refused, lock


class TextChanged(Refused):
    """Somebody else saved a version since the one that was seen; `theirs` holds now."""

    def __init__(self, theirs: Version) -> None:
        self.theirs = theirs
        super().__init__(
            f"Intussen heeft {theirs.written_by or 'een collega'} versie {theirs.block.version} van deze tekst opgeslagen."
        )


class NoRoom(Refused):
    """No position is left there."""


class LabelTaken(Refused):
    """Another block of this kind of letter has that name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose text it is, and in which kind of letter."""

    province: Province
    kind: Kind


@transaction.atomic
def save_text(*, by: User, whose: Whose, block: Block, after: str = "", seen: int, now: datetime) -> TextBlock | None:
    """A next version of the block with that slug; None where it says what holds already.

    `after` is the slug of the block to put it behind; empty leaves it where it is. Raises TextChanged when `seen` is not the
    version that holds, Refused when the words would hold up every letter.
    """
    with _writing(by, whose):
        current = _history(whose, block.slug)[0]
        wanted = _moved(block, current, whose, after)
        if _says_the_same(wanted, current.block):
            return None
        _check_seen(current, seen)
        _check_sound(wanted)
        _check_label(wanted, versions_in_force(province=whose.province, kind=whose.kind))
        return _write(wanted, by=by, whose=whose, now=now, is_gone=current.is_gone)


@transaction.atomic
def add_text(*, by: User, whose: Whose, block: Block, after: str, now: datetime) -> TextBlock:
    """A block of the province's own, of which the slug is made from the label. The same again gives the one that is there."""
    with _writing(by, whose):
        known = versions_in_force(province=whose.province, kind=whose.kind)
        _check_sound(block)
        place = _position(known, after)
        twin = next((each for each in known if each.block.label.casefold() == block.label.casefold()), None)
        if twin is not None and twin.written_by == by and _words(twin.block) == _words(block):
            return TextBlock.objects.get(
                province=whose.province, kind=twin.kind, slug=twin.block.slug, version=twin.block.version
            )
        _check_label(block, known)
        added = replace(block, slug=_free_slug(block.label, whose.province), position=place)
        return _write(added, by=by, whose=whose, now=now)


@transaction.atomic
def set_use(*, by: User, whose: Whose, slug: str, is_gone: bool, seen: int, now: datetime) -> bool:
    """From now on not used, or used again; False where it was so already."""
    with _writing(by, whose):
        current = _history(whose, slug)[0]
        if current.is_gone == is_gone:
            return False
        _check_seen(current, seen)
        if is_gone and current.block.role is not Role.BODY:
            raise Refused(f"Een brief heeft altijd een {current.block.role}. Wijzig de tekst als zij anders moet.")
        _write(current.block, by=by, whose=whose, now=now, is_gone=is_gone)
        return True


@transaction.atomic
def restore_delivered(*, by: User, whose: Whose, slug: str, seen: int, now: datetime) -> bool:
    """A next version with the delivered words, used again if it was not; False where they hold already."""
    with _writing(by, whose):
        current, *_ = history = _history(whose, slug)
        delivered = next((each for each in history if each.is_delivered), None)
        if delivered is None:
            raise Refused("Van dit blok is geen tekst meegeleverd: het is van uw provincie.")
        if _says_the_same(delivered.block, current.block) and not current.is_gone:
            return False
        _check_seen(current, seen)
        _write(delivered.block, by=by, whose=whose, now=now)
        return True


@transaction.atomic
def follow_base(*, by: User, whose: Whose, slug: str, seen: int, now: datetime) -> bool:
    """A next version that has what the kind's base has, now and from now on; False where it has that already."""
    with _writing(by, whose):
        current, *_ = history = _history(whose, slug)
        if current.kind == whose.kind.base:
            return False
        if not any(each.kind == whose.kind.base for each in history):
            raise Refused(f"Dit blok is van de {whose.kind.name.lower()} zelf: het kan geen andere tekst volgen.")
        _check_seen(current, seen)
        followed = history_of(province=whose.province, kind=kinds()[whose.kind.base], slug=slug)[0].block
        _check_label(followed, versions_in_force(province=whose.province, kind=whose.kind))
        _write(followed, by=by, whose=whose, now=now, follows_base=True)
        return True


@contextmanager
def _writing(by: User, whose: Whose) -> Iterator[None]:
    """Within the province, locked, by somebody who may."""
    if by.province_id != whose.province.pk or not by.may(Right.ADMINISTER):
        raise Refused(refusal(right=Right.ADMINISTER, role=by.role))
    lock(whose.province)
    with scope(province=whose.province):
        yield


def _history(whose: Whose, slug: str) -> tuple[Version, ...]:
    history = history_of(province=whose.province, kind=whose.kind, slug=slug)
    if not history:
        raise Refused(f"De {whose.kind.name.lower()} heeft geen tekst op dit adres.")
    return history


def _check_seen(current: Version, seen: int) -> None:
    if current.block.version != seen:
        raise TextChanged(current)


def _check_sound(block: Block) -> None:
    problems = problems_of(block)
    if problems:
        raise Refused(problems[0].sentence)


def _check_label(block: Block, known: Sequence[Version]) -> None:
    """A list with two blocks of one name would not say which is which."""
    for each in known:
        if each.block.slug != block.slug and each.block.label.casefold() == block.label.casefold():
            raise LabelTaken(f"Er is al een blok met de naam ‘{each.block.label}’. Kies een andere naam.")


def _moved(block: Block, current: Version, whose: Whose, after: str) -> Block:
    """On the place that is asked for; where it stands when that is already so, or none is asked for."""
    here = replace(block, position=current.block.position, role=current.block.role)
    if not after:
        return here
    known = versions_in_force(province=whose.province, kind=whose.kind)
    slugs = [each.block.slug for each in known]
    if slugs.index(block.slug) and slugs[slugs.index(block.slug) - 1] == after:
        return here
    return replace(here, position=_position([each for each in known if each.block.slug != block.slug], after))


def _position(known: Sequence[Version], after: str) -> int:
    blocks = {each.block.slug: each.block for each in known}
    if after not in blocks:
        raise NoRoom("Het blok waar u dit achter zet, is er niet meer. Kies een ander blok.")
    position = position_after(blocks.values(), after)
    if position is None:
        raise NoRoom(
            f"Direct na ‘{blocks[after].label}’ is geen plaats meer. Kies een ander blok om het achter te zetten."
        )
    return position


def _words(block: Block) -> Block:
    """What it says and when, wherever it stands."""
    return replace(block, slug="", label=block.label.casefold(), position=0, version=0)


def _says_the_same(one: Block, other: Block) -> bool:
    return replace(one, version=0) == replace(other, version=0)


def _free_slug(label: str, province: Province) -> str:
    """Free in every kind of letter: a block of a base stands in the kinds that have it as well."""
    taken = {block.slug for kind in kinds().values() for block in kind.blocks} | RESERVED
    taken |= set(TextBlock.objects.filter(province=province).values_list("slug", flat=True))
    plain = slugify(label)[:50].strip("-") or "blok"
    candidates = (plain, *(f"{plain}-{number}" for number in range(2, len(taken) + 3)))
    return next(slug for slug in candidates if slug not in taken)


# The last part of another address.
RESERVED = {"nieuw"}


def _write(
    block: Block, *, by: User, whose: Whose, now: datetime, is_gone: bool = False, follows_base: bool = False
) -> TextBlock:
    version = 1 + newest_version(province=whose.province, kind=whose.kind, slug=block.slug)
    when = block.when
    return TextBlock.objects.create(
        province=whose.province,
        kind=whose.kind.slug,
        slug=block.slug,
        version=version,
        label=block.label,
        position=block.position,
        role=block.role.value,
        heading=block.heading,
        text=block.text,
        table=block.table.value,
        period=when.period,  # type: ignore[misc]
        trede=when.trede,
        trede_name=when.trede_name,
        direction=when.direction.value if when.direction else "",
        fact=when.fact.value if when.fact else "",
        is_key=block.is_key,
        is_whole=block.is_whole,
        is_gone=is_gone,
        follows_base=follows_base,
        written_at=now,
        written_by=by,
    )
