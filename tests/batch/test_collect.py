"""Copies handed out and collected: what comes back is what was entered, and each damage is named with its reason."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.batch import damage as d
from tests.build.templates.plans import made_up
from tests.oracle.client import Oracle
from zuxun_xl.batch.board import Board, State, assess
from zuxun_xl.batch.collect import collect, files_in, read_all
from zuxun_xl.batch.distribute import distribute, stem_for
from zuxun_xl.batch.summary import headline
from zuxun_xl.book.file import FileBook
from zuxun_xl.build.templates.plans import HEAD_ROW
from zuxun_xl.errors import CallError, FileError
from zuxun_xl.findings import Level
from zuxun_xl.forms.planned import YearPlan
from zuxun_xl.forms.returns import BOARD_SHEET, NOTES_SHEET, RULES

ISSUE = "2027-20261124"
EPOCH = date(1899, 12, 30)
GROUPS = tuple(f"第{number:03d}组" for number in range(200))


@pytest.fixture
def plan() -> YearPlan:
    return made_up(11)


@pytest.fixture
def folder(plan: YearPlan, tmp_path: Path) -> Path:
    distribute(plan, tmp_path / "收回", ISSUE)
    return tmp_path / "收回"


def board_of(folder: Path) -> Board:
    return assess(read_all(files_in(folder)))


def copy_of(folder: Path, group: str) -> Path:
    return next(path for path in folder.iterdir() if group in path.name)


def state_of(board: Board, name: str) -> tuple[State, set[str]]:
    each = next(each for each in board.submissions if each.returned.path.name == name)
    return each.state, {finding.code for finding in each.findings if finding.level is not Level.WARNING or finding.code != "C138"}


def entered(plan: YearPlan) -> dict[Any, Any]:
    return dict(plan.entries)


def it_collects_what_was_handed_out(plan, folder):
    board = board_of(folder)
    assert (board.year, board.issue, board.expected, board.missing, board.coverage) == (2027, ISSUE, plan.groups, (), 1.0)
    merged = board.merged()
    assert (merged.department, merged.groups, merged.people) == (plan.department, plan.groups, plan.people)
    assert entered(merged) == entered(plan)
    assert [finding.code for each in board.submissions for finding in each.findings if finding.level is Level.ERROR] == []


@pytest.mark.parametrize("scale", [1, 10_000])
def it_collects_in_any_unit(plan, scale, tmp_path):
    distribute(plan, tmp_path / "收回", ISSUE, scale)
    assert entered(board_of(tmp_path / "收回").merged()) == entered(plan)


@settings(max_examples=12, deadline=None)
@given(seed=st.integers(0, 10**6), groups=st.integers(1, 4), people=st.integers(0, 6), scale=st.sampled_from([1, 10_000]))
def it_collects_whatever_was_handed_out(tmp_path_factory, seed, groups, people, scale):
    plan = made_up(seed, ("甲组", "乙组", "第三组", "丁")[:groups], people)
    folder = tmp_path_factory.mktemp("收回")
    distribute(plan, folder, ISSUE, scale)
    merged = board_of(folder).merged()
    assert (merged.groups, merged.people, entered(merged)) == (plan.groups, plan.people, entered(plan))


KEPT = [
    ("saved by another program", d.nothing, set()),
    ("a renamed heading", d.head("附表一", "计划FYP", "保费目标啊（元）"), {"C114"}),
    ("an inserted column", d.inserted_column("附表一", "计划件数"), {"C116"}),
    ("an inserted line", d.inserted_row("附表二", "5月"), {"C116"}),
    ("a renamed sheet", d.renamed_sheet("附表一", "业绩"), {"C112"}),
    ("another group's name", d.other_group("附表二", "三组"), {"C119"}),
    ("numbers as text", d.retyped("附表一", "计划FYP", lambda value: f"{value:,}元"), {"C132"}),
    ("full-width digits", d.retyped("附表二", "计划增员人数", lambda value: chr(0xFF10 + value) + "人"), {"C132"}),
    ("a formula written over", d.put("附表一", "全年", "计划FYP", 12345), {"C121"}),
    ("a formula cleared", d.put("附表二", "6月", "计划期末人力", None), {"C122"}),
    ("the hidden sheet gone", d.without_sheet("_zx_meta"), {"C103"}),
]
REJECTED = [
    ("words instead of a number", d.put("附表一", "3月", "计划FYP", "大概五万"), State.FAULTY, {"C131"}),
    ("an error value", d.put("附表一", "3月", "计划件数", "#REF!"), State.FAULTY, {"C131"}),
    ("a negative count", d.put("附表二", "2月", "计划脱落人数", -1), State.FAULTY, {"C133"}),
    ("half a case", d.put("附表一", "2月", "计划件数", 3.5), State.FAULTY, {"C133"}),
    ("期交 above FYP", d.put("附表一", "9月", "计划首年期交", 9_999_999), State.FAULTY, {"V104"}),
    ("merged cells", d.merged("附表一", ("1月", "计划件数"), ("3月", "计划件数")), State.FAULTY, {"C120"}),
    ("a column gone", d.without_column("附表一", "计划首年期交"), State.FAULTY, {"C113"}),
    ("a month gone", d.without_row("附表二", "8月"), State.FAULTY, {"C117"}),
    ("a sheet gone", d.without_sheet("附表二"), State.FAULTY, {"C111"}),
    ("another unit in the heading", d.head("附表一", "计划FYP", "计划FYP（万元）"), State.FAULTY, {"C115"}),
    ("a formula without a value", d.put("附表一", "4月", "计划FYP", "=1+1"), State.FAULTY, {"C124"}),
]


@pytest.mark.parametrize(("what", "damage", "codes"), KEPT, ids=[case[0] for case in KEPT])
def it_reads_on_through_damage_that_leaves_no_doubt(plan, folder, what, damage, codes):
    path = copy_of(folder, "二组")
    d.damaged(path, damage)
    board = board_of(folder)
    state, found = state_of(board, path.name)
    assert (what, state) == (what, State.TAKEN)
    assert codes <= found
    assert entered(board.merged()) == entered(plan)


@pytest.mark.parametrize(("what", "damage", "state", "codes"), REJECTED, ids=[case[0] for case in REJECTED])
def it_names_what_makes_a_copy_useless_and_merges_the_others(plan, folder, what, damage, state, codes):
    path = copy_of(folder, "二组")
    d.damaged(path, damage)
    board = board_of(folder)
    found = state_of(board, path.name)
    assert (what, found[0]) == (what, state)
    assert codes <= found[1]
    assert board.missing == ("二组",)
    others = [plan.of_group(group) for group in plan.groups if group != "二组"]
    assert entered(board.merged()) == {key: value for other in others for key, value in other.entries.items()}


def it_says_in_which_cell_and_how_to_correct_it(folder):
    d.damaged(copy_of(folder, "一组"), d.put("附表一", "3月", "计划FYP", "大概五万"))
    each = next(each for each in board_of(folder).submissions if each.group == "一组")
    finding = next(finding for finding in each.findings if finding.level is Level.ERROR)
    sheet: Any = openpyxl.load_workbook(each.returned.path)["附表一"]
    assert (finding.sheet, sheet[finding.cell].value) == ("附表一", "大概五万")
    assert "2027年3月" in finding.message
    assert "数字" in finding.remedy


def it_names_people_who_are_gone_and_people_who_are_new(plan, folder):
    path = copy_of(folder, "一组")
    d.damaged(path, d.without_person(1))
    book: Any = openpyxl.load_workbook(path)
    sheet = book["附表三"]
    spare = next(cell.row for cell in sheet["B"] if cell.row > 6 and cell.value is None)
    sheet.cell(spare, 2).value, sheet.cell(spare, 3).value, sheet.cell(spare, d.column(sheet, "12月")).value = "99001", "新来的", 800
    sheet.cell(spare + 1, d.column(sheet, "12月")).value = 700
    book.save(path)
    each = next(each for each in board_of(folder).submissions if each.group == "一组")
    gone, new, nameless = ([f for f in each.findings if f.code == code] for code in ("C135", "C136", "C137"))
    assert plan.people[0].name in gone[0].message
    assert "新来的" in new[0].message
    assert len(nameless) == 1
    assert each.returned.plan is not None
    assert each.returned.plan.entries["附表三", "99001", 12, "FYP目标"] == 800


def it_takes_the_newest_of_several_and_lists_the_others(plan, folder):
    first = copy_of(folder, "一组")
    second = Path(shutil.copy(first, folder / "最终版_v7(2).xlsx"))
    d.damaged(second, d.put("附表一", "3月", "计划FYP", 77_700))
    third = Path(shutil.copy(first, folder / "再改.xlsx"))
    d.damaged(third, d.put("附表一", "3月", "计划FYP", "看情况"))
    for age, path in enumerate((first, second, third)):
        os.utime(path, (1_000 + age, 1_000 + age))
    board = board_of(folder)
    assert [state_of(board, path.name)[0] for path in (first, second, third)] == [State.SUPERSEDED, State.TAKEN, State.FAULTY]
    assert board.merged().entries["附表一", "一组", 3, "计划FYP"] == 77_700
    assert len(board.merged().groups) == len(plan.groups)


def it_tells_old_issues_other_years_blank_copies_and_foreign_files_apart(plan, folder, tmp_path, sample_path):
    old, other, blank = (tmp_path / name for name in ("旧", "明年", "空"))
    distribute(plan, old, "2027-20261001")
    distribute(YearPlan(plan.department, 2028, plan.groups, plan.people, plan.entries), other, "2028-20270101")
    distribute(YearPlan(plan.department, 2027, plan.groups, plan.people), blank, ISSUE)
    shutil.copy(copy_of(old, "一组"), folder / "旧的.xlsx")
    shutil.copy(copy_of(other, "一组"), folder / "明年的.xlsx")
    copy_of(folder, "二组").unlink()
    shutil.copy(copy_of(blank, "二组"), folder / "没填.xlsx")
    shutil.copy(sample_path, folder / "台账.xlsx")
    (folder / "坏的.xlsx").write_bytes(copy_of(folder, "一组").read_bytes()[:5000])
    (folder / "表.xlsx").write_text("组别,1月\n一组,5", encoding="utf-8")
    (folder / "~$正在编辑.xlsx").write_bytes(b"x")
    board = board_of(folder)
    states = {each.returned.path.name: each.state for each in board.submissions}
    assert {name: states[name] for name in ("旧的.xlsx", "明年的.xlsx", "没填.xlsx", "台账.xlsx", "坏的.xlsx", "表.xlsx")} == {
        "旧的.xlsx": State.OLD, "明年的.xlsx": State.OTHER_YEAR, "没填.xlsx": State.EMPTY, "台账.xlsx": State.NO_TEMPLATE,
        "坏的.xlsx": State.UNREADABLE, "表.xlsx": State.UNREADABLE,
    }
    assert "~$正在编辑.xlsx" not in states
    assert board.missing == ("二组",)


def it_reads_tables_that_were_copied_into_another_workbook(plan, folder):
    path = copy_of(folder, "卓越组")
    source: Any = openpyxl.load_workbook(path, data_only=True)
    target = openpyxl.Workbook()
    for form in ("附表一", "附表二", "附表三"):
        sheet = target.create_sheet(form)
        for number, line in enumerate(source[form].iter_rows(values_only=True), start=1):
            if number != HEAD_ROW - 1:
                sheet.append(line)
    target.save(path)
    board = board_of(folder)
    assert state_of(board, path.name)[0] is State.TAKEN
    assert entered(board.merged()) == entered(plan)


def it_writes_a_board_notes_and_a_plan_that_adds_up(plan, folder, tmp_path):
    d.damaged(copy_of(folder, "一组"), d.put("附表一", "3月", "计划FYP", "大概五万"))
    d.damaged(copy_of(folder, "二组"), d.head("附表一", "计划FYP", "保费"))
    copy_of(folder, "卓越组").unlink()
    board, path, repaired = collect(folder, tmp_path / "汇总.xlsx")
    book = FileBook(path)
    sheets = {name: book.grid(name).rows for name in (BOARD_SHEET, NOTES_SHEET)}
    texts = {name: [value for line in rows for value in line if isinstance(value, str)] for name, rows in sheets.items()}
    assert {"采用", "退回", "未交"} <= set(texts[BOARD_SHEET])
    assert any("覆盖率33.3%" in text for text in texts[BOARD_SHEET])
    assert any("大概五万" in text and "附表一!" in text for text in texts[NOTES_SHEET])
    assert [each.name for each in repaired] == ["2027年目标计划_二组.xlsx"]
    assert entered(assess(read_all(repaired)).merged()) == entered(plan.of_group("二组"))
    assert board.taken.keys() == {"二组"}


@pytest.mark.libreoffice
def it_collects_what_a_person_typed_into_blank_copies_in_libreoffice(libreoffice: Oracle, plan, tmp_path):
    distribute(YearPlan(plan.department, plan.year, plan.groups, plan.people), tmp_path / "下发", ISSUE)
    filled = tmp_path / "收回"
    filled.mkdir()
    for group in plan.groups:
        path = copy_of(tmp_path / "下发", group)
        libreoffice.save(path, filled / path.name, cells_of(plan.of_group(group), path))
    board = board_of(filled)
    assert [each.state for each in board.submissions] == [State.TAKEN] * len(plan.groups)
    assert entered(board.merged()) == entered(plan)


def cells_of(plan: YearPlan, path: Path) -> dict[str, dict[str, Any]]:
    """Where a person types each figure of a plan."""
    book: Any = openpyxl.load_workbook(path)
    cells: dict[str, dict[str, Any]] = {}
    for (form, owner, month, key), value in plan.entries.items():
        sheet = book[form]
        if form == "附表三":
            place = next(cell.row for cell in sheet["B"] if cell.value == owner), d.column(sheet, f"{month}月" if month else key)
        else:
            place = d.row(sheet, f"{month}月"), d.column(sheet, key)
        cells.setdefault(form, {})[sheet.cell(*place).coordinate] = (value - EPOCH).days if isinstance(value, date) else value
    return cells


def it_says_which_copies_came_back_as_they_were_handed_out(folder):
    d.damaged(copy_of(folder, "一组"), d.put("附表一", "3月", "计划FYP", 1_000_000))
    same = {each.group: "C110" in {finding.code for finding in each.findings} for each in board_of(folder).submissions}
    assert same == {"一组": False, "二组": True, "卓越组": True}


def it_leaves_a_faulty_copy_alone_where_a_newer_sound_one_came(folder):
    first = copy_of(folder, "一组")
    second = Path(shutil.copy(first, folder / "改好.xlsx"))
    d.damaged(first, d.put("附表一", "3月", "计划FYP", "看情况"))
    for age, path in enumerate((first, second)):
        os.utime(path, (1_000 + age, 1_000 + age))
    board = board_of(folder)
    assert [state_of(board, path.name)[0] for path in (first, second)] == [State.SUPERSEDED, State.TAKEN]


def it_refuses_an_issue_that_nothing_came_back_of(folder):
    with pytest.raises(CallError, match=ISSUE):
        assess(read_all(files_in(folder)), issue="2027-0")


def it_collects_again_beside_its_own_results_and_never_over_a_returned_file(folder):
    d.damaged(copy_of(folder, "二组"), d.head("附表一", "计划FYP", "保费"))
    for _ in range(2):
        board, _, repaired = collect(folder, folder / "汇总.xlsx")
        assert (len(board.submissions), board.missing, len(repaired)) == (3, (), 1)
    with pytest.raises(CallError, match="主管交来的表"):
        collect(folder, copy_of(folder, "一组"))


def it_says_that_nothing_it_handed_out_came_back(tmp_path, sample_path):
    shutil.copy(sample_path, tmp_path / "台账.xlsx")
    board = board_of(tmp_path)
    assert (board.expected, "没有下发的模板" in headline(board)) == ((), True)


def it_refuses_a_folder_that_is_a_file(plan, tmp_path):
    (tmp_path / "文件").write_text("x", encoding="utf-8")
    with pytest.raises(CallError, match="不是文件夹"):
        distribute(plan, tmp_path / "文件", ISSUE)


def it_merges_180_of_200_and_names_the_20_that_are_damaged(tmp_path):
    plan = made_up(12, GROUPS, people=2)
    distribute(plan, tmp_path, ISSUE)
    kinds = [case[1] for case in REJECTED[:9]]
    broken = GROUPS[5::10]
    for number, group in enumerate(broken):
        path = copy_of(tmp_path, group)
        if number % 10 == 9:
            path.write_bytes(path.read_bytes()[:-2000])
        else:
            d.damaged(path, kinds[number % 10])
    board = board_of(tmp_path)
    assert len(broken) == 20
    assert board.missing == broken
    for number, group in enumerate(broken):
        expected = {"C101"} if number % 10 == 9 else REJECTED[number % 10][3]
        assert expected <= state_of(board, f"2027年目标计划_{group}.xlsx")[1], group
    sound = [plan.of_group(group) for group in GROUPS if group not in broken]
    assert entered(board.merged()) == {key: value for each in sound for key, value in each.entries.items()}
    assert board.coverage == pytest.approx(0.9)


def it_refuses_a_folder_without_files_or_no_folder(tmp_path):
    with pytest.raises(CallError, match="没有主管"):
        files_in(tmp_path)
    with pytest.raises(FileError, match="不存在"):
        files_in(tmp_path / "没有")
    with pytest.raises(CallError, match="没有可下发的组"):
        distribute(YearPlan("", 2027, ()), tmp_path, ISSUE)


@pytest.mark.parametrize(
    ("text", "stem"),
    [
        ("2027_一组", "2027_一组"), ("../../etc", "_.._etc"), ("CON", "_CON"), ("a/b\\c:d", "a_b_c_d"), ("组. ", "组"), ("", "_"),
        ("长" * 300, "长" * 60),
    ],
)
def it_names_files_so_that_they_stay_in_their_folder(text, stem):
    assert stem_for(text, set()) == stem


def it_never_gives_two_groups_one_file():
    taken: set[str] = set()
    assert [stem_for(text, taken) for text in ("A组", "a组", "A组")] == ["A组", "a组_2", "A组_3"]


def it_has_a_code_of_its_own_for_each_rule():
    assert len({rule.code for rule in RULES}) == len(RULES)
