"""The yardstick: what a competent analyst writes for the sample ledger with pandas and openpyxl, and nothing else.

Usage: ``python plain_script.py 台账.xlsx 结果.xlsx``

It knows this one workbook by heart (sheet names, header rows, column positions), finds no table by its headings, checks no
entry and diagnoses nothing: it computes the figures, fills the actual columns of 附表一, 附表二, 附表四 and 附表五 and saves.
Every sheet that it needs is read once, all grouping is vectorised, the workbook is opened for writing once.
"""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import openpyxl
import pandas as pd

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

YEAR = 2026
MONTHS = range(1, 11)
ALL = "全部"
SHEETS = ["花名册", "保单明细", "续期明细", "考勤", "活动日志", "附表一"]
MOVE = re.compile(r"(\d+)月(\d+)日由(.+?)调入(.+)")
WEEK = re.compile(r"第.周（(\d+)月(\d+)日—(\d+)月(\d+)日）")
PLANNED = ["FYP", "首年期交", "FYC", "件数", "举绩人数"]
QUARTERS = {"一季度小计": (1, 3), "二季度小计": (4, 6), "三季度小计": (7, 9)}
WEEK_COLUMNS = {
    4: "FYP",
    7: "首年期交",
    9: "件数",
    11: "举绩人数",
    12: "期初人力",
    13: "增员人数",
    14: "脱落人数",
    15: "期末人力",
    16: "应出勤人次",
    17: "出勤人次",
    20: "约访",
    22: "面谈",
    24: "新增准客户",
}

Figures = dict[str, dict[str, float]]
Plan = dict[tuple[str, int], dict[str, float]]


@dataclass
class Ledger:
    """The tables of the workbook, cleaned."""

    groups: list[str]
    stays: pd.DataFrame
    policies: pd.DataFrame
    renewals: pd.DataFrame
    attendance: pd.DataFrame
    activity: pd.DataFrame


def read(sheets: dict[str, pd.DataFrame]) -> Ledger:
    """Drop totals, derive the columns that the figures need."""
    roster = sheets["花名册"].dropna(subset=["入司日期"])
    policies = sheets["保单明细"].dropna(subset=["保单号"]).copy()
    policies["日期"] = pd.to_datetime(policies["承保日期"])
    policies["FYC"] = policies["首年保费"] * policies["佣金率"]
    policies["首年期交"] = policies["首年保费"].where(policies["期交/趸交"] == "期交", 0)
    policies["主险"] = policies["主险/附加险"] == "主险"
    renewals = sheets["续期明细"].dropna(subset=["保单号"]).copy()
    renewals["日期"] = pd.to_datetime(renewals["应收日期"])
    renewals["实收日期"] = pd.to_datetime(renewals["实收日期"])
    attendance = sheets["考勤"].dropna(subset=["工号"]).drop(columns=["应出勤", "实出勤", "出勤率"])
    attendance = attendance.melt(["序号", "组别", "工号", "姓名"], var_name="日", value_name="符号").dropna(subset=["符号"])
    attendance["日期"] = pd.to_datetime(f"{YEAR}/" + attendance["日"], format="%Y/%m/%d")
    activity = sheets["活动日志"].dropna(subset=["工号"]).copy()
    activity["日期"] = pd.to_datetime(activity["日期"])
    return Ledger(list(dict.fromkeys(roster["组别"])), stays(roster), policies, renewals, attendance, activity)


def stays(roster: pd.DataFrame) -> pd.DataFrame:
    """One row per agent and group: from its first day to the first day no longer there; transfers cut a stay in two."""
    rows: list[tuple[Any, ...]] = []
    for agent in roster.to_dict("records"):
        start, end, group = agent["入司日期"], agent["离司日期"], agent["组别"]
        move = MOVE.search(agent["调动"]) if isinstance(agent["调动"], str) else None
        if move:
            day = pd.Timestamp(YEAR, int(move[1]), int(move[2]))
            rows += [(move[3], start, day, "入司", "调出"), (move[4], day, end, "调入", "离司")]
        else:
            rows.append((group, start, end, "入司", "离司"))
    return pd.DataFrame(rows, columns=["组别", "起", "止", "来", "去"]).assign(
        起=lambda frame: pd.to_datetime(frame["起"]), 止=lambda frame: pd.to_datetime(frame["止"])
    )


