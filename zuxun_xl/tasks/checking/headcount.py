"""Rules of 附表二 (V201–V212): the bridge of headcount in plan and actual figures, subtotals, classes, words that belie the figures."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta

from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix2
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.measures import total_of
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE, Agent
from zuxun_xl.tasks.checking.ratios import check_ratios
from zuxun_xl.tasks.checking.rounding import half_digit
from zuxun_xl.tasks.checking.sums import Body, Figures, over_groups, over_time
from zuxun_xl.tasks.ledger import Ledger

_DAY = timedelta(days=1)
_SIDES = ("计划", "实际")
_FLOWS = appendix2.FLOWS
_TRANSFERS = ("调入", "调出")
_ADDED = ("期初人力", "增员人数", "脱落人数", "期末人力")
_AVERAGE = "计划平均人力"
_ROUNDED = 0.05
"""What an average kept to one decimal may differ by."""
_GROWTH = re.compile(r"(?<![负零不未防])(?:增长|增加|扩充|扩大|壮大|净增)")


def check_people(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """All rules of 附表二 on one of its sheets."""
    rule, body = appendix2.FORM.rule, Body(table)
    for side in _SIDES:
        yield from _netted(body, side)
    yield from check_ratios(body, rule("V107"))
    index = body.index()
    for (group, period), row in index.items():
        for side in _SIDES:
            if len(period.pieces()) == 1:
                yield from _bridge(ledger, body, side, row, group, period)
                yield from _continues(body, side, index, row, group, period)
                yield from _counts(body, side, row, group, period)
            else:
                yield from _ends(body, side, index, row, group, period)
        yield from _average(body, index, row, group, period)
        yield from classes_and_words(body, row, group, period)
        yield from _passers_through(ledger, body, row, group, period)
    yield from body.unreadable(rule("V211"))


def classes_and_words(body: Body, row: int, group: str, period: Period) -> Iterator[Finding]:
    """V208, V209 and V212: what a planned row says by itself."""
    yield from _class(body, row, group, period)
    yield from _words(body, row, group, period)


def check_people_sums(tables: Sequence[Table]) -> Iterator[Finding]:
    """V203 and V204 over all sheets of 附表二, for what adds up."""
    rule, figures = appendix2.FORM.rule, Figures(tables)
    for side in _SIDES:
        yield from over_time(figures, [side + key for key in _FLOWS], rule("V203"), rule("V203"))
        yield from over_groups(figures, [side + key for key in _ADDED], rule("V204"))


def _netted(body: Body, side: str) -> Iterator[Finding]:
    """V204 for transfers: moves between groups cancel out, so 全部 shows all of them or none."""
    index = body.index()
    came, went = (side + key for key in _TRANSFERS)
    groups = list(dict.fromkeys(group for group, _ in index if group != WHOLE))
    for (scope, period), row in index.items():
        sums = [total_of([body.value(index.get((group, period)), key) for group in groups]) for key in (came, went)]
        shown = [body.value(row, key) for key in (came, went)]
        if scope != WHOLE or None in (*sums, *shown):
            continue
        net, whole = shown[0] - shown[1], sums[0] - sums[1]  # type: ignore[operator]  # none of them is None here
        if net != whole:
            yield appendix2.FORM.rule("V204").at(
                body.table.sheet, body.cell(row, came), month=period.label, column=f"{body.heading(came)}−{body.heading(went)}",
                shown=f"{net:g}", sum=f"{whole:g}",
            )


def _bridge(ledger: Ledger, body: Body, side: str, row: int, group: str, period: Period) -> Iterator[Finding]:
    """V201: 期末 = 期初 + 增员 + 调入 − 脱落 − 调出. Actual transfers that the form does not show are taken from the roster."""
    opening, closing = body.value(row, f"{side}期初人力"), body.value(row, f"{side}期末人力")
    if opening is None or closing is None:
        return
    joined, lost, came, went = (_flow(ledger, body, side, key, row, group, period) for key in _FLOWS)
    if opening + joined + came - lost - went != closing:
        numbers = {"opening": opening, "joined": joined, "came": came, "lost": lost, "went": went, "closing": closing}
        shown = {name: f"{number:g}" for name, number in numbers.items()}
        yield appendix2.FORM.rule("V201").at(
            body.table.sheet, body.cell(row, f"{side}期末人力"), group=group, month=period.label,
            bridge=f"{opening + joined + came - lost - went:g}", **shown,
        )


def _flow(ledger: Ledger, body: Body, side: str, key: str, row: int, group: str, period: Period) -> float:
    if body.table.has(side + key) or side == "计划" or key not in _TRANSFERS or not _recorded(ledger, group, period):
        return body.value(row, side + key) or 0
    return ledger.measures(period)[group][key] or 0


def _recorded(ledger: Ledger, group: str, period: Period) -> bool:
    """Whether the records tell of a group in a period."""
    return group in ledger.department.scopes and ledger.reaches(period.pieces()[-1]) and ledger.covers(period)


def _continues(body: Body, side: str, index: dict[tuple[str, Period], int], row: int, group: str, period: Period) -> Iterator[Finding]:
    """V202: 期初 is the 期末 of the month before."""
    opening, before = body.value(row, f"{side}期初人力"), body.value(index.get((group, period.previous())), f"{side}期末人力")
    if opening is not None and before is not None and opening != before:
        yield appendix2.FORM.rule("V202").at(
            body.table.sheet, body.cell(row, f"{side}期初人力"), group=group, month=period.label, opening=f"{opening:g}",
            closing=f"{before:g}",
        )


def _counts(body: Body, side: str, row: int, group: str, period: Period) -> Iterator[Finding]:
    """V205: people are counted in whole numbers from 0."""
    for key in (f"{side}期初人力", *(side + key for key in _FLOWS), f"{side}期末人力"):
        value = body.value(row, key) if body.table.has(key) else None
        if value is not None and (value < 0 or value != int(value)):
            yield appendix2.FORM.rule("V205").at(
                body.table.sheet, body.cell(row, key), group=group, month=period.label, column=body.heading(key), value=f"{value:g}"
            )


def _class(body: Body, row: int, group: str, period: Period) -> Iterator[Finding]:
    """V208: who plans recruits needs a class; V212: it is held in that month."""
    if not body.table.has("开班日") or len(period.pieces()) > 1:
        return
    day, joined = body.table.column("开班日")[row], body.value(row, "计划增员人数")
    place = body.cell(row, "开班日")
    if day is None and joined:
        yield appendix2.FORM.rule("V208").at(body.table.sheet, place, group=group, month=period.label, joined=f"{joined:g}")
    if day is not None and day not in period:
        yield appendix2.FORM.rule("V212").at(body.table.sheet, place, group=group, month=period.label, day=day)


def _ends(body: Body, side: str, index: dict[tuple[str, Period], int], row: int, group: str, period: Period) -> Iterator[Finding]:
    """V203 for headcount: 期初 of a longer period is the first month's, 期末 the last month's."""
    pieces = period.pieces()
    for key, piece in ((f"{side}期初人力", pieces[0]), (f"{side}期末人力", pieces[-1])):
        shown, wanted = body.value(row, key), body.value(index.get((group, piece)), key)
        if shown is not None and wanted is not None and shown != wanted:
            yield _subtotal(body, key, row, group, period, shown, wanted)


def _average(body: Body, index: dict[tuple[str, Period], int], row: int, group: str, period: Period) -> Iterator[Finding]:
    """V203 for 平均人力: (期初+期末)/2 in a month, the mean of the months beyond it."""
    shown, rounded = body.value(row, _AVERAGE), half_digit(body.value(other, _AVERAGE) for other in index.values())
    ends = [body.value(index.get((group, piece)), key) for piece in period.pieces() for key in ("计划期初人力", "计划期末人力")]
    total = total_of(ends)
    if shown is not None and total is not None and abs(shown - total / len(ends)) > max(_ROUNDED, rounded):
        yield _subtotal(body, _AVERAGE, row, group, period, shown, total / len(ends))


def _subtotal(body: Body, key: str, row: int, group: str, period: Period, shown: float, wanted: float) -> Finding:
    return appendix2.FORM.rule("V203").at(
        body.table.sheet, body.cell(row, key), group=group, quarter=period.label, column=body.heading(key), shown=f"{shown:g}",
        sum=f"{wanted:.4g}",
    )


def _words(body: Body, row: int, group: str, period: Period) -> Iterator[Finding]:
    """V209: a plan whose words speak of growth does not shrink."""
    opening, closing, net = (body.value(row, key) for key in ("计划期初人力", "计划期末人力", "计划净增"))
    if net is None and opening is not None and closing is not None:
        net = closing - opening
    for key in ("活动", "备注") if net is not None and net < 0 else ():
        found = _GROWTH.search(body.text(row, key))
        if found:
            yield appendix2.FORM.rule("V209").at(
                body.table.sheet, body.cell(row, key), group=group, month=period.label, word=found[0], net=f"{net:g}"
            )


def _passers_through(ledger: Ledger, body: Body, row: int, group: str, period: Period) -> Iterator[Finding]:
    """V207: who joined and left within a period counts once in each flow; a typed flow that differs by such people is explained."""
    typed = {key: value for key in ("增员人数", "脱落人数") if (value := body.value(row, f"实际{key}")) is not None}
    if not typed or not _recorded(ledger, group, period):
        return
    people = [agent for agent in ledger.department.people.agents.values() if _passed(agent, group, period)]
    for key, value in typed.items():
        wanted = ledger.measures(period)[group][key]
        if wanted is not None and 0 < abs(value - wanted) <= len(people):
            yield appendix2.FORM.rule("V207").at(
                body.table.sheet, body.cell(row, f"实际{key}"), group=group, month=period.label, column=body.heading(f"实际{key}"),
                shown=f"{value:g}", value=f"{wanted:g}",
                people="、".join(f"{agent.name}（{agent.joined}入司、{agent.left}离司）" for agent in people),
            )


def _passed(agent: Agent, group: str, period: Period) -> bool:
    return (
        agent.left is not None and agent.joined in period and agent.left in period
        and group in (WHOLE, agent.group_on(agent.joined), agent.group_on(agent.left - _DAY))
    )
