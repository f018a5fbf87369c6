"""The hidden key row of our templates: what each column is, whatever its visible heading has become."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from zuxun_xl.book.grid import Grid
from zuxun_xl.forms.form import fold

KEY_MARK = "ZX:"
"""A cell of the key row: this, then the column's key."""

_LEAST = 2
_GAP = 3
"""Rows in which the headings follow on the keys, should a person have put lines between them."""
_LINE = 3
"""Filled cells from which on a row is more than a remark."""


def keys_of(grid: Grid, row: int) -> Mapping[int, str]:
    """Column → key for a row of headings: from the key row above it, with nothing but remarks between; empty without one."""
    for above in range(row - 1, max(row - 1 - _GAP, 0), -1):
        values = grid.rows[above - 1]
        keys = {column: _key(value) for column, value in enumerate(values, start=1) if _is_key(value)}
        if len(keys) >= _LEAST:
            return keys
        if sum(value is not None for value in values) >= _LINE:
            break
    return {}


def read_by_key(key: str, visible: Any) -> Sequence[str]:  # noqa: ANN401  # a heading may hold anything
    """The readings of a heading whose key is known; its visible text still tells the unit."""
    unit = fold(visible)[1] if isinstance(visible, str) else ""
    return [f"{key}({unit})" if unit else key]


def _is_key(value: object) -> bool:
    return isinstance(value, str) and value.startswith(KEY_MARK)


def _key(value: object) -> str:
    return str(value).removeprefix(KEY_MARK).strip()
