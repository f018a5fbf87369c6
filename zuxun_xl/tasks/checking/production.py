"""Rules of 附表一 (V101–V111) on the plan of business: sums, FYP and its parts, the company's task."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import product

from zuxun_xl.cells import address
from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix1
from zuxun_xl.forms.labels import period_in, slot, year_in
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period, year_of
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.checking.ratios import check_ratios
from zuxun_xl.tasks.checking.sums import Body, Figures, impossible, over_groups, over_time
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import parse_number, squeeze

_MONEY = ("计划件数", "计划FYP", "计划首年期交", "计划FYC")
_NEEDED = ("计划FYP", "计划件数", "计划举绩人数")
_IDENTITY = 0.005
_PERSON = 0.5
_EXPLAINED = re.compile(r"差异|原因|因为|由于|说明(?!会)|另计|不含")
_NO_PLAN = re.compile(r"无计划|没有计划|不下达|不设|不安排|暂停|停业|休整|未成立|新成立|撤并|无任务|没有任务")
_TASK = re.compile(
    r"(?:公司|上级|机构|中支)[^\d,，;；。]{0,16}?(?:任务|下达|计划|目标)[^\d,，;；。]{0,12}?(?P<amount>\d[\d,.]*(?:[万亿])?元)"
)
_SLOT = re.compile(r"(?:全年|年度)|(?:第?[一二三四1-4]季度?)|(?:(?:1[0-2]|[1-9])月)")


def check_production(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """All rules of 附表一 on one of its sheets."""
    rule, body = appendix1.FORM.rule, Body(table)
    yield from check_ratios(body, rule("V107"))
    for index, group, period in body.rows():
        if len(period.pieces()) == 1:
            yield from within_fyp(body, index, group, period)
            yield from _drivers(body, index, group, period)
    yield from _planned(body)
    yield from _company_columns(body)
    yield from _company_rows(body)
    yield from _company_note(ledger, table)
    yield from impossible(body, (*_MONEY, "计划举绩人数"), rule("V112"))
    yield from body.unreadable(rule("V111"))


def check_production_sums(tables: Sequence[Table]) -> Iterator[Finding]:
    """V101–V103 over all sheets of 附表一: one a group, one a quarter, or all in one."""
    rule, figures = appendix1.FORM.rule, Figures(tables)
    yield from over_time(figures, _MONEY, rule("V101"), rule("V102"))
    yield from over_groups(figures, (*_MONEY, "计划举绩人数"), rule("V103"))


def within_fyp(body: Body, index: int, group: str, period: Period) -> Iterator[Finding]:
    """V104: 期交 and FYC cannot exceed FYP in a plan; in actual figures a withdrawn single premium may leave 期交 above FYP."""
    fyp = body.value(index, "计划FYP")
    for key in ("计划首年期交", "计划FYC") if fyp is not None else ():
        value = body.value(index, key) if body.table.has(key) else None
        if value is not None and fyp is not None and value > fyp + body.tolerance(key, 1):
            yield appendix1.FORM.rule("V104").at(
                body.table.sheet, body.cell(index, key), group=group, month=period.label, column=body.heading(key),
                value=body.show(key, value), fyp=body.show("计划FYP", fyp),
            )


def _drivers(body: Body, index: int, group: str, period: Period) -> Iterator[Finding]:
    """V106: FYP = 件数 × 件均保费 and 举绩人数 = 平均人力 × 举绩率, within half a per cent or explained in the row."""
    if _EXPLAINED.search(body.text(index, "备注", "措施")):
        return
    identities = (
        ("计划FYP", ("计划件数", "计划件均保费"), body.tolerance("计划FYP", 1)),
        ("计划举绩人数", ("计划平均人力", "计划举绩率"), _PERSON),
    )
    for key, factors, rounding in identities:
        shown = body.value(index, key)
        one, other = (body.value(index, factor) for factor in factors)
        if shown and one and other and abs(one * other - shown) > _IDENTITY * shown + rounding:
            yield appendix1.FORM.rule("V106").at(
                body.table.sheet, body.cell(index, key), group=group, month=period.label, column=body.heading(key),
                shown=body.show(key, shown), factors="×".join(map(body.heading, factors)), product=body.show(key, one * other),
            )


def _planned(body: Body) -> Iterator[Finding]:
    """V108: every month has a plan, or a reason why not. A group without any figure in a column is named once."""
    months: dict[str, list[tuple[Period, int]]] = defaultdict(list)
    for index, group, period in body.rows():
        if len(period.pieces()) == 1 and not _excused(body, index):
            months[group].append((period, index))
    unread = {(item.index, item.key) for item in body.table.unreadable}
    for (group, rows), key in product(months.items(), _NEEDED):
        missing = [(period, index) for period, index in sorted(rows) if not body.value(index, key) and (index, key) not in unread]
        whole = len(missing) == len(rows) > 1
        for period, index in missing[: 1 if whole else None] if body.table.has(key) else ():
            label = f"{period.label}起各月" if whole else period.label
            yield appendix1.FORM.rule("V108").at(
                body.table.sheet, body.cell(index, key), group=group, month=label, column=body.heading(key)
            )


def _excused(body: Body, index: int) -> bool:
    return bool(body.text(index, "备注") or _NO_PLAN.search(body.text(index, "措施", "主题")))


def _company_columns(body: Body) -> Iterator[Finding]:
    """V105: the company's task in a column of its own."""
    for index, group, period in body.rows() if body.table.has("公司任务") else ():
        task, plan = body.value(index, "公司任务"), body.value(index, "计划FYP")
        if task is not None and plan is not None:
            yield from _below(body, "计划FYP", task, plan, body.cell(index, "计划FYP"), f"{group}{period.label}")


def _company_rows(body: Body) -> Iterator[Finding]:
    """V105: the company's task in rows of its own, against the whole department."""
    index = body.index()
    for row, period in body.tasks():
        place = index.get((WHOLE, period))
        for key in (*_MONEY, "计划举绩人数"):
            task, plan = body.value(row, key), body.value(place, key)
            if place is not None and task is not None and plan is not None:
                yield from _below(body, key, task, plan, body.cell(place, key), f"{WHOLE}{period.label}")


def _company_note(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """V105: the company's task for FYP in a note above the table, against the plan of the period it names (the year if none)."""
    grid, body = ledger.grids[table.sheet], Body(table)
    for row in range(1, table.header):
        for column, value in enumerate(grid.rows[row - 1], start=1):
            found = _TASK.search(squeeze(value)) if isinstance(value, str) else None
            if found is None or "期交" in found[0] or "人力" in found[0]:
                continue
            period = _period_of(found[0], year_in(table.title) or ledger.as_of.year, ledger.settings.month_start)
            task, plan = parse_number(found["amount"]), ledger.plan.of(period).get(WHOLE, {}).get("FYP")
            if task is not None and plan is not None:
                yield from _below(body, "计划FYP", task, plan, address(row, column), f"{WHOLE}{period.label}")


def _period_of(text: str, year: int, cut: int) -> Period:
    stated = _SLOT.search(text)
    return period_in(text, cut) or (stated and slot(stated[0], year, cut)) or year_of(year, cut)


def _below(body: Body, key: str, task: float, plan: float, place: str, where: str) -> Iterator[Finding]:
    if task > plan + body.tolerance(key, 1):
        yield appendix1.FORM.rule("V105").at(
            body.table.sheet, place, where=where, column=body.heading(key), plan=body.show(key, plan), task=body.show(key, task),
            gap=body.show(key, task - plan),
        )
