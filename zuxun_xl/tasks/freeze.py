"""The tasks ``freeze`` and ``thaw``: formulas with ZX_ functions become native ones or values, and again what they were.

After freezing no formula needs the add-in: what cannot be changed is a finding.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from zuxun_xl.book.calc.parse import NotComputableError
from zuxun_xl.book.changes import Change, ChangeSet, Content, Formula, SheetName
from zuxun_xl.book.grid import Scalar
from zuxun_xl.book.own import FROZEN
from zuxun_xl.book.port import Book
from zuxun_xl.cells import address, parse_address
from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.tasks.filling.ours import ours, remembered
from zuxun_xl.tasks.freezing import memory
from zuxun_xl.tasks.freezing.names import Names
from zuxun_xl.tasks.freezing.recognise import Recognised
from zuxun_xl.tasks.freezing.rewrite import NoTwinError, is_linked, native, plainly
from zuxun_xl.tasks.freezing.shown import Shown

Kind = Literal["native", "value"]

AS_VALUE = Rule("F101", Level.NOTE, "ZX_ 函数都有普通公式的写法", "{what}没有等价的普通公式，这一格固化成了数值。", "数据变了以后，先用 zuxun thaw 恢复，重算后再固化。")
ARRAY = Rule("F102", Level.NOTE, "ZX_ 函数不在数组公式里", "数组公式 {area} 整片固化成了数值，zuxun thaw 不能恢复它。", "请保留固化前的工作簿。")
KEPT = Rule(
    "F103", Level.WARNING, "要固化的格子有值", "这一格的公式用到 ZX_ 函数，文件里没有它的值，这里也算不出，没有固化。",
    "用装好加载项的 Excel 打开、重算、保存，再固化；或者手工改成数值。",
)
BESIDE = Rule(
    "F104", Level.WARNING, "ZX_ 函数只在单元格里", "{kind}“{where}”用到 ZX_ 函数，没有改动，没装加载项的电脑上会失效。",
    "请在 Excel 里把它改成普通公式，或改为引用一个辅助格。",
)
LINKED = Rule(
    "F105", Level.NOTE, "没有指向加载项的链接", "原来的公式带着加载项文件的位置，这个外部链接还留在工作簿里，打开时可能提示更新。",
    "提示时选“不更新”；或在 Excel 的“数据 - 编辑链接”里断开。",
)
CHANGED = Rule("F201", Level.WARNING, "固化后没有改过", "这一格固化后被改过，没有恢复；原来的公式是 ={formula}。", "要恢复，请手工填回原来的公式。")
GONE = Rule("F202", Level.WARNING, "固化的格子还在", "公式 ={formula} 所在的格子或它引用的格子已被删除，没有恢复。", "如果还要它，请手工填写。")

RULES = (AS_VALUE, ARRAY, KEPT, BESIDE, LINKED, CHANGED, GONE)


@dataclass
class Swap:
    """What freezing or thawing amounts to: the changes, and what must be said."""

    changes: ChangeSet = field(default_factory=ChangeSet)
    findings: list[Finding] = field(default_factory=list)


def freeze(book: Book, to: Kind = "native") -> Swap:
    """Every formula with ZX_ functions as a native formula, or as the value it shows; what stood there is remembered.

    Args:
        book: the workbook.
        to: ``value`` leaves no formula; ``native`` leaves values only where a function has no native twin.
    """
    return _Freezing(book, to).done()


@dataclass
class _Freezing:
    book: Book
    to: Kind
    findings: list[Finding] = field(default_factory=list)
    entries: list[memory.Entry] = field(default_factory=list)

    @cached_property
    def names(self) -> Names:
        return Names(self.book.beside())

    @cached_property
    def shown(self) -> Shown:
        return Shown(self.book)

    def done(self) -> Swap:
        changes = tuple(change for sheet in _sheets(self.book) for change in self._sheet(sheet))
        self.findings += [
            BESIDE.at(each.sheet, kind=each.kind, where=each.where)
            for each in self.names.beside if each.sheet != FROZEN and self.names.touch(each.text)
        ]
        if not changes:
            return Swap(findings=self.findings)
        if any(isinstance(change.old, Formula) and is_linked(change.old.text) for change in changes):
            self.findings.append(LINKED.at(""))
        again = {each.place for each in self.entries}
        kept = [each for each in memory.remembered(self.book) if each.place is None or each.place not in again]
        specs = (memory.sheet_of([*kept, *self.entries]),) if self.entries else ()
        return Swap(ChangeSet(changes, specs, _still_ours(self.book, changes)), self.findings)

    def _sheet(self, sheet: str) -> Iterator[Change]:
        arrays = {area[:2]: area for area in self.book.arrays(sheet)}
        for (row, column), text in sorted(self.book.formulas(sheet).items()):
            if self.names.touch(text):
                found = self._array(sheet, arrays[row, column], text) if (row, column) in arrays else self._cell(sheet, row, column, text)
                yield from found

    def _cell(self, sheet: str, row: int, column: int, text: str) -> Iterable[Change]:
        cell = address(row, column)
        try:
            new: Content = self._native(sheet, row, column, text)
        except NoTwinError as reason:
            try:
                new = self._value(sheet, row, column)
            except NotComputableError:
                self.findings.append(KEPT.at(sheet, cell))
                return ()
            if self.to == "native":
                self.findings.append(AS_VALUE.at(sheet, cell, what=str(reason)))
        self.entries.append(memory.entry(sheet, cell, text, new))
        old = Formula(text, self.book.grid(sheet).value(row, column))
        return (Change(sheet, cell, old, new, "固化成普通公式" if isinstance(new, Formula) else "固化成数值"),)

    def _native(self, sheet: str, row: int, column: int, text: str) -> Formula:
        """The native formula with the value it has; without one where that cannot be told here."""
        if self.to == "value" or self.names.uses_tainted(text):
            raise NoTwinError("公式用到的名称")
        formula = native(text, self.names.singles)
        try:
            return Formula(formula, self.shown.value(sheet, row, column))
        except NotComputableError:
            return Formula(formula, None)

    def _value(self, sheet: str, row: int, column: int) -> Scalar:
        value = self.shown.value(sheet, row, column)
        return None if value == "" else value

    def _array(self, sheet: str, area: tuple[int, int, int, int], text: str) -> Iterable[Change]:
        top, left, bottom, right = area
        places = [(row, column) for row in range(top, bottom + 1) for column in range(left, right + 1)]
        if not all(self.shown.is_stored(sheet, *place) for place in places):
            self.findings.append(KEPT.at(sheet, address(top, left)))
            return ()
        self.findings.append(ARRAY.at(sheet, address(top, left), area=f"{address(top, left)}:{address(bottom, right)}"))
        grid = self.book.grid(sheet)
        olds: dict[tuple[int, int], Content] = {place: grid.value(*place) for place in places}
        olds[top, left] = Formula(text, grid.value(top, left))
        return [Change(sheet, address(*place), olds[place], grid.value(*place), "数组公式固化成数值") for place in places]


def thaw(book: Book, *, everything: bool = False) -> Swap:
    """The formulas that stood in frozen cells; a cell whose content was changed since stays, and is named.

    Args:
        book: the workbook.
        everything: also native formulas that nobody froze, where row or column is headed by a KPI and the formula is its very twin.
    """
    swap, changes, left = Swap(), [], []
    singles, entries = Names(book.beside()).singles, memory.remembered(book)
    for each in entries:
        change = _thawed(book, each, singles)
        if isinstance(change, Finding):
            swap.findings.append(change)
            left.append(each)
        elif change is not None:
            changes.append(change)
    if everything:
        done = {(change.sheet, change.cell) for change in changes}
        changes += [change for change in _recognised(book, singles) if (change.sheet, change.cell) not in done]
    specs = (memory.sheet_of(left),) if len(left) < len(entries) else ()
    swap.changes = ChangeSet(tuple(changes), specs, _still_ours(book, changes))
    return swap


def _thawed(book: Book, each: memory.Entry, singles: frozenset[str]) -> Change | Finding | None:
    """The change that restores a cell; ``None`` where it is restored already."""
    place = each.place
    if place is None or place[0] not in book.sheet_names:
        return GONE.at("", formula=each.original)
    sheet, row, column = place
    original, formula = each.restored, book.formulas(sheet).get((row, column))
    if formula is not None and plainly(formula) == plainly(original):
        return None
    held = book.grid(sheet).value(row, column)
    if not (_is_native(original, formula, singles) if each.kind == memory.NATIVE else formula is None and _equal(held, each.written)):
        return CHANGED.at(sheet, address(row, column), formula=original)
    old = held if formula is None else Formula(formula, held)
    return Change(sheet, address(row, column), old, Formula(original, held), "恢复固化前的公式")


def _is_native(original: str, formula: str | None, singles: frozenset[str]) -> bool:
    try:
        return formula is not None and plainly(native(original, singles)) == plainly(formula)
    except NoTwinError:
        return False


def _recognised(book: Book, singles: frozenset[str]) -> Iterator[Change]:
    for sheet in _sheets(book):
        grid, known = book.grid(sheet), Recognised(book.grid(sheet))
        arrays = {area[:2] for area in book.arrays(sheet)}
        for place, formula in sorted(book.formulas(sheet).items()):
            ours_again = None if place in arrays else known.function(place, formula)
            if ours_again is not None and _is_native(ours_again, formula, singles):
                value = grid.value(*place)
                yield Change(sheet, address(*place), Formula(formula, value), Formula(ours_again, value), "普通公式换成 ZX_ 函数")


def _still_ours(book: Book, changes: Sequence[Change]) -> tuple[SheetName, ...]:
    """The names by which cells that zuxun_xl filled are known as its own in their new form, too."""
    own = {sheet: ours(book, book.grid(sheet), book.formulas(sheet)) for sheet in dict.fromkeys(change.sheet for change in changes)}
    return remembered(book, [change for change in changes if parse_address(change.cell) in own[change.sheet]])


def _sheets(book: Book) -> Sequence[str]:
    return [sheet for sheet in book.sheet_names if sheet != FROZEN]


def _equal(held: Scalar, written: Scalar) -> bool:
    if isinstance(held, int | float) and isinstance(written, int | float):
        return abs(held - written) <= 1e-9 * max(1.0, abs(held))
    return held == written
