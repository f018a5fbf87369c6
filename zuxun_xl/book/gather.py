"""Which of several places that look like one form make it up together: months on sheets of their own, but never a backup or a copy."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from zuxun_xl.book.candidate import Candidate
from zuxun_xl.forms.appendix5 import OWN_VALUE
from zuxun_xl.forms.form import Layout
from zuxun_xl.forms.table import Table
from zuxun_xl.units import squeeze

_COPY = re.compile(
    r"备份|副本|复件|旧表|旧版|原表|作废|停用|样表|样例|示例|模板|草稿|存档|历史|backup|copy|old|\bbak|\(\d+\)$|^旧|旧$", re.IGNORECASE
)
_AS_SURE = 0.1
"""Places whose confidence differs less are equally sure; then the longer table counts."""
_DOUBT = 0.25
"""A place this much less sure than the chosen one is not worth mentioning."""
_ALIKE = 0.6
"""Share of common columns from which on two tables are of the same kind."""
_SHARED = 0.5
"""Share of common rows from which on one table is a copy of the other."""
_ASIDE = frozenset({"序号", "备注"})


def gather(places: Sequence[Candidate], read: Callable[[Candidate], Table]) -> Table:
    """The table of a form from its usable places, the surest first: the best one, with those that continue it in ``more``.

    A sheet whose name says that it is a copy counts only where there is no other; a sheet that repeats the rows of another is left
    out, as is one of another year. What was left out though it looks as sure is named in ``similar``.
    """
    proper = [place for place in places if not _is_copy(place)] or list(places)
    tables = {id(place): read(place) for place in proper}
    best = max(place.confidence for place in proper)
    year = max((_year(tables[id(place)]) for place in proper if best - place.confidence < _AS_SURE), default=0)
    ordered = sorted(proper, key=lambda place: _preference(place, tables[id(place)], best, year))
    main, chosen = tables[id(ordered[0])], [ordered[0]]
    for place in (*ordered[1:], *ordered[1:]):  # once more for those that stand on a sheet which came in only after them
        table, parts = tables[id(place)], [tables[id(each)] for each in chosen]
        if place not in chosen and (_stands_with(parts, table) or _continues(main, table, year)) and not _repeats(parts, table):
            chosen.append(place)
    first, *rest = (tables[id(place)] for place in sorted(chosen, key=places.index))
    first.more = rest
    first.similar = [
        f"{place.sheet}（第{place.header}行）" for place in places
        if place not in chosen and best - place.confidence < _DOUBT and (id(place) not in tables or len(tables[id(place)]))
    ]
    return first


def rivals(table: Table, places: Sequence[Candidate], read: Callable[[Candidate], Table]) -> list[Table]:
    """Tables that were left out though they look as sure, bear no name of a copy and say something else about the same year."""
    used = {(part.sheet, part.header) for part in table.whole}
    best = max(place.confidence for place in places)
    sure = [place for place in places if not place.missing and best - place.confidence < _AS_SURE and not _is_copy(place)]
    others = [read(place) for place in sure if (place.sheet, place.header) not in used]
    return [other for other in others if _year(other) == _year(table) and len(other) and not _says_the_same(table, other)]


def _says_the_same(table: Table, other: Table) -> bool:
    """Whether every row of another table stands in a table as well, in the columns that both have."""
    keys = sorted((table.columns.keys() & other.columns.keys()) - _ASIDE)
    held = {row for part in table.whole for row in zip(*(part.column(key) for key in keys), strict=True)}
    return held.issuperset(zip(*(other.column(key) for key in keys), strict=True))


def _is_copy(place: Candidate) -> bool:
    return _COPY.search(squeeze(place.sheet)) is not None


def _preference(place: Candidate, table: Table, best: float, year: int) -> tuple[bool, bool, float]:
    sure = best - place.confidence < _AS_SURE
    return (not sure, _year(table) != year, -len(table) if sure else -place.confidence)


def _year(table: Table) -> int:
    """The year that most rows of a table of dated money belong to; 0 where the year does not tell tables apart."""
    key = next((key for key in ("承保日期", "应收日期") if key in table.form.required), None)
    years = [day.year for day in table.column(key) if isinstance(day, date)] if key else []
    return max(set(years), key=years.count) if years else 0


def _continues(main: Table, table: Table, year: int) -> bool:
    if table.form.layout is Layout.KPIS:
        return _is_one_groups(main) and _is_one_groups(table)
    if table.form.layout is Layout.LOOKUP or _year(table) not in (year, 0) or not len(table):
        return False
    if table.places:
        return True
    ours, others = main.columns.keys() - _ASIDE, table.columns.keys() - _ASIDE
    return len(ours & others) >= _ALIKE * len(ours | others)


def _stands_with(parts: Sequence[Table], table: Table) -> bool:
    """Whether a table of records stands on the sheet of others that are in use, whatever columns and years it has."""
    return table.form.layout is Layout.RECORDS and len(table) > 0 and any(part.sheet == table.sheet for part in parts)


def _is_one_groups(table: Table) -> bool:
    """Whether a 附表五 keeps one group's figures only, so that other sheets keep the others'."""
    return any(isinstance(text, str) and OWN_VALUE.fullmatch(text) for text in table.extra.values())


def _rows(table: Table, keys: Sequence[str]) -> set[tuple[object, ...]]:
    """What identifies the rows of a table, by these columns; marks also by their day, figures of a plan by group, period and key."""
    if table.places:
        groups, periods = (table.column(key) for key in table.form.identity)
        return {(groups[index], periods[index], key) for index, key in table.places}
    if table.form.layout is Layout.KPIS:
        return {(table.sheet, row) for row in table.rows}
    rows = zip(*(table.column(key) for key in keys), strict=True) if keys else iter([(row,) for row in table.rows])
    if table.form.layout is not Layout.DAYS or not table.extra:
        return set(rows)
    days = list(table.extra.values())
    return {(*row, day) for row in rows for day in days}


def _repeats(parts: Sequence[Table], table: Table) -> bool:
    """Whether a table holds the rows of others, in the columns by which all of them are recognised."""
    keys = [key for key in table.form.identity if all(key in each.values for each in (*parts, table))]
    seen, rows = {row for part in parts for row in _rows(part, keys)}, _rows(table, keys)
    return len(seen & rows) > _SHARED * min(len(seen), len(rows))
