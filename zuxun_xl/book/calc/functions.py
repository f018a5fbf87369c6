"""The functions that formulas of ours and most of people's own are made of; those of ZX_ are the worksheet functions themselves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Protocol

from zuxun_xl.book.calc.parse import Constant, Node, NotComputableError
from zuxun_xl.book.calc.values import Cells, Value, compared, number, same_precision
from zuxun_xl.book.grid import ErrorValue
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.function import Function
from zuxun_xl.functions.values import MISSING
from zuxun_xl.units import round_half_up

_CRITERION = re.compile(r"(<=|>=|<>|<|>|=)?(.*)", re.DOTALL)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)")
_NO_NUMBERS = ErrorValue("#DIV/0!")


class Scene(Protocol):
    """Where a formula stands: what gives its parts their values."""

    def value(self, node: Node) -> Value:
        """A single value."""
        ...

    def any(self, node: Node) -> Value | Cells:
        """A single value, or the cells of an area."""
        ...


def called(name: str, arguments: Sequence[Node], scene: Scene) -> Value | Cells:
    """The value of a call, or the cells of an area that it gives."""
    if name in _LAZY:
        return _LAZY[name](arguments, scene)
    if name in FUNCTIONS:
        return _ours(FUNCTIONS[name], arguments, scene)
    if name not in _EAGER:
        raise NotComputableError(name)
    return _EAGER[name]([scene.any(argument) for argument in arguments])


def _ours(function: Function, arguments: Sequence[Node], scene: Scene) -> Value | Cells:
    given = [MISSING if argument == Constant(None) else scene.any(argument) for argument in arguments]
    result = function(*(argument.rows if isinstance(argument, Cells) else argument for argument in given))
    return Cells(tuple(map(tuple, result))) if isinstance(result, list) else result


def _if(arguments: Sequence[Node], scene: Scene) -> Value:
    test = _truth(scene.value(arguments[0]))
    if isinstance(test, ErrorValue):
        return test
    rest = arguments[1:]
    if test:
        return scene.value(rest[0])
    return scene.value(rest[1]) if len(rest) > 1 else False


def _if_error(arguments: Sequence[Node], scene: Scene) -> Value:
    value = scene.value(arguments[0])
    return scene.value(arguments[1]) if isinstance(value, ErrorValue) else value


def _if_na(arguments: Sequence[Node], scene: Scene) -> Value:
    value = scene.value(arguments[0])
    return scene.value(arguments[1]) if isinstance(value, ErrorValue) and value == "#N/A" else value


def _truth(value: Value) -> bool | ErrorValue:
    if isinstance(value, bool):
        return value
    numeric = number(value)
    return numeric if isinstance(numeric, ErrorValue) else numeric != 0


def _all(arguments: Sequence[Value | Cells]) -> Value:
    return _logical(arguments, all)


def _some(arguments: Sequence[Value | Cells]) -> Value:
    return _logical(arguments, any)


def _logical(arguments: Sequence[Value | Cells], joined: Callable[[Sequence[bool]], bool]) -> Value:
    if any(isinstance(argument, Cells) and argument.shape != (1, 1) for argument in arguments):
        raise NotComputableError("area")
    found = [_truth(_single(argument)) for argument in arguments]
    error = next((each for each in found if isinstance(each, ErrorValue)), None)
    return error if error is not None else joined([bool(each) for each in found])


def _single(argument: Value | Cells) -> Value:
    if isinstance(argument, Cells):
        if argument.shape != (1, 1):
            raise NotComputableError("area")
        return argument.rows[0][0]
    return argument


def _numbers(arguments: Sequence[Value | Cells]) -> list[float] | ErrorValue:
    """Numbers among arguments: of areas those cells that hold numbers, of single values all."""
    found: list[float] = []
    for argument in arguments:
        for value in argument if isinstance(argument, Cells) else (argument,):
            if isinstance(value, ErrorValue):
                return value
            if _is_number(value):
                found.append(float(value or 0))
            elif not isinstance(argument, Cells):
                raise NotComputableError("an argument that is no number")
    return found


def _over(reckon: Callable[[list[float]], Value]) -> Callable[[Sequence[Value | Cells]], Value]:
    def function(arguments: Sequence[Value | Cells]) -> Value:
        numbers = _numbers(arguments)
        return numbers if isinstance(numbers, ErrorValue) else reckon(numbers)

    return function


def _is_number(value: Value) -> bool:
    """Whether a value is a number; some programs take truth values for such."""
    if isinstance(value, bool):
        raise NotComputableError("a truth value among numbers")
    return isinstance(value, float)


def _flat(arguments: Sequence[Value | Cells]) -> Iterator[Value]:
    for argument in arguments:
        yield from argument if isinstance(argument, Cells) else (argument,)


def _counts(value: Value) -> bool:
    """Whether a value is a number for a criterion; of digits kept as text (agent codes) programs disagree."""
    if isinstance(value, str) and not isinstance(value, ErrorValue) and _NUMBER.fullmatch(value.strip()):
        raise NotComputableError("digits kept as text")
    return _is_number(value)


def _matches(criterion: Value) -> Callable[[Value], bool]:
    """The test that a criterion of COUNTIF means."""
    if criterion is None or isinstance(criterion, bool | ErrorValue):
        raise NotComputableError("criterion")
    if not isinstance(criterion, str):
        return lambda value: _counts(value) and same_precision(float(value or 0)) == same_precision(float(criterion))
    match = _CRITERION.fullmatch(criterion)
    sign, text = (match[1] or "", match[2]) if match else ("", criterion)
    if any(character in text for character in "*?~") or (not text and sign != "<>"):
        raise NotComputableError(criterion)
    if _NUMBER.fullmatch(text):
        return _numeric(sign, float(text))
    if sign == "<>":
        return lambda value: value is not None if not text else not _equal(value, text)
    if sign in ("", "="):
        return lambda value: _equal(value, text)
    raise NotComputableError(criterion)


def _numeric(sign: str, limit: float) -> Callable[[Value], bool]:
    if sign == "<>":
        return lambda value: not (_counts(value) and compared(value, limit) == 0)
    accepted = {"": (0,), "=": (0,), "<": (-1,), ">": (1,), "<=": (-1, 0), ">=": (0, 1)}[sign]
    return lambda value: _counts(value) and compared(value, limit) in accepted


def _equal(value: Value, text: str) -> bool:
    return isinstance(value, str) and not isinstance(value, ErrorValue) and value.casefold() == text.casefold()


def _chosen(pairs: Sequence[Value | Cells]) -> list[bool]:
    """Which cells of areas of one shape meet all criteria that follow on them."""
    areas, criteria = pairs[::2], pairs[1::2]
    shapes = {area.shape if isinstance(area, Cells) else None for area in areas}
    if len(shapes) != 1 or None in shapes or len(areas) != len(criteria):
        raise NotComputableError("criteria")
    tests = [_matches(_single(criterion)) for criterion in criteria]
    columns = [list(area) for area in areas if isinstance(area, Cells)]
    return [all(test(value) for test, value in zip(tests, row, strict=True)) for row in zip(*columns, strict=True)]


def _sum_ifs(arguments: Sequence[Value | Cells]) -> Value:
    return _summed(arguments[0], _chosen(arguments[1:]))


def _sum_if(arguments: Sequence[Value | Cells]) -> Value:
    return _summed(arguments[2] if len(arguments) > 2 else arguments[0], _chosen(arguments[:2]))  # noqa: PLR2004


def _summed(area: Value | Cells, chosen: Sequence[bool]) -> Value:
    if not isinstance(area, Cells) or len(list(area)) != len(chosen):
        raise NotComputableError("areas of different shapes")
    return _over(sum)([Cells((tuple(value for value, taken in zip(area, chosen, strict=True) if taken),))])


def _rank(arguments: Sequence[Value | Cells]) -> Value:
    """The place of a number among others, the greatest first; what a number has that is not among them, programs disagree on."""
    own, others = number(_single(arguments[0])), _numbers(arguments[1:2])
    if isinstance(own, ErrorValue) or isinstance(others, ErrorValue) or own not in others or len(arguments) > 2:  # noqa: PLR2004
        raise NotComputableError("RANK")
    return float(1 + sum(other > own for other in others))


def _round(arguments: Sequence[Value | Cells]) -> Value:
    value, places = (number(_single(argument)) for argument in arguments)
    if isinstance(value, ErrorValue) or isinstance(places, ErrorValue):
        return value if isinstance(value, ErrorValue) else places
    return round_half_up(value, int(places))


_LAZY: dict[str, Callable[[Sequence[Node], Scene], Value]] = {"IF": _if, "IFERROR": _if_error, "IFNA": _if_na}
_EAGER: dict[str, Callable[[Sequence[Value | Cells]], Value]] = {
    "AND": _all,
    "OR": _some,
    "NA": lambda _: ErrorValue("#N/A"),
    "ISNUMBER": lambda arguments: _is_number(_single(arguments[0])),
    "ISERROR": lambda arguments: isinstance(_single(arguments[0]), ErrorValue),
    "SUM": _over(lambda numbers: float(sum(numbers))),
    "AVERAGE": _over(lambda numbers: sum(numbers) / len(numbers) if numbers else _NO_NUMBERS),
    "MIN": _over(lambda numbers: min(numbers, default=0.0)),
    "MAX": _over(lambda numbers: max(numbers, default=0.0)),
    "COUNT": lambda arguments: float(sum(map(_is_number, _flat(arguments)))),
    "COUNTA": lambda arguments: float(sum(value is not None for value in _flat(arguments))),
    "COUNTIF": lambda arguments: float(sum(_chosen(arguments))),
    "COUNTIFS": lambda arguments: float(sum(_chosen(arguments))),
    "SUMIF": _sum_if,
    "SUMIFS": _sum_ifs,
    "RANK": _rank,
    "ROUND": _round,
}
