"""The page that says who may do what, from the tables that the site itself asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from letters import procedure as of_letters
from municipalities.rights import IN_DUTCH, RIGHTS, Right, Role, roles_with
from supervision import procedure as of_decisions
from supervision.management.base import TredeCommand

INTRO = """# Wie mag wat

Deze bladzijde is gemaakt uit de code, met `python manage.py who_may_what > docs/wie-mag-wat.md`; een test houdt haar gelijk.
"""
DECISIONS = """
## Van advies naar besluit

Over elke gemeente is er per halfjaar één stand. Wat hier niet staat, kan niet. Elke stap bewaart wie haar deed en wanneer.
"""
LETTERS = """
## Van concept naar ontvangst

Elke brief heeft één stand. Wat hier niet staat, kan niet. Elke stap blijft bij de brief staan, met wie haar deed en wanneer.
"""
HEADS = ["Stand", "Stap", "Door", "Wordt", "Voorwaarde"]


class Command(TredeCommand):
    help = "Schrijft welke rol wat mag, en welke stappen er zijn van advies naar besluit en van concept naar ontvangst."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page(), ending="")


def page() -> str:
    decisions = (
        (each.state.value, each.step, each.right, each.to.value, each.condition) for each in of_decisions.TRANSITIONS
    )
    letters = (
        (each.state.label, each.step, each.right, each.to.label, each.condition) for each in of_letters.TRANSITIONS
    )
    return f"{INTRO}\n## Rollen\n\n{_rights()}{DECISIONS}\n{_transitions(decisions)}{LETTERS}\n{_transitions(letters)}"


def _rights() -> str:
    rows = [[IN_DUTCH[right], *("ja" if right in RIGHTS[role] else "–" for role in Role)] for right in Right]
    return _table(["", *(role.label for role in Role)], rows)


def _transitions(rows: Iterable[tuple[str, str, Right, str, str]]) -> str:
    return _table(
        HEADS,
        (
            [state, step, ", ".join(role.label for role in roles_with(right)), to, condition or "–"]
            for state, step, right, to, condition in rows
        ),
    )


def _table(heads: list[str], rows: Iterable[list[str]]) -> str:
    return _row(heads) + _row(["---"] * len(heads)) + "".join(_row(row) for row in rows)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
