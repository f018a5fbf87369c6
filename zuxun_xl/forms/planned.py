"""A year's plan as people enter it: what each group plans for each month, and each person. Templates show it, returned ones yield it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from zlib import crc32

Entry = float | str | date
"""An entered figure in base units, a text or a day."""

EntryKey = tuple[str, str, int, str]
"""Form key, group (附表三: the person's code), month 1–12 (0: the year), column key."""

TARGET = "FYP目标"
"""Column key of a person's monthly target in 附表三."""


def digest(entries: Mapping[EntryKey, Entry]) -> str:
    """A short text that tells whether entries are the same ones."""
    lines = (f"{'|'.join(map(str, key))}={f'{value:.4f}' if isinstance(value, float | int) else value}" for key, value in entries.items())
    return f"{crc32(chr(10).join(sorted(lines)).encode()):08x}"


@dataclass(frozen=True, slots=True)
class Person:
    """A person of 附表三; ``code`` is the name where no code is kept."""

    code: str
    name: str
    group: str
    rank: str = ""


@dataclass(frozen=True, slots=True)
class YearPlan:
    """The plan of a department, or of one of its groups, for a year.

    Attributes:
        department: its name; may be empty.
        year: the calendar year.
        groups: names of the groups in order.
        people: everybody who gets targets, group by group.
        entries: what was entered; nothing where a cell is blank.
    """

    department: str
    year: int
    groups: tuple[str, ...]
    people: tuple[Person, ...] = ()
    entries: Mapping[EntryKey, Entry] = field(default_factory=dict)

    def of_group(self, group: str) -> YearPlan:
        """The part of one group."""
        people = tuple(person for person in self.people if person.group == group)
        owners = {group, *(person.code for person in people)}
        return YearPlan(self.department, self.year, (group,), people, {key: value for key, value in self.entries.items() if key[1] in owners})
