"""Periods in words and as texts, the weeks of a month, Chinese workdays with 调休, time progress."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuxun_xl.errors import CallError
from zuxun_xl.periods import Period, find_period, month, month_of, parse_period, quarter, year_of
from zuxun_xl.workdays import Workdays

DAY = timedelta(days=1)
CHINA = Workdays()
OCTOBER = month(2026, 10)
dates = st.dates(date(2000, 1, 1), date(2099, 12, 31))
years = st.integers(1990, 2098)
months_of_year = st.integers(1, 12)


cuts = st.sampled_from((1, 26)) | st.integers(1, 28)


def _spans(first: tuple[int, int], count: int, cut: int) -> Period:
    last = first[0] * 12 + first[1] - 1 + count - 1
    return Period(month(*first, cut).start, month(last // 12, last % 12 + 1, cut).end, cut)


day_ranges = st.builds(lambda start, length, cut: Period(start, start + length * DAY, cut), dates, st.integers(0, 400), cuts)
month_ranges = st.builds(_spans, st.tuples(years, months_of_year), st.integers(1, 30), cuts)
periods = day_ranges | month_ranges

# ------------------------------------------------------------------------------------------------------------ as texts


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("2026-10", OCTOBER), ("2026-1", month(2026, 1)), ("2026.10", OCTOBER), ("2026/10", OCTOBER), ("2026年10月", OCTOBER),
        (" 2026 年 10 月 ", OCTOBER), ("２０２６－１０", OCTOBER), ("2026Q3", quarter(2026, 3)), ("2026q3", quarter(2026, 3)),
        ("2026-Q3", quarter(2026, 3)), ("2026年三季度", quarter(2026, 3)), ("2026年第三季度", quarter(2026, 3)),
        ("2026年第3季度", quarter(2026, 3)), ("2026三季", quarter(2026, 3)), ("2026", year_of(2026)), ("2026年", year_of(2026)),
        ("2026年度", year_of(2026)), ("2026年全年", year_of(2026)), ("2026-01..2026-10", Period(date(2026, 1, 1), date(2026, 10, 31))),
        ("2026-01~2026-10", Period(date(2026, 1, 1), date(2026, 10, 31))),
        ("2026年1月至2026年10月", Period(date(2026, 1, 1), date(2026, 10, 31))),
        ("2026年1—10月", Period(date(2026, 1, 1), date(2026, 10, 31))), ("2026年1月-10月", Period(date(2026, 1, 1), date(2026, 10, 31))),
        ("2026Q1..2026Q2", Period(date(2026, 1, 1), date(2026, 6, 30))),
        ("2026-10-12..2026-10-18", Period(date(2026, 10, 12), date(2026, 10, 18))),
        ("2026/10/12～2026/10/18", Period(date(2026, 10, 12), date(2026, 10, 18))),
        ("2026年10月12日—10月18日", Period(date(2026, 10, 12), date(2026, 10, 18))),
        ("2026年10月12日—18日", Period(date(2026, 10, 12), date(2026, 10, 18))),
        ("2026-10-12", Period(date(2026, 10, 12), date(2026, 10, 12))),
    ],
)
def it_understands_the_period_a_person_states(text, period):
    assert parse_period(text) == period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-10", "2026-09-26", "2026-10-25"), ("2026年1月", "2026-01-01", "2026-01-25"), ("2026-02", "2026-01-26", "2026-02-25"),
        ("2026-12", "2026-11-26", "2026-12-31"), ("2026Q1", "2026-01-01", "2026-03-25"), ("2026年三季度", "2026-06-26", "2026-09-25"),
        ("2026Q4", "2026-09-26", "2026-12-31"), ("2026", "2026-01-01", "2026-12-31"), ("2026-01..2026-10", "2026-01-01", "2026-10-25"),
        ("2026年5—7月", "2026-04-26", "2026-07-25"), ("2026-10-12..2026-10-18", "2026-10-12", "2026-10-18"),
        ("2026年10月26日—31日", "2026-10-26", "2026-10-31"), ("2026-10-26", "2026-10-26", "2026-10-26"),
    ],
)
def it_takes_the_months_a_person_states_for_working_months_and_days_for_days(text, first, last):
    assert parse_period(text, 26) == Period(date.fromisoformat(first), date.fromisoformat(last), 26)


@pytest.mark.parametrize(
    "text",
    [
        "", "十月", "10月", "2026-13", "2026-00", "2026-0", "2026Q5", "2026Q0", "2026-02-30", "26-10", "202610", "2026-10..", "..2026-10",
        "2026-10..2026-09", "2026-01..2026-02..2026-03", "0000", "0000-01", "0000Q1", "9999", "9999-12", "2026年10月12日—32日",
        "2026年5—13月", "上个月",
    ],
)
def it_refuses_what_is_no_period_and_shows_the_forms(text):
    assert find_period(text) is None
    with pytest.raises(CallError, match="2026Q3") as caught:
        parse_period(text)
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("period", "ident", "label"),
    [
        (OCTOBER, "2026-10", "2026年10月"), (month(2026, 1), "2026-01", "2026年1月"), (quarter(2026, 3), "2026Q3", "2026年三季度"),
        (year_of(2026), "2026", "2026年"), (Period(date(2026, 1, 1), date(2026, 10, 31)), "2026-01..2026-10", "2026年1—10月"),
        (Period(date(2026, 2, 1), date(2026, 4, 30)), "2026-02..2026-04", "2026年2—4月"),
        (Period(date(2026, 10, 12), date(2026, 10, 18)), "2026-10-12..2026-10-18", "2026年10月12日—10月18日"),
        (Period(date(2025, 11, 1), date(2026, 2, 28)), "2025-11..2026-02", "2025年11月—2026年2月"),
        (Period(date(2025, 1, 1), date(2026, 12, 31)), "2025-01..2026-12", "2025年1月—2026年12月"),
        (Period(date(2025, 12, 29), date(2026, 1, 4)), "2025-12-29..2026-01-04", "2025年12月29日—2026年1月4日"),
    ],
)
def it_names_a_period_for_the_command_and_for_people(period, ident, label):
    assert (period.id, period.label) == (ident, label)


@given(periods)
def it_finds_a_period_again_from_its_id_and_its_label(period):
    assert parse_period(period.id, period.cut) == period
    assert parse_period(period.label, period.cut) == period


def it_calls_a_working_month_by_the_name_of_its_month():
    assert [(whole.id, whole.label) for whole in (month(2026, 10, 26), quarter(2026, 3, 26), year_of(2026, 26))] == [
        ("2026-10", "2026年10月"), ("2026Q3", "2026年三季度"), ("2026", "2026年")
    ]
    ranges = [Period(date(2026, 1, 1), date(2026, 10, 25), 26), Period(date(2026, 10, 1), date(2026, 10, 31), 26)]
    assert [whole.id for whole in ranges] == ["2026-01..2026-10", "2026-10-01..2026-10-31"]


@given(st.text("0123456789-/.年月日Qq季度一二三四至~ ", max_size=14))
def it_never_fails_on_odd_text(text):
    period = find_period(text)
    assert period is None or (period.start <= period.end and parse_period(period.id) == period)


# ------------------------------------------------------------------------------------------------- parts and neighbours


@given(periods)
def it_cuts_a_period_into_pieces_of_months_that_make_it_up_again(period):
    pieces = period.pieces()
    assert (pieces[0].start, pieces[-1].end) == (period.start, period.end)
    assert all(later.start == earlier.end + DAY for earlier, later in pairwise(pieces))
    assert all(month_of(piece.start, period.cut) == month_of(piece.end, period.cut) for piece in pieces)


@given(years, cuts)
def it_tiles_a_year_with_its_months_and_a_quarter_with_three_of_them(year, cut):
    months = [month(year, number, cut) for number in range(1, 13)]
    assert year_of(year, cut).pieces() == year_of(year, cut).months() == tuple(months)
    assert [day for whole in months for day in whole.days()] == year_of(year).days()
    assert [quarter(year, number, cut).months() for number in range(1, 5)] == [tuple(months[n : n + 3]) for n in (0, 3, 6, 9)]


@given(dates, cuts)
def it_finds_the_month_of_a_day(day, cut):
    assert day in month_of(day, cut)
    assert month_of(day, cut).months() == (month_of(day, cut),)


@given(dates)
def it_leaves_natural_months_as_the_calendar_has_them(day):
    whole = month_of(day)
    assert (whole.start.day, (whole.end + DAY).day) == (1, 1)
    assert whole == month(day.year, day.month)


@given(month_ranges)
def it_goes_back_by_as_many_whole_months(period):
    before, own = period.previous().months(), period.months()
    assert own is not None
    assert before is not None
    assert len(before) == len(own)
    assert before[-1].end == period.start - DAY
    assert period.previous().cut == period.cut


@given(day_ranges)
def it_goes_back_by_as_many_days_when_it_cuts_a_month(period):
    before = period.previous()
    assert before.end == period.start - DAY
    if period.months() is None:
        assert len(before.days()) == len(period.days())


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("2026-01", "2025-12"),
        ("2026-03", "2026-02"),
        ("2026Q1", "2025Q4"),
        ("2026", "2025"),
        ("2026-01..2026-10", "2025-03..2025-12"),
        ("2026-10-12..2026-10-18", "2026-10-05..2026-10-11"),
    ],
)
def it_knows_the_period_before(text, before):
    assert parse_period(text).previous().id == before


@given(periods, dates)
def it_clips_a_period_to_the_last_day_of_the_records(period, last):
    clipped = period.clipped(last)
    assert clipped.start == period.start
    assert clipped.end == max(min(period.end, last), period.start)
    assert clipped.cut == period.cut
    assert all(day in period for day in (clipped.start, clipped.end))


# ------------------------------------------------------------------------------------------------------------ workdays


@pytest.mark.parametrize("day", [date(2026, 9, 20), date(2026, 10, 10), date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 12)])
def it_works_on_weekdays_and_on_make_up_days(day):
    assert CHINA.is_workday(day)


@pytest.mark.parametrize(
    "day",
    [
        *(date(2026, 10, n) for n in range(1, 8)), date(2026, 10, 11), date(2026, 10, 17), date(2026, 1, 1), date(2026, 2, 17),
    ],
)
def it_rests_on_weekends_and_national_holidays(day):
    assert not CHINA.is_workday(day)


@given(st.dictionaries(st.dates(date(2026, 9, 1), date(2026, 11, 30)), st.booleans(), min_size=1, max_size=5))
@settings(max_examples=30)
def it_lets_the_departments_own_days_win(overrides):
    own = Workdays(overrides)
    assert {day: own.is_workday(day) for day in overrides} == overrides
    others = [day for day in OCTOBER.days() if day not in overrides]
    assert [own.is_workday(day) for day in others] == [CHINA.is_workday(day) for day in others]


def it_counts_the_working_days_of_october():
    assert len(CHINA.within(OCTOBER)) == 18
    assert CHINA.within(OCTOBER)[:3] == [date(2026, 10, 8), date(2026, 10, 9), date(2026, 10, 10)]


@pytest.mark.parametrize(
    ("period", "as_of", "passed"),
    [
        ("2026-10", date(2026, 10, 31), True), ("2026-10", date(2026, 11, 30), True), ("2026-10", date(2026, 10, 30), True),
        ("2026-10", date(2026, 10, 29), False), ("2026-10", date(2026, 9, 30), False), ("2026-10", date(2026, 1, 1), False),
        ("2026Q4", date(2026, 10, 31), False), ("2026-01", date(2026, 1, 30), True), ("2026-10-01..2026-10-04", date(2026, 9, 30), False),
        ("2026-10-01..2026-10-04", date(2026, 10, 1), True), ("2026-10-12..2026-10-18", date(2026, 10, 16), True),
        ("2026-10-12..2026-10-18", date(2026, 10, 15), False), ("2026-09-28..2026-10-07", date(2026, 9, 30), True),
    ],
)
def it_knows_whether_a_period_has_passed(period, as_of, passed):
    assert CHINA.has_passed(parse_period(period), as_of) is passed


def it_waits_for_a_make_up_day_the_department_added():
    assert not Workdays({date(2026, 10, 31): True}).has_passed(OCTOBER, date(2026, 10, 30))


@given(day_ranges, dates)
@settings(max_examples=40)
def it_has_passed_only_when_no_working_day_is_left(period, as_of):
    calendar = Workdays({period.start + n * DAY: n % 2 == 0 for n in range(len(period.days()))})
    if calendar.has_passed(period, as_of):
        assert not [day for day in calendar.within(period) if day > as_of]


@pytest.mark.parametrize(
    ("as_of", "gone"),
    [
        (date(2026, 9, 30), 0),
        (date(2026, 10, 7), 0),
        (date(2026, 10, 8), 1),
        (date(2026, 10, 10), 3),
        (date(2026, 10, 11), 3),
        (date(2026, 10, 30), 18),
        (date(2026, 12, 1), 18),
    ],
)
def it_measures_time_progress_in_working_days(as_of, gone):
    assert CHINA.progress(OCTOBER, as_of) == pytest.approx(gone / 18)


# --------------------------------------------------------------------------------------------------------------- weeks


def it_cuts_october_2026_as_the_forms_head_their_weeks():
    assert [(week.start.day, week.end.day) for week in CHINA.weeks(OCTOBER)] == [(1, 11), (12, 18), (19, 25), (26, 31)]


@pytest.mark.parametrize("cut", [1, 26])
@pytest.mark.parametrize("year", [2024, 2025, 2026])
@pytest.mark.parametrize("number", range(1, 13))
def it_parts_every_month_into_weeks_that_each_have_a_working_day(year, number, cut):
    whole = month(year, number, cut)
    weeks = CHINA.weeks(whole)
    assert [day for week in weeks for day in week.days()] == whole.days()
    assert all(CHINA.within(week) for week in weeks)
    assert all(week.start.weekday() == 0 for week in weeks[1:])


@given(day_ranges.filter(lambda period: len(period.days()) < 60), st.sets(st.integers(0, 60)))
@settings(max_examples=50)
def it_parts_any_period_into_weeks_whatever_the_days_off(period, working):
    calendar = Workdays({day: n in working for n, day in enumerate(period.days())})
    weeks = calendar.weeks(period)
    assert [day for week in weeks for day in week.days()] == period.days()
    assert len(weeks) == 1 or all(calendar.within(week) for week in weeks)
