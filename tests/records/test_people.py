"""The roster: transfers in words, doubled codes, impossible dates, people known by code or by name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.records.tables import agent, codes, day, department, line, table
from zuxun_xl.periods import Period, quarter
from zuxun_xl.records.department import read_department
from zuxun_xl.records.model import Agent, Move
from zuxun_xl.records.people import UNGROUPED, is_college

OTHERS = [agent("Z1", "一组"), agent("Z2", "二组"), agent("Z3", "三组"), agent("Z4", "十一组")]


def person(code: str, *roster: dict[str, object]) -> Agent:
    return department(roster).people.agents[code]


def moves(text: object, group: str = "三组") -> tuple[tuple[str, str, str], ...]:
    found = department([agent("A1", group, 调动=text), *OTHERS], [line("Z1", "10-08", 1)]).people.agents["A1"].moves
    return tuple((move.day.isoformat(), move.source, move.to) for move in found)


# ----------------------------------------------------------------------------------------------------------- transfers


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-18 一组→三组", "2026-5-18一组→三组", "2026/5/18 一组→三组", "2026.5.18 一组->三组", "2026年5月18日 一组至三组",
        "5月18日由一组调入三组", "5月18日 从一组转到三组", "2026年5月18日由一组调往三组", "一组→三组（2026-05-18）",
        "由一组调入三组，5月18日", "2026-05-18\u3000一组 → 三组", "２０２６－０５－１８ 一组→三组", "5.18 一组转三组", "5/18一组→三组",
        "2026-05-18 一组调入", "5月18日由一组转来", "2026-05-18自一组调入", " 2026-05-18 一组→三组 ；",
    ],
)
def it_reads_a_transfer_in_every_spelling(text):
    assert moves(text) == (("2026-05-18", "一组", "三组"),)


@pytest.mark.parametrize("text", [None, "", "-", "无", "/", "—", " "])
def it_reads_no_transfer_where_none_stands(text):
    found = department([agent("A1", 调动=text)])
    assert (found.people.agents["A1"].moves, codes(found)) == ((), [])


@pytest.mark.parametrize(
    "text",
    [
        "一组→三组", "2026-13-18 一组→三组", "2026-02-30 一组→三组", "已调动", "2026-05-18", "2026-05-18 七组→八组", "2026-05-18 调入三组",
    ],
)
def it_lists_a_transfer_it_cannot_read_and_leaves_it_out(text):
    found = department([agent("A1", "三组", 调动=text), *OTHERS], [line("Z1", "10-08", 1)])
    assert found.people.agents["A1"].moves == ()
    assert [(sheet, code) for sheet, _, code in codes(found)] == [("花名册", "R112")]
    assert text.replace(" ", "") in found.findings[0].message


@pytest.mark.parametrize("between", ["；", ";", "\n", "； "])
def it_reads_several_transfers_in_the_order_of_their_days(between):
    text = f"2026-06-01 二组→三组{between}2026-03-01 一组→二组"
    assert moves(text) == (("2026-03-01", "一组", "二组"), ("2026-06-01", "二组", "三组"))


def it_knows_a_group_whose_name_ends_another():
    assert moves("2026-05-18 一组→十一组", "十一组") == (("2026-05-18", "一组", "十一组"),)
    assert moves("2026-05-18 十一组→三组") == (("2026-05-18", "十一组", "三组"),)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("2026-05-18 调入三组（原一组）", (("2026-05-18", "一组", "三组"),)), ("2026-05-18 三组←一组", (("2026-05-18", "一组", "三组"),)),
        ("2026-05-18 三组（原一组）", (("2026-05-18", "一组", "三组"),)),
        ("2026-05-18 调入三组，调出一组", (("2026-05-18", "一组", "三组"),)),
        ("2026-05-18 一组调出，三组调入", (("2026-05-18", "一组", "三组"),)),
        ("2026-05-18 一组调出至三组", (("2026-05-18", "一组", "三组"),)),
        ("原一组，2026-05-18起调三组", (("2026-05-18", "一组", "三组"),)), ("2026-05-18 第一组→第三组", (("2026-05-18", "一组", "三组"),)),
        ("2026-03-01 一组→二组，2026-06-01 二组→三组", (("2026-03-01", "一组", "二组"), ("2026-06-01", "二组", "三组"))),
        ("3月1日，一组→二组，6月1日，二组→三组", (("2026-03-01", "一组", "二组"), ("2026-06-01", "二组", "三组"))),
        ("2026-05-01 十一组→一组；2026-06-01 一组→三组", (("2026-05-01", "十一组", "一组"), ("2026-06-01", "一组", "三组"))),
    ],
)
def it_reads_a_transfer_by_its_words_and_not_by_the_order_of_the_groups(text, wanted):
    assert moves(text) == wanted


@pytest.mark.parametrize("text", ["2026-05-18 调往三组", "5月18日调至三组", "2026-05-18 转入三组"])
def it_never_reads_a_transfer_backwards(text):
    assert moves(text, "一组") in ((("2026-05-18", "一组", "三组"),), ())


@pytest.mark.parametrize(
    "text",
    [
        "2026-05-18", "2026-05-18 三组", "2026-05-18 从三组调回原一组二组", "2026-05-18 二十一组→三组", "2026-05-18 三组→八组",
    ],
)
def it_lists_a_transfer_whose_way_is_not_certain(text):
    found = department([agent("A1", "二组", 调动=text), *OTHERS], [line("Z1", "10-08", 1)])
    assert (found.people.agents["A1"].moves, [code for _, _, code in codes(found)]) == ((), ["R112"])


def it_lists_the_first_of_two_transfers_that_has_no_day():
    found = department([agent("A1", "三组", 调动="一组→二组，2026-06-01 二组→三组"), *OTHERS], [line("Z1", "10-08", 1)])
    assert found.people.agents["A1"].moves == (Move(day("06-01"), "二组", "三组"),)
    assert "“一组→二组”" in found.findings[0].message


@pytest.mark.parametrize(
    ("text", "group", "kept"),
    [
        ("2026-05-18 一组→二组；2026-06-01 三组→二组", "二组", ["05-18"]),
        ("2026-05-18 一组→二组；2026-06-01 一组→三组", "三组", ["06-01"]),
        ("2026-03-01 三组→二组；2026-05-18 一组→二组；2026-06-01 二组→三组", "三组", ["03-01", "06-01"]),
    ],
)
def it_adopts_the_transfers_that_follow_on_each_other_and_lists_the_others(text, group, kept):
    found = department([agent("A1", group, 调动=text), *OTHERS], [line("Z1", "10-08", 1)])
    assert [move.day for move in found.people.agents["A1"].moves] == [day(when) for when in kept]
    assert [code for _, _, code in codes(found)] == ["R112"]
    measures = found.measures(quarter(2026, 2))
    bridged = all(m["期初人力"] + m["增员人数"] + m["调入"] - m["脱落人数"] - m["调出"] == m["期末人力"] for m in measures.values())  # type: ignore[operator]
    assert bridged


def it_keeps_two_transfers_of_one_day_in_their_order():
    assert moves("2026-05-18 一组→二组；2026-05-18 二组→三组") == (("2026-05-18", "一组", "二组"), ("2026-05-18", "二组", "三组"))


def it_lists_a_transfer_of_nobody_and_takes_that_of_a_name_that_is_unique():
    listed = table(
        "组间调动", {"姓名": "君A1", "调动日期": day("05-18"), "原组别": "二组", "新组别": None},
        {"姓名": "查无", "调动日期": day("05-18"), "原组别": "二组", "新组别": "一组"},
    )
    found = department([agent("A1"), *OTHERS], 组间调动=listed)
    assert found.people.agents["A1"].moves == (Move(day("05-18"), "二组", "一组"),)
    assert codes(found) == [("组间调动", "B3", "R112")]


@pytest.mark.parametrize("text", ["2026-05-1 1组→3组", "5.1 1组→3组"])
def it_keeps_a_date_apart_from_a_group_that_begins_with_a_digit(text):
    roster = [agent("A1", "3组", 调动=text), agent("Z1", "1组")]
    assert department(roster, [line("Z1", "10-08", 1)]).people.agents["A1"].moves == (Move(day("05-01"), "1组", "3组"),)


@pytest.mark.parametrize(("days", "year"), [(["2025-12-31", "01-05", "02-05"], 2026), (["2025-11-01", "2025-12-01", "01-05"], 2025)])
def it_takes_the_year_of_most_business_for_a_transfer_without_one(days, year):
    roster = [agent("A1", "三组", 调动="5月18日一组→三组"), *OTHERS]
    found = department(roster, [line("Z1", when, 1, when) for when in days])
    assert found.people.agents["A1"].moves == (Move(day(f"{year}-05-18"), "一组", "三组"),)


spellings = st.sampled_from(["{d} {a}→{b}", "{d}由{a}调入{b}", "{a}转{b} {d}"])


@given(st.sampled_from(["一组", "二组", "十一组"]), st.dates(day("2024-01-01"), day("2027-12-31")), spellings)
def it_reads_back_a_transfer_it_wrote(source, when, pattern):
    text = pattern.format(d=when.isoformat(), a=source, b="三组")
    assert moves(text) == ((when.isoformat(), source, "三组"),)


# ---------------------------------------------------------------------------------------------------------- odd rosters


def it_keeps_the_row_of_a_doubled_code_that_the_agents_own_records_show():
    roster = [agent("A1", "一组"), agent("A1", "二组"), agent("A2")]
    records = [
        line("A1", "10-08", 100, "P1", 组别="二组"),
        line("A1", "10-09", 100, "P2", 组别="二组"),
        line("A1", "10-10", 100, "P3", 组别="一组"),
    ]
    found = department(roster, records)
    assert found.people.agents["A1"].group == "二组"
    assert codes(found)[0] == ("花名册", "A2", "R106")
    assert "按二组计" in found.findings[0].message
    assert len(found.people.agents) == 2


def it_keeps_the_row_of_a_doubled_code_whose_name_the_agents_own_records_bear():
    roster = [agent("A1", "一组", 姓名="张三"), agent("A1", "一组", 姓名="李四"), agent("A2", 姓名="王五")]
    found = department(roster, [line("A1", "10-08", 100, "P1", 组别="一组", 姓名="李四")])
    assert (found.people.agents["A1"].name, codes(found)) == ("李四", [("花名册", "A2", "R106")])


def it_takes_a_blank_group_from_the_agents_own_records_and_says_so():
    found = department([agent("A1", ""), agent("A2", "二组")], [line("A1", "10-08", 100, 组别="二组")])
    assert (found.people.agents["A1"].group, codes(found)) == ("二组", [("花名册", "C2", "R134")])


def it_counts_who_left_and_came_back_twice_joining_and_once_leaving():
    roster = [agent("A1", "二组", "08-10"), agent("A1", "一组", "2020-01-01", "03-16"), agent("A2", "二组")]
    lines = [line("A1", "02-10", 100, "P1"), line("A1", "05-10", 100, "P2"), line("A1", "09-10", 100, "P3")]
    found = department(roster, lines)
    assert codes(found) == [("保单明细", "A3", "R104")]
    groups = [found.people.agents["A1"].group_on(day(when)) for when in ("2019-05-01", "02-10", "05-10", "08-10")]
    assert groups == ["一组", "一组", "一组", "二组"]
    year = found.measures(Period(day("01-01"), day("12-31")))
    assert [year["全部"][key] for key in ("期初人力", "增员人数", "脱落人数", "期末人力", "件数")] == [2, 1, 1, 2, 2]
    assert [year["一组"][key] for key in ("期初人力", "增员人数", "脱落人数", "调出", "期末人力")] == [1, 0, 1, 0, 0]
    assert [year["二组"][key] for key in ("期初人力", "增员人数", "脱落人数", "调入", "期末人力")] == [1, 1, 0, 0, 2]


def it_keeps_the_transfers_of_each_contract_apart():
    ways = (("02-01", "一组", "二组"), ("09-01", "三组", "一组"))
    listed = table("组间调动", *({"工号": "A1", "调动日期": day(when), "原组别": old, "新组别": new} for when, old, new in ways))
    roster = [agent("A1", "二组", "2020-01-01", "03-16"), agent("A1", "一组", "08-10"), agent("Z3", "三组")]
    found = department(roster, 组间调动=listed)
    groups = [found.people.agents["A1"].group_on(day(when)) for when in ("01-15", "02-15", "08-15", "09-15")]
    assert (groups, codes(found)) == (["一组", "二组", "三组", "一组"], [])


def it_takes_leave_dates_from_a_register_of_leavers_that_states_no_day_of_joining():
    roster = table("花名册", agent("A1"), agent("A2", left="05-01"), agent("007"), agent("A4"))
    left = {"A1": "06-30", "A2": "05-02", "7": "07-15", "A9": "03-01"}
    roster.beside = [table("花名册", *({"工号": code, "离司日期": day(when)} for code, when in left.items()))]
    found = read_department({"花名册": roster, "保单明细": table("保单明细")}, day("12-31"))
    assert [found.people.agents[code].left for code in ("A1", "A2", "007", "A4")] == [day("06-30"), day("05-01"), day("07-15"), None]
    assert codes(found) == [("花名册", "A5", "R101")]


@pytest.mark.parametrize(
    "second", [agent("A1", "二组", "02-10"), agent("A1", "二组", "2026-08-10", 姓名="另一人"), agent("A1", "二组", "2020-01-01")]
)
def it_takes_contracts_that_overlap_or_bear_another_name_for_a_doubled_code(second):
    found = department([agent("A1", "一组", "2020-01-01", "03-16"), second])
    assert codes(found) == [("花名册", "A3", "R106")]


def it_keeps_the_first_row_of_a_doubled_code_without_records():
    found = department([agent("A1", "二组"), agent("A1", "一组"), agent("A1", "一组")], [line("A1", "10-08", 100)])
    assert found.people.agents["A1"].group == "二组"
    assert codes(found) == [("花名册", "A3", "R106"), ("花名册", "A4", "R106")]


def it_leaves_out_who_has_no_day_of_joining_and_drops_a_leaving_before_joining():
    found = department([agent("A1"), {**agent("A2"), "入司日期": None}, agent("A3", joined="10-08", left="10-07")])
    assert set(found.people.agents) == {"A1", "A3"}
    assert found.people.agents["A3"].left is None
    assert codes(found) == [("花名册", "D3", "R115"), ("花名册", "E4", "R109")]


@pytest.mark.parametrize(
    ("status", "left", "differs"),
    [
        ("在职", None, False),
        ("在职", "10-08", True),
        ("离司", None, True),
        ("已离职", "10-08", False),
        ("脱落", None, True),
        ("解约", "10-08", False),
        ("", "10-08", False),
        (None, None, False),
    ],
)
def it_says_where_status_and_dates_disagree(status, left, differs):
    found = department([agent("A1", left=left, 状态=status)])
    assert [code for _, _, code in codes(found)] == ["R114"] * differs


def it_names_the_groups_in_the_order_of_the_roster_and_those_without_one_last():
    found = department([agent("A1", "二组"), {**agent("A2"), "组别": None}, agent("A3", "一组"), agent("A4", " 二 组 ")])
    assert found.groups == ("二组", "一组", UNGROUPED)
    assert found.scopes == ("二组", "一组", UNGROUPED, "全部")


def it_takes_the_name_for_a_code_where_there_is_none():
    found = department([{**agent("A1"), "工号": None, "姓名": "王芳"}], [{**line("", "10-08", 100), "工号": None, "姓名": "王芳"}])
    assert list(found.people.agents) == ["王芳"]
    assert len(found.lines) == 1


def it_keeps_or_lists_two_people_of_one_name_without_codes():
    found = department([{**agent("A1", "一组"), "工号": None, "姓名": "王芳"}, {**agent("A2", "二组"), "工号": None, "姓名": "王芳"}])
    assert sorted(found.people.agents) == ["王芳（一组）", "王芳（二组）"]
    assert [found.people.find("", "王芳", group) for group in ("一组", "二组", "")] == [*found.people.agents.values(), None]


def it_keeps_two_people_of_one_name_and_one_group_without_codes_and_lists_their_records():
    namesakes = [{**agent("A1"), "工号": None, "姓名": "王芳"}] * 2
    found = department(namesakes, [{**line("", "10-08", 100), "工号": None, "姓名": "王芳", "组别": "一组"}])
    assert (len(found.people.agents), [code for _, _, code in codes(found)]) == (2, ["R101"])


@pytest.mark.parametrize(
    ("code", "name", "group", "wanted"),
    [
        ("A1", "", "", "A1"), ("A1", "王芳", "二组", "A1"), ("X9", "王芳", "", None), ("", "王芳", "一组", "A1"),
        ("", "王芳", "二组", "A2"), ("", "王芳", "", None), ("", "王芳", "三组", None), ("", "李梅", "", "A3"), ("", "李梅", "一组", "A3"),
        ("", "赵云", "", None), ("", "", "", None),
    ],
)
def it_finds_people_by_code_else_by_a_name_that_is_unique(code, name, group, wanted):
    roster = [agent("A1", "一组", 姓名="王芳"), agent("A2", "二组", 姓名="王芳"), agent("A3", "二组", 姓名="李梅")]
    found = department(roster).people.find(code, name, group)
    assert (found.code if found else None) == wanted


@pytest.mark.parametrize(
    ("written", "same"),
    [
        ("君A1", True), ("君A1（主任）", True), ("白雪(530100102)", True), ("白雪530100102", True), ("白云(530100102)", False),
        ("君A2", False),
    ],
)
def it_knows_a_name_with_the_code_or_a_remark_beside_it(written, same):
    people = department([agent("A1"), agent("A2"), agent("530100102", 姓名="白雪")]).people
    assert any(people.bears(someone, written) for someone in people.agents.values() if someone.code != "A2") is same


def it_tells_namesakes_apart_by_the_group_of_the_day():
    here = agent("A1", "二组", 姓名="小王", 调动="2026-05-18 一组→二组")
    there = agent("A2", "一组", 姓名="小王", 调动="2026-06-01 二组→一组")
    people = department([here, there]).people
    found = [people.find("", "小王", group, day(when)) for when, group in (("03-01", "一组"), ("03-01", "二组"), ("10-01", "一组"))]
    assert [agent.code for agent in found if agent] == ["A1", "A2", "A2"]
    assert people.find("", "小王", "一组") is None


def it_finds_a_namesake_by_the_group_of_earlier_days():
    roster = [agent("A1", "三组", 姓名="王芳", 调动="2026-05-18 一组→三组"), agent("A2", "二组", 姓名="王芳"), agent("Z1", "一组")]
    found = department(roster).people.find("", "王芳", "一组")
    assert found is not None
    assert found.code == "A1"


@pytest.mark.parametrize(
    ("rostered", "written"),
    [
        (1001.0, "1001"), ("1001", 1001.0), (1001, "1001"), (" A 1 ", "A1"), ("Ａ１", "A1"), ("A1", "Ａ 1"),
    ],
)
def it_matches_a_code_however_the_cells_hold_it(rostered, written):
    found = department([{**agent("A"), "工号": rostered}], [{**line("A", "10-08", 100), "工号": written}])
    assert (codes(found), len(found.lines)) == ([], 1)


@pytest.mark.parametrize(
    ("education", "college"),
    [
        ("大专", True),
        ("本科", True),
        ("大学本科", True),
        ("硕士研究生", True),
        ("专科", True),
        ("博士", True),
        ("高中", False),
        ("中专", False),
        ("初中", False),
        ("职高", False),
        ("", False),
    ],
)
def it_knows_which_schooling_is_college(education, college):
    assert is_college(education) is college


@pytest.mark.parametrize(
    ("rank", "remark", "leads"),
    [
        ("业务主任", None, True), ("高级经理", None, True), ("业务员", None, False), ("", "组长", True), ("见习业务员", "转正中", False),
    ],
)
def it_knows_leaders_by_rank_or_remark(rank, remark, leads):
    assert person("A1", agent("A1", 职级=rank, 备注=remark)).leader is leads
