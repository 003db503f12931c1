"""What a column can hold, in the field's own words."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType

from supervision.rules.opgave import Kind


class Meaning(StrEnum):
    """The values are kept in profiles: they do not change."""

    MUNICIPALITY = "gemeente"
    CODE = "code"
    PROVINCE = "provincie"
    DATE = "peildatum"
    PERIOD = "halfjaar"
    TAAKSTELLING = "taakstelling"
    ACHTERSTAND_START = "achterstand_start"
    REALISATIE = "realisatie"
    HERVERDELING = "herverdeling"
    TOTAALOPGAVE = "totaalopgave"
    REMAINING = "nog_te_realiseren"
    PERCENTAGE = "percentage"
    INDICATOR = "soort"
    VALUE = "waarde"
    OWN_COUNT = "eigen_telling"
    IGNORED = "negeren"

    @property
    def dutch(self) -> str:
        """As a choice on a screen."""
        return _LABELS[self]


_LABELS = {
    Meaning.MUNICIPALITY: "Gemeente (naam)",
    Meaning.CODE: "Gemeentecode",
    Meaning.PROVINCE: "Provincie",
    Meaning.DATE: "Peildatum",
    Meaning.PERIOD: "Halfjaar",
    Meaning.TAAKSTELLING: "Taakstelling (netto)",
    Meaning.ACHTERSTAND_START: "Voor-/achterstand aan het begin",
    Meaning.REALISATIE: "Realisatie",
    Meaning.HERVERDELING: "Herverdeling (alleen ter controle)",
    Meaning.TOTAALOPGAVE: "Totaalopgave (alleen ter controle)",
    Meaning.REMAINING: "Nog te realiseren, of stand aan het eind (alleen ter controle)",
    Meaning.PERCENTAGE: "Percentage (alleen ter controle)",
    Meaning.INDICATOR: "Soort cijfer",
    Meaning.VALUE: "Aantal bij de soort",
    Meaning.OWN_COUNT: "Gekoppeld of eigen telling (niet overnemen)",
    Meaning.IGNORED: "Niet overnemen",
}

KIND_OF = MappingProxyType(
    {
        Meaning.TAAKSTELLING: Kind.TAAKSTELLING,
        Meaning.ACHTERSTAND_START: Kind.ACHTERSTAND,
        Meaning.REALISATIE: Kind.REALISATION,
    }
)
"""The columns of which the figures are taken over."""

MEANING_OF = MappingProxyType({kind: meaning for meaning, kind in KIND_OF.items()})
FIGURES = frozenset(KIND_OF)
CHECKS = frozenset({Meaning.HERVERDELING, Meaning.TOTAALOPGAVE, Meaning.REMAINING, Meaning.PERCENTAGE})
NUMBERS = FIGURES | CHECKS
KEYS = frozenset({Meaning.MUNICIPALITY, Meaning.CODE})
