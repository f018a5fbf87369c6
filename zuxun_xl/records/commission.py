"""A policy table that keeps both a commission and a rate: which of the two says what a line earned."""

from __future__ import annotations

from enum import Enum

from zuxun_xl.forms.table import Table

_FEW, _MOST = 0.05, 0.95
_CENTS = 0.011
"""What rounding of a commission to the cent may explain."""


class Agreement(Enum):
    """How often commission = premium × rate holds in a table.

    Where it usually holds the rate counts and the other rows are doubtful; where it never does the commission is another figure (after
    tax) and the rate counts; where it holds in a part of the rows the rate is that of a part of the premium (riders in columns beside
    the main policy) and the commission counts.
    """

    USUALLY = "通常相等"
    PARTLY = "部分相等"
    NEVER = "不相等"


def agreement(table: Table) -> Agreement:
    """How the commissions of a table go with its rates."""
    rows = zip(table.column("佣金"), table.column("首年保费"), table.column("佣金率"), strict=True)
    known = [is_product(abs(amount), abs(premium), rate) for amount, premium, rate in rows if amount and premium and rate is not None]
    share = sum(known) / len(known) if known else 0.0
    return Agreement.NEVER if share < _FEW else Agreement.PARTLY if share < _MOST else Agreement.USUALLY


def is_product(amount: float, premium: float, rate: float) -> bool:
    """Whether a commission is premium × rate, to the cent."""
    return abs(amount - premium * rate) <= _CENTS
