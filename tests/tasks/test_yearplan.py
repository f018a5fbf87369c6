"""What a workbook knows of a year: nothing that was planned is lost, however the forms name groups and persons."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from zuxun_xl.book.changes import Change, ChangeSet
from zuxun_xl.book.file import FileBook
from zuxun_xl.cells import address
from zuxun_xl.periods import month, parse_period
from zuxun_xl.tasks.fill import fill
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.yearplan import year_plan


def it_knows_every_target_of_the_sample(sample_path: Path) -> None:
    ledger = Ledger(FileBook(sample_path))
    table = ledger.tables["附表三"]
    months = [column for column, period in table.extra.items() if len(period.pieces()) == 1]
    typed = sum(isinstance(value, float) for column in months for value in table.values[f"@{column}"])
    plan = year_plan(ledger, 2026)
    assert typed > 800
    assert sum(key[3] == "FYP目标" for key in plan.entries) == typed
    first = table.columns["工号"], next(column for column, period in table.extra.items() if period == month(2026, 1))
    code, target = (ledger.grids["附表三"].value(table.rows[0], column) for column in first)
    assert plan.entries["附表三", str(code), 1, "FYP目标"] == target


def it_knows_persons_by_name_where_the_form_keeps_no_codes(sample_path: Path, tmp_path: Path) -> None:
    ledger = Ledger(FileBook(sample_path))
    table = ledger.tables["附表三"]
    column, grid = table.columns["工号"], ledger.grids[table.sheet]
    cells = [(row, column) for row in (table.header, *table.rows)]
    changes = tuple(Change(table.sheet, address(*cell), grid.value(*cell), None, "不记工号") for cell in cells)
    nameless = FileBook(sample_path).save(ChangeSet(changes), tmp_path / "无工号.xlsx")
    assert year_plan(Ledger(FileBook(nameless)), 2026).entries == year_plan(ledger, 2026).entries


@pytest.mark.parametrize(
    ("name", "department"),
    [
        ("春华营业部_2026年经营台账.xlsx", "春华营业部"), ("2027年春华营业部经营台账.xlsx", "春华营业部"),
        ("春华营业部台账（结果）.xlsx", "春华营业部"), ("春华营业部.xlsx", "春华营业部"),
    ],
)
def it_finds_the_departments_name_in_the_files_name(name: str, department: str, sample_path: Path, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(sample_path.read_bytes())
    assert year_plan(Ledger(FileBook(tmp_path / name)), 2027).department == department


def it_fills_a_book_again_that_another_program_saved_without_values(sample_path: Path, tmp_path: Path) -> None:
    ledger = Ledger(FileBook(sample_path))
    filled = FileBook(sample_path).save(fill(ledger, parse_period("2026-10")).changes, tmp_path / "填好.xlsx")
    book = openpyxl.load_workbook(filled)
    book.save(tmp_path / "另存.xlsx")
    again = Ledger(FileBook(tmp_path / "另存.xlsx"))
    result = FileBook(tmp_path / "另存.xlsx").save(fill(again, parse_period("2026-10")).changes, tmp_path / "再填.xlsx")
    assert Ledger(FileBook(result)).tables["附表一"].column("实际FYP") == Ledger(FileBook(filled)).tables["附表一"].column("实际FYP")
