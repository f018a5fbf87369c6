"""Plans and tracking forms in arrangements of their own, found by what their figures are: tables whose records have cells, not rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from zuxun_xl.book.answers import Answers
from zuxun_xl.book.candidate import Candidate
from zuxun_xl.book.crosstab import Figure, figures
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.own import is_own
from zuxun_xl.book.rows import Context
from zuxun_xl.book.scales import Source, scale_in
from zuxun_xl.book.senses import DONE, PLANNED, RATE, Lexicon, key_of, plan_words
from zuxun_xl.forms import appendix1, appendix2, appendix4, appendix5
from zuxun_xl.forms.form import Form, Layout
from zuxun_xl.forms.labels import year_in
from zuxun_xl.forms.table import Cell, Place
from zuxun_xl.units import squeeze

PLANS = (appendix1.FORM, appendix2.FORM)
_FOLLOWED = {module.FORM.key: {kind + key for kind in (PLANNED, DONE) for key in module.FOLLOWS} for module in (appendix1, appendix2)}
PLANS_AND_WEEKS = (*PLANS, appendix4.FORM)
_SUMMARY = re.compile(r"汇总|统计|通报|快报|一览|月报|排行|排名|龙虎榜")
"""Words in the name of a sheet that a department sums its results up on."""
_WEEK = re.compile(r"第\s*[一二三四五六1-6]\s*周|周次|周别|周经营|周计划|周实绩")
_SURE, _SPOKEN = 0.5, 0.35
_LEAST = 3
_MOST_ROWS = 2000
_TITLE_ROWS = 6


def with_plans(
    found: Mapping[str, Sequence[Candidate]], grids: Mapping[str, Grid], context: Context, answers: Answers
) -> dict[str, list[Candidate]]:
    """What was located, with the plans that are arranged in other ways.

    A plan of one record a row is taken as located, unless groups or months stand above its figures.
    """
    summaries = {sheet for sheet, grid in grids.items() if is_summary(grid)}
    places = {
        key: [c for c in candidates if c.sheet not in summaries or c.form not in (*PLANS, appendix5.FORM)]
        for key, candidates in found.items()
    }
    partial: list[Candidate] = []
    records = {c.sheet for candidates in found.values() for c in candidates if _keeps_records(c)}
    for sheet, grid in grids.items():
        if sheet in records or is_own(sheet) or sheet.startswith("_") or len(grid.rows) > _MOST_ROWS:
            continue
        located = [c for form in PLANS for c in places.get(form.key, []) if c.sheet == sheet and not c.missing]
        located += [c for c in places.get(appendix4.FORM.key, []) if c.sheet == sheet and not c.missing and _names_weeks(grid)]
        lexicon = lexicon_of(grid, context)
        if not located or any(_stands_below_labels(grid, candidate, lexicon) for candidate in located):
            kept = figures(grid, lexicon)
            plans = _plans_on(grid, kept, answers)
            partial += () if located or plans else _parts_on(grid, kept, answers)
            for plan in plans:
                _put(places.setdefault(plan.form.key, []), plan)
            if any(plan.form in PLANS for plan in plans):
                for key in (appendix4.FORM.key, appendix5.FORM.key):
                    places[key] = [c for c in places.get(key, []) if c.sheet != sheet or c.cells]
    for part in partial:
        _complete(places.get(part.form.key, []), part)
    for candidates in places.values():
        candidates.sort(key=lambda c: (not c.missing, c.confidence), reverse=True)
    return places


def _complete(places: list[Candidate], part: Candidate) -> None:
    """Adds a sheet that plans other measures of a form than the plans found, such as 件数计划 beside FYP计划."""
    planned = {(cell.group, cell.period, cell.key) for place in places for cell in place.cells}
    own = {(cell.group, cell.period, cell.key) for cell in part.cells}
    if planned.isdisjoint(own) and all(place.cells for place in places) and places:
        places.append(part)


def _keeps_records(candidate: Candidate) -> bool:
    """Whether a located table is surely something else than a plan; months across are easily taken for groups."""
    if candidate.form.layout is Layout.KPIS and not any(word in squeeze(candidate.sheet) for word in candidate.form.words):
        return False
    return not candidate.missing and candidate.confidence >= _SURE and candidate.form not in PLANS_AND_WEEKS


def _names_weeks(grid: Grid) -> bool:
    """Whether a sheet speaks of weeks; without, 组别 and 计划FYP side by side are a plan of the month on the tab."""
    texts = (value for row in grid.rows for value in row if isinstance(value, str))
    return _WEEK.search(squeeze(grid.sheet)) is not None or any(_WEEK.search(text) is not None for text in texts)


def _stands_below_labels(grid: Grid, candidate: Candidate, lexicon: Lexicon) -> bool:
    """Whether the line above a located heading names groups or periods."""
    above = grid.rows[candidate.header - 2] if candidate.header > 1 else []
    return any(sense.axes & {"scope", "period"} for value in above if (sense := lexicon.sense(value)) is not None)


def _put(places: list[Candidate], plan: Candidate) -> None:
    """Adds a plan, in place of what was located on its sheet if that is no whole form or has labels above that it did not heed."""
    rivals = [place for place in places if place.sheet == plan.sheet]
    if any(cell.across for cell in plan.cells) or all(rival.missing for rival in rivals):
        places[:] = [*(place for place in places if place not in rivals), plan]


def lexicon_of(grid: Grid, context: Context) -> Lexicon:
    """The words that the labels of a sheet may use."""
    texts = (value for row in grid.rows[:_TITLE_ROWS] for value in row if isinstance(value, str))
    stated = next((year for text in (grid.sheet, *texts) if (year := year_in(text)) is not None), None)
    return Lexicon(context.groups, stated or context.year, context.cut, plan_words())


def _parts_on(grid: Grid, kept: Sequence[Figure], answers: Answers) -> list[Candidate]:
    """What a sheet plans of a form whose required measure stands on another sheet; it must call itself a plan."""
    found = [figure for figure in kept if PLANNED in (figure.sense.kind, figure.spoken) and not is_weekly(figure)]
    parts = []
    for form in () if is_summary(grid) else PLANS:
        decided = {key: (unit, Source.DECIDED) for key, unit in answers.units(form.key, grid.sheet).items()}
        cells = [cell for cell in _cells(found, form, decided) if cell.key in _FOLLOWED[form.key] and cell.key.startswith(PLANNED)]
        if len([cell for cell in cells if len(cell.period.pieces()) == 1]) >= _LEAST:
            parts.append(replace(_candidate(grid, form, cells, found[0], spoken=False), units=decided))
    return parts


def _plans_on(grid: Grid, kept: Sequence[Figure], answers: Answers) -> list[Candidate]:
    """The plans and tracking forms that a sheet keeps."""
    weekly = [figure for figure in kept if is_weekly(figure)]
    tracked = bool(weekly) or _spoken_for(grid, appendix4.FORM)
    monthly = [figure for figure in kept if not is_weekly(figure) and (figure.dated or not tracked)]
    candidates = []
    for form, own in ((appendix1.FORM, monthly), (appendix2.FORM, monthly), (appendix4.FORM, weekly)):
        decided = {key: (unit, Source.DECIDED) for key, unit in answers.units(form.key, grid.sheet).items()}
        cells = list(_cells(own, form, decided))
        spoken = _spoken_for(grid, form)
        if _is_form(grid, form, cells, spoken=spoken):
            candidates.append(replace(_candidate(grid, form, cells, own[0], spoken=spoken), units=decided))
    return candidates


def is_weekly(figure: Figure) -> bool:
    """Whether a figure is one of days that are no whole months."""
    return figure.sense.period is not None and figure.sense.period.months() is None


def _cells(found: Sequence[Figure], form: Form, decided: dict[str, tuple[str, Source]]) -> Iterator[Cell]:
    """The figures that belong to a form, the first of several for one place."""
    kinds = kinds_of(found)
    seen: set[tuple[object, ...]] = set()
    for figure in found:
        key, period = _key(figure, form, kinds), figure.sense.period
        if key is None or period is None or (figure.sense.scope, period, key) in seen:
            continue
        seen.add((figure.sense.scope, period, key))
        scale = scale_in(form, key, {key: (figure.sense.unit, Source.HEADING)} | decided, figure.note)
        place = Place(figure.row, figure.column, 1 if scale is None else scale.factor)
        yield Cell(figure.sense.scope, period, key, place, figure.across)


def kinds_of(found: Sequence[Figure]) -> Mapping[str, set[str]]:
    """Item → the kinds that its labels state."""
    kinds: dict[str, set[str]] = {}
    for figure in found:
        kinds.setdefault(figure.sense.item, set()).add(figure.sense.kind)
    return kinds


def _key(figure: Figure, form: Form, kinds: Mapping[str, set[str]]) -> str | None:
    """The form's column that a figure belongs to; of a measure without a word the one that the table lacks, or that its title speaks of."""
    sense = figure.sense
    if not sense.item and sense.kind == RATE:
        sense = replace(sense, item="FYP")
    if not sense.kind:
        stated = kinds[sense.item]
        sense = replace(sense, kind=DONE if PLANNED in stated else PLANNED if DONE in stated else figure.spoken or DONE)
        sense = sense if key_of(sense) in form.by_key else replace(sense, kind=DONE)
    key = key_of(sense)
    return key if key in form.by_key else None


