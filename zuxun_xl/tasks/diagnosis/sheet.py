"""The sheet 诊断表: a heat map of groups × problems, each problem explained, the FYP gap shared out, the measures to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from zuxun_xl.book.changes import Content, SheetSpec
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.layout import Layout, Styled
from zuxun_xl.book.own import DIAGNOSIS, free_name
from zuxun_xl.diagnosis.drivers import FACTORS, driver_split, main_driver
from zuxun_xl.diagnosis.figures import show
from zuxun_xl.diagnosis.judge import severity
from zuxun_xl.diagnosis.lookup import Problem, problems
from zuxun_xl.kpi.catalogue import HANDBOOK, KPIS
from zuxun_xl.kpi.compute import kpi_value, monthly_scale
from zuxun_xl.kpi.measures import Values
from zuxun_xl.periods import Period

if TYPE_CHECKING:
    from zuxun_xl.tasks.diagnose import Diagnosis
    from zuxun_xl.tasks.ledger import Ledger

_TITLE = "团队KPI诊断表"
_WIDTHS = (5, 9, 13, 10, 10, 10, 11, 30, 38, 9, 9, 11)
_HEADS = ("序号", "组别", "问题", "状态", "本期值", "计划", "其余组", "判定依据", "可能原因", "责任人", "完成时限", "追踪结果")
_KEPT = ("责任人", "完成时限", "追踪结果")
_FORMATS = {"%": "percent", "元": "money", "件": "number"}
_GAP_HEADS = ("序号", "组别", "计划FYP", "实际FYP", "差距", "因人力", "因举绩率", "因有效人均件数", "因件均保费", "主要原因")


def diagnosis_sheet(ledger: Ledger, period: Period, entries: Sequence[Diagnosis]) -> SheetSpec:
    """The description of the sheet; what people entered in the one of the same period is kept."""
    layout = Layout(_WIDTHS)
    title = f"{_TITLE}（{period.label}）"
    name = free_name(ledger.grids, DIAGNOSIS, lambda grid: _replaceable(grid, title))
    kept = _entered(ledger.grids.get(name))
    layout.line(title, "title", 30)
    layout.line(_basis(ledger, period), "note")
    _heat_map(layout, ledger, entries)
    _problems(layout, entries, kept)
    _gaps(layout, ledger, period)
    _measures(layout, entries)
    return layout.spec(name, freeze=(2, 0), repeat_rows=(1, 2), tab_color="#C00000")


def _replaceable(grid: Grid, title: str) -> bool:
    """Whether a sheet is a diagnosis of ours of the same period, or one in which nobody entered anything."""
    present = str(grid.value(1, 1))
    return present == title or (present.startswith(f"{_TITLE}（") and not _entered(grid))


def _basis(ledger: Ledger, period: Period) -> str:
    settings = ledger.settings
    variants = [f"{problem.kpi}（{settings.variants.get(problem.kpi, HANDBOOK)}口径）" for problem in problems()]
    running = "" if ledger.has_passed(period) else "期间未结束，计划按时间进度折算。"
    return (
        f"数据截至{ledger.as_of}。指标：{'、'.join(variants)}；跨月举绩率按月度口径判定。"
        f"判定：低于计划或其余组合并值的{settings.low:.0%}（脱落率高于{settings.high:.0%}）为不利，两项不利为红，一项为黄；"
        f"平均人力不足{settings.small_group:g}人或样本太小的最多判黄。界限为示例，可在设置里改。{running}"
    )


def _heat_map(layout: Layout, ledger: Ledger, entries: Sequence[Diagnosis]) -> None:
    layout.gap()
    layout.line("一、总览", "section")
    names = [problem.name for problem in problems()]
    layout.row([("序号", "head"), ("组别", "head"), *((name, "head") for name in names)])
    by_place = {(entry.group, entry.problem.name): entry for entry in entries}
    for number, group in enumerate(ledger.department.groups, start=1):
        cells: list[Styled] = [(number, "center"), (group, "center")]
        for name in names:
            entry = by_place[group, name]
            figure = show(entry.value, entry.unit)
            cells.append((f"{entry.verdict.state} {figure}", entry.verdict.state))
        layout.row(cells)


def _problems(layout: Layout, entries: Sequence[Diagnosis], kept: Mapping[tuple[str, str], Sequence[Content]]) -> None:
    layout.gap()
    layout.line("二、问题、判定依据和可能原因（责任人、时限、追踪结果由主管填写）", "section")
    layout.row([(head, "head") for head in _HEADS])
    present = sorted((entry for entry in entries if entry.present), key=lambda entry: -severity(entry.verdict.state))
    for number, entry in enumerate(present, start=1):
        style = _FORMATS[entry.unit]
        own = kept.get((entry.group, entry.problem.name), (None,) * len(_KEPT))
        layout.row([
            (number, "center"), (entry.group, "center"), (entry.problem.name, "center"), (entry.verdict.state, entry.verdict.state),
            *((_shown(value), style) for value in (entry.value, entry.plan, entry.peers)),
            (entry.verdict.brief, "text"), (_causes(entry), "text"), *((value, "input") for value in own),
        ])
    if not present:
        layout.line("本期没有判为红或黄的问题。", "text")


def _shown(value: float | None) -> Content:
    return "—" if value is None else value


def _causes(entry: Diagnosis) -> str:
    """Causes the figures support with their figures, those to be looked at on the spot by id; refuted ones are left out."""
    supported = [f"{w.cause.id} {w.cause.text}：{w.phrase}" for w in entry.causes if w.support == "有数据支持"]
    open_ones = [w.cause.id for w in entry.causes if w.support == "需现场核实"]
    lines = ["【有数据支持】", *supported] if supported else []
    return "\n".join([*lines, *([f"【需现场核实】{'、'.join(open_ones)}"] if open_ones else [])])


def _gaps(layout: Layout, ledger: Ledger, period: Period) -> None:
    """Where the FYP gap to the plan comes from; only for a period that has passed and has a plan."""
    plans, measures = ledger.plan.of(period), ledger.measures(period)
    rows = [(scope, plans.get(scope, {}), measures[scope]) for scope in ledger.department.scopes]
    planned = [(scope, plan, actual) for scope, plan, actual in rows if _complete(plan)]
    if not planned or not ledger.has_passed(period):
        return
    layout.gap()
    layout.line("三、FYP与计划的差距从哪里来（元；FYP=人力×举绩率×有效人均件数×件均保费，按对数比例分摊）", "section")
    layout.row([(head, "head") for head in _GAP_HEADS])
    for number, (scope, plan, actual) in enumerate(planned, start=1):
        split = driver_split(_factors(actual), _factors(plan))
        figures = (plan["FYP"], actual["FYP"], sum(split.values()), *(split[factor] for factor in FACTORS))
        cells: list[Styled] = [(number, "center"), (scope, "center"), *((figure, "money") for figure in figures)]
        layout.row([*cells, (main_driver(split) or "达成计划", "center")])


def _complete(plan: Values) -> bool:
    return all(plan.get(key) for key in ("人力月", "举绩人次", "件数", "FYP"))


def _factors(values: Values) -> dict[str, float | None]:
    """The four factors on the monthly scale, whose product is FYP."""
    monthly = {**values, "举绩人数": values.get("举绩人次"), "平均人力": values.get("人力月")}
    return {
        "平均人力": monthly["人力月"],
        "举绩率": kpi_value(KPIS["举绩率"], monthly, {}, monthly_scale("举绩率")),
        "有效人均件数": kpi_value(KPIS["有效人均件数"], monthly, {}),
        "件均保费": kpi_value(KPIS["件均保费"], monthly, {}),
    }


def _measures(layout: Layout, entries: Sequence[Diagnosis]) -> None:
    found = {entry.problem.code: entry.problem for entry in entries if entry.present}
    if not found:
        return
    layout.gap()
    layout.line("四、速查表的改善措施（摘自《组训日常工作内容》，按问题选用）", "section")
    for problem in found.values():
        groups = "、".join([entry.group for entry in entries if entry.present and entry.problem.code == problem.code])
        layout.line(f"{problem.name}（{groups}）：{_list(problem)}", "text")


def _list(problem: Problem) -> str:
    return "；".join(f"{measure.id} {measure.text}" for measure in problem.measures)


def _entered(grid: Grid | None) -> dict[tuple[str, str], tuple[Content, ...]]:
    """What people entered beside each problem in the present sheet."""
    if grid is None:
        return {}
    first, names = _HEADS.index(_KEPT[0]) + 1, {problem.name for problem in problems()}
    entered: dict[tuple[str, str], tuple[Content, ...]] = {}
    for row in range(1, len(grid.rows) + 1):
        group, problem = grid.value(row, 2), grid.value(row, 3)
        own = tuple(grid.value(row, first + place) for place in range(len(_KEPT)))
        if isinstance(group, str) and isinstance(problem, str) and problem in names and any(value is not None for value in own):
            entered[group, problem] = own
    return entered
