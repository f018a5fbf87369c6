"""The raw tables in the house styles of other departments: whatever the style, every figure of every period is the true one."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING, Any

import pytest

from tests.departments import small
from tests.departments.styles import drawn
from tests.departments.truth import truth as truth_of
from tests.tasks.restyle import Frame, House, Row, day_text, differences, page
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.grid import ErrorValue
from zuxun_xl.findings import Level
from zuxun_xl.periods import month_of
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

STYLES: dict[str, Callable[[House], None]] = {}

ROSTER, POLICIES, RENEWALS, ATTENDANCE, ACTIVITY = "花名册", "保单明细", "续期明细", "考勤", "活动日志"
MONEY = {POLICIES: ("首年保费",), RENEWALS: ("应收保费", "实收保费")}


def style(function: Callable[[House], None]) -> Callable[[House], None]:
    STYLES[function.__name__] = function
    return function


def wan(value: float | None) -> float | None:
    return None if value is None else round(value / 10_000, 6)


def blanks(rows: list[Row], every: int) -> list[Row]:
    """With an empty row after every so many rows."""
    return [row for number, line in enumerate(rows, start=1) for row in ([line, [None]] if number % every == 0 else [line])]


# ------------------------------------------------------------------------------------------------------------ money


@style
def money_in_wan_by_heading(house: House) -> None:
    for sheet, columns in MONEY.items():
        frame = house.frame(sheet).mapped(wan, *columns).renamed(**{column: f"{column}\n（万元）" for column in columns})
        house.put(sheet, page(frame, f"{sheet}台账"))


@style
def money_in_wan_by_note(house: House) -> None:
    for sheet, columns in MONEY.items():
        house.put(sheet, page(house.frame(sheet).mapped(wan, *columns), f"{sheet}台账", "编制：组训", "单位：万元"))


@style
def money_in_wan_by_note_with_other_words(house: House) -> None:
    for sheet, columns in MONEY.items():
        house.put(sheet, page(house.frame(sheet).mapped(wan, *columns), f"{sheet}台账", "计量单位：人民币万元"))


@style
def money_in_wan_by_note_in_the_next_cell(house: House) -> None:
    for sheet, columns in MONEY.items():
        rows = page(house.frame(sheet).mapped(wan, *columns), f"{sheet}台账", "金额单位：")
        rows[1] = ["金额单位：", "万元"]
        house.put(sheet, rows)


@style
def money_in_wan_by_a_row_of_units(house: House) -> None:
    for sheet, columns in MONEY.items():
        frame = house.frame(sheet).mapped(wan, *columns)
        units: Row = ["万元" if heading in columns else {"佣金率": "%"}.get(heading, "-") for heading in frame.headings]
        house.put(sheet, page(Frame(frame.headings, [units, *frame.rows]), f"{sheet}台账"))


@style
def money_in_bracketed_note(house: House) -> None:
    for sheet, columns in MONEY.items():
        house.put(sheet, page(house.frame(sheet).mapped(wan, *columns), f"2026年{sheet}（单位：万元）"))


@style
def money_as_text_with_separators(house: House) -> None:
    for sheet, columns in MONEY.items():
        house.put(sheet, page(house.frame(sheet).mapped(lambda v: f"{v:,.2f} ", *columns), sheet))


@style
def money_as_full_width_text(house: House) -> None:
    wide = str.maketrans("0123456789-.,", "０１２３４５６７８９－．，")
    for sheet, columns in MONEY.items():
        house.put(sheet, page(house.frame(sheet).mapped(lambda v: f"￥{v:,.2f}".translate(wide), *columns), sheet))


@style
def money_with_unit_in_the_cell(house: House) -> None:
    for sheet, columns in MONEY.items():
        house.put(sheet, page(house.frame(sheet).mapped(lambda v: f"{v:g}元", *columns), sheet))


@style
def money_in_accounting_text(house: House) -> None:
    for sheet, columns in MONEY.items():
        house.put(sheet, page(house.frame(sheet).mapped(lambda v: f"({-v:,.2f})" if v < 0 else f"¥ {v:,.2f}", *columns), sheet))


# ------------------------------------------------------------------------------------------------- headings of policies


@style
def policies_as_a_company_export(house: House) -> None:
    frame = (
        house.frame(POLICIES)
        .without("序号", "备注")
        .renamed(
            **{
                "承保日期": "承保日",
                "保单号": "保险单号",
                "主险/附加险": "主附险标志",
                "险种名称": "险种名称",
                "期交/趸交": "交费方式",
                "缴费年期": "交费年期",
                "首年保费": "首年度保费(FYP)",
                "佣金率": "首期佣金率",
                "业务员工号": "代理人编码",
                "业务员": "代理人姓名",
                "组别": "营业组名称",
            },
        )
    )
    frame = frame.mapped({"期交": "期缴", "趸交": "趸缴"}.get, "交费方式")
    house.put("个险承保清单", page(frame), replaces=POLICIES)


@style
def policies_with_insured_and_other_days(house: House) -> None:
    frame = (
        house.frame(POLICIES)
        .added("投保日期", lambda row: row["承保日期"] - timedelta(days=3))
        .added("生效日期", lambda row: row["承保日期"] + timedelta(days=1))
        .added("回执日期", lambda row: row["承保日期"] + timedelta(days=8))
        .added("投保人姓名", lambda row: "张三" + row["业务员"])
        .added("被保险人", lambda row: "李四" + row["业务员"])
        .added("投保单号", lambda row: "T" + row["保单号"])
        .added("基本保额", lambda row: abs(row["首年保费"]) * 20)
        .added("标准保费", lambda row: row["首年保费"] * 0.8)
        .added("管理机构", lambda _: "春华支公司")
    )
    names = (
        "投保单号",
        "投保日期",
        "保单号",
        "生效日期",
        "承保日期",
        "回执日期",
        "投保人姓名",
        "被保险人",
        "险种名称",
        "主险/附加险",
        "基本保额",
        "标准保费",
        "首年保费",
        "佣金率",
        "期交/趸交",
        "管理机构",
        "组别",
        "业务员",
        "业务员工号",
    )
    house.put(POLICIES, page(frame.ordered(*names), "新契约保单明细"))


@style
def policies_with_insurance_day_first(house: House) -> None:
    frame = (
        house.frame(POLICIES)
        .added("投保日期", lambda row: row["承保日期"] - timedelta(days=20))
        .added("交单日期", lambda row: row["承保日期"] - timedelta(days=19))
    )
    names = ("投保日期", "交单日期", *frame.headings[:-2])
    house.put("新单", page(frame.ordered(*names).renamed(承保日期="核保通过日期")), replaces=POLICIES)


@style
def main_rider_as_yes_no(house: House) -> None:
    frame = house.frame(POLICIES).mapped({"主险": "是", "附加险": "否"}.get, "主险/附加险").renamed(**{"主险/附加险": "是否主险"})
    house.put(POLICIES, page(frame, "新契约"))


@style
def main_rider_as_flag(house: House) -> None:
    frame = house.frame(POLICIES).mapped({"主险": 1.0, "附加险": 0.0}.get, "主险/附加险").renamed(**{"主险/附加险": "主险标志"})
    house.put(POLICIES, page(frame, "新契约"))


@style
def main_rider_as_letters(house: House) -> None:
    frame = house.frame(POLICIES).mapped({"主险": "M", "附加险": "R"}.get, "主险/附加险").renamed(**{"主险/附加险": "主附险标记"})
    house.put(POLICIES, page(frame, "新契约"))


@style
def main_rider_as_single_characters(house: House) -> None:
    frame = house.frame(POLICIES).mapped({"主险": "主", "附加险": "附"}.get, "主险/附加险").renamed(**{"主险/附加险": "主附"})
    house.put(POLICIES, page(frame, "新契约"))


@style
def rider_flag(house: House) -> None:
    frame = house.frame(POLICIES).mapped({"主险": "否", "附加险": "是"}.get, "主险/附加险").renamed(**{"主险/附加险": "是否附加险"})
    house.put(POLICIES, page(frame, "新契约"))


@style
def main_rider_under_an_ambiguous_heading(house: House) -> None:
    frame = house.frame(POLICIES).without("险种类别").renamed(**{"主险/附加险": "险种类型"})
    house.put(POLICIES, page(frame, "新契约"))


@style
def kind_column_beside_main_rider(house: House) -> None:
    frame = house.frame(POLICIES).renamed(**{"主险/附加险": "险种类别", "险种类别": "险种大类"})
    house.put(POLICIES, page(frame, "新契约"))


@style
def no_main_rider_column(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES).without("主险/附加险"), "新契约"))


@style
def regular_premium_by_mode(house: House) -> None:
    modes = {"期交": "年交", "趸交": "一次交清"}
    house.put(POLICIES, page(house.frame(POLICIES).mapped(modes.get, "期交/趸交").renamed(**{"期交/趸交": "交费频率"}), "新契约"))


@style
def regular_premium_by_years_only(house: House) -> None:
    frame = (
        house.frame(POLICIES)
        .without("期交/趸交")
        .mapped(lambda v: "趸交" if v == 1 else f"{v:g}年交", "缴费年期")
        .renamed(缴费年期="缴费期限")
    )
    house.put(POLICIES, page(frame, "新契约"))


@style
def payment_channel_is_no_mode(house: House) -> None:
    frame = house.frame(POLICIES).without("期交/趸交").added("缴费方式", lambda _: "银行转账")
    house.put(POLICIES, page(frame, "新契约"))


@style
def regular_as_yes_no(house: House) -> None:
    frame = house.frame(POLICIES).mapped({"期交": "是", "趸交": "否"}.get, "期交/趸交").renamed(**{"期交/趸交": "是否期交"})
    house.put(POLICIES, page(frame, "新契约"))


@style
def regular_and_single_premium_in_two_columns(house: House) -> None:
    frame = house.frame(POLICIES).added("期交保费", lambda r: r["首年保费"] if r["期交/趸交"] == "期交" else None)
    frame = frame.added("趸交保费", lambda r: r["首年保费"] if r["期交/趸交"] == "趸交" else None).without("期交/趸交", "缴费年期")
    house.put(POLICIES, page(frame.renamed(首年保费="FYP合计"), "新契约"))


@style
def regular_and_single_premium_without_a_sum(house: House) -> None:
    frame = house.frame(POLICIES).added("期交保费", lambda r: r["首年保费"] if r["期交/趸交"] == "期交" else 0.0)
    frame = frame.added("趸交保费", lambda r: r["首年保费"] if r["期交/趸交"] == "趸交" else 0.0).without(
        "期交/趸交", "缴费年期", "首年保费"
    )
    house.put(POLICIES, page(frame, "新契约"))


@style
def rate_in_percent_points(house: House) -> None:
    frame = house.frame(POLICIES).mapped(lambda v: round(v * 100, 6), "佣金率").renamed(佣金率="佣金率(%)")
    house.put(POLICIES, page(frame, "新契约"))


@style
def rate_in_bare_percent_points(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES).mapped(lambda v: round(v * 100, 6), "佣金率"), "新契约"))


@style
def rate_as_text(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES).mapped(lambda v: f"{v * 100:g}%", "佣金率").renamed(佣金率="FYC比例"), "新契约"))


@style
def rate_half_as_text(house: House) -> None:
    frame = house.frame(POLICIES)
    place = frame.place("佣金率")
    rows = [
        [*row[:place], f"{row[place] * 100:g}%" if n % 2 else row[place] * 100, *row[place + 1 :]] for n, row in enumerate(frame.rows)
    ]
    house.put(POLICIES, page(Frame(frame.headings, rows), "新契约"))


@style
def commission_amount_instead_of_a_rate(house: House) -> None:
    frame = house.frame(POLICIES).added("首年佣金", lambda r: round(r["首年保费"] * r["佣金率"], 2)).without("佣金率")
    house.put(POLICIES, page(frame, "新契约"))


@style
def commission_amount_and_rate(house: House) -> None:
    frame = house.frame(POLICIES).added("FYC（元）", lambda r: round(r["首年保费"] * r["佣金率"], 2))
    house.put(POLICIES, page(frame.renamed(首年保费="FYP（元）"), "新契约"))


@style
def commission_amount_in_wan(house: House) -> None:
    frame = house.frame(POLICIES).added("佣金(万元)", lambda r: round(r["首年保费"] * r["佣金率"] / 10_000, 6)).without("佣金率")
    house.put(POLICIES, page(frame, "新契约"))


@style
def policies_under_two_heading_rows(house: House) -> None:
    frame = house.frame(POLICIES).ordered(
        "保单号", "承保日期", "险种名称", "主险/附加险", "期交/趸交", "首年保费", "佣金率", "业务员工号", "业务员", "组别"
    )
    rows = page(frame.renamed(业务员工号="工号", 业务员="姓名", 首年保费="保费"), "新契约承保明细表")
    rows.insert(1, ["保单信息", None, "险种信息", None, None, "首期", None, "业务员", None, None])
    house.put(POLICIES, rows, [(2, 1, 2, 2), (2, 3, 2, 5), (2, 6, 2, 7), (2, 8, 2, 10)])


@style
def policies_signed_by_kind(house: House) -> None:
    frame = (
        house.frame(POLICIES)
        .added("业务类型", lambda r: "犹豫期撤单" if r["首年保费"] < 0 else "承保")
        .mapped(abs, "首年保费")
        .without("备注")
    )
    house.put(POLICIES, page(frame, "新契约"))


@style
def withdrawals_on_a_sheet_of_their_own(house: House) -> None:
    frame = house.frame(POLICIES).without("备注")
    parts = frame.split(lambda r: "撤" if r["首年保费"] < 0 else "")
    house.put(POLICIES, page(parts[""], "新契约明细"))
    house.put("犹豫期撤单", page(parts["撤"], "犹豫期撤单明细"))


@style
def withdrawals_positive_on_a_sheet_of_their_own(house: House) -> None:
    frame = house.frame(POLICIES).without("备注")
    parts = frame.split(lambda r: "撤" if r["首年保费"] < 0 else "")
    house.put(POLICIES, page(parts[""], "新契约明细"))
    house.put("犹豫期撤单", page(parts["撤"].mapped(abs, "首年保费").renamed(承保日期="撤单日期"), "犹豫期撤单明细"))


@style
def policies_by_name_only(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES).without("业务员工号"), "新契约"))


@style
def policies_by_code_only(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES).without("业务员", "组别"), "新契约"))


# --------------------------------------------------------------------------------------------------- rows and places


@style
def tables_moved_down_and_right(house: House) -> None:
    for number, sheet in enumerate((ROSTER, POLICIES, RENEWALS, ACTIVITY), start=1):
        house.put(sheet, page(house.frame(sheet), sheet, "编制：组训", left=number, top=number * 3))


@style
def blank_rows_inside(house: House) -> None:
    for sheet in (ROSTER, POLICIES, RENEWALS, ACTIVITY):
        frame = house.frame(sheet)
        house.put(sheet, page(Frame(frame.headings, blanks(frame.rows, 17)), sheet))


@style
def headings_repeated_on_every_page(house: House) -> None:
    for sheet in (ROSTER, POLICIES, RENEWALS, ACTIVITY):
        frame = house.frame(sheet)
        rows = [line for n, row in enumerate(frame.rows) for line in ([list(frame.headings), row] if n and n % 40 == 0 else [row])]
        house.put(sheet, page(Frame(frame.headings, rows), sheet))


@style
def titles_repeated_on_every_page(house: House) -> None:
    for sheet in (ROSTER, POLICIES):
        frame = house.frame(sheet)
        extra: list[Row] = [["本页小计", None, None, None], ["春华营业部" + sheet], ["单位：元"], list(frame.headings)]
        rows = [line for n, row in enumerate(frame.rows) for line in ([*extra, row] if n and n % 40 == 0 else [row])]
        house.put(sheet, page(Frame(frame.headings, rows), sheet, "单位：元"))


def with_subtotals(frame: Frame, group: str, label: Callable[[str], Row], *, last: Row) -> Frame:
    rows: list[Row] = []
    for name, part in frame.split(lambda row: row[group]).items():
        rows += [*part.rows, label(name)]
    return Frame(frame.headings, [*rows, last])


@style
def subtotals_of_groups(house: House) -> None:
    roster = with_subtotals(house.frame(ROSTER), "组别", lambda g: [None, f"{g}小计", "23人"], last=["合计", "107人"])
    house.put(ROSTER, page(roster, "业务员花名册"))
    premium = house.frame(POLICIES).place("首年保费")
    policies = with_subtotals(
        house.frame(POLICIES),
        "组别",
        lambda g: [None, None, f"{g} 小计", *[None] * (premium - 3), 12345.0],
        last=[None, "总计", *[None] * (premium - 2), 99999.0],
    )
    house.put(POLICIES, page(policies, "新契约"))


@style
def subtotals_as_pivot_labels(house: House) -> None:
    premium = house.frame(POLICIES).place("首年保费")
    label = house.frame(POLICIES).place("组别")
    policies = with_subtotals(
        house.frame(POLICIES),
        "组别",
        lambda g: [*[None] * premium, 12345.0, *[None] * (label - premium - 1), f"{g} 汇总"],
        last=[*[None] * premium, 99999.0, *[None] * (label - premium - 1), "总计"],
    )
    house.put(POLICIES, page(policies, "新契约"))


@style
def subtotals_with_the_group_in_its_column(house: House) -> None:
    roster = with_subtotals(
        house.frame(ROSTER), "组别", lambda g: [None, None, "小计", g, "23人"], last=[None, None, "合计", "全部", "107人"]
    )
    house.put(ROSTER, page(roster, "业务员花名册"))
    frame = house.frame(POLICIES)
    places = [frame.place(h) for h in ("首年保费", "组别")]

    def total(group: str, word: str) -> Row:
        row: Row = [None] * len(frame.headings)
        row[places[0]], row[places[1]], row[4] = 12345.0, group, word
        return row

    house.put(POLICIES, page(with_subtotals(frame, "组别", lambda g: total(g, "本组小计"), last=total("全部", "累计")), "新契约"))


@style
def totals_above_the_records(house: House) -> None:
    for sheet in (ROSTER, POLICIES):
        frame = house.frame(sheet)
        total: Row = ["合计", *[None] * (len(frame.headings) - 2), "8个"]
        house.put(sheet, page(Frame(frame.headings, [total, *frame.rows]), sheet))


@style
def subtotals_of_months(house: House) -> None:
    frame = house.frame(POLICIES)
    premium = frame.place("首年保费")
    rows: list[Row] = []
    for name, part in frame.split(lambda r: f"{r['承保日期'].month}月").items():
        rows += [*part.rows, [None, f"{name}合计", *[None] * (premium - 2), 12.0, None, None, None, None, None]]
    house.put(POLICIES, page(Frame(frame.headings, rows), "新契约"))


@style
def group_written_once_in_merged_cells(house: House) -> None:
    frame = house.frame(ROSTER).ordered("组别", "工号", "姓名", "职级", "入司日期", "离司日期", "调动")
    rows, merges, top = page(frame, "业务员花名册"), [], 3
    for part in frame.split(lambda r: r["组别"]).values():
        merges.append((top, 1, top + len(part.rows) - 1, 1))
        for row in range(top + 1, top + len(part.rows)):
            rows[row - 1] = [None, *rows[row - 1][1:]]
        top += len(part.rows)
    house.put(ROSTER, rows, merges)


@style
def group_written_once_without_merging(house: House) -> None:
    frame = house.frame(ROSTER).ordered("组别", "工号", "姓名", "职级", "入司日期", "离司日期", "调动")
    rows = page(frame, "业务员花名册")
    for row in range(len(rows), 3, -1):
        if rows[row - 1][0] == rows[row - 2][0]:
            rows[row - 1] = [None, *rows[row - 1][1:]]
    house.put(ROSTER, rows)


@style
def hidden_sheets_count(house: House) -> None:
    house.hidden |= {POLICIES, RENEWALS}


# -------------------------------------------------------------------------------------------------- several sheets


@style
def policies_on_a_sheet_a_month(house: House) -> None:
    parts = house.frame(POLICIES).split(lambda r: f"{r['承保日期'].month}月保单")
    for number, (name, part) in enumerate(parts.items()):
        house.put(name, page(part, f"2026年{name}明细", "单位：元"), replaces=POLICIES if number == 0 else "")


@style
def policies_on_a_sheet_a_month_in_other_orders(house: House) -> None:
    parts = house.frame(POLICIES).split(lambda r: f"{r['承保日期'].month}月")
    for number, (name, part) in enumerate(reversed(parts.items())):
        headings = part.headings if number % 2 else [*reversed(part.headings)]
        house.put(name, page(part.ordered(*headings), f"{name}新契约"), replaces=POLICIES if number == 0 else "")


@style
def policies_on_a_sheet_a_group(house: House) -> None:
    parts = house.frame(POLICIES).split(lambda r: r["组别"] + "保单")
    for number, (name, part) in enumerate(parts.items()):
        house.put(name, page(part.without("组别"), name), replaces=POLICIES if number == 0 else "")


@style
def policies_in_two_halves_and_a_backup(house: House) -> None:
    parts = house.frame(POLICIES).split(lambda r: "上半年保单" if r["承保日期"].month < 7 else "下半年保单")
    house.put("保单(备份)", page(house.frame(POLICIES), "新契约"))
    for number, (name, part) in enumerate(parts.items()):
        house.put(name, page(part, name), replaces=POLICIES if number == 0 else "")


@style
def renewals_on_a_sheet_a_month(house: House) -> None:
    parts = house.frame(RENEWALS).split(lambda r: f"{r['应收日期'].month}月续期")
    for number, (name, part) in enumerate(parts.items()):
        house.put(name, page(part, name), replaces=RENEWALS if number == 0 else "")


@style
def activity_on_a_sheet_a_month(house: House) -> None:
    parts = house.frame(ACTIVITY).split(lambda r: f"{r['日期'].month}月活动日志")
    for number, (name, part) in enumerate(parts.items()):
        house.put(name, page(part, name), replaces=ACTIVITY if number == 0 else "")


@style
def roster_of_present_and_left_agents(house: House) -> None:
    parts = house.frame(ROSTER).split(lambda r: "在职人员名册" if r["状态"] == "在职" else "离司人员名册")
    house.put("在职人员名册", page(parts["在职人员名册"].without("状态"), "在职人员"), replaces=ROSTER)
    house.put("离司人员名册", page(parts["离司人员名册"].without("状态"), "离司人员"))


@style
def roster_on_a_sheet_a_group(house: House) -> None:
    parts = house.frame(ROSTER).split(lambda r: r["组别"] + "花名册")
    for number, (name, part) in enumerate(parts.items()):
        house.put(name, page(part, "春华营业部" + name), replaces=ROSTER if number == 0 else "")


@style
def a_backup_stands_before_the_table(house: House) -> None:
    old = Frame(house.frame(POLICIES).headings, house.frame(POLICIES).rows[:1500])
    house.sheets = {
        "保单明细(备份)": page(old, "2026年新契约保单明细表", "单位：元"),
        "旧表": page(house.frame(ROSTER), "业务员花名册"),
        **house.sheets,
    }


@style
def a_copied_sheet_follows_the_table(house: House) -> None:
    for sheet in (ROSTER, POLICIES, RENEWALS, ACTIVITY, "附表一"):
        house.sheets[f"{sheet} (2)"] = house.sheets[sheet]
    house.sheets["保单明细0930"] = house.sheets[POLICIES][:1700]


@style
def last_years_policies_are_there_too(house: House) -> None:
    past = house.frame(POLICIES).mapped(lambda d: d.replace(year=2025), "承保日期").mapped(lambda p: p.replace("2026", "2025"), "保单号")
    house.sheets = {"2025年保单明细": page(past, "2025年新契约保单明细表", "单位：元"), **house.sheets}


@style
def a_settings_sheet(house: House) -> None:
    house.put("设置", [["设置"], ["举绩最低FYP", 0.0], ["假日", "2026-10-01"]])


@style
def a_pivot_of_the_policies(house: House) -> None:
    total: dict[tuple[str, str], float] = {}
    for row in house.frame(POLICIES).rows:
        key = (row[12], row[11])
        total[key] = total.get(key, 0.0) + row[8]
    house.put(
        "业绩汇总",
        [
            ["组别", "业务员", "首年保费", "件数"],
            *([g, n, v, 3.0] for (g, n), v in total.items()),
            ["总计", None, sum(total.values()), 99.0],
        ],
    )


# ------------------------------------------------------------------------------------------------------- people


@style
def roster_without_state(house: House) -> None:
    house.put(ROSTER, page(house.frame(ROSTER).without("状态", "备注"), "业务员花名册"))


@style
def roster_in_other_words(house: House) -> None:
    frame = (
        house.frame(ROSTER)
        .without("序号")
        .renamed(
            工号="代理人编码",
            姓名="代理人姓名",
            组别="营业组名称",
            职级="现任职级",
            入司日期="签约时间",
            离司日期="解约时间",
            状态="人员状态",
            推荐人="增员人姓名",
            调动="异动情况",
        )
    )
    house.put("人力清单", page(frame, "营销员清单"), replaces=ROSTER)


@style
def roster_with_other_days(house: House) -> None:
    frame = (
        house.frame(ROSTER)
        .added("转正日期", lambda r: r["入司日期"] + timedelta(days=90))
        .added("执业登记日期", lambda r: r["入司日期"] + timedelta(days=9))
    )
    names = ("组别", "姓名", "工号", "出生日期", "执业登记日期", "入司日期", "转正日期", "离司日期", "职级", "调动", "状态")
    house.put(ROSTER, page(frame.ordered(*names).renamed(入司日期="入职日期", 离司日期="离职日期"), "业务员花名册"))


@style
def blanks_of_leave_days_are_words(house: House) -> None:
    words = ("", "-", "/", "在职", "至今", "无", "——", " ")
    frame = house.frame(ROSTER)
    place = frame.place("离司日期")
    rows = [[*row[:place], row[place] or words[n % len(words)], *row[place + 1 :]] for n, row in enumerate(frame.rows)]
    house.put(ROSTER, page(Frame(frame.headings, rows), "业务员花名册"))


@style
def codes_are_numbers_in_the_roster(house: House) -> None:
    house.put(ROSTER, page(house.frame(ROSTER).mapped(float, "工号"), "业务员花名册"))


@style
def codes_are_text_with_spaces(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES).mapped(lambda v: f" {v}　", "业务员工号"), "新契约"))
    house.put(RENEWALS, page(house.frame(RENEWALS).mapped(lambda v: f"'{v}", "服务人员工号"), "续期"))
    house.put(ACTIVITY, page(house.frame(ACTIVITY).mapped(lambda v: f"{v}.0", "工号"), "活动日志"))


@style
def codes_lost_their_zeros(house: House) -> None:
    house.put(ROSTER, page(house.frame(ROSTER).mapped(lambda v: f"00{v}", "工号"), "业务员花名册"))
    house.put(RENEWALS, page(house.frame(RENEWALS).mapped(lambda v: f"00{v}", "服务人员工号"), "续期"))
    house.put(ACTIVITY, page(house.frame(ACTIVITY).mapped(float, "工号"), "活动日志"))


@style
def codes_with_letters_in_either_case(house: House) -> None:
    house.put(ROSTER, page(house.frame(ROSTER).mapped(lambda v: f"CH{v}", "工号"), "业务员花名册"))
    for sheet, column in ((POLICIES, "业务员工号"), (RENEWALS, "服务人员工号"), (ACTIVITY, "工号"), (ATTENDANCE, "工号")):
        house.put(sheet, page(house.frame(sheet).mapped(lambda v: f"ｃｈ{v}", column), "√出勤 △迟到 ○请假 ×缺勤"))


@style
def names_with_spaces(house: House) -> None:
    house.put(ROSTER, page(house.frame(ROSTER).mapped(lambda v: v if len(v) > 2 else f"{v[0]}　{v[1]}", "姓名"), "业务员花名册"))
    house.put(POLICIES, page(house.frame(POLICIES).without("业务员工号").mapped(" ".join, "业务员"), "新契约"))


@style
def names_with_remarks(house: House) -> None:
    house.put(
        POLICIES,
        page(house.frame(POLICIES).without("业务员工号").mapped(lambda v: f"{v}（组训推荐）" if v == "孟涛" else v, "业务员"), "新契约"),
    )


@style
def code_and_name_in_one_column(house: House) -> None:
    frame = house.frame(POLICIES).added("业务员信息", lambda r: f"{r['业务员工号']} {r['业务员']}").without("业务员", "业务员工号")
    house.put(POLICIES, page(frame.renamed(业务员信息="业务员"), "新契约"))


@style
def groups_with_suffixes(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES).mapped(lambda v: f"第{v}", "组别"), "新契约"))
    house.put(RENEWALS, page(house.frame(RENEWALS).mapped(lambda v: f"春华营业部{v}", "组别"), "续期"))


MOVES: tuple[tuple[str, str], ...] = (
    ("2026-05-18 一组→三组", "2026-08-12 四组→五组"),
    ("2026.5.18自一组调至三组", "2026.8.12自四组调至五组"),
    ("2026年5月18日 一组转三组", "2026年8月12日 四组转五组"),
    ("由一组调入三组（2026/5/18）", "由四组调入五组（2026/8/12）"),
    ("5/18 一组-三组", "8/12 四组-五组"),
    ("一组转入，5月18日", "四组转入，8月12日"),
    ("20260518一组调三组", "20260812四组调五组"),
    ("原一组，2026-5-18起调三组", "原四组，2026-8-12起调五组"),
    ("26.5.18 一组->三组", "26.8.12 四组->五组"),
    ("5月18日从第一组调到第三组", "8月12日从第四组调到第五组"),
    ("调入三组（原一组）2026.05.18", "调入五组（原四组）2026.08.12"),
    ("5.18调入，原属一组", "8.12调入，原属四组"),
)


def _moved(pair: tuple[str, str]) -> Callable[[House], None]:
    def apply(house: House) -> None:
        texts = dict(zip(("5月18日由一组调入三组", "8月12日由四组调入五组"), pair, strict=True))
        house.put(ROSTER, page(house.frame(ROSTER).mapped(lambda v: texts.get(v, v), "调动"), "业务员花名册"))

    return apply


STYLES |= {f"move {pair[0]}": _moved(pair) for pair in MOVES}


def _of(days: dict[str, tuple[Any, ...]], place: int, row: dict[str, Any]) -> Any:
    return days[row["工号"]][place] if row["工号"] in days else None


@style
def moves_in_columns(house: House) -> None:
    days: dict[str, tuple[Any, ...]] = {
        "530100105": (datetime(2026, 5, 18), "一组", "三组"),
        "530100325": (datetime(2026, 8, 12), "四组", "五组"),
    }
    frame = house.frame(ROSTER).without("调动")
    for place, heading in enumerate(("调动日期", "原组别", "新组别")):
        frame = frame.added(heading, partial(_of, days, place))
    house.put(ROSTER, page(frame, "业务员花名册"))


@style
def moves_in_two_columns(house: House) -> None:
    days: dict[str, tuple[Any, ...]] = {"530100105": ("2026/5/18", "一组"), "530100325": ("2026/8/12", "四组")}
    frame = house.frame(ROSTER).without("调动")
    for place, heading in enumerate(("调组日期", "调出组")):
        frame = frame.added(heading, partial(_of, days, place))
    house.put(ROSTER, page(frame, "业务员花名册"))


@style
def moves_on_a_sheet_of_their_own(house: House) -> None:
    house.put(ROSTER, page(house.frame(ROSTER).without("调动"), "业务员花名册"))
    rows: list[Row] = [
        ["530100105", "白红燕", datetime(2026, 5, 18), "一组", "三组"],
        ["530100325", "傅慧萍", datetime(2026, 8, 12), "四组", "五组"],
    ]
    house.put("人员异动", page(Frame(["工号", "姓名", "异动日期", "原组别", "现组别"], rows), "2026年组间异动登记表"))


# ------------------------------------------------------------------------------------------------------- days


DATE_FORMS = (
    "{y}-{m}-{d}",
    "{y}.{m:02}.{d:02}",
    "{y}年{m}月{d}日",
    "{y}/{m}/{d}",
    "{y}{m:02}{d:02}",
    " {y}-{m:02}-{d:02} 00:00:00",
    "{s:02}-{m}-{d}",
    "{y}/{m:02}/{d:02}（周一）",
    "'{y}-{m:02}-{d:02}",
)
DATE_COLUMNS = {ROSTER: ("入司日期", "离司日期"), POLICIES: ("承保日期",), RENEWALS: ("应收日期", "实收日期"), ACTIVITY: ("日期",)}


def _dated(form: str) -> Callable[[House], None]:
    def apply(house: House) -> None:
        for sheet, columns in DATE_COLUMNS.items():
            house.put(sheet, page(house.frame(sheet).mapped(lambda day: day_text(day, form), *columns), sheet))

    return apply


STYLES |= {f"dates {form}": _dated(form) for form in DATE_FORMS}


@style
def dates_without_a_year(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES).mapped(lambda day: f"{day.month}月{day.day}日", "承保日期"), "2026年新契约保单明细"))
    house.put(ACTIVITY, page(house.frame(ACTIVITY).mapped(lambda day: f"{day.month}.{day.day}", "日期"), "活动日志"))


@style
def dates_are_serial_numbers(house: House) -> None:
    epoch = datetime(1899, 12, 30).date()
    for sheet, columns in DATE_COLUMNS.items():
        house.put(sheet, page(house.frame(sheet).mapped(lambda day: None if day is None else float((day - epoch).days), *columns), sheet))


@style
def dates_with_a_time(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES).mapped(lambda day: datetime.combine(day, time(9, 30)), "承保日期"), "新契约"))


@style
def dates_are_eight_digits(house: House) -> None:
    for sheet, columns in DATE_COLUMNS.items():
        house.put(sheet, page(house.frame(sheet).mapped(lambda day: None if day is None else float(f"{day:%Y%m%d}"), *columns), sheet))


# ------------------------------------------------------------------------------------------------ attendance, activity


WORDS = {"√": "出勤", "△": "迟到", "○": "请假", "×": "缺勤"}
LEGEND = "√出勤 △迟到 ○请假 ×缺勤"


def marks(house: House) -> Frame:
    """Attendance with its real days as headings."""
    frame = house.frame(ATTENDANCE).without("应出勤", "实出勤", "出勤率", "序号")
    days = [
        date(2026, int(heading.split("/")[0]), int(heading.split("/")[1])) if "/" in heading else heading for heading in frame.headings
    ]
    return Frame(days, frame.rows)


def daily(house: House) -> list[tuple[date, Row, Any]]:
    frame = marks(house)
    return [
        (day, row, row[place]) for place, day in enumerate(frame.headings) if not isinstance(day, str) for row in frame.rows if row[place]
    ]


@style
def attendance_under_real_dates(house: House) -> None:
    house.put(ATTENDANCE, page(marks(house), "早会考勤表", LEGEND))


@style
def attendance_as_long_rows(house: House) -> None:
    rows = [[day, row[1], row[2], row[0], WORDS[mark]] for day, row, mark in daily(house)]
    house.put("考勤记录", page(Frame(["日期", "工号", "姓名", "组别", "考勤结果"], rows), "早会考勤记录"), replaces=ATTENDANCE)


@style
def attendance_as_long_rows_in_other_words(house: House) -> None:
    words = {"√": "正常", "△": "迟到", "○": "事假", "×": "旷会"}
    rows = [[f"{day:%Y/%m/%d}", row[2], words[mark]] for day, row, mark in daily(house)]
    house.put("早会签到", page(Frame(["考勤日期", "业务员", "出勤情况"], rows), "早会签到"), replaces=ATTENDANCE)


def attendance_month(house: House, month: int, heading: Callable[[date], Any]) -> Frame:
    frame = marks(house)
    chosen = [place for place, day in enumerate(frame.headings) if isinstance(day, str) or day.month == month]
    headings = [h if isinstance(h, str) else heading(h) for h in (frame.headings[place] for place in chosen)]
    return Frame(headings, [row for row in ([row[place] for place in chosen] for row in frame.rows) if any(row[3:])])


@style
def attendance_on_a_sheet_a_month(house: House) -> None:
    september, october = (attendance_month(house, month, lambda d: f"{d.month}/{d.day}") for month in (9, 10))
    house.put("9月考勤", page(september, "9月早会考勤表", LEGEND), replaces=ATTENDANCE)
    house.put("10月考勤", page(october, "10月早会考勤表", LEGEND))


@style
def attendance_by_day_numbers_under_the_months_title(house: House) -> None:
    september, october = (attendance_month(house, month, lambda d: float(d.day)) for month in (9, 10))
    house.put("9月考勤", page(september, "2026年9月早会考勤表", LEGEND), replaces=ATTENDANCE)
    house.put("10月考勤", page(october, "2026年10月早会考勤表", LEGEND))


@style
def attendance_by_day_numbers_under_the_sheets_name(house: House) -> None:
    september, october = (attendance_month(house, month, lambda d: f"{d.day}日") for month in (9, 10))
    house.put("9月考勤", page(september, "早会考勤表", LEGEND), replaces=ATTENDANCE)
    house.put("10月考勤", page(october, "早会考勤表", LEGEND))


@style
def attendance_by_day_numbers_of_working_months(house: House) -> None:
    frame, names = marks(house), ["组别", "工号", "姓名"]
    for number in (9, 10, 11):
        days = [day for day in frame.headings if not isinstance(day, str) and month_of(day, 26).id == f"2026-{number:02}"]
        rows = [row for row in frame.ordered(*names, *days).rows if any(row[3:])]
        headings = [f"{day.month}/{day.day}" if number == 11 else float(day.day) for day in days]
        sheet = page(Frame([*names, *headings], rows), f"2026年{number}月早会考勤表", LEGEND)
        house.put(f"{number}月考勤", sheet, replaces=ATTENDANCE if number == 9 else "")


@style
def attendance_with_every_day_and_weekdays(house: House) -> None:
    months = {month: attendance_month(house, month, lambda d: float(d.day)) for month in (9, 10)}
    for (month, frame), last in zip(months.items(), (30, 31), strict=True):
        days: Row = [float(day) for day in range(1, last + 1)]
        rows = [[*row[:3], *(row[frame.place(day)] if day in frame.headings else None for day in days)] for row in frame.rows]
        sheet = page(Frame(["组别", "工号", "姓名", *days], rows), f"{month}月份考勤表（2026年）", LEGEND)
        sheet.insert(3, [None, None, None, *"一二三四五六日" * 4])
        house.put(f"{month}月", sheet, replaces=ATTENDANCE if month == 9 else "")


@style
def attendance_signs_in_words(house: House) -> None:
    house.put(ATTENDANCE, page(marks(house).mapped(lambda v: WORDS.get(v, v), *marks(house).headings[3:]), "早会考勤表"))


@style
def attendance_signs_by_the_legend_only(house: House) -> None:
    signs = {"√": "A", "△": "B", "○": "C", "×": "D"}
    house.put(
        ATTENDANCE,
        page(
            marks(house).mapped(lambda v: signs.get(v, v), *marks(house).headings[3:]), "早会考勤表", "A＝出勤，B＝迟到，C＝请假，D＝缺勤"
        ),
    )


@style
def attendance_with_the_legend_below(house: House) -> None:
    signs = {"√": "●", "△": "◎", "○": "☆", "×": "■"}
    rows = page(marks(house).mapped(lambda v: signs.get(v, v), *marks(house).headings[3:]), "早会考勤表")
    house.put(ATTENDANCE, [*rows, [], ["图例：●出勤 ◎迟到 ☆请假 ■缺勤"]])


@style
def attendance_blank_when_present_is_not_assumed(house: House) -> None:
    house.put(ATTENDANCE, page(marks(house), "早会考勤表", LEGEND, "每日早会前签到"))


@style
def activity_in_other_words(house: House) -> None:
    frame = (
        house.frame(ACTIVITY)
        .without("序号")
        .renamed(
            日期="拜访日期",
            组别="小组",
            工号="营销员代码",
            姓名="营销员",
            约访="电话约访数",
            面谈="接洽（面谈）数",
            新增准客户="新增准主顾数",
            组训批阅="主管点评",
        )
    )
    house.put("活动量", page(frame, "活动量登记"), replaces=ACTIVITY)


@style
def activity_of_groups(house: House) -> None:
    sums: dict[tuple[Any, str], list[float]] = {}
    for row in house.frame(ACTIVITY).rows:
        total = sums.setdefault((row[1], row[2]), [0.0, 0.0, 0.0])
        sums[row[1], row[2]] = [a + b for a, b in zip(total, row[5:8], strict=True)]
    rows = [[day, group, *total] for (day, group), total in sums.items()]
    house.put(ACTIVITY, page(Frame(["日期", "组别", "约访", "面谈", "新增准客户"], rows), "各组每日活动量"))


@style
def activity_under_two_heading_rows(house: House) -> None:
    frame = house.frame(ACTIVITY).ordered("日期", "工号", "姓名", "约访", "面谈", "新增准客户")
    rows = page(frame, "活动日志")
    rows.insert(1, ["基本情况", None, None, "活动量", None, None])
    house.put(ACTIVITY, rows, [(2, 1, 2, 3), (2, 4, 2, 6)])


@style
def renewals_in_other_words(house: House) -> None:
    frame = (
        house.frame(RENEWALS)
        .without("序号", "保单年度")
        .renamed(
            应收日期="缴费对应日期",
            应收保费="应缴保费",
            实收保费="实缴保费",
            实收日期="缴费到账日期",
            缴费状态="收费结果",
            服务人员工号="服务代理人编码",
            服务人员="服务代理人",
            组别="服务营业组",
        )
    )
    house.put("续收", page(frame, "续期收费清单"), replaces=RENEWALS)


@style
def renewals_with_dashes_for_unpaid(house: House) -> None:
    frame = house.frame(RENEWALS).mapped(lambda v: v or "-", "实收保费", "实收日期")
    house.put(RENEWALS, page(frame, "续期应收实收明细"))


@style
def renewals_with_words_for_unpaid(house: House) -> None:
    frame = house.frame(RENEWALS).mapped(lambda v: v or "未缴费", "实收日期").mapped(lambda v: v or None, "实收保费")
    house.put(RENEWALS, page(frame, "续期应收实收明细"))


@style
def renewals_of_groups_only(house: House) -> None:
    house.put(RENEWALS, page(house.frame(RENEWALS).without("服务人员工号", "服务人员"), "续期应收实收明细"))


@style
def error_cells_where_nothing_depends_on_them(house: House) -> None:
    frame = house.frame(POLICIES)
    rows = [[*row[:-1], ErrorValue("#N/A") if n % 100 == 0 else row[-1]] for n, row in enumerate(frame.rows)]
    rows = [[*row[:5], ErrorValue("#REF!"), *row[6:]] if n % 150 == 0 else row for n, row in enumerate(rows)]
    house.put(POLICIES, page(Frame(frame.headings, rows), "新契约"))


@pytest.mark.parametrize("name", STYLES)
def it_finds_the_true_figures_in_every_style(name: str, sample_house: House, truth: dict[str, Any]):
    house = sample_house.copy()
    STYLES[name](house)
    ledger = Ledger(house)
    wrong = differences(ledger, truth)
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"
    errors = [f"{f.code} {f.sheet}!{f.cell} {f.message}" for f in ledger.department.findings if f.level is Level.ERROR]
    assert not errors, f"{len(errors)}: {errors[:5]}"


@cache
def small_truth() -> tuple[Any, dict[str, Any]]:
    """The records that are written in many styles and their figures; nothing is planned."""
    own = small.department()
    figures: dict[str, Any] = truth_of(own, small.FIRST, small.MARKED)
    for unit in (unit for period in figures["periods"].values() for unit in period.values()):
        unit["KPI"] = {key: value for key, value in unit["KPI"].items() if "达成率" not in key or key == "续收达成率"}
    return own, figures


@pytest.mark.parametrize("seed", range(120))
def it_finds_the_true_figures_in_styles_drawn_at_random(seed: int):
    own, figures = small_truth()
    house, said = drawn(own, seed)
    ledger = Ledger(house)
    assert differences(ledger, figures)[:5] == [], " ".join(said)
    doubts = [f"{f.code} {f.sheet}!{f.cell} {f.message}" for f in check(ledger) if f.level is not Level.NOTE and f.code != "T102"]
    assert doubts == [], " ".join(said)


def it_reads_the_dates_of_a_1904_workbook(sample_house: House, truth: dict[str, Any], tmp_path: Path):
    path = sample_house.write(tmp_path / "1904.xlsx", epoch_1904=True)
    assert differences(FileBook(path), truth) == []


def it_names_a_second_table_that_looks_the_same(sample_house: House):
    house = sample_house.copy()
    STYLES["a_copied_sheet_follows_the_table"](house)
    assert "T102" in {finding.code for finding in check(Ledger(house))}
