"""Functions that are arithmetic: every KPI of the catalogue, 平均人力, the headcount bridge, time progress. Formula text in, cells out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from math import isfinite

from zuxun_xl.cells import ErrorValue
from zuxun_xl.expr import Expression, expression
from zuxun_xl.functions.function import Function, Parameter, Twin, operand
from zuxun_xl.functions.values import DIV0, MISSING, NA, VALUE, Cell, Missing, finite, first_error, number
from zuxun_xl.kpi.catalogue import HANDBOOK, KPIS, MONTHLY_AVERAGE, Kpi

Reckon = Callable[[Sequence[Cell | Missing]], Cell]
"""Arguments in the order of the parameters → the value; ``#VALUE!`` where one that is needed was left out."""

_BASIS = "basis"

_VARIANTS_ALSO = {
    "期初人力": "opening", "期末人力": "closing", "增员人数": "recruited", "调入": "moved_in",
    "举绩人次": "active_sum", "实收件数": "received_cases", "应收件数": "due_cases", "请假人次": "on_leave",
}
"""Measures that only other 口径 need → names of their parameters, which stand last."""


def reckoner(formula: Expression, order: Sequence[str]) -> Reckon:
    """The value that the native formula of an expression shows, for cells in a given order of its names.

    As the spreadsheet has it: an empty cell is 0, a denominator of 0 gives ``#N/A``, errors are passed on, text is ``#VALUE!``.
    """
    plain, slowly = formula.function(order), _slow(formula, order)

    def reckon(cells: Sequence[Cell | Missing]) -> Cell:
        try:
            value = plain(cells)  # type: ignore[arg-type]  # what is no number is told by the operators
        except (TypeError, ZeroDivisionError):
            return slowly(cells)
        return value if type(value) is float and isfinite(value) else slowly(cells)

    return reckon


def _slow(formula: Expression, order: Sequence[str]) -> Reckon:
    """The same for cells that are not all numbers: denominators are tested first, then the operands from left to right."""
    body, places = formula.function(formula.names), {name: order.index(name) for name in formula.names}
    plain = [denominator for denominator, divides in formula.denominators if not divides]
    steps = [plain, *([denominator] for denominator, divides in formula.denominators if divides)]

    def reckon(given: Sequence[Cell | Missing]) -> Cell:
        cells: dict[str, Cell] = {}
        for name, place in places.items():
            cell = given[place]
            if isinstance(cell, Missing):
                return VALUE
            cells[name] = cell
        numbers = {name: number(cell) for name, cell in cells.items()}
        for step in steps:
            outcomes = [outcome for denominator in step if (outcome := _tested(denominator, cells, numbers)) is not None]
            if outcomes:
                return next((outcome for outcome in outcomes if outcome != NA), NA)
        if error := first_error(list(numbers.values())):
            return error
        try:
            return finite(body([float(each) for each in numbers.values()]))
        except ZeroDivisionError:
            return DIV0

    return reckon


def _tested(denominator: Expression, cells: Mapping[str, Cell], numbers: Mapping[str, float | ErrorValue]) -> ErrorValue | None:
    """What keeps a denominator from dividing. A bare cell that holds text is not compared with 0: it then fails as an operand."""
    first = cells[denominator.names[0]]
    if denominator.is_name and isinstance(first, str) and not isinstance(first, ErrorValue):
        return None
    operands = [numbers[name] for name in denominator.names]
    if error := first_error(operands):
        return error
    try:
        return None if denominator.function(denominator.names)([float(each) for each in operands]) else NA
    except ZeroDivisionError:
        return DIV0


def kpi_functions() -> Iterator[Function]:
    """One function a KPI; its parameters are the measures of its monthly formula, then the 口径 and what further 口径 need."""
    return map(_of_kpi, KPIS.values())


def _of_kpi(kpi: Kpi) -> Function:
    parameters = [Parameter(name, key) for key, name in kpi.parameters.items()]
    extras = _extras(kpi)
    if kpi.variants:
        known = "、".join((HANDBOOK, *kpi.variants))
        parameters.append(Parameter(_BASIS, f"口径，可省略：{known}", optional=True))
        parameters += [Parameter(_VARIANTS_ALSO[key], f"{key}，只有{_users(kpi, key)}口径要", optional=True) for key in extras]
    order = [*kpi.parameters, *([_BASIS] if kpi.variants else []), *extras]
    title = f"{kpi.key} = {kpi.monthly().text.partition('=')[2].strip()}"
    return Function(
        kpi.function, kpi.key, f"{title}。{kpi.meaning}", tuple(parameters), _computed(kpi, order), _twin(kpi, order), _example(kpi)
    )


def _example(kpi: Kpi) -> tuple[str, str]:
    example = next(each for each in kpi.examples if each.value is not None)
    inputs = {**dict.fromkeys(("期初人力", "期末人力"), example.inputs.get("平均人力")), **example.inputs}
    return f"={kpi.function}({','.join(f'{inputs[name]:g}' for name in kpi.parameters)})", f"{example.value:.6g}"


