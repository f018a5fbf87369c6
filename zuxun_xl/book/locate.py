"""Finding tables by their headings, wherever they stand: which form, which row, which columns, and how surely."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from zuxun_xl.book.answers import Answers, labels, settled
from zuxun_xl.book.days import days_under
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.keys import keys_of, read_by_key
from zuxun_xl.book.own import is_own
from zuxun_xl.book.scales import Scale, Source, scale_in, units_below
from zuxun_xl.book.sections import groups_by_row
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.forms.form import Form, Layout, fold
from zuxun_xl.forms.labels import slot, week_in, year_in
from zuxun_xl.forms.table import Cell
from zuxun_xl.units import MONEY_SCALES, squeeze

_TOPIC_END = re.compile(r"(?:基本)?(?:信息|情况|资料|明细|数据|部分|内容)$")
"""What a merged heading adds to the thing that the headings below it are of: 险种信息 over 名称 is 险种名称."""
_GROUP = "组别"
_TOP_ROWS = 60
_SMALL_SHEET = 400
_LEAST = {Layout.DAYS: 5, Layout.PEOPLE: 6}
_LEAST_HEADINGS = 3
_TITLE_ROWS = 8
_LONGEST_PARENT = 12
_SURE = 0.5
_LACK = 0.4
"""How much less sure a form is for a row of headings that lacks a required column; a poor fit that lacks none must not hide it."""
_BRACKETED = re.compile(r"^(.+?)[(（]([^()（）]*)[)）]$")
UNDATED = 2000
"""Year of days whose heading and title state none: a leap year that no ledger is kept for."""
Headings = Mapping[int, list[str | date]]
"""Column → the readings of its heading."""
_VOCABULARY = frozenset(front + name for form in FORMS.values() for front in ("", *form.prefixes) for name in form.headings)


@dataclass(slots=True)
class Candidate:
    """A place that looks like a form.

    Attributes:
        form, sheet: what and where.
        header: row of the headings; the lower one of two.
        columns: column key → column number.
        units: column key → unit stated for it, if any, and where.
        extra: further headings: column number → day, month slot or group name.
        unknown: headings without a meaning.
        missing: required columns that were not found; the table is unusable unless empty.
        title: text above the headings.
        inferred: keys of columns recognised only by how their headings end.
        confidence: 0 to 1.
        repeats: later rows with the same headings (week blocks).
        rivals: column key → columns of which each may be it, the one taken (if any) first.
        decided: keys of columns that the user named.
        last: last row that may belong to it, where another table follows on the sheet; 0 for the sheet's end.
        cells: its figures one by one, where they do not stand one record a row.
    """

    form: Form
    sheet: str
    header: int
    columns: dict[str, int]
    units: dict[str, tuple[str, Source]]
    extra: dict[int, Any]
    unknown: dict[int, str]
    missing: tuple[str, ...]
    title: str
    inferred: tuple[str, ...]
    confidence: float = 0.0
    repeats: list[int] = field(default_factory=list)
    last: int = 0
    rivals: dict[str, tuple[int, ...]] = field(default_factory=dict)
    decided: frozenset[str] = frozenset()
    cells: tuple[Cell, ...] = ()


def locate(grids: Sequence[Grid], answers: Answers | None = None) -> dict[str, list[Candidate]]:
    """Candidates of every form found in a workbook, the surest first, with what the user decided put into force.

    Each heading row counts for the one form it fits best.
    """
    answers = answers or Answers()
    found: dict[str, list[Candidate]] = {}
    for grid in grids:
        if is_own(grid.sheet) or grid.sheet.startswith("_"):
            continue
        for candidate in _sheet_candidates(grid, answers):
            found.setdefault(candidate.form.key, []).append(candidate)
    for form, candidates in found.items():
        chosen = [candidate for candidate in candidates if candidate.sheet in answers.sheets(form)]
        candidates[:] = chosen or candidates
        candidates.sort(key=lambda c: (not c.missing, c.confidence), reverse=True)
    return found


def _sheet_candidates(grid: Grid, answers: Answers) -> list[Candidate]:
    kept: dict[tuple[str, tuple[tuple[str, int], ...]], Candidate] = {}
    for row in _heading_rows(grid):
        headings = _headings(grid, row)
        fits = [c for form in FORMS.values() if (c := _fit(grid, row, headings, form, answers)) is not None]
        for fit in _best_fits(fits):
            known = kept.setdefault((fit.form.key, tuple(fit.columns.items())), fit)
            if known is not fit:
                known.repeats.append(row)
    best: dict[str, Candidate] = {}
    for candidate in kept.values():
        rival = best.setdefault(candidate.form.key, candidate)
        if (not candidate.missing, candidate.confidence) > (not rival.missing, rival.confidence):
            best[candidate.form.key] = candidate
    _end_before_the_next(list(best.values()))
    return list(best.values())


def _best_fits(fits: Sequence[Candidate]) -> list[Candidate]:
    """The form a heading row fits best, and plans whose own columns stand in the same table: FYP and headcount side by side."""
    best = max(fits, key=lambda c: c.confidence - _LACK * bool(c.missing), default=None)
    if best is None or best.form.layout is not Layout.MONTHS:
        return [] if best is None else [best]
    taken = set(best.columns.values())
    others = [c for c in fits if c is not best and c.form.layout is Layout.MONTHS and not c.missing]
    return [best, *(c for c in others if all(c.columns[key] not in taken for key in c.form.required if key != "月份"))]


def _end_before_the_next(found: Sequence[Candidate]) -> None:
    """Tables of other forms below a table end it."""
    sure = [candidate for candidate in found if not candidate.missing and candidate.confidence >= _SURE]
    for candidate in sure:
        below = [other.header for other in sure if other.header > candidate.header]
        candidate.last = min(below, default=1) - 1


def _heading_rows(grid: Grid) -> Iterator[int]:
    last = len(grid.rows) if len(grid.rows) <= _SMALL_SHEET else _TOP_ROWS
    lower = {bottom for top, _, bottom, _ in grid.merges if bottom == top + 1}
    lower |= {top + 1 for top, left, _, right in grid.merges if right > left}
    for number, row in enumerate(grid.rows[:last], start=1):
        named = sum(fold(value)[0] in _VOCABULARY for value in row if isinstance(value, str))
        filled = sum(value is not None for value in row)
        spoken = named >= 2 or (named and _days_in(row) >= _LEAST[Layout.DAYS]) or keys_of(grid, number)  # noqa: PLR2004
        if (filled >= _LEAST_HEADINGS and spoken) or (number in lower and filled >= 2):  # noqa: PLR2004
            yield number


def _days_in(row: Sequence[Any]) -> int:
    """How many cells of a row may head a day: dates, texts that write one out, numbers of days of a month."""
    numbers = sum(isinstance(value, float) and value in range(1, 32) for value in row)
    written = {n: [value] for n, value in enumerate(row) if isinstance(value, str | date)}
    return numbers + len(days_under(written, "", UNDATED))


def _headings(grid: Grid, row: int) -> Headings:
    """Column → the readings of its heading: by its key in a template, else with the merged heading above it, then alone."""
    keys = keys_of(grid, row)
    parents: dict[int, str] = {}
    anchors: dict[int, Any] = {}
    for top, left, bottom, right in grid.merges:
        value = grid.value(top, left)
        if top == bottom == row - 1 and right > left and isinstance(value, str) and len(squeeze(value)) <= _LONGEST_PARENT:
            parents |= dict.fromkeys(range(left, right + 1), value)
        if top < row == bottom and left == right:
            anchors[left] = value
    headings: dict[int, list[str | date]] = {}
    over = _over_headings(grid, row)
    for column, own in enumerate(grid.rows[row - 1], start=1):
        value = None if column in over else own if own is not None else anchors.get(column)
        if column in keys:
            headings[column] = [*read_by_key(keys[column], value)]
        elif isinstance(value, str) and value.strip():
            parent = parents.get(column)
            headings[column] = [*_together(parent, value), value] if parent else [value]
        elif isinstance(value, date):
            headings[column] = [value]
        elif isinstance(value, float) and value.is_integer():
            headings[column] = [f"{parents.get(column, '')}{int(value)}", str(int(value))]
    return headings


def _over_headings(grid: Grid, row: int) -> set[int]:
    """Columns of merged cells of a row that only say what the headings below them have in common."""
    below = grid.rows[row] if row < len(grid.rows) else []
    return {
        left for top, left, bottom, right in grid.merges
        if top == bottom == row and right > left and sum(isinstance(value, str) for value in below[left - 1 : right]) > 1
    }


def _together(parent: str, own: str) -> list[str]:
    """A heading with the merged one above it, in both orders; a unit in brackets above goes to the end: 计划（万元） over FYP."""
    match = _BRACKETED.match(parent.strip())
    if match is None:
        topic = _TOPIC_END.sub("", parent.strip())
        return [parent + own, own + parent, *([topic + own] if topic != parent.strip() else [])]
    unit = f"({match[2]})" if squeeze(match[2]) in MONEY_SCALES else ""
    return [parent + own, own + parent, f"{match[1]}{own}{unit}", f"{own}{match[1]}{unit}"]


def _fit(grid: Grid, row: int, headings: Headings, form: Form, answers: Answers) -> Candidate | None:
    columns, units, rivals = _named(headings, form)
    columns, decided = _decided(grid.sheet, headings, form, columns, answers)
    taken = set(columns.values())
    rest = {column: readings for column, readings in headings.items() if column not in taken}
    if not columns or len(columns) + len(rest) < _LEAST_HEADINGS:
        return None
    inferred, doubtful = _infer(form, columns, rest)
    rivals = {key: places for key, places in (rivals | doubtful).items() if key not in decided}
    title = _title(grid, row)
    columns |= {key: columns[other] for key, other in form.instead.items() if key not in columns and other in columns}
    lacking = [key for key in form.required if key not in columns]
    if lacking == [_GROUP] and form.layout is Layout.RECORDS and groups_by_row(grid.rows, row, grid.sheet, title):
        lacking = []
    missing = (*lacking, *(keys[0] for keys in form.any_of if columns.keys().isdisjoint(keys)))
    extra = _extra(form, rest, title + grid.sheet)
    if len(extra) < _LEAST.get(form.layout, 0) and not _is_long(form, columns):
        return None
    unknown = {column: str(readings[-1]) for column, readings in rest.items() if column not in extra}
    stated = _stated_units(grid, row, columns, units, answers.units(form.key, grid.sheet))
    candidate = Candidate(form, grid.sheet, row, columns, stated, extra, unknown, missing, title, inferred, rivals=rivals, decided=decided)
    candidate.confidence = _confidence(candidate)
    hopeless = candidate.missing and (len(columns) < _LEAST_HEADINGS or not _spoken_for(candidate) or len(missing) > len(form.required) / 2)
    return None if hopeless else candidate


def _decided(
    sheet: str, headings: Headings, form: Form, columns: dict[str, int], answers: Answers
) -> tuple[dict[str, int], frozenset[str]]:
    wanted = answers.headings(form.key, sheet) if answers else {}
    return settled(columns, wanted, labels(headings)) if wanted else (columns, frozenset())


def _stated_units(
    grid: Grid, row: int, columns: Mapping[str, int], units: Mapping[int, str], decided: Mapping[str, str]
) -> dict[str, tuple[str, Source]]:
    """Units by column key with what states them: the user's decision before the heading before a row of units below it."""
    below = units_below(grid.rows, row)
    stated: dict[str, tuple[str, Source]] = {}
    for key, column in columns.items():
        if key in decided:
            stated[key] = decided[key], Source.DECIDED
        elif column in units:
            stated[key] = units[column], Source.HEADING
        elif column in below:
            stated[key] = below[column], Source.ROW
    return stated


