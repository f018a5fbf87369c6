"""Small tables made with the worksheet functions: the KPIs of an area of measures, causes and measures of a problem."""

from __future__ import annotations

from zuxun_xl.diagnosis.lookup import Problem, find
from zuxun_xl.errors import CallError
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.values import Area, area_of
from zuxun_xl.kpi.catalogue import GENERIC, KPIS
from zuxun_xl.kpi.compute import PLAN
from zuxun_xl.kpi.measures import MEASURES

_KEYS = {name: key for key, measure in MEASURES.items() for name in (key, *measure.aliases)}
_AVERAGE, _ENDS = "平均人力", ("期初人力", "期末人力")


def kpi_rows(cells: object) -> Area:
    """The KPIs that an area of measures yields: names of the rows, one column a KPI, with headings.

    Args:
        cells: headings in the first row — measures, with 计划 in front for plans — and names in the first column; money in 元.

    Raises:
        CallError: the headings yield no KPI.
    """
    head, *rows = area_of(cells)
    columns = {_key(str(heading or "")): [[row[place]] for row in rows] for place, heading in enumerate(head) if place}
    if _AVERAGE in columns:
        columns = dict.fromkeys(_ENDS, columns[_AVERAGE]) | columns
    found = {key: kpi for key, kpi in KPIS.items() if key != GENERIC and columns.keys() >= kpi.parameters.keys()}
    if not found or not rows:
        known = "、".join(dict.fromkeys(name for kpi in KPIS.values() if kpi.key != GENERIC for name in kpi.parameters))
        raise CallError("区域里没有能算出指标的项目。", f"第一行写项目，第一列写组名；认得的项目：{known}。")
    values = [area_of(FUNCTIONS[kpi.function](*[columns[name] for name in kpi.parameters])) for kpi in found.values()]
    table: Area = [[head[0] or "组", *found]]
    return table + [[row[0], *(value[place][0] for value in values)] for place, row in enumerate(rows)]


def _key(heading: str) -> str:
    """The measure that a heading names, as KPI formulas call it."""
    name = heading.strip()
    plain = name.removeprefix(PLAN)
    return _KEYS.get(name) or (PLAN if plain != name else "") + _KEYS.get(plain, plain)


def lookup_rows(problem: str) -> Area:
    """The causes and the measures that the handbook's lookup has for a problem, each with its id, and headings.

    Raises:
        CallError: there is no such problem; names the nearest ones.
    """
    found = find(problem)
    if not isinstance(found, Problem):
        raise CallError(f"“{problem}”不是问题。", "请选五个问题之一。")
    causes: Area = [["可能原因", cause.id, cause.text] for cause in found.causes]
    measures: Area = [["改善措施", measure.id, measure.text] for measure in found.measures]
    return [["类别", "编号", found.name], *causes, *measures]
