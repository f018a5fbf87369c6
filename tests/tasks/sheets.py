"""Reading sheets that calamine returned."""

from __future__ import annotations

from typing import Any

from zuxun_xl.cells import parse_address


def cell(sheet: list[list[Any]], address: str) -> Any:
    """The value at an A1 address."""
    row, column = parse_address(address)
    return sheet[row - 1][column - 1]
