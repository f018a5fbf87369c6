"""Every rule of the forms: one broken cell gives exactly its finding at exactly that cell, a sound or explained one gives none."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.tasks.rules.department import broken, department, places
from zuxun_xl.findings import Level
from zuxun_xl.forms.catalogue import FORMS
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
    ({"附表三!E4": 5001.0, "附表三!D4": 67001.0, "附表三!Q4": 22001.0}, "V109!附表一!H4"),
    ({"附表一!M4": 11999.0}, "V110!M4"),
    ({"附表一!H4": "一万"}, "V111!H4"),
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
    ({"附表三!P4": 13001.0, "附表三!P5": None, "附表三!D4": 75001.0, "附表三!D5": 62000.0}, "V306!P4 V109!附表一!H18"),
    ({"花名册!F4": date(2026, 11, 30)}, "V307!附表三!P5"),
    ({"附表三!J4": "五千"}, "V311!J4 V301!D4 V302!J3"),
    ({"附表四!B20": 2600.0}, "V401!B20 V410!B22 V409!B20"),
    ({"附表四!M10": 1500.0}, "V402!M10"),
    ({"附表四!N10": 3.0}, "V403!N10"),
    ({"附表四!N10": 0.0}, "V403!N10"),
    ({"附表四!L5": 11.0}, "V404!L5"),
    ({"附表四!E5": 2.0}, "V405!E5"),
    ({"附表四!J5": 3.0}, "V406!J5 V407!G10"),
    ({"附表四!G10": 3.0}, "V406!J10 V407!G10"),
    ({"附表四!Q5": "1.拜访少；2.出勤差；3.没有增员"}, "V408!Q5"),
    ({"附表四!O5": 2400.0}, "V409!B10"),
    ({"附表四!D7": 0.7}, "V107!D7"),
    ({"附表四!B7": 5001.0}, "V410!B7"),
    ({"附表四!B5": "多"}, "V411!B5"),
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
    declared = {rule.code for key in ("附表一", "附表二", "附表三", "附表四") for rule in FORMS[key].rules}
    assert declared - {code.partition("!")[0] for _, codes in BROKEN for code in codes.split()} == set()


def it_grades_what_may_be_legitimate_no_higher_than_doubtful(house: House) -> None:
    doubtful = {"附表四!N10": 0.0, "附表一!E7": 1.5, "附表三!T4": 601.0}
    levels = {finding.level for finding in check(Ledger(broken(house, doubtful)))}
    assert Level.ERROR not in levels
