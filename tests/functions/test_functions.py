"""Worksheet functions: what a cell shows for numbers, blanks, texts, errors and whole columns; as declared, so computed."""

from __future__ import annotations

import keyword
import subprocess
import sys
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from tests.kpi.test_catalogue import VBA_KEYWORDS
from zuxun_xl.book.calc.evaluate import calculated
from zuxun_xl.book.calc.parse import NotComputableError
from zuxun_xl.cells import ErrorValue, address
from zuxun_xl.diagnosis.lookup import problems
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.function import Function
from zuxun_xl.functions.ratios import call
from zuxun_xl.functions.values import ERRORS, MISSING
from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.periods import parse_period
from zuxun_xl.workdays import Workdays

ATTRITION, RENEW, BRIDGE, SPREAD = (FUNCTIONS[name] for name in ("ZX_ATTRITION", "ZX_RENEW", "ZX_BRIDGE", "ZX_SPREAD"))
EACH = pytest.mark.parametrize("function", FUNCTIONS.values(), ids=lambda function: function.name)
TWINNED = [
    function for function in FUNCTIONS.values()
    if function.twin([f"A{row}" for row, parameter in enumerate(function.parameters, 1) if not parameter.optional])
]
CELLS = st.one_of(
    st.none(), st.floats(-1e9, 1e9), st.sampled_from([0.0, 1.0, 40.0, "春", "", "12", "0", True]),
    st.sampled_from(sorted(ERRORS)).map(ErrorValue),
)


@EACH
def it_declares_what_every_host_can_take(function: Function):
    names = [parameter.name for parameter in function.parameters]
    assert len(set(names)) == len(names)
    assert all(name.isascii() and name.isidentifier() and name == name.lower() for name in names)
    assert not {name for name in names if name in VBA_KEYWORDS or keyword.iskeyword(name)}
    assert [parameter.optional for parameter in function.parameters] == sorted(parameter.optional for parameter in function.parameters)
    assert function.name.startswith("ZX_")
    assert 0 < len(function.help) <= 255, "what MacroOptions takes"
    assert all(0 < len(parameter.help) <= 255 for parameter in function.parameters)


def it_has_one_function_for_every_kpi_and_those_of_the_handbooks_daily_work():
    others = "AVG_HEADCOUNT BRIDGE PACE SPREAD STATE WHY CAUSES MEASURES WORKDAYS PERIOD_START PERIOD_END"
    assert list(FUNCTIONS) == [kpi.function for kpi in KPIS.values()] + [f"ZX_{name}" for name in others.split()]


@EACH
def it_shows_what_its_example_says(function: Function):
    call, shown = function.example
    try:
        value = calculated(call.removeprefix("="), "表", lambda *_: None)
    except NotComputableError:
        assert "{" in call, "only array constants are beyond our own reader"
        value = sum(row[0] for row in SPREAD(100, [[1]] * 7))  # type: ignore[misc, union-attr]
    assert (f"{value:.6g}" if isinstance(value, float) else value) == shown


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ((4, 40, 42), 4 / 41), ((0, 40, 42), 0.0), ((4, 0, 0), "#N/A"), ((4, None, None), "#N/A"), ((None, 40, 42), 0.0),
        (("4", 40, 42), 4 / 41), (("1,200", 40, 40), 30.0), (("四", 40, 42), "#VALUE!"), (("", 40, 42), "#VALUE!"),
        ((4, "四", 42), "#VALUE!"), (("四", 0, 0), "#N/A"), ((ErrorValue("#REF!"), 40, 42), "#REF!"), (("#DIV/0!", 40, 42), "#DIV/0!"),
        ((4, "#N/A", 42), "#N/A"), ((4, 40), "#VALUE!"), ((4,), "#VALUE!"), ((4, 40, 42, "期初"), 0.1), ((4, 40, 42, ""), 4 / 41),
        ((4, 40, 42, None), 4 / 41), ((4, 40, 42, "环比"), "#VALUE!"), ((4, 40, 42, "LIMRA", 6), 4 / 46),
        ((4, 40, 42, "LIMRA"), "#VALUE!"),
        ((4, 40, 42, "LIMRA", None), 0.1), ((4, 40, 42, "#NAME?"), "#NAME?"), ((True, 40, 42), 1 / 41), ((1e308, 1e-308, 0), "#NUM!"),
        ((float("nan"), 40, 42), "#NUM!"), ((4, 40, 42, "手册", 1, 1), "#VALUE!"), ((object(), 40, 42), "#VALUE!"),
    ],
)
def it_shows_what_the_native_formula_shows(arguments, shown):
    assert ATTRITION(*arguments) == shown
    assert isinstance(ATTRITION(*arguments), ErrorValue) is (shown in ERRORS)


