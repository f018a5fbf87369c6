"""One person's year from the income wished for."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuxun_xl.errors import CallError
from zuxun_xl.periods import year_of
from zuxun_xl.settings import Settings
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.spreading.person import Rate, Rates, default_rates, plan_person, rates_of

MONTHS = year_of(2026).pieces()
SETTINGS = Settings()


def rates(income: float = 1.2, commission: float = 0.25, premium: float = 5000, meetings: float = 10) -> Rates:
    own = [Rate(value, "所给") for value in (income, commission, premium, meetings)]
    return replace(default_rates(SETTINGS), income=own[0], commission=own[1], premium=own[2], meetings=own[3])


def it_goes_from_income_to_calls_step_by_step() -> None:
    plan = plan_person(120_000, rates(), MONTHS, SETTINGS)
    assert {step.name: step.value for step in plan.steps[:3]} == {"FYC": 100_000, "FYP": 400_000, "件数": 80}
    assert plan.steps[0].formula == "年收入120,000元 ÷ 收入系数1.2（所给）"
    assert [step.unit.name for step in plan.steps] == ["元", "元", "件", "次", "次", "人"]


@settings(deadline=None)
@given(st.integers(1000, 10**7), st.floats(1, 3), st.floats(0.05, 0.6), st.floats(500, 10**5), st.floats(0, 40))
def it_adds_up_and_never_promises_less(income: int, factor: float, commission: float, premium: float, meetings: float) -> None:
    plan = plan_person(income, rates(factor, commission, premium, meetings), MONTHS, SETTINGS)
    steps = {step.name: step.value for step in plan.steps}
    for name, key in (("FYP", "fyp"), ("件数", "cases"), ("面谈", "meetings"), ("约访", "calls"), ("新增准客户", "prospects")):
        assert sum(getattr(month, key) for month in plan.months) == steps[name]
    assert steps["FYP"] * commission * factor >= income - 1
    assert steps["件数"] * premium >= steps["FYP"] - 1e-3 * premium


def it_holds_the_handbooks_5_3_1_as_the_least() -> None:
    plan = plan_person(12_000, rates(), MONTHS, SETTINGS)
    for month in plan.months:
        days = len(SETTINGS.workdays.within(month.month))
        assert (month.calls, month.meetings, month.prospects) == (5 * days, 3 * days, days)
        assert "面谈" in month.floor


def it_asks_for_more_meetings_than_5_3_1_where_the_target_needs_them() -> None:
    plan = plan_person(600_000, rates(), MONTHS, SETTINGS)
    january = plan.months[0]
    assert january.meetings == january.cases * 10
    assert january.calls == math.ceil(january.meetings * 5 / 3)
    assert january.floor == ()


def it_takes_ratios_from_the_persons_own_records(ledger: Ledger) -> None:
    agent = ledger.department.people.agents["530100102"]
    own = rates_of(ledger.department, agent, ledger.settings)
    lines = [line for line in ledger.department.lines if line.agent == agent.code]
    assert own.commission.source == own.premium.source == "本人"
    assert own.commission.value == pytest.approx(sum(line.commission or 0 for line in lines) / sum(line.premium for line in lines))
    assert own.income.source == "示例"


def it_falls_back_to_the_group_where_a_person_has_few_policies(ledger: Ledger) -> None:
    made = {line.agent for line in ledger.department.lines}
    agent = next(agent for agent in ledger.department.people.agents.values() if agent.code not in made)
    assert rates_of(ledger.department, agent, ledger.settings).premium.source == agent.group


@pytest.mark.parametrize(
    ("income", "own", "message"), [(0, rates(), "年收入"), (1000, rates(commission=0), "平均佣金率"), (1, rates(premium=-1), "件均")]
)
def it_refuses_what_is_not_positive(income: float, own: Rates, message: str) -> None:
    with pytest.raises(CallError, match=message):
        plan_person(income, own, MONTHS, SETTINGS)
