"""Spreading targets over the forms of whole workbooks: every level adds up, what a person typed stays."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.build.templates.plans import made_up
from tests.oracle.client import Oracle
from tests.tasks.emptied import emptied
from tests.tasks.test_oracle import differing
from zuxun_xl.book.changes import ChangeSet, Formula
from zuxun_xl.book.file import FileBook
from zuxun_xl.build.templates.canvas import finished
from zuxun_xl.build.templates.plans import plan_forms
from zuxun_xl.errors import CallError, MissingTableError
from zuxun_xl.periods import Period, parse_period, year_of
from zuxun_xl.records.model import WHOLE
from zuxun_xl.settings import Settings
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.spread import Spreading, Wish, spread
from zuxun_xl.workbooks import sample_path as shipped_path

YEAR = year_of(2026)
SUMS = {"V101", "V102", "V103", "V203", "V204", "V201", "V202", "V205", "V301", "V302", "V401", "V410"}
FLOWS = ["计划期初人力", "计划增员人数", "计划脱落人数", "计划期末人力"]


@pytest.fixture(params=["春华", "秋实"])
def path(request: pytest.FixtureRequest, sample_path: Path) -> Path:
    """Both departments: one in 元, one in 万元 with sums of its own."""
    return sample_path if request.param == "春华" else shipped_path()


def opened(path: Path) -> Ledger:
    return Ledger(FileBook(path))


def done(ledger: Ledger, wish: Wish, target: Path) -> tuple[Spreading, Ledger]:
    """What spreading amounts to, and the workbook written and opened again."""
    spreading, book = spread(ledger, wish), ledger.book
    assert isinstance(book, FileBook)
    return spreading, opened(book.save(spreading.changes, target))


def codes(ledger: Ledger) -> set[str]:
    return {finding.code for finding in check(ledger)}


def months(ledger: Ledger, form: str, key: str) -> dict[tuple[str, Period], float]:
    """(Scope, month) → figure of a form, read anew."""
    found = {}
    for part in ledger.tables[form].whole:
        for group, period, value in zip(part.column("组别"), part.column("月份"), part.column(key), strict=True):
            if len(period.pieces()) == 1 and value is not None:
                found[group, period] = value
    return found


@pytest.mark.parametrize(("column", "total"), [("FYP", 5_000_000), ("件数", 1001), ("首年期交", 3_333_300), ("举绩人数", 503)])
def it_spreads_a_years_total_over_months_and_groups(path: Path, tmp_path: Path, column: str, total: int) -> None:
    blank = opened(emptied(path, tmp_path / "空.xlsx", {"附表一": [f"计划{column}"]}))
    spreading, ledger = done(blank, Wish(column, Decimal(total)), tmp_path / "分.xlsx")
    figures = months(ledger, "附表一", f"计划{column}")
    groups = ledger.department.groups
    assert sum(figures[group, month] for group in groups for month in YEAR.pieces()) == pytest.approx(total, abs=1e-6)
    assert all(figures[group, month] >= 0 for group in groups for month in YEAR.pieces())
    assert codes(ledger) & SUMS <= codes(blank) & {"V302", "V401"} | ({"V302", "V401"} if column in ("FYP", "首年期交", "件数") else set())
    assert spreading.figures[WHOLE, YEAR] == total if column != "举绩人数" else (WHOLE, YEAR) not in spreading.figures


def it_changes_nothing_when_run_again(path: Path, tmp_path: Path) -> None:
    blank = opened(emptied(path, tmp_path / "空.xlsx", {"附表一": ["计划FYP"], "附表三": []}))
    wish = Wish(total=Decimal(5_000_000), level="人")
    _, ledger = done(blank, wish, tmp_path / "分.xlsx")
    assert spread(ledger, wish).changes == ChangeSet()


def it_spreads_what_it_filled_anew_for_another_total(path: Path, tmp_path: Path) -> None:
    blank = opened(emptied(path, tmp_path / "空.xlsx", {"附表一": ["计划FYP"]}))
    _, first = done(blank, Wish(total=Decimal(5_000_000)), tmp_path / "分.xlsx")
    _, second = done(first, Wish(total=Decimal(6_000_000)), tmp_path / "再分.xlsx")
    figures = months(second, "附表一", "计划FYP")
    assert sum(figures[group, month] for group in second.department.groups for month in YEAR.pieces()) == pytest.approx(6_000_000)


def it_keeps_what_people_typed_and_spreads_the_rest(sample_path: Path, tmp_path: Path) -> None:
    typed = {("附表一", "F4"): 300_000.0, ("附表一", "F25"): "12.5万", ("附表一", "F106"): 900_000.0}
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表一": ["计划FYP"]}, typed))
    spreading, ledger = done(blank, Wish(total=Decimal(6_000_000)), tmp_path / "分.xlsx")
    figures = months(ledger, "附表一", "计划FYP")
    january, april = parse_period("2026-01"), parse_period("2026-04")
    assert {(change.sheet, change.cell) for change in spreading.changes.changes} & typed.keys() == set()
    assert (figures["一组", january], figures["二组", april], figures[WHOLE, january]) == (300_000, 125_000, 900_000)
    assert sum(figures[group, january] for group in ledger.department.groups) == 900_000
    assert sum(figures[group, month] for group in ledger.department.groups for month in YEAR.pieces()) == 6_000_000
    assert spreading.findings == []


def it_takes_both_margins_where_people_typed_them(sample_path: Path, tmp_path: Path) -> None:
    """Years of some groups and months of the department, all in cells that hold formulas of the form elsewhere."""
    years = {"F20": 1_500_000, "F37": 1_300_000, "F122": 7_000_000}
    typed: dict[tuple[str, str], Any] = {("附表一", cell): value for cell, value in years.items()}
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表一": ["计划FYP"]}, typed))
    spreading, ledger = done(blank, Wish(), tmp_path / "分.xlsx")
    figures = months(ledger, "附表一", "计划FYP")
    sums = {group: sum(figures[group, month] for month in YEAR.pieces()) for group in (*ledger.department.groups, WHOLE)}
    assert (sums["一组"], sums["二组"], sums[WHOLE]) == (1_500_000, 1_300_000, 7_000_000)
    assert sum(sums[group] for group in ledger.department.groups) == 7_000_000
    assert spreading.findings == []


def it_says_where_typed_figures_contradict_the_total(sample_path: Path, tmp_path: Path) -> None:
    typed: dict[tuple[str, str], Any] = {("附表一", "F20"): 1_000_000, ("附表一", "F4"): 1_100_000}
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表一": ["计划FYP"]}, typed))
    spreading = spread(blank, Wish(total=Decimal(6_000_000)))
    assert spreading.changes == ChangeSet()
    (finding,) = spreading.findings
    assert (finding.code, finding.sheet, finding.cell) == ("S101", "附表一", "F20")
    assert "应合计1,000,000元，手填的已定下1,100,000元，差100,000元" in finding.message


def it_does_not_overrule_a_typed_year(sample_path: Path, tmp_path: Path) -> None:
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表一": ["计划FYP"]}, {("附表一", "F122"): 7_000_000}))
    spreading = spread(blank, Wish(total=Decimal(6_000_000)))
    assert [(f.code, f.cell) for f in spreading.findings] == [("S101", "F122")]
    assert spreading.changes == ChangeSet()


def it_has_nothing_to_spread_without_a_total(sample_path: Path, tmp_path: Path) -> None:
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表一": ["计划FYP"]}))
    spreading = spread(blank, Wish())
    assert [finding.code for finding in spreading.findings] == ["S106"]
    assert spreading.changes == ChangeSet()


def it_touches_no_cell_of_a_plan_that_people_made(sample_path: Path) -> None:
    assert spread(opened(sample_path), Wish()).changes == ChangeSet()


def it_shares_by_given_weights(sample_path: Path, tmp_path: Path) -> None:
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表一": ["计划件数"]}))
    weights = {"1月": 3.0, "2月": 1.0, "一组": 2.0, "二组": 1.0, "三组": 1.0}
    figures = spread(blank, Wish("件数", Decimal(400), weights=weights)).figures
    january, february = YEAR.pieces()[:2]
    assert [figures[group, january] for group in ("一组", "二组", "三组", "四组")] == [150, 75, 75, 0]
    assert figures[WHOLE, february] == 100
    assert figures[WHOLE, YEAR.pieces()[2]] == 0


def it_names_a_weight_that_fits_nothing(ledger: Ledger) -> None:
    with pytest.raises(CallError, match="九组"):
        spread(ledger, Wish(weights={"一组": 1.0, "九组": 2.0}))


def it_shares_months_by_workdays_with_make_up_days(sample_path: Path, tmp_path: Path) -> None:
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表一": ["计划件数"]}))
    days = [len(blank.settings.workdays.within(month)) for month in YEAR.pieces()]
    figures = spread(blank, Wish("件数", Decimal(sum(days) * 10), "工作日")).figures
    assert [figures[WHOLE, month] for month in YEAR.pieces()] == [count * 10 for count in days]


def it_takes_last_years_profile_from_another_workbook(sample_path: Path, tmp_path: Path) -> None:
    """The sample's own year serves as last year of a plan for 2027; months without records go by workdays, and it says so."""
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表一": ["计划FYP"]}))
    for part in blank.tables["附表一"].whole:
        part.values["月份"] = [parse_period(period.id.replace("2026", "2027")) for period in part.column("月份")]
    spreading = spread(blank, Wish(total=Decimal(10_000_000), by="上年", groups_by="上年", last_year=opened(sample_path)))
    last = opened(sample_path).department
    measured = {m: last.measures(m) for m in YEAR.pieces()[:10]}
    parts = {m.replace("2026", "2027"): v for m, v in ((m.id, values["一组"]["FYP"]) for m, values in measured.items())}
    own = {m.id: float(spreading.figures["一组", m]) for m in year_of(2027).pieces()}
    assert own["2027-03"] / own["2027-02"] == pytest.approx((parts["2027-03"] or 0) / (parts["2027-02"] or 1), rel=0.01)
    assert [(f.code, "11月、12月没有上年FYP" in f.message) for f in spreading.findings] == [("S103", True)]
    assert spreading.basis == "各月按上年，各组按上年"


