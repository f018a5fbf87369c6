"""What is refused, at opening and at saving: always with a Chinese sentence, a remedy and exit code 3."""

from __future__ import annotations

import io
import struct
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.book.ooxml_books import SAMPLE, SHEET, altered, changes, parts, with_rows, written
from zuxun_xl.book.changes import Change, ChangeSet, Formula, SheetCell, SheetName, SheetSpec
from zuxun_xl.book.file import FileBook
from zuxun_xl.errors import CallError, FileError, ZuxunError

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def zipped(**members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, content in members.items():
            package.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (OLE2, "旧版 Excel"),
        (OLE2 + "EncryptedPackage".encode("utf-16-le"), "已加密，需要密码"),
        (b"\x09\x08\x10\x00\x00\x06\x05\x00" + b"\x00" * 50, "早期的 .xls"),
        ("姓名,组别\n张三,一组\n".encode("gbk"), "文本文件"),
        ("姓名\t组别".encode("utf-16"), "文本文件"),
        (b"\r\n<html><table></table></html>", "网页"),
        (b'<?xml version="1.0"?><Workbook/>', "XML 文本"),
        (b"%PDF-1.7", "PDF"),
        (b"\x00\x01\x02" * 50, "认不出"),
        (SAMPLE.read_bytes()[:200_000], "不完整"),
        (zipped(**{"a.txt": "x"}), "里面不是 Excel 工作簿"),
        (zipped(**{"[Content_Types].xml": "<Types/>", "_rels/.rels": "<Relationships/>"}), "没有工作簿部件"),
        (zipped(**{"word/document.xml": "x"}), "Word"),
        (zipped(**{"xl/workbook.bin": "x"}), "xlsb"),
        (zipped(**{"mimetype": "x", "content.xml": "x"}), "OpenDocument"),
        (zipped(**{"../evil.xml": "x"}), "越界"),
        (zipped(**{"xl\\workbook.xml": "x"}), "越界"),
        (zipped(**{"a.xml": "x", "A.xml": "y"}), "重复"),
    ],
)
def it_says_what_a_file_really_is(tmp_path, content, words):
    path = tmp_path / "名单.xlsx"
    path.write_bytes(content)
    with pytest.raises(FileError, match=words) as refused:
        FileBook(path)
    assert refused.value.exit_code == 3
    assert refused.value.remedy
    assert path.read_bytes() == content


def it_refuses_missing_files_and_folders(tmp_path):
    with pytest.raises(FileError, match="找不到"):
        FileBook(tmp_path / "没有.xlsx")
    with pytest.raises(FileError, match="文件夹"):
        FileBook(tmp_path)


def it_refuses_zip_bombs_that_declare_their_size(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts(SAMPLE).items():
            package.writestr(name, content)
        package.writestr("xl/media/a.bin", b"\x00" * (70 << 20))
    with pytest.raises(FileError, match="压缩炸弹"):
        FileBook(path)


def it_refuses_parts_whose_size_lies(tmp_path):
    path = tmp_path / "a.xlsx"
    data = bytearray(SAMPLE.read_bytes())
    where = data.rindex(b"xl/sharedStrings.xml") - 46
    size = struct.unpack_from("<L", data, where + 24)[0]
    struct.pack_into("<L", data, where + 24, size // 2)
    path.write_bytes(data)
    with pytest.raises(FileError, match="已损坏"):
        FileBook(path)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c><c s="0" r = \'XFD1048576\'><v>1</v></c></row>',
        '<row r="1"><c\nr="XFD1"><v>1</v></c></row><row r="1048576"><c><v>1</v></c></row>',
        '<row r="1"><c r="AAA1"><v>1</v></c></row><row\tr="1048576"><c r="A1048576"><v>1</v></c></row>',
    ],
)
def it_refuses_a_sheet_that_would_abort_the_reader(tmp_path, rows):
    book = FileBook(with_rows(tmp_path / "a.xlsx", rows))
    with pytest.raises(FileError, match=r"撑到了 1048576 行"):
        book.grid("表")


