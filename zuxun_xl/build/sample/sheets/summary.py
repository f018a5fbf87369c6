"""月度汇总: the department's own monthly summary, formulas over its ledger, with a small chart."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.build.sample.days import AS_OF, RUNNING_MONTH, Span, month
from zuxun_xl.build.sample.model import GROUPS, WHOLE
from zuxun_xl.build.sample.sheets import plan_results, policies
from zuxun_xl.build.sample.sheets.look import FONT, SERIES_COLOURS
from zuxun_xl.build.sample.sheets.page import Formula, Page, cell, span
from zuxun_xl.build.sample.truth.measures import Figures, production

if TYPE_CHECKING:
    from fractions import Fraction

    from xlsxwriter import Workbook

    from zuxun_xl.build.sample.model import Department
    from zuxun_xl.build.sample.sheets.look import Band

NAME = "月度汇总"
_TOP = 3
_FIRST = _TOP + 2
_MONTHS = range(1, RUNNING_MONTH + 1)
_TOTAL = _FIRST + len(_MONTHS)
_WHOLE_COL = 1 + len(GROUPS)
_AFTER = ("首年期交（元）", "FYC（元）", "净件数", "件均保费（元）", "FYP目标（元）", "FYP达成率")
_LAST = _WHOLE_COL + len(_AFTER)


def write(page: Page, department: Department, book: Workbook) -> None:
    """Write the sheet."""
    note = f"本部自制，公式取自{policies.NAME}和{plan_results.NAME}；{RUNNING_MONTH}月为截至{AS_OF.month}月{AS_OF.day}日数"
    page.title(0, 0, _LAST, "秋实营业部2026年月度业绩汇总", note)
    _headings(page)
    for number in _MONTHS:
        _month_row(page, department, number)
    _total_row(page, department)
    _chart(page, book)
    page.sheet.freeze_panes(_FIRST, 1)
    page.paper()


def _headings(page: Page) -> None:
    page.sheet.set_row(_TOP, 20)
    page.merged((_TOP, 0, _TOP + 1, 0), "月份", "head")
    page.merged((_TOP, 1, _TOP, _WHOLE_COL), "FYP（元）", "head")
    page.head(_TOP + 1, 1, [*GROUPS, "合计"], "head2", 20)
    for col, text in enumerate(_AFTER, _WHOLE_COL + 1):
        page.merged((_TOP, col, _TOP + 1, col), text, "head")
    page.widths(0, [9, *[11] * len(GROUPS), 12, 13, 12, 9, 13, 13, 11])


def _month_row(page: Page, department: Department, number: int) -> None:
    row = _FIRST + number - 1
    page.put(row, 0, f"{number}月", "center")
    figures = production(department.lines, WHOLE, month(number))
    for col, group in enumerate(GROUPS, 1):
        own = production(department.lines, group, month(number))
        page.put(row, col, Formula(_sum_of("保费", number, department, cell(_TOP + 1, col)), float(own["FYP"])), "int")
    page.put(row, _WHOLE_COL, Formula(f"=SUM({span((row, 1), (row, _WHOLE_COL - 1))})", float(figures["FYP"])), "int")
    goal = sum(department.targets[group, number].fyp for group in GROUPS)
    formulas = (
        _sum_of("保费", number, department, None, ("缴费方式", "期缴")),
        _commission(number, department),
        f"={_count('承保', number, department)}-{_count('撤单', number, department)}",
    )
    _tail(page, row, formulas, figures, (f"={plan_results.target_cell(number)}*10000", goal))


def _total_row(page: Page, department: Department) -> None:
    page.put(_TOTAL, 0, "合计", "center", "total")
    year = [production(department.lines, group, _so_far()) for group in (*GROUPS, WHOLE)]
    for col, figures in enumerate(year, 1):
        page.put(_TOTAL, col, Formula(_column_sum(col), float(figures["FYP"])), "int", "total")
    formulas = tuple(_column_sum(_WHOLE_COL + offset) for offset in (1, 2, 3))
    goal = sum(department.targets[group, number].fyp for group in GROUPS for number in _MONTHS)
    _tail(page, _TOTAL, formulas, year[-1], (_column_sum(_WHOLE_COL + 5), goal))


def _tail(page: Page, row: int, formulas: tuple[str, ...], figures: Figures, target: tuple[str, int]) -> None:
    """Write the columns after the FYP block."""
    band: Band = "total" if row == _TOTAL else ""
    for col, (text, key) in enumerate(zip(formulas, ("首年期交", "FYC", "件数"), strict=True), _WHOLE_COL + 1):
        page.put(row, col, Formula(text, float(figures[key])), "int" if key != "FYC" else "wan", band)
    fyp, cases = cell(row, _WHOLE_COL), cell(row, _WHOLE_COL + 3)
    size = _known(figures["FYP"], figures["件数"])
    page.put(row, _WHOLE_COL + 4, Formula(f'=IF({cases}=0,"",{fyp}/{cases})', size), "int", band)
    page.put(row, _WHOLE_COL + 5, Formula(target[0], target[1]), "int", band)
    page.put(row, _WHOLE_COL + 6, Formula(f"={fyp}/{cell(row, _WHOLE_COL + 5)}", float(figures["FYP"] / target[1])), "percent", band)


def _known(numerator: Fraction, denominator: Fraction) -> float | str:
    return float(numerator / denominator) if denominator else ""


def _so_far() -> Span:
    return Span(month(1).first, AS_OF)


def _column_sum(col: int) -> str:
    return f"=SUM({span((_FIRST, col), (_TOTAL - 1, col))})"


def _days(number: int, department: Department) -> str:
    day = policies.reference("承保日", len(department.lines))
    return f'{day},">="&DATE(2026,{number},1),{day},"<"&DATE(2026,{number + 1},1)'


def _sum_of(heading: str, number: int, department: Department, group: str | None, also: tuple[str, str] | None = None) -> str:
    lines = len(department.lines)
    parts = [policies.reference(heading, lines), _days(number, department)]
    if group:
        parts.append(f"{policies.reference('营业组', lines)},{group}")
    if also:
        parts.append(f'{policies.reference(also[0], lines)},"{also[1]}"')
    return f"=SUMIFS({','.join(parts)})"


def _count(kind: str, number: int, department: Department) -> str:
    lines = len(department.lines)
    kinds = f'{policies.reference("险种性质", lines)},"主险",{policies.reference("业务类型", lines)},"{kind}"'
    return f"COUNTIFS({kinds},{_days(number, department)})"


def _commission(number: int, department: Department) -> str:
    day, premium, rate = (policies.reference(heading, len(department.lines)) for heading in ("承保日", "保费", "首年佣金率(%)"))
    return f"=SUMPRODUCT((MONTH({day})={number})*{premium}*{rate})/100"


def _chart(page: Page, book: Workbook) -> None:
    chart = book.add_chart({"type": "column", "subtype": "stacked"})
    for col, colour in enumerate(SERIES_COLOURS, 1):
        chart.add_series(
            {
                "name": [NAME, _TOP + 1, col],
                "categories": [NAME, _FIRST, 0, _TOTAL - 1, 0],
                "values": [NAME, _FIRST, col, _TOTAL - 1, col],
                "fill": {"color": colour},
                "gap": 60,
            }
        )
    line = book.add_chart({"type": "line"})
    line.add_series(
        {
            "name": "FYP目标",
            "categories": [NAME, _FIRST, 0, _TOTAL - 1, 0],
            "values": [NAME, _FIRST, _WHOLE_COL + 5, _TOTAL - 1, _WHOLE_COL + 5],
            "line": {"color": "#4A3423", "width": 2, "dash_type": "dash"},
        }
    )
    chart.combine(line)
    font = {"name": FONT, "size": 9}
    chart.set_title({"name": "各组月度FYP与目标（元）", "name_font": {"name": FONT, "size": 12, "bold": True}})
    chart.set_legend({"position": "bottom", "font": font})
    chart.set_y_axis({"num_format": "#,##0", "num_font": font, "major_gridlines": {"visible": True, "line": {"color": "#E5DACB"}}})
    chart.set_x_axis({"num_font": font})
    chart.set_size({"width": 860, "height": 300})
    page.sheet.insert_chart(_TOTAL + 2, 0, chart, {"x_offset": 4, "y_offset": 4})
