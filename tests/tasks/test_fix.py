"""Repairs: only what is certain, only how it is written; every figure stays, and a second run finds nothing to repair."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tasks.restyle import House, differences
from tests.tasks.test_house_styles import STYLES
from zuxun_xl.book.changes import Change, ChangeSet, Formula
from zuxun_xl.book.file import FileBook
from zuxun_xl.cells import address
from zuxun_xl.forms.table import Table
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.fix import fix, repaired
from zuxun_xl.tasks.fixing.certain import certain_date, certain_number, percent_format
from zuxun_xl.tasks.inspection import inspect
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import CASES, PEOPLE, PERCENT, TIMES, WAN_YUAN, YUAN, YUAN_PER_CASE, Unit, parse_number, scaled

NUMBERS: list[tuple[str, Unit, int, float | None]] = [
    ("1,200", YUAN, 1, 1200.0),
    (" 300 ", YUAN, 1, 300.0),
    ("３００．５", YUAN, 1, 300.5),
    ("￥1，200.50", YUAN, 1, 1200.5),
    ("¥-80", YUAN, 1, -80.0),
    ("-80元", YUAN, 1, -80.0),
    ("'45", YUAN, 1, 45.0),
    ("3.5万", YUAN, 1, 35_000.0),
    ("3.5万元", YUAN, 10_000, 3.5),
    ("133,700元", YUAN, 10_000, 13.37),
    ("1.2亿", YUAN, 10_000, 12_000.0),
    ("13.37", WAN_YUAN, 10_000, 13.37),
    ("5件", CASES, 1, 5.0),
    ("12人", PEOPLE, 1, 12.0),
    ("8人次", TIMES, 1, 8.0),
    ("5692元/件", YUAN_PER_CASE, 1, 5692.0),
    ("25%", PERCENT, 1, 0.25),
    ("0", YUAN, 1, 0.0),
    ("5件", PEOPLE, 1, None),
    ("12人", YUAN, 1, None),
    ("25%", YUAN, 1, None),
    ("1 200", YUAN, 1, None),
    ("(300)", YUAN, 1, None),
    ("约300", YUAN, 1, None),
    ("300左右", YUAN, 1, None),
    ("1,20", YUAN, 1, None),
    ("1.2e5", YUAN, 1, None),
    ("$300", YUAN, 1, None),
    ("007", YUAN, 1, None),
    ("1234567890123456", YUAN, 1, None),
    ("—", YUAN, 1, None),
    ("", YUAN, 1, None),
]
DATES: list[tuple[str, date | None]] = [
    ("2026-3-5", date(2026, 3, 5)), ("2026/03/05", date(2026, 3, 5)), ("2026.3.5", date(2026, 3, 5)),
    ("2026年3月5日", date(2026, 3, 5)), (" ２０２６－０３－０５　", date(2026, 3, 5)), ("20260305", date(2026, 3, 5)),
    ("'2026-03-05", date(2026, 3, 5)), ("3月5日", None), ("26-3-5", None), ("2026-02-30", None), ("2026-3", None),
    ("2026-3/5", None), ("2026-3-5 10:30", None), ("2026-3-5（周四）", None), ("2026-3-1 5", None), ("46000", None), ("未定", None),
]
TEXTUAL = [
    "money_as_full_width_text", "money_with_unit_in_the_cell", "money_in_accounting_text", "rate_half_as_text",
    "codes_are_text_with_spaces", "codes_lost_their_zeros", "dates {y}.{m:02}.{d:02}", "dates_without_a_year",
]  # fmt: skip
MONEY = [lambda v: f" {v:,.2f} ", lambda v: f"¥{v:g}", lambda v: f"{v:g}元", lambda v: f"{v / 10_000:g}万"]
DAYS = [lambda d: f"{d:%Y/%m/%d}", lambda d: f"{d.year}年{d.month}月{d.day}日", lambda d: f" {d:%Y-%m-%d}"]


@pytest.mark.parametrize(("text", "unit", "scale", "number"), NUMBERS, ids=lambda value: str(value)[:20])
def it_takes_for_a_number_only_what_certainly_is_one(text: str, unit: Unit, scale: int, number: float | None) -> None:
    assert certain_number(text, unit, scale) == number


@pytest.mark.parametrize(("text", "day"), DATES)
def it_takes_for_a_day_only_what_certainly_is_one(text: str, day: date | None) -> None:
    assert certain_date(text) == day


@given(st.decimals(-10**9, 10**9, places=2, allow_nan=False), st.sampled_from(["{:,}", " {} ", "¥{}", "{}元", "{}万", "{}万元"]))
def it_means_the_same_figure_after_the_repair(value: Any, pattern: str) -> None:
    text = pattern.format(value)
    number, meant = certain_number(text, YUAN, 10_000), parse_number(text)
    assert meant is not None
    if number is not None:
        assert scaled(number, 10_000) == (meant if "元" in text or "万" in text else scaled(meant, 10_000))


def it_shows_percentages_with_the_decimals_they_had() -> None:
    assert [percent_format(text) for text in ("25%", "9.5%", "9.76％")] == ["0%", "0.0%", "0.00%"]


def untidied(ledger: Ledger, table: Table) -> list[Change]:
    """A table's figures, days, groups and codes written as people write them, in turn."""
    found = []
    for index, row in enumerate(table.rows):
        for key, column in table.columns.items():
            value, unit = ledger.grids[table.sheet].value(row, column), table.form.by_key[key].unit.name
            new = _untidy(value, key, unit, index)
            if new is not None:
                found.append(Change(table.sheet, address(row, column), value, new, "弄乱"))
    return found


