"""续期台账: the renewal list as pasted from the company's system; text dates in three styles, early amounts as text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF
from zuxun_xl.build.sample.sheets.page import Cell, Column, Page

if TYPE_CHECKING:
    from zuxun_xl.build.sample.model import Department, Renewal

NAME = "续期台账"
_TOP = 3
_TYPED_SINCE = 6  # from June on the amounts are typed in as numbers


@dataclass(frozen=True)
class _Row:
    number: int
    item: Renewal


_COLUMNS: tuple[Column[_Row], ...] = (
    Column("序号", 6, "plain", lambda row: row.number),
    Column("服务小组", 10, "center", lambda row: row.item.group),
    Column("服务人员", 11, "center", lambda row: row.item.agent.name),
    Column("服务人员员工号", 14, "center", lambda row: row.item.agent.code),
    Column("保单号码", 15, "center", lambda row: row.item.policy),
    Column("保单年度", 9, "plain", lambda row: row.item.policy_year),
    Column("应缴日期", 15, "center", lambda row: _text_date(row.item, row.item.due)),
    Column("应收保费", 13, "right", lambda row: _amount(row.item, row.item.premium)),
    Column("实缴日期", 15, "center", lambda row: _text_date(row.item, row.item.paid)),
    Column("实收保费", 13, "right", lambda row: _amount(row.item, row.item.premium if row.item.paid else 0)),
    Column("缴费情况", 11, "center", lambda row: row.item.status),
)


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    last = len(_COLUMNS) - 1
    note = f"单位：元　公司系统导出后粘贴，1—5月金额为文本　统计截止{AS_OF.year}年{AS_OF.month}月{AS_OF.day}日　宽限期60天"
    page.title(0, 0, last, "2026年续期保费应收实收台账", note)
    rows = [_Row(number, item) for number, item in enumerate(department.renewals, 1)]
    end = page.table(_TOP, 0, _COLUMNS, rows)
    due = sum(item.premium for item in department.renewals)
    paid = sum(item.premium for item in department.renewals if item.paid)
    page.merged((end, 0, end, 6), f"合计　{len(rows)} 笔", "total")
    for col, text in ((7, f"{due:,}.00"), (8, None), (9, f"{paid:,}.00"), (10, None)):
        page.put(end, col, text, "right", "total")
    page.sheet.freeze_panes(_TOP + 1, 0)
    page.sheet.ignore_errors({"number_stored_as_text": f"A{_TOP + 2}:K{end + 1}"})
    page.paper(landscape=False, repeat=(_TOP, _TOP))


def _text_date(item: Renewal, day: date | None) -> str | None:
    """The system changed its date style twice: 2026/3/5, then 2026.05.05, then 2026年7月5日."""
    if day is None:
        return None
    if item.due.month <= 3:  # noqa: PLR2004
        return f"{day.year}/{day.month}/{day.day}"
    return f"{day:%Y.%m.%d}" if item.due.month < _TYPED_SINCE else f"{day.year}年{day.month}月{day.day}日"


def _amount(item: Renewal, value: int) -> Cell:
    return f"{value:,}.00" if item.due.month < _TYPED_SINCE else value
