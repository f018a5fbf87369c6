"""The metrics by which a workbook can test causes of the lookup: name, unit, standard, direction (domain.md §4.4).

Whoever reads the records supplies the values; what is not supplied stays 需现场核实.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from zuxun_xl.diagnosis.figures import STATE_UNIT

if TYPE_CHECKING:
    from zuxun_xl.diagnosis.thresholds import Direction

Origin = Literal["手册", "示例", "对比"]
"""Where a standard comes from: the handbook, a sample that every unit should replace, or other figures of the workbook."""


@dataclass(frozen=True, slots=True)
class MetricKind:
    """What a metric is.

    Attributes:
        id: stable name, used in ``lookup.toml`` and by callers.
        name: as it stands in a sentence.
        unit: as in figures.py.
        standard: its usual standard; ``None`` if the caller must supply one (other groups, the plan, local practice).
        origin: where the standard comes from.
        against: what the standard is called.
        direction: which side of it supports the cause.
        tolerance: times the standard = the edge beyond which the cause is supported.
    """

    id: str
    name: str
    unit: str
    standard: float | None
    origin: Origin
    against: str = "标准"
    direction: Direction = "low"
    tolerance: float = 1.0


_ALL: Final = (
    # 5-3-1, the agent's day: more than 10 % short is a shortage, as in the 100/90 band (domain.md §4.1).
    MetricKind("约访每人日", "约访", "次/人日", 5, "手册", tolerance=0.9),
    MetricKind("面谈每人日", "面谈", "次/人日", 3, "手册", tolerance=0.9),
    MetricKind("新增准客户每人日", "新增准客户", "个/人日", 1, "手册", tolerance=0.9),
    # "至少拥有100名": at least, so no tolerance.
    MetricKind("准客户存量", "准客户存量", "个/人", 100, "手册"),
    MetricKind("日志交纳率", "日志交纳率", "%", 1.0, "手册", tolerance=0.9),
    MetricKind("主管111达标率", "主管1-1-1达标率", "%", 1.0, "手册", tolerance=0.9),
    MetricKind("早会环节达标率", "早会环节达标率", "%", 1.0, "手册", tolerance=0.9),
    MetricKind("二早召开率", "二次早会召开率", "%", 1.0, "手册", tolerance=0.9),
    MetricKind("出勤率", "出勤率", "%", 0.9, "示例"),
    MetricKind("二早出勤率", "二次早会出勤率", "%", 0.9, "示例"),
    MetricKind("参训率", "参训率", "%", 0.9, "示例"),
    MetricKind("陪访次数", "主管陪访", "次/月", None, "示例", tolerance=0.9),
    MetricKind("增员面谈达成率", "增员面谈计划达成率", "%", 1.0, "对比", "计划", tolerance=0.9),
    MetricKind("增员面谈人均", "人均增员面谈", "人", None, "对比", "其余组", tolerance=0.9),
    MetricKind("人均FYC", "人均FYC", "元", None, "对比", "其余组", tolerance=0.9),
    MetricKind("主管FYP", "主管本人FYP", "元", None, "对比", "组均", tolerance=0.9),
    MetricKind("脱落率状态", "脱落率判定", STATE_UNIT, 0, "对比", "正常", "high"),
    MetricKind("新人首三月零件占比", "新人首三个月零件占比", "%", 0.3, "示例", "上限", "high"),
    MetricKind("月末入司占比", "月末入司占比", "%", 0.5, "示例", "上限", "high"),
    MetricKind("险种集中度", "件数最多的险种占比", "%", 0.5, "示例", "上限", "high"),
    MetricKind("中低收入客户占比", "中低收入客户占比", "%", None, "对比", "其余组", "high", tolerance=1.1),
    MetricKind("逾期追踪事项", "逾期未办的追踪事项", "项", 0, "示例", "上限", "high"),
)

METRICS: Final[dict[str, MetricKind]] = {kind.id: kind for kind in _ALL}