def _named(headings: Headings, form: Form) -> tuple[dict[str, int], dict[int, str], dict[str, tuple[int, ...]]]:
    """Columns by key, units by column as their headings state them, and doubts: of several that name one column the preferred name counts.

    There is no doubt where the column taken bears the column's proper name and no other does.
    """
    claims: dict[str, tuple[int, int]] = {}
    others: dict[str, list[tuple[int, int]]] = {}
    units: dict[int, str] = {}
    for column, readings in headings.items():
        for reading in readings:
            text, unit = fold(reading) if isinstance(reading, str) else ("", "")
            name = form.known(text)
            if name is None:
                continue
            if unit:
                units.setdefault(column, unit)
            key, claim = form.headings[name], (form.ranks[name], column)
            if key not in claims or claim[0] < claims[key][0]:
                others.setdefault(key, []).extend([claims[key]] if key in claims else [])
                claims[key] = claim
                break
            others[key].append(claim)
    columns = {key: column for key, (_, column) in claims.items()}
    taken = set(columns.values())
    rivals = {
        key: (columns[key], *sorted({column for _, column in lost}))
        for key, claimed in others.items()
        if (lost := [claim for claim in claimed if claim[1] not in taken])
        and (not form.is_proper(key, claims[key][0]) or any(rank == claims[key][0] for rank, _ in lost))
    }
    return columns, units, rivals


