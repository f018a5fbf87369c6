"""Small workbooks for the tests of the file adapter, and ways to look into and alter stored packages."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from zuxun_xl.book.changes import Change, ChangeSet, Content
from zuxun_xl.book.ooxml.package import Package

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

SAMPLE = Path(__file__).parents[1] / "data" / "春华营业部_2026年经营台账.xlsx"
SHEET = "xl/worksheets/sheet1.xml"


def written(path: Path, build: Callable[[Any], None], **options: Any) -> Path:
    """A workbook that XlsxWriter makes; ``build`` is given the xlsxwriter workbook."""
    workbook = xlsxwriter.Workbook(path, options)
    build(workbook)
    workbook.close()
    return path


def with_rows(path: Path, rows: str, *, after: str = "", extra: Mapping[str, str] | None = None, **options: Any) -> Path:
    """A one-sheet workbook (表) whose ``sheetData`` is the given XML."""

    def rewrite(xml: str) -> str:
        start, end = xml.index("<sheetData"), xml.index("<pageMargins")
        return xml[:start] + f"<sheetData>{rows}</sheetData>{after}" + xml[end:]

    written(path, lambda workbook: workbook.add_worksheet("表"), **options)
    return altered(path, {SHEET: rewrite}, extra or {})


def altered(path: Path, edits: Mapping[str, Callable[[str], str]], extra: Mapping[str, str] | None = None) -> Path:
    """The workbook with some parts' text changed and others added."""
    texts = {name: content.decode() if name.endswith((".xml", ".rels")) else content for name, content in parts(path).items()}
    texts |= {name: edit(str(texts[name])) for name, edit in edits.items()} | dict(extra or {})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in texts.items():
            package.writestr(name, text)
    return path


def parts(path: Path) -> dict[str, bytes]:
    """Content of all parts."""
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}


def stored(path: Path) -> dict[str, bytes]:
    """The compressed bytes of all parts."""
    package = Package.of(path)
    return {info.filename: package.raw(info) for info in package.entries}


def changes(sheet: str = "表", **cells: Content) -> ChangeSet:
    """A change set from ``A1=…`` arguments."""
    return ChangeSet(tuple(Change(sheet, cell, None, content, "试") for cell, content in cells.items()))


def sheet_text(path: Path, part: str = SHEET) -> str:
    """The XML of a sheet part."""
    return parts(path)[part].decode()