@pytest.mark.parametrize(
    ("due", "shown"),
    [(0, "#N/A"), (None, "#N/A"), ("0", "#DIV/0!"), ("十", "#VALUE!"), ("20", 0.25), (ErrorValue("#NUM!"), "#NUM!")],
)
def it_compares_a_bare_text_with_nothing_as_the_spreadsheet_does(due, shown):
    """In Excel ="0"=0 is FALSE, so that the formula goes on to divide by the text."""
    assert RENEW(5, due) == shown


@pytest.mark.parametrize("function", TWINNED, ids=lambda function: function.name)
@settings(max_examples=25)
@given(data=st.data())
def it_equals_its_native_twin_for_whatever_the_cells_hold(function: Function, data):
    """The twin is reckoned by our own reader, which says nothing where spreadsheets disagree. Of two errors each shows another one."""
    required = [parameter for parameter in function.parameters if not parameter.optional]
    cells = data.draw(st.lists(CELLS, min_size=len(required), max_size=len(required)))
    assume(sum(isinstance(cell, str) for cell in cells) < 2)
    twin = function.twin([f"A{row}" for row in range(1, len(cells) + 1)])
    assert twin is not None
    try:
        native = calculated(twin, "表", lambda _, row, __: cells[row - 1])
    except NotComputableError:
        return
    own = function(*cells)
    assert own == (pytest.approx(native, rel=1e-12) if isinstance(native, float) else native)


def it_computes_a_column_in_one_call():
    lost, opening = [[4.0], [0.0], [1.0], [None]], [[40.0], [40.0], [0.0], [10.0]]
    assert ATTRITION(lost, opening, 42.0) == [[4 / 41], [0.0], [1 / 21], [0.0]]
    assert RENEW([[5, 6]], [[10], [0], [None]]) == [[0.5, 0.6], ["#N/A", "#N/A"], ["#N/A", "#N/A"]]
    assert RENEW([[5], [6]], [[10], [10], [10]]) == [[0.5], [0.6], ["#N/A"]]
    assert RENEW([5, 6], [10, 10]) == [[0.5, 0.6]]
    assert RENEW([], 10) == 0.0


@given(st.lists(st.tuples(CELLS, CELLS, CELLS), min_size=2, max_size=20))
def it_computes_a_column_as_it_computes_each_row(rows):
    columns = [[[cell] for cell in column] for column in zip(*rows, strict=True)]
    assert ATTRITION(*columns) == [[ATTRITION(*row)] for row in rows]


def it_takes_what_was_left_out_for_nothing():
    assert BRIDGE(40, 6, 4) == BRIDGE(40, 6, 4, MISSING, None) == 42
    assert BRIDGE(40, 6, 4, 2, 1) == 43
    assert FUNCTIONS["ZX_PACE"](60, 100, 11, 0) == "#N/A"


@given(st.integers(0, 10**7), st.lists(st.integers(0, 50), min_size=1, max_size=30).filter(any))
def it_spreads_a_total_to_the_last_one(total, weights):
    parts = SPREAD(total, [[weight] for weight in weights])
    assert isinstance(parts, list)
    assert sum(row[0] for row in parts) == total  # type: ignore[misc]
    assert len(parts) == len(weights)


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ((100, [[1, 1, 1]]), [[34, 33, 33]]), ((1000, [[1, 2]], 100), [[300, 700]]), ((100, [[0, 0]]), [[50, 50]]),
        ((100, [[-1, 2]]), "#VALUE!"),
        ((100, [[1, "#REF!"]]), "#REF!"), ((100, [["春"]]), "#VALUE!"), ((10, [[1]], 0), "#VALUE!"), ((None, [[1, 1]]), [[0, 0]]),
    ],
)
def it_spreads_in_the_shape_of_the_weights(arguments, shown):
    assert SPREAD(*arguments) == shown


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        ((0.55, 0.55), "健康"), ((0.5, 0.55), "异常"), ((0.63, 0.7), "异常"), ((0.49, 0.55), "危险"), ((0.05, 0.05, "低"), "健康"),
        ((0.055, 0.05, "低"), "异常"),
        ((0.056, 0.05, -1), "危险"), ((1, 0), "#N/A"), ((1, None), "#N/A"), ((1, -1), "#N/A"), ((1, 5e-324), "#NUM!"),
        ((1, 1, "中"), "#VALUE!"),
        (("春", 1), "#VALUE!"),
        (("#N/A", 1), "#N/A"),
    ],
)
def it_says_where_a_value_lies_beside_its_baseline(arguments, shown):
    assert FUNCTIONS["ZX_STATE"](*arguments) == shown


