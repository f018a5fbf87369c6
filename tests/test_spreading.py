"""Spreading: parts sum exactly for any totals, weights, steps and locks, on one axis and on two."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zuxun_xl.errors import CallError
from zuxun_xl.spreading import SpreadError, spread, spread_table

UNHURRIED = settings(deadline=None)
STEPS = st.sampled_from([1, 5, 100, Decimal("0.01"), Decimal("0.5"), 0.1])
WEIGHTS = st.lists(st.one_of(st.integers(0, 50), st.floats(0, 1e6), st.just(0)), min_size=1, max_size=14)
TOTALS = st.one_of(st.integers(-(10**9), 10**9), st.decimals(-(10**7), 10**7, places=2))


def exact(value: Any) -> Decimal:
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


@pytest.mark.parametrize(
    ("total", "weights", "step", "locked", "parts"),
    [
        (100, [1] * 7, 1, {}, [15, 15, 14, 14, 14, 14, 14]),
        (100, [3, 2, 1], 1, {}, [50, 33, 17]),
        (1200, [3, 2, 1], 100, {0: 150}, [150, 700, 350]),
        (10, [0, 0, 1], 1, {}, [0, 0, 10]),
        (10, [0, 0, 0], 1, {}, [4, 3, 3]),
        (10, [0, 0, 1], 1, {2: 4}, [3, 3, 4]),
        (-10, [1, 1, 1], 1, {}, [-4, -3, -3]),
        (0, [1, 2], 1, {}, [0, 0]),
        (5, [1, 1], 1, {0: 2, 1: 3}, [2, 3]),
        (1250, [1, 1], 100, {}, [650, 600]),
        (0.3, [1, 1], 0.1, {}, [Decimal("0.2"), Decimal("0.1")]),
        (10**30 + 1, [1, 1], 1, {}, [5 * 10**29 + 1, 5 * 10**29]),
    ],
)
def it_spreads_by_largest_remainder(total: Any, weights: list[int], step: Any, locked: dict[int, int], parts: list[Any]) -> None:
    assert spread(total, weights, step, locked) == parts


@UNHURRIED
@given(TOTALS, WEIGHTS, STEPS)
def it_sums_exactly_within_one_step_of_the_proportional_share(total: Any, weights: list[Any], step: Any) -> None:
    parts = spread(total, weights, step)
    assert sum(parts) == exact(total)
    shares = [exact(weight) for weight in weights] if any(weights) else [Decimal(1)] * len(weights)
    for part, share in zip(parts, shares, strict=True):
        assert abs(part - exact(total) * share / sum(shares)) < exact(step) * (1 + Decimal("1e-9"))
        assert part * exact(total) >= 0


@UNHURRIED
@given(TOTALS, WEIGHTS, STEPS)
def it_leaves_no_part_but_one_off_the_step(total: Any, weights: list[Any], step: Any) -> None:
    assert sum(part % exact(step) != 0 for part in spread(total, weights, step)) <= 1


@UNHURRIED
@given(st.integers(0, 10**6), WEIGHTS, STEPS)
def it_gives_more_to_a_greater_weight_and_nothing_to_none(total: int, weights: list[Any], step: Any) -> None:
    parts = spread(total, weights, step)
    ranked = sorted(range(len(weights)), key=lambda index: (-weights[index], index))
    assert [parts[index] for index in ranked] == sorted(parts, reverse=True)
    assert not any(weights) or all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


@UNHURRIED
@given(st.integers(0, 10**6), WEIGHTS, STEPS, st.data())
def it_keeps_locked_parts_and_spreads_the_rest(total: int, weights: list[Any], step: Any, data: st.DataObject) -> None:
    locked = data.draw(st.dictionaries(st.integers(0, len(weights) - 1), st.integers(0, 1000), max_size=len(weights)))
    assume(sum(locked.values()) <= total and (len(locked) < len(weights) or sum(locked.values()) == total))
    parts = spread(total, weights, step, locked)
    assert sum(parts) == total
    assert {index: parts[index] for index in locked} == locked
    free = [index for index in range(len(weights)) if index not in locked]
    assert [parts[index] for index in free] == (spread(total - sum(locked.values()), [weights[i] for i in free], step) if free else [])


@UNHURRIED
@given(st.integers(100, 10**5), st.lists(st.integers(0, 9), min_size=2, max_size=6), st.integers(0, 20), st.integers(0, 20))
def it_gives_everyone_at_least_what_is_due(total: int, weights: list[int], first: int, last: int) -> None:
    parts = spread(total, weights, least={0: first, len(weights) - 1: last})
    assert sum(parts) == total
    assert parts[0] >= first
    assert parts[-1] >= last


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((10, [1, 1], 1, {0: 11}), "锁定的11超过合计10"),
        ((-10, [1, 1], 1, {0: -11}), "锁定的-11超过合计-10"),
        ((10, [1], 1, {0: 9}), "合计10，锁定后只能到9"),
        ((10, [1, 1], 1, {0: 5, 1: 6}), "锁定的11超过合计10"),
        ((10, []), "合计10，锁定后只能到0"),
    ],
)
def it_says_what_cannot_be(arguments: tuple[Any, ...], message: str) -> None:
    with pytest.raises(SpreadError, match=message):
        spread(*arguments)


@pytest.mark.parametrize("arguments", [(10, [1, -1]), (10, [1], 0), (10, [float("nan")]), (float("inf"), [1]), (10, [1], -1)])
def it_refuses_what_is_no_weight_total_or_step(arguments: tuple[Any, ...]) -> None:
    with pytest.raises(CallError):
        spread(*arguments)


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[Any], list[Any], list[list[int]], dict[tuple[int, int], int], Any]:
    """Margins that some table with these locked cells has."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(1, 12))
    line = st.lists(st.integers(0, 5000), min_size=width, max_size=width)
    cells = draw(st.lists(line, min_size=height, max_size=height))
    weights = draw(st.lists(st.lists(st.integers(0, 9), min_size=width, max_size=width), min_size=height, max_size=height))
    places = draw(st.sets(st.tuples(st.integers(0, height - 1), st.integers(0, width - 1)), max_size=height * width))
    rows: list[int | None] = [sum(row) for row in cells]
    columns: list[int | None] = [sum(column) for column in zip(*cells, strict=True)]
    opened = draw(st.sampled_from(["none", "rows", "columns"]))
    margin = {"rows": rows, "columns": columns}.get(opened, [])
    for index in draw(st.sets(st.integers(0, max(len(margin) - 1, 0)))) if margin else ():
        margin[index] = None
    return rows, columns, weights, {(i, j): cells[i][j] for i, j in places}, draw(STEPS)


