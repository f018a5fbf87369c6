"""Rules of 附表四 from one week to the next (V402, V403, V406, V407, V409): cumulative figures, headcount, changed targets."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

from zuxun_xl.findings import Finding, Level
from zuxun_xl.forms import appendix4
from zuxun_xl.forms.appendix2 import FLOWS
from zuxun_xl.kpi.measures import total_of
from zuxun_xl.periods import Period, month_of
from zuxun_xl.tasks.checking.sums import Body
from zuxun_xl.tasks.ledger import Ledger

_DAY = timedelta(days=1)
_WITHDRAWN = re.compile(r"撤单|撤件|契撤|退保|冲减|犹退|负")
_TRANSFERS = ("调入", "调出")
_NEXT_WEEK = timedelta(days=3)


@dataclass(frozen=True)
class Line:
    """The weeks of one group in order.

    Attributes:
        group: its name.
        weeks: the weeks, each with its record index.
    """

    group: str
    weeks: Sequence[tuple[Period, int]]

    def pairs(self) -> Iterator[tuple[tuple[Period, int], tuple[Period, int]]]:
        """Each week with the one after it."""
        return zip(self.weeks, self.weeks[1:], strict=False)


def lines_of(body: Body) -> list[Line]:
    """The weeks of each group in order."""
    found: dict[str, dict[Period, int]] = defaultdict(dict)
    for index, group, week in body.rows():
        found[group].setdefault(week, index)
    return [Line(group, sorted(weeks.items())) for group, weeks in found.items()]


def check_lines(ledger: Ledger, body: Body) -> Iterator[Finding]:
    """All rules that look from one week to the next."""
    for line in lines_of(body):
        yield from _cumulative(ledger, body, line)
        yield from _distinct(body, line)
        yield from _headcount(ledger, body, line)
        yield from _targets(body, line)


def _cumulative(ledger: Ledger, body: Body, line: Line) -> Iterator[Finding]:
    """V402: the month's cumulative FYP never falls, unless policies were withdrawn."""
    for (before, earlier), (week, index) in line.pairs():
        shown, last = body.value(index, "月累计FYP"), body.value(earlier, "月累计FYP")
        if shown is None or last is None or _month(before) != _month(week) or shown >= last - body.tolerance("月累计FYP", 1):
            continue
        if not _WITHDRAWN.search(body.text(index, "备注", "主要问题", "措施")) and not _fell(ledger, line.group, week):
            yield appendix4.FORM.rule("V402").at(
                body.table.sheet, body.cell(index, "月累计FYP"), group=line.group, week=week.label, shown=body.show("月累计FYP", shown),
                before=body.show("月累计FYP", last),
            )


def _fell(ledger: Ledger, group: str, week: Period) -> bool:
    """Whether the records themselves show a week of more withdrawals than new business."""
    values = ledger.measures(week).get(group, {}) if ledger.reaches(week) else {}
    return (values.get("FYP") or 0) < 0


def _distinct(body: Body, line: Line) -> Iterator[Finding]:
    """V403: who produced in several weeks of a month is counted once in the month: at most the sum, at least the best week."""
    for week, index in line.weeks:
        whole = _month(week)
        so_far = [(other, body.value(place, "实际举绩人数")) for other, place in line.weeks if other <= week and _month(other) == whole]
        shown, total = body.value(index, "月累计举绩人数"), total_of([value for _, value in so_far])
        if shown is None or total is None or so_far[0][0].start > whole.start:
            continue
        best = max((value or 0 for other, value in so_far if other.start >= whole.start), default=0)
        if not best <= shown <= total:
            rule = appendix4.FORM.rule("V403")
            problem = f"多于各周之和{total:g}" if shown > total else f"少于最多的一周{best:g}"
            yield (rule if shown > total else rule.graded(Level.WARNING)).at(
                body.table.sheet, body.cell(index, "月累计举绩人数"), group=line.group, week=week.label, shown=f"{shown:g}", problem=problem
            )


def _headcount(ledger: Ledger, body: Body, line: Line) -> Iterator[Finding]:
    """V406: the bridge of the week; V407: 期初 is the 期末 of the week before."""
    for week, index in line.weeks:
        opening, closing = (body.value(index, f"实际{key}") for key in ("期初人力", "期末人力"))
        if opening is None or closing is None:
            continue
        joined, lost, came, went = (_flow(ledger, body, key, index, line.group, week) for key in FLOWS)
        if opening + joined + came - lost - went != closing:
            numbers = {"opening": opening, "joined": joined, "came": came, "lost": lost, "went": went, "closing": closing}
            yield appendix4.FORM.rule("V406").at(
                body.table.sheet, body.cell(index, "实际期末人力"), group=line.group, week=week.label,
                bridge=f"{opening + joined + came - lost - went:g}", **{name: f"{number:g}" for name, number in numbers.items()},
            )
    for (before, earlier), (week, index) in line.pairs():
        opening, closing = body.value(index, "实际期初人力"), body.value(earlier, "实际期末人力")
        gap = Period(before.end + _DAY, week.start - _DAY)
        if opening is None or closing is None or opening == closing or ledger.settings.workdays.within(gap):
            continue
        rule = appendix4.FORM.rule("V407")
        yield (rule if gap.end < gap.start else rule.graded(Level.WARNING)).at(
            body.table.sheet, body.cell(index, "实际期初人力"), group=line.group, week=week.label, opening=f"{opening:g}",
            closing=f"{closing:g}",
        )


def _flow(ledger: Ledger, body: Body, key: str, index: int, group: str, week: Period) -> float:
    """A flow as typed; transfers that the form does not show as the roster knows them."""
    if body.table.has(f"实际{key}") or key not in _TRANSFERS or not ledger.reaches(week):
        return body.value(index, f"实际{key}") or 0
    return ledger.measures(week).get(group, {}).get(key) or 0


def _targets(body: Body, line: Line) -> Iterator[Finding]:
    """V409 within the form: against 原计划, against what the week before announced, within the month."""
    for week, index in line.weeks:
        yield from changed_target(body, line.group, week, index, "计划FYP", "原计划", body.value(index, "原计划FYP"))
    for (before, earlier), (week, index) in line.pairs():
        if week.start - before.end <= _NEXT_WEEK:
            announced = body.value(earlier, "下周计划FYP")
            yield from changed_target(body, line.group, week, index, "计划FYP", "上一周写的下周计划", announced)
        if _month(before) == _month(week):
            yield from changed_target(body, line.group, week, index, "月计划FYP", "上一周写的月计划", body.value(earlier, "月计划FYP"))


def changed_target(
    body: Body, group: str, week: Period, index: int, key: str, source: str, before: float | None
) -> Iterator[Finding]:
    """V409: a target that was changed says why."""
    shown = body.value(index, key)
    if shown is None or before is None or abs(shown - before) <= body.tolerance(key, 0) or _reason(body, index):
        return
    yield appendix4.FORM.rule("V409").at(
        body.table.sheet, body.cell(index, key), group=group, week=week.label, column=body.heading(key), shown=body.show(key, shown),
        source=source, before=body.show(key, before),
    )


def _reason(body: Body, index: int) -> bool:
    return bool(body.text(index, "调整理由") or re.search(r"调整|理由|依据|因为|由于", body.text(index, "备注", "措施")))


def _month(week: Period) -> Period:
    """The month that a week's cumulative figures speak of: the one of its last day."""
    return month_of(week.end, week.cut)