def it_says_why_a_kpi_is_judged_so():
    why = FUNCTIONS["ZX_WHY"]
    assert why("举绩率", 0.375, 0.55, 0.6, 3, 8) == (
        "举绩率37.5%（3/8）；计划55.0%，为其68.2%（危险）；其余组60.0%，为其62.5%（危险）；2项不利，应判红；"
        "但样本8，95%区间13.7%–69.4%，含计划55.0%、其余组60.0%，降为黄，建议看组内明细。"
    )
    assert str(why("脱落率", 0.12, 0.05, 0.06)).endswith("2项不利，判红。")
    assert "不作判断" in str(why("举绩率", "#N/A", 0.5))
    assert why("净增率", 1) == why("男女比率", 1) == why("举绩率", "春") == "#VALUE!"
    assert why("举绩率", 0.5, "#REF!") == "#REF!"


@pytest.mark.parametrize("problem", problems(), ids=lambda problem: problem.code)
def it_lists_the_handbooks_causes_and_measures(problem):
    for name, entries in (("ZX_CAUSES", problem.causes), ("ZX_MEASURES", problem.measures)):
        whole = [[f"{entry.id} {entry.text}"] for entry in entries]
        assert FUNCTIONS[name](problem.name) == FUNCTIONS[name](problem.code) == FUNCTIONS[name](problem.kpi) == whole
        assert FUNCTIONS[name](problem.code, 2) == whole[1][0]
        assert FUNCTIONS[name](problem.code, len(whole) + 1) == FUNCTIONS[name](problem.code, 0) == "#N/A"


def it_invents_nothing_where_the_lookup_has_no_entry():
    assert FUNCTIONS["ZX_CAUSES"]("件均保费") == [[f"{c.id} {c.text}"] for p in problems() if p.kpi == "件均保费" for c in p.causes]
    assert FUNCTIONS["ZX_MEASURES"]("人均FYC") == "无速查条目，可自定义"
    assert FUNCTIONS["ZX_CAUSES"]("心情不好") == FUNCTIONS["ZX_CAUSES"]("ZY-C1") == "#VALUE!"


SERIAL = (date(2026, 10, 1) - date(1899, 12, 30)).days


@pytest.mark.parametrize(
    ("arguments", "shown"),
    [
        (("2026-10-01", "2026-10-31"), len(Workdays().within(parse_period("2026-10")))), ((SERIAL, SERIAL + 30), 18),
        ((date(2026, 10, 8), date(2026, 10, 10)), 3),
        (("2026-10-01", "2026-10-31", [["2026-10-12"], [None], [""]]), 17), (("2026-10-01", "2026-10-31", MISSING, "2026-10-01"), 19),
        (("2026-10-31", "2026-10-01"), "#NUM!"), (("十月", "2026-10-31"), "#VALUE!"), ((None, "2026-10-31"), "#VALUE!"),
        (("#N/A", 1), "#N/A"),
        (("2026-10-01", "2026-10-31", "#REF!"), "#REF!"),
    ],
)
def it_counts_workdays_with_the_national_calendar(arguments, shown):
    assert FUNCTIONS["ZX_WORKDAYS"](*arguments) == shown


@pytest.mark.parametrize(
    ("arguments", "first", "last"),
    [
        (("2026-10",), "2026-10-01", "2026-10-31"), (("2026Q3",), "2026-07-01", "2026-09-30"), ((2026,), "2026-01-01", "2026-12-31"),
        (("2026年10月", 26), "2026-09-26", "2026-10-25"), ((SERIAL,), "2026-10-01", "2026-10-31"),
        ((date(2026, 10, 27), 26), "2026-10-26", "2026-11-25"),
        (("2026-10", None), "2026-10-01", "2026-10-31"),
    ],
)
def it_gives_the_ends_of_a_period_as_serial_numbers(arguments, first, last):
    ends = [FUNCTIONS[name](*arguments) for name in ("ZX_PERIOD_START", "ZX_PERIOD_END")]
    assert ends == [(date.fromisoformat(day) - date(1899, 12, 30)).days for day in (first, last)]