def _untidy(value: Any, key: str, unit: str, index: int) -> str | None:
    if key in {"组别", "工号"} and index % 3 == 0:
        return f" {value}　"
    if unit == "日期" and isinstance(value, date) and index % 2:
        return DAYS[index % len(DAYS)](value)
    return MONEY[index % len(MONEY)](value) if unit == "元" and isinstance(value, float) and index % 3 == 1 else None


@pytest.fixture(scope="module")
def messy(ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The sample in which thousands of cells are kept as text."""
    book: Any = ledger.book
    changes = tuple(change for key in ("保单明细", "续期明细") for change in untidied(ledger, ledger.tables[key]))
    assert len(changes) > 4000
    return Ledger(FileBook(book.save(ChangeSet(changes), tmp_path_factory.mktemp("messy") / "乱.xlsx")))


def it_gives_the_sample_back_and_repairs_nothing_the_second_time(messy: Ledger, ledger: Ledger, truth: Mapping[str, Any], tmp_path: Path):
    inspection = inspect(messy, fixing=True)
    book: Any = messy.book
    after = Ledger(FileBook(book.save(inspection.changes, tmp_path / "修复.xlsx")))
    for sheet in ("保单明细", "续期明细"):
        rows = ledger.tables[sheet].rows
        assert [after.grids[sheet].rows[row - 1] for row in rows] == [ledger.grids[sheet].rows[row - 1] for row in rows]
    assert fix(after) == []
    assert differences(messy, truth) == differences(after, truth) == []
    assert {f.code for f in inspection.findings} - {f.code for f in check(ledger)} <= {"T105"}, "sums wait for Excel"
    assert Counter(change.why for change in inspection.repairs).keys() == {
        "文本数字改为数字", "按本列单位（元）改为数字", "文本日期改为日期", "去掉多余的空格"
    }


def it_lists_each_repair_in_the_sheet_and_keeps_the_list(sample_path: Path, tmp_path: Path) -> None:
    changes = ChangeSet((Change("保单明细", "I5", None, "3.5万", ""), Change("保单明细", "B6", None, "2026/1/9", "")))
    ledger = Ledger(FileBook(FileBook(sample_path).save(changes, tmp_path / "乱.xlsx")))
    book: Any = ledger.book
    once = book.save(inspect(ledger, fixing=True).changes, tmp_path / "修复.xlsx")
    again = FileBook(once).save(inspect(Ledger(FileBook(once)), fixing=True).changes, tmp_path / "再.xlsx")
    for path in (once, again):
        rows = [row[:8] for row in FileBook(path).grid("校验结果").rows if "修复" in row]
        assert [row[3:6] for row in rows] == [
            ["按本列单位（元）改为数字", "保单明细!I5", "“3.5万” 改为 35000"],
            ["文本日期改为日期", "保单明细!B6", "“2026/1/9” 改为 2026-01-09"],
        ]


def it_writes_true_numbers_and_days_in_the_formats_of_their_columns(sample_path: Path, tmp_path: Path) -> None:
    path = openpyxl.load_workbook(sample_path)
    sheet: Any = path["保单明细"]
    usual = sheet["I7"].number_format, sheet["B7"].number_format
    for cell, text in (("I5", "1,200元"), ("B6", "2026年1月9日")):
        sheet[cell].value, sheet[cell].number_format, sheet[cell].quotePrefix = text, "@", True
    path.save(tmp_path / "文本.xlsx")
    book = FileBook(tmp_path / "文本.xlsx")
    fixed: Any = openpyxl.load_workbook(book.save(ChangeSet(tuple(fix(Ledger(book)))), tmp_path / "修复.xlsx"))["保单明细"]
    assert (fixed["I5"].value, fixed["I5"].data_type, fixed["I5"].number_format) == (1200, "n", usual[0])
    assert not fixed["I5"].quotePrefix, "else Excel makes a text of it again"
    assert (fixed["B6"].value.date(), fixed["B6"].number_format) == (date(2026, 1, 9), usual[1])


@pytest.mark.parametrize("name", TEXTUAL)
def it_keeps_every_figure_of_other_house_styles(name: str, sample_house: House, truth: Mapping[str, Any]) -> None:
    house = sample_house.copy()
    STYLES[name](house)
    ledger = Ledger(house)
    after = repaired(ledger, fix(ledger))
    assert differences(after, truth) == []
    assert fix(after) == []


def it_never_makes_a_number_of_a_code_a_phone_or_a_policy_number(sample_house: House) -> None:
    house = sample_house.copy()
    for row in range(4, 40):
        house.change("保单明细", row, 3, f" 00{row}8812345678901234")
        house.change("花名册", row, 9, f" 139000000{row:02} ")
    ledger = Ledger(house)
    assert [change for change in fix(ledger) if change.cell[0] in "CI" and not isinstance(change.new, str)] == []
    assert fix(ledger) == []


def it_touches_no_formula_no_doubt_and_no_unknown_name(sample_path: Path, tmp_path: Path) -> None:
    changes = ChangeSet(tuple(
        Change(sheet, cell, None, text, "") for sheet, cell, text in (
            ("保单明细", "I5", "约三百"), ("保单明细", "I6", "(300)"), ("保单明细", "B7", "1月9日"), ("保单明细", "M8", " 十组 "),
            ("附表一", "E16", "二十"), ("附表一", "K5", "—"),
        )
    ))
    assert fix(Ledger(FileBook(FileBook(sample_path).save(changes, tmp_path / "疑.xlsx")))) == []


def it_leaves_codes_alone_that_the_roster_has_twice(sample_house: House) -> None:
    house = sample_house.copy()
    twice = list(house.sheets["花名册"][9])
    code = str(twice[house.sheets["花名册"][2].index("工号")])
    house.append("花名册", 111, twice)
    place = house.sheets["保单明细"][2].index("业务员工号") + 1
    row = next(n for n, line in enumerate(house.sheets["保单明细"], start=1) if str(line[place - 1]) == code)
    house.change("保单明细", row, place, f" {code} ")
    assert fix(Ledger(house)) == []


def it_writes_a_group_as_most_of_the_roster_does(sample_house: House) -> None:
    house = sample_house.copy()
    place = house.sheets["花名册"][2].index("组别") + 1
    group = house.sheets["花名册"][5][place - 1]
    house.change("花名册", 6, place, f"{group} ")
    house.change("附表一", 4, 2, "　一组")
    assert {(c.sheet, c.cell, c.new) for c in fix(Ledger(house))} == {("花名册", address(6, place), group), ("附表一", "B4", "一组")}


def it_repairs_plan_figures_that_are_text_but_not_what_they_say(sample_path: Path, tmp_path: Path) -> None:
    changes = ChangeSet((Change("附表一", "F4", None, " 96,000 ", ""), Change("附表三", "G4", None, "2,000", "")))
    ledger = Ledger(FileBook(FileBook(sample_path).save(changes, tmp_path / "乱.xlsx")))
    assert [(c.sheet, c.cell, c.new) for c in fix(ledger)] == [("附表一", "F4", 96_000.0), ("附表三", "G4", 2_000.0)]
    assert "T103" not in {finding.code for finding in inspect(ledger, fixing=True).findings}


def it_leaves_alone_what_a_formula_needs_that_only_excel_can_compute_anew(sample_path: Path, tmp_path: Path) -> None:
    changes = ChangeSet((
        Change("保单明细", "I5", None, "1,200", ""), Change("保单明细", "I6", None, "1,300", ""),
        Change("保单明细", "J5", 0.25, Formula("LOOKUP(I5,{0,1000},{0.2,0.25})", 0.25), ""),
    ))
    ledger = Ledger(FileBook(FileBook(sample_path).save(changes, tmp_path / "公式.xlsx")))
    assert [change.cell for change in fix(ledger)] == ["I6"]