@UNHURRIED
@given(tables())
def it_holds_both_margins_and_every_locked_cell(table: tuple[Any, ...]) -> None:
    rows, columns, weights, locked, step = table
    cells = spread_table(rows, columns, weights, locked, step)
    assert [total for total in rows if total is not None] == [sum(c) for c, total in zip(cells, rows, strict=True) if total is not None]
    assert [total for total in columns if total is not None] == [
        sum(c) for c, total in zip(zip(*cells, strict=True), columns, strict=True) if total is not None
    ]
    assert {place: cells[place[0]][place[1]] for place in locked} == locked
    assert all(part >= 0 for line in cells for part in line)
    assert cells == spread_table(rows, columns, weights, locked, step)


@UNHURRIED
@given(st.lists(st.integers(0, 400), min_size=2, max_size=7), st.data())
def it_stays_within_one_step_of_the_proportional_cell(rows: list[int], data: st.DataObject) -> None:
    step = 100
    columns = spread(sum(rows), data.draw(st.lists(st.integers(1, 9), min_size=2, max_size=12)))
    cells = spread_table([r * step for r in rows], [c * step for c in columns], [[1] * len(columns)] * len(rows), None, step)
    for line, row in zip(cells, rows, strict=True):
        for part, column in zip(line, columns, strict=True):
            assert part % step == 0
            assert abs(part - Decimal(row) * column * step / (sum(rows) or 1)) < step


@UNHURRIED
@given(st.integers(1, 5000), st.integers(1, 8), st.integers(1, 12))
def it_lets_open_margins_follow_from_the_weights(total: int, height: int, width: int) -> None:
    columns = spread(total, [1] * width)
    cells = spread_table([None] * height, columns, [[1] * width] * height)
    sums = [sum(line) for line in cells]
    assert sum(sums) == total
    assert max(sums) - min(sums) <= 1


def it_turns_a_negative_table() -> None:
    assert spread_table([-10, -10], [-15, -5], [[1, 1], [1, 1]]) == [[-8, -2], [-7, -3]]


@pytest.mark.parametrize(
    ("arguments", "where"),
    [
        (([10, 10], [5, 15], [[1, 1]] * 2, {(0, 0): 6}), ("column", 0, 5, 6)),
        (([10, 10], [15, 5], [[1, 1]] * 2, {(1, 0): 11}), ("row", 1, 10, 11)),
        (([10, 10], [10, 10], [[1, 1]] * 2, {(0, 0): 1, (0, 1): 2}), ("row", 0, 10, 3)),
        (([10, 10], [5, 16], [[1, 1]] * 2), ("", None, 20, 21)),
    ],
)
def it_says_which_row_or_column_is_impossible(arguments: tuple[Any, ...], where: tuple[Any, ...]) -> None:
    with pytest.raises(SpreadError) as caught:
        spread_table(*arguments)
    assert (caught.value.axis, caught.value.index, caught.value.total, caught.value.locked) == where


def it_wants_the_totals_of_one_axis() -> None:
    with pytest.raises(CallError, match="两个方向"):
        spread_table([None, 1], [1, None], [[1, 1]] * 2)
