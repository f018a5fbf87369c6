"""Rules of 附表一 (V101–V111) and 附表二 (V201–V212)."""

from __future__ import annotations

from collections.abc import Iterator

from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix1, appendix2
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period
from zuxun_xl.tasks.checking.sums import Body, over_groups, over_time

_MONEY = ("计划件数", "计划FYP", "计划首年期交", "计划FYC")
_NEEDED = ("计划FYP", "计划件数", "计划举绩人数")
_FLOWS = tuple(f"计划{key}" for key in appendix2.FLOWS)
_PEOPLE = ("计划期初人力", *_FLOWS, "计划期末人力")
_IDENTITY = 0.005


def check_production(table: Table) -> Iterator[Finding]:
    """All rules of 附表一."""
    rule, body = appendix1.FORM.rule, Body(table)
    yield from over_time(body, _MONEY, rule("V101"), rule("V102"))
    yield from over_groups(body, (*_MONEY, "计划举绩人数"), rule("V103"))
    for index, group, period in body.rows():
        if len(period.pieces()) == 1:
            yield from _within_fyp(body, index, group, period)
            yield from _planned(body, index, group, period)
    yield from body.unreadable(rule("V111"))


def _within_fyp(body: Body, index: int, group: str, period: Period) -> Iterator[Finding]:
    """V104: 期交 and FYC cannot exceed FYP in a plan; V106: FYP = 件数 × 件均保费."""
    fyp = body.value(index, "计划FYP")
    if fyp is None:
        return
    figures = {"group": group, "month": period.label, "fyp": body.show("计划FYP", fyp)}
    for key in ("计划首年期交", "计划FYC"):
        value = body.value(index, key) if body.table.has(key) else None
        if value is not None and value > fyp + body.tolerance(key, 1):
            place = body.table.cell(index, key)
            yield appendix1.FORM.rule("V104").at(body.table.sheet, place, column=body.heading(key), value=body.show(key, value), **figures)
    cases, average = (body.value(index, key) if body.table.has(key) else None for key in ("计划件数", "计划件均保费"))
    if cases and average and abs(cases * average - fyp) > _IDENTITY * fyp + body.tolerance("计划FYP", 1):
        product = body.show("计划FYP", cases * average)
        yield appendix1.FORM.rule("V106").at(body.table.sheet, body.table.cell(index, "计划FYP"), product=product, **figures)


def _planned(body: Body, index: int, group: str, period: Period) -> Iterator[Finding]:
    """V108: every month has a plan."""
    unread = {(item.index, item.key) for item in body.table.unreadable}
    for key in _NEEDED:
        if body.table.has(key) and not body.value(index, key) and (index, key) not in unread:
            place = body.table.cell(index, key)
            yield appendix1.FORM.rule("V108").at(body.table.sheet, place, group=group, month=period.label, column=body.heading(key))


def check_people(table: Table) -> Iterator[Finding]:
    """All rules of 附表二."""
    rule, body = appendix2.FORM.rule, Body(table)
    yield from over_time(body, _FLOWS, rule("V203"), rule("V203"))
    yield from over_groups(body, _PEOPLE, rule("V204"))
    index = body.index()
    for (group, period), row in index.items():
        if len(period.pieces()) == 1:
            yield from _bridge(body, row, group, period)
            yield from _continues(body, index, row, group, period)
            yield from _counts(body, row, group, period)
            yield from _class(body, row, group, period)
        else:
            yield from _ends(body, index, row, group, period)
    yield from body.unreadable(rule("V211"))


def _bridge(body: Body, row: int, group: str, period: Period) -> Iterator[Finding]:
    """V201: 期末 = 期初 + 增员 + 调入 − 脱落 − 调出."""
    opening, closing = body.value(row, "计划期初人力"), body.value(row, "计划期末人力")
    joined, lost, came, went = (body.value(row, key) or 0 for key in _FLOWS)
    if opening is None or closing is None or opening + joined + came - lost - went == closing:
        return
    numbers = {"opening": opening, "joined": joined, "came": came, "lost": lost, "went": went, "closing": closing}
    shown = {name: f"{number:g}" for name, number in numbers.items()}
    yield appendix2.FORM.rule("V201").at(
        body.table.sheet, body.table.cell(row, "计划期末人力"), group=group, month=period.label,
        bridge=f"{opening + joined + came - lost - went:g}", **shown,
    )


def _continues(body: Body, index: dict[tuple[str, Period], int], row: int, group: str, period: Period) -> Iterator[Finding]:
    """V202: 期初 is the 期末 of the month before."""
    opening, before = body.value(row, "计划期初人力"), body.value(index.get((group, period.previous())), "计划期末人力")
    if opening is not None and before is not None and opening != before:
        place = body.table.cell(row, "计划期初人力")
        yield appendix2.FORM.rule("V202").at(
            body.table.sheet, place, group=group, month=period.label, opening=f"{opening:g}", closing=f"{before:g}"
        )


def _counts(body: Body, row: int, group: str, period: Period) -> Iterator[Finding]:
    """V205: people are counted in whole numbers from 0."""
    for key in _PEOPLE:
        value = body.value(row, key) if body.table.has(key) else None
        if value is not None and (value < 0 or value != int(value)):
            place = body.table.cell(row, key)
            yield appendix2.FORM.rule("V205").at(
                body.table.sheet, place, group=group, month=period.label, column=body.heading(key), value=f"{value:g}"
            )


def _class(body: Body, row: int, group: str, period: Period) -> Iterator[Finding]:
    """V208: who plans recruits needs a class; V212: it is held in that month."""
    if not body.table.has("开班日"):
        return
    day, joined = body.table.column("开班日")[row], body.value(row, "计划增员人数")
    place = body.table.cell(row, "开班日")
    if day is None and joined:
        yield appendix2.FORM.rule("V208").at(body.table.sheet, place, group=group, month=period.label, joined=f"{joined:g}")
    if day is not None and day not in period:
        yield appendix2.FORM.rule("V212").at(body.table.sheet, place, group=group, month=period.label, day=day)


def _ends(body: Body, index: dict[tuple[str, Period], int], row: int, group: str, period: Period) -> Iterator[Finding]:
    """V203 for headcount: 期初 of a longer period is the first month's, 期末 the last month's."""
    pieces = period.pieces()
    for key, piece in (("计划期初人力", pieces[0]), ("计划期末人力", pieces[-1])):
        shown, wanted = body.value(row, key), body.value(index.get((group, piece)), key)
        if shown is not None and wanted is not None and shown != wanted:
            yield appendix2.FORM.rule("V203").at(
                body.table.sheet, body.table.cell(row, key), group=group, quarter=period.label, column=body.heading(key),
                shown=f"{shown:g}", sum=f"{wanted:g}",
            )
