"""A collected plan entered into the department's own forms: every cell that people plan, nothing that they typed otherwise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from zuxun_xl.book.changes import Change, ChangeSet
from zuxun_xl.book.file import FileBook
from zuxun_xl.cells import address
from zuxun_xl.periods import year_of
from zuxun_xl.tasks.enter import enter
from zuxun_xl.tasks.filling.pen import How
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.yearplan import entries_in, year_plan

PLAN_FORMS = ("附表一", "附表二", "附表三")


@pytest.fixture(params=["春华", "秋实"])
def path(request: pytest.FixtureRequest, sample_path: Path) -> Path:
    shipped = next(Path(__file__).parents[2].joinpath("workbooks").glob("*.xlsx"))
    return sample_path if request.param == "春华" else shipped


@pytest.fixture
def emptied(path: Path, tmp_path: Path) -> Path:
    """The workbook with every typed plan figure of the three forms taken out; its formulas stay."""
    ledger = Ledger(FileBook(path))
    changes = []
    for form in PLAN_FORMS:
        table = ledger.tables[form]
        formulas, grid = ledger.book.formulas(table.sheet), ledger.grids[table.sheet]
        keys = [key for key in table.columns if key.startswith("计划")] + ["主题", "措施", "责任人", "开班日", "活动", "全年件数目标"]
        places = {(place.row, place.column) for index in range(len(table)) for key in keys if (place := table.place(index, key))}
        places |= {(row, column) for row in table.rows for column in table.extra} if form == "附表三" else set()
        for row, column in sorted(places - formulas.keys()):
            if grid.value(row, column) is not None:
                changes.append(Change(table.sheet, address(row, column), grid.value(row, column), None, "清空"))
    return FileBook(path).save(ChangeSet(tuple(changes)), tmp_path / "空.xlsx")


def it_enters_a_plan_into_forms_that_are_still_empty(path, emptied, tmp_path):
    full = Ledger(FileBook(path))
    plan = year_plan(full, 2026)
    ledger = Ledger(FileBook(emptied))
    entering = enter(ledger, plan)
    assert [finding for finding in entering.findings if finding.code != "C142"] == []
    book: Any = ledger.book
    result = Ledger(FileBook(book.save(entering.changes, tmp_path / "结果.xlsx")))
    wanted = {key: value for key, value in plan.entries.items() if key in entries_in(full.tables, 2026)}
    found = entries_in(result.tables, 2026)
    assert {key: found.get(key) for key in wanted} == wanted
    assert {scope: values.get("FYP") for scope, values in result.plan.of(year_of(2026)).items()} == {
        scope: values.get("FYP") for scope, values in full.plan.of(year_of(2026)).items()
    }


def it_changes_nothing_where_the_plan_stands_already(path):
    ledger = Ledger(FileBook(path))
    entering = enter(ledger, year_plan(ledger, 2026))
    assert [finding for finding in entering.findings if finding.code != "C142"] == []
    assert [change for change in entering.changes.changes if change.old is not None] == []


def it_keeps_what_a_person_typed_and_names_the_cell_unless_told_to_overwrite(path):
    ledger = Ledger(FileBook(path))
    plan = year_plan(ledger, 2026)
    key = ("附表一", plan.groups[0], 11, "计划FYP")
    other = replace(plan, entries={**plan.entries, key: 123_400.0})
    kept = enter(ledger, other)
    table = ledger.tables["附表一"]
    rows = zip(table.column("组别"), table.column("月份"), strict=True)
    index = next(n for n, (group, period) in enumerate(rows) if group == key[1] and (period.start.month, len(period.pieces())) == (11, 1))
    assert [(f.code, f.cell) for f in kept.findings if f.code == "C141"] == [("C141", table.cell(index, "计划FYP"))]
    replaced = enter(ledger, other, How(overwrite=True))
    assert [(c.cell, c.new) for c in replaced.changes.changes if c.old is not None] == [
        (table.cell(index, "计划FYP"), 123_400.0 / table.scales.get("计划FYP", 1))
    ]


def it_names_what_the_workbook_has_no_cell_for(path):
    ledger = Ledger(FileBook(path))
    plan = year_plan(ledger, 2026)
    entries = {("附表一", "新建组", 3, "计划FYP"): 5000.0, ("附表三", "没有的工号", 3, "FYP目标"): 5000.0}
    entering = enter(ledger, replace(plan, entries=entries))
    assert not entering.changes
    assert ["新建组的“计划FYP”" in f.message or "没有的工号" in f.message for f in entering.findings] == [True, True]
