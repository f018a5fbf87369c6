"""A department: all records of a workbook together, and its measures per group and period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise

from zuxun_xl.findings import Finding
from zuxun_xl.forms.records import OUT_OF_YEAR, RAW
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.measures import Values, total_of
from zuxun_xl.periods import Period
from zuxun_xl.records import activity as act
from zuxun_xl.records import events
from zuxun_xl.records.departures import adopt_departures
from zuxun_xl.records.groupnames import doubt_groups
from zuxun_xl.records.headcount import headcount
from zuxun_xl.records.marks import attendance_of
from zuxun_xl.records.model import WHOLE, Activity, Agent, Attendance, PolicyLine, Recruit, Renewal
from zuxun_xl.records.people import People, is_college, read_people
from zuxun_xl.records.policies import policy_lines
from zuxun_xl.records.production import production
from zuxun_xl.records.reading import Reading
from zuxun_xl.records.recruiting import recruiting
from zuxun_xl.records.renewals import renewals

_WITNESSES = ("保单明细", "续期明细", "考勤", "活动日志")
"""Tables whose records say which group an agent belongs to."""
_ISOLATED = timedelta(days=14)
_PIPELINE = ("增员名单", "增员面谈")
_RENEWALS = ("应收件数", "实收件数", "应收保费", "实收保费")


@dataclass
class Department:
    """Everything the raw tables say.

    Attributes:
        people: the agents.
        lines, dues, marks, logs, recruits: the events; ``None`` where the workbook lacks the table.
        as_of: last day counted: ``last`` or the one given.
        last: last day the records speak of.
        findings: rows left out or doubtful.
        min_fyp: least net FYP for 举绩.
    """

    people: People
    lines: list[PolicyLine]
    dues: list[Renewal] | None = None
    marks: list[Attendance] | None = None
    logs: list[Activity] | None = None
    recruits: list[Recruit] | None = None
    as_of: date = date.max
    last: date = date.max
    findings: list[Finding] = field(default_factory=list)
    min_fyp: float = 0.0
    _cache: dict[Period, dict[str, Values]] = field(default_factory=dict, repr=False)

    @property
    def groups(self) -> tuple[str, ...]:
        """Group names in the roster's order, without 全部."""
        return self.people.groups

    @property
    def scopes(self) -> tuple[str, ...]:
        """Group names and 全部."""
        return (*self.people.groups, WHOLE)

    def measures(self, period: Period) -> Mapping[str, Values]:
        """Measures of each group and 全部 over a period, up to ``as_of`` at most."""
        period = period.clipped(self.as_of)
        if period not in self._cache:
            self._cache[period] = self._measure(period)
        return self._cache[period]

    def _measure(self, period: Period) -> dict[str, Values]:
        parts = [
            headcount(self.people.agents.values(), self.groups, period),
            production(self.lines, self.groups, period, self.min_fyp),
            self._absent(_RENEWALS) if self.dues is None else renewals(self.dues, self.groups, period),
            act.attendance(self.marks or (), self.groups, period),
            act.activity(self.logs or (), self.groups, period),
            self._absent(_PIPELINE) if self.recruits is None else recruiting(self.recruits, self.groups, period),
            self._structure(period.end),
        ]
        measures = {scope: {key: value for part in parts for key, value in part[scope].items()} for scope in self.scopes}
        pieces = period.pieces()
        for scope, values in measures.items():
            monthly = [values] if len(pieces) == 1 else [self.measures(piece)[scope] for piece in pieces]
            values["举绩人次"] = total_of([month["举绩人数"] for month in monthly])
        return dict(measures)

    def _absent(self, keys: tuple[str, ...]) -> dict[str, dict[str, float | None]]:
        return {scope: dict.fromkeys(keys) for scope in self.scopes}

    def in_force(self, scope: str, day: date) -> list[Agent]:
        """Agents of a group (or 全部) in force at the close of a day."""
        return [
            agent for agent in self.people.agents.values()
            if agent.in_force(day) and (scope == WHOLE or agent.group_on(day) == scope)
        ]

    def _structure(self, day: date) -> dict[str, dict[str, float | None]]:
        members = {scope: self.in_force(scope, day) for scope in self.scopes}
        return {
            scope: {
                "男性人数": sum(a.gender == "男" for a in agents) if any(a.gender for a in agents) else None,
                "女性人数": sum(a.gender == "女" for a in agents) if any(a.gender for a in agents) else None,
                "大专及以上人数": sum(is_college(a.education) for a in agents) if any(a.education for a in agents) else None,
            }
            for scope, agents in members.items()
        }


def read_department(tables: Mapping[str, Table], as_of: date | None = None, min_fyp: float = 0.0) -> Department:
    """The department that the raw tables of a workbook describe.

    Args:
        tables: form key → table; 花名册 and 保单明细 must be there.
        as_of: last day to count; default: the last day the records speak of.
        min_fyp: least net FYP for 举绩.
    """
    whole = {form.key: tables[form.key].whole if form.key in tables else () for form in RAW}
    evidence = events.evidence_of(table for key in _WITNESSES for table in whole[key])
    doubts = doubt_groups(whole["花名册"], (table for key in (*_WITNESSES, "组间调动") for table in whole[key]))
    registers = tables["花名册"].beside
    unknown = list(adopt_departures(whole["花名册"], registers))
    people, findings = read_people(whole["花名册"], evidence, usual_year(tables["保单明细"]), whole["组间调动"])
    findings += [*doubts, *unknown]
    reading = Reading(people, findings)
    department = Department(people, policy_lines(whole["保单明细"], reading), findings=findings, min_fyp=min_fyp)
    department.dues = events.renewals_of(whole["续期明细"], reading) if whole["续期明细"] else None
    department.marks = attendance_of(whole["考勤"], reading) if whole["考勤"] else None
    department.logs = events.activities_of(whole["活动日志"], reading) if whole["活动日志"] else None
    department.recruits = events.recruits_of(whole["增员跟踪"]) if whole["增员跟踪"] else None
    department.last = last_day(department)
    department.as_of = as_of or department.last
    for table in [*registers, *(table for parts in whole.values() for table in parts)]:
        findings += events.unread(table, findings)
        findings += _ahead(table, "承保日期", department.as_of, findings) if as_of is None else []
    return department


def _ahead(table: Table, key: str, as_of: date, reported: list[Finding]) -> list[Finding]:
    """Dates after the last day that the other records speak of: probably typing errors, unless reported already."""
    known = {(finding.sheet, finding.cell) for finding in reported}
    late = [
        (index, day) for index, day in enumerate(table.column(key))
        if day is not None and day > as_of and (table.sheet, table.cell(index, key)) not in known
    ]
    return [OUT_OF_YEAR.at(table.sheet, table.cell(index, key), column=key, day=day, as_of=as_of) for index, day in late]


def usual_year(policies: Table) -> int:
    """The calendar year that most policy lines fall into."""
    years = Counter(day.year for table in policies.whole for day in table.column("承保日期") if day is not None)
    return years.most_common(1)[0][0] if years else date.today().year


def last_day(department: Department) -> date:
    """The last day the records speak of: new business, receipts, attendance, logs. A lone later date (a typing error) is passed over."""
    days = {line.day for line in department.lines}
    days |= {item.paid_on for item in department.dues or () if item.paid_on is not None}
    days |= {mark.day for mark in department.marks or ()} | {log.day for log in department.logs or ()}
    ordered = sorted(days, reverse=True)
    for later, earlier in pairwise(ordered):
        if later - earlier <= _ISOLATED:
            return later
    return ordered[0] if ordered else date.today()
