"""What ``fill`` writes into the forms, cell by cell, against the true figures."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.tasks.sheets import cell
from zuxun_xl.book.changes import Change, ChangeSet, Formula
from zuxun_xl.book.file import FileBook
from zuxun_xl.periods import Period, parse_period
from zuxun_xl.tasks.fill import fill
from zuxun_xl.tasks.filling.pen import How
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.run import Outcome, run

PRODUCTION = {"I": "举绩人数", "J": "件数", "K": "FYP", "L": "首年期交", "M": "FYC"}
PEOPLE = {"H": "期初人力", "I": "增员人数", "J": "脱落人数", "K": "调入", "L": "调出", "M": "期末人力"}
WEEKLY = {
    "D": "FYP", "G": "首年期交", "I": "件数", "K": "举绩人数", "L": "期初人力", "M": "增员人数", "N": "脱落人数", "O": "期末人力",
    "Y": "月累计FYP",
}
QUARTERS = {"一季度小计": "2026-Q1", "二季度小计": "2026-Q2", "三季度小计": "2026-Q3"}
KPI_ROWS = {8: "举绩率", 9: "FYP计划达成率", 10: "首年期交保费计划达成率", 11: "人均FYC", 12: "人均产能", 13: "件均保费", 14: "人均件数",
            15: "有效人均件数", 17: "保单持续率", 18: "续收达成率", 19: "增员率", 20: "脱落率"}
BASE_ROWS = {1: "FYP", 2: "首年期交", 3: "FYC", 4: "期初人力", 5: "期末人力", 6: "增员人数", 7: "脱落人数"}


def key_of(label: str) -> str | None:
    """Truth key of a row's label; ``None`` for what must stay empty at the end of October."""
    if label.endswith("月"):
        number = int(label[:-1])
        return f"2026-{number:02}" if number <= 10 else None
    return QUARTERS.get(label)


@pytest.mark.parametrize(("sheet", "columns"), [("附表一", PRODUCTION), ("附表二", PEOPLE)])
def it_fills_months_and_quarters_that_have_passed(
    filled: dict[str, Any], truth: dict[str, Any], sheet: str, columns: dict[str, str]
) -> None:
    rows = filled[sheet]
    checked = 0
    for number, row in enumerate(rows[3:122], start=4):
        key = key_of(row[2])
        for letters, measure in columns.items():
            found = cell(rows, f"{letters}{number}")
            if key is None:
                assert found == "", (sheet, letters, number)
            else:
                assert found == pytest.approx(truth["periods"][key][row[1]][measure], abs=0.0051), (sheet, letters, number)
                checked += 1
    assert checked == 7 * 13 * len(columns)


def it_shows_attainment_only_where_there_is_an_actual_figure(filled: dict[str, Any], truth: dict[str, Any]) -> None:
    for number, row in enumerate(filled["附表一"][3:122], start=4):
        key, found = key_of(row[2]), cell(filled["附表一"], f"N{number}")
        wanted = "" if key is None else pytest.approx(truth["periods"][key][row[1]]["KPI"]["FYP计划达成率"], abs=1e-6)
        assert found == wanted


def it_fills_every_week_of_the_period(filled: dict[str, Any], truth: dict[str, Any]) -> None:
    sheet = filled["附表四"]
    for week, first in zip(truth["weeks_2026-10"], (5, 14, 23, 32), strict=True):
        for place, (_, wanted) in enumerate(week["groups"].items()):
            row = first + place
            for letters, measure in WEEKLY.items():
                assert cell(sheet, f"{letters}{row}") == pytest.approx(wanted[measure], abs=0.0051), (letters, row)
            assert cell(sheet, f"E{row}") == pytest.approx(wanted["FYP达成率"], abs=1e-6)
            assert cell(sheet, f"Z{row}") == pytest.approx(wanted["月累计达成率"], abs=1e-6)
            assert cell(sheet, f"R{row}") == pytest.approx(wanted["出勤"]["出勤率"], abs=1e-6)
            assert [cell(sheet, f"{c}{row}") for c in "TVX"] == [wanted["活动"][name] for name in ("约访", "面谈", "新增准客户")]


