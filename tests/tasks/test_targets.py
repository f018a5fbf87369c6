"""Targets of groups and months: whatever people typed, everything adds up or the clash is named."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuxun_xl.periods import Period, quarter, year_of
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.spreading.targets import Key, Targets

YEAR = year_of(2026)
MONTHS = YEAR.pieces()
GROUPS = ("一组", "二组", "三组")
HALF = Period(MONTHS[0].start, MONTHS[5].end)
EVEN = {(group, month): 1.0 for group in (*GROUPS, WHOLE) for month in MONTHS}


def targets(typed: dict[Key, int], groups: tuple[str, ...] = GROUPS, weights: dict[Key, float] | None = None, step: int = 1) -> Targets:
    return Targets(groups, MONTHS, {key: Decimal(value) for key, value in typed.items()}, weights or EVEN, step)


def total(cells: dict[Key, Decimal], scope: str, period: Period) -> Decimal:
    """The sum of a group's (or all groups') months within a period."""
    parts = [value for (group, month), value in cells.items() if scope in (group, WHOLE) and period.start <= month.start <= period.end]
    return sum(parts, Decimal(0))


@st.composite
def typings(draw: st.DrawFn) -> dict[Key, int]:
    """Figures typed anywhere in a form whose figures do agree."""
    hidden = {(group, month): draw(st.integers(0, 900)) for group in GROUPS for month in MONTHS}
    typed: dict[Key, int] = {}
    periods = (*MONTHS, *(quarter(2026, number) for number in range(1, 5)), HALF, YEAR)
    for scope in (*GROUPS, WHOLE):
        for period in draw(st.sets(st.sampled_from(periods), max_size=6)):
            typed[scope, period] = int(total({key: Decimal(value) for key, value in hidden.items()}, scope, period))
    return typed


@settings(deadline=None)
@given(typings(), st.dictionaries(st.sampled_from(sorted(EVEN)), st.integers(0, 9)), st.sampled_from([1, 10, 100]))
def it_meets_every_figure_that_people_typed(typed: dict[Key, int], weights: dict[Key, int], step: int) -> None:
    found = targets(typed, weights=EVEN | {key: float(value) for key, value in weights.items()}, step=step)
    cells = found.cells
    if found.clashes:
        assert cells == {}
        return
    known = {(WHOLE, month) for month in MONTHS if all((group, month) in cells for group in GROUPS)}
    for (scope, period), value in typed.items():
        months = [(scope, month) for month in MONTHS if period.start <= month.start <= period.end]
        assert all(key in cells or key in known for key in months)
        assert total(cells, scope, period) == value
    assert all(value >= 0 for value in cells.values())


@settings(deadline=None)
@given(st.integers(0, 10**6), st.lists(st.floats(0.1, 9), min_size=36, max_size=36), st.sampled_from([1, 100]))
def it_spreads_a_year_within_a_step_a_month_and_two_a_group(year: int, shares: list[float], step: int) -> None:
    keys = [(group, month) for group in GROUPS for month in MONTHS]
    weights = dict(zip(keys, shares, strict=True))
    cells = targets({(WHOLE, YEAR): year * step}, weights=weights, step=step).cells
    whole = sum(shares)
    assert total(cells, WHOLE, YEAR) == year * step
    for month in MONTHS:
        share = sum(weights[group, month] for group in GROUPS) / whole
        assert abs(float(total(cells, WHOLE, month)) - year * step * share) < step + 1e-6
    for group in GROUPS:
        share = sum(weights[group, month] for month in MONTHS) / whole
        assert abs(float(total(cells, group, YEAR)) - year * step * share) < 2 * step + 1e-6


@pytest.mark.parametrize(
    ("typed", "sums"),
    [
        ({(WHOLE, YEAR): 1000}, {(WHOLE, YEAR): 1000}),
        ({("一组", YEAR): 100, ("二组", YEAR): 90, ("三组", YEAR): 80}, {(WHOLE, YEAR): 270, ("一组", YEAR): 100}),
        ({("一组", YEAR): 100}, {("一组", YEAR): 100, ("二组", YEAR): 0}),
        ({(WHOLE, quarter(2026, 1)): 90, ("一组", YEAR): 130}, {(WHOLE, quarter(2026, 1)): 90, ("一组", YEAR): 130}),
        ({(WHOLE, YEAR): 900, ("一组", quarter(2026, 1)): 500}, {("一组", quarter(2026, 1)): 500, (WHOLE, YEAR): 900}),
        ({(WHOLE, YEAR): 900, (WHOLE, HALF): 600, (WHOLE, quarter(2026, 1)): 100}, {(WHOLE, quarter(2026, 2)): 500, (WHOLE, YEAR): 900}),
    ],
)
def it_takes_totals_wherever_they_stand(typed: dict[Key, int], sums: dict[Key, int]) -> None:
    cells = targets(typed).cells
    assert {key: total(cells, *key) for key in sums} == sums


def it_leaves_other_groups_their_share_where_one_typed_much() -> None:
    cells = targets({(WHOLE, YEAR): 1200, ("一组", MONTHS[0]): 200}).cells
    assert cells["一组", MONTHS[0]] == 200
    assert cells["二组", MONTHS[0]] in range(25, 32)


def it_spreads_the_department_alone_where_a_form_keeps_no_groups() -> None:
    cells = targets({(WHOLE, YEAR): 100, (WHOLE, MONTHS[0]): 12}, groups=(WHOLE,)).cells
    assert [cells[WHOLE, month] for month in MONTHS] == [12, *[8] * 11]


@pytest.mark.parametrize(
    ("typed", "clash"),
    [
        ({(WHOLE, YEAR): 100, ("一组", MONTHS[0]): 101}, (WHOLE, YEAR, 100, 101)),
        ({("一组", YEAR): 100, ("一组", MONTHS[0]): 101}, ("一组", YEAR, 100, 101)),
        ({("一组", YEAR): 100, ("一组", HALF): 101}, ("一组", YEAR, 100, 101)),
        ({(WHOLE, YEAR): 100, ("一组", YEAR): 60, ("二组", YEAR): 50}, (WHOLE, YEAR, 110, 100)),
        ({(WHOLE, MONTHS[0]): 10, **{(group, MONTHS[0]): 5 for group in GROUPS}}, (WHOLE, MONTHS[0], 10, 15)),
    ],
)
def it_names_the_total_that_cannot_be(typed: dict[Key, int], clash: tuple[Any, ...]) -> None:
    found = targets(typed)
    assert found.cells == {}
    assert [(item.scope, item.period, item.total, item.locked) for item in found.clashes] == [clash]
