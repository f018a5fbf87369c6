"""The headcount bridge by name holds for any roster: the people at the close follow, one by one, from those at the opening."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.records.tables import agent, day, department, table
from zuxun_xl.periods import Period, month, parse_period, quarter
from zuxun_xl.records.department import Department
from zuxun_xl.records.headcount import PARTS
from zuxun_xl.records.model import WHOLE, Agent, Move
from zuxun_xl.records.people import People
from zuxun_xl.tasks.bridging.names import CAME, CLOSING, JOINED, LOST, OPENING, WENT, Bridge, bridges

GROUPS = ("一组", "二组", "三组")
START, END = date(2025, 10, 1), date(2027, 3, 31)


def codes(bridge: Bridge, *parts: str) -> Counter[str]:
    return Counter(each.agent.code for part in parts for each in bridge.parts[part])


@st.composite
def contracts(draw: st.DrawFn, first: date = START) -> Agent:
    """A contract whose transfers start each where the one before ended."""
    joined = draw(st.dates(first, END))
    left = draw(st.none() | st.dates(joined, END))
    path = draw(st.lists(st.sampled_from(GROUPS), min_size=1, max_size=4))
    days = sorted(draw(st.lists(st.dates(first, END), min_size=len(path) - 1, max_size=len(path) - 1)))
    moves = tuple(Move(when, source, to) for when, source, to in zip(days, path, path[1:], strict=False) if source != to)
    return Agent("A", "君", path[-1], joined, left, moves)


@st.composite
def persons(draw: st.DrawFn) -> Agent:
    """A person, perhaps one who left and came back."""
    first = draw(contracts())
    if first.left is None or first.left >= END or not draw(st.booleans()):
        return first
    return replace(draw(contracts(first.left + timedelta(days=1))), before=(first,))


def _department(people: list[Agent]) -> Department:
    return Department(People({code: _coded(each, code) for each, code in zip(people, "ABCDEFGH", strict=False)}, GROUPS), [])


def _coded(person: Agent, code: str) -> Agent:
    return replace(person, code=code, before=tuple(replace(contract, code=code) for contract in person.before))


departments = st.lists(persons(), max_size=8).map(_department)
periods = st.sampled_from([month(2026, 1), month(2026, 6, 26), quarter(2026, 2), parse_period("2026")]) | st.builds(
    lambda first, length: Period(first, first + timedelta(days=length)), st.dates(date(2025, 11, 1), date(2026, 12, 1)), st.integers(0, 100)
)


@given(departments, periods)
@settings(max_examples=200, deadline=None)
def it_bridges_every_group_name_by_name(found, period):
    for bridge in bridges(found, period).values():
        assert codes(bridge, OPENING, JOINED, CAME) == codes(bridge, CLOSING, LOST, WENT)


@given(departments, periods)
@settings(max_examples=100, deadline=None)
def it_names_as_many_as_the_measures_count(found, period):
    measures = found.measures(period)
    for scope, bridge in bridges(found, period).items():
        assert {part: bridge.count(part) for part in PARTS} == {part: measures[scope][part] for part in PARTS}


@given(departments, periods)
@settings(max_examples=100, deadline=None)
def it_names_everybody_in_force_and_nobody_else(found, period):
    by_scope = bridges(found, period)
    for scope, bridge in by_scope.items():
        assert codes(bridge, CLOSING) == Counter(each.code for each in found.in_force(scope, period.end))
        assert codes(bridge, OPENING) == Counter(each.code for each in found.in_force(scope, period.start - timedelta(days=1)))
    for part in (OPENING, JOINED, LOST, CLOSING):
        assert codes(by_scope[WHOLE], part) == sum((codes(by_scope[group], part) for group in GROUPS), Counter())
    assert not by_scope[WHOLE].parts[CAME] + by_scope[WHOLE].parts[WENT]


@pytest.mark.parametrize(
    ("part", "wanted"),
    [
        (OPENING, [{"code": "A1", "name": "君A1"}, {"code": "A2", "name": "君A2"}]),
        (JOINED, [{"code": "A3", "name": "君A3", "day": "2026-10-01"}]),
        (CAME, [{"code": "A4", "name": "君A4", "day": "2026-10-12", "from": "二组"}]),
        (LOST, [{"code": "A3", "name": "君A3", "day": "2026-10-20"}, {"code": "A2", "name": "君A2", "day": "2026-10-31"}]),
        (WENT, []),
        (CLOSING, [{"code": "A1", "name": "君A1"}, {"code": "A4", "name": "君A4"}]),
    ],
)
def it_tells_who_when_and_from_where(part, wanted):
    roster = [
        agent("A1"), agent("A2", left="10-31"), agent("A3", joined="10-01", left="10-20"), agent("A4", 调动="10月12日由二组调入一组"),
        agent("A5", "二组"),
    ]
    found = bridges(department(roster), month(2026, 10))["一组"]
    assert found.as_dict()[part] == wanted
    assert [each.agent.code for each in found.passed] == ["A3"]


def it_counts_up_to_the_last_day_of_the_records():
    found = department([agent("A1", left="10-20"), agent("A2", joined="10-19")], as_of="10-16", 活动日志=table("活动日志"))
    assert bridges(found, month(2026, 10))["一组"].as_dict() == {
        part: [{"code": "A1", "name": "君A1"}] if part in (OPENING, CLOSING) else [] for part in PARTS
    }
    assert bridges(found, month(2026, 10))[WHOLE].period.end == day("10-16")
