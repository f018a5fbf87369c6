"""V302 and V109: the targets of persons (附表三) add up to the group's plan (附表一) — less is doubtful, more is worth knowing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from zuxun_xl.cells import address
from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix1, appendix3
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period
from zuxun_xl.records.people import text_of
from zuxun_xl.tasks.checking.sums import Body
from zuxun_xl.tasks.checking.targeted import in_yuan, months_of, person_of, target_of
from zuxun_xl.tasks.ledger import Ledger

_CENT = 0.01
_Key = tuple[str, Period]


@dataclass
class _Sum:
    """What the persons of a group are to bring in a month, and where that column stands."""

    sheet: str
    cell: str
    total: float = 0.0


def check_against_plan(ledger: Ledger) -> Iterator[Finding]:
    """Group by group and month by month, over all sheets that keep the two forms.

    The department may allow a gap (个人组差容限), or ask for more than the plan (个人安全系数); then more is as it should be.
    """
    settings, places = ledger.settings, _plan_places(ledger)
    for (group, period), own in _sums(ledger).items():
        plan = ledger.plan.of(period).get(group, {}).get("FYP")
        if not plan:
            continue
        wanted = plan * (settings.target_factor or 1)
        figures = {"group": group, "month": period.label, "sum": f"{own.total:,.0f}元", "plan": f"{plan:,.0f}元"}
        if own.total < wanted - settings.target_gap - _CENT:
            factor = f"×安全系数{settings.target_factor:g}={wanted:,.0f}元" if settings.target_factor else ""
            yield appendix3.FORM.rule("V302").at(own.sheet, own.cell, factor=factor, **figures)
        elif not settings.target_factor and own.total > plan + settings.target_gap + _CENT and (group, period) in places:
            yield appendix1.FORM.rule("V109").at(*places[group, period], gap=f"{own.total - plan:,.0f}元", **figures)


def _sums(ledger: Ledger) -> Mapping[_Key, _Sum]:
    sums: dict[_Key, _Sum] = {}
    for table in ledger.tables["附表三"].whole if "附表三" in ledger.tables else ():
        for period, column in months_of(table).items() if in_yuan(table) else ():
            for index in range(len(table)):
                agent = person_of(ledger, table, index)
                group = agent.group_on(period.end) if agent else text_of(table.column("组别")[index])
                own = sums.setdefault((group, period), _Sum(table.sheet, address(table.header, column)))
                own.total += target_of(table, column, index) or 0
    return sums


def _plan_places(ledger: Ledger) -> Mapping[_Key, tuple[str, str]]:
    """Sheet and cell of every group's planned FYP."""
    tables: tuple[Table, ...] = ledger.tables["附表一"].whole if "附表一" in ledger.tables else ()
    return {
        (group, period): (table.sheet, body.cell(index, "计划FYP"))
        for table in tables for body in (Body(table),) for index, group, period in body.rows()
    }
