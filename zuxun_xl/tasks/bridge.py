"""The task ``bridge``: the headcount of a period name by name, held against the totals typed in the forms."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from zuxun_xl.book.changes import ChangeSet
from zuxun_xl.book.layout import already_there
from zuxun_xl.findings import Finding
from zuxun_xl.periods import Period
from zuxun_xl.tasks.bridging import doubts, typed
from zuxun_xl.tasks.bridging.names import Bridge
from zuxun_xl.tasks.bridging.scenes import Scenes
from zuxun_xl.tasks.bridging.sheet import bridge_sheet
from zuxun_xl.tasks.check import ordered
from zuxun_xl.tasks.ledger import Ledger

RULES = (
    typed.DIFFERS, typed.UNEXPLAINED, doubts.FIRST_DAY, doubts.PASSED, doubts.NAMESAKES, doubts.STRAY,
)


@dataclass(frozen=True)
class Outcome:
    """The bridges of a period and what there is to say about them.

    Attributes:
        ledger, period: what was asked.
        bridges: group, and 全部 → who is in which part.
        typed: the typed headcounts that were held against them.
        findings: differences and doubts, in order of gravity.
    """

    ledger: Ledger
    period: Period
    bridges: Mapping[str, Bridge]
    typed: list[typed.Typed]
    findings: list[Finding]

    @property
    def different(self) -> int:
        """How many typed headcounts differ."""
        return sum(each.gap != 0 for each in self.typed)

    def as_dict(self) -> dict[str, Any]:
        """The JSON object of ``zuxun bridge``."""
        return {
            "period": self.period.id, "as_of": str(self.ledger.as_of),
            "bridge": {scope: bridge.as_dict() for scope, bridge in self.bridges.items()},
            "typed": {"compared": len(self.typed), "different": self.different},
            "findings": [finding.as_dict() for finding in self.findings],
        }

    def sheet(self) -> ChangeSet:
        """The sheet 人力核对, unless the workbook already shows exactly this."""
        spec = bridge_sheet(self)
        return ChangeSet() if already_there(self.ledger.grids.get(spec.name), spec) else ChangeSet(sheets=(spec,))


def bridge(ledger: Ledger, period: Period) -> Outcome:
    """The headcount of every group and of 全部 by name; raises ``CallError`` for a period without records."""
    ledger.measures(period)
    scenes = Scenes(ledger)
    figures = typed.typed_in(ledger, period, scenes)
    findings = [*typed.differences(figures, scenes), *doubts.doubts(ledger, period, scenes)]
    bridges = {scope: scenes.bridge(scope, period) for scope in ledger.department.scopes}
    return Outcome(ledger, period, bridges, figures, ordered(ledger, findings))
