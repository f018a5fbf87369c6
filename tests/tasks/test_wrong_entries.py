"""Wrong entries in the raw tables are found at their cell and decided as domain.md §8 says; legitimate oddities are no errors."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from tests.departments.spoilt import MODULES, unspoilt
from tests.departments.truth import truth as truth_of
from tests.departments.wrong import spoil
from tests.tasks.restyle import House, differences
from zuxun_xl.findings import Level
from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.check import check
from zuxun_xl.tasks.kpi import report
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.run import run

if TYPE_CHECKING:
    from collections.abc import Mapping

Cell = tuple[str, str]
LAST_POLICY, LAST_AGENT = 2090, 110


def line(
    day: Any = date(2026, 10, 20),
    policy: str = "PX1",
    *,
    main: str = "主险",
    product: str = "康佑一生重大疾病保险",
    premium: Any = 5000.0,
    code: Any = "530100160",
    name: str = "彭思军",
    group: str = "一组",
    term: str = "期交",
    rate: Any = 0.25,
    serial: float = 2088.0,
) -> list[Any]:
    """A line of new business."""
    return [serial, day, policy, main, product, "健康险", term, 10.0, premium, rate, code, name, group, None]


def agent(code: Any, name: str, group: str, joined: Any, left: Any = None, state: str = "在职") -> list[Any]:
    """A row of the roster."""
    return [108.0, code, name, group, "试用业务员", "女", "大专", date(1990, 1, 1), "199", joined, left, state, None, None, 50.0, None]


def errors(house: House | Ledger) -> list[tuple[str, str, str]]:
    """Code, sheet and cell of all errors in the raw tables."""
    return [(f.code, f.sheet, f.cell) for f in check(house if isinstance(house, Ledger) else Ledger(house)) if f.level is Level.ERROR]


def warnings(house: House) -> set[tuple[str, str, str]]:
    """Code, sheet and cell of all findings."""
    return {(f.code, f.sheet, f.cell) for f in check(Ledger(house)) if f.code != "T103"}


UNCOUNTED: dict[str, tuple[str, int, list[Any], list[tuple[str, str, str]]]] = {
    "unknown agent": ("保单明细", 2091, line(code="530199999", name="查无此人"), [("R101", "保单明细", "K2091")]),
    "unknown name": ("保单明细", 2091, line(code=None, name="查无此人"), [("R101", "保单明细", "K2091")]),
    "30 February": ("保单明细", 2091, line("2026-02-30"), [("R102", "保单明细", "B2091")]),
    "month 13": ("保单明细", 2091, line("2026/13/05"), [("R102", "保单明细", "B2091")]),
    "a date of a hundred years ago": ("保单明细", 2091, line(date(1926, 10, 8)), [("R102", "保单明细", "B2091")]),
    "a date of a hundred years ago as text": ("保单明细", 2091, line("1926-10-08"), [("R102", "保单明细", "B2091")]),
    "a date of a hundred years to come": ("保单明细", 2091, line("2062-10-08"), [("R102", "保单明细", "B2091")]),
    "amount in words": ("保单明细", 2091, line(premium="五千元整"), [("R103", "保单明细", "I2091")]),
    "amount missing": ("保单明细", 2091, line(premium=None), [("R103", "保单明细", "I2091")]),
    "amount with the letter O": ("保单明细", 2091, line(premium="5OOO"), [("R103", "保单明细", "I2091")]),
    "business after leaving": (
        "保单明细",
        2091,
        line(date(2026, 10, 20), code="530100424", name="汪莉", group="六组"),
        [("R104", "保单明细", "B2091")],
    ),
    "renewal of an unknown agent": (
        "续期明细",
        1182,
        [1179.0, date(2026, 10, 9), "PX", 2.0, 3000.0, 3000.0, date(2026, 10, 9), "已缴", "530199999", "查无此人", "一组"],
        [("R101", "续期明细", "I1182")],
    ),
    "renewal without a readable amount": (
        "续期明细",
        1182,
        [1179.0, date(2026, 10, 9), "PX", 2.0, "三千", 0.0, None, "宽限期", "530100135", "孟涛", "一组"],
        [("R103", "续期明细", "E1182")],
    ),
    "log of an impossible day": (
        "活动日志",
        2671,
        [2668.0, "2026-09-31", "一组", "530100135", "孟涛", 5.0, 3.0, 1.0, None],
        [("R102", "活动日志", "B2671")],
    ),
    "doubled agent code": ("花名册", 111, agent("530100135", "孟涛", "二组", date(2021, 4, 28)), [("R106", "花名册", "B111")]),
    "agent who joined a hundred years ago": (
        "花名册",
        111,
        agent("530100999", "老资格", "二组", "1926-03-01"),
        [("R115", "花名册", "J111")],
    ),
    "agent without a day of joining": ("花名册", 111, agent("530100999", "无日期", "二组", None), [("R115", "花名册", "J111")]),
}


@pytest.mark.parametrize("case", UNCOUNTED)
def it_leaves_out_and_lists(case: str, sample_house: House, truth: Mapping[str, Any]):
    house = sample_house.copy()
    sheet, row, values, expected = UNCOUNTED[case]
    house.append(sheet, row, values)
    ledger = Ledger(house)
    assert errors(ledger) == expected
    assert differences(ledger, truth) == []


@pytest.mark.parametrize("row", [5, 900, 2091])
def it_counts_a_doubled_line_once_whatever_its_serial_number(row: int, sample_house: House, truth: Mapping[str, Any]):
    house = sample_house.copy()
    house.append("保单明细", row, [9999.0, *house.sheets["保单明细"][3][1:]])
    ledger = Ledger(house)
    assert errors(ledger) == [("R105", "保单明细", f"C{row}")]
    assert differences(ledger, truth) == []


def it_finds_a_rate_that_is_no_number(sample_house: House):
    house = sample_house.copy()
    house.change("保单明细", 4, 10, "三成")
    assert errors(house) == [("R120", "保单明细", "J4")]


def it_keeps_the_doubled_agent_where_the_records_show_it(sample_house: House, truth: Mapping[str, Any]):
    house = sample_house.copy()
    house.append("花名册", 4, agent("530100135", "孟涛", "二组", date(2021, 4, 28)))
    assert errors(house) == [("R106", "花名册", "B4")]
    assert [d for d in differences(house, truth) if "groups" not in d] == []


DOUBTFUL: dict[str, tuple[str, int, int, Any, tuple[str, str]]] = {
    "other group than the roster": ("保单明细", 4, 13, "二组", ("R107", "M4")),
    "other name than the roster": ("保单明细", 4, 12, "彭思君", ("R108", "L4")),
    "unknown sign": ("考勤", 4, 5, "？", ("R111", "E4")),
    "paid more than due": ("续期明细", 4, 6, 35400.0, ("R113", "F4")),
    "state against the leave date": ("花名册", 5, 12, "离司", ("R114", "L5")),
    "an unknown kind of line": ("保单明细", 5, 4, "补充", ("R117", "D5")),
}


@pytest.mark.parametrize("case", DOUBTFUL)
def it_keeps_and_lists_as_doubtful(case: str, sample_house: House):
    house = sample_house.copy()
    sheet, row, column, value, (code, cell) = DOUBTFUL[case]
    house.change(sheet, row, column, value)
    assert (code, sheet, cell) in warnings(house)
    assert errors(house) == []


NUMBERS_AS_TEXT = [
    ("保单明细", 4, 9, "5,692.00"),
    ("保单明细", 4, 9, "５６９２"),
    ("保单明细", 4, 2, "2026.1.4"),
    ("续期明细", 4, 6, " 3540 "),
]


@pytest.mark.parametrize(("sheet", "row", "column", "text"), NUMBERS_AS_TEXT)
def it_reads_numbers_kept_as_text_and_says_so(
    sheet: str, row: int, column: int, text: str, sample_house: House, truth: Mapping[str, Any]
):
    house = sample_house.copy()
    house.change(sheet, row, column, text)
    assert errors(house) == []
    assert [f.code for f in check(Ledger(house)) if f.code == "T103"] == ["T103"]
    assert differences(house, truth) == []


def it_counts_a_date_ahead_but_lists_it(sample_house: House):
    house = sample_house.copy()
    house.append("保单明细", 2091, line(date(2026, 12, 20)))
    assert errors(house) == []
    assert ("R116", "保单明细", "B2091") in warnings(house)


def _two_of_one_name(house: House) -> None:
    house.append("花名册", 111, agent("530100900", "孟涛", "二组", date(2026, 10, 12)))
    house.append("保单明细", 2091, line(code="530100900", name="孟涛", group="二组", policy="PX2"))


def _single_premium_withdrawn(house: House) -> None:
    house.append("保单明细", 2091, line(date(2026, 9, 5), "PX3", product="金账户年金", premium=90_000.0, term="趸交", rate=0.03))
    house.append("保单明细", 2092, line(date(2026, 10, 5), "PX3", product="金账户年金", premium=-90_000.0, term="趸交", rate=0.03))


def _withdrawn_after_leaving(house: House) -> None:
    house.append("保单明细", 2091, line(date(2026, 9, 28), "PX4", code="530100424", name="汪莉", group="六组"))
    house.append("保单明细", 2092, line(date(2026, 10, 9), "PX4", premium=-5000.0, code="530100424", name="汪莉", group="六组"))


def _renewal_of_a_left_agent(house: House) -> None:
    house.append(
        "续期明细", 1182, [1179.0, date(2026, 10, 9), "PX5", 2.0, 3000.0, 3000.0, date(2026, 10, 12), "已缴", "530100424", "汪莉", "六组"]
    )


def _joined_on_the_first_workday(house: House) -> None:
    house.append("花名册", 111, agent("530100901", "新一", "二组", date(2026, 10, 8)))


def _joined_and_left_in_a_month(house: House) -> None:
    house.append("花名册", 111, agent("530100902", "新二", "二组", date(2026, 10, 8), date(2026, 10, 26), "离司"))


def _two_policies_alike_on_one_day(house: House) -> None:
    house.append("保单明细", 2091, line(policy="PX6"))
    house.append("保单明细", 2092, line(policy="PX7"))


def _rider_added_later(house: House) -> None:
    house.append(
        "保单明细", 2091, line(policy="P2026880260012", main="附加险", product="附加意外伤害医疗保险", premium=120.0, term="趸交")
    )


def _new_business_on_the_last_day(house: House) -> None:
    house.append("保单明细", 2091, line(date(2026, 9, 30), "PX8", code="530100424", name="汪莉", group="六组"))


LEGITIMATE = (
    _two_of_one_name,
    _single_premium_withdrawn,
    _withdrawn_after_leaving,
    _renewal_of_a_left_agent,
    _joined_on_the_first_workday,
    _joined_and_left_in_a_month,
    _two_policies_alike_on_one_day,
    _rider_added_later,
    _new_business_on_the_last_day,
)


@pytest.mark.parametrize("oddity", LEGITIMATE, ids=lambda oddity: oddity.__name__.strip("_"))
def it_raises_no_error_on_a_legitimate_oddity(oddity: Any, sample_house: House):
    house = sample_house.copy()
    oddity(house)
    assert errors(house) == []
    assert not Ledger(house).department.findings


KNOWN_TO_FOLLOW = {"V101", "V102", "V203"}
"""Sums that are wrong because a month's plan is."""


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("name", MODULES)
def it_finds_wrong_entries_of_every_kind_at_their_cells_and_decides_them(name: str, seed: int):
    spoilt = spoil(unspoilt(name, seed))
    ledger = Ledger(spoilt.house)
    findings = [finding for finding in check(ledger) if finding.code != "T103"]
    found = {(finding.sheet, finding.cell) for finding in findings}
    missed = {kind: cell for kind, cell in spoilt.expected.items() if cell not in found}
    assert len(spoilt.expected) >= 40
    assert len(missed) <= 0.05 * len(spoilt.expected), missed
    beside = [f for f in findings if f.level is Level.ERROR and (f.sheet, f.cell) not in spoilt.expected.values()]
    assert [f"{f.code} {f.sheet}!{f.cell} {f.message}" for f in beside if f.code not in KNOWN_TO_FOLLOW] == []
    module = MODULES[name]
    groups = {*module.department().groups, "全部"}
    wrong = [text for text in differences(ledger, truth_of(spoilt.own, module.FIRST, module.MARKED)) if text.split()[1] in groups]
    assert wrong == []


