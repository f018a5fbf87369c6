"""Which rows of the roster count: one a person, several for who left and came back; of doubled codes the one the records show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise

from zuxun_xl.findings import Finding
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.texts import text_of

Row = tuple[Table, int]
"""A roster and the index of one of its records."""


def contract_rows(rosters: Sequence[Table], evidence: Mapping[str, Counter[str]], findings: list[Finding]) -> list[list[Row]]:
    """The rows of each person, oldest contract first.

    Args:
        rosters: the table 花名册, on one sheet or several.
        evidence: agent code → how often the agent's own records bear each group and each name.
        findings: where rows that do not count are listed.
    """
    rows: dict[str, list[Row]] = defaultdict(list)
    for roster in rosters:
        for index, code in enumerate(roster.column("工号")):
            rows[text_of(code) or f"@{roster.sheet}{index}"].append((roster, index))
    return [_follow(places) or [_chosen(code, places, evidence, findings)] for code, places in rows.items()]


def _follow(places: Sequence[Row]) -> list[Row]:
    """The rows in order of joining, if they are contracts of one person one after the other; else none."""
    terms = sorted(_terms(places), key=lambda term: term[0])
    names = {text_of(roster.column("姓名")[index]) for roster, index in places}
    separate = all(left is not None and joined < left <= later[0] for (joined, left, _), later in pairwise(terms))
    return [row for _, _, row in terms] if len(terms) == len(places) and len(names) == 1 and separate else []


def _terms(places: Sequence[Row]) -> Iterator[tuple[date, date | None, Row]]:
    for roster, index in places:
        joined, left = roster.column("入司日期")[index], roster.column("离司日期")[index]
        if joined is not None:
            yield joined, left, (roster, index)


def _chosen(code: str, places: Sequence[Row], evidence: Mapping[str, Counter[str]], findings: list[Finding]) -> Row:
    if len(places) == 1:
        return places[0]
    seen = evidence.get(code, Counter())
    groups, names = ([text_of(roster.column(key)[index]) for roster, index in places] for key in ("组别", "姓名"))
    best = max(range(len(places)), key=lambda place: (seen[groups[place]], seen[names[place]], -place))
    findings.extend(
        rules.CODE_TWICE.at(roster.sheet, roster.cell(index, "工号"), code=code, group=groups[best])
        for place, (roster, index) in enumerate(places) if place != best
    )
    return places[best]