def it_fills_every_kpi_of_the_stage(filled: dict[str, Any], truth: dict[str, Any]) -> None:
    sheet, month = filled["附表五"], truth["periods"]["2026-10"]
    for place, group in enumerate(month):
        letters = "EFGHIJK"[place]
        for number, key in BASE_ROWS.items():
            assert cell(sheet, f"{letters}{number + 3}") == pytest.approx(month[group][key], abs=0.0051)
        for number, key in KPI_ROWS.items():
            assert cell(sheet, f"{letters}{number + 3}") == pytest.approx(month[group]["KPI"][key], abs=1e-6), (group, key)
        assert cell(sheet, f"{letters}19") == pytest.approx(month[group]["KPI"]["达成率"]["件数"], abs=1e-6)
        assert cell(sheet, f"{letters}24") == pytest.approx(truth["attendance"]["2026-10"][group]["出勤率"], abs=1e-6)
        if group in truth["auxiliary_2026-10-31"]:
            extra = truth["auxiliary_2026-10-31"][group]
            assert cell(sheet, f"{letters}25") == pytest.approx(extra["期交比率_2026-10"], abs=1e-6)
            assert cell(sheet, f"{letters}26") == f"{extra['性别'].get('男', 0)}:{extra['性别'].get('女', 0)}"
            college = sum(extra["学历"].get(level, 0) for level in ("大专", "本科", "硕士"))
            assert cell(sheet, f"{letters}27") == pytest.approx(college / month[group]["期末人力"], abs=1e-6)


def it_sets_plan_and_previous_month_beside_the_department(filled: dict[str, Any], truth: dict[str, Any]) -> None:
    sheet, plan, before = filled["附表五"], truth["periods"]["2026-10"]["全部"]["计划"], truth["periods"]["2026-09"]["全部"]
    for number, key in {**BASE_ROWS, 8: "举绩率", 13: "件均保费", 14: "人均件数", 19: "增员率", 20: "脱落率"}.items():
        assert cell(sheet, f"L{number + 3}") == pytest.approx(plan[key], abs=1e-6)
        wanted = before[key] if key in before else before["KPI"][key]
        assert cell(sheet, f"M{number + 3}") == pytest.approx(wanted, abs=1e-6)


def it_names_state_groups_and_measures_beside_the_five_lookup_kpis(filled: dict[str, Any]) -> None:
    sheet = filled["附表五"]
    assert [row[2] for row in sheet[3:27] if row[13]] == ["举绩率", "件均保费", "人均件数", "增员率", "脱落率"]
    assert sheet[15][13:16][:2] == ["红", "件均保费偏低：四组（红）"]
    assert "JB-M1" in sheet[15][15]


def formulas_of(outcome: Outcome, sheet: str) -> dict[str, str]:
    """Cell → formula text of a sheet's changes."""
    return {c.cell: c.new.text for c in outcome.changes.changes if c.sheet == sheet and isinstance(c.new, Formula)}


def it_writes_formulas_over_the_cells_of_the_same_form(outcome: Outcome) -> None:
    assert formulas_of(outcome, "附表五")["E23"] == "IF((E7+E8)/2=0,NA(),E10/((E7+E8)/2))"
    assert formulas_of(outcome, "附表五")["K12"] == "IF(L4=0,NA(),K4/L4)"
    assert "E11" not in formulas_of(outcome, "附表五"), "举绩人数 does not stand in the form, so 举绩率 is a value"
    assert formulas_of(outcome, "附表一")["K7"] == "SUM(K4:K6)"
    assert formulas_of(outcome, "附表一")["N7"] == "IF(F7=0,NA(),K7/F7)"
    assert "I7" not in formulas_of(outcome, "附表一"), "举绩人数 of a quarter is a distinct count, not a sum"
    assert formulas_of(outcome, "附表二")["M4"] == "H4+I4+K4-J4-L4"
    assert formulas_of(outcome, "附表二")["H7"] == "H4"
    assert formulas_of(outcome, "附表四")["D11"] == "SUM(D5:D10)"
    assert "K11" not in formulas_of(outcome, "附表四")


def it_writes_zx_functions_or_plain_values_on_request(ledger: Ledger, october: Period) -> None:
    zx = run(ledger, october, How("zx"))
    assert formulas_of(zx, "附表五")["E23"] == "ZX_ATTRITION(E10,E7,E8)"
    plain = run(ledger, october, How("value"))
    assert not any(isinstance(change.new, Formula) for change in plain.changes.changes)


def it_gives_a_percentage_its_format_in_a_cell_of_another_kind(outcome: Outcome) -> None:
    change = next(c for c in outcome.changes.changes if (c.sheet, c.cell) == ("附表一", "N7"))
    assert change.number_format == "0.0%"