def _extras(kpi: Kpi) -> list[str]:
    needed = dict.fromkeys(name for variant in kpi.variants for name in kpi.monthly(variant).names)
    return [name for name in needed if name not in kpi.parameters]


def _users(kpi: Kpi, measure: str) -> str:
    return "、".join(variant for variant in kpi.variants if measure in kpi.monthly(variant).names)


def _computed(kpi: Kpi, order: Sequence[str]) -> Callable[..., Cell]:
    reckoners: dict[Cell | Missing, Reckon] = {name: reckoner(kpi.monthly(name), order) for name in (HANDBOOK, *kpi.variants)}
    usual = reckoners[HANDBOOK]
    if _BASIS not in order:
        return lambda *cells: usual(cells)
    reckoners |= dict.fromkeys((MISSING, None, ""), usual)
    place = order.index(_BASIS)

    def compute(*cells: Cell | Missing) -> Cell:
        basis = cells[place]
        if basis in reckoners:
            return reckoners[basis](cells)
        return basis if isinstance(basis, ErrorValue) else VALUE

    return compute


def _twin(kpi: Kpi, order: Sequence[str]) -> Twin:
    def twin(arguments: Sequence[str]) -> str | None:
        given = dict(zip(order, arguments, strict=False))
        basis = given.pop(_BASIS, "").strip('" ') or HANDBOOK
        if basis != HANDBOOK and basis not in kpi.variants:
            return None
        return _native(kpi.monthly(basis), given)

    return twin


def _native(formula: Expression, given: Mapping[str, str]) -> str | None:
    """The native formula over the texts of arguments; ``None`` where one is an area, or is lacking."""
    texts = {name: operand(given.get(name, "")) for name in formula.names}
    return None if None in texts.values() else formula.excel({name: text or "" for name, text in texts.items()})


def call(kpi: Kpi, variant: str, references: Mapping[str, str]) -> str | None:
    """The call of a KPI's function over references by measure, with its 口径 unless it is the handbook's; ``None`` where one is lacking."""
    used = [] if variant == HANDBOOK else [name for name in kpi.monthly(variant).names if name not in kpi.parameters]
    if any(name not in references for name in (*kpi.parameters, *used)):
        return None
    texts = [references[name] for name in kpi.parameters]
    if variant != HANDBOOK:
        texts += [f'"{variant}"', *(references[name] if name in used else "" for name in _extras(kpi))]
    while not texts[-1]:
        texts.pop()
    return f"{kpi.function}({','.join(texts)})"


def plain_functions() -> Iterator[Function]:
    """Arithmetic that is no KPI."""
    yield _plain(
        "ZX_AVG_HEADCOUNT", "一个月的平均人力 = (期初人力 + 期末人力) / 2；更长期间取各月的平均。",
        f"平均人力 = {MONTHLY_AVERAGE['平均人力']}", {"期初人力": "opening", "期末人力": "closing"},
        ("=ZX_AVG_HEADCOUNT(40,42)", "41"),
    )
    yield _plain(
        "ZX_BRIDGE", "期末人力 = 期初人力 + 增员人数 - 脱落人数 + 调入 - 调出，用来核对手填的期末人力。",
        "期末人力 = 期初人力 + 增员人数 - 脱落人数 + 调入 - 调出",
        {"期初人力": "opening", "增员人数": "recruited", "脱落人数": "lost", "调入": "moved_in", "调出": "moved_out"},
        ("=ZX_BRIDGE(40,6,4)", "42"), optional=2, without="期末人力 = 期初人力 + 增员人数 - 脱落人数",
    )
    yield _plain(
        "ZX_PACE", "时间进度达成率 = 实际 / (计划 × 已过工作日 / 总工作日)，1 就是正好跟上进度。",
        "时间进度达成率 = 实际 / (计划 * 已过工作日 / 总工作日)",
        {"实际": "actual", "计划": "target", "已过工作日": "days_gone", "总工作日": "days_total"},
        ("=ZX_PACE(60,100,11,22)", "1.2"),
    )


def _plain(
    name: str, text: str, formula: str, names: Mapping[str, str], example: tuple[str, str], optional: int = 0, without: str = ""
) -> Function:
    """A function of one formula; the last parameters may be left out and count as 0, its formula ``without`` them is then shorter."""
    whole, required, short = expression(formula), len(names) - optional, expression(without or formula)
    parameters = tuple(
        Parameter(ascii_name, key, optional=index >= required) for index, (key, ascii_name) in enumerate(names.items())
    )
    reckon = reckoner(whole, list(names))

    def compute(*cells: Cell | Missing) -> Cell:
        return reckon([0.0 if isinstance(cell, Missing) else cell for cell in cells])

    def twin(arguments: Sequence[str]) -> str | None:
        given = [*arguments, *["0"] * (len(names) - len(arguments))]
        return _native(short if len(arguments) == required else whole, dict(zip(names, given, strict=True)))

    return Function(name, formula.partition("=")[0].strip(), text, parameters, compute, twin, example)
