"""One person's year from the income wished for: 收入 → FYC → FYP → 件数 → 面谈 → 约访 → 新增准客户, every step with its formula."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from zuxun_xl.errors import CallError
from zuxun_xl.periods import Period
from zuxun_xl.records.department import Department
from zuxun_xl.records.model import WHOLE, Agent
from zuxun_xl.records.production import production
from zuxun_xl.settings import Settings
from zuxun_xl.spreading import spread
from zuxun_xl.units import CASES, PERCENT, YUAN, YUAN_PER_CASE, Unit, round_half_up, show

CALLS, MEETINGS, PROSPECTS = 5, 3, 1
"""The handbook's 5-3-1: phone calls, meetings, new prospects a workday."""

EXAMPLE, GIVEN, HANDBOOK = "示例", "所给", "手册5-3-1"

_STEP = 100
_FEW = 5
"""With fewer policies a person's own ratios say little."""


@dataclass(frozen=True, slots=True)
class Rate:
    """A ratio on the way from income to calls.

    Attributes:
        value: the figure.
        source: where it is from: 所给, 本人, the group, 示例 (settings) or the handbook.
    """

    value: float
    source: str


@dataclass(frozen=True, slots=True)
class Rates:
    """All ratios: 收入 ÷ FYC, FYC ÷ FYP, FYP ÷ 件, 面谈 ÷ 件, 约访 ÷ 面谈, 新增准客户 ÷ 面谈."""

    income: Rate
    commission: Rate
    premium: Rate
    meetings: Rate
    calls: Rate
    prospects: Rate


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it yields and how, e.g. FYC, 100 000, ``年收入120,000元 ÷ 收入系数1.2（示例）``."""

    name: str
    value: float
    unit: Unit
    formula: str


@dataclass(frozen=True, slots=True)
class MonthPlan:
    """A month's part; ``floor`` names what the handbook's minimum raised."""

    month: Period
    workdays: int
    fyp: float
    cases: int
    meetings: int
    calls: int
    prospects: int
    floor: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PersonPlan:
    """The steps of the year and what they come to month by month."""

    steps: tuple[Step, ...]
    months: tuple[MonthPlan, ...]


def plan_person(income: float, rates: Rates, months: Sequence[Period], settings: Settings) -> PersonPlan:
    """The year of a person who wants to earn ``income`` 元.

    Raises:
        CallError: the income or a ratio is not positive.
    """
    divisors = {"收入系数": rates.income.value, "平均佣金率": rates.commission.value, "件均保费": rates.premium.value}
    for name, value in {"年收入": income, **divisors}.items():
        if value <= 0:
            raise CallError(f"{name}必须大于0，现在是{value:g}。", "请改成正数。")
    fyc = round_half_up(income / rates.income.value)
    fyp = math.ceil(round_half_up(fyc / rates.commission.value) / _STEP) * _STEP
    cases = math.ceil(round_half_up(fyp / rates.premium.value, 6))
    days = [len(settings.workdays.within(month)) for month in months]
    parts = zip(months, days, spread(fyp, days, _STEP), spread(cases, days), strict=True)
    plans = tuple(_month(month, count, float(part), int(own), rates) for month, count, part, own in parts)
    steps = (
        Step("FYC", fyc, YUAN, f"年收入{show(income, YUAN)} ÷ 收入系数{_told(rates.income)}"),
        Step("FYP", fyp, YUAN, f"FYC ÷ 平均佣金率{show(rates.commission.value, PERCENT)}（{rates.commission.source}），进到{_STEP}元"),
        Step("件数", cases, CASES, f"FYP ÷ 件均保费{show(rates.premium.value, YUAN_PER_CASE)}（{rates.premium.source}），进到整件"),
        _activity("面谈", [plan.meetings for plan in plans], f"各月件数 × 每件面谈{_told(rates.meetings)}，{_least(MEETINGS)}"),
        _activity("约访", [plan.calls for plan in plans], f"各月面谈 × 每次面谈约访{_told(rates.calls)}，{_least(CALLS)}"),
        _activity("新增准客户", [plan.prospects for plan in plans], f"各月面谈 × 每次新增{_told(rates.prospects)}，{_least(PROSPECTS)}"),
    )
    return PersonPlan(steps, plans)


def _least(daily: int) -> str:
    return f"每个工作日不少于{daily}"


def _told(rate: Rate) -> str:
    return f"{round_half_up(rate.value):g}（{rate.source}）"


def _activity(name: str, parts: Sequence[int], formula: str) -> Step:
    return Step(name, sum(parts), Unit("人" if name == "新增准客户" else "次"), formula)


def _month(month: Period, workdays: int, fyp: float, cases: int, rates: Rates) -> MonthPlan:
    needed_meetings = _up(cases * rates.meetings.value)
    meetings = max(needed_meetings, MEETINGS * workdays)
    needed = {"约访": _up(meetings * rates.calls.value), "新增准客户": _up(meetings * rates.prospects.value)}
    calls, prospects = max(needed["约访"], CALLS * workdays), max(needed["新增准客户"], PROSPECTS * workdays)
    floors = (("面谈", meetings > needed_meetings), ("约访", calls > needed["约访"]), ("新增准客户", prospects > needed["新增准客户"]))
    return MonthPlan(month, workdays, fyp, cases, meetings, calls, prospects, tuple(name for name, raised in floors if raised))


def _up(value: float) -> int:
    return math.ceil(round_half_up(value, 6))


def default_rates(settings: Settings) -> Rates:
    """The examples of the settings and the handbook's proportions."""
    return Rates(
        Rate(settings.income_factor, EXAMPLE), Rate(settings.commission_rate, EXAMPLE), Rate(settings.case_premium, EXAMPLE),
        Rate(settings.meetings_per_case, EXAMPLE), Rate(CALLS / MEETINGS, HANDBOOK), Rate(PROSPECTS / MEETINGS, HANDBOOK),
    )


