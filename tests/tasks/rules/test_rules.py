"""Every rule of the forms: one broken cell gives exactly its finding at exactly that cell, a sound or explained one gives none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.tasks.rules.department import broken, department, places
from zuxun_xl.findings import Level
from zuxun_xl.forms.catalogue import APPENDICES
from zuxun_xl.settings import Settings
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.ledger import Ledger

if TYPE_CHECKING:
    from tests.tasks.restyle import House

Cells = dict[str, Any]

BROKEN: list[tuple[Cells, str]] = [
    ({"附表一!I7": 40000.0}, "V101!I7 V103!I41"),
    ({"附表一!J20": 30000.0}, "V102!J20 V103!J54"),
    ({"附表一!F38": 9.0}, "V103!F38 V101!F41 V102!F54 V106!H38"),
    ({"附表一!I4": 10001.0}, "V104!I4 V103!I38 V101!I7 V102!I20"),
    ({"附表一!K4": 10001.0}, "V105!H4"),
    ({"附表一!H55": 280000.0}, "V105!H54"),
    ({"附表一!A2": "公司下达全年FYP任务30万元    单位：元"}, "V105!A2"),
    ({"附表一!A2": "上级下达一季度任务：9.9万元"}, "V105!A2"),
    ({"附表一!G4": 5100.0}, "V106!H4"),
    ({"附表一!E4": 0.9}, "V106!D4"),
    ({"附表一!G7": 5333.33}, "V107!G7"),
    ({"附表一!E7": 1.5}, "V107!E7"),
    ({"附表一!E20": 6.0}, "V107!E20"),
    ({"附表一!E41": 0.8}, "V107!E41"),
    ({"附表一!D4": None}, "V108!D4"),
    ({f"附表一!D{row}": None for row in range(4, 21)} | {"附表一!E7": None}, "V108!D4"),
    ({"附表三!E4": 5001.0, "附表三!D4": 67001.0, "附表三!Q4": 22001.0}, "V109!附表一!H4"),
    ({"附表一!M4": 11999.0}, "V110!M4"),
    ({"附表一!H4": "一万"}, "V111!H4"),
    ({"附表一!D4": -3.0}, "V112!D4 V103!D38 V106!D4 V107!E20 V107!E7"),
    ({"附表一!D4": 2.5}, "V112!D4 V103!D38 V106!D4 V107!E20 V107!E7"),
    ({"附表二!F4": 3.0}, "V201!F4 V202!C5 V203!G4 V203!G7 V204!F38"),
    ({"附表二!I6": 3.0}, "V201!L6 V202!I6 V206!I6"),
    ({"附表二!D7": 3.0}, "V203!D7 V204!D41"),
    ({"附表二!G20": 2.5}, "V203!G20"),
    ({"附表二!E38": 1.0}, "V204!E38 V201!F38 V203!E41 V203!E54"),
    ({"附表二!E5": 0.5}, "V205!E5 V201!F5 V203!E7 V203!E20 V204!E39"),
    ({"附表二!I4": 1.0}, "V201!L4 V206!I4"),
    ({"附表二!J6": 0.0, "附表二!L6": 1.0}, "V207!J6 V206!L6"),
    ({"附表二!M5": None}, "V208!M5"),
    ({"附表二!C20": 4.0, "附表二!N20": "人力扩充年"}, "V209!N20 V203!C20 V204!C54"),
    ({"附表二!H7": 0.9}, "V107!H7"),
    ({"附表二!D4": "若干"}, "V211!D4"),
    ({"附表二!M4": date(2026, 2, 9)}, "V212!M4"),
    ({"附表三!D4": 66999.0}, "V301!D4"),
    ({"附表三!Q4": 22001.0}, "V301!Q4"),
    ({"附表三!E4": 4999.0, "附表三!D4": 66999.0, "附表三!Q4": 21999.0}, "V302!E3"),
    ({"附表三!B4": "530109999"}, "V303!B4 V303!"),
    ({"附表三!R4": 3000.0}, "V304!R4"),
    ({"附表三!T4": 601.0}, "V305!T4"),
    ({"附表三!U4": 301.0}, "V305!U4"),
    ({"附表三!P4": 18001.0, "附表三!P5": None, "附表三!D4": 80001.0, "附表三!D5": 62000.0}, "V306!P4 V109!附表一!H18"),
    ({"花名册!F4": date(2026, 11, 30)}, "V307!附表三!P5"),
    ({"附表三!J4": -5.0}, "V312!J4 V301!D4 V302!J3"),
    ({"附表三!J4": "五千"}, "V311!J4 V301!D4 V302!J3"),
    ({"附表四!B20": 2600.0}, "V401!B20 V410!B22 V409!B20"),
    ({"附表四!M10": 1500.0}, "V402!M10"),
    ({"附表四!N10": 3.0}, "V403!N10"),
    ({"附表四!N10": 0.0}, "V403!N10"),
    ({"附表四!L5": 11.0}, "V404!L5"),
    ({"附表四!B5": -1.0}, "V412!B5 V401!B5 V410!B7"),
    ({"附表四!E5": 2.0}, "V405!E5"),
    ({"附表四!J5": 3.0}, "V406!J5 V407!G10"),
    ({"附表四!G10": 3.0}, "V406!J10 V407!G10"),
    ({"附表四!Q5": "1.拜访少；2.出勤差；3.没有增员"}, "V408!Q5"),
    ({"附表四!O5": 2400.0}, "V409!B10"),
    ({"附表四!D7": 0.7}, "V107!D7"),
    ({"附表四!D7": 0.75, "附表四!D5": 0.75, "附表四!D6": 0.75}, "V107!D7"),
    ({"附表四!B7": 5001.0}, "V410!B7"),
    ({"附表四!B5": "多"}, "V411!B5"),
    ({"附表五!D12": None}, "V501!D12"),
    ({"附表五!D12": 25000.0}, "V501!H12"),
    ({"附表五!F4": 9000.0}, "V502!F4"),
    ({"附表五!H12": 5166.67}, "V503!H12 V501!H12"),
    ({"附表五2月!C9": 1.2}, "V504!C9"),
    ({"附表五2月!C6": 0.8}, "V504!C4 V504!C9"),
    ({"附表五!I12": 4700.0}, "V505!I12"),
    ({"附表五2月!B8": "期末"}, "V506!附表五!I12"),
    ({"附表五!L12": None}, "V507!L12"),
    ({"附表五!K12": "无"}, "V507!K12"),
    ({"附表五!K12": "JB-M99 多拜访"}, "V508!K12"),
    ({"附表五!A14": "人均快乐"}, "V510!A14"),
    ({"附表六!A4": "一号"}, "V601!A4 V601!A3"),
    ({"附表六!A34": date(2026, 3, 1)}, "V601!A34 V601!A3 V605!L33"),
    ({"附表六!H7": None}, "V602!H5"),
    ({"附表六!E33": None, "附表六!F33": None}, "V602!E33"),
    ({"附表五!A2": "阶段：2026年3月    口径：期末人力", "附表五2月!A2": "阶段：2026年2月    口径：平均人力"}, "V506!I3"),
    ({"附表六!D5": None}, "V603!D5"),
    ({"附表六!F6": None}, "V603!F6"),
    ({"附表六!D7": None, "附表六!G7": None, "附表六!H7": None}, "V603!D7"),
    ({"附表六!F6": "钱五"}, "V604!F6"),
    ({"附表六!L9": "周经营分析会15:30（张一）；客户联谊会15：30（张一）"}, "V604!L9"),
    ({"附表六!L9": None}, "V605!L9"),
    ({"附表六!L20": "月度经营总结会"}, "V605!L34"),
    ({"附表六!L34": None}, "V605!L34 V605!L34"),
    ({"附表六!J5": "险种培训", "附表六!K5": "赵四"}, "V606!J5"),
    ({f"附表六!D{row}": "张一" for row in (5, 6, 7, 8, 9, 12, 13, 14, 15, 16)}, "V607!D3"),
    ({"附表六!A2": "状态：定稿"}, "V608!A3"),
    ({"附表六!A2": "状态：定稿", "附表六!M5": "场地待定"}, "V608!A3 V608!M5"),
    ({"附表六!A2": "状态：定稿", "附表六!M5": "改到3月4日"}, "V608!A3 V608!M5"),
    ({"附表六!B5": "二"}, "V609!B5"),
    ({"附表六!C5": "休息"}, "V609!C5"),
]

SOUND: dict[str, Cells] = {
    "the task of a quarter that the plan reaches": {"附表一!A2": "公司下达一季度任务8万元"},
    "a task for something else than FYP": {"附表一!A2": "公司下达首年期交任务99万元"},
    "drivers that differ, explained": {"附表一!G4": 5100.0, "附表一!L4": "与件均差异系趸交件"},
    "a quarter's count of different people below the sum of the months": {"附表一!D7": 2.0, "附表一!E7": 1.0, "附表一!D41": 5.0},
    "a quarter's rate on the monthly scale": {"附表一!E7": 0.5},
    "a ratio kept to whole per cent": {"附表二!H7": 0.8},
    "no plan in a month, with the reason": {"附表一!D16": None, "附表一!L16": "10月全组集训"},
    "one cent of 件均 in rounding": {"附表一!G7": 5499.99},
    "growth that is denied": {"附表二!N20": "扭转人力负增长"},
    "months after leaving without targets": {"花名册!F4": date(2026, 12, 1)},
    "a cumulative figure that falls after a withdrawal": {"附表四!M10": 1500.0, "附表四!R10": "撤单一件"},
    "a changed target with its reason": {"附表四!O5": 2400.0, "附表四!P10": "新增产说会一场"},
    "a calendar of bare day numbers": {f"附表六!A{row}": float(row - 3) for row in range(4, 35)},
    "an indicator that is yellow, without an owner": {"附表五!J12": "黄", "附表五!L12": None},
    "a trainer with authority": {"附表六!J5": "险种培训", "附表六!K5": "赵四", "附表六!N5": "有"},
    "one person for two things at two times": {"附表六!L9": "周经营分析会15:30（张一）；客户联谊会16:30（张一）"},
    "two people of one name": {"花名册!B6": "李二", "附表三!C6": "李二", "个人周表!B7": "李二"},
}


@pytest.fixture(scope="module")
def house() -> House:
    return department()


def found(house: House, cells: Cells, settings: Settings | None = None) -> list[tuple[str, str, str]]:
    """What is said about the department with some cells changed, beyond the tables it does not keep."""
    ledger = Ledger(broken(house, cells), settings or Settings())
    return [place for place in places(check(ledger)) if place[2] != "T101"]


def expected(text: str, cells: Cells) -> list[tuple[str, str, str]]:
    """``V101!I7`` stands for the sheet of the first cell changed, ``V101!附表一!I7`` for another."""
    first = next(iter(cells)).partition("!")[0]
    parts = [item.split("!") for item in text.split()]
    return sorted((rest[0] if len(rest) > 1 else first, rest[-1], code) for code, *rest in parts)


def it_has_nothing_to_say_about_a_sound_department(house: House) -> None:
    assert found(house, {}) == []


@pytest.mark.parametrize(("cells", "codes"), BROKEN, ids=[codes.partition(" ")[0] for _, codes in BROKEN])
def it_finds_a_broken_cell_and_nothing_else(house: House, cells: Cells, codes: str) -> None:
    assert found(house, cells) == expected(codes, cells)


@pytest.mark.parametrize("cells", SOUND.values(), ids=SOUND)
def it_accepts(house: House, cells: Cells) -> None:
    assert found(house, cells) == []


def it_lets_a_department_say_how_persons_and_groups_compare(house: House) -> None:
    less = {"附表三!E4": 4999.0, "附表三!D4": 66999.0, "附表三!Q4": 21999.0}
    assert found(house, less, Settings(target_gap=1)) == []
    more = {("附表三", cell, "V302") for cell in ("E3", "F3", "P3")}
    assert more <= set(found(house, {}, Settings(target_factor=1.2)))
    assert found(house, {}, Settings(target_factor=1.0)) == []


def it_has_a_case_for_every_rule_of_the_forms() -> None:
    declared = {rule.code for form in APPENDICES for rule in form.rules}
    assert declared - {code.partition("!")[0] for _, codes in BROKEN for code in codes.split()} == set()


def it_grades_what_may_be_legitimate_no_higher_than_doubtful(house: House) -> None:
    doubtful = {"附表四!N10": 0.0, "附表一!E7": 1.5, "附表三!T4": 601.0}
    levels = {finding.level for finding in check(Ledger(broken(house, doubtful)))}
    assert Level.ERROR not in levels


def it_asks_for_authorised_trainers_where_the_department_names_them(house: House) -> None:
    training = {"附表六!E6": "产品培训", "附表六!F6": "组训", "附表六!N6": "有"}
    trainers = {"险种培训": ("外聘讲师",)}
    assert found(house, training) == []
    assert found(house, training, Settings(trainers=trainers)) == expected("V606!E6", training)
    assert found(house, {**training, "附表六!F6": "赵四"}, Settings(trainers=trainers)) == [], "a leader may"


def it_lets_a_department_say_how_often_one_person_may_host(house: House) -> None:
    assert found(house, {}, Settings(most_turns=0.1)) == [("附表六", "D3", "V607")] * 4


def it_holds_a_calendar_against_the_departments_own_days(house: House) -> None:
    off = Settings(days={date(2026, 3, 4): False})
    assert ("附表六", "C7", "V609") in found(house, {}, off)
    assert "V609" not in {code for _, _, code in found(house, {"附表六!C7": "放假"}, off)}


def it_takes_a_protected_final_calendar_for_finished(house: House) -> None:
    final = broken(house, {"附表六!A2": "状态：定稿"})
    final.protected.add("附表六")
    assert [finding.code for finding in check(Ledger(final)) if finding.sheet == "附表六"] == []


def it_asks_for_owners_in_a_diagnosis_that_people_have_begun_to_fill_in(house: House) -> None:
    heads = ["序号", "组别", "问题", "状态", "判定依据", "责任人", "完成时限", "追踪结果"]
    rows = [[1, "甲组", "件均保费偏低", "红", "低", None, None, None], [2, "乙组", "举绩率偏低", "红", "低", "赵四", "4月15日", None]]
    diagnosed = house.copy()
    diagnosed.put("诊断表", [["团队KPI诊断表（2026年3月）"], heads, *rows])
    assert [place for place in places(check(Ledger(diagnosed))) if place[0] == "诊断表"] == [("诊断表", "F3", "V507")]
    diagnosed.put("诊断表", [["团队KPI诊断表（2026年3月）"], heads, rows[0]])
    assert [place for place in places(check(Ledger(diagnosed))) if place[0] == "诊断表"] == [], "nobody has begun"


def it_asks_why_a_weekly_target_differs_from_an_earlier_version(house: House) -> None:
    again = house.copy()
    rows = [list(row) for row in house.sheets["附表四"]]
    rows[4][1] = 2400.0
    again.put("附表四（调整前）", rows)
    assert ("附表四", "B5", "V409") in places(check(Ledger(again)))
    again.change("附表四", 5, 16, "增加一场产说会")
    assert "V409" not in {code for _, _, code in places(check(Ledger(again)))}


def it_reads_a_segment_merged_over_several_days_on_each_of_them(house: House) -> None:
    merged = broken(house, {"附表六!H7": None, "附表六!H9": None})
    merged.merges["附表六"] = [(5, 8, 9, 8)]
    assert [place for place in places(check(Ledger(merged))) if place[0] == "附表六"] == []
