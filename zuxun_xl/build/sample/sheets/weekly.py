"""附表四: the weekly tracking form of September; two-level headings once on top, a band per week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import RUNNING_MONTH, WEEKS, Span, workdays
from zuxun_xl.build.sample.sheets.page import Formula, Page, span

if TYPE_CHECKING:
    from zuxun_xl.build.sample.model import Department, WeekTarget

NAME = "附表四周追踪"
_ORDER = ("旭日组", "萌芽组", "鲲鹏组", "远航组")
_TOP = 3
_A3 = 8
_BLOCKS: tuple[tuple[str, tuple[tuple[str, str], ...]], ...] = (
    ("团队", ()),
    ("人力", (("期初人力", ""), ("增员", ""), ("脱落", ""), ("期末人力", ""))),
    ("FYP（元）", (("目标", "fyp"), ("实绩", ""), ("达成率", ""))),
    ("首年期交（元）", (("目标", "regular"), ("实绩", ""))),
    ("件数", (("目标", "cases"), ("实绩", ""))),
    ("举绩人数", (("目标", "actives"), ("实绩", ""))),
    ("出勤", (("应到人次", ""), ("实到人次", ""), ("出勤率", ""))),
    ("约访", (("目标", "calls"), ("实绩", ""))),
    ("面谈", (("目标", "meetings"), ("实绩", ""))),
    ("新增准主顾", (("目标", "prospects"), ("实绩", ""))),
    ("当月累计", (("FYP", ""), ("达成率", ""))),
    ("主要问题", ()),
    ("下周措施", ()),
)
_FIELDS = [field for _, parts in _BLOCKS for field in (parts or (("", ""),))]


def write(page: Page, department: Department) -> None:
    """Write the sheet."""
    last = len(_FIELDS) - 1
    note = "每周五下班前填报　　9月20日（周日）调休上班，9月25—27日中秋放假　　编制：组训　　审核：营业部经理"
    page.title(0, 0, last, f"附表四　团队周经营追踪表（2026年{RUNNING_MONTH}月）", note)
    _headings(page)
    row = _TOP + 2
    for number, week in enumerate(WEEKS, 1):
        page.merged((row, 0, row, last), _week_label(number, week), "week", "text")
        targets = [department.week_targets[group, number] for group in _ORDER]
        for offset, (group, target) in enumerate(zip(_ORDER, targets, strict=True), 1):
            _group_row(page, row + offset, group, target)
        _sum_row(page, row + len(_ORDER) + 1, targets)
        row += len(_ORDER) + 2
    page.sheet.freeze_panes(_TOP + 2, 1)
    page.paper(repeat=(_TOP, _TOP + 1), paper=_A3)


def _week_label(number: int, week: Span) -> str:
    first, last = week
    days = len(workdays(week))
    return f"第{number}周({first.month}.{first.day}-{last.month}.{last.day})　工作日{days}天"


def _headings(page: Page) -> None:
    page.sheet.set_row(_TOP, 22)
    page.sheet.set_row(_TOP + 1, 20)
    col = 0
    for text, parts in _BLOCKS:
        if parts:
            page.merged((_TOP, col, _TOP, col + len(parts) - 1), text, "head")
            page.head(_TOP + 1, col, [name for name, _ in parts], "head2", 20)
            page.widths(col, [8.5] * len(parts))
        else:
            page.merged((_TOP, col, _TOP + 1, col), text, "head")
            page.widths(col, [10 if col == 0 else 20])
        col += len(parts) or 1


def _style(name: str) -> str:
    return "percent" if name.endswith("率") else "int" if name else "text"


def _group_row(page: Page, row: int, group: str, target: WeekTarget) -> None:
    page.put(row, 0, group, "center")
    for col, (name, key) in enumerate(_FIELDS[1:], 1):
        page.put(row, col, getattr(target, key) if key else None, _style(name))


def _sum_row(page: Page, row: int, targets: list[WeekTarget]) -> None:
    page.put(row, 0, "合计", "center", "total")
    for col, (name, key) in enumerate(_FIELDS[1:], 1):
        area = span((row - len(targets), col), (row - 1, col))
        value = Formula(f"=SUM({area})", sum(getattr(target, key) for target in targets)) if key else None
        page.put(row, col, value, _style(name), "total")
