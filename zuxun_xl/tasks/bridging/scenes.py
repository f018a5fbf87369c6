"""What surrounds a headcount: the bridges of the periods beside it, its first workday, transfers inside, rows that do not count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

from zuxun_xl.periods import Period
from zuxun_xl.records.headcount import TRANSFERS, Movement
from zuxun_xl.records.model import WHOLE
from zuxun_xl.records.people import UNGROUPED
from zuxun_xl.records.texts import text_of
from zuxun_xl.tasks.bridging.names import JOINED, Bridge, bridges
from zuxun_xl.tasks.bridging.slips import Scene
from zuxun_xl.tasks.ledger import Ledger

_DAY = timedelta(days=1)
_LONGEST_HOLIDAY = timedelta(days=15)


@dataclass
class Scenes:
    """The scenes of a workbook, each made once."""

    ledger: Ledger
    _bridges: dict[Period, dict[str, Bridge]] = field(default_factory=dict)

    def bridge(self, scope: str, period: Period) -> Bridge:
        """The bridge of a group or of 全部."""
        if period not in self._bridges:
            self._bridges[period] = bridges(self.ledger.department, period)
        return self._bridges[period][scope]

    def scene(self, scope: str, period: Period) -> Scene:
        """A group's bridge and what lies around it."""
        own, following = self.bridge(scope, period), self.opening(period.spanning(period.end + _DAY, period.end + _LONGEST_HOLIDAY))
        groups = self.ledger.department.groups if scope == WHOLE else ()
        between = [each for group in groups for part in TRANSFERS for each in self.bridge(group, period).parts[part]]
        return Scene(
            own, self.bridge(scope, period.previous()), self.bridge(scope, following), self.opening(period), following,
            tuple(between), tuple(each for each in own.parts[JOINED] if self._returned(each)),
            tuple(text for group, text in self._unadopted() if scope in (WHOLE, group)),
        )

    def opening(self, period: Period) -> Period:
        """A period's days up to the end of its first workday."""
        workdays = self.ledger.settings.workdays.within(period)
        return period.spanning(period.start, workdays[0] if workdays else period.start)

    def _returned(self, movement: Movement) -> bool:
        return movement.agent.joined > self.ledger.department.people.agents[movement.agent.code].contracts[0].joined

    def _unadopted(self) -> Iterator[tuple[str, str]]:
        """Group and person of each row of the roster that is counted nowhere although the person has not left."""
        agents = self.ledger.department.people.agents.values()
        known = Counter((contract.name, contract.joined, contract.group) for agent in agents for contract in agent.contracts)
        for roster in self.ledger.tables["花名册"].whole:
            columns = (roster.column(key) for key in ("工号", "姓名", "组别", "入司日期", "离司日期"))
            for code, name, group, joined, left in zip(*columns, strict=True):
                row = (text_of(name), joined, text_of(group) or UNGROUPED)
                known[row] -= 1
                if known[row] < 0 and left is None:
                    yield row[2], f"{row[0]}（{text_of(code) or '无工号'}，{row[2]}）"
