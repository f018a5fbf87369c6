"""Filling 附表五: measures and KPIs of every group, plan and previous period of the department, states and measures of the lookup."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from zuxun_xl.book.changes import Content, Formula
from zuxun_xl.book.read import Context
from zuxun_xl.cells import address
from zuxun_xl.diagnosis.judge import severity
from zuxun_xl.forms import appendix5
from zuxun_xl.forms.table import Table
from zuxun_xl.functions.ratios import call
from zuxun_xl.kpi.catalogue import GENERIC, HANDBOOK, KPIS
from zuxun_xl.kpi.compute import PLAN, kpi_value, lookup, monthly_scale
from zuxun_xl.kpi.measures import MEASURES, Values
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.filling.pen import UNDEFINED, Note, Pen
from zuxun_xl.units import PERCENT, squeeze

if TYPE_CHECKING:
    from zuxun_xl.tasks.diagnose import Diagnosis

_ATTAINED = {"FYP计划达成率": "FYP", "首年期交保费计划达成率": "首年期交"}
"""Attainments with a name of their own → the measure attained."""

_MOST_MEASURES = 2


def fill_kpis(pen: Pen, period: Period, entries: Sequence[Diagnosis]) -> None:
    """Fills the whole form for its period."""
    table, ledger = pen.table, pen.ledger
    context = Context(period.start.year, ledger.department.groups)
    columns = _columns(table, context)
    side = WHOLE if WHOLE in columns.values() or len(columns) != 1 else next(iter(columns.values()))
    rows = {key: row for row, key in zip(table.rows, table.column("指标"), strict=True) if key is not None}
    measures, plans = ledger.measures(period), ledger.plan.of(period)
    whole = plans.get(side, {})
    _fill_side(pen, rows, appendix5.PLAN, {key: _planned(key, whole) for key in rows}, f"{period.label}计划", side)
    for key in sorted(rows, key=lambda key: key not in MEASURES):
        for column, scope in columns.items():
            places = {name: (row, column) for name, row in rows.items()}
            if scope == side and appendix5.PLAN in table.columns:
                places |= {PLAN + name: (row, table.columns[appendix5.PLAN]) for name, row in rows.items()}
            content = _content(pen, key, measures[scope], plans.get(scope, {}), places, single=len(period.pieces()) == 1)
            pen.put(rows[key], column, content, _note(f"{period.label}{scope}", scope, key, actual=True))
    _fill_prior(pen, rows, period, side)
    _fill_states(pen, rows, [entry for entry in entries if side in (WHOLE, entry.group)])


def _columns(table: Table, context: Context) -> dict[int, str]:
    """Column → the group whose figures it holds; a form of one group alone has them under 本期值."""
    columns = {column: scope for column, text in table.extra.items() if (scope := context.scope(text)) is not None}
    own = [column for column, text in table.extra.items() if appendix5.OWN_VALUE.fullmatch(text)]
    text = squeeze(table.sheet + table.title)
    named = [group for group in context.groups if group in text]
    return columns or dict.fromkeys(own[:1], named[0] if len(named) == 1 else WHOLE)


def _note(why: str, scope: str, key: str, *, actual: bool = False) -> Note:
    percent = key.startswith(GENERIC) or (key in KPIS and KPIS[key].unit is PERCENT and key != "男女比率")
    return Note(why, appendix5.FORM.rule("V502"), {"group": scope, "kpi": key}, PERCENT.number_format if percent else None, actual)


def _content(
    pen: Pen, key: str, measures: Values, plan: Values, places: Mapping[str, tuple[int, int]], *, single: bool
) -> Content:
    if key in MEASURES:
        return measures.get(key)
    if key == "男女比率":
        return _gender(measures)
    if key.startswith(GENERIC):
        target = key.partition(":")[2]
        return _ratio_value(KPIS[GENERIC].expression().value({"实际": measures.get(target), "计划": plan.get(target)}), plan.get(target))
    kpi = KPIS[key]
    variant = pen.ledger.settings.variants.get(key, HANDBOOK)
    names = kpi.expression(variant).names
    if any(lookup(name, measures, plan) is None for name in names):
        return None
    value = kpi_value(kpi, measures, plan, variant)
    content = pen.formula(kpi.monthly(variant) if single else kpi.expression(variant), places, {}, value)
    if isinstance(content, Formula) and pen.how.formulas == "zx":
        text = call(kpi, variant, {name: address(*place) for name, place in places.items()})
        return content if text is None else Formula(text, content.value)
    return content


def _ratio_value(value: float | None, plan: float | None) -> Content:
    if plan is None:
        return None
    return UNDEFINED if value is None else value


def _gender(measures: Values) -> Content:
    men, women = measures.get("男性人数"), measures.get("女性人数")
    return None if men is None or women is None else f"{men:g}:{women:g}"


def _planned(key: str, plan: Values) -> float | None:
    """The plan or baseline of an indicator: the plan measure, 100 % for attainments, the KPI's formula on the plan measures."""
    if key in MEASURES:
        return plan.get(key)
    if key in _ATTAINED or key.startswith(GENERIC):
        target = _ATTAINED.get(key) or key.partition(":")[2]
        return 1.0 if plan.get(target) else None
    kpi = KPIS[key]
    variant = monthly_scale(key) if plan.get("举绩人数") is None else HANDBOOK
    return kpi_value(kpi, plan, {}, variant)


def _fill_side(pen: Pen, rows: Mapping[str, int], side: str, values: Mapping[str, Content], why: str, scope: str) -> None:
    column = pen.table.columns.get(side)
    if column is not None:
        for key, row in rows.items():
            pen.put(row, column, values[key], _note(why, scope, key))


def _fill_prior(pen: Pen, rows: Mapping[str, int], period: Period, scope: str) -> None:
    """The same figures of the department (or the form's one group) in the period of the same length before, if the records cover it."""
    ledger, before = pen.ledger, period.previous()
    if not ledger.covers(before):
        return
    measures, plan = ledger.measures(before)[scope], ledger.plan.of(before).get(scope, {})
    values = {key: _content(pen, key, measures, plan, {}, single=False) for key in rows}
    _fill_side(pen, rows, appendix5.PRIOR, values, f"{before.label}实绩", scope)


def _fill_states(pen: Pen, rows: Mapping[str, int], entries: Sequence[Diagnosis]) -> None:
    """State, groups concerned and measure ids in the rows of the KPIs that the lookup covers."""
    for key, row in rows.items():
        found = [entry for entry in entries if entry.problem.kpi == key]
        if found:
            present = sorted((entry for entry in found if entry.present), key=lambda entry: -severity(entry.verdict.state))
            state = max(found, key=lambda entry: severity(entry.verdict.state)).verdict.state
            texts = {appendix5.STATE: state, appendix5.PROBLEM: _problem(present), appendix5.REMEDY: _remedy(present)}
            for side, text in texts.items():
                if side in pen.table.columns:
                    pen.put(row, pen.table.columns[side], text or "无", _note("速查表诊断", "", key))


def _problem(present: Sequence[Diagnosis]) -> str:
    return f"{present[0].problem.name}：" + "、".join(f"{entry.group}（{entry.verdict.state}）" for entry in present) if present else ""


def _remedy(present: Sequence[Diagnosis]) -> str:
    """The first measures of the lookup by id; all of them stand in the sheet 诊断表."""
    if not present:
        return ""
    measures = present[0].problem.measures
    first = "；".join(f"{measure.id} {measure.text}" for measure in measures[:_MOST_MEASURES])
    return f"{first}；…{measures[-1].id} 见诊断表" if len(measures) > _MOST_MEASURES else first
