"""The ribbon's buttons on the double of Excel: shown first, written when agreed, undone exactly; no traceback ever reaches the user."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import xlwings as xw

from tests.book.excel.test_live import contents
from tests.excel_double.engine import AppImpl, BookImpl
from tests.excel_double.loading import opened
from tests.excel_double.model import App, Book
from zuxun_xl.book.excel.book import ExcelBook
from zuxun_xl.book.own import PREVIEW
from zuxun_xl.udfs import macros
from zuxun_xl.udfs.desk import Desk
from zuxun_xl.workbooks import sample_path as shipped_path


def scene_of(path: Path, folder: Path) -> tuple[Book, macros.Scene]:
    app = App()
    model = opened(path, app)
    return model, macros.Scene(ExcelBook(xw.Book(impl=BookImpl(model))), Desk(xw.App(impl=AppImpl(app)), folder))


@pytest.fixture(scope="module")
def pressed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Book, macros.Scene]:
    return scene_of(shipped_path(), tmp_path_factory.mktemp("log"))


@pytest.mark.parametrize(
    ("button", "answers", "sheet"),
    [
        ("zxRun", ["default", "yes"], "诊断表"), ("zxFill", ["2026-09", "yes"], ""), ("zxBridge", ["default", "yes"], "人力核对"),
        ("zxCheck", ["yes"], "校验结果"), ("zxFix", ["yes"], "校验结果"), ("zxDiagnose", ["2026Q3", "yes"], "诊断表"),
        ("zxAdopt", ["yes"], ""), ("zxSpread", ["1200万", "yes"], ""), ("zxMark", ["yes"], "校验结果"),
    ],
)
def it_writes_what_it_showed_and_puts_it_back(pressed: tuple[Book, macros.Scene], button: str, answers: list[str], sheet: str) -> None:
    model, scene = pressed
    before = contents(model)
    model.app.answers, model.app.asked = [*answers], []
    macros.perform(button, scene)
    told = "\n".join(model.app.asked)
    assert "出错" not in told
    assert any(bar and "组训助手" in bar for bar in model.app.bars)
    assert model.app.status_bar is False
    if sheet:
        assert sheet in {each.name for each in model.sheets}
    if "变更记录" in told:
        macros.perform("zxUndo", scene)
        assert "已撤销" in model.app.asked[-1]
    assert contents(model) == before


@pytest.mark.parametrize("button", ["zxKpi", "zxCalendar", "zxHelp", "zxDoctor", "zxUndo", "zxFreeze", "zxThaw"])
def it_tells_without_writing(pressed: tuple[Book, macros.Scene], button: str) -> None:
    model, scene = pressed
    before = contents(model)
    model.app.answers, model.app.asked = ["default", "no"], []
    macros.perform(button, scene)
    assert model.app.asked
    assert "内部出错" not in model.app.asked[-1]
    assert contents(model) == before


def it_hands_out_templates_beside_the_workbook_and_collects_them(tmp_path: Path) -> None:
    shutil.copy(shipped_path(), tmp_path / "台账.xlsx")
    model, scene = scene_of(tmp_path / "台账.xlsx", tmp_path)
    model.app.answers = ["2027"]
    macros.perform("zxDistribute", scene)
    assert "已生成4份模板" in model.app.asked[-1]
    model.app.answers = [str(tmp_path / "下发2027")]
    macros.perform("zxCollect", scene)
    assert (tmp_path / "下发2027汇总.xlsx").exists()
    assert str(tmp_path / "下发2027汇总.xlsx") in model.app.asked[-1]
    macros.perform("zxLog", scene)
    assert "还没有变更记录" in model.app.asked[-1]


def it_writes_nothing_if_the_user_says_no_or_closes_the_question(pressed: tuple[Book, macros.Scene]) -> None:
    model, scene = pressed
    before = contents(model)
    for answers in (["default", "cancel"], [False]):
        model.app.answers = list(answers)
        macros.perform("zxRun", scene)
    assert contents(model) == before


def it_lists_every_cell_on_a_sheet_first_if_the_user_wants_to_look(pressed: tuple[Book, macros.Scene]) -> None:
    model, scene = pressed
    before = contents(model)
    model.app.answers = ["2026-09", "no"]
    macros.perform("zxFill", scene)
    assert {place: content for place, content in contents(model).items() if place[0] != PREVIEW} == before
    listed = scene.book.grid(PREVIEW)
    assert model.sheets[model.active].name == PREVIEW
    assert [listed.value(4, column) for column in (1, 2, 3)] == [1, "附表一业绩计划", "H5"]
    assert len(listed.rows) > 100
    model.app.answers = ["2026-09", "yes"]
    macros.perform("zxFill", scene)
    assert PREVIEW not in scene.book.sheet_names
    macros.perform("zxUndo", scene)
    assert contents(model) == before


def it_turns_errors_into_sentences_and_logs_only_kind_and_place(
    pressed: tuple[Book, macros.Scene], monkeypatch: pytest.MonkeyPatch
) -> None:
    model, scene = pressed
    model.app.answers, model.app.asked = ["某月"], []
    macros.perform("zxFill", scene)
    assert "看不懂期间“某月”" in model.app.asked[-1]

    def broken(_: macros.Scene) -> None:
        raise RuntimeError("钱永瑶")

    monkeypatch.setitem(macros.BUTTONS, "zxHelp", broken)
    macros.perform("zxHelp", scene)
    assert "内部出错（RuntimeError，test_macros.py" in model.app.asked[-1]
    assert "Traceback" not in model.app.asked[-1]
    log = (scene.desk.folder / "log.txt").read_text(encoding="utf-8")
    assert "zxHelp RuntimeError，test_macros.py" in log
    assert "钱永瑶" not in log
