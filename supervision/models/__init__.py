from supervision.models.ledger import MOST_PERSONS, Delivery, Figure, Herverdeling
from supervision.models.policy import LadderPolicy, LadderStep

__all__ = ["MOST_PERSONS", "Delivery", "Figure", "Herverdeling", "LadderPolicy", "LadderStep"]
