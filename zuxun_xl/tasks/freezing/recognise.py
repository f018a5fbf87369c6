"""Native formulas that are the very twin of a KPI's function: told by the heading of their row or column, read back into a call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from zuxun_xl.book.grid import Grid
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.kpi.catalogue import HANDBOOK, KPIS, Kpi
from zuxun_xl.units import squeeze

_ARGUMENT = r"(?:(?:'(?:[^']|'')+'|[^\W\d][\w.]*)!)?\$?[A-Z]{1,3}\$?\d+|\d+(?:\.\d+)?|\((?:[^()]|\([^()]*\))*\)"
_BASIS = "basis"


class Recognised:
    """The formulas of a sheet, asked for the function that they stand for."""

    def __init__(self, grid: Grid) -> None:
        self._grid = grid

    def function(self, place: tuple[int, int], formula: str) -> str | None:
        """The call that a native formula stands for; ``None`` where headings name no KPI, or two, or the formula is another."""
        row, column = place
        beside = self._first((row, each) for each in range(column - 1, 0, -1))
        above = self._first((each, column) for each in range(row - 1, 0, -1))
        named = {kpi.key: kpi for text in (beside, above) if (kpi := _kpis().get(text)) is not None}
        return _call(next(iter(named.values())), formula) if len(named) == 1 else None

    def _first(self, places: Iterator[tuple[int, int]]) -> str:
        """The first text among cells."""
        texts = (value for place in places if isinstance(value := self._grid.value(*place), str) and not value.startswith("#"))
        return squeeze(next(texts, ""))


@cache
def _kpis() -> dict[str, Kpi]:
    return {squeeze(name): kpi for kpi in KPIS.values() for name in (kpi.key, *kpi.aliases)}


def _call(kpi: Kpi, formula: str) -> str | None:
    for basis in (HANDBOOK, *kpi.variants):
        match = _pattern(kpi.function, basis).fullmatch(formula)
        if match is not None:
            return _written(kpi.function, basis, match)
    return None


@cache
def _pattern(name: str, basis: str) -> re.Pattern[str]:
    """What the twin of a call looks like; nothing where it does not show all arguments that the call needs."""
    parameters = FUNCTIONS[name].parameters
    stand_ins = {each.name: f"ZZY{number}" for number, each in enumerate(parameters, start=1) if each.name != _BASIS}
    twin = FUNCTIONS[name].twin([f'"{basis}"' if each.name == _BASIS else stand_ins[each.name] for each in parameters]) or ""
    needed = [stand_ins[each.name] for each in parameters if not each.optional]
    if not twin or any(stand_in not in twin for stand_in in needed):
        return re.compile(r"(?!)")
    pattern = re.escape(twin)
    for key, stand_in in stand_ins.items():
        first, *rest = re.split(rf"{stand_in}(?!\d)", pattern, maxsplit=1)
        if rest:
            pattern = f"{first}(?P<{key}>{_ARGUMENT})" + re.sub(rf"{stand_in}(?!\d)", f"(?P={key})", rest[0])
    return re.compile(pattern)


def _written(name: str, basis: str, match: re.Match[str]) -> str:
    found = match.groupdict()
    texts = [
        ("" if basis == HANDBOOK else f'"{basis}"') if each.name == _BASIS else _bare(found.get(each.name) or "")
        for each in FUNCTIONS[name].parameters
    ]
    while texts and not texts[-1]:
        texts.pop()
    return f"{name}({','.join(texts)})"


def _bare(argument: str) -> str:
    """An argument without the brackets that its twin put round it."""
    return argument[1:-1] if argument.startswith("(") else argument
