"""The sheet 人力核对: the headcount of each group in one line, then by name, a row a person, then what there is to say about it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import TYPE_CHECKING

from zuxun_xl.book.changes import Content, Formula, SheetSpec
from zuxun_xl.book.layout import Layout, Styled
from zuxun_xl.book.own import BRIDGE, free_name
from zuxun_xl.cells import address, column_letters, place_in
from zuxun_xl.records.headcount import TRANSFERS, Movement
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.bridging.names import CLOSING, JOINED, LOST, ORDER, SIGNS, Bridge, event

if TYPE_CHECKING:
    from zuxun_xl.tasks.bridge import Outcome

_TITLE = "人力核对表"
_WIDTHS = (5, 8, 19, 19, 21, 19, 21, 19, 34)
_HEADS = ("序号", "组别", "期初", "增员", "调入", "脱落", "调出", "期末", "说明")
_FIRST = _HEADS.index("期初") + 1
"""Column of the first part."""
_LINK, _MESSAGE = 3, (4, 8)
"""Columns of a finding's place and of its message."""


def bridge_sheet(outcome: Outcome) -> SheetSpec:
    """The description of the sheet; it takes the place of an earlier one of ours."""
    layout, links = Layout(_WIDTHS), dict[tuple[int, int], str]()
    name = free_name(outcome.ledger.grids, BRIDGE, lambda grid: str(grid.value(1, 1)).startswith(f"{_TITLE}（"))
    layout.line(f"{_TITLE}（{outcome.period.label}）", "title", 30)
    layout.line(_basis(outcome), "note")
    _overview(layout, outcome)
    layout.gap()
    layout.line("二、按人列出（一人一行；期初＋增员＋调入－脱落－调出＝期末）", "section")
    for place, scope in enumerate(outcome.ledger.department.groups):
        if place:
            layout.gap()
        _block(layout, outcome.bridges[scope])
    _findings(layout, outcome, links)
    return layout.spec(name, freeze=(2, 0), repeat_rows=(1, 2), tab_color="#1F4E79", links=links)


def _basis(outcome: Outcome) -> str:
    days = outcome.bridges[WHOLE].period
    return (
        f"{days.start}至{days.end}，数据截至{outcome.ledger.as_of}，以花名册为准。期初是上期期末，当天入司只算增员；离司日起不在期末；"
        "当期入又离的增员、脱落各计一次；组间调动不算增员和脱落，全部不计调入、调出。"
    )


def _overview(layout: Layout, outcome: Outcome) -> None:
    layout.gap()
    layout.line("一、总览", "section")
    layout.row([(head, "head") for head in _HEADS])
    first = layout.here + 1
    for number, (scope, bridge) in enumerate(outcome.bridges.items(), start=1):
        row = layout.here + 1
        cells: list[Styled] = [(number, "center"), (scope, "center")]
        cells += [(_total(bridge, part, row, first), "count") for part in ORDER]
        layout.row([*cells, (_compared(outcome, scope), "text")])


def _total(bridge: Bridge, part: str, row: int, first: int) -> Content:
    """A group's count; the close follows from its row, the whole department's from the groups above it."""
    letters = column_letters(_FIRST + ORDER.index(part))
    if part == CLOSING:
        terms = ((sign, f"{column_letters(_FIRST + ORDER.index(each))}{row}") for each, sign in SIGNS.items())
        return Formula("".join(f"{'+' if sign > 0 else '-'}{cell}" for sign, cell in terms).lstrip("+"), bridge.count(part))
    if bridge.scope == WHOLE and part not in TRANSFERS and row > first:
        return Formula(f"SUM({letters}{first}:{letters}{row - 1})", bridge.count(part))
    return bridge.count(part)


def _compared(outcome: Outcome, scope: str) -> str:
    own = [each for each in outcome.typed if each.group == scope]
    different = sum(each.gap != 0 for each in own)
    if not own:
        return "表上没有手填的人力"
    return f"表上手填{len(own)}项，{f'{different}项不一致' if different else '与名单一致'}"


def _block(layout: Layout, bridge: Bridge) -> None:
    layout.row([(head, "head") for head in _HEADS])
    first = layout.here + 1
    for number, (row, remark) in enumerate(_people(bridge), start=1):
        layout.row([(number, "center"), (bridge.scope, "center"), *((text, "center") for text in row), (remark, "text")])
    last = layout.here
    cells: list[Styled] = [("", "head"), ("合计", "head")]
    for place, part in enumerate(ORDER, start=_FIRST):
        count = bridge.count(part)
        cells.append((Formula(f"COUNTA({address(first, place)}:{address(last, place)})", count) if last >= first else count, "head"))
    layout.row([*cells, ("", "head")])


def _people(bridge: Bridge) -> Iterator[tuple[list[str | None], str]]:
    """A row a person, those who moved first; who moved twice in one part has a second row."""
    by_person: dict[tuple[str, object], dict[str, list[Movement]]] = {}
    for part in ORDER:
        for each in bridge.parts[part]:
            by_person.setdefault((each.agent.code, each.agent.joined), {}).setdefault(part, []).append(each)
    passed = {(each.agent.code, each.agent.joined) for each in bridge.passed if each.agent.joined in bridge.period}
    for person, parts in sorted(by_person.items(), key=lambda item: not item[1].keys() & {*TRANSFERS, JOINED, LOST}):
        remark = "当期入又离，增员、脱落各计一次" if person in passed else ""
        for row in zip_longest(*(parts.get(part, ()) for part in ORDER)):
            yield [None if each is None else _cell(each) for each in row], remark


def _cell(movement: Movement) -> str:
    agent = movement.agent
    lines = [agent.name if agent.code == agent.name else f"{agent.name} {agent.code}", event(movement)]
    return "\n".join(line for line in lines if line)


def _findings(layout: Layout, outcome: Outcome, links: dict[tuple[int, int], str]) -> None:
    layout.gap()
    layout.line("三、差异和疑点（点位置可跳到原格）", "section")
    if not outcome.findings:
        layout.line(("手填的人力与名单一致" if outcome.typed else "表上没有手填的人力可比") + "，没有疑点。", "text")
        return
    heads = ("序号", "级别", "位置", "说明", *[None] * (_MESSAGE[1] - _MESSAGE[0]), "怎么办")
    layout.row([(head, "head") for head in heads], _MESSAGE)
    for number, finding in enumerate(outcome.findings, start=1):
        place = f"{finding.sheet}!{finding.cell}" if finding.cell else finding.sheet
        blanks: list[Styled] = [(None, "text")] * (_MESSAGE[1] - _MESSAGE[0])
        row = layout.row(
            [(number, "center"), (f"{finding.level.value} {finding.code}", "center"), (place, "link"), (finding.message, "text"), *blanks,
             (finding.remedy, "text")],
            _MESSAGE,
        )
        links[row, _LINK] = place_in(finding.sheet, finding.cell)
