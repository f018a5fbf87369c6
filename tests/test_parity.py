"""Parity: the function in LibreOffice = the function called in Python = its native formula recalculated = pandas, for every KPI.

One workbook holds a sheet a function: random cells, beside them the call, its native twin, and the same call over whole columns.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import xlsxwriter

from zuxun_xl.book.calc.evaluate import calculated
from zuxun_xl.cells import ErrorValue, address
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.function import Function
from zuxun_xl.kpi.catalogue import HANDBOOK, KPIS, Kpi

if TYPE_CHECKING:
    from pathlib import Path

    from tests.oracle.client import Oracle

pytestmark = pytest.mark.libreoffice

ROWS = 1000
"""Random rows of each function with a native twin."""

CAUSES = {"#N/A": "NA()", "#DIV/0!": "1/0", "#VALUE!": '"a"+1', "#REF!": "#REF!+1", "#NUM!": "EXP(1000)", "#NAME?": "NO_SUCH_NAME"}
"""Error values → formulas that show them."""

ERROR = "错"
TYPES = ["", "#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]
"""Error values by their ERROR.TYPE: only a true error has one."""
CALL, TWIN, COLUMNS = range(3)

BY_FUNCTION = {kpi.function: kpi for kpi in KPIS.values()}
TWINNED = [
    function for function in FUNCTIONS.values()
    if function.twin([address(1, column) for column in range(1, 1 + sum(not each.optional for each in function.parameters))])
]
OTHERS = [function for function in FUNCTIONS.values() if function not in TWINNED]


@dataclass
class Row:
    """Cells of a row, the argument texts of the call on it, and what Python makes of it."""

    cells: list[Any]
    texts: list[str]
    variant: str = HANDBOOK
    expected: Any = None


@dataclass
class Sheet:
    """A function's rows, and what LibreOffice shows for them."""

    function: Function
    rows: list[Row]
    shown: dict[str, Any] = field(default_factory=dict)

    @property
    def width(self) -> int:
        """Columns that the cells take up."""
        return len(self.function.parameters)

    @property
    def required(self) -> int:
        """How many arguments every call has."""
        return sum(not parameter.optional for parameter in self.function.parameters)

    def column(self, place: int) -> list[Any]:
        """What LibreOffice shows in one of the three columns of formulas, row by row; errors are known by their type."""
        shown = [self.shown.get(address(row, self.width + 4 + place), "") for row in range(1, len(self.rows) + 1)]
        return [TYPES[int(value[1:])] if isinstance(value, str) and value.startswith(ERROR) else value for value in shown]


def cell(chance: random.Random, *, odd: bool) -> Any:
    """A count, an amount, a zero or nothing; an odd one may be a text or an error."""
    if odd:
        return chance.choice(["春", "", "12", "0", *map(ErrorValue, CAUSES)])
    return chance.choice([None, 0.0, 0.0, float(chance.randint(1, 60)), float(chance.randint(1, 60)), round(chance.uniform(-5e4, 5e5), 2)])


def rows_of(function: Function, chance: random.Random) -> Iterator[Row]:
    """Random rows: of two odd cells each spreadsheet shows another one's error, so that a row has one at most."""
    kpi = BY_FUNCTION.get(function.name)
    names = [parameter.name for parameter in function.parameters]
    required = sum(not parameter.optional for parameter in function.parameters)
    for number in range(1, ROWS + 1):
        count = chance.randint(required, len(names)) if kpi is None else required
        variant = chance.choice([HANDBOOK, *(kpi.variants if kpi else ())])
        if variant != HANDBOOK or function.name == "ZX_STATE":
            count = len(names)
        odd = chance.randrange(count) if chance.random() < 0.15 else None
        cells: list[Any] = [cell(chance, odd=place == odd) for place in range(count)]
        texts = [address(number, place) for place in range(1, count + 1)]
        for place, name in enumerate(names[:count]):
            if name in ("basis", "better"):
                cells[place] = variant if name == "basis" else chance.choice(["高", "低"])
                texts[place] = f'"{cells[place]}"'
        yield Row(cells, texts, variant, function(*cells))


def examples(function: Function, kpi: Kpi) -> Iterator[Row]:
    """The worked examples as rows; an average is taken as opening and closing. What they show is checked with the catalogue."""
    for example in kpi.examples:
        known = {**dict.fromkeys(("期初人力", "期末人力"), example.inputs.get("平均人力")), **example.inputs}
        cells = [known[name] for name in kpi.parameters]
        yield Row(cells, [], expected=function(*cells))


