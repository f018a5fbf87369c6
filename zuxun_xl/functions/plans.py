"""Functions on plans: a total spread over weights."""

from __future__ import annotations

from zuxun_xl.cells import ErrorValue
from zuxun_xl.functions.function import Function, Parameter
from zuxun_xl.functions.values import MISSING, Area, Cell, Missing, first_error, flat, number
from zuxun_xl.spreading import spread


def _spread(total: Cell, weights: Area, step: Cell | Missing) -> Area | ErrorValue:
    """Parts that sum to the total exactly, in the shape of the weights."""
    figures = [number(total), *map(number, flat(weights)), 1.0 if step is MISSING else number(step)]  # type: ignore[arg-type]
    if error := first_error(figures):
        return error
    whole, *shares, least = (float(figure) for figure in figures)
    parts = iter(spread(whole, shares, least))
    return [[float(next(parts)) for _ in row] for row in weights]


FUNCTIONS = (
    Function(
        "ZX_SPREAD", "分解", "把总额按权重分解成整数份，各份之和恰好等于总额（最大余数法）。结果与权重区域同形。",
        (
            Parameter("total", "要分解的总额"), Parameter("weights", "权重区域，0 的不分", area=True),
            Parameter("unit_step", "最小单位，默认 1", optional=True),
        ),
        _spread, example=("=SUM(ZX_SPREAD(100,{1;1;1;1;1;1;1}))", "100"),
    ),
)
