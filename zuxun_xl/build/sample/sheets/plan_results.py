"""附表一: the yearly plan of results by group, in 万元 with two decimals; actual columns empty."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.build.sample.model import GROUPS
from zuxun_xl.build.sample.sheets.outline import PeriodRow, period_rows, rows_of_months
from zuxun_xl.build.sample.sheets.page import Cell, Formula, Page, cell, span

if TYPE_CHECKING:
    from collections.abc import Callable

    from zuxun_xl.build.sample.model import Department, Target

NAME = "附表一业绩计划"
WHOLE_NAME = "营业部合计"
_ORDER = ("鲲鹏组", "旭日组", "萌芽组", "远航组")
_TOP = 3
_ROWS = period_rows(("一季度合计", "二季度合计", "三季度合计", "四季度合计"), "全年合计")
_HALF = tuple(range(1, 7))
_CHART_UNIT = 10000
_HEADINGS = (
    "团队",
    "期间",
    "举绩人数目标",
    "件数目标",
    "FYP目标\n（万元）",
    "首年期交目标\n（万元）",
    "FYC目标\n（万元）",
    "举绩人数实绩",
    "件数实绩",
    "FYP实绩\n（万元）",
    "首年期交实绩\n（万元）",
    "FYC实绩\n（万元）",
    "FYP达成率",
    "重点举措",
)
_WIDTHS = (11, 12, 9, 9, 11, 11, 11, 9, 9, 11, 11, 11, 10, 26)
_PLANNED: tuple[tuple[str, int, Callable[[Target], int]], ...] = (
    ("int", 1, lambda target: target.actives),
    ("int", 1, lambda target: target.cases),
    ("wan", _CHART_UNIT, lambda target: target.fyp),
    ("wan", _CHART_UNIT, lambda target: target.regular),
    ("wan", _CHART_UNIT, lambda target: target.fyc),
)
_FYP_COL = 4
_ACTUAL_STYLES = ("int", "int", "wan", "wan", "wan")
_EFFORTS = {
    1: "开门红：产品说明会两场",
    3: "三八客户答谢会",
    6: "半年冲刺，件数竞赛",
    9: "金秋九月，人人举绩",
    11: "储备来年开门红客户",
}


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    last = len(_HEADINGS) - 1
    note = "单位：秋实营业部　　金额：万元（保留两位小数），人数：人，件数：件　　年初填报目标，实绩由组训逐月补填"
    page.title(0, 0, last, "附表一　团队年、季、月度业绩经营计划表（2026年度）", note)
    page.head(_TOP, 0, _HEADINGS, height=36)
    page.widths(0, _WIDTHS)
    top = _TOP + 1
    for group in (*_ORDER, WHOLE_NAME):
        for offset, row in enumerate(_ROWS):
            _write_row(page, department, (group, row), (top, offset))
        top += len(_ROWS)
    page.sheet.write_comment(
        _TOP, _FYP_COL, "目标按万元填报，年中不再调整；季、年举绩人数按月累加，不去重。", {"author": "组训", "x_scale": 1.6}
    )
    page.sheet.freeze_panes(_TOP + 1, 2)
    page.sheet.set_h_pagebreaks([_TOP + 1 + len(_ROWS) * number for number in (2, 4)])
    page.paper(repeat=(_TOP, _TOP))


def target_cell(month: int) -> str:
    """Return the address of the department's FYP target of a month, in 万元."""
    top = _TOP + 1 + len(_ROWS) * len(_ORDER)
    return f"{NAME}!{cell(top + rows_of_months(_ROWS, (month,))[0], _FYP_COL)}"


def _write_row(page: Page, department: Department, what: tuple[str, PeriodRow], at: tuple[int, int]) -> None:
    (group, row), number = what, sum(at)
    page.put(number, 0, group, "center", row.band)
    page.put(number, 1, row.label, "center", row.band)
    for col, (style, unit, pick) in enumerate(_PLANNED, 2):
        groups = GROUPS if group == WHOLE_NAME else (group,)
        value = sum(pick(department.targets[one, month]) for one in groups for month in row.months) / unit
        page.put(number, col, _planned(group, row, (*at, col), value), style, row.band)
    for col, style in enumerate(_ACTUAL_STYLES, 2 + len(_PLANNED)):
        page.put(number, col, None, style, row.band)
    plan, actual = cell(number, _FYP_COL), cell(number, _FYP_COL + len(_PLANNED))
    page.put(number, 12, Formula(f'=IF(OR({actual}="",{plan}=0),"",{actual}/{plan})', ""), "percent", row.band)
    effort = _EFFORTS.get(row.months[0]) if len(row.months) == 1 and group != WHOLE_NAME else None
    page.put(number, 13, effort, "text", row.band)


def _planned(group: str, row: PeriodRow, at: tuple[int, int, int], value: float) -> Cell:
    """Months are typed; subtotals add rows up, the whole adds groups up."""
    top, offset, col = at
    if group == WHOLE_NAME:
        first, last = _TOP + 1, top - 1
        labels = span((first, 1), (last, 1))
        return Formula(f"=SUMIFS({span((first, col), (last, col))},{labels},{cell(top + offset, 1)})", value)
    if len(row.months) == 1:
        return value
    if row.months == _HALF or len(row.months) > len(_HALF):
        parts = [index for index, part in enumerate(_ROWS) if len(part.months) == 3 and part.months[0] in row.months]  # noqa: PLR2004
        return Formula("=" + "+".join(cell(top + part, col) for part in parts), value)
    months = rows_of_months(_ROWS, row.months)
    return Formula(f"=SUM({span((top + months[0], col), (top + months[-1], col))})", value)
