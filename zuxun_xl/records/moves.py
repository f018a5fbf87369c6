"""Transfers between groups: from a text in the roster, from columns of the roster, from a table of their own."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from zuxun_xl.findings import Finding
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.model import Move
from zuxun_xl.records.texts import text_of
from zuxun_xl.units import parse_date

_DATES = (
    re.compile(r"(?P<y>20\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>[0-3]\d)(?!\d)"),
    re.compile(r"(?:(?P<y>(?:20)?\d{2})[-./年])?(?P<m>\d{1,2})[-./月](?P<d>\d{1,2})日?"),
)
_CLAUSES = re.compile(r"[;；\n]+")
_NOTHING = frozenset({"", "-", "—", "/", "无", "否"})
_FROM = ("原", "由", "从", "自", "离开", "调出", "转出")
_TO = ("调入", "调至", "调到", "转入", "转至", "转到", "调往", "现", "到", "至", "往")


def moves_in_text(table: Table, index: int, group: str, groups: Sequence[str], year: int, findings: list[Finding]) -> list[Move]:
    """Transfers that the roster's column 调动 describes; what cannot be understood becomes a finding."""
    raw = table.column("调动")[index]
    if text_of(raw) in _NOTHING:
        return []
    moves = []
    for clause in filter(None, map(text_of, _CLAUSES.split(str(raw)))):
        move = parse_move(clause, group, groups, year)
        if move is None:
            findings.append(rules.TRANSFER_UNREAD.at(table.sheet, table.cell(index, "调动"), text=clause))
        else:
            moves.append(move)
    return moves


def move_in_columns(table: Table, index: int, group: str, findings: list[Finding]) -> list[Move]:
    """The transfer that the columns 调动日期, 原组别 and 新组别 of a row state; without 新组别 it led to the present group."""
    day, source, to = (table.column(key)[index] for key in ("调动日期", "原组别", "新组别"))
    source, to = text_of(source), text_of(to) or group
    if day is None and source in _NOTHING:
        return []
    if day is None or source in _NOTHING:
        text = f"{source or '原组别空白'} {day or '日期空白'}"
        findings.append(rules.TRANSFER_UNREAD.at(table.sheet, table.cell(index, "调动日期" if day is None else "原组别"), text=text))
        return []
    return [] if source == to else [Move(day, source, to)]


def moves_by_agent(tables: Iterable[Table], findings: list[Finding]) -> Mapping[str, list[Move]]:
    """Agent code (or name, where no code is kept) → transfers of the table 组间调动."""
    moves: dict[str, list[Move]] = defaultdict(list)
    for table in tables:
        for index in range(len(table)):
            who = text_of(table.column("工号")[index]) or text_of(table.column("姓名")[index])
            moves[who] += move_in_columns(table, index, "", findings)
    return moves


def parse_move(text: str, group: str, groups: Sequence[str], year: int) -> Move | None:
    """A transfer such as 5月18日由一组调入三组; a group that is not named is the agent's present one."""
    found = _day(text, year)
    if found is None:
        return None
    day, rest = found
    named = _named(rest, groups)
    if not named or len(named) > 2:  # noqa: PLR2004
        return None
    if len(named) == 1:
        return Move(day, named[0][1], group) if named[0][1] != group else None
    (first, source), (second, to) = named
    between = rest[first + len(source) : second]
    if _says(rest[:first], _TO) and not _says(rest[:first], _FROM) and _says(between, _FROM):
        source, to = to, source
    return Move(day, source, to)


def _day(text: str, year: int) -> tuple[date, str] | None:
    """The day that a text states and the text around it."""
    for pattern in _DATES:
        if match := pattern.search(text):
            try:
                day = parse_date(f"{match['y'] or year}-{match['m']}-{match['d']}")
            except ValueError:
                return None
            return None if day is None else (day, text[: match.start()] + "|" + text[match.end() :])
    return None


def _named(text: str, groups: Sequence[str]) -> list[tuple[int, str]]:
    """Groups that a text names, by place; a name inside a longer one does not count."""
    places = sorted((text.find(name), name) for name in groups if name in text)
    return [
        (place, name) for place, name in places
        if not any(name in other and name != other and abs(place - start) < len(other) for start, other in places)
    ]


def _says(text: str, words: tuple[str, ...]) -> bool:
    return any(word in text for word in words)
