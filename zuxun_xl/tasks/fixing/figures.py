"""Numbers and dates kept as text in the columns of a table, as true ones in the column's own unit and format."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date

from zuxun_xl.book.changes import Change
from zuxun_xl.book.grid import ErrorValue, Scalar
from zuxun_xl.cells import address
from zuxun_xl.forms.form import Layout
from zuxun_xl.forms.table import Table
from zuxun_xl.tasks.fixing.certain import certain_date, certain_number, percent_format
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import DATE, TEXT, Unit, states_money

_FURTHER = (Layout.PEOPLE, Layout.KPIS)
"""Layouts whose further columns hold figures: one a month, one a group."""
_BARE = Unit("")
_SAMPLE = 50


def repaired_figures(ledger: Ledger, table: Table) -> Iterator[Change]:
    """A change for every typed text of the table's records that certainly is a number or a day."""
    for key, column in table.columns.items():
        unit = table.form.by_key[key].unit
        if unit is not TEXT:
            yield from _column(ledger, table, column, unit, table.scales.get(key, 1))
    for column in table.extra if table.form.layout in _FURTHER else ():
        yield from _column(ledger, table, column, _BARE, 1)


def _column(ledger: Ledger, table: Table, column: int, unit: Unit, scale: int) -> Iterator[Change]:
    texts = [(row, text) for row, text in typed_texts(ledger, table, column) if any(map(str.isdigit, text))]
    usual = _usual_format(ledger, table, column, date if unit is DATE else float) if texts else None
    for row, text in texts:
        repair = _day(text, usual) if unit is DATE else _figure(text, unit, scale, usual)
        if repair is not None:
            new, why, shown = repair
            yield Change(table.sheet, address(row, column), text, new, why, shown or _untexted(ledger, table, row, column))


_Repair = tuple[Scalar, str, str | None]
"""The value, the reason and the number format."""


def _day(text: str, usual: str | None) -> _Repair | None:
    day = certain_date(text)
    return None if day is None else (day, "文本日期改为日期", DATE.number_format if usual in {None, "General"} else usual)


def _figure(text: str, unit: Unit, scale: int, usual: str | None) -> _Repair | None:
    number = certain_number(text, unit, scale)
    if number is None:
        return None
    why = f"按本列单位（{'万元' if scale > 1 else unit.name}）改为数字" if states_money(text) else "文本数字改为数字"
    return number, why, percent_format(text) if text.rstrip().endswith(("%", "％")) else usual


def typed_texts(ledger: Ledger, table: Table, column: int) -> Iterator[tuple[int, str]]:
    """Sheet row and text of every record's cell in a column that somebody typed as text; formulas and errors are left out."""
    grid = ledger.grids[table.sheet]
    found = [(row, value) for row in table.rows if isinstance(value := grid.value(row, column), str) and not isinstance(value, ErrorValue)]
    formulas = ledger.book.formulas(table.sheet) if found else {}
    yield from ((row, text) for row, text in found if (row, column) not in formulas)


def _usual_format(ledger: Ledger, table: Table, column: int, kind: type) -> str | None:
    """The format that most true numbers or days of a column have; ``None`` without any."""
    grid = ledger.grids[table.sheet]
    rows = [row for row in table.rows if type(grid.value(row, column)) is kind][:_SAMPLE]
    formats = Counter(ledger.book.number_format(table.sheet, row, column) for row in rows)
    return formats.most_common(1)[0][0] if formats else None


def _untexted(ledger: Ledger, table: Table, row: int, column: int) -> str | None:
    """A cell that is formatted as text must not stay so: its number would turn into text again when somebody edits it."""
    return "General" if ledger.book.number_format(table.sheet, row, column) == "@" else None
