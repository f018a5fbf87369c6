"""A user's own formulas in actual cells are judged by what they show once the cells below them are filled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.tasks.restyle import House
from zuxun_xl.cells import address
from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.fill import Filling, fill
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from zuxun_xl.findings import Finding

ONE = "附表一"


def filled(house: House, formula: str, row: int, column: int, shows: object) -> Filling:
    """The sample filled with a formula of the user's own in one cell of 附表一."""
    changed = house.copy()
    changed.change(ONE, row, column, shows)
    changed.own_formulas = {ONE: {(row, column): formula}}
    return fill(Ledger(changed), parse_period("2026-10"))


def about(filling: Filling, row: int, column: int) -> list[Finding]:
    return [finding for finding in filling.findings if (finding.sheet, finding.cell) == (ONE, address(row, column))]


@pytest.mark.parametrize(
    ("formula", "row", "column"),
    [
        ("SUM(K4:K6)", 7, 11),
        ("K4+K5+K6", 7, 11),
        ("IFERROR(K4/F4,0)", 4, 14),
        ('IF(F4=0,"",ROUND(K4/F4,4))', 4, 14),
    ],
)
def it_is_silent_about_a_formula_that_will_show_our_figure(formula: str, row: int, column: int, sample_house: House):
    filling = filled(sample_house, formula, row, column, 0.0)
    assert about(filling, row, column) == []
    assert all((change.sheet, change.cell) != (ONE, address(row, column)) for change in filling.changes.changes)


@pytest.mark.parametrize(("formula", "row", "column"), [("SUM(K4:K5)", 7, 11), ("IFERROR(K4/G4,0)", 4, 14), ("160000", 4, 11)])
def it_reports_a_formula_that_will_show_something_else(formula: str, row: int, column: int, sample_house: House):
    found = about(filled(sample_house, formula, row, column, 0.0), row, column)
    assert [finding.code for finding in found] == ["V110"]
    assert "填的是" in found[0].message
    assert "算得" in found[0].message


def it_says_nothing_where_the_formula_cannot_be_told(sample_house: House):
    filling = filled(sample_house, "SUMPRODUCT(OFFSET(K4,0,0,3,1))", 7, 11, 0.0)
    assert about(filling, 7, 11) == []
