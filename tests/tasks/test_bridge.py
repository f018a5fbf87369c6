"""``zuxun bridge`` on the sample ledger: typed headcounts that are right say nothing, seeded errors are named with their people."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from tests.tasks.restyle import House
from zuxun_xl.book.changes import Formula
from zuxun_xl.book.file import FileBook
from zuxun_xl.cells import parse_address
from zuxun_xl.cli import cli
from zuxun_xl.errors import CallError
from zuxun_xl.findings import Finding
from zuxun_xl.periods import parse_period
from zuxun_xl.tasks.bridge import Outcome, bridge
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.run import Outcome as Run


@pytest.fixture(scope="module")
def typed_house(sample_house: House, outcome: Run) -> House:
    """The sample with all actual headcounts typed as they are."""
    house = sample_house.copy()
    for change in outcome.changes.changes:
        if change.sheet in ("附表二", "附表四"):
            _put(house, change.sheet, change.cell, change.new.value if isinstance(change.new, Formula) else change.new)
    return house


def _put(house: House, sheet: str, cell: str, value: Any) -> None:
    row, column = parse_address(cell)
    rows = house.sheets[sheet] = list(house.sheets[sheet])
    held = [*rows[row - 1], *[None] * (column - len(rows[row - 1]))]
    rows[row - 1] = [*held[: column - 1], value, *held[column:]]
    house._grids.pop(sheet, None)


def bridged(house: House, period: str) -> Outcome:
    return bridge(Ledger(house), parse_period(period))


def cell_of(house: House, group: str, period: str, part: str) -> tuple[str, float]:
    """Where 附表二 has a figure, and the figure."""
    table = Ledger(house).tables["附表二"]
    wanted = parse_period(period)
    index = next(n for n in range(len(table)) if (table.column("组别")[n], table.column("月份")[n]) == (group, wanted))
    return table.cell(index, f"实际{part}"), table.column(f"实际{part}")[index]


def seeded(house: House, period: str, *changes: tuple[str, str, int]) -> dict[tuple[str, str], Finding]:
    """(Group, part) → the finding at each figure of 附表二 that was typed so much too high."""
    changed, cells = house.copy(), {}
    for group, part, gap in changes:
        cell, value = cell_of(house, group, period, part)
        _put(changed, "附表二", cell, value + gap)
        cells[cell] = (group, part)
    found = bridged(changed, period)
    assert found.different == len(changes)
    return {cells[f.cell]: f for f in found.findings if f.sheet == "附表二" and f.cell in cells}


@pytest.mark.parametrize("period", ["2026-03", "2026-08", "2026-10", "2026Q3", "2026"])
def it_agrees_with_everything_typed_right(typed_house: House, period: str) -> None:
    outcome = bridged(typed_house, period)
    assert len(outcome.typed) > 0
    assert outcome.different == 0
    assert {finding.code for finding in outcome.findings} <= {"B203", "B204"}


@pytest.mark.parametrize("period", ["2026-10", "2026Q2"])
def it_counts_by_name_what_the_simulation_counted(ledger: Ledger, truth: dict[str, Any], period: str) -> None:
    figures = truth["periods"][period.replace("Q", "-Q")]
    for scope, found in bridge(ledger, parse_period(period)).bridges.items():
        assert {part: found.count(part) for part in found.parts} == {part: figures[scope][part] for part in found.parts}


@pytest.mark.parametrize(
    ("period", "changes", "said"),
    [
        ("2026-09", [("一组", "期初人力", 1)], {("一组", "期初人力"): "蒋俊洋（530100610，9月1日入司）入司当天就算进了期初"}),
        ("2026-08", [("一组", "期末人力", 1)], {("一组", "期末人力"): "蒋俊洋（530100610，9月1日入司）下期第一个工作日才入司"}),
        (
            "2026-08", [("二组", "增员人数", -1), ("二组", "脱落人数", -1)],
            {
                ("二组", "增员人数"): "常国伟（530100618，8月4日入司）当期入司又离司，增员里漏了",
                ("二组", "脱落人数"): "常国伟（530100618，8月27日离司）当期入司又离司，脱落里漏了",
            },
        ),
        (
            "2026-05", [("三组", "增员人数", 1), ("三组", "调入", -1)],
            {("三组", "增员人数"): "由一组调入）是组间调入，被算成了增员", ("三组", "调入"): "由一组调入）的调入没有登记"},
        ),
        ("2026-05", [("一组", "脱落人数", 1)], {("一组", "脱落人数"): "调往三组）是组间调出，被算成了脱落"}),
        ("2026-05", [("全部", "增员人数", 1)], {("全部", "增员人数"): "白红燕"}),
        ("2026-10", [("四组", "脱落人数", 1)], {("四组", "脱落人数"): "汤建荣（530100535，9月20日离司）上期离司，晚了一期才登记"}),
        (
            "2026-09", [("四组", "脱落人数", -1), ("四组", "期末人力", 1), ("全部", "期末人力", 1)],
            {
                ("四组", "脱落人数"): "汤建荣（530100535，9月20日离司）本期已离司，还没有登记",
                ("四组", "期末人力"): "由同一行的差数带来（脱落人数+1）",
                ("全部", "期末人力"): "由各组的差数合计而来（四组+1）",
            },
        ),
    ],
)
def it_names_the_people_behind_a_wrong_total(
    typed_house: House, period: str, changes: list[tuple[str, str, int]], said: dict[tuple[str, str], str]
) -> None:
    found = seeded(typed_house, period, *changes)
    assert found.keys() == said.keys()
    for place, words in said.items():
        assert found[place].code == "B201"
        assert words in found[place].message


def it_says_so_where_nobody_explains_the_difference(typed_house: House) -> None:
    (finding,) = seeded(typed_house, "2026-10", ("六组", "期末人力", 3)).values()
    assert (finding.code, finding.message) == ("B202", "六组2026年10月实际期末人力填10，按花名册是7，差+3人，按人对不出原因。")


def it_reconciles_the_weeks_as_well(typed_house: House) -> None:
    house = typed_house.copy()
    table = Ledger(house).tables["附表四"]
    index = next(n for n in range(len(table)) if table.column("组别")[n] == "二组" and table.column("周次")[n].start.day == 12)
    _put(house, "附表四", table.cell(index, "实际脱落人数"), 0.0)
    found = [finding for finding in bridged(house, "2026-10").findings if finding.sheet == "附表四"]
    assert ["董美宁（530100566，10月12日离司）本期已离司，还没有登记" in finding.message for finding in found] == [True]


# ------------------------------------------------------------------------------------------------------ doubtful people


def _roster(house: House, code: str, change: Callable[[list[Any]], list[list[Any]]]) -> House:
    """A house in whose roster a person's row is replaced by others."""
    changed = house.copy()
    rows = house.sheets["花名册"]
    changed.sheets["花名册"] = [new for row in rows for new in (change(list(row)) if row[1] == code else [row])]
    changed._grids.pop("花名册", None)
    return changed


