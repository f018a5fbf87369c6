"""What a person did to a template: sheets, columns and rows renamed, moved, merged or gone, formulas written over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from zuxun_xl.book.changes import Formula, SheetSpec
from zuxun_xl.book.grid import Grid, Scalar
from zuxun_xl.book.keys import KEY_MARK, keys_of
from zuxun_xl.book.ooxml.areas import area_text
from zuxun_xl.book.port import Book
from zuxun_xl.build.templates.canvas import Canvas, finished
from zuxun_xl.build.templates.meta import Meta
from zuxun_xl.build.templates.plans import HEAD_ROW, SLOTS
from zuxun_xl.cells import address
from zuxun_xl.findings import Finding
from zuxun_xl.forms import returns as rules
from zuxun_xl.forms.blanks import BLANKS, TARGETS
from zuxun_xl.forms.form import fold
from zuxun_xl.forms.table import Table
from zuxun_xl.tasks.filling.pen import shown
from zuxun_xl.units import squeeze

_CLOSE = 1e-6


@dataclass(frozen=True)
class Sheet:
    """A form of a returned copy.

    Attributes:
        form: its key.
        grid: the sheet as it is.
        table: what was read from it.
        labels: its groups as a person left them, record by record.
    """

    form: str
    grid: Grid
    table: Table
    labels: list[Any]

    @cached_property
    def columns(self) -> Mapping[str, int]:
        """Key → column: by the key row, else as recognised by the headings."""
        keys = keys_of(self.grid, self.table.header)
        if keys:
            return {key: column for column, key in keys.items()}
        months = {squeeze(str(self.grid.value(self.table.header, column))): column for column in self.table.extra}
        return {**self.table.columns, **months}

    @property
    def monthly(self) -> bool:
        """Whether its rows are months."""
        return self.form != TARGETS.form.key

    @cached_property
    def months(self) -> Mapping[int, int]:
        """Record → its month, for the records that are one."""
        periods = self.table.column("月份") if self.monthly else []
        return {index: period.end.month for index, period in enumerate(periods) if len(period.pieces()) == 1}


def check_structure(sheet: Sheet, fresh: Canvas, meta: Meta) -> Iterator[Finding]:
    """Sheet, columns, rows and labels against a copy laid out anew."""
    if squeeze(sheet.grid.sheet) != sheet.form:
        yield rules.RENAMED_SHEET.at(sheet.grid.sheet, form=sheet.form, shown=sheet.grid.sheet)
    yield from _columns(sheet, fresh)
    if sheet.monthly:
        yield from _rows(sheet, meta)
    yield from _merged(sheet)


def _columns(sheet: Sheet, fresh: Canvas) -> Iterator[Finding]:
    wanted = list(_keys(fresh).values())
    columns = sheet.columns
    for number, key in enumerate(wanted, start=1):
        heading = fresh.held(HEAD_ROW, number)
        if key not in columns:
            yield rules.NO_COLUMN.at(sheet.grid.sheet, form=sheet.form, column=key)
        else:
            yield from _heading(sheet, key, str(heading), columns[key])
    order = [columns[key] for key in wanted if key in columns]
    if order != sorted(order) or (len(order) == len(wanted) and order != list(range(1, len(wanted) + 1))):
        yield rules.MOVED.at(sheet.grid.sheet, form=sheet.form, what="列")


def _keys(fresh: Canvas) -> dict[int, str]:
    """Column → key of a copy laid out anew."""
    return {number: str(fresh.held(HEAD_ROW - 1, number)).removeprefix(KEY_MARK) for number in range(1, len(fresh.widths) + 1)}


def _heading(sheet: Sheet, key: str, wanted: str, column: int) -> Iterator[Finding]:
    held = sheet.grid.value(sheet.table.header, column)
    text, unit = fold(str(held or ""))
    name, stated = fold(wanted)
    cell = address(sheet.table.header, column)
    if stated and unit and unit != stated:
        yield rules.OTHER_UNIT.at(sheet.grid.sheet, cell, column=key, unit=stated, shown=unit)
    elif text != name:
        yield rules.RENAMED_COLUMN.at(sheet.grid.sheet, cell, column=key, shown=shown(held))


def _rows(sheet: Sheet, meta: Meta) -> Iterator[Finding]:
    table = sheet.table
    labels = [_label(period) for period in table.column("月份")]
    counts = Counter(labels)
    for slot in SLOTS:
        if not counts[slot.label]:
            rule = rules.NO_ROW if len(slot.months) == 1 else rules.MOVED
            yield rule.at(sheet.grid.sheet, form=sheet.form, month=slot.label, what="行")
        elif counts[slot.label] > 1:
            cell = table.cell(len(labels) - 1 - labels[::-1].index(slot.label), "月份")
            yield rules.ROW_TWICE.at(sheet.grid.sheet, cell, form=sheet.form, month=slot.label, count=counts[slot.label])
    if all(counts[slot.label] == 1 for slot in SLOTS) and table.rows != list(range(HEAD_ROW + 1, HEAD_ROW + 1 + len(SLOTS))):
        yield rules.MOVED.at(sheet.grid.sheet, form=sheet.form, what="行")
    for index, label in enumerate(sheet.labels):
        if label != meta.group:
            yield rules.LABEL_CHANGED.at(sheet.grid.sheet, table.cell(index, "组别"), form=sheet.form, shown=shown(label), group=meta.group)
            break


def _label(period: Any) -> str:  # noqa: ANN401  # a period of a table
    months = {piece.end.month for piece in period.pieces()}
    return next((slot.label for slot in SLOTS if set(slot.months) == months), "")


def _merged(sheet: Sheet) -> Iterator[Finding]:
    """Merged cells of the body that hide cells to be filled."""
    inputs = {sheet.columns[key] for key in input_keys(sheet.form) if key in sheet.columns}
    for top, left, bottom, right in sheet.grid.merges:
        if bottom > sheet.table.header and inputs & set(range(left, right + 1)):
            yield rules.MERGED.at(sheet.grid.sheet, address(top, left), form=sheet.form, area=area_text((top, left, bottom, right)))


def input_keys(form: str) -> set[str]:
    """Keys of the columns of a copy that people fill."""
    months = {slot.label for slot in SLOTS if len(slot.months) == 1} if form == TARGETS.form.key else set()
    return {each.key for each in BLANKS[form].inputs} | months


def check_formulas(book: Book, sheets: Mapping[str, Sheet], fresh: Mapping[str, Canvas]) -> Iterator[Finding]:
    """Formulas that were written over or cleared, against the values of a copy laid out anew; formulas in cells to be filled."""
    specs = {spec.name: spec for spec in finished(list(fresh.values()))}
    for form, sheet in sheets.items():
        values = _computed(specs[form], fresh[form]) if sheet.monthly else {}
        texts = book.formulas(sheet.grid.sheet)
        missing = set(book.uncalculated(sheet.grid.sheet))
        for index, row in enumerate(sheet.table.rows):
            label = _label(sheet.table.column("月份")[index]) if sheet.monthly else ""
            for key, column in sheet.columns.items():
                if (label, key) in values:
                    yield from _overwritten(sheet, (row, column), label, key, values[label, key], texts)
                elif (row, column) in texts and key in input_keys(form):
                    yield from _typed_formula(sheet, (row, column), texts[row, column], missing)


def _computed(spec: SheetSpec, fresh: Canvas) -> dict[tuple[str, str], Scalar]:
    """(Month, column key) → value of every computed cell of a copy laid out anew."""
    keys = _keys(fresh)
    cells = ((cell, cell.content) for cell in spec.cells)
    return {(SLOTS[c.row - HEAD_ROW - 1].label, keys[c.column]): formula.value for c, formula in cells if isinstance(formula, Formula)}


def _overwritten(
    sheet: Sheet, place: tuple[int, int], label: str, key: str, wanted: Scalar, texts: Container[tuple[int, int]]
) -> Iterator[Finding]:
    held = sheet.grid.value(*place)
    if place not in texts:
        rule = rules.CLEARED if held is None or _agree(held, wanted) else rules.OVERWRITTEN
        figures = {"row": label, "column": key, "shown": shown(held), "value": shown(wanted) or "空白"}
        yield rule.at(sheet.grid.sheet, address(*place), form=sheet.form, **figures)


def _agree(held: Scalar, wanted: Scalar) -> bool:
    if isinstance(held, int | float) and isinstance(wanted, int | float):
        return abs(held - wanted) <= _CLOSE * max(1.0, abs(wanted))
    return held == wanted


def _typed_formula(sheet: Sheet, place: tuple[int, int], text: str, missing: Container[str]) -> Iterator[Finding]:
    """A formula that a person put into a cell to be filled: its value counts, if there is one."""
    cell = address(*place)
    if cell in missing:
        yield rules.NOT_CALCULATED.at(sheet.grid.sheet, cell)
    elif "[" in text:
        yield rules.FROM_ELSEWHERE.at(sheet.grid.sheet, cell, shown=shown(sheet.grid.value(*place)))
