"""The placeholders that somebody who writes may pick from. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from letters.words.texts import labels


@dataclass(frozen=True, slots=True, kw_only=True)
class Pick:
    """`value` is what it stands for now; None where that is not known."""

    name: str
    label: str
    value: str | None


def picks_of(values: Mapping[str, str | None]) -> tuple[Pick, ...]:
    """Those that stand for something now come first."""
    picks = [Pick(name=name, label=label, value=values.get(name)) for name, label in labels().items()]
    return tuple(sorted(picks, key=lambda pick: not pick.value))
