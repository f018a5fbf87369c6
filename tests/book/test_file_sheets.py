"""Whole sheets and names: grafted in, replaced in their place, rendered the same each time."""

from __future__ import annotations

import datetime as dt
from typing import Any

import openpyxl
import pytest

from tests.book.ooxml_books import SAMPLE, altered, changes, parts, stored, with_rows, written
from tests.book.test_file_read import prefixed
from zuxun_xl.book.changes import ChangeSet, Formula, SheetCell, SheetName, SheetSpec
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.grid import ErrorValue

SPEC = SheetSpec(
    name="诊断表",
    cells=(
        SheetCell(1, 1, "=十月诊断", "title"),
        SheetCell(3, 1, "脱落率", "head"),
        SheetCell(3, 2, Formula("附表一!I4/附表一!D4", 0.125), "percent"),
        SheetCell(3, 3, Formula("1/0", ErrorValue("#DIV/0!")), "percent"),
        SheetCell(4, 1, dt.date(2026, 10, 31)),
        SheetCell(4, 2, True),
        SheetCell(5, 1, "见附表五"),
        SheetCell(6, 1, None, "head"),
    ),
    styles={
        "title": {"bold": True, "font_size": 16, "align": "center"},
        "head": {"bg_color": "#DDEBF7", "border": 1},
        "percent": {"num_format": "0.0%", "font_color": "#C00000"},
    },
    widths=(20, 12.5),
    heights={1: 30},
    merges=("A1:D1",),
    freeze=(3, 1),
    repeat_rows=(1, 3),
    footer="&C第 &P 页 共 &N 页",
    tab_color="#C00000",
    links={(5, 1): "'附表五'!E4"},
)
ADDED = ChangeSet(sheets=(SPEC,))


@pytest.fixture
def grafted(tmp_path):
    return FileBook(SAMPLE).save(ADDED, tmp_path / "out.xlsx")


def it_grafts_a_sheet_with_its_contents_styles_and_print_set_up(grafted):
    sheet = openpyxl.load_workbook(grafted)["诊断表"]
    assert sheet["A1"].value == "=十月诊断"
    assert sheet["A1"].data_type == "s"
    assert (sheet["A1"].font.b, sheet["A1"].font.sz, sheet["A3"].fill.fgColor.rgb) == (True, 16, "FFDDEBF7")
    assert (sheet["B3"].value, sheet["B3"].number_format, sheet["B3"].font.color.rgb) == ("=附表一!I4/附表一!D4", "0.0%", "FFC00000")
    assert sheet["A4"].value == dt.datetime(2026, 10, 31)
    assert sheet["A6"].border.left.style == "thin"
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:D1"]
    assert (sheet.freeze_panes, sheet.row_dimensions[1].height) == ("B4", 30)
    assert (sheet.page_setup.fitToHeight, sheet.page_setup.paperSize, sheet.page_setup.orientation) == (0, 9, "landscape")
    footer: Any = sheet.oddFooter
    tab: Any = sheet.sheet_properties.tabColor
    assert (sheet.print_title_rows, footer.center.text) == ("$1:$3", "第 &P 页 共 &N 页")
    assert sheet["A5"].hyperlink.location == "'附表五'!E4"
    assert tab.rgb == "FFC00000"
    assert not sheet.sheet_view.tabSelected
    assert sheet.column_dimensions["A"].width == pytest.approx(20, abs=1)


def it_reads_a_grafted_sheet_with_its_cached_values(grafted):
    book = FileBook(grafted)
    assert book.sheet_names[-1] == "诊断表"
    assert book.grid("诊断表").rows[2][:3] == ["脱落率", 0.125, ErrorValue("#DIV/0!")]
    assert book.grid("诊断表").rows[3][:2] == [dt.date(2026, 10, 31), True]
    assert book.uncalculated("诊断表") == ()


def it_changes_only_the_lists_and_styles_of_the_package(grafted):
    before, after = stored(SAMPLE), stored(grafted)
    assert after.keys() - before.keys() == {"xl/worksheets/sheet15.xml"}
    touched = {name for name in before if before[name] != after.get(name)}
    assert touched == {"xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"}


def it_leaves_the_styles_of_the_users_cells_alone(grafted):
    before, after = openpyxl.load_workbook(SAMPLE), openpyxl.load_workbook(grafted)
    for name in ("花名册", "附表一"):
        for ours, theirs in zip(after[name].iter_rows(max_row=40), before[name].iter_rows(max_row=40), strict=True):
            assert [_look(cell) for cell in ours] == [_look(cell) for cell in theirs]


def _look(cell):
    return cell.number_format, repr(cell.font), repr(cell.fill), repr(cell.border), repr(cell.alignment)


def it_replaces_a_sheet_in_its_place_and_with_the_same_bytes(grafted, tmp_path):
    again = FileBook(grafted).save(ADDED, tmp_path / "again.xlsx")
    assert again.read_bytes() == grafted.read_bytes()
    assert FileBook(SAMPLE).save(ADDED, tmp_path / "third.xlsx").read_bytes() == grafted.read_bytes()


