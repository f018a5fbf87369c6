"""Renewals of groups over a period: due by their month, paid by its end."""

from __future__ import annotations

from collections.abc import Iterable

from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE, Renewal


def renewals(items: Iterable[Renewal], groups: Iterable[str], period: Period) -> dict[str, dict[str, float | None]]:
    """应收件数 实收件数 应收保费 实收保费 of each group and 全部 (samples convention: due in the period, paid by its end)."""
    totals: dict[str, dict[str, float | None]] = {
        scope: dict.fromkeys(("应收件数", "实收件数", "应收保费", "实收保费"), 0.0) for scope in (*groups, WHOLE)
    }
    for item in items:
        if item.due in period:
            paid = item.paid if item.paid_on is not None and item.paid_on <= period.end else 0.0
            for scope in (item.group, WHOLE):
                _add(totals[scope], item.amount, paid)
    return totals


def _add(total: dict[str, float | None], due: float, paid: float) -> None:
    for key, amount in (("应收件数", 1.0), ("应收保费", due), ("实收件数", float(paid > 0)), ("实收保费", paid)):
        total[key] = (total[key] or 0.0) + amount
