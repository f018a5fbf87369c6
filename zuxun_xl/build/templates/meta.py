"""The very hidden sheet ``_zx_meta`` of a template: what was issued to whom, so that a returned file is known whatever its name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from zuxun_xl.book.changes import SheetCell, SheetSpec
from zuxun_xl.book.grid import Grid
from zuxun_xl.forms.planned import Person

NAME = "_zx_meta"
SCHEMA = 1
SUPERVISOR = "主管计划"
"""What a supervisor's copy calls itself."""

_PERSON = "人员"


@dataclass(frozen=True, slots=True)
class Meta:
    """What a template knows about itself.

    Attributes:
        kind: which template it is.
        issue: id of the issue: all copies handed out together share it; later issues sort behind earlier ones.
        department, year: whose plan for which year.
        group: the group that fills it.
        groups: all groups to which the issue was handed out.
        scale: 1 for 元, 10 000 for 万元.
        people: the people listed when it was issued.
        issued: digest of what was filled in when it was issued; empty if unknown.
    """

    kind: str
    issue: str
    department: str
    year: int
    group: str
    groups: tuple[str, ...]
    scale: int = 1
    people: tuple[Person, ...] = ()
    issued: str = ""


def meta_sheet(meta: Meta) -> SheetSpec:
    """The sheet: a key and its values a row."""
    rows: list[tuple[str | int, ...]] = [
        ("模板", meta.kind), ("格式", SCHEMA), ("编号", meta.issue), ("单位", meta.department), ("年度", meta.year), ("组别", meta.group),
        ("各组", *meta.groups), ("金额单位", meta.scale), ("已填", meta.issued or "-"),
        *((_PERSON, p.code, p.name, p.group, p.rank) for p in meta.people),
    ]
    cells = [SheetCell(row, column, value) for row, values in enumerate(rows, start=1) for column, value in enumerate(values, start=1)]
    return SheetSpec(NAME, tuple(cells), visibility="very hidden")


def read_meta(grid: Grid) -> Meta | None:
    """What the sheet says; ``None`` where it is no longer complete."""
    rows = [[value for value in row if value is not None] for row in grid.rows]
    held: Mapping[str, Sequence[object]] = {str(row[0]): row[1:] for row in rows if len(row) > 1}
    try:
        people = tuple(_person(row[1:]) for row in rows if row and row[0] == _PERSON)
        return Meta(
            _one(held, "模板"), _one(held, "编号"), _one(held, "单位") if "单位" in held else "", int(float(_one(held, "年度"))),
            _one(held, "组别"), tuple(map(_text, held["各组"])), int(float(_one(held, "金额单位"))), people, _one(held, "已填").strip("-"),
        )
    except (KeyError, ValueError, IndexError):
        return None


def _one(held: Mapping[str, Sequence[object]], key: str) -> str:
    return _text(held[key][0])


def _text(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value)


def _person(values: Sequence[object]) -> Person:
    code, name, group, *rank = map(_text, values)
    return Person(code, name, group, rank[0] if rank else "")
