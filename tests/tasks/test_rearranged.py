"""The sample's own rows laid out anew by another program: sheets a group or a month, lines that name groups, headings over headings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zuxun_xl.book.file import FileBook
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import month, parse_period
from zuxun_xl.tasks.kpi import report
from zuxun_xl.tasks.ledger import Ledger

PERIODS = ("2026-03", "2026-10", "2026-01..2026-10")
KEPT = ("花名册", "保单明细", "续期明细", "考勤", "活动日志", "附表一", "附表二")
RESULTS = ("计划举绩人数", "计划件数", "计划FYP", "计划首年期交", "计划FYC")
PEOPLE = ("计划期初人力", "计划增员人数", "计划脱落人数", "计划期末人力")
Line = list[Any]


class House:
    """The sample's rows, and a new workbook that they are laid out in."""

    def __init__(self, path: Path) -> None:
        self.ledger = Ledger(FileBook(path))
        self.book = openpyxl.Workbook()
        self.book.remove(self.book.worksheets[0])

    def table(self, key: str) -> Table:
        return self.ledger.tables[key]

    def heads(self, key: str) -> Line:
        table = self.table(key)
        return list(self.ledger.grids[table.sheet].rows[table.header - 1])

    def lines(self, key: str) -> Iterator[Line]:
        table = self.table(key)
        grid = self.ledger.grids[table.sheet]
        return (list(grid.rows[row - 1]) for row in table.rows)

    def place(self, key: str, column: str) -> int:
        return self.table(key).columns[column] - 1

    def by_group(self, key: str) -> dict[str, list[Line]]:
        """Lines by group, the column 组别 taken out."""
        place, groups = self.place(key, "组别"), defaultdict(list)
        for line in self.lines(key):
            groups[line.pop(place)].append(line)
        return groups

    def put(self, name: str, lines: list[Line]) -> Any:
        sheet = self.book.create_sheet(name)
        for line in lines:
            sheet.append(line)
        return sheet

    def planned(self, key: str, columns: tuple[str, ...], group: str, number: int) -> Line:
        table = self.table(key)
        index = list(zip(table.column("组别"), table.column("月份"), strict=True)).index((group, month(2026, number)))
        return [table.column(column)[index] for column in columns]

    @property
    def groups(self) -> tuple[str, ...]:
        return self.ledger.department.groups


def roster_with_lines_for_groups(house: House) -> set[str]:
    heads = house.heads("花名册")
    heads.pop(house.place("花名册", "组别"))
    people = [line for group, own in house.by_group("花名册").items() for line in ([f"{group}（{len(own)}人）"], *own)]
    house.put("人员", [["业务员名单"], heads, *people])
    return {"花名册"}


def a_roster_sheet_for_each_group(house: House) -> set[str]:
    heads = house.heads("花名册")
    heads.pop(house.place("花名册", "组别"))
    for group, lines in house.by_group("花名册").items():
        house.put(f"{group}花名册", [[f"{group}业务员花名册"], heads, *lines])
    return {"花名册"}


def a_policy_sheet_for_each_month_under_two_lines_of_headings(house: House) -> set[str]:
    def of(line: Line, key: str) -> Any:
        return line[house.place("保单明细", key)]

    months: dict[int, list[Line]] = defaultdict(list)
    for line in house.lines("保单明细"):
        day, premium = of(line, "承保日期"), f"{of(line, '首年保费') / 10_000:.4f}"
        regular = of(line, "期趸") == "期交"
        months[day.month].append([
            None, day.strftime("%Y.%m.%d"), of(line, "保单号"), of(line, "险种名称"), of(line, "主附险"), of(line, "缴费年期"),
            premium if regular else None, None if regular else premium, of(line, "佣金率"),
            of(line, "姓名"), of(line, "工号"), of(line, "组别"),
        ])
    for number, lines in months.items():
        sheet = house.put(f"{number}月承保", [
            [None], [None, f"{number}月承保清单"],
            [None, "保单信息", None, "险种信息", None, None, "保费（万元）", None, "佣金率", "业务员信息"],
            [None, "承保日", "保单号码", "名称", "主附", "年期", "期交", "趸交", None, "姓名", "代码", "小组"],
            *lines, [None, "合计", len(lines)],
        ])
        for area in ("B3:C3", "D3:F3", "G3:H3", "I3:I4", "J3:L3"):
            sheet.merge_cells(area)
    return {"保单明细"}


def policies_without_the_names_of_products(house: House) -> set[str]:
    left_out = {house.place("保单明细", key) for key in ("险种名称", "险种类别")}
    kept = [n for n in range(len(house.heads("保单明细"))) if n not in left_out]
    house.put("新单", [[house.heads("保单明细")[n] for n in kept], *([line[n] for n in kept] for line in house.lines("保单明细"))])
    return {"保单明细"}


