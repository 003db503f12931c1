from supervision.models.carry_over import CarriedOver
from supervision.models.difference import DifferenceExplained
from supervision.models.dossier import (
    Agreement,
    Attachment,
    Circumstance,
    Contact,
    DossierEntry,
    Verbeterplan,
    VerbeterplanStep,
)
from supervision.models.ledger import MOST_PERSONS, Delivery, Figure, Herverdeling
from supervision.models.policy import FrozenHalfYear, LadderPolicy, LadderStep
from supervision.models.workbook import LayoutProfile, WorkbookImport

__all__ = [
    "MOST_PERSONS",
    "Agreement",
    "Attachment",
    "CarriedOver",
    "Circumstance",
    "Contact",
    "Delivery",
    "DifferenceExplained",
    "DossierEntry",
    "Figure",
    "FrozenHalfYear",
    "Herverdeling",
    "LadderPolicy",
    "LadderStep",
    "LayoutProfile",
    "Verbeterplan",
    "VerbeterplanStep",
    "WorkbookImport",
]
