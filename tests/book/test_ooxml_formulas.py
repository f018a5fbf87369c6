"""Formulas as text: shifting, what they read, and whose value is stale."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuxun_xl.book.ooxml.formulas import FormulaCell, shift
from zuxun_xl.book.ooxml.futures import shown, stored
from zuxun_xl.book.ooxml.references import Names, Reference, references
from zuxun_xl.book.ooxml.stale import stale_formulas

NAMES = Names(("表", "附表一", "A B", "Q1", "Q2"), {"月份": ["附表一!$B$2"], "环": ["环+1"]}, {"表1": Reference("附表一", (1, 1, 9, 3))})


@pytest.mark.parametrize(
    ("formula", "shifted"),
    [
        ("A1+B2", "B3+C4"),
        ("$A$1+$A1+A$1", "$A$1+$A3+B$1"),
        ("SUM(A1:B$2)", "SUM(B3:C$2)"),
        ("SUM(A:B,$C:C,1:2,$3:3)", "SUM(B:C,$C:D,3:4,$3:5)"),
        ('"A1"&A1&"say ""A1"""', '"A1"&B3&"say ""A1"""'),
        ("'A1 表'!A1+'it''s A1'!A1", "'A1 表'!B3+'it''s A1'!B3"),
        ("附表一!A1+Q1!A1+Q1:Q2!A1", "附表一!B3+Q1!B3+Q1:Q2!B3"),
        ("LOG10(A1)+ATAN2(A1,B1)", "LOG10(B3)+ATAN2(B3,C3)"),
        ("表1[A1]+表1[[#This Row],[A1]]+A1", "表1[A1]+表1[[#This Row],[A1]]+B3"),
        ("[1]Sheet1!A1", "[1]Sheet1!B3"),
        ("ABC1.X+_A1+A1_+TAX2026X", "ABC1.X+_A1+A1_+TAX2026X"),
        ("1E5+A1%", "1E5+B3%"),
        ("XFD1", "#REF!"),
        ("IF(A1=#N/A,TRUE,{1,2;3,4})", "IF(B3=#N/A,TRUE,{1,2;3,4})"),
    ],
)
def it_shifts_relative_references_and_nothing_else(formula, shifted):
    assert shift(formula, 2, 1) == shifted


@given(st.lists(st.sampled_from(["A5", "$B$6", "C$7", "$D8", "+", "SUM(A5:B9)", '"A5"', "'A5'!B6"]), max_size=8).map("".join))
def it_shifts_there_and_back(formula):
    assert shift(shift(formula, 3, 2), -3, -2) == formula


@pytest.mark.parametrize(
    ("formula", "areas"),
    [
        ("A1+$B$2", [("表", (1, 1, 1, 1)), ("表", (2, 2, 2, 2))]),
        ("SUM(附表一!B2:A1)+A1", [("附表一", (1, 1, 2, 2)), ("表", (1, 1, 1, 1))]),
        ("SUM('A B'!C:D,5:6)", [("A B", (1, 3, 1_048_576, 4)), ("表", (5, 1, 6, 16_384))]),
        ("SUM(Q1:Q2!A1)", [("Q1", (1, 1, 1, 1)), ("Q2", (1, 1, 1, 1))]),
        ("[1]附表一!A1+没有!A1", []),
        ("月份*2", [("附表一", (2, 2, 2, 2))]),
        ("SUM(表1[件数])", [("附表一", (1, 1, 9, 3))]),
        ("TRUE+1", []),
        ("INDIRECT(A1)", None),
        ("OFFSET(A1,1,1)", None),
        ("未知+1", None),
        ("环", None),
    ],
)
def it_finds_what_a_formula_reads(formula, areas):
    found = references(formula, "表", NAMES)
    assert (None if found is None else [(reference.sheet, reference.area) for reference in found]) == areas


def cell(row, column, text, kind="", area=None):
    return FormulaCell((row, column), text, kind, "", area, calculated=True)


def it_follows_dependence_through_other_sheets_and_arrays():
    formulas = {
        "表": [cell(1, 2, "A1"), cell(1, 3, "附表一!A1"), cell(1, 4, "Z9"), cell(1, 5, "F2"), cell(1, 6, "B1:B3*2", "array", (1, 6, 3, 6))],
        "附表一": [cell(1, 1, "表!B1*2"), cell(5, 5, "E9")],
    }
    stale = stale_formulas({"表": {(1, 1)}}, set(), {}, lambda name: formulas.get(name, []), NAMES)
    assert {sheet: sorted(found.position for found in cells) for sheet, cells in stale.items()} == {
        "表": [(1, 2), (1, 3), (1, 5), (1, 6)],
        "附表一": [(1, 1)],
    }


def it_holds_our_own_formulas_current_and_all_readers_of_a_replaced_sheet_stale():
    formulas = {"表": [cell(1, 2, "A1"), cell(1, 3, "'A B'!Z1"), cell(1, 4, "B1")]}
    stale = stale_formulas({"表": {(1, 1)}}, {"A B"}, {"表": {(1, 2)}}, lambda name: formulas.get(name, []), NAMES)
    assert [found.position for found in stale["表"]] == [(1, 3)]


@pytest.mark.parametrize(
    ("people", "file"),
    [
        ("IFNA(A1,0)", "_xlfn.IFNA(A1,0)"),
        ('ifna(A1,"IFNA(")', '_xlfn.ifna(A1,"IFNA(")'),
        ("MYIFNA(A1)+X.IFNA(1)", "MYIFNA(A1)+X.IFNA(1)"),
        ("SUM(AGGREGATE(9,6,A:A))", "SUM(_xlfn.AGGREGATE(9,6,A:A))"),
        ("NORM.S.DIST(1,TRUE)+'IFNA('!A1", "_xlfn.NORM.S.DIST(1,TRUE)+'IFNA('!A1"),
    ],
)
def it_stores_newer_functions_with_their_prefix(people, file):
    assert stored(people) == file
    assert shown(file) == people
    assert stored(file) == file
