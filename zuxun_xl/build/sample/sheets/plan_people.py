"""附表二: the yearly headcount plan; two-level headings, merged group cells, an empty row between the groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.build.sample.model import GROUPS
from zuxun_xl.build.sample.sheets.outline import PeriodRow, period_rows, rows_of_months
from zuxun_xl.build.sample.sheets.page import Cell, Formula, Page, cell, span
from zuxun_xl.build.sample.sheets.plan_results import WHOLE_NAME

if TYPE_CHECKING:
    from zuxun_xl.build.sample.model import Department, Target

NAME = "附表二人力计划"
_ORDER = ("萌芽组", "远航组", "旭日组", "鲲鹏组")
_TOP, _LEFT = 3, 1
_ROWS = period_rows(("第一季度", "第二季度", "第三季度", "第四季度"), "全年")
_PLANNED = ("期初人力", "增员", "脱落", "期末人力")
_ACTUAL = ("期初人力", "增员", "调入", "脱落", "调出", "期末人力")
_EVENTS = {3: "春季创业说明会", 6: "毕业季专场创说会", 9: "秋季增员月", 11: "年底增员月"}


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    last = _LEFT + 2 + len(_PLANNED) + len(_ACTUAL)
    page.sheet.set_column(0, 0, 2)
    page.title(
        1, _LEFT, last, "附表二　团队年、季、月度人力目标经营计划表（2026年度）", "单位：人　　组间调动不算增员、脱落，另列调入、调出"
    )
    _headings(page, last)
    top = _TOP + 2
    for group in (*_ORDER, WHOLE_NAME):
        page.merged((top, _LEFT, top + len(_ROWS) - 1, _LEFT), group, "head2")
        for offset, row in enumerate(_ROWS):
            _write_row(page, department, group, row, (top, offset))
        top += len(_ROWS) + 1
    page.sheet.set_h_pagebreaks([_TOP + 2 + 3 * (len(_ROWS) + 1)])
    page.sheet.freeze_panes(_TOP + 2, _LEFT + 2)
    page.paper(landscape=False, repeat=(_TOP, _TOP + 1))


def _headings(page: Page, last: int) -> None:
    page.widths(_LEFT, [11, 11, *[9] * (len(_PLANNED) + len(_ACTUAL)), 22])
    page.sheet.set_row(_TOP, 20)
    page.merged((_TOP, _LEFT, _TOP + 1, _LEFT), "营业组", "head")
    page.merged((_TOP, _LEFT + 1, _TOP + 1, _LEFT + 1), "期间", "head")
    left = _LEFT + 2
    for text, names in (("目标", _PLANNED), ("实绩", _ACTUAL)):
        page.merged((_TOP, left, _TOP, left + len(names) - 1), text, "head")
        page.head(_TOP + 1, left, names, "head2", 20)
        left += len(names)
    page.merged((_TOP, last, _TOP + 1, last), "增员活动", "head")


def _write_row(page: Page, department: Department, group: str, row: PeriodRow, at: tuple[int, int]) -> None:
    number = sum(at)
    left = _LEFT + 2
    page.put(number, _LEFT + 1, row.label, "center", row.band)
    groups = GROUPS if group == WHOLE_NAME else (group,)
    targets = [[department.targets[one, month] for month in row.months] for one in groups]
    for index, value in enumerate(_values(targets)):
        page.put(number, left + index, _planned(group, row, (*at, left + index), index, value), "plain", row.band)
    for col in range(left + len(_PLANNED), left + len(_PLANNED) + len(_ACTUAL)):
        page.put(number, col, None, "plain", row.band)
    event = _EVENTS.get(row.months[0]) if len(row.months) == 1 and group != WHOLE_NAME else None
    page.put(number, left + len(_PLANNED) + len(_ACTUAL), event, "text", row.band)


def _values(targets: list[list[Target]]) -> tuple[int, int, int, int]:
    """Opening of the first month, both flows, closing of the last month."""
    flat = [target for series in targets for target in series]
    return (
        sum(series[0].opening for series in targets),
        sum(target.joins for target in flat),
        sum(target.losses for target in flat),
        sum(series[-1].closing for series in targets),
    )


def _planned(group: str, row: PeriodRow, at: tuple[int, int, int], index: int, value: int) -> Cell:
    top, offset, col = at
    if group == WHOLE_NAME:
        first, last = _TOP + 2, top - 2
        labels = span((first, _LEFT + 1), (last, _LEFT + 1))
        return Formula(f"=SUMIFS({span((first, col), (last, col))},{labels},{cell(top + offset, _LEFT + 1)})", value)
    if len(row.months) == 1:
        return value
    months = [cell(top + month, col) for month in rows_of_months(_ROWS, row.months)]
    ends = {0: months[0], len(_PLANNED) - 1: months[-1]}
    return Formula(f"={ends.get(index) or '+'.join(months)}", value)
