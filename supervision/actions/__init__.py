"""Writes: each one transaction, always by somebody, and recorded."""

from supervision.actions.carry_over import Departs, Share, carry_over
from supervision.actions.differences import explain_differences
from supervision.actions.ledger import (
    Clash,
    Entry,
    ReasonNeeded,
    Recorded,
    Refused,
    agree_herverdeling,
    record_figures,
    withdraw_delivery,
)

__all__ = [
    "Clash",
    "Departs",
    "Entry",
    "ReasonNeeded",
    "Recorded",
    "Refused",
    "Share",
    "agree_herverdeling",
    "carry_over",
    "explain_differences",
    "record_figures",
    "withdraw_delivery",
]