def it_spreads_groups_over_the_persons_in_force(path: Path, tmp_path: Path) -> None:
    blank = opened(emptied(path, tmp_path / "空.xlsx", {"附表三": []}))
    spreading, ledger = done(blank, Wish(level="人"), tmp_path / "分.xlsx")
    (table,) = ledger.tables["附表三"].whole
    sums: dict[tuple[str, Period], float] = defaultdict(float)
    for column, month in table.extra.items():
        for index, value in enumerate(table.values[f"@{column}"]):
            agent = ledger.department.people.find(table.column("工号")[index], "", "")
            assert agent is not None
            if len(month.pieces()) == 1 and value:
                assert agent.joined < month.start
                assert agent.left is None or agent.left >= month.start
                sums[agent.group_on(month.end), month] += value
    assert sums == pytest.approx({key: value for key, value in months(ledger, "附表一", "计划FYP").items() if key[0] != WHOLE})
    assert codes(ledger) & {"V301", "V302", "V307", "V311"} == set()
    assert [finding.code for finding in spreading.findings] == []


def it_lets_persons_aim_higher_than_their_group_where_the_department_wants_it(sample_path: Path, tmp_path: Path) -> None:
    aim = Settings(target_factor=1.15)
    blank = Ledger(FileBook(emptied(sample_path, tmp_path / "空.xlsx", {"附表三": []})), aim)
    _, ledger = done(blank, Wish(level="人"), tmp_path / "分.xlsx")
    ledger.settings = aim
    assert codes(ledger) & {"V301", "V302"} == set()


