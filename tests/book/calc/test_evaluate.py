"""Values of native formulas without a spreadsheet program: as LibreOffice has them, or none at all."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.oracle.client import Oracle
from tests.tasks.test_oracle import unequal
from zuxun_xl.book.calc.evaluate import calculated
from zuxun_xl.book.calc.parse import NotComputableError
from zuxun_xl.book.grid import ErrorValue

CELLS: dict[tuple[str, int, int], Any] = {
    ("表", 1, 1): 3.0, ("表", 2, 1): 4.0, ("表", 3, 1): None, ("表", 4, 1): "春", ("表", 5, 1): "", ("表", 6, 1): -1.5,
    ("表", 1, 2): "甲", ("表", 2, 2): "乙", ("表", 3, 2): "甲", ("表", 4, 2): None, ("表", 5, 2): "√", ("表", 6, 2): "甲",
    ("表", 1, 3): ErrorValue("#N/A"), ("表", 2, 3): 0.1, ("表", 3, 3): 0.2, ("表", 4, 3): date(2027, 1, 4), ("表", 5, 3): date(2027, 2, 1),
    ("他 表", 1, 1): 100.0,
}
CASES = """
1+2*3 (1+2)*3 -2+5 2-3-4 8/2/2 50% A1+A2 A1-A3 A1/A3 A1&"人" ""&A1 "a"&"b""c" A1=3 A1<>A2 A3=0 A3="" A5="" A4="春" A4<>"夏" A1>=A2 A1="3"
C2+C3=0.3 C3-C2-0.1 C1+1 C1=1 SUM(A1:A6) SUM(A1,A2,5) SUM(A1:A6,A1:A2) COUNT(A1:A6) COUNT(C2:C5) COUNTA(A1:A4) COUNTA(B1:B6) AVERAGE(A1:A3)
AVERAGE(A3:A3) MIN(A1:A6) MAX(A1:A6) MAX(A3:A4) IF(A1>1,"是","否") IF(A1>5,"是") IF(A3,1,2) IF(C1=1,1,2) IF(A1>1,2,1/0)
IFERROR(C1,7) IFERROR(A1/A3,"无")
AND(A1>1,A2>1) OR(A1>5,A2>5) AND(A1>1,C1=1) NA() ISNUMBER(A1) ISNUMBER(A4) ISNUMBER(A3) ISERROR(C1) COUNTIF(B1:B6,"甲") COUNTIF(A1:A6,">=3")
COUNTIF(A1:A6,3) COUNTIF(B1:B6,"√") COUNTIF(A1:A6,"<>3") COUNTIF(B1:B6,B1) COUNTIF(C4:C5,">="&C5) COUNTIFS(B1:B6,"甲",A1:A6,">0")
SUMIF(B1:B6,"甲",A1:A6) SUMIF(A1:A6,">0") SUMIFS(A1:A6,B1:B6,"甲",A1:A6,"<3") RANK(A1,A1:A6) RANK(A1,A1:A3) ROUND(2.345,2) ROUND(-A6,0)
'他#表'!A1+1 C5-C4 C4>C5 $A$1+A$2 SUM($A$1:$A$2)/COUNT(A1:A2) IF(COUNT(A1:A2)<2,"",A1/A2) IF(OR(A2=0,A1=0),NA(),A1/A2) -A1+-A2 1-(2-3) 1E3+1
""".split()
"""Formulas; # stands for a blank inside one."""


def look(sheet: str, row: int, column: int) -> Any:
    return CELLS.get((sheet, row, column))


def told(formula: str) -> Any:
    try:
        return calculated(formula, "表", look)
    except NotComputableError:
        return None


def values_by_libreoffice(oracle: Oracle, formulas: list[str], path: Path) -> list[Any]:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "yyyy-mm-dd"}) as workbook:
        sheets = {name: workbook.add_worksheet(name) for name in ("表", "他 表")}
        for (sheet, row, column), value in CELLS.items():
            if value == "":
                sheets[sheet].write_formula(row - 1, column - 1, '=""', None, "")
            elif isinstance(value, ErrorValue):
                sheets[sheet].write_formula(row - 1, column - 1, "=NA()", None, str(value))
            elif value is not None:
                sheets[sheet].write(row - 1, column - 1, value)
        for row, formula in enumerate(formulas):
            sheets["表"].write_formula(row, 7, f"={formula}")
    found = oracle.values(path)["表"]
    return [found.get(f"H{row}", "") for row in range(1, len(formulas) + 1)]


