"""What spreading has to say: totals that contradict each other, figures kept, weights that stood in for others."""

from __future__ import annotations

from decimal import Decimal

from zuxun_xl.findings import Finding, Level, Rule

CLASH = Rule(
    "S101", Level.WARNING, "手填的数与合计相容",
    "{group}{period}{column}应合计{total}，手填的已定下{locked}，差{gap}，这部分没有分解。", "改动手填的数，或改动合计后再运行。",
)
KEPT = Rule(
    "S102", Level.WARNING, "手填的计划与分解一致", "{group}{month}{column}填的是{shown}，分解得{value}，没有改动。", "核对这一格；要重新分解请先清空它。"
)
NO_HISTORY = Rule(
    "S103", Level.NOTE, "上年数据齐全", "{months}没有上年{column}可参照，按工作日分。", "可用 --last-year 给出上年的台账，或用 --by、--weights 另选分法。"
)
NO_HEADCOUNT = Rule(
    "S104", Level.NOTE, "各组有人力可参照", "{groups}没有{what}可参照，各组均分。", "补上附表二的计划人力，或用 --weights 给出各组权重。"
)
NOBODY = Rule(
    "S105", Level.WARNING, "组计划分得到人", "{group}{month}计划{plan}，但当月没有在册满月的人，没有分到人。", "核对花名册的入司、离司日期，或调整组计划。"
)
NOTHING = Rule(
    "S106", Level.NOTE, "有可分的合计", "{form}的{column}没有可分的合计，没有分解。", "用 --total 给出全年数，或先在全部或各组的全年、季、月格里填上数。"
)
NO_WEEKS = Rule("S107", Level.NOTE, "周次排满一个月", "{form}的各周没有排满一个月，周计划没有分。", "补全各周的起止日期。")
NEGATIVE = Rule(
    "S201", Level.WARNING, "期末人力不为负", "{group}{month}期初{opening}，加减增员、脱落和调动后期末是{closing}人。", "核对期初人力、增员和脱落计划。"
)

RULES = (CLASH, KEPT, NO_HISTORY, NO_HEADCOUNT, NOBODY, NOTHING, NO_WEEKS, NEGATIVE)


def clash(sheet: str, cell: str, what: tuple[str, str, str], total: Decimal, locked: Decimal, unit: str) -> Finding:
    """The finding that a total cannot be reached beside what people typed; ``what`` is whose, when and which figure."""
    shown = {"total": total, "locked": locked, "gap": abs(locked - total)}
    figures = {name: f"{value.normalize():,f}{unit}" for name, value in shown.items()}
    return CLASH.at(sheet, cell, group=what[0], period=what[1], column=what[2], **figures)
