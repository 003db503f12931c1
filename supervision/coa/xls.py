"""Reads old workbooks (.xls) in a process of its own, with limits on its memory and its time.

The format is a file system in a file, full of lengths and offsets to believe; whatever goes wrong there ends there.
"""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

from supervision.coa import messages
from supervision.coa.cells import UNCALCULATED, Area, ErrorValue, Value, cleaned, day, rational
from supervision.coa.package import Limits
from supervision.coa.refusal import Unreadable
from supervision.coa.sheet import Budget, Building, Sheet

Told = dict[str, Any]

CHILD = Path(__file__).with_name("xls_child.py")


def read(content: bytes, *, limits: Limits) -> tuple[Sheet, ...]:
    told = _ask_child(content, limits=limits)
    match told.get("refused"):
        case "password":
            raise Unreadable(messages.PASSWORD)
        case "large":
            raise Unreadable(messages.too_many(limits.cells, "gevulde cellen"))
        case str():
            raise Unreadable(messages.DAMAGED)
    budget = Budget(limits)
    budget.open_sheets(len(told["sheets"]))
    return tuple(_sheet(sheet, budget, since_1904=told["since_1904"]) for sheet in told["sheets"])


def _ask_child(content: bytes, *, limits: Limits) -> Told:
    arguments = [str(limits.child_bytes), str(limits.child_seconds), str(limits.cells)]
    try:
        # Isolated from the environment and the folder that it is started in.
        done = subprocess.run(
            [sys.executable, "-I", str(CHILD), *arguments],
            input=content,
            capture_output=True,
            timeout=limits.child_seconds,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(messages.TOO_SLOW) from None
    if done.returncode != 0:
        raise Unreadable(messages.DAMAGED)
    told: Told = json.loads(done.stdout)
    return told


def _sheet(told: Told, budget: Budget, *, since_1904: bool) -> Sheet:
    building = Building(name=cleaned(told["name"]), budget=budget, is_hidden=told["is_hidden"])
    for row, column, kind, raw in told["cells"]:
        building.put(row, column, _value(kind, raw, since_1904=since_1904))
    building.hidden_rows.update(told["hidden_rows"])
    building.hidden_columns.update(told["hidden_columns"])
    building.merged.extend(Area(*block) for block in told["merged"])
    return building.finished()


def _value(kind: str, raw: str, *, since_1904: bool) -> Value:
    match kind:
        case "text":
            return cleaned(raw)
        case "boolean":
            return raw == "1"
        case "error":
            return ErrorValue(raw)
        case "uncalculated":
            return UNCALCULATED
    value = rational(float(raw))
    return day(value, since_1904=since_1904) if kind == "date" and isinstance(value, int | Fraction) else value
