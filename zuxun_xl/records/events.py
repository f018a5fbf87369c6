"""Renewals, activity and recruits from their tables: rows that are certainly wrong are left out and listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from zuxun_xl.findings import Finding, Level
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.doubts import doubt_counts, doubt_days, doubt_twins
from zuxun_xl.records.model import Activity, Recruit, Renewal
from zuxun_xl.records.reading import Reading, is_unreadable, usable
from zuxun_xl.records.texts import text_of

_EARLY = timedelta(days=180)
"""Nobody pays a renewal premium this long before it falls due."""
_UNPAID = ("未", "欠")
_SETTLED = re.compile(r"已[收缴交付].*|实[收缴]|收讫|缴清|交清|到账")
_YES = frozenset({"是", "Y", "YES", "√", "✓", "✔", "1", "TRUE"})
_OPEN = re.compile(r"未|欠|否|N|NO|[×✗✘X]|0|FALSE|失效|终止|退保|中止|宽限|垫[缴交]|待|催|在途|应收")
_LOGGED = ("日期", "工号", "姓名", "组别", "约访", "面谈", "新增准客户", "备注")
_VITAL = frozenset({"入司日期", "离司日期", "应收日期", "实收日期", "实收保费", "佣金率"})

def unread(table: Table, reported: Iterable[Finding]) -> list[Finding]:
    """Cells that could not be read and are not reported yet; 错 where headcount or receipts depend on them."""
    known = {(finding.sheet, finding.cell) for finding in reported}
    return [
        rules.UNREADABLE.graded(Level.ERROR if item.key in _VITAL else Level.WARNING).at(
            table.sheet, table.address(item.row, item.key), column=item.key, reason=item.reason
        )
        for item in table.unreadable if item.key in table.columns and (table.sheet, table.address(item.row, item.key)) not in known
    ]


def evidence_of(tables: Iterable[Table]) -> dict[str, Counter[str]]:
    """Agent code → how often the agent's records bear each group and each name."""
    evidence: dict[str, Counter[str]] = {}
    for table in tables:
        for key in ("组别", "姓名") if table.has("工号") else ():
            for code, written in zip(table.column("工号"), table.column(key), strict=True):
                if written is not None:
                    evidence.setdefault(text_of(code), Counter())[text_of(written)] += 1
    return evidence


def renewals_of(tables: Iterable[Table], reading: Reading) -> list[Renewal]:
    """Renewals; the group is the agent's on the due day, without an agent the one written."""
    return [item for table in tables for item in _renewals(table, reading)]


def _renewals(table: Table, reading: Reading) -> Iterator[Renewal]:
    doubt_days(table, "应收日期", reading)
    seen: dict[tuple[object, ...], int] = {}
    if len(table) and not table.has("实收日期"):
        reading.note(rules.PAID_UNDATED, table, 0, "应收保费")
    for index in usable(table, reading, ("应收日期",), ("应收保费",)):
        due, amount = table.column("应收日期")[index], table.column("应收保费")[index]
        group = reading.group(table, index, due)
        if group is None:
            continue
        paid, paid_on = _paid(table, index, reading)
        number = text_of(table.column("保单号")[index])
        first = seen.setdefault((number or index, due, amount, paid, paid_on, text_of(table.column("保单年度")[index])), index)
        if first != index:
            reading.note(rules.TWICE, table, index, "保单号", first=f"第{table.rows[first]}行")
            continue
        _doubt_payment(table, index, reading, Renewal(due, group, amount, paid, paid_on))
        yield Renewal(due, group, amount, paid, paid_on)


def _paid(table: Table, index: int, reading: Reading) -> tuple[float, date | None]:
    """What was paid and when: a table without amounts means all that was due, one without days the day on which it was due."""
    amount, due = table.column("应收保费")[index], table.column("应收日期")[index]
    paid, paid_on = table.column("实收保费")[index], table.column("实收日期")[index]
    if not table.has("实收保费"):
        settled = paid_on is not None if table.has("实收日期") else _is_settled(table, index, reading)
        paid = amount if settled else 0.0
    return paid or 0.0, paid_on if table.has("实收日期") or not paid else due


def _is_settled(table: Table, index: int, reading: Reading) -> bool:
    state = text_of(table.column("缴费状态")[index]).upper()
    settled = _SETTLED.fullmatch(state) is not None or state in _YES
    if state and not settled and _OPEN.match(state) is None:
        reading.note(rules.PAID_UNCLEAR, table, index, "缴费状态", status=state)
    return settled


def _doubt_payment(table: Table, index: int, reading: Reading, item: Renewal) -> None:
    """Lists a payment that does not go with what is due, with its day or with the state written."""
    if item.amount < 0:
        reading.note(rules.DUE_NEGATIVE, table, index, "应收保费", due=item.amount)
    elif item.paid > item.amount:
        reading.note(rules.PAID_ODD, table, index, "实收保费", paid=item.paid, due=item.amount)
    if item.paid > 0 and item.paid_on is None and not is_unreadable(table, index, "实收日期"):
        reading.note(rules.PAID_WHEN, table, index, "实收日期", paid=item.paid)
    if item.paid_on is not None and item.paid_on < item.due - _EARLY:
        reading.note(rules.PAID_EARLY, table, index, "实收日期", paid_on=item.paid_on, due=item.due)
    state = text_of(table.column("缴费状态")[index])
    if (item.paid > 0 and state.startswith(_UNPAID)) or (item.paid == 0 and item.amount and _SETTLED.fullmatch(state)):
        shown = f"有{item.paid:,.0f}元" if item.paid else "是空白或0"
        reading.note(rules.PAID_STATE, table, index, "缴费状态", status=state, paid=shown)


def activities_of(tables: Iterable[Table], reading: Reading) -> list[Activity]:
    """Activity logs of agents, or of groups where no agent is named; a blank count is 0."""
    return [item for table in tables for item in _activities(table, reading)]


def _activities(table: Table, reading: Reading) -> Iterator[Activity]:
    doubt_counts(table, reading)
    doubt_days(table, "日期", reading)
    doubt_twins(table, "日期", list(zip(*(table.column(key) for key in _LOGGED), strict=True)), reading)
    for index in usable(table, reading, ("日期",), ()):
        day = table.column("日期")[index]
        counts: list[Any] = [table.column(key)[index] or 0.0 for key in ("约访", "面谈", "新增准客户")]
        if not reading.names_agent(table, index):
            group = reading.group(table, index, day)
            if group is not None:
                yield Activity(day, "", group, *counts)
        elif (found := reading.known(table, index, day)) is not None:
            yield Activity(day, found[0].code, found[1], *counts)


def recruits_of(tables: Iterable[Table]) -> list[Recruit]:
    """The recruiting pipeline."""
    return [item for table in tables for item in _recruits(table)]


def _recruits(table: Table) -> list[Recruit]:
    columns = [table.column(key) for key in ("列名单日期", "面谈日期", "入司日期")]
    return [Recruit(text_of(group), *(column[i] for column in columns)) for i, group in enumerate(table.column("组别"))]
