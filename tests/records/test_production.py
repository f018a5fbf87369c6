"""New business of groups: withdrawals, distinct policies and agents, riders, single premiums."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.tables import agent, codes, day, department, line, table
from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.kpi.compute import kpi_values
from zuxun_xl.periods import Period, month, parse_period, quarter
from zuxun_xl.records.department import read_department
from zuxun_xl.records.model import WHOLE, PolicyLine
from zuxun_xl.records.production import production

KEYS = ("举绩人数", "件数", "FYP", "首年期交", "FYC")
ROSTER = [agent("A1"), agent("A2"), agent("B1", "二组"), agent("B2", "二组")]


def measured(lines: list[dict[str, object]], period: str = "2026-10", scope: str = WHOLE) -> tuple[float | None, ...]:
    measures = department(ROSTER, lines).measures(parse_period(period))[scope]
    return tuple(measures[key] for key in KEYS)


def it_counts_a_policy_once_and_its_premium_with_riders():
    lines = [line("A1", "10-08", 5000), line("A1", "10-08", 600, 主附险="附加险", 险种名称="附加医疗", 佣金率=0.1)]
    assert measured(lines) == (1, 1, 5600, 5600, 1560)


def it_computes_commission_line_by_line_and_never_from_the_total():
    lines = [line("A1", "10-08", 10_000, "P1", 佣金率=0.35), line("A1", "10-09", 10_000, "P2", 佣金率=0.05, 期趸="趸交")]
    assert measured(lines) == (1, 2, 20_000, 10_000, 4000)


def it_takes_a_withdrawal_off_in_the_month_it_happens():
    lines = [line("A1", "09-28", 5000), line("A1", "10-08", -5000)]
    assert measured(lines, "2026-09") == (1, 1, 5000, 5000, 1500)
    assert measured(lines, "2026-10") == (0, -1, -5000, -5000, -1500)
    assert measured(lines, "2026-09..2026-10") == (0, 0, 0, 0, 0)


def it_lets_regular_premium_exceed_fyp_after_a_single_premium_withdrawal():
    lines = [
        line("A1", "09-01", 50_000, "P0", 期趸="趸交"),
        line("A1", "10-08", 8000, "P1"),
        line("A1", "10-09", -50_000, "P0", 期趸="趸交"),
    ]
    assert measured(lines)[:4] == (0, 0, -42_000, 8000)


@pytest.mark.parametrize(
    ("lines", "active"),
    [
        ([line("A1", "10-08", 100)], 1), ([line("A1", "10-08", 100, 主附险="附加险")], 0),
        ([line("A1", "10-08", 100, "P1"), line("A1", "10-09", -100, "P1")], 0),
        ([line("A1", "10-08", 100, "P1"), line("A1", "10-08", 100, "P2"), line("A1", "10-09", -100, "P1")], 1),
        ([line("A1", "10-08", 100, "P1"), line("A1", "10-09", -500, "P0")], 0),
        ([line("A1", "10-08", 100, "P1"), line("A1", "10-08", 100, "P2"), line("A1", "10-09", -500, "P0")], 0),
        ([line("A1", "10-08", 0)], 0), ([line("A1", "10-08", 100), line("B1", "10-08", 1, "P2")], 2),
    ],
)
def it_takes_for_active_who_has_a_net_main_policy_and_net_premium(lines, active):
    assert measured(lines)[0] == active


@pytest.mark.parametrize(("least", "active"), [(0, 2), (999.99, 2), (1000, 2), (1000.01, 1), (5000, 1), (5001, 0)])
def it_asks_for_a_least_premium_where_the_department_sets_one(least, active):
    found = department(ROSTER, [line("A1", "10-08", 1000), line("A2", "10-08", 5000, "P2")])
    found.min_fyp = least
    assert found.measures(month(2026, 10))[WHOLE]["举绩人数"] == active


def it_counts_an_agent_once_over_a_quarter_and_each_month_in_the_monthly_sum():
    lines = [line("A1", f"{number:02d}-10", 1000, f"P{number}") for number in (7, 8, 9)] + [line("A2", "08-10", 1000, "P0")]
    measures = department(ROSTER, lines).measures(quarter(2026, 3))[WHOLE]
    assert (measures["举绩人数"], measures["举绩人次"], measures["件数"]) == (2, 4, 4)


def it_is_not_active_over_a_quarter_what_was_withdrawn_within_it():
    lines = [line("A1", "07-10", 1000), line("A1", "08-10", -1000)]
    measures = department(ROSTER, lines).measures(quarter(2026, 3))[WHOLE]
    assert (measures["举绩人数"], measures["举绩人次"]) == (0, 1)


def it_counts_business_in_the_group_of_its_own_day():
    moved = agent("A1", "二组", 调动="2026-10-15 一组→二组")
    found = department(
        [moved, agent("A2", "一组")], [line("A1", "10-14", 1000, "P1"), line("A1", "10-15", 3000, "P2"), line("A1", "11-02", -1000, "P1")]
    )
    october, november = found.measures(month(2026, 10)), found.measures(month(2026, 11))
    assert [october[scope]["FYP"] for scope in ("一组", "二组", WHOLE)] == [1000, 3000, 4000]
    assert [october[scope]["举绩人数"] for scope in ("一组", "二组", WHOLE)] == [1, 1, 1]
    assert [november[scope]["FYP"] for scope in ("一组", "二组", WHOLE)] == [0, -1000, -1000]


@pytest.mark.parametrize(
    ("cells", "wanted"),
    [
        ({"期趸": "期交"}, True), ({"期趸": "期缴"}, True), ({"期趸": "年交"}, True), ({"期趸": "趸交"}, False), ({"期趸": "趸缴"}, False),
        ({"期趸": "一次性交清"}, False), ({"期趸": None}, False),
    ],
)
def it_reads_whether_a_premium_is_regular(cells, wanted):
    assert measured([line("A1", "10-08", 1000, **cells)])[3] == (1000 if wanted else 0)


@pytest.mark.parametrize(("rates", "commission"), [((0.3, 0.2), 500), ((0.3, None), 300), ((0, 0.3), 300)])
def it_takes_the_commission_from_the_rate_of_each_line(rates, commission):
    lines = [line("A1", "10-08", 1000, f"P{n}", 佣金率=rate) for n, rate in enumerate(rates)]
    assert measured(lines)[4] == pytest.approx(commission)


def it_takes_the_commission_itself_where_no_rate_stands():
    assert measured([line("A1", "10-08", 1000, 佣金率=None, 佣金=123.45)])[4] == 123.45


@pytest.mark.parametrize(
    ("amounts", "commission", "doubted"),
    [
        ((300, 300, 300), 900, []),  # premium x rate everywhere
        ((300, 450, 300), 1050, []),  # the rate of the main policy alone, riders in columns beside it
        ((270, 270, 270), 900, []),  # after tax: not what the handbook calls FYC
    ],
)
def it_decides_by_the_table_whether_the_rate_or_the_commission_counts(amounts, commission, doubted):
    found = department(ROSTER, [line("A1", "10-08", 1000, f"P{n}", 佣金=float(amount)) for n, amount in enumerate(amounts)])
    assert found.measures(month(2026, 10))[WHOLE]["FYC"] == commission
    assert codes(found) == doubted


def it_doubts_a_commission_that_is_not_what_the_others_are():
    lines = [line("A1", "10-08", 1000, f"P{n}", 佣金=300.0) for n in range(30)]
    lines[7]["首年保费"] = 1200.0
    found = department(ROSTER, lines)
    assert codes(found) == [("保单明细", "I9", "R124")]


def it_takes_the_first_line_and_the_first_withdrawal_of_a_policy_for_the_main_one_where_nothing_tells():
    rows = [line("A1", when, premium) for when, premium in (("10-08", 900), ("10-08", 100), ("10-20", -900), ("10-20", -100))]
    bare = [{key: value for key, value in row.items() if key not in ("主附险", "险种名称")} for row in rows]
    made = table("保单明细", *bare)
    for key in ("主附险", "险种名称"):
        del made.columns[key], made.values[key]
    found = read_department({"花名册": table("花名册", *ROSTER), "保单明细": made}, day("12-31"))
    assert [line.main for line in found.lines] == [True, False, True, False]


@pytest.mark.parametrize(
    ("written", "product", "main"),
    [
        ("主险", "寿险", 1),
        ("主", "寿险", 1),
        ("附加险", "医疗", 0),
        ("附", "医疗", 0),
        ("附加主险", "医疗", 0),
        (None, "寿险", 1),
        (None, "附加医疗", 0),
    ],
)
def it_reads_whether_a_line_is_a_main_policy(written, product, main):
    assert measured([line("A1", "10-08", 1000, 主附险=written, 险种名称=product)])[1] == main


def it_leaves_out_a_line_given_twice_whatever_its_serial_number():
    found = department(
        ROSTER,
        [
            line("A1", "10-08", 5000, 序号=1),
            line("A1", "10-08", 5000, 序号=2),
            line("A1", "10-08", 600, 主附险="附加险"),
            line("A1", "10-09", 5000),
        ],
    )
    assert codes(found) == [("保单明细", "B3", "R105")]
    assert found.findings[0].message == "与第2行是同一张保单的同一行，这一行没有计入。"
    assert found.measures(month(2026, 10))[WHOLE]["FYP"] == 10_600


@pytest.mark.parametrize(
    "other",
    [{"policy": "P2"}, {"险种名称": "两全保险"}, {"主附险": "附加险"}, {"code": "A2"}, {"when": "10-09"}, {"premium": 5001}],
    ids=lambda other: next(iter(other)),
)
def it_keeps_lines_that_differ_in_policy_product_kind_agent_day_or_premium(other):
    second = {"code": "A1", "when": "10-08", "premium": 5000, "policy": "P1"} | other
    assert codes(department(ROSTER, [line("A1", "10-08", 5000), line(**second)])) == []


def it_leaves_out_new_business_after_leaving_but_keeps_withdrawals():
    roster = [agent("A1", left="10-10"), agent("A2")]
    found = department(roster, [line("A1", "10-09", 1000, "P1"), line("A1", "10-12", 2000, "P2"), line("A1", "10-12", -1000, "P1")])
    assert codes(found) == [("保单明细", "A3", "R104")]
    assert found.measures(month(2026, 10))[WHOLE]["FYP"] == 0


def it_adds_main_policy_and_riders_that_stand_in_columns_side_by_side():
    parts = (("P1", 5000.0, 600.0), ("P2", 900.0, None))
    rows = [{**line("A1", "10-08", 0, policy), "主险保费": main, "附险保费": rider} for policy, main, rider in parts]
    made = table("保单明细", *rows)
    del made.columns["首年保费"], made.values["首年保费"]
    found = read_department({"花名册": table("花名册", *ROSTER), "保单明细": made}, day("12-31"))
    assert [each.premium for each in found.lines] == [5600.0, 900.0]


def it_takes_a_withdrawal_given_as_a_date_off_in_the_group_of_that_date():
    roster = [agent("A1", "二组", 调动="2026-10-15 一组→二组"), agent("A2", "一组")]
    found = department(roster, [line("A1", "10-08", 5000, 撤单日期=day("10-20"))]).measures(month(2026, 10))
    counted = {group: (found[group]["件数"], found[group]["FYP"], found[group]["FYC"]) for group in ("一组", "二组")}
    assert counted == {"一组": (1, 5000, 1500), "二组": (-1, -5000, -1500)}


def it_keeps_new_business_of_the_leave_date_itself():
    """The leave date is the first day whose close finds no contract in force: business on that day is still possible."""
    found = department([agent("A1", left="10-10")], [line("A1", "10-10", 1000, "P1"), line("A1", "10-11", 2000, "P2")])
    assert codes(found) == [("保单明细", "A3", "R104")]
    assert found.measures(month(2026, 10))[WHOLE]["FYP"] == 1000


def it_counts_a_policy_that_two_agents_share_once_in_their_group_and_each_agent_as_active():
    shared = [line("A1", "10-08", 1000), line("A2", "10-08", 600), line("B1", "10-08", 400)]
    measures = department(ROSTER, shared).measures(month(2026, 10))
    counted = {scope: (values["件数"], values["举绩人数"]) for scope, values in measures.items()}
    assert counted == {"一组": (1, 2), "二组": (1, 1), WHOLE: (1, 3)}


@pytest.mark.parametrize(
    ("record", "unreadable", "code", "cell"),
    [
        ({**line("X9", "10-08", 1000)}, (), "R101", "H2"),
        ({**line("A1", "10-08", 1000), "承保日期": None}, ((0, "承保日期", "2026-02-30", "不是存在的日期"),), "R102", "A2"),
        ({**line("A1", "10-08", 1000), "首年保费": None}, ((0, "首年保费", "五千", "不是数字"),), "R103", "F2"),
        ({**line("A1", "10-08", 1000), "首年保费": None}, (), "R103", "F2"),
    ],
)
def it_leaves_out_and_lists_a_line_of_nobody_of_no_day_or_of_no_amount(record, unreadable, code, cell):
    policies = table("保单明细", record, unreadable=unreadable)
    found = department(ROSTER, 保单明细=policies)
    assert codes(found) == [("保单明细", cell, code)]
    assert found.lines == []
    if unreadable:
        assert unreadable[0][3] in found.findings[0].message


def it_says_what_it_found_odd_and_counts_it_all_the_same():
    lines = [
        line("A1", "10-08", 1000, 佣金率=-0.5),
        line("A1", "10-09", 1000, "P2", 主附险="？"),
        line("A1", "10-10", 1000, "P3", 组别="二组"),
        line("A1", "10-11", 1000, "P4", 姓名="别人"),
    ]
    found = department(ROSTER, lines)
    assert [code for _, _, code in codes(found)] == ["R110", "R117", "R107", "R108"]
    assert found.measures(month(2026, 10))["一组"]["FYP"] == 4000


# ---------------------------------------------------------------------------------------------------------- the golden quarter


def it_yields_the_golden_quarter_from_records():
    """domain.md §3.4, from people and policy lines to the ratios."""
    roster = [agent(f"S{n}") for n in range(26)]
    joins, leaves = (("01-12", 6), ("02-09", 5), ("03-09", 8)), (("01-29", 4), ("02-26", 7), ("03-30", 3))
    roster += [agent(f"J{when}{n}", joined=when) for when, count in joins for n in range(count)]
    roster += [agent(f"L{when}{n}", left=when) for when, count in leaves for n in range(count)]
    people = [f"S{n}" for n in range(26)] + [f"J01-12{n}" for n in range(6)] + [f"J02-09{n}" for n in range(4)]
    months = (("01-15", people[:26], 39, 5000), ("02-16", people[6:30], 33, 4800), ("03-16", people[6:36], 48, 5500))
    lines = [line(active[n % len(active)], when, premium, f"{when}-{n}") for when, active, cases, premium in months for n in range(cases)]
    found = department(roster, lines)
    assert not found.findings
    monthly = [found.measures(month(2026, number))[WHOLE] for number in (1, 2, 3)]
    assert [(m["期初人力"], m["增员人数"], m["脱落人数"], m["期末人力"], m["平均人力"]) for m in monthly] == [
        (40, 6, 4, 42, 41),
        (42, 5, 7, 40, 41),
        (40, 8, 3, 45, 42.5),
    ]
    assert [(m["举绩人数"], m["件数"], m["FYP"], m["FYC"]) for m in monthly] == [
        (26, 39, 195_000, 58_500),
        (24, 33, 158_400, 47_520),
        (30, 48, 264_000, 79_200),
    ]
    whole = found.measures(quarter(2026, 1))[WHOLE]
    assert (whole["举绩人数"], whole["举绩人次"], whole["FYP"], whole["平均人力"]) == (36, 80, 617_400, 41.5)
    assert kpi_values(whole, {})["脱落率"] == pytest.approx(0.3373, abs=5e-5)
    assert KPIS["举绩率"].expression("月度").value(whole) == pytest.approx(0.6426, abs=5e-5)


# ---------------------------------------------------------------------------------------------------------- properties

GROUPS = ("一组", "二组", "三组")
ADDITIVE = ("件数", "FYP", "首年期交", "FYC")


@st.composite
def business(draw: st.DrawFn) -> list[PolicyLine]:
    """Policies with riders, some withdrawn later, perhaps from another group."""
    lines: list[PolicyLine] = []
    for number in range(draw(st.integers(0, 12))):
        issued = draw(st.dates(date(2026, 1, 1), date(2026, 6, 30)))
        who, regular = draw(st.sampled_from("ABCD")), draw(st.booleans())
        premiums = draw(st.lists(st.integers(1, 10**6).map(lambda cents: cents / 100), min_size=1, max_size=3))
        withdrawn = draw(st.none() | st.dates(issued, date(2026, 6, 30)))
        for sign, when in ((1, issued), (-1, withdrawn)):
            group = draw(st.sampled_from(GROUPS))
            if when is not None:
                lines += [
                    PolicyLine(when, f"P{number}", who, group, sign * p, sign * p * 0.3, regular, main=n == 0)
                    for n, p in enumerate(premiums)
                ]
    return sorted(lines, key=lambda each: each.day)


def produced(lines: list[PolicyLine], period: Period) -> dict[str, dict[str, Any]]:
    return {scope: dict(measures) for scope, measures in production(lines, GROUPS, period).items()}


@given(business())
@settings(max_examples=60)
def it_makes_up_the_whole_from_the_groups_and_the_quarter_from_its_months(lines):
    whole = produced(lines, quarter(2026, 2))
    months = [produced(lines, month(2026, number)) for number in (4, 5, 6)]
    for key in ADDITIVE:
        assert sum(whole[group][key] for group in GROUPS) == pytest.approx(whole[WHOLE][key], abs=0.01)
        for scope in (*GROUPS, WHOLE):
            assert sum(each[scope][key] for each in months) == pytest.approx(whole[scope][key], abs=0.01)


@given(business(), st.dates(date(2026, 1, 1), date(2026, 6, 1)), st.integers(0, 60))
@settings(max_examples=60)
def it_counts_what_lies_in_the_period_and_nothing_else(lines, start, length):
    period = Period(start, min(date.fromordinal(start.toordinal() + length), date(2026, 6, 30)))
    inside = [each for each in lines if each.day in period]
    measures = produced(lines, period)[WHOLE]
    assert measures["FYP"] == pytest.approx(sum(each.premium for each in inside), abs=0.01)
    assert measures["首年期交"] == pytest.approx(sum(each.premium for each in inside if each.regular), abs=0.01)
    assert measures["件数"] == len({e.policy for e in inside if e.main and e.premium > 0}) - len(
        {e.policy for e in inside if e.main and e.premium < 0}
    )
    assert 0 <= measures["举绩人数"] <= len({each.agent for each in inside})


def it_keeps_days_in_order():
    found = department(ROSTER, [line("A1", "10-20", 1, "P2"), line("A1", "10-08", 2, "P1")])
    assert [each.day for each in found.lines] == [day("10-08"), day("10-20")]