def _infer(
    form: Form, columns: dict[str, int], rest: dict[int, list[str | date]]
) -> tuple[tuple[str, ...], dict[str, tuple[int, ...]]]:
    """Takes headings whose end names a column that none names exactly; returns those keys, and those that several headings end with."""
    claims: dict[str, list[int]] = {}
    for column, readings in rest.items():
        key = next((k for r in reversed(readings) if isinstance(r, str) and (k := form.inferred(fold(r)[0])) is not None), None)
        if key is not None and key not in columns:
            claims.setdefault(key, []).append(column)
    single = {key: places[0] for key, places in claims.items() if len(places) == 1}
    columns |= single
    for column in single.values():
        del rest[column]
    return tuple(single), {key: tuple(places) for key, places in claims.items() if len(places) > 1}


def _is_long(form: Form, columns: Mapping[str, int]) -> bool:
    """Whether signs that usually stand under days are kept as rows of day, person and result."""
    return form.layout is Layout.DAYS and "日期" in columns and "结果" in columns


def _extra(form: Form, rest: Mapping[int, list[str | date]], title: str) -> dict[int, Any]:
    year = year_in(title) or UNDATED
    match form.layout:
        case Layout.DAYS:
            return days_under(rest, title, year)
        case Layout.PEOPLE:
            return _first_sense(rest, lambda text: slot(text, year))
        case Layout.KPIS:
            return {column: squeeze(str(readings[-1])) for column, readings in rest.items()}
    return {}


