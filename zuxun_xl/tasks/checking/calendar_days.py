"""Rules of 附表六 on its days (V601, V608, V609): every date once, weekday and workday as the calendar has them, a final version."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from zuxun_xl.findings import Finding, Level
from zuxun_xl.forms import appendix6
from zuxun_xl.tasks.checking.agenda import Agenda, spoken
from zuxun_xl.units import squeeze
from zuxun_xl.workdays import WEEKDAYS

_WEEKDAY = re.compile(r"(?:星期|周|礼拜)?([一二三四五六日天1-7])(?:\.0)?")
_WORK = re.compile(r"工作日|上班|补班|班$|调休班")
_OFF = re.compile(r"休息|放假|^休$|公休|双休|周末|元旦|除夕|春节|清明|劳动节|五一|端午|中秋|国庆|法定假")
_ADJACENT = timedelta(days=6)
"""Days of the weeks in which a month begins and ends may be shown with it."""
_FINAL = re.compile(r"定稿")
_OPEN = re.compile(r"待定|暂定|未定|待安排|待通知|另行通知")
_MOVED = re.compile(r"改为|改到|改期|改在|取消|调整到|调整为|顺延")
_VERSION = re.compile(r"修订|变更|版本|第[一二三四五六七八九十\d]+版|更新")


def check_days(agenda: Agenda) -> Iterator[Finding]:
    """All rules on the days themselves."""
    yield from _once(agenda)
    yield from _missing(agenda)
    for day in agenda.days:
        yield from _weekday(agenda, day)
        yield from _workday(agenda, day)
    if _FINAL.search(agenda.table.title):
        yield from _final(agenda)


def _once(agenda: Agenda) -> Iterator[Finding]:
    """V601: no date twice, none that cannot be read, none of another month."""
    seen: set[date] = set()
    for index, day in agenda.rows:
        problem = ""
        if day is None:
            problem = f"日期“{agenda.raw(index)}”读不懂" if agenda.raw(index) is not None else ""
        elif day in seen:
            problem = f"{spoken(day)}出现了不止一次"
        elif agenda.period and not agenda.period.start - _ADJACENT <= day <= agenda.period.end + _ADJACENT:
            problem = f"{day}不在{agenda.period.label}内"
        seen |= {day} if day is not None else set()
        if problem:
            yield appendix6.FORM.rule("V601").at(agenda.table.sheet, agenda.table.cell(index, "日期"), problem=problem)


def _missing(agenda: Agenda) -> Iterator[Finding]:
    """V601: no date is missing; a calendar of workdays alone may leave out the others."""
    if agenda.period is None or not agenda.days:
        return
    workdays = agenda.ledger.settings.workdays
    wanted = agenda.period.days() if len(agenda.days) > len(agenda.workdays) else workdays.within(agenda.period)
    missing = [day for day in wanted if day not in agenda.days]
    if missing:
        few = "、".join(map(spoken, missing[:3])) + (f"等{len(missing)}天" if len(missing) > 3 else "")  # noqa: PLR2004
        rule = appendix6.FORM.rule("V601").graded(Level.WARNING)
        yield rule.at(agenda.table.sheet, agenda.heading("日期"), problem=f"{agenda.period.label}缺{few}")


def _weekday(agenda: Agenda, day: date) -> Iterator[Finding]:
    """V609: the weekday is that of the date."""
    shown = squeeze(str(agenda.table.column("星期")[agenda.days[day]]))
    match = _WEEKDAY.fullmatch(shown)
    if match and match[1] not in (WEEKDAYS[day.weekday()], str(day.isoweekday()), "天" if day.isoweekday() == 7 else ""):  # noqa: PLR2004
        yield appendix6.FORM.rule("V609").at(
            agenda.table.sheet, agenda.cell(day, "星期"), day=spoken(day), shown=shown, wanted=f"星期{WEEKDAYS[day.weekday()]}"
        )


def _workday(agenda: Agenda, day: date) -> Iterator[Finding]:
    """V609: working and free days are those of the calendar with the department's own days; a national notice may still change them."""
    shown = squeeze(str(agenda.table.column("日历")[agenda.days[day]] or ""))
    says = True if _WORK.search(shown) else False if _OFF.search(shown) else None
    works = agenda.ledger.settings.workdays.is_workday(day)
    if says is not None and says != works:
        yield appendix6.FORM.rule("V609").graded(Level.WARNING).at(
            agenda.table.sheet, agenda.cell(day, "日历"), day=spoken(day), shown=shown, wanted="工作日" if works else "休息日"
        )


def _final(agenda: Agenda) -> Iterator[Finding]:
    """V608: a final calendar is protected, holds nothing open, and says of later changes that they are such."""
    rule, sheet = appendix6.FORM.rule("V608"), agenda.table.sheet
    if not agenda.ledger.book.is_protected(sheet):
        yield rule.graded(Level.NOTE).at(sheet, agenda.heading("日期"), problem="工作表没有保护，谁都可以改")
    revised = _VERSION.search(agenda.table.title)
    for day in agenda.days:
        for key in agenda.table.columns:
            text = agenda.text(day, key)
            if _OPEN.search(text):
                yield rule.at(sheet, agenda.cell(day, key), problem=f"{spoken(day)}还写着“{text}”")
            elif _MOVED.search(text) and not revised:
                yield rule.at(sheet, agenda.cell(day, key), problem=f"{spoken(day)}有改动“{text}”，标题没有写明修订")
