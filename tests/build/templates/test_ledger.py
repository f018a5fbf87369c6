"""A new workbook: usable by hand, recognised in full, and after typing the simulation's records it yields the simulation's figures."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.build.templates.plans import made_up
from tests.build.templates.typed import typed, wished
from tests.departments.catalogue import period_of
from tests.oracle.client import Oracle
from tests.tasks.test_kpi import differences
from tests.tasks.test_oracle import differing
from zuxun_xl import settings
from zuxun_xl.book.changes import BookSpec, Formula
from zuxun_xl.book.file import FileBook, create
from zuxun_xl.book.locate import locate
from zuxun_xl.build.templates.agenda import AgendaSheet
from zuxun_xl.build.templates.canvas import finished
from zuxun_xl.build.templates.ledger import NewBook, ledger_book
from zuxun_xl.build.templates.plans import HEAD_ROW
from zuxun_xl.build.templates.registers import LAST_ROW
from zuxun_xl.findings import Level
from zuxun_xl.forms.appendix6 import WEEKLY
from zuxun_xl.forms.choices import CHOICES
from zuxun_xl.forms.form import Layout
from zuxun_xl.forms.planned import YearPlan
from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.periods import Period, month, parse_period
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.ledger import Ledger, settings_in
from zuxun_xl.tasks.run import run
from zuxun_xl.workdays import Workdays

TRUTH: Any = json.loads((Path(__file__).parents[2] / "data" / "秋实营业部_truth.json").read_text(encoding="utf-8"))
EMPTY = NewBook(YearPlan("春华营业部", 2027, ("一组", "二组", "三组", "四组")))
FILLED = NewBook(made_up(11), 3, 10_000)
EVERYWHERE = {"SUM", "COUNT", "COUNTA", "COUNTIF", "COUNTIFS", "SUMIFS", "AVERAGE", "IF", "NA", "OR", "AND"}
AUGUST = parse_period("2026-08")
FORM_OF = {f"考勤{number}月": "考勤" for number in range(1, 13)}


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return create(ledger_book(EMPTY), tmp_path_factory.mktemp("new") / "新.xlsx")


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """The department 秋实 typed into a new workbook."""
    return Ledger(FileBook(typed(tmp_path_factory.mktemp("typed"))))


@pytest.fixture(scope="module")
def after(kept: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    book: Any = kept.book
    return Path(book.save(run(kept, AUGUST).changes, tmp_path_factory.mktemp("run") / "结果.xlsx"))


def visible(spec: BookSpec) -> list[str]:
    return [sheet.name for sheet in spec.sheets if sheet.visibility == "visible"]


@pytest.mark.libreoffice
@pytest.mark.parametrize("new", [EMPTY, FILLED, NewBook(YearPlan("", 2028, ("一组",)), 2)], ids=["empty", "planned", "one group"])
def it_writes_formulas_whose_values_libreoffice_confirms(libreoffice: Oracle, new: NewBook, tmp_path: Path):
    spec = ledger_book(new)
    assert differing(libreoffice, create(spec, tmp_path / "新.xlsx"), visible(spec)) == []


@pytest.mark.libreoffice
def it_still_holds_the_right_values_after_typing_and_filling(libreoffice: Oracle, kept: Ledger, after: Path):
    book: Any = kept.book
    sheets = visible(ledger_book(EMPTY))
    for path in (book.path, after):
        assert differing(libreoffice, path, sheets) == []


@pytest.mark.parametrize("new", [EMPTY, FILLED])
def it_is_recognised_sheet_by_sheet_with_every_column(new: NewBook, tmp_path: Path):
    book = FileBook(create(ledger_book(new), tmp_path / "新.xlsx"))
    found = locate([book.grid(name) for name in book.sheet_names])
    places = {place.sheet: place for candidates in found.values() for place in candidates}
    formless = {"使用说明", "设置", "_zx_meta"}
    assert {sheet: place.form.key for sheet, place in places.items()} == {
        name: FORM_OF.get(name, name) for name in book.sheet_names if name not in formless
    }
    assert [(sheet, place.missing, place.unknown) for sheet, place in places.items() if place.missing or place.unknown] == []
    assert sum(map(len, found.values())) == len(places)


@pytest.mark.parametrize("key", [key for key in TRUTH["periods"] if ".." not in key])
def it_yields_the_simulations_figures(kept: Ledger, key: str):
    assert differences(kept, period_of(key), TRUTH["periods"][key]) == []


def it_shows_no_error_and_no_formula_without_value(kept: Ledger, after: Path):
    for ledger in (kept, Ledger(FileBook(after))):
        findings = check(ledger)
        assert [f for f in findings if f.level is Level.ERROR or f.code in ("T105", "T102", "T104")] == []


def it_fills_all_forms_once(kept: Ledger, after: Path):
    filled = run(kept, AUGUST).filled
    assert all(filled[form] > 0 for form in ("附表一", "附表二", "附表四", "附表五"))
    again = run(Ledger(FileBook(after)), AUGUST)
    assert again.filled == dict.fromkeys(filled, 0)
    assert not again.changes


def it_uses_only_functions_that_every_program_knows():
    for sheet in ledger_book(FILLED).sheets:
        used = {name for c in sheet.cells if isinstance(c.content, Formula) for name in re.findall(r"([A-Z]+)\(", c.content.text)}
        assert used <= EVERYWHERE, sheet.name


def it_offers_lists_by_defined_names_only(fresh: Path):
    book = openpyxl.load_workbook(fresh)
    sources = {v.formula1 for sheet in book for v in sheet.data_validations.dataValidation if v.type == "list"}
    named = {source for source in sources if not source.startswith('"')}
    assert named <= {*book.defined_names}
    assert {f"选项_{choice}" for choice in (*CHOICES, "组别")} == {*book.defined_names}


def it_opens_what_is_to_be_entered_and_locks_what_is_computed(fresh: Path):
    for sheet in openpyxl.load_workbook(fresh):
        assert sheet.merged_cells.ranges == set(), sheet.title
        formulas = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str) and cell.value.startswith("=")]
        assert [cell.coordinate for cell in formulas if not cell.protection.locked] == [], sheet.title
        assert sheet.protection.sheet or not formulas, sheet.title


def it_is_small_and_the_same_each_time(fresh: Path, tmp_path: Path):
    assert fresh.stat().st_size < 150_000
    assert create(ledger_book(EMPTY), tmp_path / "再.xlsx").read_bytes() == fresh.read_bytes()


def it_prepares_two_thousand_rows_without_writing_them(fresh: Path):
    sheet: Any = openpyxl.load_workbook(fresh)["保单明细"]
    assert sheet.max_row == HEAD_ROW
    assert {str(v.sqref).rpartition(":")[2].lstrip("ABCDEFGHIJKLMN") for v in sheet.data_validations.dataValidation} == {str(LAST_ROW)}


def it_ships_every_setting_with_its_default_and_meaning(fresh: Path):
    found = settings_in(FileBook(fresh))
    plain = [name for name in settings.names() if "指标名" not in name]
    assert set(plain) <= found.keys()
    assert {name for name in found if name.startswith("口径.")} == {f"口径.{key}" for key, kpi in KPIS.items() if kpi.variants}
    loaded, shipped = settings.load(None, found), settings.Settings()
    assert (loaded.low, loaded.counted_tests, loaded.days, loaded.month_start, loaded.trainers) == (
        shipped.low, shipped.counted_tests, shipped.days, shipped.month_start, shipped.trainers,
    )


MONTHS = [month(year, number) for year in range(2024, 2029) for number in range(1, 13)]


@pytest.mark.parametrize("period", MONTHS, ids=lambda period: period.id)
def it_gives_every_day_of_a_month_its_kind_and_every_week_its_minima(period: Period):
    calendar = AgendaSheet("", period, Workdays())
    (sheet,) = finished([calendar.canvas])
    cells = {(cell.row, cell.column): cell.content for cell in sheet.cells}
    rows = range(HEAD_ROW + 1, calendar.last + 1)
    assert [cells[row, 1] for row in rows] == period.days()
    working = [day for row in rows if cells[row, 3] in ("工作日", "调休上班") and isinstance(day := cells[row, 1], date)]
    assert working == Workdays().within(period)
    counters = [cells[row, 4] for row in range(calendar.last + 3, calendar.last + 3 + len(Workdays().weeks(period)))]
    assert sum(c.value for c in counters if isinstance(c, Formula) and isinstance(c.value, float)) == len(working)
    assert len([h for h in sheet.highlights if h.style == "wrong"]) == len(WEEKLY) * len(counters)


def it_takes_weeks_as_the_form_states_them(kept: Ledger):
    assert sorted(set(kept.tables["附表四"].column("周次"))) == Workdays().weeks(AUGUST)
    assert kept.tables["附表四"].form.layout is Layout.WEEKS
    assert wished().first == AUGUST.start.month