@pytest.mark.libreoffice
def it_gives_what_libreoffice_gives(libreoffice: Oracle, tmp_path: Path):
    formulas = [case.replace("#", " ") if "他#表" in case else case for case in CASES]
    ours = [calculated(formula, "表", look) for formula in formulas]
    theirs = values_by_libreoffice(libreoffice, formulas, tmp_path / "a.xlsx")
    assert [(f, a, b) for f, a, b in zip(formulas, ours, theirs, strict=True) if unequal(a, b)] == []


ATOMS = st.sampled_from("A1 A2 A3 C2 C3 SUM(A1:A6) COUNT(A1:A6) 2 0.5 AVERAGE(A1:A3) 0".split())
TESTS = st.builds("{}{}{}".format, ATOMS, st.sampled_from("< > <= >= = <>".split()), ATOMS)


def deeper(inner):
    return st.one_of(
        st.builds("({}{}{})".format, inner, st.sampled_from("+-*/"), inner), st.builds("IF({},{},{})".format, TESTS, inner, inner),
        st.builds("IFERROR({},{})".format, inner, inner), st.builds("SUM({},{})".format, inner, inner), st.builds("-({})".format, inner),
    )


@pytest.mark.libreoffice
@given(st.lists(st.recursive(ATOMS, deeper, max_leaves=12), min_size=40, max_size=40))
@settings(max_examples=5, deadline=None)
def it_gives_what_libreoffice_gives_for_any_arithmetic(libreoffice: Oracle, tmp_path_factory, formulas):
    ours = {formula: value for formula in formulas if (value := told(formula)) is not None}
    assume(len(ours) > len(set(formulas)) / 2)
    theirs = values_by_libreoffice(libreoffice, list(ours), tmp_path_factory.mktemp("calc") / "a.xlsx")
    assert [(f, a, b) for (f, a), b in zip(ours.items(), theirs, strict=True) if unequal(a, b)] == []


@pytest.mark.parametrize(
    "formula",
    [
        "PI()", "月份*2", "SUMIFS(A1:A6,B1:B3,1)", "D1+1", "D2+1", 'SUM(A1,"3")', "SUM(A1,A1<2)", "A1&0.5", '"3"+1',
        "A:A", "SUM(A:A)", "表1[件数]", "{1,2}", "A1:A2", "A1^2", 'A4<"夏"', "TRUE=1", 'COUNTIF(B1:B6,"甲*")', 'COUNTIF(B1:B6,"")',
        "[1]表!A1", "INDIRECT(A1)", "SUM(A1:A6", "A1+", "", "RANK(A1,A1:A6,1)", "RANK(7,A1:A3)", "IF(A1:A3,1,2)", "#SPILL!",
    ],
)
def it_tells_nothing_rather_than_guess(formula):
    cells = {**CELLS, ("表", 1, 4): time(8, 30), ("表", 2, 4): datetime(2027, 1, 4, 8, 30)}
    with pytest.raises(NotComputableError):
        calculated(formula, "表", lambda *place: cells.get(place))


@pytest.mark.parametrize("formula", ['COUNTIF(E1:E2,"03261289")', "COUNTIF(E1:E2,3)", 'SUMIF(E1:E2,">1",E1:E2)'])
def it_leaves_codes_kept_as_text_to_the_spreadsheet(formula):
    cells: dict[tuple[str, int, int], Any] = {("表", 1, 5): "03261289", ("表", 2, 5): 3.0}
    with pytest.raises(NotComputableError):
        calculated(formula, "表", lambda *place: cells.get(place))


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("ZX_RENEW(A1,A2)", 0.75), ("zx_renew(A1,A3)", "#N/A"), ("[1]!ZX_RENEW(A1,A2)", 0.75), ('IFERROR(ZX_RENEW(A1,C1),"—")', "—"),
        ("ZX_ATTRITION(A1,A2,A2,,)", 0.75), ("SUM(ZX_RENEW(A1:A2,A2:A2))", 1.75), ("ZX_RENEW(A1)", "#VALUE!"), ("1E200*1E200", "#NUM!"),
        ("1E200/1E-200", "#NUM!"),
    ],
)
def it_reckons_our_own_functions_and_what_is_too_large(formula, value):
    assert calculated(formula, "表", look) == value