def written(workbook: xlsxwriter.Workbook, sheet: Sheet) -> None:
    """The cells, then three pairs of formula and what is read of it: the call, its twin, the call over whole columns of plain rows."""
    page, function = workbook.add_worksheet(function_sheet(sheet.function)), sheet.function
    for number, row in enumerate(sheet.rows):
        for column, value in enumerate(row.cells):
            if isinstance(value, ErrorValue):
                page.write_formula(number, column, f"={CAUSES[value]}")
            elif value == "":
                page.write_formula(number, column, '=""')
            elif value is not None:
                page.write(number, column, value)
        texts = row.texts or [address(number + 1, place) for place in range(1, len(row.cells) + 1)]
        row.texts = texts
        page.write_formula(number, sheet.width, f"={function.name}({','.join(texts)})")
        page.write_formula(number, sheet.width + 1, f"={function.twin(texts)}")
        for place in range(3):
            formula = address(number + 1, sheet.width + 1 + place)
            page.write_formula(number, sheet.width + 3 + place, f'=IF(ISERROR({formula}),"{ERROR}"&ERROR.TYPE({formula}),{formula})')
    for start, end in plain_stretches(sheet.rows, sheet.required):
        areas = [f"{address(start + 1, place)}:{address(end, place)}" for place in range(1, sheet.required + 1)]
        page.write_array_formula(start, sheet.width + 2, end - 1, sheet.width + 2, f"{{={function.name}({','.join(areas)})}}")


def function_sheet(function: Function) -> str:
    return function.name.removeprefix("ZX_")


def plain_stretches(rows: Sequence[Row], required: int) -> Iterator[tuple[int, int]]:
    """Stretches of rows with numbers and blanks only: Calc makes a whole call #VALUE! where one cell of an area is an error."""
    start = None
    for number, row in enumerate([*rows, Row(["end"], [])]):
        plain = all(each is None or isinstance(each, float | int) for each in row.cells[:required])
        if plain and start is None:
            start = number
        elif not plain and start is not None:
            if number - start > 1:
                yield start, number
            start = None


@pytest.fixture(scope="module")
def sheets(office_with_functions: Oracle, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Sheet]:
    """Every function with a twin, recalculated by LibreOffice."""
    chance = random.Random(20261124)  # noqa: S311 - test data
    made = {}
    for function in TWINNED:
        known = list(examples(function, BY_FUNCTION[function.name])) if function.name in BY_FUNCTION else []
        made[function.name] = Sheet(function, [*known, *_renumbered(rows_of(function, chance), len(known))])
    path = tmp_path_factory.mktemp("parity") / "对照.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        for sheet in made.values():
            written(workbook, sheet)
    values = office_with_functions.values(path, bare=True)
    for sheet in made.values():
        sheet.shown = values[function_sheet(sheet.function)]
    return made


def _renumbered(rows: Iterator[Row], offset: int) -> Iterator[Row]:
    for number, row in enumerate(rows, start=offset + 1):
        row.texts = [text if text.startswith('"') else address(number, place) for place, text in enumerate(row.texts, start=1)]
        yield row


def same(a: Any, b: Any) -> bool:
    if isinstance(a, float | int) and isinstance(b, float | int):
        return math.isclose(a, b, rel_tol=1e-9, abs_tol=1e-9)
    return bool(a == b)


EACH = pytest.mark.parametrize("name", [function.name for function in TWINNED])


def differing(sheet: Sheet, place: int, expected: Sequence[Any]) -> list[Any]:
    found = zip(sheet.rows, expected, sheet.column(place), strict=True)
    return [(row.cells, row.texts, ours, theirs) for row, ours, theirs in found if not same(ours, theirs)]


@EACH
def it_shows_in_libreoffice_what_it_gives_in_python(sheets: dict[str, Sheet], name: str) -> None:
    sheet = sheets[name]
    assert len(sheet.rows) >= ROWS
    assert differing(sheet, CALL, [passed_on(row) for row in sheet.rows]) == []


def passed_on(row: Row) -> Any:
    """What the function shows in Calc, which passes on an argument's error before it asks the function."""
    return next((each for each in row.cells if isinstance(each, ErrorValue)), row.expected)


@EACH
def it_shows_what_its_native_formula_shows(sheets: dict[str, Sheet], name: str) -> None:
    sheet = sheets[name]
    assert differing(sheet, TWIN, [row.expected for row in sheet.rows]) == []