def it_frees_a_replaced_sheet_from_its_old_relations_and_print_names(tmp_path):
    def build(workbook):
        workbook.add_worksheet("首")
        old = workbook.add_worksheet("诊断表")
        old.write("A1", "旧")
        old.write_url("A2", "https://example.com")
        old.repeat_rows(0, 5)
        old.print_area("A1:B2")
        workbook.add_worksheet("尾").repeat_rows(0, 1)

    path = FileBook(written(tmp_path / "a.xlsx", build)).save(ADDED, tmp_path / "out.xlsx")
    book = FileBook(path)
    assert book.sheet_names == ("首", "诊断表", "尾")
    assert book.grid("诊断表").value(1, 1) == "=十月诊断"
    assert "xl/worksheets/_rels/sheet2.xml.rels" not in parts(path)
    assert book.sheet_name("诊断表", "_xlnm.Print_Titles") == "'诊断表'!$1:$3"
    assert book.sheet_name("诊断表", "_xlnm.Print_Area") is None
    assert book.sheet_name("尾", "_xlnm.Print_Titles") == "尾!$1:$2"
    openpyxl.load_workbook(path)


def it_adds_several_sheets_at_once_and_one_without_styles(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", "")
    wanted = ChangeSet(sheets=(SPEC, SheetSpec("空 表's", ()), SheetSpec("数", (SheetCell(2, 2, 5),), repeat_rows=(1, 1))))
    book = FileBook(FileBook(path).save(wanted, tmp_path / "out.xlsx"))
    assert book.sheet_names == ("表", "诊断表", "空 表's", "数")
    assert book.grid("数").value(2, 2) == 5.0
    workbook = openpyxl.load_workbook(book.path)
    assert workbook["数"].print_title_rows == "$1:$1"
    assert len({parts(book.path)["xl/workbook.xml"].count(b'sheetId="%d"' % number) for number in range(1, 5)}) == 1


def it_grafts_into_packages_that_use_prefixes(tmp_path):
    def prefix_root(root):
        return lambda xml: prefixed(xml.replace(f"<{root}", "<worksheet").replace(f"</{root}", "</worksheet")).replace(
            "x:worksheet", f"x:{root}"
        )

    path = altered(
        with_rows(tmp_path / "a.xlsx", ""), {"xl/styles.xml": prefix_root("styleSheet"), "xl/workbook.xml": prefix_root("workbook")}
    )
    out = FileBook(path).save(ChangeSet(sheets=(SPEC,), names=(SheetName("表", "_z", "表!$A$1"),)), tmp_path / "out.xlsx")
    sheet = openpyxl.load_workbook(out)["诊断表"]
    assert (sheet["B3"].number_format, sheet["A3"].fill.fgColor.rgb) == ("0.0%", "FFDDEBF7")
    assert FileBook(out).sheet_name("表", "_z") == "表!$A$1"


def it_sets_replaces_and_removes_hidden_local_names(tmp_path):
    def save(source, refers_to, target):
        return FileBook(source).save(ChangeSet(names=(SheetName("附表一", "_zuxun_filled", refers_to),)), tmp_path / target)

    first = save(SAMPLE, "附表一!$I$4:$M$6,附表一!$I$8", "1.xlsx")
    assert FileBook(first).sheet_name("附表一", "_zuxun_filled") == "附表一!$I$4:$M$6,附表一!$I$8"
    assert openpyxl.load_workbook(first)["附表一"].defined_names["_zuxun_filled"].hidden
    second = save(first, "附表一!$I$9", "2.xlsx")
    assert parts(second)["xl/workbook.xml"].count(b"_zuxun_filled") == 1
    third = save(second, "", "3.xlsx")
    assert parts(third)["xl/workbook.xml"] == parts(SAMPLE)["xl/workbook.xml"]


def it_puts_the_first_names_where_the_schema_wants_them(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", "")
    out = FileBook(path).save(ChangeSet(names=(SheetName("表", "_z", "表!$A$1"),)), tmp_path / "out.xlsx")
    text = parts(out)["xl/workbook.xml"].decode()
    assert text.index("</sheets>") < text.index("<definedNames>") < text.index("<calcPr")
    assert parts(FileBook(out).save(ChangeSet(names=(SheetName("表", "_z", ""),)), tmp_path / "o2.xlsx")) == parts(path)


@pytest.mark.libreoffice
def it_opens_in_libreoffice_with_old_and_new_sheets(libreoffice, tmp_path):
    book = FileBook(SAMPLE)
    wanted = ADDED + changes("附表一", I4=41, N4=Formula("I4/D4", 0.5))
    values = libreoffice.values(book.save(wanted, tmp_path / "out.xlsx"))
    assert values["诊断表"]["A3"] == "脱落率"
    assert values["诊断表"]["C3"] == "#DIV/0!"
    assert values["诊断表"]["B3"] == pytest.approx(41 / values["附表一"]["D4"])
    assert values["附表一"]["N4"] == pytest.approx(41 / values["附表一"]["D4"])