@pytest.mark.parametrize("arguments", [("某月",), (None,), ("2026-10", 40), ("2026-10", 1.5), (True,), ("2026-13",)])
def it_refuses_what_is_no_period(arguments):
    assert FUNCTIONS["ZX_PERIOD_START"](*arguments) == "#VALUE!"


@EACH
@settings(max_examples=10)
@given(data=st.data())
def it_never_raises_and_always_gives_what_a_cell_can_show(function: Function, data):
    count = data.draw(st.integers(0, len(function.parameters) + 1))
    arguments = data.draw(st.lists(st.one_of(CELLS, st.lists(st.lists(CELLS, max_size=3), max_size=3)), min_size=count, max_size=count))
    result = function(*arguments)
    cells = [cell for row in result for cell in row] if isinstance(result, list) else [result]
    assert all(isinstance(cell, float | str) for cell in cells), cells


@pytest.mark.parametrize(
    ("name", "arguments", "twin"),
    [
        ("ZX_ATTRITION", ["C5", "D5", "E5"], "IF((D5+E5)/2=0,NA(),C5/((D5+E5)/2))"),
        ("ZX_ATTRITION", ["C5", "D5", "E5", '"LIMRA"', "F5"], "IF(D5+F5=0,NA(),C5/(D5+F5))"),
        ("ZX_ATTRITION", ["C5", "D5", "E5", "G1"], None),
        ("ZX_ATTRITION", ["C5:C9", "D5", "E5"], None),
        ("ZX_ATTRITION", ["C5", "D5", "E5", '"LIMRA"'], None),
        ("ZX_RENEW", ["C5+C6", "'续 期'!D5"], "IF('续 期'!D5=0,NA(),(C5+C6)/'续 期'!D5)"),
        ("ZX_BRIDGE", ["A1", "B1", "C1"], "A1+B1-C1"),
        ("ZX_BRIDGE", ["A1", "B1", "C1", "D1"], "A1+B1-C1+D1-0"),
        ("ZX_SPREAD", ["A1", "B1:B9"], None),
        ("ZX_WHY", ['"举绩率"', "A1"], None),
        ("ZX_STATE", ["A1", "B1", '"低"'], 'IF(B1+0<=0,NA(),IF(ROUND(A1/B1,12)>1.1,"危险",IF(ROUND(A1/B1,12)>1,"异常","健康")))'),
    ],
)
def it_knows_the_native_formula_of_a_call(name, arguments, twin):
    assert FUNCTIONS[name].twin(arguments) == twin


@pytest.mark.parametrize(
    ("key", "variant", "text"),
    [
        ("脱落率", "手册", "ZX_ATTRITION(A1,B1,C1)"), ("脱落率", "期初", 'ZX_ATTRITION(A1,B1,C1,"期初")'),
        ("脱落率", "LIMRA", 'ZX_ATTRITION(A1,B1,C1,"LIMRA",D1)'), ("举绩率", "期末", 'ZX_ACTIVE_RATE(E1,B1,C1,"期末")'),
        ("举绩率", "曾在职", None),
    ],
)
def it_writes_the_call_of_any_basis_that_the_cells_allow(key, variant, text):
    cells = {"脱落人数": "A1", "期初人力": "B1", "期末人力": "C1", "增员人数": "D1", "举绩人数": "E1"}
    written = call(KPIS[key], variant, cells)
    assert written == text
    if written:
        numbers = {"A1": 4.0, "B1": 40.0, "C1": 42.0, "D1": 6.0, "E1": 20.0}
        wanted = KPIS[key].monthly(variant).value({name: numbers[cell] for name, cell in cells.items()})
        assert calculated(written, "表", lambda _, row, column: numbers[address(row, column)]) == wanted


def it_needs_nothing_but_the_standard_library():
    program = "import sys; import zuxun_xl.functions.catalogue; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = set(subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout.split())
    outside = {name for name in loaded if name not in sys.stdlib_module_names and not name.startswith(("_", "zuxun_xl"))}
    assert outside <= {"sitecustomize", "usercustomize"}
