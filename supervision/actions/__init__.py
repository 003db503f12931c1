"""Writes: each one transaction, always by somebody, and recorded."""

from supervision.actions.carry_over import Departs, Share, carry_over
from supervision.actions.decisions import decide, send_back, withdraw_proposal
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
from supervision.actions.proposals import DepartureNeedsReason, propose, propose_following, propose_interim
from supervision.actions.steps import NotDone, Together

__all__ = [
    "Clash",
    "Departs",
    "DepartureNeedsReason",
    "Entry",
    "NotDone",
    "ReasonNeeded",
    "Recorded",
    "Refused",
    "Share",
    "Together",
    "agree_herverdeling",
    "carry_over",
    "decide",
    "explain_differences",
    "propose",
    "propose_following",
    "propose_interim",
    "record_figures",
    "send_back",
    "withdraw_delivery",
    "withdraw_proposal",
]
