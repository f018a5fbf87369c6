"""How measures add up over months and over teams, and the KPIs of what they add up to."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuxun_xl.kpi.catalogue import ACHIEVED, KPIS
from zuxun_xl.kpi.compute import achievement, grows, kpi_value, kpi_values, lookup, monthly_scale
from zuxun_xl.kpi.measures import MEASURES, Adds, Values, over_teams, over_time, total_of

amounts = st.integers(0, 10**6).map(float)
FLOWS = [key for key, measure in MEASURES.items() if measure.adds is Adds.FLOW]


@st.composite
def months(draw: st.DrawFn, least: int = 2) -> list[dict[str, float | None]]:
    """Months of one team that follow each other: opening = closing before, everything defined."""
    opening = float(draw(st.integers(0, 200)))
    result: list[dict[str, float | None]] = []
    for _ in range(draw(st.integers(least, 6))):
        values: dict[str, float | None] = {key: draw(amounts) for key in FLOWS}
        closing = float(draw(st.integers(0, 200)))
        average = (opening + closing) / 2
        values |= {"期初人力": opening, "期末人力": closing, "平均人力": average, "人力月": average}
        values |= {"举绩人数": draw(st.integers(0, 100).map(float))}
        values["举绩人次"] = values["举绩人数"]
        result.append(values)
        opening = closing
    return result


@given(months())
def it_sums_flows_opens_with_the_first_closes_with_the_last_and_averages_the_months(parts):
    whole: dict[str, Any] = dict(over_time(parts))
    assert all(whole[key] == sum(month[key] for month in parts) for key in FLOWS if key != "人力月")
    assert (whole["期初人力"], whole["期末人力"]) == (parts[0]["期初人力"], parts[-1]["期末人力"])
    assert whole["平均人力"] == pytest.approx(whole["人力月"] / len(parts))
    assert whole["举绩人数"] is None


@given(months(least=1))
def it_leaves_a_single_month_as_it_is(parts):
    assert over_time(parts[:1]) == parts[0]


@given(months(least=4), st.integers(1, 3))
def it_gives_the_same_flows_however_the_months_are_taken_together(parts, cut):
    halves = over_time([over_time(parts[:cut]), over_time(parts[cut:])])
    whole = over_time(parts)
    for key in (*FLOWS, "期初人力", "期末人力"):
        assert halves[key] == pytest.approx(whole[key])


@given(months(), st.sampled_from(FLOWS), st.integers(0, 1))
def it_leaves_a_sum_open_when_a_month_is_missing(parts, key, place):
    del parts[place][key]
    assert over_time(parts)[key] is None
    parts[place][key] = None
    assert over_time(parts)[key] is None


@given(st.lists(st.dictionaries(st.sampled_from(list(MEASURES)), amounts, min_size=len(MEASURES)), min_size=1, max_size=5))
def it_sums_every_measure_over_teams(teams):
    whole = over_teams(teams)
    assert whole == {key: sum(team[key] for team in teams) for key in MEASURES}


def it_leaves_the_whole_open_when_a_team_is_missing():
    assert over_teams([{"FYP": 1.0}, {"FYP": None}]) == {"FYP": None}
    assert over_teams([{"FYP": 1.0, "件数": 2.0}, {"件数": 3.0}]) == {"FYP": None, "件数": 5.0}


@pytest.mark.parametrize(("parts", "total"), [([], None), ([None], None), ([1.0, None], None), ([1.0, 2.0], 3.0), ([0.0], 0.0)])
def it_totals_what_is_complete(parts, total):
    assert total_of(parts) == total


# --------------------------------------------------------------------------------------------------- KPIs of the totals


def ratios(measures: Values, *keys: str) -> list[float]:
    values = [kpi_value(KPIS[key], measures, {}) for key in keys]
    return [value for value in values if value is not None]


positive = st.integers(1, 10**5).map(float)


@given(positive, positive, positive, positive)
def it_keeps_the_driver_identities(people, active, cases, premium):
    measures: dict[str, float | None] = {"平均人力": people, "举绩人数": active, "件数": cases, "FYP": premium}
    rate, per_cap, per_active, average, output = ratios(measures, "举绩率", "人均件数", "有效人均件数", "件均保费", "人均产能")
    per_head = kpi_value(KPIS["人均产能"], measures, {}, "人均FYP")
    assert people * rate * per_active * average == pytest.approx(premium)
    assert per_cap == pytest.approx(rate * per_active)
    assert output == pytest.approx(per_active * average)
    assert per_head == pytest.approx(rate * output)


@given(positive, positive, positive, positive)
def it_double_counts_activity_if_cases_per_head_stands_for_cases_per_active(people, active, cases, premium):
    measures: dict[str, float | None] = {"平均人力": people, "举绩人数": active, "件数": cases, "FYP": premium}
    rate, per_cap, average = ratios(measures, "举绩率", "人均件数", "件均保费")
    assert people * rate * per_cap * average == pytest.approx(premium * rate)


@given(st.lists(st.tuples(positive, positive), min_size=2, max_size=6))
def it_takes_a_teams_ratio_from_the_summed_measures_never_from_the_groups_ratios(groups):
    whole = over_teams([{"FYP": fyp, "件数": cases} for fyp, cases in groups])
    assert kpi_value(KPIS["件均保费"], whole, {}) == pytest.approx(sum(fyp for fyp, _ in groups) / sum(cases for _, cases in groups))


def it_would_be_wrong_by_the_mean_of_ratios():
    groups: list[dict[str, float | None]] = [{"FYP": 100_000.0, "件数": 10.0}, {"FYP": 1000.0, "件数": 1.0}]
    assert kpi_value(KPIS["件均保费"], over_teams(groups), {}) == pytest.approx(101_000 / 11)
    assert kpi_value(KPIS["件均保费"], over_teams(groups), {}) != pytest.approx((10_000 + 1000) / 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [("FYP", 5.0), ("计划FYP", 4.0), ("计划", None), ("件数", None), ("计划件数", None), ("计划举绩率", None)],
)
def it_looks_up_measures_and_with_the_prefix_the_plan(name, value):
    assert lookup(name, {"FYP": 5.0}, {"FYP": 4.0}) == value


def it_measures_attainment_for_each_followed_measure():
    values = achievement(
        {"件数": 60.0, "FYC": 9.0, "举绩人数": 3.0, "增员人数": 1.0}, {"件数": 27.0, "FYC": 0.0, "期末人力": 5.0, "增员人数": 2.0}
    )
    assert values == {"件数": pytest.approx(60 / 27), "FYC": None, "举绩人数": None, "增员人数": 0.5, "期末人力": None}
    assert tuple(values) == ACHIEVED


def it_gives_every_kpi_that_the_measures_can_yield():
    measures: dict[str, float | None] = {
        "FYP": 195_000.0,
        "件数": 39.0,
        "举绩人数": 26.0,
        "平均人力": 41.0,
        "期初人力": 40.0,
        "脱落人数": 4.0,
    }
    values = kpi_values(measures, {"FYP": 200_000.0}, {"脱落率": "期初"})
    assert values["件均保费"] == 5000
    assert values["FYP计划达成率"] == 0.975
    assert values["脱落率"] == 0.1
    assert values["达成率"] == achievement(measures, {"FYP": 200_000.0})
    assert not {"保单持续率", "学历比率", "主管与人均收入比率", "人均FYC"} & set(values)


def it_says_undefined_for_an_attainment_without_a_plan():
    assert kpi_values({"FYP": 1.0}, {})["FYP计划达成率"] is None


@pytest.mark.parametrize(("key", "variant"), [("举绩率", "月度"), ("脱落率", "手册"), ("件均保费", "手册"), ("增员率", "手册")])
def it_judges_only_the_active_rate_on_a_monthly_scale(key, variant):
    assert monthly_scale(key) == variant


@pytest.mark.parametrize(
    ("key", "does"),
    [
        ("脱落率", True),
        ("增员率", True),
        ("人均件数", True),
        ("人均FYC", True),
        ("举绩率", True),
        ("件均保费", False),
        ("有效人均件数", False),
        ("续收达成率", False),
        ("出勤率", False),
    ],
)
def it_knows_which_kpis_grow_as_their_period_goes_on(key, does):
    assert grows(key) is does
