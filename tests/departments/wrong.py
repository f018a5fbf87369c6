"""The kinds of wrong entries, each made by chance in a department's workbook, with what then counts (domain.md §8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

from tests.departments.model import Line
from tests.departments.spoilt import Spoilt
from zuxun_xl.book.grid import ErrorValue
from zuxun_xl.cells import address

Kind = Callable[[Spoilt, str], None]
KINDS: dict[str, Kind] = {}


def kind(function: Kind) -> Kind:
    """Register a way to make a mistake."""
    KINDS[function.__name__] = function
    return function


def spoil(spoilt: Spoilt) -> Spoilt:
    """Make every kind of mistake that the workbook has room for."""
    for name, make in KINDS.items():
        make(spoilt, name)
    return spoilt


def _who(spoilt: Spoilt, table: str) -> str:
    return "工号" if spoilt.has(table, "工号") else "姓名"


def _on(day: date, year: int) -> str:
    return f"{year}-{day.month:02}-{min(day.day, 28):02}"


# -------------------------------------------------------------------------------------------- new business, left out


@kind
def agent_unknown(spoilt: Spoilt, name: str) -> None:
    line = spoilt.a_line()
    spoilt.put(name, "保单", line, **{_who(spoilt, "保单"): "查无此人"})
    spoilt.without(line)


@kind
def day_that_is_none(spoilt: Spoilt, name: str) -> None:
    line = spoilt.a_line()
    spoilt.put(name, "保单", line, 日期=spoilt.dice.choice(("2026-02-30", "2026.13.5", "2026/6/31", "20260931")))
    spoilt.without(line)


@kind
def day_of_another_century(spoilt: Spoilt, name: str) -> None:
    line = spoilt.a_line()
    spoilt.put(name, "保单", line, 日期=_on(line.day, spoilt.dice.choice((1926, 2062, 2206))))
    spoilt.without(line)


@kind
def amount_with_letters(spoilt: Spoilt, name: str) -> None:
    line = spoilt.a_line()
    spoilt.put(name, "保单", line, 保费=spoilt.dice.choice(("12,5OO", "1O00", "五千元整", "3.4OO")))
    spoilt.without(line)


@kind
def amount_blank(spoilt: Spoilt, name: str) -> None:
    line = spoilt.a_line()
    spoilt.put(name, "保单", line, 保费=None)
    spoilt.without(line)


@kind
def amount_an_error(spoilt: Spoilt, name: str) -> None:
    line = spoilt.a_line()
    spoilt.put(name, "保单", line, 保费=ErrorValue("#VALUE!"))
    spoilt.without(line)


@kind
def line_doubled(spoilt: Spoilt, name: str) -> None:
    spoilt.repeat(name, "保单", spoilt.a_line(), 保单号=...)


@kind
def business_after_leaving(spoilt: Spoilt, name: str) -> None:
    leaver = spoilt.a_leaver()
    line = spoilt.a_line(lambda line: line.day > (leaver.contracts[-1].left or line.day) + timedelta(days=20) and line.group == leaver.group)
    codes = {"工号": int(leaver.code)} if spoilt.has("保单", "工号") else {}
    spoilt.put(name, "保单", line, 姓名=leaver.name, **codes, 日期=line.day)
    spoilt.without(line)


# ------------------------------------------------------------------------------------------------ new business, doubtful


@kind
def negative_without_an_issued_line(spoilt: Spoilt, name: str) -> None:
    line = spoilt.a_line(lambda line: line.day.month > 2)
    spoilt.put(name, "保单", line, 保费=spoilt.money(-line.premium))
    spoilt.instead(line, premium=-line.premium, withdrawal=True)


def _priced(spoilt: Spoilt, name: str, factor: Fraction) -> None:
    """A premium that is another one by a factor; a commission beside it stays what it was."""
    line = spoilt.a_line(lambda line: line.years > 1)
    premium = line.premium * factor
    spoilt.put(name, "保单", line, 保费=spoilt.money(premium))
    spoilt.instead(line, premium=premium, typed_cents=None if spoilt.in_wan else line.commission_cents)


@kind
def decimal_point_to_the_right(spoilt: Spoilt, name: str) -> None:
    _priced(spoilt, name, Fraction(100))


@kind
def decimal_point_to_the_left(spoilt: Spoilt, name: str) -> None:
    _priced(spoilt, name, Fraction(1, 100))


@kind
def amount_in_another_unit(spoilt: Spoilt, name: str) -> None:
    _priced(spoilt, name, Fraction(10_000) if spoilt.in_wan else Fraction(1, 10_000))


def _rated(spoilt: Spoilt, line: Line, rate: int) -> None:
    if spoilt.in_wan:
        spoilt.instead(line, product=replace(line.product, rates={line.years: rate}))


@kind
def rate_above_one(spoilt: Spoilt, name: str) -> None:
    line = spoilt.a_line()
    spoilt.put(name, "保单", line, 佣金率=f"{line.rate * 100}%")
    _rated(spoilt, line, line.rate * 100)


@kind
def rate_blank(spoilt: Spoilt, name: str) -> None:
    if spoilt.in_wan:
        line = spoilt.a_line()
        spoilt.put(name, "保单", line, 佣金率=None)
        _rated(spoilt, line, 0)


@kind
def policy_number_blank(spoilt: Spoilt, name: str) -> None:
    spoilt.put(name, "保单", spoilt.a_line(), 保单号=None)


@kind
def kind_unknown(spoilt: Spoilt, name: str) -> None:
    if spoilt.has("保单", "主附"):
        line = spoilt.a_line()
        spoilt.put(name, "保单", line, 主附="待确认")
        spoilt.instead(line, product=replace(line.product, main=False))


@kind
def name_against_code(spoilt: Spoilt, name: str) -> None:
    if spoilt.has("保单", "工号"):
        line = spoilt.a_line()
        spoilt.put(name, "保单", line, 姓名=next(p.name for p in spoilt.own.people if p.name != line.person.name))


@kind
def group_misspelt(spoilt: Spoilt, name: str) -> None:
    names = [person.name for person in spoilt.own.people]
    if spoilt.has("保单", "组别"):
        line = spoilt.a_line(lambda line: names.count(line.person.name) == 1)
        spoilt.put(name, "保单", line, 组别=f"{line.group[0]}玻组")


@kind
def year_ahead(spoilt: Spoilt, name: str) -> None:
    line = spoilt.a_line(lambda line: line.day.month < 9)
    spoilt.put(name, "保单", line, 日期=_on(line.day, spoilt.own.year + 1))
    spoilt.without(line)  # beyond the last day counted


@kind
def year_behind(spoilt: Spoilt, name: str) -> None:
    line = spoilt.a_line(lambda line: 2 < line.day.month < 9)
    spoilt.put(name, "保单", line, 日期=_on(line.day, spoilt.own.year - 1))
    spoilt.without(line)  # before the first month of the ledger


# ---------------------------------------------------------------------------------------------------------------- people


@kind
def code_doubled(spoilt: Spoilt, name: str) -> None:
    spoilt.repeat(name, "人员", spoilt.a_person(), 工号=...)


@kind
def leave_before_join(spoilt: Spoilt, name: str) -> None:
    if spoilt.has("人员", "离司"):
        person = spoilt.a_person()
        spoilt.put(name, "人员", person, 离司=person.contracts[0].joined - timedelta(days=90))


@kind
def leave_date_that_is_none(spoilt: Spoilt, name: str) -> None:
    if spoilt.has("人员", "离司"):
        spoilt.put(name, "人员", spoilt.a_person(), 离司="2026-04-31")


@kind
def state_against_leave_date(spoilt: Spoilt, name: str) -> None:
    if spoilt.has("人员", "状态"):
        spoilt.put(name, "人员", spoilt.a_person(), 状态="解约")


@kind
def join_date_missing(spoilt: Spoilt, name: str) -> None:
    spoilt.repeat(name, "人员", spoilt.a_person(), 工号="NEW001", 姓名="新人甲", 入司=None)


@kind
def join_date_that_is_none(spoilt: Spoilt, name: str) -> None:
    spoilt.repeat(name, "人员", spoilt.a_person(), 工号="NEW002", 姓名="新人乙", 入司="2026-09-31")


@kind
def group_misspelt_in_the_roster(spoilt: Spoilt, name: str) -> None:
    person = spoilt.a_person()
    spoilt.repeat(name, "人员", person, 工号="NEW003", 姓名="新人丙", 入司="2026-12-30", 组别=f"{person.group[:-1]}阻")


# -------------------------------------------------------------------------------------------------------------- renewals


@kind
def paid_more_than_due(spoilt: Spoilt, name: str) -> None:
    due = spoilt.a_due(lambda due: due.paid is not None)
    spoilt.put(name, "续期", due, 实收=due.premium * 10)
    spoilt.instead(due, typed=due.premium * 10)


@kind
def paid_without_a_day(spoilt: Spoilt, name: str) -> None:
    due = spoilt.a_due(lambda due: due.paid is not None)
    spoilt.put(name, "续期", due, 实收日期=None)
    spoilt.instead(due, paid=None)


@kind
def state_against_payment(spoilt: Spoilt, name: str) -> None:
    due = spoilt.a_due(lambda due: due.paid is None)
    spoilt.put(name, "续期", due, 状态="已收" if spoilt.in_wan else "已缴")


@kind
def due_day_that_is_none(spoilt: Spoilt, name: str) -> None:
    due = spoilt.a_due()
    spoilt.put(name, "续期", due, 应收日期="2026-06-31")
    spoilt.without(due)


@kind
def due_amount_with_letters(spoilt: Spoilt, name: str) -> None:
    due = spoilt.a_due()
    spoilt.put(name, "续期", due, 应收="2,O00")
    spoilt.without(due)


@kind
def due_of_nobody(spoilt: Spoilt, name: str) -> None:
    due = spoilt.a_due()
    spoilt.put(name, "续期", due, **{_who(spoilt, "续期"): "查无此人"})
    spoilt.without(due)


@kind
def due_doubled(spoilt: Spoilt, name: str) -> None:
    spoilt.repeat(name, "续期", spoilt.a_due(lambda due: due.paid is not None), 保单号=...)


@kind
def paid_long_before_due(spoilt: Spoilt, name: str) -> None:
    due = spoilt.a_due(lambda due: due.paid is not None and due.day.month > 3)
    early = due.day - timedelta(days=364)
    spoilt.put(name, "续期", due, 实收日期=early)
    spoilt.instead(due, paid=early)


# ------------------------------------------------------------------------------------------------- mornings, activity


@kind
def log_of_nobody(spoilt: Spoilt, name: str) -> None:
    log = spoilt.a_log()
    spoilt.put(name, "活动", log, **{_who(spoilt, "活动"): "查无此人"})
    spoilt.without(log)


@kind
def log_of_a_day_that_is_none(spoilt: Spoilt, name: str) -> None:
    log = spoilt.a_log()
    spoilt.put(name, "活动", log, 日期="2026-09-31")
    spoilt.without(log)


@kind
def log_in_words(spoilt: Spoilt, name: str) -> None:
    log = spoilt.a_log()
    spoilt.put(name, "活动", log, 约访="若干")
    spoilt.instead(log, calls=0)


@kind
def log_negative(spoilt: Spoilt, name: str) -> None:
    log = spoilt.a_log()
    spoilt.put(name, "活动", log, 约访=-5)
    spoilt.instead(log, calls=-5)


@kind
def log_far_too_high(spoilt: Spoilt, name: str) -> None:
    log = spoilt.a_log()
    spoilt.put(name, "活动", log, 约访=2026)
    spoilt.instead(log, calls=2026)


@kind
def log_doubled(spoilt: Spoilt, name: str) -> None:
    log = spoilt.a_log()
    spoilt.repeat(name, "活动", log, 日期=...)
    spoilt.twice(log)


@kind
def mark_unknown(spoilt: Spoilt, name: str) -> None:
    if spoilt.has("考勤"):
        mark = spoilt.a_mark()
        spoilt.put(name, "考勤", mark, 符号="？？")
        spoilt.without(mark)


@kind
def mark_doubled(spoilt: Spoilt, name: str) -> None:
    if spoilt.has("考勤"):
        mark = spoilt.a_mark()
        spoilt.repeat(name, "考勤", mark, 日期=...)
        spoilt.twice(mark)


# ----------------------------------------------------------------------------------------------------------------- plans


def _plan(spoilt: Spoilt, name: str, what: str, number: int, value: object, place: int = 1) -> None:
    """A figure of one group's plan, in a month whose figures nobody compares; 13 is the year, and of 夏荷 -2 its second quarter."""
    group = spoilt.own.groups[place]
    if not spoilt.in_wan:
        sheet, row = "业绩与人力计划", 2 + 13 * place + number
        column = {"件数": 4, "FYP": 5, "期交": 6, "期初": 8, "增员": 9, "脱落": 10, "期末": 11}[what]
    elif what in {"期初", "增员", "脱落", "期末"}:
        sheet, row, column = "人力目标", 2 + 12 * place + number, {"期初": 3, "增员": 4, "脱落": 5, "期末": 6}[what]
    else:
        row = 3 + number + (number - 1) // 3 if number > 0 else 3 - 4 * number
        sheet, column = f"{group}业绩计划", {"件数": 3, "FYP": 4, "期交": 5}[what]
    spoilt.house.change(sheet, row, column, value)
    spoilt.expected[name] = sheet, address(row, column)


@kind
def subtotal_typed_wrong(spoilt: Spoilt, name: str) -> None:
    _plan(spoilt, name, "件数", -2 if spoilt.in_wan else 13, 7)


@kind
def plan_in_words(spoilt: Spoilt, name: str) -> None:
    _plan(spoilt, name, "FYP", 12, "待定", place=2)


@kind
def regular_plan_above_all(spoilt: Spoilt, name: str) -> None:
    _plan(spoilt, name, "期交", 11 if spoilt.in_wan else 12, 9_999_999)


@kind
def headcount_negative(spoilt: Spoilt, name: str) -> None:
    _plan(spoilt, name, "增员", 12, -2)


@kind
def bridge_broken(spoilt: Spoilt, name: str) -> None:
    _plan(spoilt, name, "期末", 12, 77)


@kind
def opening_not_the_closing_before(spoilt: Spoilt, name: str) -> None:
    _plan(spoilt, name, "期初", 12, 55)