def a_plan_sheet_for_each_group_under_two_lines_of_headings(house: House) -> set[str]:
    for group in house.groups:
        lines = [[f"{n}月", *house.planned("附表一", RESULTS, group, n), *house.planned("附表二", PEOPLE, group, n)] for n in range(1, 13)]
        sheet = house.put(f"{group}计划", [
            [f"{group}2026年经营计划"], ["月份", "业绩目标", None, None, None, None, "人力目标"],
            [None, "举绩人数", "件数", "FYP", "期交", "FYC", "期初", "增员", "脱落", "期末"], *lines,
        ])
        for area in ("A2:A3", "B2:F2", "G2:J2"):
            sheet.merge_cells(area)
    return {"附表一", "附表二"}


def a_plan_in_ten_thousands_as_its_title_says(house: House) -> set[str]:
    lines = [
        [group, f"{n}月", *(v / 10_000 if place > 1 else v for place, v in enumerate(house.planned("附表一", RESULTS, group, n)))]
        for group in house.groups for n in range(1, 13)
    ]
    heads = ["小组", "月份", "举绩人数目标", "件数目标", "FYP目标", "期交目标", "FYC目标"]
    house.put("附表一", [["附表一 业绩经营计划 2026年 金额：万元"], heads, *lines])
    return {"附表一"}


def a_plan_by_items_with_a_column_of_units(house: House) -> set[str]:
    lines: list[Line] = []
    names = (("举绩人力", "人"), ("新单件数", "件"), ("新单保费", "万元"), ("其中期交", "万元"), ("佣金FYC", "万元"))
    for group in house.groups:
        months = [house.planned("附表一", RESULTS, group, n) for n in range(1, 13)]
        for place, (name, unit) in enumerate(names):
            lines.append([group, name, unit, *(m[place] / (10_000 if unit == "万元" else 1) for m in months)])
    house.put("年度计划", [["2026年度业绩经营计划"], ["团队", "指标", "单位", *(date(2026, n, 1) for n in range(1, 13))], *lines])
    return {"附表一"}


def logs_by_name_in_other_words(house: House) -> set[str]:
    keys = ("姓名", "日期", "约访", "面谈", "新增准客户")
    lines = [[line[house.place("活动日志", key)] for key in keys] for line in house.lines("活动日志")]
    house.put("拜访记录", [["业务员", "拜访日期", "电访数", "接洽数", "新增名单"], *lines])
    return {"活动日志"}


def a_roster_of_present_and_left_people_with_signatures_below(house: House) -> set[str]:
    present: list[Line] = []
    left: list[Line] = []
    for line in house.lines("花名册"):
        (present if line[house.place("花名册", "离司日期")] is None else left).append(line)
    heads = house.heads("花名册")
    signed = ["制表：", "李四", None, "审核：", "王经理"]
    house.put("花名册", [["一、在职人员"], heads, *present, [], ["二、离司人员"], heads, *left, [], signed])
    return {"花名册"}


def a_plan_with_a_row_of_units_and_groups_written_otherwise(house: House) -> set[str]:
    written = ("第一组", "2组", "春华三组", "第4组", "春华营业部五组", "六组")
    lines = [
        [name, n, *(v / (10_000 if place > 1 else 1) for place, v in enumerate(house.planned("附表一", RESULTS, group, n))),
         *house.planned("附表二", PEOPLE, group, n)]
        for name, group in zip(written, house.groups, strict=True) for n in range(1, 13)
    ]
    house.put("经营计划", [
        ["春华营业部"], ["2026年经营计划"],
        ["团队", "月份", "举绩人力", "件数", "规模保费", "期交", "首佣", "期初人力", "增员", "脱落", "期末人力"],
        [None, None, "人", "件", "万元", "万元", "万元", "人", "人", "人", "人"], *lines,
    ])
    return {"附表一", "附表二"}


def a_plan_pasted_as_text_from_another_system(house: House) -> set[str]:
    def figures(group: str, number: int) -> Line:
        return [f"{value:,.0f}" for value in house.planned("附表一", RESULTS, group, number)]

    lines = [[group, str(n), *figures(group, n)] for group in house.groups for n in range(1, 13)]
    heads = ["组别", "月份", "举绩人数", "件数", "FYP", "期交", "FYC"]
    house.put("计划", [[None] * 3 + line for line in ([], [], heads, *lines)])
    return {"附表一"}


def attendance_by_names_under_days_and_weekdays(house: House) -> set[str]:
    table = house.table("考勤")
    for number in sorted({day.month for day in table.extra.values()}):
        days = {column: day for column, day in table.extra.items() if day.month == number}
        lines = [[line[house.place("考勤", "姓名")], *(line[column - 1] for column in days)] for line in house.lines("考勤")]
        house.put(f"{number}月考勤", [
            [f"{number}月早会考勤表"], ["姓名", *(day.day for day in days.values())],
            ["星期", *("一二三四五六日"[day.weekday()] for day in days.values())], *lines, ["√出勤 △迟到 ○请假 ×缺勤"],
        ])
    return {"考勤"}


