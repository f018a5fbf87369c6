"""The lookup table against the handbook: counts, ids, texts."""

from __future__ import annotations

import re
from dataclasses import FrozenInstanceError
from pathlib import Path

import pytest

from zuxun_xl.diagnosis.lookup import Cause, Factor, Measure, Problem, by_kpi, find, lookup, problems
from zuxun_xl.diagnosis.metrics import METRICS
from zuxun_xl.errors import CallError

HANDBOOK = Path(__file__).parents[1] / "data" / "handbook_lookup.txt"

CAUSES = [cause for problem in problems() for cause in problem.causes]
PARTS = [part for cause in CAUSES for part in cause.parts]
MEASURES = [measure for problem in problems() for measure in problem.measures]
FACTORS = [factor for problem in problems() for factor in problem.factors]
GROUPS = {part.group for part in PARTS} | {measure.group for measure in MEASURES if measure.group}
ENTRIES: list[Cause | Measure | Factor] = [*CAUSES, *PARTS, *MEASURES, *FACTORS]


def squeezed(text: str) -> str:
    return re.sub(r"\s+", "", text)


@pytest.fixture(scope="module")
def handbook() -> str:
    return squeezed(HANDBOOK.read_text(encoding="utf-8"))


def it_holds_48_causes_66_measures_and_8_factors():
    assert (len(problems()), len(CAUSES), len(MEASURES), len(FACTORS)) == (5, 48, 66, 8)


@pytest.mark.parametrize(
    ("name", "code", "kpi", "direction", "causes", "measures", "factors"),
    [
        ("增员率偏低", "ZY", "增员率", "low", 6, 10, 8),
        ("脱落率较高", "TL", "脱落率", "high", 12, 23, 0),
        ("人均件数偏低", "JS", "人均件数", "low", 10, 11, 0),
        ("件均保费偏低", "JB", "件均保费", "low", 9, 9, 0),
        ("举绩率偏低", "JJ", "举绩率", "low", 11, 13, 0),
    ],
)
def it_describes_each_problem(*, name, code, kpi, direction, causes, measures, factors):
    problem = by_kpi(kpi)
    assert problem is not None
    assert (problem.name, problem.code, problem.direction) == (name, code, direction)
    assert (len(problem.causes), len(problem.measures), len(problem.factors)) == (causes, measures, factors)
    assert squeezed(problem.original) == name


def it_splits_the_first_recruiting_cause_into_3_of_will_and_2_of_skill():
    first, *others = CAUSES
    assert [part.group for part in first.parts] == ["意愿"] * 3 + ["能力"] * 2
    assert [part.id for part in first.parts] == [f"ZY-C1.{n}" for n in range(1, 6)]
    assert not any(cause.parts for cause in others)


def it_groups_the_attrition_measures_3_3_6_6_5():
    problem = find("TL")
    assert isinstance(problem, Problem)
    groups: dict[str, list[str]] = {}
    for measure in problem.measures:
        groups.setdefault(measure.group, []).append(measure.id)
    assert [len(ids) for ids in groups.values()] == [3, 3, 6, 6, 5]
    assert next(iter(groups.values())) == ["TL-M1.1", "TL-M1.2", "TL-M1.3"]
    assert list(groups.values())[-1][-1] == "TL-M5.5"


def it_gives_every_entry_its_own_id_under_its_problem():
    ids = [entry.id for entry in ENTRIES]
    assert len(ids) == len(set(ids)) == 48 + 5 + 66 + 8
    assert all(re.fullmatch(r"(ZY|TL|JS|JB|JJ)-[CMF]\d+(\.\d+)?", name) for name in ids)


def it_numbers_in_the_handbooks_order_without_gaps():
    for problem in problems():
        assert [cause.id for cause in problem.causes] == [f"{problem.code}-C{n}" for n in range(1, len(problem.causes) + 1)]
    for code in ("JS", "JB", "JJ"):
        problem_measures = [measure.id for measure in MEASURES if measure.id.startswith(code)]
        assert problem_measures == [f"{code}-M{n}" for n in range(1, len(problem_measures) + 1)]


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        ("ZY-C3", "业务主管本身产能低、无吸引力"),
        ("TL-C5", "销售拜访量不足——缺乏市场"),
        ("TL-M2.1", "销售及增员角色扮演、实例研讨"),
        ("ZY-M1.10", "利用二次早会、职场各个功能小组发掘有增员潜力的人员,并给予相关的增员辅导和帮助"),
        ("ZY-F8", "公司阶段经营主题和重心"),
        ("JJ-M13", "积极优化人员,组织结构"),
    ],
)
def it_keeps_ids_stable(entry, text):
    found = find(entry)
    assert not isinstance(found, Problem)
    assert found.text == text


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.id)
def it_takes_every_original_string_from_the_handbook(entry, handbook):
    assert squeezed(entry.original) in handbook