def _said(outcome: Outcome, code: str) -> list[str]:
    return [finding.message for finding in outcome.findings if finding.code == code]


def it_tells_the_first_workday_from_the_opening(ledger: Ledger) -> None:
    opening = bridge(ledger, parse_period("2026-09")).bridges["一组"].count("期初人力")
    assert _said(bridge(ledger, parse_period("2026-09")), "B203") == [
        f"一组2026年9月期初{opening}人，第一个工作日（9月1日）结束时{opening + 1}人，差在：蒋俊洋（530100610，9月1日入司）。"
    ]


def it_names_who_passed_through_the_period(ledger: Ledger) -> None:
    assert _said(bridge(ledger, parse_period("2026-08")), "B204") == [
        "二组2026年8月常国伟（530100618，8月4日入司，8月27日离司）当期入司又离司，增员、脱落各计一次，不在期初和期末里。"
    ]


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (lambda _: [], "不在花名册里"),
        (lambda row: [[*row[:9], date(2026, 10, 20), *row[10:]]], "2026-10-20才入司"),
        (lambda row: [[*row[:10], date(2026, 10, 12), *row[11:]]], "2026-10-12已离司"),
    ],
)
def it_names_who_has_records_but_is_not_in_force(sample_house: House, change: Any, why: str) -> None:
    (message,) = _said(bridged(_roster(sample_house, "530100135", change), "2026-10"), "B206")
    assert message.startswith("孟涛（530100135）2026年10月有")
    assert "活动日志" in message
    assert "考勤" in message
    assert f"但{why}，不在任何一组的人力里" in message


def it_takes_nobody_for_a_stray_in_the_sample(ledger: Ledger) -> None:
    assert _said(bridge(ledger, parse_period("2026")), "B206") == []


