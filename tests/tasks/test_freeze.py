"""Dual-mode cells: freezing leaves nothing that needs the add-in and changes no value; thawing restores what stood there."""

from __future__ import annotations

import re
import zipfile
from typing import TYPE_CHECKING, Any

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.tasks.test_oracle import unequal
from zuxun_xl.book.file import FileBook
from zuxun_xl.cells import parse_address
from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.fill import fill
from zuxun_xl.tasks.filling.pen import How
from zuxun_xl.tasks.freeze import Swap, freeze, thaw
from zuxun_xl.tasks.freezing.rewrite import NoTwinError, native
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from pathlib import Path

    from tests.oracle.client import Oracle

NUMBERS = {"A1": 4, "B1": 40, "C1": 42, "A2": 7, "B2": 0, "C2": 0, "D1": 0.5}
LOST = "ZX_ATTRITION(A1,B1,C1)"


def made(path: Path, formulas: dict[str, tuple[str, Any]]) -> FileBook:
    """A workbook of numbers, with formulas and the values they show."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        sheet = workbook.add_worksheet("表")
        other = workbook.add_worksheet("续 期")
        other.write_row("A1", [3, 4])
        for cell, number in NUMBERS.items():
            sheet.write_number(cell, number)
        for cell, (formula, value) in formulas.items():
            sheet.write_formula(cell, f"={formula}", None, value)
    return FileBook(path)


def saved(book: FileBook, swap: Swap, out: Path) -> FileBook:
    return FileBook(book.save(swap.changes, out)) if swap.changes else book


def formulas(book: FileBook, sheet: str = "表") -> dict[str, str]:
    return {f"{row},{column}": text for (row, column), text in book.formulas(sheet).items()}


@pytest.mark.parametrize(
    ("formula", "twin"),
    [
        (LOST, "IF((B1+C1)/2=0,NA(),A1/((B1+C1)/2))"),
        (LOST.lower(), "IF((b1+c1)/2=0,NA(),a1/((b1+c1)/2))"),
        (f"[1]!{LOST}", "IF((B1+C1)/2=0,NA(),A1/((B1+C1)/2))"),
        (f"'C:\\装\\zuxun.xlam'!{LOST}", "IF((B1+C1)/2=0,NA(),A1/((B1+C1)/2))"),
        (f"_xldudf_{LOST}", "IF((B1+C1)/2=0,NA(),A1/((B1+C1)/2))"),
        ('IFERROR(ZX_RENEW(A1,B1),"—")', 'IFERROR(IF(B1=0,NA(),A1/B1),"—")'),
        ("ROUND(ZX_RENEW(A1,B1)*100,1)", "ROUND(IF(B1=0,NA(),A1/B1)*100,1)"),
        ("1-ZX_BRIDGE(A1,B1,C1)*2", "1-(A1+B1-C1)*2"),
        ("ZX_RENEW(ZX_BRIDGE(A1,B1,C1),B1+C1)", "IF((B1+C1)=0,NA(),(A1+B1-C1)/(B1+C1))"),
        ("ZX_RENEW('续 期'!A1,'续 期'!B1)", "IF('续 期'!B1=0,NA(),'续 期'!A1/'续 期'!B1)"),
        ('"ZX_RENEW(A1,B1)"&A1', '"ZX_RENEW(A1,B1)"&A1'),
        ('ZX_ATTRITION(A1,B1,C1,"期初")', "IF(B1=0,NA(),A1/B1)"),
    ],
)
def it_rewrites_calls_by_their_native_twins(formula, twin):
    assert native(formula, frozenset()) == twin


@pytest.mark.parametrize("formula", [
    "ZX_RENEW(A1:A2,B1:B2)", "SUM(ZX_SPREAD(A1,B1:B3))", "ZX_NEW(A1)", "ZX_RENEW(A1)", "ZX_RENEW(各组,B1)",
])
def it_knows_where_there_is_no_twin(formula):
    with pytest.raises(NoTwinError):
        native(formula, frozenset())


def it_freezes_to_formulas_where_it_can_and_to_values_where_not(tmp_path):
    book = made(tmp_path / "a.xlsx", {
        "E1": (LOST, 4 / 41), "E2": ('ZX_STATE(A1,B1)&ZX_CAUSES("ZY",1)', "危险ZY-C1 增员活动量不足"), "E3": ("A1+1", 5),
    })
    swap = freeze(book)
    frozen = saved(book, swap, tmp_path / "b.xlsx")
    assert formulas(frozen) == {"1,5": "IF((B1+C1)/2=0,NA(),A1/((B1+C1)/2))", "3,5": "A1+1"}
    assert frozen.grid("表").value(2, 5) == "危险ZY-C1 增员活动量不足"
    assert [(finding.code, finding.cell) for finding in swap.findings] == [("F101", "E2")]
    assert formulas(saved(book, freeze(book, "value"), tmp_path / "c.xlsx")) == {"3,5": "A1+1"}


def it_reckons_what_the_file_shows_only_as_a_name_error(tmp_path):
    book = made(tmp_path / "a.xlsx", {
        "E1": (LOST, "#NAME?"), "E2": ("ZX_RENEW(A2,B2)", "#NAME?"), "E3": ('INDIRECT("A1")+SUM(ZX_SPREAD(A1,B1:B9))', "#NAME?"),
    })
    swap = freeze(book, "value")
    frozen = saved(book, swap, tmp_path / "b.xlsx")
    assert frozen.grid("表").value(1, 5) == pytest.approx(4 / 41)
    assert frozen.grid("表").value(2, 5) == "#N/A"
    assert [(finding.code, finding.cell) for finding in swap.findings] == [("F103", "E3")]


def it_says_so_where_a_function_stands_outside_cells(tmp_path):
    with xlsxwriter.Workbook(str(tmp_path / "a.xlsx")) as workbook:
        sheet = workbook.add_worksheet("表")
        look = workbook.add_format({"bold": True})
        sheet.conditional_format("A1:A9", {"type": "formula", "criteria": "=ZX_RENEW(A1,B1)<0.9", "format": look})
        sheet.data_validation("B1", {"validate": "custom", "value": "=ZX_RENEW(A1,B1)<1"})
        workbook.define_name("续收", "=ZX_RENEW(表!$A$1,表!$B$1)")
    found = [(finding.code, finding.sheet) for finding in freeze(FileBook(tmp_path / "a.xlsx")).findings]
    assert sorted(found) == [("F104", ""), ("F104", "表"), ("F104", "表")]


CALLS = st.sampled_from([
    LOST, "ZX_RENEW(A2,B2)", "ZX_BRIDGE(A1,B1,C1,A2)", 'IFERROR(ZX_RENEW(A2,B2),"无")', "ZX_PACE(A1,B1,D1,1)*2", "A1*2",
    'ZX_CAUSES("ZY",2)',
    "ZX_AVG_HEADCOUNT(B1,C1)+ZX_RENEW(A1,B1)", "ZX_STATE(A1,B1)", "[1]!ZX_RENEW(A1,C1)", "SUM(B1:C1)",
])


@settings(max_examples=15)
@given(calls=st.lists(CALLS, min_size=1, max_size=8), to=st.sampled_from(["native", "value"]))
def it_restores_every_formula_that_it_froze(calls, to, tmp_path_factory):
    folder = tmp_path_factory.mktemp("freeze")
    book = made(folder / "a.xlsx", {f"F{row}": (call, "#NAME?") for row, call in enumerate(calls, start=1)})
    frozen = saved(book, freeze(book, to), folder / "b.xlsx")
    assert not [text for text in frozen.formulas("表").values() if "ZX_" in text.upper()]
    again = freeze(frozen, to)
    assert (again.changes.changes, again.findings) == ((), [])
    thawed = saved(frozen, thaw(frozen), folder / "c.xlsx")
    assert formulas(thawed) == formulas(book)
    assert not thaw(thawed).changes.changes


def it_leaves_what_was_changed_after_freezing(tmp_path):
    book = made(tmp_path / "a.xlsx", {"E1": (LOST, 4 / 41), "E2": ("ZX_RENEW(A1,B1)", 0.1)})
    frozen = saved(book, freeze(book, "value"), tmp_path / "b.xlsx")
    grid = frozen.grid("表")
    grid.rows[0][4] = 0.5
    swap = thaw(frozen)
    assert [change.cell for change in swap.changes.changes] == ["E2"]
    assert [(finding.code, finding.cell) for finding in swap.findings] == [("F201", "E1")]
    assert LOST in swap.findings[0].message


@pytest.mark.libreoffice
def it_shows_the_same_values_after_freezing_the_filled_sample(libreoffice: Oracle, sample_path: Path, tmp_path: Path):
    ledger = Ledger(FileBook(sample_path))
    ledger.book.save(fill(ledger, parse_period("2026-10"), How("zx")).changes, tmp_path / "a.xlsx")  # type: ignore[attr-defined]
    filled = FileBook(tmp_path / "a.xlsx")
    calls = {(sheet, place) for sheet in filled.sheet_names for place, text in filled.formulas(sheet).items() if "ZX_" in text}
    assert len(calls) > 20
    swap = freeze(filled)
    frozen = saved(filled, swap, tmp_path / "b.xlsx")
    assert swap.findings == []
    shown = libreoffice.values(tmp_path / "b.xlsx")
    wrong = []
    for change in swap.changes.changes:
        wanted = filled.grid(change.sheet).value(*parse_address(change.cell))
        if unequal(wanted, shown[change.sheet].get(change.cell)):
            wrong.append((change.sheet, change.cell, wanted, shown[change.sheet].get(change.cell)))
    assert wrong == []
    assert {(change.sheet, parse_address(change.cell)) for change in swap.changes.changes} == calls
    assert not [cells for cells in shown.values() if "#NAME?" in cells.values()]
    with zipfile.ZipFile(tmp_path / "b.xlsx") as package:
        sheets = [package.read(name) for name in package.namelist() if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)]
    assert sum(b"<f>ZX_" in sheet or b"!ZX_" in sheet for sheet in sheets) == 0
    thawed = saved(frozen, thaw(frozen), tmp_path / "c.xlsx")
    assert all(formulas(thawed, sheet) == formulas(filled, sheet) for sheet in filled.sheet_names)


def it_turns_native_formulas_beside_a_kpis_name_into_functions_when_asked(sample_path: Path, tmp_path: Path):
    ledger = Ledger(FileBook(sample_path))
    ledger.book.save(fill(ledger, parse_period("2026-10"), How("native")).changes, tmp_path / "a.xlsx")  # type: ignore[attr-defined]
    book = FileBook(tmp_path / "a.xlsx")
    assert not thaw(book).changes
    swap = thaw(book, everything=True)
    texts = {change.new.text for change in swap.changes.changes}  # type: ignore[union-attr]
    assert len(texts) > 50
    assert all(text.startswith("ZX_") for text in texts)
    turned = saved(book, swap, tmp_path / "b.xlsx")
    assert formulas(saved(turned, freeze(turned), tmp_path / "c.xlsx"), "附表五") == formulas(book, "附表五")
