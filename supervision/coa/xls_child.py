"""The process that reads one .xls from its input and writes what is in it, as JSON, to its output.

Run by path and isolated: it imports nothing of ours. Arguments: bytes of memory, seconds, cells.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import resource
import sys
from typing import Any

MOST_MERGED = 5_000

Told = dict[str, Any]


class TooLarge(Exception):
    """More cells than asked for."""


def limit(memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def opened(content: bytes) -> Any:
    """The workbook with its merged cells and hidden rows; without them where the formatting is beyond reading."""
    import xlrd

    try:
        return xlrd.open_workbook(file_contents=content, formatting_info=True, logfile=io.StringIO())
    except xlrd.XLRDError:
        raise
    except Exception:
        return xlrd.open_workbook(file_contents=content, logfile=io.StringIO())


def sheet_told(sheet: Any, most: int) -> Told:
    cells = []
    for row in range(sheet.nrows):
        for column, cell in enumerate(sheet.row(row)):
            told = cell_told(cell)
            if told:
                cells.append((row, column, *told))
        if len(cells) > most:
            raise TooLarge
    return {
        "name": sheet.name,
        "is_hidden": bool(sheet.visibility),
        "cells": cells,
        "hidden_rows": [row for row, info in sheet.rowinfo_map.items() if info.hidden],
        "hidden_columns": [column for column, info in sheet.colinfo_map.items() if info.hidden],
        # xlrd's blocks end before their last row and column.
        "merged": [
            (first_row, first_column, last_row - 1, last_column - 1)
            for first_row, last_row, first_column, last_column in sheet.merged_cells[:MOST_MERGED]
        ],
    }


def cell_told(cell: Any) -> tuple[str, str] | None:
    """Kind and value of a cell; None for an empty one. A formula that gave no text was never worked out."""
    import xlrd

    match cell.ctype:
        case xlrd.XL_CELL_TEXT:
            return ("text", cell.value) if cell.value else ("uncalculated", "")
        case xlrd.XL_CELL_NUMBER:
            return "number", repr(cell.value)
        case xlrd.XL_CELL_DATE:
            return "date", repr(cell.value)
        case xlrd.XL_CELL_BOOLEAN:
            return "boolean", str(cell.value)
        case xlrd.XL_CELL_ERROR:
            return "error", xlrd.error_text_from_code.get(cell.value, "#FOUT")
    return None


def told(content: bytes, most: int) -> Told:
    import xlrd

    try:
        book = opened(content)
        sheets = [sheet_told(sheet, most) for sheet in book.sheets()]
    except TooLarge:
        return {"refused": "large"}
    except xlrd.XLRDError as error:
        return {"refused": "password" if "encrypt" in str(error).lower() else "damaged"}
    except Exception:
        return {"refused": "damaged"}
    return {"since_1904": bool(book.datemode), "sheets": sheets}


def main() -> None:
    memory, seconds, most = map(int, sys.argv[1:])
    # xlrd prints what it finds odd; only the answer may reach the output.
    answer = os.fdopen(os.dup(1), "w")
    with contextlib.redirect_stdout(io.StringIO()):
        limit(memory, seconds)
        result = told(sys.stdin.buffer.read(), most)
    json.dump(result, answer)
    answer.flush()


if __name__ == "__main__":
    main()
