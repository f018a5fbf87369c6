"""The five problems of 春华营业部, judged over January to October 2026 from its own figures."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from zuxun_xl.diagnosis.judge import Observation, Verdict, judge
from zuxun_xl.diagnosis.lookup import Problem, problems

TRUTH = Path(__file__).parents[1] / "data" / "春华营业部_truth.json"
GROUPS = ("一组", "二组", "三组", "四组", "五组", "六组")
PERIOD = "2026-YTD10"
MONTHS = tuple(f"2026-{month:02}" for month in range(1, 11))
UNITS = {"件均保费": "元", "人均件数": "件"}


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))
    return loaded


def sample(truth: dict[str, Any], group: str, kpi: str) -> tuple[float | None, float | None]:
    """The k and n of domain.md §4.3: people over 平均人力, 举绩 months over Σ月平均人力; none for amounts."""
    year = truth["periods"][PERIOD][group]
    if kpi == "举绩率":
        months = [truth["periods"][month][group] for month in MONTHS]
        return sum(month["举绩人数"] for month in months), sum(month["平均人力"] for month in months)
    flow = {"增员率": "增员人数", "脱落率": "脱落人数"}.get(kpi)
    return (year[flow], year["平均人力"]) if flow else (None, None)


def verdict(truth: dict[str, Any], group: str, problem: Problem) -> Verdict:
    figures = truth["lookup_problems"][group][problem.name]["evidence"][PERIOD]
    successes, trials = sample(truth, group, problem.kpi)
    observation = Observation(
        figures["实际"],
        plan=figures["计划"],
        peers=figures["其余各组合并"],
        successes=successes,
        trials=trials,
        headcount=truth["periods"][PERIOD][group]["平均人力"],
        months=len(MONTHS),
    )
    return judge(observation, problem.direction, kpi=problem.kpi, unit=UNITS.get(problem.kpi, "%"))


def it_is_red_exactly_where_the_problem_is_present(truth):
    cases = [(group, problem) for group in GROUPS for problem in problems()]
    red = {(group, problem.name) for group, problem in cases if verdict(truth, group, problem).state == "红"}
    present = {(group, problem.name) for group, problem in cases if truth["lookup_problems"][group][problem.name]["present"]}
    assert red == present
    assert len(red) == 7


def it_is_never_worse_than_yellow_for_the_small_group(truth):
    states = {problem.name: verdict(truth, "六组", problem).state for problem in problems()}
    assert set(states.values()) <= {"绿", "黄"}
    assert states["增员率偏低"] == "黄"


def it_tells_why_the_small_group_is_only_yellow(truth):
    recruiting = verdict(truth, "六组", problems()[0])
    assert recruiting.capped is not None
    assert recruiting.capped.startswith("平均人力7.3人，不足8人")


@pytest.mark.parametrize("group", GROUPS)
def it_tests_the_same_sides_as_the_truth(truth, group):
    for problem in problems():
        figures = truth["lookup_problems"][group][problem.name]["evidence"][PERIOD]
        adverse = {test.name: test.adverse for test in verdict(truth, group, problem).tests}
        assert (adverse["计划"], adverse["同业"]) == (figures["计划法触发"], figures["同业法触发"])


def it_skips_the_interval_where_more_people_left_than_there_were_on_average(truth):
    attrition = verdict(truth, "二组", problems()[1])
    assert (attrition.state, attrition.capped) == ("红", None)
    assert attrition.sentence == "脱落率102.0%；计划28.7%，为其355.6%（危险）；其余组16.3%，为其626.5%（危险）；2项不利，判红。"


@pytest.mark.parametrize("period", ["2026-Q3", "2026-10"])
def it_agrees_with_both_methods_of_the_truth_before_the_guards(truth, period):
    for group in GROUPS:
        for problem in problems():
            figures = truth["lookup_problems"][group][problem.name]["evidence"][period]
            bare = judge(Observation(figures["实际"], figures["计划"], figures["其余各组合并"]), problem.direction)
            assert (bare.state == "红") == figures["两法都触发"]
