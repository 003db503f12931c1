"""How far a batch is, prepared for its screen. Nothing here queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from letters.models import Batch, BatchItem
from supervision.rules.dutch import count, enumeration, number

State = BatchItem.State


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldItem:
    """A municipality of which there is something to say."""

    name: str
    url: str
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """`is_quiet`: nothing happened for a while."""

    total: int
    done: int
    to_do: int
    failed: tuple[ToldItem, ...]
    left_alone: tuple[ToldItem, ...]
    is_finished: bool
    is_quiet: bool

    @property
    def ended(self) -> int:
        return self.total - self.to_do

    @property
    def finding(self) -> str:
        if not self.is_finished and not self.ended:
            return f"Er is nog niets klaar: {count(self.total, 'gemeente', 'gemeenten')} te gaan."
        if not self.is_finished:
            return f"{number(self.ended)} van de {number(self.total)} gemeenten {'is' if self.ended == 1 else 'zijn'} klaar."
        parts = [_made(self.done)]
        if self.left_alone:
            parts.append(f"{count(len(self.left_alone), 'brief', 'brieven')} overgeslagen")
        if self.failed:
            parts.append(f"{number(len(self.failed))} mislukt")
        return f"Klaar: {enumeration(parts)}."


def _made(done: int) -> str:
    return f"{count(done, 'concept', 'concepten')} gemaakt" if done else "geen concept gemaakt"


def progress_of(batch: Batch, items: Sequence[BatchItem], *, municipalities_url: str, is_quiet: bool) -> Progress:
    def told(state: BatchItem.State) -> tuple[ToldItem, ...]:
        return tuple(
            ToldItem(
                name=each.municipality.name,
                url=f"{municipalities_url}{each.municipality.code}/brief/",
                reason=each.reason,
            )
            for each in items
            if each.state == state
        )

    to_do = sum(each.state == State.TO_DO for each in items)
    return Progress(
        total=len(items),
        done=sum(each.state == State.DONE for each in items),
        to_do=to_do,
        failed=told(State.FAILED),
        left_alone=told(State.LEFT_ALONE),
        is_finished=batch.finished_at is not None or not to_do,
        is_quiet=is_quiet,
    )
