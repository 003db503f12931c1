from supervision.models.carry_over import CarriedOver
from supervision.models.decision import LONGEST_REASON, Decision, Occasion, Proposal
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
    "LONGEST_REASON",
    "MOST_PERSONS",
    "Agreement",
    "Attachment",
    "CarriedOver",
    "Circumstance",
    "Contact",
    "Decision",
    "Delivery",
    "DifferenceExplained",
    "DossierEntry",
    "Figure",
    "FrozenHalfYear",
    "Herverdeling",
    "LadderPolicy",
    "LadderStep",
    "LayoutProfile",
    "Occasion",
    "Proposal",
    "Verbeterplan",
    "VerbeterplanStep",
    "WorkbookImport",
]