def it_reads_a_long_narrow_sheet_and_one_with_a_far_blank_cell(tmp_path):
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="AB{row}"><v>2</v></c></row>' for row in range(1, 12_000))
    assert len(FileBook(with_rows(tmp_path / "a.xlsx", rows)).grid("表").rows) == 11_999
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="0"/></row>'
    assert FileBook(with_rows(tmp_path / "b.xlsx", rows)).grid("表").rows == [[1.0]]


def it_refuses_document_type_declarations(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", "")
    evil = lambda xml: xml.replace("<worksheet", '<!DOCTYPE x [<!ENTITY a "b">]><worksheet', 1)  # noqa: E731
    with pytest.raises(FileError, match="DTD"):
        FileBook(altered(path, {SHEET: evil})).grid("表")


def it_refuses_strict_open_xml(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", "")
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    with pytest.raises(FileError, match="严格"):
        FileBook(altered(path, {"xl/workbook.xml": lambda xml: xml.replace(main, "http://purl.oclc.org/ooxml/spreadsheetml/main")}))


def it_refuses_a_workbook_whose_sheet_part_is_missing(tmp_path):
    path = tmp_path / "a.xlsx"
    with zipfile.ZipFile(path, "w") as package:
        for name, content in parts(SAMPLE).items():
            if not name.endswith("sheet3.xml"):
                package.writestr(name, content)
    with pytest.raises(FileError, match="保单明细"):
        FileBook(path)


def refused(path, change_set, words):
    with pytest.raises(FileError, match=words) as error:
        FileBook(path).save(change_set, path.with_name("out.xlsx"))
    assert error.value.remedy
    assert not path.with_name("out.xlsx").exists()


def it_refuses_cells_of_arrays_merges_and_table_headings(tmp_path):
    def build(workbook):
        sheet = workbook.add_worksheet("表")
        sheet.write_array_formula("A1:A3", "{=B1:B3*2}")
        sheet.merge_range("D1:E2", "并")
        sheet.add_table("G1:H3", {"columns": [{"header": "姓名"}, {"header": "件数"}]})

    path = written(tmp_path / "a.xlsx", build)
    refused(path, changes(A2=1), "表!A2.*数组公式")
    refused(path, changes(E2=1), "表!E2.*合并单元格")
    refused(path, changes(G1="x"), "表!G1.*标题")
    assert FileBook(FileBook(path).save(changes(D1=1, G2="王"), tmp_path / "out.xlsx")).grid("表").value(2, 7) == "王"


def it_refuses_cells_of_pivot_tables(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", "")
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable" '
        'Target="../pivotTables/p1.xml"/></Relationships>'
    )
    pivot = '<pivotTableDefinition><location ref="B2:D9" firstHeaderRow="1"/></pivotTableDefinition>'
    altered(path, {}, {"xl/worksheets/_rels/sheet1.xml.rels": relations, "xl/pivotTables/p1.xml": pivot})
    refused(path, changes(C3=1), "表!C3.*透视表")


def it_refuses_to_change_signed_workbooks(tmp_path):
    path = altered(with_rows(tmp_path / "a.xlsx", ""), {}, {"_xmlsignatures/origin.sigs": ""})
    refused(path, changes(A1=1), "数字签名")
    assert FileBook(path).save(ChangeSet(), tmp_path / "copy.xlsx").read_bytes() == path.read_bytes()


def it_lists_the_sheets_that_exist_when_one_does_not(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", "")
    refused(path, changes("别的", A1=1), "没有工作表“别的”.*现有工作表：表")
    refused(path, ChangeSet(names=(SheetName("别的", "x", "表!$A$1"),)), "没有工作表“别的”")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (float("nan"), "不是有限的数"),
        (float("inf"), "不是有限的数"),
        (123_456_789_012_345_678, "超过 15 位"),
        ("x" * 32_768, "超过 32767 个字符"),
        (Formula("", 1), "公式为空"),
        (Formula("A1", float("nan")), "不是有限的数"),
    ],
)
def it_refuses_what_a_cell_cannot_hold(tmp_path, content, words):
    refused(with_rows(tmp_path / "a.xlsx", ""), changes(B2=content), f"表!B2.*{words}")


def it_refuses_what_is_no_address(tmp_path):
    with pytest.raises(CallError, match="不是单元格地址"):
        FileBook(with_rows(tmp_path / "a.xlsx", "")).save(ChangeSet((Change("表", "4B", None, 1, ""),)), tmp_path / "out.xlsx")


def it_refuses_cells_beyond_the_sheet(tmp_path):
    refused(with_rows(tmp_path / "a.xlsx", ""), changes(XFE1=1), "超出了工作表的范围")


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="2"/><row r="1"/>',
        '<row r="1"/><row r="1"/>',
        '<row r="1"><c r="B1"/><c r="A1"/></row>',
    ],
)
def it_refuses_rows_and_cells_out_of_order(tmp_path, rows):
    refused(with_rows(tmp_path / "a.xlsx", rows), changes(C1=1), "重复或次序颠倒")


