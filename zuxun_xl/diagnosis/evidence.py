"""Which causes of the lookup the figures support: 有数据支持, 数据不支持, 需现场核实, each with the figures (domain.md §4.4)."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal

from zuxun_xl.diagnosis.figures import STATE_UNIT, show
from zuxun_xl.diagnosis.metrics import METRICS
from zuxun_xl.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from zuxun_xl.diagnosis.lookup import Cause, Measure, Problem
    from zuxun_xl.diagnosis.metrics import MetricKind

Support = Literal["有数据支持", "数据不支持", "需现场核实"]

_BY_HAND: Final = "台账无法检验"


@dataclass(frozen=True, slots=True)
class Metric:
    """A metric's value for one group; ``standard`` and ``unit`` replace those of ``METRICS`` when given."""

    value: float | None
    standard: float | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A cause and what the figures say about it; ``phrase`` cites them."""

    cause: Cause
    support: Support
    phrase: str


@dataclass(frozen=True, slots=True)
class Checked:
    """A hard number inside a measure, held against the figures; ``met`` is ``None`` where the figure is missing."""

    metric: str
    met: bool | None
    phrase: str


@dataclass(frozen=True, slots=True)
class _Reading:
    """One metric of one group, read: ``adverse`` is ``None`` if it cannot be tested."""

    adverse: bool | None
    phrase: str


def weigh_problem(problem: Problem, metrics: Mapping[str, Metric]) -> tuple[Weighed, ...]:
    """Every cause of a problem, in the handbook's order.

    Raises:
        CallError: a metric id is not one of ``METRICS``.
    """
    _refuse_unknown(metrics)
    return tuple(weigh(cause, metrics) for cause in problem.causes)


def weigh(cause: Cause, metrics: Mapping[str, Metric]) -> Weighed:
    """One cause. Any adverse metric supports it; without a testable metric it is for the trainer to see on the spot."""
    readings = [_read(METRICS[name], metrics.get(name)) for name in cause.evidence]
    known = [reading for reading in readings if reading.adverse is not None]
    if not known:
        return Weighed(cause, "需现场核实", _join(readings) or _BY_HAND)
    support: Support = "有数据支持" if any(reading.adverse for reading in known) else "数据不支持"
    return Weighed(cause, support, _join(known))


def check_measure(measure: Measure, metrics: Mapping[str, Metric]) -> tuple[Checked, ...]:
    """The hard numbers inside a measure (准客户 ≥ 100, 5:3:1) as live checks; at least means at least, no tolerance."""
    _refuse_unknown(metrics)
    return tuple(_check(METRICS[name], least, metrics.get(name)) for name, least in measure.check)


def _check(kind: MetricKind, least: float, metric: Metric | None) -> Checked:
    value = _value(metric)
    words = f"手册要求{_bare(least, kind.unit)}"
    if value is None:
        return Checked(kind.id, None, f"{kind.name}无记录，{words}")
    met = value >= least or math.isclose(value, least, rel_tol=1e-12)
    return Checked(kind.id, met, f"{kind.name}{show(value, kind.unit)}，{words}，{'达到' if met else '未达到'}")


def _read(kind: MetricKind, metric: Metric | None) -> _Reading:
    value = _value(metric)
    if metric is None or value is None:
        return _Reading(None, f"{kind.name}无记录")
    unit = metric.unit or kind.unit
    if unit == STATE_UNIT and value < 0:
        return _Reading(None, f"{kind.name}{show(value, unit)}")
    standard = kind.standard if metric.standard is None else metric.standard
    if standard is None or not math.isfinite(standard):
        return _Reading(None, f"{kind.name}{show(value, unit)}，无{kind.against}可比")
    return _Reading(_adverse(kind, value, standard), f"{kind.name}{show(value, unit)}{_beside(kind, metric, standard, unit)}")


def _adverse(kind: MetricKind, value: float, standard: float) -> bool:
    edge = standard * kind.tolerance
    beyond = value < edge if kind.direction == "low" else value > edge
    return beyond and not math.isclose(value, edge, rel_tol=1e-12)


def _beside(kind: MetricKind, metric: Metric, standard: float, unit: str) -> str:
    """The standard in words: ``，标准3次``, ``，示例上限50.0%``; a state needs none."""
    if unit == STATE_UNIT:
        return ""
    sample = "示例" if kind.origin == "示例" and metric.standard is None else ""
    return f"，{sample}{kind.against}{_bare(standard, unit)}"


def _bare(number: float, unit: str) -> str:
    """A standard without the denominator of its unit: 3 次/人日 → ``3次``."""
    return show(number, unit.split("/", maxsplit=1)[0])


def _value(metric: Metric | None) -> float | None:
    return metric.value if metric is not None and metric.value is not None and math.isfinite(metric.value) else None


def _join(readings: Iterable[_Reading]) -> str:
    return "；".join(reading.phrase for reading in readings)


def _refuse_unknown(metrics: Mapping[str, Metric]) -> None:
    unknown = [name for name in metrics if name not in METRICS]
    if unknown:
        raise CallError(f"没有“{'、'.join(unknown)}”这样的检验指标。", f"现有：{'、'.join(METRICS)}。")
