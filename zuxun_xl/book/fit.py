"""How well a row of headings fits a form: which column is what, in which unit, what is missing, what is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from zuxun_xl.book.answers import Answers, labels, settled
from zuxun_xl.book.candidate import Candidate
from zuxun_xl.book.days import UNDATED, days_under
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.heads import LEAST_DAYS, LEAST_HEADINGS, Head, Headings
from zuxun_xl.book.scales import Source, units_below
from zuxun_xl.book.sections import groups_by_row
from zuxun_xl.forms.form import Form, Layout, fold
from zuxun_xl.forms.labels import slot, year_in
from zuxun_xl.units import squeeze

_GROUP = "组别"
_LEAST = {Layout.DAYS: LEAST_DAYS, Layout.PEOPLE: 6}


def fit(head: Head, form: Form, answers: Answers) -> Candidate | None:
    """What a row of headings is as a table of a form, with what the user decided; ``None`` where it hardly is one."""
    grid, row, headings, title = head.grid, head.row, head.headings, head.title
    columns, units, rivals = _named(headings, form)
    columns, decided = _decided(grid.sheet, headings, form, columns, answers)
    taken = set(columns.values())
    rest = {column: readings for column, readings in headings.items() if column not in taken}
    if not columns or len(columns) + len(rest) < LEAST_HEADINGS:
        return None
    inferred, doubtful = _infer(form, columns, rest)
    rivals = {key: places for key, places in (rivals | doubtful).items() if key not in decided}
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
    candidate = Candidate(
        form, grid.sheet, row, columns, stated, extra, unknown, missing, title, inferred,
        rivals=rivals, decided=decided, left=head.left, right=head.right, top=head.top,
    )
    candidate.confidence = _confidence(candidate)
    hopeless = candidate.missing and (len(columns) < LEAST_HEADINGS or not _spoken_for(candidate) or len(missing) > len(form.required) / 2)
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