def a_plan_of_half_the_groups_beside_the_others(house: House) -> set[str]:
    heads = ["组别", "月份", "举绩人数", "件数", "FYP", "期交", "FYC"]
    sides = [
        [heads, *([group, f"{n}月", *house.planned("附表一", RESULTS, group, n)] for group in groups for n in range(1, 13))]
        for groups in (house.groups[:3], house.groups[3:])
    ]
    house.put("计划", [["2026年业绩计划"], *([*left, None, *right] for left, right in zip(*sides, strict=True))])
    return {"附表一"}


def a_plan_sheet_for_each_item(house: House) -> set[str]:
    for place, item in enumerate(("举绩人数", "件数", "FYP", "期交", "FYC")):
        lines = [[group, *(house.planned("附表一", RESULTS, group, n)[place] for n in range(1, 13))] for group in house.groups]
        lines = [[*line, sum(line[1:])] for line in [*lines, ["合计", *map(sum, zip(*(line[1:] for line in lines), strict=True))]]]
        house.put(f"{item}计划", [[f"2026年{item}计划"], ["组别", *(f"{n}月" for n in range(1, 13)), "全年"], *lines])
    return {"附表一"}


def policies_under_the_day_alone_on_a_sheet_for_each_month(house: House) -> set[str]:
    place = house.place("保单明细", "承保日期")
    months: dict[int, list[Line]] = defaultdict(list)
    for line in house.lines("保单明细"):
        months[line[place].month].append([*line[:place], f"{line[place].day}日", *line[place + 1 :]])
    for number, lines in months.items():
        house.put(f"{number}月", [[f"2026年{number}月新单"], house.heads("保单明细"), *lines])
    return {"保单明细"}


def a_plan_under_three_lines_of_headings_that_are_not_merged(house: House) -> set[str]:
    items, blank = ["举绩人数", "件数", "FYP", "期交", "FYC"], [None] * 4
    groups: Line = ["月份"]
    kinds: Line = [None]
    names: Line = [None]
    for group in house.groups:
        groups += [group, *blank, *blank, None]
        kinds += ["计划", *blank, "实际", *blank]
        names += [*items, *items]

    def figures(number: int) -> Line:
        return [v for group in house.groups for v in (*house.planned("附表一", RESULTS, group, number), *blank, None)]

    lines = [[f"{n}月", *figures(n)] for n in range(1, 13)]
    house.put("业绩", [["2026年业绩追踪"], groups, kinds, names, *lines])
    return {"附表一"}


LAYOUTS: tuple[Callable[[House], set[str]], ...] = (
    roster_with_lines_for_groups, a_roster_sheet_for_each_group, a_policy_sheet_for_each_month_under_two_lines_of_headings,
    policies_without_the_names_of_products, a_plan_sheet_for_each_group_under_two_lines_of_headings,
    a_plan_in_ten_thousands_as_its_title_says, a_plan_by_items_with_a_column_of_units, logs_by_name_in_other_words,
    a_roster_of_present_and_left_people_with_signatures_below, a_plan_with_a_row_of_units_and_groups_written_otherwise,
    policies_under_the_day_alone_on_a_sheet_for_each_month, a_plan_under_three_lines_of_headings_that_are_not_merged,
    a_plan_of_half_the_groups_beside_the_others, a_plan_sheet_for_each_item,
    a_plan_pasted_as_text_from_another_system, attendance_by_names_under_days_and_weekdays,
)


@pytest.fixture(scope="module")
def wanted(sample_path: Path) -> dict[str, Any]:
    ledger = Ledger(FileBook(sample_path))
    return {period: report(ledger, parse_period(period))["kpi"] for period in PERIODS}


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.__name__)
def it_reads_the_same_figures_from_another_layout(layout, wanted, sample_path, tmp_path):
    house = House(sample_path)
    replaced = layout(house)
    for key in KEPT:
        if key not in replaced:
            sheet = house.table(key).sheet
            house.put(sheet, [list(row) for row in house.ledger.grids[sheet].rows])
    house.book.save(tmp_path / "台账.xlsx")
    ledger = Ledger(FileBook(tmp_path / "台账.xlsx"))
    for period in PERIODS:
        found = report(ledger, parse_period(period))["kpi"]
        for scope, values in wanted[period].items():
            assert found[scope]["measures"] == pytest.approx(values["measures"], nan_ok=True), (period, scope)
            assert found[scope]["FYP计划达成率"] == pytest.approx(values["FYP计划达成率"])
            assert found[scope]["达成率"] == pytest.approx(values["达成率"])
    assert [finding for finding in ledger.department.findings if finding.level == "错"] == []
