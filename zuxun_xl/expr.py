"""One formula text of the handbook → a value, a column, a function, an Excel formula, its names. Parsed with ``ast``, never run."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from zuxun_xl.errors import FormulaError
from zuxun_xl.units import tidy

_OPERATORS: dict[type[ast.operator], tuple[str, int, Callable[[Any, Any], Any]]] = {
    ast.Add: ("+", 1, operator.add),
    ast.Sub: ("-", 1, operator.sub),
    ast.Mult: ("*", 2, operator.mul),
    ast.Div: ("/", 2, operator.truediv),
}
_ATOM = 3


@dataclass(frozen=True)
class Expression:
    """``name = arithmetic over names`` as the handbook writes it, e.g. ``脱落率 = 脱落人数 / 平均人力``.

    Allowed: names, numbers, ``+ - * /``, brackets, a leading minus. Nothing is ever evaluated as Python code.

    Attributes:
        text: the formula text; the part before ``=`` names the result and may be left out.

    Raises:
        FormulaError: on construction, for anything outside that language.
    """

    text: str

    def __post_init__(self) -> None:
        _check(self._tree)

    @cached_property
    def _tree(self) -> ast.expr:
        return _parsed(self.text)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Names used, in order of first appearance."""
        return tuple(dict.fromkeys(_names(self._tree)))

    def value(self, values: Mapping[str, float | None]) -> float | None:
        """The value for numbers by name; ``None`` where one is missing or a denominator is 0."""
        return _scalar(self._tree, values)

    def replacing(self, formulas: Mapping[str, str]) -> Expression:
        """The same formula with names spelt out: ``平均人力`` → ``(期初人力 + 期末人力) / 2``."""
        trees = {name: _parsed(text) for name, text in formulas.items()}
        head, equals, _ = self.text.rpartition("=")
        return Expression(f"{head}{equals} {ast.unparse(_replaced(self._tree, trees))}".strip())

    def column(self, frame: Any) -> Any:
        """The value for arrays or DataFrame columns by name; NaN where one is missing or a denominator is 0.

        Args:
            frame: a DataFrame, or a mapping from name to array or Series of floats, all of one length.
        """
        return _array(self._tree, frame)

    def function(self, names: Sequence[str]) -> Callable[[Sequence[float]], float]:
        """The value that a cell shows, as a function of numbers in the order of ``names``; it raises ``ZeroDivisionError``."""
        return _closure(self._tree, names)

    @property
    def is_name(self) -> bool:
        """Whether it is a single name."""
        return isinstance(self._tree, ast.Name)

    @cached_property
    def denominators(self) -> tuple[tuple[Expression, bool], ...]:
        """What must not be 0, inner ones first, each with whether it divides itself."""
        texts = dict.fromkeys((ast.unparse(node), divides) for node, divides in _denominators(self._tree))
        return tuple((expression(text), divides) for text, divides in texts)

    def excel(self, references: Mapping[str, str]) -> str:
        """Native Excel formula without ``=``; ``NA()`` where a denominator is 0.

        Args:
            references: name → cell reference or sub-formula text (bracketed where it is more than a reference).
        """
        body = _excel(self._tree, references)[0]
        denominators = dict.fromkeys((_excel(node, references)[0], divides) for node, divides in _denominators(self._tree))
        for text, divides in reversed(denominators):
            body = f"IF({text}=0,NA(),{body})" if divides else body
        plain = [f"{text}=0" for text, divides in denominators if not divides]
        if not plain:
            return body
        test = plain[0] if len(plain) == 1 else f"OR({','.join(plain)})"
        return f"IF({test},NA(),{body})"


def _parsed(text: str) -> ast.expr:
    head, equals, body = text.rpartition("=")
    named = head.strip().isidentifier() or not equals
    try:
        return ast.parse(body.strip() if named else "", mode="eval").body
    except SyntaxError as error:
        raise FormulaError(f"公式“{text}”写法有误。", "只能用名称、数字、加减乘除和括号。") from error


@cache
def expression(text: str) -> Expression:
    """The expression of a formula text, parsed once."""
    return Expression(text)


