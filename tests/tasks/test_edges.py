"""Inputs at the edge: weeks across months, no records, days set wrongly, merged targets, corrections in cells that we filled."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.tasks.restyle import House
from zuxun_xl import console
from zuxun_xl.book.changes import Change, ChangeSet
from zuxun_xl.book.file import FileBook
from zuxun_xl.errors import CallError, MissingTableError
from zuxun_xl.kpi.catalogue import check_variants
from zuxun_xl.periods import Period, parse_period
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.diagnose import diagnose
from zuxun_xl.tasks.fill import fill
from zuxun_xl.tasks.filling.pen import How
from zuxun_xl.tasks.kpi import report
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.run import run, sheet_changes


def retyped(path: Path, out: Path, *cells: tuple[str, str, Any]) -> Ledger:
    """The workbook with cells that a person typed."""
    changes = tuple(Change(sheet, address, None, value, "手填") for sheet, address, value in cells)
    return Ledger(FileBook(FileBook(path).save(ChangeSet(changes), out)))


def written(ledger: Ledger, period: Period, how: How | None = None) -> dict[tuple[str, str], Any]:
    """(Sheet, cell) → new content of what filling would change."""
    return {(c.sheet, c.cell): c.new for c in fill(ledger, period, how).changes.changes}


def it_accumulates_a_week_that_runs_into_the_next_month_by_the_days_gone(sample_path: Path, tmp_path: Path, october: Period) -> None:
    ledger = retyped(sample_path, tmp_path / "跨月.xlsx", ("附表四", "A30", "第四周（10月26日—11月1日）"))
    assert written(ledger, october)["附表四", "Y32"] == pytest.approx(317753)
    assert [f for f in check(ledger) if f.level == "错"] == []


def it_keeps_a_persons_correction_of_a_figure_that_we_filled(filled_path: Path, tmp_path: Path, october: Period) -> None:
    ledger = retyped(filled_path, tmp_path / "改过.xlsx", ("附表一", "I4", 99), ("附表一", "K7", 1))
    filling = fill(ledger, october)
    assert {(c.sheet, c.cell) for c in filling.changes.changes} <= {("附表一", "N7")}, "only the ratio over the corrected figure"
    assert {(f.code, f.cell) for f in filling.findings} == {("V110", "I4"), ("V110", "K7")}
    told = written(ledger, october, How(overwrite=True))
    assert told["附表一", "I4"] == 13


def it_fills_again_what_a_person_emptied(filled_path: Path, tmp_path: Path, october: Period) -> None:
    ledger = retyped(filled_path, tmp_path / "清空.xlsx", ("附表一", "I4", None))
    assert written(ledger, october) == {("附表一", "I4"): 13}


def it_overwrites_actual_figures_only(sample_path: Path, tmp_path: Path, october: Period) -> None:
    ledger = retyped(sample_path, tmp_path / "手填.xlsx", ("附表五", "L4", 111), ("附表五", "O11", "出勤差"), ("附表五", "E4", 5))
    cells = written(ledger, october, How(overwrite=True))
    assert ("附表五", "E4") in cells
    assert ("附表五", "L4") not in cells
    assert ("附表五", "O11") not in cells


@pytest.mark.parametrize("sheet", ["保单明细", "花名册"])
def it_says_when_there_is_not_one_usable_record(sample_house: House, october: Period, sheet: str) -> None:
    house = sample_house.copy()
    house.sheets[sheet] = house.sheets[sheet][:3]
    for task in (report, diagnose, run):
        with pytest.raises(MissingTableError, match=f"{sheet}里没有一行可用的记录"):
            task(Ledger(house), october)


@pytest.mark.parametrize(("period", "as_of"), [("2025-12", None), ("2026-10", date(2025, 1, 1))])
def it_gives_no_figures_for_days_without_records(ledger: Ledger, period: str, as_of: date | None) -> None:
    with pytest.raises(CallError, match="记录"):
        report(Ledger(ledger.book, asked_as_of=as_of), parse_period(period))


def it_fills_no_months_beyond_the_last_record(ledger: Ledger, october: Period) -> None:
    ahead = Ledger(ledger.book, asked_as_of=date(2030, 1, 1))
    assert written(ahead, october).keys() == written(ledger, october).keys()


def it_leaves_out_a_cell_that_a_merged_one_hides(sample_house: House, october: Period) -> None:
    house = sample_house.copy()
    house.merges.setdefault("附表一", []).append((4, 9, 4, 10))
    filling = fill(Ledger(house), october)
    assert ("附表一", "J4") not in {(c.sheet, c.cell) for c in filling.changes.changes}
    assert ("T203", "J4") in {(f.code, f.cell) for f in filling.findings}


def it_keeps_the_diagnosis_of_another_month_in_which_people_entered_something(filled_path: Path, tmp_path: Path) -> None:
    september = parse_period("2026-09")
    untouched = Ledger(FileBook(filled_path))
    assert [spec.name for spec in sheet_changes(untouched, september, diagnose(untouched, september)).sheets] == ["诊断表"]
    grid = untouched.grids["诊断表"]
    row = next(n for n in range(1, len(grid.rows) + 1) if grid.value(n, 4) == "红")
    ledger = retyped(filled_path, tmp_path / "有责任人.xlsx", ("诊断表", f"J{row}", "徐永云"))
    assert [spec.name for spec in sheet_changes(ledger, september, diagnose(ledger, september)).sheets] == ["诊断表2"]


def it_shows_text_with_brackets_as_it_is(capsys: pytest.CaptureFixture[str]) -> None:
    console.table("标题[/]", ["列[b]"], [["值[/b][bold]一组"]])
    shown = capsys.readouterr().out
    assert "值[/b][bold]一组" in shown
    assert "列[b]" in shown


def it_refuses_a_variant_of_an_unknown_kpi() -> None:
    with pytest.raises(CallError, match="没有“脱落绿”这个指标"):
        check_variants({"脱落绿": "期初"})
    with pytest.raises(CallError, match="没有“不存在”口径"):
        check_variants({"脱落率": "不存在"})


def it_says_when_attendance_covers_only_a_part_of_the_period(ledger: Ledger, october: Period) -> None:
    found = [(f.code, f.sheet) for f in run(ledger, parse_period("2026Q3")).findings]
    assert ("T106", "考勤") in found
    assert ("T106", "活动日志") in found
    assert "T106" not in {f.code for f in run(ledger, october).findings}
