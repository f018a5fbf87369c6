"""The sample workbook read back cell by cell with openpyxl, and compared with the truth."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zuxun_xl.build.sample.workbook import workbook_bytes

TRUTH = json.loads((Path(__file__).resolve().parents[1] / "data" / "秋实营业部_truth.json").read_text(encoding="utf-8"))
MONTHS = [f"2026-{number:02d}" for number in range(1, 9)]
RUNNING = "2026-09-01..2026-09-16"
GROUPS = ("旭日组", "鲲鹏组", "远航组", "萌芽组")

Row = dict[str, Any]


@pytest.fixture(scope="module")
def book():
    return openpyxl.load_workbook(BytesIO(workbook_bytes()), data_only=True)


@pytest.fixture(scope="module")
def formulas():
    return openpyxl.load_workbook(BytesIO(workbook_bytes()))


def records(sheet, heading_row: int, key: str) -> list[Row]:
    """Return the rows below the headings in which the key column holds something and which are no total."""
    headings = [cell.value for cell in sheet[heading_row]]
    rows = [dict(zip(headings, row, strict=True)) for row in sheet.iter_rows(min_row=heading_row + 1, values_only=True)]
    return [row for row in rows if row[key] and "合计" not in str(row[headings[0]] or row[headings[1]])]


def text_date(text: str) -> date:
    return date(*map(int, re.findall(r"\d+", text)))


def amount(value: str | float) -> float:
    return float(value.replace(",", "")) if isinstance(value, str) else float(value)


def period_of(day: date) -> str:
    return RUNNING if day.month == 9 else f"{day.year}-{day.month:02d}"


def it_has_the_premium_of_the_truth_by_group_and_month(book):
    tables: list[dict[tuple[str, str], float]] = [defaultdict(float) for _ in range(4)]
    premium, regular, cases, commission = tables
    for row in records(book["新契约台账"], 5, "保单号码"):
        for unit in (row["营业组"], "全部"):
            key = (period_of(row["承保日"]), unit)
            premium[key] += row["保费"]
            regular[key] += row["保费"] if row["缴费方式"] == "期缴" else 0
            commission[key] += row["保费"] * row["首年佣金率(%)"] / 100
            if row["险种性质"] == "主险":
                cases[key] += 1 if row["保费"] > 0 else -1
    for period in (*MONTHS, RUNNING):
        for unit in (*GROUPS, "全部"):
            true = TRUTH["periods"][period][unit]
            found = [table[period, unit] for table in tables]
            assert found == pytest.approx([true[key] for key in ("FYP", "首年期交", "件数", "FYC")])
    assert sum(premium[month, "全部"] for month in MONTHS) == TRUTH["periods"]["2026-YTD8"]["全部"]["FYP"]


def it_has_the_active_people_of_the_truth(book):
    rows = records(book["新契约台账"], 5, "保单号码")
    spans = {**{month: [month] for month in MONTHS}, "2026-Q2": MONTHS[3:6], "2026-YTD8": MONTHS, RUNNING: [RUNNING]}
    for period, parts in spans.items():
        for unit in (*GROUPS, "全部"):
            cases: Counter[str] = Counter()
            premium: Counter[str] = Counter()
            for row in rows:
                if period_of(row["承保日"]) in parts and unit in {row["营业组"], "全部"}:
                    premium[row["员工号"]] += row["保费"]
                    cases[row["员工号"]] += (row["险种性质"] == "主险") * (1 if row["业务类型"] == "承保" else -1)
            active = sum(cases[code] >= 1 and premium[code] > 0 for code in cases)
            assert active == TRUTH["periods"][period][unit]["举绩人数"]


def it_has_the_headcount_of_the_truth(book):
    people = records(book["人员名册"], 4, "员工号")
    for period, closing in (("2026-03", date(2026, 3, 31)), ("2026-08", date(2026, 8, 31)), (RUNNING, date(2026, 9, 16))):
        found: Counter[str] = Counter()
        for row in people:
            joined, left = row["签约日期"].date(), row["解约日期"]
            if joined <= closing and (left is None or left.date() > closing):
                found[group_on(row, closing)] += 1
        assert found == {group: TRUTH["periods"][period][group]["期末人力"] for group in GROUPS}


def group_on(row: Row, day: date) -> str:
    """Undo a transfer that came later: 2026.05.20 远航组→旭日组."""
    if row["组别异动"]:
        moved, groups = str(row["组别异动"]).split()
        if text_date(moved) > day:
            return groups.split("→")[0]
    return str(row["营业组"])


def it_has_the_renewals_of_the_truth_though_they_are_text(book):
    rows = records(book["续期台账"], 4, "保单号码")
    for period, last in (("2026-02", date(2026, 2, 28)), ("2026-05", date(2026, 5, 31)), ("2026-07", date(2026, 7, 31))):
        due = [row for row in rows if period_of(text_date(row["应缴日期"])) == period]
        paid = [row for row in due if row["实缴日期"] and text_date(row["实缴日期"]) <= last]
        true = TRUTH["periods"][period]["全部"]
        assert (len(due), len(paid)) == (true["应收件数"], true["实收件数"])
        assert sum(amount(row["应收保费"]) for row in due) == true["应收保费"]
        assert sum(amount(row["实收保费"]) for row in paid) == true["实收保费"]
    kinds = {type(row["应收保费"]) for row in rows}
    assert str in kinds
    assert int in kinds


def it_has_the_marks_of_the_truth(book):
    sheet = book["早会考勤"]
    month, months = 0, {}
    for column in range(4, sheet.max_column + 1):
        heading = sheet.cell(4, column).value
        month = int(heading[0]) if heading and str(heading).endswith("月") else month
        if isinstance(sheet.cell(5, column).value, int):
            months[column] = month
    found: dict[tuple[int, str], Counter[str]] = {(number, group): Counter() for number in (8, 9) for group in GROUPS}
    for row in range(6, sheet.max_row + 1):
        for column, number in months.items():
            if sign := sheet.cell(row, column).value:
                found[number, sheet.cell(row, 1).value][sign] += 1
    for (number, group), signs in found.items():
        true = TRUTH["attendance"][f"2026-{number:02d}"][group]
        assert (signs.total(), signs["√"] + signs["迟"]) == (true["应出勤人次"], true["出勤人次"])
        assert (signs["迟"], signs["假"], signs["旷"]) == (true["其中迟到"], true["请假"], true["缺勤"])


def it_has_the_activity_of_the_truth(book):
    found: Counter[tuple[int, str, str]] = Counter()
    for row in records(book["活动量登记"], 4, "员工号"):
        for heading, key in (("约访数", "约访"), ("面谈数", "面谈"), ("新增准主顾", "新增准客户")):
            found[row["登记日"].month, row["小组"], key] += row[heading]
    for (number, group, key), value in found.items():
        assert value == TRUTH["activity"][f"2026-{number:02d}"][group][key]


def it_has_the_plan_of_the_truth_in_two_decimals_of_wan(book):
    sheet = book["附表一业绩计划"]
    for row in sheet.iter_rows(min_row=5, values_only=True):
        group, period, actives, cases, fyp, regular, fyc, *actual = row[:12]
        if not (period and re.fullmatch(r"[1-8]月", period)):
            continue
        plan = TRUTH["periods"][f"2026-0{period[0]}"]["全部" if group == "营业部合计" else group]["计划"]
        expected = [plan["举绩人数_逐月合计"], plan["件数"], plan["FYP"] / 10000, plan["首年期交"] / 10000, plan["FYC"] / 10000]
        assert [actives, cases, fyp, regular, fyc] == pytest.approx(expected)
        assert [fyp, regular, fyc] == pytest.approx([round(value, 2) for value in (fyp, regular, fyc)], abs=1e-9)
        assert actual == [None] * 5


def it_plans_the_people_of_the_truth(book):
    group = ""
    checked = 0
    for row in book["附表二人力计划"].iter_rows(min_row=6, min_col=2, max_col=7, values_only=True):
        group = row[0] or group
        if row[1] in {"第一季度", "第二季度"}:
            quarter = "2026-Q1" if row[1] == "第一季度" else "2026-Q2"
            plan = TRUTH["periods"][quarter]["全部" if group == "营业部合计" else group]["计划"]
            assert list(row[2:]) == [plan[key] for key in ("期初人力", "增员人数", "脱落人数", "期末人力")]
            checked += 1
    assert checked == 10


def it_states_the_weeks_of_the_truth(book):
    rows = list(book["附表四周追踪"].iter_rows(min_row=6, values_only=True))
    week: Row = {}
    for row in rows:
        if match := re.match(r"第(\d)周\((\d+)\.(\d+)-(\d+)\.(\d+)\)", row[0]):
            number, *days = map(int, match.groups())
            week = TRUTH["weeks_2026-09"][number - 1]
            assert [date(2026, *days[:2]).isoformat(), date(2026, *days[2:]).isoformat()] == [week["from"], week["to"]]
            continue
        plan = week["groups"]["全部" if row[0] == "合计" else row[0]]["计划"]
        targets = [value for value in row[1:] if value is not None]
        assert targets == [plan[key] for key in ("FYP", "首年期交", "件数", "举绩人数", "约访", "面谈", "新增准客户")]
    assert len(rows) == 24


def it_shares_the_plan_among_the_people(book):
    sheet = book["附表三个人目标"]
    headings = [cell.value for cell in sheet[4]]
    for row in sheet.iter_rows(min_row=5, values_only=True):
        if str(row[0]).endswith("小计"):
            for month in range(1, 9):
                plan = TRUTH["periods"][f"2026-{month:02d}"][row[0].removesuffix("小计")]["计划"]
                assert row[headings.index(f"{month}月")] == plan["FYP"]


def it_sums_up_its_own_months_with_formulas(book, formulas):
    rows = list(book["月度汇总"].iter_rows(min_row=6, max_row=14, values_only=True))
    for period, row in zip((*MONTHS, RUNNING), rows, strict=True):
        true = TRUTH["periods"][period]
        assert list(row[1:6]) == [true[unit]["FYP"] for unit in (*GROUPS, "全部")]
        assert row[8] == true["全部"]["件数"]
        assert row[7] == pytest.approx(true["全部"]["FYC"])
    assert all(str(cell.value).startswith("=") for row in formulas["月度汇总"]["B6:L15"] for cell in row)


def it_looks_like_a_kept_book(formulas):
    assert formulas.sheetnames[:2] == ["填报说明", "月度汇总"]
    assert formulas["附表一业绩计划"]["E4"].comment.text.startswith("目标按万元")
    assert formulas["人员名册"].data_validations.count == 2
    assert len(formulas["月度汇总"]._charts) == 1
    for name in formulas.sheetnames[1:]:
        assert formulas[name].freeze_panes, name
        assert formulas[name].page_setup.paperSize in {"8", "9", 8, 9}
    assert isinstance(formulas["新契约台账"]["C6"].value, datetime)
    assert formulas["新契约台账"]["C6"].number_format == "yyyy/m/d"
    assert formulas["人员名册"]["H5"].number_format == 'yyyy"年"m"月"d"日"'
