"""Findings: what is wrong, doubtful or worth knowing in a workbook, each with its place and remedy. Codes are data."""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Level(StrEnum):
    """How grave a finding is: 错 certainly wrong, 警 doubtful, 示 good to know."""

    ERROR = "错"
    WARNING = "警"
    NOTE = "示"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding at one place; ``cell`` is empty where it concerns a whole sheet or the workbook."""

    code: str
    level: Level
    sheet: str
    cell: str
    message: str
    remedy: str

    def as_dict(self) -> dict[str, str]:
        """The JSON object of the command line."""
        return {
            "code": self.code,
            "level": self.level.value,
            "sheet": self.sheet,
            "cell": self.cell,
            "message": self.message,
            "remedy": self.remedy,
        }


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that findings are made from.

    Attributes:
        code: e.g. ``V201``; V numbers are those of domain.md §2, R numbers concern raw tables, T numbers recognition and filling.
        level: default level.
        title: the rule in a few Chinese words.
        message: template of the sentence, with named figures.
        remedy: what to do.
    """

    code: str
    level: Level
    title: str
    message: str
    remedy: str

    def at(self, sheet: str, cell: str = "", **figures: object) -> Finding:
        """The finding at a place, its template filled."""
        words = {"sheet": sheet, **figures}
        return Finding(self.code, self.level, sheet, cell, self.message.format(**words), self.remedy.format(**words))

    def graded(self, level: Level) -> Rule:
        """The same rule at another level."""
        return replace(self, level=level)
