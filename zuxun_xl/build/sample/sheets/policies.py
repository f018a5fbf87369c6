"""新契约台账: the new-business ledger; blank row above the headings, rates in percent, dates as 2026/3/5."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.sheets.page import Column, Formula, Page, cell, letters, span

if TYPE_CHECKING:
    from zuxun_xl.build.sample.model import Department, Line

NAME = "新契约台账"
_TOP = 4


@dataclass(frozen=True)
class _Row:
    number: int
    line: Line


_COLUMNS: tuple[Column[_Row], ...] = (
    Column("序号", 6, "plain", lambda row: row.number),
    Column("保单号码", 15, "center", lambda row: row.line.policy),
    Column("承保日", 12, "slash_date", lambda row: row.line.day),
    Column("营业组", 9, "center", lambda row: row.line.group),
    Column("业务员姓名", 11, "center", lambda row: row.line.agent.name),
    Column("员工号", 11, "center", lambda row: row.line.agent.code),
    Column("投保险种", 25, "text", lambda row: row.line.product.name),
    Column("险种性质", 9, "center", lambda row: "主险" if row.line.product.is_main else "附险"),
    Column("险种大类", 10, "center", lambda row: row.line.product.category),
    Column("缴费方式", 9, "center", lambda row: "期缴" if row.line.is_regular else "趸缴"),
    Column("缴费年限", 9, "plain", lambda row: row.line.years),
    Column("保费", 12, "int", lambda row: row.line.premium),
    Column("首年佣金率(%)", 10, "rate", lambda row: row.line.product.rates[row.line.years]),
    Column("业务类型", 9, "center", lambda row: "撤单" if row.line.is_withdrawal else "承保"),
    Column("备注", 14, "text", lambda row: "犹豫期内撤单" if row.line.is_withdrawal and row.line.product.is_main else None),
)


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    last = len(_COLUMNS) - 1
    page.title(0, 0, last, "秋实营业部2026年新契约承保台账")
    page.sheet.merge_range(2, 0, 2, last, "单位：元　撤单以负数记在撤单当天　附险与主险同号，不另计件", page.looks.of("note"))
    rows = [_Row(number, line) for number, line in enumerate(department.lines, 1)]
    end = page.table(_TOP, 0, _COLUMNS, rows)
    premium = column("保费")
    total = Formula(f"=SUM({span((_TOP + 1, premium), (end - 1, premium))})", sum(line.premium for line in department.lines))
    page.merged((end, 0, end, premium - 1), "合　计", "total")
    page.put(end, premium, total, "int", "total")
    for col in range(premium + 1, last + 1):
        page.put(end, col, None, "text", "total")
    page.sheet.freeze_panes(_TOP + 1, 3)
    page.sheet.data_validation(_TOP + 1, column("缴费方式"), end - 1, column("缴费方式"), {"validate": "list", "source": ["期缴", "趸缴"]})
    page.sheet.conditional_format(
        _TOP + 1, premium, end - 1, premium, {"type": "cell", "criteria": "<", "value": 0, "format": page.looks.of("int", "week")}
    )
    page.paper(repeat=(_TOP, _TOP))


def column(heading: str) -> int:
    """Return the number of the column with that heading."""
    return [item.heading for item in _COLUMNS].index(heading)


def reference(heading: str, lines: int) -> str:
    """Return the absolute range of a column's data, as other sheets point at it."""
    name = letters(column(heading))
    return f"{NAME}!${name}${_TOP + 2}:${name}${_TOP + 1 + lines}"
