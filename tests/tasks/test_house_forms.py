"""附表一 and 附表二 in the house styles of other departments: attainments are the true ones, filling meets the right cells."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.tasks.restyle import Frame, House, Row, differences, page
from zuxun_xl.cells import address
from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.fill import fill
from zuxun_xl.tasks.filling.pen import plain
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable

STYLES: dict[str, Callable[[House], None]] = {}
ONE, TWO = "附表一", "附表二"
PLAN1 = ("计划举绩人数", "计划件数", "计划FYP", "计划首年期交", "计划FYC")
PLAN2 = ("计划期初人力", "计划增员", "计划脱落", "计划期末人力")
MONEY = ("计划FYP", "计划首年期交", "计划FYC")
MONTHS = tuple(f"{n}月" for n in range(1, 13))


def style(function: Callable[[House], None]) -> Callable[[House], None]:
    STYLES[function.__name__] = function
    return function


def only_months(frame: Frame) -> Frame:
    """Without the subtotals of quarters and the year."""
    place = frame.place("月份")
    return Frame(frame.headings, [row for row in frame.rows if row[place] in MONTHS])


def only_groups(frame: Frame) -> Frame:
    place = frame.place("组别")
    return Frame(frame.headings, [row for row in frame.rows if row[place] != "全部"])


def put(house: House, one: Callable[[Frame], Frame], title: str = "", *, sheets: tuple[str, ...] = (ONE, TWO)) -> None:
    for sheet in sheets:
        house.put(sheet, page(one(house.frame(sheet)), f"{sheet}  {title}"))


@style
def without_subtotals_and_without_the_whole(house: House) -> None:
    put(house, lambda frame: only_groups(only_months(frame)))


LABELS: dict[str, Callable[[int], Any]] = {
    "一月": lambda n: "一二三四五六七八九十"[n - 1] + "月" if n < 11 else ("十一月", "十二月")[n - 11],
    "1月份": lambda n: f"{n}月份",
    "2026年1月": lambda n: f"2026年{n}月",
    "2026-01": lambda n: f"2026-{n:02}",
    "1": float,
    "2026.1": lambda n: f"2026.{n}",
    "01": lambda n: f"{n:02}",
    "202601": lambda n: f"2026{n:02}",
    "a date": lambda n: date(2026, n, 1),
    "number 202601": lambda n: float(f"2026{n:02}"),
}


def _labelled(label: Callable[[int], Any]) -> Callable[[House], None]:
    return lambda house: put(house, lambda f: only_months(f).mapped(lambda text: label(int(text[:-1])), "月份"), "2026年")


STYLES |= {f"months as {name}": _labelled(label) for name, label in LABELS.items()}

QUARTERS = ("第{}季度", "{}季度合计", "{}季小计", "Q{n}", "第{n}季度小计", "{}季", "小计", "季度小计", "{first}-{last}月合计")


def _quartered(form: str) -> Callable[[House], None]:
    def label(text: str) -> str:
        if "季度" not in text:
            return text
        n = "一二三四".index(text[0]) + 1
        return form.format(text[0], n=n, first=3 * n - 2, last=3 * n)

    return lambda house: put(house, lambda frame: frame.mapped(label, "月份"))


STYLES |= {f"quarters as {form}": _quartered(form) for form in QUARTERS}


@style
def money_in_wan_by_heading(house: House) -> None:
    frame = house.frame(ONE).mapped(lambda v: round(v / 10_000, 6), *MONEY).renamed(**{key: f"{key}（万元）" for key in MONEY})
    house.put(ONE, page(frame, "附表一"))


@style
def money_in_wan_by_note(house: House) -> None:
    house.put(ONE, page(house.frame(ONE).mapped(lambda v: round(v / 10_000, 6), *MONEY), "附表一", "单位：万元、人、件"))


@style
def money_in_wan_by_merged_heading(house: House) -> None:
    frame = house.frame(ONE).ordered("组别", "月份", *PLAN1).mapped(lambda v: round(v / 10_000, 6), *MONEY)
    rows = page(frame.renamed(计划举绩人数="举绩人数", 计划件数="件数", 计划FYP="FYP", 计划首年期交="首年期交", 计划FYC="FYC"), "附表一")
    rows.insert(1, ["组别", "月份", "计划（人、件）", None, "计划（万元）", None, None])
    rows[2] = [None, None, *rows[2][2:]]
    house.put(ONE, rows, [(2, 1, 3, 1), (2, 2, 3, 2), (2, 3, 2, 4), (2, 5, 2, 7)])


@style
def headings_target_first(house: House) -> None:
    names = {
        "计划举绩人数": "举绩人力目标",
        "计划件数": "新单件数目标",
        "计划FYP": "首年保费(FYP)目标",
        "计划首年期交": "期缴保费目标",
        "计划FYC": "首年佣金目标",
        "实际举绩人数": "举绩人力实绩",
        "实际件数": "新单件数实绩",
        "实际FYP": "首年保费(FYP)实绩",
        "实际首年期交": "期缴保费实绩",
        "实际FYC": "首年佣金实绩",
    }
    house.put(ONE, page(house.frame(ONE).without("序号").renamed(**names).renamed(组别="营业组", 月份="期间"), "业绩经营计划表"))


@style
def headings_business_words(house: House) -> None:
    names = {
        "计划FYP": "业绩目标",
        "实际FYP": "业绩实绩",
        "计划首年期交": "期交任务",
        "实际首年期交": "期交完成",
        "计划件数": "件数任务",
        "计划举绩人数": "实动人力目标",
        "计划FYC": "佣金目标",
    }
    house.put(ONE, page(house.frame(ONE).renamed(**names), "业绩经营计划表"))


@style
def headings_people_words(house: House) -> None:
    names = {"计划期初人力": "月初人力目标", "计划增员": "目标增员数", "计划脱落": "预计脱落人数", "计划期末人力": "月末人力目标"}
    house.put(TWO, page(house.frame(TWO).renamed(**names), "人力目标计划表"))


@style
def months_above_groups(house: House) -> None:
    def by_month(frame: Frame) -> Frame:
        months, groups = frame.place("月份"), frame.place("组别")
        rows = sorted(only_months(frame).rows, key=lambda row: MONTHS.index(row[months]))
        merged = [[*row[:months], row[months] if row[groups] == "一组" else None, *row[months + 1 :]] for row in rows]
        return Frame(frame.headings, merged).ordered("月份", "组别", *(h for h in frame.headings if h not in ("月份", "组别", "序号")))

    for sheet in (ONE, TWO):
        rows = page(by_month(house.frame(sheet)), sheet)
        merges = [(row, 1, row + 6, 1) for row in range(3, len(rows), 7)]
        house.put(sheet, rows, merges)


@style
def group_merged(house: House) -> None:
    for sheet in (ONE, TWO):
        frame = house.frame(sheet).ordered("组别", "月份", *(PLAN1 if sheet == ONE else PLAN2))
        rows = page(frame, sheet)
        merges = []
        for top in range(3, len(rows) + 1, 17):
            merges.append((top, 1, top + 16, 1))
            for row in range(top + 1, min(top + 17, len(rows) + 1)):
                rows[row - 1] = [None, *rows[row - 1][1:]]
        house.put(sheet, rows, merges)


@style
def a_sheet_a_group_named_by_sheet(house: House) -> None:
    for sheet in (ONE, TWO):
        for number, (group, part) in enumerate(house.frame(sheet).split(lambda r: r["组别"]).items()):
            name = f"{sheet}{group}"
            house.put(name, page(part.without("组别"), f"{sheet}经营计划表"), replaces=sheet if number == 0 else "")


@style
def a_sheet_a_group_named_by_title(house: House) -> None:
    for sheet in (ONE, TWO):
        for number, (group, part) in enumerate(only_groups(house.frame(sheet)).split(lambda r: r["组别"]).items()):
            name = f"{sheet}-{number + 1}"
            house.put(
                name, page(part.without("组别"), f"{sheet}经营计划表", f"单位：春华营业部{group}"), replaces=sheet if number == 0 else ""
            )


@style
def a_block_a_group_with_its_own_headings(house: House) -> None:
    for sheet in (ONE, TWO):
        rows: list[Row] = [[f"{sheet}经营计划表"]]
        for group, part in house.frame(sheet).split(lambda r: r["组别"]).items():
            rows += [[f"{group}"], list(part.without("组别", "序号").headings), *part.without("组别", "序号").rows, []]
        house.put(sheet, rows)


@style
def both_plans_in_one_table(house: House) -> None:
    people = {(row[1], row[2]): row[3:7] for row in house.frame(TWO).rows}
    frame = house.frame(ONE).ordered("组别", "月份", *PLAN1)
    rows = [[*row, *people[row[0], row[1]]] for row in frame.rows]
    house.put(ONE, page(Frame([*frame.headings, *PLAN2], rows), "年度经营计划表"))
    house.drop(TWO)


@style
def both_plans_on_one_sheet(house: House) -> None:
    one, two = (page(house.frame(sheet), sheet) for sheet in (ONE, TWO))
    house.put("经营计划", [*one, [], *two], replaces=ONE)
    house.drop(TWO)


@pytest.mark.parametrize("name", STYLES)
def it_finds_the_true_figures_in_every_style(name: str, sample_house: House, truth: dict[str, Any]):
    house = sample_house.copy()
    STYLES[name](house)
    wrong = differences(house, truth)
    assert not wrong, f"{len(wrong)}: {wrong[:5]}"


ACTUALS = ("举绩人数", "件数", "FYP", "首年期交", "FYC")
FILLED = ("without_subtotals_and_without_the_whole", "money_in_wan_by_heading", "months as 2026-01", "months as a date", "quarters as Q{n}")
SUBTOTALS = ("Q1", "Q2", "Q3", "Q4", "一季度小计", "二季度小计", "三季度小计", "四季度小计", "全年合计")


@pytest.mark.parametrize("name", FILLED)
def it_fills_every_passed_month_with_the_true_figures(name: str, sample_house: House, truth: dict[str, Any]):
    house = sample_house.copy()
    STYLES[name](house)
    rows = house.sheets[ONE]
    headings = [str(text) for text in rows[1]]
    changes = fill(Ledger(house), parse_period("2026-10")).changes.changes
    written: dict[str, Any] = {change.cell: plain(change.new) for change in changes if change.sheet == ONE}
    months: dict[str, int] = {}
    for number, row in enumerate(rows[2:], start=3):
        group, label = row[headings.index("组别")], row[headings.index("月份")]
        months[group] = months.get(group, 0) + (label not in SUBTOTALS)
        if label in SUBTOTALS or months[group] > 10:
            continue
        figures = truth["periods"][f"2026-{months[group]:02}"][group]
        found = {measure: written[address(number, headings.index(f"实际{measure}") + 1)] for measure in ACTUALS}
        assert found == pytest.approx({measure: figures[measure] for measure in ACTUALS})
    assert set(months.values()) == {12}


def it_fills_every_sheet_of_a_form(sample_house: House):
    house = sample_house.copy()
    STYLES["a_sheet_a_group_named_by_sheet"](house)
    sheets = {change.sheet for change in fill(Ledger(house), parse_period("2026-10")).changes.changes}
    assert {f"{ONE}{group}" for group in ("一组", "二组", "三组", "四组", "五组", "六组", "全部")} <= sheets


def it_reads_a_plan_with_its_months_across(sample_house: House, truth: dict[str, Any]):
    house = sample_house.copy()
    for sheet, items in ((ONE, PLAN1), (TWO, PLAN2)):
        frame = only_months(house.frame(sheet))
        rows: list[Row] = [
            [group, item, *part.column(item)] for group, part in frame.split(lambda r: r["组别"]).items() for item in items
        ]
        house.put(sheet, page(Frame(["组别", "项目", *MONTHS], rows), f"{sheet}经营计划表"))
    assert differences(house, truth) == []
