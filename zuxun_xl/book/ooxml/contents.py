"""What a package holds: the workbook part, its worksheets by name, formulas, names and tables, each read on demand."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from zuxun_xl.book.ooxml.areas import parse_area
from zuxun_xl.book.ooxml.formulas import formula_cells
from zuxun_xl.book.ooxml.gate import check_dtd, check_strict
from zuxun_xl.book.ooxml.guards import table_tag
from zuxun_xl.book.ooxml.markup import attribute, text_attribute
from zuxun_xl.book.ooxml.package import RE_SAVE
from zuxun_xl.book.ooxml.references import Names, Reference
from zuxun_xl.book.ooxml.relations import relations
from zuxun_xl.book.ooxml.sheet import SheetPart
from zuxun_xl.book.ooxml.styles import Styles
from zuxun_xl.book.ooxml.workbook import WorkbookPart
from zuxun_xl.errors import FileError

if TYPE_CHECKING:
    from zuxun_xl.book.ooxml.formulas import FormulaCell
    from zuxun_xl.book.ooxml.package import Package

_FORMULA = re.compile(rb"<(?:[\w.-]+:)?f[\s/>]")
_READ_AT_OPENING = ("styles", "sharedStrings")


class Contents:
    """A package understood as a workbook.

    Attributes:
        package: the parts.
        workbook: the workbook part.
        worksheets: sheet name → its part, in tab order; chart sheets are left out.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        main = next((relation.target for relation in relations(package, "") if relation.kind == "officeDocument"), "")
        if main not in package:
            raise FileError(f"《{package.name}》里没有工作簿部件，不是 Excel 工作簿或已损坏。", RE_SAVE)
        check_dtd(package, main, package.read(main))
        check_strict(package, package.read(main))
        self.workbook = WorkbookPart(package.read(main), main)
        self._relations = {relation.id: relation for relation in relations(package, main)}
        self._sheets: dict[str, SheetPart] = {}
        self._formulas: dict[str, list[FormulaCell]] = {}
        self.worksheets = self._find_worksheets()
        self._check_parts()

    def _find_worksheets(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for entry in self.workbook.sheets:
            relation = self._relations.get(entry.relation)
            if relation is None or relation.target not in self.package:
                raise FileError(f"《{self.package.name}》缺少工作表“{entry.name}”的部件，文件不完整。", RE_SAVE)
            if relation.kind == "worksheet":
                found[entry.name] = relation.target
        if not found:
            raise FileError(f"《{self.package.name}》里没有工作表。", RE_SAVE)
        return found

    def _check_parts(self) -> None:
        """Inflate once, under the limits, what every reader will read whole: a size that lies is found here."""
        for relation in self._relations.values():
            if relation.kind in _READ_AT_OPENING and relation.target in self.package:
                check_dtd(self.package, relation.target, self.package.read(relation.target))

    def part_of_kind(self, kind: str) -> str | None:
        """The part that the workbook refers to by that kind of relationship, such as ``styles``."""
        return next((relation.target for relation in self._relations.values() if relation.kind == kind), None)

    @cached_property
    def styles(self) -> Styles:
        """The styles part, as it was opened."""
        part = self.part_of_kind("styles")
        if part is None:
            raise FileError("工作簿没有样式部件，不能添加格式。", RE_SAVE)
        return Styles(self.package.read(part), part)

    @property
    def date1904(self) -> bool:
        """Whether dates count from 1904."""
        return self.workbook.date1904

    @property
    def relation_ids(self) -> set[str]:
        """Ids of the workbook's relationships."""
        return set(self._relations)

    def has_formulas(self, name: str) -> bool:
        """Whether a worksheet holds any formula."""
        part = self.worksheets[name]
        xml = self._sheets[name].xml if name in self._sheets else self.package.peek(part)
        return _FORMULA.search(xml) is not None

    def sheet(self, name: str) -> SheetPart:
        """A worksheet's part; raises ``KeyError``."""
        if name not in self._sheets:
            part = self.worksheets[name]
            self._sheets[name] = SheetPart(self.package.read(part), part)
        return self._sheets[name]

    def formulas(self, name: str) -> list[FormulaCell]:
        """Formula cells of a worksheet; none for a name that is no worksheet."""
        if name not in self.worksheets:
            return []
        if name not in self._formulas:
            self._formulas[name] = formula_cells(self.sheet(name))
        return self._formulas[name]

    @cached_property
    def names(self) -> Names:
        """What defined names and tables stand for."""
        texts: dict[str, list[str]] = {}
        for entry in self.workbook.names:
            texts.setdefault(entry.name.lower(), []).append(entry.refers_to)
        return Names(tuple(self.worksheets), texts, self._tables())

    def _tables(self) -> dict[str, Reference]:
        tables: dict[str, Reference] = {}
        for sheet, part in self.worksheets.items():
            for relation in relations(self.package, part):
                if relation.kind == "table":
                    tag = table_tag(self.package, relation.target)
                    area = parse_area((attribute(tag, b"ref") or b"").decode())
                    if area:
                        tables[text_attribute(tag, b"displayName").lower()] = Reference(sheet, area)
        return tables
