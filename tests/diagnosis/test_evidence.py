"""What the figures say about the causes and about the hard numbers inside the measures."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuxun_xl.diagnosis.evidence import Metric, check_measure, weigh, weigh_problem
from zuxun_xl.diagnosis.judge import severity
from zuxun_xl.diagnosis.lookup import Cause, Measure, find, problems
from zuxun_xl.diagnosis.metrics import METRICS
from zuxun_xl.errors import CallError


def cause(name: str) -> Cause:
    found = find(name)
    assert isinstance(found, Cause)
    return found


def measure(name: str) -> Measure:
    found = find(name)
    assert isinstance(found, Measure)
    return found


@pytest.mark.parametrize(
    ("name", "metrics", "support", "phrase"),
    [
        ("JS-C5", {"面谈每人日": Metric(1.6)}, "有数据支持", "面谈1.6次/人日，标准3次"),
        ("TL-C5", {"面谈每人日": Metric(2.7)}, "数据不支持", "面谈2.7次/人日，标准3次"),
        ("TL-C5", {"面谈每人日": Metric(2.69)}, "有数据支持", "面谈2.69次/人日，标准3次"),
        (
            "TL-C5",
            {"面谈每人日": Metric(3.1), "约访每人日": Metric(2)},
            "有数据支持",
            "面谈3.1次/人日，标准3次；约访2次/人日，标准5次",
        ),
        ("JJ-C6", {"准客户存量": Metric(99.9)}, "有数据支持", "准客户存量99.9个/人，标准100个"),
        ("JJ-C6", {"准客户存量": Metric(100)}, "数据不支持", "准客户存量100个/人，标准100个"),
        ("JJ-C7", {"日志交纳率": Metric(0.593)}, "有数据支持", "日志交纳率59.3%，标准100.0%"),
        ("JJ-C8", {"出勤率": Metric(0.9)}, "数据不支持", "出勤率90.0%，示例标准90.0%"),
        ("JJ-C8", {"出勤率": Metric(0.9, standard=0.95)}, "有数据支持", "出勤率90.0%，标准95.0%"),
        ("ZY-C5", {"人均FYC": Metric(1200, 1800)}, "有数据支持", "人均FYC1,200元，其余组1,800元"),
        ("ZY-C3", {"主管FYP": Metric(9500, 10000)}, "数据不支持", "主管本人FYP9,500元，组均10,000元"),
        ("ZY-C4", {"脱落率状态": Metric(severity("红"))}, "有数据支持", "脱落率判定红"),
        ("ZY-C4", {"脱落率状态": Metric(severity("黄"))}, "有数据支持", "脱落率判定黄"),
        ("ZY-C4", {"脱落率状态": Metric(severity("绿"))}, "数据不支持", "脱落率判定绿"),
        ("TL-C11", {"新人首三月零件占比": Metric(0.4)}, "有数据支持", "新人首三个月零件占比40.0%，示例上限30.0%"),
        ("JB-C5", {"险种集中度": Metric(0.62)}, "有数据支持", "件数最多的险种占比62.0%，示例上限50.0%"),
        ("JB-C9", {"中低收入客户占比": Metric(0.6, 0.56)}, "数据不支持", "中低收入客户占比60.0%，其余组56.0%"),
        ("JS-C8", {"逾期追踪事项": Metric(1)}, "有数据支持", "逾期未办的追踪事项1项，示例上限0项"),
        ("JS-C8", {"逾期追踪事项": Metric(0)}, "数据不支持", "逾期未办的追踪事项0项，示例上限0项"),
    ],
)
def it_weighs_a_cause_by_its_metrics_and_cites_them(name, metrics, support, phrase):
    weighed = weigh(cause(name), metrics)
    assert (weighed.support, weighed.phrase) == (support, phrase)


@pytest.mark.parametrize(
    ("name", "metrics", "phrase"),
    [
        ("ZY-C2", {}, "台账无法检验"),
        ("ZY-C6", {}, "参训率无记录"),
        ("JJ-C8", {}, "出勤率无记录；二次早会出勤率无记录"),
        ("JJ-C8", {"出勤率": Metric(None)}, "出勤率无记录；二次早会出勤率无记录"),
        ("JJ-C8", {"出勤率": Metric(float("nan"))}, "出勤率无记录；二次早会出勤率无记录"),
        ("ZY-C5", {"人均FYC": Metric(1200)}, "人均FYC1,200元，无其余组可比"),
        ("ZY-C4", {"脱落率状态": Metric(severity("灰"))}, "脱落率判定灰"),
    ],
)
def it_leaves_to_the_trainer_what_the_workbook_cannot_test(name, metrics, phrase):
    weighed = weigh(cause(name), metrics)
    assert (weighed.support, weighed.phrase) == ("需现场核实", phrase)


def it_shows_a_metric_in_the_callers_unit():
    assert weigh(cause("ZY-C5"), {"人均FYC": Metric(1.2, 1.8, "万元")}).phrase == "人均FYC1.2万元，其余组1.8万元"


def it_weighs_every_cause_of_a_problem_in_the_handbooks_order():
    problem = problems()[4]
    weighed = weigh_problem(problem, {"出勤率": Metric(0.7), "准客户存量": Metric(120)})
    assert [entry.cause for entry in weighed] == list(problem.causes)
    assert [entry.cause.id for entry in weighed if entry.support == "有数据支持"] == ["JJ-C8"]
    assert [entry.cause.id for entry in weighed if entry.support == "数据不支持"] == ["JJ-C5", "JJ-C6"]


def it_finds_group_fives_weak_activity_of_october_2026():
    # truth: 123 diaries of 208 due, 247 calls, 112 interviews, 29 prospects; stock 66.4
    metrics = {
        "日志交纳率": Metric(0.591346),
        "约访每人日": Metric(247 / 208),
        "面谈每人日": Metric(112 / 208),
        "新增准客户每人日": Metric(29 / 208),
        "准客户存量": Metric(66.363636),
    }
    supported = {
        entry.cause.id for problem in problems() for entry in weigh_problem(problem, metrics) if entry.support == "有数据支持"
    }
    assert supported == {"TL-C5", "JS-C2", "JS-C3", "JS-C5", "JJ-C5", "JJ-C6", "JJ-C7"}


def it_refuses_a_metric_that_does_not_exist_and_lists_those_that_do():
    with pytest.raises(CallError) as caught:
        weigh_problem(problems()[0], {"面谈每日": Metric(1)})
    assert "面谈每日" in caught.value.message
    assert "面谈每人日" in caught.value.remedy


@pytest.mark.parametrize(
    ("value", "met", "phrase"),
    [
        (100, True, "准客户存量100个/人，手册要求100个，达到"),
        (99, False, "准客户存量99个/人，手册要求100个，未达到"),
        (None, None, "准客户存量无记录，手册要求100个"),
    ],
)
@pytest.mark.parametrize("name", ["TL-M3.1", "JS-M5"])
def it_checks_the_hundred_prospects_twice(name, value, met, phrase):
    (checked,) = check_measure(measure(name), {"准客户存量": Metric(value)})
    assert (checked.metric, checked.met, checked.phrase) == ("准客户存量", met, phrase)


def it_checks_five_three_one():
    metrics = {"约访每人日": Metric(5.2), "面谈每人日": Metric(2.9), "新增准客户每人日": Metric(1)}
    assert [checked.met for checked in check_measure(measure("JS-M1"), metrics)] == [True, False, True]


def it_checks_nothing_where_a_measure_has_no_hard_number():
    assert check_measure(measure("JJ-M1"), {}) == ()


@given(st.dictionaries(st.sampled_from(sorted(METRICS)), st.builds(Metric, st.none() | st.floats(0, 1e6), st.none() | st.floats(0, 1e6))))
def it_always_gives_each_of_the_48_causes_one_answer_and_a_phrase(metrics):
    weighed = [entry for problem in problems() for entry in weigh_problem(problem, metrics)]
    assert len(weighed) == 48
    assert all(entry.phrase for entry in weighed)
    assert all(entry.support == "需现场核实" for entry in weighed if not entry.cause.evidence)
