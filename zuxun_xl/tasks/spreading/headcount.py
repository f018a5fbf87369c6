"""The headcount plan of 附表二: 期初 is the month before's 期末, 期末 = 期初+增员+调入−脱落−调出, as formulas."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from zuxun_xl.book.changes import Content, Formula
from zuxun_xl.cells import address
from zuxun_xl.expr import expression
from zuxun_xl.findings import Finding
from zuxun_xl.forms.appendix2 import FLOWS
from zuxun_xl.periods import Period
from zuxun_xl.tasks.filling.pen import Pen
from zuxun_xl.tasks.spreading.cells import PLAN, Cells
from zuxun_xl.tasks.spreading.rules import NEGATIVE
from zuxun_xl.tasks.spreading.targets import Key

_OPENING, _CLOSING = "期初人力", "期末人力"
_SIGNS = {"增员人数": "+", "调入": "+", "脱落人数": "-", "调出": "-"}


def bridge(pens: Sequence[Pen]) -> list[Finding]:
    """Writes 期初 and 期末 of every month of the groups that plan flows, and all sums; says where 期末 would be negative."""
    cells = {measure: Cells(pens, measure) for measure in (_OPENING, *FLOWS, _CLOSING)}
    flows = {measure: part.current() for measure, part in cells.items() if measure in FLOWS}
    findings: list[Finding] = []
    if cells[_OPENING].places and cells[_CLOSING].places:
        opened: dict[Key, Decimal] = {}
        closed: dict[Key, Decimal] = {}
        for group in cells[_CLOSING].groups:
            if any(group == scope for part in flows.values() for scope, _ in part):
                _bridge_group(cells, flows, group, opened, closed)
        findings = [_negative(cells[_CLOSING], key, opened[key], value) for key, value in closed.items() if value < 0]
        cells[_OPENING].add_up(opened)
        cells[_CLOSING].add_up(closed)
    for measure in FLOWS:
        cells[measure].add_up(flows[measure])
    return findings


def _bridge_group(
    cells: dict[str, Cells], flows: dict[str, dict[Key, Decimal]], group: str, opened: dict[Key, Decimal], closed: dict[Key, Decimal]
) -> None:
    before: Key | None = None
    for month in cells[_CLOSING].periods:
        key = (group, month)
        if key not in cells[_OPENING].places or key not in cells[_CLOSING].places:
            return
        _open(cells, key, before, opened, closed)
        value = opened[key] + sum((flows[m].get(key, Decimal(0)) * (1 if sign == "+" else -1) for m, sign in _SIGNS.items()), Decimal(0))
        cells[_CLOSING].put(key, value, _closing_formula(cells[_CLOSING], key, value), f"{month.label}期末=期初+增员+调入−脱落−调出")
        closed[key] = _typed(cells[_CLOSING], key, value)
        before = key


def _open(
    cells: dict[str, Cells], key: Key, before: Key | None, opened: dict[Key, Decimal], closed: dict[Key, Decimal]
) -> None:
    """期初: as typed, else the month before's 期末, in the first month by the roster."""
    opening = cells[_OPENING]
    value = _by_roster(opening, key) if before is None else closed[before]
    content = None if before is None else _reference(cells[_CLOSING], before, opening, key)
    opening.put(key, value, content, "期初=上月期末" if before else "期初按花名册")
    opened[key] = _typed(opening, key, value)


def _typed(cells: Cells, key: Key, value: Decimal) -> Decimal:
    """What a person typed, else the value; a formula follows the flows and states nothing of its own."""
    return value if cells.has_formula(key) else cells.typed.get(key, value)


def _by_roster(opening: Cells, key: Key) -> Decimal:
    group, month = key
    ledger = opening.places[key][0].ledger
    first = month if month.start <= ledger.as_of else Period(ledger.as_of, ledger.as_of)
    count = ledger.department.measures(first).get(group, {}).get(_OPENING) or 0.0
    return Decimal(repr(count))


def _reference(source: Cells, there: Key, target: Cells, here: Key) -> Content:
    """A cell of the same sheet by its address."""
    if source.places[there][0] is not target.places[here][0]:
        return None
    place = source.place(there)
    return Formula(address(place.row, place.column), None)


def _closing_formula(closing: Cells, key: Key, value: Decimal) -> Content:
    """The bridge over the columns that the form has; a blank flow counts as 0."""
    pen, index = closing.places[key]
    names = [_OPENING, *(measure for measure in _SIGNS if pen.table.place(index, PLAN + measure) is not None)]
    text = "".join(_SIGNS.get(name, "") + PLAN + name for name in names)
    places = {PLAN + name: pen.table.place(index, PLAN + name) for name in names}
    return Formula(expression(text).excel({name: address(p.row, p.column) for name, p in places.items() if p is not None}), float(value))


def _negative(closing: Cells, key: Key, opening: Decimal, value: Decimal) -> Finding:
    sheet, cell = closing.at(key)
    return NEGATIVE.at(sheet, cell, group=key[0], month=key[1].label, opening=f"{opening.normalize():f}", closing=f"{value.normalize():f}")
