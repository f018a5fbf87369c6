"""New workbooks from their description: contents, what guides the people who fill them, the same bytes each time."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.book.ooxml_books import SAMPLE, parts
from zuxun_xl.book.changes import BookSpec, ChangeSet, Entry, Formula, Highlight, SheetCell, SheetName, SheetSpec
from zuxun_xl.book.file import FileBook, create
from zuxun_xl.book.grid import ErrorValue
from zuxun_xl.errors import FileError

SHEET = SheetSpec(
    name="附表一",
    cells=(
        SheetCell(1, 1, "ZX:计划FYP"), SheetCell(2, 1, "计划FYP", "head"), SheetCell(2, 2, "状态", "head"),
        SheetCell(3, 1, 1200, "open"), SheetCell(3, 2, None, "open"), SheetCell(4, 1, Formula("A3*2", 2400.0), "shut"),
        SheetCell(5, 1, Formula("1/0", ErrorValue("#DIV/0!"))), SheetCell(6, 1, dt.date(2027, 1, 31)), SheetCell(7, 1, content=True),
        SheetCell(8, 1, "=1+1"), SheetCell(9, 1, "回目录"),
        SheetCell(10, 1, Formula('IF(A3=0,1,"")', "")),
    ),
    styles={
        "head": {"bold": True}, "open": {"locked": False, "bg_color": "#FFFBE6"}, "shut": {}, "红": {"bg_color": "#C00000"},
        "day": {"num_format": "yyyy-mm-dd"},
    },
    widths=(12, 9, 11), column_styles=("", "", "day"), hidden_rows=(1,), locked=True, breaks=(4,), filter="A2:B4",
    entries=(Entry("B3:B9", {"validate": "list", "source": "=状态表"}),),
    highlights=(Highlight("A3:A9", "红", {"type": "cell", "criteria": "<", "value": 0}),),
    notes={(2, 1): "每月填一次"}, links={(9, 1): "'附表一'!A1"}, repeat_rows=(2, 2),
)
STATES = SheetSpec("_meta", (SheetCell(1, 1, "红"), SheetCell(2, 1, "绿")), visibility="very hidden")
BOOK = BookSpec((SHEET, STATES), {"状态表": "_meta!$A$1:$A$2"}, (SheetName("附表一", "_zuxun_filled", "附表一!$A$4"),), "计划")


@pytest.fixture
def created(tmp_path: Path) -> Path:
    return create(BOOK, tmp_path / "模板.xlsx")


def it_writes_contents_as_they_are_and_formulas_with_their_values(created):
    grid = FileBook(created).grid("附表一")
    column = [grid.value(row, 1) for row in range(1, 11)]
    assert column == ["ZX:计划FYP", "计划FYP", 1200, 2400, "#DIV/0!", dt.date(2027, 1, 31), True, "=1+1", "回目录", None]
    assert isinstance(grid.value(5, 1), ErrorValue)
    assert FileBook(created).formulas("附表一") == {(4, 1): "A3*2", (5, 1): "1/0", (10, 1): 'IF(A3=0,1,"")'}
    assert FileBook(created).uncalculated("附表一") == ()


def it_writes_what_guides_the_people_who_fill_it(created):
    book = openpyxl.load_workbook(created)
    sheet = book["附表一"]
    rules: Any = sheet.data_validations.dataValidation
    assert [(str(rule.sqref), rule.formula1) for rule in rules] == [("B3:B9", "状态表")]
    assert [str(area.sqref) for area in sheet.conditional_formatting] == ["A3:A9"]
    note = sheet["A2"].comment
    assert note is not None
    assert note.text == "每月填一次"
    assert (sheet.protection.sheet, sheet["A3"].protection.locked, sheet["A4"].protection.locked) == (True, False, True)
    assert (sheet.row_dimensions[1].hidden, sheet.row_dimensions[2].hidden) == (True, False)
    assert (sheet.auto_filter.ref, sheet.print_title_rows) == ("A2:B4", "$2:$2")
    assert sheet.column_dimensions["C"].width == pytest.approx(11, abs=1)
    link = sheet["A9"].hyperlink
    assert link is not None
    assert (link.location, book["_meta"].sheet_state, book.defined_names["状态表"].attr_text) == (
        "'附表一'!A1", "veryHidden", "_meta!$A$1:$A$2",
    )


def it_hides_the_names_that_are_not_for_people(created):
    name = openpyxl.load_workbook(created)["附表一"].defined_names["_zuxun_filled"]
    assert (name.attr_text, name.hidden) == ("附表一!$A$4", True)
    assert FileBook(created).sheet_name("附表一", "_zuxun_filled") == "附表一!$A$4"


def it_writes_the_same_bytes_each_time_and_keeps_what_stood_there(created, tmp_path):
    again = create(BOOK, tmp_path / "再次.xlsx")
    assert again.read_bytes() == created.read_bytes()
    create(replace(BOOK, title="改过"), created)
    assert len(list(tmp_path.glob("模板.备份*.xlsx"))) == 1


def it_refuses_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(FileError, match="文件夹"):
        create(BOOK, tmp_path / "没有" / "模板.xlsx")


def it_grafts_conditional_formats_and_column_styles_with_their_own_ids(tmp_path):
    spec = replace(SHEET, name="新表", notes={}, entries=())
    grafted = FileBook(SAMPLE).save(ChangeSet(sheets=(spec,)), tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(grafted)["新表"]
    rules = [rule for area in sheet.conditional_formatting for rule in area.rules]
    assert [rule.dxf.fill.bgColor.rgb for rule in rules] == ["FFC00000"]
    assert sheet["A3"].protection.locked is False
    before, after = parts(SAMPLE), parts(grafted)
    assert {name for name in before if before[name] != after[name]} == {
        "[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml",
    }


def it_grafts_into_a_workbook_that_has_no_formats_for_highlights(tmp_path):
    bare = tmp_path / "bare.xlsx"
    with zipfile.ZipFile(bare, "w") as target:
        for name, data in parts(SAMPLE).items():
            target.writestr(name, re.sub(rb"<(dxfs|conditionalFormatting)\b.*?</\1>", b"", data, flags=re.DOTALL))
    grafted = FileBook(bare).save(ChangeSet(sheets=(replace(SHEET, name="新表", notes={}),)), tmp_path / "out.xlsx")
    rules = [rule for area in openpyxl.load_workbook(grafted)["新表"].conditional_formatting for rule in area.rules]
    assert [rule.dxf.fill.bgColor.rgb for rule in rules] == ["FFC00000"]


def it_refuses_to_graft_notes(tmp_path):
    with pytest.raises(FileError, match="批注"):
        FileBook(SAMPLE).save(ChangeSet(sheets=(replace(SHEET, name="新表"),)), tmp_path / "out.xlsx")
