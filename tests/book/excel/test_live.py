"""The live adapter on the double of Excel: it reads as the file adapter reads, writes what it should and no more, and undoes exactly."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
import xlwings as xw
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.excel_double.engine import BookImpl
from tests.excel_double.loading import opened
from tests.excel_double.model import App, Book, Sheet
from zuxun_xl.book.changes import CellMark, Change, ChangeSet, Formula, SheetCell, SheetName, SheetSpec
from zuxun_xl.book.excel.apply import apply, undo
from zuxun_xl.book.excel.book import ExcelBook
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.grid import ErrorValue
from zuxun_xl.book.own import LOG, UNDO
from zuxun_xl.errors import ZuxunError
from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.run import run

SHEET = "表"


def live_of(path: Path) -> tuple[Book, ExcelBook]:
    model = opened(path, App())
    return model, ExcelBook(xw.Book(impl=BookImpl(model)))


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return made(tmp_path / "小.xlsx")


def made(path: Path) -> Path:
    """All kinds of cells, a merged one, a hidden row, names, a protected sheet."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        percent, day = workbook.add_format({"num_format": "0.0%"}), workbook.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row("A1", ["文本", 1, 2.5, True])
        sheet.write_datetime("E1", datetime(2026, 10, 8), day)
        sheet.write_number("A2", 0.25, percent)
        sheet.write_formula("B2", "=B1+C1", None, 3.5)
        sheet.write_formula("C2", "=NA()", None, "#N/A")
        sheet.write_string("D2", "007")
        sheet.merge_range("A4:C4", "合并")
        sheet.set_row(5, None, None, {"hidden": True})
        sheet.write("A6", "藏")
        sheet.set_column("G:G", 30)
        workbook.define_name(f"{SHEET}!记号", f"={SHEET}!$A$1")
        locked = workbook.add_worksheet("锁")
        locked.write("A1", 1)
        locked.protect()
    return path


@pytest.mark.parametrize("which", ["small", "sample_path"])
def it_reads_as_the_file_is_read(which: str, request: pytest.FixtureRequest) -> None:
    path = request.getfixturevalue(which)
    stored, (_, live) = FileBook(path), live_of(path)
    assert live.sheet_names == stored.sheet_names
    for sheet in stored.sheet_names:
        theirs, ours = stored.grid(sheet), live.grid(sheet)
        assert ours.rows == theirs.rows
        assert [list(map(type, row)) for row in ours.rows] == [list(map(type, row)) for row in theirs.rows]
        assert (set(ours.merges), ours.hidden) == (set(theirs.merges), theirs.hidden)
        assert dict(live.formulas(sheet)) == dict(stored.formulas(sheet))
        assert live.is_protected(sheet) == stored.is_protected(sheet)
        assert live.hidden_rows(sheet) == stored.hidden_rows(sheet)
        assert live.column_width(sheet, 7) == pytest.approx(stored.column_width(sheet, 7), abs=0.01)
        assert live.arrays(sheet) == stored.arrays(sheet)


def it_reads_a_sheet_in_one_call(small: Path) -> None:
    model, live = live_of(small)
    live.grid(SHEET)
    assert sum(count for (what, _), count in model.app.calls.items() if "value" in what) == 1, model.app.calls


def it_gives_the_tasks_what_the_file_gives_them(sample_path: Path) -> None:
    october = parse_period("2026-10")
    model, live = live_of(sample_path)
    wanted = run(Ledger(FileBook(sample_path)), october).changes
    outcome = run(Ledger(live), october).changes
    assert outcome == wanted
    before = contents(model)
    apply(live, outcome, "一键填报", "组训")
    shown = {(change.sheet, change.cell): change.new for change in wanted.changes}
    assert not run(Ledger(live), october).changes.changes, "doing it twice changes nothing"
    assert {sheet.name for sheet in model.sheets} >= {"诊断表", LOG, UNDO}
    touched = {place for place, content in contents(model).items() if content != before.get(place) and place[1]}
    written = {(sheet, *_place(cell)) for sheet, cell in shown}
    dependants = {(sheet, *place) for sheet in live.sheet_names for place in live.formulas(sheet)}
    assert {place for place in touched if place[0] not in ("诊断表", LOG)} <= written | dependants
    undone = undo(live, "组训")
    assert (undone.restored, undone.left) == (len(wanted.changes), [])
    assert contents(model) == before


def _place(cell: str) -> tuple[int, int]:
    from zuxun_xl.cells import parse_address

    return parse_address(cell)


def contents(model: Book) -> dict[tuple[str, int, int], Any]:
    """Every cell of every sheet but those of the record, with format, colour and note; and names and visibility."""
    sheets = [sheet for sheet in model.sheets if sheet.name not in (LOG, UNDO)]
    cells = {(sheet.name, *place): cell.content for sheet in sheets for place, cell in sheet.cells.items()}
    empty = {place: content for place, content in cells.items() if content != (None, None, "General", None, None, "", None)}
    return empty | {(sheet.name, 0, 0): (dict(sheet.names), sheet.visible, _heights(sheet)) for sheet in sheets}


