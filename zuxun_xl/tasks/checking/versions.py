"""V409 between versions: weekly targets that differ from an earlier version of 附表四 kept in the same workbook."""

from __future__ import annotations

import re
from collections.abc import Iterator

from zuxun_xl.book.read import read
from zuxun_xl.findings import Finding
from zuxun_xl.forms import appendix4
from zuxun_xl.tasks.checking.stages import context_of
from zuxun_xl.tasks.checking.sums import Body
from zuxun_xl.tasks.checking.weeks_in_line import changed_target
from zuxun_xl.tasks.ledger import Ledger

_EARLIER = re.compile(r"原|旧|初|调整前|第[一二三1-9]版|[vV][1-9]|版|备份|存档")
"""What the name of a sheet that keeps an earlier version says."""


def check_versions(ledger: Ledger, body: Body) -> Iterator[Finding]:
    """Targets that were changed since an earlier version and do not say why."""
    for version in _versions(ledger):
        before = {key: version.value(index, "计划FYP") for key, index in version.index().items()}
        for index, group, week in body.rows():
            yield from changed_target(body, group, week, index, "计划FYP", f"“{version.table.sheet}”里", before.get((group, week)))


def _versions(ledger: Ledger) -> Iterator[Body]:
    used = {(part.sheet, part.header) for part in ledger.tables[appendix4.FORM.key].whole}
    for place in ledger.candidates[appendix4.FORM.key]:
        if not place.missing and (place.sheet, place.header) not in used and _EARLIER.search(place.sheet):
            yield Body(read(ledger.grids[place.sheet], place, context_of(ledger)), "周次")
