"""Reading a workbook file: values, errors, formulas, names."""

from __future__ import annotations

import datetime as dt

import openpyxl
import pytest

from tests.book.ooxml_books import SAMPLE, altered, with_rows, written
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.grid import ErrorValue


def it_reads_the_sample_as_openpyxl_does():
    book = FileBook(SAMPLE)
    other = openpyxl.load_workbook(SAMPLE, data_only=True)
    assert list(book.sheet_names) == other.sheetnames
    for sheet in book.sheet_names:
        rows = [[_plain(value) for value in row] for row in other[sheet].iter_rows(values_only=True)]
        ours = [[_plain(value) for value in row] for row in book.grid(sheet).rows]
        assert [row[: len(ours[0])] for row in rows[: len(ours)]] == ours


def _plain(value):
    return dt.datetime.combine(value, dt.time()) if isinstance(value, dt.date) and not isinstance(value, dt.datetime) else value


def it_reads_the_formulas_of_the_sample_as_openpyxl_does():
    book = FileBook(SAMPLE)
    other = openpyxl.load_workbook(SAMPLE)
    for sheet in book.sheet_names:
        cells = (cell for row in other[sheet].iter_rows() for cell in row if cell.data_type == "f")
        assert dict(book.formulas(sheet)) == {(cell.row, cell.column): str(cell.value)[1:] for cell in cells}


def it_keeps_addresses_when_the_first_rows_and_columns_are_empty(tmp_path):
    book = FileBook(with_rows(tmp_path / "a.xlsx", '<row r="3"><c r="C3"><v>7</v></c></row>'))
    assert book.grid("表").rows == [[None, None, None], [None, None, None], [None, None, 7.0]]
    assert book.grid("表") is book.grid("表")


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B1" s="0" t="e"><v>#N/A</v></c>',
        "<c r='B1' t='e'><f>NA()</f><v>#N/A</v></c>",
        '<c t="e" r="B1"><v>#N/A</v></c>',
    ],
)
def it_reads_error_cells_as_error_values(tmp_path, cell):
    book = FileBook(with_rows(tmp_path / "a.xlsx", f'<row r="1"><c r="A1"><v>1</v></c>{cell}</row>'))
    assert book.grid("表").rows == [[1.0, "#N/A"]]
    assert isinstance(book.grid("表").value(1, 2), ErrorValue)


def it_finds_errors_and_formulas_where_positions_are_left_unsaid(tmp_path):
    book = FileBook(with_rows(tmp_path / "a.xlsx", '<row><c><v>1</v></c><c t="e"><f>A1/0</f><v>#DIV/0!</v></c></row>'))
    assert book.grid("表").rows == [[1.0, ErrorValue("#DIV/0!")]]
    assert book.formulas("表") == {(1, 2): "A1/0"}


def it_spells_out_shared_formulas_for_each_cell(tmp_path):
    rows = "".join(
        f'<row r="{row}"><c r="B{row}">{formula}<v>0</v></c></row>'
        for row, formula in [
            (1, '<f t="shared" ref="B1:B3" si="0">SUM($A$1:A1)&amp;"A1"&amp;\'A1 表\'!C1&amp;LOG10(A$1)</f>'),
            (2, '<f t="shared" si="0"/>'),
            (3, '<f t="shared" si="0"></f>'),
        ]
    )
    book = FileBook(with_rows(tmp_path / "a.xlsx", rows))
    assert book.formulas("表")[3, 2] == "SUM($A$1:A3)&\"A1\"&'A1 表'!C3&LOG10(A$1)"


def it_names_formula_cells_without_a_value(tmp_path):
    filled = '<c r="B1"><f>1+2</f><v>3</v></c><c r="C1" t="str"><f>""</f><v></v></c>'
    rows = f'<row r="1"><c r="A1"><f>1+1</f></c>{filled}<c r="D1"><f>1</f><v /></c></row>'
    book = FileBook(with_rows(tmp_path / "a.xlsx", rows))
    assert book.uncalculated("表") == ("A1", "D1")
    assert book.grid("表").value(1, 1) is None


def it_shows_newer_functions_as_people_type_them(tmp_path):
    book = FileBook(with_rows(tmp_path / "a.xlsx", '<row r="1"><c r="A1"><f>_xlfn.IFNA(B1,"_xlfn.IFNA(")</f><v>0</v></c></row>'))
    assert book.formulas("表")[1, 1] == 'IFNA(B1,"_xlfn.IFNA(")'


def it_is_not_misled_by_comments_and_cdata(tmp_path):
    rows = '<!-- <c r="A1"><f>9</f></c> --><row r="1"><c r="A1"><f><![CDATA[1<2]]></f><v>1</v></c></row>'
    assert FileBook(with_rows(tmp_path / "a.xlsx", rows)).formulas("表") == {(1, 1): "1<2"}


def it_reads_parts_with_namespace_prefixes(tmp_path):
    path = with_rows(tmp_path / "a.xlsx", '<row r="1"><c r="A1" t="e"><f>NA()</f><v>#N/A</v></c></row>')
    book = FileBook(altered(path, {"xl/worksheets/sheet1.xml": prefixed}))
    assert book.grid("表").rows == [[ErrorValue("#N/A")]]
    assert book.formulas("表") == {(1, 1): "NA()"}


def prefixed(xml):
    """The part with the main namespace bound to a prefix."""
    head, _, body = xml.partition("<worksheet")
    body = ("<worksheet" + body).replace("<", "<x:").replace("<x:/", "</x:")
    return head + body.replace(" xmlns=", " xmlns:x=", 1)


def it_knows_hidden_sheets_merges_and_local_names(tmp_path):
    def build(workbook):
        workbook.add_worksheet("一").merge_range("B2:C3", "并")
        workbook.add_worksheet("二").hide()
        workbook.add_chartsheet("图")
        workbook.define_name("一!_zuxun_x", "=一!$A$1")

    book = FileBook(written(tmp_path / "a.xlsx", build))
    assert book.sheet_names == ("一", "二")
    assert book.grid("一").merges == ((2, 2, 3, 3),)
    assert (book.grid("一").hidden, book.grid("二").hidden) == (False, True)
    assert book.sheet_name("一", "_zuxun_x") == "一!$A$1"
    assert book.sheet_name("二", "_zuxun_x") is None


def it_raises_key_error_for_an_unknown_sheet():
    book = FileBook(SAMPLE)
    for ask in (book.grid, book.formulas, book.uncalculated):
        with pytest.raises(KeyError):
            ask("没有")
