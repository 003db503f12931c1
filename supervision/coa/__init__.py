"""From the bytes of a workbook to figures per municipality and all that is wrong with them.

Three steps, each pure: `workbook.read` (bytes to cells), `layout.propose` (cells to a mapping, and what to ask),
`extract.extract` (cells and mapping to rows and problems). Knows spreadsheets; no database, no Django, no clock.
"""