def production(ledger: Ledger, first: pd.Timestamp, last: pd.Timestamp) -> Figures:
    """FYP, 首年期交, FYC, 件数 and 举绩人数 per group and for the whole department."""
    lines = ledger.policies[ledger.policies["日期"].between(first, last)]
    sums = lines.groupby("组别")[["首年保费", "首年期交", "FYC"]].sum().rename(columns={"首年保费": "FYP"})
    sums.loc[ALL] = sums.sum()
    sums["件数"] = _per_group(_cases(lines, ["组别"]))
    agents = _cases(lines, ["组别", "业务员工号"]).to_frame("件数")
    agents["FYP"] = lines.groupby(["组别", "业务员工号"])["首年保费"].sum()
    active = agents[(agents["件数"] >= 1) & (agents["FYP"] > 0)]
    sums["举绩人数"] = active.groupby("组别").size()
    whole = _cases(lines, ["业务员工号"]).to_frame("件数")
    whole["FYP"] = lines.groupby("业务员工号")["首年保费"].sum()
    sums.loc[ALL, "举绩人数"] = int(((whole["件数"] >= 1) & (whole["FYP"] > 0)).sum())
    return _figures(sums.reindex([*ledger.groups, ALL]).fillna(0))


def _cases(lines: pd.DataFrame, by: list[str]) -> pd.Series[int]:
    """Distinct main policies issued less distinct main policies withdrawn."""
    main = lines[lines["主险"]]
    issued = main[main["首年保费"] > 0].groupby(by)["保单号"].nunique()
    withdrawn = main[main["首年保费"] < 0].groupby(by)["保单号"].nunique()
    return issued.sub(withdrawn, fill_value=0)


def _per_group(counts: pd.Series[int]) -> pd.Series[int]:
    counts.loc[ALL] = counts.sum()
    return counts


def headcount(ledger: Ledger, first: pd.Timestamp, last: pd.Timestamp) -> Figures:
    """Opening, joined, left, moved and closing per group."""
    table = ledger.stays
    begun, ended = table["起"].between(first, last), table["止"].between(first, last)
    flags = pd.DataFrame(
        {
            "组别": table["组别"],
            "期初人力": (table["起"] < first) & ~(table["止"] < first),
            "增员人数": begun & (table["来"] == "入司"),
            "脱落人数": ended & (table["去"] == "离司"),
            "调入": begun & (table["来"] == "调入"),
            "调出": ended & (table["去"] == "调出"),
            "期末人力": (table["起"] <= last) & ~(table["止"] <= last),
        }
    )
    sums = flags.groupby("组别").sum()
    sums.loc[ALL] = sums.sum()
    sums.loc[ALL, ["调入", "调出"]] = 0
    return _figures(sums.reindex([*ledger.groups, ALL]))


def renewed(ledger: Ledger, first: pd.Timestamp, last: pd.Timestamp) -> Figures:
    """Premiums due in the period, and those of them paid by its end."""
    due = ledger.renewals[ledger.renewals["日期"].between(first, last)]
    paid = due[(due["实收保费"] > 0) & (due["实收日期"] <= last)]
    sums = pd.DataFrame(
        {
            "应收件数": due.groupby("组别").size(),
            "实收件数": paid.groupby("组别").size(),
            "应收保费": due.groupby("组别")["应收保费"].sum(),
            "实收保费": paid.groupby("组别")["实收保费"].sum(),
        }
    ).fillna(0)
    sums.loc[ALL] = sums.sum()
    return _figures(sums.reindex([*ledger.groups, ALL]).fillna(0))


