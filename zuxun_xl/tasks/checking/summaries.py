"""A department's own summary sheets against the records: a finding for every cell that shows something else."""

from __future__ import annotations

from collections.abc import Iterator

from zuxun_xl.book.summaries import Summary, summary_on
from zuxun_xl.cells import address
from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.forms.table import Cell
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.tasks.checking.rounding import Typed, agree, half_digit
from zuxun_xl.tasks.kpi import Figures, figures
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import parse_number

DIFFERS = Rule(
    "T107", Level.WARNING, "自制汇总与记录一致", "{group}{period}{item}写的是{shown}，按明细算得{value}，没有改动。",
    "核对这一格的公式或数字；汇总表不会被填写。",
)

_PLANS = ("附表一", "附表二", "附表四", "附表五")
_EXACT = 5e-5
"""A formula shows more digits than anybody compares."""


def check_summaries(ledger: Ledger) -> Iterator[Finding]:
    """T107 on every summary sheet that is not in use as a form."""
    used = {part.sheet for table in ledger.tables.values() for part in table.whole}
    for sheet, grid in ledger.grids.items():
        if sheet not in used and (summary := summary_on(grid, ledger.context)) is not None:
            yield from _differences(ledger, summary)


def _differences(ledger: Ledger, summary: Summary) -> Iterator[Finding]:
    formulas = ledger.book.formulas(summary.sheet)
    filled = {part.sheet for form in _PLANS if form in ledger.tables for part in ledger.tables[form].whole}
    for cell in summary.cells:
        text = formulas.get((cell.place.row, cell.place.column), "")
        if any(sheet in text for sheet in filled):
            continue  # it will show what filling that form writes
        shown, wanted = _shown(ledger, summary.sheet, cell), _wanted(ledger, cell)
        if shown is None or wanted is None:
            continue
        half = half_digit([shown]) if not text else max(half_digit([shown]), _EXACT)
        if not agree(Typed(shown, half), wanted / cell.place.scale):
            place = address(cell.place.row, cell.place.column)
            yield DIFFERS.at(
                summary.sheet, place, group=cell.group, period=cell.period.label, item=cell.key,
                shown=_text(shown), value=_text(wanted / cell.place.scale),
            )


def _shown(ledger: Ledger, sheet: str, cell: Cell) -> float | None:
    try:
        return parse_number(ledger.grids[sheet].value(cell.place.row, cell.place.column))
    except ValueError:
        return None


def _wanted(ledger: Ledger, cell: Cell) -> float | None:
    """Our figure of a cell; ``None`` for periods without records and for what records do not tell."""
    if cell.group not in ledger.department.scopes or not ledger.covers(cell.period) or not ledger.reaches(cell.period.pieces()[-1]):
        return None
    own: Figures = figures(ledger, cell.period)[cell.group]
    value = own.measures.get(cell.key) if cell.key in MEASURES else own.kpis.get(cell.key)
    return value if isinstance(value, int | float) else None


def _text(value: float) -> str:
    return f"{value:,.4f}".rstrip("0").rstrip(".")
