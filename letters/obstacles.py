"""Why there is no letter yet, in a sentence for the user."""

from __future__ import annotations

from letters.figures import Obstacle
from supervision.rules.dutch import enumeration, long_date
from supervision.rules.opgave import Kind
from supervision.rules.period import Period


def why_not(obstacle: Obstacle, period: Period) -> str:
    """One Dutch sentence: what lacks for a letter over this half-year."""
    if not obstacle.missing:
        return f"Voor {period} is er geen interventieladder van de provincie."
    words = {
        Kind.TAAKSTELLING: "de taakstelling",
        Kind.ACHTERSTAND: f"de achterstand op {long_date(period.start)}",
        Kind.REALISATION: f"de realisatie tot de peildatum {long_date(period.peildatum)}",
    }
    lacking = enumeration([words[kind] for kind in obstacle.missing])
    verb = "ontbreekt" if len(obstacle.missing) == 1 else "ontbreken"
    return f"Over {period} kan nog geen brief worden gemaakt: {lacking} {verb}."
