"""A described workbook written anew by XlsxWriter: contents, formulas with their values, notes, names."""

from __future__ import annotations

import io
import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from zuxun_xl.book.changes import Content, Formula
from zuxun_xl.book.ooxml.cells import check
from zuxun_xl.book.ooxml.described import add_sheet
from zuxun_xl.book.ooxml.package import Package
from zuxun_xl.cells import address

if TYPE_CHECKING:
    from collections.abc import Mapping

    from zuxun_xl.book.changes import BookSpec, SheetSpec

_MADE = datetime(1980, 1, 1)  # a fixed day: equal descriptions give equal bytes
_EMPTY_RESULT = re.compile(rb'(<c r="[A-Z]+[0-9]+"(?: s="[0-9]+")?)>(<f>[^<]*</f>)<v></v>')
_OPTIONS = {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False, "default_date_format": "yyyy-mm-dd"}
_TIGHT = 9  # a new workbook is written once and sent to many
_HIDDEN = 3  # place of the flag in XlsxWriter's record of a name
_NOTE = {"author": "zuxun_xl", "font_name": "宋体", "font_size": 9, "x_scale": 1.8, "y_scale": 1.2}


def composed(spec: BookSpec) -> bytes:
    """The bytes of the workbook; equal descriptions give equal bytes."""
    import xlsxwriter

    buffer = io.BytesIO()
    workbook = xlsxwriter.Workbook(buffer, _OPTIONS)
    workbook.set_properties({"title": spec.title, "created": _MADE})
    for name, refers_to in spec.names.items():
        workbook.define_name(name, f"={refers_to}")
    for described in spec.sheets:
        sheet, formats = add_sheet(workbook, described)
        _write(sheet, described, formats)
    for local in spec.hidden:
        workbook.define_name(f"'{local.sheet}'!{local.name}", f"={local.refers_to}")
        workbook.defined_names[-1][_HIDDEN] = True
    workbook.close()
    return _with_empty_results(Package(buffer.getvalue(), spec.title))


def _with_empty_results(package: Package) -> bytes:
    """The package with the results of formulas that show nothing marked as the text ``""``: XlsxWriter leaves them uncalculated."""
    sheets = {part: package.read(part) for part in package if part.startswith("xl/worksheets/sheet")}
    marked = {part: _EMPTY_RESULT.sub(rb'\1 t="str">\2<v></v>', xml) for part, xml in sheets.items()}
    return package.rewritten({part: xml for part, xml in marked.items() if xml != sheets[part]}, _TIGHT)


def _write(sheet: Any, spec: SheetSpec, formats: Mapping[str, Any]) -> None:  # noqa: ANN401  # XlsxWriter ships no types
    for cell in spec.cells:
        check(cell.content, f"{spec.name}!{address(cell.row, cell.column)}")
        style = formats[cell.style] if cell.style else None
        if (cell.row, cell.column) in spec.links:
            target = f"internal:{spec.links[cell.row, cell.column]}"
            sheet.write_url(cell.row - 1, cell.column - 1, target, style, string=str(cell.content or ""))
        else:
            _put(sheet, cell.row - 1, cell.column - 1, cell.content, style)
    for (row, column), text in spec.notes.items():
        sheet.write_comment(row - 1, column - 1, text, _NOTE)
    if spec.repeat_rows:
        sheet.repeat_rows(spec.repeat_rows[0] - 1, spec.repeat_rows[1] - 1)


def _put(sheet: Any, row: int, column: int, content: Content, style: Any) -> None:  # noqa: ANN401  # XlsxWriter ships no types
    match content:
        case Formula(text, value):
            sheet.write_formula(row, column, f"={text}", style, "" if value is None else value)
        case None:
            sheet.write_blank(row, column, None, style)
        case bool():
            sheet.write_boolean(row, column, content, style)
        case int() | float():
            sheet.write_number(row, column, content, style)
        case date() | time() | timedelta():
            sheet.write_datetime(row, column, content, style)
        case _:
            sheet.write_string(row, column, str(content), style)
