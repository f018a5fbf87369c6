"""Saving cell changes: what changes, and above all what does not."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.book.ooxml_books import SAMPLE, SHEET, altered, changes, parts, sheet_text, stored, with_rows, written
from tests.book.test_file_read import prefixed
from zuxun_xl.book.changes import Change, ChangeSet, Formula
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.grid import ErrorValue, address

ROW = '<row r="1" spans="1:3"><c r="A1" s="0"><v>1</v></c><c r="C1"><v>3</v></c></row>'


def saved(source, change_set):
    return FileBook(FileBook(source).save(change_set, source.with_name("out.xlsx")))


def it_keeps_every_other_part_byte_for_byte(tmp_path):
    out = FileBook(SAMPLE).save(changes("附表一", I4=41, J4="=1+1"), tmp_path / "out.xlsx")
    before, after = stored(SAMPLE), stored(out)
    assert before.keys() == after.keys()
    assert {name for name in before if before[name] != after[name]} == {"xl/worksheets/sheet8.xml"}


def it_keeps_every_other_cell_of_the_sheet_byte_for_byte(tmp_path):
    out = FileBook(SAMPLE).save(changes("附表一", I4=41), tmp_path / "out.xlsx")
    before, after = sheet_text(SAMPLE, "xl/worksheets/sheet8.xml"), sheet_text(out, "xl/worksheets/sheet8.xml")
    empty = re.findall(r'<c r="I4" s="\d+"/>', before)[0]
    assert after.replace(empty[:-2] + "><v>41</v></c>", empty) == before


def it_copies_the_file_when_there_is_nothing_to_change(tmp_path):
    out = FileBook(SAMPLE).save(ChangeSet(), tmp_path / "out.xlsx")
    assert out.read_bytes() == SAMPLE.read_bytes()


def it_gives_the_same_bytes_twice_and_when_applied_to_its_own_result(tmp_path):
    wanted = changes("附表一", I4=41, J5="文字", K6=Formula("I4+1", 42))
    first = FileBook(SAMPLE).save(wanted, tmp_path / "1.xlsx")
    second = FileBook(SAMPLE).save(wanted, tmp_path / "2.xlsx")
    third = FileBook(first).save(wanted, tmp_path / "3.xlsx")
    assert first.read_bytes() == second.read_bytes() == third.read_bytes()


@pytest.mark.parametrize(
    ("content", "xml", "value"),
    [
        (5, '<c r="B1"><v>5</v></c>', 5.0),
        (0.1, '<c r="B1"><v>0.1</v></c>', 0.1),
        (True, '<c r="B1" t="b"><v>1</v></c>', True),
        ("甲<&>", '<c r="B1" t="inlineStr"><is><t>甲&lt;&amp;&gt;</t></is></c>', "甲<&>"),
        (" 空 ", '<c r="B1" t="inlineStr"><is><t xml:space="preserve"> 空 </t></is></c>', " 空 "),
        ("=1+1", '<c r="B1" t="inlineStr"><is><t>=1+1</t></is></c>', "=1+1"),
        ("a\x01b\r_x0041_", '<c r="B1" t="inlineStr"><is><t>a_x0001_b_x000D__x005F_x0041_</t></is></c>', "a\x01b\r_x0041_"),
        (ErrorValue("#N/A"), '<c r="B1" t="e"><v>#N/A</v></c>', ErrorValue("#N/A")),
        (Formula("A1+1", 2), '<c r="B1"><f>A1+1</f><v>2</v></c>', 2.0),
        (Formula('A1&"x"', "1x"), '<c r="B1" t="str"><f>A1&amp;&quot;x&quot;</f><v>1x</v></c>', "1x"),
        (Formula("A1/0", ErrorValue("#DIV/0!")), '<c r="B1" t="e"><f>A1/0</f><v>#DIV/0!</v></c>', ErrorValue("#DIV/0!")),
        (Formula("IFNA(A1,0)", 1), '<c r="B1"><f>_xlfn.IFNA(A1,0)</f><v>1</v></c>', 1.0),
        (None, '<c r="B1"/>', None),
    ],
)
def it_writes_each_kind_of_content(tmp_path, content, xml, value):
    book = saved(with_rows(tmp_path / "a.xlsx", ROW), changes(B1=content))
    assert xml in sheet_text(book.path)
    assert book.grid("表").value(1, 2) == value
    assert type(book.grid("表").value(1, 2)) is type(value)


@pytest.mark.parametrize("date1904", [False, True])
@pytest.mark.parametrize(
    "moment", [dt.date(2026, 10, 12), dt.datetime(2026, 10, 12, 9, 30), dt.time(8, 15), dt.timedelta(hours=30, minutes=5)]
)
def it_writes_dates_so_that_they_read_back_as_dates(tmp_path, moment, date1904):
    book = saved(with_rows(tmp_path / "a.xlsx", ROW, date_1904=date1904), changes(B1=moment))
    assert book.grid("表").value(1, 2) == moment


def it_makes_missing_cells_and_rows_in_order_and_widens_spans_and_dimension(tmp_path):
    rows = ROW + '<row r="4"/><row r="9"><c r="A9"><v>9</v></c></row>'
    path = altered(
        with_rows(tmp_path / "a.xlsx", rows), {SHEET: lambda xml: xml.replace('<dimension ref="A1"/>', '<dimension ref="A1:C9"/>')}
    )
    book = saved(path, changes(E1=5, B1=2, B4=4, C6=6, D12=12, A9=None))
    text = sheet_text(book.path)
    assert (
        '<row r="1" spans="1:5"><c r="A1" s="0"><v>1</v></c><c r="B1"><v>2</v></c><c r="C1"><v>3</v></c><c r="E1"><v>5</v></c></row>'
        in text
    )
    assert '<row r="4"><c r="B4"><v>4</v></c></row><row r="6"><c r="C6"><v>6</v></c></row><row r="9"><c r="A9"/></row>' in text
    assert '<row r="12"><c r="D12"><v>12</v></c></row></sheetData>' in text
    assert '<dimension ref="A1:E12"/>' in text


def it_writes_into_an_empty_sheet(tmp_path):
    book = saved(written(tmp_path / "a.xlsx", lambda workbook: workbook.add_worksheet("表")), changes(B2="头"))
    assert book.grid("表").rows == [[None, None], [None, "头"]]


def it_gives_new_cells_the_style_of_their_row_or_column(tmp_path):
    def build(workbook):
        sheet = workbook.add_worksheet("表")
        sheet.set_column("B:B", 10, workbook.add_format({"bold": True}))
        sheet.set_row(4, 20, workbook.add_format({"italic": True}))
        sheet.write("A1", 1)

    book = saved(written(tmp_path / "a.xlsx", build), changes(B2=1, B5=1, C2=1))
    sheet = openpyxl.load_workbook(book.path)["表"]
    assert (sheet["B2"].font.bold, sheet["B5"].font.italic, sheet["C2"].font.bold) == (True, True, False)


def it_writes_between_cells_whose_positions_are_left_unsaid(tmp_path):
    book = saved(with_rows(tmp_path / "a.xlsx", "<row><c><v>1</v></c><c><v>2</v></c></row><row><c><v>3</v></c></row>"), changes(A1=7, C2=8))
    assert book.grid("表").rows == [[7.0, 2.0, None], [3.0, None, 8.0]]


def it_writes_parts_with_namespace_prefixes_and_single_quotes(tmp_path):
    path = altered(with_rows(tmp_path / "a.xlsx", ROW), {SHEET: lambda xml: prefixed(xml).replace('"', "'")})
    book = saved(path, changes(B1="x", A1=Formula("C1", 3)))
    assert book.grid("表").rows == [[3.0, "x", 3.0]]
    assert openpyxl.load_workbook(book.path)["表"]["B1"].value == "x"


def it_derives_one_style_for_all_cells_that_need_another_family(tmp_path):
    def build(workbook):
        sheet = workbook.add_worksheet("表")
        money = workbook.add_format({"num_format": "#,##0", "bold": True, "bg_color": "#DDEBF7"})
        percent = workbook.add_format({"num_format": "0.00%"})
        for row in range(3):
            sheet.write(row, 0, 1, money)
        sheet.write(3, 0, 1, percent)

    path = written(tmp_path / "a.xlsx", build)
    wanted = ChangeSet(tuple(Change("表", f"A{row}", 1, 0.5, "率", "0.0%") for row in range(1, 5)))
    book = saved(path, wanted)
    cells = [openpyxl.load_workbook(book.path)["表"][f"A{row}"] for row in range(1, 5)]
    assert [cell.number_format for cell in cells] == ["0.0%"] * 3 + ["0.00%"]
    assert all(cell.font.bold and cell.fill.fgColor.rgb == "FFDDEBF7" for cell in cells[:3])
    before, after = parts(path)["xl/styles.xml"], parts(book.path)["xl/styles.xml"]
    assert after.count(b"<xf ") == before.count(b"<xf ") + 1
    assert book.save(wanted, tmp_path / "again.xlsx").read_bytes() == book.path.read_bytes()


def it_keeps_the_dependants_of_an_overwritten_shared_formula(tmp_path):
    rows = (
        '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B3" si="0">A1*2</f><v>2</v></c></row>'
        '<row r="2"><c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/><v>4</v></c></row>'
        '<row r="3"><c r="A3"><v>3</v></c><c r="B3" s="0"><f t="shared" si="0"/><v>6</v></c></row>'
    )
    book = saved(with_rows(tmp_path / "a.xlsx", rows), changes(B1=99))
    assert book.formulas("表") == {(2, 2): "A2*2", (3, 2): "A3*2"}
    assert [row[1] for row in book.grid("表").rows] == [99.0, 4.0, 6.0]


def chained(path, first, second):
    """Sheet 表 whose A2 reads A1, B2 reads A2, C2 reads neither, D2 reads sheet 他, which reads A1."""
    def build(workbook):
        sheet, other = workbook.add_worksheet("表"), workbook.add_worksheet("他")
        sheet.write_row("A1", [1, 2, 3])
        sheet.write_formula("A2", first, None, 2)
        sheet.write_formula("B2", second, None, 3)
        sheet.write_formula("C2", "=C1", None, 3)
        sheet.write_formula("D2", "=他!A1", None, 1)
        other.write_formula("A1", "=表!A1", None, 1)

    return altered(written(path, build), {"xl/workbook.xml": lambda xml: xml.replace(' fullCalcOnLoad="1"', "")})


def it_renews_only_the_values_that_are_stale(tmp_path):
    book = saved(chained(tmp_path / "a.xlsx", "=A1*2", "=A2+1"), changes(A1=5, E2=Formula("A1+C1", 8)))
    assert book.uncalculated("表") == ()
    assert book.grid("表").rows[1] == [10.0, 11.0, 3.0, 5.0, 8.0]
    assert 'fullCalcOnLoad="1"' in parts(book.path)["xl/workbook.xml"].decode()


def it_drops_stale_values_that_it_cannot_tell(tmp_path):
    book = saved(chained(tmp_path / "a.xlsx", "=PI()*A1", "=A2+1"), changes(A1=5))
    assert book.uncalculated("表") == ("A2", "B2")
    assert book.grid("表").rows[1] == [None, None, 3.0, 5.0]
    assert 'fullCalcOnLoad="1"' in parts(book.path)["xl/workbook.xml"].decode()


@pytest.mark.parametrize(
    ("formula", "value", "shown"),
    [('IF(A1>3,"多","")', 5, "多"), ('IF(A1>3,"多","")', 2, ""), ("IF(A1=0,NA(),1/A1)", 0, "#N/A"), ("A1>3", 5, True)],
)
def it_renews_values_of_every_kind(formula, value, shown, tmp_path):
    def build(workbook):
        sheet = workbook.add_worksheet("表")
        sheet.write_number("A1", 1)
        sheet.write_formula("B1", f"={formula}", None, 7)

    book = saved(written(tmp_path / "a.xlsx", build), changes(A1=value))
    assert book.uncalculated("表") == ()
    assert (book.grid("表").value(1, 2) or "") == shown


def it_asks_for_no_calculation_where_no_formula_is_concerned(tmp_path):
    def build(workbook):
        workbook.add_worksheet("表").write_row("A1", [1, 2, 3])

    path = altered(written(tmp_path / "a.xlsx", build), {"xl/workbook.xml": lambda xml: xml.replace(' fullCalcOnLoad="1"', "")})
    book = saved(path, changes(A1=5, B2=Formula("A1", 5)))
    assert parts(book.path)["xl/workbook.xml"] == parts(path)["xl/workbook.xml"]


def it_drops_nothing_when_the_value_stays_the_same(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row>'
    assert saved(with_rows(tmp_path / "a.xlsx", rows), changes(A1=1)).uncalculated("表") == ()


def it_removes_the_calculation_chain_when_formulas_come_or_go(tmp_path):
    rows = '<row r="1"><c r="A1"><v>1</v></c><c r="B1"><f>A1</f><v>1</v></c></row>'
    chain = "xl/calcChain.xml"
    path = altered(
        with_rows(tmp_path / "a.xlsx", rows),
        {
            "[Content_Types].xml": lambda xml: xml.replace(
                "</Types>",
                '<Override PartName="/xl/calcChain.xml" ContentType="application/'
                'vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"/></Types>',
            ),
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(
                "</Relationships>",
                '<Relationship Id="rId90" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" '
                'Target="calcChain.xml"/></Relationships>',
            ),
        },
        {chain: '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="B1" i="1"/></calcChain>'},
    )
    kept = saved(path, changes(C1=1))
    assert chain in parts(kept.path)
    gone = parts(saved(path, changes(B1=1)).path)
    assert chain not in gone
    assert b"calcChain" not in gone["[Content_Types].xml"] + gone["xl/_rels/workbook.xml.rels"]


def it_restores_the_sample_when_the_inverse_is_applied(tmp_path):
    book = FileBook(SAMPLE)
    grid = book.grid("附表三")
    cells = [(row, column) for row in range(4, 12) for column in range(1, 20)]
    formulas = book.formulas("附表三")
    old = {cell: Formula(formulas[cell], grid.value(*cell)) if cell in formulas else grid.value(*cell) for cell in cells}
    done = ChangeSet(tuple(Change("附表三", address(*cell), old[cell], n * 1.5, "试") for n, cell in enumerate(cells)))
    changed = FileBook(book.save(done, tmp_path / "1.xlsx"))
    assert changed.grid("附表三").value(4, 2) == 1.5
    back = FileBook(changed.save(done.inverse(), tmp_path / "2.xlsx"))
    assert [back.grid("附表三").value(*cell) for cell in cells] == [grid.value(*cell) for cell in cells]
    assert {cell: back.formulas("附表三").get(cell) for cell in cells} == {cell: formulas.get(cell) for cell in cells}


def it_drops_the_values_of_a_whole_array_that_is_stale(tmp_path):
    def build(workbook):
        sheet = workbook.add_worksheet("表")
        sheet.write_column("A1", [1, 2, 3])
        sheet.write_array_formula("B1:B3", "{=A1:A3*2}", None, 2)
        sheet.write_column("B2", [4, 6])

    book = saved(written(tmp_path / "a.xlsx", build), changes(A3=5))
    assert book.uncalculated("表") == ("B1", "B2", "B3")
    assert book.grid("表").rows == [[1.0], [2.0], [5.0]]


def it_shows_a_number_that_takes_the_place_of_a_date_as_a_number(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", ROW)
    dated = ChangeSet((Change("表", "A1", 1.0, dt.date(2026, 10, 1), "试"),))
    first = saved(path, dated)
    assert FileBook(first.save(dated.inverse(), tmp_path / "back.xlsx")).grid("表").value(1, 1) == 1.0


def it_finds_parts_whatever_the_case_of_their_names(tmp_path):
    def shout(xml):
        return xml.replace("worksheets/sheet1.xml", "Worksheets/Sheet1.XML")

    path = altered(with_rows(tmp_path / "a.xlsx", ROW), {"xl/_rels/workbook.xml.rels": shout})
    out = FileBook(path).save(changes(A1=2), tmp_path / "out.xlsx")
    assert "<v>2</v>" in sheet_text(out)


def it_takes_the_later_of_two_changes_for_one_cell(tmp_path):
    twice = ChangeSet(changes(A1=5).changes + changes(A1=6).changes)
    assert saved(with_rows(tmp_path / "a.xlsx", ROW), twice).grid("表").value(1, 1) == 6.0


def it_gives_a_row_at_least_the_height_that_a_long_text_needs(tmp_path: Path) -> None:
    path, out = tmp_path / "甲.xlsx", tmp_path / "乙.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("表")
        sheet.write(0, 0, "短")
        sheet.set_row(1, 99.75)
        sheet.write(1, 0, "高")
    changes = tuple(Change("表", f"B{row}", None, "很长的文字", "测试", row_height=66.5) for row in (1, 2, 9))
    FileBook(path).save(ChangeSet(changes), out)
    heights = openpyxl.load_workbook(out)["表"].row_dimensions
    assert [heights[row].height for row in (1, 2, 9)] == [66.5, 99.75, 66.5]
