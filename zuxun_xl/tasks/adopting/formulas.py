"""The user's own formulas in the columns that the records yield, compared with our figures."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from zuxun_xl.cells import address
from zuxun_xl.forms.form import Layout
from zuxun_xl.forms.table import Table
from zuxun_xl.tasks.check import typed_figures
from zuxun_xl.tasks.filling.ours import ours

if TYPE_CHECKING:
    from zuxun_xl.tasks.ledger import Ledger

_FILLED = ("附表一", "附表二", "附表四", "附表五")


@dataclass(frozen=True, slots=True)
class OwnFormulas:
    """How many formulas of the user's own stand in the filled columns of a form, and which cells show another figure than ours."""

    form: str
    sheet: str
    count: int
    differing: tuple[str, ...]

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of the command line."""
        return asdict(self)


def own_formulas(ledger: Ledger) -> list[OwnFormulas]:
    """The comparison for every sheet of a filled form that holds formulas of the user's own."""
    differing = {(finding.sheet, finding.cell) for finding in typed_figures(ledger)}
    found = []
    for form in _FILLED:
        for table in ledger.tables[form].whole if form in ledger.tables else ():
            cells = _formula_cells(ledger, table)
            if cells:
                other = tuple(cell for cell in cells if (table.sheet, cell) in differing)
                found.append(OwnFormulas(form, table.sheet, len(cells), other))
    return found


def _formula_cells(ledger: Ledger, table: Table) -> list[str]:
    formulas = ledger.book.formulas(table.sheet)
    mine = ours(ledger.book, ledger.grids[table.sheet], formulas)
    filled = {column for key, column in table.columns.items() if table.form.by_key[key].filled}
    columns = filled | (set(table.extra) if table.form.layout is Layout.KPIS else set())
    rows = set(table.rows)
    return [address(*place) for place in sorted(formulas) if place[0] in rows and place[1] in columns and place not in mine]
