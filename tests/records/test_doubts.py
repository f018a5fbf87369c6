"""Values that are hardly meant: outliers, days out of place, records entered twice, group names with a slip."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.tables import agent, codes, day, department, due, line, log, table
from zuxun_xl.records.doubts import out_of_place, outliers, repeated
from zuxun_xl.records.groupnames import is_slip

USUAL = [3000.0, 4100.0, 4800.0, 5000.0, 5200.0, 6000.0, 7500.0, 9000.0, 2400.0]


@pytest.mark.parametrize("slipped", [480_000.0, 48.0, 48_000_000.0, 0.48])
def it_finds_a_slipped_decimal_point(slipped):
    assert [index for index, _ in outliers([*USUAL, slipped], 10)] == [9]


def it_calls_nothing_odd_among_few_values_or_where_the_values_are_spread():
    assert not list(outliers([1.0, 1000.0, 5.0], 10))
    assert not list(outliers([1.5**n for n in range(30)], 10))


@given(st.lists(st.floats(1000, 9000), min_size=8, max_size=40))
def it_calls_nothing_odd_within_a_factor_of_nine(values):
    assert not list(outliers(values, 10))


def every(step: int, count: int = 30) -> list[date | None]:
    return [date(2026, 1, 5) + timedelta(days=step * n) for n in range(count)]


@pytest.mark.parametrize("place", [1, 14, 28])
def it_finds_a_day_of_another_year_in_a_table_kept_by_day(place):
    days = every(3)
    days[place] = days[place].replace(year=2025)
    assert list(out_of_place(days)) == [place]


def it_leaves_alone_what_is_not_kept_by_day_and_what_was_registered_late():
    assert not list(out_of_place(every(3)))
    assert not list(out_of_place([*every(3), date(2026, 1, 9)]))
    assert not list(out_of_place([day for pair in zip(every(7, 20), every(-9, 20), strict=True) for day in pair]))


@given(st.lists(st.dates(date(2026, 1, 1), date(2026, 12, 31)), min_size=8, max_size=40))
def it_calls_no_day_of_one_year_in_order_out_of_place(days):
    assert not [index for index in out_of_place(sorted(days)) if 0 < index < len(days) - 1 and _near(sorted(days), index)]


def _near(days, index):
    return days[index] - days[index - 1] <= timedelta(days=180)


def it_finds_what_was_entered_twice_unless_that_is_the_way_the_table_is_kept():
    assert list(repeated(["a", "b", "c", "b"])) == [(3, 1)]
    assert not list(repeated(["a", "b"] * 20))


@pytest.mark.parametrize(
    ("one", "other", "slip"),
    [
        ("凌皮组", "凌波组", True), ("凌波小组", "凌波组", False), ("凌波之组", "凌波组", True), ("凌组", "凌波组", True),
        ("凌波组", "凌波组", False), ("一组", "二组", False), ("1组", "2组", False), ("11组", "1组", False), ("A组", "B组", False),
        ("东区", "西区", False), ("凌波组", "映日组", False), ("一阻", "一组", True), ("营业一部", "营业二部", False),
    ],
)
def it_takes_one_other_character_for_a_slip_unless_it_counts_groups(one, other, slip):
    assert is_slip(one, other) is slip
    assert is_slip(other, one) is slip


def it_lists_a_group_of_one_person_with_a_slip_and_keeps_it():
    found = department([agent("A1", "凌波组"), agent("A2", "凌波组"), agent("A3", "凌皮组"), agent("A4", "映日组")])
    assert codes(found) == [("花名册", "C4", "R132")]
    assert found.groups == ("凌波组", "凌皮组", "映日组")


def it_lists_premiums_counts_days_and_withdrawals_that_are_hardly_meant_and_counts_them():
    lines = [line("A1", f"{month:02}-{d:02}", 5000 + d, f"P{month}{d}") for month in (1, 2, 3) for d in (6, 9, 12, 15)]
    lines[3]["首年保费"] = 500_000.0
    lines[6]["承保日期"] = day("2025-02-12")
    lines[11] = line("A1", "03-15", -5000, "P0")
    usual = [log("A1", f"03-{d:02}", 5.0, 3.0) for d in range(1, 21)]
    logs = table("活动日志", *usual, log("A1", "03-21", -5.0, 999.0), log("A1", "03-01", 5.0, 3.0))
    found = department([agent("A1")], lines, 活动日志=logs)
    cells = [(cell, code) for _, cell, code in codes(found)]
    assert cells == [("A8", "R127"), ("F13", "R126"), ("F5", "R125"), ("C22", "R129"), ("D22", "R129"), ("A23", "R128")]
    assert len(found.lines) == 12
    assert len(found.logs or ()) == 22


PAID = {"实收保费": 1000.0, "实收日期": day("10-08")}


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        ({**PAID, "缴费状态": "已缴"}, None), ({**PAID, "缴费状态": "未缴"}, "R131"), ({**PAID, "缴费状态": "宽限期"}, None),
        ({"缴费状态": "已收"}, "R131"), ({"缴费状态": "失效"}, None), ({"缴费状态": "未到账"}, None),
        ({**PAID, "实收日期": day("2025-10-08")}, "R130"), ({**PAID, "实收日期": day("08-20")}, None),
    ],
)
def it_doubts_a_payment_that_does_not_go_with_its_state_or_day(cells, code):
    dues = table("续期明细", {**due("A1", "10-05", 1000.0), **cells})
    assert [found for *_, found in codes(department([agent("A1")], 续期明细=dues))] == ([code] if code else [])


def it_counts_a_renewal_given_twice_once():
    rows = [{**due("A1", "10-05", 1000.0, 1000.0, "10-08"), "保单号": number} for number in ("P1", "P2", "P1")]
    found = department([agent("A1")], 续期明细=table("续期明细", *rows))
    assert codes(found) == [("续期明细", "F4", "R105")]
    assert len(found.dues or ()) == 2


def it_keeps_renewals_without_a_policy_number_that_look_the_same():
    found = department([agent("A1")], 续期明细=table("续期明细", due("A1", "10-05", 1000.0), due("A1", "10-05", 1000.0)))
    assert (codes(found), len(found.dues or ())) == ([], 2)