def _spoken_for(grid: Grid, form: Form) -> bool:
    """Whether the sheet's name or its first line names the form."""
    title = next((value for row in grid.rows for value in row if isinstance(value, str)), "")
    return any(word in squeeze(grid.sheet + title) for word in form.words)


def is_summary(grid: Grid) -> bool:
    """Whether a sheet calls itself a summary of results and no plan."""
    title = next((value for row in grid.rows for value in row if isinstance(value, str)), "")
    plan = any(_spoken_for(grid, form) for form in PLANS)
    return _SUMMARY.search(squeeze(grid.sheet + title)) is not None and not plan


def _is_form(grid: Grid, form: Form, cells: Sequence[Cell], *, spoken: bool) -> bool:
    if form is appendix4.FORM:
        return any(cell.key in form.any_of[0] for cell in cells) and len(cells) >= _LEAST
    if spoken:
        return sum(cell.key in _FOLLOWED[form.key] for cell in cells) >= _LEAST
    planned = [cell for cell in cells if cell.key.startswith(PLANNED) and len(cell.period.pieces()) == 1]
    required = set(form.required) - {"月份"} <= {cell.key for cell in planned}
    return required and len(planned) >= _LEAST and not is_summary(grid)


def _candidate(grid: Grid, form: Form, cells: Sequence[Cell], first: Figure, *, spoken: bool) -> Candidate:
    columns: dict[str, int] = {}
    for cell in cells:
        columns.setdefault(cell.key, cell.place.column)
    confidence = _SURE + (_SPOKEN if spoken else 0.0)
    return Candidate(form, grid.sheet, first.header, columns, {}, {}, {}, (), first.note, (), confidence, cells=tuple(cells))
