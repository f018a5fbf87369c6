"""Renewals, attendance and activity logs: what counts where, and which records are left out."""

from __future__ import annotations

from datetime import date

import pytest

from tests.records.tables import agent, attendance, codes, department, due, line, log, table
from zuxun_xl.kpi.compute import kpi_values
from zuxun_xl.periods import month, parse_period
from zuxun_xl.records.model import WHOLE, Mark

OCTOBER = month(2026, 10)
ROSTER = [agent("A1"), agent("A2", left="10-20"), agent("B1", "二组")]
RENEWALS = ("应收件数", "实收件数", "应收保费", "实收保费")

# ------------------------------------------------------------------------------------------------------------ renewals


def renewed(records: list[dict[str, object]], period: str = "2026-10", scope: str = WHOLE) -> tuple[float | None, ...]:
    measures = department(ROSTER, 续期明细=table("续期明细", *records)).measures(parse_period(period))[scope]
    return tuple(measures[key] for key in RENEWALS)


@pytest.mark.parametrize(
    ("record", "wanted"),
    [
        (due("A1", "10-08", 3000, 3000, "10-09"), (1, 1, 3000, 3000)), (due("A1", "10-08", 3000), (1, 0, 3000, 0)),
        (due("A1", "10-08", 3000, 3000, "10-31"), (1, 1, 3000, 3000)), (due("A1", "10-08", 3000, 3000, "11-01"), (1, 0, 3000, 0)),
        (due("A1", "10-08", 3000, 3000, "09-20"), (1, 1, 3000, 3000)), (due("A1", "09-30", 3000, 3000, "10-02"), (0, 0, 0, 0)),
        (due("A1", "11-01", 3000), (0, 0, 0, 0)), (due("A1", "10-08", 3000, 1000, "10-09"), (1, 1, 3000, 1000)),
        (due("A1", "10-08", 3000, 0, "10-09"), (1, 0, 3000, 0)),
    ],
)
def it_counts_renewals_due_in_the_period_and_paid_by_its_end(record, wanted):
    assert renewed([record]) == wanted


def it_lets_a_late_payment_count_in_the_longer_period():
    assert renewed([due("A1", "09-20", 3000, 3000, "10-09")], "2026-09") == (1, 0, 3000, 0)
    assert renewed([due("A1", "09-20", 3000, 3000, "10-09")], "2026-09..2026-10") == (1, 1, 3000, 3000)


@pytest.mark.parametrize(
    ("record", "wanted", "found"),
    [
        ({"实收保费": 3000}, (1, 1, 3000, 3000), ["R135"]), ({"实收保费": None}, (1, 0, 3000, 0), ["R135"]),
        ({"缴费状态": "已收"}, (1, 1, 3000, 3000), ["R135"]), ({"缴费状态": "√"}, (1, 1, 3000, 3000), ["R135"]),
        ({"缴费状态": "未收"}, (1, 0, 3000, 0), ["R135"]), ({"缴费状态": None}, (1, 0, 3000, 0), ["R135"]),
        ({"缴费状态": "有效"}, (1, 0, 3000, 0), ["R135", "R136"]),
        ({"实收日期": date(2026, 10, 9)}, (1, 1, 3000, 3000), []), ({"实收日期": None}, (1, 0, 3000, 0), []),
    ],
)
def it_takes_what_was_paid_from_whatever_column_there_is(record, wanted, found):
    renewal = {key: value for key, value in due("A1", "10-08", 3000).items() if not key.startswith("实收")}
    kept = table("续期明细", {**renewal, **record})
    kept.columns = {key: column for key, column in kept.columns.items() if not key.startswith("实收") or key in record}
    read = department(ROSTER, 续期明细=kept)
    assert tuple(read.measures(OCTOBER)[WHOLE][key] for key in RENEWALS) == wanted
    assert [code for _, _, code in codes(read)] == found


def it_keeps_the_renewals_of_who_has_left():
    assert renewed([due("A2", "10-25", 3000, 3000, "10-26")]) == (1, 1, 3000, 3000)


def it_counts_renewals_in_the_group_of_the_due_day():
    roster = [agent("A1", "二组", 调动="2026-10-15 一组→二组"), agent("Z1", "一组")]
    found = department(roster, 续期明细=table("续期明细", due("A1", "10-14", 100), due("A1", "10-15", 200)))
    assert [found.measures(OCTOBER)[scope]["应收保费"] for scope in ("一组", "二组", WHOLE)] == [100, 200, 300]


