"""All rules of 附表六 行事历 (V601–V609)."""

from __future__ import annotations

from collections.abc import Iterator

from zuxun_xl.findings import Finding
from zuxun_xl.forms.table import Table
from zuxun_xl.tasks.checking.agenda import Agenda
from zuxun_xl.tasks.checking.calendar_days import check_days
from zuxun_xl.tasks.checking.meetings import check_meetings
from zuxun_xl.tasks.checking.mornings import check_mornings
from zuxun_xl.tasks.ledger import Ledger


def check_calendar(ledger: Ledger, table: Table) -> Iterator[Finding]:
    """Everything that is to be said about a calendar."""
    agenda = Agenda(ledger, table)
    yield from check_days(agenda)
    yield from check_mornings(agenda)
    yield from check_meetings(agenda)