def it_keeps_a_persons_typed_target_and_year(sample_path: Path, tmp_path: Path) -> None:
    typed: dict[tuple[str, str], Any] = {("附表三", "G4"): 50_000, ("附表三", "F5"): 99_900}
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表三": []}, typed))
    _, ledger = done(blank, Wish(level="人"), tmp_path / "分.xlsx")
    table = ledger.tables["附表三"]
    of_month = {month: column for column, month in table.extra.items() if len(month.pieces()) == 1}
    assert table.values[f"@{of_month[YEAR.pieces()[0]]}"][0] == 50_000
    assert sum(table.values[f"@{column}"][1] for column in of_month.values()) == 99_900
    assert codes(ledger) & {"V301", "V302"} == set()


def it_gives_persons_what_they_wrote_last_year(sample_path: Path, tmp_path: Path) -> None:
    """The sample's own records, a year earlier, as last year's: who wrote twice as much gets twice as much."""
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表三": []}))
    last = opened(sample_path)
    last.department.lines[:] = [replace(line, day=line.day.replace(year=2025)) for line in last.department.lines]
    totals: dict[str, float] = defaultdict(float)
    for line in last.department.lines:
        totals[line.agent] += line.premium
    _, ledger = done(blank, Wish(level="人", people_by="上年", last_year=last), tmp_path / "分.xlsx")
    table = ledger.tables["附表三"]
    column = next(column for column, month in table.extra.items() if month == YEAR.pieces()[0])
    first, second = table.values[f"@{column}"][:2]
    assert first / second == pytest.approx(totals["530100102"] / totals["530100135"], rel=0.01)