def _first_sense(rest: Mapping[int, list[str | date]], sense: Callable[[str | date], Any]) -> dict[int, Any]:
    found = {column: next((s for reading in readings if (s := sense(reading)) is not None), None) for column, readings in rest.items()}
    return {column: meaning for column, meaning in found.items() if meaning is not None}


def _title(grid: Grid, row: int) -> str:
    above = grid.rows[max(row - 1 - _TITLE_ROWS, 0) : row - 1]
    return "  ".join(value for line in above for value in line if isinstance(value, str))


def _spoken_for(candidate: Candidate) -> bool:
    """Whether the sheet's name or the title above the table names the form."""
    text = squeeze(candidate.sheet + candidate.title)
    return any(word in text for word in candidate.form.words)


def _confidence(candidate: Candidate) -> float:
    known = len(candidate.columns) + len(candidate.extra)
    share = (known - len(candidate.inferred) / 2) / (known + len(candidate.unknown))
    coverage = len(candidate.columns) / len(candidate.form.columns)
    speaks = 0.35 if _spoken_for(candidate) else 0.0
    return round(0.35 * share + 0.30 * min(1.0, coverage * 1.5) + speaks, 3)


def scale_of(candidate: Candidate, key: str) -> Scale | None:
    """The unit of a column of money and what says so; ``None`` for other columns."""
    return scale_in(candidate.form, key, candidate.units, candidate.title)


def headings_at(grid: Grid, header: int) -> dict[int, str]:
    """Column → the text by which its heading is named, for a row of headings."""
    return labels(_headings(grid, header))


def week_of(values: Sequence[Any], year: int, cut: int) -> Any:
    """The week that a block's heading row states, or ``None``."""
    texts = [value for value in values if isinstance(value, str)]
    return next((week for text in texts if (week := week_in(text, year, cut)) is not None), None)
