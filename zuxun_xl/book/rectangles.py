"""Cells gathered into rectangles, as a defined name refers to them and as one call writes them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Rectangle = tuple[int, int, int, int]
"""1-based (top, left, bottom, right)."""


def rectangles(cells: Iterable[tuple[int, int]]) -> list[Rectangle]:
    """Rectangles that together are just these (row, column) cells: runs of a row, joined with equal runs right below."""
    by_row: dict[int, list[int]] = {}
    for row, column in sorted(set(cells)):
        by_row.setdefault(row, []).append(column)
    spans: dict[tuple[int, int], list[int]] = {}
    finished: list[Rectangle] = []
    for row in sorted(by_row):
        found = runs(by_row[row])
        for run in [run for run in spans if run not in found or spans[run][1] != row - 1]:
            finished.append((spans[run][0], run[0], spans[run][1], run[1]))
            del spans[run]
        for run in found:
            spans.setdefault(run, [row, row])[1] = row
    finished += [(top, run[0], bottom, run[1]) for run, (top, bottom) in spans.items()]
    return sorted(finished)


def runs(numbers: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of each run of successive numbers; the numbers are sorted."""
    found: list[tuple[int, int]] = []
    for number in numbers:
        if found and found[-1][1] == number - 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found
