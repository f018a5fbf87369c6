"""LibreOffice as the second opinion: it opens what we wrote, and its recalculated values equal the written ones."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.oracle.client import Oracle
from zuxun_xl.book.file import FileBook
from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.run import run

pytestmark = pytest.mark.libreoffice


def unequal(written: Any, calculated: Any) -> bool:
    """Whether two cell values differ beyond binary dust."""
    if isinstance(written, int | float) and isinstance(calculated, int | float):
        return abs(written - calculated) > 1e-9 * max(1.0, abs(written))
    return bool(written != calculated)


def differing(oracle: Oracle, path: Path, sheets: list[str]) -> list[tuple[str, str, Any, Any]]:
    """(Sheet, cell, as written, recalculated) wherever LibreOffice's recalculation gives something else."""
    written, calculated = oracle.values(path, recalculate=False), oracle.values(path)
    return [
        (sheet, cell, value, calculated[sheet].get(cell))
        for sheet in sheets for cell, value in written[sheet].items() if unequal(value, calculated[sheet].get(cell))
    ]


def it_recalculates_to_what_was_written(libreoffice: Oracle, filled_path: Path) -> None:
    assert differing(libreoffice, filled_path, ["附表一", "附表二", "附表四", "附表五", "诊断表"]) == []


def it_recalculates_the_other_house_style_too(libreoffice: Oracle, shipped: Ledger, tmp_path: Path) -> None:
    book: Any = shipped.book
    path = book.save(run(shipped, parse_period("2026-09")).changes, tmp_path / "结果.xlsx")
    sheets = [shipped.tables[key].sheet for key in ("附表一", "附表二", "附表四", "附表五")]
    assert differing(libreoffice, path, [*sheets, "诊断表"]) == []


def it_calculates_the_users_own_formulas_over_what_was_filled(libreoffice: Oracle, shipped: Ledger, tmp_path: Path) -> None:
    book: Any = shipped.book
    path = book.save(run(shipped, parse_period("2026-09")).changes, tmp_path / "结果.xlsx")
    table = Ledger(FileBook(path)).tables["附表一"]
    august = next(i for i, period in enumerate(table.column("月份")) if period == parse_period("2026-08"))
    shown = libreoffice.values(path)[table.sheet][table.cell(august, "FYP达成率")]
    assert shown == pytest.approx(table.column("实际FYP")[august] / table.column("计划FYP")[august])