def it_finds_nothing_wrong_in_the_sample(sample_house: House):
    assert errors(sample_house) == []


@pytest.mark.parametrize("text", ["13.37万元", "133,700元", "13.37万", "１３．３７ 万元", "￥133,700元", 13.37, "13.37"])
def it_takes_an_amount_with_its_own_unit_as_it_stands_and_scales_only_bare_numbers(text: Any, sample_house: House):
    house = sample_house.copy()
    house.change("保单明细", 3, 9, "首年保费（万元）")
    house.change("保单明细", 4, 9, text)
    premiums = Ledger(house).tables["保单明细"].column("首年保费")
    assert premiums[0] == 133_700
    assert premiums[1] == 10_000 * sample_house.sheets["保单明细"][4][8]


@pytest.mark.parametrize("text", ["13.37万元", "133,700元", "13.37万", 133_700.0])
def it_reads_ten_thousands_in_a_column_of_yuan(text: Any, sample_house: House):
    house = sample_house.copy()
    house.change("保单明细", 4, 9, text)
    assert Ledger(house).tables["保单明细"].column("首年保费")[0] == 133_700


def it_leaves_open_what_no_column_tells_and_says_it_nowhere_as_nothing(sample_house: House):
    house = sample_house.copy()
    for column, heading in ((7, "说明一"), (8, "说明二"), (10, "说明三")):
        house.change("保单明细", 3, column, heading)
        for row in range(4, len(house.sheets["保单明细"]) + 1):
            house.change("保单明细", row, column, None)
    ledger = Ledger(house)
    found = report(ledger, parse_period("2026-10"))["kpi"]["全部"]
    assert (found["measures"]["FYC"], found["measures"]["首年期交"], found["人均FYC"], found["首年期交保费计划达成率"]) == (None,) * 4
    assert found["measures"]["FYP"] > 0
    assert run(ledger, parse_period("2026-10")).problems
    assert errors(ledger) == []
