"""Rules of 附表三 on what a person can reach (V304–V306): FYC and FYP, the funnel of activity, the own best month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import pairwise

from zuxun_xl.cells import address
from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix3
from zuxun_xl.forms.table import Table
from zuxun_xl.tasks.checking.targeted import in_yuan, months_of, name_of, person_of, target_of
from zuxun_xl.tasks.ledger import Ledger

_RATES = (0.05, 0.60)
"""First-year commission rates of life products."""
_FUNNEL = ("约访目标", "面谈目标", "全年件数目标")
_REACH = 3
_LEAST_HISTORY = 3
"""Months on record from which on a best month says something."""


def check_reach(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """All rules on what a person can reach."""
    best = _best_months(ledger) if in_yuan(table) else {}
    for index in range(len(table)):
        yield from _commission(table, index)
        yield from _funnel(table, index)
        yield from _own_best(ledger, table, index, best)


def _commission(table: Table, index: int) -> Iterator[Finding]:
    """V304: FYC ÷ FYP lies within the commission rates of the products."""
    commission, premium = table.column("全年FYC目标")[index], table.column("全年目标")[index]
    if commission and premium and not _RATES[0] <= commission / premium <= _RATES[1]:
        yield appendix3.FORM.rule("V304").at(
            table.sheet, table.cell(index, "全年FYC目标"), name=name_of(table, index), rate=f"{commission / premium:.1%}",
            fyc=f"{commission:,.0f}元", fyp=f"{premium:,.0f}元",
        )


def _funnel(table: Table, index: int) -> Iterator[Finding]:
    """V305: no more meetings than calls, no more policies than meetings."""
    steps = [(key, value) for key in _FUNNEL if (value := table.column(key)[index]) is not None]
    for (key, value), (later, least) in pairwise(steps):
        if least > value:
            yield appendix3.FORM.rule("V305").at(
                table.sheet, table.cell(index, later), name=name_of(table, index), later=later, least=f"{least:g}", key=key,
                value=f"{value:g}",
            )


def _own_best(ledger: Ledger, table: Table, index: int, best: Mapping[str, float]) -> Iterator[Finding]:
    """V306: no month's target is above three times the own best month on record of a person still in force."""
    agent = person_of(ledger, table, index)
    limit = best.get(agent.code, 0.0) * _REACH if agent and agent.in_force(ledger.as_of) else 0.0
    for period, column in months_of(table).items() if limit > 0 else ():
        value = target_of(table, column, index)
        if value is not None and value > limit:
            yield appendix3.FORM.rule("V306").at(
                table.sheet, address(table.rows[index], column), name=name_of(table, index), month=period.label, value=f"{value:,.0f}元",
                best=f"{limit / _REACH:,.0f}元",
            )


def _best_months(ledger: Ledger) -> Mapping[str, float]:
    """Agent code → FYP of the best month, for agents with a history."""
    sums: dict[tuple[str, date], float] = defaultdict(float)
    for line in ledger.department.lines:
        if line.day <= ledger.as_of:
            sums[line.agent, line.day.replace(day=1)] += line.premium
    best: dict[str, float] = {}
    for (code, _), total in sums.items():
        best[code] = max(best.get(code, 0.0), total)
    return {code: value for code, value in best.items() if _months_on_record(ledger, code) >= _LEAST_HISTORY}


def _months_on_record(ledger: Ledger, code: str) -> int:
    agent = ledger.department.people.agents.get(code)
    if agent is None:
        return 0
    first = max(ledger.department.lines[0].day, agent.joined)
    return (ledger.as_of.year - first.year) * 12 + ledger.as_of.month - first.month + 1
