"""Transfers between groups: from a text in the roster, from columns of the roster, from a table of their own."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

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
_COMMAS = re.compile(r"[,，、。]+")
_BLANKS = re.compile(r"(?<!\d)\s+|\s+(?!\d)")
"""Blanks that part nothing; between two digits (5.1 1组) a blank keeps a date apart from a group."""
_NOTHING = frozenset({"", "-", "—", "/", "无", "否"})
_NUMERALS = "一二三四五六七八九十百"
_ENDING = r"(?:原|现)?(?:属|在|所属|所在|为|是)?第?$"
_FROM_BEFORE = re.compile(rf"(?:原|由|从|自|离开|调出|转出|调离|←|<[-=]+|⇐){_ENDING}")
_TO_BEFORE = re.compile(rf"(?:[调转划]|入|至|到|往|回|去|给|向|现|→|[-=]+>|⇒){_ENDING}")
_FROM_AFTER = re.compile(r"[,，)]?(?:调入|调来|转来|转入|调出|转出|→|[-=]+>|⇒)")
_LEFT_AFTER = re.compile(r"[,，]?(?:调出|转出|调离)")
_UNKNOWN = re.compile(r"[^\W调转换原本跨该小]组")
"""A group of another name than those of the roster."""
_LEFTWARDS = re.compile(r"←|<[-=]+|⇐")


@dataclass(frozen=True, slots=True)
class Stated:
    """A transfer and the cell that states it."""

    move: Move
    sheet: str
    cell: str
    text: str

    def unused(self) -> Finding:
        """The finding that the transfer was not adopted."""
        return rules.TRANSFER_UNREAD.at(self.sheet, self.cell, text=self.text)


def moves_in_text(table: Table, index: int, group: str, groups: Sequence[str], year: int, findings: list[Finding]) -> list[Stated]:
    """Transfers that the roster's column 调动 describes; what cannot be understood becomes a finding."""
    raw = table.column("调动")[index]
    if text_of(raw) in _NOTHING:
        return []
    found = []
    place = table.sheet, table.cell(index, "调动")
    for clause in _clauses(str(raw), groups, year):
        move = parse_move(clause, group, groups, year)
        if move is None:
            findings.append(rules.TRANSFER_UNREAD.at(*place, text=text_of(clause)))
        else:
            found.append(Stated(move, *place, text_of(clause)))
    return found


def move_in_columns(table: Table, index: int, group: str, findings: list[Finding]) -> list[Stated]:
    """The transfer that the columns 调动日期, 原组别 and 新组别 of a row state; without 新组别 it led to the present group."""
    day, source, to = (table.column(key)[index] for key in ("调动日期", "原组别", "新组别"))
    source, to = text_of(source), text_of(to) or group
    if day is None and source in _NOTHING:
        return []
    if day is None or source in _NOTHING:
        text = f"{source or '原组别空白'} {day or '日期空白'}"
        findings.append(rules.TRANSFER_UNREAD.at(table.sheet, table.cell(index, "调动日期" if day is None else "原组别"), text=text))
        return []
    stated = Stated(Move(day, source, to), table.sheet, table.cell(index, "调动日期"), f"{day} {source}→{to or '现组别'}")
    return [] if source == to else [stated]


def moves_by_agent(tables: Iterable[Table], findings: list[Finding]) -> Mapping[str, list[Stated]]:
    """Agent code (or name, where no code is kept) → transfers of the table 组间调动."""
    moves: dict[str, list[Stated]] = defaultdict(list)
    for table in tables:
        for index in range(len(table)):
            who = text_of(table.column("工号")[index]) or text_of(table.column("姓名")[index])
            moves[who] += move_in_columns(table, index, "", findings)
    return moves


def following(stated: Iterable[Stated], group: str, findings: list[Finding]) -> tuple[Move, ...]:
    """The transfers that follow on each other, in order of their days; the others become findings.

    Of several chains the longest counts, of equally long ones that which ends in the present group, else the earlier.
    """
    by_move = {item.move: item for item in sorted(stated, key=lambda item: item.move.day)}
    chains: list[tuple[Move, ...]] = [()]
    for move in by_move:
        before = [chain for chain in chains if not chain or chain[-1].to == move.source]
        chains.append((*max(before, key=len), move))
    best = max(chains, key=lambda chain: (len(chain), bool(chain) and chain[-1].to == group))
    findings += [item.unused() for move, item in by_move.items() if move not in best]
    return best


def parse_move(text: str, group: str, groups: Sequence[str], year: int) -> Move | None:
    """A transfer such as 5月18日由一组调入三组; a group that is not named is the agent's present one.

    ``None`` if day, source or destination is not certain: a transfer is never guessed.
    """
    found = _day(_tidy(text), year)
    pattern = _pattern(tuple(groups))
    if found is None or _UNKNOWN.search(pattern.sub("|", found[1])):
        return None
    day, rest = found
    named = [(match.start(), match.end(), match[0]) for match in pattern.finditer(rest)]
    if len(named) == 1:
        start, end, name = named[0]
        way = _one_way(rest[:start], rest[end:], name, group)
    elif len(named) == 2:  # noqa: PLR2004
        (first, stop, one), (second, end, other) = named
        way = _two_ways(rest[:first], rest[stop:second], rest[end:], (one, other))
    else:
        way = None
    return None if way is None or way[0] == way[1] else Move(day, *way)


def _one_way(before: str, after: str, name: str, group: str) -> tuple[str, str] | None:
    """Source and destination where one group is named, by the words beside it; the other one is the present group."""
    if _TO_BEFORE.search(before):
        return group, name
    return (name, group) if _FROM_BEFORE.search(before) or _FROM_AFTER.match(after) else None


def _two_ways(before: str, between: str, after: str, named: tuple[str, str]) -> tuple[str, str] | None:
    """Source and destination where two groups are named: in this order unless an arrow or a word says otherwise."""
    back = _LEFTWARDS.search(between) or _LEFT_AFTER.match(after)
    if not _TO_BEFORE.search(between):
        back = back or _FROM_BEFORE.search(between)
    if not back:
        return named
    return None if _FROM_BEFORE.search(before) else (named[1], named[0])


def _clauses(text: str, groups: Sequence[str], year: int) -> Iterator[str]:
    """The transfers of a text, one by one: parted by semicolons and lines, by commas where a further transfer with its day begins."""
    for clause in filter(None, map(_tidy, _CLAUSES.split(text))):
        held = ""
        for piece in filter(None, _COMMAS.split(clause)):
            named = _names(held, groups)
            complete = named > 0 if _day(held, year) is not None else named > 1 and _names(piece, groups) > 0
            if complete and _day(piece, year) is not None:
                yield held
                held = piece
            else:
                held = f"{held}，{piece}" if held else piece
        yield held or clause


def _tidy(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text).strip())


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


def _names(text: str, groups: Sequence[str]) -> int:
    return len(_pattern(tuple(groups)).findall(text))


@lru_cache(maxsize=64)
def _pattern(groups: tuple[str, ...]) -> re.Pattern[str]:
    """Group names, the longest first; 一组 is not meant by 十一组, nor 1组 by 11组."""
    return re.compile("|".join(_alone(name) + re.escape(name) for name in sorted(groups, key=len, reverse=True)) or r"(?!)")


def _alone(name: str) -> str:
    kind = next((kind for kind in (_NUMERALS, "0-9") if re.match(f"[{kind}]", name)), "")
    return f"(?<![{kind}])" if kind else ""
