from supervision.models.difference import DifferenceExplained
from supervision.models.ledger import MOST_PERSONS, Delivery, Figure, Herverdeling
from supervision.models.policy import LadderPolicy, LadderStep
from supervision.models.workbook import LayoutProfile, WorkbookImport

__all__ = [
    "MOST_PERSONS",
    "Delivery",
    "DifferenceExplained",
    "Figure",
    "Herverdeling",
    "LadderPolicy",
    "LadderStep",
    "LayoutProfile",
    "WorkbookImport",
]