def it_goes_by_the_written_group_where_no_agent_stands():
    records = [{**due("", "10-08", 100), "工号": None, "组别": "二组"}, {**due("", "10-08", 200), "工号": None, "组别": "九组"}]
    found = department(ROSTER, 续期明细=table("续期明细", *records))
    assert found.measures(OCTOBER)["二组"]["应收保费"] == found.measures(OCTOBER)[WHOLE]["应收保费"] == 100
    assert codes(found) == [("续期明细", "F3", "R101")]


def it_lists_more_received_than_due_and_counts_it_as_written():
    found = department(ROSTER, 续期明细=table("续期明细", due("A1", "10-08", 3000, 3500, "10-09")))
    assert codes(found) == [("续期明细", "C2", "R113")]
    assert found.measures(OCTOBER)[WHOLE]["实收保费"] == 3500


def it_doubts_a_premium_due_that_is_negative():
    found = department(ROSTER, 续期明细=table("续期明细", due("A1", "10-08", -300)))
    assert codes(found) == [("续期明细", "B2", "R133")]


def it_leaves_out_renewals_of_nobody_of_no_day_and_of_no_amount():
    records = [
        due("X9", "10-08", 100),
        {**due("A1", "10-08", 100), "应收日期": None},
        {**due("A1", "10-08", 100), "应收保费": None},
        due("A1", "10-08", 70),
    ]
    found = department(ROSTER, 续期明细=table("续期明细", *records))
    assert codes(found) == [("续期明细", "E2", "R101"), ("续期明细", "A3", "R102"), ("续期明细", "B4", "R103")]
    assert found.measures(OCTOBER)[WHOLE]["应收保费"] == 70


def it_says_when_a_payment_has_no_day():
    found = department(ROSTER, 续期明细=table("续期明细", due("A1", "10-08", 3000, 3000)))
    assert found.measures(OCTOBER)[WHOLE]["实收保费"] == 0
    assert codes(found) == [("续期明细", "D2", "R122")]


def it_reports_an_unreadable_day_of_payment_once():
    sheet = table("续期明细", due("A1", "10-08", 3000, 3000), unreadable=[(0, "实收日期", "上周", "“上周”不是日期")])
    assert codes(department(ROSTER, 续期明细=sheet)) == [("续期明细", "D2", "R120")]


def it_leaves_renewals_open_without_their_table():
    assert {department(ROSTER).measures(OCTOBER)[WHOLE][key] for key in RENEWALS} == {None}


# ---------------------------------------------------------------------------------------------------------- attendance


def marked(signs: str, title: str) -> list[Mark]:
    days = [f"10-{8 + n:02d}" for n in range(len(signs))]
    found = department(ROSTER, 考勤=attendance({"A1": dict(zip(days, signs, strict=True))}, days, title))
    return [mark.mark for mark in found.marks or ()]


def attended(signs: str, title: str = "") -> tuple[float | None, float | None]:
    days = [f"10-{8 + n:02d}" for n in range(len(signs))]
    sheet = attendance({"A1": dict(zip(days, signs, strict=True))}, days, title)
    measures = department(ROSTER, 考勤=sheet).measures(OCTOBER)[WHOLE]
    return measures["应出勤人次"], measures["出勤人次"]


@pytest.mark.parametrize(
    ("signs", "wanted"),
    [
        ("√√△○×", (5, 3)),
        ("✓✔V1", (4, 4)),
        ("▲迟L", (3, 3)),
        ("假病事", (3, 0)),
        ("✗×X0旷缺", (6, 0)),
        ("√--/√", (2, 2)),
        ("ｖ√", (2, 2)),
        ("vl", (2, 2)),
    ],
)
def it_counts_present_and_late_among_all_who_should_have_come(signs, wanted):
    assert attended(signs) == wanted


@pytest.mark.parametrize(
    ("title", "meanings"),
    [
        ("√出勤 △迟到 ○请假 ×缺勤", "√△○×"), ("说明：√出勤、△迟到、○请假、×缺勤", "√△○×"), ("√=出勤，△=迟到，○=请假，×=旷工", "√△○×"),
        ("符号（√：出勤 △：迟到 ○：请假 ×：缺勤）", "√△○×"), ("○出勤 △迟到 √请假 ×缺勤", "○△√×"), ("●出勤 ◎迟到 □请假 ■缺勤", "●◎□■"),
        ("★正常 ☆迟到 ◇事假 ◆缺席", "★☆◇◆"),
    ],
)
def it_reads_the_legend_above_the_sheet(title, meanings):
    assert marked(meanings, title) == [Mark.PRESENT, Mark.LATE, Mark.LEAVE, Mark.ABSENT]


