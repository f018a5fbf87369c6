"""Policy lines, renewals, attendance, activity and recruits read from their tables; rows that are certainly wrong are left out and listed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zuxun_xl.cells import address
from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.model import Activity, Agent, Attendance, Mark, PolicyLine, Recruit, Renewal
from zuxun_xl.records.people import People, text_of
from zuxun_xl.units import squeeze

_MARKS: dict[str, Mark] = {
    **dict.fromkeys(("√", "✓", "✔", "V", "出", "出勤", "到", "签到", "1", "勤"), Mark.PRESENT),
    **dict.fromkeys(("△", "▲", "迟", "迟到", "L", "晚"), Mark.LATE),
    **dict.fromkeys(("○", "〇", "◯", "O", "假", "请假", "事", "病", "事假", "病假", "休"), Mark.LEAVE),
    **dict.fromkeys(("×", "✗", "✘", "X", "╳", "旷", "旷工", "缺", "缺勤", "0", "旷课"), Mark.ABSENT),
}
_MEANINGS = {
    "出勤": Mark.PRESENT, "正常": Mark.PRESENT, "签到": Mark.PRESENT, "迟到": Mark.LATE, "请假": Mark.LEAVE, "事假": Mark.LEAVE,
    "病假": Mark.LEAVE, "缺勤": Mark.ABSENT, "旷工": Mark.ABSENT, "缺席": Mark.ABSENT, "旷课": Mark.ABSENT,
}
_LEGEND = re.compile(r"([^\s\w,，、;；:：=()（）]|[出迟假旷缺事病到勤])[=:：为\-—]?\s*(" + "|".join(_MEANINGS) + ")")
_VITAL = frozenset({"入司日期", "离司日期", "应收日期", "实收日期", "实收保费", "佣金率"})
_NO_MARKS = frozenset({"", "-", "—", "/", "\\", "休", "未入司", "离司", "已离司"})


@dataclass
class Reading:
    """What reading an event table needs: the people, and where findings go."""

    people: People
    findings: list[Finding] = field(default_factory=list)

    def note(self, rule: Rule, table: Table, index: int, key: str, **figures: object) -> None:
        """Adds a finding at a record's cell."""
        self.findings.append(rule.at(table.sheet, table.cell(index, key), **figures))

    def agent(self, table: Table, index: int, day: date) -> tuple[Agent | None, str]:
        """The agent of a record and the group of that day; ``(None, written group)`` if the agent is unknown."""
        code, name = text_of(table.column("工号")[index]), text_of(table.column("姓名")[index])
        written = text_of(table.column("组别")[index])
        agent = self.people.find(code, name, written)
        if agent is None:
            return None, written
        group = agent.group_on(day)
        if written and written != group:
            self.note(
                rules.GROUP_DIFFERS, table, index, "组别", name=agent.name, code=agent.code, day=day, roster=group, written=written
            )
        if name and agent.name and name != agent.name:
            self.note(rules.NAME_DIFFERS, table, index, "姓名", code=agent.code, roster=agent.name, written=name)
        return agent, group

    def known(self, table: Table, index: int, day: date) -> tuple[Agent, str] | None:
        """The agent and group of a record, or ``None`` with a finding when the agent is unknown."""
        agent, group = self.agent(table, index, day)
        if agent is None:
            code = text_of(table.column("工号")[index]) or text_of(table.column("姓名")[index])
            self.note(rules.UNKNOWN_AGENT, table, index, "工号" if table.has("工号") else "姓名", code=code)
            return None
        return agent, group


def usable(table: Table, reading: Reading, dates: tuple[str, ...], numbers: tuple[str, ...]) -> Iterator[int]:
    """Indexes of the records whose needed dates and numbers can be read; the others become findings."""
    reasons = {(item.row, item.key): item.reason for item in table.unreadable}
    columns = [(key, rule, table.column(key)) for keys, rule in ((dates, rules.BAD_DATE), (numbers, rules.BAD_NUMBER)) for key in keys]
    for index, row in enumerate(table.rows):
        bad = next(((key, rule) for key, rule, values in columns if values[index] is None), None)
        if bad is None:
            yield index
        else:
            reading.note(bad[1], table, index, bad[0], column=bad[0], reason=reasons.get((row, bad[0]), "是空白"))


def unread(table: Table, reported: Iterable[Finding]) -> list[Finding]:
    """Cells that could not be read and are not reported yet; 错 where headcount or receipts depend on them."""
    known = {(finding.sheet, finding.cell) for finding in reported}
    return [
        rules.UNREADABLE.graded(Level.ERROR if item.key in _VITAL else Level.WARNING).at(
            table.sheet, table.address(item.row, item.key), column=item.key, reason=item.reason
        )
        for item in table.unreadable if (table.sheet, table.address(item.row, item.key)) not in known
    ]


def group_evidence(*tables: Table | None) -> dict[str, Counter[str]]:
    """Agent code → how often the records name each group."""
    evidence: dict[str, Counter[str]] = {}
    for table in tables:
        if table is not None and table.has("工号") and table.has("组别"):
            for code, group in zip(table.column("工号"), table.column("组别"), strict=True):
                evidence.setdefault(text_of(code), Counter())[text_of(group)] += 1
    return evidence


