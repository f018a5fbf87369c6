"""Finding tables by their headings, wherever they stand: several of a form on one sheet, below or beside each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from zuxun_xl.book.answers import Answers
from zuxun_xl.book.candidate import Candidate, scale_of
from zuxun_xl.book.fit import fit
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.heads import first_row, heading_rows, heads_at, is_texts
from zuxun_xl.book.own import is_own
from zuxun_xl.book.sections import group_of_sheet
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.forms.form import Layout
from zuxun_xl.forms.labels import month_in, year_in

_SURE = 0.5
_LACK = 0.4
"""How much less sure a form is for a row of headings that lacks a required column; a poor fit that lacks none must not hide it."""


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
        candidates.sort(key=lambda candidate: candidate.rank, reverse=True)
    return found


def _sheet_candidates(grid: Grid, answers: Answers) -> list[Candidate]:
    """The tables of a sheet: of each form the surest place, of records every place that heads some."""
    kept: list[Candidate] = []
    for row in heading_rows(grid):
        begun = [each for each in kept if _heads_records(grid, each)]
        for candidate in _candidates_at(grid, row, begun, answers):
            above = kept if candidate.form.layout is not Layout.RECORDS else [each for each in begun if each.overlaps(candidate)][-1:]
            known = next((each for each in above if _goes_on(each, candidate)), None)
            if known is None:
                kept.append(candidate)
            elif _heads_records(grid, candidate) or known.form.layout is not Layout.RECORDS:
                known.repeats += range(candidate.top, row + 1)
    chosen = [candidate for form in dict.fromkeys(each.form.key for each in kept) for candidate in _tables(grid, form, kept)]
    _end_before_the_next(chosen)
    return chosen


def _candidates_at(grid: Grid, row: int, begun: Sequence[Candidate], answers: Answers) -> list[Candidate]:
    """What a row of headings is: one table, tables of records side by side, or plans that share their labels."""
    ways = heads_at(grid, row, begun)
    (whole,) = next(ways)
    best = _best_fits([found for form in FORMS.values() if (found := fit(whole, form, answers)) is not None])
    if best and best[0].form.layout is Layout.RECORDS:
        for heads in ways:
            parts = [part for head in heads if (part := fit(head, best[0].form, answers)) is not None and _heads_records(grid, part)]
            if len(parts) == len(heads) and not all(part.missing for part in parts):
                return parts
    return best


def _best_fits(fits: Sequence[Candidate]) -> list[Candidate]:
    """The form a heading row fits best, and plans whose own columns stand in the same table: FYP and headcount side by side."""
    best = max(fits, key=lambda c: c.confidence - _LACK * bool(c.missing), default=None)
    if best is None or best.form.layout is not Layout.MONTHS:
        return [] if best is None else [best]
    taken = set(best.columns.values())
    others = [c for c in fits if c is not best and c.form.layout is Layout.MONTHS and not c.missing]
    return [best, *(c for c in others if all(c.columns[key] not in taken for key in c.form.required if key != "月份"))]


def _heads_records(grid: Grid, candidate: Candidate) -> bool:
    """Whether a place surely heads records of its own: it lacks nothing, and no value stands among its headings as in a record."""
    usable = not candidate.missing or candidate.is_register
    return usable and candidate.form.layout is Layout.RECORDS and is_texts(candidate.window(grid).rows[candidate.header - 1])


def _goes_on(upper: Candidate, lower: Candidate) -> bool:
    """Whether headings are those of a table above once more, as on every page or over every week, so that its rows go on below."""
    same = (upper.form.key, upper.columns) == (lower.form.key, lower.columns)
    return same and (lower.form.layout is not Layout.RECORDS or _said(upper) == _said(lower))


def _said(place: Candidate) -> tuple[object, ...]:
    """What the lines around the headings say about the records below: units, the year and month of their days, whose they are."""
    group = None if "组别" in place.columns else group_of_sheet("", place.title)
    scales = {key: scale.factor for key in place.columns if (scale := scale_of(place, key)) is not None}
    return scales, year_in(place.title), month_in(place.title), group


def _tables(grid: Grid, form: str, kept: Iterable[Candidate]) -> list[Candidate]:
    """The places of a form on a sheet: the surest, and of records every other one that surely heads some."""
    own = [candidate for candidate in kept if candidate.form.key == form]
    best = max(own, key=lambda candidate: candidate.rank)
    tables: list[Candidate] = []
    for candidate in own:
        if candidate is best or _heads_records(grid, candidate):
            twin = next((place for place, each in enumerate(tables) if _is_one_heading(grid, each, candidate)), None)
            if twin is None:
                tables.append(candidate)
            else:
                tables[twin] = max(tables[twin], candidate, key=lambda each: each.rank)
    return tables


def _is_one_heading(grid: Grid, upper: Candidate, lower: Candidate) -> bool:
    """Whether two heading rows are lines of the same headings."""
    return upper.overlaps(lower) and (lower.header - upper.header <= 1 or first_row(lower.window(grid), lower.header) <= upper.header)


def _end_before_the_next(found: Sequence[Candidate]) -> None:
    """Tables below a table end it: those of its own form, and what is surely of another."""
    for candidate in found:
        below = [other for other in found if other.header > candidate.header and other.overlaps(candidate)]
        ends = [other.top for other in below if other.form is candidate.form or (_sure(other) and _sure(candidate))]
        candidate.last = min(ends, default=1) - 1


def _sure(candidate: Candidate) -> bool:
    return not candidate.missing and candidate.confidence >= _SURE
