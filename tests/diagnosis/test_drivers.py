"""The FYP gap shared out over its four factors."""

from __future__ import annotations

import math
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuxun_xl.diagnosis.drivers import FACTORS, PROBLEMS_OF_FACTOR, main_driver
from zuxun_xl.diagnosis.judge import driver_split
from zuxun_xl.diagnosis.lookup import find
from zuxun_xl.errors import CallError

POSITIVE = st.floats(0.01, 10_000)
ANY = st.floats(-10_000, 10_000) | st.just(0.0)
JANUARY = dict(zip(FACTORS, (41, 26 / 41, 1.5, 5000), strict=True))
FEBRUARY = dict(zip(FACTORS, (41, 24 / 41, 1.375, 4800), strict=True))


def figures(strategy):
    return st.fixed_dictionaries(dict.fromkeys(FACTORS, strategy))


def product(factors):
    return math.prod(factors[name] for name in FACTORS)


@given(figures(POSITIVE), figures(POSITIVE))
def it_sums_to_the_gap_by_logarithms(actual, baseline):
    gap = product(actual) - product(baseline)
    size = max(product(actual), product(baseline))
    assert math.fsum(driver_split(actual, baseline).values()) == pytest.approx(gap, abs=size * 1e-9)


@given(figures(ANY), figures(ANY))
def it_sums_to_the_gap_when_a_factor_is_not_positive(actual, baseline):
    split = driver_split(actual, baseline)
    size = max(map(abs, split.values())) + abs(product(actual)) + abs(product(baseline))
    assert math.fsum(split.values()) == pytest.approx(product(actual) - product(baseline), abs=size * 1e-9 + 1e-9)


@given(figures(POSITIVE), figures(POSITIVE))
def it_gives_the_sign_of_each_factors_own_change(actual, baseline):
    for name, part in driver_split(actual, baseline).items():
        assert part * (actual[name] - baseline[name]) >= 0


@given(figures(POSITIVE), figures(POSITIVE))
def it_turns_round_when_the_sides_change_places(actual, baseline):
    there, back = driver_split(actual, baseline), driver_split(baseline, actual)
    for name in FACTORS:
        assert there[name] == pytest.approx(-back[name], rel=1e-6, abs=product(actual) * 1e-9)


def it_does_not_depend_on_the_order_of_the_factors():
    changes = (0.5, 0.8, 1.25, 2.0)
    parts = set()
    for order in permutations(changes):
        baseline = dict(zip(FACTORS, (10.0, 0.5, 2.0, 4000.0), strict=True))
        actual = {name: baseline[name] * change for name, change in zip(FACTORS, order, strict=True)}
        split = driver_split(actual, baseline)
        parts.add(round(split[FACTORS[order.index(0.5)]], 6))
    assert len(parts) == 1


def it_splits_the_golden_quarters_february_miss():
    split = driver_split(FEBRUARY, JANUARY)
    assert math.fsum(split.values()) == pytest.approx(158_400 - 195_000)
    assert split["平均人力"] == 0
    assert main_driver(split) == "有效人均件数"


def it_changes_one_factor_after_the_other_when_a_group_sold_nothing():
    idle: dict[str, float | None] = {"平均人力": 12, "举绩率": 0, "有效人均件数": None, "件均保费": None}
    split = driver_split(idle, JANUARY)
    assert math.fsum(split.values()) == pytest.approx(-195_000)
    assert (split["有效人均件数"], split["件均保费"]) == (0, 0)
    assert main_driver(split) == "平均人力"


def it_gives_nought_everywhere_when_neither_side_sold():
    idle: dict[str, float | None] = {"平均人力": 12, "举绩率": 0, "有效人均件数": None, "件均保费": None}
    assert set(driver_split(idle, idle).values()) == {0}


def it_names_no_driver_when_nothing_was_lost():
    assert main_driver(driver_split(JANUARY, FEBRUARY)) is None
    assert main_driver(driver_split(JANUARY, JANUARY)) is None


def it_names_the_missing_factor():
    with pytest.raises(CallError, match="件均保费"):
        driver_split(dict.fromkeys(FACTORS[:3], 1.0), JANUARY)


def it_opens_every_lookup_problem_by_some_factor():
    codes = [code for factor in FACTORS for code in PROBLEMS_OF_FACTOR[factor]]
    assert sorted(codes) == ["JB", "JJ", "JS", "TL", "ZY"]
    assert all(find(code) for code in codes)
