"""The fictitious departments with workbook and true figures: each opened once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from zuxun_xl.book.file import FileBook
from zuxun_xl.periods import Period, parse_period
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.workbooks import sample_path

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Known:
    """A department whose true figures are known."""

    path: Path
    truth_path: Path

    @cached_property
    def truth(self) -> dict[str, Any]:
        """Its figures, computed from the simulated records and not by this project."""
        figures: dict[str, Any] = json.loads(self.truth_path.read_text(encoding="utf-8"))
        return figures

    @cached_property
    def ledger(self) -> Ledger:
        """Its workbook."""
        return Ledger(FileBook(self.path))


@cache
def departments() -> dict[str, Known]:
    """All of them, by name."""
    return {
        "春华": Known(DATA / "春华营业部_2026年经营台账.xlsx", DATA / "春华营业部_truth.json"),
        "秋实": Known(sample_path(), DATA / "秋实营业部_truth.json"),
        "夏荷": Known(DATA / "夏荷营业部_手工台账.xlsx", DATA / "夏荷营业部_truth.json"),
        "冬青": Known(DATA / "冬青营业区_系统导出.xlsx", DATA / "冬青营业区_truth.json"),
    }


def period_of(key: str) -> Period:
    """The period that a key of the figures names: 2026-Q1, 2026-YTD8, 2026-09-01..2026-09-16."""
    year, _, rest = key.partition("-")
    return parse_period(f"{year}-01..{year}-{int(rest[3:]):02}" if rest.startswith("YTD") else key.replace("-Q", "Q"))
