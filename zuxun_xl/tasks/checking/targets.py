"""Rules of 附表三 on its rows (V301, V303, V307, V311): sums over time, one row a person, nothing after leaving."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from zuxun_xl.cells import address
from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix3
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period, month_of
from zuxun_xl.records.model import Agent
from zuxun_xl.records.people import text_of
from zuxun_xl.tasks.checking.reach import check_reach
from zuxun_xl.tasks.checking.targeted import columns_of, name_of, person_of, target_of
from zuxun_xl.tasks.ledger import Ledger

_CENT = 0.01


def check_targets(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """All rules of 附表三."""
    yield from _sums(table)
    yield from _everyone_once(ledger, table)
    yield from _blank_after_leaving(ledger, table)
    yield from check_reach(ledger, table)
    yield from _negative(table)
    yield from _unreadable(table)


def _sums(table: Table) -> Iterator[Finding]:
    """V301: months = quarter, months = year; blank months count as 0."""
    columns = columns_of(table)
    for index in range(len(table)):
        for period, column in columns.items():
            pieces = period.pieces()
            if len(pieces) > 1 and all(piece in columns for piece in pieces):
                shown = target_of(table, column, index)
                yield from _sum(table, index, period, column, shown, sum(target_of(table, columns[p], index) or 0 for p in pieces))
        year = table.column("全年目标")[index]
        months = [column for period, column in columns.items() if len(period.pieces()) == 1]
        if table.has("全年目标") and len(months) == 12:  # noqa: PLR2004
            whole = next(period for period in columns if len(period.pieces()) == 1)
            total = sum(target_of(table, column, index) or 0 for column in months)
            yield from _sum(table, index, whole, table.columns["全年目标"], year, total, "全年目标")


def _sum(
    table: Table, index: int, period: Period, column: int, shown: float | None, total: float, label: str = ""
) -> Iterator[Finding]:
    if shown is not None and abs(shown - total) > _CENT:
        yield appendix3.FORM.rule("V301").at(
            table.sheet, address(table.rows[index], column), name=name_of(table, index), quarter=label or period.label,
            shown=f"{shown:,.2f}", sum=f"{total:,.2f}", gap=f"{shown - total:,.2f}",
        )


def _everyone_once(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """V303: every agent on the roster has exactly one row; who joined and left in one month needs none."""
    rule = appendix3.FORM.rule("V303")
    rows: dict[str, list[int]] = defaultdict(list)
    for index in range(len(table)):
        agent = person_of(ledger, table, index)
        if agent is None:
            text = f"“{name_of(table, index)}”（工号“{text_of(table.column('工号')[index])}”）不在花名册里。"
            yield rule.at(table.sheet, table.cell(index, "工号"), problem=text)
        else:
            rows[agent.code].append(index)
    for agent in ledger.department.people.agents.values():
        own = rows.get(agent.code, [])
        if len(own) > 1:
            place = table.cell(own[-1], "工号")
            yield rule.at(table.sheet, place, problem=f"{agent.name}（{agent.code}）有{len(own)}行目标。")
        elif not own and _in(ledger, table, agent) and _due(agent, ledger, table):
            yield rule.at(table.sheet, problem=f"{agent.group}{agent.name}（{agent.code}）在花名册里，附表三没有目标。")


def _in(ledger: Ledger, table: Table, agent: Agent) -> bool:
    """Whether this sheet is where the agent belongs: the only one, or one that names the agent's group."""
    whole = ledger.tables["附表三"].whole
    return len(whole) == 1 or agent.group in {text_of(group) for group in table.column("组别")}


def _due(agent: Agent, ledger: Ledger, table: Table) -> bool:
    """Whether a target is due: in force in the form's year, not joined in the month under way, not gone in the month of joining."""
    months = [period for period in columns_of(table) if len(period.pieces()) == 1]
    if not months or agent.joined > ledger.as_of:
        return False
    start = max(min(months).start, month_of(agent.joined, ledger.settings.month_start).end)
    return agent.left is None or agent.left > start


def _blank_after_leaving(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """V307: no target in the months after the one of leaving."""
    columns = {period: column for period, column in columns_of(table).items() if len(period.pieces()) == 1}
    for index in range(len(table)):
        agent = person_of(ledger, table, index)
        if agent is None or agent.left is None:
            continue
        for period, column in columns.items():
            value = target_of(table, column, index)
            if value and period.start > agent.left:
                place = address(table.rows[index], column)
                yield appendix3.FORM.rule("V307").at(
                    table.sheet, place, name=agent.name, left=agent.left, month=period.label, value=f"{value:,.0f}"
                )


def _negative(table: Table) -> Iterator[Finding]:
    """V312: no target is negative."""
    for period, column in columns_of(table).items():
        for index in range(len(table)):
            value = target_of(table, column, index)
            if value is not None and value < 0:
                place = address(table.rows[index], column)
                yield appendix3.FORM.rule("V312").at(
                    table.sheet, place, name=name_of(table, index), month=period.label, value=f"{value:,.0f}"
                )


def _unreadable(table: Table) -> Iterator[Finding]:
    """V311: every target can be read."""
    for period, column in columns_of(table).items():
        for index, value in enumerate(table.values[f"@{column}"]):
            if isinstance(value, str) and value.strip():
                place = address(table.rows[index], column)
                yield appendix3.FORM.rule("V311").at(
                    table.sheet, place, name=name_of(table, index), month=period.label, raw=value, reason="不是数字"
                )
