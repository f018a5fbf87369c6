"""Sheets that zuxun_xl itself adds to a workbook: their names, and which present sheet a new one may take the place of."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import chain, count

from zuxun_xl.book.grid import Grid

DIAGNOSIS, CHECKED, BRIDGE, MAPPING, LOG, PREVIEW = "诊断表", "校验结果", "人力核对", "映射", "变更记录", "变更预览"

OWN_SHEETS = frozenset({DIAGNOSIS, CHECKED, BRIDGE, MAPPING, LOG, PREVIEW})
"""Their names; a number follows where the user has an own sheet of that name."""

UNDO, OLD = "_zx_undo", "_zx_old_"
"""Very hidden sheets of the open workbook: what the last batch changed, and (name begins) sheets that it replaced."""

FROZEN = "_zx_frozen"
"""A very hidden sheet: what stood in the cells that were frozen."""

_DIGITS = "0123456789"


def is_own(sheet: str) -> bool:
    """Whether a sheet is one of ours by its name, and so never taken for input."""
    return sheet == FROZEN or is_technical(sheet) or any(is_numbered(sheet, name) for name in OWN_SHEETS)


def is_technical(sheet: str) -> bool:
    """Whether a sheet only serves undoing."""
    return sheet == UNDO or sheet.startswith(OLD)


def is_numbered(sheet: str, name: str) -> bool:
    """Whether a sheet bears one of our names, with or without a number."""
    return sheet.rstrip(_DIGITS) == name


def free_name(grids: Mapping[str, Grid], name: str, replaceable: Callable[[Grid], bool]) -> str:
    """The first of 诊断表, 诊断表2, … that is free or whose present sheet may be replaced."""
    names = chain((name,), (f"{name}{number}" for number in count(2)))
    return next(each for each in names if each not in grids or replaceable(grids[each]))