@pytest.mark.parametrize("title", ["", "早会考勤表 2026年10月", "本月应出勤18天", "考勤员：王芳", "考勤统计：出勤、迟到、请假、缺勤"])
def it_goes_by_the_usual_signs_where_no_legend_stands(title):
    assert marked("√△○×出迟假缺", title) == [Mark.PRESENT, Mark.LATE, Mark.LEAVE, Mark.ABSENT] * 2


@pytest.mark.parametrize(
    "title",
    [
        "出勤√ 迟到△ 请假○ 缺勤×", "出勤：√ 迟到：△ 请假：○ 缺勤：×", "出勤 √，迟到 △，请假 ○，缺勤 ×",
        "说明（出勤√、迟到△、请假○、缺勤×）",
        "出勤√ 迟到△ 请假○ 缺勤", "√ 迟到 △ 请假 ○", "出勤  √  迟到  △  请假  ○  缺勤  ×", "√出勤 √迟到",
    ],
)
def it_never_misreads_a_legend_with_the_words_first(title):
    assert marked("√△○×", title) == [Mark.PRESENT, Mark.LATE, Mark.LEAVE, Mark.ABSENT]


@pytest.mark.parametrize(
    ("title", "meanings"),
    [
        ("出勤● 迟到◎ 请假□ 缺勤■", "●◎□■"), ("出勤：A 迟到：B 请假：C 缺勤：D", "ABCD"), ("A=出勤 B=迟到 C=请假 D=缺勤", "ABCD"),
        ("早会出勤  ●出勤 ◎迟到 □请假 ■缺勤", "●◎□■"), ("出勤情况：●出勤 ◎迟到 □请假 ■缺勤", "●◎□■"),
    ],
)
def it_reads_a_legend_of_other_signs_in_either_order(title, meanings):
    assert marked(meanings, title) == [Mark.PRESENT, Mark.LATE, Mark.LEAVE, Mark.ABSENT]


def it_counts_marks_after_the_leave_date_and_lists_the_agent_once():
    days = ["10-19", "10-20", "10-21", "10-22"]
    found = department(ROSTER, 考勤=attendance({"A2": dict.fromkeys(days, "√")}, days))
    assert codes(found) == [("考勤", "E2", "R123")]
    assert found.findings[0].message == "君A2（A2）2026-10-20已离司，2026-10-21起还有考勤记号，仍按所写计。"
    assert found.measures(OCTOBER)[WHOLE]["应出勤人次"] == 4


def it_lets_the_legend_win_over_the_usual_meaning():
    assert attended("○○△", "○出勤 △缺勤") == (3, 2)


def it_lists_a_sign_it_does_not_know_and_leaves_the_cell_out():
    sheet = attendance({"A1": {"10-08": "√", "10-09": "？？"}}, ["10-08", "10-09"])
    found = department(ROSTER, 考勤=sheet)
    assert codes(found) == [("考勤", "D2", "R111")]
    assert found.measures(OCTOBER)[WHOLE]["应出勤人次"] == 1


def it_counts_each_day_in_the_group_of_that_day_and_within_the_period():
    roster = [agent("A1", "二组", 调动="2026-10-15 一组→二组"), agent("Z1", "一组")]
    days = ["09-30", "10-14", "10-15", "10-16"]
    found = department(roster, 考勤=attendance({"A1": dict.fromkeys(days, "√")}, days))
    assert [found.measures(OCTOBER)[scope]["出勤人次"] for scope in ("一组", "二组", WHOLE)] == [1, 2, 3]


def it_lists_an_attendance_row_of_nobody():
    found = department(ROSTER, 考勤=attendance({"X9": {"10-08": "√"}, "A1": {"10-08": "√"}}, ["10-08"]))
    assert codes(found) == [("考勤", "A2", "R101")]
    assert found.measures(OCTOBER)[WHOLE]["应出勤人次"] == 1


def it_leaves_attendance_open_where_nobody_was_registered():
    found = department(ROSTER, 考勤=attendance({"A1": {"10-08": "√"}}, ["10-08"]))
    september = found.measures(month(2026, 9))
    assert {september[scope]["应出勤人次"] for scope in found.scopes} == {None}
    assert found.measures(OCTOBER)["二组"]["应出勤人次"] == 0


# ------------------------------------------------------------------------------------------------------------ activity