def policy_lines(table: Table, reading: Reading) -> list[PolicyLine]:
    """Lines of new business by day. Left out: unknown agent, unreadable day or premium, new business after leaving, a line given twice."""
    lines: list[PolicyLine] = []
    seen: dict[tuple[object, ...], int] = {}
    percent = _rates_in_percent(table)
    mains: set[str] = set()
    for index in usable(table, reading, ("承保日期",), ("首年保费",)):
        day, premium = table.column("承保日期")[index], table.column("首年保费")[index]
        found = reading.known(table, index, day)
        if found is None:
            continue
        agent, group = found
        if premium >= 0 and agent.left is not None and day > agent.left:
            reading.note(rules.AFTER_LEAVING, table, index, "承保日期", name=agent.name, code=agent.code, left=agent.left, day=day)
            continue
        policy = text_of(table.column("保单号")[index])
        main = _is_main(table, index, policy, mains, reading)
        line = PolicyLine(
            day, policy, agent.code, group, premium, _commission(table, index, premium, percent, reading), _is_regular(table, index),
            main, text_of(table.column("险种名称")[index]), text_of(table.column("险种类别")[index]),
        )
        key = (policy, line.product, main, agent.code, day, premium)
        if key in seen:
            reading.note(rules.TWICE, table, index, "保单号", first=table.rows[seen[key]])
            continue
        seen[key] = index
        lines.append(line)
    return sorted(lines, key=lambda line: line.day)


def _rates_in_percent(table: Table) -> bool:
    rates = [rate for rate in table.column("佣金率") if rate]
    return sum(rate > 1 for rate in rates) * 2 > len(rates)


def _commission(table: Table, index: int, premium: float, percent: bool, reading: Reading) -> float:  # noqa: FBT001
    rate = table.column("佣金率")[index]
    if rate is None:
        amount = table.column("佣金")[index]
        return float(amount) if amount is not None else 0.0
    rate = rate / 100 if percent else rate
    if not 0 <= rate <= 1:
        reading.note(rules.ODD_RATE, table, index, "佣金率", rate=rate)
    return float(premium * rate)


def _is_regular(table: Table, index: int) -> bool:
    if table.has("期趸"):
        text = text_of(table.column("期趸")[index])
        return bool(text) and "趸" not in text and "一次" not in text
    years = text_of(table.column("缴费年期")[index])
    return bool(years) and "趸" not in years and years not in {"1", "0", "1年"}


def _is_main(table: Table, index: int, policy: str, mains: set[str], reading: Reading) -> bool:
    text = text_of(table.column("主附险")[index])
    if "主" in text or "附" in text:
        return "主" in text and not text.startswith("附")
    if text:
        reading.note(rules.MAIN_UNKNOWN, table, index, "主附险", text=text)
        return False
    if text_of(table.column("险种名称")[index]).startswith("附加") or (policy in mains and not table.has("险种名称")):
        return False
    mains.add(policy)
    return True


def renewals_of(table: Table, reading: Reading) -> list[Renewal]:
    """Renewals; the group is the agent's on the due day, without an agent the one written."""
    items = []
    for index in usable(table, reading, ("应收日期",), ("应收保费",)):
        due, amount = table.column("应收日期")[index], table.column("应收保费")[index]
        if text_of(table.column("工号")[index]) or text_of(table.column("姓名")[index]):
            found = reading.known(table, index, due)
            if found is None:
                continue
            group = found[1]
        else:
            group = text_of(table.column("组别")[index])
            if group not in reading.people.groups:
                reading.note(rules.UNKNOWN_AGENT, table, index, "组别", code=group)
                continue
        paid = table.column("实收保费")[index] or 0.0
        if paid > amount:
            reading.note(rules.PAID_ODD, table, index, "实收保费", paid=paid, due=amount)
        items.append(Renewal(due, group, amount, paid, table.column("实收日期")[index]))
    return items


def attendance_of(table: Table, reading: Reading) -> list[Attendance]:
    """Attendance signs by agent and day; the legend above the table goes before the usual signs."""
    marks = {**_MARKS, **legend(table.title)}
    items = []
    days = [(column, day, table.values[f"@{column}"]) for column, day in table.extra.items() if isinstance(day, date)]
    for index, row in enumerate(table.rows):
        if not days:
            break
        found = reading.known(table, index, days[-1][1])
        if found is None:
            continue
        agent = found[0]
        for column, day, signs in days:
            sign = text_of(signs[index]).upper()
            if sign in marks:
                items.append(Attendance(day, agent.code, agent.group_on(day), marks[sign]))
            elif sign not in _NO_MARKS:
                reading.findings.append(rules.ODD_MARK.at(table.sheet, address(row, column), mark=sign))
    return items


def legend(title: str) -> dict[str, Mark]:
    """Signs that a title explains, e.g. ``√出勤 △迟到 ○请假 ×缺勤``."""
    return {squeeze(sign).upper(): _MEANINGS[meaning] for sign, meaning in _LEGEND.findall(title)}


def activities_of(table: Table, reading: Reading) -> list[Activity]:
    """Activity logs; a blank count is 0."""
    items = []
    for index in usable(table, reading, ("日期",), ()):
        day = table.column("日期")[index]
        found = reading.known(table, index, day)
        if found is not None:
            counts: list[Any] = [table.column(key)[index] or 0.0 for key in ("约访", "面谈", "新增准客户")]
            items.append(Activity(day, found[0].code, found[1], *counts))
    return items


def recruits_of(table: Table) -> list[Recruit]:
    """The recruiting pipeline."""
    columns = [table.column(key) for key in ("列名单日期", "面谈日期", "入司日期")]
    return [Recruit(text_of(group), *(column[i] for column in columns)) for i, group in enumerate(table.column("组别"))]
