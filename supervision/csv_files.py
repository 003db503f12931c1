"""A table as csv the way that Dutch spreadsheets read it: semicolons, a byte order mark for the accents.

No text can become a formula.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal

BOM = "\ufeff"
# What a spreadsheet takes for the start of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def csv_text(heads: Sequence[str], rows: Iterable[Sequence[str | int | Decimal | None]]) -> str:
    """None is unknown: an empty cell."""
    file = io.StringIO()
    writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
    writer.writerow(heads)
    writer.writerows([_guarded(value) for value in row] for row in rows)
    return BOM + file.getvalue()


def _guarded(value: str | int | Decimal | None) -> str | int | Decimal:
    """A text that a spreadsheet would take for a formula gets an apostrophe; numbers stay numbers."""
    if isinstance(value, str) and value.startswith(FORMULA_STARTS):
        return f"'{value}"
    return "" if value is None else value
