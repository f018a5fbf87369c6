"""What was recognised in a workbook: every table with its columns, units and repairs, what was joined or left out, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from zuxun_xl.book.candidate import Candidate, scale_of
from zuxun_xl.book.heads import headings_at
from zuxun_xl.book.own import is_own
from zuxun_xl.book.scales import Source
from zuxun_xl.cells import address
from zuxun_xl.forms.catalogue import APPENDICES
from zuxun_xl.forms.form import Form
from zuxun_xl.forms.records import RAW
from zuxun_xl.forms.table import Table
from zuxun_xl.tasks.ledger import SETTINGS_SHEETS, Ledger

FREE = "自由排列"
"""The layout of a plan whose groups and periods stand wherever its labels say."""


@dataclass(frozen=True, slots=True)
class ColumnReport:
    """One column: key, its heading and the heading's cell, how it was recognised, its unit and what states it, cells repaired or unread."""

    key: str
    heading: str
    cell: str
    found_by: str
    unit: str = ""
    unit_from: str = ""
    repaired: int = 0
    unreadable: int = 0


@dataclass(frozen=True, slots=True)
class TableReport:
    """One place that looks like a form.

    Attributes:
        form, sheet, header: what and where.
        layout: how its body is laid out.
        confidence: how surely it was recognised.
        used: whether it is read; otherwise why not.
        rows: rows read; subtotals: rows left out as such or recognised as such.
        hidden_rows: rows read that are hidden or filtered out: they count like all others.
        hidden_sheet: whether the whole sheet is hidden.
        columns: its columns.
        across: how many days, months or groups stand as columns.
        unused: headings without a use.
        missing: required columns that were not found.
    """

    form: str
    sheet: str
    header: int
    layout: str
    confidence: float
    used: bool
    why_not: str = ""
    rows: int = 0
    subtotals: int = 0
    hidden_rows: int = 0
    hidden_sheet: bool = False
    columns: tuple[ColumnReport, ...] = ()
    across: int = 0
    unused: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Report:
    """Everything recognised in a workbook.

    Attributes:
        tables: by form, the surest place first.
        joined: form → sheets that keep it together, where there are several.
        absent: form → what its headings would have to be.
        other_sheets: sheets in which nothing was recognised.
    """

    tables: tuple[TableReport, ...] = ()
    joined: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    absent: Mapping[str, str] = field(default_factory=dict)
    other_sheets: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the command line."""
        return asdict(self)


def report(ledger: Ledger) -> Report:
    """What was recognised."""
    tables = tuple(_table(ledger, place) for places in ledger.places.values() for place in places)
    joined = {key: sheets for key, table in ledger.readable.items() if len(sheets := tuple(part.sheet for part in table.whole)) > 1}
    known = {place.sheet for places in ledger.places.values() for place in places}
    others = tuple(
        name for name in ledger.book.sheet_names if name not in known and not is_own(name) and name not in SETTINGS_SHEETS
    )
    forms = (*RAW, *APPENDICES)
    return Report(tables, joined, {form.key: _needs(form) for form in forms if form.key not in ledger.readable}, others)


def _table(ledger: Ledger, place: Candidate) -> TableReport:
    grid = ledger.grids[place.sheet]
    parts = ledger.readable[place.form.key].whole if place.form.key in ledger.readable else ()
    table = next((part for part in parts if (part.sheet, part.header) == (place.sheet, place.header)), None)
    names = {} if place.cells else headings_at(grid, place.header)
    common = (place.form.key, place.sheet, place.header, FREE if place.cells else place.form.layout.value, place.confidence)
    if table is None:
        why = _why_not(ledger, place)
        columns = tuple(_column(place, key, column, names) for key, column in place.columns.items())
        return TableReport(*common, used=False, why_not=why, columns=columns, unused=tuple(place.unknown.values()), missing=place.missing)
    hidden = ledger.book.hidden_rows(place.sheet)
    return TableReport(
        *common, used=True, rows=len(table), subtotals=len(table.totals), hidden_rows=len(hidden.intersection(table.rows)),
        hidden_sheet=grid.hidden, columns=tuple(_read_columns(table, place, names)), across=len(table.extra),
        unused=tuple(table.unknown.values()),
    )


def _why_not(ledger: Ledger, place: Candidate) -> str:
    main = ledger.readable.get(place.form.key)
    if main is not None and any((part.sheet, part.header) == (place.sheet, place.header) for part in main.beside):
        return "只取其中的离司日期"
    return f"缺少{'、'.join(place.missing)}" if place.missing else "另有更像的表"


def _read_columns(table: Table, place: Candidate, names: Mapping[int, str]) -> Iterator[ColumnReport]:
    repaired, unreadable = [key for _, key in table.repaired], [item.key for item in table.unreadable]
    for key, column in table.columns.items():
        read = _column(place, key, column, names)
        points = {"unit": "%，写作25", "unit_from": Source.SIZE.value} if key in table.points else {}
        yield replace(read, repaired=repaired.count(key), unreadable=unreadable.count(key), **points)


def _column(place: Candidate, key: str, column: int, names: Mapping[int, str]) -> ColumnReport:
    scale = scale_of(place, key)
    unit = (scale.unit, scale.source.value) if scale is not None else ("", "")
    return ColumnReport(key, names.get(column, ""), address(place.header, column), _found_by(place, key, column), *unit)


def _found_by(place: Candidate, key: str, column: int) -> str:
    if place.cells:
        return "行列标签"
    if key in place.decided:
        return "您的决定"
    if place.columns.get(key) != column:
        return "内容"
    return "推断" if key in place.inferred else "表头"


def _needs(form: Form) -> str:
    """The headings by which a form would be recognised."""
    choices = ["或".join(form.by_key[key].heading for key in keys) for keys in form.any_of]
    return "、".join([*(form.by_key[key].heading for key in form.required), *choices]) or "、".join(c.heading for c in form.columns[:4])