def it_sums_activity_and_counts_the_logs():
    logs = table(
        "活动日志", log("A1", "10-08", 5, 3, 1), log("A1", "10-09", 4, None, 2), log("B1", "10-09", 1, 1, 1), log("A1", "11-02", 9, 9, 9)
    )
    measures = department(ROSTER, 活动日志=logs).measures(OCTOBER)
    keys = ("约访", "面谈", "新增准客户", "日志份数")
    assert {scope: tuple(values[key] for key in keys) for scope, values in measures.items()} == {
        "一组": (9, 3, 3, 2),
        "二组": (1, 1, 1, 1),
        WHOLE: (10, 4, 4, 3),
    }


def it_leaves_activity_open_without_any_log_in_the_period():
    logs = table("活动日志", log("A1", "10-08", 5, 3))
    found = department(ROSTER, 活动日志=logs)
    assert found.measures(month(2026, 9))[WHOLE]["约访"] is None
    assert found.measures(OCTOBER)["二组"]["约访"] == 0


def it_lists_logs_of_nobody_without_a_day_and_with_unreadable_counts():
    logs = table(
        "活动日志", log("X9", "10-08", 5, 3), {**log("A1", "10-08", 5, 3), "日期": None}, log("A1", "10-09", None, 3),
        unreadable=[(1, "日期", "上周", "“上周”不是日期"), (2, "约访", "很多", "“很多”不是数字")],
    )
    found = department(ROSTER, 活动日志=logs)
    assert codes(found) == [("活动日志", "B2", "R101"), ("活动日志", "A3", "R102"), ("活动日志", "C4", "R120")]
    assert (found.measures(OCTOBER)[WHOLE]["约访"], found.measures(OCTOBER)[WHOLE]["面谈"]) == (0, 3)


def it_reads_the_recruiting_pipeline():
    recruits = table(
        "增员跟踪", {"增员对象": "甲", "组别": "一组", "列名单日期": date(2026, 9, 1), "面谈日期": date(2026, 9, 3), "入司日期": None}
    )
    found = department(ROSTER, 增员跟踪=recruits).recruits
    assert found is not None
    assert (found[0].group, found[0].listed, found[0].met, found[0].joined) == ("一组", date(2026, 9, 1), date(2026, 9, 3), None)


# --------------------------------------------------------------------------------------------- figures nobody recorded


def it_leaves_commission_open_where_the_table_knows_none():
    record = {key: value for key, value in line("A1", "10-08", 1000).items() if key != "佣金率"}
    policies = table("保单明细", record)
    del policies.columns["佣金率"], policies.values["佣金率"]
    measures = department(ROSTER, 保单明细=policies).measures(OCTOBER)
    assert [measures[scope]["FYC"] for scope in ("一组", "二组", WHOLE)] == [None] * 3
    assert kpi_values(measures[WHOLE], {})["人均FYC"] is None


def it_takes_a_blank_rate_for_nothing_and_says_so():
    found = department(ROSTER, [line("A1", "10-08", 1000), line("A1", "10-09", 1000, "P2", 佣金率=None)])
    assert codes(found) == [("保单明细", "G3", "R119")]
    assert found.measures(OCTOBER)[WHOLE]["FYC"] == 300


def it_takes_the_commission_of_a_withdrawal_from_the_line_that_was_issued():
    withdrawals = table("保单明细", {key: value for key, value in line("A1", "10-20", -1000).items() if key not in ("佣金率", "期趸")})
    for key in ("佣金率", "期趸"):
        del withdrawals.columns[key], withdrawals.values[key]
    policies = table("保单明细", line("A1", "10-08", 1000), line("A1", "10-09", 500, "P2"))
    policies.more.append(withdrawals)
    measures = department(ROSTER, 保单明细=policies).measures(OCTOBER)[WHOLE]
    assert (measures["FYC"], measures["首年期交"], measures["件数"]) == (150, 500, 1)


def it_leaves_regular_premium_open_where_the_table_does_not_tell():
    policies = table("保单明细", line("A1", "10-08", 1000))
    del policies.columns["期趸"], policies.values["期趸"]
    assert department(ROSTER, 保单明细=policies).measures(OCTOBER)[WHOLE]["首年期交"] is None


def it_says_when_policies_have_no_number():
    found = department(ROSTER, [line("A1", "10-08", 1000, policy=""), line("A1", "10-09", 2000, policy="")])
    assert found.measures(OCTOBER)[WHOLE]["件数"] == 2
    assert codes(found) == [("保单明细", "B2", "R121"), ("保单明细", "B3", "R121")]


def it_asks_for_no_number_of_a_rider():
    rider = line("A1", "10-08", 100, policy="", 主附险="附加险")
    assert codes(department(ROSTER, [line("A1", "10-08", 1000), rider])) == []