@EACH
def it_meets_errors_and_undefined_ratios_among_the_rows(sheets: dict[str, Sheet], name: str) -> None:
    """Read by ERROR.TYPE, so that a text that looks like an error would differ above."""
    shown = sheets[name].column(CALL)
    assert {"#N/A", "#VALUE!", "#DIV/0!", "#REF!", "#NUM!", "#NAME?"} <= {value for value in shown if isinstance(value, str)}


@EACH
def it_shows_the_same_for_whole_columns_in_one_call(sheets: dict[str, Sheet], name: str) -> None:
    sheet = sheets[name]
    column, compared = sheet.column(COLUMNS), 0
    for start, end in plain_stretches(sheet.rows, sheet.required):
        for row, theirs in zip(sheet.rows[start:end], column[start:end], strict=True):
            assert same(sheet.function(*row.cells[:sheet.required]), theirs), (row.cells, theirs)
            compared += 1
    assert compared > 100


@pytest.mark.parametrize("kpi", KPIS.values(), ids=lambda kpi: kpi.function)
def it_gives_what_pandas_gives(sheets: dict[str, Sheet], kpi: Kpi) -> None:
    """Of rows of numbers and blanks; in a formula a blank is 0."""
    sheet = sheets[kpi.function]
    names = [*kpi.parameters, *([""] if kpi.variants else []), *_extras(kpi)]
    compared = 0
    for variant in (HANDBOOK, *kpi.variants):
        rows = [row for row in sheet.rows if row.variant == variant and row.texts and _numeric(row)]
        formula = kpi.monthly(variant)
        frame = pd.DataFrame({name: [float(row.cells[names.index(name)] or 0) for row in rows] for name in formula.names})
        column = formula.column(frame)
        for row, value in zip(rows, column, strict=True):
            assert row.expected == "#N/A" if math.isnan(value) else same(row.expected, value), (row.cells, value)
        compared += len(rows)
    assert compared > ROWS / 2


def _extras(kpi: Kpi) -> list[str]:
    needed = dict.fromkeys(name for variant in kpi.variants for name in kpi.monthly(variant).names)
    return [name for name in needed if name not in kpi.parameters]


def _numeric(row: Row) -> bool:
    return all(each is None or isinstance(each, float | int) or each == row.variant for each in row.cells)


CALLS = [
    *(function.example[0] for function in OTHERS),
    *(f'=ZX_WHY("{kpi}",{value},{plan})' for kpi in ("举绩率", "脱落率", "人均FYC") for value in (0.1, 900) for plan in (0.3, 0)),
    *(f'=ZX_CAUSES("{problem}",{place})' for problem in ("ZY", "举绩率", "人均FYC", "天气") for place in (1, 3, 99)),
    *(f'=ZX_WORKDAYS("2026-{month:02}-01","2026-{month:02}-28")' for month in range(1, 13)),
    *(f'=ZX_PERIOD_END("{text}")' for text in ("2026", "2026Q1", "2026-02", "2026年2月", "某月")),
    *(f"=SUM(ZX_SPREAD({total},{{1;2;0;3.5}}))" for total in (0, 7, 1000, -7, 12.5)),
    "=ZX_RENEW(5)", '=IFERROR(ZX_RENEW(5,0),"—")', '=IFERROR(ZX_RENEW(5),"少一个参数")',
]


def it_gives_the_same_for_functions_without_a_twin(office_with_functions: Oracle, tmp_path: Path) -> None:
    path = tmp_path / "其余.xlsx"
    with xlsxwriter.Workbook(str(path)) as workbook:
        page = workbook.add_worksheet("调用")
        for row, text in enumerate(CALLS):
            page.write_formula(row, 0, text)
    shown = office_with_functions.values(path)["调用"]
    found = [(text, expected(text), shown.get(f"A{row}")) for row, text in enumerate(CALLS, start=1)]
    assert [(text, ours, theirs) for text, ours, theirs in found if not same(ours, theirs)] == []


def expected(text: str) -> Any:
    """What a call shows, reckoned here; array constants are spelt out."""
    if text.startswith("=SUM(ZX_SPREAD("):
        total, weights = text.removeprefix("=SUM(ZX_SPREAD(").rstrip(")").split(",", 1)
        parts = FUNCTIONS["ZX_SPREAD"](float(total), [[float(each)] for each in weights.strip("{}").split(";")])
        return sum(row[0] for row in parts) if isinstance(parts, list) else parts
    return calculated(text.removeprefix("="), "调用", lambda *_: None)