def it_refuses_sheet_names_that_excel_would_not_take(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", "")
    refused(path, ChangeSet(sheets=(SheetSpec("a/b", ()),)), "不合规")
    refused(path, ChangeSet(sheets=(SheetSpec("x" * 32, ()),)), "不合规")
    clash = ChangeSet(changes("表", A1=1).changes, (SheetSpec("表", (SheetCell(1, 1, 1),)),))
    refused(path, clash, "既要整张替换又要改个别单元格")


def it_refuses_another_extension_and_a_silent_replacement(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", "")
    with pytest.raises(CallError, match="扩展名"):
        FileBook(path).save(ChangeSet(), tmp_path / "out.xlsm")
    with pytest.raises(CallError, match="就是原文件"):
        FileBook(path).save(changes(A1=1), path)
    with pytest.raises(FileError, match="不存在"):
        FileBook(path).save(changes(A1=1), tmp_path / "无" / "out.xlsx")


@pytest.fixture(scope="module")
def rich(tmp_path_factory):
    def build(workbook):
        sheet = workbook.add_worksheet("表")
        date = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for row in range(5):
            sheet.write_row(row, 0, [row, f"文{row}", row / 3])
            sheet.write(row, 3, 40_000 + row, date)
            sheet.write_formula(row, 4, f"=A{row + 1}*2+COUNT($A$1:A1)+名", None, row)
        sheet.merge_range("A10:B11", "并")
        sheet.add_table("G1:H4")
        workbook.define_name("名", "=表!$A$1")

    return parts(written(tmp_path_factory.mktemp("rich") / "a.xlsx", build))


@settings(max_examples=300, deadline=None)
@given(st.data())
def it_ends_in_a_result_or_a_refusal_whatever_is_damaged(rich, data):
    name = data.draw(st.sampled_from([name for name in rich if name.startswith(("xl/", "[", "_"))]))
    content = bytearray(rich[name])
    where = data.draw(st.integers(0, len(content) - 1))
    junk = data.draw(
        st.sampled_from([b"", b"\xff", b"<", b">", b'"', b"&", b"-1", b"9" * 20, b"1e309", b"A0", b"\x00"]) | st.binary(max_size=3)
    )
    content[where : where + data.draw(st.integers(0, 40))] = junk
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.xlsx"
        path.write_bytes(zipped(**{**rich, name: bytes(content)}))
        try:
            book = FileBook(path)
            for sheet in book.sheet_names:
                book.grid(sheet)
                book.uncalculated(sheet)
            spec = SheetSpec("新", (SheetCell(1, 1, "甲", "粗"),), styles={"粗": {"bold": True}})
            wanted = ChangeSet(changes(book.sheet_names[0], C3=5, J9="文").changes, (spec,), (SheetName("新", "_q", "新!$A$1"),))
            assert FileBook(book.save(wanted, path.with_name("out.xlsx"))).grid("新").rows == [["甲"]]
        except ZuxunError:
            assert not path.with_name("out.xlsx").exists()
