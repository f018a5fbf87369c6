"""The handbook's 团队KPI分析与改善措施速查表, loaded from ``lookup.toml`` into frozen dataclasses.

It covers 5 of the 13 analysis KPIs; the other eight have 无速查条目 and nothing is invented for them (domain.md §0.3).
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from zuxun_xl.errors import CallError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from zuxun_xl.diagnosis.thresholds import Direction


@dataclass(frozen=True, slots=True)
class Cause:
    """One 分析原因.

    Attributes:
        id: stable, e.g. ``ZY-C3``; a part of a cause ``ZY-C1.2``.
        text: as the handbook has it, damage repaired.
        original: the handbook's own string, equal to ``text`` unless repaired.
        group: heading inside the cause (意愿, 能力); empty otherwise.
        evidence: metric ids by which the workbook can test it; empty = 需现场核实.
        parts: sub-items.
    """

    id: str
    text: str
    original: str
    group: str = ""
    evidence: tuple[str, ...] = ()
    parts: tuple[Cause, ...] = ()


@dataclass(frozen=True, slots=True)
class Measure:
    """One 改善措施; ``check`` holds its hard numbers as (metric id, least value)."""

    id: str
    text: str
    original: str
    group: str = ""
    check: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Factor:
    """One of the 8 things to weigh when setting a month's recruiting target."""

    id: str
    text: str
    original: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One 问题 of the lookup with all that belongs to it.

    Attributes:
        code: ZY, TL, JS, JB or JJ; the head of every id below it.
        name: e.g. ``举绩率偏低``.
        original: the name as it is printed, one character a line.
        kpi: the KPI judged.
        direction: which side is bad.
    """

    code: str
    name: str
    original: str
    kpi: str
    direction: Direction
    causes: tuple[Cause, ...]
    measures: tuple[Measure, ...]
    factors: tuple[Factor, ...] = ()


@dataclass(frozen=True, slots=True)
class Lookup:
    """The whole table; ``version`` rises with every changed text."""

    version: str
    source: str
    problems: tuple[Problem, ...]


Entry = Problem | Cause | Measure | Factor


@cache
def lookup() -> Lookup:
    """The table, read once."""
    data = _stored()
    return Lookup(data["version"], data["source"], tuple(_problem(entry) for entry in data["problems"]))


def _stored() -> dict[str, Any]:
    """The table as it is kept; as JSON where it was put so, for Python 3.10 reads no TOML."""
    folder = files(__package__)
    if (packed := folder.joinpath("lookup.json")).is_file():
        import json

        stored: dict[str, Any] = json.loads(packed.read_text(encoding="utf-8"))
        return stored
    import tomllib

    return tomllib.loads(folder.joinpath("lookup.toml").read_text(encoding="utf-8"))


def problems() -> tuple[Problem, ...]:
    """The five problems in the handbook's order."""
    return lookup().problems


def by_kpi(kpi: str) -> Problem | None:
    """The problem that judges a KPI; ``None`` where the handbook has no entry (无速查条目)."""
    return next((problem for problem in problems() if problem.kpi == kpi), None)


def find(wanted: str) -> Entry:
    """The problem (by code or name), cause, measure or factor of an id.

    Raises:
        CallError: there is no such id; names the nearest ones.
    """
    entry = _index().get(wanted.strip())
    if entry is None:
        near = difflib.get_close_matches(wanted.strip().upper(), _index(), n=5, cutoff=0.5) or [p.code for p in problems()]
        raise CallError(f"速查表中没有编号“{wanted}”。", f"相近的有：{'、'.join(near)}。")
    return entry


def exists(wanted: str) -> bool:
    """Whether the lookup has an entry of this id."""
    return wanted.strip() in _index()


@cache
def _index() -> Mapping[str, Entry]:
    return {key: entry for problem in problems() for key, entry in _entries(problem)}


def _entries(problem: Problem) -> Iterator[tuple[str, Entry]]:
    yield problem.code, problem
    yield problem.name, problem
    for cause in problem.causes:
        yield cause.id, cause
        yield from ((part.id, part) for part in cause.parts)
    yield from ((measure.id, measure) for measure in problem.measures)
    yield from ((factor.id, factor) for factor in problem.factors)


def _problem(data: Mapping[str, Any]) -> Problem:
    return Problem(
        code=data["code"],
        name=data["name"],
        original=data["original"],
        kpi=data["kpi"],
        direction=data["direction"],
        causes=tuple(_cause(entry) for entry in data["causes"]),
        measures=tuple(_measure(entry) for entry in data["measures"]),
        factors=tuple(Factor(entry["id"], entry["text"], _original(entry)) for entry in data.get("factors", ())),
    )


def _cause(data: Mapping[str, Any]) -> Cause:
    return Cause(
        id=data["id"],
        text=data["text"],
        original=_original(data),
        group=data.get("group", ""),
        evidence=tuple(data.get("evidence", ())),
        parts=tuple(_cause(part) for part in data.get("parts", ())),
    )


def _measure(data: Mapping[str, Any]) -> Measure:
    check = tuple((metric, float(least)) for metric, least in data.get("check", {}).items())
    return Measure(data["id"], data["text"], _original(data), data.get("group", ""), check)


def _original(data: Mapping[str, Any]) -> str:
    original: str = data.get("original", data["text"])
    return original
