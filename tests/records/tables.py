"""Small raw tables in memory, as the reader hands them over: typed values, every record with its row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.forms.table import Table, Unreadable
from zuxun_xl.records.department import Department, read_department

FIRST_ROW = 2
BASE = {
    "花名册": ("工号", "姓名", "组别", "入司日期", "离司日期"),
    "保单明细": ("承保日期", "保单号", "主附险", "险种名称", "期趸", "首年保费", "佣金率", "工号"),
    "续期明细": ("应收日期", "应收保费", "实收保费", "实收日期", "工号"),
    "考勤": ("工号", "姓名"),
    "活动日志": ("日期", "工号", "约访", "面谈", "新增准客户"),
}
"""Columns that a table has unless its records name others."""


def day(text: str) -> date:
    """A day of 2026 (10-08), or of another year in full (2025-10-08)."""
    return date.fromisoformat(text if len(text) > len("10-08") else f"2026-{text}")


def table(form: str, *records: Mapping[str, Any], unreadable: Sequence[tuple[int, str, object, str]] = (), title: str = "") -> Table:
    """A table of a form; each record by column key. ``unreadable``: record number from 0, column, what stands there, why."""
    keys = list(dict.fromkeys((*BASE.get(form, ()), *(key for record in records for key in record))))
    made = Table(FORMS[form], form, title, 1, 1.0, {key: number for number, key in enumerate(keys, start=1)})
    made.rows = [FIRST_ROW + n for n in range(len(records))]
    made.values = {key: [record.get(key) for record in records] for key in keys}
    made.unreadable = [Unreadable(FIRST_ROW + n, key, raw, reason) for n, key, raw, reason in unreadable]
    return made


def attendance(marks: Mapping[str, Mapping[str, str]], days: Sequence[str], title: str = "", **more: Any) -> Table:
    """An attendance sheet: agent code → day → sign, one column a day."""
    made = table("考勤", *({"工号": code, "姓名": None, **more} for code in marks), title=title)
    width = len(made.columns)
    for number, text in enumerate(days, start=width + 1):
        made.extra[number] = day(text)
        made.values[f"@{number}"] = [signs.get(text) for signs in marks.values()]
    return made


def agent(code: str, group: str = "一组", joined: str = "2025-01-01", left: str | None = None, **more: Any) -> dict[str, Any]:
    """A row of the roster; the name is the code with 君 before it."""
    return {"工号": code, "姓名": f"君{code}", "组别": group, "入司日期": day(joined), "离司日期": day(left) if left else None, **more}


def line(code: str, when: str, premium: float, policy: str = "P1", **more: Any) -> dict[str, Any]:
    """A policy line, a regular-premium main policy at 30 % commission unless said otherwise."""
    return {
        "工号": code, "承保日期": day(when), "首年保费": float(premium), "保单号": policy, "主附险": "主险", "险种名称": "终身寿险",
        "期趸": "期交", "佣金率": 0.3, **more,
    }


def due(code: str, when: str, amount: float, paid: float | None = None, paid_on: str | None = None, **more: Any) -> dict[str, Any]:
    """A renewal premium."""
    return {
        "工号": code,
        "应收日期": day(when),
        "应收保费": float(amount),
        "实收保费": paid,
        "实收日期": day(paid_on) if paid_on else None,
        **more,
    }


def log(code: str, when: str, calls: float | None, meetings: float | None, prospects: float | None = None, **more: Any) -> dict[str, Any]:
    """A day of an activity log."""
    return {"工号": code, "日期": day(when), "约访": calls, "面谈": meetings, "新增准客户": prospects, **more}


def department(
    roster: Sequence[Mapping[str, Any]], lines: Sequence[Mapping[str, Any]] = (), as_of: str | None = "12-31", **tables: Table
) -> Department:
    """The department of a roster, policy lines and further tables by form key."""
    raw = {"花名册": table("花名册", *roster), "保单明细": table("保单明细", *lines), **tables}
    return read_department(raw, day(as_of) if as_of else None)


def codes(found: Department) -> list[tuple[str, str, str]]:
    """(sheet, cell, code) of every finding."""
    return [(finding.sheet, finding.cell, finding.code) for finding in found.findings]
