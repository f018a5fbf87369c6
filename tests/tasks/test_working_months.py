"""The insurer's 工作月 (月起始日 = 26): every task takes October for September 26th to October 25th."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from shutil import copyfile
from typing import Any

import pytest
from click.testing import CliRunner

from tests.tasks.restyle import House
from zuxun_xl.cli import cli
from zuxun_xl.forms.appendix1 import FORM
from zuxun_xl.periods import month, parse_period
from zuxun_xl.settings import Settings
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.diagnose import diagnose
from zuxun_xl.tasks.fill import fill
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.run import run

RANGES = {
    "2026-01": "2026-01-01..2026-01-25", "2026-03": "2026-02-26..2026-03-25", "2026-10": "2026-09-26..2026-10-25",
    "2026Q1": "2026-01-01..2026-03-25", "2026Q3": "2026-06-26..2026-09-25", "2026-01..2026-10": "2026-01-01..2026-10-25",
}
OF_MONTHS = {"平均人力", "人力月", "举绩人次"}
"""What is built from the months of a period: it differs where a period is cut into other months."""
COLUMNS = {"I": "举绩人数", "J": "件数", "K": "FYP", "L": "首年期交", "M": "FYC"}


@pytest.fixture(scope="module")
def working(ledger: Ledger) -> Ledger:
    """The department 春华, counting in 工作月."""
    return Ledger(ledger.book, Settings(month_start=26))


@pytest.mark.parametrize("text", RANGES)
def it_counts_the_days_of_working_months(working: Ledger, ledger: Ledger, text: str) -> None:
    found, days = working.measures(parse_period(text, 26)), ledger.measures(parse_period(RANGES[text]))
    for scope in ledger.department.scopes:
        assert {key: value for key, value in found[scope].items() if key not in OF_MONTHS} == {
            key: value for key, value in days[scope].items() if key not in OF_MONTHS
        }


def it_builds_a_quarter_from_its_working_months(working: Ledger) -> None:
    months = [working.measures(month(2026, number, 26)) for number in (7, 8, 9)]
    for scope, values in working.measures(parse_period("2026Q3", 26)).items():
        averages = [(each[scope]["期初人力"] + each[scope]["期末人力"]) / 2 for each in months]  # type: ignore[operator]  # never None
        assert values["平均人力"] == pytest.approx(sum(averages) / 3)
        assert values["举绩人次"] == sum(each[scope]["举绩人数"] or 0 for each in months)
        assert max(each[scope]["举绩人数"] or 0 for each in months) <= (values["举绩人数"] or 0) <= (values["举绩人次"] or 0)
        assert values["FYP"] == pytest.approx(sum(each[scope]["FYP"] or 0 for each in months))


def it_takes_the_forms_months_for_working_months(working: Ledger, ledger: Ledger) -> None:
    for text in ("2026-03", "2026Q2", "2026"):
        assert working.plan.of(parse_period(text, 26)) == ledger.plan.of(parse_period(text))
    targets = [period for period in working.tables["附表三"].extra.values() if len(period.pieces()) == 1]
    assert targets == [month(2026, number, 26) for number in range(1, 13)]


def it_fills_the_plan_of_the_year_by_working_months(working: Ledger, ledger: Ledger) -> None:
    filling = fill(working, parse_period("2026-10", 26))
    values = {c.cell: getattr(c.new, "value", c.new) for c in filling.changes.changes if c.sheet == "附表一"}
    table = working.tables[FORM.key]
    checked = 0
    for row, group, period in zip(table.rows, table.column("组别"), table.column("月份"), strict=True):
        if (days := RANGES.get(period.id)) is not None:
            wanted = ledger.measures(parse_period(days))[group]
            for letters, key in COLUMNS.items():
                assert values[f"{letters}{row}"] == pytest.approx(wanted[key], abs=0.0051), (group, period.id, key)
                checked += 1
    assert checked == 7 * 5 * len(COLUMNS)


def it_cuts_the_weeks_running_total_where_the_working_month_begins(working: Ledger, ledger: Ledger) -> None:
    filling = fill(working, parse_period("2026-10..2026-11", 26))
    totals = {c.cell: getattr(c.new, "value", c.new) for c in filling.changes.changes if c.sheet == "附表四" and c.cell[0] == "Y"}
    table, wrong = working.tables["附表四"], []
    for row, group, week in zip(table.rows, table.column("组别"), table.column("周次"), strict=True):
        first = "2026-10-26" if week.end > date(2026, 10, 25) else "2026-09-26"
        wanted = ledger.measures(parse_period(f"{first}..{week.end}"))[group]["FYP"]
        if totals[f"Y{row}"] != pytest.approx(wanted, abs=0.0051):
            wrong.append((group, week.label))
    assert len(totals) == len(table)
    assert wrong == []


def it_judges_and_checks_by_working_months(working: Ledger) -> None:
    september, before = parse_period("2026-09", 26), parse_period("2026-08", 26)
    problem = next(entry for entry in diagnose(working, september) if entry.problem.kpi == "件均保费")
    values = [working.measures(period)[problem.group] for period in (september, before)]
    assert problem.value == pytest.approx((values[0]["FYP"] or 0) / (values[0]["件数"] or 1))
    assert september.previous() == before
    assert [finding for finding in check(working) if finding.level.value == "错"] == []


def it_takes_the_working_month_of_the_last_day_where_no_period_is_named(sample_path: Path, tmp_path: Path) -> None:
    book = Path(copyfile(sample_path, tmp_path / "台账.xlsx"))
    (tmp_path / "zuxun.toml").write_text("月起始日 = 26\n", encoding="utf-8")
    results = [_kpi(str(book), *options) for options in ([], ["--as-of", "2026-10-25"], ["--period", "2026-03"])]
    assert [result["period"] for result in results] == ["2026-11", "2026-10", "2026-03"]
    days = _kpi(str(sample_path), "--period", RANGES["2026-03"])
    for key in ("FYP", "件数", "举绩人数", "期初人力", "期末人力", "增员人数", "应收保费"):
        assert results[2]["kpi"]["全部"]["measures"][key] == days["kpi"]["全部"]["measures"][key]


def _kpi(*arguments: str) -> dict[str, Any]:
    result: dict[str, Any] = json.loads(CliRunner().invoke(cli, ["kpi", *arguments, "--json"]).output)
    return result


def it_reads_the_setting_from_the_workbook(sample_house: House) -> None:
    from zuxun_xl.settings import load
    from zuxun_xl.tasks.ledger import settings_in

    house = sample_house.copy()
    house.sheets["设置"] = [["名称", "值"], ["月起始日", 26.0]]
    assert load(None, settings_in(house)).month_start == 26


def it_changes_nothing_for_natural_months(ledger: Ledger) -> None:
    spelt = Ledger(ledger.book, Settings(month_start=1))
    october = parse_period("2026-10")
    assert run(spelt, october) == run(ledger, october)


def it_sets_the_targets_of_a_form_without_a_year_in_the_ledgers_year(sample_house: House) -> None:
    house = sample_house.copy()
    rows = house.sheets["附表三"]
    house.sheets["附表三"] = [["个人目标计划表"], *rows[1:]]
    periods = [period.id for period in Ledger(house).tables["附表三"].extra.values()]
    assert periods[:4] == ["2026-01", "2026-02", "2026-03", "2026Q1"]
