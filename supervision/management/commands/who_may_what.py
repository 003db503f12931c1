"""The page that says who may do what, from the tables that the site itself asks."""

from __future__ import annotations

from typing import Any

from municipalities.rights import IN_DUTCH, RIGHTS, Right, Role, roles_with
from supervision.management.base import TredeCommand
from supervision.procedure import TRANSITIONS

INTRO = """# Wie mag wat

Deze bladzijde is gemaakt uit de code, met `python manage.py who_may_what > docs/wie-mag-wat.md`; een test houdt haar gelijk.
"""
STEPS = """
## Van advies naar besluit

Over elke gemeente is er per halfjaar één stand. Wat hier niet staat, kan niet. Elke stap bewaart wie haar deed en wanneer.

| Stand | Stap | Door | Wordt | Voorwaarde |
|---|---|---|---|---|
"""


class Command(TredeCommand):
    help = "Schrijft welke rol wat mag, en welke stappen er zijn van advies naar besluit."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(page(), ending="")


def page() -> str:
    return f"{INTRO}\n## Rollen\n\n{_rights()}{STEPS}{_transitions()}"


def _rights() -> str:
    heads = ["", *(role.label for role in Role)]
    rows = [[IN_DUTCH[right], *("ja" if right in RIGHTS[role] else "–" for role in Role)] for right in Right]
    return _row(heads) + _row(["---"] * len(heads)) + "".join(_row(row) for row in rows)


def _transitions() -> str:
    return "".join(
        _row(
            [
                each.state.value,
                each.step.value,
                ", ".join(role.label for role in roles_with(each.right)),
                each.to.value,
                each.condition or "–",
            ]
        )
        for each in TRANSITIONS
    )


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |\n"
