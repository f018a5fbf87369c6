"""Lays a plan's figures out in any arrangement: group, period, item and kind on sheets, in lines above, in rows, in columns."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, combinations, permutations, product
from typing import TYPE_CHECKING, Any

from tests.tasks.restyle import House, Merge, Row

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Fact = tuple[str, str, str, str]
"""Group, period, item and kind of a figure."""
Facts = dict[Fact, Any]
"""What the cells hold."""
Place = tuple[str, int, int]
"""Sheet, row and column."""

AXES = ("group", "period", "item", "kind")
HEADINGS = {"group": "组别", "period": "月份", "item": "项目", "kind": "类型"}


@dataclass(frozen=True)
class Arrangement:
    """Where each axis of a plan stands.

    Attributes:
        sheets: axes with a sheet for each value.
        lines: axes named in a line above each block.
        rows: axes named in the left columns, outermost first.
        columns: axes named in the heading lines, topmost first.
        labels: how row labels that recur are written: ``each`` time, ``once``, or ``merged``.
        above: how heading labels that recur are written: ``merged`` or ``once``.
        headed: whether the label columns have headings.
    """

    sheets: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    rows: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    labels: str = "each"
    above: str = "merged"
    headed: bool = True

    def __str__(self) -> str:
        parts = (("sheets", self.sheets), ("lines", self.lines), ("rows", self.rows), ("columns", self.columns))
        where = [f"{name}={'>'.join(axes)}" for name, axes in parts if axes]
        return " ".join([*where, self.labels, self.above, *([] if self.headed else ["bare"])])


def arrangements(axes: Sequence[str] = AXES) -> Iterator[Arrangement]:
    """Every way to distribute axes over sheets, lines, rows and columns."""
    for order in permutations(axes):
        for cuts in combinations(range(len(axes) + 3), 3):
            sizes = [b - a - 1 for a, b in zip((-1, *cuts), (*cuts, len(axes) + 3), strict=True)]
            parts, rest = [], list(order)
            for size in sizes:
                parts.append(tuple(rest[:size]))
                rest = rest[size:]
            sheets, lines, rows, columns = parts
            if len(sheets) <= 1 and len(lines) <= 1 and 1 <= len(rows) <= 3 and 1 <= len(columns) <= 2:
                yield Arrangement(sheets, lines, rows, columns)


def lay_out(house: House, facts: Facts, how: Arrangement, title: str, name: str = "") -> dict[Place, Fact]:
    """Adds the sheets of an arrangement to a house; returns which fact stands in which cell."""
    values = _values(facts)
    places: dict[Place, Fact] = {}
    for fixed in product(*(values[axis] for axis in how.sheets)):
        sheet_rows: list[Row] = [[title]]
        merges: list[Merge] = []
        for line in product(*(values[axis] for axis in how.lines)):
            if line:
                sheet_rows += [[], list(line)]
            cells = _block(sheet_rows, merges, facts, how, dict(zip((*how.sheets, *how.lines), (*fixed, *line), strict=True)), values)
            places |= {(name + "".join(fixed), *cell): fact for cell, fact in cells.items()}
        house.put(name + "".join(fixed), sheet_rows, merges)
    return places


def _values(facts: Facts) -> dict[str, list[str]]:
    return {axis: list(dict.fromkeys(key[place] for key in facts)) for place, axis in enumerate(AXES)}


def _block(
    rows: list[Row], merges: list[Merge], facts: Facts, how: Arrangement, fixed: Mapping[str, str], values: Mapping[str, list[str]]
) -> dict[tuple[int, int], Fact]:
    """One table: heading lines, then rows; returns the facts by row and column."""
    cells: dict[tuple[int, int], Fact] = {}
    left = len(how.rows)
    across = list(product(*(values[axis] for axis in how.columns)))
    down = list(product(*(values[axis] for axis in how.rows)))
    top = len(rows) + 1
    for level in range(len(how.columns)):
        corner = [HEADINGS[axis] if how.headed and level == 0 else None for axis in how.rows]
        rows.append([*corner, *_recurring([key[: level + 1] for key in across])])
        if how.above == "merged":
            merges += _merged([key[: level + 1] for key in across], lambda a, b: (len(rows), left + a, len(rows), left + b))
    if len(how.columns) > 1 and how.headed:
        merges += [(top, place, top + len(how.columns) - 1, place) for place in range(1, left + 1)]
    first = len(rows)
    written = list(zip(*(_recurring([key[: level + 1] for key in down], how.labels) for level in range(left)), strict=True))
    for labels, key in zip(written, down, strict=True):
        named = {**fixed, **dict(zip(how.rows, key, strict=True))}
        own = [_key({**named, **dict(zip(how.columns, c, strict=True))}) for c in across]
        rows.append([*labels, *(facts.get(fact) for fact in own)])
        cells |= {(len(rows), left + number): fact for number, fact in enumerate(own, start=1) if fact in facts}
    if how.labels == "merged":
        for level in range(left - 1):
            merges += _merged([key[: level + 1] for key in down], lambda a, b, level=level: (first + a, level + 1, first + b, level + 1))
    return cells


def _key(labels: Mapping[str, str]) -> tuple[str, str, str, str]:
    return labels["group"], labels["period"], labels["item"], labels.get("kind", "")


def _recurring(keys: Sequence[tuple[str, ...]], labels: str = "once") -> list[Any]:
    """Last parts of keys, blank where the key is the one before."""
    return [key[-1] if labels == "each" or place == 0 or key != keys[place - 1] else None for place, key in enumerate(keys)]


def _merged(keys: Sequence[tuple[str, ...]], merge: Any) -> list[Merge]:
    """Merged cells over runs of equal keys, by 1-based first and last place."""
    starts = [place for place, key in enumerate(keys) if place == 0 or key != keys[place - 1]]
    runs = zip(starts, chain(starts[1:], [len(keys)]), strict=True)
    return [merge(start + 1, end) for start, end in runs if end - start > 1]
