"""Group names and agent codes written with stray spaces, full-width letters or in small letters: as the roster writes them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from zuxun_xl.book.changes import Change
from zuxun_xl.cells import address
from zuxun_xl.forms.table import Table
from zuxun_xl.records.texts import code_of, text_of
from zuxun_xl.tasks.fixing.figures import typed_texts
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import squeeze

_GROUPS = ("组别", "原组别", "新组别")
_CODE = "工号"


def repaired_names(ledger: Ledger, tables: Sequence[Table]) -> Iterator[Change]:
    """A change for every group name and code that is certainly one of the roster's, but is not written so."""
    groups, codes = _group_spellings(ledger), _code_spellings(ledger)
    for table in tables:
        for key in _GROUPS:
            if table.has(key):
                for row, text in typed_texts(ledger, table, table.columns[key]):
                    yield from _respelt(table, row, key, text, groups.get(squeeze(text)))
        if table.has(_CODE):
            for row, text in typed_texts(ledger, table, table.columns[_CODE]):
                yield from _respelt(table, row, _CODE, text, codes.get(code_of(text)))


def _respelt(table: Table, row: int, key: str, text: str, wanted: str | None) -> Iterator[Change]:
    if wanted is not None and wanted != text:
        why = "去掉多余的空格" if text.strip() == wanted else "改成花名册里的写法"
        yield Change(table.sheet, address(row, table.columns[key]), text, wanted, why)


def _group_spellings(ledger: Ledger) -> Mapping[str, str]:
    """Group → the way that most rows of the roster write it."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for roster in ledger.tables["花名册"].whole:
        for _, text in typed_texts(ledger, roster, roster.columns["组别"]):
            spellings[squeeze(text)][text.strip()] += 1
    return {group: found.most_common(1)[0][0] for group, found in spellings.items() if group in ledger.department.groups}


def _code_spellings(ledger: Ledger) -> Mapping[str, str]:
    """Code as it is compared → how it is written; codes that several rows of the roster bear are left alone."""
    written = [text_of(code).strip("'‘’`") for roster in ledger.tables["花名册"].whole for code in roster.column(_CODE) if text_of(code)]
    times = Counter(map(code_of, written))
    return {code_of(code): code for code in written if times[code_of(code)] == 1}
