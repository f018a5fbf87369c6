"""Columns of 附表一 in any order, under any of their names, with others between: read the same."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tasks.restyle import House
from tests.tasks.test_plan_layouts import GROUPS, ITEMS, MONTHS, differing, facts_of, planned, read_plan
from zuxun_xl.forms import appendix1
from zuxun_xl.forms.form import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

LABELS = ("组别", "月份")
STRANGERS = ("核对人", "上报日期", "网点编码", "附件", "审批意见", "竞赛方案")
NAMES = {key: tuple(dict.fromkeys((column.heading, *column.aliases))) for key, column in appendix1.FORM.by_key.items()}


def unambiguous(key: str) -> tuple[str, ...]:
    """The names by which the form knows this column and no other."""
    return tuple(name for name in NAMES[key] if appendix1.FORM.headings.get(fold(name)[0]) == key)


COLUMNS = (*LABELS, *(f"计划{item}" for item in ITEMS), *(f"实际{item}" for item in ITEMS), "FYP达成率", "措施")


@st.composite
def headings(draw: st.DrawFn) -> list[tuple[str, str]]:
    """(Column key, heading) in some order; strangers have no key."""
    own = [(key, draw(st.sampled_from(unambiguous(key)))) for key in COLUMNS]
    strangers = [("", name) for name in draw(st.lists(st.sampled_from(STRANGERS), unique=True))]
    return draw(st.permutations([*own, *strangers]))


def table(columns: list[tuple[str, str]], plan: Mapping[tuple[str, str, str], float], groups: tuple[str, ...]) -> House:
    house = House({})

    def value(key: str, group: str, label: str) -> object:
        labels = {"组别": group, "月份": label}
        return labels.get(key) or (plan[group, label, key.removeprefix("计划")] if key.startswith("计划") else None)

    body = [[value(key, group, label) for key, _ in columns] for group in groups for label in MONTHS]
    house.put("经营计划", [["附表一 业绩经营计划表（2026年）"], [name for _, name in columns], *body])
    return house


@settings(max_examples=500, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(columns=headings())
def it_reads_the_same_plan_under_all_headings(columns: list[tuple[str, str]], sample_house: House):
    groups = GROUPS[:1]
    plan = planned(sample_house, groups)
    facts = facts_of(plan, groups, ("计划",))
    assert list(differing(read_plan(table(columns, plan, groups), groups), facts)) == []
