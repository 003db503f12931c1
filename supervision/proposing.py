"""Whether something can be proposed for a municipality and half-year, and if not, why. Nothing here queries."""

from __future__ import annotations

from supervision.figures import Assessment
from supervision.rules.dutch import enumeration, long_date, number, persons
from supervision.rules.opgave import Kind


def why_nothing(assessment: Assessment) -> str:
    """Why no trede can be proposed on the peildatum, in a sentence; empty when one can."""
    name, period = assessment.municipality.name, assessment.period
    if assessment.advice is not None:
        return ""
    if assessment.policy is None:
        return f"Voor {period} is geen beleidskader vastgelegd."
    missing = assessment.missing
    if missing == (Kind.REALISATION,) and assessment.opgave.realisation is not None:
        return f"{period} loopt nog voor {name}: voorstellen kan met de stand van {long_date(period.peildatum)}."
    words = enumeration([f"de {kind.dutch}" for kind in missing])
    return f"Van {name} {'ontbreekt' if len(missing) == 1 else 'ontbreken'} {words}."


def why_no_interim(assessment: Assessment) -> str:
    """Why no lower trede can be proposed before the peildatum, in a sentence; empty when one can.

    Read as: the achterstand of the begin is gone once as many were housed; whether the taakstelling of the half-year
    comes first is for people to weigh, and the reason says how they did.
    """
    name, period, opgave = assessment.municipality.name, assessment.period, assessment.opgave
    if assessment.policy is None:
        return f"Voor {period} is geen beleidskader vastgelegd."
    if opgave.is_closed:
        return f"{period} is voor {name} gesloten: voorstellen gaat nu over de peildatum."
    stood_on = assessment.trede_in(period.previous)
    if stood_on is None:
        return f"Op welke trede {name} staat, is niet bekend: over {period.previous} is er geen advies of besluit."
    lowest = assessment.policy.steps[0].number
    if stood_on <= lowest:
        return f"{name} staat op trede {stood_on}: lager kan niet."
    start, realisation = opgave.achterstand_start, opgave.realisation
    if start is None or realisation is None:
        return f"Van {name} is niet bekend of de achterstand weg is: een stand van de realisatie ontbreekt."
    if realisation < start:
        return f"De achterstand van {name} is nog niet weg: van de {persons(start)} zijn er {number(realisation)} gehuisvest."
    return ""
