"""All worksheet functions by name: one for each KPI of the catalogue, and the others. A new function is one entry of its module."""

from __future__ import annotations

from zuxun_xl.functions import days, judging, plans
from zuxun_xl.functions.function import Function
from zuxun_xl.functions.ratios import kpi_functions, plain_functions

FUNCTIONS: dict[str, Function] = {
    function.name: function
    for function in (*kpi_functions(), *plain_functions(), *plans.FUNCTIONS, *judging.FUNCTIONS, *days.FUNCTIONS)
}