def it_names_a_code_that_stands_twice_and_whom_it_adds(typed_house: House) -> None:
    doubled = _roster(typed_house, "530100135", lambda row: [row, [*row[:3], "六组", *row[4:]]])
    assert ["530100135" in message for message in _said(bridged(doubled, "2026-10"), "R106")] == [True]
    (finding,) = seeded(doubled, "2026-10", ("六组", "期初人力", 1)).values()
    assert "孟涛（530100135，六组）在花名册里的这一行没有采用，仍算了人" in finding.message


def it_only_remarks_that_two_people_have_one_name(sample_house: House) -> None:
    outcome = bridged(_roster(sample_house, "530100151", lambda row: [[*row[:2], "孟涛", *row[3:]]]), "2026-10")
    (finding,) = [finding for finding in outcome.findings if finding.code == "B205"]
    assert finding.level.value == "示"
    assert "2个工号（530100135，一组、530100151，一组）" in finding.message
    assert finding.cell == "B6"


# -------------------------------------------------------------------------------------------------- command and sheet


def it_prints_the_people_as_json(sample_path: Path) -> None:
    result = CliRunner().invoke(cli, ["bridge", str(sample_path), "--period", "2026-10", "--json"], catch_exceptions=False)
    found = json.loads(result.stdout)
    assert (found["period"], found["as_of"], found["typed"]) == ("2026-10", "2026-10-31", {"compared": 0, "different": 0})
    assert found["bridge"]["二组"]["脱落人数"] == [{"code": "530100566", "name": "董美宁", "day": "2026-10-12"}]
    assert len(found["bridge"]["全部"]["期末人力"]) == 84


def it_shows_the_movements_in_a_terminal(sample_path: Path) -> None:
    result = CliRunner().invoke(cli, ["bridge", str(sample_path), "--period", "2026-05"], catch_exceptions=False)
    assert "白红燕 5月18日由一组调入" in result.stdout
    assert "白红燕 5月18日调往三组" in result.stdout


def it_refuses_a_period_without_records(ledger: Ledger) -> None:
    with pytest.raises(CallError, match="还没有记录"):
        bridge(ledger, parse_period("2026-12"))


def it_adds_a_sheet_with_a_row_a_person_and_totals_that_count_them(ledger: Ledger, tmp_path: Path) -> None:
    outcome = bridge(ledger, parse_period("2026-08"))
    book: Any = ledger.book
    path = Path(book.save(outcome.sheet(), tmp_path / "结果.xlsx"))
    again = Ledger(FileBook(path))
    rows, formulas = again.grids["人力核对"].rows, again.book.formulas("人力核对")
    heads = [number for number, row in enumerate(rows) if row[0] == "序号" and row[2] == "期初"]
    for scope, head in zip(ledger.department.groups, heads[1:], strict=True):
        last = next(number for number in range(head, len(rows)) if rows[number][1] == "合计")
        for column, part in enumerate(("期初人力", "增员人数", "调入", "脱落人数", "调出", "期末人力"), start=2):
            names = [row[column] for row in rows[head + 1 : last] if row[column]]
            assert rows[last][column] == len(names) == outcome.bridges[scope].count(part)
            assert formulas[last + 1, column + 1] == f"COUNTA({'CDEFGH'[column - 2]}{head + 2}:{'CDEFGH'[column - 2]}{last})"
    assert not bridge(again, parse_period("2026-08")).sheet(), "the sheet is there already"
    assert "人力核对" not in {place.sheet for places in again.candidates.values() for place in places}


def it_shows_names_and_codes_but_no_phones(typed_house: House, ledger: Ledger) -> None:
    phones = {str(row[8]) for row in typed_house.sheets["花名册"][3:] if row[8]}
    outcome = bridge(ledger, parse_period("2026"))
    (spec,) = outcome.sheet().sheets
    shown = json.dumps(outcome.as_dict(), ensure_ascii=False) + "".join(str(cell.content) for cell in spec.cells)
    assert "孟涛" in shown
    assert [phone for phone in phones if phone in shown] == []


def it_links_each_finding_to_its_cell(typed_house: House) -> None:
    house = typed_house.copy()
    cell, value = cell_of(house, "一组", "2026-10", "期初人力")
    _put(house, "附表二", cell, value + 1)
    outcome = bridged(house, "2026-10")
    (spec,) = outcome.sheet().sheets
    assert f"'附表二'!{cell}" in spec.links.values()
    row = next(row for (row, _), target in spec.links.items() if target.endswith(cell))
    assert f"D{row}:H{row}" in spec.merges
