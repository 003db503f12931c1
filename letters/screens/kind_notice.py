"""Reads: what the page of a letter says where its trede asks for another kind by now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from letters.models import LetterBlock
from letters.own_texts import blocks_of
from letters.words.another_kind import Consequences, consequences_of, why_another, with_article
from letters.words.kinds import Kind
from letters.written import Written
from supervision.rules.dutch import enumeration


@dataclass(frozen=True, slots=True, kw_only=True)
class KindNotice:
    """`button` makes the letter one of the kind `to`; empty where that cannot be now. `version` is that of the letter."""

    finding: str
    why: str
    sentences: tuple[str, ...]
    to: str
    version: int
    button: str = ""


def kind_notice_of(found: Written, rows: Iterable[LetterBlock], *, may_write: bool) -> KindNotice | None:
    """`rows` are the letter's own words. None where the kind is right; else two queries where it has own words."""
    letter, asked = found.letter, found.asked_kind
    if asked is None or letter.is_frozen or letter.state == letter.State.WITHDRAWN:
        return None
    is_concept = letter.can_be_changed
    return KindNotice(
        finding=f"De trede vraagt nu om {with_article(asked)}.",
        why=why_another(found.case.step, is_now=found.kind, asked=asked),
        sentences=tuple(_foreseen(found, asked, list(rows)))
        if is_concept
        else (f"Neem de brief terug om er {with_article(asked)} van te maken.",),
        to=asked.slug,
        version=letter.version,
        button=f"Maak er {with_article(asked)} van" if is_concept and may_write else "",
    )


def _foreseen(found: Written, asked: Kind, rows: list[LetterBlock]) -> Iterator[str]:
    if not rows:
        yield "De brief krijgt de standaardteksten die daarbij horen. De gegevens blijven staan."
        return
    yield "De brief krijgt de standaardteksten die daarbij horen. De gegevens en alle eigen teksten blijven staan."
    province = found.letter.province
    what = consequences_of(
        [row.as_departure() for row in rows],
        is_now=found.kind,
        asked=asked,
        old=blocks_of(province=province, kind=found.kind),
        new=blocks_of(province=province, kind=asked),
    )
    yield from _told(what, asked)


def _told(what: Consequences, asked: Kind) -> Iterator[str]:
    if what.become_own:
        yield f"{with_article(asked).capitalize()} heeft geen {_quoted(what.become_own)}: die tekst blijft als eigen alinea."
    if what.differ:
        yield f"Bij {_quoted(what.differ)} is de standaardtekst anders: daar blijft uw tekst staan, met een melding erbij."


def _quoted(labels: tuple[str, ...]) -> str:
    return enumeration([f"‘{label}’" for label in labels])
