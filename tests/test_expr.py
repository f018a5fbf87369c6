"""One formula text: as value, as column, as Excel formula, and the small language it may use."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from zuxun_xl.errors import FormulaError
from zuxun_xl.expr import Expression

NAMES = ("甲", "乙", "丙", "丁")
CELLS = dict(zip(NAMES, ("A1", "B2", "$C$3", "D4"), strict=True))

# ------------------------------------------------------------------------- a spreadsheet of one line, written for the test

Cell = float | str
NOT_AVAILABLE, DIVISION = "#N/A", "#DIV/0!"
LEXEME = re.compile(r"\$?[A-Z]+\$?\d+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|[A-Z]+|[-+*/=(),]")


@dataclass
class Sheet:
    """Evaluates ``+ - * /``, ``=``, IF, OR and NA() with Excel's precedence and Excel's way with errors."""

    cells: dict[str, float]

    def evaluate(self, formula: str) -> Cell:
        self.tokens = [*LEXEME.findall(formula), ""]
        assert "".join(self.tokens) == formula
        value = self.comparison()
        assert self.tokens == [""]
        return value

    def take(self, *wanted: str) -> str:
        return self.tokens.pop(0) if self.tokens[0] in wanted else ""

    def comparison(self) -> Cell:
        left = self.terms()
        return self.apply("=", left, self.terms()) if self.take("=") else left

    def terms(self) -> Cell:
        value = self.factors()
        while sign := self.take("+", "-"):
            value = self.apply(sign, value, self.factors())
        return value

    def factors(self) -> Cell:
        value = self.signed()
        while sign := self.take("*", "/"):
            value = self.apply(sign, value, self.signed())
        return value

    def signed(self) -> Cell:
        if self.take("-"):
            return self.apply("-", 0.0, self.signed())
        return self.atom()

    def atom(self) -> Cell:
        lexeme = self.tokens.pop(0)
        if lexeme == "(":
            value = self.comparison()
            assert self.take(")")
            return value
        if lexeme in ("IF", "OR", "NA"):
            return getattr(self, lexeme.lower())(self.arguments())  # type: ignore[no-any-return]
        return self.cells[lexeme] if lexeme[-1].isdigit() and not lexeme[0].isdigit() else float(lexeme)

    def arguments(self) -> list[Cell]:
        assert self.take("(")
        values: list[Cell] = []
        while not self.take(")"):
            values.append(self.comparison())
            self.take(",")
        return values

    def apply(self, sign: str, a: Cell, b: Cell) -> Cell:
        if isinstance(a, str) or isinstance(b, str):
            return a if isinstance(a, str) else b
        if sign == "/" and b == 0:
            return DIVISION
        return {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b, "=": lambda: float(a == b)}[sign]()

    @staticmethod
    def na(_: list[Cell]) -> Cell:
        return NOT_AVAILABLE

    @staticmethod
    def or_(values: list[Cell]) -> Cell:
        errors = [value for value in values if isinstance(value, str)]
        return errors[0] if errors else float(any(values))

    def __getattr__(self, name: str) -> object:
        if name == "or":
            return self.or_
        if name == "if":
            return lambda values: values[0] if isinstance(values[0], str) else values[1] if values[0] else values[2]
        raise AttributeError(name)


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        ("1-2-3", -4),
        ("2*3+4/8", 6.5),
        ("-A1*2", -6),
        ("8/4/2", 1),
        ("1/0", DIVISION),
        ("IF(1=0,NA(),5)", 5),
        ("IF(OR(1=0,0=0),NA(),1/0)", NOT_AVAILABLE),
        ("OR(1/0=0,1=1)", DIVISION),
    ],
)
def it_has_an_evaluator_that_calculates_as_a_spreadsheet(formula, value):
    assert Sheet({"A1": 3.0}).evaluate(formula) == value


# ------------------------------------------------------------------------------------------------------ random formulas

atoms = st.sampled_from(NAMES) | st.integers(0, 9).map(str) | st.sampled_from(["0.5", "1.25"])
formulas = st.recursive(
    atoms,
    lambda inner: (
        st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})") | inner.map(lambda t: f"(-{t})")
    ),
    max_leaves=8,
)
unsigned = st.recursive(
    atoms, lambda inner: st.tuples(inner, st.sampled_from("+-*/"), inner).map(lambda t: f"({t[0]} {t[1]} {t[2]})"), max_leaves=8
)
numbers = st.integers(-4, 4).map(float) | st.sampled_from([0.0, 0.1, 2.75, 12_345.67])
rows = st.lists(st.tuples(*[numbers] * len(NAMES)), min_size=1, max_size=4)


@given(formulas, rows)
@settings(max_examples=200)
def it_gives_the_same_as_value_as_column_and_in_excel(text, table):
    formula = Expression(text)
    assume(formula.names)
    values = [formula.value(dict(zip(NAMES, row, strict=True))) for row in table]
    frame = pd.DataFrame(table, columns=list(NAMES))
    wanted = np.array([np.nan if value is None else value for value in values])
    np.testing.assert_array_equal(np.asarray(formula.column(frame), dtype=float), wanted)
    np.testing.assert_array_equal(np.asarray(formula.column({name: frame[name].to_numpy() for name in NAMES}), dtype=float), wanted)
    shown = [Sheet(dict(zip(CELLS.values(), row, strict=True))).evaluate(formula.excel(CELLS)) for row in table]
    assert shown == [NOT_AVAILABLE if value is None else value for value in values]


@given(unsigned)
def it_brackets_in_excel_only_where_the_order_demands_it(text):
    formula = Expression(text).excel({name: name for name in NAMES})
    body = formula
    while body.startswith("IF("):
        body = body.partition("NA(),")[2][:-1]
    assert body == ast.unparse(ast.parse(text, mode="eval")).replace(" ", "")


@given(formulas, st.tuples(*[numbers] * len(NAMES)), st.sampled_from(NAMES))
def it_is_undefined_where_a_figure_is_missing(text, row, absent):
    values: dict[str, float | None] = {**dict(zip(NAMES, row, strict=True)), absent: None}
    formula = Expression(text)
    if absent in formula.names:
        assert formula.value(values) is None
        column = formula.column({name: np.array([np.nan if value is None else value]) for name, value in values.items()})
        assert np.isnan(column).all()


@given(formulas, st.tuples(*[numbers] * len(NAMES)))
def it_spells_names_out_without_changing_the_value(text, row):
    values = dict(zip(NAMES, row, strict=True))
    spelt = Expression(f"结果 = {text}").replacing({"甲": "(乙 + 丙) / 2"})
    assert "甲" not in spelt.names
    assert spelt.value(values) == Expression(text).value({**values, "甲": (values["乙"] + values["丙"]) / 2})


# ---------------------------------------------------------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("text", "excel"),
    [
        ("甲 / 乙", "IF(B2=0,NA(),A1/B2)"), ("甲 / 2", "A1/2"), ("甲 + 乙 - 丙", "A1+B2-$C$3"), ("甲 - (乙 - 丙)", "A1-(B2-$C$3)"),
        ("(甲 + 乙) / 2", "(A1+B2)/2"), ("甲 * 乙 / 丙", "IF($C$3=0,NA(),A1*B2/$C$3)"),
        ("甲 / (乙 * 丙)", "IF(B2*$C$3=0,NA(),A1/(B2*$C$3))"), ("甲 / ((乙 + 丙) / 2)", "IF((B2+$C$3)/2=0,NA(),A1/((B2+$C$3)/2))"),
        ("甲 / 乙 + 丙 / 丁", "IF(OR(B2=0,D4=0),NA(),A1/B2+$C$3/D4)"), ("甲 / 乙 + 丙 / 乙", "IF(B2=0,NA(),A1/B2+$C$3/B2)"),
        ("-甲 + 乙", "-A1+B2"), ("甲 - -乙", "A1-(-B2)"), ("-(甲 + 乙)", "-(A1+B2)"), ("0.5 * 甲", "0.5*A1"), ("甲", "A1"),
        ("甲 / (乙 / 丙)", "IF($C$3=0,NA(),IF(B2/$C$3=0,NA(),A1/(B2/$C$3)))"), ("甲 / 0", "IF(0=0,NA(),A1/0)"),
    ],
)
def it_writes_the_native_formula(text, excel):
    assert Expression(text).excel(CELLS) == excel


@pytest.mark.parametrize(
    ("values", "value"),
    [
        ({"甲": 4, "乙": 8}, 0.5),
        ({"甲": 4, "乙": 0}, None),
        ({"甲": 0, "乙": 4}, 0.0),
        ({"甲": 0, "乙": 0}, None),
        ({"甲": None, "乙": 4}, None),
        ({"甲": 4, "乙": None}, None),
    ],
)
def it_divides_or_says_nothing(values, value):
    assert Expression("率 = 甲 / 乙").value(values) == value


def it_keeps_nan_where_a_frame_has_a_gap_or_a_zero_denominator():
    frame = pd.DataFrame({"甲": [4, 4, None, 0], "乙": [8, 0, 2, 4]})
    assert Expression("甲 / 乙").column(frame).fillna(-1).tolist() == [0.5, -1, -1, 0]


def it_takes_whole_numbers_in_arrays():
    assert Expression("甲 / 乙").column({"甲": np.array([1, 2]), "乙": np.array([2, 0])})[0] == 0.5


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("脱落率 = 脱落人数 / 平均人力", ("脱落人数", "平均人力")),
        ("a / (a + b)", ("a", "b")),
        ("1 + 2", ()),
        ("ＦＹＰ / 件数", ("FYP", "件数")),
        ("-c * a", ("c", "a")),
    ],
)
def it_lists_the_names_it_uses_in_order(text, names):
    assert Expression(text).names == names


@pytest.mark.parametrize(
    "text",
    [
        "f(甲)", "SUM(甲, 乙)", "甲.乙", "甲[0]", "甲 ** 2", "甲 // 2", "甲 % 2", "甲 @ 乙", "~甲", "+甲", "not 甲", "甲 and 乙",
        "甲 if 乙 else 丙", "甲 < 乙", "甲 == 乙", "甲 >= 乙", "甲 <= 乙", "甲 != 乙", "甲 <> 乙", "率 = 甲 == 乙", "率 = 甲 = 乙",
        "率 == 甲", "率 += 甲", "率 := 甲", "(率 := 甲)", "率.x = 甲", "f(x) = 甲", "9 = 甲", "= 甲", "lambda: 甲", "lambda x=1: x", "'甲'",
        "f'{甲}'", "b'x'", "[甲]", "(甲, 乙)", "{甲}", "{甲: 乙}", "[x for x in 甲]", "True", "None", "1j", "...", "甲 乙", "甲 +", "(甲",
        "", "  ", "率 =", "甲\n乙", "await 甲", "*甲", "甲; 乙", "import os", "__import__('os')", "甲 & 乙", "甲 | 乙", "甲 << 1",
    ],
)
def it_refuses_everything_outside_its_small_language(text):
    with pytest.raises(FormulaError, match="加减乘除"):
        Expression(text)


@given(st.text(max_size=20))
def it_accepts_arithmetic_or_refuses_and_nothing_else_happens(text):
    try:
        formula = Expression(text)
    except FormulaError:
        return
    assert formula.value(dict.fromkeys(formula.names)) is None or not formula.names
