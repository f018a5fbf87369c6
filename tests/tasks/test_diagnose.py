"""``zuxun diagnose`` against the problems that the sample department really has."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.tasks.restyle import House
from zuxun_xl.diagnosis.lookup import find
from zuxun_xl.periods import Period, parse_period
from zuxun_xl.settings import Settings
from zuxun_xl.tasks.diagnose import Diagnosis, diagnose
from zuxun_xl.tasks.diagnosis.measured import metrics
from zuxun_xl.tasks.diagnosis.sheet import diagnosis_sheet
from zuxun_xl.tasks.ledger import Ledger


@pytest.fixture(scope="module")
def year(ledger: Ledger) -> list[Diagnosis]:
    return diagnose(ledger, parse_period("2026-01..2026-10"))


def state(entries: list[Diagnosis], wanted: str) -> set[tuple[str, str]]:
    """(Group, problem) of a state."""
    return {(entry.group, entry.problem.name) for entry in entries if entry.verdict.state == wanted}


def it_names_just_the_problems_that_are_present(year: list[Diagnosis], truth: dict[str, Any]) -> None:
    present = {(group, name) for group, problems in truth["lookup_problems"].items() for name, p in problems.items() if p["present"]}
    assert state(year, "红") == present


def it_caps_the_tiny_group(year: list[Diagnosis], truth: dict[str, Any]) -> None:
    small = {group for group, problems in truth["lookup_problems"].items() if any(p["small_sample"] for p in problems.values())}
    assert small == {"六组"}
    assert not {group for group, _ in state(year, "红")} & small
    assert ("六组", "增员率偏低") in state(year, "黄")


@pytest.mark.parametrize(("period", "key"), [("2026-10", "2026-10"), ("2026Q3", "2026-Q3"), ("2026-01..2026-10", "2026-YTD10")])
def it_judges_on_the_ratios_of_the_simulation(ledger: Ledger, truth: dict[str, Any], period: str, key: str) -> None:
    for entry in diagnose(ledger, parse_period(period)):
        evidence = truth["lookup_problems"][entry.group][entry.problem.name]["evidence"][key]
        assert entry.value == pytest.approx(evidence["实际"], abs=1e-6)
        assert entry.plan == pytest.approx(evidence["计划"], abs=1e-6)
        assert entry.peers == pytest.approx(evidence["其余各组合并"], abs=1e-6)
        adverse = {test.name: test.adverse for test in entry.verdict.tests}
        assert adverse["计划"] is evidence["计划法触发"]
        assert adverse["同业"] is evidence["同业法触发"]
        if entry.verdict.state == "红":
            assert evidence["两法都触发"]


def it_gives_causes_and_measures_of_the_lookup_by_id(year: list[Diagnosis]) -> None:
    for entry in year:
        shown = entry.as_dict()
        assert bool(shown["causes"]) is entry.present is bool(shown["measures"])
        for item in (*shown["causes"], *shown["measures"]):
            assert find(item["id"]).text == item["text"]  # type: ignore[union-attr]


def it_supports_a_cause_only_with_figures(year: list[Diagnosis]) -> None:
    supported = [weighed for entry in year for weighed in entry.causes if weighed.support == "有数据支持"]
    assert supported
    assert all(any(character.isdigit() for character in weighed.phrase) or "判定" in weighed.phrase for weighed in supported)


def it_judges_a_month_under_way_against_the_plan_due_by_now(shipped: Ledger) -> None:
    running, whole = parse_period("2026-09"), parse_period("2026-08")
    entry = next(e for e in diagnose(shipped, running) if e.problem.name == "人均件数偏低" and e.group == "旭日组")
    plan: dict[str, Any] = dict(shipped.plan.of(running)["旭日组"])
    progress = shipped.settings.workdays.progress(running, shipped.as_of)
    assert 0 < progress < 1
    assert entry.plan == pytest.approx(plan["件数"] / plan["平均人力"] * progress)
    ended = next(e for e in diagnose(shipped, whole) if e.problem.name == "人均件数偏低" and e.group == "旭日组")
    plan = dict(shipped.plan.of(whole)["旭日组"])
    assert ended.plan == pytest.approx(plan["件数"] / plan["平均人力"])


def it_takes_thresholds_from_the_settings(ledger: Ledger, october: Period) -> None:
    strict = Ledger(ledger.book, Settings(small_group=100))
    assert state(diagnose(strict, october), "红") == set()


def it_keeps_what_supervisors_entered_in_the_sheet(ledger: Ledger, october: Period) -> None:
    entries = diagnose(ledger, october)
    spec = diagnosis_sheet(ledger, october, entries)
    cells = {(cell.row, cell.column): cell.content for cell in spec.cells}
    heads = {value: column for (row, column), value in cells.items() if value in ("责任人", "问题") and row > 5}
    assert set(heads) == {"责任人", "问题"}
    assert "团队KPI诊断表（2026年10月）" in cells.values()


def it_never_replaces_a_sheet_of_that_name_that_is_the_users_own(sample_house: House, october: Period) -> None:
    house = sample_house.copy()
    house.sheets["诊断表"] = [["我自己的诊断表"], ["一组", "多拜访"]]
    own = Ledger(house)
    assert diagnosis_sheet(own, october, diagnose(own, october)).name == "诊断表2"


def it_weighs_causes_by_the_days_counted_only(ledger: Ledger, october: Period) -> None:
    early = Ledger(ledger.book, asked_as_of=date(2026, 10, 16))
    until = metrics(early, october)["二组"]["日志交纳率"].value
    assert until == metrics(ledger, parse_period("2026-10-01..2026-10-16"))["二组"]["日志交纳率"].value
    assert until != metrics(ledger, october)["二组"]["日志交纳率"].value
