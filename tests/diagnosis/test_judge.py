"""Judging: the band, the tests that count, the guards, the sentence."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from zuxun_xl.diagnosis.judge import Observation, Thresholds, band, judge, severity, wilson
from zuxun_xl.diagnosis.thresholds import DEFAULTS, Level
from zuxun_xl.errors import CallError

ALL_FOUR = Thresholds(counted_tests=("计划", "自身历史", "同业", "趋势"))
DIRECTIONS = st.sampled_from(("low", "high"))
FIGURES = st.floats(0, 100, allow_nan=False)
MAYBE = st.none() | FIGURES
HISTORIES = st.lists(MAYBE, max_size=8).map(tuple)
SETTINGS = st.sampled_from([DEFAULTS, ALL_FOUR])


def tests_of(verdict):
    return {test.name: test for test in verdict.tests}


@pytest.mark.parametrize(
    ("value", "plan", "peers", "direction", "state"),
    [
        (0.80, 1.0, 1.0, "low", "红"),
        (0.80, 1.0, 0.8, "low", "黄"),
        (0.80, 0.8, 1.0, "low", "黄"),
        (0.95, 1.0, 1.0, "low", "绿"),
        (0.90, 1.0, 1.0, "low", "绿"),
        (0.80, 1.0, None, "low", "黄"),
        (0.80, None, 0.8, "low", "绿"),
        (1.20, 1.0, 1.0, "high", "红"),
        (1.20, 1.0, 1.2, "high", "黄"),
        (1.10, 1.0, 1.0, "high", "绿"),
        (0.10, 1.0, 1.0, "high", "绿"),
        (None, 1.0, 1.0, "low", "灰"),
        (math.nan, 1.0, 1.0, "low", "灰"),
    ],
)
def it_is_red_for_two_adverse_tests_yellow_for_one_green_for_none(value, plan, peers, direction, state):
    assert judge(Observation(value, plan, peers), direction).state == state


@pytest.mark.parametrize(("value", "baseline"), [(0.63, 0.7), (0.27, 0.3), (0.09, 0.1), (4680.0, 5200.0), (1.35, 1.5)])
def it_leaves_exactly_ninety_percent_outside_the_adverse_band_whatever_the_binary_dust(value, baseline):
    assert judge(Observation(value, baseline, baseline), "low").state == "绿"


@pytest.mark.parametrize(
    ("ratio", "direction", "part"),
    [
        (1.0, "low", "健康"),
        (0.999, "low", "异常"),
        (0.9, "low", "异常"),
        (0.899, "low", "危险"),
        (1.0, "high", "健康"),
        (1.001, "high", "异常"),
        (1.1, "high", "异常"),
        (1.101, "high", "危险"),
    ],
)
def it_gives_each_edge_of_the_band_to_the_better_part(ratio, direction, part):
    assert band(ratio, direction, DEFAULTS) == part


@given(st.floats(-10, 10), DIRECTIONS)
def it_puts_every_ratio_into_exactly_one_part_in_order(ratio, direction):
    order = ["危险", "异常", "健康"] if direction == "low" else ["健康", "异常", "危险"]
    here = order.index(band(ratio, direction, DEFAULTS))
    above = order.index(band(ratio + 0.001, direction, DEFAULTS))
    assert above in (here, here + 1)


def it_explains_the_handbook_example_of_three_in_eight():
    observation = Observation(3 / 8, plan=0.55, peers=0.60, successes=3, trials=8, headcount=8)
    verdict = judge(observation, "low", kpi="举绩率", unit="%")
    assert verdict.state == "黄"
    assert verdict.capped == "样本8，95%区间13.7%–69.4%，含计划55.0%、其余组60.0%"
    assert verdict.sentence == (
        "举绩率37.5%（3/8）；计划55.0%，为其68.2%（危险）；其余组60.0%，为其62.5%（危险）；"
        "2项不利，应判红；但样本8，95%区间13.7%–69.4%，含计划55.0%、其余组60.0%，降为黄，建议看组内明细。"
    )


@pytest.mark.parametrize(
    ("successes", "trials", "lower", "upper"),
    [(3, 8, 13.7, 69.4), (26, 41, 48.1, 76.4), (60, 120, 41.2, 58.8)],
)
def it_computes_the_wilson_interval(successes, trials, lower, upper):
    assert [round(100 * edge, 1) for edge in wilson(successes, trials)] == [lower, upper]


@given(st.floats(0.5, 500), st.floats(0, 1))
def it_keeps_the_wilson_interval_within_nought_and_one_and_around_the_share(trials, part):
    lower, upper = wilson(part * trials, trials)
    assert 0 <= lower <= part + 1e-9
    assert part - 1e-9 <= upper <= 1


def it_caps_when_only_one_of_the_adverse_baselines_lies_inside_the_interval():
    verdict = judge(Observation(0.5, plan=0.58, peers=0.9, successes=60, trials=120), "low")
    assert (verdict.state, verdict.capped) == ("黄", "样本120，95%区间41.2%–58.8%，含计划58.0%")


def it_stays_red_when_every_baseline_lies_outside_the_interval():
    verdict = judge(Observation(0.5, plan=0.6, peers=0.7, successes=60, trials=120), "low")
    assert (verdict.state, verdict.capped) == ("红", None)


@pytest.mark.parametrize(("successes", "trials"), [(13, 12.75), (3, 0), (None, 8), (3, None), (-1, 8), (3, math.inf)])
def it_skips_the_interval_where_there_is_no_proportion(successes, trials):
    verdict = judge(Observation(1.02, plan=0.29, peers=0.16, successes=successes, trials=trials), "high")
    assert (verdict.state, verdict.capped) == ("红", None)
    assert "区间" not in verdict.sentence


@pytest.mark.parametrize(("headcount", "state"), [(7.99, "黄"), (8, "红"), (7.3, "黄"), (None, "红"), (0, "黄")])
def it_never_calls_a_small_group_red(headcount, state):
    verdict = judge(Observation(0.5, plan=1.0, peers=1.0, headcount=headcount), "low")
    assert verdict.state == state
    assert (verdict.capped is None) == (state == "红")


def it_names_both_reasons_when_a_small_group_is_also_within_chance():
    verdict = judge(Observation(0.375, plan=0.55, peers=0.6, successes=3, trials=8, headcount=7.3), "low")
    assert verdict.capped is not None
    assert verdict.capped.startswith("平均人力7.3人，不足8人；样本8，")


def it_says_nothing_of_a_cap_where_the_state_was_not_red():
    assert judge(Observation(0.5, plan=1.0, peers=0.5, headcount=5), "low").capped is None


def it_has_no_plan_test_for_attrition_when_the_plan_is_nought():
    verdict = judge(Observation(2 / 45, plan=0.0, peers=0.033058), "high", kpi="脱落率")
    assert tests_of(verdict)["计划"].adverse is None
    assert tests_of(verdict)["计划"].ratio is None
    assert verdict.state == "黄"
    assert "计划为0.0%，比值无定义" in verdict.sentence


@pytest.mark.parametrize("baseline", [None, 0.0, -5.0, math.nan, math.inf])
def it_makes_no_test_against_a_baseline_that_gives_no_ratio(baseline):
    verdict = judge(Observation(0.1, baseline, baseline), "low")
    assert verdict.state == "灰"
    assert all(test.adverse is None for test in verdict.tests)
    assert "没有可比的基准，不作判断" in verdict.sentence


def it_shows_history_and_trend_without_counting_them():
    falling = Observation(0.4, plan=0.4, peers=0.4, history=(0.8, 0.7, 0.6, 0.5))
    verdict = judge(falling, "low", kpi="举绩率")
    assert verdict.state == "绿"
    assert [test.name for test in verdict.tests if test.counted] == ["计划", "同业"]
    assert (tests_of(verdict)["自身历史"].adverse, tests_of(verdict)["趋势"].adverse) == (True, True)
    assert "前4期均值65.0%，为其61.5%（危险），仅供参考" in verdict.sentence
    assert "70.0%→60.0%→50.0%→40.0%，连续3期变差，仅供参考" in verdict.sentence


def it_counts_history_and_trend_when_the_settings_name_them():
    falling = Observation(0.4, plan=0.4, peers=0.4, history=(0.8, 0.7, 0.6, 0.5))
    assert judge(falling, "low", ALL_FOUR).state == "红"


def it_takes_the_mean_of_the_last_six_periods_and_passes_over_missing_ones():
    history = (99.0, 1.0, 1.0, None, 2.0, 2.0, 4.0)
    assert tests_of(judge(Observation(1.0, None, 1.0, history), "low"))["自身历史"].baseline == pytest.approx(2.0)


@pytest.mark.parametrize(
    ("history", "value", "direction", "adverse"),
    [
        ((3, 2, 1), 0.5, "low", True),
        ((3, 2, 2), 0.5, "low", False),
        ((3, 2, 1), 1.0, "low", False),
        ((1, 2, 3), 4, "high", True),
        ((1, 2, 3), 4, "low", False),
        ((3, None, 1), 0.5, "low", None),
        ((2, 1), 0.5, "low", None),
    ],
)
def it_sees_a_trend_only_in_three_strict_moves_for_the_worse(history, value, direction, adverse):
    verdict = judge(Observation(value, 1.0, 1.0, history), direction)
    assert tests_of(verdict)["趋势"].adverse is adverse


def it_lets_own_history_decide_when_there_is_neither_plan_nor_peers_but_never_to_red():
    verdict = judge(Observation(0.1, None, None, history=(0.5, 0.4, 0.3)), "low")
    assert verdict.state == "黄"
    assert [test.name for test in verdict.tests if test.counted] == ["自身历史"]


@pytest.mark.parametrize(
    ("kpi", "direction", "value", "months", "state", "words"),
    [
        ("举绩率", "low", 0.44, 1, "黄", "低于示例警戒线45.0%"),
        ("举绩率", "low", 0.45, 1, "黄", "低于示例关注线55.0%"),
        ("举绩率", "low", 0.55, 10, "绿", "未低于示例关注线55.0%"),
        ("增员率", "low", 0.03, 1, "黄", "低于示例关注线4.0%"),
        ("增员率", "low", 0.11, 3, "黄", "低于示例关注线12.0%"),
        ("脱落率", "high", 0.10, 1, "黄", "高于示例警戒线9.0%"),
        ("脱落率", "high", 0.10, 3, "绿", "未高于示例关注线15.0%"),
        ("人均件数", "low", 0.8, 1, "黄", "低于示例关注线100.0%"),
        ("件均保费", "low", 1.0, 1, "灰", "没有可比的基准"),
    ],
)
def it_falls_back_on_sample_levels_only_when_nothing_can_be_compared(*, kpi, direction, value, months, state, words):
    verdict = judge(Observation(value, None, None, months=months), direction, kpi=kpi)
    assert verdict.state == state
    assert words in verdict.sentence


def it_makes_no_absolute_test_beside_any_other():
    for observation in (Observation(0.1, 0.1, None), Observation(0.1, None, 0.1), Observation(0.1, None, None, history=(0.1,))):
        assert "绝对水平" not in tests_of(judge(observation, "low", kpi="举绩率"))


def it_calls_a_net_loss_of_headcount_adverse_whatever_the_level():
    verdict = judge(Observation(0.06, None, None, attrition=0.08), "low", kpi="增员率")
    assert (verdict.state, "低于脱落率8.0%，净增为负" in verdict.sentence) == ("黄", True)


def it_takes_other_levels_from_the_settings():
    thresholds = replace(DEFAULTS, levels={"件均保费": Level(5000, 4000, adds_up=False)})
    verdict = judge(Observation(4500, None, None), "low", thresholds, kpi="件均保费", unit="元")
    assert "件均保费4,500元" in verdict.sentence
    assert "低于示例关注线5,000元" in verdict.sentence


@pytest.mark.parametrize(
    ("unit", "value", "words"),
    [("%", 0.375, "37.5%"), ("元", 5200.5, "5,201元"), ("件", 1.005, "1.01件"), ("件", 0.3, "0.30件")],
)
def it_shows_figures_in_their_unit_rounded_as_the_spreadsheet_rounds(unit, value, words):
    assert judge(Observation(value, value, value), "low", unit=unit).sentence.startswith(f"{words}；计划{words}，")


def it_shows_the_rank_beside_the_peers_and_names_the_bottom_quarter():
    last = judge(Observation(0.5, 0.5, 1.0, rank=(6, 6)), "low")
    fifth = judge(Observation(0.5, 0.5, 1.0, rank=(5, 6)), "low")
    few = judge(Observation(0.5, 0.5, 1.0, rank=(4, 4)), "low")
    assert "列6组中第6（末四分之一）" in last.sentence
    assert "列6组中第5；" in fifth.sentence
    assert "列4组中第4；" in few.sentence


def it_says_why_a_missing_value_is_grey():
    verdict = judge(Observation(None, 1.0, 1.0), "low", kpi="件均保费", unit="元")
    assert (verdict.tests, verdict.sentence) == ((), "件均保费无法计算（分母为0或口径已变），不作判断。")


@pytest.mark.parametrize(
    "settings",
    [{"counted_tests": ("计画",)}, {"counted_tests": ("绝对水平",)}, {"low": 1.2}, {"high": 0.9}, {"adverse_for_red": 0}, {"z": 0}],
)
def it_refuses_settings_that_make_no_sense(settings):
    with pytest.raises(CallError):
        Thresholds(**settings)


@given(st.tuples(FIGURES, FIGURES), st.builds(Observation, st.none(), MAYBE, MAYBE, HISTORIES), DIRECTIONS, SETTINGS)
def it_never_gets_better_as_the_value_gets_worse(values, observation, direction, thresholds):
    better, worse = sorted(values, reverse=direction == "low")
    states = [
        severity(judge(replace(observation, value=value), direction, thresholds, kpi="举绩率").state) for value in (better, worse)
    ]
    assert states[0] <= states[1]


@given(st.integers(1, 60), st.integers(0, 80), st.floats(0.01, 2), st.floats(0.01, 2), DIRECTIONS)
def it_never_gets_better_as_successes_get_worse(trials, successes, plan, peers, direction):
    step = -1 if direction == "low" else 1
    assume(successes + step >= 0)
    states = [
        severity(judge(Observation(k / trials, plan, peers, successes=k, trials=trials), direction).state)
        for k in (successes, successes + step)
    ]
    assert states[0] <= states[1]


@given(st.builds(Observation, MAYBE, MAYBE, MAYBE, HISTORIES, st.none(), MAYBE, MAYBE, MAYBE), DIRECTIONS, SETTINGS)
def it_always_ends_in_a_state_and_one_sentence(observation, direction, thresholds):
    verdict = judge(observation, direction, thresholds, kpi="脱落率")
    assert verdict.sentence.endswith("。")
    assert verdict.sentence.count("。") == 1
    assert (verdict.state == "灰") == (not any(test.counted for test in verdict.tests))
    assert verdict.capped is None or verdict.state == "黄"
