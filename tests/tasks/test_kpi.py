"""``zuxun kpi`` against the figures of all departments, computed by their simulations and not by this project."""

from __future__ import annotations

from typing import Any

import pytest

from tests.departments.catalogue import departments, period_of
from zuxun_xl.errors import CallError
from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.kpi.compute import kpi_value
from zuxun_xl.periods import Period, parse_period
from zuxun_xl.settings import Settings
from zuxun_xl.tasks.kpi import SHOWN, report
from zuxun_xl.tasks.ledger import Ledger

SAMPLE_TRUTH = departments()["春华"].truth
SHIPPED_TRUTH = departments()["秋实"].truth
PLAN_NAMES = {"举绩人数_逐月合计": "举绩人次"}
FIGURES = [(name, key) for name, known in departments().items() for key in known.truth["periods"] if ".." not in key]
WEEKS = [(name, key) for name, known in departments().items() for key in known.truth.get("weeks", ())]
MARKED = [(name, key) for name, known in departments().items() for key in known.truth["attendance"] if ".." not in key]


def same(found: Any, wanted: Any) -> bool:
    """Whether two figures agree: money to the cent, ratios to 1e-6, null only for null."""
    if isinstance(wanted, dict):
        return set(wanted) == set(found) and all(same(found[key], wanted[key]) for key in wanted)
    if found is None or wanted is None:
        return found is wanted
    return bool(abs(found - wanted) <= (0.0051 if abs(wanted) > 50 else 1.01e-6))


def differences(ledger: Ledger, period: Period, figures: dict[str, Any]) -> list[tuple[str, str, Any, Any]]:
    """(Group, figure, found, wanted) wherever report and truth differ."""
    found, plan, wrong = report(ledger, period)["kpi"], ledger.plan.of(period), []
    assert set(found) == set(figures)
    for group, wanted in figures.items():
        pairs = [(name, found[group][name], value) for name, value in wanted["KPI"].items()]
        pairs += [(name, found[group]["measures"][name], wanted[name]) for name in SHOWN if name in wanted]
        pairs += [
            (f"计划{name}", plan[group][PLAN_NAMES.get(name, name)], value)
            for name, value in wanted["计划"].items() if PLAN_NAMES.get(name, name) in plan[group]
        ]
        wrong += [(group, name, ours, value) for name, ours, value in pairs if not same(ours, value)]
    return wrong


@pytest.mark.parametrize(("department", "key"), FIGURES)
def it_equals_every_figure_of_every_department(department: str, key: str) -> None:
    known = departments()[department]
    assert differences(known.ledger, period_of(key), known.truth["periods"][key]) == []


@pytest.mark.parametrize(("department", "key"), WEEKS)
def it_equals_the_calendar_weeks_of_a_department_without_weekly_forms(department: str, key: str) -> None:
    known = departments()[department]
    assert differences(known.ledger, parse_period(key), known.truth["weeks"][key]) == []


VARIANTS = {
    ("举绩率", "期末"): "举绩率_期末人力", ("举绩率", "月度"): "举绩率_逐月合计比", ("增员率", "期初期末"): "增员率_期初期末",
    ("脱落率", "期初期末"): "脱落率_期初期末", ("脱落率", "期初"): "脱落率_期初",
}


@pytest.mark.parametrize("key", SAMPLE_TRUTH["periods"])
def it_equals_every_variant_that_the_records_allow(ledger: Ledger, key: str) -> None:
    measures = ledger.measures(period_of(key))
    for group, wanted in SAMPLE_TRUTH["periods"][key].items():
        for (kpi, variant), name in VARIANTS.items():
            assert same(kpi_value(KPIS[kpi], measures[group], {}, variant), wanted["变体"][name]), (group, kpi, variant)
    for group, attendance in SAMPLE_TRUTH["attendance"].get(key, {}).items():
        assert same(kpi_value(KPIS["出勤率"], measures[group], {}, "请假不计"), attendance["出勤率_请假不计应出勤"])


def it_takes_the_variant_of_the_settings(ledger: Ledger) -> None:
    chosen = Ledger(ledger.book, Settings(variants={"脱落率": "期初"}))
    wanted = SAMPLE_TRUTH["periods"]["2026-Q3"]["二组"]["变体"]["脱落率_期初"]
    assert same(report(chosen, parse_period("2026Q3"))["kpi"]["二组"]["脱落率"], wanted)


RUNNING = [(name, key) for name, known in departments().items() for key in known.truth["periods"] if ".." in key]


@pytest.mark.parametrize(("department", "key"), RUNNING)
def it_counts_a_month_under_way_up_to_the_last_day(department: str, key: str) -> None:
    known = departments()[department]
    assert differences(known.ledger, parse_period(key[:7]), known.truth["periods"][key]) == []


@pytest.mark.parametrize("week", SAMPLE_TRUTH["weeks_2026-10"], ids=lambda week: week["from"])
def it_equals_the_weeks_with_attendance_and_activity(ledger: Ledger, week: dict[str, Any]) -> None:
    found = report(ledger, parse_period(f"{week['from']}..{week['to']}"))["kpi"]
    for group, wanted in week["groups"].items():
        measures = {**wanted, **wanted["活动"], **{name: wanted["出勤"][name] for name in ("应出勤人次", "出勤人次")}}
        wrong = [(name, found[group]["measures"][name], measures[name]) for name in SHOWN if name in measures]
        assert [item for item in wrong if not same(item[1], item[2])] == []
        assert same(found[group]["FYP计划达成率"], wanted["FYP达成率"])
        assert same(found[group]["出勤率"], wanted["出勤"]["出勤率"])


@pytest.mark.parametrize(("department", "key"), MARKED)
def it_equals_the_months_attendance_and_activity(department: str, key: str) -> None:
    known = departments()[department]
    found = report(known.ledger, parse_period(key))["kpi"]
    for group, wanted in known.truth["attendance"][key].items():
        assert same(found[group]["出勤率"], wanted["出勤率"])
        assert {name: found[group]["measures"][name] for name in ("应出勤人次", "出勤人次")}.items() <= wanted.items()
    for group, wanted in known.truth["activity"].get(key, {}).items():
        assert {name: found[group]["measures"][name] for name in ("约访", "面谈", "新增准客户")}.items() <= wanted.items()


def it_gives_null_where_no_attendance_was_kept(ledger: Ledger) -> None:
    found = report(ledger, parse_period("2026-01"))["kpi"]["全部"]
    assert found["出勤率"] is None
    assert found["measures"]["约访"] is None


def it_names_every_measure_and_kpi_that_scripts_rely_on(ledger: Ledger) -> None:
    result = report(ledger, parse_period("2026Q3"))
    assert result["period"] == "2026Q3"
    assert set(result["kpi"]) == {"一组", "二组", "三组", "四组", "五组", "六组", "全部"}
    wanted = (
        "举绩率 FYP计划达成率 首年期交保费计划达成率 人均FYC 人均产能 件均保费 人均件数 有效人均件数 达成率 "
        "保单持续率 续收达成率 增员率 脱落率"
    ).split()
    assert set(wanted) <= set(result["kpi"]["全部"])
    assert list(result["kpi"]["全部"]["达成率"]) == ["件数", "FYC", "举绩人数", "增员人数", "期末人力"]


def it_refuses_a_period_that_has_not_begun(ledger: Ledger) -> None:
    with pytest.raises(CallError, match="还没有记录"):
        report(ledger, parse_period("2026-11"))