def it_leaves_a_form_of_another_period_alone(ledger: Ledger) -> None:
    filling = fill(ledger, parse_period("2026-09"))
    assert filling.filled["附表四"] == 0
    assert "附表五" not in filling.filled
    assert [finding.code for finding in filling.findings] == ["T201", "T201"]


def it_fills_a_running_month_up_to_the_given_day(sample_path: Path) -> None:
    ledger = Ledger(FileBook(sample_path), asked_as_of=date(2026, 10, 16))
    cells = {(c.sheet, c.cell): c for c in fill(ledger, parse_period("2026-10")).changes.changes}
    up_to = ledger.measures(parse_period("2026-10-01..2026-10-16"))["一组"]
    assert cells["附表一", "K16"].new == up_to["FYP"]
    assert "截至2026-10-16" in cells["附表一", "K16"].why
    assert ("附表四", "D14") in cells, "the second week is under way"
    assert ("附表四", "D23") not in cells, "the third week has not begun"


def typed(path: Path, sheet: str, address: str, value: Any, out: Path) -> Ledger:
    """The workbook with one cell typed by a person."""
    return Ledger(FileBook(FileBook(path).save(ChangeSet((Change(sheet, address, None, value, "手填"),)), out)))


def it_never_overwrites_what_a_person_typed_without_being_told(sample_path: Path, tmp_path: Path, october: Period) -> None:
    ledger = typed(sample_path, "附表一", "K4", 180000, tmp_path / "手填.xlsx")
    filling = fill(ledger, october)
    assert ("附表一", "K4") not in {(c.sheet, c.cell) for c in filling.changes.changes}
    finding = next(f for f in filling.findings if f.code == "V110")
    assert (finding.sheet, finding.cell) == ("附表一", "K4")
    assert "180,000" in finding.message
    assert "182,646" in finding.message
    told = fill(ledger, october, How(overwrite=True))
    assert next(c.new for c in told.changes.changes if (c.sheet, c.cell) == ("附表一", "K4")) == pytest.approx(182646)


def it_accepts_a_typed_figure_that_agrees_at_its_own_precision(sample_path: Path, tmp_path: Path, october: Period) -> None:
    ledger = typed(sample_path, "附表一", "M4", 43204, tmp_path / "手填.xlsx")
    assert [f.code for f in fill(ledger, october).findings] == []


def it_changes_its_own_figures_of_last_friday(sample_path: Path, tmp_path: Path, october: Period) -> None:
    friday = Ledger(FileBook(sample_path), asked_as_of=date(2026, 10, 16))
    book: Any = friday.book
    path = book.save(fill(friday, october).changes, tmp_path / "周五.xlsx")
    later = fill(Ledger(FileBook(path)), october)
    assert later.findings == []
    assert next(c for c in later.changes.changes if (c.sheet, c.cell) == ("附表一", "K16")).new == pytest.approx(317753)


def it_fills_columns_kept_in_ten_thousands_and_keeps_the_users_formulas(shipped: Ledger) -> None:
    filling = fill(shipped, parse_period("2026-09"))
    table = shipped.tables["附表一"]
    assert table.scales["实际FYP"] == 10_000
    august = parse_period("2026-08")
    index = next(i for i, (g, p) in enumerate(zip(table.column("组别"), table.column("月份"), strict=True)) if (g, p) == ("旭日组", august))
    change = next(c for c in filling.changes.changes if (c.sheet, c.cell) == (table.sheet, table.cell(index, "实际FYP")))
    assert change.new == pytest.approx((shipped.measures(august)["旭日组"]["FYP"] or 0) / 10_000)
    assert not any(c.cell == table.cell(index, "FYP达成率") for c in filling.changes.changes if c.sheet == table.sheet)


def it_is_done_when_done(filled_path: Path, october: Period) -> None:
    assert not run(Ledger(FileBook(filled_path)), october).changes


def it_keeps_the_diagnosis_sheet_of_another_run_with_its_entries(filled_path: Path, tmp_path: Path, october: Period) -> None:
    sheet = Ledger(FileBook(filled_path)).grids["诊断表"]
    row = next(n for n in range(1, len(sheet.rows) + 1) if sheet.value(n, 3) == "件均保费偏低" and sheet.value(n, 4) == "红")
    ledger = typed(filled_path, "诊断表", f"J{row}", "徐永云", tmp_path / "填了责任人.xlsx")
    assert not run(ledger, october).changes
    other = run(Ledger(ledger.book, asked_as_of=date(2026, 10, 30)), october)
    assert any(cell.content == "徐永云" for spec in other.changes.sheets for cell in spec.cells)
