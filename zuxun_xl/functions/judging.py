"""Functions on states: where a value lies beside its baseline, why a KPI is called low, causes and measures of the lookup."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from zuxun_xl.cells import ErrorValue
from zuxun_xl.diagnosis.comparisons import Observation, band
from zuxun_xl.diagnosis.judge import judge
from zuxun_xl.diagnosis.lookup import Cause, Measure, Problem, by_kpi, find
from zuxun_xl.diagnosis.thresholds import DEFAULTS, Direction
from zuxun_xl.errors import CallError
from zuxun_xl.functions.function import Function, Parameter, operand
from zuxun_xl.functions.values import MISSING, NA, VALUE, Area, Cell, Missing, finite, first_error, number
from zuxun_xl.kpi.catalogue import KPIS

NO_ENTRY = "无速查条目，可自定义"
"""What is said of a KPI for which the handbook's lookup has nothing."""

_DIRECTIONS: dict[Cell | Missing, Direction] = {
    MISSING: "low", None: "low", "": "low", "高": "low", "high": "low", 1.0: "low", "低": "high", "low": "high", -1.0: "high",
}
"""What is good, as users say it → which side is bad."""

_ALL = 3


def _state(value: Cell, baseline: Cell, better: Cell | Missing) -> Cell:
    if better not in _DIRECTIONS:
        return better if isinstance(better, ErrorValue) else VALUE
    beside = number(baseline)
    if isinstance(beside, ErrorValue) or beside <= 0:
        return beside if isinstance(beside, ErrorValue) else NA
    shown = number(value)
    ratio = shown if isinstance(shown, ErrorValue) else finite(shown / beside)
    return ratio if isinstance(ratio, ErrorValue) else band(ratio, _DIRECTIONS[better], DEFAULTS)


def _state_twin(arguments: Sequence[str]) -> str | None:
    value, baseline = map(operand, arguments[:2])
    word = arguments[2].strip().strip('"') if len(arguments) == _ALL else ""
    side = _DIRECTIONS.get(float(word) if word in ("1", "-1") else word)
    if side is None or value is None or baseline is None:
        return None
    ratio = f"ROUND({value}/{baseline},12)"
    sign, edge = ("<", DEFAULTS.low) if side == "low" else (">", DEFAULTS.high)
    return f'IF({baseline}+0<=0,NA(),IF({ratio}{sign}{edge:g},"危险",IF({ratio}{sign}1,"异常","健康")))'


def _why(kpi: Cell, value: Cell, plan: Cell | Missing, peers: Cell | Missing, hits: Cell | Missing, size: Cell | Missing) -> Cell:
    figures = [_figure(cell) for cell in (value, plan, peers, hits, size)]
    if error := first_error([kpi, *figures[1:]]):
        return error
    known = KPIS.get(str(kpi))
    if known is None or not known.better or (isinstance(figures[0], ErrorValue) and figures[0] not in (NA, "#DIV/0!")):
        return VALUE
    shown, planned, others, successes, trials = (None if isinstance(figure, ErrorValue) else figure for figure in figures)
    seen = Observation(shown, planned, others, successes=successes, trials=trials, headcount=trials)
    direction: Direction = "high" if known.better == "low" else "low"
    return judge(seen, direction, kpi=known.key, unit=known.unit.name.partition("/")[0]).sentence


def _figure(cell: Cell | Missing) -> float | ErrorValue | None:
    """A number, or ``None`` where nothing was given."""
    return None if isinstance(cell, Missing) or cell in (None, "") else number(cell)


def _listed(entries: Callable[[Problem], Sequence[Cause] | Sequence[Measure]]) -> Callable[[Cell, Cell | Missing], Cell | Area]:
    """The entries of a problem as a column, each with its id; or the one of a place in it."""

    def compute(problem: Cell, place: Cell | Missing) -> Cell | Area:
        if error := first_error([problem, place]):
            return error
        found = _problem(str(problem or ""))
        if found is None:
            return NO_ENTRY
        texts = [f"{entry.id} {entry.text}" for entry in entries(found)]
        if isinstance(place, Missing) or place is None:
            return [[text] for text in texts]
        index = number(place)
        if isinstance(index, ErrorValue):
            return index
        return texts[int(index) - 1] if 1 <= index <= len(texts) else NA

    return compute


def _problem(text: str) -> Problem | None:
    """The problem of a name, a code or a KPI; ``None`` for a KPI that the lookup does not cover.

    Raises:
        CallError: the text is none of these.
    """
    if text in KPIS:
        return by_kpi(text)
    entry = find(text)
    if not isinstance(entry, Problem):
        raise CallError(f"“{text}”不是问题。")
    return entry


_PROBLEM = Parameter("problem", "问题、编号或指标，如 举绩率偏低、JJ、举绩率")
_PLACE = Parameter("place", "第几条；不写就列出全部", optional=True)

FUNCTIONS = (
    Function(
        "ZX_STATE", "状态", "与基准（计划、上期……）相比：达到基准是健康，差一成以内是异常，再差是危险。",
        (
            Parameter("actual", "实际值"), Parameter("baseline", "基准"),
            Parameter("better", "高=越高越好（默认），低=越低越好，如脱落率", optional=True),
        ),
        _state, _state_twin, ("=ZX_STATE(0.46,0.55)", "危险"),
    ),
    Function(
        "ZX_WHY", "判定依据", "说明一个指标为什么判成红黄绿：与计划、与其余各组相比，样本太小时降级。",
        (
            Parameter("kpi", "指标名称，如 举绩率"), Parameter("actual", "实际值"), Parameter("target", "计划值", optional=True),
            Parameter("peers", "其余各组的值", optional=True), Parameter("hits", "比率的分子（人数），用来看样本是否太小", optional=True),
            Parameter("headcount", "比率的分母（平均人力）", optional=True),
        ),
        _why, example=('=ZX_WHY("举绩率",0.6,0.55)', "举绩率60.0%；计划55.0%，为其109.1%（健康）；无其余组可比；无不利项，判绿。"),
    ),
    Function(
        "ZX_CAUSES", "可能原因", "《速查表》里一个问题的原因，一行一条，带编号。",
        (_PROBLEM, _PLACE), _listed(lambda problem: problem.causes), example=('=ZX_CAUSES("增员率偏低",1)', "ZY-C1 增员活动量不足"),
    ),
    Function(
        "ZX_MEASURES", "改善措施", "《速查表》里一个问题的改善措施，一行一条，带编号。",
        (_PROBLEM, _PLACE), _listed(lambda problem: problem.measures),
        example=('=ZX_MEASURES("ZY",2)', "ZY-M1.2 运用基本法——增员利益、晋升利益,高效率,高报酬"),
    ),
)