@pytest.mark.parametrize("group", sorted(GROUPS))
def it_takes_every_group_heading_from_the_handbook(group, handbook):
    assert squeezed(group) in handbook


def it_leaves_no_word_of_the_handbooks_table_out(handbook):
    rest = handbook
    texts = [entry.original for entry in ENTRIES] + [problem.original for problem in problems()]
    for text in sorted([*texts, *GROUPS], key=len, reverse=True):
        rest = rest.replace(squeezed(text), "", 1)
    heads = ("团队KPI分析与改善措施速查表", "规划、设定每月(季)增员目标时应考虑的因素", "问题", "分析原因", "改善措施")
    for head in heads:
        rest = rest.replace(head, "")
    assert re.sub(r"[\d、()①②③:;,]", "", rest) == ""


def it_repairs_exactly_the_damaged_texts_and_keeps_the_originals():
    repaired = {entry.id: (entry.original, entry.text) for entry in ENTRIES if entry.original != entry.text}
    assert set(repaired) == {"ZY-M1.1", "TL-M1.1", "JS-M1", "JJ-M11"}
    assert repaired["JJ-M11"] == ("改善职场气氛、团队土气,", "改善职场气氛、团队士气")
    assert repaired["JS-M1"] == ("活动拜访规律——5:\n3:\n1", "活动拜访规律——5:3:1")
    assert repaired["TL-M1.1"][0].startswith("(l)")


@pytest.mark.parametrize(
    ("code", "testable"),
    [("ZY", (1, 3, 4, 5, 6)), ("TL", (3, 5, 8, 9, 10, 11)), ("JS", (2, 3, 5, 6, 8, 9)), ("JB", (5, 6, 7, 9)), ("JJ", (2, *range(5, 12)))],
)
def it_gives_evidence_to_the_causes_that_the_workbook_can_test(code, testable):
    problem = find(code)
    assert isinstance(problem, Problem)
    assert [cause.id for cause in problem.causes if cause.evidence] == [f"{code}-C{n}" for n in testable]


def it_can_test_28_of_the_48_causes_and_one_more_with_a_customer_income_field():
    testable = {cause.id for cause in CAUSES if cause.evidence}
    assert len(testable - {"JB-C9"}) == 28
    assert "JB-C9" in testable


def it_names_only_metrics_that_exist_and_uses_all_of_them():
    used = {metric for cause in CAUSES for metric in cause.evidence} | {name for m in MEASURES for name, _ in m.check}
    assert used == set(METRICS)


def it_attaches_the_hard_numbers_to_their_measures():
    assert {measure.id: dict(measure.check) for measure in MEASURES if measure.check} == {
        "TL-M3.1": {"准客户存量": 100},
        "JS-M5": {"准客户存量": 100},
        "JS-M1": {"约访每人日": 5, "面谈每人日": 3, "新增准客户每人日": 1},
    }


def it_is_versioned_frozen_and_read_once():
    table = lookup()
    assert table is lookup()
    assert re.fullmatch(r"\d+\.\d+", table.version)
    with pytest.raises(FrozenInstanceError):
        table.version = "0"  # type: ignore[misc]


@pytest.mark.parametrize("kpi", ["人均FYC", "人均产能", "有效人均件数", "保单持续率", "续收达成率"])
def it_invents_nothing_for_kpis_without_an_entry(kpi):
    assert by_kpi(kpi) is None


@pytest.mark.parametrize(("wanted", "kind"), [("JJ", Problem), ("举绩率偏低", Problem), (" ZY-C1.4 ", Cause), ("ZY-F2", Factor)])
def it_finds_entries_of_every_kind(wanted, kind):
    assert isinstance(find(wanted), kind)


@pytest.mark.parametrize(("wanted", "near"), [("ZY-C7", "ZY-C"), ("jj-m14", "JJ-M1"), ("TL-M6.1", "TL-M"), ("甲", "ZY、TL、JS、JB、JJ")])
def it_lists_near_ids_for_an_unknown_one(wanted, near):
    with pytest.raises(CallError) as caught:
        find(wanted)
    assert wanted in caught.value.message
    assert near in caught.value.remedy
