"""Rules of 附表六 on morning meetings (V602, V603, V604, V607): weekly minima, who hosts and speaks, a fair rota."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from math import ceil

from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix6
from zuxun_xl.tasks.checking.agenda import MORNING, Agenda, spoken
from zuxun_xl.units import squeeze

_TIME = re.compile(r"(?<!\d)(\d{1,2})[::：](\d{2})|(?<!\d)(\d{1,2})[点时](半)?")
_LEAST_TURNS = 5
"""Turns from which on a share says something about fairness."""


def check_mornings(agenda: Agenda) -> Iterator[Finding]:
    """All rules on morning meetings."""
    yield from _minima(agenda)
    yield from _hosts(agenda)
    for day in agenda.workdays:
        yield from _speaker(agenda, day)
        yield from _two_parts(agenda, day)
    for day in agenda.days:
        yield from _same_time(agenda, day)
    yield from _rota(agenda)


def _minima(agenda: Agenda) -> Iterator[Finding]:
    """V602: each segment as often a week as the handbook asks, in a short week as often as there are working days.

    Days on which nothing is arranged yet (V603) may still bring what is wanting.
    """
    for week, days in agenda.weeks:
        idle = sum(not agenda.text(day, *MORNING) for day in days)
        for key, least in appendix6.WEEKLY.items():
            held = sum(bool(agenda.text(day, key)) for day in days)
            wanted = min(least, len(days))
            if agenda.table.has(key) and held + idle < wanted:
                short = f"（手册每周{least}次，本周只有{len(days)}个工作日）" if wanted < least else ""
                yield appendix6.FORM.rule("V602").at(
                    agenda.table.sheet, agenda.cell(days[0], key), week=f"{spoken(week.start)}—{spoken(week.end)}", segment=key, held=held,
                    wanted=wanted, short=short,
                )


def _hosts(agenda: Agenda) -> Iterator[Finding]:
    """V603: a morning meeting has a host; days in a row for which nothing is arranged yet are named together."""
    if not agenda.table.has("主持人"):
        return
    rule, idle = appendix6.FORM.rule("V603"), list[date]()
    for day in [*agenda.workdays, None]:
        if day is not None and not agenda.text(day, *MORNING):
            idle.append(day)
            continue
        if idle:
            span = spoken(idle[0]) + (f"—{spoken(idle[-1])}共{len(idle)}个工作日" if len(idle) > 1 else "")
            yield rule.at(agenda.table.sheet, agenda.cell(idle[0], "主持人"), problem=f"{span}还没有安排早会")
            idle = []
        if day is not None and not agenda.text(day, "主持人"):
            yield rule.at(agenda.table.sheet, agenda.cell(day, "主持人"), problem=f"{spoken(day)}早会没有主持人")


def _speaker(agenda: Agenda, day: date) -> Iterator[Finding]:
    """V603: a topic has a speaker."""
    topic = agenda.text(day, "专题")
    if topic and agenda.table.has("主讲人") and not agenda.text(day, "主讲人"):
        yield appendix6.FORM.rule("V603").at(
            agenda.table.sheet, agenda.cell(day, "主讲人"), problem=f"{spoken(day)}专题“{topic}”没有主讲人"
        )


def _two_parts(agenda: Agenda, day: date) -> Iterator[Finding]:
    """V604: the host of a morning meeting does not give its topic as well."""
    for name in set(agenda.people(day, "主持人")) & set(agenda.people(day, "主讲人")):
        yield appendix6.FORM.rule("V604").at(
            agenda.table.sheet, agenda.cell(day, "主讲人"), day=spoken(day), name=name, first="主持早会", second="主讲专题"
        )


def _same_time(agenda: Agenda, day: date) -> Iterator[Finding]:
    """V604: nobody is named for two things at one time."""
    booked: dict[tuple[str, str], str] = {}
    for key, item in agenda.items(day):
        match = _TIME.search(squeeze(item))
        if match is None:
            continue
        time = f"{int(match[1] or match[3])}:{match[2] or ('30' if match[4] else '00')}"
        names = [name for name in _known(agenda) if name in item]
        for name in [*names, *(agenda.people(day, "讲师") if key == "训练" else ())]:
            other = booked.setdefault((time, name), item)
            if other != item:
                yield appendix6.FORM.rule("V604").at(
                    agenda.table.sheet, agenda.cell(day, key), day=spoken(day) + time, name=name, first=other, second=item
                )


def _known(agenda: Agenda) -> set[str]:
    """Names of persons that a text may hold."""
    hosts = {name for day in agenda.days for key in ("主持人", "主讲人") for name in agenda.people(day, key)}
    return {name for name in hosts | {agent.name for agent in agenda.ledger.department.people.agents.values()} if len(name) > 1}


def _rota(agenda: Agenda) -> Iterator[Finding]:
    """V607: nobody takes more than the department's share of the turns; the trainer may speak as often as need be."""
    most, roster = agenda.ledger.settings.most_turns, {agent.name for agent in agenda.ledger.department.people.agents.values()}
    for key in ("主持人", "主讲人"):
        turns: Counter[str] = Counter()
        places: dict[str, str] = defaultdict(str)
        for day in agenda.days if agenda.table.has(key) else ():
            for name in agenda.people(day, key):
                if key == "主持人" or name in roster:
                    turns[name] += 1
                    places[name] = agenda.cell(day, key)
        total = turns.total()
        for name, count in turns.items():
            if total >= _LEAST_TURNS and count > ceil(most * total):
                yield appendix6.FORM.rule("V607").at(
                    agenda.table.sheet, agenda.heading(key), column=agenda.table.form.by_key[key].heading, name=name, count=count,
                    total=total, share=f"{count / total:.0%}", most=f"{most:.0%}",
                )
