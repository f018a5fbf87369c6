"""The rules of the forms: a wrong figure is found at its cell, what is legitimate is not called an error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from zuxun_xl.book.changes import Change, ChangeSet
from zuxun_xl.book.file import FileBook
from zuxun_xl.findings import Finding, Level
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.forms.records import RECORD_RULES
from zuxun_xl.tasks import check as check_task
from zuxun_xl.tasks import fill as fill_task
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.ledger import Ledger

CASES: list[tuple[str, str, Any, list[tuple[str, str]]]] = [
    ("附表一", "F7", 390000, [("V101", "F7")]),
    ("附表一", "F20", 1500000, [("V102", "F20")]),
    ("附表一", "F106", 700000, [("V103", "F106")]),
    ("附表一", "G4", 200000, [("V104", "G4")]),
    ("附表一", "H5", 99000, [("V104", "H5")]),
    ("附表一", "F16", None, [("V108", "F16")]),
    ("附表一", "E16", "二十", [("V111", "E16")]),
    ("附表二", "G4", 16, [("V201", "G4"), ("V202", "D5")]),
    ("附表二", "D5", 14, [("V202", "D5"), ("V201", "G5")]),
    ("附表二", "E7", 5, [("V203", "E7")]),
    ("附表二", "D7", 13, [("V203", "D7")]),
    ("附表二", "E106", 9, [("V204", "E106"), ("V201", "G106")]),
    ("附表二", "F6", 1.5, [("V205", "F6")]),
    ("附表二", "N4", None, [("V208", "N4")]),
    ("附表二", "N4", "2026-02-12", [("V212", "N4")]),
    ("附表三", "J4", 50000, [("V301", "J4")]),
    ("附表三", "F4", 100, [("V301", "F4")]),
    ("附表三", "C5", "530199999", [("V303", "C5")]),
    ("附表三", "G4", "两万", [("V311", "G4")]),
    ("附表四", "C5", 30000, [("V401", "C5")]),
    ("附表四", "C11", 1, [("V410", "C11")]),
    ("附表四", "AA5", "1.拜访少；2.出勤差；3.没有增员", [("V408", "AA5")]),
    ("附表四", "S5", "多", [("V411", "S5")]),
    ("附表四", "D5", 40000, [("V405", "D5")]),
    ("附表五", "E4", 300000, [("V502", "E4")]),
    ("附表五", "C5", "不知道的指标", [("V510", "C5")]),
    ("花名册", "J5", "去年", [("R115", "J5")]),
    ("花名册", "K5", "2020-01-01", [("R109", "K5")]),
    ("花名册", "N58", "换了组", [("R112", "N58")]),
    ("保单明细", "B5", "2026-02-30", [("R102", "B5")]),
    ("续期明细", "F4", 99999, [("R113", "F4")]),
    ("考勤", "E4", "？", [("R111", "E4")]),
    ("活动日志", "B4", "无此日", [("R102", "B4")]),
]


def changed(sample: Path, out: Path, *cells: tuple[str, str, Any]) -> Ledger:
    """The sample with some cells changed."""
    changes = ChangeSet(tuple(Change(sheet, address, None, value, "测试") for sheet, address, value in cells))
    return Ledger(FileBook(FileBook(sample).save(changes, out)))


def places(findings: list[Finding]) -> set[tuple[str, str, str]]:
    """(Sheet, code, cell) of findings."""
    return {(finding.sheet, finding.code, finding.cell) for finding in findings}


@pytest.fixture(scope="module")
def clean(ledger: Ledger) -> set[tuple[str, str, str]]:
    return places(check(ledger))


@pytest.mark.parametrize(("sheet", "cell", "value", "expected"), CASES, ids=lambda value: str(value)[:20])
def it_finds_a_wrong_cell(
    sample_path: Path, tmp_path: Path, clean: set[tuple[str, str, str]], sheet: str, cell: str, value: Any, expected: list[tuple[str, str]]
) -> None:
    found = places(check(changed(sample_path, tmp_path / "错.xlsx", (sheet, cell, value)))) - clean
    assert {(sheet, code, place) for code, place in expected} <= found


def it_finds_no_error_in_a_sound_ledger(ledger: Ledger, shipped: Ledger) -> None:
    assert [f for f in check(ledger) if f.level is Level.ERROR] == []
    assert [f for f in check(shipped) if f.level is Level.ERROR] == []


def it_finds_no_error_in_what_it_wrote_itself(ledger: Ledger, filled_path: Path) -> None:
    assert places(check(Ledger(FileBook(filled_path)))) == places(check(ledger))


def it_leaves_a_doubled_line_and_a_sale_after_leaving_out_of_the_figures(sample_path: Path, tmp_path: Path, ledger: Ledger) -> None:
    row = [ledger.grids["保单明细"].value(5, column) for column in range(1, 15)]
    twice = tuple(("保单明细", f"{'ABCDEFGHIJKLMN'[n]}6", value) for n, value in enumerate(row) if n)
    wrong = changed(sample_path, tmp_path / "重.xlsx", *twice)
    assert ("保单明细", "R105", "C6") in places(check(wrong))
    left = changed(sample_path, tmp_path / "离.xlsx", ("花名册", "K9", "2026-01-04"), ("花名册", "L9", "离司"))
    assert any(finding.code == "R104" for finding in check(left))


def it_names_formulas_that_no_program_has_calculated_yet(sample_path: Path, tmp_path: Path) -> None:
    openpyxl.load_workbook(sample_path).save(tmp_path / "未计算.xlsx")
    found = {(f.code, f.sheet, f.cell) for f in check(Ledger(FileBook(tmp_path / "未计算.xlsx")))}
    assert ("T105", "附表一", "D7") in found


def it_says_what_to_do_with_every_finding(sample_path: Path, tmp_path: Path) -> None:
    wrong = changed(sample_path, tmp_path / "错.xlsx", *((sheet, cell, value) for sheet, cell, value, _ in CASES[:12]))
    for finding in check(wrong):
        assert finding.message.endswith("。")
        assert finding.remedy.endswith("。")
        assert "{" not in finding.message + finding.remedy


def it_gives_every_rule_a_code_of_its_own() -> None:
    rules = {id(rule): rule for form in FORMS.values() for rule in form.rules}
    rules |= {id(rule): rule for rule in (*RECORD_RULES, *check_task.RULES, *fill_task.RULES)}
    codes = [rule.code for rule in rules.values()]
    assert len(codes) == len(set(codes))