def presence(ledger: Ledger, first: pd.Timestamp, last: pd.Timestamp) -> Figures:
    """Attendance and activity per group."""
    marks = ledger.attendance[ledger.attendance["日期"].between(first, last)]
    logs = ledger.activity[ledger.activity["日期"].between(first, last)]
    sums = logs.groupby("组别")[["约访", "面谈", "新增准客户"]].sum()
    sums["应出勤人次"] = marks.groupby("组别").size()
    sums["出勤人次"] = marks[marks["符号"].isin(["√", "△"])].groupby("组别").size()
    sums.loc[ALL] = sums.sum()
    return _figures(sums.reindex([*ledger.groups, ALL]).fillna(0))


def period(ledger: Ledger, first: pd.Timestamp, last: pd.Timestamp) -> Figures:
    """Every figure of one period."""
    parts = [work(ledger, first, last) for work in (production, headcount, renewed, presence)]
    return {group: {name: value for part in parts for name, value in part[group].items()} for group in [*ledger.groups, ALL]}


def _figures(table: pd.DataFrame) -> Figures:
    return {str(group): {str(name): value for name, value in row.items()} for group, row in table.to_dict("index").items()}


def month_span(first: int, last: int) -> tuple[pd.Timestamp, pd.Timestamp]:
    """First and last day of a run of months."""
    return pd.Timestamp(YEAR, first, 1), pd.Timestamp(YEAR, last, 1) + pd.offsets.MonthEnd(0)


def ratio(above: float, below: float) -> float | None:
    """A quotient, or None where there is none."""
    return above / below if below else None


def span_of(label: str) -> tuple[int, int] | None:
    """Months that a row's label stands for."""
    month = re.fullmatch(r"(\d+)月", label)
    return (int(month[1]), int(month[1])) if month else QUARTERS.get(label)


def fill_months(sheet: Worksheet, by_span: dict[tuple[int, int], Figures], names: list[str], first_column: int) -> None:
    """附表一 and 附表二: actual columns of the months that have passed and of the closed quarters."""
    for row in range(4, sheet.max_row + 1):
        group, span = str(sheet.cell(row, 2).value), span_of(str(sheet.cell(row, 3).value))
        if span in by_span:
            for offset, name in enumerate(names):
                sheet.cell(row, first_column + offset).value = by_span[span][group][name]


def fill_attainment(sheet: Worksheet, plan: Plan, by_span: dict[tuple[int, int], Figures]) -> None:
    """附表一: FYP达成率 beside the actual columns."""
    for row in range(4, sheet.max_row + 1):
        group, span = str(sheet.cell(row, 2).value), span_of(str(sheet.cell(row, 3).value))
        if span in by_span:
            target = sum(plan[group, month]["FYP"] for month in range(span[0], span[1] + 1))
            sheet.cell(row, 14).value = ratio(by_span[span][group]["FYP"], target)


def fill_weeks(sheet: Worksheet, ledger: Ledger, plan: Plan) -> None:
    """附表四: one block a week, its days taken from the block's heading."""
    figures: Figures = {}
    so_far: Figures = {}
    targets: dict[str, float] = {}
    month = 10
    for row in range(4, sheet.max_row + 1):
        label, group = sheet.cell(row, 1).value, sheet.cell(row, 2).value
        heading = WEEK.match(str(label))
        if heading:
            month = int(heading[1])
            last = pd.Timestamp(YEAR, int(heading[3]), int(heading[4]))
            figures = period(ledger, pd.Timestamp(YEAR, month, int(heading[2])), last)
            so_far = production(ledger, pd.Timestamp(YEAR, month, 1), last)
            targets = {ALL: 0}
            continue
        name = ALL if label == "合计" else str(group)
        if name not in figures:
            continue
        if name != ALL:
            targets[name] = sheet.cell(row, 3).value or 0  # type: ignore[assignment]
            targets[ALL] += targets[name]
        for column, measure in WEEK_COLUMNS.items():
            sheet.cell(row, column).value = figures[name][measure]
        sheet.cell(row, 5).value = ratio(figures[name]["FYP"], targets[name])
        sheet.cell(row, 18).value = ratio(figures[name]["出勤人次"], figures[name]["应出勤人次"])
        sheet.cell(row, 25).value = so_far[name]["FYP"]
        sheet.cell(row, 26).value = ratio(so_far[name]["FYP"], plan[name, month]["FYP"])


