"""Adopting a workbook: what is ambiguous is asked, and an answer on the command line or in the sheet 映射 gives the true figures."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.tasks.restyle import Frame, House, differences, page
from zuxun_xl.book.answers import UNITS, UNUSED, Answers, Decision, Kind
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.mapping import HEADS, TITLE, WHOLE_TABLE, read_mapping
from zuxun_xl.book.scales import is_money
from zuxun_xl.errors import CallError, MissingTableError
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.tasks.adopt import adopt
from zuxun_xl.tasks.adopt import given as given_answers
from zuxun_xl.tasks.adopting.questions import questions
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from zuxun_xl.book.changes import SheetSpec

ROSTER, POLICIES, RENEWALS, PLAN = "花名册", "保单明细", "续期明细", "附表一"
PLANNED = ("计划FYP", "计划首年期交", "计划FYC")
DECIDED, DECIDED_UNIT = HEADS.index("您的决定：表头"), HEADS.index("您的决定：单位")


@dataclass(frozen=True)
class Case:
    """A house whose table can be read in two ways: how it is made, what is asked, and the right answer."""

    make: Callable[[House], None]
    target: str
    answer: str


def two_dates(house: House) -> None:
    frame = house.frame(POLICIES).added("生效日期", lambda row: row["承保日期"] + timedelta(days=20))
    house.put(POLICIES, page(frame.renamed(承保日期="签单日期"), "新契约"))


def two_premiums(house: House) -> None:
    frame = house.frame(POLICIES).added("规模保费", lambda row: row["首年保费"] * 1.25)
    house.put(POLICIES, page(frame.renamed(首年保费="标准保费"), "新契约"))


def two_groups(house: House) -> None:
    frame = house.frame(ROSTER)
    groups = frame.column("组别")
    rows = [[*row[:3], group, *row[3:]] for row, group in zip(frame.rows, [*groups[1:], groups[0]], strict=True)]
    house.put(ROSTER, page(Frame([*frame.headings[:3], "组别", *frame.headings[3:]], rows), "业务员花名册"))


def two_sheets(house: House) -> None:
    frame = house.frame(POLICIES)
    house.put("新契约明细甲", page(frame.mapped(lambda rate: rate * 1.5, "佣金率"), "新契约保单明细"))
    house.put("新契约明细乙", page(frame, "新契约保单明细"))
    house.drop(POLICIES)


def date_under_an_unknown_heading(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES).renamed(承保日期="归档日期"), "新契约"))


def code_under_unknown_headings(house: House) -> None:
    frame = house.frame(ROSTER).added("行政系统编号", lambda row: f"x{row['工号']}")
    house.put(ROSTER, page(frame.renamed(工号="营销系统编号"), "业务员花名册"))


def premiums_in_wan_unstated(house: House) -> None:
    frame = house.frame(POLICIES).mapped(lambda v: round(v / 10_000, 6), "首年保费")
    house.put(POLICIES, page(frame, "新契约"))


def premiums_in_yuan_under_a_note_of_wan(house: House) -> None:
    house.put(POLICIES, page(house.frame(POLICIES), "新契约", "单位：万元"))


def plan_in_wan_unstated(house: House) -> None:
    house.put(PLAN, page(house.frame(PLAN).mapped(lambda v: v and round(v / 10_000, 6), "计划FYP"), "附表一 团队业绩经营计划表"))


CASES = {
    "two dates": Case(two_dates, "保单明细.承保日期", "签单日期"),
    "two premiums": Case(two_premiums, "保单明细.首年保费", "标准保费"),
    "two groups": Case(two_groups, "花名册.组别", "组别（第2处）"),
    "two sheets": Case(two_sheets, "保单明细", "新契约明细乙"),
    "a date under an unknown heading": Case(date_under_an_unknown_heading, "保单明细.承保日期", "归档日期"),
    "codes under unknown headings": Case(code_under_unknown_headings, "花名册.工号", "营销系统编号"),
    "premiums in 万元 that nothing states": Case(premiums_in_wan_unstated, "保单明细.首年保费.单位", "万元"),
    "premiums in 元 under a note of 万元": Case(premiums_in_yuan_under_a_note_of_wan, "保单明细.首年保费.单位", "元"),
    "a plan in 万元 that nothing states": Case(plan_in_wan_unstated, "附表一.计划FYP.单位", "万元"),
}


@pytest.fixture
def house(request: pytest.FixtureRequest, sample_house: House) -> House:
    """The house of a case."""
    made = sample_house.copy()
    request.param.make(made)
    return made


each_case = pytest.mark.parametrize(("house", "case"), [(case, case) for case in CASES.values()], ids=list(CASES), indirect=["house"])


def with_sheet(house: House, spec: SheetSpec) -> House:
    """The house with the described sheet in it."""
    rows: list[list[Any]] = [[None] * len(HEADS) for _ in range(max(cell.row for cell in spec.cells))]
    for cell in spec.cells:
        rows[cell.row - 1][cell.column - 1] = cell.content
    made = house.copy()
    made.put(spec.name, rows)
    return made


def mapped(house: House, given: Answers | None = None) -> House:
    """The house with its sheet 映射."""
    return with_sheet(house, adopt(Ledger(house, given=given or Answers())).changes.sheets[0])


def decide(house: House, target: str, value: str) -> House:
    """What a trainer does: finds the row and enters a decision."""
    bare = target.removesuffix(".单位")
    form, _, key = bare.partition(".")
    rows = house.sheets["映射"]
    number = next(n for n, row in enumerate(rows, start=1) if (row[0], row[3]) == (form, key or WHOLE_TABLE))
    made = house.copy()
    made.change("映射", number, (DECIDED if bare == target else DECIDED_UNIT) + 1, value)
    return made


@each_case
def it_asks_where_the_wrong_reading_would_change_figures(house: House, case: Case, truth: dict[str, Any]):
    ledger = Ledger(house)
    asked = {question.label: question for question in questions(ledger)}
    assert list(asked) == [case.target]
    assert case.answer in [option.value for option in asked[case.target].options]
    if asked[case.target].taken:
        assert differences(ledger, truth), "the reading taken meanwhile is the wrong one"
        found = [finding for finding in check(ledger) if finding.code == "T120"]
        assert [finding.sheet for finding in found] == [asked[case.target].sheet]
        assert f"暂按“{asked[case.target].taken}”" in found[0].message
    else:
        with pytest.raises(MissingTableError):
            check(ledger)


@each_case
def it_reads_the_true_figures_once_answered_on_the_command_line(house: House, case: Case, truth: dict[str, Any]):
    question = questions(Ledger(house))[0]
    number = [option.value for option in question.options].index(case.answer) + 1
    for answers, sets in (([f"q1={number}"], []), ([], [f"{case.target}={case.answer}"])):
        ledger = Ledger(house, given=given_answers(Ledger(house), answers, sets))
        assert differences(ledger, truth) == []
        assert questions(ledger) == []


@each_case
def it_remembers_the_answer_in_the_workbook(house: House, case: Case, truth: dict[str, Any]):
    answered = decide(mapped(house), case.target, case.answer)
    ledger = Ledger(answered)
    assert differences(ledger, truth) == []
    assert questions(ledger) == []
    again = adopt(ledger)
    assert again.unusable == []
    updated = with_sheet(answered, again.changes.sheets[0])
    assert Ledger(updated).decisions == ledger.decisions
    assert not adopt(Ledger(updated)).changes, "adopting once more changes nothing"


def it_finds_a_decided_column_again_after_columns_and_rows_moved(sample_house: House, truth: dict[str, Any]):
    house = sample_house.copy()
    two_dates(house)
    answered = decide(mapped(house), "保单明细.承保日期", "签单日期")
    frame = Frame(house.sheets[POLICIES][1], house.sheets[POLICIES][2:])
    answered.put(POLICIES, page(frame.ordered(*reversed(frame.headings)), "新契约", "编制：组训", left=2, top=3))
    assert differences(Ledger(answered), truth) == []


def it_asks_nothing_about_clear_workbooks(ledger: Ledger, shipped: Ledger):
    assert questions(ledger) == []
    assert questions(shipped) == []


def it_does_not_ask_where_the_candidates_say_the_same(sample_house: House):
    house = sample_house.copy()
    frame = house.frame(POLICIES).added("生效日期", lambda row: row["承保日期"]).renamed(承保日期="签单日期")
    house.put(POLICIES, page(frame, "新契约"))
    house.put("新契约核对", page(frame, "新契约"))
    assert questions(Ledger(house)) == []


def it_does_not_ask_where_one_column_bears_the_proper_name(sample_house: House):
    house = sample_house.copy()
    frame = house.frame(POLICIES).added("生效日期", lambda row: row["承保日期"] + timedelta(days=45))
    house.put(POLICIES, page(frame.added("规模保费", lambda row: row["首年保费"] * 2), "新契约"))
    assert questions(Ledger(house)) == []


def it_says_at_its_cell_why_an_answer_is_not_taken(sample_house: House):
    house = mapped(sample_house)
    for target, value in (
        ("保单明细.承保日期", "回执日期"), ("保单明细.首年保费.单位", "美元"), ("附表一", "没有的表"), ("花名册.组别.单位", "万元"),
        ("附表二", "花名册"),
    ):
        house = decide(house, target, value)
    ledger = Ledger(house)
    found = {finding.cell: finding.message for finding in check(ledger) if finding.code == "T121"}
    reasons = {"表头里没有“回执日期”", "没有“美元”这种单位", "没有工作表“没有的表”", "组别不是金额", "“花名册”里没有认出附表二"}
    assert {reason for reason in reasons for message in found.values() if reason in message} == reasons
    assert len(found) == len(reasons)
    rows = house.sheets["映射"]
    assert all(rows[int(cell[1:]) - 1][DECIDED if cell.startswith("H") else DECIDED_UNIT] for cell in found)


def it_takes_neither_of_two_answers_that_contradict_each_other(sample_house: House):
    house = decide(mapped(sample_house), "保单明细.首年保费.单位", "万元")
    rows = house.sheets["映射"]
    row = next(row for row in rows if row[0] == POLICIES and row[3] == "首年保费")
    house.put("映射", [*rows, [*row[:DECIDED_UNIT], "千元", None]])
    ledger = Ledger(house)
    assert ledger.decisions == Answers()
    assert ["不一致" in finding.message for finding in check(ledger) if finding.code == "T121"] == [True]


def it_leaves_a_sheet_of_the_users_own_alone(sample_house: House):
    house = sample_house.copy()
    house.put("映射", [["编码", "名称"], ["A1", "一组"]])
    assert adopt(Ledger(house)).changes.sheets[0].name == "映射2"
    assert Ledger(decide_in(house, "映射2")).decisions.units(POLICIES, POLICIES) == {"首年保费": "万元"}


def decide_in(house: House, name: str) -> House:
    """The house with its mapping under another name and one decision in it."""
    made = mapped(house)
    rows = made.sheets[name]
    number = next(n for n, row in enumerate(rows, start=1) if row[0] == POLICIES and row[3] == "首年保费")
    made.change(name, number, DECIDED_UNIT + 1, "万元")
    return made


def it_drops_a_column_that_the_user_says_is_not_there(sample_house: House):
    house = decide(mapped(sample_house), "保单明细.组别", UNUSED)
    assert not Ledger(house).tables[POLICIES].has("组别")


def it_decides_for_one_sheet_where_sheets_are_kept_differently(sample_house: House, truth: dict[str, Any]):
    house = sample_house.copy()
    parts = house.frame(POLICIES).split(lambda row: "上" if row["承保日期"].month <= 6 else "下")
    later = parts["下"].mapped(lambda v: round(v / 10_000, 6), "首年保费").renamed(首年保费="保费")
    house.put("新契约上半年", page(parts["上"], "新契约"), replaces=POLICIES)
    house.put("新契约下半年", page(later, "新契约"))
    assert [question.sheet for question in questions(Ledger(house))] == ["新契约下半年"]
    given = given_answers(Ledger(house), [], ["保单明细@新契约下半年.首年保费.单位=万元"])
    remembered = mapped(house, given)
    assert Ledger(remembered).decisions == given
    assert differences(Ledger(remembered), truth) == []


@pytest.mark.parametrize(
    ("answers", "sets", "words"),
    [
        (["Q9=1"], [], "没有问题“Q9”"),
        ([], ["保单明细"], "看不懂"),
        ([], ["保单=保费"], "没有“保单”这种表"),
        ([], ["保单明细.价格=保费"], "没有“价格”这一列"),
        ([], ["保单明细.首年保费.单位=美元"], "没有“美元”这种单位"),
        ([], ["保单明细.工号.单位=万元"], "不是金额"),
        ([], ["保单明细.首年保费=甲", "保单明细.FYP=乙"], "两处不一致"),
    ],
)
def it_refuses_an_answer_that_it_does_not_understand(ledger: Ledger, answers: list[str], sets: list[str], words: str):
    with pytest.raises(CallError, match=words):
        given_answers(ledger, answers, sets)


def it_refuses_an_answer_of_the_call_that_fits_nothing(ledger: Ledger):
    with pytest.raises(CallError, match="表头里没有“甲”"):
        adopt(Ledger(ledger.book, given=given_answers(ledger, [], ["保单明细.首年保费=甲"])))


@pytest.fixture(scope="module")
def small(sample_house: House) -> Callable[[], House]:
    """A few rows of every table, behind a function: hypothesis would spell out a house."""
    house = sample_house.copy()
    for sheet, rows in house.sheets.items():
        house.put(sheet, rows[:8], [merge for merge in house.merges.get(sheet, []) if merge[2] <= 8])
    return lambda: house


FIELDS = [(form.key, column.key) for form in FORMS.values() for column in form.columns]
TEXTS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Zs", "Zl", "Zp")), min_size=1, max_size=12)
HEADING_DECISIONS = st.builds(
    lambda field, value: Decision(Kind.HEADING, field[0], field[1], value), st.sampled_from(FIELDS), st.one_of(st.just(UNUSED), TEXTS)
)
UNIT_DECISIONS = st.builds(
    lambda field, unit: Decision(Kind.UNIT, field[0], field[1], unit),
    st.sampled_from([field for field in FIELDS if is_money(FORMS[field[0]], field[1])]), st.sampled_from(UNITS),
)
SHEET_DECISIONS = st.builds(lambda form, name: Decision(Kind.SHEET, form, "", name), st.sampled_from(sorted(FORMS)), TEXTS)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.one_of(HEADING_DECISIONS, UNIT_DECISIONS, SHEET_DECISIONS), max_size=6, unique_by=lambda d: d.target))
def it_reads_from_the_sheet_what_it_wrote(small: Callable[[], House], decisions: list[Decision]):
    from zuxun_xl.tasks.adopting.report import report
    from zuxun_xl.tasks.adopting.sheet import mapping_sheet

    ledger = Ledger(small(), given=Answers(tuple(decisions)))
    house = with_sheet(small(), mapping_sheet(ledger, report(ledger), questions(ledger)))
    answers, unusable = read_mapping(house.grid("映射"))
    assert unusable == ()
    assert sorted(answers.decisions, key=lambda d: d.target) == sorted(decisions, key=lambda d: d.target)
    assert house.grid("映射").value(1, 1) == TITLE


def it_reports_every_table_with_columns_units_and_their_sources(shipped: Ledger):
    tables = {table.form: table for table in adopt(shipped).report.tables if table.used}
    policies = {column.key: column for column in tables[POLICIES].columns}
    assert (policies["首年保费"].heading, policies["首年保费"].unit, policies["首年保费"].unit_from) == ("保费", "元", "单位说明")
    assert (policies["佣金率"].unit, policies["佣金率"].unit_from) == ("%，写作25", "数值大小")
    renewals = {column.key: column for column in tables[RENEWALS].columns}
    assert (renewals["工号"].heading, renewals["工号"].found_by) == ("服务人员员工号", "推断")
    assert renewals["应收日期"].repaired == 406
    assert {column.key: column.unit_from for column in tables[PLAN].columns}["计划FYP"] == "表头"


def it_says_which_sheets_make_up_a_form_and_which_are_left_out(sample_house: House):
    house = sample_house.copy()
    frame = house.frame(POLICIES)
    for half, part in frame.split(lambda row: "上" if row["承保日期"].month <= 6 else "下").items():
        house.put(f"新契约{half}半年", page(part, "新契约"))
    house.put("新契约备份", page(frame, "新契约"))
    house.drop(POLICIES, RENEWALS)
    report = adopt(Ledger(house)).report
    assert report.joined == {POLICIES: ("新契约上半年", "新契约下半年")}
    assert [(table.sheet, table.why_not) for table in report.tables if not table.used] == [("新契约备份", "另有更像的表")]
    assert "实收日期" in report.absent[RENEWALS]
    assert report.other_sheets == ("说明",)


def it_compares_the_users_own_formulas_with_our_figures(shipped: Ledger):
    own = {each.form: each for each in adopt(shipped).formulas}
    assert own[PLAN].count == 90
    assert own[PLAN].differing == ()


def it_counts_hidden_rows_like_all_others(sample_path: Path, tmp_path: Path, truth: dict[str, Any]):
    hidden = tmp_path / "隐藏.xlsx"
    with zipfile.ZipFile(sample_path) as source, zipfile.ZipFile(hidden, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet3.xml":
                data = re.sub(rb'<row r="(1\d\d)"', rb'<row r="\1" hidden="1"', data)
            target.writestr(name, data)
    ledger = Ledger(FileBook(hidden))
    table = next(table for table in adopt(ledger).report.tables if table.hidden_rows)
    assert (table.sheet, table.rows, table.hidden_rows) == (POLICIES, 2087, 100)
    assert differences(ledger, truth) == []
