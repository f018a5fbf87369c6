"""Properties: what is written reads back, twice is once, the inverse restores."""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.book.ooxml_books import with_rows
from zuxun_xl.book.changes import Change, ChangeSet, Formula
from zuxun_xl.book.file import FileBook
from zuxun_xl.book.grid import ErrorValue, address

TEXTS = st.text(max_size=30)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False, allow_subnormal=False).map(lambda value: value + 0.0)
DATES = st.dates(dt.date(1900, 3, 1), dt.date(2199, 12, 31))
ERRORS = st.sampled_from(["#N/A", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#NULL!"]).map(ErrorValue)
VALUES = st.one_of(TEXTS, NUMBERS, st.booleans(), DATES, ERRORS, st.none())
CONTENTS = st.one_of(VALUES, st.builds(Formula, st.sampled_from(["A1+1", 'B2&"x"', "IFNA(C3,0)"]), st.one_of(NUMBERS, ERRORS)))
CELLS = st.tuples(st.integers(1, 12), st.integers(1, 30))
WANTED = st.dictionaries(CELLS, CONTENTS, min_size=1, max_size=12)
ROWS = (
    '<row r="2" spans="1:4"><c r="A2"><v>1</v></c><c r="D2" t="str"><v>x</v></c></row><row r="5"/><row r="8"><c r="Z8"><v>2</v></c></row>'
)
MANY = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module")
def source():
    with tempfile.TemporaryDirectory() as folder:
        yield with_rows(Path(folder) / "a.xlsx", ROWS)


def change_set(wanted, old):
    return ChangeSet(tuple(Change("表", address(*cell), old(cell), content, "试") for cell, content in wanted.items()))


def value_of(content):
    value = content.value if isinstance(content, Formula) else content
    return None if value == "" else value


@MANY
@given(WANTED)
def it_reads_back_what_it_wrote(source, wanted):
    book = FileBook(FileBook(source).save(change_set(wanted, lambda _: None), source.with_name("out.xlsx")))
    grid = book.grid("表")
    for cell, content in wanted.items():
        assert grid.value(*cell) == value_of(content)
        assert isinstance(grid.value(*cell), ErrorValue) == isinstance(value_of(content), ErrorValue)
        assert book.formulas("表").get(cell) == (content.text if isinstance(content, Formula) else None)
    untouched = {(2, 1): 1.0, (2, 4): "x", (8, 26): 2.0}
    assert all(grid.value(*cell) == value for cell, value in untouched.items() if cell not in wanted)


@MANY
@given(WANTED)
def it_is_read_the_same_by_openpyxl(source, wanted):
    out = FileBook(source).save(change_set(wanted, lambda _: None), source.with_name("out.xlsx"))
    sheet = openpyxl.load_workbook(out, data_only=True)["表"]
    for cell, content in wanted.items():
        value = content.value if isinstance(content, Formula) else content
        if not isinstance(value, str | dt.date):
            assert sheet.cell(*cell).value == value


@MANY
@given(WANTED)
def it_changes_nothing_the_second_time(source, wanted):
    wanted_changes = change_set(wanted, lambda _: None)
    once = FileBook(source).save(wanted_changes, source.with_name("once.xlsx"))
    twice = FileBook(once).save(wanted_changes, source.with_name("twice.xlsx"))
    assert once.read_bytes() == twice.read_bytes()


@MANY
@given(WANTED)
def it_restores_all_values_by_the_inverse(source, wanted):
    before = FileBook(source).grid("表")
    done = change_set(wanted, lambda cell: before.value(*cell))
    changed = FileBook(source).save(done, source.with_name("changed.xlsx"))
    back = FileBook(changed).save(done.inverse(), source.with_name("back.xlsx"))
    after = FileBook(back).grid("表")
    assert [[after.value(row, column) for column in range(1, 31)] for row in range(1, 13)] == [
        [before.value(row, column) for column in range(1, 31)] for row in range(1, 13)
    ]
    assert not FileBook(back).formulas("表")
