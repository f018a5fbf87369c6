"""The headcount of each group by name: who is there at the opening, joins, comes, leaves, goes, and is there at the close."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from zuxun_xl.periods import Period
from zuxun_xl.records.department import Department
from zuxun_xl.records.headcount import PARTS, TRANSFERS, Movement, movements
from zuxun_xl.records.model import WHOLE, Agent

OPENING, JOINED, LOST, CAME, WENT, CLOSING = PARTS
ORDER = (OPENING, JOINED, CAME, LOST, WENT, CLOSING)
"""The parts in the order in which a bridge is read."""

SIGNS = {OPENING: 1, JOINED: 1, CAME: 1, LOST: -1, WENT: -1}
"""How each part counts towards the close."""


@dataclass(frozen=True)
class Bridge:
    """One group's bridge.

    Attributes:
        scope: the group, or 全部.
        period: its days, up to the last day counted.
        parts: part → its people, in order of their days; within a day, and at both ends, in the roster's order.
    """

    scope: str
    period: Period
    parts: Mapping[str, tuple[Movement, ...]]

    def count(self, part: str) -> int:
        """How many people a part has."""
        return len(self.parts[part])

    @property
    def passed(self) -> tuple[Movement, ...]:
        """Those who joined and left within the period, by their leaving."""
        return tuple(each for each in self.parts[LOST] if each.agent.joined in self.period)

    def as_dict(self) -> dict[str, list[dict[str, Any]]]:
        """The JSON object: people by part."""
        return {part: [_as_dict(each) for each in self.parts[part]] for part in ORDER}


def bridges(department: Department, period: Period) -> dict[str, Bridge]:
    """The bridges of every group and of 全部, which has no transfers."""
    period = period.clipped(department.as_of)
    moved = sorted(movements(department.people.agents.values(), period), key=lambda each: each.day or date.min)
    return {
        scope: Bridge(scope, period, {part: tuple(each for each in moved if each.part == part and _counts(each, scope)) for part in PARTS})
        for scope in department.scopes
    }


def _counts(movement: Movement, scope: str) -> bool:
    return movement.part not in TRANSFERS if scope == WHOLE else movement.group == scope


def _as_dict(movement: Movement) -> dict[str, Any]:
    found: dict[str, Any] = {"code": movement.agent.code, "name": movement.agent.name}
    if movement.day is not None:
        found["day"] = str(movement.day)
    if movement.other:
        found["from" if movement.part == CAME else "to"] = movement.other
    return found


def day_text(day: date) -> str:
    """A day as people write it: 3月1日."""
    return f"{day.month}月{day.day}日"


def named(agent: Agent, *more: str) -> str:
    """A person for a sentence: name, code and what else is to be told in brackets."""
    told = [*([agent.code] if agent.code != agent.name else []), *more]
    return agent.name + (f"（{'，'.join(told)}）" if told else "")


def told(movement: Movement) -> str:
    """A person with what happened: 张三（530100101，3月1日入司）."""
    return named(movement.agent, *([event(movement)] if movement.day is not None else []))


def event(movement: Movement) -> str:
    """What happened and when; empty at the opening and at the close."""
    if movement.day is None:
        return ""
    day = day_text(movement.day)
    words = {JOINED: "入司", LOST: "离司", CAME: f"由{movement.other}调入", WENT: f"调往{movement.other}"}
    return day + words[movement.part]