def _heights(sheet: Sheet) -> dict[int, float]:
    """Heights of rows that are not the usual one."""
    return {row: height for row, height in sheet.heights.items() if height != 15}


TEXTS = st.sampled_from([
    "=1+1", "+86 138", "-", "@组", "007", "1,200", "2026-10-08", "3月5日", "TRUE", "#N/A", "'引号", "春华", "12%", "1e5", "说明" * 200,
])
VALUES = st.one_of(
    st.none(), st.floats(-1e6, 1e6).map(lambda value: round(value, 3)), TEXTS, st.booleans(), st.just(date(2026, 10, 8)),
    st.sampled_from([ErrorValue("#N/A"), ErrorValue("#DIV/0!"), Formula("B1*2", 2.0), Formula("IF(B1=0,NA(),C1/B1)", 2.5)]),
)
PLACES = st.sampled_from([f"{column}{row}" for column in "ABCDEH" for row in (1, 2, 3, 6, 7, 8, 30)])
CHANGES = st.dictionaries(PLACES, st.tuples(VALUES, st.sampled_from([None, "0.0%", "#,##0"]), st.sampled_from([None, 40.0])), max_size=12)


@settings(max_examples=25)
@given(wanted=CHANGES, marks=st.lists(PLACES, max_size=3, unique=True), sheet=st.sampled_from(["", "新表", "锁"]), name=st.booleans())
def it_puts_back_exactly_what_it_changed(wanted, marks, sheet, name, tmp_path_factory) -> None:
    model, live = live_of(made(tmp_path_factory.mktemp("live") / "小.xlsx"))
    before = contents(model)
    changes = ChangeSet(
        tuple(Change(SHEET, cell, None, new, "试", code, height) for cell, (new, code, height) in wanted.items()),
        (SheetSpec(sheet, (SheetCell(1, 1, "新"), SheetCell(2, 1, 1.0)), visibility="visible"),) if sheet else (),
        (SheetName(SHEET, "记号", f"{SHEET}!$B$1"), SheetName(SHEET, "另一个", f"{SHEET}!$C$1")) if name else (),
        tuple(CellMark(SHEET, cell, "FFC7CE", "看") for cell in marks),
    )
    apply(live, changes, "试写")
    for cell, (new, _, _) in wanted.items():
        held = live.grid(SHEET).value(*_place(cell))
        if isinstance(new, str) and not isinstance(new, ErrorValue):
            assert held == new
            assert isinstance(held, str)
    assert undo(live).left == []
    assert contents(model) == before


def it_leaves_what_a_person_changed_since(small: Path) -> None:
    model, live = live_of(small)
    apply(live, ChangeSet((Change(SHEET, "B1", 1, 5, "试"), Change(SHEET, "C1", 2.5, 6, "试"))), "试写")
    model.sheet(SHEET).made(1, 2).value = 7.0
    live.refresh()
    undone = undo(live)
    assert (undone.restored, undone.left) == (1, [f"{SHEET}!B1"])
    assert [live.grid(SHEET).value(1, column) for column in (2, 3)] == [7, 2.5]
    with pytest.raises(ZuxunError, match="没有可以撤销"):
        undo(live)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change("锁", "A1", 1, 2, "试"), "有保护"), (Change(SHEET, "B4", None, 2, "试"), "合并单元格"),
        (Change("没有", "A1", None, 2, "试"), "没有"), (Change(SHEET, "A0", None, 2, "试"), "A0"),
    ],
)
def it_refuses_before_anything_is_written(small: Path, change: Change, said: str) -> None:
    model, live = live_of(small)
    before = contents(model)
    with pytest.raises(ZuxunError, match=said):
        apply(live, ChangeSet((Change(SHEET, "B1", 1, 5, "试"), change)), "试写")
    assert contents(model) == before


def it_keeps_a_log_of_who_changed_what(small: Path) -> None:
    model, live = live_of(small)
    apply(live, ChangeSet((Change(SHEET, "B1", 1, 5, "照记录"),)), "填写附表", "王组训")
    undo(live, "王组训")
    log = model.sheet(LOG)
    lines = [[log.cell(row, column).value for column in range(2, 10)] for row in range(1, 4)]
    assert lines[0] == ["操作人", "做了什么", "工作表", "单元格", "原内容", "新内容", "原因", "批次"]
    assert lines[1] == ["王组训", "填写附表", SHEET, "B1", "1", "5", "照记录", "1"]
    assert lines[2] == ["王组训", "撤销：填写附表", SHEET, "B1", "5", "1", "撤销：照记录", "1"]


def it_leaves_the_program_as_it_was_even_if_excel_fails(small: Path) -> None:
    model, live = live_of(small)
    state = (model.app.screen_updating, model.app.calculation, model.app.enable_events, model.app.display_alerts)
    apply(live, ChangeSet((Change(SHEET, "B1", 1, 5, "试"),)), "试写")
    assert (model.app.screen_updating, model.app.calculation, model.app.enable_events, model.app.display_alerts) == state
    assert model.sheets[model.active].name == SHEET