def _check(node: ast.expr) -> None:
    match node:
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _OPERATORS:
            _check(left)
            _check(right)
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            _check(operand)
        case ast.Name():
            pass
        case ast.Constant(value=value) if isinstance(value, int | float) and not isinstance(value, bool):
            pass
        case _:
            raise FormulaError(f"公式里不允许“{ast.unparse(node)}”。", "只能用名称、数字、加减乘除和括号。")


def _names(node: ast.expr) -> list[str]:
    match node:
        case ast.BinOp(left=left, right=right):
            return _names(left) + _names(right)
        case ast.UnaryOp(operand=operand):
            return _names(operand)
        case ast.Name(id=name):
            return [name]
    return []


def _replaced(node: ast.expr, trees: Mapping[str, ast.expr]) -> ast.expr:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            return ast.BinOp(_replaced(left, trees), op, _replaced(right, trees))
        case ast.UnaryOp(op=op, operand=operand):
            return ast.UnaryOp(op, _replaced(operand, trees))
        case ast.Name(id=name):
            return trees.get(name, node)
    return node


def _scalar(node: ast.expr, values: Mapping[str, float | None]) -> float | None:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            a, b = _scalar(left, values), _scalar(right, values)
            if a is None or b is None or (isinstance(op, ast.Div) and b == 0):
                return None
            return float(_OPERATORS[type(op)][2](a, b))
        case ast.UnaryOp(operand=operand):
            inner = _scalar(operand, values)
            return None if inner is None else -inner
        case ast.Name(id=name):
            return values[name]
        case ast.Constant(value=value):
            return float(value)  # type: ignore[arg-type]
    raise AssertionError(node)


def _array(node: ast.expr, frame: Any) -> Any:
    match node:
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            a, b = _array(left, frame), _array(right, frame)
            return a / _zero_as_nan(b)
        case ast.BinOp(left=left, op=op, right=right):
            return _OPERATORS[type(op)][2](_array(left, frame), _array(right, frame))
        case ast.UnaryOp(operand=operand):
            return -_array(operand, frame)
        case ast.Name(id=name):
            return frame[name]
        case ast.Constant(value=value):
            return value
    raise AssertionError(node)


def _zero_as_nan(column: Any) -> Any:
    if hasattr(column, "where"):
        return column.where(column != 0)
    import numpy as np

    column = np.asarray(column, dtype=float)
    return np.where(column == 0, np.nan, column)


def _excel(node: ast.expr, references: Mapping[str, str]) -> tuple[str, int]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            symbol, rank, _ = _OPERATORS[type(op)]
            return f"{_bracket(left, references, rank)}{symbol}{_bracket(right, references, rank + 1)}", rank
        case ast.UnaryOp(operand=operand):
            return f"-{_bracket(operand, references, _ATOM)}", 1
        case ast.Name(id=name):
            return references[name], _ATOM
        case ast.Constant(value=value):
            return repr(value), _ATOM
    raise AssertionError(node)


def _bracket(node: ast.expr, references: Mapping[str, str], rank: int) -> str:
    text, own = _excel(node, references)
    return text if own >= rank else f"({text})"


def _denominators(node: ast.expr) -> list[tuple[ast.expr, bool]]:
    """Denominators that may be 0, inner ones first, each with whether it divides itself (OR would pass on its #DIV/0!)."""
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            below = _denominators(right)
            own = isinstance(op, ast.Div) and not (isinstance(right, ast.Constant) and right.value)
            return _denominators(left) + below + ([(right, bool(below))] if own else [])
        case ast.UnaryOp(operand=operand):
            return _denominators(operand)
    return []


def _closure(node: ast.expr, names: Sequence[str]) -> Callable[[Sequence[float]], float]:
    match node:
        case ast.BinOp(left=left, op=op, right=right):
            a, b, reckon = _closure(left, names), _closure(right, names), _OPERATORS[type(op)][2]
            if isinstance(op, ast.Add | ast.Sub):
                return lambda values: tidy(reckon(first := a(values), b(values)), first)
            return lambda values: reckon(a(values), b(values))
        case ast.UnaryOp(operand=operand):
            inner = _closure(operand, names)
            return lambda values: -inner(values)
        case ast.Name(id=name):
            return operator.itemgetter(names.index(name))
        case ast.Constant(value=value):
            constant = float(value)  # type: ignore[arg-type]
            return lambda _: constant
    raise AssertionError(node)
