"""Templates of the plan forms: what they ask for, that their formulas are right, that zuxun_xl itself reads them back."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.build.templates.plans import FIGURES, FLOWS, figure, made_up
from tests.oracle.client import Oracle
from tests.tasks.test_oracle import differing
from zuxun_xl.book.changes import BookSpec, Formula
from zuxun_xl.book.file import FileBook, create
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.keys import KEY_MARK
from zuxun_xl.book.locate import locate
from zuxun_xl.book.read import Context, read
from zuxun_xl.build.templates.canvas import finished
from zuxun_xl.build.templates.meta import NAME, SUPERVISOR, Meta, meta_sheet, read_meta
from zuxun_xl.build.templates.plans import HEAD_ROW, plan_forms
from zuxun_xl.build.templates.supervisor import supervisor_book
from zuxun_xl.build.templates.targets import TargetSheet
from zuxun_xl.expr import expression
from zuxun_xl.forms.blanks import BLANKS, MONTHS
from zuxun_xl.forms.planned import TARGET, YearPlan
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import month
from zuxun_xl.tasks.plan import Plan

FORMS = ("附表一", "附表二", "附表三")
ASKED = {"ZX:计划FYP", "ZX:计划增员人数", "ZX:1月", "ZX:5月", "ZX:12月"}
EVERYWHERE = {"SUM", "COUNT", "AVERAGE", "IF", "NA", "OR"}
"""Functions that Excel 2016, WPS and LibreOffice calculate alike."""


def department(plan: YearPlan, scale: int = 1) -> BookSpec:
    results, people = plan_forms(plan, scale)
    return BookSpec(finished([results.canvas, people.canvas, TargetSheet(plan, results).canvas]))


def copy(plan: YearPlan, group: str, scale: int = 1) -> BookSpec:
    own = plan.of_group(group)
    return supervisor_book(own, Meta(SUPERVISOR, "2027-01", plan.department, plan.year, group, plan.groups, scale, own.people))


def tables(path: Path, plan: YearPlan) -> dict[str, Table]:
    """The forms of a workbook as zuxun_xl reads any workbook."""
    book = FileBook(path)
    grids = {name: book.grid(name) for name in book.sheet_names}
    found = locate(list(grids.values()))
    return {key: read(grids[found[key][0].sheet], found[key][0], Context(plan.year, plan.groups)) for key in FORMS}


@pytest.mark.parametrize("form", BLANKS)
def it_shows_only_columns_that_the_form_declares_and_computes_from_columns_that_it_shows(form):
    blank = BLANKS[form]
    shown = {field.key for field in blank.fields()}
    assert shown <= blank.form.by_key.keys()
    used = {n for field in blank.fields() for text in (field.formula, field.longer) if text for n in expression(text).names}
    assert used - shown - {MONTHS} == set()


@pytest.mark.parametrize("scale", [1, 10_000])
@pytest.mark.parametrize("plan", [made_up(1), YearPlan("", 2027, ("一组",)), made_up(2, ("甲组", "乙组"))], ids=["three", "empty", "two"])
@pytest.mark.libreoffice
def it_writes_formulas_whose_values_libreoffice_confirms(libreoffice: Oracle, plan, scale, tmp_path):
    path = create(department(plan, scale), tmp_path / "计划.xlsx")
    assert differing(libreoffice, path, list(FORMS)) == []
    path = create(copy(plan, plan.groups[0], scale), tmp_path / "主管.xlsx")
    assert differing(libreoffice, path, list(FORMS)) == []


@pytest.mark.parametrize("scale", [1, 10_000])
def it_is_read_back_as_it_was_entered(scale, tmp_path):
    plan = made_up(3)
    found = tables(create(department(plan, scale), tmp_path / "计划.xlsx"), plan)
    read_back = Plan(plan.groups, found["附表一"], found["附表二"], None)
    for number in range(1, 13):
        for group, values in read_back.of(month(2027, number)).items():
            if group == "全部":
                assert values["FYP"] == sum(figure(plan, "附表一", one, number, "计划FYP") for one in plan.groups)
                continue
            for key in FIGURES:
                assert values[key.removeprefix("计划")] == plan.entries["附表一", group, number, key]
            assert values["增员人数"] == plan.entries["附表二", group, number, "计划增员人数"]
    targets = found["附表三"]
    assert [str(code) for code in targets.column("工号")] == [person.code for person in plan.people]
    first = next(column for column, period in targets.extra.items() if period == month(2027, 1))
    assert [value * scale for value in targets.values[f"@{first}"]] == [plan.entries["附表三", p.code, 1, TARGET] for p in plan.people]


def it_carries_headcount_by_the_bridge(tmp_path):
    plan = made_up(4)
    people = tables(create(department(plan), tmp_path / "计划.xlsx"), plan)["附表二"]
    rows = {(group, period): index for index, (group, period) in enumerate(zip(people.column("组别"), people.column("月份"), strict=True))}
    for group in plan.groups:
        count = figure(plan, "附表二", group, 1, "计划期初人力")
        for number in range(1, 13):
            index = rows[group, month(2027, number)]
            assert people.column("计划期初人力")[index] == count
            joined, came, went, lost = (figure(plan, "附表二", group, number, key) for key in FLOWS)
            count += joined + came - went - lost
            assert people.column("计划期末人力")[index] == count


def it_shows_nothing_instead_of_zeros_and_errors_while_nothing_is_entered():
    for sheet in department(YearPlan("", 2027, ("一组", "二组"))).sheets:
        values = {cell.content.value for cell in sheet.cells if isinstance(cell.content, Formula)}
        assert values <= {""}, sheet.name


def it_uses_only_functions_that_every_spreadsheet_program_knows():
    for sheet in department(made_up(5)).sheets:
        used = {name for c in sheet.cells if isinstance(c.content, Formula) for name in re.findall(r"([A-Z]+)\(", c.content.text)}
        assert used <= EVERYWHERE, sheet.name


def it_locks_what_is_computed_and_opens_what_is_to_be_entered(tmp_path):
    book = openpyxl.load_workbook(create(copy(made_up(6), "一组"), tmp_path / "主管.xlsx"))
    for form in FORMS:
        sheet: Any = book[form]
        assert sheet.protection.sheet
        body = [cell for row in sheet.iter_rows(min_row=HEAD_ROW + 1) for cell in row]
        assert [c.coordinate for c in body if isinstance(c.value, str) and c.value.startswith("=") and not c.protection.locked] == []
        asked = [c for c in body if sheet.cell(HEAD_ROW - 1, c.column).value in ASKED and isinstance(c.value, int)]
        assert len(asked) >= 12
        assert [c.coordinate for c in asked if c.protection.locked] == []
        assert sheet.merged_cells.ranges == set()


def it_keeps_its_keys_in_a_hidden_row_and_its_origin_in_a_very_hidden_sheet(tmp_path):
    plan = made_up(7)
    path = create(copy(plan, "卓越组", 10_000), tmp_path / "主管.xlsx")
    sheet: Any = openpyxl.load_workbook(path)["附表一"]
    assert sheet.row_dimensions[HEAD_ROW - 1].hidden
    assert [cell.value for cell in sheet[HEAD_ROW - 1]] == [f"{KEY_MARK}{field.key}" for field in BLANKS["附表一"].fields(plan_only=True)]
    expected = Meta(SUPERVISOR, "2027-01", "春华营业部", 2027, "卓越组", plan.groups, 10_000, plan.of_group("卓越组").people)
    assert read_meta(FileBook(path).grid(NAME)) == expected


def it_says_nothing_about_its_origin_where_the_hidden_sheet_was_spoilt():
    spec = meta_sheet(Meta(SUPERVISOR, "2027-01", "春华营业部", 2027, "一组", ("一组",)))
    rows: list[list[Any]] = [["模板", SUPERVISOR], ["编号", "2027-01"]]
    assert read_meta(Grid(spec.name, rows)) is None


def it_writes_the_same_bytes_for_the_same_plan(tmp_path):
    first = create(copy(made_up(8), "一组"), tmp_path / "a.xlsx").read_bytes()
    assert create(copy(made_up(8), "一组"), tmp_path / "b.xlsx").read_bytes() == first
