"""Tables that people make: CSV and workbooks read with the place of every fault, and CSV written.

:mod:`thuis.tables.lines` says on which line a row begins, :mod:`thuis.tables.rows` reads the tables of a
project, :mod:`thuis.tables.sheet` those of others, and :mod:`thuis.tables.written` writes.
"""

from thuis.tables.rows import Row, own_rows, parse_table, read_table, shipped
from thuis.tables.written import FORMULA, as_csv, safe

__all__ = ["FORMULA", "Row", "as_csv", "own_rows", "parse_table", "read_table", "safe", "shipped"]
