"""The sheet 校验结果: one row a finding with a link to its cell, a summary, and what people wrote beside it kept."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zuxun_xl.book.changes import Change, ChangeSet, SheetCell, SheetSpec
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.grid import Grid
from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.checking.sheet import LISTED, checked_sheet
from zuxun_xl.tasks.inspection import inspect
from zuxun_xl.tasks.ledger import Ledger

HEADS = ["序号", "级别", "编号", "规则", "位置", "说明", "怎么办", "处理情况"]
WRONG: list[tuple[str, str, Any]] = [("保单明细", "I5", "三百"), ("保单明细", "K6", "999999999"), ("附表一", "F7", 390000)]


@pytest.fixture(scope="module")
def wrong(sample_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The sample with three wrong cells."""
    changes = ChangeSet(tuple(Change(sheet, cell, None, value, "测试") for sheet, cell, value in WRONG))
    return Ledger(FileBook(FileBook(sample_path).save(changes, tmp_path_factory.mktemp("wrong") / "错.xlsx")))


def saved(ledger: Ledger, out: Path, *changes: Change) -> Path:
    """The inspected workbook, with what somebody then wrote into it."""
    book: Any = ledger.book
    path = Path(book.save(inspect(ledger).changes, out))
    return Path(FileBook(path).save(ChangeSet(changes), out.with_name("写过.xlsx"))) if changes else path


def rows_of(grid: Grid) -> list[list[Any]]:
    """The rows below every line of headings."""
    below = [number for number, row in enumerate(grid.rows) if row[:8] == HEADS]
    return [row[:8] for start in below for row in grid.rows[start + 1 :] if isinstance(row[0], float)]


def texts(spec: SheetSpec) -> list[str]:
    return [cell.content for cell in spec.cells if isinstance(cell.content, str)]


def it_lists_each_finding_with_a_link_to_its_cell(wrong: Ledger, tmp_path: Path) -> None:
    findings = check(wrong)
    sheet = openpyxl.load_workbook(saved(wrong, tmp_path / "结果.xlsx"))["校验结果"]
    head = next(row[0].row for row in sheet.iter_rows() if row[0].value == "序号")
    for number, finding in enumerate(findings, start=1):
        row = [cell.value for cell in sheet[head + number]][:8]
        assert row[:3] == [number, finding.level.value, finding.code]
        assert row[5:] == [finding.message, finding.remedy, None]
        link: Any = sheet.cell(head + number, 5).hyperlink
        assert link.location == f"'{finding.sheet}'!{finding.cell}"
        assert row[4] == f"{finding.sheet}!{finding.cell}"


def it_sums_up_by_level_and_rule_above_the_list_and_is_ready_for_screen_and_printer(wrong: Ledger, tmp_path: Path) -> None:
    sheet: Any = openpyxl.load_workbook(saved(wrong, tmp_path / "结果.xlsx"))["校验结果"]
    assert [sheet.cell(row, 1).value for row in (3, 4, 5)] == ["错", "警", "示"]
    assert sheet["B3"].value == f"{sum(f.level is Level.ERROR for f in check(wrong))}条"
    assert "R101 业务员在花名册里（1）" in sheet["C3"].value
    last = 6 + len(check(wrong))
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.print_title_rows) == ("A7", f"A6:H{last}", "$6:$6")
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight) == ("landscape", 9, 0)
    assert sheet["B7"].fill.fgColor.rgb != sheet[f"B{last}"].fill.fgColor.rgb, "a colour for each level"


def it_changes_nothing_the_second_time_and_is_not_taken_for_a_table(wrong: Ledger, tmp_path: Path) -> None:
    again = Ledger(FileBook(saved(wrong, tmp_path / "结果.xlsx")))
    assert inspect(again).findings == check(wrong)
    assert not inspect(again).changes
    assert all(place.sheet != "校验结果" for places in again.candidates.values() for place in places)


def it_keeps_what_people_wrote_beside_a_finding_even_when_it_is_found_no_more(wrong: Ledger, ledger: Ledger, tmp_path: Path) -> None:
    first = FileBook(saved(wrong, tmp_path / "结果.xlsx"))
    at = {row[4]: number for number, row in enumerate(first.grid("校验结果").rows, start=1) if row[4]}
    written = {"保单明细!I5": "已问三组", "保单明细!K6": "等主管"}
    notes = [Change("校验结果", f"H{at[place]}", None, text, "") for place, text in written.items()]
    corrected = Change("保单明细", "K6", None, ledger.grids["保单明细"].value(6, 11), "改好")
    later = Ledger(FileBook(saved(wrong, tmp_path / "结果.xlsx", *notes, corrected)))
    assert not any((f.sheet, f.cell) == ("保单明细", "K6") for f in check(later))
    once = saved(later, tmp_path / "再校验.xlsx")
    kept = {(row[4], row[7]) for row in rows_of(FileBook(once).grid("校验结果")) if row[7]}
    assert kept == set(written.items())
    assert not inspect(Ledger(FileBook(once))).changes, "kept again the next time"


def it_never_replaces_a_sheet_of_the_users_own(wrong: Ledger, tmp_path: Path) -> None:
    own = SheetSpec("校验结果", (SheetCell(1, 1, "校验结果"), SheetCell(2, 1, "九月的事项")))
    book: Any = wrong.book
    path = book.save(ChangeSet(sheets=(own,)), tmp_path / "自有.xlsx")
    spec = checked_sheet(Ledger(FileBook(path)), check(wrong))
    assert spec.name == "校验结果2"


def it_says_so_when_nothing_was_found(wrong: Ledger) -> None:
    spec = checked_sheet(wrong, [])
    assert "没有发现问题。" in texts(spec)
    assert spec.filter == ""


def it_lists_the_gravest_of_very_many_and_says_how_many_more(wrong: Ledger) -> None:
    rule = Rule("R101", Level.ERROR, "业务员在花名册里", "第{n}行。", "改。")
    findings: list[Finding] = [rule.at("保单明细", f"K{n + 4}", n=n) for n in range(5000)]
    spec = checked_sheet(wrong, findings)
    assert len(spec.links) == LISTED
    assert any(text.startswith("另有4000条没有列出") for text in texts(spec))
    assert "5000条" in texts(spec)
