"""The sample department: built the same every time, and its truth agrees with itself."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest

from zuxun_xl.build.sample.department import simulate
from zuxun_xl.build.sample.model import GROUPS, WHOLE
from zuxun_xl.build.sample.truth.document import truth_text
from zuxun_xl.build.sample.workbook import FILE_NAME, workbook_bytes

ROOT = Path(__file__).resolve().parents[2]
TRUTH = json.loads(truth_text())
UNITS = (*GROUPS, WHOLE)
CELLS = [(period, unit) for period in TRUTH["periods"] for unit in UNITS]
ADDITIVE = (
    "期初人力 期末人力 增员人数 脱落人数 平均人力 件数 FYP 首年期交 FYC 承保件数 撤单件数 明细行数 应收件数 实收件数 应收保费 实收保费"
)
MONTHS_OF = {"2026-Q1": (1, 2, 3), "2026-Q2": (4, 5, 6), "2026-YTD8": tuple(range(1, 9))}


def parts(raw: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(raw)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def close(left: float, right: float) -> bool:
    return left == pytest.approx(right, rel=1e-5, abs=1e-5)


def it_builds_the_same_files_whatever_the_hash_seed(tmp_path):
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        command = [sys.executable, "-m", "zuxun_xl.build.sample", str(folder), str(folder)]
        subprocess.run(command, check=True, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed})
        made.append({path.name: path.read_bytes() for path in folder.iterdir()})
    assert made[0] == made[1]
    assert set(made[0]) == {FILE_NAME, "秋实营业部_truth.json"}


def it_ships_what_it_builds():
    assert parts((ROOT / "workbooks" / FILE_NAME).read_bytes()) == parts(workbook_bytes())
    assert (ROOT / "tests" / "data" / "秋实营业部_truth.json").read_text(encoding="utf-8") == truth_text()


@pytest.mark.parametrize(("period", "unit"), CELLS)
def it_bridges_the_headcount(period, unit):
    one = TRUTH["periods"][period][unit]
    assert one["期初人力"] + one["增员人数"] + one["调入"] - one["脱落人数"] - one["调出"] == one["期末人力"]


@pytest.mark.parametrize("period", TRUTH["periods"])
def it_adds_groups_up_to_the_whole(period):
    figures = TRUTH["periods"][period]
    for key in ADDITIVE.split():
        assert close(sum(figures[group][key] for group in GROUPS), figures[WHOLE][key]), key
    for flow in ("调入", "调出"):
        assert figures[WHOLE][flow] == 0
    assert sum(figures[group]["调入"] for group in GROUPS) == sum(figures[group]["调出"] for group in GROUPS)
    assert figures[WHOLE]["举绩人数"] <= sum(figures[group]["举绩人数"] for group in GROUPS)


@pytest.mark.parametrize(("period", "unit"), CELLS)
def it_splits_premium_into_its_drivers(period, unit):
    one = TRUTH["periods"][period][unit]
    kpi = one["KPI"]
    drivers = [one["平均人力"], kpi["举绩率"], kpi["有效人均件数"], kpi["件均保费"]]
    if None in drivers:
        assert one["件数"] == 0 or one["举绩人数"] == 0
        return
    product = 1.0
    for driver in drivers:
        product *= driver
    assert close(product, one["FYP"])


@pytest.mark.parametrize("period", MONTHS_OF)
def it_sums_flows_over_months_and_takes_headcounts_at_the_ends(period):
    for unit in UNITS:
        one = TRUTH["periods"][period][unit]
        months = [TRUTH["periods"][f"2026-{number:02d}"][unit] for number in MONTHS_OF[period]]
        for key in ("增员人数", "脱落人数", "件数", "FYP", "首年期交", "FYC", "应收保费"):
            assert close(sum(month[key] for month in months), one[key])
        assert (one["期初人力"], one["期末人力"]) == (months[0]["期初人力"], months[-1]["期末人力"])
        assert close(sum(month["平均人力"] for month in months) / len(months), one["平均人力"])
        assert close(sum(month["计划"]["FYP"] for month in months), one["计划"]["FYP"])
        assert max(month["举绩人数"] for month in months) <= one["举绩人数"] <= one["变体"]["举绩人数_逐月合计"]


def it_carries_the_headcount_from_month_to_month():
    months = [TRUTH["periods"][f"2026-{number:02d}"] for number in range(1, 9)]
    months.append(TRUTH["periods"]["2026-09-01..2026-09-16"])
    for before, after in pairwise(months):
        assert all(before[unit]["期末人力"] == after[unit]["期初人力"] for unit in UNITS)


def it_states_weeks_that_add_up_to_the_month_so_far_and_its_plan():
    weeks = TRUTH["weeks_2026-09"]
    month = TRUTH["periods"]["2026-09-01..2026-09-16"]
    assert [week["状态"] for week in weeks] == ["已过", "已过", "进行中", "未到"]
    for unit in UNITS:
        begun = [week["groups"][unit] for week in weeks if week["状态"] != "未到"]
        for key in ("FYP", "首年期交", "FYC", "件数", "增员人数", "脱落人数"):
            assert close(sum(week[key] for week in begun), month[unit][key])
        assert begun[-1]["月累计FYP"] == month[unit]["FYP"]
        assert begun[-1]["月累计举绩人数"] == month[unit]["举绩人数"]
        assert sum(week["出勤"]["应出勤人次"] for week in begun) == TRUTH["attendance"]["2026-09"][unit]["应出勤人次"]
        for key in ("FYP", "首年期交", "件数"):
            assert sum(week["groups"][unit]["计划"][key] for week in weeks) == month[unit]["计划"][key]


def it_shows_exactly_the_problems_that_were_put_in():
    problems = TRUTH["lookup_problems"]
    for group in ("旭日组", "鲲鹏组", "远航组"):
        for problem, judged in problems[group].items():
            assert set(judged["measured"].values()) == {judged["designed"]}, (group, problem)
    assert problems["鲲鹏组"]["脱落率较高"]["present"]
    assert problems["远航组"]["件均保费偏低"]["present"]
    small = problems["萌芽组"]
    assert all(judged["small_sample"] and not judged["present"] for judged in small.values())
    assert small["举绩率偏低"]["measured"]["2026-08"]


def it_holds_the_odd_cases():
    department = simulate()
    counts = TRUTH["counts"]
    assert len({card["工号"] for card in counts["同名"]}) == 2
    assert {card["姓名"] for card in counts["同名"]} == {"林晓梅"}
    assert len(counts["调组"]) == 2
    assert len(counts["同月入司离司"]) == 1
    assert counts["离司后撤单"]
    movers = [agent for agent in department.agents if len(agent.stints) > 1]
    for agent in movers:
        groups = {line.group for line in department.lines if line.agent is agent}
        assert groups == {stint.group for stint in agent.stints}
    july = TRUTH["periods"]["2026-07"]["萌芽组"]
    assert july["首年期交"] > july["FYP"] > 0
    assert TRUTH["periods"]["2026-02"]["萌芽组"]["KPI"]["件均保费"] is None


def it_sells_nothing_after_an_agent_has_left_and_no_line_twice():
    lines = simulate().lines
    for line in lines:
        if not line.is_withdrawal:
            assert line.agent.in_force(line.day)
    keys = [(line.policy, line.product.name, line.day, line.premium) for line in lines]
    assert len(set(keys)) == len(keys)
    renewals = [(item.policy, item.due) for item in simulate().renewals]
    assert len(set(renewals)) == len(renewals)
