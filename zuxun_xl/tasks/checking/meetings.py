"""Rules of 附表六 on meetings and training (V605, V606): weekly and monthly meetings, authorised trainers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix6
from zuxun_xl.tasks.checking.agenda import MORNING, OTHERS, Agenda, spoken

_WEEKLY = re.compile(r"周会|周例会|周经营|周分析|周总结|(?<!月度)(?<!月)经营分析会|主管例会|主管周")
_MONTHLY = re.compile(r"月会|月例会|月经营|月度经营|月总结|月度总结|月度分析|月度会")
_TRAININGS = {
    "险种培训": re.compile(r"(?:险种|产品)(?:培训|训练|通关|授课)"),
    "准客户开拓训练": re.compile(r"准客户开拓|APS"),
}
_NO = re.compile(r"否|无|未|×|x|X|N|n|0")


def check_meetings(agenda: Agenda) -> Iterator[Finding]:
    """All rules on meetings and training."""
    if any(agenda.table.has(key) for key in OTHERS):
        yield from _weekly(agenda)
        yield from _monthly(agenda)
    for day in agenda.days:
        yield from _trainers(agenda, day)


def _weekly(agenda: Agenda) -> Iterator[Finding]:
    """V605: every week has its meeting (in the last one the monthly one will do), unless nothing is arranged in it yet."""
    for week, days in agenda.weeks:
        texts = [agenda.text(day, *OTHERS, "备注") for day in agenda.days if day in week]
        held = any(_WEEKLY.search(text) or _MONTHLY.search(text) for text in texts)
        if not held and any(agenda.text(day, *MORNING, *OTHERS) for day in days):
            problem = f"{spoken(week.start)}—{spoken(week.end)}没有周经营分析会"
            yield appendix6.FORM.rule("V605").at(agenda.table.sheet, agenda.cell(days[-1], _column(agenda)), problem=problem)


def _monthly(agenda: Agenda) -> Iterator[Finding]:
    """V605: a whole month has one meeting of the month."""
    if agenda.period is None or not agenda.workdays or len(agenda.period.months() or ()) != 1:
        return
    held = [day for day in agenda.days if _MONTHLY.search(agenda.text(day, *OTHERS, "备注"))]
    if len(held) != 1:
        problem = f"月度经营总结会安排了{len(held)}次：{'、'.join(map(spoken, held))}" if held else "没有安排月度经营总结会"
        place = held[-1] if held else agenda.workdays[-1]
        yield appendix6.FORM.rule("V605").at(agenda.table.sheet, agenda.cell(place, _column(agenda)), problem=problem)


def _column(agenda: Agenda) -> str:
    """The column that meetings are written in."""
    return next(key for key in ("会议", "重要行事", "训练") if agenda.table.has(key))


def _trainers(agenda: Agenda, day: date) -> Iterator[Finding]:
    """V606: who trains on products or on finding prospects is authorised, as a column or the department's settings say."""
    for key in ("专题", *OTHERS):
        text = agenda.text(day, key)
        for training, words in _TRAININGS.items():
            if words.search(text):
                problem = _problem(agenda, day, training, _trainers_of(agenda, day, key, text))
                if problem:
                    yield appendix6.FORM.rule("V606").at(
                        agenda.table.sheet, agenda.cell(day, key), day=spoken(day), training=training, problem=problem
                    )


def _trainers_of(agenda: Agenda, day: date, key: str, text: str) -> Sequence[str]:
    if key == "专题":
        return agenda.people(day, "主讲人")
    known = agenda.ledger.settings.trainers
    named = {agent.name for agent in agenda.ledger.department.people.agents.values()} | {name for names in known.values() for name in names}
    return agenda.people(day, "讲师") or [name for name in sorted(named) if name in text]


def _problem(agenda: Agenda, day: date, training: str, trainers: Sequence[str]) -> str:
    if agenda.table.has("授权") and (not (flag := agenda.text(day, "授权")) or _NO.fullmatch(flag)):
        return "授权一栏没有写明"
    allowed = set(agenda.ledger.settings.trainers.get(training, ()))
    if not allowed:
        return ""
    if training == "险种培训":
        allowed |= {agent.name for agent in agenda.ledger.department.people.agents.values() if agent.leader}
    if not trainers:
        return "没有写明讲师"
    strangers = [name for name in trainers if name not in allowed]
    return f"讲师{'、'.join(strangers)}不在授权名单里" if strangers else ""
