"""The task ``spread``: a year's target over months and groups (附表一, 附表二), on to persons (附表三) or weeks (附表四).

What a person typed is locked. Only plan cells that are empty, or that spreading filled before, are written.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.errors import CallError, MissingTableError
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.fill import Filling
from zuxun_xl.tasks.filling.ours import remembered
from zuxun_xl.tasks.filling.pen import How, Pen
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.spreading.cells import Cells
from zuxun_xl.tasks.spreading.headcount import bridge
from zuxun_xl.tasks.spreading.people import Persons
from zuxun_xl.tasks.spreading.rules import NOTHING, RULES
from zuxun_xl.tasks.spreading.targets import Key, Targets
from zuxun_xl.tasks.spreading.weeks import spread_weeks, week_cells
from zuxun_xl.tasks.spreading.weights import Weights, demand_known
from zuxun_xl.tasks.spreading.wish import MONTHS, PEOPLE, WEEKS, Wish

__all__ = ["RULES", "Spreading", "Wish", "spread"]


@dataclass
class Spreading(Filling):
    """What spreading amounts to.

    Attributes:
        figures: (scope, period) → figure in base units, sums included; what the forms will hold.
        months: the months in order.
        basis: by what was spread, in a few words.
    """

    figures: Mapping[Key, Decimal] = field(default_factory=dict)
    months: tuple[Period, ...] = ()
    basis: str = ""

def spread(ledger: Ledger, wish: Wish) -> Spreading:
    """The plan cells of a measure, as the totals that were given or typed demand.

    Raises:
        MissingTableError: the workbook lacks the form, or the form the column.
        CallError: the wish does not fit the form.
    """
    spreading, pens = Spreading(), _pens(ledger, wish.form)
    cells = _cells(pens, wish)
    spreading.months = tuple(cells.periods)
    _demand_names(ledger, cells, wish)
    spreading.figures = cells.write(_targets(ledger, cells, wish, spreading), f"{wish.column}计划分解")
    if wish.form == "附表二":
        spreading.findings += bridge(pens)
    spreading.take(wish.form, *pens)
    if wish.level == PEOPLE:
        _write_people(ledger, wish, spreading)
    elif wish.level == WEEKS:
        _write_weeks(ledger, wish, spreading)
    spreading.changes += ChangeSet(names=remembered(ledger.book, spreading.changes.changes))
    return spreading


def _pens(ledger: Ledger, form: str) -> list[Pen]:
    table = ledger.tables.get(form)
    if table is None:
        raise MissingTableError(f"“{ledger.book.name}”里没有认出{form}。", "用 zuxun tables 查看认出了哪些表。")
    return [Pen(ledger, part, How()) for part in table.whole]


def _cells(pens: list[Pen], wish: Wish) -> Cells:
    cells = Cells(pens, wish.column)
    if not cells.places:
        raise MissingTableError(f"{wish.form}“{pens[0].table.sheet}”里没有{cells.key}这一列。", "请补上这一列，或换一个 --column。")
    return cells


def _demand_names(ledger: Ledger, cells: Cells, wish: Wish) -> None:
    names = list(cells.groups)
    if wish.level == PEOPLE:
        names += [name for agent in ledger.department.people.agents.values() for name in (agent.code, agent.name)]
    demand_known(wish, names, cells.periods[0].end.year)
    if wish.level == PEOPLE and wish.column != "FYP":
        raise CallError("附表三只有FYP目标，分到人只能用 --column FYP。", "去掉 --level 人，或改用 --column FYP。")


def _targets(ledger: Ledger, cells: Cells, wish: Wish, spreading: Spreading) -> dict[Key, Decimal]:
    """The groups' figures by months; nothing where totals and typed figures contradict each other."""
    groups = [WHOLE] if wish.level == MONTHS or not cells.groups else cells.groups
    typed = _locked(cells, groups)
    targets = Targets(groups, cells.periods, typed, {}, wish.smallest)
    stated = typed.get((WHOLE, targets.year))
    if wish.total is not None and stated not in (None, wish.total):
        spreading.findings.append(cells.clash((WHOLE, targets.year), wish.total, stated or Decimal(0)))
        return {}
    if wish.total is not None:
        typed[WHOLE, targets.year] = wish.total
    weights = Weights(ledger, cells, wish, groups)
    targets.weights, spreading.basis = weights.of_cells()
    figures = targets.cells
    spreading.findings += [cells.clash((clash.scope, clash.period), clash.total, clash.locked) for clash in targets.clashes]
    further = wish.level in (PEOPLE, WEEKS) and figures
    if not targets.clashes and not further and not figures.keys() - typed.keys():
        spreading.findings.append(NOTHING.at(cells.pens[0].table.sheet, form=wish.form, column=cells.key))
    elif not targets.clashes:
        spreading.findings += weights.findings
    return figures


def _locked(cells: Cells, groups: list[str]) -> dict[Key, Decimal]:
    """What people typed; a month that a group's table lacks is 0, counts of several months are not sums and bind nothing."""
    scopes = {*groups, WHOLE}
    typed = {key: value for key, value in cells.typed.items() if key[0] in scopes and (cells.is_summed or key[1] in cells.periods)}
    missing = {(group, month): Decimal(0) for group in groups for month in cells.periods if (group, month) not in cells.places}
    return typed | missing


def _write_people(ledger: Ledger, wish: Wish, spreading: Spreading) -> None:
    persons = Persons(ledger, _pens(ledger, "附表三"), wish, spreading.figures)
    persons.write()
    spreading.findings += persons.findings
    spreading.take("附表三", *persons.pens)


def _write_weeks(ledger: Ledger, wish: Wish, spreading: Spreading) -> None:
    pens = _pens(ledger, "附表四")
    cells = week_cells(pens, wish.column)
    if not cells.is_summed or not cells.places:
        raise CallError(f"{wish.column}不能按周分解。", "附表四按周分解的是FYP、首年期交和件数，请换一个 --column。")
    spreading.findings += spread_weeks(cells, spreading.figures, wish.smallest)
    spreading.take("附表四", *pens)