def it_spreads_a_month_over_the_weeks_of_the_form(path: Path, tmp_path: Path) -> None:
    blank = opened(emptied(path, tmp_path / "空.xlsx", {"附表四": ["计划FYP", "计划件数"]}))
    _, first = done(blank, Wish(level="周"), tmp_path / "分.xlsx")
    _, ledger = done(first, Wish("件数", level="周"), tmp_path / "再分.xlsx")
    table = ledger.tables["附表四"]
    for key in ("计划FYP", "计划件数"):
        assert all(value is not None for group, value in zip(table.column("组别"), table.column(key), strict=True) if group != WHOLE)
    assert codes(ledger) & {"V401", "V410"} == set()


def it_bridges_headcount_from_month_to_month(path: Path, tmp_path: Path) -> None:
    blank = opened(emptied(path, tmp_path / "空.xlsx", {"附表二": FLOWS}))
    _, first = done(blank, Wish("增员人数", Decimal(37)), tmp_path / "增.xlsx")
    spreading, ledger = done(first, Wish("脱落人数", Decimal(20)), tmp_path / "脱.xlsx")
    assert codes(ledger) & SUMS <= {"V302", "V401"}
    january, december = YEAR.pieces()[0], YEAR.pieces()[-1]
    opening, closing = months(ledger, "附表二", "计划期初人力"), months(ledger, "附表二", "计划期末人力")
    for group in ledger.department.groups:
        assert opening[group, january] == ledger.department.measures(january)[group]["期初人力"]
    everyone = [sum(part[group, month] for group in ledger.department.groups) for part, month in ((opening, january), (closing, december))]
    assert everyone[1] - everyone[0] == 17
    written = [change.new for change in spreading.changes.changes if isinstance(change.new, Formula)]
    assert written, "closings and sums are formulas"
    assert spread(ledger, Wish("脱落人数", Decimal(20))).changes == ChangeSet()


def it_goes_by_the_flows_and_not_by_what_the_forms_own_formulas_showed_before(tmp_path: Path, sample_path: Path) -> None:
    plan = made_up(5, Ledger(FileBook(sample_path)).department.groups, 0)
    entries = {key: value for key, value in plan.entries.items() if key[3] != "计划脱落人数"}
    results, people = plan_forms(replace(plan, year=2026, entries=entries))
    template = finished([results.canvas, people.canvas])
    source = FileBook(sample_path)
    cleared = source.save(ChangeSet(sheets=tuple(replace(sheet, notes={}, entries=()) for sheet in template)), tmp_path / "新表.xlsx")
    spreading = spread(opened(cleared), Wish("脱落人数", Decimal(5000)))
    assert "S201" in {finding.code for finding in spreading.findings}


def it_says_where_headcount_would_be_negative(sample_path: Path, tmp_path: Path) -> None:
    typed: dict[tuple[str, str], Any] = {("附表二", "D4"): 3, ("附表二", "F4"): 5}
    blank = opened(emptied(sample_path, tmp_path / "空.xlsx", {"附表二": FLOWS}, typed))
    spreading = spread(blank, Wish("增员人数"))
    assert ("S201", "G4") in [(finding.code, finding.cell) for finding in spreading.findings]
    assert next(f.message for f in spreading.findings if f.code == "S201") == "一组2026年1月期初3，加减增员、脱落和调动后期末是-2人。"


def it_needs_the_form_and_the_column(ledger: Ledger) -> None:
    with pytest.raises(CallError, match="只有FYP"):
        spread(ledger, Wish("件数", level="人"))
    with pytest.raises(CallError, match="不能按周"):
        spread(ledger, Wish("举绩人数", level="周"))
    bare = opened(Path(ledger.book.path))  # type: ignore[attr-defined]
    bare.__dict__["tables"] = {key: table for key, table in ledger.tables.items() if key != "附表一"}
    with pytest.raises(MissingTableError, match="附表一"):
        spread(bare, Wish())


@pytest.mark.libreoffice
def it_recalculates_to_what_was_written(libreoffice: Oracle, path: Path, tmp_path: Path) -> None:
    columns = {"附表一": ["计划FYP"], "附表二": FLOWS, "附表三": [], "附表四": ["计划FYP"]}
    blank = opened(emptied(path, tmp_path / "空.xlsx", columns))
    _, ledger = done(blank, Wish(total=Decimal(5_000_000), level="人"), tmp_path / "人.xlsx")
    _, ledger = done(ledger, Wish(total=Decimal(5_000_000), level="周"), tmp_path / "周.xlsx")
    _, ledger = done(ledger, Wish("增员人数", Decimal(30)), tmp_path / "增.xlsx")
    _, ledger = done(ledger, Wish("脱落人数", Decimal(12)), tmp_path / "脱.xlsx")
    sheets = [ledger.tables[key].sheet for key in columns]
    assert differing(libreoffice, tmp_path / "脱.xlsx", sheets) == []
