"""附表五: the KPI analysis of August, one column a group, everything still empty."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from zuxun_xl.build.sample.sheets.plan_results import WHOLE_NAME

if TYPE_CHECKING:
    from zuxun_xl.build.sample.sheets.page import Page

NAME = "附表五KPI分析"
_TOP = 3
_GROUPS = ("萌芽组", "旭日组", "远航组", "鲲鹏组")
_HEADINGS = ("指标类别", "KPI指标", "计量单位", *_GROUPS, WHOLE_NAME, "目标/基准", "上期值", "状态", "主要问题", "改善对策")
_WIDTHS = (10, 22, 9, 10, 10, 10, 10, 11, 11, 11, 8, 28, 32)
_STYLES = {"%": "percent", "人": "int", "元": "int", "元/人": "int", "元/件": "int", "件/人": "wan"}
_INDICATORS: tuple[tuple[str, str, str], ...] = (
    ("人力", "期初人力", "人"),
    ("人力", "增员人数", "人"),
    ("人力", "脱落人数", "人"),
    ("人力", "期末人力", "人"),
    ("人力", "增员率", "%"),
    ("人力", "脱落率", "%"),
    ("业绩", "首年度保费FYP", "元"),
    ("业绩", "首年度期交保费", "元"),
    ("业绩", "首年度佣金FYC", "元"),
    ("业绩", "FYP计划达成率", "%"),
    ("业绩", "首年期交保费计划达成率", "%"),
    ("业绩", "件数达成率", "%"),
    ("效能", "举绩率", "%"),
    ("效能", "人均件数", "件/人"),
    ("效能", "有效人均件数", "件/人"),
    ("效能", "件均保费", "元/件"),
    ("效能", "人均产能", "元/人"),
    ("效能", "人均FYC", "元/人"),
    ("品质", "保单持续率", "%"),
    ("品质", "续收达成率", "%"),
    ("品质", "出勤率", "%"),
)


def write(page: Page) -> None:
    """Write the sheet."""
    last = len(_HEADINGS) - 1
    page.title(0, 0, last, "附表五　阶段KPI分析表", "阶段：2026年9月　　口径：平均人力＝（期初＋期末）÷2；件数按主险保单　　编制：组训")
    page.head(_TOP, 0, _HEADINGS, height=28)
    page.widths(0, _WIDTHS)
    row = _TOP + 1
    for kind, members in groupby(_INDICATORS, key=lambda item: item[0]):
        rows = list(members)
        page.merged((row, 0, row + len(rows) - 1, 0), kind, "head2")
        for _, name, unit in rows:
            _indicator_row(page, row, name, unit)
            row += 1
    page.sheet.freeze_panes(_TOP + 1, 3)
    page.paper()


def _indicator_row(page: Page, row: int, name: str, unit: str) -> None:
    page.put(row, 1, name)
    page.put(row, 2, unit, "center")
    for col in range(3, 10):
        page.put(row, col, None, _STYLES[unit])
    page.put(row, 10, None, "center")
    for col in (11, 12):
        page.put(row, col, None, "wrap")
    page.sheet.set_row(row, 20)
