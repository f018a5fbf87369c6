"""The functions as xlwings serves them: its own ``call_udf`` and converters run, on a COM layer that is only a stand-in."""

from __future__ import annotations

import inspect
import subprocess
import sys

import pytest

from tests.udfs.stand_in import SET_UP
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.values import MISSING
from zuxun_xl.udfs import functions

PROGRAM = SET_UP + r"""
LEFT_OUT, DIV0, SPILL = -2147352572, -2146826281, -2146828288 + 2045
assert abs(call("ZX_ATTRITION", 4.0, 40.0, 42.0)[0][0] - 4 / 41) < 1e-12
assert abs(call("ZX_ATTRITION", 4.0, 40.0, 42.0, LEFT_OUT, LEFT_OUT)[0][0] - 4 / 41) < 1e-12
assert call("ZX_ATTRITION", 1.0, 0.0, 0.0) == [["#N/A"]]
assert type(call("ZX_ATTRITION", 1.0, 0.0, 0.0)[0][0]) is str
assert call("ZX_ATTRITION", DIV0, 40.0, 42.0) == [["#DIV/0!"]]
assert call("ZX_ATTRITION", SPILL, 40.0, 42.0) == [["#SPILL!"]]
assert call("ZX_ATTRITION", None, 40.0, 42.0) == [[0.0]]
assert call("ZX_STATE", 0.46, 0.55, LEFT_OUT) == [["\u5371\u9669"]]
column = call("ZX_ATTRITION", ((4.0,), (None,), (DIV0,)), ((40.0,),) * 3, ((42.0,),) * 3)
assert [row[0] for row in column[1:]] == [0.0, "#DIV/0!"], column
spread = call("ZX_SPREAD", 100.0, ((1.0,), (1.0,), (1.0,)), LEFT_OUT)
assert sum(row[0] for row in spread) == 100 and len(spread) == 3
rows = 20_000
began = time.perf_counter()
big = call("ZX_ATTRITION", ((4.0,),) * rows, ((40.0,),) * rows, ((42.0,),) * rows)
assert len(big) == rows and abs(big[-1][0] - 4 / 41) < 1e-12
info = importlib.import_module(MODULE).ZX_ATTRITION.__xlfunc__
assert info["category"] == "\u7ec4\u8bad\u52a9\u624b" and [a["name"] for a in info["args"]][:3] == ["lost", "opening", "closing"]
assert info["ret"]["options"] == {}, info["ret"]
print(f"{time.perf_counter() - began:.3f}")
"""


def it_works_through_the_real_udf_code_of_xlwings() -> None:
    result = subprocess.run([sys.executable, "-W", "ignore", "-c", PROGRAM], capture_output=True, text=True, encoding="utf-8", check=False)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("name", FUNCTIONS)
def it_offers_every_function_under_its_name_and_parameters(name: str) -> None:
    offered = inspect.signature(getattr(functions, name)).parameters
    declared = FUNCTIONS[name].parameters
    assert list(offered) == [each.name for each in declared]
    assert [each.default is MISSING for each in offered.values()] == [each.optional for each in declared]
    assert getattr(functions, name).__doc__
