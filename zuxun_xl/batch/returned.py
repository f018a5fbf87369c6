"""One returned template: whose it is, what was entered, and what is wrong with it — by its keys and headings, never by its file name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from zuxun_xl.batch.contents import check_contents
from zuxun_xl.batch.forensics import Sheet, check_formulas, check_structure
from zuxun_xl.book.candidate import Candidate
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.grid import Grid
from zuxun_xl.book.locate import locate
from zuxun_xl.book.read import Context, read
from zuxun_xl.book.scales import Source, is_money
from zuxun_xl.build.templates.meta import NAME, SUPERVISOR, Meta, read_meta
from zuxun_xl.build.templates.plans import plan_forms
from zuxun_xl.build.templates.targets import TargetSheet
from zuxun_xl.errors import ZuxunError
from zuxun_xl.findings import Finding, Level
from zuxun_xl.forms import returns as rules
from zuxun_xl.forms.blanks import BLANKS, TARGETS
from zuxun_xl.forms.labels import year_in
from zuxun_xl.forms.planned import EntryKey, YearPlan, digest
from zuxun_xl.records.texts import text_of
from zuxun_xl.tasks.yearplan import entries_in, people_in

_FILLED_BY = "填表人"


@dataclass(frozen=True, slots=True)
class Returned:
    """A file as it came back.

    Attributes:
        path: the file.
        meta: what it says it is; ``None`` if that cannot be known.
        plan: what was entered; ``None`` if it is no template.
        findings: what is wrong with it or was put right.
        filled_by: who filled it, as stated in its head.
    """

    path: Path
    meta: Meta | None = None
    plan: YearPlan | None = None
    findings: tuple[Finding, ...] = ()
    filled_by: str = ""

    @property
    def sound(self) -> bool:
        """Whether nothing is certainly wrong with it."""
        return self.plan is not None and not any(finding.level is Level.ERROR for finding in self.findings)

    @property
    def empty(self) -> bool:
        """Whether nobody planned anything in it yet."""
        return self.plan is not None and not any(_is_planned(key) for key in self.plan.entries)


def _is_planned(key: EntryKey) -> bool:
    """Whether an entry is a plan, not what the copy was handed out with."""
    return key[3] not in ("计划期初人力", "上年同期FYP", "主题")


def read_returned(path: Path) -> Returned | None:
    """Reads a file; whatever is wrong with it becomes findings. ``None`` for the result of an earlier collection."""
    try:
        book = FileBook(path)
        if {rules.BOARD_SHEET, rules.NOTES_SHEET} <= {*book.sheet_names}:
            return None
        grids = {name: book.grid(name) for name in book.sheet_names}
        return _understood(path, book, grids)
    except ZuxunError as error:
        return Returned(path, findings=(rules.UNREADABLE.at("", reason=error.message, remedy=error.remedy),))


def _understood(path: Path, book: FileBook, grids: Mapping[str, Grid]) -> Returned:
    found = {form: places[0] for form, places in locate(list(grids.values())).items() if form in BLANKS}
    stated = read_meta(grids[NAME]) if NAME in grids else None
    meta = stated if stated is not None else _recognised(grids, found)
    if not found.keys() & {"附表一", "附表二"} or (stated is not None and stated.kind != SUPERVISOR):
        return Returned(path, findings=(rules.NOT_A_TEMPLATE.at(""),))
    if meta is None:
        return Returned(path, findings=(rules.UNKNOWN_ORIGIN.at(""),))
    lost = () if stated is not None else (rules.NO_ORIGIN.at("", group=meta.group, year=meta.year),)
    reading = _Reading(book, grids, found, meta)
    plan = reading.plan()
    same = (rules.UNCHANGED.at(""),) if meta.issued == digest(plan.entries) else ()
    return Returned(path, meta, plan, (*lost, *same, *reading.findings(plan)), _filled_by(grids, found))


def _recognised(grids: Mapping[str, Grid], found: Mapping[str, Candidate]) -> Meta | None:
    """Whose plan it is by its headings, where the hidden sheet is gone: the one group that its first forms name."""
    named, years = set(), set()
    for form in found.keys() & {"附表一", "附表二"}:
        place, grid = found[form], grids[found[form].sheet]
        years.add(year_in(place.title) or 0)
        column = place.columns.get("组别")
        named |= {text for row in range(place.header + 1, len(grid.rows) + 1) if column and (text := text_of(grid.value(row, column)))}
    if len(named) != 1 or len(years) != 1 or not all(years):
        return None
    group = named.pop()
    return Meta(SUPERVISOR, "", "", years.pop(), group, (group,))


def _filled_by(grids: Mapping[str, Grid], found: Mapping[str, Candidate]) -> str:
    """The name right of 填表人 on the first form that states one."""
    for place in found.values():
        for line in grids[place.sheet].rows[: place.header]:
            for label, name in pairwise(line):
                if label == _FILLED_BY and isinstance(name, str):
                    return name.strip()
    return ""


@dataclass
class _Reading:
    """The forms of a copy as they were read."""

    book: FileBook
    grids: Mapping[str, Grid]
    found: Mapping[str, Candidate]
    meta: Meta
    sheets: dict[str, Sheet] = field(init=False)

    def __post_init__(self) -> None:
        self.sheets = {form: self._sheet(form, place) for form, place in self.found.items()}

    def _sheet(self, form: str, place: Candidate) -> Sheet:
        unit = "万元" if self.meta.scale > 1 else "元"
        place.units |= {key: (unit, Source.DECIDED) for key in place.columns if is_money(place.form, key)}
        grid = self.grids[place.sheet]
        table = read(grid, place, Context(self.meta.year, (self.meta.group,)))
        labels = list(table.column("组别"))
        if form != TARGETS.form.key:
            table.values["组别"] = [self.meta.group] * len(table)
        return Sheet(form, grid, table, labels)

    def plan(self) -> YearPlan:
        """What was entered."""
        tables = {form: sheet.table for form, sheet in self.sheets.items()}
        people = people_in(tables[TARGETS.form.key], self.meta.group) if TARGETS.form.key in tables else ()
        return YearPlan(self.meta.department, self.meta.year, (self.meta.group,), people, entries_in(tables, self.meta.year))

    def findings(self, plan: YearPlan) -> list[Finding]:
        """Everything that differs from a well-filled copy, form by form."""
        results, people = plan_forms(plan, self.meta.scale, plan_only=True)
        fresh = {"附表一": results.canvas, "附表二": people.canvas, TARGETS.form.key: TargetSheet(plan, results).canvas}
        found: list[Finding] = []
        for form in BLANKS:
            if form not in self.sheets:
                found += [rules.NO_SHEET.at("", form=form)] if form != TARGETS.form.key or self.meta.people else []
                continue
            found += check_structure(self.sheets[form], fresh[form], self.meta)
        found += check_formulas(self.book, self.sheets, fresh)
        found += check_contents(self.sheets, plan, self.meta)
        return found
