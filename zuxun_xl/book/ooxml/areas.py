"""Positions and rectangular areas of cells."""

from __future__ import annotations

from zuxun_xl.cells import column_letters, parse_address

Position = tuple[int, int]
"""1-based (row, column)."""

Area = tuple[int, int, int, int]
"""1-based (top, left, bottom, right)."""


def parse_area(text: str) -> Area | None:
    """An area such as ``A1:B2`` or ``C3``; ``None`` for anything else."""
    first, _, last = text.partition(":")
    try:
        (top, left), (bottom, right) = parse_address(first), parse_address(last or first)
    except ValueError:
        return None
    return min(top, bottom), min(left, right), max(top, bottom), max(left, right)


def area_text(area: Area) -> str:
    """The A1 text of an area."""
    top, left, bottom, right = area
    return f"{column_letters(left)}{top}:{column_letters(right)}{bottom}"


def inside(position: Position, area: Area) -> bool:
    """Whether a position lies in an area."""
    return area[0] <= position[0] <= area[2] and area[1] <= position[1] <= area[3]
