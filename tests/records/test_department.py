"""A department: up to which day its records speak, which year, what stays open, and its structure."""

from __future__ import annotations

from datetime import date

import pytest

from tests.records.tables import agent, attendance, codes, day, department, due, line, log, table
from zuxun_xl.kpi.compute import kpi_values
from zuxun_xl.periods import month, parse_period, quarter
from zuxun_xl.records.model import WHOLE

ROSTER = [agent("A1"), agent("A2"), agent("B1", "二组")]


@pytest.mark.parametrize(
    ("days", "last"),
    [
        (["10-08", "10-30", "10-31"], "10-31"), (["10-30", "10-31", "12-31"], "10-31"), (["10-30", "10-31", "2062-10-31"], "10-31"),
        (["10-20", "10-30", "11-13"], "11-13"), (["10-20", "10-30", "11-14"], "10-30"), (["10-08"], "10-08"), (["10-31", "10-31"], "10-31"),
        (["06-01", "08-01", "10-01"], "10-01"),
    ],
)
def it_takes_the_last_day_of_the_records_and_passes_over_a_lone_typing_error(days, last):
    found = department(ROSTER, [line("A1", when, 100, f"P{n}") for n, when in enumerate(days)], as_of=None)
    assert found.as_of == day(last)


def it_lists_business_after_the_last_day_as_probably_mistyped_and_does_not_count_it():
    lines = [line("A1", "10-30", 100, "P1"), line("A1", "10-31", 100, "P2"), line("A1", "12-31", 100, "P3")]
    found = department(ROSTER, lines, as_of=None)
    assert codes(found) == [("保单明细", "A4", "R116")]
    assert found.measures(parse_period("2026"))[WHOLE]["FYP"] == 200


def it_goes_by_receipts_attendance_and_logs_as_well():
    quiet = [line("A1", "10-20", 100)]
    for extra in (
        {"续期明细": table("续期明细", due("A1", "10-01", 100, 100, "10-28"))},
        {"考勤": attendance({"A1": {"10-28": "√"}}, ["10-28"])},
        {"活动日志": table("活动日志", log("A1", "10-28", 1, 1))},
    ):
        assert department(ROSTER, quiet, as_of=None, **extra).as_of == day("10-28")
    assert department(ROSTER, quiet, as_of=None, 续期明细=table("续期明细", due("A1", "12-01", 100))).as_of == day("10-20")


def it_counts_up_to_the_day_it_is_told():
    lines = [line("A1", "10-08", 100, "P1"), line("A1", "10-20", 100, "P2")]
    found = department([*ROSTER, agent("A3", joined="10-20")], lines, as_of="10-16")
    assert (found.measures(month(2026, 10))[WHOLE]["FYP"], found.measures(quarter(2026, 4))[WHOLE]["增员人数"]) == (100, 0)
    assert not found.findings


def it_counts_up_to_today_without_records():
    assert department(ROSTER, as_of=None).as_of == date.today()


def it_tells_what_is_in_force_and_who():
    roster = [
        agent("A1", 性别="男", 学历="本科"),
        agent("A2", 性别="女", 学历="高中", left="10-20"),
        agent("B1", "二组", 性别="女", 学历="大专"),
        agent("B2", "二组", joined="11-01", 性别="男"),
    ]
    found = department(roster)
    october = found.measures(month(2026, 10))
    assert [[a.code for a in found.in_force(scope, day("10-31"))] for scope in ("一组", "二组", WHOLE)] == [["A1"], ["B1"], ["A1", "B1"]]
    assert [[october[scope][key] for key in ("男性人数", "女性人数", "大专及以上人数")] for scope in ("一组", "二组", WHOLE)] == [
        [1, 0, 1],
        [0, 1, 1],
        [1, 1, 2],
    ]
    assert kpi_values(october[WHOLE], {})["男女比率"] == 1


def it_leaves_structure_open_where_the_roster_tells_none():
    measures = department(ROSTER).measures(month(2026, 10))[WHOLE]
    assert [measures[key] for key in ("男性人数", "女性人数", "大专及以上人数")] == [None, None, None]


def it_reports_cells_it_could_not_read_once_and_gravely_where_headcount_depends_on_them():
    roster = table(
        "花名册",
        agent("A1", 出生日期=None),
        agent("A2"),
        unreadable=[(0, "出生日期", "不详", "“不详”不是日期"), (1, "离司日期", "春节后", "“春节后”不是日期")],
    )
    found = department([], 花名册=roster)
    assert [(finding.code, finding.level.value, finding.cell) for finding in found.findings] == [("R120", "警", "F2"), ("R120", "错", "E3")]


def it_measures_the_same_twice_and_whatever_was_asked_before():
    lines = [line("A1", f"{number:02d}-10", 100, f"P{number}") for number in range(1, 11)]
    one, other = department(ROSTER, lines), department(ROSTER, lines)
    for number in range(1, 11):
        other.measures(month(2026, number))
    assert one.measures(parse_period("2026Q3")) == other.measures(parse_period("2026Q3")) == one.measures(parse_period("2026Q3"))


def it_gives_every_scope_the_same_measures():
    measures = department(ROSTER, [line("A1", "10-08", 100)]).measures(month(2026, 10))
    assert set(measures) == {"一组", "二组", WHOLE}
    assert len({tuple(values) for values in measures.values()}) == 1


def it_knows_a_group_that_only_a_transfer_leads_to():
    roster = [agent("A1", "一组", 调动="2026-05-18 一组→二组"), {**agent("A2", "二组"), "入司日期": None}]
    assert department(roster, [line("A1", "10-08", 100)]).measures(month(2026, 10))[WHOLE]["FYP"] == 100


def it_knows_a_former_group_that_nobody_is_in_any_more():
    roster = [agent("A1", "一组", 调动日期=day("05-18"), 原组别="五组", 新组别="一组")]
    found = department(roster, [line("A1", "03-08", 100)])
    assert found.groups == ("一组", "五组")
    assert found.measures(month(2026, 3))["五组"]["FYP"] == 100
