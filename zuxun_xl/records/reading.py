"""What every table of events goes through: whose record it is, which rows can be used, and where findings go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from zuxun_xl.findings import Finding, Rule
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.model import Agent
from zuxun_xl.records.people import People
from zuxun_xl.records.texts import text_of

_MOST_YEARS = 10
"""A day this many years away from the others of its column is a typing error."""


@dataclass
class Reading:
    """What reading an event table needs: the people, and where findings go."""

    people: People
    findings: list[Finding] = field(default_factory=list)

    def note(self, rule: Rule, table: Table, index: int, key: str, **figures: object) -> None:
        """Adds a finding at a record's cell."""
        self.findings.append(rule.at(table.sheet, table.cell(index, key), **figures))

    def agent(self, table: Table, index: int, day: date) -> tuple[Agent | None, str]:
        """The agent of a record and the group of that day; ``(None, written group)`` if the agent is unknown."""
        code, name = text_of(table.column("工号")[index]), text_of(table.column("姓名")[index])
        written = text_of(table.column("组别")[index])
        agent = self.people.find(code, name, written, day)
        if agent is None:
            return None, written
        group = agent.group_on(day)
        if written and written != group and self.people.group_named(written) != group:
            self.note(
                rules.GROUP_DIFFERS, table, index, "组别", name=agent.name, code=agent.code, day=day, roster=group, written=written
            )
        if name and not self.people.bears(agent, name):
            self.note(rules.NAME_DIFFERS, table, index, "姓名", code=agent.code, roster=agent.name, written=name)
        return agent, group

    def known(self, table: Table, index: int, day: date) -> tuple[Agent, str] | None:
        """The agent and group of a record, or ``None`` with a finding when the agent is unknown."""
        agent, group = self.agent(table, index, day)
        if agent is None:
            code = text_of(table.column("工号")[index]) or text_of(table.column("姓名")[index])
            self.note(rules.UNKNOWN_AGENT, table, index, "工号" if table.has("工号") else "姓名", code=code)
            return None
        return agent, group

    def names_agent(self, table: Table, index: int) -> bool:
        """Whether a record names its agent by code or by name."""
        return bool(text_of(table.column("工号")[index]) or text_of(table.column("姓名")[index]))

    def group(self, table: Table, index: int, day: date) -> str | None:
        """The group of a record: the agent's on that day, else the one written; ``None`` with a finding when it is unknown."""
        if self.names_agent(table, index):
            found = self.known(table, index, day)
            return None if found is None else found[1]
        written = self.people.group_named(text_of(table.column("组别")[index]))
        if written is None:
            self.note(rules.UNKNOWN_AGENT, table, index, "组别", code=text_of(table.column("组别")[index]))
        return written


def usable(table: Table, reading: Reading, dates: tuple[str, ...], numbers: tuple[str, ...]) -> Iterator[int]:
    """Indexes of the records whose needed dates and numbers can be read; the others become findings."""
    reasons = {(item.row, item.key): item.reason for item in table.unreadable} | _far_off(table, dates)
    columns = [(key, rule, table.column(key)) for keys, rule in ((dates, rules.BAD_DATE), (numbers, rules.BAD_NUMBER)) for key in keys]
    for index, row in enumerate(table.rows):
        bad = next(((key, rule) for key, rule, values in columns if values[index] is None or (row, key) in reasons), None)
        if bad is None:
            yield index
        else:
            reading.note(bad[1], table, index, bad[0], column=bad[0], reason=reasons.get((row, bad[0]), "是空白"))


def _far_off(table: Table, dates: tuple[str, ...]) -> dict[tuple[int, str], str]:
    """Days many years away from the other days of their column: (sheet row, key) → what is wrong."""
    found: dict[tuple[int, str], str] = {}
    for key in dates:
        years = Counter(day.year for day in table.column(key) if day is not None)
        usual = years.most_common(1)[0][0] if years else 0
        if any(abs(year - usual) > _MOST_YEARS for year in years):
            found |= {
                (row, key): f"{day}不是可能的日期" for row, day in zip(table.rows, table.column(key), strict=True)
                if day is not None and abs(day.year - usual) > _MOST_YEARS
            }
    return found


def is_unreadable(table: Table, index: int, key: str) -> bool:
    """Whether something stands in a record's cell that could not be read, which is a finding of its own."""
    return any((item.row, item.key) == (table.rows[index], key) for item in table.unreadable)