def kpis(actual: dict[str, float], plan: dict[str, float]) -> dict[str, float | None]:
    """The rows of 附表五 that follow from the measures of a month."""
    average = (actual["期初人力"] + actual["期末人力"]) / 2
    return {
        "首年度保费(FYP)": actual["FYP"],
        "首年度期交保费": actual["首年期交"],
        "首年度佣金(FYC)": actual["FYC"],
        "期初人力": actual["期初人力"],
        "期末人力": actual["期末人力"],
        "增员人数": actual["增员人数"],
        "脱落人数": actual["脱落人数"],
        "举绩率": ratio(actual["举绩人数"], average),
        "FYP计划达成率": ratio(actual["FYP"], plan["FYP"]),
        "首年期交保费计划达成率": ratio(actual["首年期交"], plan["首年期交"]),
        "人均FYC": ratio(actual["FYC"], average),
        "人均产能": ratio(actual["FYP"], actual["举绩人数"]),
        "件均保费": ratio(actual["FYP"], actual["件数"]),
        "人均件数": ratio(actual["件数"], average),
        "有效人均件数": ratio(actual["件数"], actual["举绩人数"]),
        "达成率（件数）": ratio(actual["件数"], plan["件数"]),
        "保单持续率": ratio(actual["实收保费"], actual["应收保费"]),
        "续收达成率": ratio(actual["实收件数"], actual["应收件数"]),
        "增员率": ratio(actual["增员人数"], average),
        "脱落率": ratio(actual["脱落人数"], average),
        "出勤率": ratio(actual["出勤人次"], actual["应出勤人次"]),
        "期交比率": ratio(actual["首年期交"], actual["FYP"]),
    }


def fill_kpis(sheet: Worksheet, columns: list[dict[str, float | None]], before: dict[str, float | None]) -> None:
    """附表五: a column a group and the whole, and the whole's value of the month before."""
    for row in range(4, sheet.max_row + 1):
        name = str(sheet.cell(row, 3).value)
        if name in before:
            for offset, column in enumerate(columns):
                sheet.cell(row, 5 + offset).value = column[name]
            sheet.cell(row, 13).value = before[name]


def read_plan(sheet: pd.DataFrame, groups: list[str]) -> Plan:
    """Plans of 附表一 by group and month; the whole is the sum of the groups, typed totals are not used."""
    rows = sheet[sheet["组别"].isin(groups) & sheet["月份"].astype(str).str.fullmatch(r"\d+月")]
    rows = rows.assign(月=rows["月份"].str.rstrip("月").astype(int)).rename(columns=lambda name: name.removeprefix("计划"))
    whole = rows.groupby("月", as_index=False)[PLANNED].sum().assign(组别=ALL)
    records = pd.concat([rows, whole]).to_dict("records")
    return {(str(row["组别"]), int(row["月"])): {name: float(row[name]) for name in PLANNED} for row in records}


def run(source: str, target: str) -> dict[tuple[int, int], Figures]:
    """Read, compute, fill, save; returns the figures by span of months."""
    sheets = pd.read_excel(source, sheet_name=SHEETS, header=2, dtype={"工号": str, "业务员工号": str}, engine="openpyxl")
    ledger = read(sheets)
    plan = read_plan(sheets["附表一"], ledger.groups)
    spans = [(month, month) for month in MONTHS] + list(QUARTERS.values())
    by_span = {span: period(ledger, *month_span(*span)) for span in spans}
    book = openpyxl.load_workbook(source)
    fill_months(book["附表一"], by_span, ["举绩人数", "件数", "FYP", "首年期交", "FYC"], 9)
    fill_attainment(book["附表一"], plan, by_span)
    fill_months(book["附表二"], by_span, ["期初人力", "增员人数", "脱落人数", "调入", "调出", "期末人力"], 8)
    fill_weeks(book["附表四"], ledger, plan)
    now, before = by_span[10, 10], by_span[9, 9]
    columns = [kpis(now[group], plan[group, 10]) for group in [*ledger.groups, ALL]]
    fill_kpis(book["附表五"], columns, kpis(before[ALL], plan[ALL, 9]))
    book.save(target)
    return by_span


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2])
