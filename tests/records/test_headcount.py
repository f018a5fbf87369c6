"""Headcount of groups: who counts in which figure of which period (samples/README.md, domain.md §8)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.tables import day
from zuxun_xl.periods import Period, month, parse_period, quarter
from zuxun_xl.records.headcount import headcount
from zuxun_xl.records.model import WHOLE, Agent, Move

GROUPS = ("一组", "二组", "三组")
ORDER = ("期初人力", "增员人数", "脱落人数", "调入", "调出", "期末人力")


def one(joined: str, left: str | None = None, *moves: tuple[str, str, str], group: str = "一组") -> Agent:
    return Agent(
        "A1", "君", group, day(joined), day(left) if left else None, tuple(Move(day(when), source, to) for when, source, to in moves)
    )


def figures(person: Agent, period: str, scope: str = WHOLE) -> tuple[float | None, ...]:
    measures = headcount([person], GROUPS, parse_period(period))[scope]
    return tuple(measures[key] for key in ORDER)


@pytest.mark.parametrize(
    ("joined", "left", "wanted"),
    [
        ("2025-03-01", None, (1, 0, 0, 0, 0, 1)), ("10-01", None, (0, 1, 0, 0, 0, 1)), ("10-08", None, (0, 1, 0, 0, 0, 1)),
        ("10-31", None, (0, 1, 0, 0, 0, 1)), ("09-30", None, (1, 0, 0, 0, 0, 1)), ("11-01", None, (0, 0, 0, 0, 0, 0)),
        ("2025-03-01", "10-01", (1, 0, 1, 0, 0, 0)), ("2025-03-01", "10-31", (1, 0, 1, 0, 0, 0)),
        ("2025-03-01", "09-30", (0, 0, 0, 0, 0, 0)), ("2025-03-01", "11-01", (1, 0, 0, 0, 0, 1)), ("10-08", "10-20", (0, 1, 1, 0, 0, 0)),
        ("10-08", "10-08", (0, 1, 1, 0, 0, 0)), ("10-08", "11-01", (0, 1, 0, 0, 0, 1)),
    ],
)
def it_counts_a_person_by_the_days_of_joining_and_leaving(joined, left, wanted):
    assert figures(one(joined, left), "2026-10") == wanted
    assert figures(one(joined, left), "2026-10", "一组") == wanted


def it_opens_a_month_with_the_close_of_the_month_before():
    people = [one("10-01"), one("2025-01-01", "10-31"), one("10-05", "10-20"), one("2025-01-01", "11-01")]
    october, november = (headcount(people, GROUPS, month(2026, number))[WHOLE] for number in (10, 11))
    assert october["期末人力"] == november["期初人力"] == 2


MOVED = one("2025-01-01", None, ("10-08", "一组", "二组"), group="二组")


@pytest.mark.parametrize(
    ("scope", "period", "wanted"),
    [
        ("一组", "2026-10", (1, 0, 0, 0, 1, 0)), ("二组", "2026-10", (0, 0, 0, 1, 0, 1)), (WHOLE, "2026-10", (1, 0, 0, 0, 0, 1)),
        ("三组", "2026-10", (0,) * 6), ("一组", "2026-09", (1, 0, 0, 0, 0, 1)), ("二组", "2026-11", (1, 0, 0, 0, 0, 1)),
        ("二组", "2026Q4", (0, 0, 0, 1, 0, 1)), ("二组", "2026-10-08..2026-10-11", (0, 0, 0, 1, 0, 1)),
        ("二组", "2026-10-09..2026-10-11", (1, 0, 0, 0, 0, 1)),
    ],
)
def it_counts_a_transfer_as_neither_joining_nor_leaving(scope, period, wanted):
    assert figures(MOVED, period, scope) == wanted


def it_counts_a_leaver_in_the_group_of_the_last_day():
    person = one("2025-01-01", "10-20", ("10-08", "一组", "二组"), group="二组")
    assert figures(person, "2026-10", "一组") == (1, 0, 0, 0, 1, 0)
    assert figures(person, "2026-10", "二组") == (0, 0, 1, 1, 0, 0)


@pytest.mark.parametrize(
    ("joined", "left", "moved", "counted"),
    [
        ("2025-01-01", None, "10-08", 1),
        ("10-08", None, "10-08", 0),
        ("10-09", None, "10-08", 0),
        ("2025-01-01", "10-08", "10-08", 0),
        ("2025-01-01", "10-07", "10-08", 0),
        ("2025-01-01", "10-09", "10-08", 1),
    ],
)
def it_counts_a_transfer_only_of_someone_in_force_before_and_after(joined, left, moved, counted):
    person = one(joined, left, (moved, "一组", "二组"), group="二组")
    assert figures(person, "2026-10", "二组")[3] == figures(person, "2026-10", "一组")[4] == counted
    assert figures(person, "2026-10")[3:5] == (0, 0)


def it_counts_there_and_back_twice_within_a_quarter_but_leaves_opening_and_closing():
    person = one("2025-01-01", None, ("07-06", "一组", "二组"), ("09-07", "二组", "一组"))
    assert figures(person, "2026Q3", "一组") == (1, 0, 0, 1, 1, 1)
    assert figures(person, "2026Q3", "二组") == (0, 0, 0, 1, 1, 0)
    assert figures(person, "2026-08", "二组") == (1, 0, 0, 0, 0, 1)


def it_averages_opening_and_closing_in_a_month_and_the_months_beyond():
    """Golden quarter (domain.md §3.4): 40 42 40 45; average 41.5 and not 42.5."""
    joiners = [("01-12", 6), ("02-09", 5), ("03-09", 8)]
    leavers = [("01-20", 4), ("02-20", 7), ("03-20", 3)]
    people = [one(when) for when, count in joiners for _ in range(count)]
    people += [one("2025-01-01", when) for when, count in leavers for _ in range(count)]
    people += [one("2025-01-01") for _ in range(40 - 14)]
    by_month = [headcount(people, GROUPS, month(2026, number))[WHOLE] for number in (1, 2, 3)]
    assert [(m["期初人力"], m["增员人数"], m["脱落人数"], m["期末人力"], m["平均人力"]) for m in by_month] == [
        (40, 6, 4, 42, 41),
        (42, 5, 7, 40, 41),
        (40, 8, 3, 45, 42.5),
    ]
    whole = headcount(people, GROUPS, quarter(2026, 1))[WHOLE]
    assert (whole["期初人力"], whole["增员人数"], whole["脱落人数"], whole["期末人力"], whole["平均人力"], whole["人力月"]) == (
        40,
        19,
        14,
        45,
        41.5,
        124.5,
    )


def it_gives_every_group_its_figures_even_an_empty_one():
    assert headcount([], GROUPS, month(2026, 10)) == {
        scope: {**dict.fromkeys(ORDER, 0), "平均人力": 0, "人力月": 0} for scope in (*GROUPS, WHOLE)
    }


# ---------------------------------------------------------------------------------------------------------- properties

START, END = date(2025, 10, 1), date(2027, 3, 31)
some_day = st.dates(START, END)
periods = st.sampled_from(
    [month(2026, 1), month(2026, 6), quarter(2026, 2), parse_period("2026"), parse_period("2026-02-09..2026-02-15")]
) | st.builds(
    lambda start, length: Period(start, start + timedelta(days=length)), st.dates(date(2025, 11, 1), date(2026, 12, 1)), st.integers(0, 100)
)


@st.composite
def agents(draw: st.DrawFn) -> Agent:
    """A person with a life that holds together: each transfer starts where the one before ended."""
    joined = draw(some_day)
    left = draw(st.none() | st.dates(joined, END))
    path = draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=4))
    days = sorted(draw(st.lists(some_day, min_size=len(path) - 1, max_size=len(path) - 1)))
    moves = tuple(Move(when, source, to) for when, source, to in zip(days, path, path[1:], strict=False) if source != to)
    return Agent("A", "君", path[-1], joined, left, moves)


departments = st.lists(agents(), max_size=8)


def counted(people: list[Agent], period: Period) -> dict[str, dict[str, Any]]:
    return {scope: dict(measures) for scope, measures in headcount(people, GROUPS, period).items()}


@given(departments, periods)
@settings(max_examples=200)
def it_bridges_every_group_from_opening_to_closing(people, period):
    for measures in counted(people, period).values():
        opening, joined, lost, came, went, closing = (measures[key] for key in ORDER)
        assert opening + joined + came - lost - went == closing


@given(departments, periods)
@settings(max_examples=100)
def it_makes_up_the_whole_from_the_groups(people, period):
    by_scope = counted(people, period)
    for key in ("期初人力", "增员人数", "脱落人数", "期末人力", "平均人力", "人力月"):
        assert sum(by_scope[group][key] for group in GROUPS) == pytest.approx(by_scope[WHOLE][key])
    assert sum(by_scope[group]["调入"] for group in GROUPS) == sum(by_scope[group]["调出"] for group in GROUPS)
    assert by_scope[WHOLE]["调入"] == by_scope[WHOLE]["调出"] == 0


@given(departments)
@settings(max_examples=60)
def it_adds_the_months_up_to_the_quarter(people):
    whole = counted(people, quarter(2026, 2))
    months = [counted(people, month(2026, number)) for number in (4, 5, 6)]
    for scope, measures in whole.items():
        for key in ("增员人数", "脱落人数", "调入", "调出", "人力月"):
            assert measures[key] == sum(each[scope][key] for each in months)
        assert (measures["期初人力"], measures["期末人力"]) == (months[0][scope]["期初人力"], months[-1][scope]["期末人力"])
        assert measures["平均人力"] == pytest.approx(sum(each[scope]["平均人力"] for each in months) / 3)


@given(agents(), st.dates(START, END))
def it_has_nobody_in_force_before_joining_or_from_the_day_of_leaving(person, when):
    assert person.in_force(when) is (person.joined <= when and (person.left is None or when < person.left))
    assert person.group_on(when) in GROUPS