def rates_of(department: Department, agent: Agent, settings: Settings) -> Rates:
    """The person's own ratios; where there is too little of their own the group's, then the department's, then the examples."""
    rates = default_rates(settings)
    for scope in (WHOLE, agent.group, agent.code):
        rates = _better(rates, department, scope, agent)
    return rates


def _better(rates: Rates, department: Department, scope: str, agent: Agent) -> Rates:
    """The ratios of a scope (a code is a person) in place of others, where its records carry them."""
    source = "本人" if scope == agent.code else scope
    lines = [line for line in department.lines if scope in (WHOLE, line.group, line.agent) and line.day <= department.as_of]
    if not lines:
        return rates
    span = Period(lines[0].day, lines[-1].day)
    made = production(lines, {line.group for line in lines}, span)[WHOLE]
    fyp, fyc, cases = made["FYP"] or 0.0, made["FYC"] or 0.0, made["件数"] or 0.0
    enough = cases >= _FEW and fyp > 0
    logs = [log for log in department.logs or () if scope in (WHOLE, log.group, log.agent) and log.day <= department.as_of]
    meetings = sum(log.meetings for log in logs)
    first, last = min((log.day for log in logs), default=date.max), max((log.day for log in logs), default=date.min)
    logged = {line.policy for line in lines if first <= line.day <= last and line.main and line.premium > 0}
    return Rates(
        rates.income,
        Rate(fyc / fyp, source) if enough and fyc > 0 else rates.commission,
        Rate(fyp / cases, source) if enough else rates.premium,
        Rate(meetings / len(logged), source) if meetings and len(logged) >= _FEW else rates.meetings,
        Rate(sum(log.calls for log in logs) / meetings, source) if meetings else rates.calls,
        Rate(sum(log.prospects for log in logs) / meetings, source) if meetings else rates.prospects,
    )
